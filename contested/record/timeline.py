"""How much a record tells of which days and which places: incidents, ground that changed hands, talks, tolls.

Counting is done in the database, in days, weeks, months or years, as the span is long. What is denied, only possible or
still to come is not counted unless it is asked for (`Filter.modality`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Literal

from contested.record.account import Account
from contested.record.asking import Filter, account, chosen, standing
from contested.record.days import moved
from contested.record.situation import CEASING, TALKS

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, Select

Unit = Literal["day", "week", "month", "year"]
#: What is counted: happenings that several reports tell of, and three sorts of statements.
SERIES = ("incidents", "ground", "talks", "tolls")
#: Types of control by which ground changes hands; who is told to hold it is no change.
CHANGES = ("captures", "loses", "besieges")
#: What ends fighting, but for leaving ground.
PEACE = tuple(mode for mode in CEASING if mode != "withdraw")
#: A span of up to so many days is counted in this unit: some 200 bars at most, and 150 months or more.
BARS: tuple[tuple[Unit, int], ...] = (("day", 200), ("week", 1400), ("month", 12_000))
#: The same for the columns of a table of places: some 75 at most, but for years.
COLUMNS: tuple[tuple[Unit, int], ...] = (("day", 45), ("week", 400), ("month", 2300))
#: No span is longer (days): a record's days may be of any year.
LONGEST = 146_000
#: So many days before the first publication are shown, for a report tells of the days before it.
BEFORE = 7
#: Places wider than these are not where something happened.
WIDE = ("country", "continent")


@dataclass(frozen=True, slots=True)
class Bucket:
    """A stretch of days, both inclusive, and how much of each series is told of it."""

    start: date
    end: date
    counts: dict[str, int]

    def to_json(self) -> dict[str, Any]:
        return {"from": self.start.isoformat(), "to": self.end.isoformat(), **self.counts}


@dataclass(frozen=True, slots=True)
class Timeline:
    """Counts from `first` to `last` day, one bucket a `unit`, those without anything included."""

    first: date
    last: date
    unit: Unit
    buckets: tuple[Bucket, ...]

    @property
    def totals(self) -> dict[str, int]:
        return {name: sum(bucket.counts[name] for bucket in self.buckets) for name in SERIES}

    def to_json(self) -> dict[str, Any]:
        return {
            "first": self.first.isoformat(), "last": self.last.isoformat(), "unit": self.unit, "totals": self.totals,
            "buckets": [bucket.to_json() for bucket in self.buckets],
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Heat:
    """The places of which most is told, a row each, with its count for each of `columns` (first days of a `unit`)."""

    unit: Unit
    columns: tuple[tuple[date, date], ...]
    rows: tuple[tuple[dict[str, Any], tuple[int, ...]], ...]

    def to_json(self) -> dict[str, Any]:
        return {
            "unit": self.unit,
            "columns": [{"from": start.isoformat(), "to": end.isoformat()} for start, end in self.columns],
            "rows": [{**place, "told": sum(counts), "counts": list(counts)} for place, counts in self.rows],
        }


def span(connection: Connection, asked: Filter) -> tuple[date, date] | None:
    """The days to show where none are asked for: those that were reported on as they passed, and those `asked` for.

    What reports tell of the years before would press them together. None for a record without days.
    """
    from sqlalchemy import func, select

    from contested.record import tables as t

    r = t.report.c
    first, last = connection.execute(select(func.min(r.published), func.max(r.published))).one()
    if first is None:
        first, last = whole(connection) or (None, None)
    else:
        first = moved(first, -BEFORE)
    days = [one for one in (first, last, asked.start, asked.end) if one is not None]
    return (min(days), max(days)) if days else None


def whole(connection: Connection) -> tuple[date, date] | None:
    """The first and the last day that a statement counts by."""
    from sqlalchemy import func, select

    from contested.record import tables as t

    day = t.statement.c.day
    first, last = connection.scalar(select(func.min(day))), connection.scalar(select(func.max(day)))
    return (first, last) if first and last else None


def timeline(connection: Connection, asked: Filter, first: date, last: date) -> Timeline:
    """What the statements asked for tell of the days from `first` to `last`, whatever days `asked` names."""
    from sqlalchemy import case, func, select

    from contested.record import tables as t

    first, last = bounded(first, last)
    unit = unit_of(first, last, BARS)
    s = t.statement.c
    sort = case((s.kind == "toll", "tolls"), (_ground(), "ground"), else_="talks").label("sort")
    told = _told(standing(connection, _of_days(asked, first, last)), "any").with_only_columns(s.day, sort)
    by_day = told.add_columns(func.count().label("told")).group_by(s.day, sort).subquery()
    start = _bucket(connection, by_day.c.day, unit)
    counted = select(start, by_day.c.sort, func.sum(by_day.c.told)).group_by(start, by_day.c.sort)
    found = {(start, name): int(n) for start, name, n in connection.execute(counted)}
    when = _bucket(connection, t.incident.c.start, unit)
    happened = _happened(connection, select(when), asked, first, last).add_columns(func.count()).group_by(when)
    found |= {(start, "incidents"): n for start, n in connection.execute(happened)}
    buckets = (
        Bucket(max(start, first), min(end, last), {name: found.get((start.isoformat(), name), 0) for name in SERIES})
        for start, end in stretches(first, last, unit)
    )
    return Timeline(first, last, unit, tuple(buckets))


def heat(connection: Connection, asked: Filter, first: date, last: date, what: str, places: int = 12) -> Heat:
    """The places of which most is told from `first` to `last`, and when.

    `what` is a series, "any" of the statements counted, or "all" statements. A statement counts at its narrowest place;
    countries, and what is wider, are left out.
    """
    from sqlalchemy import func, select

    from contested.record import tables as t

    first, last = bounded(first, last)
    unit = unit_of(first, last, COLUMNS)
    if what == "incidents":
        day, at = t.incident.c.start, t.incident.c.place
        query = _happened(connection, select(at), asked, first, last)
    else:
        day, at = t.statement.c.day, t.spot.c.place
        query = standing(connection, _of_days(asked, first, last))
        query = (query if what == "all" else _told(query, what)).with_only_columns(at)
        query = query.join(t.spot, (t.spot.c.statement == t.statement.c.number) & (t.spot.c.rank == 0))
    by_day = query.add_columns(day.label("day"), func.count().label("told")).group_by(day, at).subquery()
    when = _bucket(connection, by_day.c.day, unit).label("start")
    there = (
        select(by_day.c.place, when, func.sum(by_day.c.told).label("told")).group_by(by_day.c.place, when).subquery()
    )
    counted = select(there.c.place, there.c.start, there.c.told).join(t.place, t.place.c.id == there.c.place)
    counted = counted.where(t.place.c.kind.not_in(WIDE))
    columns = tuple(stretches(first, last, unit))
    at_day = {start.isoformat(): n for n, (start, _) in enumerate(columns)}
    found: dict[str, list[int]] = {}
    for place, start, told in connection.execute(counted):
        found.setdefault(place, [0] * len(columns))[at_day[start]] = int(told)
    rows = dict(sorted(found.items(), key=lambda row: (-sum(row[1]), row[0]))[:places])
    p = t.place.c
    named = connection.execute(select(p.id, p.name, p.kind, p.country).where(p.id.in_(list(rows))))
    known = {row.id: {"place": row.id, "name": row.name, "kind": row.kind, "country": row.country} for row in named}
    cut = tuple((max(start, first), min(end, last)) for start, end in columns)
    return Heat(unit, cut, tuple((known[id_], tuple(counts)) for id_, counts in rows.items()))


def told_on(connection: Connection, asked: Filter, first: date, last: date, limit: int) -> list[tuple[str, Account]]:
    """The statements counted from `first` to `last`, the latest first, each with its series; at most `limit`."""
    from contested.record import tables as t

    s, r = t.statement.c, t.report.c
    found: list[Account] = []
    for kind in ("control", "event", "toll"):  # one after the other: an index has the days of each in order
        query = _told(chosen(connection, _of_days(asked, first, last)), "any").where(s.kind == kind)
        query = query.order_by(s.day.desc(), r.id, s.quote_start, s.number)
        found += map(account, connection.execute(query.limit(limit)))
    found.sort(key=lambda one: (-(one.day or date.min).toordinal(), one.report, one.statement.quote_start, one.key))
    return [(series_of(one), one) for one in found[:limit]]


def happened_on(connection: Connection, asked: Filter, first: date, last: date, limit: int) -> list[dict[str, Any]]:
    """The incidents counted from `first` to `last`, the latest first; at most `limit`. Keys as in `brief`."""
    from contested.record import tables as t

    return brief(connection, _happened(connection, _incidents(), asked, first, last), limit, t.incident.c.start)


def brief(connection: Connection, query: Select[Any], limit: int, by: ColumnElement[Any]) -> list[dict[str, Any]]:
    """Incidents of a query of their numbers, the latest first: `incident`, `what`, `date`, `end`, `type`, `mode`,
    `place` (an id), `reports` and `voices` (numbers), `disputes` (how many that are no mere updates)."""
    from sqlalchemy import func, select

    from contested.record import tables as t

    i, d = t.incident.c, t.dispute.c
    at_odds = select(func.count()).where(d.incident == i.number, d.update.is_(False)).scalar_subquery()
    columns = query.with_only_columns(
        i.id.label("incident"), i.body["what"].as_string().label("what"), i.start.label("date"), i.end, i.type, i.mode,
        i.place, i.reports, i.voices, at_odds.label("disputes"),
    ).order_by(by.desc().nulls_last(), i.id)  # fmt: skip
    rows = connection.execute(columns.limit(limit)).mappings()
    return [{name: v.isoformat() if isinstance(v, date) else v for name, v in row.items()} for row in rows]


def series_of(account: Account) -> str:
    """The series that an account which is counted belongs to."""
    if account.kind == "toll":
        return "tolls"
    changes = account.kind == "control" or (account.type == "RETREAT" and account.mode == "withdraw")
    return "ground" if changes else "talks"


def unit_of(first: date, last: date, units: tuple[tuple[Unit, int], ...] = BARS) -> Unit:
    """In what to count a span of days."""
    return next((unit for unit, days in units if (last - first).days < days), "year")


def stretches(first: date, last: date, unit: Unit) -> Iterator[tuple[date, date]]:
    """The first and last day of each unit that has a day of the span; weeks begin on Mondays."""
    start = _start(first, unit)
    while start <= last:
        try:
            after = _after(start, unit)
        except (OverflowError, ValueError):  # the last year of the calendar
            yield start, date.max
            return
        yield start, after - timedelta(days=1)
        start = after


def bounded(first: date, last: date) -> tuple[date, date]:
    """A span in order, and not longer than `LONGEST`: its end counts."""
    first, last = min(first, last), max(first, last)
    return (first if (last - first).days <= LONGEST else last - timedelta(days=LONGEST)), last


def _start(day: date, unit: Unit) -> date:
    if unit == "week":
        return day - timedelta(days=min(day.weekday(), day.toordinal() - 1))
    return {"day": day, "month": day.replace(day=1), "year": day.replace(month=1, day=1)}[unit]


def _after(start: date, unit: Unit) -> date:
    if unit in ("day", "week"):
        return start + timedelta(days=1 if unit == "day" else 7)
    if unit == "year":
        return start.replace(year=start.year + 1)
    return date(start.year + start.month // 12, start.month % 12 + 1, 1)


def _bucket(connection: Connection, day: ColumnElement[date | None], unit: Unit) -> ColumnElement[str]:
    """The first day of the unit that a day is in, as ISO words."""
    from sqlalchemy import func, literal_column

    if connection.dialect.name != "sqlite":
        return func.to_char(func.date_trunc(literal_column(f"'{unit}'"), day), literal_column("'YYYY-MM-DD'"))
    if unit == "week":
        return func.date(day, literal_column("'-6 days'"), literal_column("'weekday 1'"))
    form = {"day": "%Y-%m-%d", "month": "%Y-%m-01", "year": "%Y-01-01"}[unit]
    return func.strftime(literal_column(f"'{form}'"), day)


def _ground() -> ColumnElement[bool]:
    from sqlalchemy import and_, or_

    from contested.record.tables import statement

    s = statement.c
    left = and_(s.kind == "event", s.type == "RETREAT", s.mode == "withdraw")
    return or_(and_(s.kind == "control", s.type.in_(CHANGES)), left)


def _of_days(asked: Filter, first: date, last: date) -> Filter:
    """What is asked for, of these days, and what is told to be so where nothing else is asked for."""
    return replace(asked, start=first, end=last, modality=asked.modality or "asserted")


def _told(query: Select[Any], what: str) -> Select[Any]:
    """The statements of a query that are of a series, or of "any" one."""
    from sqlalchemy import and_, or_

    from contested.record.tables import statement

    s = statement.c
    talks = and_(s.kind == "event", or_(s.type.in_(TALKS), s.mode.in_(PEACE)))
    ground, tolls = _ground(), s.kind == "toll"
    return query.where({"ground": ground, "talks": talks, "tolls": tolls, "any": or_(ground, talks, tolls)}[what])


def _incidents() -> Select[Any]:
    from sqlalchemy import select

    from contested.record.tables import incident

    return select(incident.c.number)


def _happened(connection: Connection, query: Select[Any], asked: Filter, first: date, last: date) -> Select[Any]:
    """`query`, of the incidents from `first` to `last` of which some of the statements asked for tell."""
    from sqlalchemy import select

    from contested.record import tables as t

    i = t.incident.c
    query = query.where(i.start >= first, i.start <= last)
    if asked.known_by is not None:
        query = query.where(i.known <= asked.known_by)
    narrow = replace(asked, start=None, end=None, known_by=None)
    if narrow.empty:
        return query
    numbers = standing(connection, narrow).with_only_columns(t.statement.c.number)
    return query.where(i.number.in_(select(t.told.c.incident).where(t.told.c.statement.in_(numbers))))
