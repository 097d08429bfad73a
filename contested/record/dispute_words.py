"""The words that disputes turn on (`lexicon/en/disputes.yaml`), ready to be looked up."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from contested.lexicon import load

_WORD = re.compile(r"[^\W\d_][\w'’-]*|\d[\d,.]*")


@dataclass(frozen=True, slots=True)
class Groups:
    """Words for people harmed → their group; group → the groups that hold it, nearest first."""

    words: Mapping[str, str]
    within: Mapping[str, tuple[str, ...]]


@cache
def _words(role: str) -> frozenset[str]:
    return frozenset(word.lower() for entry in load("disputes") if entry.value["is"] == role for word in entry.words)


@cache
def groups() -> Groups:
    entries = [entry for entry in load("disputes") if entry.value["is"] == "harmed"]
    return Groups(
        {word.lower(): entry.value["group"] for entry in entries for word in entry.words},
        {entry.value["group"]: tuple(entry.value["within"]) for entry in entries},
    )


@cache
def _numbers() -> frozenset[str]:
    """Words for numbers: "seven", "dozen", "hundreds"."""
    roles = ("cardinal", "times", "few", "plural", "vague")
    return frozenset(word.lower() for e in load("numbers") if e.value["is"] in roles for word in e.words)


@cache
def _pattern(role: str) -> re.Pattern[str]:
    longest_first = sorted(_words(role), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-]| than\b)", re.IGNORECASE)


def has(role: str, text: str) -> bool:
    """Whether `text` has words of a role of the lexicon: `about`, `vague`, `part`."""
    return _pattern(role).search(text) is not None


def is_about(words: str) -> bool:
    """Whether the number in `words` is not meant to the last one: "about 70 people"."""
    return _pattern("about").match(words.strip()) is not None


def group_of(words: str | None) -> str | None:
    """The group that a mention of people harmed names; "people" for a bare number; None for others and for no people.

    Only the first of several counts ("12 people mostly nurses" are people), and of that its last word.
    """
    if not words:
        return "people"
    tokens = [token.lower() for token in _WORD.findall(words)]
    stops, known = _words("stop"), groups().words
    first: list[str] = []
    for token in tokens:
        if token in stops and _named(first, known):
            break
        first.append(token)
    if group := _named(first, known):
        return group
    bare = counts(words) and all(_is_number(token) or token in _bounds() for token in tokens)
    return "people" if bare else None


@cache
def _weapons() -> Mapping[str, tuple[str, Sequence[str]]]:
    """Words for weapons → the weapon, and the modes that it can belong to."""
    entries = [entry for entry in load("disputes") if entry.value["is"] == "weapon"]
    return {word.lower(): (e.value["weapon"], e.value["modes"]) for e in entries for word in e.words}


def weapons(text: str, mode: str | None) -> frozenset[str]:
    """The weapons of a mode that `text` names, of those that are told apart: mortars and rockets."""
    named = (_weapons()[found.group().lower()] for found in _pattern("weapon").finditer(text))
    return frozenset(weapon for weapon, modes in named if mode in modes)


def is_people(word: str) -> bool:
    """Whether a noun names people, not what they suffered: "people", not "deaths"."""
    return word.lower() in groups().words and not has("suffered", word)


def counts(words: str | None) -> bool:
    """Whether `words` hold a number, in figures or in words."""
    return any(_is_number(token.lower()) for token in _WORD.findall(words or ""))


def _is_number(token: str) -> bool:
    return token[0].isdigit() or token in _numbers()


@cache
def _bounds() -> frozenset[str]:
    """Single words that stand about a number: "at", "least", "than", "of"."""
    phrases = [word for e in load("numbers") if e.value["is"] == "bound" for word in e.words]
    return frozenset(token for phrase in (*phrases, "of") for token in phrase.lower().split())


def is_plural(words: str) -> bool:
    """Whether `words` name people by a plural without a number: "civilians" are no single one."""
    tokens = [token.lower() for token in _WORD.findall(words)]
    return bool(tokens) and not counts(words) and tokens[-1].endswith("s") and group_of(words) is not None


def _named(tokens: list[str], known: Mapping[str, str]) -> str | None:
    """The group of the longest entry that ends last in `tokens`."""
    for end in range(len(tokens), 0, -1):
        for start in range(max(end - 3, 0), end):
            if group := known.get(" ".join(tokens[start:end])):
                return group
    return None


def within(one: str, other: str) -> bool:
    """Whether all of group `one` are of group `other`, another one."""
    return other in groups().within.get(one, ())


def apart(one: str, other: str) -> bool:
    """Whether nobody can be of both groups: civilians and fighters."""
    fighting = ({one, *groups().within.get(one, ())}, {other, *groups().within.get(other, ())})
    return any("combatants" in a and "civilians" in b for a, b in (fighting, fighting[::-1]))
