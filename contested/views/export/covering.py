"""What of one report is covered, by a profile: names of persons, other scripts, patterns, and precise places."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from contested.reading.encoder import WordOdds
from contested.spelling import fold
from contested.statement import Mention, Report, Source
from contested.views.export.masking import (
    Span,
    Words,
    capitals,
    merged,
    named,
    other_scripts,
    overlaps,
    parts,
    within,
)
from contested.views.export.profile import Profile

if TYPE_CHECKING:
    from contested.gazetteer import Gazetteer, Place
    from contested.register import Register

#: What the names network makes of each word of a text.
Odds = Callable[[str], Sequence[WordOdds]]
#: Words of a name that many bear, and that mean nobody by themselves.
PARTICLES = frozenset(("abu", "umm", "bin", "ibn", "abd", "abdul", "van", "von", "der", "the", "mrs", "sir"))
#: A party or person is the one that a name means where the register is at least so sure (0 to 1).
SURE = 0.5
#: A word alone that is also a party or a place is a person's name where the network is at least so sure.
CLEARLY = 0.9
#: A place of so many people is better known than persons of its name; many a town is called David.
KNOWN = 150_000
#: A name by these ways is that of somebody in the register: a surname alone, or a likeness of spelling, is not.
BY_NAME = frozenset(("name", "alias", "former-name", "later-name", "acronym", "script", "name-of-other-time"))
#: What is finer than a settlement, though the place that it is told by is not.
NEAR = ("distance_km", "near", "between", "border")


@dataclass(frozen=True, slots=True)
class Covered:
    """What is covered of one report: spans of its text, of its title, words wherever they stand; and the division that
    stands for each precise place, by its id (None where none is known)."""

    text: tuple[Span, ...]
    title: tuple[Span, ...]
    words: Words
    coarse: Mapping[str, Place | None]
    counted: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Coverer:
    """Covers reports by a profile. `odds` is the names network."""

    profile: Profile
    odds: Odds
    register: Register
    gazetteer: Gazetteer

    def covered(self, report: Report) -> Covered:
        """What is to be covered of a report with all its statements; its places are those of its statements."""
        title = report.title or ""
        whole = f"{report.text}\n\n{title}"
        said = list(self.odds(whole))
        coarse, places, names = self._places(report)
        private, kept = self._persons(report, whole, said)
        stays = {fold(part) for a, b in kept for part in parts(whole[a:b])} | PARTICLES
        stays |= {fold(whole[w.start : w.end]) for w in said if w.place > SURE and w.place > w.person}
        stays |= {part for one in _mentions(report) if _is_party(one) for part in fold(one.text).split()}
        words = set(names)
        for start, end in private:
            name = whole[start:end].strip()
            words.update((name, *parts(name, stays)) if " " in name or fold(name) not in stays else ())
        ordinary = frozenset(re.findall(r"\b[^\W\d_A-Z]+\b", whole))
        hidden = Words(words, ordinary)
        patterns = [found.span() for one in self.profile.patterns for found in one.finditer(whole)]
        scripts = [span for span in other_scripts(whole) if self.profile.masks_scripts and not self._known(whole, span)]
        words |= {whole[a:b] for a, b in (*patterns, *scripts)}
        words |= {word for a, b in scripts for word in whole[a:b].split()}
        spans = list(merged([*private, *places, *patterns, *scripts, *self._elsewhere(hidden, whole, kept)]))
        cut = len(report.text)
        return Covered(
            tuple((a, min(b, cut)) for a, b in spans if a < cut),
            tuple((max(a - cut - 2, 0), b - cut - 2) for a, b in spans if b > cut + 2),
            Words(words, ordinary), coarse,
            Counter({"names of persons": len(private), "words in other scripts": len(scripts),
                     "addresses and numbers of persons": len(patterns)}),
        )  # fmt: skip

    @staticmethod
    def _elsewhere(words: Words, whole: str, kept: Sequence[Span]) -> Iterator[Span]:
        yield from (span for span in words.spans(whole) if not within(span, kept))

    # ---- persons -----------------------------------------------------------------------------------------------------

    def _persons(self, report: Report, whole: str, said: Sequence[WordOdds]) -> tuple[list[Span], list[Span]]:
        """The names to cover, and those that stay. Names of several words say who is meant by one of them alone."""
        found = list(names_in(whole, said, self.profile.odds, self._elsewhere_known))
        always = list(self._always(report, found, said))
        people = [
            (one.start, one.start + len(one.text))
            for one in _mentions(report)
            if one.start is not None and _is_person(one)
        ]
        private, kept, alone = list(always), [], []
        for span in found:
            name = whole[slice(*span)]
            if overlaps(span, always):
                continue
            if len(list(parts(name))) < 2 and not self._of_register(name, report.published):
                alone.append(span)
            elif self._of_register(name, report.published) or (overlaps(span, people) and self.profile.keeps_register):
                kept.append(span)
            else:
                private.append(span)
        mine = {fold(part) for a, b in kept for part in parts(whole[a:b])}
        others = {fold(part) for a, b in private for part in parts(whole[a:b])}
        for span in alone:
            words = {fold(part) for part in parts(whole[slice(*span)])}
            stays = words <= mine or (not words & others and overlaps(span, people) and self.profile.keeps_register)
            (kept if stays and words else private).append(span)
        return private, kept

    def _of_register(self, name: str, on: str | None) -> bool:
        """Whether a name is that of a party that stays."""
        for match in self.register.find(name, on):
            if match.sure >= SURE and match.how in BY_NAME:
                return self.profile.keeps_register or match.party.kind != "person"
        return False

    def _elsewhere_known(self, words: str) -> bool:
        """Whether words that are rather no person's name are those of a party or a place."""
        found = self.register.find(words)[:1]
        party = any(one.party.kind != "person" and one.how not in ("spelling", "surname") for one in found)
        places = self.gazetteer.exact(words)[:1]
        return party or any(
            how != "spelling" and (place.kind in ("country", "region", "continent") or place.population >= KNOWN)
            for place, how in places
        )

    def _always(self, report: Report, found: Sequence[Span], odds: Sequence[WordOdds]) -> Iterator[Span]:
        """Names in sources whose class is never named: those that the network found, else words with a capital, but
        for those that it takes for names of others."""
        others = [(w.start, w.end) for w in odds if max(w.place, w.organisation) > SURE]
        for said in report.statements:
            source = said.source
            if source is None or source.start is None or source.cls not in self.profile.sources or not source.named:
                continue
            start, end = source.start, source.start + len(source.text)
            inside = [(a, b) for a, b in found if a < end and start < b]
            if not inside and not _is_party(source):
                inside = [
                    span
                    for span in capitals(source.text, start)
                    if not overlaps(span, others) and fold(report.text[slice(*span)]) not in _ARTICLES
                ]
            yield from inside

    def _known(self, whole: str, span: Span) -> bool:
        """Whether words in another script are a party or a place that may be told."""
        words = whole[slice(*span)]
        if self._of_register(words, None):
            return True
        places = self.gazetteer.exact(words)
        return bool(places) and all(place.kind not in self.profile.kinds for place, _ in places[:1])

    # ---- places ------------------------------------------------------------------------------------------------------

    def _places(self, report: Report) -> tuple[dict[str, Place | None], list[Span], set[str]]:
        """The precise places of people at risk: the division of each by its id, their spans, and their names."""
        coarse: dict[str, Place | None] = {}
        spans, names = [], set()
        for said in report.statements:
            if not self.profile.at_risk(said):
                continue
            for one in said.places:
                known = one.resolved or {}
                if not self.precise(known):
                    continue
                itself = known.get("kind") in self.profile.kinds and known.get("place")
                if itself:
                    coarse[str(known["place"])] = self.division(known)
                    names.add(str(known.get("name") or ""))
                words = {one.text[a:b] for a, b in capitals(one.text)}
                precise = {word for word in words if fold(word) not in _ARTICLES and (itself or not self._wide(word))}
                if known.get("lat") is None and words and not precise:
                    continue  # "Geneva", of which it is not told which
                if one.start >= 0 and named(one.text):
                    spans.append((one.start, one.end))
                names |= precise
        return coarse, spans, names - {""}

    def precise(self, known: Mapping[str, Any]) -> bool:
        """Whether what a mention was resolved to is a precise place, or is not known."""
        if known.get("lat") is None:
            return True
        relation = known.get("relation") or {}
        return known.get("kind") in self.profile.kinds or any(name in relation for name in NEAR)

    def division(self, known: Mapping[str, Any]) -> Place | None:
        """The division that a place is told as."""
        ids = list(known.get("within") or ())
        place = self.gazetteer.place(str(known["place"])) if known.get("place") else None
        ids += place.within if place else ()
        if place and place.kind not in self.profile.kinds:
            ids.insert(0, place.id)
        if known.get("country"):
            ids.append(f"iso:{known['country']}")
        held = [found for id_ in ids if (found := self.gazetteer.place(id_))]
        return next((one for kind in self.profile.to for one in held if one.kind == kind), None)

    def _wide(self, words: str) -> bool:
        """Whether words are the name of a place that is not precise."""
        return any(place.kind not in self.profile.kinds for place, how in self.gazetteer.exact(words)[:1]
                   if how != "spelling")  # fmt: skip


_ARTICLES = frozenset(("the", "a", "an"))


def names_in(
    whole: str, said: Sequence[WordOdds], odds: float, known: Callable[[str], bool] = lambda words: False
) -> Iterator[Span]:
    """The names of persons in a text: words that the network gives at least these odds, side by side in a line.

    A word that it rather takes for another name, or one alone that is not clearly a person's, is none where it is
    `known` as one.
    """
    runs: list[list[WordOdds]] = []
    for word in said:
        if word.person < odds:
            continue
        rather = word.person < SURE and word.person < max(word.place, word.organisation)
        if rather and known(whole[word.start : word.end]):
            continue
        if runs and whole[runs[-1][-1].end : word.start].strip(" \t\xa0") == "":
            runs[-1].append(word)
        else:
            runs.append([word])
    for run in runs:
        start, end = run[0].start, run[-1].end
        if len(run) == 1 and run[0].person < CLEARLY and known(whole[start:end]):
            continue
        if span := _trimmed(whole, start, end):
            yield span


def _trimmed(whole: str, start: int, end: int) -> Span | None:
    """A span without marks at its ends and without a possessive; None where no name is left."""
    words = re.sub(r"['’]s$|['’]$", "", whole[start:end])
    left = len(words) - len(words.lstrip("\"'“”‘’.,;:()[]- "))
    words = words.strip("\"'“”‘’.,;:()[]- ")
    return (start + left, start + left + len(words)) if words and named(words) else None


def _mentions(report: Report) -> Iterator[Mention | Source]:
    for said in report.statements:
        yield from (*said.actors, *said.targets, *((said.source,) if said.source else ()))


def _is_person(one: Mention | Source) -> bool:
    known = one.resolved or {}
    return known.get("kind") == "person" and float(known.get("sure", 1.0)) >= SURE and known.get("basis") in (
        None, *BY_NAME, "surname")  # fmt: skip


def _is_party(one: Mention | Source) -> bool:
    """Whether words were resolved to a party by its name that is no person and no people."""
    known = one.resolved or {}
    return bool(known.get("party")) and known.get("kind") not in ("person", "people") and (
        known.get("basis") in (None, *BY_NAME))  # fmt: skip
