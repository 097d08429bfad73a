"""What several tests need: a report with statements of every kind, read by hand."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from contested.statement import Report, Statement

# No test touches the user's own data. The folder stays between runs: what needs the whole gazetteer makes it once.
os.environ["CONTESTED_DATA"] = str(Path(__file__).parent.parent / "build" / "test-data")

# A busy machine is no reason to fail: no test here is timed.
settings.register_profile("contested", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("contested")

TEXT = (
    "Rebel gunners shelled the flour mill in Qasr on Friday, killing at least two guards, state radio said.\n"
    "\n"
    "The army holds about 70 percent of the town, but a spokesman denied that the mill had been hit.\n"
    "More than 900 people have died in the province since 2011. Bread is short in Qasr.\n"
    "The Lion Brigade is armed by the emirate, and an analyst expects the pass to fall.\n"
)
STATEMENTS: list[dict[str, Any]] = [
    {
        "kind": "event", "type": "ASSAULT", "mode": "heavy-weapons", "anchor": "shelled",
        "quote": "Rebel gunners shelled the flour mill in Qasr on Friday, killing at least two guards",
        "actors": ["Rebel gunners"], "targets": ["the flour mill"], "places": ["Qasr"],
        "when": {"text": "on Friday", "start": "2016-12-02", "end": "2016-12-02", "basis": "published"},
        "source": {"text": "state radio", "class": "media", "named": True, "via": ["Orontes State Wire"]},
        "harm": [{"effect": "killed", "who": "at least two guards", "low": 2, "high": None}],
        "by": {"mode": "modes.shelled", "actors": "model 0.1"}, "sure": {"actors": 0.83},
    },
    {
        "kind": "control", "type": "holds", "anchor": "holds",
        "quote": "The army holds about 70 percent of the town", "actors": ["The army"], "places": ["the town"],
        "share": {"text": "about 70 percent", "value": 0.7},
    },
    {
        "kind": "event", "type": "ASSAULT", "anchor": "hit", "quote": "the mill had been hit",
        "targets": ["the mill"], "modality": "denied",
        "source": {"text": "a spokesman", "class": "military", "named": False},
        "said": {"text": "on Wednesday", "date": "2016-11-30"},
    },
    {
        "kind": "toll", "type": "killed", "anchor": "died",
        "quote": "More than 900 people have died in the province since 2011", "actors": ["More than 900 people"],
        "places": ["the province"], "when": {"text": "since 2011", "start": "2011-01-01", "end": None},
        "harm": [{"effect": "killed", "who": "More than 900 people", "low": 900, "high": None}],
    },
    {
        "kind": "condition", "type": "shortage", "anchor": "short", "quote": "Bread is short in Qasr",
        "targets": ["Bread"], "places": ["Qasr"],
    },
    {
        "kind": "relation", "type": "backs", "anchor": "armed", "quote": "The Lion Brigade is armed by the emirate",
        "actors": ["the emirate"], "targets": ["The Lion Brigade"],
    },
    {
        "kind": "position", "type": "prediction", "anchor": "expects", "modality": "possible",
        "quote": "an analyst expects the pass to fall", "actors": ["an analyst"],
    },
]  # fmt: skip


def coded(text: str = TEXT, **given: Any) -> Report:
    """A report whose statements are those of `STATEMENTS` that its text carries."""
    carried = [Statement.from_json(s, text) for s in STATEMENTS if s["quote"] in text]
    return Report(text=text, **given).with_statements(carried)


@pytest.fixture
def report() -> Report:
    """Seven statements, one of every kind and a denial."""
    return coded(id="qasr-1", outlet="Qasr Mail", title="Mill shelled in Qasr", published="2016-12-02")


@pytest.fixture
def make_report() -> Callable[..., Report]:
    """`coded`, for other texts and other facts about the report."""
    return coded
