"""The situation as of a day: who holds what, sieges, want, casualties, talks and views, ties. Pure, over accounts.

Two clocks: what had happened by `as_of` (`Account.day`), as far as it had been published by `known_by`. Nothing is
decided: where accounts differ, each stands with its source, and the ground is contested. Nothing is added up: a count
of one attack, and a running total as one source tells it, stay apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from contested.record.account import Account, Where, Who
from contested.record.dispute import source_of

#: A holder of ground told of so many days before the latest account of a place is told of still; so is a siege. Fronts
#: of the wars in the gold seldom stand longer without being told of.
STALE_DAYS = 120
#: How far back conditions, talks and views are of the situation (days).
RECENT_DAYS = 60
#: Two accounts of a place within so many days that name different holders contest it.
CONTESTED_DAYS = 14
#: Talks and what comes of them.
TALKS = ("CONSULT", "AGREE", "COOPERATE", "CONCEDE")
CEASING = ("ceasefire", "access", "withdraw", "release")


@dataclass(frozen=True, slots=True)
class Told:
    """What one account says: its key, day, source, words and quote."""

    account: str
    report: str
    day: date | None
    published: date | None
    source: str | None
    quote: str

    def to_json(self) -> dict[str, Any]:
        return {
            "account": self.account, "report": self.report, "day": _iso(self.day), "published": _iso(self.published),
            "source": self.source, "quote": self.quote,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Holder:
    """A party that holds ground: what share of it (0 to 1; null: untold), since when, by which accounts."""

    party: Who
    share: float | None
    since: date | None
    latest: date | None
    accounts: tuple[Told, ...]

    def to_json(self) -> dict[str, Any]:
        return {
            "party": self.party.id, "name": self.party.called, "share": self.share, "since": _iso(self.since),
            "latest": _iso(self.latest), "accounts": [one.to_json() for one in self.accounts],
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ground:
    """A place, who holds it and who besieges it. `contested` where accounts of about one time name several holders."""

    place: Where
    holders: tuple[Holder, ...]
    besiegers: tuple[Holder, ...]
    contested: bool
    latest: date | None

    def to_json(self) -> dict[str, Any]:
        return {
            "place": self.place.id, "name": self.place.called, "lat": self.place.lat, "lon": self.place.lon,
            "contested": self.contested, "latest": _iso(self.latest),
            "holders": [one.to_json() for one in self.holders],
            "besiegers": [one.to_json() for one in self.besiegers],
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    """Something told by one or more accounts: a condition, a talk, a view, a tie. `about` is a line in words."""

    type: str
    about: str
    parties: tuple[str, ...]
    place: str | None
    day: date | None
    accounts: tuple[Told, ...]
    more: dict[str, Any] = field(default_factory=dict, hash=False)

    def to_json(self) -> dict[str, Any]:
        return {
            "type": self.type, "about": self.about, "parties": list(self.parties), "place": self.place,
            "day": _iso(self.day), **self.more, "accounts": [one.to_json() for one in self.accounts],
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Count:
    """People harmed, as sources tell it: `running` is a total over time, else a count of one attack.

    `low` and `high` are the lowest and the highest that any source tells (null: unbounded), never a sum.
    """

    running: bool
    effect: str
    what: str
    place: str | None
    day: date | None
    low: int | None
    high: int | None
    by_source: tuple[tuple[str | None, int | None, int | None, Told], ...]

    def to_json(self) -> dict[str, Any]:
        return {
            "running": self.running, "effect": self.effect, "what": self.what, "place": self.place,
            "day": _iso(self.day), "low": self.low, "high": self.high,
            "by_source": [{"source": s, "low": low, "high": high, **told.to_json()}
                          for s, low, high, told in self.by_source],
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Situation:
    """The answer for one day, with what it was asked by. `cut` names sections of which only the latest are given."""

    as_of: date | None
    known_by: date | None
    ground: tuple[Ground, ...]
    conditions: tuple[Item, ...]
    casualties: tuple[Count, ...]
    talks: tuple[Item, ...]
    positions: tuple[Item, ...]
    ties: tuple[Item, ...]
    cut: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        out: dict[str, Any] = {"as_of": _iso(self.as_of), "known_by": _iso(self.known_by)}
        for name in ("ground", "conditions", "casualties", "talks", "positions", "ties"):
            out[name] = [one.to_json() for one in getattr(self, name)]
        return {**out, "cut": list(self.cut)}


def situation(
    accounts: Iterable[Account], as_of: date | None = None, known_by: date | None = None, cut: Sequence[str] = ()
) -> Situation:
    """The situation that `accounts` tell of, as of the end of `as_of`, by what had been published on `known_by`.

    Without `as_of` it is the last day that the accounts tell of. The order of the accounts is no matter.
    """
    known = [a for a in accounts if known_by is None or (a.published is not None and a.published <= known_by)]
    past = [a for a in known if a.day is not None and (as_of is None or a.day <= as_of) and a.modality != "future"]
    past.sort(key=_order)
    day = as_of or max((a.day for a in past if a.day), default=None)
    recent = [a for a in past if day and a.day and a.day > day - timedelta(days=RECENT_DAYS)]
    talks = [a for a in recent if a.kind == "event" and (a.type in TALKS or a.mode in CEASING)]
    return Situation(
        day, known_by,
        ground=tuple(ground([a for a in past if a.kind == "control"])),
        conditions=tuple(items([a for a in recent if a.kind == "condition" and a.modality == "asserted"])),
        casualties=tuple(casualties(past, recent)),
        talks=tuple(items(talks)),
        positions=tuple(items([a for a in recent if a.kind == "position"])),
        ties=tuple(items([a for a in past if a.kind == "relation" and a.modality == "asserted"])),
        cut=tuple(cut),
    )  # fmt: skip


def ground(accounts: Sequence[Account]) -> list[Ground]:
    """Who holds which place, latest told first; `accounts` are of control, in the order of their days."""
    by_place: dict[str, list[Account]] = defaultdict(list)
    for account in accounts:
        if account.modality == "asserted" and account.places and account.places[0].id:
            by_place[account.places[0].id].append(account)
    found = [_ground(told) for told in by_place.values()]
    return sorted((one for one in found if one.holders or one.besiegers), key=lambda g: _late_first(g.latest, g.place))


def _ground(told: list[Account]) -> Ground:
    holds: dict[str, list[Account]] = {}
    sieges: dict[str, list[Account]] = {}
    for account in told:
        day = account.day
        if account.type == "besieges":
            for who in account.actors:
                sieges.setdefault(_id(who), []).append(account)
            continue
        holders = account.targets if account.type == "loses" else account.actors
        losers = account.actors if account.type == "loses" else account.targets
        for who in losers:
            if account.share is None:
                holds.pop(_id(who), None)
        for who in holders:
            if account.type == "captures" and account.share is None and not _parts(account):
                for other, accounts in list(holds.items()):  # all of it was taken: what was held before is no more
                    if other != _id(who) and _before(accounts[-1].day, day):
                        del holds[other]
                sieges.pop(_id(who), None)
            holds.setdefault(_id(who), []).append(account)
    latest = max((a.day for a in told if a.day), default=None)
    standing = {who: accounts for who, accounts in holds.items() if not _stale(accounts[-1].day, latest)}
    near = {who for who, accounts in standing.items() if not _stale(accounts[-1].day, latest, CONTESTED_DAYS)}
    return Ground(
        told[-1].places[0],
        tuple(_holder(who, accounts) for who, accounts in standing.items()),
        tuple(_holder(who, accounts) for who, accounts in sieges.items() if not _stale(accounts[-1].day, latest)),
        contested=len(near) > 1,
        latest=latest,
    )


def _holder(who: str, accounts: list[Account]) -> Holder:
    last = accounts[-1]
    party = next(w for a in reversed(accounts) for w in (*a.actors, *a.targets) if _id(w) == who)
    starts = [a.start for a in accounts if a.start]
    share = last.share.value if last.share else 1.0 if last.type == "captures" and not _parts(last) else None
    return Holder(party, share, min(starts, default=None), last.day, tuple(told(a) for a in reversed(accounts[-5:])))


def _parts(account: Account) -> bool:
    """Whether the words of the place tell of a part of it: "districts of Orla", "most of the town"."""
    first = account.places[0] if account.places else None
    return bool(first and first.precision == "area" and first.kind in ("city", "town", "village"))


def items(accounts: Sequence[Account]) -> list[Item]:
    """Accounts that say the same of the same parties and place made one item, latest first."""
    together: dict[tuple[Any, ...], list[Account]] = defaultdict(list)
    for account in accounts:
        who = tuple(map(_id, (*account.actors, *account.targets)))
        first = account.places[0] if account.places else None
        key = (account.kind, account.type, account.mode, who or (account.quote,), first and (first.id or first.text))
        together[key].append(account)
    out = []
    for told_of in together.values():
        last = told_of[-1]
        parties = tuple(dict.fromkeys(w.called for w in (*last.actors, *last.targets)))
        place = last.places[0].called if last.places else None
        code = f"{last.type}.{last.mode}" if last.mode else last.type
        out.append(Item(code, last.quote, parties, place, last.day, tuple(told(a) for a in reversed(told_of))))
    return sorted(out, key=lambda item: _late_first(item.day, item.about))


def casualties(past: Sequence[Account], recent: Sequence[Account]) -> list[Count]:
    """The ledger: running totals (the latest that each source tells of a place), then counts of recent attacks."""
    totals: dict[tuple[Any, ...], list[tuple[Account, Any]]] = defaultdict(list)
    attacks: dict[tuple[Any, ...], list[tuple[Account, Any]]] = defaultdict(list)
    for account in past:
        if account.kind == "toll" and account.modality == "asserted":
            for harm in account.harm:
                totals[(harm.effect, _place(account), _since(account))].append((account, harm))
    for account in recent:
        if account.kind == "event" and account.modality == "asserted":
            for harm in account.harm:
                attacks[(harm.effect, _place(account), account.day, account.type)].append((account, harm))
    running = [_count(True, told_of) for told_of in totals.values()]
    single = [_count(False, told_of) for told_of in attacks.values()]
    return sorted(running, key=lambda c: _late_first(c.day, c.what)) + sorted(
        single, key=lambda c: _late_first(c.day, c.what)
    )


def _count(running: bool, told_of: list[tuple[Account, Any]]) -> Count:
    by_source: dict[str | None, tuple[Account, Any]] = {}
    for account, harm in told_of:  # in the order of days: the latest of each source stays
        by_source[source_of(account)] = (account, harm)
    last, harm = told_of[-1]
    lows = [h.low for _, h in by_source.values() if h.low is not None]
    highs = [h.high for _, h in by_source.values()]
    bounded = [h for h in highs if h is not None]
    return Count(
        running, harm.effect, last.quote, _place(last), last.day, min(lows, default=None),
        max(bounded) if bounded and len(bounded) == len(highs) else None,
        tuple((source, h.low, h.high, told(a)) for source, (a, h) in by_source.items()),
    )  # fmt: skip


def _since(account: Account) -> Any:
    """Totals since one day are one running total; those of a day or month of their own stand apart."""
    return (account.start, None if account.end is None else account.end)


def told(account: Account) -> Told:
    return Told(account.key, account.report, account.day, account.published, source_of(account), account.quote)


def _id(who: Who) -> str:
    return who.id or who.text.casefold()


def _place(account: Account) -> str | None:
    return account.places[0].called if account.places else None


def _order(account: Account) -> tuple[Any, ...]:
    return (account.day, account.published or date.min, account.report, account.statement.quote_start, account.key)


def _late_first(day: date | None, then: Any) -> tuple[Any, ...]:
    return (-day.toordinal() if day else 0, str(then.called if isinstance(then, Where) else then))


def _before(one: date | None, other: date | None) -> bool:
    return one is None or other is None or one <= other


def _stale(day: date | None, latest: date | None, days: int = STALE_DAYS) -> bool:
    return bool(day and latest and latest - day > timedelta(days=days))


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
