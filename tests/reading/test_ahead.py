"""Work ahead: order kept, errors in their turn, no more taken in than is allowed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from contested.reading.ahead import ahead


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_results_come_in_the_order_of_the_items(threads: int) -> None:
    assert [(item, result()) for item, result in ahead(lambda n: n * n, range(40), threads)] == [
        (n, n * n) for n in range(40)
    ]


@pytest.mark.parametrize("threads", [1, 3])
def test_an_error_is_raised_in_its_turn_and_ends_nothing(threads: int) -> None:
    told = []
    for item, result in ahead(lambda n: 6 // n, [3, 0, 2], threads):
        try:
            told.append((item, result()))
        except ZeroDivisionError:
            told.append((item, None))
    assert told == [(3, 2), (0, None), (2, 3)]


def test_little_is_taken_in_ahead() -> None:
    taken = []

    def items() -> Iterator[int]:
        for n in range(100):
            taken.append(n)
            yield n

    work = ahead(lambda n: n, items(), 2)
    next(work)
    assert len(taken) == 5
    work.close()  # type: ignore[attr-defined]
    assert len(taken) == 5
