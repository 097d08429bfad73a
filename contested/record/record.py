"""`Record`: many reports, one account with all their voices. Opened by `contested.open_record`."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Self

from contested.errors import RecordError
from contested.record.account import Account
from contested.record.answer import Answer
from contested.record.asking import Filter, accounts, chosen
from contested.record.searching import Found, What, search
from contested.record.writing import Added, Writer
from contested.statement import Report

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

#: Statements are listed in this many at most where nothing else is asked for.
LIMIT = 1000


class Record:
    """An open record. Safe to use from several threads; of several programs that have it open, one writes at a time."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self.engine.dispose()

    # ---- keeping ---------------------------------------------------------------------------------------------------

    def add(self, reports: Iterable[Report], *, reader: str, knowledge: str = "") -> Iterator[Added]:
        """Add reports that `reader` (a version) has read, each in a transaction of its own, as they come.

        What was added before an interruption stays. Raises `RecordError` where the record cannot be written.
        """
        writer = Writer(self.engine, reader, knowledge)
        for report in reports:
            yield writer.add(report)

    # ---- asking ----------------------------------------------------------------------------------------------------

    def statements(self, asked: Filter | None = None, limit: int | None = LIMIT) -> Answer[Account]:
        """The statements asked for, by the day they tell of, then by report and place in it."""
        from contested.record import tables as t

        with self._reading() as connection:
            query = chosen(connection, asked or Filter())
            s = t.statement.c
            query = query.order_by(s.start.nulls_last(), t.report.c.id, t.report.c.version, s.quote_start, s.number)
            return Answer(accounts(connection, query.limit(limit) if limit else query))

    def search(self, words: str, what: What = "reports", limit: int = 50) -> Answer[Found]:
        """The reports, or the quotes of statements, in which all the words stand; newest first."""
        with self._reading() as connection:
            return Answer(search(connection, words, what, limit))

    def size(self) -> dict[str, int]:
        """How many reports (their versions counted apart) and standing statements there are."""
        from sqlalchemy import func, select

        from contested.record import tables as t

        with self._reading() as connection:
            reports = connection.scalar(select(func.count()).select_from(t.report))
            standing = select(func.count()).select_from(t.statement).where(t.statement.c.gone.is_(None))
            return {"reports": int(reports or 0), "statements": int(connection.scalar(standing) or 0)}

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        from sqlalchemy.exc import DBAPIError

        from contested.record.engine import reason_of, shown

        try:
            with self.engine.connect() as connection:
                yield connection
        except DBAPIError as error:
            raise RecordError(shown(self.engine), reason_of(error)) from error


def open_record(where: str | os.PathLike[str], *, create: bool = False) -> Record:
    """The record in a file, or at `postgresql://…`; with `create` it is made where absent. Raises `RecordError`."""
    from contested.record.engine import connect

    return Record(connect(where, create=create))


__all__ = ["Filter", "Record", "open_record"]
