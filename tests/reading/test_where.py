"""Places: cut-off words completed, places told by others joined."""

from __future__ import annotations

import pytest

from contested.reading.draft import Draft, Words
from contested.reading.where import read_where
from contested.statement import Report
from contested.text import prepare
from tests.reading.marked import unmarked


def places(marked: str, *, anchor: str = "", party: str = "") -> list[str]:
    """What the words in [brackets], marked as places, become."""
    raw, spans = unmarked(marked)
    at = raw.index(anchor)
    draft = Draft("event", "ASSAULT", Words(at, at + max(1, len(anchor)), "model"), Words(0, len(raw), "model"))
    draft.roles["places"] = [Words(start, end, "model", 0.9) for start, end in spans]
    if party:
        draft.actors = [Words(raw.index(party), raw.index(party) + len(party), "model")]
    read_where(prepare(Report(raw)), [draft])
    return [raw[w.start : w.end] for w in draft.places]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Shells fell on [the hill town of] [Orla] at dawn.", ["the hill town of Orla"]),
        ("Shells fell on [the] mill in [Orla].", ["the mill", "Orla"]),
        ("Shells fell on [a farm] south of [Orla].", ["a farm south of Orla"]),
        ("Shells fell on [a farm] [near Orla].", ["a farm near Orla"]),
        ("Shells fell on [a farm] in [Orla province].", ["a farm", "Orla province"]),
        ("Shells fell on [Orla] and [Borov].", ["Orla", "Borov"]),
        ("Shells fell on [the towns of] Orla and [Borov].", ["the towns of Orla", "Borov"]),
        ("Shells fell [near] them.", []),
    ],
)
def test_places(marked: str, expected: list[str]) -> None:
    assert places(marked, anchor="fell") == expected


def test_a_party_is_no_place() -> None:
    assert places("[Orla] accused the rebels in [Borov].", anchor="accused", party="Orla") == ["Borov"]
