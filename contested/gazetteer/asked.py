"""A name as a report writes it, without the words that only tell what the place is ("Aleppo province": Aleppo)."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from contested.lexicon import Entry, load

_PARTED = re.compile(r"[\s-]")
_DIVISIONS = frozenset({"province", "district", "subdistrict"})


class Asked(NamedTuple):
    """A name to look up, and the kinds of place that the words left off it allow."""

    name: str
    kinds: frozenset[str]


class _Words(NamedTuple):
    parts: tuple[tuple[re.Pattern[str], frozenset[str]], ...]
    keep: frozenset[str]
    article: re.Pattern[str]


def bare(name: str) -> str:
    """`name` without the article before it and without spaces around it."""
    return _words().article.sub("", name.strip(), count=1)


def without_kind(name: str) -> tuple[Asked, ...]:
    """What is left of `name` without a generic word after or before it; nothing where it has none."""
    words, name = _words(), bare(name)
    if not _PARTED.search(name):
        return ()
    found = []
    for pattern, kinds in words.parts:
        match = pattern.fullmatch(name)
        if match and match["name"].casefold() not in words.keep:
            found.append(Asked(match["name"], kinds))
    return tuple(found)


def plain(name: str) -> tuple[str, ...]:
    """Names of a division without the word that says it is one ("Greene County": Greene), whatever its level."""
    return tuple(dict.fromkeys(asked.name for asked in without_kind(name) if asked.kinds & _DIVISIONS))


@cache
def _words() -> _Words:
    entries = load("place_kinds")
    parts = tuple((_pattern(entry), frozenset(entry.value["kinds"])) for entry in entries if "kinds" in entry.value)
    keep = frozenset(word for entry in entries if entry.value["is"] == "keep" for word in entry.words)
    articles = "|".join(word for entry in entries if entry.value["is"] == "article" for word in entry.words)
    return _Words(parts, keep, re.compile(rf"(?:{articles})\s+", re.IGNORECASE))


def _pattern(entry: Entry) -> re.Pattern[str]:
    words = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(entry.words, key=len, reverse=True))
    name = r"(?P<name>\S.*?)"
    form = rf"{name}[\s-]+(?:{words})['’ʼ]?" if entry.value["is"] == "after" else rf"(?:{words})\s+(?:the\s+)?{name}"
    return re.compile(form, re.IGNORECASE)
