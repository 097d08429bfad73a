"""Incidents: accounts of several reports on one happening, put together. Pure; their order is no matter.

1. Accounts of different reports that can be of one happening are compared (`linking.py`); those that score
   `threshold` or more are linked. Linked accounts, however indirectly, form a component; an account that joins
   touches no other component than those it is linked to.
2. In a component, clusters grow from the surest link down: two join only if the mean score of their pairs of reports
   (the best link of a pair; 0 where there is none) is at least `together`, and if no report tells an account of the
   one apart from an account of the other. So one weak bridge, or one vague account, joins no two happenings.
3. What else a report tells of the same happening joins its account there, but never joins two clusters.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import Any

from contested.record.account import Account, Where
from contested.record.blocking import hopeful
from contested.record.clustering import clusters, components, surest
from contested.record.crosswalk import crosswalks
from contested.record.linking import Link, again, link, settings, told_apart
from contested.record.signals import Related
from contested.record.sketch import Sketch, in_text, sketches
from contested.record.titles import place_of, title
from contested.spelling import fold
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

        The same named source is one, whoever quotes it. A text that names none is one itself, with its near-copies.
        """
        named = {(a.voice, name) for a in self.accounts if (name := _named_source(a))}
        silent = {a.voice for a in self.accounts} - {voice for voice, _ in named}
        return len({name for _, name in named}) + len(silent)

    def to_json(self) -> dict[str, Any]:
        """The form of the hand-made incidents, with links and counts besides, and what others would call it."""
        spots: dict[str, Account] = {}
        for account in self.accounts:
            spots.setdefault(account.report, account)
        at_odds = {d.type for d in self.disputes if not d.update}
        return {
            "incident": self.id,
            "what": self.what,
            "date": self.start.isoformat() if self.start else None,
            "end": self.end.isoformat() if self.end else None,
            "place": self.place.called if self.place else None,
            "type": self.type,
            "mode": self.mode,
            "voices": self.voices,
            **crosswalks(self.accounts, self.type, self.mode, self.voices, at_odds=at_odds),
            "reports": [{"id": a.report, "quote": a.quote, "anchor": a.statement.anchor} for a in spots.values()],
            "accounts": [a.key for a in self.accounts],
            "links": [one.to_json() for one in self.links],
            "disputes": [d.to_json() if hasattr(d, "to_json") else d for d in self.disputes],
        }


def _named_source(account: Account) -> str | None:
    """The party that a named source means, else its folded words; null for a source without a name, or none."""
    if account.said_by is None or not account.said_by.named:
        return None
    return (account.source.id if account.source else None) or fold(account.said_by.text)


def incidents(accounts: Iterable[Account], register: Related | None = None, *, alone: bool = False) -> list[Incident]:
    """The incidents that the accounts tell of, by day, then id; those of one report only if `alone`."""
    known = list(sketches(accounts))
    links = linked(known, register)
    happenings = happenings_of(links, known)
    at = {key: n for n, (cluster, _) in enumerate(happenings) for key in cluster}
    more = told_again(known, at, register)
    members: dict[int, list[Sketch]] = defaultdict(list)
    for one in known:
        if one.key in at:
            members[at[one.key]].append(one)
    found = [incident_of(members[n], component, more.get(n, ())) for n, (_, component) in enumerate(happenings)]
    if alone:
        used = {a.key for incident in found for a in incident.accounts}
        found += [incident_of([s], ()) for s in known if s.key not in used and not s.period]
    return sorted(found, key=lambda incident: (incident.start or date.max, incident.id))


def happenings_of(
    links: Iterable[Link], known: Iterable[Sketch], split: Collection[tuple[str, str]] = ()
) -> list[tuple[set[str], list[Link]]]:
    """The clusters that the links make, each with the links of its component. `known` are the sketches linked."""
    by_key = {one.key: one for one in known}

    @cache
    def apart(one: str, other: str) -> bool:
        return told_apart(by_key[one], by_key[other])

    return [(cluster, component) for component in components(links) for cluster in clusters(component, split, apart)]


def told_again(
    known: Iterable[Sketch],
    at: Mapping[str, int],
    register: Related | None = None,
    split: Collection[tuple[str, str]] = frozenset(),
) -> dict[int, list[tuple[Sketch, Link]]]:
    """By cluster, what else its reports tell of the happening, each with its surest link to an account of the cluster.

    `at` tells the cluster of an account's key. An account joins one cluster, where its link is surest, and none with an
    account that a person has split from it (pairs of keys).
    """
    barred = {(key, at[other]) for pair in split for key, other in (pair, pair[::-1]) if other in at}
    reports: dict[str, list[Sketch]] = defaultdict(list)
    for one in known:
        reports[one.report].append(one)
    found: dict[int, list[tuple[Sketch, Link]]] = defaultdict(list)
    for together in reports.values():
        inside = [s for s in together if s.key in at]
        for one in together if inside else ():
            if one.key in at:
                continue
            near = (s for s in inside if one.acts & s.acts and (one.key, at[s.key]) not in barred)
            links = ((again(one, other, register), other.key) for other in near)
            sure = sorted(((link, key) for link, key in links if link is not None), key=lambda pair: surest(pair[0]))
            if sure:
                found[at[sure[0][1]]].append((one, sure[0][0]))
    return found


def linked(known: Sequence[Sketch], register: Related | None = None, new: Collection[str] | None = None) -> list[Link]:
    """The links at or above the threshold, by score; with `new` (keys) only those of at least one of these."""
    floor = settings()["threshold"]
    links = (link(one, other, register, floor) for one, other in hopeful(known, new))
    return sorted((one for one in links if one is not None), key=surest)


def incident_of(members: Sequence[Sketch], links: Sequence[Link], more: Sequence[tuple[Sketch, Link]] = ()) -> Incident:
    """From the accounts of a cluster, the links of its component, and what its reports tell `more` of it."""
    keys = {s.key for s in members}
    ordered = sorted(
        [*members, *(s for s, _ in more)], key=lambda s: (s.account.published or date.max, in_text(s.account))
    )
    within = [one for one in links if one.one in keys and one.other in keys]
    head = title(members)
    start, end = _days(members)
    return Incident(
        accounts=tuple(s.account for s in ordered),
        links=tuple(sorted([*within, *(one for _, one in more)], key=surest)),
        type=head.type,
        mode=head.mode,
        start=start,
        end=end,
        place=place_of(members),
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
