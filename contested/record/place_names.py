"""What places are called that no gazetteer has: "the Mill neighbourhood of Orla" is Mill, in Orla."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from contested.lexicon import load
from contested.spelling import THRESHOLD, alike

_WORD = re.compile(r"[^\W\d_](?:[\w'’-]*[^\W_])?")
_ARTICLES = frozenset({"the", "a", "an"})
#: A name with fewer letters is not looked for within another ("Tel" is part of many).
_LONG = 4


@lru_cache(maxsize=50_000)
def names(text: str) -> tuple[str, ...]:
    """The names in the words of a place: its own, then what it is told to lie in or near; none for "a town".

    A name is a run of words with capitals ("al-Mill" has one), without what only tells a kind or a direction.
    """
    plain = _plain()
    runs: list[list[str]] = [[]]
    for word in _WORD.findall(text):
        if word.lower() in plain or not any(part[:1].isupper() for part in word.split("-")):
            runs.append([])
        else:
            runs[-1].append(word)
    return tuple(" ".join(run) for run in runs if run)


@lru_cache(maxsize=200_000)
def spelled_alike(one: str, other: str) -> bool:
    return alike(one, other) >= THRESHOLD


@lru_cache(maxsize=200_000)
def one_name(one: str, other: str) -> bool:
    """Whether two names can be of one place: of like spelling, or the words of one stand in the other."""
    if spelled_alike(one, other):
        return True
    short, long = sorted((one.split(), other.split()), key=len)
    name = " ".join(short)
    if len(short) == len(long) or len(name) < _LONG:
        return False
    starts = range(len(long) - len(short) + 1)
    return any(spelled_alike(name, " ".join(long[n : n + len(short)])) for n in starts)


@cache
def _plain() -> frozenset[str]:
    """Words that tell of what kind a place is, or which side of another."""
    told = [e for e in load("place_relations") if e.value.get("slot") in ("kind", "direction", "part", "edge", "near")]
    return _ARTICLES | {word.lower() for entry in told for word in entry.words}
