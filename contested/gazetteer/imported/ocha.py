"""OCHA's lists of p-codes as JSON: governorates, districts, sub-districts, communities and neighbourhoods.

An array of objects: `id` (the p-code), `type`, `names` by language, `coordinates` {`lat`, `lon`}, `parentId`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from contested.errors import InputError
from contested.gazetteer.built.shape import middle, reach_km
from contested.gazetteer.entry import Entry, how_of
from contested.gazetteer.gazetteer import Gazetteer
from contested.gazetteer.imported.geonames import point
from contested.gazetteer.imported.match import known
from contested.gazetteer.place import Place

NOTE = "OCHA common operational dataset; licence as its publisher says"
#: `type` → kind and the radius in km of one without places in it.
_KINDS = {
    "country": ("country", 200.0), "governorate": ("province", 40.0), "province": ("province", 40.0),
    "state": ("province", 40.0), "region": ("province", 40.0), "district": ("district", 20.0),
    "subdistrict": ("subdistrict", 10.0), "community": ("village", 1.0), "neighbourhood": ("area", 0.8),
    "neighborhood": ("area", 0.8),
}  # fmt: skip
#: What the lists write behind the name of a neighbourhood.
_NEIGHBOURHOOD = re.compile(r"\s*\(ne\)\s*$", re.IGNORECASE)
#: What stands behind a name to tell it from others: "Tanuzah (Tell Abiad)", "Bayada - Aleppo".
_BEHIND = re.compile(r"\s*(?:\([^)]*\)|\s[-–]\s.*)\s*$")
_HAYY = re.compile(r"^حي\s+")  # "neighbourhood" before a name


def is_one(document: Any) -> bool:
    """Whether a JSON document looks like such a list."""
    first = document[0] if isinstance(document, list) and document else None
    return isinstance(first, dict) and {"id", "type", "names", "coordinates"} <= set(first)


def places(path: Path, document: list[Any], gazetteer: Gazetteer) -> Iterator[Entry]:
    """The places of a list. One that is in the gazetteer already names it: its p-code and GeoNames' number are kept."""
    rows = {row["id"]: row for row in _checked(path, document)}
    points = {id: _point(path, row) for id, row in rows.items()}
    inside = _inside(path, rows)
    made: dict[str, tuple[Place, Place | None, tuple[str, ...]]] = {}
    for id, row in rows.items():
        kind, radius = _kind(path, row)
        lat, lon = points[id]
        below = [(*points[other], 1.0) for other in inside.get(id, ()) if _kind(path, rows[other])[0] == "village"]
        if len(below) > 2:
            radius = max(radius / 4, reach_km(*middle(below), below))
        names = _names(row["names"])
        country = str(id)[:2] if re.match(r"[A-Z]{2}\d", str(id)) else _country(path, rows, id)
        parent = f"ocha:{row['parentId']}" if row.get("parentId") else f"iso:{country}"
        place = Place(f"ocha:{id}", names[0], lat, lon, kind, country, None, (parent,), 0, radius)
        made[id] = place, known(gazetteer, place, names), names
    towns = _largest(made, rows)
    taken: set[str] = set()
    for id, (place, same, names) in made.items():
        town = towns.get(str(rows[id].get("parentId")))
        if place.kind == "area" and town is not None:
            place = replace(place, within=(f"ocha:{town}",))
        one = same.id if same and same.id not in taken else None
        taken.update({one} if one else ())
        given = tuple((name, how) for name in names[1:] if (how := how_of(name)) is not None)
        yield Entry(place, given, one)


def _checked(path: Path, document: list[Any]) -> Iterator[Mapping[str, Any]]:
    seen: set[str] = set()
    for n, row in enumerate(document, 1):
        if not isinstance(row, dict) or not isinstance(row.get("id"), str) or not isinstance(row.get("names"), dict):
            raise InputError(str(path), f"entry {n}: is no place with id, type, names and coordinates")
        if row["id"] in seen:
            raise InputError(str(path), f"entry {n}: {row['id']} stands twice")
        if not any(isinstance(name, str) and name.strip() for name in row["names"].values()):
            raise InputError(str(path), f"entry {n}: {row['id']} has no name")
        seen.add(row["id"])
        yield row


def _point(path: Path, row: Mapping[str, Any]) -> tuple[float, float]:
    at = row.get("coordinates")
    at = at if isinstance(at, dict) else {}
    return point(path, None, at.get("lat"), at.get("lon"), f"{row['id']}: ")


def _kind(path: Path, row: Mapping[str, Any]) -> tuple[str, float]:
    if any(isinstance(name, str) and _NEIGHBOURHOOD.search(name) for name in row["names"].values()):
        return _KINDS["neighbourhood"]
    try:
        return _KINDS[str(row.get("type")).lower().replace("-", "").replace(" ", "")]
    except KeyError:
        raise InputError(str(path), f"{row['id']}: type {row.get('type')!r} is none of {', '.join(_KINDS)}") from None


def _inside(path: Path, rows: Mapping[str, Mapping[str, Any]]) -> dict[str, list[str]]:
    """What each place holds, at any depth. Raises `InputError` where a parent is not there or holds itself."""
    found: dict[str, list[str]] = defaultdict(list)
    for id, row in rows.items():
        above, seen = row.get("parentId"), {id}
        while above:
            if above in seen or above not in rows:
                why = "holds itself" if above in seen else "is not in the list"
                raise InputError(str(path), f"{id}: parentId {above!r} {why}")
            seen.add(above)
            found[above].append(id)
            above = rows[above].get("parentId")
    return found


def _country(path: Path, rows: Mapping[str, Mapping[str, Any]], id: str) -> str:
    """The country a place is in: the letters that the code of the widest division around it begins with."""
    top = id
    while rows[top].get("parentId"):
        top = rows[top]["parentId"]
    if not re.match(r"[A-Z]{2}", top):
        raise InputError(str(path), f"{id}: its widest division {top} does not begin with the code of a country")
    return top[:2]


def _names(names: Mapping[str, Any]) -> tuple[str, ...]:
    """Names of a place, the English first, each without what tells it from others, and as it is given."""
    given = [names.get("en"), *(name for language, name in names.items() if language != "en")]
    found: dict[str, None] = {}
    for name in given:
        if isinstance(name, str) and name.strip():
            whole = _NEIGHBOURHOOD.sub("", name).strip()
            short = _HAYY.sub("", _BEHIND.sub("", whole)) or whole
            found |= {short: None, _BEHIND.sub("", whole) or whole: None}
            found[whole] = None
    return tuple(name for name in found if name)


def _largest(
    made: Mapping[str, tuple[Place, Place | None, tuple[str, ...]]], rows: Mapping[str, Mapping[str, Any]]
) -> dict[str, str]:
    """Sub-district → its largest settlement that is known, which its neighbourhoods are part of."""
    best: dict[str, tuple[int, str]] = {}
    for id, (place, same, _) in made.items():
        above = rows[id].get("parentId")
        if above and same and place.kind == "village":
            best[above] = max(best.get(above, (0, "")), (same.population, id))
    return {above: id for above, (people, id) in best.items() if people}
