"""Whether two mentions mean the same party, parties that belong together, or different ones.

Parties are compared by the register. Where they are one, the parts decide: a group and its fighters act as one, its
leader and its office do not. Where one of them is not known, the words do: names alike, shared names, acronyms. Before
all that, what one report says again in other words is one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from contested.reading.identified import Identified
from contested.reading.party_wording import (
    content,
    definite,
    head,
    initials,
    many,
    names,
    noun,
    phrase_head,
    plain,
    single,
    together,
    trimmed,
    unit,
)
from contested.register import Party, Register
from contested.register.relations import wholes
from contested.spelling import alike, fold

Value = Literal["same", "related", "different"]
#: Parts in which a party acts as a whole: who names its fighters or its positions names the party.
WHOLE = frozenset(
    {None, "army", "soldiers", "forces", "fighters", "members", "works", "civilians", "police", "statements"}
)
#: Names are one from this likeness on.
ALIKE = 0.85
#: The state and those who govern it act as one.
_RULES = frozenset({"state", "government"})
#: Kinds of party that a unit of soldiers may be of.
_MILITARY = frozenset({"organ", "bloc"})


@dataclass(frozen=True, slots=True)
class Sameness:
    """What two mentions are to each other, how sure that is (0 to 1), and by what rule."""

    value: Value
    sure: float
    why: str


def compare(one: Identified, other: Identified, register: Register, *, on: str | None = None) -> Sameness:
    """What two mentions are to each other on a day (ISO date; null is any day)."""
    sure = min(one.sure, other.sure)
    if together(one, other) and (found := _again(one, other, register) or _again(other, one, register)):
        return found
    mine, yours = register.party(one.party or ""), register.party(other.party or "")
    if mine is None or yours is None:
        return _by_words(one, other, register)
    if mine.id == yours.id or _one_state(mine, yours):
        return _by_parts(one, other, sure, register)
    if _holds(one, other) or _holds(other, one):
        return Sameness("same", sure * 0.8, "who holds the office")
    if single(one, register) and single(other, register):
        return Sameness("different", sure, "two persons")
    if {*one.also, one.party} & {*other.also, other.party}:
        return Sameness("related", sure, "several parties, one of them shared")
    if _covers(one, other, register) or _covers(other, one, register):
        return Sameness("related", sure * 0.8, "a general name and one it may cover")
    pairs = [(a, b) for a in _powers(mine) for b in _powers(yours)]
    related = any(register.relation(a, b, on) != "different" for a, b in pairs)
    if related and _named_group(mine) and _named_group(yours) and not _tied(mine, yours, register, on):
        return Sameness("different", sure * 0.8, "two groups of one side")
    return Sameness("related" if related else "different", sure, "register")


def _again(one: Identified, other: Identified, register: Register) -> Sameness | None:
    """Whether `one` takes up `other`, in one report: "the governor" Governor Amal Lahham, "the force" a patrol."""
    mine, yours = head(one), head(other)
    if (found := _told(one, other, register)) is not None:
        return found
    if not definite(one):
        return None
    if single(one, register) and other.words != one.words and (noun(mine) or one.part == "leaders"):
        title = {fold(word) for word in other.words.split()[:-1]}
        named = other.kind == "person" or (bool(names(other, register)) and not definite(other))
        if named and one.kind != "person" and mine in title:
            return Sameness("same", 0.6, "a person's title taken up again")
    fights = [(noun(word) or one).part == "fighters" for word in (mine, yours)]
    bare = not names(one, register) and not names(other, register) and {one.kind, other.kind} <= {None, "people"}
    people = all(fights) or (any(fights) and "civilians" in (one.part, other.part))
    if bare and people and single(one, register) and single(other, register):
        return Sameness("same", 0.4, "one person taken up again")
    if bare and all(fights) and many(mine) and many(yours) and one.party is None and other.party is None:
        return Sameness("same", 0.4, "fighters taken up again")
    if unit(one) and unit(other):
        shared = {one.party, *one.also} & {other.party, *other.also}
        if shared or None in (one.party, other.party) or {one.basis, other.basis} & {"antecedent", "description"}:
            return Sameness("same", 0.5, "a unit taken up again")
    if plain(mine) == plain(yours) and many(mine) and many(yours) and not names(other, register):
        vague = other.party is None or (other.basis in ("description", "organ") and _militants_id(other.party))
        if one.basis == "antecedent" and vague:
            return Sameness("same", 0.5, "taken up again")
    return None


def _told(one: Identified, other: Identified, register: Register) -> Sameness | None:
    """What the report says beside the name `one`, against `other`: its title, or the body it belongs to."""
    told = [phrase for phrase in one.told if phrase not in one.words]
    if (one.party == other.party and one.party is not None) or names(one, register) & names(other, register):
        return None
    mine = set(content(other.words))
    for phrase in told:
        words = content(phrase)
        taken = definite(other) and head(other) == phrase_head(phrase)
        if single(other, register) and mine and (mine == set(words) or taken):
            return Sameness("same", 0.6, "its title")
        if other.party is None and names(other, register) and not single(other, register) and mine <= set(words):
            return Sameness("related", 0.5, "named beside it")
    return None


def _holds(one: Identified, other: Identified) -> bool:
    """Whether the person `one` holds the office that `other` names: "the Jordanian prime minister"."""
    if one.kind != "person" or one.office is None or other.kind == "person":
        return False
    return other.party == one.office.get("of") and head(other) in fold(one.office.get("office", ""))


def _powers(party: Party) -> tuple[str, ...]:
    """A party and, for an organ of a state, its government: the army has its government's allies."""
    government = f"{party.id.partition('.')[0]}.government"
    return (party.id, government) if party.kind in ("state", "organ") and party.id != government else (party.id,)


def _one_state(one: Party, other: Party) -> bool:
    """Whether both are a state or its government."""
    (mine, _, own), (yours, _, its) = one.id.partition("."), other.id.partition(".")
    return mine == yours and own in _RULES and its in _RULES


def _covers(one: Identified, other: Identified, register: Register) -> bool:
    """Whether `one` is "militants" of a country, and `other` an armed group there that may be meant.

    What a report calls so it may apply to any of its groups; another report's "militants" are those of the rebels.
    """
    wide, group = register.party(one.party or ""), register.party(other.party or "")
    if wide is None or group is None or not _militants_id(wide.id):
        return False
    if _militants_id(group.id):
        return together(one, other)
    return (
        group.kind == "armed-group"
        and bool({*wide.countries} & {*group.countries, *dict(group.side)})
        and dict(group.side).get(wide.country or "") != "government"
        and (together(one, other) or register.relation(f"{wide.id.partition('.')[0]}.rebels", group.id) != "different")
    )


def _militants_id(id: str) -> bool:
    return id.endswith(".militants")


def _named_group(party: Party) -> bool:
    """Whether a party is an armed group of its own, and not a general word for several."""
    return party.kind == "armed-group" and not party.name.split()[-1].islower() and ".rebels" not in party.id


def _tied(one: Party, other: Party, register: Register, on: str | None) -> bool:
    """Whether one group contains the other, both are of one whole, one is the other's ally, or came of it."""
    mine, yours = wholes(one, register.party, on), wholes(other, register.party, on)
    allies = {tie.party for party in (one, other) for tie in party.ally_of if tie.when.holds(on)}
    shared = {id for id in mine.keys() & yours.keys() if mine[id].kind != "state"}
    return bool(shared or allies & {one.id, other.id}) or other.id == one.succeeded_by or one.id == other.succeeded_by


def _by_parts(one: Identified, other: Identified, sure: float, register: Register) -> Sameness:
    """Two mentions of one party: what of it each names."""
    singles = single(one, register), single(other, register)
    if one.kind == "person" and one.party == other.party:
        return Sameness("same", sure, "one person")
    if all(singles):
        if together(one, other) and (definite(one) or definite(other)):
            return Sameness("same", sure * 0.6, "taken up again")
        if head(one) == head(other) or {head(one), head(other)} & names(one, register) & names(other, register):
            return Sameness("same", sure * 0.7, "one person of one party")
        return Sameness("different", sure * 0.5, "two persons of one party")
    if any(singles):
        return Sameness("related", sure, "a person of it")
    if set(one.also) != set(other.also):
        return Sameness("related", sure, "others beside it")
    if one.part == other.part or {one.part, other.part} <= WHOLE:
        return Sameness("same", sure, "one party")
    return Sameness("related", sure, "parts of one party")


def _by_words(one: Identified, other: Identified, register: Register) -> Sameness:
    """One of the two is not known: names alike are the same, names shared tie, all else is different."""
    mine, yours = content(one.long or one.words), content(other.long or other.words)
    if not mine or not yours:
        return Sameness("different", 0.2, "no words to compare")
    near, unknown = together(one, other), one.party is None and other.party is None
    named, others = names(one, register), names(other, register)
    one_of = many(head(one)) != many(head(other)) and single(one, register) != single(other, register)
    if near and unknown and one_of and not (named or others) and plain(head(one)) == plain(head(other)):
        return Sameness("related", 0.4, "one of them")
    if _alike(mine, yours):
        if named & others or near:
            return Sameness("same" if unknown else "related", 0.7, "words alike")
        return Sameness("different", 0.4, "words alike in another report")
    if near and unknown and trimmed(mine, one, WHOLE) == trimmed(yours, other, WHOLE):
        return Sameness("same", 0.5, "one description")
    if near and one.party == other.party and _taken_up(one, other, register):
        return Sameness("same", 0.5, "taken up again")
    if initials(one.words, other.words) or initials(other.words, one.words):
        return Sameness("same", 0.7, "acronym")
    if {one.party, *one.also, *one.beside} & {other.party, *other.also, *other.beside} - {None}:
        return (
            Sameness("related", 0.5, "a party beside it")
            if not _opposed(one, other)
            else Sameness("different", 0.5, "opponents")
        )
    if near and (_attacker(one, other, register) or _attacker(other, one, register)):
        return Sameness("related", 0.3, "fighters of an unnamed group and a group of the report")
    if near and (_of_army(one, other, register) or _of_army(other, one, register)):
        return Sameness("related", 0.3, "a unit and the forces of the report")
    if named & others:
        alone = single(one, register), single(other, register)
        if all(alone) or (named <= others and alone[1]) or (others <= named and alone[0]):
            return Sameness("same", 0.6, "one surname")
        return Sameness("related", 0.4, "a name shared")
    return Sameness("different", 0.4, "words")


def _alike(mine: tuple[str, ...], yours: tuple[str, ...]) -> bool:
    many_mine, many_yours = tuple(map(plain, mine)), tuple(map(plain, yours))
    return many_mine == many_yours or alike(" ".join(mine), " ".join(yours)) >= ALIKE


def _taken_up(one: Identified, other: Identified, register: Register) -> bool:
    """Whether one of two mentions with the same last word may take up the other: a surname, "the mob"."""
    if plain(head(one)) != plain(head(other)):
        return False
    mine, yours = names(one, register), names(other, register)
    if mine or yours:
        return bool(mine and yours) and (mine <= yours or yours <= mine)
    return definite(one) or definite(other)


def _opposed(one: Identified, other: Identified) -> bool:
    """Whether one of them is told only by whom they fight."""
    return any((mention.why or "").startswith("only whom they oppose") for mention in (one, other))


def _attacker(one: Identified, other: Identified, register: Register) -> bool:
    """Whether `one` is a fighter of nobody knows whom and `other` an armed group that may be meant."""
    return one.party is None and one.part == "fighters" and not names(one, register) and other.kind == "armed-group"


def _of_army(one: Identified, other: Identified, register: Register) -> bool:
    """Whether `one` is a unit of nobody knows whom and `other` forces of a state or a coalition that it may be of."""
    forces = other.kind in _MILITARY and other.cls == "military"
    return one.party is None and unit(one) and not names(one, register) and forces
