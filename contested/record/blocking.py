"""Which pairs of accounts are looked at: of one act and neighbouring weeks, and on one ground at least.

A ground is a place (the same, one that holds it, the same or the next cell of a quarter of a degree, the same key of
a name), a number of killed or injured, a thing hit, a rare mode or two rare words. Accounts that share none of these
cannot be told to be of one happening. So the pairs grow with the accounts of a fortnight on one ground, not with all of
them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from itertools import combinations, product
from math import floor

from contested.record.account import Where
from contested.record.linking import WINDOW, comparable
from contested.record.place_names import names
from contested.record.rarity import bits
from contested.record.sieve import Sieve
from contested.record.sketch import Sketch, by_sketch
from contested.spelling import key

#: Cells per degree; a cell is 28 km high and no wider.
_CELLS = 4
#: Numbers of people below this are too common to be a ground.
_MANY = 3
#: Words are rare from here on (bits), and each account gives its rarest few.
_RARE, _FEW = 0.6, 6

#: Modes so rare that they are a ground.
_MODES = frozenset({"unconventional", "suicide-attack", "drone", "abduct", "execute"})

Ground = tuple[str, str]


def candidates(known: Sequence[Sketch], new: Collection[str] | None = None) -> Iterator[tuple[Sketch, Sketch]]:
    """Each comparable pair once, in no particular order; with `new` (keys) only those with at least one of these."""
    for n, near in _near(known, new):
        yield from ((known[n], known[m]) for m in sorted(near) if comparable(known[n], known[m]))


def hopeful(known: Sequence[Sketch], new: Collection[str] | None = None) -> Iterator[tuple[Sketch, Sketch]]:
    """Those of `candidates` whose score could reach the threshold."""
    sieve = Sieve(known)
    for n, near in _near(known, new):
        yield from ((known[n], known[m]) for m in sieve.hopeful(n, near))


def _near(known: Sequence[Sketch], new: Collection[str] | None) -> Iterator[tuple[int, set[int]]]:
    """The place in `known` of each sketch (only of `new` ones), and of those near it in time and on its grounds."""
    at: dict[int, dict[Ground, list[int]]] = defaultdict(lambda: defaultdict(list))
    for n, one in enumerate(known):
        for week in _weeks(one):
            for ground in stands_on(one):
                at[week][ground].append(n)
    fresh = range(len(known)) if new is None else [n for n, one in enumerate(known) if one.key in new]
    done: set[int] = set()
    for n in fresh:
        one = known[n]
        seen: set[int] = set()
        for near in {week + n for week in _weeks(one) for n in (-1, 0, 1)} & at.keys():
            there = at[near]
            seen.update(*(there[ground] for ground in looks_at(one) if ground in there))
        done.add(n)
        yield n, seen - done


def _weeks(one: Sketch) -> range:
    if one.days is None or one.period:
        return range(0)
    return range(one.days.first.toordinal() // WINDOW, one.days.last.toordinal() // WINDOW + 1)


@by_sketch
def stands_on(one: Sketch) -> frozenset[Ground]:
    """The grounds by which an account is found."""
    found: set[Ground] = {("number", str(n)) for n in one.deaths | one.hurt if n >= _MANY}
    found |= {("thing", thing) for thing in one.things}
    if one.account.mode in _MODES:
        found.add(("mode", one.account.mode))
    rare = sorted((w for w in one.words if bits(w) >= _RARE), key=lambda w: (-bits(w), w))
    found |= {("words", f"{one} {other}") for one, other in combinations(sorted(rare[:_FEW]), 2)}
    for place in one.places:
        found |= {
            ("name", name)
            for name in {_key(place.text), _key(place.called), *map(_key, names(place.called)[:1])}
            if name
        }
        if place.id:
            found.add(("place", place.id))
            found |= {("inside", holder) for holder in _holders(place)}
        if place.lat is not None and place.lon is not None:
            found.add(("cell", _cell(floor(place.lat * _CELLS), floor(place.lon * _CELLS))))
    return frozenset(found)


@by_sketch
def looks_at(one: Sketch) -> frozenset[Ground]:
    """The grounds on which it looks for others: its own, what holds its places or lies in them, and the next cells."""
    found = {ground for ground in stands_on(one) if ground[0] != "inside"}
    for place in one.places:
        if place.id:
            found.add(("inside", place.id))
            found |= {("place", holder) for holder in _holders(place)}
        if place.lat is not None and place.lon is not None:
            row, column = floor(place.lat * _CELLS), floor(place.lon * _CELLS)
            found |= {("cell", _cell(row + down, column + right)) for down, right in product((-1, 0, 1), repeat=2)}
    return frozenset(found)


_key = lru_cache(maxsize=20_000)(key)


def _holders(place: Where) -> list[str]:
    """What holds a place, without its country."""
    return [id for id in place.within if not (id.startswith("iso:") and "-" not in id)]


def _cell(row: int, column: int) -> str:
    return f"{row},{column % (360 * _CELLS)}"
