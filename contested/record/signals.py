"""What two accounts have in common, as named numbers: the grounds on which they are, or are not, of one happening.

Each signal is 0 where it says nothing, so an account that tells little weighs little. Their weights stand in
`linking.yaml`; what they say in words is in `reasons.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import log
from typing import Protocol

from contested.gazetteer.place import distance_km
from contested.record.account import Where, Who
from contested.record.place_names import names, one_name, spelled_alike
from contested.record.rarity import bits, likeness, weight
from contested.record.sketch import Sketch, by_sketch, modes_agree

#: Two points that close (km) are one place, whatever their names.
NEAR_KM = 3.0
#: From here on (km, beyond their radii) two places are far from each other. Not less: a report that tells only the
#: province is often read as its capital.
FAR_KM = 40.0
#: Two places of like names further apart (km) than this are two places.
SAME_NAME_KM = 60.0
#: Accounts up to here in their reports (0 to 1) stand at the head of them.
FIRST = 0.15
#: A number of people as large as this, in common, tells all that a number can.
TELLING = 50
#: What rare words in common can add up to, at most.
RAREST = 3.0


class Related(Protocol):
    """What the register of parties answers."""

    def relation(self, a_id: str, b_id: str, on: str | None = None) -> str: ...


@dataclass(frozen=True, slots=True)
class Ground:
    """How the places of two accounts lie.

    `same`, `alike` (by spelling), `near`, `inside`, `other` (two towns or less), `far`, `unknown`.
    """

    how: str
    one: Where | None = None
    other: Where | None = None
    km: float | None = None
    holder: str | None = None


@dataclass(frozen=True, slots=True)
class Signals:
    """The signals of a pair by name, with the grounds that `why` puts in words."""

    values: Mapping[str, float]
    ground: Ground
    gap: int | None
    deaths: frozenset[int]
    hurt: frozenset[int]
    numbers: frozenset[int]
    words: frozenset[str]
    parties: str | None


#: The best ground comes first.
_GROUNDS = ("same", "alike", "near", "inside", "other", "far", "unknown")
#: How much lying inside tells, by the kind of the place that holds the other.
_HOLDS = {
    "province": 0.25, "district": 0.5, "subdistrict": 0.7, "city": 0.8, "town": 0.9, "village": 1.0, "area": 1.0,
}  # fmt: skip

#: Kinds of places narrow enough to tell two happenings of a day apart.
_NARROW = frozenset({"town", "village", "area", "site"})
#: How much one place tells by its kind: a city has many happenings a day.
_NAMED = {"province": 0.2, "district": 0.4, "subdistrict": 0.6, "city": 0.5}


def signals(one: Sketch, other: Sketch, register: Related | None = None) -> Signals:
    """What `one` and `other` have in common; the same whichever comes first."""
    gap, values = quick(one, other)
    for name, value in (*alone(one).items(), *alone(other).items()):
        values[name] = values.get(name, 0.0) + value
    ground = ground_of(one, other)
    lent = " lent" if one.place_lent or other.place_lent else ""
    values[f"place {ground.how}{lent if ground.one else ''}"] = _how_much(ground)
    deaths, hurt = one.deaths & other.deaths, one.hurt & other.hurt
    numbers = _figures(one, other)
    words = one.words & other.words
    values["words"] = likeness(one.words, other.words)
    values["rare words"] = min(sum(max(bits(w) - 0.5, 0.0) for w in words), RAREST)
    parties = _parties(one, other, register)
    if parties:
        values[f"actors {parties}"] = 1.0
    return Signals(values, ground, gap, deaths, hurt, numbers, frozenset(w for w in words if bits(w) > 0.6), parties)


def quick(one: Sketch, other: Sketch) -> tuple[int | None, dict[str, float]]:
    """The signals of the pair that cost little (all but places, words and parties), with the days between the two."""
    gap, values = _times(one, other)
    values |= _act(one, other)
    values["bias"] = 1.0
    values["report words"] = likeness(one.report_words, other.report_words)
    if one.deaths and other.deaths:
        if deaths := one.deaths & other.deaths:
            values["same deaths"] = _told(deaths)
        else:
            values["other deaths"] = min(abs(log(max(max(one.deaths), 1) / max(max(other.deaths), 1))), 3.0)
    if hurt := one.hurt & other.hurt:
        values["same injured"] = _told(hurt)
    if figures := _figures(one, other):
        values["same numbers"] = _told(figures)
    if one.things and other.things:
        values["same thing" if one.things & other.things else "other thing"] = 1.0
    if one.rank < FIRST and other.rank < FIRST:
        values["both lead"] = 1.0
    if one.account.published and other.account.published:
        values["apart in print"] = min(abs((one.account.published - other.account.published).days), 10) / 10
    return gap, values


@by_sketch
def alone(one: Sketch) -> Mapping[str, float]:
    """What an account brings to the signals of any pair: what makes it less, or more, of a happening, halved."""
    told = {
        "period": one.period,
        "not asserted": one.account.modality in ("denied", "future"),
        "possible": one.account.modality == "possible",
        "holds": one.account.type in ("holds", "besieges"),
        "condition": one.account.kind == "condition",
        "speech": "speech" in one.acts or "talks" in one.acts,
        "thousands": max(one.deaths, default=0) > 3000,
        "harm": bool(one.deaths or one.hurt),
        "short": weight(one.words) < 1.0,
    }
    return {"lead": (1.0 - one.rank) / 2} | {f"tells {name}": 0.5 for name, is_so in told.items() if is_so}


def _figures(one: Sketch, other: Sketch) -> frozenset[int]:
    """Figures in common that are no deaths, injured or years."""
    common = one.numbers & other.numbers
    if not common:
        return common
    told = one.deaths | one.hurt | other.deaths | other.hurt
    return frozenset(n for n in common if n not in told and is_figure(n))


def is_figure(number: int) -> bool:
    """Whether a number is no year."""
    return not 1990 < number < 2030


def _how_much(ground: Ground) -> float:
    """How much the ground tells: a town that holds the other more than a province, 500 km more than 50."""
    if ground.how == "inside":
        return _HOLDS.get(ground.holder or "", 0.5)
    if ground.how in ("same", "alike", "near") and ground.other is not None:
        return _NAMED.get(ground.other.kind or "", 1.0)
    if ground.how == "far":
        return min(max(log((ground.km or 1.0) / FAR_KM), 0.0), 3.0)
    return 1.0


def _act(one: Sketch, other: Sketch) -> dict[str, float]:
    a, b = one.account, other.account
    out = {"same act": 1.0} if a.kind == b.kind and a.type == b.type else {}
    agree = modes_agree(a.mode, b.mode)
    if agree is not None:
        out["same mode" if a.mode == b.mode else "kindred mode" if agree else "other mode"] = 1.0
    if a.mode == b.mode == "unconventional":
        out["both with gas"] = 1.0
    return out


def _times(one: Sketch, other: Sketch) -> tuple[int | None, dict[str, float]]:
    if one.days is None or other.days is None:
        return None, {"time unknown": 1.0}
    gap = one.days.gap(other.days)
    guessed = one.days.guessed or other.days.guessed
    basis = "guessed" if guessed else "lent" if one.days.lent or other.days.lent else "told"
    if gap:
        apart = {f"days apart {basis}": min(log(1 + gap), 3.0)}
        return gap, apart | {f"next day {basis}": 1.0} if gap == 1 else apart
    exact = one.days.length == 1 and other.days.length == 1
    return gap, {f"same day {basis}" if exact else f"days overlap {basis}": 1.0}


def _told(numbers: frozenset[int]) -> float:
    """How much numbers in common tell: one death is common, 48 are not."""
    return min(log(max(numbers)) / log(TELLING), 1.0) if numbers and max(numbers) > 0 else 0.0


def ground_of(one: Sketch, other: Sketch) -> Ground:
    """How their places lie, by the two that agree best."""
    if not one.places or not other.places:
        return Ground("unknown")
    found = (_ground(a, b) for a in one.places for b in other.places)
    return min(found, key=lambda g: (_GROUNDS.index(g.how), g.km or 0.0))


@lru_cache(maxsize=50_000)
def _ground(one: Where, other: Where) -> Ground:
    if one.id and one.id == other.id:
        return Ground("same", one, other, 0.0)
    if one.id and one.id in other.within:
        return Ground("inside", one, other, None, one.kind)
    if other.id and other.id in one.within:
        return Ground("inside", other, one, None, other.kind)
    if one.lat is None or other.lat is None or one.lon is None or other.lon is None:
        return _by_name(one, other)
    km = distance_km(one.lat, one.lon, other.lat, other.lon)
    if km < SAME_NAME_KM and spelled_alike(one.called, other.called):
        return Ground("alike", one, other, km)
    reach = (one.radius_km or 1.0) + (other.radius_km or 1.0)
    if km <= NEAR_KM or km < max(one.radius_km or 1.0, other.radius_km or 1.0):
        wider = one if (one.radius_km or 1.0) >= (other.radius_km or 1.0) else other
        return Ground("near", one, other, km) if km <= NEAR_KM else Ground("inside", wider, other, km, wider.kind)
    if km > FAR_KM + reach:
        return Ground("far", one, other, km)
    return Ground("other" if {one.kind, other.kind} <= _NARROW else "unknown", one, other, km)


def _by_name(one: Where, other: Where) -> Ground:
    """How two places lie of which no gazetteer has one, or either."""
    if spelled_alike(one.called, other.called):
        return Ground("alike", one, other)
    mine, yours = names(one.called), names(other.called)
    if not mine or not yours:
        return Ground("unknown", one, other)
    if one_name(mine[0], yours[0]):
        return Ground("alike", one, other)
    for holder, first, held, others in ((one, mine[0], other, yours[1:]), (other, yours[0], one, mine[1:])):
        if any(spelled_alike(first, name) for name in others):
            return Ground("inside", holder, held, None, holder.kind)
    return Ground("unknown", one, other)


def _parties(one: Sketch, other: Sketch, register: Related | None) -> str | None:
    """The closest tie of their actors: `same`, `related`, `different`; null where either is untold or unresolved."""
    pairs = [(a, b) for a in one.actors for b in other.actors if a.id and b.id]
    if not pairs:
        return None
    on = one.account.published or other.account.published
    ties = {_tie(a, b, on, register) for a, b in pairs}
    return next(tie for tie in ("same", "related", "different") if tie in ties)


def _tie(one: Who, other: Who, on: date | None, register: Related | None) -> str:
    if one.id == other.id:
        return "same"
    if register is None or one.id is None or other.id is None:
        return "related" if one.country and one.country == other.country and one.side == other.side else "different"
    first, second = sorted((one.id, other.id))
    return _relation(register, first, second, on.isoformat() if on else None)  # type: ignore[arg-type]  # by identity


@lru_cache(maxsize=50_000)
def _relation(register: Related, one: str, other: str, on: str | None) -> str:
    return register.relation(one, other, on)
