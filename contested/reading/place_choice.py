"""Which place a name means: all names of a report choose together.

A name is taken as drawn from one of five springs: the whole world, the countries the report speaks of, its provinces,
the neighbourhood of its other places, or what the words right beside it say ("Alexandria, Louisiana"). From each
spring a place is drawn by its weight, which grows with its people. As the springs depend on what the other names mean,
beliefs are reckoned a few times over from those of the round before (mean field). What speaks for a place also has to
outweigh that the name is of a place the gazetteer lacks. The numbers are set by hand from what they stand for; how much
an alias, a province and a sound count was checked on every other article of LGL for harm, and fitted to nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np

from contested.gazetteer import Place

#: How often a name comes from each spring. What a report tells of the neighbourhood is worth more than the world.
WORLD, COUNTRY, PROVINCE, NEAR = 0.10, 0.35, 0.25, 0.30
#: Weight of a place with n people is n to this power: named more often than its size says where it is small.
POWER = 0.6
#: The weights of all places of the world, and of 60 km around a place: rounded from sums over the built-in gazetteer.
WORLD_SUM, NEAR_SUM = 1.2e8, 3e4
#: Those of a country or a province are fitted to the same sums, as a factor and a power of its people.
DIVISION_SUM = (2.46, 0.703)
#: A place the gazetteer lacks: its weight, and how rarely it bears the name of one that it has; a name that many bear
#: is borne by more.
UNLISTED, NAMESAKE, BEARERS = 20.0, 0.0005, 8
#: How much likelier it is that a place is meant which is not listed where the name is only known by its sound.
UNHEARD = 40.0
NEAR_KM = 60.0
#: People of a place by kind where the gazetteer does not know.
PEOPLE: Mapping[str, float] = {
    "continent": 1e9, "region": 5e7, "country": 1e6, "province": 5e5, "district": 5e4, "subdistrict": 1e4,
    "city": 5e4, "town": 5e3, "village": 400, "area": 2e3, "water": 2e4, "mountain": 2e4, "road": 1e3, "site": 1e3,
}  # fmt: skip
#: How much more a kind is named than its people tell: countries more than their cities together, a division less than
#: the city that bears its name.
NAMED: Mapping[str, float] = {"continent": 2.0, "region": 1.0, "country": 12.0, "province": 0.4, "district": 0.15,
                              "subdistrict": 0.15, "water": 0.5, "mountain": 0.5}  # fmt: skip
#: How much more a capital is named: it stands for its government, too.
CAPITAL = 4.0
#: How much a name speaks for a place by how it is the place's.
HOW: Mapping[str, float] = {
    "name": 1.0,
    "demonym": 1.0,
    "alias": 0.2,
    "script": 0.1,
    "abbreviation": 0.1,
    "spelling": 0.03,
}
#: How much less another spelling speaks for a place where names are written in Latin letters.
FOREIGN = 0.1
#: ... and where others bear the very name.
BEATEN = 0.2
#: How far what a name means is believed when it speaks for other names: sounds alike often enough by chance.
TRUST: Mapping[str, float] = {"alias": 0.5, "script": 0.5, "abbreviation": 0.7, "spelling": 0.2}
#: What words beside a name are worth: those that hold it, and a noun that tells the kind.
HELD, KIND = 400.0, 40.0
#: What a list is worth: its names are mostly of one kind. And what the same words elsewhere in the report are.
LISTED, SAME = 6.0, 30.0
_CLASS = {"country": 1, "province": 2, "district": 3, "subdistrict": 3, "city": 4, "town": 4, "village": 4, "area": 4}
ROUNDS = 4
#: Nearness is asked of so many places at most, the likeliest, for so many options at a time: it bounds the memory.
STRONG, ROWS = 300, 10_000
#: So many other uses of the same words back one at most.
TWINS = 20


@dataclass(slots=True)
class Name:
    """A name as a report uses it: what it may mean, and how often it stands there.

    `options` are places with how the name is theirs. `kinds` are those that a noun beside the name tells. `holds` are
    the indexes of names of which the words say that this one lies in them, `listed` of those that stand beside it in a
    list ("Orla and Borov"). `called` is the same for names that are the same words.
    """

    called: str
    options: Sequence[tuple[Place, str]]
    count: int = 1
    kinds: frozenset[str] = frozenset()
    holds: list[int] = field(default_factory=list)
    listed: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Choice:
    """What a name means and how sure; `place` None where nothing speaks for any of its places."""

    place: Place | None
    how: str
    sure: float


@dataclass(frozen=True, slots=True)
class World:
    """What is known beside the names.

    `people`: ISO code of a country, or id of a province → its people. `told`: ISO code → how much the report speaks of
    that country beside the names. `capitals`: ids of capitals.
    """

    people: Mapping[str, int]
    told: Mapping[str, float] = field(default_factory=dict)
    capitals: frozenset[str] = frozenset()


def choose(names: Sequence[Name], world: World) -> list[Choice]:
    """The choice for each of `names`, in order. Time grows about with the number of their options."""
    options = [(n, place, how) for n, name in enumerate(names) for place, how in name.options]
    if not options:
        return [Choice(None, "", 0.0) for _ in names]
    beliefs = _Table(names, options, world).beliefs()
    rows: list[list[int]] = [[] for _ in names]
    for i, (n, _, _) in enumerate(options):
        rows[n].append(i)
    out = []
    for mine in rows:
        best = max(mine, key=lambda i: float(beliefs[i]), default=None)
        if best is None or beliefs[best] <= 0:
            out.append(Choice(None, "", 0.0))
        else:
            out.append(Choice(options[best][1], options[best][2], float(beliefs[best])))
    return out


class _Table:
    """The options of all names side by side, one row each."""

    def __init__(self, names: Sequence[Name], options: list[tuple[int, Place, str]], world: World) -> None:
        self.names, self.options, self.world = names, options, world
        self.of = np.array([n for n, _, _ in options])
        called: dict[str, int] = {}
        self.word = np.array([called.setdefault(name.called, len(called)) for name in names])[self.of]
        places = [place for _, place, _ in options]
        self.weight = np.array([
            weight(place) * fit(place, how) * (CAPITAL if place.id in world.capitals else 1.0)
            * (BEATEN if how == "spelling" and bearers(names[n]) else 1.0)
            for n, place, how in options
        ])  # fmt: skip
        self.place, _ = _index(place.id for place in places)
        self.country, self.countries = _index(place.country for place in places)
        self.province, self.provinces = _index(province(place) for place in places)
        lat, lon = (np.radians([getattr(place, axis) for place in places]) for axis in ("lat", "lon"))
        self.point = np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)
        # names of what is as large as a country say nothing of what is near
        self.small = np.array([place.kind not in ("continent", "region", "country") for place in places])
        # a province is near nothing, but a name of it tells of its country and of what lies in it
        self.narrow = self.small & np.array([place.kind != "province" for place in places])
        self.count = np.array([min(names[n].count, 5) ** 0.5 * TRUST.get(how, 1.0) for n, _, how in options])
        self.of_country = np.array([division_sum(world.people.get(code or "", 0)) for code in self.countries])
        self.of_province = np.array([division_sum(world.people.get(code or "", 0)) for code in self.provinces])
        self.kind = np.array([
            KIND if place.kind in names[n].kinds else 1.0 for n, place, _ in options
        ])  # fmt: skip
        self.kinds = np.array([_CLASS.get(place.kind, 0) for place in places])
        self.held, self.same = self._held(places), self._twins(places)
        self.again = [(n, m) for of in _alike(names).values() for n in of for m in of[:TWINS] if n != m]
        self.listed = [(n, m) for n, name in enumerate(names) for m in name.listed]

    def _held(self, places: list[Place]) -> Any:
        """Pairs of rows (inner, outer) of which the words say that the outer holds the inner, and it does."""
        rows: dict[int, list[int]] = {}
        for i, n in enumerate(self.of):
            rows.setdefault(int(n), []).append(i)
        return np.array(
            [(i, j) for n, name in enumerate(self.names) for m in name.holds for i in rows.get(n, ())
             for j in rows.get(m, ()) if holds(places[j], places[i])],
            dtype=int,
        ).reshape(-1, 2)  # fmt: skip

    def _twins(self, places: list[Place]) -> Any:
        """Pairs of rows of one place under the same words, which stand in the report with other words beside them."""
        rows: dict[tuple[int, str], list[int]] = {}
        for i, place in enumerate(places):
            rows.setdefault((int(self.word[i]), place.id), []).append(i)
        return np.array([(i, j) for of in rows.values() for i in of for j in of[:TWINS] if i != j], dtype=int).reshape(
            -1, 2
        )

    def beliefs(self) -> Any:
        world = WORLD * self.weight / WORLD_SUM
        unlisted = np.array([
            (KIND if name.kinds else 1.0) * (bearers(name) or UNHEARD)
            for name in self.names
        ]) * (NAMESAKE * UNLISTED * NEAR / NEAR_SUM)  # fmt: skip
        belief = self._shares(world * self.kind, unlisted)
        for _ in range(ROUNDS):
            score = self._springs(belief, world) * self.kind * self._beside(belief)
            belief = self._shares(score, unlisted * self._told_to_lie(belief))
        return belief

    def _shares(self, score: Any, unlisted: Any) -> Any:
        """Beliefs of each name's options from their scores; what is left: a place that is not listed is meant."""
        total = np.bincount(self.of, weights=score, minlength=len(self.names))
        return score / (total + unlisted)[self.of]

    def _told_to_lie(self, belief: Any) -> Any:
        """What the words beside it, and the same words elsewhere, are worth for a place that is not listed."""
        sure = np.zeros(len(self.names))
        np.maximum.at(sure, self.of, belief)
        factor = np.array([1.0 + HELD * max((sure[m] for m in name.holds), default=0.0) for name in self.names])
        unlisted = 1.0 - np.bincount(self.of, weights=belief, minlength=len(self.names))
        for n, m in self.again:
            factor[n] += SAME * unlisted[m]
        return factor

    def _springs(self, belief: Any, world: Any) -> Any:
        said = belief * self.count
        told = np.zeros(len(self.countries))
        for code, much in self.world.told.items():
            if code in self.countries:
                told[self.countries.index(code)] += much
        others = sum(self.world.told.values()) - told.sum()
        country = self._share(self.country, said, told, others) / self.of_country[self.country]
        province = self._share(self.province, said * self.small, None, 0.0) / self.of_province[self.province]
        near = self._near(said * self.narrow) / NEAR_SUM
        return world + self.weight * (COUNTRY * country + PROVINCE * province * self.small + NEAR * near * self.narrow)

    def _share(self, group: Any, said: Any, told: Any, others: float) -> Any:
        """For each row, the share that its group (country, province) has of what the other names say."""
        size = int(group.max()) + 1
        whole = np.bincount(group, weights=said, minlength=size)
        whole = whole + told if told is not None else whole
        own = np.zeros((int(self.word.max()) + 1, size))
        np.add.at(own, (self.word, group), said)
        left = whole[None, :] - own
        left[:, 0] = 0.0  # group 0 is "none known"
        share = left / (left.sum(axis=1, keepdims=True) + others + 0.5)
        return share[self.word, group]

    def _near(self, said: Any) -> Any:
        """For each row, the share of the other names' narrow places that lie near it, nearer ones counting more."""
        strong = np.flatnonzero(said > 0.05)
        strong = strong[np.argsort(-said[strong], kind="stable")[:STRONG]]
        out = np.zeros(len(said))
        for start in range(0, len(said) if len(strong) else 0, ROWS):
            rows = slice(start, start + ROWS)
            km = 6371.0 * np.arccos(np.clip(self.point[rows] @ self.point[strong].T, -1.0, 1.0))
            # other words for one place say nothing: "Orla" beside "Orla City" is more likely the country of Orla
            word, place = (numbers[rows, None] != numbers[strong][None, :] for numbers in (self.word, self.place))
            count = said[strong][None, :] * (word & place)
            out[rows] = (count / (1.0 + (km / NEAR_KM) ** 3)).sum(axis=1) / (count.sum(axis=1) + 0.5)
        return out

    def _beside(self, belief: Any) -> Any:
        """What the words beside a name are worth for each row, given what those may mean."""
        factor = np.ones(len(belief))
        if len(self.held):
            inner, outer = self.held[:, 0], self.held[:, 1]
            np.add.at(factor, inner, HELD * belief[outer])
            np.add.at(factor, outer, HELD * belief[inner])
        if len(self.same):
            np.add.at(factor, self.same[:, 0], SAME * belief[self.same[:, 1]])
        if self.listed:
            alike = np.zeros((len(self.names), 5))
            np.add.at(alike, (self.of, self.kinds), belief)
            beside = np.zeros_like(alike)
            for n, m in self.listed:
                beside[n] += alike[m]
            beside[:, 0] = 0.0
            beside /= np.maximum(beside.sum(axis=1, keepdims=True), 1.0)
            factor *= 1.0 + LISTED * beside[self.of, self.kinds]
        return factor


def weight(place: Place) -> float:
    """How much a place is named, by its people and its kind."""
    people = place.population or PEOPLE.get(place.kind, 1e3)
    return float(max(people, 100.0) ** POWER * NAMED.get(place.kind, 1.0))


def _alike(names: Sequence[Name]) -> dict[str, list[int]]:
    """Words → the indexes of the names that are these words."""
    found: dict[str, list[int]] = {}
    for n, name in enumerate(names):
        found.setdefault(name.called, []).append(n)
    return found


def bearers(name: Name) -> int:
    """How many listed places bear the very name, as far as that matters."""
    return min(sum(how != "spelling" for _, how in name.options), BEARERS)


def division_sum(people: float) -> float:
    """About the sum of the weights of all places of a country or province with so many people."""
    return float(DIVISION_SUM[0] * max(people, 3e5) ** DIVISION_SUM[1])


def fit(place: Place, how: str) -> float:
    """How much a name speaks for a place, by how it is the place's; less where names are written in Latin letters."""
    if how == "abbreviation" and place.kind in ("province", "country"):
        return HOW["name"]
    return HOW.get(how, 0.1) * (FOREIGN if how == "spelling" and latin(place.country) else 1.0)


@cache
def latin(country: str | None) -> bool:
    """Whether a country writes its names in Latin letters, by CLDR: then another spelling is another name."""
    from babel.core import get_global

    likely = str(get_global("likely_subtags").get(f"und_{country}", ""))
    return not any(len(part) == 4 and part.isalpha() for part in likely.split("_")[1:]) or "_Latn" in likely


def holds(outer: Place, inner: Place) -> bool:
    """Whether `inner` lies in `outer`, as far as the gazetteer knows."""
    if outer.id == inner.id:
        return False
    if outer.kind == "country":
        return outer.country == inner.country and inner.kind not in ("country", "region", "continent")
    return outer.id in inner.within


def province(place: Place) -> str | None:
    if place.kind == "province":
        return place.id
    country = f"iso:{place.country}"
    above = place.within.index(country) if country in place.within else 0
    return place.within[above - 1] if above else None


def _index(values: Any) -> tuple[Any, list[str | None]]:
    """Each value's number, and the values by number; 0 stands for None."""
    known: dict[str | None, int] = {None: 0}
    numbers = np.array([known.setdefault(value, len(known)) for value in values])
    return numbers, list(known)
