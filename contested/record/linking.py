"""Are two accounts of one happening? A score from 0 to 1, and the reasons for it in words.

Logistic regression over the signals of `signals.py`, with weights in `linking.yaml`, which says how they were fitted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from math import exp, log
from typing import Any

from contested.record.reasons import reasons
from contested.record.signals import RAREST, Related, Signals, ground_of, quick, signals
from contested.record.sketch import Sketch, modes_agree

#: Pairs further apart than this (days) are not looked at; see `comparable`.
WINDOW = 7
#: The same for pairs of which one tells no day: between their publications.
PRINT_WINDOW = 10
#: How alike two reports of one happening are, about.
_USUAL_LIKENESS = 0.3


@dataclass(frozen=True, slots=True)
class Link:
    """Two accounts (their keys, in order), how sure they are of one happening (0 to 1), and why."""

    one: str
    other: str
    score: float
    why: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {"accounts": [self.one, self.other], "score": round(self.score, 3), "why": list(self.why)}


@cache
def settings() -> Mapping[str, Any]:
    """`weights` of the signals, and the thresholds of clustering."""
    import yaml

    text = resources.files("contested.record").joinpath("linking.yaml").read_text("utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


def comparable(one: Sketch, other: Sketch) -> bool:
    """Whether two accounts of different reports can be of one happening at all. Words alone are none."""
    if one.report == other.report or not one.acts & other.acts or (one.is_word and other.is_word):
        return False
    if one.days is None or other.days is None or one.days.guessed or other.days.guessed:
        a, b = one.account.published, other.account.published
        if a is not None and b is not None and abs((a - b).days) > PRINT_WINDOW:
            return False
    return one.days is None or other.days is None or one.days.gap(other.days) <= WINDOW


def score(found: Signals) -> float:
    """The probability that a pair with these signals is of one happening."""
    weights = settings()["weights"]
    z = sum(weights.get(name, 0.0) * value for name, value in found.values.items())
    return 1 / (1 + exp(-z))


def hopeful(one: Sketch, other: Sketch) -> bool:
    """Whether the pair could reach the threshold if all that is costly to look at spoke for it."""
    weights = settings()["weights"]
    z = sum(weights.get(name, 0.0) * value for name, value in quick(one, other)[1].items())
    enough: bool = z + _at_best() >= _logit(settings()["threshold"])
    return enough


@cache
def _at_best() -> float:
    """The most that places, words and parties can add."""
    weights = settings()["weights"]
    places = max((w for name, w in weights.items() if name.startswith("place ")), default=0.0)
    actors = max((w for name, w in weights.items() if name.startswith("actors ")), default=0.0)
    words: float = max(weights.get("words", 0.0), 0.0) + RAREST * max(weights.get("rare words", 0.0), 0.0)
    return max(places, 0.0) + max(actors, 0.0) + words


def _logit(p: float) -> float:
    return log(p / (1 - p))


def told_apart(one: Sketch, other: Sketch) -> bool:
    """Whether one report tells of two happenings in them: other days of their own, modes, things hit or places."""
    if one.days and other.days and not one.days.lent and not other.days.lent and one.days.gap(other.days) > 1:
        return True
    if modes_agree(one.account.mode, other.account.mode) is False:
        return True
    if one.things and other.things and not one.things & other.things:
        return True
    return ground_of(one, other).how in ("far", "other")


def again(one: Sketch, other: Sketch, register: Related | None = None) -> Link | None:
    """The link of two accounts of one report, where it tells of the same happening again; null where it does not.

    The days must meet, the doers be no strangers and nothing tell them apart. How alike the reports are says nothing here.
    """
    if one.days is None or other.days is None or one.period != other.period or one.days.gap(other.days):
        return None
    if told_apart(one, other):
        return None
    one, other = sorted((one, other), key=lambda s: s.key)
    found = signals(one, other, register)
    if found.parties == "different":
        return None
    values = {**found.values, "report words": _USUAL_LIKENESS}
    sure = score(replace(found, values=values))
    return Link(one.key, other.key, sure, reasons(one, other, found)) if sure >= settings()["again"] else None


def link(one: Sketch, other: Sketch, register: Related | None = None) -> Link:
    """The link of two accounts, whichever comes first."""
    one, other = sorted((one, other), key=lambda s: s.key)
    found = signals(one, other, register)
    return Link(one.key, other.key, score(found), reasons(one, other, found))
