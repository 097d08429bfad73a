"""`Gazetteer`: places by name, by id, by nearness, from the built-in list and those the user imported, seen as one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from math import ceil, cos, pi, radians
from types import MappingProxyType

from contested.gazetteer.asked import bare, without_kind
from contested.gazetteer.entry import HOW, folded, how_of
from contested.gazetteer.place import KINDS, Place, distance_km
from contested.gazetteer.store import Row, Store, cell
from contested.spelling import THRESHOLD, alike, key

#: How well a name fits, best first; `spelling` is a name that only sounds the same.
FITS: tuple[str, ...] = ("name", "alias", "script", "abbreviation", "spelling")
_DIVISIONS = frozenset({"province", "district", "subdistrict"})
_SOUNDS = 4  # shorter names are not looked up by their sound: everything sounds like "Us"
_SETTLEMENTS = frozenset({"city", "town", "village"})
_WIDE = frozenset({"region", "water", "mountain"})
_A_SQUARE_KM = 10.0  # people; a seventh of those of the inhabited world, for deserts and seas are among them
_DEEP = 10  # no place is held by more than so many; ends a circle in a faulty list
_CAPITALS = re.compile(r"(?:[A-Z]\.?\s?){2,5}|[A-Z][a-z]*\.(?:\s?[A-Z][a-z]*\.)*")


class Gazetteer:
    """Places of several lists. Safe to share between threads; answers are kept, for reports name places again.

    Lists stand in the order of their import, the built-in one first. A place that stands in several is one `Place`:
    what a later list says of it holds, its names come from all.
    """

    def __init__(self, stores: Sequence[Store]) -> None:
        self._stores = tuple(stores)
        self._same: dict[str, str] = {}
        for store in self._stores:
            self._same.update(store.same())
        self._also: dict[str, list[str]] = {}
        for old in self._same:
            self._also.setdefault(self._canonical(old), []).append(old)
        self._look = lru_cache(maxsize=50_000)(self._looked)
        self._found = lru_cache(maxsize=100_000)(self._merged)
        self._called = lru_cache(maxsize=50_000)(self._hits)
        self._known = lru_cache(maxsize=50_000)(self._has)
        self._holder = lru_cache(maxsize=50_000)(self._parent)
        self._countries: Mapping[str, Place] | None = None

    # ---- by name -----------------------------------------------------------------------------------------------------

    def named(self, name: str) -> list[Place]:
        """Every place that may be called `name`, in this spelling or another, in any script.

        Those whose name it is stand first, then those whose name only sounds the same. In each, the best known first:
        that with more people, but a province behind the city it is called after.
        """
        return [place for place, _ in self._look(name)]

    def exact(self, name: str) -> list[tuple[Place, str]]:
        """The places of `named`, each with how the name is theirs.

        "name": its main name; "alias": another in Latin letters; "script": another in other letters; "abbreviation":
        letters that stand for it (CA, Calif.); "spelling": only sounds the same.
        """
        return list(self._look(name))

    def contains_name(self, name: str) -> bool:
        """Whether any place may be called `name`. Quicker than looking them up."""
        asked = [bare(name), *(asked.name for asked in without_kind(name))]
        return any(store.has_key(keys) for one in asked if (keys := _keys(one)) for store in self._stores)

    # ---- by id, by what holds it, by nearness ------------------------------------------------------------------------

    def place(self, id: str) -> Place | None:
        """The place of that id, under whichever list knows it."""
        return self._found(self._canonical(id))

    def within(self, place: Place) -> list[Place]:
        """What holds the place, nearest first."""
        return [found for id in place.within if (found := self.place(id))]

    def countries(self) -> Mapping[str, Place]:
        """ISO 3166-1 alpha-2 → country."""
        if self._countries is None:
            found = {place.country: place for place in self._of_kind("country") if place.country}
            self._countries = MappingProxyType(dict(sorted(found.items())))
        return self._countries

    def near(self, lat: float, lon: float, km: float, kinds: Collection[str] | None = None) -> list[Place]:
        """Places whose middle lies at most `km` from a point, nearest first."""
        found: dict[str, tuple[float, Place]] = {}
        cells = set(_cells(lat, lon, km))
        for store in self._stores:
            for row in store.in_cells(cells):
                if distance_km(lat, lon, row.lat, row.lon) > km or row.id in found:
                    continue
                place = self.place(row.id)
                if place and (kinds is None or place.kind in kinds):
                    away = distance_km(lat, lon, place.lat, place.lon)
                    if away <= km:
                        found[place.id] = (away, place)
        return [place for _, place in sorted(found.values(), key=lambda one: (one[0], one[1].id))]

    def lists(self) -> list[Mapping[str, str]]:
        """What each list says of itself: name, file, date, number of places."""
        return [MappingProxyType(store.meta) for store in self._stores]

    def geonameids(self) -> Iterator[tuple[int, str]]:
        """GeoNames' numbers that are known, with the ids of their places."""
        for store in self._stores:
            yield from store.geonameids()

    def close(self) -> None:
        """Close the files. The gazetteer opens them again when it is asked again."""
        for store in self._stores:
            store.close()

    # ---- inside ------------------------------------------------------------------------------------------------------

    def _of_kind(self, kind: str) -> Iterable[Place]:
        ids = {row.id: None for store in self._stores for row in store.of_kind(KINDS.index(kind))}
        return [place for id in ids if (place := self.place(id))]

    def _looked(self, name: str) -> tuple[tuple[Place, str], ...]:
        found = dict(self._called(bare(name)))
        if bare(name) != name.strip():  # "The Hague"
            found |= self._called(name.strip())
        if not any(how != "spelling" for how in found.values()):
            after: dict[str, str] = {}
            for asked in without_kind(name):
                for id, how in self._called(asked.name).items():
                    place = self.place(id)
                    if place and place.kind in asked.kinds:
                        found.setdefault(id, how)
                    elif place and asked.kinds & _DIVISIONS:
                        after |= self._called_after(place, asked.kinds)
            found = after | found
        places = [(place, how) for id, how in found.items() if (place := self.place(id))]
        return tuple(_best_known_first(places))

    def _called_after(self, city: Place, kinds: frozenset[str]) -> dict[str, str]:
        """The division that holds a city and shares its main name: "Halab governorate", where Halab is Aleppo."""
        same = (p for p in self.within(city) if p.kind in kinds & _DIVISIONS and key(p.name) == key(city.name))
        return {division.id: "spelling" for division in same}

    def _hits(self, name: str) -> Mapping[str, str]:
        """Id → how the name is its own, for all places with a name of this key."""
        keys = _keys(name)
        if not keys:
            return {}
        fold, capitals = folded(name), bool(_CAPITALS.fullmatch(name))
        other = how_of(name) == HOW.index("script")
        short = len(fold) < _SOUNDS and name.isascii()
        found: dict[str, str] = {}
        sounds: dict[str, bool] = {}
        for store in self._stores:
            for hit in store.hits(keys):
                how = HOW[hit.how]
                if how in ("code", "abbreviation"):
                    if not capitals or hit.fold.replace(" ", "") != fold.replace(" ", ""):
                        continue
                    how = "alias" if how == "code" else how
                elif hit.fold == fold and other:
                    how = "script"
                elif hit.fold != fold:
                    if hit.fold not in sounds:  # many places have one name
                        sounds[hit.fold] = not short and alike(name, hit.fold, THRESHOLD) >= THRESHOLD
                    if not sounds[hit.fold]:
                        continue
                    how = "spelling"
                id = self._canonical(hit.id)
                if id not in found or FITS.index(how) < FITS.index(found[id]):
                    found[id] = how
        return found

    def _canonical(self, id: str) -> str:
        for _ in range(_DEEP):
            if id not in self._same:
                break
            id = self._same[id]
        return id

    def _merged(self, id: str) -> Place | None:
        """One place of what all lists say of it; `id` is canonical."""
        ids = (*self._also.get(id, ()), id)
        every: list[tuple[Store, Row]] = []
        for store in self._stores:
            every += [(store, row) for one in ids if (row := store.row(one))]
        rows = [(store, row) for store, row in every if row.kind is not None]
        if not rows:
            return None
        store, row = rows[-1]
        first = rows[0][1]
        settled = next((r for _, r in rows if r.population), row)
        return Place(
            id=id, name=first.name or "", lat=row.lat, lon=row.lon, kind=KINDS[settled.kind or 0],
            country=next((r.country for _, r in reversed(rows) if r.country), None),
            geonameid=next((r.geonameid for _, r in every if r.geonameid), None),
            within=self._chain(id, next((r.parent for _, r in reversed(rows) if r.parent), None)),
            population=max(r.population for _, r in rows), radius_km=max(settled.radius, 0.1),
            source=", ".join(dict.fromkeys(s.meta.get("list", "") for s, _ in rows)),
        )  # fmt: skip

    def _chain(self, id: str, parent: str | None) -> tuple[str, ...]:
        chain: list[str] = []
        while parent is not None and len(chain) < _DEEP:
            parent = self._canonical(parent)
            if parent == id or parent in chain:
                break
            if self._known(parent):
                chain.append(parent)
                parent = self._holder(parent)
            else:
                parent = _above(parent)
        return tuple(chain)

    def _has(self, id: str) -> bool:
        rows = (store.row(one) for store in self._stores for one in (*self._also.get(id, ()), id))
        return any(row is not None and row.kind is not None for row in rows)

    def _parent(self, id: str) -> str | None:
        """What directly holds a place, as the latest list says."""
        ids = (*self._also.get(id, ()), id)
        rows = (row for store in reversed(self._stores) for one in ids if (row := store.row(one)))
        return next((row.parent for row in rows if row.parent), None)


def _above(id: str) -> str | None:
    """The id of what holds a division that no list has, as its own id tells: `geonames-admin2:SY.09.0907`."""
    level, _, code = id.partition(":")
    if level == "geonames-admin2":
        return f"geonames-admin1:{code.rpartition('.')[0]}"
    return f"iso:{code.partition('.')[0]}" if level == "geonames-admin1" else None


def _keys(name: str) -> tuple[str, ...]:
    """The key under which names like this one stand, if it has a letter."""
    fold = folded(name)
    return (key(fold) or fold,) if fold else ()


def _best_known_first(places: list[tuple[Place, str]]) -> list[tuple[Place, str]]:
    people = {place.id: _people(place) for place, _ in places}
    settled = [(place, FITS.index(how)) for place, how in places if place.kind in _SETTLEMENTS]
    for place, how in places:
        if place.kind in _DIVISIONS:
            fit = FITS.index(how)
            bears = (other.population for other, its in settled if its <= fit and _in_it(other, place))
            if called_after := max(bears, default=0):
                people[place.id] = min(people[place.id], called_after - 0.5)
    rank = {place.id: (how == FITS[-1], -people[place.id], KINDS.index(place.kind)) for place, how in places}
    return sorted(places, key=lambda one: (*rank[one[0].id], FITS.index(one[1]), one[0].id))


def _people(place: Place) -> float:
    """How many people know a place, roughly: those who live there, or what may be where nobody is counted."""
    return place.population or (_A_SQUARE_KM * pi * place.radius_km**2 if place.kind in _WIDE else 0)


def _in_it(place: Place, division: Place) -> bool:
    """Whether a settlement lies in a division, as lists say or as their middles do."""
    if division.id in place.within:
        return True
    near = distance_km(place.lat, place.lon, division.lat, division.lon) <= division.radius_km
    return near and place.country == division.country


def _cells(lat: float, lon: float, km: float) -> Iterable[int]:
    """The squares of one degree that a circle may touch."""
    high = km / 111.0
    south, north = max(-90.0, lat - high), min(89.999, lat + high)
    widest = max(abs(south), abs(north))
    wide = 180.0 if widest > 89 else min(180.0, high / cos(radians(widest)))
    for a in range(int(south + 90), int(north + 90) + 1):
        for step in range(ceil(2 * wide) + 2):
            yield cell(a - 90 + 0.5, (lon - wide + min(step, 2 * wide) + 180) % 360 - 180)
