"""Every entry of the lexicons of time does what its example says, and leaves alone what it must."""

from __future__ import annotations

from datetime import date

import pytest

from contested.lexicon import Entry, load
from contested.reading.patterns import Grammar, plain
from contested.reading.when import TimeMention, find, resolve
from contested.statement import Report
from contested.text.layout import Block, Sentence, Text

FRIDAY = date(2016, 12, 2)


def read(words: str) -> list[TimeMention]:
    return find(
        Text(Report(words), (Block(0, len(words), "paragraph", True),), (Sentence(0, len(words), 0),), (), None,
             FRIDAY, "published")
    )  # fmt: skip


def entries(name: str) -> list[pytest.param]:
    return [pytest.param(entry, id=entry.id) for entry in load(name)]


@pytest.mark.parametrize("entry", entries("times"))
def test_pattern(entry: Entry) -> None:
    times = read(entry.example)
    gives = [] if entry.gives is None else [entry.gives] if isinstance(entry.gives, str) else entry.gives
    assert [time.value for time in times] == gives
    if times:
        assert f"time:{entry.id}" in {time.rule for time in times}
    for sentence in entry.leaves:
        assert f"time:{entry.id}" not in {time.rule for time in read(sentence)}, sentence


@pytest.mark.parametrize("entry", entries("time_words"))
def test_word(entry: Entry) -> None:
    times = read(entry.example)
    assert any(plain(word) in plain(entry.example) for word in entry.words)
    if entry.gives is not None:
        assert entry.gives in [time.value for time in times]
    for sentence in entry.leaves:
        assert not read(sentence), sentence


@pytest.mark.parametrize("entry", entries("time_cues"))
def test_cue(entry: Entry) -> None:
    future = entry.value.get("tense") == "future"
    assert list(resolve(entry.example, FRIDAY, future=future)[:2]) == entry.gives
    times = read(entry.example)
    if "tense" in entry.value:
        assert [times[0].low, times[0].high] == entry.gives


def test_every_word_of_a_slot_is_read() -> None:
    """No word of the lexicon is dead: each fills its slot in the grammar."""
    words = load("time_words")
    grammar = Grammar(words, load("times"))
    for entry in words:
        for word in entry.words:
            assert grammar.meaning((entry.value["slot"],), plain(word)) == entry.value.get("is"), word


def test_every_kind_of_pattern_has_a_meaning() -> None:
    from contested.reading.relative import MEANINGS

    assert {entry.value["is"] for entry in load("times")} == set(MEANINGS)
