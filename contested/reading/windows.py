"""Sentences → windows of word pieces, and the crop of a window that one anchor is read in.

A window is what the encoder reads at once: `core` sentences, in which anchors are looked for, with some sentences
before and after them as context. A crop is what the role tower reads for one anchor: its sentence and the nearest
pieces around it. Both are used alike in training and in reading, so what is learnt is what is met.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

CORE, LEFT, RIGHT = (
    256,
    96,
    32,
)  # word pieces: most in a core (a longer sentence stands alone), context before and after
CROP_LEFT, CROP_RIGHT, CROP = 40, 6, 160  # word pieces beside the anchor's sentence, and in all (decision 0001)
CLS, SEP, MASK = 101, 102, 103  # BERT's ids
LONE = re.compile("[\ud800-\udfff]")
LOWER, TITLE, UPPER, OTHER = 0, 1, 2, 3  # shapes of a word, which the uncased pieces no longer show


@dataclass(frozen=True, slots=True)
class Pieces:
    """The word pieces of a run of sentences, one row a piece.

    `ids` BERT vocabulary ids, `shape` one of LOWER … OTHER, `start`/`end` character offsets in the report, `word` True
    at the first piece of a word, `sentence` the index of its sentence. All have length n.
    """

    ids: NDArray[np.int64]
    shape: NDArray[np.int64]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    word: NDArray[np.bool_]
    sentence: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class Window:
    """Rows `first:last` of the pieces, of which `core_first:core_last` are read; the encoder sees [CLS] … [SEP]."""

    first: int
    last: int
    core_first: int
    core_last: int


def shape_of(word: str) -> int:
    """LOWER, TITLE, UPPER or OTHER (no letters) of one word."""
    if word.islower():
        return LOWER
    if word.isupper():
        return UPPER if len(word) > 1 else TITLE
    if word[:1].isupper():
        return TITLE
    return LOWER if any(c.isalpha() for c in word) else OTHER


def cut(tokenizer: Any, raw: str, spans: Sequence[tuple[int, int]]) -> Pieces:
    """Word pieces of the sentences `spans` (character offsets) of `raw`.

    `tokenizer` is a `tokenizers.Tokenizer` of an uncased BERT; special pieces are left out.
    """
    raw = LONE.sub("\ufffd", raw)  # half a surrogate pair is no text: the tokenizer would refuse it
    ids, shape, start, end, word, sentence = [], [], [], [], [], []
    encodings = tokenizer.encode_batch([raw[a:b] for a, b in spans], add_special_tokens=False)
    for n, ((a, b), encoding) in enumerate(zip(spans, encodings, strict=True)):
        previous = None
        looks = LOWER
        sentence_text = raw[a:b]
        offsets, words = encoding.offsets, encoding.word_ids
        for i, (piece, (x, y), w) in enumerate(zip(encoding.ids, offsets, words, strict=True)):
            new = w != previous
            if new:
                last = i
                while last + 1 < len(words) and words[last + 1] == w:
                    last += 1
                looks = shape_of(sentence_text[x : offsets[last][1]])
            ids.append(piece)
            shape.append(looks)
            start.append(a + x)
            end.append(a + y)
            word.append(new)
            sentence.append(n)
            previous = w
    rows = np.array([ids, shape, start, end, sentence], dtype=np.int64)
    return Pieces(rows[0], rows[1], rows[2], rows[3], np.array(word, dtype=bool), rows[4])


def windows(pieces: Pieces) -> list[Window]:
    """Windows whose cores divide the pieces, whole sentences where they fit into `CORE`."""
    n = len(pieces)
    if not n:
        return []
    starts = np.flatnonzero(np.r_[True, pieces.sentence[1:] != pieces.sentence[:-1]])
    bounds: list[int] = [*starts.tolist(), n]
    cores: list[tuple[int, int]] = []
    at = 0
    while at < n:
        stop = bounds[bisect_right(bounds, at + CORE) - 1]
        if stop <= at:  # a sentence longer than a core
            stop = min(n, at + CORE)
        cores.append((at, stop))
        at = stop
    return [Window(max(0, a - LEFT), min(n, b + RIGHT), a, b) for a, b in cores]


def crop(pieces: Pieces, window: Window, row: int) -> tuple[int, int]:
    """Rows `(first, last)` of the crop for the anchor that starts at `row`; inside the window."""
    sentence = pieces.sentence[row]
    first = int(np.searchsorted(pieces.sentence, sentence, "left"))
    last = int(np.searchsorted(pieces.sentence, sentence, "right"))
    first, last = max(first - CROP_LEFT, window.first), min(last + CROP_RIGHT, window.last)
    if last - first > CROP:  # a long sentence: keep what stands nearest, more of it before the anchor
        first = max(first, row - CROP * 5 // 8)
        last = min(last, first + CROP)
        first = max(window.first, min(first, last - CROP))
    return first, last
