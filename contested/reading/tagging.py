"""From the scores of tags to runs of words: the best sequence of tags, whole words only."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

OUT, BEGIN, IN = 0, 1, 2
_NEVER = np.float32(-1e9)

Floats = NDArray[np.float32]
Tags = NDArray[np.int8]


def best_tags(scores: Sequence[Floats], words: Sequence[NDArray[np.bool_]], lean: Floats) -> list[Tags]:
    """The likeliest tags of every role of every crop (Viterbi over words, all crops and roles at once).

    For each crop `scores` has (pieces, roles, 3: out, begin, in) log odds, right up to a constant a piece, and `words`
    (pieces,) True where a word begins; `lean` (roles,) is added to the score of `out`: below 0 it finds more words,
    above 0 fewer. Gives the tags (pieces, roles) of each crop. `in` follows only `begin` or `in`, and no word is cut:
    what a crop begins with in the middle of a word is out.
    """
    if not scores:
        return []
    lengths = [len(s) for s in scores]
    ends = np.cumsum(lengths)
    first = ends - lengths  # row of each crop's first piece among all
    flat, heads = np.concatenate(scores), np.concatenate(words)
    headless = ~heads[first]
    heads[first] = True
    rows = np.flatnonzero(heads)  # of each word's first piece
    word = np.add.reduceat(flat, rows, axis=0)  # (words, roles, 3); the rest of a word that begins is in
    word[..., BEGIN] = word[..., IN] - flat[rows, :, IN] + flat[rows, :, BEGIN]
    sizes = np.diff(np.append(rows, len(flat)))
    word[..., OUT] += sizes[:, None].astype(np.float32) * lean

    crop = np.searchsorted(ends, rows, "right")
    counts = np.bincount(crop, minlength=len(scores))
    place = np.arange(len(rows)) - (np.cumsum(counts) - counts)[crop]  # of each word in its crop
    padded = np.full((3, counts.max(), len(scores), flat.shape[1]), _NEVER, dtype=np.float32)
    padded[OUT] = 0
    padded[:, place, crop] = np.moveaxis(word, -1, 0)
    padded[IN, 0] = _NEVER
    padded[BEGIN, 0, headless] = _NEVER
    tags = _best(*padded)[place, crop]  # (words, roles)

    spread = np.repeat(tags, sizes, axis=0)
    spread[~heads[:, None] & (spread == BEGIN)] = IN
    return np.split(spread, ends[:-1])


def _best(out: Floats, begin: Floats, in_: Floats) -> Tags:
    """The best sequence of tags: scores and tags (words, …), the first axis in sequence."""
    filled = np.empty(out.shape, dtype=bool)  # whether the best way to leave after this word has it in a mention
    begins = np.empty(out.shape, dtype=bool)  # whether a mention that holds this word best begins with it
    empty, full = np.zeros_like(out[0]), np.full_like(out[0], _NEVER)
    for i in range(len(out)):
        left = np.maximum(empty, full)
        fresh, further = left + begin[i], full + in_[i]
        empty, full = left + out[i], np.maximum(fresh, further)
        np.greater(full, empty, out=filled[i])
        np.greater_equal(fresh, further, out=begins[i])
    tags = np.empty(out.shape, dtype=np.int8)
    now = filled[-1]
    for i in range(len(out) - 1, -1, -1):
        tags[i] = np.where(now, np.where(begins[i], BEGIN, IN), OUT)
        now = filled[i - 1] | (tags[i] == IN)
    return tags


def runs(tags: Tags) -> list[tuple[int, int]]:
    """The runs of one role's tags (pieces,): rows first:last of each."""
    out = []
    each = tags.tolist()
    for start in np.flatnonzero(tags == BEGIN).tolist():
        last = start + 1
        while last < len(each) and each[last] == IN:
            last += 1
        out.append((start, last))
    return out
