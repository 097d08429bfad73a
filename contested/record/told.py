"""`Told`: what one account says, as the parts of a situation cite it; and the order that answers are in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from contested.record.account import Account, Where, Who
from contested.record.dispute import source_of
from contested.spelling import fold


@dataclass(frozen=True, slots=True)
class Told:
    """What one account says: its key, type, report, day, source, quote. `share` is of ground only."""

    account: str
    type: str
    report: str
    day: date | None
    published: date | None
    source: str | None
    quote: str
    share: float | None = None

    def to_json(self) -> dict[str, Any]:
        out: dict[str, Any] = {
            "account": self.account, "type": self.type, "report": self.report, "day": iso(self.day),
            "published": iso(self.published), "source": self.source, "quote": self.quote,
        }  # fmt: skip
        return out if self.share is None else {**out, "share": self.share}


def told(account: Account) -> Told:
    share = account.share.value if account.share else None
    return Told(
        account.key, account.type, account.report, account.day, account.published, source_of(account), account.quote,
        share,
    )  # fmt: skip


def whose(account: Account) -> str:
    """Whose word it is: the source's, else that of the outlet, which speaks for itself.

    Copies of a report under several outlets stay apart: which reports are copies may change with every report that is
    added, and what was known on a day may not.
    """
    if account.source and account.source.id and account.source.kind != "people":
        return account.source.id
    if account.said_by:
        return fold(account.said_by.text)
    return f"outlet {fold(account.outlet)}" if account.outlet else f"report {account.report}"


def party_key(who: Who) -> str:
    """Under what a party is put together with itself: its id, else its words."""
    return who.id or f"words:{fold(who.text)}"


def in_order(account: Account) -> tuple[Any, ...]:
    """Accounts by the day they count by, then by publication; a total order, whatever order they came in."""
    day, published = account.day or date.min, account.published or date.min
    return (day, published, account.report, account.statement.quote_start, account.key)


def late_first(day: date | None, then: Any) -> tuple[Any, ...]:
    """Sorts the latest first, and what is of one day by its words."""
    return (-day.toordinal() if day else 0, str(then.called if isinstance(then, Where) else then))


def iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
