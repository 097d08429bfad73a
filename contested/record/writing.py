"""The only writer: adds read reports to a record, each in one transaction, so that an interruption loses nothing.

A report is added once, however often it comes: the same content read the same way changes nothing. Content that has
changed under an id (or, where a report came without one, under its URL) is a new version beside the old ones, without
statements where it is withdrawn. A newer reading adds what it finds, marks what it no longer finds; nothing is deleted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from contested.errors import RecordError
from contested.record.adding import Added, Batch, Outcome, Ready, content_of, made_ready
from contested.record.engine import named, persistently, writes
from contested.record.readings import reading_number
from contested.statement import Report

if TYPE_CHECKING:
    from sqlalchemy import Engine

__all__ = ["Added", "Outcome", "Writer"]


class Writer:
    """Adds reports that `reader`, with `knowledge` (versions of lexicon, register and gazetteer), has read.

    Several may write at once, in one program or many: each waits for the others. A connection to a server that is lost
    is made again a few times, with longer and longer pauses (`engine.PAUSES`): nothing of what was being added is kept
    until all of it is.
    """

    def __init__(self, engine: Engine, reader: str, knowledge: str = "") -> None:
        self.engine, self.reader, self.knowledge = engine, reader, knowledge
        self._reading: int | None = None

    def add(self, report: Report) -> Added:
        """Add one report. Raises `RecordError` where it cannot be written; nothing of the report is kept then."""
        return next(self.add_all([report]))

    def add_all(self, reports: Iterable[Report]) -> Iterator[Added]:
        """Add reports in one transaction: all of them or none. Yields when all are kept."""
        ready = [made_ready(report) for report in reports]
        try:
            with named(self.engine):
                self._reading, out = persistently(self.engine, lambda: self._added(ready))
        except RecordError:
            self._reading = None
            raise
        yield from out

    def has(self, report: Report) -> bool:
        """Whether the record has this very report as this reader reads it, so that reading it again is for nothing."""
        from sqlalchemy import select

        from contested.record import tables as t

        query = (
            select(t.report.c.number)
            .join(t.reading, t.report.c.read_by == t.reading.c.number)
            .where(t.report.c.id == report.id, t.report.c.content == content_of(report))
            .where(t.reading.c.reader == self.reader, t.reading.c.knowledge == self.knowledge)
        )

        def found() -> bool:
            with self.engine.connect() as connection:
                return connection.scalar(query) is not None

        with named(self.engine):
            return persistently(self.engine, found)

    def _added(self, ready: Sequence[Ready]) -> tuple[int, list[Added]]:
        with writes(self.engine).begin() as connection:
            reading = self._reading
            if reading is None:
                reading = reading_number(connection, self.reader, self.knowledge)
            batch = Batch(connection, ready, reading)
            out = [batch.add(one) for one in ready]
            batch.write()
        return reading, out
