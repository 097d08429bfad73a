"""`Record`: many reports, one account with all their voices. Opened by `contested.open_record`."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Self

from contested.errors import RecordError
from contested.record import searching
from contested.record.account import Account
from contested.record.answer import Answer
from contested.record.asking import Filter, accounts, chosen
from contested.record.judgements import Judgement, What, judge, log, undo
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

    # ---- judging ---------------------------------------------------------------------------------------------------

    def judge(
        self, what: What, target: str, value: Mapping[str, Any] | None = None, *, who: str, note: str | None = None
    ) -> Judgement:
        """Write a person's judgement to the log, and apply it (`judgements.py` tells of each). Raises `RecordError`."""
        with self._writing() as connection:
            return judge(connection, what, target, value or {}, who=who, note=note)

    def undo(self, number: int, *, who: str) -> Judgement:
        """Take a judgement back; the log keeps both. Raises `RecordError`."""
        with self._writing() as connection:
            return undo(connection, number, who=who)

    def judgements(self) -> Answer[Judgement]:
        """The log, from the first judgement on."""
        with self._reading() as connection:
            return Answer(log(connection))

    # ---- asking ----------------------------------------------------------------------------------------------------

    def statements(self, asked: Filter | None = None, limit: int | None = LIMIT) -> Answer[Account]:
        """The statements asked for, by the day they tell of, then by report and place in it."""
        from contested.record import tables as t

        with self._reading() as connection:
            query = chosen(connection, asked or Filter())
            s = t.statement.c
            query = query.order_by(s.day.nulls_last(), t.report.c.id, t.report.c.version, s.quote_start, s.number)
            return Answer(accounts(connection, query.limit(limit) if limit else query))

    def search(self, words: str, what: searching.What = "reports", limit: int = 50) -> Answer[searching.Found]:
        """The reports, or the quotes of statements, in which all the words stand; newest first."""
        with self._reading() as connection:
            return Answer(searching.search(connection, words, what, limit))

    def size(self) -> dict[str, int]:
        """How many reports (their versions counted apart) and standing statements there are."""
        from sqlalchemy import func, select

        from contested.record import tables as t

        with self._reading() as connection:
            reports = connection.scalar(select(func.count()).select_from(t.report))
            stands = (t.statement.c.gone.is_(None), t.statement.c.overruled.is_(None))
            standing = select(func.count()).select_from(t.statement).where(*stands)
            return {"reports": int(reports or 0), "statements": int(connection.scalar(standing) or 0)}

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._named(), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        from contested.record.engine import writes

        with self._named(), writes(self.engine).begin() as connection:
            yield connection

    @contextmanager
    def _named(self) -> Iterator[None]:
        """What the database reports as our own error, which names the record."""
        from sqlalchemy.exc import DBAPIError

        from contested.record.engine import reason_of, shown

        try:
            yield
        except DBAPIError as error:
            raise RecordError(shown(self.engine), reason_of(error)) from error


def open_record(where: str | os.PathLike[str], *, create: bool = False) -> Record:
    """The record in a file, or at `postgresql://…`; with `create` it is made where absent. Raises `RecordError`."""
    from contested.record.engine import connect

    return Record(connect(where, create=create))


__all__ = ["Filter", "Record", "open_record"]
