"""The words beside a time: "since", "by", "between … and", the tense of the clause, and what divides clauses.

The words are those of lexicon/en/time_cues.yaml. All functions work on `plain` text (see `patterns`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from contested.lexicon import load


@dataclass(frozen=True, slots=True)
class Cues:
    """Regular expressions over plain text for the words beside a time (lexicon/en/time_cues.yaml)."""

    bound: re.Pattern[str]
    far: re.Pattern[str]
    bounds: dict[str, str]
    clause: re.Pattern[str]
    join: re.Pattern[str]
    lead: re.Pattern[str]
    speech: re.Pattern[str]
    tense: re.Pattern[str]
    tenses: dict[str, str]
    again: re.Pattern[str]


@cache
def cues(language: str = "en") -> Cues:
    entries = load("time_cues", language)

    def words(key: str, wanted: object = None) -> dict[str, str]:
        return {
            word: entry.value[key]
            for entry in entries
            if key in entry.value and (wanted is None or entry.value.get(wanted))
            for word in entry.words
        }

    def either(some: dict[str, str]) -> str:
        return "|".join(re.escape(word).replace(r"\ ", " +") for word in sorted(some, key=len, reverse=True))

    bounds, tenses, leads = words("bound"), words("tense"), words("lead")
    patterns = [entry.pattern for entry in entries if "tense" in entry.value and entry.pattern]
    return Cues(
        bound=re.compile(rf"\b({either(bounds)}) +(?:the +|about +|around +)?$"),
        far=re.compile(rf"\b({either(words('bound', 'far'))}) [^,.;:()]{{0,90}}$"),
        bounds=bounds,
        clause=re.compile(rf",? +(?:{either(words('clause'))})\b"),
        join=re.compile(rf"\s*(?:{either(words('join'))})\s*(?:on |in |the )?\s*"),
        lead=re.compile(rf"(?:\b(?:{either(leads | bounds)}) +(?:the +)?)+$"),
        speech=re.compile(rf"\b(?:{either(words('speech'))})\b"),
        tense=re.compile(rf"(?:(?<![a-z])|(?='))(?:({either(tenses)})|{'|'.join(patterns)})(?![a-z])"),
        tenses=tenses,
        again=re.compile(rf"\b(?:{either(words('pointer'))}) +(?:[\w-]+ +){{0,2}}(?:{either(words('again'))})\b"),
    )


def is_future(lowered: str, start: int, end: int, low: int, high: int) -> bool:
    """Whether the clause of the time at `lowered[low:high]` tells of what is to come.

    `lowered` is `plain` text and `start`, `end` its sentence. The nearest verb before the time decides; where none
    stands before it, the first after it. The search is kept to 160 characters on either side.
    """
    known = cues()
    before = list(known.tense.finditer(lowered, max(start, low - 160), low))
    found = before[-1] if before else known.tense.search(lowered, high, min(end, high + 160))
    return found is not None and found[1] is not None and known.tenses[" ".join(found[1].split())] == "future"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a time is asked for: the words `marked` for it begin there, the statement's `anchor` stands there."""

    marked: int
    anchor: int


def bound_of(lowered: str, start: int, low: int, high: int, spot: Spot | None = None) -> tuple[str | None, int]:
    """What the words before the time `lowered[low:high]` make of it: `from`, `to` or None, and where they begin.

    `start` is where to stop looking back: the sentence's start, or the end of the time before. In "since the war began
    in 2011" and "since 2011, when the war began", the war's beginning itself is no "since": that is what `spot` tells.
    """
    known = cues()
    begin = max(start, low - 110)
    before = lowered[begin:low]
    if found := known.bound.search(before) or known.far.search(before):
        at = begin + found.start()
        inside = spot and (at < spot.anchor < low or (spot.anchor >= high and known.clause.match(lowered, high)))
        if not (spot and inside and spot.marked > at):
            return known.bounds[re.sub(" +", " ", found[1])], at
    if found := known.lead.search(before):
        return None, begin + found.start()
    return None, low
