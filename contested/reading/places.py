"""From words to the map: what the places of a report mean, chosen together.

Each span is taken apart into names and the relation it tells (`relative_places`, `place_names`); all names of the
report, with what holds them by the words beside them, are then chosen together (`place_choice`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise

from contested.gazetteer import Place, distance_km
from contested.reading import place_choice
from contested.reading.located import Located, at, nowhere
from contested.reading.phrases import tokens
from contested.reading.place_choice import Choice, Name, World
from contested.reading.place_names import (
    Finder,
    Gazetteer,
    Named,
    capitals,
    demonyms,
    head,
    kinds,
    links,
    noun_after,
    noun_before,
)
from contested.reading.relative_places import Told, describes, reckon, tell
from contested.spelling import fold
from contested.text import Text

__all__ = ["Located", "resolve_places"]

#: How much an outlet's country and each people named beside the places tell of the countries a report speaks of.
OUTLET, PEOPLE = 1.0, 0.3
#: Less sure than this is a guess, and not made.
LEAST = 0.3
#: Less sure than this, a place that lies elsewhere than the words say gives way to what they say holds it.
DOUBT = 0.7
#: So far around a span, in characters, its neighbours tell something of it.
BESIDE = 60
_HOLDS_AFTER = re.compile(r"(?:[’']?s?\s*,|\s*\(|[\s,]+(?:in|of)(?:\s+the)?)\s*(?P<more>[\w\s\-]*?)\s*\Z")
_HOLDS_BEFORE = re.compile(r"(?:[’']s?)?\s+(?P<more>[\w\s\-]*?)\s*\Z")
_CAPITALS = re.compile(r"[A-Z][\w.’'-]*(?:\s+(?:of\s+)?[A-Z][\w.’'-]*){0,2}")
_LIST = re.compile(
    r"(?:,\s+(?:and\s+)?|\s+and\s+)(?:[A-Z][\w’'-]+(?:,\s+(?:and\s+)?|\s+and\s+))*[A-Z][\w’'-]+(?=\s+[a-z]+s\b)"
)
_AND = re.compile(r"[’']?s?\s*(?:,\s*(?:and|or)?|and|or|/)\s*(?:the\s+)?")
_HOLDERS = frozenset(["country", "province", "district"])


@dataclass(slots=True)
class _Part:
    """Some words that name a place: the names in them, of which `head` is the one that is meant."""

    names: list[Named]
    inside: list[tuple[int, int]]
    head: int
    pointing: str | None = None  # the noun of "the city", where no name stands
    held: list[int] = field(default_factory=list)  # the names that hold the head, in the pool
    slots: list[int] = field(default_factory=list)  # for each name, its index in the pool


@dataclass(slots=True)
class _Asked:
    start: int
    end: int
    told: Told | None = None
    parts: list[_Part] = field(default_factory=list)
    capital: bool = False  # "the Syrian capital"


def resolve_places(
    text: Text, spans: Sequence[tuple[int, int]], gazetteer: Gazetteer, *, outlet_country: str | None = None
) -> list[Located]:
    """Where each span of `text` means, in the order of `spans`.

    `outlet_country` is the ISO 3166-1 alpha-2 code of the country the report was published in, where that is known.
    A span without a name of a place, or whose name the gazetteer lacks, is `Located` with `place` None and `why`.
    """
    finder = Finder(gazetteer, text.raw)
    asked = [_ask(text, finder, start, end) for start, end in spans]
    pool = _Pool(text, finder, outlet_country)
    order = sorted(range(len(asked)), key=lambda i: asked[i].start)
    pool.fill([asked[i] for i in order])
    choices = pool.choose()
    out: list[Located] = [nowhere("no name in the words")] * len(asked)
    earlier: list[Located] = []
    for i in order:
        out[i] = _locate(asked[i], choices, finder, earlier)
        if out[i].place is not None:
            earlier.append(out[i])
    return out


@cache
def _pointing() -> re.Pattern[str]:
    """ "The city": an article and a noun for a kind."""
    return re.compile(rf"\b(?:the|this|that)\s+({'|'.join(sorted(kinds(), key=len, reverse=True))})\b", re.IGNORECASE)


def _ask(text: Text, finder: Finder, start: int, end: int) -> _Asked:
    """Take the words of one span apart."""
    raw = text.raw
    asked = _Asked(start, end)
    whole = finder.whole(raw, start, end)
    if whole is not None:
        asked.parts = [_Part([_beside(raw, finder, whole)], [], 0)]
        return asked
    asked.told = tell(raw, start, end)
    stretches = asked.told.spans if asked.told else ((start, end),)
    for a, b in stretches:
        names = finder.names(raw, a, b)
        inside = links(raw, names)
        part = _Part(names, inside, head(names, inside))
        if not names and (found := [m[1].lower() for m in _pointing().finditer(raw, a, b)]):
            part.pointing = found[-1]
        asked.parts.append(part)
    words = [t.low for t in tokens(raw, start, end)]
    named = [one for part in asked.parts for one in part.names]
    asked.capital = (
        not asked.told
        and any(w in kinds() and kinds()[w].capital for w in words)
        and bool(named)
        and all(one.options and all(p.kind == "country" for p, _ in one.options[:1]) for one in named)
    )
    return asked


def _beside(raw: str, finder: Finder, one: Named) -> Named:
    """`one` with the kind that a noun right outside its span tells: "the town of [Orla]", "[Orla] province"."""
    if one.kinds or one.demonym:
        return one
    list_ = _LIST.match(raw, one.end)  # "[Orla] and Borov provinces"
    at_ = list_.end() if list_ else one.end
    after = tokens(raw, at_, min(len(raw), at_ + 20))[:1]
    near = max(0, one.start - 24)
    before = tokens(raw, max(raw.rfind(" ", 0, near) + 1, near - BESIDE), one.start)
    told = noun_after(after, at_) or noun_before(before, one.start)
    if told is None or told[1].own:
        return one
    return replace(one, kinds=told[1].kinds)


class _Pool:
    """All names of a report, each once however often it stands there with the same words beside it."""

    def __init__(self, text: Text, finder: Finder, outlet_country: str | None) -> None:
        self.text, self.finder, self.outlet = text, finder, outlet_country
        self.names: list[Name] = []
        self._at: dict[tuple[str, frozenset[str], tuple[int, ...]], int] = {}

    def fill(self, asked: Sequence[_Asked]) -> None:
        """Put the names of all spans in, given in the order of the text."""
        heads: list[tuple[Named, _Part, int]] = []
        for one in asked:
            for part in one.parts:
                heads += [(name, part, k) for k, name in enumerate(part.names)]
                part.slots = [-1] * len(part.names)
        outers: dict[int, list[Named]] = {}
        plain = [named for named, _, _ in heads]
        for n, (named, part, k) in enumerate(heads):
            outers[n] = [part.names[o] for i, o in part.inside if i == k]
            if not outers[n]:
                outers[n] = self._around(
                    named, plain[n - 1] if n else None, plain[n + 1] if n + 1 < len(plain) else None
                )
        for n, (named, part, k) in enumerate(heads):
            held = [outer for outer in outers[n] if _may_hold(outer, named)]
            slots = [self._put(outer, []) for outer in held]
            part.slots[k] = self._put(named, slots)
            if k == part.head:
                part.held = slots
        for (left, part, k), (right, beside, m) in pairwise(heads):
            if 0 < right.start - left.end < 12 and _AND.fullmatch(self.text.raw[left.end : right.start]):
                a, b = part.slots[k], beside.slots[m]
                if a not in self.names[b].holds and b not in self.names[a].holds:
                    self.names[a].listed.add(b)
                    self.names[b].listed.add(a)
        line = self.text.dateline
        if line is not None and line.place:
            for named in self.finder.names(line.place, 0, len(line.place)):
                self._put(named, [])

    def _put(self, named: Named, inside: list[int]) -> int:
        held = tuple(sorted(set(inside)))
        key = (fold(named.words), named.kinds, held)
        if key not in self._at:
            self._at[key] = len(self.names)
            self.names.append(Name(key[0], named.options, 0, named.kinds, list(held)))
        self.names[self._at[key]].count += 1
        return self._at[key]

    def _around(self, named: Named, before: Named | None, after: Named | None) -> list[Named]:
        """The names next to a span that hold it, by the words between."""
        raw = self.text.raw
        if after is not None and 0 <= after.start - named.end <= BESIDE:
            match = _HOLDS_AFTER.match(raw[named.end : after.start])
            if match and _only_kinds(match["more"]):
                return [after]
        if (
            before is not None
            and 0 <= named.start - before.end <= BESIDE
            and (before.demonym or before.possessive or raw[before.end : before.end + 1] in "’'")
        ):
            match = _HOLDS_BEFORE.match(raw[before.end : named.start])
            if match and len(match["more"].split()) <= 4:
                return [before]
        match = re.match(r"\s*,\s+|\s*\(", raw[named.end : named.end + 4])
        if match and (name := _CAPITALS.match(raw, named.end + match.end(), named.end + BESIDE)):
            for end in sorted({name.end(), *(m.start() for m in re.finditer(r"\s", name[0]))}, reverse=True):
                stop = end if end == name.end() else name.start() + end
                found = self.finder.whole(raw, name.start(), stop)
                if found and any(p.kind in _HOLDERS and how != "spelling" for p, how in found.options):
                    return [found]
        return []

    def choose(self) -> list[Choice]:
        told: dict[str, float] = {}
        if self.outlet:
            told[self.outlet] = OUTLET
        seen = Counter(word.lower() for word in re.findall(r"\b[A-Z][a-z]+\b", self.text.raw))
        for word, count in seen.items():
            for iso in demonyms().get(word, ())[:1]:
                told[iso] = told.get(iso, 0.0) + PEOPLE * min(count, 4)
        countries = self.finder.gazetteer.countries()
        people = {iso: place.population for iso, place in countries.items()}
        options = [place for name in self.names for place, _ in name.options]
        for id in {id for place in options if (id := place_choice.province(place))}:
            held = self.finder.gazetteer.place(id)
            people[id] = held.population if held else 0
        cities = (place for place in options if place.kind in ("city", "town"))
        seats = frozenset(place.id for place in cities if place.name in capitals().get(place.country or "", ()))
        return place_choice.choose(self.names, World(people, told, seats))


def _may_hold(outer: Named, inner: Named) -> bool:
    """Whether any place that the one name may mean holds any that the other may mean."""
    return any(place_choice.holds(o, i) for o, _ in outer.options for i, _ in inner.options) or not inner.options


def _only_kinds(words: str) -> bool:
    """Whether nothing stands in `words` but what may stand before the name of what holds a place."""
    from contested.reading.relative_places import slots

    return all(w in kinds() or w in slots()["direction"] or w in ("of", "the", "in") for w in words.lower().split())


def _locate(asked: _Asked, choices: list[Choice], finder: Finder, earlier: Sequence[Located]) -> Located:
    known = [_pointed(p.pointing, earlier) if p.pointing else _part(p, choices) for p in asked.parts]
    if asked.told is None:
        return _capital(known[0], finder) if asked.capital and known[0].place else known[0]
    one = known[0].place if known else None
    first = asked.parts[0] if asked.parts and asked.parts[0].names else None
    described = asked.told.descriptive and first is not None and bool(first.names[first.head].kinds)
    if described and one and describes(asked.told.direction, one, finder.gazetteer.countries().get(one.country)):
        return known[0]
    if asked.told.form == "border" and len(known) == 1 and one is not None:
        known += _neighbour(one, earlier, finder)
    found = reckon(asked.told, known)
    if found is not None:
        return found
    return next((one for one in known if one.place is None), nowhere("the words tell no place"))


def _part(part: _Part, choices: list[Choice]) -> Located:
    """What the names of a part mean together: its head, or else what holds it."""
    if not part.names:
        return nowhere("no name in the words")
    named, choice = part.names[part.head], choices[part.slots[part.head]]
    holders = [choices[slot] for slot in part.held if choices[slot].place is not None and choices[slot].sure >= LEAST]
    doubted = choice.sure < DOUBT and any(
        one.sure > choice.sure and one.place and choice.place and not place_choice.holds(one.place, choice.place)
        for one in holders
    )
    if choice.place is not None and choice.sure >= LEAST and not doubted:
        basis = choice.how
        if named.loose:
            near = at(choice.place, choice.sure * 0.8, "container")
            return replace(near, precision="area" if near.precision == "exact" else near.precision,
                           radius_km=choice.place.radius_km + 5)  # fmt: skip
        return at(choice.place, choice.sure, basis)
    for held in holders:
        if held.place is not None:
            whole = at(held.place, held.sure * 0.9, "container")
            return replace(whole, precision="area" if whole.precision == "exact" else whole.precision)
    return nowhere("not in the gazetteer" if choice.place is None else "no place of that name fits the report")


def _neighbour(country: Place, earlier: Sequence[Located], finder: Finder) -> list[Located]:
    """The other side of "the Orlan border": the country most named before it that may border on it."""
    told = Counter(one.place.country for one in earlier if one.place is not None and one.place.country)
    for iso, _ in told.most_common():
        other = finder.gazetteer.countries().get(iso)
        if other is not None and iso != country.country:
            apart = distance_km(country.lat, country.lon, other.lat, other.lon)
            if apart < 1.3 * (country.radius_km + other.radius_km) and country.kind == "country":
                return [at(other, 0.7, "context")]
    return []


def _pointed(noun: str, earlier: Sequence[Located]) -> Located:
    """ "The city": the last place of that kind before it."""
    wanted = kinds()[noun].kinds
    for one in reversed(earlier):
        told = one.basis not in ("relative", "container", "context") and one.sure >= DOUBT
        if told and one.place is not None and one.place.kind in wanted:
            return at(one.place, one.sure * 0.7, "context")
    return nowhere("no place of that kind was named before")


def _capital(country: Located, finder: Finder) -> Located:
    """The capital of a country, by the register's list."""
    iso = country.place.country or "" if country.place else ""
    for name in capitals().get(iso, ()):
        for place, _ in finder.options(name):
            if place.country == iso and place.kind in ("city", "town"):
                return at(place, country.sure, "capital")
    return nowhere("the capital is not in the gazetteer")
