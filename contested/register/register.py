"""`Register`: who a name may mean, and what two parties are to each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any, Literal

from contested.register.around import cuts, endings, is_name, led_by, titled, without_articles
from contested.register.entry import built
from contested.register.index import Hit, Index, Kept
from contested.register.names import in_capitals, plain, readings
from contested.register.organs import organ
from contested.register.party import Match, Party
from contested.register.relations import related
from contested.spelling import alike

Relation = Literal["same", "related", "different"]
#: How sure each way of finding is where no other party answers to the name. Set by hand: an alias may have been
#: chosen for another party of the same name, a metonym is as often the place as those who rule there.
SURE = {
    "name": 1.0, "alias": 0.95, "former-name": 0.95, "later-name": 0.95, "acronym": 0.9, "script": 0.95,
    "organ": 0.95, "spelling": 0.85, "surname": 0.8, "demonym": 0.6, "metonym": 0.6, "forces-of": 0.85,
}  # fmt: skip
#: What is left of how sure a name is where it was not in use on the day, or its party was not.
_OTHER_TIME = 0.6
#: The least likeness of two spellings of one name.
_ALIKE = 0.8
#: What is left of a surname's sureness where its bearer held no office on the day that others held.
_NO_OFFICE = 0.5
#: A group, an administration, the fighters "of" these are not they: "the Kurdish administration", "a Lebanese group".
_WIDE = ("people", "state")
#: Words of a mention beyond which no name is looked for within it: that is a clause.
_LONGEST = 30
#: How many times likelier the usual bearer of a name is meant than another.
_USUAL = 5.0


class Register:
    """All parties by id, found by name. Made by `load_register`; safe to share, for all it holds is what was loaded."""

    def __init__(
        self,
        entries: Mapping[str, list[tuple[str, Any]]],
        names: Mapping[str, list[Kept]],
        surnames: Mapping[str, list[str]],
        keys: Mapping[str, list[str]],
    ) -> None:
        self._entries = entries
        self._index = Index(names, surnames, keys)
        self._parties: dict[str, Party | None] = {}
        self._holders: dict[str, list[str]] | None = None
        self._found = lru_cache(maxsize=16384)(self._find)
        self._described = lru_cache(maxsize=16384)(self._describe)
        self._of_countries = lru_cache(maxsize=16384)(self._countries)

    def __iter__(self) -> Iterator[Party]:
        """The parties of the files; organs that are only templates are not among them."""
        return (party for id in self._entries if (party := self.party(id)))

    def __len__(self) -> int:
        return len(self._entries)

    def party(self, id: str) -> Party | None:
        """The party with this id, organs of every state included; null if there is none."""
        if id not in self._parties:
            self._parties[id] = self._in_class(built(self._entries.get(id, ()), organ(id)))
        return self._parties[id]

    def _in_class(self, party: Party | None) -> Party | None:
        """A person whose entry gives no class speaks as the body of the last office does."""
        if party is None or not party.offices or any(row.get("class") for _, row in self._entries[party.id]):
            return party
        body = self.party(party.offices[-1].of)
        return replace(party, cls=body.cls) if body else party

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
        return list(self._described(name))

    def countries(self, name: str) -> list[str]:
        """ISO codes of the countries of which `name` is a name, an adjective, a capital or the people."""
        return list(self._of_countries(name))

    def holders(self, id: str, on: str | None = None) -> list[Party]:
        """The persons who held an office of this body on a day, or ever."""
        if self._holders is None:
            self._holders = {}
            for person, entry in self._entries.items():
                for body in {office["of"] for _, row in entry for office in row.get("offices") or ()}:
                    self._holders.setdefault(body, []).append(person)
        found = [party for one in self._holders.get(id, ()) if (party := self.party(one))]
        return [party for party in found if any(office.of == id for office in party.offices_on(on))]

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

    def _describe(self, name: str) -> tuple[str, ...]:
        tokens = plain(name).split()
        return next((tuple(found) for rest in endings(tokens) if (found := self._index.bare(rest))), ())

    def _countries(self, name: str) -> tuple[str, ...]:
        return tuple(sorted({iso.upper() for iso in self._index.country(without_articles(plain(name)))}))

    def _find(self, name: str, on: str | None) -> tuple[Match, ...]:
        for reading in readings(name):
            found = self._whole(reading, on)
            if not found and 1 < len(reading.split()) <= _LONGEST:
                found = self._led(reading, on) or self._within(reading, on)
            if found := found or self._other(reading, on):
                return tuple(found)
        return ()

    def _whole(self, name: str, on: str | None) -> list[Match]:
        """By the name as it stands."""
        folded = plain(name)
        for one in dict.fromkeys((folded, without_articles(folded))):
            hits = self._named(one)
            if not name.isascii():
                hits = [hit for hit in hits if hit.how == "script"] or hits or self._index.script(one)
            elif hits and all(hit.how == "script" for hit in hits):  # names in other letters that read like this one
                hits = self._index.surname(one) or [replace(hit, how="spelling") for hit in hits]
            if found := self._weigh(_meant(hits, name), on):
                return found
        return []

    def _named(self, folded: str) -> list[Hit]:
        hits = self._index.exact(folded)
        # "CAR" is a country too
        return [*hits, *self._index.organs(folded)] if all(hit.capitals for hit in hits) else hits

    def _within(self, name: str, on: str | None) -> list[Match]:
        """By what is left when titles, and words of what part of a party is meant, are taken off."""
        tokens = without_articles(plain(name)).split()
        for start, end, kind in cuts(tokens, self._index):
            rest = " ".join(tokens[start:end])
            hits = _meant(self._named(rest), name) or (self._index.surname(rest) if start else [])
            found = self._weigh(self._of_office(hits, " ".join(tokens[:start]), on), on)
            if kind and found and found[0].party.kind in _WIDE:
                continue
            if found and kind == "forces":
                return [replace(match, how="forces-of", sure=match.sure * SURE["forces-of"]) for match in found]
            if found:
                return found
        for start in titled(tokens):
            hits = [hit for hit in self._index.exact(" ".join(tokens[start:])) if hit.id.startswith("person.")]
            if found := self._weigh(hits, on):
                return found
        return []

    def _of_office(self, hits: list[Hit], before: str, on: str | None) -> list[Hit]:
        """Of several persons those whose office on the day stands `before` the name; all where that is nobody's."""
        if len(hits) < 2 or not before:
            return hits
        held = [
            hit
            for hit in hits
            if (party := self.party(hit.id)) and any(plain(o.office) in before for o in party.offices_on(on))
        ]
        return held or hits

    def _led(self, name: str, on: str | None) -> list[Match]:
        """An organ by the name of who leads the state: "Assad's air force", "forces loyal to Haftar"."""
        tokens = without_articles(plain(name)).split()
        for what, leader in led_by(tokens, self._index):
            for who in (leader, leader.removesuffix("s")):
                people = self._whole(who, on) or (self._within(who, on) if " " in who else [])
                for match in people[:1]:
                    held = match.party.offices_on(on) or match.party.offices
                    bodies = [body for office in held if (body := self.party(office.of))]
                    if match.party.kind == "person" and bodies:
                        return self._weigh(self._organs_of(bodies, what), on)
        return []

    def _organs_of(self, bodies: list[Party], what: str) -> list[Hit]:
        """The organ described as `what` of the state that `bodies` are of, or else the first body itself."""
        for body in bodies:
            if body.kind == "organ" and body.country and self._of_state(body):
                return [Hit(f"{body.country.lower()}.{one}", "organ") for one in self._index.bare(what)]
        return [Hit(bodies[0].id, "organ")]

    def _of_state(self, body: Party) -> bool:
        return self.relation(body.id, f"{(body.country or '').lower()}.state") == "related"

    def _other(self, name: str, on: str | None) -> list[Match]:
        """By another spelling, or as somebody's surname; not for plain words ("a monitor", "the armed forces")."""
        folded = without_articles(plain(name))
        if not is_name(name) or self._index.bare(folded):
            return []
        spelt = [hit for hit, known in self._index.spelt(folded) if alike(folded, known, _ALIKE) >= _ALIKE]
        if spelt:
            return self._weigh([replace(hit, how="spelling") for hit in spelt], on)
        return self._weigh(self._index.surname(folded), on)

    def _weigh(self, hits: list[Hit], on: str | None) -> list[Match]:
        """Matches of `hits`, each party once, by its surest way; what several share, each has less of."""
        best: dict[str, tuple[Match, float]] = {}
        for hit in hits:
            party = self.party(hit.id)
            if party is None:
                continue
            how, sure = hit.how, SURE[hit.how]
            if not (hit.when.holds(on) and party.when.holds(on)):
                how, sure = "name-of-other-time", sure * _OTHER_TIME
            elif hit.how == "surname" and on is not None and party.offices and not party.offices_on(on):
                sure *= _NO_OFFICE
            if party.id not in best or best[party.id][0].sure < sure:
                best[party.id] = Match(party, how, sure), sure * (_USUAL if hit.usual else 1.0)
        total = sum(weight for _, weight in best.values())
        shared = [replace(match, sure=round(match.sure * weight / total, 4)) for match, weight in best.values()]
        return sorted(shared, key=lambda match: (-match.sure, match.party.id))


def _meant(hits: list[Hit], name: str) -> list[Hit]:
    """`hits` but for acronyms that are no acronyms as they stand in `name`."""
    return hits if all(not hit.capitals for hit in hits) or in_capitals(name) else [
        hit for hit in hits if not hit.capitals
    ]  # fmt: skip
