"""`Record`: many reports, one account with all their voices. Opened by `contested.open_record`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, Self, TypeVar

from contested.record import searching
from contested.record.account import Account
from contested.record.answer import Answer
from contested.record.asking import Filter, listed
from contested.record.judgements import Judgement, What, judge, log, undo
from contested.record.writing import Added, Writer
from contested.statement import Report

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

    from contested.record.differences import Change
    from contested.record.happenings import Kept
    from contested.record.signals import Related
    from contested.record.situation import Situation
    from contested.record.sources import SourceRow

T = TypeVar("T")

#: Statements are listed in this many at most where nothing else is asked for.
LIMIT = 1000
#: Each section of a situation is made from so many statements (ground from twice as many), the latest, where nothing
#: else is asked for: what answers in a fifth of a second.
SECTION = 100


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

    def derive(self, register: Related | None = None, progress: Callable[[int], None] | None = None) -> int:
        """Link what was added since: incidents and disputes are then up to date. How many reports had waited.

        `progress` is told how many still wait. An interruption loses nothing: the rest waits for the next time.
        """
        from contested.record.deriving import derive
        from contested.record.engine import named

        with named(self.engine):
            return derive(self.engine, register or _register(), progress)

    def rebuild(self) -> None:
        """Throw away all that is derived; `derive` makes it again."""
        from contested.record.deriving import rebuild
        from contested.record.engine import named

        with named(self.engine):
            rebuild(self.engine)

    # ---- judging ---------------------------------------------------------------------------------------------------

    def judge(
        self, what: What, target: str, value: Mapping[str, Any] | None = None, *, who: str, note: str | None = None
    ) -> Judgement:
        """Write a person's judgement to the log, and apply it (`judgements.py` tells of each). Raises `RecordError`."""
        from contested.record.deriving import touch

        with self._writing() as connection:
            made = judge(connection, what, target, value or {}, who=who, note=note)
            touch(connection, made)
            return made

    def undo(self, number: int, *, who: str) -> Judgement:
        """Take a judgement back; the log keeps both. Raises `RecordError`."""
        from contested.record.deriving import touch

        with self._writing() as connection:
            made = undo(connection, number, who=who)
            touch(connection, made)
            return made

    def judgements(self) -> Answer[Judgement]:
        """The log, from the first judgement on."""
        with self.reading() as connection:
            return Answer(log(connection))

    # ---- asking ----------------------------------------------------------------------------------------------------

    def statements(self, asked: Filter | None = None, limit: int | None = LIMIT) -> Answer[Account]:
        """The statements asked for, by the day they tell of, then by report and place in it."""
        with self.reading() as connection:
            return Answer(listed(connection, asked or Filter(), limit))

    def incidents(self, asked: Filter | None = None, limit: int | None = 100) -> Answer[Kept]:
        """The incidents that the statements asked for tell of, latest first, in the form of docs/incidents.md."""
        from contested.record import happenings

        with self.reading() as connection:
            return Answer(happenings.incidents(connection, asked or Filter(), _register(), limit))

    def disputes(self, asked: Filter | None = None, type: str | None = None, limit: int | None = 100) -> Answer[Kept]:
        """The disputes that rest on the statements asked for, latest first, in the form of docs/disputes.md."""
        from contested.record import happenings

        with self.reading() as connection:
            return Answer(happenings.disputes(connection, asked or Filter(), _register(), type, limit))

    def search(self, words: str, what: searching.What = "reports", limit: int = 50) -> Answer[searching.Found]:
        """The reports, or the quotes of statements, in which all the words stand; newest first."""
        with self.reading() as connection:
            return Answer(searching.search(connection, words, what, limit))

    def situation(
        self, as_of: date | None = None, known_by: date | None = None, place: str | None = None,
        party: str | None = None, *, limit: int = SECTION,
    ) -> Situation:  # fmt: skip
        """Who holds what, sieges, want, casualties, talks, views and ties as of a day, by what was published by then.

        Without `as_of` it is that of `known_by`, else of the last day on which a report was published. A section is
        made from its latest `limit` statements; `cut` names those that had more. Raises `RecordError` for an unknown
        place.
        """
        from contested.record.selecting import latest_day, selected, uncollected
        from contested.record.situation import situation

        asked = Filter(place=place, party=party, known_by=known_by)
        with uncollected():
            with self.reading() as connection:
                day = as_of or latest_day(connection, known_by)
                found, cut = selected(connection, day, asked, limit) if day else ([], ())
            made = situation(found, day, known_by, cut)
        return made if party is None else replace(made, ground=tuple(g for g in made.ground if g.concerns(party)))

    def diff(
        self, start: date, end: date, known_by: date | None = None, place: str | None = None,
        party: str | None = None, *, limit: int = SECTION,
    ) -> Answer[Change]:  # fmt: skip
        """What changed between the ends of two days, by which accounts. Raises `RecordError` for an unknown place."""
        from contested.record.differences import difference

        before = self.situation(start, known_by, place, party, limit=limit)
        return Answer(difference(before, self.situation(end, known_by, place, party, limit=limit)))

    def sources(self, asked: Filter | None = None, limit: int | None = 100) -> Answer[SourceRow]:
        """Who says what, in how many reports, how much of it alone or disputed; those that said most first.

        Alone and disputed are as of the latest `derive`.
        """
        from contested.record.sources import sources

        with self.reading() as connection:
            return Answer(sources(connection, asked or Filter(), limit))

    def waiting(self) -> int:
        """How many reports wait for `derive`: incidents and disputes do not know of what they tell."""
        from contested.record.deriving import waiting

        with self.reading() as connection:
            return waiting(connection)

    def size(self) -> dict[str, int]:
        """How many reports (their versions counted apart), standing statements, incidents and disputes there are."""
        from sqlalchemy import func, select

        from contested.record import tables as t

        stands = (t.statement.c.gone.is_(None), t.statement.c.overruled.is_(None))
        counted = {
            "reports": select(func.count()).select_from(t.report),
            "statements": select(func.count()).select_from(t.statement).where(*stands),
            "incidents": select(func.count()).select_from(t.incident),
            "disputes": select(func.count()).select_from(t.dispute),
        }
        with self.reading() as connection:
            return {name: int(connection.scalar(query) or 0) for name, query in counted.items()}

    def ask(self, question: Callable[..., T], *asked: Any) -> T:
        """What `question(connection, *asked)` of another module of this package answers."""
        with self.reading() as connection:
            return question(connection, *asked)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to ask with; errors of the database come out as `RecordError`."""
        from contested.record.engine import named

        with named(self.engine), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        from contested.record.engine import named, writes

        with named(self.engine), writes(self.engine).begin() as connection:
            yield connection


def _register() -> Related:
    from contested.register import load_register

    return load_register()


def open_record(where: str | os.PathLike[str], *, create: bool = False) -> Record:
    """The record in a file, or at `postgresql://…`; with `create` it is made where absent. Raises `RecordError`."""
    from contested.record.engine import connect

    return Record(connect(where, create=create))


__all__ = ["Filter", "Record", "open_record"]
