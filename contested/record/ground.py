"""Who holds which ground, and who besieges it: from accounts of control alone, the same in whatever order they come.

An account *supports* a party's hold: it takes, retakes or holds the place, or another loses it to that party. A support
stands until another account *ends* it:

- a taking of the whole place by a stranger on a later day, or a loss or retreat of the party itself;
- a taking that the same report tells of, where the support has no day, share or source of its own ("took rebel-held
  Orla on Friday");
- a stranger that is told to hold the whole of it more than `CONTESTED_DAYS` later, or no more word for `STALE_DAYS`.

Where supports of strangers stand that claim more than the whole together, or sources tell one party's share otherwise,
the ground is contested: nobody decides. What is denied or only possible makes no holder; it is told of in `doubts`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import combinations
from typing import Any

from contested.record.account import Account, Where, Who, day
from contested.record.disputed_ground import PART, ROUNDING, WITHIN_DAYS, share_of
from contested.record.parted import Related, different
from contested.record.told import Told, in_order, iso, late_first, party_key, told, whose
from contested.spelling import fold

#: A holder of ground told of so many days before the latest account of a place is told of no more; so is a siege.
#: Fronts of the wars in the gold seldom stand longer without being told of.
STALE_DAYS = 120
#: Two accounts of a place within so many days that name different holders contest it.
CONTESTED_DAYS = 14
#: A holder is told of as a former one for so many days.
FORMER_DAYS = 60
#: So many accounts are cited for a holder, the latest.
CITED = 5

Strangers = Callable[[Who, Who], bool]
Parties = Callable[[Account], tuple[Who, ...]]


@dataclass(frozen=True, slots=True)
class Holder:
    """A party that holds ground, or besieges it, by which accounts (the latest few; `told` counts them all).

    `share` is a fraction from 0 to 1 as the latest account tells it (1 for a whole place that was taken; null: untold),
    `shares` the latest word of each source on it. `since` is the day it was taken, or that it is held since, where an
    account tells. `until` and `ended_by` are of former holders.
    """

    party: Who
    share: float | None
    since: date | None
    latest: date | None
    accounts: tuple[Told, ...]
    told: int = 1
    shares: tuple[Told, ...] = ()
    until: date | None = None
    ended_by: tuple[Told, ...] = ()

    def to_json(self) -> dict[str, Any]:
        out: dict[str, Any] = {
            "party": self.party.id, "name": self.party.called, "share": self.share, "since": iso(self.since),
            "latest": iso(self.latest), "told": self.told, "shares": [one.to_json() for one in self.shares],
            "accounts": [one.to_json() for one in self.accounts],
        }  # fmt: skip
        if self.until:
            out |= {"until": iso(self.until), "ended_by": [one.to_json() for one in self.ended_by]}
        return out


@dataclass(frozen=True, slots=True)
class Ground:
    """A place, who holds it and who besieges it, and who did until lately (`former`, `lifted`).

    `contested` where accounts of about one time cannot all be so. A part of a place ("eastern Orla") is ground of its
    own, called by its words; its `place.id` is null and it lies within the place. `key` names it in every situation.
    """

    key: str
    place: Where
    holders: tuple[Holder, ...]
    besiegers: tuple[Holder, ...]
    contested: bool
    latest: date | None
    former: tuple[Holder, ...] = ()
    lifted: tuple[Holder, ...] = ()
    doubts: tuple[Told, ...] = ()

    def concerns(self, party: str) -> bool:
        """Whether a party (an id, or words of its name) holds, held or besieges it."""
        words = party.casefold()
        every = (*self.holders, *self.besiegers, *self.former, *self.lifted)
        return any(one.party.id == party or words in one.party.called.casefold() for one in every)

    def to_json(self) -> dict[str, Any]:
        return {
            "ground": self.key, "place": self.place.id, "name": self.place.called,
            "kind": self.place.kind, "lat": self.place.lat, "lon": self.place.lon,
            "within": list(self.place.within), "contested": self.contested, "latest": iso(self.latest),
            "holders": [one.to_json() for one in self.holders],
            "besiegers": [one.to_json() for one in self.besiegers],
            "former": [one.to_json() for one in self.former], "lifted": [one.to_json() for one in self.lifted],
            "doubts": [one.to_json() for one in self.doubts],
        }  # fmt: skip


def ground_key(account: Account) -> str | None:
    """What ground an account tells of; null where its words hold no name.

    A part of a place is ground of its own: "eastern Orla" and "the east of Orla" are one, others known by their words.
    A place that the gazetteer has not is known by its name ("the Orla district" is "orla").
    """
    if not account.places:
        return None
    place, resolved = account.places[0], account.statement.places[0].resolved or {}
    if place.id:
        return place.id
    relation = resolved.get("relation") or {}
    if relation.get("part") and relation.get("of"):
        return f"{relation['of']}/{relation['part']}"
    if place.within and place.lat is not None:
        return f"{place.within[0]}/{fold(place.text)}"
    words = place.text.split()
    if not any(word[:1].isupper() for word in words[1:] or words):
        return None
    return f"words:{fold(' '.join(word for word in words if word[:1].isupper()))}"


def is_ground(account: Account) -> bool:
    """Whether an account can tell who holds ground: control, and retreats."""
    return account.kind == "control" or (account.type == "RETREAT" and account.mode == "withdraw")


def ground(accounts: Iterable[Account], register: Related, as_of: date | None = None) -> list[Ground]:
    """Who holds which place as of a day, latest told first. `accounts` had happened by then, as `is_ground` has it."""
    by_place: dict[str, list[Account]] = defaultdict(list)
    for account in sorted(map(_as_said, accounts), key=in_order):
        key = ground_key(account)
        if key:
            by_place[key].append(account)
    strangers = _strangers(register, as_of)
    found = [_Ground(key, told_of, strangers, as_of).made() for key, told_of in by_place.items()]
    kept = (one for one in found if one.holders or one.besiegers or one.former or one.lifted or one.doubts)
    return sorted(kept, key=lambda g: (*late_first(g.latest, g.place), g.key))


def _as_said(account: Account) -> Account:
    """What tells no day of its own counts by the day on which it was said, where that is told."""
    said = day(account.statement.said.date) if account.statement.said else None
    early = said and _undated(account) and account.day and said < account.day
    return replace(account, start=said, end=said) if early else account


def _undated(account: Account) -> bool:
    when = account.statement.when
    return not (when and (when.start or when.end))


def _strangers(register: Related, as_of: date | None) -> Strangers:
    """Whether two parties have nothing to do with each other, asked once a pair. Names that the register has not are
    strangers where they differ."""
    asked: dict[tuple[str, str], bool] = {}
    on = iso(as_of)

    def strangers(one: Who, other: Who) -> bool:
        a, b = party_key(one), party_key(other)
        if a == b:
            return False
        if not one.id or not other.id:
            return True
        if (a, b) not in asked:
            asked[a, b] = asked[b, a] = different(one, other, register, on)
        return asked[a, b]

    return strangers


class _Ground:
    """The accounts of one place, in order, as of a day."""

    def __init__(self, key: str, accounts: Sequence[Account], strangers: Strangers, as_of: date | None) -> None:
        self.key, self.accounts, self.strangers, self.as_of = key, accounts, strangers, as_of
        self.asserted = [a for a in accounts if a.modality == "asserted"]
        self.share = {a.key: _share(a) for a in accounts}
        self.latest = max((a.day for a in self.asserted if a.day), default=None)

    def made(self) -> Ground:
        holders, former = self._standing(_winners, self._ends, self._faded)
        besiegers, lifted = self._standing(_besiegers, self._lifts, self._stale)
        doubts = [a for a in self.accounts if a.kind == "control" and a.modality in ("denied", "possible")]
        last = max((a.day for a in self.accounts if a.day), default=None)
        fresh = [a for a in doubts if not _older(a.day, last, CONTESTED_DAYS)]
        return Ground(
            self.key, (self.asserted or self.accounts)[-1].places[0],
            tuple(_holder(who, supports) for who, supports in holders),
            tuple(_holder(who, supports) for who, supports in besiegers),
            self._contested([supports for _, supports in holders]),
            self.latest or last, tuple(former), tuple(lifted),
            tuple(told(a) for a in fresh[: -CITED - 1 : -1]),
        )  # fmt: skip

    def _standing(
        self, parties: Parties, ends: Callable[[Account, Account, Who], bool], over: Callable[[Account, Who], bool]
    ) -> tuple[list[tuple[Who, list[Account]]], list[Holder]]:
        """The parties with the supports that nothing `ends` and that are not `over`; and those ended of late."""
        standing, former = [], []
        for who, supports in _by_party(self.asserted, parties):
            ended_by = [(s, [a for a in self.accounts if ends(a, s, who)]) for s in supports]
            kept = [s for s, by in ended_by if not by and not over(s, who)]
            by = ended_by[-1][1]
            if kept:
                standing.append((who, kept))
            elif by and not _older(by[0].day, self.as_of or self.latest, FORMER_DAYS):
                former.append(_holder(who, supports, by))
        return standing, former

    def _ends(self, account: Account, support: Account, who: Who) -> bool:
        """Whether `account` ends the hold of `who` that `support` tells of."""
        if account.modality != "asserted" or account.key == support.key:
            return False
        if not (self._took_all(account, who) or self._lost(account, who)):
            return False
        return _later(account.day, support.day) or (support.type == "holds" and _is_background(support, account))

    def _took_all(self, account: Account, who: Who) -> bool:
        winners = _winners(account)
        return (
            account.type in ("captures", "loses")
            and self.share[account.key] >= 1
            and bool(winners)
            and all(self.strangers(winner, who) for winner in winners)
        )

    def _lost(self, account: Account, who: Who) -> bool:
        """Whether the account says that `who` gave up the whole place."""
        if self.share[account.key] < 1:
            return False
        if account.type == "captures":
            losers: Sequence[Who] = account.targets
        else:
            losers = account.actors if account.type in ("loses", "RETREAT") else ()
        return any(party_key(loser) == party_key(who) for loser in losers)

    def _faded(self, support: Account, who: Who) -> bool:
        """Whether it is too old to be told of still, or others are told to hold the whole long after."""
        if self._stale(support, who):
            return True
        return any(
            a.type == "holds" and self.share[a.key] >= 1 and _older(support.day, a.day, CONTESTED_DAYS)
            and all(self.strangers(w, who) for w in a.actors)
            for a in self.asserted if a.actors
        )  # fmt: skip

    def _stale(self, support: Account, _: Who) -> bool:
        """Whether its words end it, or nobody has told of it for long."""
        return _ended(support, self.as_of) or _older(support.day, self.latest, STALE_DAYS)

    def _contested(self, holders: Sequence[Sequence[Account]]) -> bool:
        newest = [
            [s for s in _by_source(supports) if not _older(s.day, self.latest, CONTESTED_DAYS)] for supports in holders
        ]
        for mine, yours in combinations(newest, 2):
            if any(self._at_odds(one, other) for one in mine for other in yours):
                return True
        return any(_shares_differ(one, other) for mine in newest for one, other in combinations(mine, 2))

    def _at_odds(self, one: Account, other: Account) -> bool:
        """Whether two supports claim more than the whole, and not one after the other in one source's words."""
        if whose(one) == whose(other) or self.share[one.key] + self.share[other.key] <= 1 + ROUNDING:
            return False
        parties = [(a, b) for a in _winners(one) for b in _winners(other)]
        return bool(parties) and all(a.id and b.id and self.strangers(a, b) for a, b in parties)

    def _lifts(self, account: Account, support: Account, who: Who) -> bool:
        """Whether `account` ends the siege that `support` tells of: the besieger's side has come to hold the whole
        place, has withdrawn, or somebody else says that there is no siege (any more)."""
        if account.modality == "denied" and account.type == "besieges":
            by_besieger = account.source is not None and not self.strangers(account.source, who)
            of_it = not account.actors or any(party_key(a) == party_key(who) for a in account.actors)
            return of_it and not by_besieger and _later(account.day, support.day)
        if account.modality != "asserted" or account.key == support.key:
            return False
        if self._lost(account, who):
            return _later(account.day, support.day)
        winners = _winners(account)
        holds = bool(winners) and self.share[account.key] >= 1 and not all(self.strangers(w, who) for w in winners)
        undated = _is_background(support, account)
        if not holds or (account.type == "holds" and not _later(account.day, support.day)):
            return False
        return undated or not _later(support.day, account.day)


def _besiegers(account: Account) -> tuple[Who, ...]:
    return account.actors if account.type == "besieges" else ()


def _winners(account: Account) -> tuple[Who, ...]:
    """Who holds the ground (some of it) after it."""
    if account.kind != "control":
        return ()
    if account.type in ("captures", "holds"):
        return account.actors
    return account.targets if account.type == "loses" else ()


def _share(account: Account) -> float:
    """At least how much of the place is meant, from 0 to 1."""
    place = account.places[0]
    if place.id and place.precision == "area" and place.kind in ("city", "town", "village"):
        return PART  # "districts of Orla"
    return share_of(account, place, account.type != "holds")


def _by_party(accounts: Sequence[Account], parties: Parties) -> list[tuple[Who, list[Account]]]:
    """Each party with the accounts in which it is among `parties`, in order; as its latest account names it."""
    found: dict[str, list[Account]] = defaultdict(list)
    named: dict[str, Who] = {}
    for account in accounts:
        for who in parties(account):
            if who.kind == "people":  # residents hold no ground, and besiege none
                continue
            if not found[party_key(who)] or found[party_key(who)][-1] is not account:
                found[party_key(who)].append(account)
            named[party_key(who)] = who
    return [(named[key], of_party) for key, of_party in found.items()]


def _by_source(supports: Sequence[Account]) -> list[Account]:
    """The latest support of each source, in order."""
    return sorted({whose(one): one for one in supports}.values(), key=in_order)


def _shares_differ(one: Account, other: Account) -> bool:
    """Whether two sources tell one party's share otherwise, within days."""
    if not (one.share or other.share) or not _share(one) or not _share(other):
        return False
    near = not _older(one.day, other.day, WITHIN_DAYS) and not _older(other.day, one.day, WITHIN_DAYS)
    return near and PART not in (_share(one), _share(other)) and abs(_share(one) - _share(other)) > ROUNDING


def _holder(who: Who, supports: Sequence[Account], by: Sequence[Account] = ()) -> Holder:
    last = supports[-1]
    taken = [a.start for a in supports if a.start and not _undated(a) and (a.type != "holds" or _is_open(a))]
    share = (
        last.share.value if last.share else 1.0 if last.type in ("captures", "loses") and _share(last) >= 1 else None
    )
    return Holder(
        who, share if last.type != "besieges" else None, min(taken, default=None), last.day,
        tuple(told(a) for a in reversed(supports[-CITED:])), len(supports),
        tuple(told(a) for a in _by_source(supports) if a.share), by[0].day if by else None,
        tuple(told(a) for a in by[:CITED]),
    )  # fmt: skip


def _is_background(support: Account, news: Account) -> bool:
    """Whether `support` is what the report of `news` calls the place by the way: "took rebel-held Orla on Friday"."""
    other = support.said_by is not None and whose(support) != whose(news)
    return support.report == news.report and _undated(support) and support.share is None and not other


def _is_open(account: Account) -> bool:
    """Whether it is told to last: "since 2014"."""
    when = account.statement.when
    return bool(when and when.start and not when.end)


def _ended(account: Account, as_of: date | None) -> bool:
    """Whether its own words end it before the day asked for: "held until 2014"."""
    return bool(account.start is None and account.end and as_of and account.end < as_of)


def _later(one: date | None, other: date | None) -> bool:
    return bool(one and other and one > other)


def _older(one: date | None, than: date | None, days: int) -> bool:
    return bool(one and than and than - one > timedelta(days=days))
