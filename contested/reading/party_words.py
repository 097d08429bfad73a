"""The words of `lexicon/en/party_words.yaml`, ready to be looked up: what a noun or adjective tells of a party."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from contested.errors import LexiconError
from contested.lexicon import load
from contested.reading.phrases import tokens

#: What a word can do in a description; the lexicon's header tells what each means.
ROLES = frozenset({"head", "side", "tie", "ending", "prefix", "back", "quiet", "own", "office", "rank", "label"})
#: The longest entry of the lexicon, in words.
LONGEST = 5


@dataclass(frozen=True, slots=True)
class Sense:
    """One thing that a word does in a description. `entry` is its id in the lexicon.

    `organ` is an organ of a state (or `rebels`, `people`), `part` what of its party the word names, `alone` the organ
    meant in the report's own country where nothing else is said, `sure` how sure that is (0 to 1). `body` nouns take
    up what was named before, `kinds` are the kinds of party that fit; `way` and `office` as in the file.
    """

    role: str
    entry: str
    organ: str | None = None
    part: str | None = None
    alone: str | None = None
    sure: float = 0.5
    body: bool = False
    way: str | None = None
    office: str | None = None
    kinds: frozenset[str] = frozenset()


@cache
def senses() -> dict[tuple[str, ...], dict[str, Sense]]:
    """Words in lower case → what they can do, by role. Raises `LexiconError` for a role that is not known."""
    found: dict[tuple[str, ...], dict[str, Sense]] = {}
    for entry in load("party_words"):
        value = dict(entry.value)
        role = value.pop("is")
        if role not in ROLES or value.keys() - set(Sense.__slots__):
            raise LexiconError(f"lexicon/en/party_words.yaml: entry {entry.id!r}: {entry.value} is not in its form")
        sense = Sense(role, entry.id, **(value | {"kinds": frozenset(value.get("kinds") or ())}))
        for word in entry.words:
            parts = tuple(token.low for token in tokens(word))
            if len(parts) > LONGEST:
                raise LexiconError(f"lexicon/en/party_words.yaml: entry {entry.id!r}: {word!r} has too many words")
            found.setdefault(parts, {}).setdefault(role, sense)
    return found


def longest(words: Sequence[str], at: int, stop: int) -> tuple[int, dict[str, Sense]]:
    """Index after the longest entry that starts at `words[at]`, and what it does; `(at, {})` where none starts."""
    known = senses()
    for end in range(min(stop, at + LONGEST), at, -1):
        if found := known.get(tuple(words[at:end])):
            return end, found
    return at, {}


def hyphened(word: str) -> tuple[str, Sense] | None:
    """The name and the sense of "Jordan-backed" (`Jordan`, with) or "anti-Jordan"; None for any other word."""
    first, mark, last = word.partition("-")
    if mark and (sense := senses().get((first.lower(),), {}).get("prefix")):
        return last, sense
    rest, mark, ending = word.rpartition("-")
    if mark and (sense := senses().get((ending.lower(),), {}).get("ending")):
        return rest, sense
    return None
