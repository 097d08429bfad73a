"""Windows divide the pieces; crops lie inside their window and hold their anchor."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.reading.windows import (
    CORE,
    CROP,
    LEFT,
    LOWER,
    OTHER,
    RIGHT,
    TITLE,
    UPPER,
    Pieces,
    crop,
    shape_of,
    windows,
)


def pieces_of(lengths: list[int]) -> Pieces:
    """Sentences of the given lengths, each piece a word of one character."""
    n = sum(lengths)
    sentence = np.repeat(np.arange(len(lengths)), lengths)
    at = np.arange(n)
    return Pieces(at, np.zeros(n, dtype=np.int64), at * 2, at * 2 + 1, np.ones(n, dtype=bool), sentence)


some_lengths = st.lists(st.integers(1, 400), max_size=25)


@given(some_lengths)
def test_cores_divide_the_pieces(lengths: list[int]) -> None:
    pieces = pieces_of(lengths)
    found = windows(pieces)
    covered = [row for w in found for row in range(w.core_first, w.core_last)]
    assert covered == list(range(len(pieces)))
    for w in found:
        assert w.core_last - w.core_first <= CORE
        assert 0 <= w.core_first - w.first <= LEFT
        assert 0 <= w.last - w.core_last <= RIGHT


def test_a_sentence_that_fits_is_not_cut() -> None:
    found = windows(pieces_of([200, 100, 150, 30]))
    assert [(w.core_first, w.core_last) for w in found] == [(0, 200), (200, 450), (450, 480)]


@given(some_lengths, st.data())
def test_a_crop_holds_its_anchor(lengths: list[int], data: st.DataObject) -> None:
    pieces = pieces_of(lengths)
    for w in windows(pieces):
        row = data.draw(st.integers(w.core_first, w.core_last - 1))
        first, last = crop(pieces, w, row)
        assert w.first <= first <= row < last <= w.last
        assert last - first <= CROP


@pytest.mark.parametrize(
    ("word", "shape"),
    [("army", LOWER), ("Army", TITLE), ("A", TITLE), ("UN", UPPER), ("1,200", OTHER), ("al-Bab", LOWER), ("—", OTHER)],
)
def test_shapes(word: str, shape: int) -> None:
    assert shape_of(word) == shape
