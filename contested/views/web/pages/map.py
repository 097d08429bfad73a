"""The map: `/map.json` (ground, happenings and disputes of a day as GeoJSON), what a mark rests on, names of places.

The same marks, drawn by the server without a map under them (`drawing`), are what a browser without script or WebGL
shows.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from statistics import median
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Query
from fastapi.responses import Response

from contested.record.asking import Filter
from contested.record.ground import Ground, Holder
from contested.record.mapping import (
    MOST,
    TOO_WIDE,
    WIDE,
    Box,
    Mark,
    accounts_told,
    disputes,
    happenings,
    hues,
    names,
)
from contested.record.situation import RECENT_DAYS
from contested.record.telling import as_told
from contested.record.told import party_key
from contested.views.web.asked import WORDS, Day, Opened, Words

router = APIRouter()

#: Ground of a map is made from twice so many statements.
GROUND = 200
#: Days that can be asked for: sums of days stay within the calendar.
FIRST, LAST = date(1700, 1, 1), date(2200, 1, 1)
#: A drawing's width and its height at most, and the room round its marks, in units of its own.
WIDTH, HEIGHT, ROOM = 1000.0, 620.0, 60.0
#: A mark so many times as far from the middle as most are, and so far at least (degrees), is left out: the name of
#: some place was taken for another's.
FAR, NEAR = 6, 2.0

Days = Annotated[int, Query(ge=1, le=36500, description="Happenings of so many days.")]


class Clock:
    """The question that a situation and its map share. 422 for days out of the calendar."""

    def __init__(
        self, as_of: Day = None, known_by: Day = None, place: Words = None, party: Words = None, source: Words = None,
        days: Days = RECENT_DAYS,
    ) -> None:  # fmt: skip
        for day in (as_of, known_by):
            if day is not None and not FIRST <= day <= LAST:
                raise HTTPException(422, f"a day is from {FIRST} to {LAST}")
        self.as_of, self.known_by, self.source, self.days = as_of, known_by, source or None, days
        self.filter = Filter(place=place or None, party=party or None, known_by=known_by)

    @property
    def given(self) -> dict[str, Any]:
        """What was asked, by the names of the query string."""
        days = self.days if self.days != RECENT_DAYS else None
        every = {
            "as_of": self.as_of and self.as_of.isoformat(), "known_by": self.known_by and self.known_by.isoformat(),
            "place": self.filter.place, "party": self.filter.party, "source": self.source, "days": days,
        }  # fmt: skip
        return {key: value for key, value in every.items() if value is not None}


Asked = Annotated[Clock, Depends()]


@router.get("/map.json", tags=["record"], response_class=Response)
def map_(
    record: Opened, asked: Asked, bbox: Annotated[str | None, Query(max_length=100)] = None,
    limit: Annotated[int, Query(ge=1, le=MOST)] = MOST,
) -> Response:  # fmt: skip
    """Ground, happenings and disputes as GeoJSON; `bbox` is west,south,east,north in degrees, `limit` of statements."""
    box = _box(bbox)

    def made(connection: Any) -> dict[str, Any]:
        found = as_told(connection, asked.filter, asked.as_of, asked.source, GROUND, "ground")
        marks: list[Mark] = []
        at_odds: list[dict[str, Any]] = []
        more = False
        if found.as_of is not None:
            about = (connection, asked.filter, found.as_of, asked.source)
            marks, more = happenings(*about, days=asked.days, box=box, limit=limit)
            at_odds = disputes(*about, days=asked.days, box=box)
        known = parties(found.ground, hues(connection))
        cut = [*found.cut, *(["happenings"] if more else [])]
        ground = [one for one in on_map(found.ground) if box is None or _within(one, box)]
        return {
            "as_of": found.as_of and found.as_of.isoformat(),
            "known_by": asked.known_by and asked.known_by.isoformat(), "asked": asked.given, "cut": cut,
            "parties": list(known.values()),
            "ground": _collection({**one.to_json(), **look(one, known)} for one in ground),
            "happenings": _collection(mark.to_json() for mark in marks), "disputes": _collection(at_odds),
        }  # fmt: skip

    return _json(record.ask(made))


@router.get("/map/told.json", tags=["record"])
def told(record: Opened, id: Annotated[str, Query(max_length=WORDS)], known_by: Day = None) -> dict[str, Any]:
    """The statements of a happening on the map, by its id, latest first; at most 50. 404 for an unknown one."""
    found = record.ask(accounts_told, id, known_by)
    if not found:
        raise HTTPException(404, "nothing on the map has this id")
    return {"id": id, "accounts": found}


@router.get("/map/names.json", tags=["record"])
def names_(record: Opened) -> dict[str, Any]:
    """Names of places for the map, those first of which most is told."""
    return {"names": record.ask(names)}


def on_map(ground: Iterable[Ground]) -> list[Ground]:
    """The ground that can be shown at a point, of which somebody tells who holds or besieges it."""
    return [
        one for one in ground
        if one.place.lat is not None and one.place.lon is not None and one.place.kind not in TOO_WIDE
        and (one.holders or one.besiegers)
    ]  # fmt: skip


def look(one: Ground, known: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """How a map draws a ground: `ring` lists [hue, from, to, told] of each holder, parts of a turn; the hue is null for
    parties without one, and a share that nobody tells has an equal part of what is left. `letters` stand inside."""
    holders = one.holders[:4]
    shares = [holder.share for holder in holders]
    left = max(0.0, 1 - sum(share or 0 for share in shares))
    untold = shares.count(None)
    sizes = [share if share is not None else (left or 0.5) / untold for share in shares]
    whole = max(1.0, sum(sizes))
    ring, at = [], 0.0
    for holder, size in zip(holders, sizes, strict=True):
        hue = known[party_key(holder.party)]["hue"]
        ring.append([hue, round(at / whole, 3), round((at + size) / whole, 3), holder.share is not None])
        at += size
    letters = [str(known[party_key(holder.party)]["letter"]) for holder in holders[:3]]
    return {
        "ring": ring, "letters": "·".join(letters), "besieged": bool(one.besiegers), "wide": one.place.kind in WIDE,
        "who": [_who(holder, known) for holder in one.holders], "by": [_who(one_, known) for one_ in one.besiegers],
    }  # fmt: skip


def _who(holder: Holder, known: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Any]:
    return known[party_key(holder.party)]


def parties(ground: Sequence[Ground], ranked: Sequence[str]) -> dict[str, dict[str, Any]]:
    """The parties that hold or besiege ground, by key: name, letter (no two alike), and hue: a number, null for all but
    those that the whole record tells most of."""
    found: dict[str, dict[str, Any]] = {}
    for one in ground:
        for holder in (*one.holders, *one.besiegers, *one.former, *one.lifted):
            key = party_key(holder.party)
            found.setdefault(key, {
                "key": key, "name": holder.party.called, "party": holder.party.id,
                "hue": ranked.index(key) if key in ranked else None,
            })  # fmt: skip
    order = sorted(found.values(), key=lambda p: (len(ranked) if p["hue"] is None else p["hue"], p["name"], p["key"]))
    taken: set[str] = set()
    for party in order:
        party["letter"] = _letter(party["name"], taken)
        taken.add(party["letter"])
    return {party["key"]: party for party in order}


def _letter(name: str, taken: set[str]) -> str:
    """A letter, or two, that tells a party from the others: of its words, then one more."""
    words = [w for w in re.findall(r"\w+", name) if w.lower() not in ("the", "of", "and", "al", "in", "for")] or [name]
    heads = [word[0].upper() for word in words]
    pairs = [words[0][0].upper() + letter.lower() for word in words for letter in word]
    return next((one for one in (*heads, *pairs) if one not in taken), f"{heads[0]}{len(taken)}")


def drawing(
    ground: Sequence[Ground], marks: Sequence[Mark], at_odds: Sequence[Mapping[str, Any]],
    known: Mapping[str, Mapping[str, Any]],
) -> dict[str, Any] | None:  # fmt: skip
    """The marks on a plane: what the template draws. None where nothing has a place."""
    shown = on_map(ground)
    spots = [(one.place.lon or 0.0, one.place.lat or 0.0) for one in shown]
    view = extent(spots or [(mark.lon, mark.lat) for mark in marks] or [(d["lon"], d["lat"]) for d in at_odds])
    if view is None:
        return None
    flat = math.cos(math.radians((view.south + view.north) / 2)) or 1.0
    scale = min((WIDTH - 2 * ROOM) / ((view.east - view.west) * flat), (HEIGHT - 2 * ROOM) / (view.north - view.south))
    width, height = WIDTH, round((view.north - view.south) * scale + 2 * ROOM)
    aside = (WIDTH - (view.east - view.west) * flat * scale) / 2

    def put(lon: float, lat: float) -> dict[str, float]:
        return {
            "x": round((lon - view.west) * flat * scale + aside, 1),
            "y": round((view.north - lat) * scale + ROOM, 1),
        }

    def inside(spot: Mapping[str, Any]) -> bool:
        return bool(0 <= spot["x"] <= width and 0 <= spot["y"] <= height)

    drawn = [{**put(o.place.lon or 0, o.place.lat or 0), "name": o.place.called, "key": o.key,
              "contested": o.contested, **look(o, known)} for o in shown]  # fmt: skip
    struck = [{**put(m.lon, m.lat), "r": radius(m.harm), "title": f"{m.what}, {m.day}"} for m in marks]
    disputed = [{**put(d["lon"], d["lat"]), "title": d["sentence"]} for d in at_odds]
    return {
        "width": width, "height": height, "ground": list(filter(inside, drawn)),
        "marks": list(filter(inside, struck)), "disputes": list(filter(inside, disputed)),
    }  # fmt: skip


def extent(spots: Sequence[tuple[float, float]]) -> Box | None:
    """The box round most of the spots (lon, lat), never of no size: what lies far from their middle is left out."""
    if not spots:
        return None
    (west, east), (south, north) = (_ends(values) for values in zip(*spots, strict=True))
    return Box(west, south, east, north)


def _ends(values: Sequence[float]) -> tuple[float, float]:
    middle = median(values)
    far = max(NEAR, FAR * median(abs(value - middle) for value in values))
    kept = [value for value in values if abs(value - middle) <= far]
    room = max(0.5 - (max(kept) - min(kept)), 0.0) / 2
    return min(kept) - room, max(kept) + room


def radius(harm: int) -> float:
    """How large a happening is drawn: its area grows with the harm, up to a few hundred people."""
    return round(3 + min(22.0, 1.4 * math.sqrt(harm)), 1)


def _box(given: str | None) -> Box | None:
    if not given:
        return None
    try:
        west, south, east, north = (float(part) for part in given.split(","))
    except ValueError:
        raise HTTPException(422, "bbox is west,south,east,north in degrees") from None
    box = Box(west, south, east, north)
    if not (all(map(math.isfinite, box)) and west <= east and south <= north):
        raise HTTPException(422, "bbox is west,south,east,north in degrees, west and south first")
    return box


def _within(one: Ground, box: Box) -> bool:
    lat, lon = one.place.lat or 0.0, one.place.lon or 0.0
    return box.south <= lat <= box.north and box.west <= lon <= box.east


def _collection(found: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Things with `lat` and `lon` as GeoJSON points."""
    return {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "geometry": {"type": "Point", "coordinates": [one["lon"], one["lat"]]},
             "properties": {key: value for key, value in one.items() if key not in ("lat", "lon")}}
            for one in found
        ],
    }  # fmt: skip


def _json(found: Any) -> Response:
    """FastAPI would go through 20,000 marks once more to find out how to write them."""
    return Response(json.dumps(found, ensure_ascii=False, separators=(",", ":")), media_type="application/json")
