"""What measuring a set gives: scores by name, over which reports; or why it was not measured."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple


class Score(NamedTuple):
    """Precision, recall and F1, each from 0 to 1."""

    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class Measured:
    """The scores on a set, by name in the order of the table.

    `size` counts its `unit`s (reports, sentences …); `corpus` is the hash of what was read, so that figures are
    compared only where the same was read; `note` says what of the set was left out.
    """

    scores: dict[str, Score]
    size: int
    unit: str
    corpus: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class NotMeasured:
    """The set, or what it is read with, is not present. Neither a pass nor a fail."""

    reason: str


Result = Measured | NotMeasured


def score(right: int, wanted: int, found: int) -> Score:
    """Scores from counts: `right` of those `wanted` in the gold and those `found`."""
    precision, recall = right / found if found else 0.0, right / wanted if wanted else 0.0
    both = precision + recall
    return Score(precision, recall, 2 * precision * recall / both if both else 0.0)


def corpus_hash(reports: Iterable[tuple[str, str]]) -> str:
    """Twelve hexadecimal digits that change when an id or a text does, or one comes or goes; the order is no matter."""
    whole = hashlib.sha256()
    for report, text in sorted(reports):
        for part in (report, text):
            data = part.encode("utf-8", "surrogatepass")
            whole.update(len(data).to_bytes(8, "big"))
            whole.update(data)
    return whole.hexdigest()[:12]
