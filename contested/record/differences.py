"""What changed between two days: ground, sieges, conditions, counts, talks, views and ties, by which accounts. Pure.

Only what accounts of the days between tell is a change. What is only told of no more (because it is long ago, or
because a section was cut) is none: nothing is known of its end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from contested.record.ground import Ground, Holder
from contested.record.situation import Count, Item, Situation, Told
from contested.record.told import iso, party_key

Type = Literal[
    "taken", "held", "lost", "share", "contested", "settled", "siege-begun", "siege", "siege-ended", "condition",
    "count-new", "count-raised", "count-changed", "talk", "position", "tie",
]  # fmt: skip
#: The types in the order in which changes are told. `held` and `siege` are told of first, and not since when.
TYPES: tuple[Type, ...] = (
    "taken", "held", "lost", "share", "contested", "settled", "siege-begun", "siege", "siege-ended", "condition",
    "count-new", "count-raised", "count-changed", "talk", "position", "tie",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """One change: `what` in words, `before` and `after`, place and day where known, and the accounts that made it."""

    type: Type
    what: str
    place: str | None
    day: date | None
    before: str | None
    after: str | None
    accounts: tuple[Told, ...]

    @property
    def reports(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one.report for one in self.accounts))

    def to_json(self) -> dict[str, Any]:
        return {
            "type": self.type, "what": self.what, "place": self.place, "day": iso(self.day), "before": self.before,
            "after": self.after, "reports": list(self.reports), "accounts": [one.to_json() for one in self.accounts],
        }  # fmt: skip


def difference(before: Situation, after: Situation) -> list[Change]:
    """What is otherwise in `after`, the situation of a later day, by type and then by day."""
    since = before.as_of
    old = {one.key: one for one in before.ground}
    found: list[Change] = []
    for ground in after.ground:
        found += _ground(old.get(ground.key), ground, since)
    found += _items("condition", before.conditions, after.conditions, since)
    found += _counts(before.casualties, after.casualties, since)
    found += _items("talk", before.talks, after.talks, since)
    found += _items("position", before.positions, after.positions, since)
    found += _items("tie", before.ties, after.ties, since)
    return sorted(found, key=_order)


def _order(change: Change) -> tuple[Any, ...]:
    accounts = [one.account for one in change.accounts]
    return (TYPES.index(change.type), change.day or date.min, change.place or "", change.what, accounts)


def _ground(old: Ground | None, new: Ground, since: date | None) -> Iterator[Change]:
    where, was = new.place.called, _by_party(old.holders if old else ())
    for key, holder in _by_party(new.holders).items():
        made, earlier = _fresh(holder.accounts, since), was.get(key)
        if earlier is None and made:
            before = _names(old.holders) if old and old.holders else None
            type_: Type = "taken" if any(one.type in ("captures", "loses") for one in made) else "held"
            yield Change(type_, f"{where}: {holder.party.called} {_has(holder)}", where, holder.since or made[-1].day,
                         before, holder.party.called, made)  # fmt: skip
        elif earlier is not None and made and made[0].share is not None and holder.share != earlier.share:
            was_, is_ = _share(earlier.share), _share(holder.share)
            yield Change("share", f"{where}: {holder.party.called} held {was_}, and now {is_}", where, holder.latest,
                         was_, is_, made)  # fmt: skip
    for key, former in _by_party(new.former).items():
        if key in was and former.until and _is_after(former.until, since):
            after = _names(new.holders) or None
            yield Change("lost", f"{where}: {former.party.called} no longer hold it", where, former.until,
                         former.party.called, after, former.ended_by)  # fmt: skip
    yield from _contest(old, new, since)
    yield from _sieges(old, new, since)


def _contest(old: Ground | None, new: Ground, since: date | None) -> Iterator[Change]:
    contested = bool(old and old.contested)
    made = _fresh([one for holder in new.holders for one in holder.accounts], since)
    if contested == new.contested or not made:
        return
    where, names = new.place.called, _names(new.holders)
    was = _names(old.holders) if old else None
    if new.contested:
        yield Change(
            "contested", f"{where}: accounts differ on who holds it: {names}", where, new.latest, was, names, made
        )
    else:
        yield Change("settled", f"{where}: accounts no longer differ: {names}", where, new.latest, was, names, made)


def _sieges(old: Ground | None, new: Ground, since: date | None) -> Iterator[Change]:
    where, was = new.place.called, _by_party(old.besiegers if old else ())
    for key, siege in _by_party(new.besiegers).items():
        made = _fresh(siege.accounts, since)
        if key not in was and made:
            day, what = siege.since or made[-1].day, f"{where}: besieged by {siege.party.called}"
            yield Change(
                "siege-begun" if siege.since and _is_after(siege.since, since) else "siege",
                what,
                where,
                day,
                None,
                siege.party.called,
                made,
            )
    for key, siege in _by_party(new.lifted).items():
        if key in was and _is_after(siege.until, since):
            yield Change("siege-ended", f"{where}: no longer besieged by {siege.party.called}", where, siege.until,
                         siege.party.called, None, siege.ended_by)  # fmt: skip


def _items(type_: Type, old: Sequence[Item], new: Sequence[Item], since: date | None) -> Iterator[Change]:
    known = {one.key for one in old}
    for one in new:
        made = _fresh(one.accounts, since, published=type_ == "position")
        if one.key not in known and made and len(made) == len(one.accounts):
            yield Change(type_, one.about, one.place, one.day, None, one.about, made)


def _counts(old: Sequence[Count], new: Sequence[Count], since: date | None) -> Iterator[Change]:
    known: Mapping[tuple[Any, ...], Count] = {one.key: one for one in old}
    for one in new:
        made, was = _fresh([bound.told for bound in one.by_source], since), known.get(one.key)
        if not made or (was and (was.low, was.high) == (one.low, one.high)):
            continue
        now = f"{_number(one.low, one.high)} {one.effect}"
        if was is None:
            yield Change("count-new", now, one.place, one.day, None, now, made)
            continue
        before, raised = f"{_number(was.low, was.high)} {was.effect}", _top(one) > _top(was)
        yield Change("count-raised" if raised else "count-changed", f"{before}; now {now}", one.place, one.day, before,
                     now, made)  # fmt: skip


def _top(count: Count) -> int:
    """The highest number that any source tells."""
    return max((n for one in count.by_source for n in (one.low, one.high) if n is not None), default=0)


def _by_party(holders: Iterable[Holder]) -> dict[str, Holder]:
    return {party_key(one.party): one for one in holders}


def _fresh(accounts: Iterable[Told], since: date | None, *, published: bool = False) -> tuple[Told, ...]:
    """Those of the days after `since`, the latest first."""
    return tuple(one for one in accounts if _is_after(one.published if published else one.day, since))


def _is_after(day: date | None, since: date | None) -> bool:
    return since is None or bool(day and day > since)


def _names(holders: Sequence[Holder]) -> str:
    return ", ".join(dict.fromkeys(one.party.called for one in holders))


def _has(holder: Holder) -> str:
    return "holds it" if holder.share in (None, 1.0) else f"holds {_share(holder.share)} of it"


def _share(share: float | None) -> str:
    return "an untold share" if share is None else f"{share:.0%}"


def _number(low: int | None, high: int | None) -> str:
    if low == high and low is not None:
        return f"{low:,}"
    if high is None:
        return f"at least {low or 0:,}"
    return f"up to {high:,}" if low is None else f"{low:,} to {high:,}"
