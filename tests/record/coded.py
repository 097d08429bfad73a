"""Reports coded by hand, for tests of the record: no reader and no weights needed."""

from __future__ import annotations

from typing import Any

from contested.statement import Report

ORLA = {"place": "file:orla", "name": "Orla", "lat": 10.0, "lon": 20.0, "kind": "town", "country": "SY",
        "radius_km": 3.0, "precision": "exact", "within": ["file:veld", "iso:SY"]}  # fmt: skip
MILL = {"place": "file:mill", "name": "Mill Quarter", "lat": 10.01, "lon": 20.01, "kind": "area", "country": "SY",
        "radius_km": 0.5, "precision": "exact", "within": ["file:orla", "file:veld", "iso:SY"]}  # fmt: skip
ARMY = {"party": "sy.armed-forces", "name": "Syrian armed forces", "kind": "organ", "country": "SY"}
REBELS = {"party": "sy.rebels", "name": "rebels in Syria", "kind": "armed-group", "country": "SY"}


def report(text: str, *statements: dict[str, Any], published: str | None = "2016-12-02", **more: Any) -> Report:
    """A report with statements as a person writes them; `quote` is the whole text where none is given."""
    coded = [{"quote": text, **s} for s in statements]
    return Report.from_json({"text": text, "published": published, "statements": coded, **more})


def mention(words: str, resolved: dict[str, Any]) -> dict[str, Any]:
    return {"text": words, "resolved": resolved}


def attack(text: str, anchor: str = "shelled", **more: Any) -> dict[str, Any]:
    """An attack told by `text`."""
    return {"kind": "event", "type": "ASSAULT", "mode": "heavy-weapons", "anchor": anchor, **more}
