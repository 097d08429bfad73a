"""The signals of a pair in words: why two accounts are held to be of one happening, and what speaks against it."""

from __future__ import annotations

from collections.abc import Iterator

from contested.record.signals import Ground, Signals
from contested.record.sketch import Sketch

#: More rare words than this are not listed.
_WORDS = 4


def reasons(one: Sketch, other: Sketch, found: Signals) -> tuple[str, ...]:
    """Short reasons, those from which a reader learns most first."""
    return tuple(_reasons(one, other, found))


def _reasons(one: Sketch, other: Sketch, found: Signals) -> Iterator[str]:
    yield from _place(found.ground, one.place_lent or other.place_lent)
    yield from _time(one, other, found.gap)
    yield from _act(one, other)
    if one.things & other.things:
        yield f"same thing ({', '.join(sorted(one.things & other.things))})"
    for effect, numbers in (("killed", found.deaths), ("injured", found.hurt)):
        if numbers:
            yield f"same number {effect} ({_listed(numbers)})"
    if found.values.get("other deaths"):
        yield f"other numbers killed ({_listed(one.deaths)}; {_listed(other.deaths)})"
    if found.values.get("same numbers"):
        yield f"same figures ({_listed(found.numbers)})"
    if found.parties:
        yield f"{found.parties} actors"
    if found.words:
        told = sorted(found.words, key=lambda w: (-len(w), w))[:_WORDS]
        yield f"same words ({', '.join(sorted(told))})"
    if one.report == other.report:
        yield "one report"
    elif found.values.get("report words", 0.0) > 0.4:
        yield "reports much alike"


def _place(ground: Ground, lent: bool) -> Iterator[str]:
    if ground.one is None or ground.other is None:
        return
    one, other = ground.one.called, ground.other.called
    basis = ", from the text before" if lent else ""
    if ground.how == "same":
        yield f"same place ({one}{basis})"
    elif ground.how == "alike":
        names = one if one == other else f"{one}, {other}"
        yield f"places of like spelling ({names}{basis})"
    elif ground.how == "near":
        yield f"places {ground.km or 0:.0f} km apart ({one}, {other}{basis})"
    elif ground.how == "inside":
        yield f"same place ({other}{f', inside {one}' if one != other else ''}{basis})"
    elif ground.how == "other":
        yield f"two places ({one}, {other}{basis})"
    elif ground.how == "far":
        yield f"places {ground.km or 0:.0f} km apart ({one}, {other}{basis})"


def _time(one: Sketch, other: Sketch, gap: int | None) -> Iterator[str]:
    if gap is None or one.days is None or other.days is None:
        return
    guessed = one.days.guessed or other.days.guessed
    lent = one.days.lent or other.days.lent
    basis = " (reckoned from publication)" if guessed else " (from the text before)" if lent else ""
    if gap:
        yield f"{gap} day{'s' if gap > 1 else ''} apart{basis}"
    else:
        yield f"{'same day' if one.days.length == other.days.length == 1 else 'days overlap'}{basis}"


def _act(one: Sketch, other: Sketch) -> Iterator[str]:
    a, b = one.account, other.account
    if (a.kind, a.type) != (b.kind, b.type):
        yield f"acts of one sort ({a.type}, {b.type})"
    elif a.mode and b.mode and a.mode != b.mode:
        yield f"same act ({a.type}, told as {' and '.join(sorted((a.mode, b.mode)))})"
    else:
        mode = a.mode or b.mode
        yield f"same act ({a.type}{f' {mode}' if mode else ''})"


def _listed(numbers: frozenset[int]) -> str:
    return ", ".join(str(n) for n in sorted(numbers))
