"""`Register`: who a name may mean, and what two parties are to each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Literal

from contested.register.index import SURE, Hit, Index
from contested.register.names import SHORT, plain, readings, words
from contested.register.organs import organ
from contested.register.party import Match, Party
from contested.register.relations import related
from contested.spelling import alike

Relation = Literal["same", "related", "different"]
#: What is left of how sure a name is where it was not in use on the day, or its party was not.
_OTHER_TIME = 0.6
#: The least likeness of two spellings of one name.
_ALIKE = 0.8
#: What is left of a surname's sureness where its bearer held no office on the day that others held.
_NO_OFFICE = 0.5


class Register:
    """All parties by id, found by name. Made by `load_register`; holds no state but caches, safe to share."""

    def __init__(self, parties: Mapping[str, Party]) -> None:
        self._parties = dict(parties)
        self._index = Index(self._parties.values())
        self._organs: dict[str, Party | None] = {}
        self._found = lru_cache(maxsize=16384)(self._find)

    def __iter__(self) -> Iterator[Party]:
        """The parties of the files; organs that are only templates are not among them."""
        return iter(self._parties.values())

    def __len__(self) -> int:
        return len(self._parties)

    def party(self, id: str) -> Party | None:
        """The party with this id, organs of every state included; null if there is none."""
        known = self._parties.get(id)
        if known is not None:
            return known
        if id not in self._organs:
            self._organs[id] = organ(id)
        return self._organs[id]

    def state(self, iso2: str) -> Party:
        """The state with this ISO 3166-1 alpha-2 code. Raises `KeyError` for a code that is none."""
        return self.organ(iso2, "state")

    def organ(self, iso2: str, organ: str) -> Party:
        """An organ or group of a country: `organ("SY", "armed-forces")`. Raises `KeyError` where there is none."""
        found = self.party(f"{iso2.lower()}.{organ}")
        if found is None:
            raise KeyError(f"{iso2.lower()}.{organ}")
        return found

    def described(self, name: str) -> list[str]:
        """Organs that a description without a country may mean in any: "government troops" → ["armed-forces"].

        What comes back goes into `organ` as soon as the country is known; empty where the words describe none.
        """
        return list(self._index.bare(_without_articles(plain(name))))

    def countries(self, name: str) -> list[str]:
        """ISO codes of the countries of which `name` is a name, an adjective, a capital or the people."""
        return sorted({iso.upper() for iso in self._index.country(_without_articles(plain(name)))})

    def find(self, name: str, on: str | None = None) -> list[Match]:
        """The parties that `name` may mean on a day (an ISO date of any precision), surest first.

        Case and articles are ignored, but an acronym of up to three letters must stand in capitals. Names as the
        files have them go first, then organs of states, then names with words round them ("IS militants", "President
        Bashar al-Assad"), other spellings, and surnames. A name not in use on the day still counts, but less.
        Empty where the register knows nobody of the name, or only by a description ("the rebels"; see `described`).
        """
        return list(self._found(name, on))

    def relation(self, a_id: str, b_id: str, on: str | None = None) -> Relation:
        """What two parties are to each other on a day. An id that is nobody's is different from every other."""
        if a_id == b_id:
            return "same"
        one, other = self.party(a_id), self.party(b_id)
        if one is None or other is None:
            return "different"
        return "related" if related(one, other, self.party, on) else "different"

    def _find(self, name: str, on: str | None) -> tuple[Match, ...]:
        for reading in readings(name):
            found = self._whole(reading, on) or self._within(reading, on) or self._other(reading, on)
            if found:
                return tuple(found)
        return ()

    def _whole(self, name: str, on: str | None) -> list[Match]:
        """By the name as it stands."""
        folded = plain(name)
        for one in dict.fromkeys((folded, _without_articles(folded))):
            hits = list(self._index.exact(one)) or list(self._index.organs(one))
            if not hits and not name.isascii():
                hits = self._index.script(one)
            if found := self._weigh(_in_capitals(hits, name), on):
                return found
        return []

    def _within(self, name: str, on: str | None) -> list[Match]:
        """By what is left when titles, and words of what part of a party is meant, are taken off."""
        known = words()
        tokens = _without_articles(plain(name)).split()
        for start, end, kind in _cuts(tokens, known.titles | known.before, known.heads, known.forces, self._index):
            rest = " ".join(tokens[start:end])
            found = self._weigh(_in_capitals(list(self._index.exact(rest)), name), on)
            if not found and start:
                found = self._weigh(self._index.surname(rest), on)
            if found and kind == "forces":
                return [replace(match, how="forces-of", sure=match.sure * SURE["forces-of"]) for match in found]
            if found:
                return found
        return []

    def _other(self, name: str, on: str | None) -> list[Match]:
        """By another spelling, or as somebody's surname."""
        folded = _without_articles(plain(name))
        spelt = [
            (hit, likeness) for hit, known in self._index.spelt(folded) if (likeness := alike(folded, known)) >= _ALIKE
        ]
        if spelt:
            return self._weigh([replace(hit, how="spelling") for hit, _ in spelt], on)
        return self._weigh(self._index.surname(folded), on)

    def _weigh(self, hits: list[Hit], on: str | None) -> list[Match]:
        """Matches of `hits`, each party once, by its surest way; what several share, each has less of."""
        best: dict[str, Match] = {}
        for hit in hits:
            party = self.party(hit.id)
            if party is None:
                continue
            how, sure = hit.how, SURE[hit.how]
            if not (hit.when.holds(on) and party.when.holds(on)):
                how, sure = "name-of-other-time", sure * _OTHER_TIME
            elif hit.how == "surname" and on is not None and party.offices and not party.offices_on(on):
                sure *= _NO_OFFICE
            if party.id not in best or best[party.id].sure < sure:
                best[party.id] = Match(party, how, sure)
        total = sum(match.sure for match in best.values())
        shared = [replace(match, sure=round(match.sure * match.sure / total, 4)) for match in best.values()]
        return sorted(shared, key=lambda match: (-match.sure, match.party.id))


def _without_articles(folded: str) -> str:
    articles = words().articles
    tokens = folded.split()
    start = 0
    while start < len(tokens) - 1 and tokens[start] in articles:
        start += 1
    return " ".join(tokens[start:])


def _in_capitals(hits: list[Hit], name: str) -> list[Hit]:
    """`hits` but for short acronyms that do not stand in capitals in `name`."""
    return [hit for hit in hits if not hit.capitals or _stands_in_capitals(name)]


def _stands_in_capitals(name: str) -> bool:
    letters = name.replace(".", "")
    words = [
        word for word in letters.split() if word.isalpha() and len(word) <= SHORT and word.lower() not in ("the", "of")
    ]
    return not words or any(word.isupper() for word in words)


def _cuts(
    tokens: list[str], before: frozenset[str], heads: frozenset[str], forces: frozenset[str], index: Index
) -> Iterator[tuple[int, int, str]]:
    """Stretches of `tokens` that may be the name itself, longest first, with the kind of words after it."""
    size = len(tokens)
    starts = [0, *(n for n in range(1, size) if _led(tokens[:n], before, index))]
    ends = [(size, "")]
    for n in range(size - 1, 0, -1):
        tail = " ".join(tokens[n:])
        if tail in heads:
            ends.append((n, "heads"))
        elif tail in forces:
            ends.append((n, "forces"))
    cuts = ((start, end, kind) for start in starts for end, kind in ends if end > start and (start or kind))
    yield from sorted(cuts, key=lambda cut: cut[0] - cut[1])


def _led(tokens: list[str], before: frozenset[str], index: Index) -> bool:
    """Whether `tokens` are all words that stand before a name: titles, countries, "the so-called"."""
    articles = words().articles
    n = 0
    while n < len(tokens):
        for end in range(len(tokens), n, -1):
            part = " ".join(tokens[n:end])
            if part in before or part in articles or index.country(part):
                n = end
                break
        else:
            return False
    return True
