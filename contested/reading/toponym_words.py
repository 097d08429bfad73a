"""The words of a text as the search for toponyms sees them: their shape, their classes, the network's opinion."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from contested.lexicon import load
from contested.reading.encoder import WordOdds
from contested.text import Text

_TOKEN = re.compile(
    r"(?:[^\W\d_]{1,2}\.){2,}"  # U.S., W.Va., N.Y.
    r"|[^\W\d_]\.(?=\s[^\W\d_])"  # W. Va., E. Broad St.
    r"|[’'](?:s|S)\b"
    r"|\d+(?:[.,:]\d+)*(?:st|nd|rd|th)?\b"
    r"|[^\W_]+(?:[’'](?![sS]\b)[^\W\d_]+)*"  # Coeur d'Alene, Sana'a
    r"(?:(?<=s)[’'](?=\s[A-Z])|\.(?=\s*[,;:)\]]|\s+[^\sA-Z\"“”‘’'(]|\s+\())?"  # Governors' Parkway; the stop of "Ky.,"
    r"|[^\w\s]|_"
)
_SHORT = re.compile(r"(?:St|Ste|Ft|Mt|Mr|Mrs|Ms|Dr|Gen|Col|Lt|Maj|Capt|Sgt|Sen|Rep|Gov|Rev|Prof|Adm|Cpl|Brig)")
_TITLED = 0.62  # share of words with a capital from which a sentence is a headline in capitals, where they tell little
_NO_ODDS = (0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Word:
    """A word or mark. `low` is its form in the lexicons, `tags` its classes there, `sentence` an index.

    `odds` are the network's probabilities of person, organisation, place, and of a place that begins here.
    """

    start: int
    end: int
    text: str
    low: str
    tags: frozenset[str]
    sentence: int
    odds: tuple[float, float, float, float]

    @property
    def cap(self) -> bool:
        return self.text[0].isupper()

    @property
    def word(self) -> bool:
        return self.text[0].isalpha()


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence, which is read by itself.

    `case` is "upper" or "title" where (nearly) all words have capitals, "lower" where none has, else "mixed".
    """

    words: tuple[Word, ...]
    case: str


@cache
def classes() -> dict[str, frozenset[str]]:
    """Word (lower case, no final full stop) → its classes in `lexicon/en/toponym_cues.yaml`."""
    found: dict[str, set[str]] = {}
    for entry in load("toponym_cues"):
        for word in entry.words:
            found.setdefault(word.lower(), set()).add(str(entry.value))
    for entry in load("grammar"):
        if entry.value in ("demonym", "time", "det"):
            for word in entry.words:
                found.setdefault(word.lower(), set()).add(str(entry.value))
    return {word: frozenset(tags) for word, tags in found.items()}


def lines(text: Text, odds: Sequence[WordOdds]) -> list[Line]:
    """The sentences of a text in words with the network's odds. Linear in the length of the text."""
    starts = [one.start for one in odds]
    out = []
    for n, sentence in enumerate(text.sentences):
        words = tuple(_word(text.raw, m, n, odds, starts) for m in _matches(text.raw, sentence.start, sentence.end))
        if words:
            out.append(Line(words, _case(words)))
    return out


def _matches(raw: str, start: int, end: int) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for match in _TOKEN.finditer(raw, start, end):
        a, b = match.span()
        if raw[b - 1] == "." and b == end and raw.count(".", a, b) == 1 and b - a > 1:
            b -= 1  # a full stop at the end of the sentence
        elif raw[b : b + 1] == "." and b < end and _SHORT.fullmatch(raw, a, b):
            b += 1
        if a < b and not (raw[a] == "." and out and out[-1][1] > a):
            out.append((a, b))
    return out


def _word(raw: str, span: tuple[int, int], n: int, odds: Sequence[WordOdds], starts: list[int]) -> Word:
    """The word of a span. The network parts words at every mark: what it makes of the parts of one is averaged."""
    a, b = span
    text = raw[a:b]
    low = text.lower().replace("’", "'")
    low = low.rstrip(".") or low
    first = max(0, bisect_right(starts, a) - 1)
    parts = []
    for one in odds[first : first + b - a + 1]:
        if one.start >= b:
            break
        if one.end > a and (raw[one.start].isalnum() or one.end - one.start == b - a):
            parts.append(one)
    known = _NO_ODDS
    if parts:
        person, organisation, place = (
            sum(getattr(one, name) for one in parts) / len(parts) for name in ("person", "organisation", "place")
        )
        known = (person, organisation, place, parts[0].begins)
    return Word(a, b, text, low, classes().get(low, frozenset()), n, known)


def _case(words: Sequence[Word]) -> str:
    letters = [w for w in words if w.word and len(w.text) > 1]
    if not letters:
        return "mixed"
    if sum(w.text.isupper() for w in letters) > _TITLED * len(letters):
        return "upper"
    caps = sum(w.cap for w in letters)
    long = [w for w in letters if len(w.text) > 3]
    if len(long) > 3 and sum(w.cap for w in long) > 0.8 * len(long):
        return "title"
    return "lower" if not caps else "mixed"
