"""People said to be harmed, found by rule."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contested.lexicon import Entry, load
from contested.reading.harmed import find_harm

EFFECTS = load("effects")


def harm(text: str) -> list[list[object]]:
    return [[effect, h.low, h.high] for h in find_harm(text, 0, len(text)) for effect in h.effects]


@pytest.mark.parametrize("entry", EFFECTS, ids=lambda entry: entry.id)
def test_lexicon_examples(entry: Entry) -> None:
    assert harm(entry.example) == entry.gives
    for sentence in entry.leaves:
        assert harm(sentence) == [], sentence


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5 clerks were killed and 12 wounded", [["killed", 5, 5], ["injured", 12, 12]]),
        ("6 clerks killed 12 injured in a raid", [["killed", 6, 6], ["injured", 12, 12]]),
        ("Two gunmen killed five clerks", [["killed", 5, 5]]),
        ("The raid killed at least five clerks and wounded 12", [["killed", 5, None], ["injured", 12, 12]]),
        ("killing and wounding dozens of porters", [["killed", 24, None], ["injured", 24, None]]),
        ("Nine porters, among them two women, were killed", [["killed", 9, 9], ["killed", 2, 2]]),
        ("Rockets killed nine people including two children", [["killed", 9, 9], ["killed", 2, 2]]),
        ("A mortar round left three people dead and six others injured", [["killed", 3, 3], ["injured", 6, 6]]),
        ("Guards from the Hill Brigade are reported to have killed 50 officers", [["killed", 50, 50]]),
        ("The death toll from three raids on the port has risen to 61", [["killed", 61, 61]]),
        ("Two women and a child were shot dead", [["killed", 2, 2], ["killed", 1, 1]]),
        ("the blast killed two tanks", []),
        ("Militants detained in Qasr", [["detained", 1, None]]),
    ],
)
def test_clauses(text: str, expected: list[list[object]]) -> None:
    assert harm(text) == expected


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text(text: str) -> None:
    for harmed in find_harm(text, 0, len(text)):
        assert harmed.start == -1 or 0 <= harmed.start < harmed.end <= len(text)


words = st.sampled_from(
    [
        "killed",
        "wounded",
        "and",
        "12",
        "clerks",
        "at",
        "least",
        ",",
        "were",
        "dead",
        "including",
        "among",
        "the",
        "a",
        "woman",
        ";",
        "toll",
        "rose",
        "to",
        "60",
        "by",
        "in",
        "who",
        "killing",
    ]
)


@settings(deadline=None)
@given(st.lists(words, max_size=16).map(" ".join))
def test_any_words(text: str) -> None:
    for harmed in find_harm(text, 0, len(text)):
        assert harmed.start == -1 or text[harmed.start : harmed.end].strip()
        if harmed.low is not None and harmed.high is not None:
            assert harmed.low <= harmed.high


def test_the_words_of_who_end_with_the_people() -> None:
    text = "The raid killed two porters on Sunday and hurt at least 90 people the Harbour Watch said"
    assert [text[h.start : h.end] for h in find_harm(text, 0, len(text))] == ["two porters", "at least 90 people"]


def test_more_than_belongs_to_the_number() -> None:
    assert harm("More than 40 troops and militia were killed") == [["killed", 40, None]]
