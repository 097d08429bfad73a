"""The JSON Schemas (2020-12) of a report and of a statement, and a check against them.

The enumerations come from `contested.statement`, so schema and program cannot drift. The published files in
`contested/schemas/` are written by `python -m contested.schema`; a test holds them equal to what stands here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from contested.statement import EFFECTS, MODALITIES, MODES, SOURCE_CLASSES, TYPES, Statement

DIALECT = "https://json-schema.org/draft/2020-12/schema"
BASE = "https://contested.github.io/schemas/"
Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_WORDS: Schema = {"type": ["string", "null"]}
_OFFSET: Schema = {"type": "integer", "minimum": -1}
_NUMBER: Schema = {"type": ["integer", "null"], "minimum": 0}
_RESOLVED: Schema = {"type": ["object", "null"]}
_DATE: Schema = {"type": ["string", "null"], "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_PARTIAL_DATE: Schema = {"type": ["string", "null"], "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"}


def _object(required: tuple[str, ...], nullable: bool = False, **properties: Schema) -> Schema:
    kind: Any = ["object", "null"] if nullable else "object"
    return {"type": kind, "required": list(required), "properties": properties}


@cache
def statement() -> Schema:
    """The schema of one statement, as the codebook's file format and the program's output have it."""
    mention: Schema = {
        "description": "Words of the report: bare, or with their offsets and what they were resolved to.",
        "anyOf": [
            {"type": "string", "minLength": 1},
            _object(("text",), text=_TEXT, start=_OFFSET, end=_OFFSET, resolved=_RESOLVED),
        ],
    }
    mentions: Schema = {"type": ["array", "null"], "items": mention}
    types = [
        {
            "if": {"required": ["kind"], "properties": {"kind": {"enum": [kind]}}},
            "then": {"properties": {"type": {"enum": list(names)}}},
        }
        for kind, names in TYPES.items()
    ]
    modes = [
        {
            "if": {"required": ["type"], "properties": {"type": {"enum": [name]}}},
            "then": {"properties": {"mode": {"enum": [*names, None]}}},
        }
        for name, names in MODES.items()
    ]
    modeless = [name for names in TYPES.values() for name in names if name not in MODES]
    no_mode = {
        "if": {"required": ["type"], "properties": {"type": {"enum": modeless}}},
        "then": {"properties": {"mode": {"enum": [None]}}},
    }
    return {
        "$schema": DIALECT,
        "$id": f"{BASE}statement.json",
        "title": "Statement",
        "description": "One thing that a report says about a conflict, in the voice of one source.",
        **_object(
            ("kind", "type", "anchor", "quote"),
            id=_TEXT,
            kind={"enum": list(TYPES)},
            type={"enum": [name for names in TYPES.values() for name in names]},
            mode={"enum": [*dict.fromkeys(mode for names in MODES.values() for mode in names), None]},
            anchor={"type": "string", "minLength": 1},
            quote={"type": "string", "minLength": 1},
            anchor_start=_OFFSET,
            quote_start=_OFFSET,
            quote_n={"type": ["integer", "null"], "minimum": 1},
            actors=mentions,
            targets=mentions,
            places=mentions,
            when=_object(("text",), nullable=True, text=_WORDS, start=_PARTIAL_DATE, end=_PARTIAL_DATE,
                         basis=_WORDS, text_start=_OFFSET, type=_WORDS, value=_WORDS, offset=_WORDS),
            source=_object(("text",), nullable=True, text=_WORDS, **{"class": {"enum": list(SOURCE_CLASSES)}},
                           named={"type": "boolean"}, via={"type": ["array", "null"], "items": _TEXT}, start=_OFFSET,
                           resolved=_RESOLVED),
            said=_object(("text",), nullable=True, text=_WORDS, date=_PARTIAL_DATE),
            modality={"enum": list(MODALITIES)},
            harm={"type": ["array", "null"],
                  "items": _object(("effect",), effect={"enum": list(EFFECTS)}, who=_WORDS, low=_NUMBER, high=_NUMBER)},
            share=_object(("text",), nullable=True, text=_WORDS,
                          value={"type": ["number", "null"], "minimum": 0, "maximum": 1}),
            by={"type": "object", "additionalProperties": _TEXT},
            sure={"type": "object", "additionalProperties": {"type": "number", "minimum": 0, "maximum": 1}},
        ),
        "allOf": [*types, *modes, no_mode],
    }  # fmt: skip


@cache
def report() -> Schema:
    """The schema of one report: one JSON object, on one line in a JSON Lines file. Unknown keys are allowed."""
    return {
        "$schema": DIALECT,
        "$id": f"{BASE}report.json",
        "title": "Report",
        "description": "One item as one outlet published it, with its statements.",
        **_object(
            ("text",),
            id={"type": ["string", "integer", "null"]},
            outlet=_WORDS,
            title=_WORDS,
            published=_DATE,
            url=_WORDS,
            text=_TEXT,
            statements={"type": ["array", "null"], "items": {"$ref": "statement.json"}},
        ),
    }


def slips(given: Any, schema: Schema, at: str = "") -> Iterator[str]:
    """What in `given` breaks `schema`, in words: `harm[0].low: is "12", should be an integer or null`.

    Knows the keywords that the two schemas here use; every `$ref` is to a statement's. `at` is the path so far.
    """
    if "$ref" in schema:
        schema = statement()
    if "anyOf" in schema:
        if all(any(slips(given, option, at)) for option in schema["anyOf"]):
            yield from slips(given, schema["anyOf"][-1], at)
        return
    allowed = schema.get("type", ())
    names = (allowed,) if isinstance(allowed, str) else tuple(allowed)
    if names and not any(_is(given, name) for name in names):
        yield f"{at or 'it'}: is {_show(given)}, should be {' or '.join(_ARTICLES[name] for name in names)}"
        return
    if "enum" in schema and given not in schema["enum"]:
        options = ", ".join("null" if option is None else option for option in schema["enum"])
        yield f"{at or 'it'}: is {_show(given)}, should be one of {options}"
        return
    if isinstance(given, str):
        yield from _string_slips(given, schema, at)
    elif isinstance(given, int | float) and not isinstance(given, bool):
        if given < schema.get("minimum", given) or given > schema.get("maximum", given):
            yield f"{at or 'it'}: is {given}, outside {schema.get('minimum')} to {schema.get('maximum', 'any')}"
    elif isinstance(given, list):
        for n, item in enumerate(given):
            yield from slips(item, schema.get("items", {}), f"{at}[{n}]")
    elif isinstance(given, Mapping):
        yield from _object_slips(given, schema, at)


def _string_slips(given: str, schema: Schema, at: str) -> Iterator[str]:
    if len(given) < schema.get("minLength", 0):
        yield f"{at or 'it'}: is empty"
    if "pattern" in schema and not re.search(schema["pattern"], given):
        yield f"{at or 'it'}: is {_show(given)}, should be an ISO date"


def _object_slips(given: Mapping[str, Any], schema: Schema, at: str) -> Iterator[str]:
    dot = f"{at}." if at else ""
    for name in schema.get("required", ()):
        if name not in given:
            yield f"{dot}{name}: is missing"
    properties = schema.get("properties", {})
    found = False
    for name, value in given.items():
        for slip in slips(value, properties.get(name, schema.get("additionalProperties", {})), f"{dot}{name}"):
            found = True
            yield slip
    for rule in () if found else schema.get("allOf", ()):
        if not any(slips(given, rule["if"], at)):
            yield from slips(given, rule["then"], at)


_ARTICLES = {"string": "a string", "integer": "an integer", "number": "a number", "boolean": "true or false",
             "array": "a list", "object": "an object", "null": "null"}  # fmt: skip
_PYTHON: Mapping[str, Any] = {"string": str, "boolean": bool, "array": list, "object": Mapping, "null": type(None),
                              "integer": int, "number": int | float}  # fmt: skip


def _is(given: Any, name: str) -> bool:
    return isinstance(given, _PYTHON[name]) and (name == "boolean" or not isinstance(given, bool))


def _show(given: Any) -> str:
    shown = json.dumps(given, default=str, ensure_ascii=False)
    return shown if len(shown) <= 40 else f"{shown[:37]}..."


def misplaced(text: str, one: Statement, at: str = "statement") -> Iterator[str]:
    """Words of a statement that do not stand in the report's `text` where they are said to stand."""
    words = [("quote", one.quote, one.quote_start), ("anchor", one.anchor, one.anchor_start)]
    for name in ("actors", "targets", "places"):
        for n, mention in enumerate(getattr(one, name)):
            words.append((f"{name}[{n}]", mention.text, mention.start))
            if mention.start >= 0 and mention.end != mention.start + len(mention.text):
                yield f"{at}.{name}[{n}]: its `end` is not where its words end"
    if one.when and one.when.text_start is not None:
        words.append(("when", one.when.text, one.when.text_start))
    if one.source and one.source.start is not None:
        words.append(("source", one.source.text, one.source.start))
    for name, string, start in words:
        if start < 0 or not text.startswith(string, start):
            yield f"{at}.{name}: {_show(string)} does not stand in the text there"


def published() -> dict[str, str]:
    """File name → content of the schemas as they are published."""
    schemas = {"report.json": report(), "statement.json": statement()}
    return {name: json.dumps(schema, indent=2) + "\n" for name, schema in schemas.items()}


if __name__ == "__main__":
    folder = Path(__file__).parent / "schemas"
    folder.mkdir(exist_ok=True)
    for name, content in published().items():
        (folder / name).write_text(content, "utf-8")
