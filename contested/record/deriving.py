"""Deriving: incidents and disputes out of the accounts of a record, kept beside them, made again at will.

Reports that were added wait. Their accounts are compared with those of about the same days, links are kept, and only
the clusters that a new or vanished link changes are made again; so what is derived does not depend on the order in
which reports came, and adding one costs what its days cost. What a person judged (`join`, `split`, `same`,
`different`) is applied here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from contested.record import ties
from contested.record.books import Books, reports_of, voices_of
from contested.record.bulk import chunks
from contested.record.days import moved
from contested.record.incidents import linked, told_again
from contested.record.judged import Judged, Parties
from contested.record.judgements import Judgement
from contested.record.keeping import Free, drop, keep, make_again
from contested.record.linking import WINDOW, Link
from contested.record.regrounding import reground
from contested.record.sketch import PERIOD, RECENT, Sketch

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

    from contested.record.signals import Related

#: Reports that wait are taken so many at a time, by their days, in one transaction each time.
BATCH = 100


def waiting(connection: Connection) -> int:
    """How many reports wait to be linked."""
    from sqlalchemy import func, select

    return int(connection.scalar(select(func.count()).select_from(_t().waiting)) or 0)


def derive(engine: Engine, register: Related, progress: Callable[[int], None] | None = None) -> int:
    """Link the accounts of all reports that wait; how many these were. `progress` is told how many still wait."""
    from contested.record.engine import writes

    done, books, latest = 0, None, None
    while True:
        with writes(engine).begin() as connection:
            reports = _next(connection)
            if not reports:
                return done
            books = Books(connection, before=books)
            latest = _latest(connection) if latest is None else latest
            latest = _derive(connection, books, reports, register, latest)
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


def _latest(connection: Connection) -> date:
    """The last day on which anything was published that waits no longer."""
    from sqlalchemy import select

    t = _t()
    waits = select(t.waiting.c.report).where(t.waiting.c.report == t.report.c.number)
    linked_ones = select(t.report.c.published).where(t.report.c.published.is_not(None), ~waits.exists())
    return connection.scalar(linked_ones.order_by(t.report.c.published.desc()).limit(1)) or date.min


def _derive(connection: Connection, books: Books, reports: Sequence[int], register: Related, latest: date) -> date:
    """Link these reports. `latest` is the last day on which anything was published that is linked; gives it anew."""
    judged = Judged.of(connection)
    parties = Parties(register, judged)
    mine = books.of(reports)
    new = {sketch.key for sketch in mine}
    changed = {books.number[key] for key in new} | books.vanished(reports)
    ties.forget(connection, reports)
    known = {s.key: s for s in (*books.of(_around(connection, mine, reports)), *mine)}
    links = [one for one in linked(list(known.values()), parties, new) if (one.one, one.other) not in judged.split]
    links += _joined(connection, books, [pair for pair in sorted(judged.joined) if not new.isdisjoint(pair)])
    ties.keep(connection, books, links)
    _recluster(connection, books, changed, set(reports), parties, judged)
    latest = max([latest, *(one.published for one in books.accounts_of(reports) if one.published)])
    reground(connection, books, reports, parties, latest)
    waits = _t().waiting
    connection.execute(waits.delete().where(waits.c.report.in_(reports)))
    return latest


def _joined(connection: Connection, books: Books, pairs: Sequence[tuple[str, str]]) -> list[Link]:
    """The links that a person made, of pairs that both stand and tell of a happening."""
    from sqlalchemy import select

    report = _t().report.c
    ids = sorted({key.rpartition("@")[0] for pair in pairs for key in pair})
    numbers = [n for some in chunks(ids) for n in connection.scalars(select(report.number).where(report.id.in_(some)))]
    told = {sketch.key for sketch in books.of(numbers)}
    return [Link(a, b, 1.0, ("a person joined them",)) for a, b in pairs if a in told and b in told]


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
    connection: Connection, books: Books, changed: set[int], reports: set[int], parties: Related, judged: Judged
) -> None:
    """Make the incidents again that change with these statements, and what their reports tell again of other ones."""
    from sqlalchemy import select

    t = _t()
    affected, clusters = ties.reclustered(connection, books, changed, judged.split, whole=bool(judged.joined))
    old = _incidents_with(connection, affected)
    members = {row.statement for row in connection.execute(_told(old))}
    copies = voices_of(connection, reports)
    touched = reports_of(connection, affected | members) | reports | copies
    others = {}  # what the touched reports tell of incidents that stay
    for row in connection.execute(
        select(t.told.c.statement, t.told.c.incident, t.told.c.again)
        .join(t.statement, t.statement.c.number == t.told.c.statement)
        .where(t.statement.c.report.in_(sorted(touched)), t.told.c.incident.not_in(sorted(old)))
    ):
        others[row.statement] = (row.incident, row.again)
    staying = sorted({incident for incident, _ in others.values()})
    place = {incident: -1 - n for n, incident in enumerate(staying)}
    at = {key: n for n, cluster in enumerate(clusters) for key in cluster}
    at |= {
        books.key[number]: place[incident]
        for number, (incident, again_) in others.items() if not again_ and number in books.key
    }  # fmt: skip
    more = told_again(books.of(touched), at, parties, judged.split)
    taken = {books.number[key] for key in (*at, *(s.key for told in more.values() for s, _ in told))}
    anew = reports_of(connection, taken ^ (members | others.keys())) | reports | copies
    drop(connection, old)
    for some in chunks(sorted(books.number[key] for cluster in clusters for key in cluster)):
        connection.execute(t.told.delete().where(t.told.c.statement.in_(some)))  # told again of another until now
    for n, cluster in enumerate(clusters):
        keep(connection, books, cluster, more.get(n, ()), parties, Free(taken, touched))
    for incident in staying:
        now = more.get(place[incident], ())
        then = {number for number, (i, again_) in others.items() if i == incident and again_}
        tells = {books.report[books.key[n]] for n, (i, _) in others.items() if i == incident and n in books.key}
        if {books.number[s.key] for s, _ in now} != then or not anew.isdisjoint(tells):
            make_again(connection, books, incident, now, parties, Free(taken, touched))


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


def _t() -> Any:
    from contested.record import tables

    return tables
