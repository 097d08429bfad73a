"""The published schemas: equal to what the program says, and true of what it gives out."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import referencing
from hypothesis import given, settings

from contested import schema
from contested.statement import MODES, TYPES, Report, Statement
from tests.test_statement import TEXT, reports, statements

REGISTRY: referencing.Registry[Any] = referencing.Registry().with_resources(
    [(one["$id"], referencing.Resource.from_contents(one)) for one in (schema.report(), schema.statement())]
)
REPORT = jsonschema.Draft202012Validator(schema.report(), registry=REGISTRY)
STATEMENT = jsonschema.Draft202012Validator(schema.statement(), registry=REGISTRY)
LEAST = {"kind": "event", "type": "ASSAULT", "anchor": "shelled", "quote": "The army shelled Karsa"}


def test_the_published_files_are_up_to_date() -> None:
    for name, content in schema.published().items():
        file = resources.files("contested") / "schemas" / name
        assert file.read_text("utf-8") == content, "run `python -m contested.schema`"


@pytest.mark.parametrize("one", [schema.report(), schema.statement()], ids=lambda one: one["title"])
def test_the_schemas_are_schemas(one: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator.check_schema(one)


@given(statements())
@settings(max_examples=60)
def test_every_statement_given_out_is_valid(one: Statement) -> None:
    STATEMENT.validate(one.to_json())
    assert list(schema.slips(one.to_json(), schema.statement())) == []


@given(reports)
@settings(max_examples=30)
def test_every_report_given_out_is_valid(report: Report) -> None:
    REPORT.validate(report.to_json())
    assert list(schema.slips(report.to_json(), schema.report())) == []


def test_the_codebook_form_without_offsets_is_valid() -> None:
    one = {
        **LEAST,
        "id": "s1",
        "mode": "heavy-weapons",
        "quote_n": 1,
        "actors": ["The army"],
        "when": {"text": "in May", "start": "2016-05", "end": "2016"},
        "source": {"text": "residents", "class": "witness", "named": False, "via": []},
        "harm": [{"effect": "killed", "who": "nine", "low": 9, "high": None}],
        "share": None,
    }
    REPORT.validate({"text": TEXT, "statements": [one]})


WRONG = [
    ({"kind": "rumour"}, 'kind: is "rumour", should be one of event'),
    ({"kind": "toll"}, 'type: is "ASSAULT", should be one of killed'),
    ({"type": "captures"}, 'type: is "captures", should be one of AGREE'),
    ({"mode": "curfew"}, 'mode: is "curfew", should be one of abduct'),
    ({"type": "AGREE", "mode": "visit"}, 'mode: is "visit", should be one of null'),
    ({"anchor": ""}, "anchor: is empty"),
    ({"quote": 5}, "quote: is 5, should be a string"),
    ({"anchor_start": "3"}, 'anchor_start: is "3", should be an integer'),
    ({"quote_start": True}, "quote_start: is true, should be an integer"),
    ({"actors": "The army"}, 'actors: is "The army", should be a list or null'),
    ({"actors": [{"start": 1}]}, "actors[0].text: is missing"),
    ({"actors": [7]}, "actors[0]: is 7, should be an object"),
    ({"when": {"text": "Friday", "start": "2.12.2016"}}, 'when.start: is "2.12.2016", should be an ISO date'),
    ({"source": {"text": "x", "class": "rumour", "named": True}}, 'source.class: is "rumour", should be one of'),
    ({"source": {"text": "x", "class": "media", "named": "yes"}}, 'source.named: is "yes", should be true or false'),
    ({"modality": "certain"}, 'modality: is "certain", should be one of asserted'),
    ({"harm": [{"effect": "killed", "low": "12"}]}, 'harm[0].low: is "12", should be an integer or null'),
    ({"harm": [{"effect": "killed", "low": -1}]}, "harm[0].low: is -1, outside 0 to any"),
    ({"harm": [{"effect": "scared"}]}, 'harm[0].effect: is "scared", should be one of killed'),
    ({"share": {"text": "most", "value": 70}}, "share.value: is 70, outside 0 to 1"),
    ({"sure": {"type": 2}}, "sure.type: is 2, outside 0 to 1"),
]


@pytest.mark.parametrize(("change", "words"), WRONG, ids=[words for _, words in WRONG])
def test_what_is_wrong_is_named_and_the_validator_agrees(change: dict[str, Any], words: str) -> None:
    one = {**LEAST, **change}
    slips = list(schema.slips(one, schema.statement()))
    assert len(slips) == 1
    assert slips[0].startswith(words)
    assert not STATEMENT.is_valid(one)


def test_what_is_missing_is_named() -> None:
    assert list(schema.slips({"kind": "event"}, schema.statement())) == [
        "type: is missing",
        "anchor: is missing",
        "quote: is missing",
    ]
    assert list(schema.slips([], schema.report())) == ["it: is [], should be an object"]


def test_every_type_takes_its_own_modes_and_no_other() -> None:
    every = {mode for modes in MODES.values() for mode in modes}
    for kind, names in TYPES.items():
        for name in names:
            for mode in (*every, None):
                one = {**LEAST, "kind": kind, "type": name, "mode": mode}
                fits = mode is None or mode in MODES.get(name, ())
                assert (not list(schema.slips(one, schema.statement()))) is fits, one


def test_words_that_do_not_stand_where_they_should_are_named() -> None:
    good = Statement.from_json({**LEAST, "actors": ["The army"], "places": ["Karsa"]}, TEXT)
    assert list(schema.misplaced(TEXT, good)) == []
    wrong = {**good.to_json(), "actors": [{"text": "The rebels", "start": 67, "end": 77}]}
    assert list(schema.misplaced(TEXT, Statement.from_json(wrong, TEXT), "statements[2]")) == [
        'statements[2].actors[0]: "The rebels" does not stand in the text there'
    ]
    wrong = {**good.to_json(), "places": [{"text": "Karsa", "start": 12, "end": 13}], "quote_start": 3}
    assert list(schema.misplaced(TEXT, Statement.from_json(wrong, TEXT))) == [
        "statement.places[0]: its `end` is not where its words end",
        'statement.quote: "The army shelled Karsa" does not stand in the text there',
    ]


def test_long_values_are_cut_in_messages() -> None:
    slip = next(schema.slips({**LEAST, "modality": "x" * 500}, schema.statement()))
    assert len(slip) < 120
    assert json.dumps("x" * 30)[:-1] in slip


DOCUMENT = Path(__file__).parent.parent / "docs" / "statement.md"


def test_the_example_of_the_reference_is_valid_and_stands_in_its_text() -> None:
    example = json.loads(DOCUMENT.read_text("utf-8").split("```json\n")[1].split("```")[0])
    REPORT.validate(example)
    report = Report.from_json(example)
    assert [list(schema.misplaced(report.text, one)) for one in report.statements] == [[]]


def test_the_reference_names_every_field() -> None:
    text = DOCUMENT.read_text("utf-8")
    for field in (*schema.statement()["properties"], *schema.report()["properties"]):
        assert f"`{field}`" in text
