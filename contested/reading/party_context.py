"""What a report tells of its parties as a whole: which country it is about, who is named where, what acronyms mean."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from contested.reading.party_names import name_at, scan
from contested.reading.phrases import Token, phrase_until, tokens
from contested.register import Match, Party, Register
from contested.text import Text

if TYPE_CHECKING:
    from contested.reading.described import Piece

#: A party is meant from here on.
SURE = 0.4
#: What a party of another country keeps of its chance where several bear a name.
_ELSEWHERE = 0.3
#: How far a body of no country belongs to what any report is about.
_ANYWHERE = 0.6
#: What a mention of a party tells of which country a report is about; foreign powers are named in every war.
_WEIGHTS = {"state": 1.0, "organ": 1.0, "armed-group": 2.0, "political": 1.5, "people": 1.5, "person": 0.5}
_IN = 1.5  # "in Jordan"
_HEADLINE = 1.0
#: A country that is fought over is what a report is about from this share of the points of the most named one.
_FOUGHT = 0.25
#: So many armed groups make a mention of their country count double: reports on wars name the powers more often.
_MANY = 10
#: Where capitals tell nothing, a name of no more letters may be a word.
_SHORT = 4
#: The words that an acronym stands for are looked for no farther before it, in characters.
_FAR = 2_000
_SPACE = re.compile(r"\s+")
_ACRONYM = re.compile(r"\(\s*(?:the\s+|known as\s+)?([A-Z][\w.-]{1,9})\s*\)")


@dataclass(frozen=True, slots=True)
class Named:
    """A party named in the report: where, and what the words may mean, likeliest first."""

    start: int
    end: int
    matches: tuple[Match, ...]

    @property
    def party(self) -> Party:
        return self.matches[0].party


@dataclass(slots=True)
class Around:
    """A report's context. `country` is the ISO code of the country it is mostly about, or null; `on` its date.

    `named` are its names of parties in order of place. `weights` tells how much of the report is on which country.
    `acronyms` are those that it puts in brackets after a party's name, `explained` those that it spells out. Filled as
    they are asked for: `memo`, what names mean in this report, `first_names`, the words before surnames, and
    `introduced`, what stands beside their first mention.
    """

    text: Text
    register: Register
    on: str | None
    telling: bool
    country: str | None = None
    weights: dict[str, float] = field(default_factory=dict)
    named: list[Named] = field(default_factory=list)
    acronyms: dict[str, tuple[Match, ...]] = field(default_factory=dict)
    explained: dict[str, str] = field(default_factory=dict)
    memo: dict[str, tuple[Match, ...]] = field(default_factory=dict)
    first_names: dict[str, tuple[str, ...]] = field(default_factory=dict)
    introduced: dict[str, list[tuple[list[Piece], int]]] = field(default_factory=dict)

    def find(self, words: str) -> tuple[Match, ...]:
        """What a name may mean, likeliest in this report first; an acronym that the report explains means that."""
        if words not in self.memo:
            self.memo[words] = self._find(_SPACE.sub(" ", words).strip())
        return self.memo[words]

    def _find(self, words: str) -> tuple[Match, ...]:
        if words in self.acronyms:
            return self.acronyms[words]
        return self._ranked(tuple(m for m in self.register.find(words, self.on) if m.how != "forces-of"))

    def _ranked(self, matches: tuple[Match, ...]) -> tuple[Match, ...]:
        """Those who may be meant here. What several parties share goes to those that the report is about."""
        matches = tuple(m for m in matches if m.how != "name-of-other-time" or not self.weights or self._here(m.party))
        if len(matches) > 1:
            shares = [m.sure * (_ELSEWHERE + (1 - _ELSEWHERE) * self._here(m.party)) for m in matches]
            whole = sum(m.sure for m in matches) / sum(shares)
            matches = tuple(replace(m, sure=whole * share) for m, share in zip(matches, shares, strict=True))
        return tuple(sorted((m for m in matches if m.sure >= SURE), key=lambda m: -m.sure))

    def _here(self, party: Party) -> float:
        """How far a party belongs to what the report is about, from 0 to 1."""
        about = {*party.countries, *dict(party.side)}
        if self.country in about:
            return 1.0
        if not about and party.kind != "person":  # an outlet, a body of no country: as near as any
            return _ANYWHERE
        most = max(self.weights.values(), default=0.0)
        return 0.7 * max((self.weights.get(one, 0.0) / most for one in about), default=0.0) if most else 0.0

    def name_at(self, words: Sequence[Token], i: int) -> tuple[int, tuple[Match, ...]]:
        """Index after the name of a party that starts at token `i` of the report, and what it may mean."""
        end, found = name_at(self.find, self.register, self.text.raw, words, i, self.telling, lowered=True)
        if found and words[i].text[0].islower() and found[0].party.kind == "organ" and self._here(found[0].party) < 1:
            return i, ()  # "the reconciliation ministry" is another one in another country
        return end, found

    def before(
        self, at: int, fits: Callable[[Party], bool], *, noun: str = "", ahead: bool = False
    ) -> tuple[Party, int] | None:
        """The nearest party named before character `at` that fits, and how many sentences back; None where none does.

        With a `noun`, only what was named with it ("the Red Cedar Council" for "council"), whatever else fits; with
        `ahead`, one that is named only later does too.
        """
        stop = bisect_left(self.named, at, key=lambda one: one.start)
        here = self.text.sentence_at(at) or 0

        def meant(one: Named) -> bool:
            if noun and one.party.kind != "outlet":
                return noun in self.text.raw[one.start : one.end].casefold()
            return fits(one.party)

        for one in reversed(self.named[:stop]):
            if meant(one):
                return one.party, max(0, here - (self.text.sentence_at(one.start) or 0))
        if ahead:
            for one in self.named[stop:]:
                if meant(one):
                    return one.party, max(0, (self.text.sentence_at(one.start) or 0) - here)
        return None


def around(text: Text, register: Register, country: str | None = None) -> Around:
    """The context of a report. `country` (ISO alpha-2) is what it is about, where that is known from elsewhere."""
    raw = text.raw
    letters = [c for c in raw[:20_000] if c.isalpha()]
    upper = sum(c.isupper() for c in letters)
    telling = bool(letters) and 0 < upper < 0.7 * len(letters)
    ctx = Around(text, register, text.today.isoformat() if text.today else None, telling, country)
    words = tokens(raw)
    ctx.named = [Named(*found) for found in scan(ctx.find, register, raw, words, telling)]
    ctx.weights = _weigh(ctx, words)
    if country is None:
        ctx.country = _about(ctx)
    ranked = (Named(one.start, one.end, ctx._ranked(one.matches)) for one in ctx.named)
    ctx.named = [one for one in ranked if one.matches]
    ctx.acronyms = _defined(ctx, raw)
    ctx.explained = _explained(ctx)
    ctx.memo.clear()  # now that it is known what the report is about, names may mean others
    return ctx


def _about(ctx: Around) -> str | None:
    """The country that most of the report is on; before a foreign power, one that parties named here fight over.

    Null where less than one plain mention speaks for any.
    """
    groups = _fighting(ctx.register, ctx.on)
    points = {place: told * (1 + min(1.0, groups[place] / _MANY)) for place, told in ctx.weights.items() if told >= 1}
    fought = {
        place for one in ctx.named for place, _ in one.party.side if one.party.kind in ("armed-group", "political")
    }
    most = max(points.values(), default=0.0)
    near = [place for place in points if place in fought and points[place] >= _FOUGHT * most]
    return max(near or points, key=lambda place: points[place], default=None) or _told_by(ctx)


def _told_by(ctx: Around) -> str | None:
    """Where nothing else tells of a country: that whose state outlets alone are named, or that of the outlet."""
    states = {one.party.country for one in ctx.named if any(".state-media" in tie.party for tie in one.party.part_of)}
    if len(states) == 1 and not any(told >= 1 for told in ctx.weights.values()):
        return next(iter(states))
    outlet = ctx.text.report.outlet
    found = ctx.register.find(outlet) if outlet and not ctx.weights else []
    return found[0].party.country if found and found[0].party.kind == "outlet" else None  # news of its own country


@lru_cache(maxsize=256)
def _fighting(register: Register, on: str | None) -> Counter[str]:
    """How many armed groups take a side in each country's war on a day."""
    active = (party for party in register if party.kind == "armed-group" and party.when.holds(on))
    return Counter(place for party in active for place, _ in party.side)


def _weigh(ctx: Around, words: Sequence[Token]) -> dict[str, float]:
    """How much of the report is on which country, in points."""
    starts = [token.start for token in words]
    headline = next((b.end for b in ctx.text.blocks if b.role == "headline"), 0)
    weights: dict[str, float] = {}
    for one in ctx.named:
        party = one.party
        points = _WEIGHTS.get(party.kind, 0.0) if one.matches[0].how != "name-of-other-time" else 0.0
        if one.matches[0].how == "spelling":  # may be another name that is written much the same
            points *= 0.5
        at = bisect_left(starts, one.start)
        if party.kind == "state" and at and words[at - 1].low in ("in", "across", "inside", "throughout", "of"):
            points += _IN
        if not ctx.telling and one.end - one.start <= _SHORT:  # "LET", "RAID": words or acronyms
            points = 0.0
        if points and one.end <= headline:
            points += _HEADLINE
        places = {*party.countries, *dict(party.side)}  # a group of two countries tells half as much of each
        for place in places:
            if points:
                weights[place] = weights.get(place, 0.0) + points / len(places)
    return weights


def _explained(ctx: Around) -> dict[str, str]:
    """Acronyms in brackets after words of which nothing else is known ("Red Cedar Council (RCC)"), with those words."""
    raw, found = ctx.text.raw, dict[str, str]()
    for match in _ACRONYM.finditer(raw):
        n = ctx.text.sentence_at(match.start())
        if n is None or not match[1].isupper() or match[1] in ctx.acronyms:
            continue
        before = tokens(raw, max(ctx.text.sentences[n].start, match.start() - _FAR), match.start())
        phrase = before[phrase_until(before, len(before)) :]
        if len(phrase) > 1 and phrase[-1].text[0].isupper():
            found.setdefault(match[1], raw[phrase[0].start : phrase[-1].end])
    return found


def _defined(ctx: Around, raw: str) -> dict[str, tuple[Match, ...]]:
    """Acronyms in brackets after the name of a party ("Free Syrian Army (FSA)")."""
    found: dict[str, tuple[Match, ...]] = {}
    for match in _ACRONYM.finditer(raw):
        at = bisect_left(ctx.named, match.start(), key=lambda one: one.start)
        if at and 0 <= match.start() - ctx.named[at - 1].end <= 2:
            best = ctx.named[at - 1].matches[0]
            if best.party.kind != "state":
                found.setdefault(match[1], (Match(best.party, "acronym", best.sure),))
    return found
