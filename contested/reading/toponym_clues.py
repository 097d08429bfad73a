"""What speaks for and against a stretch of words being a toponym: its clues, each a name and a strength.

A clue says what is so ("after in", "names a body", "net place"), never what follows from it: what each is worth was
learnt from news with marked places (`training/toponyms.py`) and stands in `contested/models/toponyms.json`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log, log10
from typing import Protocol

from contested.gazetteer import Place
from contested.reading.place_names import demonyms
from contested.reading.toponym_words import Line, Word

PERSON, ORGANISATION, PLACE, BEGINS = range(4)
_SURE = 4.6  # the network's log odds are cut off here (.99): beyond, they tell no more
_SETTLED = frozenset({"city", "town", "village", "area"})


class Knows(Protocol):
    """What is asked of a gazetteer."""

    def exact(self, name: str) -> list[tuple[Place, str]]: ...


@dataclass(frozen=True, slots=True)
class Standing:
    """How a name stands in the gazetteer: how it is a place's ("name", "alias", "abbreviation", "" for not at all), the
    widest kind of the places called so, and the people of the largest."""

    how: str = ""
    kind: str = ""
    population: int = 0


@dataclass(frozen=True, slots=True)
class Tally:
    """How often a word stood in small letters, and with a capital in names of persons, organisations and places."""

    lower: int = 0
    person: int = 0
    organisation: int = 0
    place: int = 0


@dataclass(frozen=True, slots=True)
class Span:
    """Words `first` to `last` (exclusive) of a line. `longer` says that it stands inside a longer name of a place."""

    line: int
    first: int
    last: int
    standing: Standing
    longer: bool = False


def standing(found: Sequence[tuple[Place, str]]) -> Standing:
    """What `exact` found of a name, in short. A name that only sounds the same, or in other letters, is no standing."""
    for how in ("name", "alias", "abbreviation"):
        places = [place for place, its in found if its == how]
        if places:
            kinds = {place.kind for place in places}
            kind = next((k for k in ("continent", "country", "province", "district", "subdistrict") if k in kinds), "")
            kind = kind or ("settled" if kinds & _SETTLED else "other")
            return Standing(how, kind, max(place.population for place in places))
    return Standing()


def clues(line: Line, span: Span, tallies: Mapping[str, Tally], persons: Collection[str]) -> dict[str, float]:
    """The clues of a span of `line`. `persons` are the surnames of the report."""
    words = line.words[span.first : span.last]
    out = {"bias": 1.0}
    _of_network(out, line, span)
    _of_gazetteer(out, span, words)
    _of_words(out, words, tallies, span.standing, line.words[span.first - 1] if span.first else None)
    if words[-1].low in persons:
        out["surname here"] = 1.0
    _of_neighbours(out, line, span)
    _of_case(out, line, span)
    return out


def surnames(lines: Sequence[Line]) -> set[str]:
    """The last words of persons' full names in a report, as far as the network sees them."""
    out = set()
    for line in lines:
        for first, last in pairwise(line.words):
            if last.cap and first.cap and min(first.odds[PERSON], last.odds[PERSON]) > 0.5 and len(last.text) > 2:
                out.add(last.low)
    return out


def form(words: Sequence[Word]) -> str:
    return " ".join(word.low for word in words)


def place_odds(line: Line, first: int, last: int) -> float:
    """The network's log odds that words `first` to `last` name a place, cut off where they tell no more.

    The network learnt from texts where a place inside an organisation's name does not count: "Lomar Police Department"
    is one organisation to it. Here it counts, so what the network gives to the organisation goes to the place in it.
    """
    words = line.words[first:last]
    lent = body_after(line, last) or body_before(line, first)
    told = [w.odds[PLACE] + (w.odds[ORGANISATION] if lent else 0.0) for w in words if w.word]
    return _logit(sum(told) / len(told)) if told else -_SURE


def body_after(line: Line, last: int) -> bool:
    """Whether the capitalised words after `last` make a body of a place's name: "… Police Department"."""
    at, seen = last, 0
    while at < len(line.words):
        word = line.words[at]
        if word.text in "'s’s" and at == last:
            return False
        if not word.cap and not (seen and word.low in ("of", "and", "&", "for", "the", "'s")):
            break
        if word.cap and "body" not in word.tags:
            return seen > 0 and "title" not in word.tags and seen >= 2
        seen += word.cap
        at += 1
    return seen > 0


def body_before(line: Line, first: int) -> bool:
    """Whether "University of", "City of the" … in capitals stands before `first`."""
    at = first - 1
    if at >= 0 and line.words[at].low == "the":
        at -= 1
    if at < 1 or line.words[at].low != "of":
        return False
    word = line.words[at - 1]
    return word.cap and "body-of" in word.tags


def span_is_people(words: Sequence[Word]) -> bool:
    """Whether the words are what a country's people or things are called: "Sri Lankan", "Iraqis"."""
    low = form(words)
    return low in demonyms() or low.removesuffix("s") in demonyms()


def _logit(p: float) -> float:
    p = min(max(p, 1e-4), 1 - 1e-4)
    return max(-_SURE, min(_SURE, log(p / (1 - p))))


def _of_network(out: dict[str, float], line: Line, span: Span) -> None:
    words = [w for w in line.words[span.first : span.last] if w.word]
    if not any(any(w.odds) for w in words):
        out["net silent"] = 1.0
        return
    own = place_odds(line, span.first, span.last)
    out["net place"] = own
    out["net person"] = max(w.odds[PERSON] for w in words)
    out["net body"] = (
        0.0
        if body_after(line, span.last) or body_before(line, span.first)
        else max(w.odds[ORGANISATION] for w in words)
    )
    first = words[0].odds
    out["net goes on before"] = max(0.0, first[PLACE] - first[BEGINS]) if _beside(line, span.first - 1) else 0.0
    if (after := _beside(line, span.last)) is not None:
        out["net goes on after"] = max(0.0, after.odds[PLACE] - after.odds[BEGINS])
    out["net least"] = _logit(min(w.odds[PLACE] for w in words if w.cap) if any(w.cap for w in words) else 0.5)


def _beside(line: Line, at: int) -> Word | None:
    """The word at `at`, if there is one and it may belong to the same name."""
    if 0 <= at < len(line.words) and line.words[at].word:
        return line.words[at]
    return None


def _of_gazetteer(out: dict[str, float], span: Span, words: Sequence[Word]) -> None:
    known = span.standing
    if span.longer:
        out["inside a longer place"] = 1.0
    if not known.how:
        out["unknown"] = 1.0
        return
    out[f"known by {known.how}"] = 1.0
    if known.kind:
        out[f"kind {known.kind}"] = 1.0
    if known.kind == "settled":
        out[f"people by {known.how}"] = log10(1 + known.population)
    if len(words) > 1:
        out[f"words by {known.how}"] = 1.0


def _of_words(
    out: dict[str, float], words: Sequence[Word], tallies: Mapping[str, Tally], known: Standing, before: Word | None
) -> None:
    named = [w for w in words if w.word]
    if len(words) > 1:
        out["words"] = 1.0
        last, first = named[-1].tags, named[0].tags
        out["ends in kind"] = float("kind" in last)
        apart = "kind-apart" in last and "kind" not in last
        out["ends in kind apart"] = float(apart)
        if apart and before is not None and before.text[0].isdigit():
            out["address"] = 1.0
        if words[-1].text.isdigit():
            out["road by number"] = 1.0
        out["begins with kind"] = float("kind-first" in first)
        out["begins with side"] = float("side" in first)
        tally = tallies.get(named[0].low)
        if tally:
            out["first word person"] = log((tally.person + 1) / (tally.place + 1))
        if "body" in last and "kind" not in last:
            out["ends in body"] = 1.0
        if "paper" in last:
            out["ends in paper"] = 1.0
        if first & {"title"}:
            out["begins with title"] = 1.0
    else:
        word = words[0]
        tally = tallies.get(word.low, Tally())
        names = tally.person + tally.organisation + tally.place
        out["lower"] = log(1 + tally.lower / (1 + names))
        out["word person"] = log((tally.person + 1) / (tally.place + 1))
        out["word body"] = log((tally.organisation + 1) / (tally.place + 1))
        out["cue word"] = float(bool(word.tags & {"side", "kind", "title", "body", "kind-apart"}))
        out["short capitals"] = float(word.text.isupper() and len(word.text) < 5 and "." not in word.text)
    out["time"] = float(any("time" in w.tags for w in named))
    if span_is_people(words) and not (known.how == "name" or known.kind in ("country", "continent")):
        out["people"] = 1.0


def _of_neighbours(out: dict[str, float], line: Line, span: Span) -> None:
    words = line.words
    before = words[span.first - 1] if span.first else None
    after = words[span.last] if span.last < len(words) else None
    if before is not None:
        _of_before(out, words, span.first, before)
    else:
        out["first"] = 1.0
        out["first alone"] = float(span.last - span.first == 1)
    if body_before(line, span.first):
        out["called after"] = 1.0
    if body_after(line, span.last):
        out["names a body"] = 1.0
    if after is None:
        return
    nearer = after
    if after.low == "'s":
        out["has"] = 1.0
        nearer = words[span.last + 1] if span.last + 1 < len(words) else after
    elif after.text == "-":
        out["before hyphen"] = 1.0
        nearer = words[span.last + 1] if span.last + 1 < len(words) else after
    if after.cap:
        if "paper" in after.tags:
            out["names a paper"] = 1.0
        elif not after.tags & {"body", "kind", "title"}:
            out["before name"] = 1.0
        if "title" in after.tags:
            out["before title"] = 1.0
        if after.tags & {"kind", "kind-apart"}:
            out["before Kind"] = 1.0
    else:
        for tag, name in (("kind-beside", "before kind"), ("dweller", "before dweller")):
            if tag in nearer.tags:
                out[name] = 1.0
        for tag in ("says", "person"):
            if tag in after.tags:
                out[f"before {tag}"] = 1.0
    if after.text == "," and span.last + 1 < len(words):
        follows = words[span.last + 1]
        if follows.tags & {"person"} or follows.text.isdigit():
            out["before age"] = 1.0
        elif "says" in follows.tags:
            out["before says"] = 1.0


def _of_before(out: dict[str, float], words: Sequence[Word], first: int, before: Word) -> None:
    two = words[first - 2] if first > 1 else None
    at = before
    if "side" in before.tags and not before.cap:
        out["after side"] = 1.0
        at, two = (two, words[first - 3] if first > 2 else None) if two is not None else (before, None)
    if at.low == "the":
        out["after the"] = 1.0
        at, two = (two, None) if two is not None else (at, None)
    if "in" in at.tags:
        out["after in"] = 1.0
    elif at.low == "of":
        out["after of"] = 1.0
        if two is not None and "kind-of" in two.tags:
            out["after kind of"] = 1.0
    if "title" in before.tags:
        out["after title"] = 1.0 if before.cap else 0.5
    elif before.cap and not before.tags & {"side", "in", "of", "kind-first"} and before.low != "the":
        out["after name"] = 1.0
    elif before.text == ",":
        out["after comma"] = 1.0
    elif before.text == "-":
        out["after party" if two is not None and "affiliation" in two.tags else "after hyphen"] = 1.0
    if before.low in ("and", "or", ","):
        out["in a row"] = 1.0


def _of_case(out: dict[str, float], line: Line, span: Span) -> None:
    if line.case != "mixed":
        out[f"case {line.case}"] = 1.0
        if span.standing.how:
            out[f"known in case {line.case}"] = 1.0
