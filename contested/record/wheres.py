"""The places of a record: of which it tells how much, what lies in them, and who is told to have held them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from math import asin, atan2, cos, degrees, radians, sin, sqrt
from typing import TYPE_CHECKING, Any

from contested.record.account import Account
from contested.record.asking import Filter, chosen, fallen, place_ids, standing
from contested.record.told import iso
from contested.record.whos import latest, stands

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, Select

#: Words of places that no gazetteer has are listed in this number, those told of most.
UNPLACED = 50
#: Places near another are looked for as far as this (km), and at most so many are told.
NEAR, NEAREST = 60.0, 6
#: Places nearer than this to each other are told as one spot (km).
HERE = 1.0
#: Places wider than these are near nothing.
WIDE = ("country", "continent", "region", "province", "water")
_EARTH = 6371.0
_WINDS = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west")


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place and how much is told of it by name: `told` statements, `incidents`, and the days they count by."""

    id: str
    name: str
    kind: str
    country: str | None
    lat: float
    lon: float
    radius_km: float
    told: int
    incidents: int
    first: date | None
    last: date | None

    def to_json(self) -> dict[str, Any]:
        return {
            "place": self.id, "name": self.name, "kind": self.kind, "country": self.country, "lat": self.lat,
            "lon": self.lon, "radius_km": self.radius_km, "told": self.told, "incidents": self.incidents,
            "first": iso(self.first), "last": iso(self.last),
        }  # fmt: skip


def places(connection: Connection, words: str | None = None) -> list[PlaceRow]:
    """The places that statements name, those that are told of most first; with `words` those that are so called."""
    from sqlalchemy import desc, select

    from contested.record import tables as t

    p = t.place.c
    query = _counted(select(t.place, *_told()))
    if words:
        so_called = t.called.c.name.contains(words.casefold(), autoescape=True)
        query = query.where(p.id.in_(select(t.called.c.place).where(so_called)))
    return _rows(connection, query.order_by(desc("told"), p.name, p.id))


def place(connection: Connection, id_: str) -> PlaceRow | None:
    """One place by its id; None where the record has none of this id."""
    from sqlalchemy import select

    from contested.record import tables as t

    p = t.place.c
    found = _rows(connection, _counted(select(t.place, *_told()), few=True).where(p.id == id_))
    if found:
        return found[0]
    bare = connection.execute(select(t.place).where(p.id == id_)).first()
    return PlaceRow(bare.id, bare.name, bare.kind, bare.country, bare.lat, bare.lon, bare.radius_km, 0, 0, None, None) \
        if bare else None  # fmt: skip


def called(connection: Connection, words: str) -> list[str]:
    """The ids of the places that words mean: an id, or a name. Raises `RecordError` for none."""
    return place_ids(connection, words)


def unplaced(connection: Connection, words: str | None = None) -> list[dict[str, Any]]:
    """Words for the place of a statement that no gazetteer has, those told of most first: `name`, `told`."""
    from sqlalchemy import func, literal_column, select

    from contested.record import tables as t

    s = t.spot.c
    nowhere: ColumnElement[bool] = literal_column("NOT (spot.place IS NOT NULL)")  # as an index has it
    query = select(s.text, func.count()).where(nowhere, s.rank == 0, s.statement.not_in(fallen()))
    if words:
        query = query.where(func.lower(s.text).contains(words.lower(), autoescape=True))
    rows = connection.execute(query.group_by(s.text).order_by(func.count().desc(), s.text).limit(UNPLACED))
    return [{"name": text, "told": told} for text, told in rows]


def holders(connection: Connection, id_: str) -> list[dict[str, Any]]:
    """What a place lies in, nearest first: `place` (an id) and its `name`, null where the record does not have it."""
    from sqlalchemy import select

    from contested.record import tables as t
    from contested.register.countries import countries

    i = t.inside.c
    query = select(i.holder, t.place.c.name).outerjoin(t.place, t.place.c.id == i.holder)
    rows = connection.execute(query.where(i.place == id_, i.depth > 0).order_by(i.depth, i.holder)).all()
    known = countries()
    return [
        {
            "place": holder,
            "name": name or (known[iso2].name if (iso2 := holder.removeprefix("iso:")) in known else None),
        }
        for holder, name in rows
    ]


def within(connection: Connection, id_: str, limit: int = 60) -> list[PlaceRow]:
    """The places of the record that lie in a place, those that are told of most first."""
    from sqlalchemy import desc, select

    from contested.record import tables as t

    p, i = t.place.c, t.inside.c
    inner = select(i.place).where(i.holder == id_, i.depth > 0)
    query = _counted(select(t.place, *_told())).where(p.id.in_(inner)).order_by(desc("told"), p.name, p.id)
    return _rows(connection, query.limit(limit))


def near(connection: Connection, about: PlaceRow) -> list[dict[str, Any]]:
    """The places of the record nearest to one, with `km` and `wind`: "4 km north-east of Orla" is one of Orla's."""
    from sqlalchemy import select

    from contested.record import tables as t

    p, high = t.place.c, NEAR / 111.0
    wide = high / max(cos(radians(about.lat)), 0.1)
    query = select(p.id, p.name, p.kind, p.lat, p.lon).where(
        p.lat.between(about.lat - high, about.lat + high), p.lon.between(about.lon - wide, about.lon + wide),
        p.id != about.id, p.kind.not_in(WIDE),
    )  # fmt: skip
    found = []
    for row in connection.execute(query.limit(5000)):
        km, bearing = way((row.lat, row.lon), (about.lat, about.lon))
        if HERE <= km <= NEAR:
            wind = _WINDS[round(bearing / 45) % 8]
            found.append({"place": row.id, "name": row.name, "kind": row.kind, "km": round(km), "wind": wind})
    return sorted(found, key=lambda one: (one["km"], one["name"], one["place"]))[:NEAREST]


def way(start: tuple[float, float], end: tuple[float, float]) -> tuple[float, float]:
    """Great-circle distance (km) and first bearing (degrees from north) between two points in degrees."""
    (lat, lon), (lat2, lon2) = (tuple(map(radians, point)) for point in (start, end))
    a = sin((lat2 - lat) / 2) ** 2 + cos(lat) * cos(lat2) * sin((lon2 - lon) / 2) ** 2
    east = sin(lon2 - lon) * cos(lat2)
    north = cos(lat) * sin(lat2) - sin(lat) * cos(lat2) * cos(lon2 - lon)
    return 2 * _EARTH * asin(min(1.0, sqrt(a))), degrees(atan2(east, north)) % 360


def held(connection: Connection, id_: str, asked: Filter, limit: int) -> list[Account]:
    """What is told of who took, held, lost or besieged the place itself, and who left it: the latest first."""
    from sqlalchemy import and_, or_, select

    from contested.record import tables as t

    s = t.statement.c
    there = select(t.spot.c.statement).where(t.spot.c.place == id_, t.spot.c.rank == 0)
    told = or_(s.kind == "control", and_(s.type == "RETREAT", s.mode == "withdraw"))
    return latest(connection, chosen(connection, asked).where(told, s.number.in_(there)), limit)


def numbers_in(connection: Connection, id_: str) -> Select[Any]:
    """The numbers of the statements about a place, or about what lies in it."""
    from sqlalchemy import select

    from contested.record import tables as t

    there = select(t.inside.c.place).where(t.inside.c.holder == id_)
    return select(t.spot.c.statement).where(t.spot.c.place.in_(there))


def kinds_in(connection: Connection, id_: str, asked: Filter) -> list[dict[str, Any]]:
    """How many statements of each kind are about a place or what lies in it: `kind`, `told`; the most first."""
    from sqlalchemy import func

    from contested.record.tables import statement

    s = statement.c
    query = standing(connection, replace(asked, place=id_))
    rows = connection.execute(query.with_only_columns(s.kind, func.count()).group_by(s.kind))
    return sorted(({"kind": kind, "told": told} for kind, told in rows), key=lambda one: (-one["told"], one["kind"]))


def _told() -> tuple[Any, ...]:
    from sqlalchemy import func, select

    from contested.record import tables as t

    happened = select(func.count()).where(t.incident.c.place == t.place.c.id).scalar_subquery()
    day = t.spot.c.day
    return (
        func.count(t.spot.c.statement.distinct()).label("told"),
        func.min(day).label("first"),
        func.max(day).label("last"),
        happened.label("happened"),
    )


def _counted(query: Select[Any], *, few: bool = False) -> Select[Any]:
    from contested.record import tables as t

    number = t.spot.c.statement
    on = query.join(t.spot, t.spot.c.place == t.place.c.id)
    return on.where(stands(number) if few else number.not_in(fallen())).group_by(t.place.c.id)


def _rows(connection: Connection, query: Select[Any]) -> list[PlaceRow]:
    return [
        PlaceRow(row.id, row.name, row.kind, row.country, row.lat, row.lon, row.radius_km, row.told, row.happened,
                 row.first, row.last)
        for row in connection.execute(query)
    ]  # fmt: skip
