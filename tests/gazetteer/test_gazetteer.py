"""Places by name, id and nearness."""

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.gazetteer import Place, distance_km
from contested.gazetteer.entry import HOW, how_of, spelt_out
from contested.gazetteer.gazetteer import Gazetteer, _best_known_first
from contested.gazetteer.store import Store


def ids(found):
    return [place.id for place in found]


@pytest.mark.parametrize(
    ("name", "id", "how"),
    [
        ("Aleppo", "geonames:170063", "name"),
        ("aleppo", "geonames:170063", "name"),
        ("the Aleppo", "geonames:170063", "name"),
        ("Halab", "geonames:170063", "alias"),
        ("حلب", "geonames:170063", "script"),
        ("Алеппо", "geonames:170063", "script"),
        ("Haleb", "geonames:170063", "spelling"),
        ("US", "iso:US", "alias"),
        ("U.S.", "iso:US", "alias"),
        ("Calif.", "geonames-admin1:US.CA", "abbreviation"),
        ("CA", "geonames-admin1:US.CA", "abbreviation"),
        ("IN", "geonames-admin1:US.IN", "abbreviation"),
        ("Saint Louis", "geonames:4407066", "name"),
        ("St Louis", "geonames:4407066", "name"),
        ("Ft. Worth", "geonames:4691930", "name"),
        ("Greene", "geonames-admin2:US.GA.133", "alias"),
        ("Greene County", "geonames-admin2:US.GA.133", "name"),
        ("Aleppo province", "geonames-admin1:SY.09", "name"),
        ("the province of Aleppo", "geonames-admin1:SY.09", "name"),
        ("the city of Aleppo", "geonames:170063", "name"),
        ("Halab Governorate", "geonames-admin1:SY.09", "spelling"),
        ("state of Georgia", "geonames-admin1:US.GA", "name"),
    ],
)
def test_a_name_and_how_it_is_the_places(gazetteer, name, id, how):
    found = {place.id: fit for place, fit in gazetteer.exact(name)}
    assert found.get(id) == how
    assert gazetteer.contains_name(name)


@pytest.mark.parametrize("name", ["us", "in", "ca", "Qwxyz", "", "  ", "—", "the", "province"])
def test_what_is_no_name(gazetteer, name):
    assert gazetteer.exact(name) == []
    assert gazetteer.named(name) == []


def test_the_words_left_off_a_name_tell_its_kind(gazetteer):
    assert ids(gazetteer.named("Aleppo province")) == ["geonames-admin1:SY.09"]
    assert ids(gazetteer.named("city of Aleppo")) == ["geonames:170063"]


def test_the_best_known_first_and_a_province_behind_its_city(gazetteer):
    assert ids(gazetteer.named("Aleppo")) == ["geonames:170063", "geonames-admin1:SY.09"]
    assert ids(gazetteer.named("Georgia")) == ["geonames-admin1:US.GA", "iso:GE"]


def test_the_order_of_what_bears_one_name():
    def place(id, kind, people, within=(), radius=1.0, lat=40.0):
        return Place(id, id, lat, -74.0, kind, "US", None, within, people, radius)

    state, town = place("state", "province", 19_000_000, radius=200), place("town", "town", 9_000)
    city, hamlet = place("city", "city", 8_000_000, ("state",)), place("hamlet", "village", 300, ("state",))
    sea, elsewhere = place("sea", "water", 0, radius=300), place("elsewhere", "city", 900_000, lat=10.0)
    found = [(one, "name") for one in (hamlet, town, elsewhere, state, sea, city)]
    named = [one.id for one, _ in _best_known_first([*found, (place("sounds", "city", 10**8), "spelling")])]
    assert named == ["city", "state", "sea", "elsewhere", "town", "hamlet", "sounds"]


def test_what_holds_a_place(gazetteer):
    aleppo = gazetteer.place("geonames:170063")
    assert aleppo.within == ("geonames-admin1:SY.09", "iso:SY", "continent:AS")
    assert [place.name for place in gazetteer.within(aleppo)] == ["Aleppo", "Syria", "Asia"]
    assert aleppo.geonameid == 170063
    assert gazetteer.place("geonames:404") is None


def test_countries(gazetteer):
    assert {iso: place.name for iso, place in gazetteer.countries().items()} == {
        "GE": "Georgia",
        "SY": "Syria",
        "US": "United States",
    }


def test_near(gazetteer):
    assert ids(gazetteer.near(36.2, 37.2, 50)) == ["geonames:170063", "geonames-admin1:SY.09"]
    assert ids(gazetteer.near(36.2, 37.2, 50, {"city"})) == ["geonames:170063"]
    assert gazetteer.near(36.2, 37.2, 1) == []
    assert ids(gazetteer.near(-16.8, 179.9, 100)) == ["geonames:2", "geonames:3"]  # across the date line


@given(st.floats(-89, 89), st.floats(-180, 180), st.floats(1, 3000))
def test_near_finds_what_a_look_at_every_place_finds(tiny, lat, lon, km):
    gazetteer = Gazetteer([Store(tiny)])
    every = [entry.place for entry in gazetteer._stores[0].entries()]
    expected = {p.id for p in every if distance_km(lat, lon, p.lat, p.lon) <= km}
    assert set(ids(gazetteer.near(lat, lon, km))) == expected
    gazetteer.close()


def test_threads_share_it(gazetteer):
    found, start = [], threading.Barrier(8)

    def look():
        start.wait()
        for name in ("Aleppo", "Georgia", "حلب", "Greene County") * 20:
            found.append((name, tuple(ids(gazetteer.named(name)))))

    threads = [threading.Thread(target=look) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 640
    assert len(set(found)) == 4


@given(st.text(max_size=40))
def test_any_text_may_be_asked_for(gazetteer_once, name):
    found = gazetteer_once.exact(name)
    assert gazetteer_once.contains_name(name) or not found
    assert all(how in ("name", "alias", "script", "abbreviation", "spelling") for _, how in found)


@pytest.mark.parametrize(
    ("name", "how"),
    [
        ("Halab", "alias"),
        ("حلب", "script"),
        ("LAX", "abbreviation"),
        ("L.A.", "abbreviation"),
        ("a lei po", None),
        ("12", None),
    ],
)
def test_how_an_alternate_name_is_one(name, how):
    assert how_of(name) == (None if how is None else HOW.index(how))


def test_saints_and_forts_are_spelt_out():
    assert spelt_out("St. Louis") == spelt_out("St Louis") == "Saint Louis"
    assert spelt_out("Mt. Sinjar") == "Mount Sinjar"
    assert spelt_out("W. Columbia") == "West Columbia"
    assert spelt_out("N.Y.") == "N.Y."
    assert spelt_out("Stockton") == "Stockton"
    assert spelt_out("Budapest St") == "Budapest St"
