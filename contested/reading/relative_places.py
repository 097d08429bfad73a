"""Places told by where they lie from others: "45 km south of Orla", "northeast Orla", "the Jordanian-Syrian border".

The words are data (`lexicon/en/place_relations.yaml`): slots of words, and patterns put together from them.
What is reckoned is a point and a radius that says how vague the words are; the relation itself is kept.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import asin, atan2, cos, degrees, radians, sin
from typing import Any

from contested.gazetteer import Place, distance_km
from contested.gazetteer.place import EARTH_KM
from contested.lexicon import load
from contested.reading.located import Located

BEARINGS = {"N": 0.0, "NE": 45.0, "E": 90.0, "SE": 135.0, "S": 180.0, "SW": 225.0, "W": 270.0, "NW": 315.0}
#: How vague "45 km south" is: a share of the distance for the number, an angle of 22.5 degrees for the direction.
VAGUE = 0.4
#: "East of Orla" without a distance reaches about so far beyond it, in km.
BEYOND = 10.0
#: "Northern Orla" lies halfway from the middle to the edge.
PART = 0.5
#: A mention of more characters tells no relation, and takes long to look through.
LONGEST = 300
_FINER = {"country": "province", "province": "district", "district": "area"}


@dataclass(frozen=True, slots=True)
class Told:
    """A relation as the words tell it. `spans` are the characters that hold the places it is told by.

    `form` is `offset`, `part`, `beyond`, `near`, `between`, `border` or `along`; `part` names a part that is no
    direction (`outskirts`), `reach_km` says how far beyond the place it goes; `descriptive` that the direction may
    just describe where the place lies ("southern Karak province"); `rule` is the lexicon entry.
    """

    form: str
    spans: tuple[tuple[int, int], ...]
    direction: str | None = None
    distance_km: float | None = None
    part: str | None = None
    reach_km: float = 0.0
    descriptive: bool = False
    rule: str = ""


@cache
def slots() -> dict[str, dict[str, Any]]:
    """Slot → word (lower case) → what it means."""
    found: dict[str, dict[str, Any]] = {}
    for entry in load("place_relations"):
        if entry.words:
            words = found.setdefault(entry.value["slot"], {})
            words |= {word.lower(): entry.value.get("is", word) for word in entry.words}
    return found


def alternatives(slot: str) -> str:
    """A regular expression for the words of a slot, longest first."""
    words = sorted(slots()[slot], key=len, reverse=True)
    ends = (r"(?!\w)" if word[-1].isalnum() else "" for word in words)
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") + end for word, end in zip(words, ends, strict=True))


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str], dict[str, Any]], ...]:
    named = {name: f"(?P<{name}>{alternatives(name)})" for name in
             ("direction", "number", "unit", "edge", "near", "part", "middle")}  # fmt: skip
    named |= {name: f"(?:{alternatives(name)})" for name in ("about", "kind")}
    named |= {"also": f"(?:{alternatives('direction')})", "x": "(?P<x>.+?)", "y": "(?P<y>.+?)"}
    out = []
    for entry in load("place_relations"):
        if entry.pattern:
            written = re.sub(r"\{(\w+)\}", lambda m: named.get(m[1], m[0]), entry.pattern.replace(" ", r"\s+"))
            out.append((entry.id, re.compile(rf"(?<!\w)(?:{written})\W*\Z", re.IGNORECASE), dict(entry.value)))
    return tuple(out)


def tell(raw: str, start: int, end: int) -> Told | None:
    """The relation that `raw[start:end]` tells, or None."""
    if end - start > LONGEST:
        return None
    words = raw[start:end]
    for rule, pattern, value in _patterns():
        match = pattern.search(words)
        if match is None:
            continue
        group = match.groupdict()
        spans = tuple((start + match.start(n), start + match.end(n)) for n in ("x", "y") if group.get(n))
        low = {name: " ".join((text or "").lower().split()) for name, text in group.items()}
        if rule == "relation.part" and _kind_first().match(group["x"] or ""):
            return None  # "the northern province of Orla" is all of it
        direction = slots()["direction"].get(low.get("direction", ""))
        form = str(value["relation"])
        if low.get("middle"):
            direction = "C"
        if form == "part" and value.get("beyond"):
            form = "beyond"
        part = low.get("edge") or None
        reach = slots()["edge"].get(part, 0) if part else slots()["near"].get(low.get("near", ""), 0)
        distance = _km(low) if form == "offset" else None
        if form == "offset" and distance is None:
            continue
        return Told(form, spans, direction, distance, part, float(reach), rule == "relation.part", rule)
    return None


@cache
def _kind_first() -> re.Pattern[str]:
    return re.compile(rf"(?:[A-Z]\w+\s+)?(?i:{alternatives('kind')})\s+of\b")


def _km(low: dict[str, str]) -> float | None:
    """The distance in km that a number and a unit tell."""
    unit = float(slots()["unit"][low["unit"]])
    if low.get("number"):
        return float(slots()["number"][low["number"]]) * unit
    number = low["n"].rstrip(".,")
    number = number.replace(",", "") if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", number) else number.replace(",", ".")
    try:
        return float(number) * unit
    except ValueError:
        return None


def moved(lat: float, lon: float, bearing: float, km: float) -> tuple[float, float]:
    """The point `km` away in the direction `bearing` (degrees, clockwise from north), along a great circle."""
    a, far, turn = radians(lat), km / EARTH_KM, radians(bearing)
    b = asin(sin(a) * cos(far) + cos(a) * sin(far) * cos(turn))
    c = radians(lon) + atan2(sin(turn) * sin(far) * cos(a), cos(far) - sin(a) * sin(b))
    return degrees(b), (degrees(c) + 540) % 360 - 180


def bearing(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """The bearing (degrees, clockwise from north) in which the second point lies from the first."""
    a, b, d = radians(lat1), radians(lat2), radians(lon2 - lon1)
    return degrees(atan2(sin(d) * cos(b), cos(a) * sin(b) - sin(a) * cos(b) * cos(d))) % 360


def describes(direction: str | None, place: Place, country: Place | None) -> bool:
    """Whether a direction just tells where a place lies in its country: "southern Karak", in the south of Jordan."""
    if direction not in BEARINGS or country is None or place.kind == "country":
        return False
    seen = bearing(country.lat, country.lon, place.lat, place.lon)
    return abs((seen - BEARINGS[direction] + 180) % 360 - 180) <= 67.5


def reckon(told: Told, known: Sequence[Located]) -> Located | None:
    """Where `told` points, from the places it is told by (in the order of its spans); None where that says nothing."""
    places = [one.place for one in known if one.place is not None]
    if not places or (told.form in ("between",) and len(places) < 2):
        return None
    sure = min(one.sure for one in known if one.place is not None)
    if told.form == "between" or (told.form == "border" and len(places) > 1):
        return _amid(told.form, places[0], places[1], sure)
    one, first = next(one for one in known if one.place is not None), places[0]
    if told.form == "border":
        return _there(first, "country", first.radius_km, sure, {"border": [first.id]})
    if told.form == "along":
        return _there(first, "area", first.radius_km, sure, {"along": first.id})
    if told.form == "near":
        return _there(first, _finer(one, 0), first.radius_km + told.reach_km, sure, {"near": first.id})
    if told.form == "offset":
        return _offset(told, first, sure)
    return _part(told, one, first, sure)


def _there(place: Place, precision: str, radius: float, sure: float, relation: dict[str, Any]) -> Located:
    return Located(place, place.lat, place.lon, precision, radius, sure, "relative", relation)


def _offset(told: Told, place: Place, sure: float) -> Located:
    km = told.distance_km or 0.0
    whole = {"direction": told.direction, "distance_km": round(km, 1), "of": place.id}
    relation = {name: value for name, value in whole.items() if value is not None}
    if told.direction in BEARINGS:
        lat, lon = moved(place.lat, place.lon, BEARINGS[told.direction], km)
        radius = max(1.0, km * VAGUE, 0.5 * place.radius_km)
    else:
        lat, lon, radius = place.lat, place.lon, km * 1.1 + 0.5 * place.radius_km
    return Located(place, lat, lon, "area", radius, sure, "relative", relation)


def _part(told: Told, one: Located, place: Place, sure: float) -> Located:
    lat, lon, size = place.lat, place.lon, place.radius_km + told.reach_km
    facing = told.direction in BEARINGS
    if told.form == "beyond":
        km = place.radius_km + BEYOND if told.direction in BEARINGS else 0.0
        radius = km
    else:
        km, radius = PART * size, size * (0.75 if facing or told.direction == "C" else 1.0)
    if facing:
        lat, lon = moved(lat, lon, BEARINGS[str(told.direction)], km)
    relation: dict[str, Any] = {"part": told.part or told.direction, "of": place.id}
    if told.form == "beyond":
        relation = {"direction": told.direction, "of": place.id}
    elif told.part and told.direction:
        relation["direction"] = told.direction
    return Located(place, lat, lon, _finer(one, 1), radius, sure, "relative", relation)


def _amid(form: str, a: Place, b: Place, sure: float) -> Located:
    """Between two places; for a border, where two circles as large as the countries would touch."""
    apart = distance_km(a.lat, a.lon, b.lat, b.lon)
    share = a.radius_km / (a.radius_km + b.radius_km) if form == "border" else 0.5
    lat, lon = moved(a.lat, a.lon, bearing(a.lat, a.lon, b.lat, b.lon), share * apart)
    radius = min(a.radius_km, b.radius_km) if form == "border" else max(1.0, apart / 2)
    precision = "province" if form == "border" else "area"
    return Located(None, lat, lon, precision, radius, sure, "relative", {form: [a.id, b.id]})


def _finer(one: Located, steps: int) -> str:
    """The precision of something in or by a place."""
    precision = one.precision or "area"
    for _ in range(steps):
        precision = _FINER.get(precision, "area")
    return "area" if precision == "exact" else precision
