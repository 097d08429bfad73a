"""First- and second-level divisions, made from the cities that lie in them.

The libraries name a city's province and district but give neither place nor extent: the middle is that of its cities,
each quarter-degree square counting once, the radius that of a disc with their spread. Both are estimates.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from contested.gazetteer.built.libraries import City
from contested.gazetteer.built.ours import Known
from contested.gazetteer.built.shape import middle, reach_km, settlement_km, spread_out
from contested.gazetteer.entry import HOW, Entry, folded
from contested.gazetteer.place import Place
from contested.spelling import fold

_ALIAS, _SCRIPT, _ABBREVIATION = HOW.index("alias"), HOW.index("script"), HOW.index("abbreviation")
_LEAST_KM = {"province": 8.0, "district": 5.0}
SOURCE = "geonames"


def province_id(country: str, admin1: str) -> str:
    """The id of a first-level division, made of GeoNames' code for it."""
    return f"geonames-admin1:{country}.{admin1}"


def provinces(
    cities: Iterable[City],
    states: Mapping[str, Mapping[str, Any]],
    known: Mapping[str, Known],
    facts: Mapping[str, Mapping[str, Any]],
    plain: Callable[[str], tuple[str, ...]],
) -> Iterator[Entry]:
    """Provinces of all countries.

    `known` is what we know ourselves, by code (`SY.08`), `facts` are those of `countryinfo`, `plain` gives the name of
    a division without its generic word ("Kharkiv Oblast": Kharkiv).
    """
    inside: dict[tuple[str, str], list[City]] = defaultdict(list)
    for city in cities:
        inside[city.country, city.admin1].append(city)
    capitals: dict[tuple[str, str], set[str]] = {}
    made: list[tuple[str, str, Entry]] = []
    for (country, admin1), here in inside.items():
        names = Counter(city.state for city in here if city.state)
        if not names:
            continue
        name = names.most_common(1)[0][0]
        largest = max(here, key=lambda city: city.population)
        called = {folded(other) for other in (largest.name, *largest.names)}
        ours = known.get(f"{country}.{admin1}", Known())
        further = dict.fromkeys((*ours.names, *plain(name)), _ALIAS)
        if {folded(other) for other in (name, *further)} & called or _adjective(name, largest.name):
            further[largest.name] = _ALIAS  # "Dimashq": its city Damascus is called so too
            capitals[country, admin1] = called
        if country == "US" and admin1 in states:
            further[admin1] = _ABBREVIATION
        further |= {other: _ABBREVIATION for other in further if other.endswith(".") or other.isupper()}
        id, number = province_id(country, admin1), _number(country, admin1, states)
        entry = _division("province", id, name, country, f"iso:{country}", here, further, number)
        if ours.at:
            entry = replace(entry, place=replace(entry.place, lat=ours.at[0], lon=ours.at[1]))
        made.append((country, admin1, entry))
    older = _older_names(made, capitals, facts)
    for country, admin1, entry in made:
        more = tuple((name, _ALIAS) for name in older.get((country, admin1), ()))
        yield Entry(entry.place, entry.names + more)


def _number(country: str, admin1: str, states: Mapping[str, Mapping[str, Any]]) -> int | None:
    return int(states[admin1]["geonameid"]) if country == "US" and admin1 in states else None


def _adjective(name: str, city: str) -> bool:
    """Whether a province's name is made of its city's: "Kharkivs'ka Oblast'"."""
    return len(fold(city)) > 4 and fold(name).startswith(fold(city)[:-1])


def _older_names(
    made: list[tuple[str, str, Entry]],
    capitals: Mapping[tuple[str, str], set[str]],
    facts: Mapping[str, Mapping[str, Any]],
) -> dict[tuple[str, str], list[str]]:
    """Names that `countryinfo` lists of provinces which are called after their city, and the city is called so."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    taken = {(country, folded(name)) for country, _, entry in made for name, _ in ((entry.place.name, 0), *entry.names)}
    called: dict[str, list[tuple[str, set[str]]]] = defaultdict(list)
    for (country, admin1), names in capitals.items():
        called[country].append((admin1, names))
    for country, rows in called.items():
        for name in facts.get(country, {}).get("provinces") or ():
            at = [admin1 for admin1, names in rows if folded(name) in names]
            if len(at) == 1 and (country, folded(name)) not in taken:
                found[country, at[0]].append(name)
    return found


def districts(
    cities: Iterable[City],
    counties: Iterable[Mapping[str, Any]],
    plain: Callable[[str], tuple[str, ...]],
) -> Iterator[tuple[Entry, tuple[str, str, str | None]]]:
    """Second-level divisions that the libraries name, each with country, province and name as the cities have it.

    Counties of the United States have GeoNames' code; others have one made of their name.
    """
    codes = {(row["state"], fold(row["name"])): row["fips"] for row in counties}
    inside: dict[tuple[str, str, str], list[City]] = defaultdict(list)
    for city in cities:
        if city.county and city.state:
            inside[city.country, city.admin1, city.county].append(city)
    seen: set[str] = set()
    for (country, admin1, name), here in inside.items():
        code = codes.get((admin1, fold(name))) if country == "US" else None
        id = f"geonames-admin2:{country}.{admin1}.{code[2:] if code else fold(name).replace(' ', '-')}"
        if id in seen:
            continue
        seen.add(id)
        further = dict.fromkeys(plain(name), _ALIAS)
        entry = _division("district", id, name, country, province_id(country, admin1), here, further, None)
        yield entry, (country, admin1, name)


def _division(
    kind: str, id: str, name: str, country: str, parent: str, cities: list[City], names: Mapping[str, int],
    number: int | None,
) -> Entry:  # fmt: skip
    points = spread_out([(city.lat, city.lon) for city in cities])
    lat, lon = middle(points)
    radius = max(_LEAST_KM[kind], reach_km(lat, lon, points), max(settlement_km(city.population) for city in cities))
    place = Place(
        id=id, name=name, lat=round(lat, 4), lon=round(lon, 4), kind=kind, country=country, geonameid=number,
        within=(parent,), population=sum(city.population for city in cities), radius_km=radius, source=SOURCE,
    )  # fmt: skip
    return Entry(place, tuple((other, how) for other, how in names.items() if other != name))
