"""GeoJSON: points, lines, areas, with names in the properties that Natural Earth, OCHA, geoBoundaries, GADM use."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Mapping
from math import cos, isfinite, radians
from pathlib import Path
from typing import Any

from contested.errors import InputError
from contested.gazetteer.built.everything import settlement_kind
from contested.gazetteer.built.shape import circle_km, settlement_km
from contested.gazetteer.entry import Entry, how_of
from contested.gazetteer.gazetteer import Gazetteer
from contested.gazetteer.imported.geonames import point
from contested.gazetteer.imported.match import known
from contested.gazetteer.place import Place
from contested.spelling import fold

NOTE = "licence as its publisher says"
_KM_A_DEGREE = 111.195
#: Properties that name a feature, the best first. What follows `_` is a language, or the level of a division.
_NAMES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"name_en|nameen",
        r"adm[0-5]_en",
        r"name|shapename",
        r"name_[0-5]",
        r"nameascii|name_ascii|namealt|name_alt|altname\w*|varname_\d",
        r"name_[a-z]{2,3}(?:_\w+)?",
        r"adm[0-5]_[a-z]{2}",
    )
)
_LEVEL = re.compile(r"adm(?:in)?_?([0-5])_(?:[a-z]{2}|name|pcode)|name_([0-5])", re.IGNORECASE)
_BY_LEVEL = ("country", "province", "district", "subdistrict", "area", "area")
#: Words in what a feature says of its own class → kind; `settled` is told by the number of people.
_CLASSES = (
    (r"admin-0 country|sovereign", "country"), (r"capital|populated|city|town|village|settlement|place\b", "settled"),
    (r"admin-1|province|state|governorate|adm1", "province"), (r"admin-2|district|county|adm2", "district"),
    (r"adm3|sub-?district|commune", "subdistrict"), (r"neighbou?rhood|quarter|suburb|adm4", "area"),
    (r"river|lake|sea\b|ocean|water", "water"), (r"mountain|range|peak", "mountain"), (r"road|rail", "road"),
    (r"airport|base|camp|site|crossing", "site"), (r"country", "country"),
)  # fmt: skip
_CLASS = ("featurecla", "fclass", "type", "class", "kind", "place", "shapetype")
_COUNTRY = ("iso_a2", "iso_a2_eh", "iso2", "country_code", "countrycode", "iso_3166_1", "adm0_pcode")
_COUNTRY_NAMED = ("admin", "adm0name", "adm0_en", "name_0", "country", "sov0name", "shapegroup", "geonunit")
_PEOPLE = ("pop_max", "population", "pop_est", "pop")


def is_one(document: Any) -> bool:
    """Whether a JSON document is GeoJSON with features."""
    return isinstance(document, dict) and document.get("type") in ("FeatureCollection", "Feature")


def places(path: Path, document: Mapping[str, Any], gazetteer: Gazetteer, of: str) -> Iterator[Entry]:
    """The features that have a name and a geometry. One that is in the gazetteer keeps its id; only an area moves it.

    `of` is the name of the list; features that nothing identifies get ids of it and their number.
    """
    features = document.get("features") if document["type"] == "FeatureCollection" else [document]
    if not isinstance(features, list):
        raise InputError(str(path), "a FeatureCollection has an array of features")
    seen: set[object] = set()
    for n, feature in enumerate(features, 1):
        entry = _feature(path, n, feature, gazetteer, of)
        if entry is None:
            continue
        place = entry.place
        once: tuple[object, ...] = (place.id,)
        if place.kind in ("country", "province") and place.country:  # several labels of one
            once = (place.id, (fold(place.name), place.kind, place.country))
        if not seen.intersection(once):
            yield entry
        seen.update(once)


def _feature(path: Path, n: int, feature: Any, gazetteer: Gazetteer, of: str) -> Entry | None:
    if not isinstance(feature, dict) or not isinstance(feature.get("properties") or {}, dict):
        raise InputError(str(path), f"feature {n}: is no GeoJSON feature")
    said = {str(k).lower(): v for k, v in (feature.get("properties") or {}).items() if v not in (None, "", -99, "-99")}
    names = _names(said)
    if not names or feature.get("geometry") is None:
        return None
    lat, lon, area = _shape(path, n, feature["geometry"])
    people = next((int(v) for k in _PEOPLE if isinstance(v := said.get(k), int | float) and isfinite(v) and v > 0), 0)
    kind = _kind(said, people, area)
    radius = circle_km(area) if area else settlement_km(people)
    number = said.get("geonameid", said.get("geonamesid"))
    number = int(number) if isinstance(number, int | float) and isfinite(number) and number > 0 else None
    country = _country(said, gazetteer)
    place = Place(f"file:{of}:{n}", names[0], lat, lon, kind, country, number, (), people, radius)
    same = gazetteer.place(f"geonames:{number}") if number else None
    same = same or known(gazetteer, place, names)
    id = same.id if same else f"geonames:{number}" if number else place.id
    parent = same.within[:1] if same and same.within else _parent(said, gazetteer, place)
    if same and not area:  # a label does not move a place that is there
        lat, lon, radius = same.lat, same.lon, same.radius_km
    given = tuple((name, how) for name in names[1:] if (how := how_of(name)) is not None)
    place = Place(id, names[0], lat, lon, kind, country, number, parent, people, radius)
    return Entry(place, given)


def _names(said: Mapping[str, Any]) -> tuple[str, ...]:
    """The feature's names, best first. Of columns for each level ("NAME_1", "NAME_2") only the deepest names it."""
    level = _level(said)
    found: dict[str, None] = {}
    for pattern in _NAMES:
        for name, value in said.items():
            at = re.search(r"[0-5]", name)
            if isinstance(value, str) and pattern.fullmatch(name) and (at is None or int(at[0]) == level):
                found |= dict.fromkeys(part.strip() for part in value.split("|"))
    return tuple(name for name in found if fold(name))


def _level(said: Mapping[str, Any]) -> int | None:
    named = (name for name, value in said.items() if isinstance(value, str))
    levels = [int(m[1] or m[2]) for name in named if (m := _LEVEL.fullmatch(name))]
    return max(levels) if levels else None


def _kind(said: Mapping[str, Any], people: int, area: float) -> str:
    if (level := _level(said)) is not None:
        return _BY_LEVEL[level]
    for name in _CLASS:
        own = said.get(name)
        for pattern, kind in _CLASSES:
            if isinstance(own, str) and re.search(pattern, own, re.IGNORECASE):
                return settlement_kind(people) if kind == "settled" else kind
    return "region" if area else settlement_kind(people) if people else "site"


def _country(said: Mapping[str, Any], gazetteer: Gazetteer) -> str | None:
    countries = gazetteer.countries()
    for name in _COUNTRY:
        code = str(said.get(name, ""))[:2].upper()
        if code in countries:
            return code
    for name in _COUNTRY_NAMED:
        if isinstance(said.get(name), str):
            named = [place.country for place in gazetteer.named(said[name]) if place.kind == "country"]
            if named:
                return named[0]
    return None


def _parent(said: Mapping[str, Any], gazetteer: Gazetteer, place: Place) -> tuple[str, ...]:
    """The province that the feature names, else its country."""
    for name in ("adm1_en", "adm1name", "name_1", "adm1_name", "state", "province"):
        if isinstance(said.get(name), str) and place.kind not in ("country", "province"):
            for found in gazetteer.named(said[name]):
                if found.kind == "province" and found.country == place.country:
                    return (found.id,)
    return (f"iso:{place.country}",) if place.country and place.kind != "country" else ()


def _shape(path: Path, n: int, geometry: Any) -> tuple[float, float, float]:
    """Latitude and longitude of the middle, and the area in km²: of an area its largest part, of a line its middle."""
    from shapely.errors import ShapelyError
    from shapely.geometry import shape

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            form = shape(geometry)
            parts = list(getattr(form, "geoms", [form]))
            best = max(parts, key=lambda part: (part.area, part.length))
            at = best.interpolate(0.5, normalized=True) if best.geom_type == "LineString" else best.centroid
            if best.area and not best.contains(at):
                at = best.representative_point()
            area = sum(part.area for part in parts) * _KM_A_DEGREE**2 * cos(radians(at.y))
    except (ShapelyError, AttributeError, KeyError, TypeError, ValueError, IndexError) as error:
        raise InputError(str(path), f"feature {n}: its geometry is none ({error})") from error
    return (*point(path, None, at.y, at.x, f"feature {n}: "), area)
