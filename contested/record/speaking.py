"""One source of a record: what it says, which disputes it stands in, and which incidents it alone tells of.

A source is a party of the register, by its id, or the words that reports call it by, whatever their case: those that
mean no party of the register. Counts are those of `sources.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

from contested.record.account import Account
from contested.record.asking import Filter, account, chosen
from contested.record.paged import harm
from contested.record.sources import SourceRow, examples
from contested.record.told import iso

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, Exists, Select

#: Which of its statements: happenings of which no other independent voice tells, of which another does, or what stands
#: in a dispute.
Only = Literal["alone", "confirmed", "disputed"]


def source(connection: Connection, name: str, asked: Filter) -> SourceRow | None:
    """The counts of a source, over the statements asked for; None where it says none of them."""
    from sqlalchemy import case, func, select

    said = _said(connection, name, asked).subquery("said")
    happening = said.c.kind.in_(("event", "toll")) & (said.c.modality == "asserted")
    told, at_odds = _told_by_others(said.c.number), _at_odds(said.c.number)
    row = connection.execute(
        select(
            func.count().label("statements"), func.count(said.c.report.distinct()).label("reports"),
            func.count(said.c.report_outlet.distinct()).label("outlets"), func.min(said.c.day).label("first"),
            func.max(said.c.day).label("last"), func.max(said.c.number).label("example"),
            func.sum(case((happening, 1), else_=0)).label("happenings"),
            func.sum(case((happening & told, 1), else_=0)).label("corroborated"),
            func.sum(case((at_odds, 1), else_=0)).label("disputed"),
        ).select_from(said)
    ).one()  # fmt: skip
    if not row.statements:
        return None
    shown = examples(connection, [row.example])[row.example]
    return SourceRow(
        *shown, row.statements, row.reports, row.outlets, row.first, row.last, int(row.happenings),
        int(row.corroborated), int(row.disputed),
    )  # fmt: skip


def statements(
    connection: Connection, name: str, asked: Filter, only: Only | None = None, limit: int = 50, offset: int = 0
) -> list[tuple[Account, dict[str, Any]]]:
    """What a source says, the latest first, and beside each statement where it stands: `happening` (whether it is one),
    `incident` (an id), `voices` of that (0: no incident), `disputes` (ids)."""
    from sqlalchemy import select

    from contested.record import tables as t

    s, happening = t.statement.c, ("event", "toll")
    query = _said(connection, name, asked)
    if only == "disputed":
        query = query.where(_at_odds(s.number))
    elif only:
        others = _told_by_others(s.number)
        query = query.where(s.kind.in_(happening), s.modality == "asserted", others if only == "confirmed" else ~others)
    ordered = query.order_by(s.day.desc().nulls_last(), s.number.desc()).limit(limit).offset(offset)
    rows = connection.execute(ordered).all()
    numbers = [row.number for row in rows]
    beside: dict[int, dict[str, Any]] = {
        row.number: {"happening": row.kind in happening and row.modality == "asserted", "incident": None, "voices": 0,
                     "disputes": []}
        for row in rows
    }  # fmt: skip
    told = select(t.told.c.statement, t.incident.c.id, t.incident.c.voices)
    told = told.join(t.incident, t.incident.c.number == t.told.c.incident).where(t.told.c.statement.in_(numbers))
    for number, id_, voices in connection.execute(told):
        beside[number] |= {"incident": id_, "voices": voices}
    disputed = select(t.disputed.c.statement, t.dispute.c.id).where(t.disputed.c.statement.in_(numbers))
    for number, id_ in connection.execute(
        disputed.join(t.dispute, t.dispute.c.number == t.disputed.c.dispute).where(t.dispute.c.update.is_(False))
        .order_by(t.dispute.c.id)
    ):  # fmt: skip
        beside[number]["disputes"].append(id_)
    return [(account(row), beside[row.number]) for row in rows]


def disputes(connection: Connection, name: str, asked: Filter, limit: int = 10) -> list[dict[str, Any]]:
    """The disputes that a source stands in, the latest known first, in the form of docs/disputes.md, with `known`."""
    from sqlalchemy import select

    from contested.record import tables as t

    d = t.dispute.c
    mine = select(t.disputed.c.dispute).where(t.disputed.c.statement.in_(_numbers(connection, name, asked)))
    query = select(d.body, d.known).where(d.number.in_(mine), d.update.is_(False))
    rows = connection.execute(query.order_by(d.known.desc().nulls_last(), d.id).limit(limit))
    return [{**row.body, "known": iso(row.known)} for row in rows]


def incidents_alone(connection: Connection, name: str, asked: Filter, limit: int = 10) -> list[dict[str, Any]]:
    """The incidents of which a source is the only voice, however many reports carry it, the latest first."""
    from sqlalchemy import select

    from contested.record import tables as t

    c = t.incident.c
    mine = select(t.told.c.incident).where(t.told.c.statement.in_(_numbers(connection, name, asked)))
    query = select(
        c.number, c.id, c.start, c.reports,
        c.body["what"].as_string().label("what"), c.body["place"].as_string().label("place"),
    ).where(c.voices == 1, c.number.in_(mine))  # fmt: skip
    rows = connection.execute(query.order_by(c.start.desc().nulls_last(), c.id).limit(limit)).all()
    members: dict[int, list[int]] = {row.number: [] for row in rows}
    told = select(t.told.c.incident, t.told.c.statement).where(t.told.c.incident.in_(list(members)))
    for number, statement in connection.execute(told):
        members[number].append(statement)
    harmed = harm(connection, members)
    return [
        {"incident": row.id, "what": row.what, "date": iso(row.start), "place": row.place, "reports": row.reports,
         "harm": harmed[row.number]}
        for row in rows
    ]  # fmt: skip


def called(connection: Connection, name: str, limit: int = 12) -> list[dict[str, Any]]:
    """By which words reports name a source, those most used first: `text`, `statements`."""
    from sqlalchemy import func, select

    from contested.record.tables import party as table

    query = select(table.c.text, func.count().label("statements")).where(*_is(connection, name)).group_by(table.c.text)
    rows = connection.execute(query.order_by(func.count().desc(), table.c.text).limit(limit))
    return [dict(row._mapping) for row in rows]


def _told_by_others(number: ColumnElement[int]) -> Exists:
    """Whether another independent voice tells of the incident that a statement tells of."""
    from sqlalchemy import select

    from contested.record import tables as t

    told = select(t.told.c.statement).join(t.incident, t.incident.c.number == t.told.c.incident)
    return told.where(t.told.c.statement == number, t.incident.c.voices > 1).exists()


def _at_odds(number: ColumnElement[int]) -> Exists:
    """Whether a statement stands in a dispute; a count that was raised later is none."""
    from sqlalchemy import select

    from contested.record import tables as t

    told = select(t.disputed.c.statement).join(t.dispute, t.dispute.c.number == t.disputed.c.dispute)
    return told.where(t.disputed.c.statement == number, t.dispute.c.update.is_(False)).exists()


def _said(connection: Connection, name: str, asked: Filter) -> Select[Any]:
    """A query of `chosen` for what a source says."""
    from sqlalchemy import select

    from contested.record import tables as t

    mine = select(t.party.c.statement).where(*_is(connection, name))
    return chosen(connection, asked).where(t.statement.c.number.in_(mine))


def _numbers(connection: Connection, name: str, asked: Filter) -> Select[Any]:
    from contested.record.tables import statement

    return _said(connection, name, asked).with_only_columns(statement.c.number)


def _is(connection: Connection, name: str) -> Sequence[ColumnElement[bool]]:
    """Which rows of `party` tell that the source speaks."""
    from sqlalchemy import select

    from contested.record import tables as t

    p = t.party.c
    if connection.scalar(select(p.number).where(p.party == name).limit(1)) is not None:
        return (p.role == "source", p.party == name)
    texts = connection.scalars(select(t.party_name.c.text).where(t.party_name.c.name == name.casefold())).all()
    return (p.role == "source", p.party.is_(None), p.text.in_(texts))
