"""Every entry of the lexicon of things hit gives what it says."""

import pytest

from contested.lexicon import load
from contested.record.things import things

ENTRIES = load("things_hit")


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: e.id)
def test_an_entry_gives_what_it_says(entry):
    assert things(entry.example) == set(entry.gives)
    assert entry.value in entry.gives
    for other in entry.leaves:
        assert entry.value not in things(other)


def test_no_word_stands_twice():
    words = [word for entry in ENTRIES for word in entry.words]
    assert len(words) == len(set(words))
