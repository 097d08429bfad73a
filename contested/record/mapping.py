"""What a map of a day shows besides ground: happenings, disputes, names of places, and the parties that hold ground.

Happenings are made from the statements that had been published by the day asked for, so that the second clock counts
here as well: an incident of which one report was known by then stands as told by one report. Which statements belong
together is as of the latest `derive`. Nothing is added up: a count is the lowest and the highest that is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from contested.record.asking import Filter, chosen
from contested.record.days import moved
from contested.record.situation import RECENT_DAYS
from contested.record.telling import narrowed
from contested.spelling import fold

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, Select

#: So many statements are put on a map at most, the latest; so many disputes; so many names of places.
MOST, DISPUTES, NAMES = 20_000, 500, 400
#: Events that happen at a place, and how a map calls them.
HAPPENINGS = {
    "ASSAULT": "attack", "COERCE": "arrest or coercion", "PROTEST": "protest", "MOBILIZE": "show of force",
    "RETREAT": "retreat", "AID": "aid",
}  # fmt: skip
#: Kinds of place too wide for a mark of one happening (left out), and so wide that a mark must say so.
TOO_WIDE, WIDE = ("continent", "country"), ("region", "province", "district", "area", "water")
#: Parties that most is told of as holders have a colour of their own, so many.
HUES = 8
#: Statements in which a place is looked for, the latest.
_LOOKED_AT = 20_000


#: The lowest and the highest number told; null is unbounded.
Bounds = tuple[int | None, int | None]


class Box(NamedTuple):
    """What part of the world is asked for, in degrees (WGS 84)."""

    west: float
    south: float
    east: float
    north: float


@dataclass(slots=True)
class Mark:
    """A happening on the map. `id` is the incident's, or the account's (`report@version#statement`) where one report
    alone tells of it (`alone`). `killed` and `injured` are the lowest and highest told; `harm`, by which it is drawn,
    is the highest bound told of killed, else of injured. `wide`: known only to be somewhere in a wider place."""

    id: str
    alone: bool
    type: str
    what: str
    day: date
    lat: float
    lon: float
    place: str | None
    wide: bool
    reports: int
    killed: Bounds | None
    injured: Bounds | None
    harm: int = 0

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id, "alone": self.alone, "type": self.type, "what": self.what, "day": self.day.isoformat(),
            "lat": self.lat, "lon": self.lon, "place": self.place, "wide": self.wide, "reports": self.reports,
            "killed": self.killed, "injured": self.injured, "harm": self.harm,
        }  # fmt: skip


def happenings(
    connection: Connection, asked: Filter, as_of: date, teller: str | None = None, *, days: int = RECENT_DAYS,
    box: Box | None = None, limit: int = MOST,
) -> tuple[list[Mark], bool]:  # fmt: skip
    """The happenings of the last `days` days, latest first, and whether there were more than `limit` statements."""
    from sqlalchemy import case, func, select

    from contested.record import tables as t

    asked = replace(asked, kind="event", start=moved(as_of, 1 - days), end=as_of, modality="asserted")
    asked, narrow = narrowed(connection, asked, teller)
    s, spot, place, incident = t.statement.c, t.spot.c, t.place, t.incident.c
    at = place.alias("at")

    def told(effect: str, most: bool) -> Any:
        high = case((func.count() > func.count(t.harm.c.high), None), else_=func.max(t.harm.c.high))
        bound = high if most else func.min(t.harm.c.low)
        return select(bound).where(t.harm.c.statement == s.number, t.harm.c.effect == effect).scalar_subquery()

    query: Select[Any] = chosen(connection, asked).where(s.type.in_(HAPPENINGS)).with_only_columns(
        s.number, s.id, t.report.c.id.label("report"), t.report.c.version, s.type, s.mode, s.day,
        func.coalesce(at.c.lat, spot.lat).label("lat"), func.coalesce(at.c.lon, spot.lon).label("lon"),
        func.coalesce(at.c.name, place.c.name, spot.text).label("place"),
        func.coalesce(at.c.kind, place.c.kind).label("kind"),
        incident.id.label("incident"),
        told("killed", False).label("killed"), told("killed", True).label("killed_most"),
        told("injured", False).label("injured"), told("injured", True).label("injured_most"),
    )  # fmt: skip
    query = query.join(t.spot, (spot.statement == s.number) & (spot.rank == 0) & spot.lat.is_not(None))
    query = query.outerjoin(place, place.c.id == spot.place).outerjoin(t.told, t.told.c.statement == s.number)
    query = query.outerjoin(t.incident, incident.number == t.told.c.incident).outerjoin(at, at.c.id == incident.place)
    query = query.where(func.coalesce(at.c.kind, place.c.kind, "").not_in(TOO_WIDE))
    if box is not None:
        query = query.where(spot.lat.between(box.south, box.north), spot.lon.between(box.west, box.east))
    for some in narrow:
        for table, mine in some:
            query = query.where(s.number.in_(select(table.c.statement).where(mine)))
    query = query.order_by(s.day.desc(), t.report.c.id, s.quote_start, s.id).limit(limit + 1)
    rows = connection.execute(query).all()
    titles = _titles(connection, {row.incident for row in rows[:limit] if row.incident})
    return list(_marks(rows[:limit], titles)), len(rows) > limit


def _titles(connection: Connection, incidents: set[str]) -> dict[str, str]:
    from sqlalchemy import select

    from contested.record.tables import incident

    ids, found = sorted(incidents), dict[str, str]()
    what = incident.c.body["what"].as_string()
    for start in range(0, len(ids), 500):
        query = select(incident.c.id, what).where(incident.c.id.in_(ids[start : start + 500]))
        found.update((row[0], row[1]) for row in connection.execute(query))
    return found


def _marks(rows: Sequence[Any], titles: dict[str, str]) -> Iterator[Mark]:
    """The statements of one incident, and those of one report on one act at one place, made one mark."""
    together: dict[tuple[Any, ...], list[Any]] = {}
    for row in rows:
        alone = (row.report, row.type, row.mode, row.day, row.lat, row.lon)
        together.setdefault((row.incident,) if row.incident else alone, []).append(row)
    for told_of in together.values():
        one, reports = told_of[0], len({row.report for row in told_of})
        killed = [(row.killed, row.killed_most) for row in told_of]
        injured = [(row.injured, row.injured_most) for row in told_of]
        deed = HAPPENINGS[one.type] + (f", {one.mode}" if one.mode else "")
        yield Mark(
            one.incident or f"{one.report}@{one.version}#{one.id}", one.incident is None or reports == 1, one.type,
            titles.get(one.incident) or deed, one.day, one.lat, one.lon, one.place, one.kind in WIDE, reports,
            _span(killed), _span(injured), _most(killed) or _most(injured),
        )  # fmt: skip


def _span(told: Sequence[Bounds]) -> Bounds | None:
    known = [(low, high) for low, high in told if low is not None or high is not None]
    if not known:
        return None
    highs = [high for _, high in known if high is not None]
    low = min((low for low, _ in known if low is not None), default=None)
    return low, max(highs) if len(highs) == len(known) else None


def _most(told: Sequence[Bounds]) -> int:
    return max((high or low or 0 for low, high in told), default=0)


def disputes(
    connection: Connection, asked: Filter, as_of: date, teller: str | None = None, *, days: int = RECENT_DAYS,
    box: Box | None = None, limit: int = DISPUTES,
) -> list[dict[str, Any]]:  # fmt: skip
    """The disputes about the last `days` days that have a place, latest first; numbers that were raised are none.

    With `known_by`, those of which both sides had been published by then.
    """
    from sqlalchemy import func, select

    from contested.record import tables as t

    d, place = t.dispute.c, t.place.c
    query = select(
        d.id, d.type, d.start, d.body["sentence"].as_string().label("sentence"), place.lat, place.lon, place.name,
        place.kind,
    ).outerjoin(t.incident, t.incident.c.number == d.incident)  # fmt: skip
    query = query.join(t.place, place.id == func.coalesce(d.place, t.incident.c.place))
    query = query.where(d.update.is_(False), d.start <= as_of, d.start > moved(as_of, -days))
    query = query.where(place.kind.not_in(TOO_WIDE))
    if asked.known_by is not None:
        query = query.where(d.known <= asked.known_by)
    if box is not None:
        query = query.where(place.lat.between(box.south, box.north), place.lon.between(box.west, box.east))
    wanted, narrow = narrowed(connection, asked, teller)
    mine = [select(table.c.statement).where(rows) for some in narrow for table, rows in some]
    if not replace(wanted, known_by=None).empty:
        mine.append(chosen(connection, wanted).with_only_columns(t.statement.c.number))
    for numbers in mine:
        query = query.where(d.number.in_(select(t.disputed.c.dispute).where(t.disputed.c.statement.in_(numbers))))
    found = connection.execute(query.order_by(d.start.desc(), d.id).limit(limit))
    return [
        {
            "id": row.id, "type": row.type, "day": row.start.isoformat(), "sentence": row.sentence, "lat": row.lat,
            "lon": row.lon, "place": row.name, "wide": row.kind in WIDE,
        } for row in found
    ]  # fmt: skip


def accounts_told(connection: Connection, id_: str, known_by: date | None, limit: int = 50) -> list[dict[str, Any]]:
    """The statements of a mark by its id (`Mark.id`), as far as published by then, latest first; [] for an unknown."""
    from contested.record import tables as t
    from contested.record.asking import accounts
    from contested.record.told import told

    query: Select[Any] = chosen(connection, Filter(known_by=known_by))
    report, _, statement = id_.rpartition("#")
    if report:
        query = query.where(t.report.c.id == report.rpartition("@")[0], t.statement.c.id == statement)
    else:
        query = query.join(t.told, t.told.c.statement == t.statement.c.number)
        query = query.join(t.incident, t.incident.c.number == t.told.c.incident).where(t.incident.c.id == id_)
    query = query.order_by(t.statement.c.published.desc(), t.report.c.id, t.statement.c.quote_start).limit(limit)
    return [told(one).to_json() for one in accounts(connection, query)]


def names(connection: Connection, limit: int = NAMES) -> list[dict[str, Any]]:
    """The towns and smaller places that a record tells of, with those first of which most is told."""
    from sqlalchemy import func, select

    from contested.record import tables as t

    latest = select(t.spot.c.place).where(t.spot.c.place.is_not(None)).order_by(t.spot.c.number.desc())
    some = latest.limit(_LOOKED_AT).subquery()
    p = t.place.c
    query = (
        select(p.name, p.lat, p.lon, p.kind, func.count().label("told")).join(some, some.c.place == p.id)
        .where(p.kind.not_in((*TOO_WIDE, *WIDE))).group_by(p.id).order_by(func.count().desc(), p.id).limit(limit)
    )  # fmt: skip
    return [dict(row._mapping) for row in connection.execute(query)]


def hues(connection: Connection) -> list[str]:
    """The parties of which most is told as holders of ground, by `told.party_key`: a colour each, on all days."""
    from sqlalchemy import func, select

    from contested.record import tables as t

    p = t.party.c
    mine: ColumnElement[bool] = p.role == "actor"
    latest = select(p.party, p.text).where(p.sort == "control", mine).order_by(p.number.desc()).limit(_LOOKED_AT)
    some = latest.subquery()
    text = func.min(some.c.text)
    query = select(func.min(some.c.party), text).group_by(func.coalesce(some.c.party, some.c.text))
    return [
        id_ or f"words:{fold(words)}"
        for id_, words in connection.execute(query.order_by(func.count().desc(), text).limit(HUES))
    ]


def published(connection: Connection) -> tuple[date | None, date | None]:
    """The first and the last day on which a report was published."""
    from sqlalchemy import func, select

    from contested.record.tables import report

    first = connection.scalar(select(func.min(report.c.published)))
    return first, connection.scalar(select(func.max(report.c.published)))
