"""`Material`: what an export is made from, already narrowed and redacted, a few reports at a time."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, Protocol

from contested.record.account import Account
from contested.record.asking import Filter
from contested.record.record import Record
from contested.statement import Report

#: What a row of a table is.
Rows = Literal["statements", "incidents", "accounts"]


class Redacting(Protocol):
    """Takes out what could harm people (`redaction.py`)."""

    name: str

    def report(self, number: int, report: Report) -> Report: ...

    def account(self, account: Account, about: Mapping[str, Any]) -> tuple[Account, Mapping[str, Any]]: ...

    def happening(self, body: dict[str, Any]) -> dict[str, Any]: ...

    def about(self, one: dict[str, Any]) -> dict[str, Any]: ...

    def keys(self, given: Iterable[str]) -> dict[str, str]: ...

    def ids(self, given: Collection[str]) -> list[str]: ...


@dataclass(slots=True)
class Material:
    """A record, narrowed by a filter. `rows` is what a table has a row for; `progress` is told of each thing given.

    `as_of` is the day of the situation, where a format tells one.
    """

    record: Record
    asked: Filter = field(default_factory=Filter)
    rows: Rows = "statements"
    redacting: Redacting | None = None
    progress: Callable[[], None] = lambda: None
    as_of: date | None = None
    version: str = ""

    def reports(self) -> Iterator[Report]:
        """The reports with the statements asked for."""
        from contested.record import streaming

        with self.record.reading() as connection:
            for number, report in streaming.reports(connection, self.asked):
                self.progress()
                yield self.redacting.report(number, report) if self.redacting else report

    def statements(self) -> Iterator[tuple[Account, Mapping[str, Any]]]:
        """The statements asked for, each with its report's `title`, `url` and `text`."""
        from contested.record import streaming

        with self.record.reading() as connection:
            for account, about in streaming.statements(connection, self.asked):
                self.progress()
                yield self.redacting.account(account, about) if self.redacting else (account, about)

    def incidents(self) -> Iterator[dict[str, Any]]:
        """The incidents of the statements asked for, as docs/incidents.md has them."""
        yield from self._derived("incidents")

    def disputes(self) -> Iterator[dict[str, Any]]:
        """The disputes that rest on the statements asked for, as docs/disputes.md has them."""
        yield from self._derived("disputes")

    def _derived(self, what: Literal["incidents", "disputes"]) -> Iterator[dict[str, Any]]:
        from contested.record import streaming
        from contested.register import load_register

        with self.record.reading() as connection:
            for body in getattr(streaming, what)(connection, self.asked, load_register()):
                self.progress()
                yield self.redacting.happening(body) if self.redacting else body

    def accounts_of(self, keys: list[str]) -> dict[str, tuple[Account, Mapping[str, Any]]]:
        """The accounts under these keys, as incidents name them; one that stands no more is left out."""
        from contested.record import streaming

        given = self.redacting.keys(keys) if self.redacting else {key: key for key in keys}
        with self.record.reading() as connection:
            found = streaming.keyed(connection, list(given.values()))
        if self.redacting:
            return {key: self.redacting.account(*found[theirs]) for key, theirs in given.items() if theirs in found}
        return found

    def told_situation(self) -> dict[str, Any]:
        """The situation of the place and party asked for, as of `as_of`, by what had been published by `known_by`: its
        JSON object."""
        asked = self.asked
        told = self.record.situation(self.as_of, asked.known_by, asked.place, asked.party).to_json()
        return self.redacting.happening(told) if self.redacting else told

    def reports_about(self, ids: Collection[str]) -> dict[str, dict[str, Any]]:
        """Outlet, day, title and address of the latest versions of reports, by id, oldest first; an address is one of
        the web, or None."""
        from contested.record import streaming

        with self.record.reading() as connection:
            found = streaming.about(connection, sorted(self.redacting.ids(ids) if self.redacting else ids))
        told = [self.redacting.about(one) if self.redacting else one for one in found]
        return {one["id"]: one for one in told}

    @property
    def narrowed(self) -> dict[str, str]:
        """What was asked for, by the names of the options; a redacted export tells no name that was asked for."""
        names = ("place", "party", "report", "outlet") if self.redacting else ()
        values = {name: "(not told)" if name in names and getattr(self.asked, name) else getattr(self.asked, name)
                  for name in Filter.__slots__}  # fmt: skip
        return {name: str(value) for name, value in values.items() if value is not None and name != "known_by"}
