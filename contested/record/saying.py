"""Statements of reports, as they are written: what a reading finds, what it no longer finds, what persons write."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from contested.record.account import Account
from contested.record.beside import Beside, beside, forget_beside, put_beside
from contested.record.bulk import Values, index_words, numbers, put
from contested.record.readings import PERSON, reading_number
from contested.record.told import iso

if TYPE_CHECKING:
    from sqlalchemy import Connection

#: The columns of `Said.values`.
_SAID = (
    "id", "kind", "type", "mode", "modality", "start", "end", "published", "day", "source_class", "quote_start",
    "quote", "body",
)  # fmt: skip
_STATEMENT = ("number", "report", *_SAID, "found_by", "judged")


@dataclass(frozen=True, slots=True)
class Said:
    """A statement made ready to be written: its account, the values of its row, and what stands beside it."""

    account: Account
    id: str
    values: Values
    beside: Beside


def said_of(account: Account) -> Said:
    said = account.statement
    body = said.to_json()
    values = (
        body["id"], said.kind, said.type, said.mode, said.modality, iso(account.start), iso(account.end),
        iso(account.published), iso(account.day), said.source.cls if said.source else None, said.quote_start,
        said.quote, json.dumps(body),
    )  # fmt: skip
    return Said(account, body["id"], values, beside(account))


def insert_statements(
    connection: Connection, told: Sequence[tuple[int, Said]], reading: int, judged: int | None = None
) -> None:
    """Insert statements, each with the number of its report, and all that stands beside them.

    `judged` is the number of the judgement that wrote them.
    """
    from contested.record.tables import statement as table

    made = list(zip(numbers(connection, table, len(told)), told, strict=True))
    put(connection, table, _STATEMENT, [(n, report, *one.values, reading, judged) for n, (report, one) in made])
    put_beside(connection, [(n, one.beside) for n, (_, one) in made])
    index_words(connection, "quote_words", ("quote",), [(n, one.account.quote) for n, (_, one) in made])


def take_over(connection: Connection, number: int, said: Said, judgement: int) -> None:
    """Let a statement that no longer stood be a person's."""
    from sqlalchemy import update

    from contested.record.tables import statement as table

    body, reading = said.account.statement.to_json(), reading_number(connection, *PERSON)
    row = {"judged": judgement, "overruled": None, "gone": None, "body": body, "found_by": reading}
    connection.execute(update(table).where(table.c.number == number).values(row))
    forget_beside(connection, [number])
    put_beside(connection, [(number, said.beside)])


class Saying:
    """What a reading finds in reports. Rows that nothing asks for in the transaction are written together at its end
    (`write`), which is much faster."""

    def __init__(self, connection: Connection, reading: int) -> None:
        self.connection, self.reading = connection, reading
        self._fresh: list[tuple[int, Said]] = []
        self._stood: list[tuple[int, Beside]] = []

    def write(self) -> None:
        insert_statements(self.connection, self._fresh, self.reading)
        put_beside(self.connection, self._stood)

    def first(self, report: int, said: Mapping[str, Said]) -> None:
        """Take the statements of a report that is new."""
        self._fresh += [(report, one) for one in said.values()]

    def again(self, report: int, said: Mapping[str, Said]) -> tuple[int, int]:
        """Bring the statements of a report up to this reading: how many are new, and how many it no longer finds."""
        from sqlalchemy import select, update

        from contested.record.tables import statement as table

        columns = (table.c.id, table.c.number, table.c.gone, table.c.judged, table.c.overruled)
        rows = self.connection.execute(select(*columns).where(table.c.report == report))
        known = {row.id: row for row in rows}
        back = [row.number for id_, row in known.items() if id_ in said and row.gone is not None]
        lost = [row.number for id_, row in known.items() if id_ not in said and row.gone is None and row.judged is None]
        for some, gone in ((back, None), (lost, self.reading)):
            if some:
                self.connection.execute(update(table).where(table.c.number.in_(some)).values(gone=gone))
        self._judged([row for row in known.values() if row.judged is not None], said)
        # what was there may have been resolved anew, but for what a person wrote
        stood = [
            (known[id_].number, one) for id_, one in said.items()
            if id_ in known and known[id_].judged in (None, known[id_].overruled)
        ]  # fmt: skip
        forget_beside(self.connection, [number for number, _ in stood])
        for number, one in stood:
            body = one.account.statement.to_json()
            self.connection.execute(update(table).where(table.c.number == number).values(body=body))
        self._stood += [(number, one.beside) for number, one in stood]
        fresh = [(report, one) for id_, one in said.items() if id_ not in known]
        self._fresh += fresh
        return len(fresh), len(lost)

    def _judged(self, rows: Sequence[Any], found: Mapping[str, Said]) -> None:
        """Note which statements that a person wrote this reading finds too: undoing does not take these away.

        What was undone and is found now is the reading's.
        """
        from sqlalchemy import update

        from contested.record.tables import statement as table

        for row in rows:
            of_row = update(table).where(table.c.number == row.number)
            if row.id not in found:
                by_person = reading_number(self.connection, *PERSON)
                self.connection.execute(of_row.values(found_by=by_person))
            elif row.overruled == row.judged:
                self.connection.execute(of_row.values(found_by=self.reading, judged=None, overruled=None))
            else:
                self.connection.execute(of_row.values(found_by=self.reading))
