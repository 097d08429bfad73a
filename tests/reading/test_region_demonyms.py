"""Words for the people of regions and cities."""

import re

import pytest

from contested.gazetteer import Place
from contested.lexicon import load
from contested.reading.metonyms import is_metonym
from contested.reading.places import resolve_places
from contested.statement import Report
from contested.text import prepare
from tests.reading.atlas import PLACES, Atlas

ENTRIES = load("region_demonyms")


def resolve(marked, atlas):
    text = prepare(Report(re.sub(r"[\[\]]", "", marked) + "\n"))
    span = marked.index("["), marked.index("]") - 1
    return resolve_places(text, [span], atlas)[0], is_metonym(text, span)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_every_example(entry):
    region = Place("p:X", entry.gives, 20.0, 20.0, "province", "TD", within=("iso:TD",), population=500_000)
    atlas = Atlas((*(place for place in PLACES if place.name != entry.gives), region))
    found, _ = resolve(entry.example, atlas)
    assert (found.place, found.basis) == (region, "demonym")
    for sentence in entry.leaves:
        assert resolve(sentence, atlas)[0].basis != "demonym"


def test_a_people_stands_for_itself_unless_ground_is_named():
    assert resolve("[Chechen] fighters left the ridge.", Atlas())[1]
    assert not resolve("[Chechen] villages were shelled.", Atlas())[1]


def test_a_region_that_the_gazetteer_lacks_is_nowhere():
    assert resolve("[Chechen] fighters left the ridge.", Atlas())[0].why == "not in the gazetteer"
