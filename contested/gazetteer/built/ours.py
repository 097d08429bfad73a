"""What we know of places ourselves, as data: `contested/lexicon/places/*.yaml`, loaded and checked.

`regions.yaml` has regions, seas and rivers, `countries.yaml` names and positions of countries, `provinces.yaml` names
of provinces, each what the libraries lack.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from typing import Any, NamedTuple

from contested.errors import LexiconError
from contested.gazetteer.entry import HOW, Entry
from contested.gazetteer.place import KINDS, Place

_ALIAS, _SCRIPT, _CODE = HOW.index("alias"), HOW.index("script"), HOW.index("code")
_REGION = {"id", "names", "kind", "at", "km", "country", "within"}
SOURCE = "contested"


class Known(NamedTuple):
    """What we know of a province: further names, and its middle."""

    names: tuple[str, ...] = ()
    at: tuple[float, float] | None = None


def regions() -> Iterator[Entry]:
    """Regions, waters and mountains. Raises `LexiconError` naming the entry that is wrong."""
    seen: set[str] = set()
    for n, row in enumerate(_load("regions"), 1):
        where = f"lexicon/places/regions.yaml: entry {n}"
        if not isinstance(row, dict) or not {"id", "names", "kind", "at", "km"} <= set(row) <= _REGION:
            raise LexiconError(f"{where}: has id, names, kind, at, km, and at will country, within: {row!r}")
        where = f"{where} ({row['id']})"
        if row["id"] in seen:
            raise LexiconError(f"{where}: the id stands twice")
        seen.add(row["id"])
        if row["kind"] not in KINDS:
            raise LexiconError(f"{where}: kind {row['kind']!r} is none of {', '.join(KINDS)}")
        lat, lon = _point(where, row["at"])
        names = row["names"]
        if not names or not all(isinstance(name, str) and name for name in names):
            raise LexiconError(f"{where}: names is a list of strings; YAML needs quotation marks around some")
        if not isinstance(row["km"], int | float) or not 0 < row["km"] < 10_000:
            raise LexiconError(f"{where}: km is a radius in kilometres")
        country = row.get("country")
        within = row.get("within") or (f"iso:{country}" if country else None)
        place = Place(
            id=f"region:{row['id']}", name=names[0], lat=lat, lon=lon, kind=row["kind"], country=country,
            within=(within,) if within else (), radius_km=float(row["km"]), source=SOURCE,
        )  # fmt: skip
        yield Entry(place, tuple((name, _how(name)) for name in names[1:]))


def countries() -> dict[str, dict[str, Any]]:
    """ISO alpha-2 → `names`, `codes` and `at` of a country."""
    rows = _mapping("countries")
    for iso, row in rows.items():
        where = f"lexicon/places/countries.yaml: {iso}"
        if not isinstance(iso, str) or not isinstance(row, dict) or not set(row) <= {"names", "codes", "at"}:
            raise LexiconError(f"{where}: a country has names, codes and at; YAML needs quotation marks around NO")
        if not all(isinstance(name, str) for name in (*row.get("names", ()), *row.get("codes", ()))):
            raise LexiconError(f"{where}: names and codes are strings")
        if "at" in row:
            _point(where, row["at"])
    return rows


def provinces() -> dict[str, Known]:
    """GeoNames' code of a province (`SY.08`) → further names of it, and its middle where we know better."""
    found = {}
    for code, row in _mapping("provinces").items():
        where = f"lexicon/places/provinces.yaml: {code}"
        row = row if isinstance(row, dict) else {"names": row}
        names = row.get("names")
        if not set(row) <= {"names", "at"} or not isinstance(names, list):
            raise LexiconError(f"{where}: a list of names, or names and at")
        if not all(isinstance(name, str) for name in names):
            raise LexiconError(f"{where}: names are strings; YAML needs quotation marks around some")
        found[code] = Known(tuple(names), _point(where, row["at"]) if "at" in row else None)
    return found


def _how(name: str) -> int:
    if name.isascii() and name.replace(".", "").isupper():
        return _CODE
    return _ALIAS if name.isascii() or name.lower()[0] < "ɐ" else _SCRIPT


def _point(where: str, at: Any) -> tuple[float, float]:
    try:
        lat, lon = (float(number) for number in at)
    except (TypeError, ValueError):
        raise LexiconError(f"{where}: at is [latitude, longitude]") from None
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise LexiconError(f"{where}: {lat}, {lon} is no point of the globe")
    return lat, lon


def _mapping(name: str) -> dict[str, Any]:
    rows = _load(name)
    if not isinstance(rows, dict):
        raise LexiconError(f"lexicon/places/{name}.yaml: a mapping")
    return rows


def _load(name: str) -> Any:
    import yaml

    file = resources.files("contested.lexicon") / "places" / f"{name}.yaml"
    try:
        return yaml.load(file.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)) or ()
    except yaml.YAMLError as error:
        raise LexiconError(f"lexicon/places/{name}.yaml: {error}") from error
