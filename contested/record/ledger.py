"""The ledger of casualties: running totals, and counts of recent attacks, as sources tell them. Nothing is added up.

Both group accounts by effect, by who was harmed (people, civilians, children …, so that "12 people, three of them
children" are no three people) and by place; totals by the time that they run over besides, attacks by day and type.
Accounts are not grouped by incidents: these change when later reports come, and what was known on a day must not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from contested.record.account import Account
from contested.record.dispute import source_of
from contested.record.dispute_words import group_of
from contested.record.ground import ground_key
from contested.record.told import Told, in_order, iso, late_first, told, whose
from contested.spelling import fold
from contested.statement import Harm


@dataclass(frozen=True, slots=True)
class Bound:
    """What one source tells: persons, inclusive; null is unbounded."""

    source: str | None
    low: int | None
    high: int | None
    told: Told

    def to_json(self) -> dict[str, Any]:
        return {"source": self.source, "low": self.low, "high": self.high, **self.told.to_json()}


@dataclass(frozen=True, slots=True)
class Count:
    """People harmed: `running` is a total over time (`start` to `end`, where told), else a count of one attack.

    `low` and `high` are the lowest and the highest that the latest word of any source allows (null: unbounded), never
    a sum. `who` is the group: people, civilians, children …
    """

    running: bool
    effect: str
    who: str
    what: str
    place: str | None
    day: date | None
    low: int | None
    high: int | None
    by_source: tuple[Bound, ...]
    start: date | None = None
    end: date | None = None

    @property
    def key(self) -> tuple[Any, ...]:
        """What it is a count of, whatever it comes to."""
        span = (self.start, self.end) if self.running else (self.day,)
        return (self.running, self.effect, self.who, self.place, *span)

    def to_json(self) -> dict[str, Any]:
        return {
            "running": self.running, "effect": self.effect, "who": self.who, "what": self.what, "place": self.place,
            "day": iso(self.day), "start": iso(self.start), "end": iso(self.end), "low": self.low, "high": self.high,
            "by_source": [one.to_json() for one in self.by_source],
        }  # fmt: skip


def totals(accounts: Iterable[Account]) -> list[Count]:
    """Running totals, the latest that each source tells, from asserted tolls; latest first."""
    groups: dict[tuple[Any, ...], list[tuple[Account, Harm]]] = defaultdict(list)
    for account in sorted(accounts, key=in_order):
        if account.kind == "toll" and account.modality == "asserted":
            for harm in account.harm:
                groups[(harm.effect, _group(harm), _where(account), account.start, account.end)].append((account, harm))
    return _sorted(_count(True, key[1], told_of) for key, told_of in groups.items())


def attacks(accounts: Iterable[Account]) -> list[Count]:
    """Counts of attacks, each by itself, from asserted events; latest first."""
    groups: dict[tuple[Any, ...], list[tuple[Account, Harm]]] = defaultdict(list)
    for account in sorted(accounts, key=in_order):
        if account.kind == "event" and account.modality == "asserted":
            for harm in account.harm:
                key = (harm.effect, _group(harm), _where(account), account.start, account.end, account.type)
                alone = () if _where(account) and account.start else (account.report,)  # untold is not the same
                groups[(*key, *alone)].append((account, harm))
    return _sorted(_count(False, key[1], told_of) for key, told_of in groups.items())


def _count(running: bool, who: str, told_of: list[tuple[Account, Harm]]) -> Count:
    latest = {whose(account): (account, harm) for account, harm in told_of}  # in the order of days
    last, harm = told_of[-1]
    lows = [h.low for _, h in latest.values() if h.low is not None]
    highs = [h.high for _, h in latest.values() if h.high is not None]
    return Count(
        running, harm.effect, who, last.quote, last.places[0].called if last.places else None, last.day,
        min(lows, default=None), max(highs) if highs and len(highs) == len(latest) else None,
        tuple(Bound(source_of(a), h.low, h.high, told(a)) for a, h in latest.values()),
        last.start, last.end,
    )  # fmt: skip


def _group(harm: Harm) -> str:
    return group_of(harm.who) or fold(harm.who or "")


def _where(account: Account) -> str | None:
    return ground_key(account) or (f"words:{fold(account.places[0].text)}" if account.places else None)


def _sorted(counts: Iterable[Count]) -> list[Count]:
    def place(count: Count) -> tuple[Any, ...]:
        accounts = [bound.told.account for bound in count.by_source]
        return (*late_first(count.day, count.what), count.effect, count.who, accounts)

    return sorted(counts, key=place)
