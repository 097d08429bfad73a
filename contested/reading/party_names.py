"""Where names of parties stand in a text: the longest stretch of words that the register has a name for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import accumulate

from contested.lexicon import load
from contested.reading.party_words import senses
from contested.reading.phrases import Token
from contested.register import Match, Party, Register
from contested.register.countries import countries
from contested.register.names import plain
from contested.spelling import fold, key

Find = Callable[[str], tuple[Match, ...]]
#: A name of a party has no more words than this.
LONGEST = 8
#: A word of no more letters may be an article ("al", "ash"), which spellings of one name have or have not.
_ARTICLE = 3
_ANY = frozenset({0})
_OWN = re.compile(r"(?:['’]s?|(?<=[a-zA-Z])s)$")
#: Ways to a party that need no name of it in the files.
_MADE = frozenset({"organ", "demonym", "metonym"})
_OTHER_WORDS = frozenset({"surname", "spelling", "script"})
_SMALL = frozenset({"det", "prep", "conj", "pron", "aux"})


@lru_cache(maxsize=4)
def openings(register: Register) -> dict[str, frozenset[int]]:
    """Keys of the words that names in the register begin with, and how many words such names have.

    What does not begin so, or has another number of words, need not be looked up.
    """
    names = {name for party in register for one in party.names for name in (one.name, *one.aliases, *one.scripts)}
    names |= {party.name.split()[-1] for party in register if party.kind == "person"}
    for country in countries().values():
        names |= {*country.names, *country.demonyms, *country.people, *country.capitals}
    found: dict[str, set[int]] = {}
    for name in names:
        for word in _first(name):
            found.setdefault(_opening(word), set()).add(_size(name))
    return {word: frozenset(sizes) for word, sizes in found.items()}


def _size(name: str) -> int:
    """How many words a name has that are longer than an article."""
    return max(1, sum(map(_long, name.split())))


@lru_cache(maxsize=16384)
def _long(word: str) -> int:
    return sum(len(part) >= _ARTICLE for part in fold(_OWN.sub("", word)).split())


@lru_cache(maxsize=4)
def closings(register: Register) -> frozenset[str]:
    """The last words of names in the register, in lower case ("coalition", "front")."""
    names = (name for party in register for one in party.names for name in (one.name, *one.aliases))
    return frozenset(words[-1].lower() for name in names if len(words := name.split()) > 1)


@lru_cache(maxsize=16384)
def _closes(register: Register, low: str) -> bool:
    """Whether a word, or what is left of it without a possessive, is the last of a name."""
    return low in closings(register) or _OWN.sub("", low) in closings(register)


def _first(name: str) -> list[str]:
    """The first word of a name, and the second where the first may be an article."""
    words = name.split()
    return words[: 2 if words and len(words[0]) <= _ARTICLE else 1]


@lru_cache(maxsize=16384)
def _opening(word: str) -> str:
    return key(_OWN.sub("", word)) or fold(word)


def scan(
    find: Find, register: Register, raw: str, words: Sequence[Token], telling: bool
) -> Iterator[tuple[int, int, tuple[Match, ...]]]:
    """The names of parties among `words`, the longest first, none overlapping: offsets and what each may mean."""
    i = 0
    while i < len(words):
        end, matches = name_at(find, register, raw, words, i, telling)
        if matches:
            yield words[i].start, words[end - 1].end, matches
        i = max(end, i + 1)


def name_at(
    find: Find, register: Register, raw: str, words: Sequence[Token], i: int, telling: bool, lowered: bool = False
) -> tuple[int, tuple[Match, ...]]:
    """Index after the longest name of a party that starts at token `i`, and what it may mean; `(i, ())` for none.

    `telling` is whether capitals tell names in this text. Names end in a capital, in a word that ends names in the
    register or, after a country, in a noun for what states have ("Jordanian jets"). With `lowered`, names of several
    words may begin in small letters ("international community").
    """
    first = words[i]
    if not first.word or (first.tags & _SMALL and not (telling and _acronym(first))):
        return i, ()
    lower = telling and not (capital(first) or first.number)
    if lower and not lowered:
        return i, ()
    sizes = openings(register).get(_opening(first.text)) if len(first.text) > _ARTICLE and not first.number else _ANY
    if not sizes:
        return i, ()
    last = i
    while last + 1 < min(len(words), i + LONGEST) and _goes_on(raw, words[last], words[last + 1]):
        last += 1
    country = i
    for end in range(min(last + 1, i + 4), i, -1):
        if _ends(words[end - 1], telling) and register.countries(raw[first.start : words[end - 1].end]):
            country = end
            break
    counts = [0, *accumulate(_long(word.text) for word in words[i : last + 1])]
    for end in range(last + 1, i + lower, -1):
        ends = _ends(words[end - 1], telling)
        sized = sizes is _ANY or end == country or max(1, counts[end - i]) in sizes
        known = sized and (ends or _closes(register, words[end - 1].low))
        if not known and not (country > i and _organ(register, raw, words[country:end])):
            continue
        form = raw[first.start : words[end - 1].end]
        made = not lower and (country > i or _organ_of(register, raw, words[i:end]))
        small = lower or not ends
        if (matches := _whole(find(form), form, made, small)) and not _common(matches[0], words, i, end):
            return end, matches
        bare = _OWN.sub("", form)  # "Assad's", and "Assads" where apostrophes got lost
        if bare != form and len(bare) > _ARTICLE and (matches := _whole(find(bare), bare, made, small)):
            return end, matches
    return i, ()


def _whole(matches: tuple[Match, ...], form: str, made: bool, small: bool) -> tuple[Match, ...]:
    """`matches` but for parties found by a part of the words only: who stands round a name is told by other rules.

    `made` is whether the words may be a country's, or an organ's made from its name; `small` whether they begin or end
    in small letters, as no surname does.
    """
    return tuple(
        m for m in matches
        if (m.how in _OTHER_WORDS and not small) or plain(form) in _all_names(m.party)
        or (made and (m.how in _MADE or m.party.kind == "state"))
    )  # fmt: skip


def _common(match: Match, words: Sequence[Token], i: int, end: int) -> bool:
    """Whether one common word, or the first of a longer name, only looks like another spelling: "Union of …"."""
    follows = end < len(words) and words[end].low in ("of", "for")
    if end == i + 1 and match.how in ("spelling", "surname") and words[i].low in _times():  # "Thu", "May"
        return True
    return match.how == "spelling" and end == i + 1 and (follows or (words[i].low,) in senses())


@cache
def _times() -> frozenset[str]:
    """Names of weekdays and months, short ones too."""
    dated = (
        entry
        for entry in load("datelines")
        if isinstance(entry.value, dict) and {"weekday", "month"} & entry.value.keys()
    )
    return frozenset(word.lower() for entry in dated for word in entry.words)


@lru_cache(maxsize=4096)
def _all_names(party: Party) -> frozenset[str]:
    return frozenset(plain(name) for one in party.names for name in (one.name, *one.aliases))


def capital(token: Token) -> bool:
    """Whether a word is written as a name: "Nusra", "al-Nusra"."""
    return token.text[0].isupper() or token.text.rpartition("-")[2][:1].isupper()


def _acronym(token: Token) -> bool:
    return token.text.isupper() and len(token.text) > 1


def _ends(token: Token, telling: bool) -> bool:
    """Whether a name may end in this word."""
    if not token.word or (token.tags & _SMALL and not (telling and _acronym(token))):
        return False
    return capital(token) or token.number or not telling


def _organ(register: Register, raw: str, words: Sequence[Token]) -> bool:
    return bool(words) and bool(register.described(raw[words[0].start : words[-1].end]))


def _organ_of(register: Register, raw: str, words: Sequence[Token]) -> bool:
    """Whether the words are those of an organ and a country: "Army of Jordan"."""
    k = next((k for k, word in enumerate(words) if word.low == "of"), 0)
    if not 0 < k < len(words) - 1 or not _organ(register, raw, words[:k]):
        return False
    return bool(register.countries(raw[words[k + 1].start : words[-1].end]))


def _goes_on(raw: str, token: Token, after: Token) -> bool:
    """Whether a name may run on from one word to the next: no stop stands between, nor a new paragraph."""
    between = raw[token.end : after.start]
    return (after.word or after.text in "’'&-") and "\n\n" not in between and len(between) <= 2
