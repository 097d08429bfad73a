"""Which accounts a situation is made from: the latest of each section, chosen in the database so that it answers soon.

What `situation.as_of_day` and `_placed` keep is what these queries ask for, narrowed to `limit` statements a section by
the day they count by. The order in which reports were added is no matter: rows of one day follow each other by report
and place in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from contested.record.account import Account
from contested.record.asking import Filter, accounts, chosen, is_id, place_ids
from contested.record.situation import CEASING, RECENT_DAYS, RETOLD_DAYS, TALKS

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, Select

#: Ground is made from so many times the statements of another section: fronts have many places.
GROUND = 2
#: Where no more statements are about what is asked for, they are looked up once, and by number from then on.
FEW = 2_000
#: So many statements of who holds what, the latest of a party, tell at which places to look for it.
TOLD_OF = 500


def latest_day(connection: Connection, known_by: date | None) -> date | None:
    """The day that a situation is of where none is asked for: `known_by`, else that of the last publication."""
    from sqlalchemy import func, select

    from contested.record import tables as t

    s = t.statement.c
    return known_by or connection.scalar(select(func.max(s.published))) or connection.scalar(select(func.max(s.day)))


def selected(connection: Connection, as_of: date, asked: Filter, limit: int) -> tuple[list[Account], tuple[str, ...]]:
    """The accounts of a situation, each once, and the names of the sections that were cut. `asked` narrows them."""
    found: dict[str, Account] = {}
    cut = []
    for section, query in _queries(connection, as_of, asked):
        most = limit * (GROUND if section == "ground" else 1)
        rows = list(accounts(connection, query.limit(most + 1)))
        if len(rows) > most and section not in cut:
            cut.append(section)
        found.update((account.key, account) for account in rows[:most])
    return list(found.values()), tuple(cut)


def _queries(connection: Connection, as_of: date, asked: Filter) -> Iterator[tuple[str, Select[Any]]]:
    """Each section's queries, latest first."""
    from sqlalchemy import and_, or_, select

    from contested.record import tables as t

    s = t.statement.c
    past, recent = s.day <= as_of, and_(s.day <= as_of, s.day > as_of - timedelta(days=RECENT_DAYS))
    #: What is told after the day to have begun before and to last.
    retold = and_(
        s.day > as_of, s.day <= as_of + timedelta(days=RETOLD_DAYS), s.start.is_not(None), s.start <= as_of,
        s.end.is_(None),
    )  # fmt: skip
    asserted, told = s.modality == "asserted", s.modality != "future"
    seen = and_(s.published <= as_of, s.published > as_of - timedelta(days=RECENT_DAYS))
    harmed = select(t.harm.c.statement).where(t.harm.c.statement == s.number).exists()
    withdrew = and_(s.kind == "event", s.type == "RETREAT", s.mode == "withdraw")
    talks = and_(s.kind == "event", or_(s.type.in_(TALKS), s.mode.in_(CEASING)), told)
    sections: tuple[tuple[str, ColumnElement[bool], ColumnElement[bool]], ...] = (
        ("conditions", and_(s.kind == "condition", asserted), recent),
        ("casualties", and_(s.kind == "toll", asserted, harmed), past),
        ("casualties", and_(s.kind == "event", asserted, harmed), recent),
        ("talks", talks, recent),
        ("ties", and_(s.kind == "relation", asserted), past),
    )
    query = _narrowed(connection, asked)
    wide, control = _ground(connection, as_of, asked), and_(s.kind == "control", told)
    yield "ground", _late(wide.where(control, past))
    yield "ground", _late(wide.where(control, retold, s.type != "captures"), first=True)
    yield "ground", _late(wide.where(withdrew, told, past))
    for name, what, span in sections:
        yield name, _late(query.where(what, span))
    yield "conditions", _late(query.where(s.kind == "condition", asserted, retold), first=True)
    yield "ties", _late(query.where(s.kind == "relation", asserted, retold), first=True)
    yield "positions", _late(query.where(s.kind == "position", seen), by=s.published)
    yield "positions", _late(query.where(s.kind == "position", s.published.is_(None), recent))


def _narrowed(connection: Connection, asked: Filter) -> Select[Any]:
    """The statements asked for: by their numbers where they are few, so that no section need find them anew.

    Where they are many, a section goes down its index of days and asks of each statement whether it is among them.
    """
    from contested.record import tables as t

    s = t.statement.c
    query = chosen(connection, replace(asked, place=None, party=None))
    for numbers in _numbers(connection, asked):
        found = connection.scalars(numbers.limit(FEW + 1)).all()
        one = numbers.selected_columns[0]
        query = query.where(s.number.in_(found) if len(found) <= FEW else numbers.where(one == s.number).exists())
    return query


def _numbers(connection: Connection, asked: Filter) -> Iterator[Select[Any]]:
    """The numbers of the statements about the place, and of those about the party, that are asked for."""
    from sqlalchemy import func, select

    from contested.record import tables as t

    if asked.place is not None:
        there = select(t.spot.c.statement).join(t.inside, t.inside.c.place == t.spot.c.place)
        yield there.where(t.inside.c.holder.in_(place_ids(connection, asked.place)))
    if asked.party is not None:
        words = func.lower(t.party.c.text).contains(asked.party.lower(), autoescape=True)
        yield select(t.party.c.statement).where(t.party.c.party == asked.party if is_id(asked.party) else words)


def _ground(connection: Connection, as_of: date, asked: Filter) -> Select[Any]:
    """All that is told of the places where a party is told to hold ground, whoever else holds it there.

    Without a party it is what is asked for. Parts of places ("eastern Orla") have no id to be found by: of these it is
    what is told of the party.
    """
    from sqlalchemy import or_, select

    from contested.record import tables as t

    if asked.party is None:
        return _narrowed(connection, asked)
    s = t.statement.c
    control = _narrowed(connection, asked).where(s.kind == "control", s.day <= as_of + timedelta(days=RETOLD_DAYS))
    numbers = connection.scalars(_late(control).with_only_columns(s.number).limit(TOLD_OF)).all()
    spots = select(t.spot.c.place).where(t.spot.c.statement.in_(numbers), t.spot.c.rank == 0)
    ids = connection.scalars(spots.where(t.spot.c.place.is_not(None)).distinct()).all()
    there = select(t.spot.c.statement).where(t.spot.c.rank == 0, t.spot.c.place.in_(ids))
    told_there = there.where(t.spot.c.statement == s.number).exists()
    return _narrowed(connection, replace(asked, party=None)).where(or_(told_there, s.number.in_(numbers)))


def _late(query: Select[Any], *, first: bool = False, by: Any = None) -> Select[Any]:
    """Latest first (or `first`, earliest), and within a day by report and place in it."""
    from contested.record import tables as t

    s, r = t.statement.c, t.report.c
    day = s.day if by is None else by
    return query.order_by(day.asc() if first else day.desc(), r.id, s.quote_start, s.id)
