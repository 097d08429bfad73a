"""Titles of incidents: the names in the lexicon, and what becomes of them."""

import pytest

from contested.lexicon import load
from contested.record.sketch import sketches
from contested.record.titles import title
from contested.statement import EFFECTS, MODES, TYPES
from tests.record.coded import ORLA, mention, report
from tests.record.test_linking import accounts_of, shelled

ENTRIES = load("happenings")


def kind_of(type):
    return next(kind for kind, types in TYPES.items() if type in types)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: e.id)
def test_a_happening_is_called_as_its_example_says(entry):
    type, mode = entry.value["type"], entry.value["mode"]
    text = "Something was done there."
    coded = {"kind": kind_of(type), "type": type, "mode": mode, "anchor": "done", "places": [mention("Orla", ORLA)],
             "when": {"text": "then", "start": "2016-12-02", "end": "2016-12-02"}}  # fmt: skip
    assert title(list(sketches(accounts_of(report(text, coded))))).what == entry.example


def test_every_type_that_can_be_a_happening_has_a_name():
    named = {entry.value["type"] for entry in ENTRIES}
    assert {*TYPES["event"], *EFFECTS} <= named
    assert all(entry.value["mode"] in (None, *MODES.get(entry.value["type"], ())) for entry in ENTRIES)


def test_what_is_hit_and_the_reports_own_spelling_stand_in_it():
    assert title([shelled("a"), shelled("b")]).what == "shelling of a market in Orla"
    spelled = [shelled(id, places=[mention("Orlah", ORLA)]) for id in "ab"]
    assert title(spelled).what == "shelling of a market in Orlah"
