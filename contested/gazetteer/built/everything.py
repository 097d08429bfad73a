"""The built-in list: continents, countries, provinces, districts, cities and our own regions, one after another."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from contested.gazetteer.asked import plain
from contested.gazetteer.built import countries, divisions, libraries, ours
from contested.gazetteer.built.libraries import City
from contested.gazetteer.built.shape import settlement_km
from contested.gazetteer.entry import Entry, how_of
from contested.gazetteer.place import Place

#: From so many people on, a settlement is a city, and a town; below it is a village.
CITY, TOWN = 100_000, 5_000


def settlement_kind(population: int) -> str:
    """City, town or village, by the number of people."""
    return "city" if population >= CITY else "town" if population >= TOWN else "village"


def entries(log: Callable[[str], None]) -> Iterator[Entry]:
    """Everything that the libraries and our own list give."""
    log("reading the lists that come with the libraries")
    cities = list(libraries.cities())
    states, facts = libraries.us_states(), libraries.country_facts()
    log("countries, provinces and districts")
    yield from countries.continents(libraries.continents())
    yield from countries.countries(libraries.countries(), facts, libraries.territory_names(), ours.countries())
    yield from ours.regions()
    holds: set[str] = set()
    for entry in divisions.provinces(cities, states, ours.provinces(), facts, plain):
        holds.add(entry.place.id)
        yield entry
    districts: dict[tuple[str, str, str | None], str] = {}
    for entry, of in divisions.districts(cities, libraries.us_counties(), plain):
        districts[of] = entry.place.id
        yield entry
    log(f"{len(cities):,} cities, towns and villages")
    for n, city in enumerate(cities, 1):
        parent: str | None = districts.get((city.country, city.admin1, city.county))
        if parent is None:
            province = divisions.province_id(city.country, city.admin1)
            parent = province if province in holds else f"iso:{city.country}"
        yield _settlement(city, parent)
        if n % 50_000 == 0:
            log(f"{n:,} of {len(cities):,}")


def _settlement(city: City, parent: str) -> Entry:
    place = Place(
        id=f"geonames:{city.geonameid}", name=city.name, lat=city.lat, lon=city.lon,
        kind=settlement_kind(city.population), country=city.country, geonameid=city.geonameid, within=(parent,),
        population=city.population, radius_km=settlement_km(city.population), source=divisions.SOURCE,
    )  # fmt: skip
    return Entry(place, tuple((name, how) for name in city.names if (how := how_of(name)) is not None))
