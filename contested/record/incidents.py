"""Incidents: accounts of several reports on one happening, put together. Pure; their order is no matter.

1. Accounts of different reports that can be of one happening are compared (`linking.py`); those that score
   `threshold` or more are linked. Linked accounts, however indirectly, form a component; an account that joins
   touches no other component than those it is linked to.
2. In a component, clusters grow from the surest link down: two join only if the mean score of their pairs of reports
   (the best link of a pair; 0 where there is none) is at least `together`. So one weak bridge joins no two happenings.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from contested.record.account import Account, Where
from contested.record.blocking import candidates
from contested.record.linking import Link, hopeful, link, score, settings
from contested.record.signals import Related, signals
from contested.record.sketch import Sketch, sketches
from contested.record.titles import place_of, title
from contested.statement import digest


@dataclass(frozen=True)
class Incident:
    """A happening as several reports tell it. `start` and `end` are days (inclusive), null where nobody tells."""

    accounts: tuple[Account, ...]
    links: tuple[Link, ...]
    type: str
    mode: str | None
    start: date | None
    end: date | None
    place: Where | None
    what: str
    disputes: tuple[Any, ...] = ()

    @cached_property
    def id(self) -> str:
        """Hash of the content of its earliest account, so it stays when later ones join."""
        first = min(self.accounts, key=lambda a: (a.published or date.max, a.report, a.statement.quote_start, a.key))
        return digest([first.report, first.statement.id])

    @property
    def reports(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(a.report for a in self.accounts))

    @property
    def voices(self) -> int:
        """How many independent first sources tell of it.

        Near-copies are one voice. The same named source is one, whoever quotes it; a source without a name, and a
        report that tells it itself, count once for each voice of a report.
        """
        return len({_first_source(a) for a in self.accounts})

    def to_json(self) -> dict[str, Any]:
        """The form of the hand-made incidents, with links and counts besides."""
        spots: dict[str, Account] = {}
        for account in self.accounts:
            spots.setdefault(account.report, account)
        return {
            "incident": self.id,
            "what": self.what,
            "date": self.start.isoformat() if self.start else None,
            "end": self.end.isoformat() if self.end else None,
            "place": self.place.called if self.place else None,
            "type": self.type,
            "mode": self.mode,
            "voices": self.voices,
            "reports": [{"id": a.report, "quote": a.quote, "anchor": a.statement.anchor} for a in spots.values()],
            "accounts": [a.key for a in self.accounts],
            "links": [one.to_json() for one in self.links],
            "disputes": [d.to_json() if hasattr(d, "to_json") else d for d in self.disputes],
        }


def _first_source(account: Account) -> tuple[str, ...]:
    source = account.said_by
    if source is None or not source.named:
        return ("report", account.voice, source.cls if source else "")
    who = account.source
    return ("source", who.id if who and who.id else source.text.casefold())


def incidents(accounts: Iterable[Account], register: Related | None = None, *, alone: bool = False) -> list[Incident]:
    """The incidents that the accounts tell of, by day, then id; those of one report only if `alone`."""
    known = list(sketches(accounts))
    by_key = {s.key: s for s in known}
    links = linked(known, register)
    found = []
    for component in components(links):
        for cluster in clusters(component):
            found.append(_incident([by_key[key] for key in sorted(cluster)], component))
    if alone:
        used = {a.key for one in found for a in one.accounts}
        found += [_incident([s], []) for s in known if s.key not in used and not s.period]
    return sorted(found, key=lambda one: (one.start or date.max, one.id))


def linked(known: Sequence[Sketch], register: Related | None = None) -> list[Link]:
    """The links at or above the threshold, by score."""
    floor = settings()["threshold"]
    found = []
    for one, other in candidates(known):
        if hopeful(one, other) and score(signals(one, other, register)) >= floor:
            found.append(link(one, other, register))
    return sorted(found, key=_surest)


def _surest(one: Link) -> tuple[float, str, str]:
    return (-one.score, one.one, one.other)


def components(links: Iterable[Link]) -> list[list[Link]]:
    """The links of each connected component, by score."""
    root: dict[str, str] = {}

    def find(key: str) -> str:
        while root.setdefault(key, key) != key:
            root[key] = root[root[key]]
            key = root[key]
        return key

    links = sorted(links, key=_surest)
    for one in links:
        a, b = find(one.one), find(one.other)
        root[max(a, b)] = min(a, b)
    found: dict[str, list[Link]] = defaultdict(list)
    for one in links:
        found[find(one.one)].append(one)
    return [found[key] for key in sorted(found)]


def clusters(links: Sequence[Link]) -> list[set[str]]:
    """The keys of the accounts of each happening in one component, by average linkage of reports."""
    floor = settings()["together"]
    scores = {(one.one, one.other): one.score for one in links}
    at: dict[str, set[str]] = {}
    for one in links:
        for key in (one.one, one.other):
            at.setdefault(key, {key})
    for one in links:
        mine, yours = at[one.one], at[one.other]
        if mine is yours or _mean(mine, yours, scores) < floor:
            continue
        joined = mine | yours
        for key in joined:
            at[key] = joined
    made = {id(c): c for c in at.values() if len({report_of(key) for key in c}) > 1}
    return sorted(made.values(), key=min)


def _mean(mine: set[str], yours: set[str], scores: Mapping[tuple[str, str], float]) -> float:
    """The mean over pairs of reports of the best link between them; a report that both have counts as linked."""
    best: dict[tuple[str, str], float] = {}
    for a in mine:
        for b in yours:
            pair = (report_of(a), report_of(b))
            found = 1.0 if pair[0] == pair[1] else scores.get((a, b) if a < b else (b, a), 0.0)
            best[pair] = max(best.get(pair, 0.0), found)
    return sum(best.values()) / len(best)


def report_of(key: str) -> str:
    return key.rsplit("#", 1)[0]


def _incident(members: Sequence[Sketch], links: Sequence[Link]) -> Incident:
    keys = {s.key for s in members}
    ordered = sorted(
        members,
        key=lambda s: (s.account.published or date.max, s.report, s.account.statement.quote_start, s.key),
    )
    days = _days(ordered)
    head = title(ordered)
    return Incident(
        accounts=tuple(s.account for s in ordered),
        links=tuple(one for one in links if one.one in keys and one.other in keys),
        type=head.type,
        mode=head.mode,
        start=days[0],
        end=days[1],
        place=place_of(ordered),
        what=head.what,
    )


def _days(members: Sequence[Sketch]) -> tuple[date | None, date | None]:
    """The days that most of the accounts that tell a day of their own agree on."""
    told = [s.days for s in members if s.days and not s.days.lent and not s.period]
    if not told:
        return None, None
    counts: dict[tuple[date, date], int] = defaultdict(int)
    for days in told:
        counts[days.first, days.last] += 1
    first, last = min(counts, key=lambda span: (-counts[span], (span[1] - span[0]).days, span))
    return first, last
