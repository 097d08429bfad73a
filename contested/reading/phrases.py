"""Words and noun phrases of a stretch of text, found without a parser.

Tokens carry the closed classes of `lexicon/en/grammar.yaml`; a noun phrase is what stands between two boundaries
(punctuation, a verb, a preposition that does not belong to it). Everything works in capitals-only and lower-case-only
text too, where capitals tell nothing. Offsets are character offsets into the text that was given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from contested.lexicon import load

_TOKEN_OR_BLANK = re.compile(
    r"\s+"
    r"|(?:[^\W\d_]\.){2,}(?:-\w+)*"  # U.S., U.S.-led
    r"|\d+(?:[.,:]\d+)*(?:st|nd|rd|th)?\b"
    r"|[^\W_]+(?:[’'\-–](?=\w)[^\W_]+)*(?:(?<=s)’(?=\s))?"
    r"|[^\w\s]|_"
)
_OF_NAMES = frozenset({"demonym", "title", "head", "time", "abbreviation"})
_NO_TAGS: frozenset[str] = frozenset()
#: A noun phrase longer than this many tokens is none: it bounds the work on text without full stops.
LONGEST = 24


class Token(NamedTuple):
    """One word or mark: `low` is its key in the lexicons, `tags` its classes, `cap` that its capital tells a name.

    `word` that it is no mark, `number` that it starts with a digit. A tuple, for a report has thousands of them.
    """

    start: int
    end: int
    text: str
    low: str
    tags: frozenset[str]
    cap: bool
    word: bool
    number: bool


@cache
def classes() -> dict[str, frozenset[str]]:
    """Word (lower case, no final full stop) → its grammar classes."""
    found: dict[str, set[str]] = {}
    for entry in load("grammar"):
        for word in entry.words:
            found.setdefault(word.lower().rstrip("."), set()).add(str(entry.value))
    return {word: frozenset(tags) for word, tags in found.items()}


def tokens(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The tokens of `text[start:end]`, in order. Linear in the length of the stretch."""
    return list(_tokens(text, start, len(text) if end is None else end))


@lru_cache(maxsize=1024)  # the steps ask for the same sentences again and again
def _tokens(text: str, start: int, end: int) -> tuple[Token, ...]:
    stretch = text[start:end]
    letters = list(filter(str.isalpha, stretch))
    upper = sum(map(str.isupper, letters))
    telling = 0 < upper < 0.7 * len(letters)
    out: list[Token] = []
    stop = start
    for word in _TOKEN_OR_BLANK.findall(stretch):  # nothing is left out, so that lengths tell offsets
        at, stop = stop, stop + len(word)
        if word.isspace():
            continue
        low, tags, is_word, number, capital, acronym = _form(word)
        reach = stop
        if "abbreviation" in tags and stop < end and text[stop] == "." and (capital or not telling):
            word, reach = text[at : stop + 1], stop + 1
        elif word == "." and out and out[-1].end > at:
            continue
        if telling and acronym:
            tags &= _OF_NAMES  # WHO, IS, US: acronyms, no function words
        out.append(Token(at, reach, word, low, tags, telling and capital, is_word, number))
    return tuple(out)


@lru_cache(maxsize=1 << 15)
def _form(word: str) -> tuple[str, frozenset[str], bool, bool, bool, bool]:
    """What a word tells by itself: its key, its classes, whether it is a word, a number, with a capital, an acronym."""
    low = word.lower().replace("’", "'").rstrip(".") or word
    first = word[0]
    is_word = first.isalnum() or first == "_"
    acronym = len(word) > 1 and word.isupper()
    return low, classes().get(low, _NO_TAGS), is_word, first.isdigit(), first.isupper(), acronym


def finite(words: Sequence[Token], i: int) -> bool:
    """Whether token `i` looks like a verb that makes a clause (an auxiliary, a past form, a known present form)."""
    token = words[i]
    if "aux" in token.tags:
        return not (token.cap and i > 0 and token.low in ("may", "will"))
    if not token.word or "-" in token.text:
        return False
    before = words[i - 1] if i else None
    if "reduced" in token.tags:  # "wounded three men" but "the wounded", "armed men", "based in Orla"
        after = words[i + 1] if i + 1 < len(words) else None
        governs = after is not None and ("det" in after.tags or after.number) and token.low.endswith("ed")
        return bool(governs and before is not None and before.word and not before.tags & {"det", "prep", "demonym"})
    if token.cap and before is not None and before.word and not _boundary(before):
        return False
    if "verb" in token.tags:
        # "the attack", "an air strike hit": a form that is a noun too is none after a determiner or a preposition
        return not (before is not None and before.tags & {"det", "prep"})
    if token.low.endswith("ed") and len(token.low) > 4:
        return not (before is not None and before.tags & {"det", "prep", "demonym"})
    return False


def passive(words: Sequence[Token], first: int, last: int) -> int | None:
    """Index where the verb group of a passive begins whose participle is `words[first:last]`; None for no passive."""
    end = words[last - 1]
    if not (end.low.endswith(("ed", "en", "wn")) or "verb" in end.tags):
        return None
    k = first
    while k > 0 and "adv" in words[k - 1].tags:
        k -= 1
    if k == 0 or "being" not in words[k - 1].tags:
        return None
    while k > 0 and words[k - 1].tags & {"aux", "adv"}:
        k -= 1
    return k


def _boundary(token: Token) -> bool:
    return not token.word or bool(token.tags & {"conj", "sub", "rel", "aux"})


def nominal(words: list[Token], i: int) -> bool:
    """Whether token `i` can stand inside a noun phrase (as determiner, adjective, name or noun)."""
    token = words[i]
    if not token.word:
        return False
    if token.tags & {"prep", "conj", "sub", "rel", "pron", "aux", "ing"}:
        # "Prime Minister May", "the US": a capital inside a name is no function word
        inside = i > 0 and token.cap and words[i - 1].word and "title" in words[i - 1].tags
        return bool(token.tags & {"det"}) or inside
    if "adv" in token.tags and not token.tags & {"det", "time-mod"}:
        return False
    return not finite(words, i)


def time_from(words: list[Token], i: int) -> int:
    """Index after the time phrase that starts at token `i` ("on Thursday", "late last week"); `i` where none does."""
    j = i
    while j < len(words) and j < i + 5 and words[j].tags & {"time-mod", "det"} and not words[j].tags & {"time"}:
        j += 1
    k = j
    while k < len(words) and k < j + 6:
        day = words[k].number and (k > j or (k + 1 < len(words) and "time" in words[k + 1].tags))  # "5 March"
        if not (day or "time" in words[k].tags):
            break
        k += 1
    if k == j:
        return i
    if k < len(words) and words[k].low == "ago":
        k += 1
    return k


def time_until(words: list[Token], i: int) -> int:
    """Index where the time phrase that ends just before token `i` starts; `i` where none does."""
    j = i
    while j > 0 and i - j < 5 and ("time" in words[j - 1].tags or (words[j - 1].number and j < i)):
        j -= 1
    if j == i or not any("time" in t.tags for t in words[j:i]):
        return i
    while j > 0 and i - j < 8 and words[j - 1].tags & {"time-mod"}:
        j -= 1
    return j


def phrase_from(words: list[Token], i: int, stop: int | None = None) -> int:
    """Index after the noun phrase that starts at token `i`, with the `of`, `for`, `at` phrases that belong to it.

    Returns `i` where no noun phrase starts there.
    """
    stop = min(len(words) if stop is None else stop, i + LONGEST)
    j = i
    while j < stop:
        token = words[j]
        if j > i and "det" in token.tags and words[j - 1].low not in ("all", "both") and not _linked(words[j - 1]):
            break
        if nominal(words, j):
            if j > i and time_from(words, j) > j:
                break
            j += 1
            continue
        if j == i:
            break
        if token.text == "(":
            close = next((k for k in range(j + 1, min(j + 6, stop)) if words[k].text == ")"), None)
            if close is None:
                break
            j = close + 1
            continue
        if token.text in ("/", "'", "’") and j + 1 < stop and words[j + 1].start == token.end:
            j += 1
            continue
        if _joins(words, j) and j + 1 < stop and nominal(words, j + 1) and time_from(words, j) == j:
            j += 1
            continue
        break
    while j > i and words[j - 1].tags & {"det", "prep", "conj"} and not words[j - 1].cap:
        j -= 1
    return j


def _linked(token: Token) -> bool:
    return bool(token.tags & {"prep", "conj"})


def _joins(words: Sequence[Token], at: int) -> bool:
    """Whether the preposition or `and` at index `at` continues the noun phrase before it."""
    token, before = words[at], words[at - 1]
    after = words[at + 1] if at + 1 < len(words) else None
    if after is None:
        return False
    if token.low == "of":
        return True
    person = "head" in before.tags
    if token.low == "for" and before.cap and after.cap:
        return True
    if token.low in ("for", "at", "from", "in", "on", "with", "inside", "within", "near"):
        return person and not finite(words, at + 1)
    if token.low in ("and", "&"):
        if "det" in after.tags or after.number:
            return False
        return (before.cap and after.cap) or (person and any("head" in t.tags for t in words[at + 1 : at + 4]))
    return before.cap and after.cap and token.low in ("without", "against", "de", "on", "to")


def phrase_until(words: list[Token], i: int, floor: int = 0) -> int:
    """Index where the noun phrase that ends just before token `i` starts; `i` where none ends there."""
    floor = max(floor, i - LONGEST)
    j = i
    while j > floor:
        token = words[j - 1]
        if token.text == ")" and j == i:
            opened = next((k for k in range(j - 2, max(floor, j - 7) - 1, -1) if words[k].text == "("), None)
            if opened is None or opened == floor:
                break
            j = opened
            continue
        if "time" in token.tags and "title" not in token.tags:
            break
        if nominal(words, j - 1):
            if j < i and (token.number or _new(words, j, i)):
                break
            j -= 1
            if "det" in token.tags and not (j > floor and "det" in words[j - 1].tags):
                if j - 1 > floor and _joins(words, j - 1) and nominal(words, j - 2):
                    j -= 1
                    continue
                return j
            continue
        if j < i and j - 1 > floor and token.word and _joins(words, j - 1) and nominal(words, j - 2):
            j -= 1
            continue
        break
    # "in Borov army officers": the first name after a preposition is the place
    placed = floor < j < i - 1 and "prep" in words[j - 1].tags
    if placed and words[j].cap and not words[j].tags & {"det", "title", "demonym"}:
        j += 1
    while j < i and words[j].tags & {"prep", "conj"}:
        j += 1
    return j


def _new(words: list[Token], j: int, i: int) -> bool:
    """Whether a noun phrase with no article starts at `j`: "in Borov | local officials", "Borov | Iraqi officials"."""
    if not 0 < j < i:
        return False
    token, before = words[j], words[j - 1]
    possessive = before.cap and before.low.endswith("s")  # "Syrias official agency": apostrophes get lost
    if possessive or before.tags & {"demonym", "title", "det"}:
        return False
    if "opens" in token.tags and not token.cap:
        return "opens" not in before.tags and "-" not in before.text
    return before.cap and "demonym" in token.tags and j + 1 < i


def phrases(words: list[Token]) -> Iterator[tuple[int, int]]:
    """All noun phrases of `words` as token ranges, left to right, none overlapping."""
    i = 0
    while i < len(words):
        j = phrase_from(words, i) if nominal(words, i) else i
        if j > i and not all(t.tags & {"det"} for t in words[i:j]):
            yield i, j
        i = max(j, i + 1)
