"""The words of the layout, compiled: the only place where `text` reads the lexicon.

Three lexicons: `abbreviations` (what a full stop does not end), `boilerplate` (what does not speak) and `datelines`
(months, agencies, labels of dates). Each is compiled once, on first use.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from contested import lexicon
from contested.errors import LexiconError
from contested.lexicon import Entry


@dataclass(frozen=True, slots=True)
class Abbreviations:
    """Words in small letters, without their last full stop.

    `capital` are those that in text with small letters count only with a capital first.
    """

    title: frozenset[str]
    number: frozenset[str]
    inner: frozenset[str]
    starter: frozenset[str]
    capital: frozenset[str]


@dataclass(frozen=True, slots=True)
class Cue:
    """Where a cue fired: its entry's id, the role it gives, and its span.

    `caption`: it makes the sentence before it a caption, unless the pattern `unless` is found there.
    """

    id: str
    role: str
    start: int
    end: int
    caption: bool = False
    unless: str | None = None


class Cues:
    """All boilerplate cues that may stand in one kind of place, as one expression."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries = tuple(entries)
        parts = []
        for n, entry in enumerate(self._entries):
            flag = "-i" if entry.value.get("cased") else "i"
            parts.append(f"(?P<c{n}>(?{flag}:{fill(entry.pattern or '')}))")
        try:
            self._pattern = re.compile("|".join(parts) or r"(?!)", re.IGNORECASE)
        except re.error as error:
            raise LexiconError(f"lexicon/boilerplate: {error}") from error

    def whole(self, text: str, start: int, end: int) -> Cue | None:
        """The cue that the whole of `text[start:end]` is."""
        return self._cue(self._pattern.fullmatch(text, start, end))

    def at(self, text: str, start: int, end: int) -> Cue | None:
        """The cue that `text[start:end]` begins with, ending at a word's end."""
        found = self._cue(self._pattern.match(text, start, end))
        return found if found and not text[found.end : found.end + 1].isalpha() else None

    def first(self, text: str, start: int, end: int) -> Cue | None:
        """The first cue in `text[start:end]`."""
        return self._cue(self._pattern.search(text, start, end))

    def _cue(self, match: re.Match[str] | None) -> Cue | None:
        if match is None:
            return None
        entry = self._entries[int(str(match.lastgroup)[1:])]
        value = entry.value
        return Cue(entry.id, value["role"], *match.span(), bool(value.get("caption")), value.get("unless"))


@dataclass(frozen=True, slots=True)
class DateWords:
    """Months and weekdays by their word in small letters; section words; the alternations for patterns."""

    months: dict[str, int]
    weekdays: dict[str, int]
    sections: frozenset[str]
    headers: tuple[tuple[str, str], ...]
    releases: tuple[re.Pattern[str], ...]
    agency: str
    label: str
    month: str
    weekday: str


@cache
def abbreviations() -> Abbreviations:
    kinds: dict[str, set[str]] = {"title": set(), "number": set(), "inner": set(), "starter": set()}
    capital: set[str] = set()
    for entry in lexicon.load("abbreviations"):
        kinds[entry.value].update(entry.words)
        if entry.more.get("capital"):
            capital.update(entry.words)
    return Abbreviations(**{kind: frozenset(words) for kind, words in kinds.items()}, capital=frozenset(capital))


@cache
def boilerplate(where: str) -> Cues:
    """The cues that may stand at `where`: line, start, end, rest, inside, credit or bracket."""
    return Cues(entry for entry in lexicon.load("boilerplate") if entry.value["where"] == where)


@cache
def date_words() -> DateWords:
    months: dict[str, int] = {}
    weekdays: dict[str, int] = {}
    words: dict[str, list[str]] = {"agency": [], "label": [], "section": []}
    headers, releases = [], []
    for entry in lexicon.load("datelines"):
        if entry.value == "header":
            headers.append((entry.id, entry.pattern or ""))
        elif entry.value == "release":
            releases.append(re.compile(entry.pattern or ""))
        elif isinstance(entry.value, str):
            words[entry.value].extend(entry.words)
        elif "month" in entry.value:
            months.update(dict.fromkeys(entry.words, entry.value["month"]))
        else:
            weekdays.update(dict.fromkeys(entry.words, entry.value["weekday"]))
    return DateWords(
        months, weekdays, frozenset(words["section"]), tuple(headers), tuple(releases), _either(words["agency"]),
        _either(words["label"]), _either(months), _either(weekdays),
    )  # fmt: skip


def fill(pattern: str) -> str:
    """`pattern` with `<agency>` spelled out."""
    return pattern.replace("<agency>", date_words().agency) if "<agency>" in pattern else pattern


def _either(words: Iterable[str]) -> str:
    """An alternation of literal words, whatever the case, longest first."""
    return "(?i:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + ")"
