"""Actors and targets: edges, coordinations, doubles, pronouns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.lexicon import Entry, load
from contested.reading.antecedents import kind_of, pronoun
from contested.reading.attribution import find_attributions
from contested.reading.draft import Draft, Words
from contested.reading.phrases import phrases, tokens
from contested.reading.who import antecedent, read_who, split
from contested.statement import Report
from contested.text import prepare
from tests.reading.marked import unmarked


def actors(marked: str) -> list[str]:
    """What the words in [brackets], marked as actors, become."""
    raw, spans = unmarked(marked)
    draft = Draft("event", "ASSAULT", Words(0, 1, "model"), Words(0, len(raw), "model"))
    draft.roles["actors"] = [Words(start, end, "model", 0.9) for start, end in spans]
    read_who(prepare(Report(raw)), [draft])
    assert all(0 < w.sure <= 0.9 for w in draft.actors)
    return [raw[w.start : w.end] for w in draft.actors]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[The army], shelled the mill.", ["The army"]),
        ("[The army and the militia] shelled the mill.", ["The army", "the militia"]),
        ("[Russian and Syrian warplanes] bombed the mill.", ["Russian and Syrian warplanes"]),
        ("[Women and children] were killed.", ["Women and children"]),
        ("[France and Britain] sent ships.", ["France", "Britain"]),
        ("[three soldiers and 13 civilians] were killed.", ["three soldiers", "13 civilians"]),
        ("[the Faculty of Arts and Humanities] was hit.", ["the Faculty of Arts and Humanities"]),
        ("[the army], [the army] and [The army] came.", ["the army"]),
        ("Col. Tarn met the elders. [He] ordered the raid.", ["Col. Tarn"]),
        ("The villagers left at dawn. [They] burned the bridge.", ["The villagers"]),
        ("The army left at dawn. On Monday [it] burned the bridge.", ["The army"]),
        ("The militia, [which] holds the ridge, fired.", ["The militia"]),
        ("The army said [it] had shelled the ridge.", ["The army"]),
        ("“[We] burned the depot,” the Red Pine Brigade said.", ["the Red Pine Brigade"]),
        ("[They] burned the bridge.", []),
        ("“[We] burned the depot.”", []),
        ("The bridge fell. [He] burned it.", []),
    ],
)
def test_mentions(marked: str, expected: list[str]) -> None:
    assert actors(marked) == expected


def sides(raw: str, anchor: str, *, actors: str = "", targets: str = "") -> tuple[list[str], list[str]]:
    """Actors and targets of an ASSAULT anchored on `anchor`, with the words marked that are given."""

    def at(words: str, sure: float) -> Words:
        return Words(raw.index(words), raw.index(words) + len(words), "model", sure)

    draft = Draft("event", "ASSAULT", at(anchor, 0.9), Words(0, len(raw), "model"))
    draft.roles = {"actors": [at(actors, 0.8)] if actors else [], "targets": [at(targets, 0.7)] if targets else []}
    read_who(prepare(Report(raw)), [draft])
    assert bool(draft.actors) == ("actors" in draft.by)
    assert bool(draft.targets) == ("targets" in draft.by)
    return [raw[w.start : w.end] for w in draft.actors], [raw[w.start : w.end] for w in draft.targets]


def test_the_subject_of_a_passive_is_the_target() -> None:
    raw = "The depot was later shelled by the army."
    assert sides(raw, "shelled", actors="The depot") == ([], ["The depot"])
    assert sides(raw, "shelled", actors="the army") == (["the army"], ["The depot"])
    assert sides(raw, "shelled", actors="the army", targets="depot") == (["the army"], ["depot"])
    assert sides("It was shelled by the army.", "shelled") == ([], [])
    assert sides("The army shelled the depot.", "shelled", actors="The army") == (["The army"], [])


def test_nobody_stands_on_both_sides() -> None:
    assert sides("The army fired at the rebels.", "fired", actors="The army", targets="The army") == (["The army"], [])


def test_by_tells_of_a_resolved_pronoun() -> None:
    raw = "Col. Tarn left. He burned the bridge."
    draft = Draft("event", "ASSAULT", Words(19, 25, "model"), Words(16, 37, "model"))
    draft.roles["actors"] = [Words(16, 18, "model", 0.9)]
    read_who(prepare(Report(raw)), [draft])
    assert draft.by["actors"] == "rule:antecedent"
    assert draft.sure["actors"] < 0.9


@pytest.mark.parametrize("entry", [pytest.param(entry, id=entry.id) for entry in load("pronouns")])
def test_pronoun(entry: Entry) -> None:
    if entry.value["is"] == "head":
        assert kind_of(entry.example) == entry.gives == entry.value["for"]
        return
    words = tokens(entry.example)
    last = next(t for t in reversed(words) if pronoun(t.text) == (entry.value["is"], entry.value["for"]))
    text = prepare(Report(entry.example))
    span = antecedent(text, find_attributions(text), last.start)
    assert (entry.example[slice(*span)] if span else None) == entry.gives


@pytest.mark.parametrize("entry", [pytest.param(entry, id=entry.id) for entry in load("grammar")])
def test_grammar(entry: Entry) -> None:
    found = {t.text: t.tags for t in tokens(entry.example)}
    for word, tag in entry.gives.items():
        assert tag in found[word], word


def test_noun_phrases() -> None:
    raw = "The border police shelled Orla on Monday, a spokesman for the governor said."
    words = tokens(raw)
    found = [raw[words[a].start : words[b - 1].end] for a, b in phrases(words)]
    assert found[:2] == ["The border police", "Orla"]
    assert "a spokesman for the governor" in found


@given(st.text(max_size=80), st.integers(0, 80), st.integers(0, 80))
def test_parts_stay_inside(raw: str, one: int, two: int) -> None:
    start, end = sorted((min(one, len(raw)), min(two, len(raw))))
    for first, last in split(raw, start, end):
        assert start <= first <= last <= end
    list(phrases(tokens(raw)))
