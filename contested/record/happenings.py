"""Incidents and disputes of a record, asked for: those that are kept, or those that could be known on a day.

What is kept rests on all that has been published. With `known_by` the same accounts are clustered again without those
published later, so that a later report changes no answer about an earlier day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from contested.record.asking import Filter, is_id, place_ids, standing
from contested.record.books import Books, on_ground, reports_of, statements_of
from contested.record.disputes import TYPES, Dispute, disputes_of, disputes_of_ground
from contested.record.incidents import Incident, happenings_of, incident_of, told_again
from contested.record.judged import Judged, Parties
from contested.record.ties import closure, links_of

if TYPE_CHECKING:
    from sqlalchemy import Connection, Select

    from contested.record.signals import Related

#: So many incidents or disputes at least are made again at once.
AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class Kept:
    """An incident or a dispute as the record keeps it: its JSON object."""

    body: Mapping[str, Any]

    def to_json(self) -> dict[str, Any]:
        return dict(self.body)


def incidents(connection: Connection, asked: Filter, register: Related, limit: int | None) -> list[Kept]:
    """The incidents that some of the statements asked for tell of, the latest first."""
    from sqlalchemy import select

    from contested.record import tables as t

    query = select(t.incident.c.number, t.incident.c.body)
    if not asked.empty:
        numbers = numbers_of(connection, asked)
        query = query.where(t.incident.c.number.in_(select(t.told.c.incident).where(t.told.c.statement.in_(numbers))))
    query = query.order_by(t.incident.c.start.desc().nulls_last(), t.incident.c.id)
    if asked.known_by is None:
        return [Kept(row.body) for row in connection.execute(query.limit(limit) if limit else query)]
    made: dict[str, Incident] = {}
    for some in _chunks(connection.scalars(query.with_only_columns(t.incident.c.number)).all(), limit):
        told = connection.scalars(select(t.told.c.statement).where(t.told.c.incident.in_(some))).all()
        made |= {one.id: one for one in _known(connection, asked, set(told), register)}
        if limit and len(made) >= limit:
            break
    latest = sorted(made.values(), key=lambda i: (-(i.start.toordinal() if i.start else 0), i.id))
    return [Kept(one.to_json()) for one in latest[:limit]]


def _chunks(rows: Sequence[Any], limit: int | None) -> Iterator[Sequence[Any]]:
    """So many at a time as are asked for: of what is kept some could not be known on an earlier day."""
    size = max(limit or len(rows), AT_ONCE)
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def disputes(
    connection: Connection, asked: Filter, register: Related, type_: str | None, limit: int | None
) -> list[Kept]:
    """The disputes that rest on some of the statements asked for, the latest first. Raises `ValueError` for a type."""
    from sqlalchemy import select

    from contested.record import tables as t

    if type_ is not None and type_ not in TYPES:
        raise ValueError(f"type {type_!r} is none of {', '.join(TYPES)}")
    query = select(t.dispute.c.number, t.dispute.c.incident, t.dispute.c.place, t.dispute.c.body)
    if type_:
        query = query.where(t.dispute.c.type == type_)
    if not asked.empty:
        numbers = numbers_of(connection, asked)
        query = query.where(
            t.dispute.c.number.in_(select(t.disputed.c.dispute).where(t.disputed.c.statement.in_(numbers)))
        )
    query = query.order_by(t.dispute.c.start.desc().nulls_last(), t.dispute.c.id)
    if asked.known_by is None:
        return [Kept(row.body) for row in connection.execute(query.limit(limit) if limit else query)]
    found: dict[str, Dispute] = {}
    bare = query.with_only_columns(t.dispute.c.incident, t.dispute.c.place)
    for some in _chunks(connection.execute(bare).all(), limit):
        known = _disputes_known(connection, asked, some, register)
        found |= {one.id: one for one in known if type_ is None or one.type == type_}
        if limit and len(found) >= limit:
            break
    return [Kept(one.to_json()) for one in list(found.values())[:limit]]


def _disputes_known(connection: Connection, asked: Filter, rows: Sequence[Any], register: Related) -> list[Dispute]:
    """The disputes of the incidents and places of `rows`, by what had been published."""
    from sqlalchemy import select

    from contested.record import tables as t

    held = {row.incident for row in rows if row.incident is not None}
    told = connection.scalars(select(t.told.c.statement).where(t.told.c.incident.in_(sorted(held)))).all()
    made = _known(connection, asked, set(told), register)
    found = {d.id: d for one in made for d in one.disputes if d.about is None}
    parties = Parties(register, Judged.of(connection))
    for place in sorted({row.place for row in rows if row.incident is None and row.place}):
        accounts = list(on_ground(connection, place, asked.known_by).values())
        found |= {d.id: d for d in disputes_of_ground(accounts, register=parties)}
    return [found[id_] for id_ in sorted(found)]


def _known(connection: Connection, asked: Filter, told: set[int], register: Related) -> list[Incident]:
    """The incidents that these statements' components make of what had been published by then."""
    judged = Judged.of(connection)
    parties = Parties(register, judged)
    books = Books(connection, known_by=asked.known_by)
    near = reports_of(connection, closure(connection, told))
    tied = closure(connection, statements_of(connection, near))  # and of what else these reports tell
    linked = books.of(reports_of(connection, tied))
    links = [one for one in links_of(connection, books, tied) if one.one in books.number and one.other in books.number]
    happenings = happenings_of(links, linked, judged.split)
    at = {key: n for n, (cluster, _) in enumerate(happenings) for key in cluster}
    more = told_again(books.of(near), at, parties, judged.split)
    taken = at.keys() | {sketch.key for told_of in more.values() for sketch, _ in told_of}
    out = []
    for n, (cluster, component) in enumerate(happenings):
        if told.isdisjoint(books.number[key] for key in cluster):
            continue
        around = books.of(books.report[key] for key in cluster)
        known = {sketch.key: sketch for sketch in around}
        bare = incident_of([known[key] for key in sorted(cluster)], component, more.get(n, ()))
        disputes = disputes_of(bare.accounts, around=around, taken=taken, register=parties)
        out.append(replace(bare, disputes=tuple(disputes)))
    return out


def numbers_of(connection: Connection, asked: Filter) -> Select[Any]:
    """The numbers of the statements asked for. Incidents and disputes rest on standing ones, so that where only a place
    or a party is asked for, their own tables tell."""
    from sqlalchemy import select

    from contested.record import tables as t

    if asked == Filter(place=asked.place) and asked.place is not None:
        there = select(t.spot.c.statement).join(t.inside, t.inside.c.place == t.spot.c.place)
        return there.where(t.inside.c.holder.in_(place_ids(connection, asked.place)))
    if asked == Filter(party=asked.party) and asked.party is not None and is_id(asked.party):
        return select(t.party.c.statement).where(t.party.c.party == asked.party)
    return standing(connection, asked).with_only_columns(t.statement.c.number)
