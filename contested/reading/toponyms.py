"""Which words of a report name places (toponyms): the network's opinion, the gazetteer's, and what stands around them.

What counts follows the corpora of toponym resolution (LGL, GeoVirus, TR-News): a place's name in any use that points
to the place, also as owner or part of an organisation's name ("Lomar Police Department": Lomar; "University of Lomar":
Lomar), streets and rivers included; a people or language ("Lomari") is none, nor is a person or newspaper called so.

Every stretch of words that the gazetteer knows, the network marks or a cue points to is a candidate. A logistic model
over its clues gives its odds, and of candidates that overlap the likeliest is taken. How the weights were made stands
in their file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from itertools import pairwise
from math import exp

from contested.reading.encoder import WordOdds
from contested.reading.toponym_clues import (
    BEGINS,
    PLACE,
    Knows,
    Span,
    Standing,
    Tally,
    clues,
    form,
    standing,
    surnames,
)
from contested.reading.toponym_words import Line, Word, lines
from contested.text import Text

LONGEST = 7  # words of a name, small ones and hyphens counted
_PART = re.compile(r"[^\s,/][^,/]*(?<!\s)")
#: How sure the place of a dateline is one: few datelines begin with anything else. Not learnt: no set marks them.
_DATED, _DATED_UNKNOWN = 0.95, 0.7
_LIKELY = 0.3  # the network's probability of a place from which its words are a candidate, known or not


@dataclass(frozen=True, slots=True)
class Toponym:
    """Words that name a place: character offsets, how sure (0 to 1), and what spoke for it most (a clue's name)."""

    start: int
    end: int
    sure: float
    how: str


class Weights(dict[str, float]):
    """What each clue is worth, in log odds."""

    def score(self, found: Mapping[str, float]) -> float:
        """Log odds of a toponym."""
        return sum(self.get(name, 0.0) * value for name, value in found.items())

    def foremost(self, found: Mapping[str, float]) -> str:
        """The clue that speaks most for a toponym."""
        return max(
            (name for name in found if name != "bias"), key=lambda n: self.get(n, 0.0) * found[n], default="bias"
        )


@dataclass(frozen=True, slots=True)
class Model:
    """Weights of a first look at each span by itself and of a second that knows of the others; the least probability of
    a toponym; and what is known of single words."""

    first: Weights
    second: Weights
    accept: float
    words: Mapping[str, Tally]


@cache
def packaged() -> Model:
    """The model that comes with the package."""
    data = json.loads((resources.files("contested.models") / "toponyms.json").read_text("utf-8"))
    words = {word: Tally(*counts) for word, counts in data["words"].items()}
    return Model(Weights(data["first"]), Weights(data["second"]), data["accept"], words)


def find_toponyms(text: Text, names: Sequence[WordOdds], gazetteer: Knows, model: Model | None = None) -> list[Toponym]:
    """The toponyms of a report, in text order, none overlapping another.

    `names` is what the network makes of its words (`Encoder.name_odds`), `gazetteer` what places there are. Time is
    linear in the length of the text.
    """
    model = model or packaged()
    found = lines(text, names)
    scored = []
    for span, its in candidates(found, gazetteer, model):
        score = model.second.score(its)
        sure = 1 / (1 + exp(-max(-30.0, min(30.0, score))))
        if sure >= model.accept:
            scored.append((score, span, sure, its))
    taken = of_dateline(text, gazetteer)
    used: set[tuple[int, int]] = set()
    for _, span, sure, its in sorted(scored, key=lambda one: (-one[0], one[1].line, one[1].first, one[1].last)):
        rows = {(span.line, at) for at in range(span.first, span.last)}
        if used.isdisjoint(rows):
            used |= rows
            words = found[span.line].words
            why = model.second.foremost(its)
            taken.append(Toponym(words[span.first].start, words[span.last - 1].end, round(sure, 3), why))
    return sorted(taken, key=lambda one: one.start)


def of_dateline(text: Text, gazetteer: Knows) -> list[Toponym]:
    """The places of the dateline, parted by commas ("LOMAR, Ky."). The network does not read it."""
    line = text.dateline
    if line is None or not line.place or (at := text.raw.find(line.place, line.start, line.end)) < 0:
        return []
    out = []
    for part in _PART.finditer(text.raw, at, at + len(line.place)):
        if not any(s.start < part.end() and part.start() < s.end for s in text.sentences):
            known = standing(gazetteer.exact(part.group())).how
            out.append(Toponym(part.start(), part.end(), _DATED if known else _DATED_UNKNOWN, "dateline"))
    return out


def candidates(found: Sequence[Line], gazetteer: Knows, model: Model) -> list[tuple[Span, dict[str, float]]]:
    """Every span that may be a toponym, with its clues, those of its other mentions in the report among them."""
    out = first_look(found, gazetteer, model.words)
    if model.first:
        look_again(found, out, model.first)
    return out


def first_look(
    found: Sequence[Line], gazetteer: Knows, tallies: Mapping[str, Tally]
) -> list[tuple[Span, dict[str, float]]]:
    """Every span that may be a toponym, with the clues of its own place in the text."""
    spans = [span for n, line in enumerate(found) for span in _spans(n, line, gazetteer)]
    persons = surnames(found)
    return [(span, clues(found[span.line], span, tallies, persons)) for span in spans]


def look_again(found: Sequence[Line], looked: Sequence[tuple[Span, dict[str, float]]], weights: Weights) -> None:
    """Add what the first look made of the other mentions of the same name: a report means one thing by it."""
    scores = [max(-6.0, min(6.0, weights.score(its))) for _, its in looked]
    same: dict[str, list[int]] = {}
    for n, (span, _) in enumerate(looked):
        same.setdefault(form(found[span.line].words[span.first : span.last]), []).append(n)
    for rows in same.values():
        if len(rows) == 1:
            continue
        ordered = sorted(rows, key=lambda n: -scores[n])
        total = sum(scores[n] for n in rows)
        for n in rows:
            looked[n][1]["elsewhere"] = (total - scores[n]) / (len(rows) - 1)
            looked[n][1]["elsewhere best"] = scores[ordered[1] if n == ordered[0] else ordered[0]]
            looked[n][1]["again"] = 1.0


def _spans(n: int, line: Line, gazetteer: Knows) -> list[Span]:
    known: list[Span] = []
    marked = set(_marked(line.words))
    for first in range(len(line.words)):
        for last in _ends(line, first):
            words = line.words[first:last]
            name = _name(words)
            its = standing(gazetteer.exact(name)) if _may_be_known(words, line) else Standing()
            if its.how or (first, last) in marked or _pointed_at(line, first, last):
                known.append(Span(n, first, last, its))
    whole = [(s.first, s.last) for s in known if s.standing.how]
    return [
        replace(s, longer=any(a <= s.first and s.last <= b and b - a > s.last - s.first for a, b in whole))
        for s in known
    ]


def _name(words: Sequence[Word]) -> str:
    out = words[0].text
    for before, word in pairwise(words):
        out += (" " if word.start > before.end else "") + word.text
    return out


def _may_be_known(words: Sequence[Word], line: Line) -> bool:
    if line.case == "lower":
        return len(words[0].text) > 3
    return words[0].cap and words[-1].cap and len(words[0].text) > 1


def _ends(line: Line, first: int) -> Iterable[int]:
    """Where a name that begins at `first` may end (exclusive)."""
    words = line.words
    begin = words[first]
    lower = line.case == "lower"
    small = begin.odds[PLACE] >= _LIKELY and not begin.tags & {"side", "in", "det"}  # al-Bab, and careless writing
    if not begin.word or not (begin.cap or lower or small) or (begin.low == "the" and not first):
        return
    if first and words[first - 1].end == begin.start and words[first - 1].word:
        return  # inside a word
    for last in range(first + 1, min(len(words), first + LONGEST) + 1):
        word = words[last - 1]
        if last - 1 > first:
            gap = word.start - words[last - 2].end
            if gap > 1 or not (word.word or word.text == "-" or word.low == "'s" or word.text.isdigit()):
                return
            if not (
                word.cap
                or lower
                or "joins" in word.tags
                or word.text == "-"
                or word.text.isdigit()
                or word.odds[PLACE] >= _LIKELY
            ):
                return
            if word.text == "-" and gap:
                return
        if word.text.isdigit() and _numbered(words[first:last]):
            yield last
        if word.word and word.low != "'s" and (word.cap or lower or word.odds[PLACE] >= _LIKELY):
            yield last


def _marked(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """The stretches that the network takes for one place."""
    at = 0
    while at < len(words):
        if not words[at].word or words[at].odds[PLACE] < _LIKELY:
            at += 1
            continue
        last = at + 1
        while (
            last < len(words)
            and words[last].odds[PLACE] >= _LIKELY
            and 2 * words[last].odds[BEGINS] < words[last].odds[PLACE]
        ):
            last += 1
        end = last
        while end > at + 1 and not words[end - 1].word:
            end -= 1
        yield at, end
        at = last


def _pointed_at(line: Line, first: int, last: int) -> bool:
    """Whether cues make a name of no list a candidate: a word for a kind of place in it, or "in" before all of it."""
    words = line.words
    if not words[first].cap or not (words[last - 1].cap or words[last - 1].text.isdigit()) or line.case == "upper":
        return False
    ends, begins = words[last - 1].tags, words[first].tags
    if last - first > 1 and (ends & {"kind", "kind-apart"} or "kind-first" in begins):
        return True
    if _numbered(words[first:last]):
        return True
    if words[last - 1].text.isdigit():
        return False
    before = words[first - 1] if first else None
    open_after = last == len(words) or not words[last].cap
    return before is not None and "in" in before.tags and not before.cap and open_after


def _numbered(words: Sequence[Word]) -> bool:
    """Whether a road is named by its number: "Highway 5", "County Road 225"."""
    return len(words) > 1 and words[-1].text.isdigit() and "kind-numbered" in words[-2].tags and words[0].cap
