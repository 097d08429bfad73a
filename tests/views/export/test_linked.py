"""Marks on reports: every one stands where it says, and the tools of each format read it."""

from __future__ import annotations

import io
import json

import pytest

from tests.views.export.test_frame import SAID, TEXT, path, written  # noqa: F401 (path is a fixture)


def test_an_annotation_finds_its_words_by_place_and_by_quote(path):  # noqa: F811
    page = json.loads(written(path, "--to", "webannotation").stdout)
    assert (page["@context"], page["type"]) == ("http://www.w3.org/ns/anno.jsonld", "AnnotationPage")
    assert len(page["items"]) == len(SAID)
    for one in page["items"]:
        quote, place = one["target"]["selector"]
        assert TEXT[place["start"] : place["end"]] == quote["exact"]
        assert quote["prefix"] + quote["exact"] + quote["suffix"] in TEXT
    tags = [one["body"][0]["value"] for one in page["items"]]
    assert tags == ["event/ASSAULT/heavy-weapons", "control/holds"]


#: The shape that the W3C's Web Annotation Data Model asks of an annotation (sections 3.1, 3.2.4, 4.2.4, 4.2.5), and of
#: a page of them (5.2).
IRI = {"type": "string", "pattern": r"^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+$"}
SELECTORS = [
    {"properties": {"type": {"const": "TextQuoteSelector"}, "exact": {"type": "string"}, "prefix": {"type": "string"},
                    "suffix": {"type": "string"}}, "required": ["type", "exact"], "additionalProperties": False},
    {"properties": {"type": {"const": "TextPositionSelector"}, "start": {"type": "integer", "minimum": 0},
                    "end": {"type": "integer", "minimum": 0}}, "required": ["type", "start", "end"],
     "additionalProperties": False},
]  # fmt: skip
ANNOTATION = {
    "type": "object", "required": ["id", "type", "target"], "additionalProperties": False,
    "properties": {
        "id": IRI, "type": {"const": "Annotation"}, "motivation": {"enum": ["classifying", "describing", "tagging"]},
        "body": {"type": "array", "items": {"type": "object", "required": ["type", "value"], "properties": {
            "type": {"enum": ["TextualBody", "Dataset"]}, "purpose": {"enum": ["tagging", "describing"]}}}},
        "target": {"type": "object", "required": ["source"], "properties": {
            "source": IRI, "selector": {"type": "array", "items": {"oneOf": SELECTORS}}}},
    },
}  # fmt: skip
PAGE = {
    "type": "object", "required": ["@context", "type", "items"],
    "properties": {"@context": {"const": "http://www.w3.org/ns/anno.jsonld"}, "type": {"const": "AnnotationPage"},
                   "items": {"type": "array", "items": ANNOTATION}},
}  # fmt: skip


def test_annotations_have_the_shape_of_the_model(path):  # noqa: F811
    jsonschema = pytest.importorskip("jsonschema")
    page = json.loads(written(path, "--to", "webannotation").stdout)
    jsonschema.Draft202012Validator(PAGE).validate(page)
    ids = [one["id"] for one in page["items"]]
    assert len(set(ids)) == len(ids)


def test_provenance_is_read_by_prov(path):  # noqa: F811
    prov = pytest.importorskip("prov.model")
    first, second = written(path, "--to", "prov").stdout.splitlines()
    document = prov.ProvDocument.deserialize(io.StringIO(first), format="json")
    agents = {
        str(label) for agent in document.get_records(prov.ProvAgent) for label in agent.get_attribute("prov:label")
    }
    assert {"Orla Post", "the Orla Monitor"} <= agents
    quotes = {str(v) for entity in document.get_records(prov.ProvEntity) for v in entity.get_attribute("prov:value")}
    assert quotes == {one["quote"] for one in SAID}
    assert (
        len(list(prov.ProvDocument.deserialize(io.StringIO(second), format="json").get_records(prov.ProvEntity))) == 1
    )


def test_tasks_of_label_studio_mark_the_words_they_name(path):  # noqa: F811
    tasks = json.loads(written(path, "--to", "labelstudio").stdout)
    assert [one["data"]["id"] for one in tasks] == ["a", "b"]
    found = tasks[0]["predictions"][0]["result"]
    regions = {one["id"]: one for one in found if one["type"] == "labels"}
    for region in regions.values():
        value = region["value"]
        assert TEXT[value["start"] : value["end"]] == value["text"]
    ties = [(one["from_id"], one["to_id"], one["labels"]) for one in found if one["type"] == "relation"]
    assert ties
    assert all(a in regions and b in regions for a, b, _ in ties)
    labels = {label for one in regions.values() for label in one["value"]["labels"]}
    assert labels == {"event.ASSAULT", "control.holds", "actor", "target", "place"}
