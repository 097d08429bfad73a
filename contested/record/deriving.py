"""Deriving: incidents and disputes out of the accounts of a record, kept beside them, made again at will.

Reports that were added wait. Their accounts are compared with those of about the same days, links are kept, and only
the components that a new or vanished link touches are clustered again; so what is derived does not depend on the order
in which reports came, and adding one costs what its days cost. What a person judged (`join`, `split`, `same`,
`different`) is applied here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from contested.record import ties
from contested.record.account import Account, Where
from contested.record.books import Books, grounds_of, on_ground, reports_of
from contested.record.bulk import chunks
from contested.record.clustering import surest
from contested.record.days import moved
from contested.record.disputes import Dispute, disputes_of, disputes_of_ground
from contested.record.incidents import happenings_of, incident_of, linked, told_again
from contested.record.judged import Judged, Parties
from contested.record.judgements import Judgement
from contested.record.linking import WINDOW, Link, again
from contested.record.sketch import PERIOD, RECENT, Sketch

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

    from contested.record.signals import Related

#: Reports that wait are taken so many at a time, by their days, in one transaction each time.
BATCH = 50


def waiting(connection: Connection) -> int:
    """How many reports wait to be linked."""
    from sqlalchemy import func, select

    return int(connection.scalar(select(func.count()).select_from(_t().waiting)) or 0)


def derive(engine: Engine, register: Related, progress: Callable[[int], None] | None = None) -> int:
    """Link the accounts of all reports that wait; how many these were. `progress` is told how many still wait."""
    from contested.record.engine import writes

    done, books = 0, None
    while True:
        with writes(engine).begin() as connection:
            reports = _next(connection)
            if not reports:
                return done
            books = Books(connection, before=books)
            _derive(connection, books, reports, register)
            left = waiting(connection)
        done += len(reports)
        if progress:
            progress(left)


def rebuild(engine: Engine) -> None:
    """Throw away all that is derived, and let every report wait again."""
    from sqlalchemy import select

    from contested.record.engine import writes

    t = _t()
    with writes(engine).begin() as connection:
        for table in t.DERIVED:
            connection.execute(table.delete())
        connection.execute(t.waiting.delete())
        connection.execute(t.waiting.insert().from_select(["report"], select(t.report.c.number)))


def touch(connection: Connection, judgement: Judgement) -> None:
    """Let the reports that a judgement, made or undone, is about wait again."""
    from sqlalchemy import select, tuple_

    t = _t()
    pair = [judgement.target, *([str(judgement.value["with"])] if "with" in judgement.value else [])]
    if judgement.what in ("same", "different"):
        about = select(t.statement.c.report).join(t.party, t.party.c.statement == t.statement.c.number)
        numbers = set(connection.scalars(about.where(t.party.c.party.in_(pair)).distinct()).all())
    else:
        named = [one.partition("#")[0].rpartition("@") for one in pair]
        wanted = [(id_, int(version)) for id_, _, version in named if version.isdecimal()]
        numbers = set(
            connection.scalars(
                select(t.report.c.number).where(tuple_(t.report.c.id, t.report.c.version).in_(wanted))
            ).all()
        )
    numbers -= set(connection.scalars(select(t.waiting.c.report)).all())
    if numbers:
        connection.execute(t.waiting.insert(), [{"report": number} for number in sorted(numbers)])


def _next(connection: Connection) -> list[int]:
    """The next reports that wait, by the day of their publication."""
    from sqlalchemy import select

    t = _t()
    query = select(t.report.c.number).join(t.waiting, t.waiting.c.report == t.report.c.number)
    return list(connection.scalars(query.order_by(t.report.c.published, t.report.c.number).limit(BATCH)).all())


def _derive(connection: Connection, books: Books, reports: Sequence[int], register: Related) -> None:
    judged = Judged.of(connection)
    parties = Parties(register, judged)
    mine = books.of(reports)
    new = {sketch.key for sketch in mine}
    affected = ties.closure(connection, {books.number[key] for key in new} | books.vanished(reports))
    ties.forget(connection, reports)
    known = {s.key: s for s in (*books.of(_around(connection, mine, reports)), *mine)}
    links = [one for one in linked(list(known.values()), parties, new) if (one.one, one.other) not in judged.split]
    links += ties.joined(connection, books, [pair for pair in sorted(judged.joined) if not new.isdisjoint(pair)])
    ties.keep(connection, books, links)
    affected |= ties.closure(connection, {books.number[key] for key in new})
    _recluster(connection, books, affected, set(reports), parties, judged)
    _reground(connection, grounds_of(connection, reports), parties)
    waits = _t().waiting
    connection.execute(waits.delete().where(waits.c.report.in_(reports)))


def _around(connection: Connection, mine: Sequence[Sketch], reports: Sequence[int]) -> set[int]:
    """The numbers of reports that could tell of what `mine` tell of: by the days they tell of, or were published on."""
    from sqlalchemy import and_, or_, select

    t = _t()
    days: set[date] = set()
    for one in mine:
        if one.days is not None and not one.period:
            span = range(-WINDOW, one.days.length + WINDOW)
            days |= {moved(one.days.first, n) for n in span}
    found: set[int] = set()
    s = t.statement.c
    for first, last in _stretches(days):
        long, reach = moved(first, -PERIOD), moved(last, RECENT)
        told = and_(s.start.between(long, last), s.end >= first)
        news = s.published.between(first, reach)  # what tells no day is of the days before its report
        query = select(s.report).where(or_(told, news), s.gone.is_(None), s.overruled.is_(None)).distinct()
        found.update(connection.scalars(query).all())
    return found - set(reports)


def _stretches(days: Collection[date]) -> Iterator[tuple[date, date]]:
    """First and last of each run of days."""
    first = last = None
    for one in sorted(days):
        if last is not None and (one - last).days > 1:
            yield first or last, last
            first = one
        first, last = first or one, one
    if first and last:
        yield first, last


def _recluster(
    connection: Connection, books: Books, affected: set[int], reports: set[int], parties: Related, judged: Judged
) -> None:
    """Make the incidents of the affected components again, and what their reports tell again of other incidents."""
    from sqlalchemy import select

    t = _t()
    old = _incidents_with(connection, affected)
    members = {row.statement for row in connection.execute(_told(old))}
    touched = reports_of(connection, affected | members) | reports
    books.of(touched)
    links = ties.links_of(connection, books, affected)
    happenings = happenings_of(links, books.of(touched), judged.split)
    others = {}  # what the touched reports tell of incidents that stay
    for row in connection.execute(
        select(t.told.c.statement, t.told.c.incident, t.told.c.again)
        .join(t.statement, t.statement.c.number == t.told.c.statement)
        .where(t.statement.c.report.in_(sorted(touched)), t.told.c.incident.not_in(sorted(old)))
    ):
        others[row.statement] = (row.incident, row.again)
    staying = sorted({incident for incident, _ in others.values()})
    place = {incident: -1 - n for n, incident in enumerate(staying)}
    at = {key: n for n, (cluster, _) in enumerate(happenings) for key in cluster}
    at |= {
        books.key[number]: place[incident]
        for number, (incident, again_) in others.items() if not again_ and number in books.key
    }  # fmt: skip
    more = told_again(books.of(touched), at, parties, judged.split)
    taken = {books.number[key] for key in (*at, *(s.key for told in more.values() for s, _ in told))}
    changed = reports_of(connection, taken ^ (members | others.keys())) | reports
    _drop(connection, old)
    for some in chunks(sorted(books.number[key] for cluster, _ in happenings for key in cluster)):
        connection.execute(t.told.delete().where(t.told.c.statement.in_(some)))  # told again of another until now
    for n, (cluster, component) in enumerate(happenings):
        _keep(connection, books, cluster, component, more.get(n, ()), parties, Free(taken, touched))
    for incident in staying:
        now = more.get(place[incident], ())
        then = {number for number, (i, again_) in others.items() if i == incident and again_}
        tells = {books.report[books.key[n]] for n, (i, _) in others.items() if i == incident and n in books.key}
        if {books.number[s.key] for s, _ in now} != then or not changed.isdisjoint(tells):
            _again(connection, books, incident, now, parties, Free(taken, touched))


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


def _again(
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
    links = ties.links_of(connection, books, {books.number[key] for key in cluster})
    kept = []
    for row in rows:
        if row.again and row.report not in free.touched and row.statement in books.key:
            one = known[books.key[row.statement]]
            near = [again(one, known[k], parties) for k in cluster if books.report[k] == row.report]
            sure = sorted((link for link in near if link is not None), key=surest)
            kept += [(one, sure[0])] if sure else []
    _drop(connection, {incident})
    _keep(connection, books, cluster, links, [*kept, *more], parties, free)


def _keep(
    connection: Connection,
    books: Books,
    cluster: Collection[str],
    component: Sequence[Link],
    more: Sequence[tuple[Sketch, Link]],
    parties: Related,
    free: Free,
) -> None:
    """Write an incident with its disputes."""
    t = _t()
    around, taken = free.of(connection, books, {books.report[key] for key in cluster})
    known = {s.key: s for s in around}
    bare = incident_of([known[key] for key in sorted(cluster)], component, more)
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
            _keep_dispute(connection, dispute, books.accounts, books.number, made.start, made.place, number)


def _keep_dispute(
    connection: Connection,
    dispute: Dispute,
    accounts: Mapping[str, Account],
    numbers: Mapping[str, int],
    start: date | None,
    place: Where | None,
    incident: int | None,
) -> None:
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


def _reground(connection: Connection, places: Collection[str], parties: Related) -> None:
    """Find the disputes over the ground of these places again."""
    t = _t()
    for place in sorted(places):
        connection.execute(t.dispute.delete().where(t.dispute.c.incident.is_(None), t.dispute.c.place == place))
        there = on_ground(connection, place)
        told_of = {one.key: one for one in there.values()}
        numbers = {one.key: number for number, one in there.items()}
        for dispute in disputes_of_ground(list(told_of.values()), register=parties):
            days = [told_of[p.account].day for p in dispute.accounts]
            start = min((d for d in days if d), default=None)
            _keep_dispute(connection, dispute, told_of, numbers, start, None, None)


def _incidents_with(connection: Connection, numbers: Collection[int]) -> set[int]:
    """The incidents that some of these statements make (not only tell again of)."""
    from sqlalchemy import select

    t = _t()
    found: set[int] = set()
    query = select(t.told.c.incident).where(t.told.c.again.is_(False))
    for some in chunks(sorted(numbers)):
        found.update(connection.scalars(query.where(t.told.c.statement.in_(some))).all())
    return found


def _told(incidents: Collection[int]) -> Any:
    told = _t().told
    return told.select().where(told.c.incident.in_(sorted(incidents)))


def _drop(connection: Connection, incidents: Collection[int]) -> None:
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
