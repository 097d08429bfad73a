"""The best tags: no word is cut, nothing goes on that did not begin."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from contested.reading.tagging import BEGIN, IN, OUT, best_tags, runs


def odds(rows: list[tuple[float, float, float]]) -> list[np.ndarray]:
    """One crop, one role."""
    return [np.log(np.maximum(np.array(rows, dtype=np.float32), 1e-9))[:, None, :]]


def words(*begins: bool) -> list[np.ndarray]:
    return [np.array(begins, dtype=bool)]


NONE = np.zeros(1, dtype=np.float32)


def test_a_run_that_never_began_is_read_as_one_that_did() -> None:
    found = best_tags(odds([(0.9, 0.05, 0.05), (0.1, 0.2, 0.7), (0.1, 0.1, 0.8)]), words(True, True, True), NONE)
    assert found[0][:, 0].tolist() == [OUT, BEGIN, IN]


def test_the_rest_of_a_word_follows_its_head() -> None:
    found = best_tags(odds([(0.2, 0.8, 0.0), (0.6, 0.0, 0.4), (0.9, 0.05, 0.05)]), words(True, False, True), NONE)
    assert found[0][:, 0].tolist() == [BEGIN, IN, OUT]


def test_a_lean_below_nought_finds_more() -> None:
    doubtful = odds([(0.6, 0.4, 0.0)])
    assert best_tags(doubtful, words(True), NONE)[0][0, 0] == OUT
    assert best_tags(doubtful, words(True), np.array([-1.0], dtype=np.float32))[0][0, 0] == BEGIN


def test_two_mentions_side_by_side_stay_two() -> None:
    assert runs(np.array([BEGIN, IN, BEGIN, OUT, BEGIN], dtype=np.int8)) == [(0, 2), (2, 3), (4, 5)]


def test_what_begins_in_the_middle_of_a_word_is_out() -> None:
    found = best_tags(odds([(0.1, 0.8, 0.1), (0.1, 0.1, 0.8), (0.1, 0.8, 0.1)]), words(False, False, True), NONE)
    assert found[0][:, 0].tolist() == [OUT, OUT, BEGIN]


def test_no_crops() -> None:
    assert best_tags([], [], NONE) == []


def lawful(tags: tuple[int, ...], begins: np.ndarray) -> bool:
    before = OUT
    for tag, begin in zip(tags, begins, strict=True):
        if tag == IN and before == OUT:
            return False
        if not begin and (tag == BEGIN or (tag == IN) != (before != OUT)):
            return False
        before = tag
    return True


@given(st.lists(st.integers(1, 6), min_size=1, max_size=4), st.integers(0, 2**32 - 1))
def test_tags_are_the_best_of_all_that_are_lawful(lengths: list[int], seed: int) -> None:
    random = np.random.default_rng(seed)
    scores = [random.normal(size=(n, 2, 3)).astype(np.float32) for n in lengths]
    begins = [random.random(n) < 0.6 for n in lengths]
    lean = random.normal(size=2).astype(np.float32)
    for score, begin, tags in zip(scores, begins, best_tags(scores, begins, lean), strict=True):
        assert tags.shape == score.shape[:2]
        for role in range(2):
            chances = score[:, role] + np.array([lean[role], 0, 0])
            totals = {
                path: sum(chances[i, tag] for i, tag in enumerate(path))
                for path in product((OUT, BEGIN, IN), repeat=len(begin))
                if lawful(path, begin)
            }
            got = tuple(tags[:, role].tolist())
            assert got in totals
            assert totals[got] >= max(totals.values()) - 1e-4
