"""Incidents and their disputes as rows: written, made again, dropped."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from contested.record.account import Account, Where
from contested.record.books import Books
from contested.record.bulk import chunks
from contested.record.clustering import surest
from contested.record.disputes import Dispute, disputes_of
from contested.record.incidents import incident_of
from contested.record.linking import Link, again
from contested.record.sketch import Sketch
from contested.record.ties import links_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from contested.record.signals import Related


@dataclass(frozen=True, slots=True)
class Free:
    """What is in no incident: of the `touched` reports all but the statements `taken`; of others the record tells."""

    taken: Collection[int]
    touched: Collection[int]

    def of(self, connection: Connection, books: Books, reports: Collection[int]) -> tuple[list[Sketch], set[str]]:
        """What these reports tell, and the keys of what of it is in an incident."""
        from sqlalchemy import select

        t = _t()
        around = books.of(reports)
        known = select(t.told.c.statement).join(t.statement, t.statement.c.number == t.told.c.statement)
        kept = set(self.taken)
        for some in chunks(sorted(set(reports) - set(self.touched))):
            kept |= set(connection.scalars(known.where(t.statement.c.report.in_(some))).all())
        return around, {sketch.key for sketch in around if books.number[sketch.key] in kept}


def keep(
    connection: Connection,
    books: Books,
    cluster: Collection[str],
    more: Sequence[tuple[Sketch, Link]],
    parties: Related,
    free: Free,
) -> None:
    """Write an incident with its disputes."""
    t = _t()
    around, taken = free.of(connection, books, {books.report[key] for key in cluster})
    known = {s.key: s for s in around}
    links = links_of(connection, books, {books.number[key] for key in cluster})
    bare = incident_of([known[key] for key in sorted(cluster)], links, more)
    disputes = disputes_of(bare.accounts, around=around, taken=taken, register=parties)
    made = replace(bare, disputes=tuple(disputes))
    published = [a.published for a in made.accounts if a.published]
    number = connection.execute(t.incident.insert().values(
        id=made.id, type=made.type, mode=made.mode, start=made.start, end=made.end,
        place=made.place.id if made.place else None, reports=len(made.reports), voices=made.voices,
        known=min(published, default=None), body=made.to_json(),
    )).inserted_primary_key[0]  # type: ignore[index]  # fmt: skip
    again_ = {s.key for s, _ in more}
    connection.execute(t.told.insert(), [
        {"statement": books.number[a.key], "incident": number, "again": a.key in again_} for a in made.accounts
    ])  # fmt: skip
    for dispute in made.disputes:
        if dispute.about is None:  # what is about a place is kept with all that is told of it
            keep_dispute(connection, dispute, books.accounts, books.number, made.start, made.place, number)


def make_again(
    connection: Connection,
    books: Books,
    incident: int,
    more: Sequence[tuple[Sketch, Link]],
    parties: Related,
    free: Free,
) -> None:
    """Make an incident that stays again, with what the touched reports now tell again of it, or beside it."""
    from sqlalchemy import select

    t = _t()
    rows = connection.execute(
        select(t.told.c.statement, t.told.c.again, t.statement.c.report)
        .join(t.statement, t.statement.c.number == t.told.c.statement).where(t.told.c.incident == incident)
    ).all()  # fmt: skip
    known = {s.key: s for s in books.of(row.report for row in rows)}
    cluster = {books.key[row.statement] for row in rows if not row.again and row.statement in books.key}
    kept = []
    for row in rows:
        if row.again and row.report not in free.touched and row.statement in books.key:
            one = known[books.key[row.statement]]
            near = [again(one, known[k], parties) for k in cluster if books.report[k] == row.report]
            sure = sorted((link for link in near if link is not None), key=surest)
            kept += [(one, sure[0])] if sure else []
    drop(connection, {incident})
    keep(connection, books, cluster, [*kept, *more], parties, free)


def keep_dispute(
    connection: Connection,
    dispute: Dispute,
    accounts: Mapping[str, Account],
    numbers: Mapping[str, int],
    start: date | None,
    place: Where | None,
    incident: int | None,
) -> None:
    """Write a dispute, unless it is there; `incident` is the number of its incident, null for one about ground."""
    t = _t()
    if connection.scalar(t.dispute.select().where(t.dispute.c.id == dispute.id)) is not None:
        return
    said = [accounts[p.account] for p in dispute.accounts]
    published = [a.published for a in said if a.published]
    row = connection.execute(t.dispute.insert().values(
        id=dispute.id, type=dispute.type, update=dispute.update, incident=incident,
        place=dispute.about if incident is None else place.id if place else None, start=start,
        known=max(published, default=None), body=dispute.to_json(),
    )).inserted_primary_key[0]  # type: ignore[index]  # fmt: skip
    keys = dict.fromkeys(p.account for p in dispute.accounts)
    connection.execute(t.disputed.insert(), [{"dispute": row, "statement": numbers[key]} for key in keys])


def drop(connection: Connection, incidents: Collection[int]) -> None:
    """Take away incidents (numbers) with their disputes."""
    t = _t()
    for some in chunks(sorted(incidents)):
        mine = t.dispute.select().with_only_columns(t.dispute.c.number).where(t.dispute.c.incident.in_(some))
        connection.execute(t.disputed.delete().where(t.disputed.c.dispute.in_(mine)))
        connection.execute(t.dispute.delete().where(t.dispute.c.incident.in_(some)))
        connection.execute(t.told.delete().where(t.told.c.incident.in_(some)))
        connection.execute(t.incident.delete().where(t.incident.c.number.in_(some)))


def _t() -> Any:
    from contested.record import tables

    return tables
