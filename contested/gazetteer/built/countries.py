"""Continents and countries, with their names in many scripts, a middle and a size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from contested.gazetteer.built.shape import circle_km
from contested.gazetteer.entry import HOW, Entry, how_of
from contested.gazetteer.place import Place

_ALIAS, _CODE = HOW.index("alias"), HOW.index("code")
SOURCE = "geonames"
#: Square kilometres of the continents, in millions.
_AREA = {"AF": 30.4, "AN": 14.2, "AS": 44.6, "EU": 10.2, "NA": 24.7, "OC": 8.5, "SA": 17.8}


def continents(rows: Mapping[str, Mapping[str, Any]]) -> Iterator[Entry]:
    """The seven continents."""
    for code, row in rows.items():
        place = Place(
            id=f"continent:{code}", name=row["toponymName"], lat=float(row["lat"]), lon=float(row["lng"]),
            kind="continent", geonameid=int(row["geonameId"]), population=int(row["population"]),
            radius_km=circle_km(_AREA[code] * 1e6), source=SOURCE,
        )  # fmt: skip
        yield Entry(place, _names(name["name"] for name in row["alternateNames"] if name.get("lang") != "link"))


def countries(
    rows: Mapping[str, Mapping[str, Any]],
    facts: Mapping[str, Mapping[str, Any]],
    names: Iterable[tuple[str, str]],
    ours: Mapping[str, Mapping[str, Any]],
) -> Iterator[Entry]:
    """Countries and dependent territories.

    The middle is the one atlases print, to the nearest degree (`countryinfo` has those of the CIA's World Factbook),
    or that of `ours` where there is one: a rough point, inside the country or close by. `names` are pairs of code and
    name; `ours` has what the libraries lack, `names` and short names in capitals, `codes`.
    """
    called: dict[str, list[str]] = {iso: [] for iso in rows}
    for iso, name in names:
        if iso in called:
            called[iso].append(name)
    for iso, row in rows.items():
        own, fact = ours.get(iso, {}), facts.get(iso, {})
        at = own.get("at") or fact.get("latlng")
        if not at:
            continue
        other = (*called[iso], *_spellings(fact), *own.get("names", ()))
        place = Place(
            id=f"iso:{iso}", name=row["name"], lat=float(at[0]), lon=float(at[1]), kind="country", country=iso,
            geonameid=int(row["geonameid"]), within=(f"continent:{row['continentcode']}",),
            population=int(row["population"]), radius_km=circle_km(float(row["areakm2"] or 0)), source=SOURCE,
        )  # fmt: skip
        yield Entry(place, (*_names(other), *((code, _CODE) for code in own.get("codes", ()))))


def _spellings(fact: Mapping[str, Any]) -> Iterator[str]:
    """Names of a country that `countryinfo` has, without its codes."""
    yield from (name for name in fact.get("altSpellings") or () if not (name.isupper() and len(name) <= 3))
    yield from (str(fact[field]) for field in ("name", "nativeName") if fact.get(field))


def _names(names: Iterable[str]) -> tuple[tuple[str, int], ...]:
    found = ((name, how_of(name)) for name in dict.fromkeys(names))
    return tuple((name, _CODE if how == HOW.index("abbreviation") else how) for name, how in found if how is not None)
