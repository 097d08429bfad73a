"""Incidents and disputes of a record a page at a time, for lists that people leaf through.

They are those that are kept, as of the latest `derive`; what was known on an earlier day `Record.incidents` and
`Record.disputes` answer, clustering anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from contested.record.account import Account
from contested.record.asking import Filter, account, chosen
from contested.record.bulk import chunks
from contested.record.comparing import harm_of
from contested.record.dispute import TYPES
from contested.record.happenings import numbers_of
from contested.record.told import iso

if TYPE_CHECKING:
    from sqlalchemy import Connection, Select


def incidents(
    connection: Connection, asked: Filter, disputed: str | None = None, limit: int = 50, offset: int = 0
) -> tuple[list[dict[str, Any]], int]:
    """Incidents that some of the statements asked for tell of, the latest first, and how many there are in all.

    `disputed`: only those with a dispute of this type; "any" for any. Each has `incident`, `what`, `date`, `end`,
    `place`, `type`, `mode`, `reports` and `voices` (numbers), `disputed` (types) and `harm` (`comparing.harm_of`).
    """
    from sqlalchemy import func, select

    from contested.record import tables as t

    c = t.incident.c
    query = select(c.number)
    if not asked.empty:
        told = select(t.told.c.incident).where(t.told.c.statement.in_(numbers_of(connection, asked)))
        query = query.where(c.number.in_(told))
    if disputed:
        at_odds = select(t.dispute.c.incident).where(t.dispute.c.incident.is_not(None), t.dispute.c.update.is_(False))
        query = query.where(c.number.in_(at_odds if disputed == "any" else at_odds.where(t.dispute.c.type == disputed)))
    total = connection.scalar(select(func.count()).select_from(query.subquery())) or 0
    ordered = query.order_by(c.start.desc().nulls_last(), c.id).limit(limit).offset(offset)
    some = connection.scalars(ordered).all()
    rows = {row.number: row for row in connection.execute(
        select(c.number, c.id, c.type, c.mode, c.start, c.end, c.reports, c.voices,
               c.body["what"].as_string().label("what"), c.body["place"].as_string().label("place"))
        .where(c.number.in_(some))
    )}  # fmt: skip
    members: dict[int, list[int]] = defaultdict(list)
    for number, statement in connection.execute(
        select(t.told.c.incident, t.told.c.statement).where(t.told.c.incident.in_(some))
    ):
        members[number].append(statement)
    harmed, types = harm(connection, members), _disputed(connection, some)
    found = [
        {
            "incident": row.id, "what": row.what, "date": iso(row.start), "end": iso(row.end), "place": row.place,
            "type": row.type, "mode": row.mode, "reports": row.reports, "voices": row.voices,
            "disputed": types[number], "harm": harmed.get(number, []),
        }
        for number, row in ((number, rows[number]) for number in some)
    ]  # fmt: skip
    return found, total


def _disputed(connection: Connection, incidents: Sequence[int]) -> dict[int, list[str]]:
    """The types of disputes of these incidents; without counts that were raised."""
    from sqlalchemy import select

    from contested.record.tables import dispute as table

    found: dict[int, list[str]] = defaultdict(list)
    query = select(table.c.incident, table.c.type).where(table.c.incident.in_(incidents), table.c.update.is_(False))
    for number, type_ in connection.execute(query.distinct()):
        found[number].append(type_)
    return defaultdict(list, {number: sorted(types, key=TYPES.index) for number, types in found.items()})


def harm(connection: Connection, members: Mapping[int, Sequence[int]]) -> dict[int, list[dict[str, Any]]]:
    """Incident → the people harmed in it, as the statements (numbers) that tell of it count them (`harm_of`)."""
    from sqlalchemy import select

    from contested.record import tables as t

    s, h = t.statement.c, t.harm.c
    wanted = sorted({number for some in members.values() for number in some})
    counting = chosen(connection, Filter(), all_versions=True)
    told: dict[int, Account] = {}
    for some in chunks(wanted):
        query = counting.where(s.number.in_(select(h.statement).where(h.statement.in_(some))))
        told.update((row.number, account(row)) for row in connection.execute(query))
    return {number: harm_of(told[one] for one in some if one in told) for number, some in members.items()}


def counts(connection: Connection, asked: Filter) -> list[dict[str, Any]]:
    """How many disputes of each type rest on the statements asked for: `type`, `disputes`, and `updates` beside."""
    from sqlalchemy import func, select

    from contested.record.tables import dispute as table

    query = _resting(connection, select(table.c.type, table.c.update, func.count()), asked)
    found = {
        (type_, update): n for type_, update, n in connection.execute(query.group_by(table.c.type, table.c.update))
    }
    return [
        {"type": type_, "disputes": found.get((type_, False), 0), "updates": found.get((type_, True), 0)}
        for type_ in TYPES
    ]


def disputes(
    connection: Connection, asked: Filter, type_: str | None = None, *, updates: bool | None = False, limit: int = 50,
    offset: int = 0,
) -> list[dict[str, Any]]:  # fmt: skip
    """Disputes that rest on some of the statements asked for, those whose sides were both known last first.

    With `updates` those counts that were only raised, with None both. Form of docs/disputes.md, with `known`, `date`,
    `incident` (an id), and `added`: when the last of its reports was added, as an ISO moment.
    """
    from sqlalchemy import func, select

    from contested.record import tables as t

    d = t.dispute.c
    query = _resting(connection, select(d.number), asked)
    if type_:
        query = query.where(d.type == type_)
    if updates is not None:
        query = query.where(d.update.is_(updates))
    ordered = query.order_by(d.known.desc().nulls_last(), d.start.desc().nulls_last(), d.id)
    some = connection.scalars(ordered.limit(limit).offset(offset)).all()
    rows: dict[int, Any] = {}
    for part in chunks(some):
        added = (
            select(func.max(t.report.c.added)).join(t.statement, t.statement.c.report == t.report.c.number)
            .join(t.disputed, t.disputed.c.statement == t.statement.c.number).where(t.disputed.c.dispute == d.number)
        )  # fmt: skip
        full = select(d.number, d.known, d.start, d.body, t.incident.c.id, added.scalar_subquery().label("added"))
        full = full.outerjoin(t.incident, t.incident.c.number == d.incident).where(d.number.in_(part))
        rows.update((row.number, row) for row in connection.execute(full))
    return [
        {**row.body, "known": iso(row.known), "date": iso(row.start), "incident": row.id,
         "added": row.added.isoformat(timespec="seconds") if row.added else None}
        for row in (rows[number] for number in some)
    ]  # fmt: skip


def _resting(connection: Connection, query: Select[Any], asked: Filter) -> Select[Any]:
    """`query`, of the disputes that rest on some of the statements asked for only."""
    from sqlalchemy import select

    from contested.record import tables as t

    if asked.empty:
        return query
    mine = select(t.disputed.c.dispute).where(t.disputed.c.statement.in_(numbers_of(connection, asked)))
    return query.where(t.dispute.c.number.in_(mine))
