"""What the libraries give, and our own lists of places."""

import pytest

from contested.errors import LexiconError
from contested.gazetteer import KINDS, distance_km
from contested.gazetteer.asked import bare, without_kind
from contested.gazetteer.built import countries, divisions, libraries, ours
from contested.gazetteer.built.everything import settlement_kind
from contested.gazetteer.built.libraries import City
from contested.gazetteer.built.shape import middle, reach_km, settlement_km, spread_out
from contested.lexicon import load


def city(name, lat, lon, country="SY", admin1="09", people=1000, names=(), state="Aleppo", county=None):
    return City(hash(name) % 10**6, name, lat, lon, country, admin1, people, tuple(names), state, county)


def called(entry):
    return {entry.place.name, *(name for name, _ in entry.names)}


CITIES = [
    city("Aleppo", 36.2, 37.16, people=2_000_000, names=["Halab", "حلب"]),
    city("Manbij", 36.53, 37.95, people=100_000),
    city("Damascus", 33.51, 36.29, admin1="13", people=1_500_000, names=["Dimashq"], state="Dimashq"),
    city("Monroe", 33.79, -83.71, "US", "GA", 13_000, state="Georgia", county="Walton County"),
    city("Greensboro", 33.57, -83.18, "US", "GA", 3_000, state="Georgia", county="Greene County"),
    city("Nowhere", 10, 10, "XX", "01", state=None),
]
STATES = {"GA": {"geonameid": 4197000}}


@pytest.fixture(scope="module")
def provinces():
    known = {"SY.09": ours.Known(("Haleb Province",), (36.3, 37.5)), "US.GA": ours.Known(("Ga.",))}
    facts = {"SY": {"provinces": ["Halab", "Dimashq", "Atlantis"]}}
    made = divisions.provinces(CITIES, STATES, known, facts, lambda name: ())
    return {entry.place.id: entry for entry in made}


def test_provinces_are_where_their_cities_are(provinces):
    assert set(provinces) == {"geonames-admin1:SY.09", "geonames-admin1:SY.13", "geonames-admin1:US.GA"}
    georgia = provinces["geonames-admin1:US.GA"].place
    assert (georgia.kind, georgia.geonameid, georgia.population) == ("province", 4197000, 16_000)
    assert distance_km(georgia.lat, georgia.lon, 33.68, -83.45) < 5
    assert (provinces["geonames-admin1:SY.09"].place.lat, provinces["geonames-admin1:SY.09"].place.lon) == (36.3, 37.5)


def test_names_of_provinces(provinces):
    assert called(provinces["geonames-admin1:SY.09"]) == {"Aleppo", "Haleb Province", "Halab"}
    assert "Damascus" in called(provinces["geonames-admin1:SY.13"])  # its city is called Dimashq too
    assert {"GA", "Ga."} <= called(provinces["geonames-admin1:US.GA"])
    assert "حلب" not in called(provinces["geonames-admin1:SY.09"])  # names of the city are not the province's


def test_districts_have_the_code_of_their_county():
    counties = [{"fips": "13133", "name": "Greene County", "state": "GA"}]
    made = {entry.place.name: entry.place for entry, _ in divisions.districts(CITIES, counties, lambda name: ())}
    assert made["Greene County"].id == "geonames-admin2:US.GA.133"
    assert made["Walton County"].id == "geonames-admin2:US.GA.walton-county"
    assert made["Greene County"].within == ("geonames-admin1:US.GA",)


def test_countries_have_the_middle_that_atlases_print():
    rows, facts = libraries.countries(), libraries.country_facts()
    made = {e.place.country: e for e in countries.countries(rows, facts, [("SY", "Suriye")], ours.countries())}
    assert len(made) == len(rows) >= 249
    # Plain facts, from any atlas.
    for iso, lat, lon in (
        ("US", 39.8, -98.6),
        ("SY", 35, 38),
        ("RU", 60, 100),
        ("IQ", 33, 44),
        ("UA", 49, 32),
        ("SD", 15, 30),
    ):
        assert distance_km(made[iso].place.lat, made[iso].place.lon, lat, lon) < 161, iso
    assert {"Burma", "Suriye", "Britain", "Ivory Coast", "UK"} <= set().union(*(called(e) for e in made.values()))
    assert all(entry.place.radius_km > 0.1 for entry in made.values())


def test_our_own_lists_hold():
    regions = list(ours.regions())
    assert len(regions) >= 150
    assert {entry.place.kind for entry in regions} <= set(KINDS)
    iso = libraries.countries()
    assert {entry.place.country for entry in regions if entry.place.country} <= set(iso)
    assert set(ours.countries()) <= set(iso)
    names = [entry.place.name for entry in regions]
    assert len(names) == len(set(names))
    assert all(code.partition(".")[0] in iso for code in ours.provinces())


def test_regions_lie_in_their_country():
    """A check on slips: the middle of a region is no further from its country's than three of the country's radii."""
    facts, rows = libraries.country_facts(), libraries.countries()
    made = {e.place.country: e.place for e in countries.countries(rows, facts, (), ours.countries())}
    for entry in ours.regions():
        if home := made.get(entry.place.country):
            away = distance_km(entry.place.lat, entry.place.lon, home.lat, home.lon)
            assert away < 3 * home.radius_km + 100, entry.place.name


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("- {id: a, names: [A], kind: moon, at: [1, 2], km: 3}", "kind 'moon' is none of"),
        ("- {id: a, names: [A], kind: region, at: [91, 2], km: 3}", "no point of the globe"),
        ("- {id: a, names: [A], kind: region, at: [1], km: 3}", r"at is \[latitude, longitude\]"),
        ("- {id: a, names: [No], kind: region, at: [1, 2], km: 3}", "list of strings"),
        ("- {id: a, names: [A], kind: region, at: [1, 2], km: -3}", "km is a radius"),
        ("- {id: a, names: [A], kind: region, at: [1, 2]}", "entry 1: has id, names, kind, at, km"),
        ("- {id: a, names: [A], kind: region, at: [1, 2], km: 3}\n" * 2, "stands twice"),
    ],
)
def test_a_region_that_is_wrong(monkeypatch, row, said):
    import yaml

    monkeypatch.setattr(ours, "_load", lambda name: yaml.safe_load(row))
    with pytest.raises(LexiconError, match=said):
        list(ours.regions())


@pytest.mark.parametrize("entry", load("place_kinds"), ids=lambda entry: entry.id)
def test_words_that_tell_a_kind(entry):
    if "kinds" in entry.value:
        assert set(entry.value["kinds"]) <= set(KINDS)
        found = [asked for asked in without_kind(entry.example) if asked.name == entry.gives]
        assert found
        assert set().union(*(asked.kinds for asked in found)) >= set(entry.value["kinds"])
    elif entry.value["is"] == "article":
        assert bare(entry.example) == entry.gives
    else:
        assert without_kind(entry.example) == ()
    for name in entry.leaves:
        assert without_kind(name) == ()
        assert bare(name) == name


def test_sizes():
    assert [settlement_kind(n) for n in (0, 4999, 5000, 99_999, 100_000)] == [
        "village",
        "village",
        "town",
        "town",
        "city",
    ]
    assert settlement_km(0) == 0.8
    assert 14 < settlement_km(2_098_210) < 16
    assert settlement_km(40_000_000) == 30
    lat, lon = middle([(0, 179, 1), (0, -179, 1)])
    assert abs(lat) < 1e-9
    assert abs(abs(lon) - 180) < 1e-9
    assert spread_out([(1, 1), (1.01, 1.01), (5, 5)]) == [(1, 1, 0.5), (1.01, 1.01, 0.5), (5, 5, 1.0)]
    assert reach_km(0, 0, []) == 0
