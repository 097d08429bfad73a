"""Reports of a war that never was, with their statements, for measuring the record at sizes that no corpus has.

Everything is invented and comes from one seed: places, parties, words, days. What the record's cost hangs on is made as
it is in the hand-coded reports (2013 to 2017): 10 to 20 statements of about 250 words a report, the shares of kinds and
types, how many have a place, a day, a source. Several reports tell of one happening, with other numbers and in other
words; every tenth is a near-copy of an earlier one under another outlet. They come in the order of their publication,
so many a day that 1,000,000 statements fill ten years.
"""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import accumulate, count
from typing import Any

from contested.statement import Harm, Mention, Report, Share, Source, Statement, When

FIRST = date(2011, 1, 1)
#: Reports a day.
DAILY = 18
PLACES = 3000
#: Statements a report.
LEAST, MOST = 10, 20
#: A new happening comes with every so many reports, and so many of the latest are told of.
EVERY, TOLD = 4, 18
#: How many of the reports are near-copies.
COPIES = 0.1
VOCABULARY = 20_000

#: (kind, type, mode) → share of all statements, of the hand-coded reports. Violence is told by happenings.
_STATES: Sequence[tuple[str, str, str | None, float]] = (
    ("control", "holds", None, 0.06), ("control", "captures", None, 0.03), ("control", "besieges", None, 0.015),
    ("control", "loses", None, 0.005), ("toll", "killed", None, 0.036), ("toll", "displaced", None, 0.016),
    ("condition", "damage", None, 0.023), ("condition", "truce", None, 0.008), ("condition", "shortage", None, 0.008),
    ("condition", "access", None, 0.006), ("relation", "leads", None, 0.04), ("relation", "member", None, 0.03),
    ("relation", "backs", None, 0.03), ("relation", "opposes", None, 0.013), ("position", "assessment", None, 0.035),
    ("position", "intention", None, 0.02), ("position", "prediction", None, 0.014), ("event", "ACCUSE", "allege", 0.04),
    ("event", "REQUEST", "change", 0.032), ("event", "COERCE", "arrest", 0.03), ("event", "AID", None, 0.022),
    ("event", "CONSULT", "visit", 0.02), ("event", "MOBILIZE", "troops", 0.012), ("event", "AGREE", None, 0.01),
)  # fmt: skip
#: The share of statements that tell of a happening.
_HAPPENINGS = 0.42
_MODES = ("heavy-weapons", "aerial", "firearms", "explosives", "suicide-attack", "targeted")
_SOURCES = ("government", "military", "opposition", "armed-group", "monitor", "ngo", "media", "medic", "witness")
_SYLLABLES = [a + b for a in ("b", "d", "f", "g", "h", "k", "l", "m", "n", "r", "s", "t", "v", "z") for b in "aeiou"]


@dataclass(frozen=True, slots=True)
class _Happening:
    """An attack: what the reports that tell of it have in common."""

    day: date
    place: Mapping[str, Any]
    actor: Mapping[str, Any]
    target: Mapping[str, Any]
    mode: str
    killed: int
    words: tuple[str, ...]


class War:
    """The places, parties and words; `reports` tells of it. The same seed tells the same.

    `siege` is the share of all that happens that happens in one city, day after day, as shelling: 0 is none.
    """

    def __init__(self, seed: int = 1, siege: float = 0.0) -> None:
        self.siege = siege
        self._random = random.Random(seed)
        self.words = self._vocabulary()
        self._weights = list(accumulate(1 / (rank + 3) for rank in range(len(self.words))))
        self.countries = ("XA", "XB", "XC", "XD")
        self.places = self._places()
        self.parties = self._parties()
        self.outlets = [f"{self._name()} {kind}" for kind in ("Post", "Times", "Echo", "Agency") for _ in range(15)]
        heard = list(accumulate(1 / (rank + 2) for rank in range(len(self.places))))
        self._heard = self._random.sample(self.places, len(self.places)), heard
        self.besieged = next(one for one in self._heard[0] if one["kind"] == "city")

    def reports(self) -> Iterator[Report]:
        """Reports without end, oldest first."""
        chance = random.Random(self._random.random())
        happenings: deque[_Happening] = deque(maxlen=TOLD)
        earlier: deque[Report] = deque(maxlen=60)
        for number in count():
            day = FIRST + timedelta(days=number // DAILY)
            if number % EVERY == 0:
                happenings.append(self._happening(chance, day))
            if earlier and chance.random() < COPIES:
                yield self._copy(chance, chance.choice(earlier), number, day)
            else:
                earlier.append(self._report(chance, number, day, happenings))
                yield earlier[-1]

    # ---- the world -------------------------------------------------------------------------------------------------

    def _vocabulary(self) -> list[str]:
        made: dict[str, None] = {}
        while len(made) < VOCABULARY:
            made["".join(self._random.choices(_SYLLABLES, k=self._random.randint(1, 4)))] = None
        return sorted(made, key=len)

    def _name(self) -> str:
        return "".join(self._random.choices(_SYLLABLES, k=self._random.randint(2, 4))).capitalize()

    def _places(self) -> list[Mapping[str, Any]]:
        """Countries hold provinces, these districts, these towns; some towns hold quarters."""
        made: list[Mapping[str, Any]] = []

        def place(kind: str, holder: Mapping[str, Any] | None, country: str, lat: float, lon: float, km: float) -> Any:
            within = [holder["place"], *holder["within"]] if holder else [f"iso:{country}"]
            found = {"place": f"syn:{kind}-{len(made)}", "name": self._name(), "lat": lat, "lon": lon, "radius_km": km,
                     "kind": kind, "country": country, "precision": "exact", "within": within}  # fmt: skip
            made.append(found)
            return found

        def near(one: Mapping[str, Any], degrees: float) -> tuple[float, float]:
            chance = self._random
            return (round(one["lat"] + chance.uniform(-degrees, degrees), 4),
                    round(one["lon"] + chance.uniform(-degrees, degrees), 4))  # fmt: skip

        provinces = [
            place("province", None, self.countries[n % 4], 30.0 + n // 8, 10.0 + n % 8, 60.0) for n in range(56)
        ]
        districts = [
            place("district", one, one["country"], *near(one, 0.5), 20.0) for one in provinces for _ in range(6)
        ]
        towns = [
            place(kind, one, one["country"], *near(one, 0.2), 2.0)
            for one in districts for kind in ("city", "town", "town", "village", "village", "village")
        ]  # fmt: skip
        while len(made) < PLACES:
            one = self._random.choice(towns)
            place("area", one, one["country"], *near(one, 0.02), 0.5)
        return [one for one in made if one["kind"] not in ("province", "district")]

    def _parties(self) -> list[Mapping[str, Any]]:
        made: list[Mapping[str, Any]] = []
        for country in self.countries:
            code = country.lower()
            for name, kind in (("government", "government"), ("armed-forces", "organ"), ("air-force", "organ"),
                               ("rebels", "armed-group"), ("people", "people")):  # fmt: skip
                made.append({"party": f"{code}.{name}", "name": f"{name} of {country}", "kind": kind})
            made += [
                {"party": f"{code}.group-{n}", "name": f"{self._name()} Brigade", "kind": "armed-group"}
                for n in range(15)
            ]
        return [{**one, "country": one["party"][:2].upper()} for one in made]

    # ---- telling ---------------------------------------------------------------------------------------------------

    def _happening(self, chance: random.Random, day: date) -> _Happening:
        place = self.somewhere(chance)
        actor, target = chance.sample(self._of(place["country"]), 2)
        killed = min(int(chance.paretovariate(1.1)), 400)
        mode = _MODES[0] if self.siege and place is self.besieged else chance.choice(_MODES)
        return _Happening(day, place, actor, target, mode, killed, tuple(self._some(chance, 6)))

    def somewhere(self, chance: random.Random) -> Mapping[str, Any]:
        """A place, some much more often than others."""
        if self.siege and chance.random() < self.siege:
            return self.besieged
        places, weights = self._heard
        return chance.choices(places, cum_weights=weights)[0]

    def _of(self, country: str) -> list[Mapping[str, Any]]:
        return [one for one in self.parties if one["country"] == country]

    def _some(self, chance: random.Random, n: int) -> list[str]:
        return chance.choices(self.words, cum_weights=self._weights, k=n)

    def _report(self, chance: random.Random, number: int, day: date, happenings: Sequence[_Happening]) -> Report:
        text = _Text(" ".join(self._some(chance, 12)).capitalize() + ".")
        statements = []
        main = chance.choice(happenings)
        of_violence = chance.choices(range(len(_STATES) + 1), [*(s for *_, s in _STATES), _HAPPENINGS],
                                     k=chance.randint(LEAST, MOST))  # fmt: skip
        for n in of_violence:
            if n == len(_STATES):
                told = main if chance.random() < 0.6 else chance.choice(happenings)
                statements.append(self._attack(chance, text, told))
            else:
                statements.append(self._state(chance, text, _STATES[n], main, day))
        return Report(text.all, id=f"syn-{number}", outlet=chance.choice(self.outlets), published=day.isoformat(),
                      title=" ".join(self._some(chance, 6)).capitalize(), statements=tuple(statements))  # fmt: skip

    def _attack(self, chance: random.Random, text: _Text, told: _Happening) -> Statement:
        killed = max(1, told.killed + chance.choice((0, 0, 0, -1, 1, 3)))
        words = [*chance.sample(told.words, 4), *self._some(chance, 4)]
        dated = chance.random() < 0.6
        on = f" on {told.day:%A}" if dated else ""
        text.begin(f"{told.actor['name']} struck {told.target['name']} in {told.place['name']}{on}, "
                   f"killing {killed} people, {' '.join(words)}")  # fmt: skip
        when = told.day.isoformat()
        return text.statement(
            "event", "ASSAULT", "struck", told.mode, (told.actor,), (told.target,),
            (told.place,) if chance.random() < 0.8 else (), self._source(chance),
            When(on.strip(), when, when, "published") if dated else None,
            (Harm("killed", f"{killed} people", killed, killed),),
        )  # fmt: skip

    def _state(
        self, chance: random.Random, text: _Text, what: tuple[str, str, str | None, float], main: _Happening, day: date
    ) -> Statement:
        kind, type_, mode, _ = what
        place = main.place if chance.random() < 0.4 else self.somewhere(chance)
        actor, target = chance.sample(self._of(place["country"]), 2)
        dated = chance.random() < 0.2
        when = day - timedelta(days=chance.randint(0, 6))
        on = f" on {when:%A}" if dated else ""
        number = int(chance.paretovariate(0.8))
        counted = (Harm(type_, f"{number} people", number, None),) if kind == "toll" else ()
        text.begin(f"{actor['name']} {type_} {target['name']} in {place['name']}{on}, "
                   f"{number} {' '.join(self._some(chance, 9))}")  # fmt: skip
        return text.statement(
            kind, type_, type_, mode, (actor,), (target,) if chance.random() < 0.6 else (),
            (place,) if kind in ("control", "condition", "toll") or chance.random() < 0.4 else (), self._source(chance),
            When(on.strip(), when.isoformat(), when.isoformat(), "published") if dated else None, counted,
            share=Share("most", 0.5) if type_ == "holds" and chance.random() < 0.2 else None,
            modality=chance.choices(("asserted", "possible", "future", "denied"), (0.92, 0.04, 0.03, 0.01))[0],
        )  # fmt: skip

    def _source(self, chance: random.Random) -> Source | None:
        if chance.random() > 0.39:
            return None
        party = chance.choice(self.parties)
        named = chance.random() < 0.5
        words = party["name"] if named else f"a {self.words[chance.randrange(40)]}"
        return Source(words, chance.choice(_SOURCES), named, resolved=party if named else None)

    def _copy(self, chance: random.Random, of: Report, number: int, day: date) -> Report:
        """`of` with another outlet's words behind it."""
        tail = " ".join(self._some(chance, 20)).capitalize()
        return replace(of, id=f"syn-{number}", outlet=chance.choice(self.outlets), text=f"{of.text} {tail}.",
                       published=day.isoformat())  # fmt: skip


class _Text:
    """A text that grows by sentences, each the quote of one statement."""

    def __init__(self, first: str) -> None:
        self.all, self._start = first, 0

    def begin(self, sentence: str) -> None:
        self._start = len(self.all) + 1
        self.all += f" {sentence}."

    def statement(
        self, kind: str, type_: str, anchor: str, mode: str | None, actors: Sequence[Mapping[str, Any]],
        targets: Sequence[Mapping[str, Any]], places: Sequence[Mapping[str, Any]], source: Source | None,
        when: When | None, harm: tuple[Harm, ...], share: Share | None = None, modality: str = "asserted",
    ) -> Statement:  # fmt: skip
        quote, start = self.all[self._start : -1], self._start

        def mention(known: Mapping[str, Any]) -> Mention:
            at = start + quote.find(known["name"])
            return Mention(known["name"], at, at + len(known["name"]), known)

        return Statement(
            kind, type_, anchor, quote, start + quote.find(anchor), start, mode, tuple(map(mention, actors)),
            tuple(map(mention, targets)), tuple(map(mention, places)), when, source, None, modality, harm, share,
        )  # fmt: skip
