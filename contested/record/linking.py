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
from contested.record.signals import RAREST, Related, Signals, alone, ground_of, signals
from contested.record.sketch import Sketch, by_sketch, modes_agree

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
    if one.report == other.report or one.acts.isdisjoint(other.acts) or (one.is_word and other.is_word):
        return False
    mine, yours = one.days, other.days
    if mine is not None and yours is not None and mine.gap(yours) > WINDOW:
        return False
    if mine is None or yours is None or mine.guessed or yours.guessed:
        a, b = one.account.published, other.account.published
        return a is None or b is None or abs((a - b).days) <= PRINT_WINDOW
    return True


def score(found: Signals) -> float:
    """The probability that a pair with these signals is of one happening."""
    return 1 / (1 + exp(-_sum(found.values)))


def _sum(values: Mapping[str, float]) -> float:
    weights: Mapping[str, float] = settings()["weights"]
    return sum(weights[name] * value for name, value in values.items() if name in weights)


@by_sketch
def lone(one: Sketch) -> float:
    """What one account adds to the score of any pair."""
    return _sum(alone(one))


@cache
def at_best() -> tuple[float, float, float]:
    """What must be reached; the most that places and parties can add to it; the most that words can."""
    weights = settings()["weights"]
    places = max((w for name, w in weights.items() if name.startswith("place ")), default=0.0)
    actors = max((w for name, w in weights.items() if name.startswith("actors ")), default=0.0)
    rare = RAREST * max(weights.get("rare words", 0.0), 0.0)
    floor, words = _logit(settings()["threshold"]), max(weights.get("words", 0.0), 0.0)
    return floor, max(places, 0.0) + max(actors, 0.0) + rare, words


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

    The days must meet, the doers be no strangers and nothing tell them apart. How alike the reports are says nothing
    here.
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


def link(one: Sketch, other: Sketch, register: Related | None = None, floor: float = 0.0) -> Link | None:
    """The link of two accounts, whichever comes first; null where its score is below `floor`."""
    one, other = (one, other) if one.key < other.key else (other, one)
    found = signals(one, other, register)
    sure = score(found)
    return Link(one.key, other.key, sure, reasons(one, other, found)) if sure >= floor else None
