"""How much a word tells: rare words in common are evidence of one happening, "killed" in common is none.

Rarity does not depend on the reports at hand, so a pair of accounts scores the same in every record and stays so as
reports come in. `rarity.tsv` counts in how many of 47,959 sentences of newswire (Groningen Meaning Bank, public-domain
texts) a stem stands, for the 4,928 that stand in twelve or more.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib import resources
from math import fsum, log

SENTENCES = 47_959
#: What a word that the list does not have is taken to stand in.
_UNLISTED = 6
#: What is reckoned of words, and of sets of them (those of a report weigh some kB), is kept for so many.
_WORDS, _SETS = 50_000, 20_000
_WORD = re.compile(r"[^\W\d_][\w'’-]*[^\W_]")
_NUMBER = re.compile(r"\b\d[\d,]*\b")
_ENDING = re.compile(r"(?:['’]s|ing|ed|es|s)$")


def stem(word: str) -> str:
    """The word in lower case without the commonest endings."""
    low = word.lower()
    return _ENDING.sub("", low) if len(low) > 4 else low


@lru_cache(maxsize=20_000)
def stems(text: str) -> frozenset[str]:
    """The stems of the words of two letters and more."""
    return frozenset(stem(word) for word in _WORD.findall(text))


def figures(text: str) -> frozenset[int]:
    """The numbers that stand in figures."""
    return frozenset(int(found.replace(",", "")) for found in _NUMBER.findall(text))


@cache
def _counts() -> dict[str, int]:
    lines = resources.files("contested.record").joinpath("rarity.tsv").read_text("utf-8").splitlines()
    return {word: int(count) for word, count in (line.split("\t") for line in lines)}


@lru_cache(maxsize=_WORDS)
def bits(stem: str) -> float:
    """How much the stem tells, from 0 (stands in every sentence) to 1 (in next to none)."""
    return log(SENTENCES / _counts().get(stem, _UNLISTED)) / log(SENTENCES / _UNLISTED)


@lru_cache(maxsize=_WORDS)
def _squared(stem: str) -> float:
    return bits(stem) ** 2


@lru_cache(maxsize=_SETS)
def weight(stems: frozenset[str]) -> float:
    """Squared bits summed, so that common words hardly count."""
    return fsum(_squared(stem) for stem in stems)


@lru_cache(maxsize=_SETS)
def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Cosine of two sets of stems, each stem counting by its bits; 0 to 1."""
    common = fsum(_squared(stem) for stem in one & other)  # the same in whatever order a set is gone through
    return common / (weight(one) * weight(other)) ** 0.5 if common else 0.0
