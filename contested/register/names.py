"""A name as it stands in a report → the words it is looked up by, and what stands round them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from contested.register.entry import Row
from contested.register.files import builtin, rows
from contested.spelling import fold

_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_POSSESSIVE = re.compile(r"['’`]s\b|(?<=s)['’](?=\s|$)", re.IGNORECASE)
_BRACKETS = re.compile(r"\s*[(\[]([^)\]]*)[)\]]")
_WORD = re.compile(r"[^\W\d_]+")
#: An acronym of so few letters is a word of the language when it is not in capitals ("us", "who", "is").
SHORT = 3
#: One of up to so many is, when it holds no capital at all ("plan").
_MIDDLE = 4


@lru_cache(maxsize=65536)
def plain(name: str) -> str:
    """`name` as an index has it: folded, its dots of acronyms and its possessive gone ("U.S." is "us")."""
    return fold(_POSSESSIVE.sub("", _DOTTED.sub(lambda found: found.group().replace(".", ""), name)))


def is_acronym(name: str) -> bool:
    """Whether `name` is capitals only, as a short form of other words is: "SDF", "U.N.", "YPG/YPJ"."""
    letters = [letter for letter in name if letter.isalpha()]
    return 1 < len(letters) <= 8 and " " not in name and all(letter.isupper() for letter in letters)


def in_capitals(name: str) -> bool:
    """Whether an acronym in `name` is written as one: in capitals if it is short, with one if it is not long."""
    found = _WORD.findall(name.replace(".", ""))
    return any(word.isupper() if len(word) <= SHORT else word != word.lower() or len(word) > _MIDDLE for word in found)


def without_brackets(name: str) -> str:
    """`name` without what stands in brackets in it."""
    return _BRACKETS.sub("", name).strip()


def readings(name: str) -> list[str]:
    """`name`; where it explains itself in brackets also without them, and the acronym in them: "X Front (XF)"."""
    found = _BRACKETS.search(name)
    if not found:
        return [name]
    within = found.group(1).strip()
    return [name, without_brackets(name), *([within] if is_acronym(within) else [])]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of `lexicon/parties/words.yaml`, folded."""

    articles: frozenset[str]
    titles: frozenset[str]
    heads: frozenset[str]
    forces: frozenset[str]
    before: frozenset[str]
    ties: frozenset[str]


@cache
def words() -> Words:
    """Words that stand round names. Raises `LexiconError` where the file breaks its form."""
    path = builtin() / "words.yaml"
    found: dict[str, frozenset[str]] = {}
    for n, raw in enumerate(rows(path) or (), 1):
        row = Row(f"{path.name}: entry {n}", raw, frozenset({"id", "words"}), "an entry has `id` and `words`")
        found[row.one_of("id", tuple(Words.__slots__))] = frozenset(plain(word) for word in row.texts("words"))
    return Words(**found)
