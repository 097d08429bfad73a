"""From the fields of a form to the slots of a statement."""

from __future__ import annotations

import pytest

from contested.errors import RecordError
from contested.statement import TYPES
from contested.views.web.corrected import KIND_OF, added, corrected, resolutions, stretch
from contested.views.web.sent import Sent, local

TEXT = (
    "The army shelled the mill.\nLater the army  shelled the bridge, a nurse said on Friday. About half of it burned."
)
ARMY = {"party": "xx.army", "name": "army of Oron"}
HELD = {
    "kind": "event", "type": "ASSAULT", "mode": "heavy-weapons", "modality": "asserted", "anchor_start": 9,
    "actors": [{"text": "The army", "start": 0, "end": 8, "resolved": ARMY}], "targets": [], "places": [],
    "when": None, "source": None, "said": None, "share": None,
    "harm": [{"effect": "killed", "who": None, "low": 2, "high": None}],
}  # fmt: skip


def sent(**fields: str | list[str]) -> Sent:
    return Sent({name: value if isinstance(value, list) else [value] for name, value in fields.items()})


def slots(**fields: str | list[str]):
    return corrected(HELD, TEXT, sent(**fields), {"a nurse": {"party": "xx.medics"}})


def test_no_two_kinds_share_a_type():
    assert len(KIND_OF) == sum(map(len, TYPES.values()))


def test_what_is_as_it_was_is_no_change():
    assert slots(type="ASSAULT", mode="heavy-weapons", modality="asserted", actors="The army\n", targets="", places="",
                 when_text="", when_start="", when_end="", source_text="", source_class="other", share_text="",
                 share_value="", said_text="", said_date="", harm_effect=["killed", ""], harm_low=["2", ""],
                 harm_high=["", ""], harm_who=["", ""]) == {}  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "made"),
    [
        ({"type": "captures", "mode": ""}, {"kind": "control", "type": "captures", "mode": None}),
        ({"mode": "aerial", "type": "ASSAULT"}, {"mode": "aerial"}),
        ({"actors": "The army\nthe army"},
         {"actors": [HELD["actors"][0], {"text": "the army", "start": 33, "end": 41}]}),
        ({"actors": ""}, {"actors": []}),
        ({"targets": "army shelled the bridge"},
         {"targets": [{"text": "army  shelled the bridge", "start": 37, "end": 61}]}),
        ({"source_text": "a nurse", "source_class": "medic"},
         {"source": {"text": "a nurse", "class": "medic", "named": False, "via": [], "start": 63,
                     "resolved": {"party": "xx.medics"}}}),
        ({"when_text": "on Friday", "when_start": "2019-03-08", "when_end": "2019-03-08"},
         {"when": {"text": "on Friday", "start": "2019-03-08", "end": "2019-03-08", "text_start": 76}}),
        ({"share_text": "About half", "share_value": "50%"}, {"share": {"text": "About half", "value": 0.5}}),
        ({"said_text": "on Friday", "said_date": ""}, {"said": {"text": "on Friday", "date": None}}),
        ({"harm_effect": ["injured", "killed"], "harm_low": ["1,200", ""], "harm_high": ["", "3"],
          "harm_who": ["a nurse", ""]},
         {"harm": [{"effect": "injured", "who": "a nurse", "low": 1200, "high": None},
                   {"effect": "killed", "who": None, "low": None, "high": 3}]}),
    ],
)  # fmt: skip
def test_what_a_form_changes(fields, made):
    assert slots(**fields) == made


@pytest.mark.parametrize(
    ("fields", "match"),
    [
        ({"type": "BOMB"}, "none of the types"),
        ({"type": "AID", "mode": "aerial"}, "no mode of AID"),
        ({"actors": "the navy"}, "“the navy” does not stand in the report"),
        ({"when_text": "on Monday"}, "does not stand"),
        ({"when_text": "", "when_start": "2019"}, "words of the report"),
        ({"when_text": "on Friday", "when_start": "Friday"}, "no day"),
        ({"when_text": "on Friday", "when_start": "2019-03-09", "when_end": "2019-03-08"}, "before"),
        ({"share_text": "About half", "share_value": "much"}, "no fraction"),
        ({"share_text": "About half", "share_value": "7"}, "not from 0 to 1"),
        ({"share_text": "", "share_value": "0.5"}, "words of the report"),
        ({"said_text": "", "said_date": "2019"}, "words of the report"),
        ({"harm_effect": [""], "harm_low": ["3"], "harm_high": [""], "harm_who": [""]}, "which effect"),
        ({"harm_effect": ["killed"], "harm_low": ["-3"], "harm_high": [""], "harm_who": [""]}, "no number"),
        ({"harm_effect": ["killed"], "harm_low": ["9" * 40], "harm_high": [""], "harm_who": [""]}, "no number"),
        ({"harm_effect": ["killed"], "harm_low": []}, "each row"),
    ],
)
def test_what_is_wrong_is_told_in_words(fields, match):
    with pytest.raises(RecordError, match=match):
        slots(**fields)


def test_a_new_statement_stands_where_its_words_were_selected():
    made = added(TEXT, sent(quote="the army shelled the bridge", quote_at="33", anchor="shelled", anchor_at="43",
                            type="ASSAULT", mode="", actors="the army"), {})  # fmt: skip
    assert (made["quote"], made["quote_start"], made["anchor_start"]) == ("the army  shelled the bridge", 33, 43)
    assert made["actors"] == [{"text": "the army", "start": 33, "end": 41}]
    assert made["kind"] == "event"


@pytest.mark.parametrize(
    ("fields", "match"),
    [
        ({"quote": "the army"}, "needs a quote"),
        ({"quote": "The army shelled", "anchor": "shelled"}, "needs a type"),
        ({"quote": "The army shelled", "anchor": "mill", "type": "ASSAULT"}, "does not stand in the quote"),
        ({"quote": "The navy", "anchor": "navy", "type": "ASSAULT"}, "does not stand in the report"),
    ],
)
def test_a_new_statement_needs_words_of_the_report(fields, match):
    with pytest.raises(RecordError, match=match):
        added(TEXT, sent(**fields), {})


def test_words_are_found_nearest_to_where_they_were_selected():
    assert stretch(TEXT, "shelled", 40, "it") == ("shelled", 43)
    assert stretch(TEXT, "shelled", 0, "it") == ("shelled", 9)


def test_words_mean_what_they_mean_elsewhere_in_the_report():
    assert resolutions([HELD, {"source": {"text": "a nurse", "resolved": {"party": "x"}}}]) == {
        "The army": ARMY, "a nurse": {"party": "x"},
    }  # fmt: skip


@pytest.mark.parametrize(
    "path",
    ["", "https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/a\r\nb: c", "review"],
)
def test_one_goes_back_to_pages_of_this_server_alone(path):
    assert local(path, "/review") == "/review"
    assert local("/report?id=a%20b#c", "/review") == "/report?id=a%20b#c"
