"""Places told by where they lie from others: the words, and the points reckoned from them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.gazetteer import distance_km
from contested.lexicon import load
from contested.reading.places import resolve_places
from contested.reading.relative_places import BEARINGS, bearing, moved, tell
from contested.statement import Report
from contested.text import prepare
from tests.reading.atlas import PLACES, Atlas

NAMES = {place.id: place.name for place in PLACES}


def located(marked):
    start, end = marked.index("["), marked.index("]") - 1
    text = prepare(Report(re.sub(r"[\[\]]", "", marked) + "\n"))
    return resolve_places(text, [(start, end)], Atlas())[0]


def named(relation):
    """A relation with the names of its places for their ids."""
    if relation is None:
        return None
    known = {key: NAMES.get(v, v) if isinstance(v, str) else v for key, v in relation.items()}
    return {key: [NAMES[id] for id in v] if isinstance(v, list) else v for key, v in known.items()}


@pytest.mark.parametrize("entry", load("place_relations"), ids=lambda entry: entry.id)
def test_every_example(entry):
    assert named(located(entry.example).relation) == entry.gives
    for sentence in entry.leaves:
        assert located(sentence).relation is None, sentence


def test_45_km_south():
    found = located("The post is [45 km south of Amman].")
    amman = Atlas().place("c:AM")
    assert distance_km(found.lat, found.lon, amman.lat, amman.lon) == pytest.approx(45, abs=0.1)
    assert bearing(amman.lat, amman.lon, found.lat, found.lon) == pytest.approx(180, abs=0.1)
    assert (found.precision, found.basis, found.place.name) == ("area", "relative", "Amman")
    assert 10 < found.radius_km < 45


def test_a_distance_without_a_direction_is_a_circle():
    found = located("The post is [12 miles from Amman].")
    assert (found.lat, found.lon) == (31.955, 35.945)
    assert found.radius_km > 19.3


def test_between_is_halfway():
    found, atlas = located("The post is [between Amman and Irbid]."), Atlas()
    away = [distance_km(found.lat, found.lon, p.lat, p.lon) for p in (atlas.place("c:AM"), atlas.place("c:IR"))]
    assert away[0] == pytest.approx(away[1], rel=0.01)
    assert found.place is None
    assert found.radius_km == pytest.approx(away[0], rel=0.01)


def test_the_precision_of_a_part_is_finer_than_that_of_the_whole():
    assert located("Shells fell in [northern Jordan].").precision == "province"
    assert located("Shells fell in [the east of Mafraq province].").precision == "district"
    assert located("Shells fell in [central Amman].").precision == "area"


def test_a_direction_that_tells_where_the_place_lies_in_its_country_is_no_part_of_it():
    assert located("Shells fell in [the northern city of Irbid].").relation is None
    assert located("Shells fell in [northern Mafraq province].").relation is None
    assert located("Shells fell in [southern Mafraq province].").relation == {"part": "S", "of": "p:MA"}


def test_a_part_of_an_unknown_place_is_nowhere():
    found = located("Shells fell in [northern Orlavia].")
    assert (found.place, found.lat, found.relation) == (None, None, None)
    assert found.why == "not in the gazetteer"


@pytest.mark.parametrize("words", ["45 guards of Amman", "northern", "near", "the border", "between", "5 km"])
def test_words_that_tell_no_relation_to_a_place(words):
    told = tell(words, 0, len(words))
    assert told is None or not any(words[a:b].strip() in ("", words) for a, b in told.spans)


@given(st.floats(-60, 60), st.floats(-179, 179), st.sampled_from(sorted(BEARINGS)), st.floats(1, 800))
def test_moving_goes_as_far_as_told(lat, lon, direction, km):
    there = moved(lat, lon, BEARINGS[direction], km)
    assert distance_km(lat, lon, *there) == pytest.approx(km, rel=1e-3)
    assert -180 <= there[1] <= 180
