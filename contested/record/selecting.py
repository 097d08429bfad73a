"""Which accounts a situation is made from: the latest of each section, chosen in the database so that it answers soon.

What `situation.as_of_day` and `_placed` keep is what these queries ask for, narrowed to `limit` statements a section by
the day they count by. The order in which reports were added is no matter: rows of one day follow each other by report
and place in it. Only the numbers of statements are chosen; what is chosen is loaded once, whole, at the end.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from contested.record.account import Account
from contested.record.asking import Filter, about, account, chosen
from contested.record.bulk import chunks
from contested.record.days import moved
from contested.record.situation import CEASING, RECENT_DAYS, RETOLD_DAYS, TALKS, WITHDRAWAL

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, Select, SelectBase, Table

#: Ground is made from so many times the statements of another section: fronts have many places.
GROUND = 2
#: So many statements of who holds what, the latest of a party, tell at which places to look for it.
TOLD_OF = 500
#: The latest statements of a place or a party are looked for in so many days, then in so many times as many.
DAYS, TIMES = 60, 4
#: Days before the first that is looked for are all looked through at once.
ALL_DAYS = 20_000


#: Rows beside statements (of `spot` or `party`): which of them tell of what is asked for, as `asking.about` has them.
Beside = tuple["Table", "ColumnElement[bool]"]
#: A statement that is asked for has one of these rows at least of each tuple.
Narrow = Sequence[tuple[Beside, ...]]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a section is made from: statements of these sorts (`situation.sort_of`) for which `what` is so, of the days
    after `after` (null: of all days) to `until`, the latest first, or the earliest (`first`). `by` is the column of
    their days."""

    section: str
    sorts: tuple[str, ...]
    after: date | None
    until: date
    what: tuple[ColumnElement[bool], ...]
    by: ColumnElement[date | None]
    first: bool = False


@contextmanager
def uncollected() -> Iterator[None]:
    """No search for garbage while a situation is made: its 100,000 objects are none, and to look for any among all that
    the process holds would take as long again."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def latest_day(connection: Connection, known_by: date | None) -> date | None:
    """The day that a situation is of where none is asked for: `known_by`, else that of the last publication."""
    from sqlalchemy import func, select

    from contested.record import tables as t

    s = t.statement.c
    return known_by or connection.scalar(select(func.max(s.published))) or connection.scalar(select(func.max(s.day)))


def selected(
    connection: Connection, as_of: date, asked: Filter, limit: int, *, more: Narrow = (), only: str | None = None
) -> tuple[list[Account], tuple[str, ...]]:
    """The accounts of a situation, each once, and the names of the sections that were cut. `asked` narrows them, and so
    do rows beside them of `more`; `only` is the one section to make."""
    query = chosen(connection, replace(asked, place=None, party=None))
    narrow: list[tuple[Beside, ...]] = [(one,) for one in about(connection, asked)]
    ground = [*(narrow if asked.party is None else _around(connection, query, narrow, as_of)), *more]
    narrow = [*narrow, *more]
    found: dict[int, None] = {}
    cut = []
    for wanted in _sections(as_of):
        if only not in (None, wanted.section):
            continue
        of_ground = wanted.section == "ground"
        most = limit * GROUND if of_ground else limit
        numbers = _latest(connection, query, wanted, ground if of_ground else narrow, most + 1)
        if len(numbers) > most and wanted.section not in cut:
            cut.append(wanted.section)
        found.update(dict.fromkeys(numbers[:most]))
    return list(_loaded(connection, list(found))), tuple(cut)


def _sections(as_of: date) -> Iterator[_Wanted]:
    """What each section is made from."""
    from sqlalchemy import func, or_, select

    from contested.record import tables as t

    s = t.statement.c
    lately, later = moved(as_of, -RECENT_DAYS), moved(as_of, RETOLD_DAYS)
    asserted, told = s.modality == "asserted", s.modality != "future"
    harmed = select(t.harm.c.statement).where(t.harm.c.statement == s.number).exists()
    talks = or_(s.type.in_(TALKS), s.mode.in_(CEASING))
    #: What is told after the day to have begun before and to last.
    lasts = (s.start.is_not(None), s.start <= as_of, s.end.is_(None))
    control, condition, tie, view = ("control",), ("condition",), ("relation",), ("position",)
    event = ("event", WITHDRAWAL)
    yield _Wanted("ground", control, None, as_of, (told,), s.day)
    yield _Wanted("ground", control, as_of, later, (told, *lasts, s.type != "captures"), s.day, first=True)
    yield _Wanted("ground", (WITHDRAWAL,), None, as_of, (told,), s.day)
    yield _Wanted("conditions", condition, lately, as_of, (asserted,), s.day)
    yield _Wanted("conditions", condition, as_of, later, (asserted, *lasts), s.day, first=True)
    yield _Wanted("casualties", ("toll",), None, as_of, (asserted, harmed), s.day)
    yield _Wanted("casualties", event, lately, as_of, (asserted, harmed), s.day)
    yield _Wanted("talks", event, lately, as_of, (talks, told), s.day)
    yield _Wanted("ties", tie, None, as_of, (asserted,), s.day)
    yield _Wanted("ties", tie, as_of, later, (asserted, *lasts), s.day, first=True)
    yield _Wanted("positions", view, lately, as_of, (s.published.is_not(None),), s.published)
    # `coalesce` keeps SQLite's planner from going through all that has no day of publication.
    yield _Wanted("positions", view, lately, as_of, (func.coalesce(s.published, s.published).is_(None),), s.day)


def _latest(connection: Connection, query: Select[Any], wanted: _Wanted, narrow: Narrow, most: int) -> list[int]:
    """The numbers of the first `most` statements of `query` that are wanted, as far as they are asked for."""
    from contested.record import tables as t

    s, r = t.statement.c, t.report.c
    order = wanted.by.asc() if wanted.first else wanted.by.desc()
    query = query.with_only_columns(s.number).where(*wanted.what).order_by(order, r.id, s.quote_start, s.id)
    query = query.limit(most)
    if not narrow:
        return list(connection.scalars(query.where(*_of(wanted))).all())
    # Rows beside a statement tell its sort and its day as well. Asked of the statement itself they would lead SQLite to
    # go through all statements of a kind.
    for after in _spans(wanted):
        part = query.where(*(s.number.in_(_numbers(some, wanted, after)) for some in narrow))
        found = list(connection.scalars(part).all())
        if len(found) == most:
            break
    return found


def _of(wanted: _Wanted) -> Iterator[ColumnElement[bool]]:
    """That a statement is of the sorts and days wanted, by its own columns."""
    from contested.record import tables as t

    s = t.statement.c
    if wanted.sorts == (WITHDRAWAL,):
        yield from (s.kind == "event", s.type == "RETREAT", s.mode == "withdraw")
    else:
        yield s.kind == wanted.sorts[0]
    yield wanted.by <= wanted.until
    if wanted.after is not None:
        yield wanted.by > wanted.after


def _spans(wanted: _Wanted) -> Iterator[date | None]:
    """The days after which to look, one after the other: ever longer ago, until all that is wanted is looked through.

    A place of which much is told has enough in a few days, one of which little is told has few statements in all.
    """
    if wanted.after is None:
        days = DAYS
        while days < ALL_DAYS:
            yield moved(wanted.until, -days)
            days *= TIMES
    yield wanted.after


def _numbers(some: tuple[Beside, ...], wanted: _Wanted, after: date | None) -> SelectBase:
    """The numbers of the statements with one of these rows beside them, of the sorts and days wanted."""
    from sqlalchemy import select, union_all

    parts = []
    for table, mine in some:
        part = select(table.c.statement).where(mine, table.c.sort.in_(wanted.sorts), table.c.day <= wanted.until)
        parts.append(part if after is None else part.where(table.c.day > after))
    return union_all(*parts) if len(parts) > 1 else parts[0]


def _around(connection: Connection, query: Select[Any], narrow: Narrow, as_of: date) -> Narrow:
    """All that is told of the places where a party is told to hold ground, whoever else holds it there.

    Parts of places ("eastern Orla") have no id to be found by: of these it is what is told of the party.
    """
    from sqlalchemy import and_, select

    from contested.record import tables as t

    s, spot = t.statement.c, t.spot.c
    held = _Wanted("ground", ("control",), None, moved(as_of, RETOLD_DAYS), (), s.day)
    numbers = _latest(connection, query, held, narrow, TOLD_OF)
    spots = select(spot.place).where(spot.statement.in_(numbers), spot.rank == 0, spot.place.is_not(None))
    ids = connection.scalars(spots.distinct()).all()
    there, itself = and_(spot.rank == 0, spot.place.in_(ids)), t.party.c.statement.in_(numbers)
    places = [some for some in narrow if some[0][0] is t.spot]
    return [(*some, (t.party, itself)) for some in [*places, ((t.spot, there),)]]


def _loaded(connection: Connection, numbers: Sequence[int]) -> Iterator[Account]:
    """The accounts of the statements with these numbers."""
    from sqlalchemy import select

    from contested.record import tables as t

    s, r = t.statement, t.report
    query = select(
        s.c.id, s.c.body, r.c.id.label("report_id"), r.c.version.label("report_version"),
        r.c.outlet.label("report_outlet"), r.c.published.label("report_published"), r.c.voice.label("report_voice"),
    ).join(r, s.c.report == r.c.number)  # fmt: skip
    for some in chunks(sorted(numbers)):
        yield from map(account, connection.execute(query.where(s.c.number.in_(some))))
