"""The ends of ties: hyphens, passives, offices."""

from __future__ import annotations

import pytest

from contested.lexicon import Entry, load
from contested.reading.draft import Draft, Words
from contested.reading.phrases import tokens
from contested.reading.ties import ends, read_ties
from contested.statement import Report
from contested.text import prepare


def tied(raw: str, kind: str, anchor: str, **marked: str) -> Draft:
    """The draft of `kind` anchored on `anchor`, its slots filled as the model marked them, after the ties are read."""

    def at(words: str) -> Words:
        start = raw.index(words)
        return Words(start, start + len(words), "model", 0.9)

    draft = Draft(kind, "backs" if kind == "relation" else "holds", at(anchor), Words(0, len(raw), "model"))
    for slot, words in marked.items():
        setattr(draft, slot, [at(words)])
    read_ties(prepare(Report(raw)), [draft])
    return draft


def said(raw: str, words: list[Words]) -> list[str]:
    return [raw[w.start : w.end] for w in words]


@pytest.mark.parametrize("entry", [pytest.param(entry, id=entry.id) for entry in load("ties")])
def test_lexicon(entry: Entry) -> None:
    """The example gives its ends at the first of the entry's words that stands in it."""
    raw = entry.example
    word = next(w for w in entry.words if w in raw)
    form, found = ends(tokens(raw), raw.index(word), raw.index(word) + len(word))
    assert form == entry.value["form"]
    assert {slot: raw[a:b] for slot, (a, b) in found.items()} == entry.gives


def test_a_hyphen_corrects_what_was_marked() -> None:
    raw = "Shells hit the Orlan-backed hill fighters, a monitor said."
    draft = tied(raw, "relation", "Orlan-backed", actors="a monitor", targets="the")
    assert said(raw, draft.actors) == ["Orlan"]
    assert said(raw, draft.targets) == ["hill fighters"]
    assert draft.by["actors"] == draft.by["targets"] == "rule:ties"


def test_the_name_before_a_hyphen_is_whole() -> None:
    raw = "The raid began in the Red Pine-held valley."
    draft = tied(raw, "control", "held")
    assert said(raw, draft.actors) == ["Red Pine"]
    assert said(raw, draft.places) == ["valley"]
    assert draft.targets == []


def test_what_a_passive_names_fills_only_what_is_empty() -> None:
    raw = "The hill fighters, backed by the Orlan army, burned the mill."
    draft = tied(raw, "relation", "backed", targets="fighters")
    assert said(raw, draft.actors) == ["the Orlan army"]
    assert said(raw, draft.targets) == ["fighters"]


@pytest.mark.parametrize(
    ("raw", "anchor", "holder"),
    [
        ("Orla is a Red Pine stronghold.", "stronghold", ["Red Pine"]),
        ("Orla is the last rebel bastion.", "bastion", ["rebel"]),
        ("Orla is their main stronghold.", "stronghold", []),
        ("The rebels entered and control Orla.", "control", []),
    ],
)
def test_whose_ground(raw: str, anchor: str, holder: list[str]) -> None:
    assert said(raw, tied(raw, "control", anchor).actors) == holder


@pytest.mark.parametrize(
    ("raw", "person", "body"),
    [
        ("Harbour Watch director Mirel Tadic spoke.", "Mirel Tadic", "Harbour Watch"),
        ("Mirel Tadic, director of Harbour Watch, spoke.", "Mirel Tadic", "Harbour Watch"),
        ("The director of Harbour Watch, Mirel Tadic, spoke.", "Mirel Tadic", "Harbour Watch"),
        ("Mirel Tadic, Harbour Watch director, spoke.", "Mirel Tadic", "Harbour Watch"),
    ],
)
def test_offices(raw: str, person: str, body: str) -> None:
    draft = tied(raw, "relation", "director")
    assert said(raw, draft.actors) == [person]
    assert said(raw, draft.targets) == [body]


def test_a_relation_has_no_place_and_may_lack_an_end() -> None:
    raw = "In Orla the director spoke."
    draft = tied(raw, "relation", "director", places="Orla")
    assert (draft.actors, draft.targets, draft.places) == ([], [], [])


def test_events_are_left_alone() -> None:
    raw = "The Orlan-backed fighters burned the mill."
    draft = tied(raw, "event", "Orlan-backed")
    assert (draft.actors, draft.targets) == ([], [])
