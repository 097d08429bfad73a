"""Whether two mentions mean the same party, parties that belong together, or different ones.

Parties are compared by the register. Where they are one, the parts decide: a group and its fighters act as one, its
leader and its office do not. Where one of them is not known, the words do: names alike, shared names, acronyms.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from contested.reading.antecedents import kind_of
from contested.reading.identified import Identified
from contested.reading.party_words import Sense, senses
from contested.reading.phrases import Token, tokens
from contested.register import Party, Register
from contested.register.relations import wholes
from contested.spelling import alike, fold

Value = Literal["same", "related", "different"]
#: Parts in which a party acts as a whole: who names its fighters or its positions names the party.
WHOLE = frozenset({None, "army", "soldiers", "forces", "fighters", "members", "works", "civilians", "police"})
#: Parts that are no people, of whom one could be meant.
_THINGS = frozenset({None, "army", "forces", "aircraft", "ships", "works"})
#: Names are one from this likeness on.
ALIKE = 0.85
#: The state and those who govern it act as one.
_RULES = frozenset({"state", "government"})


@dataclass(frozen=True, slots=True)
class Sameness:
    """What two mentions are to each other, how sure that is (0 to 1), and by what rule."""

    value: Value
    sure: float
    why: str


def compare(one: Identified, other: Identified, register: Register, *, on: str | None = None) -> Sameness:
    """What two mentions are to each other on a day (ISO date; null is any day)."""
    sure = min(one.sure, other.sure)
    mine, yours = register.party(one.party or ""), register.party(other.party or "")
    if mine is None or yours is None:
        return _by_words(one, other)
    if mine.id == yours.id or _one_state(mine, yours):
        return _by_parts(one, other, sure)
    if single(one) and single(other):
        return Sameness("different", sure, "two persons")
    if {*one.also, one.party} & {*other.also, other.party}:
        return Sameness("related", sure, "several parties, one of them shared")
    if _general(mine, yours) or _general(yours, mine) or (_together(one, other) and _militants(mine, yours)):
        return Sameness("related", sure * 0.8, "a general name and one it may cover")
    pairs = [(a, b) for a in _powers(mine) for b in _powers(yours)]
    related = any(register.relation(a, b, on) != "different" for a, b in pairs)
    if related and _named_group(mine) and _named_group(yours) and not _tied(mine, yours, register, on):
        return Sameness("different", sure * 0.8, "two groups of one side")
    return Sameness("related" if related else "different", sure, "register")


def _powers(party: Party) -> tuple[str, ...]:
    """A party and, for an organ of a state, its government: the army has its government's allies."""
    government = f"{party.id.partition('.')[0]}.government"
    return (party.id, government) if party.kind in ("state", "organ") and party.id != government else (party.id,)


def _one_state(one: Party, other: Party) -> bool:
    """Whether both are a state or its government."""
    (mine, _, own), (yours, _, its) = one.id.partition("."), other.id.partition(".")
    return mine == yours and own in _RULES and its in _RULES


def _general(one: Party, other: Party) -> bool:
    """Whether `one` is "militants" of a country, and `other` an armed group there."""
    return (
        one.id.endswith(".militants")
        and other.kind == "armed-group"
        and bool({*one.countries} & {*other.countries, *dict(other.side)})
        and dict(other.side).get(one.country or "") != "government"
    )


def _militants(one: Party, other: Party) -> bool:
    return one.id.endswith(".militants") and other.id.endswith(".militants")


def _named_group(party: Party) -> bool:
    """Whether a party is an armed group of its own, and not a general word for several."""
    return party.kind == "armed-group" and not party.name.split()[-1].islower() and ".rebels" not in party.id


def _tied(one: Party, other: Party, register: Register, on: str | None) -> bool:
    """Whether one group contains the other, both are of one whole, one is the other's ally, or came of it."""
    mine, yours = wholes(one, register.party, on), wholes(other, register.party, on)
    allies = {tie.party for party in (one, other) for tie in party.ally_of if tie.when.holds(on)}
    shared = {id for id in mine.keys() & yours.keys() if mine[id].kind != "state"}
    return bool(shared or allies & {one.id, other.id}) or other.id == one.succeeded_by or one.id == other.succeeded_by


def _by_parts(one: Identified, other: Identified, sure: float) -> Sameness:
    """Two mentions of one party: what of it each names."""
    singles = single(one), single(other)
    if one.kind == "person" and one.party == other.party:
        return Sameness("same", sure, "one person")
    if all(singles):
        if _together(one, other) and "the" in (one.words.split()[0].lower(), other.words.split()[0].lower()):
            return Sameness("same", sure * 0.6, "taken up again")
        if _head(one) == _head(other) or {_head(one), _head(other)} & _names(one) & _names(other):
            return Sameness("same", sure * 0.7, "one person of one party")
        return Sameness("different", sure * 0.5, "two persons of one party")
    if any(singles):
        return Sameness("related", sure, "a person of it")
    if set(one.also) != set(other.also):
        return Sameness("related", sure, "others beside it")
    if one.part == other.part or {one.part, other.part} <= WHOLE:
        return Sameness("same", sure, "one party")
    return Sameness("related", sure, "parts of one party")


def _together(one: Identified, other: Identified) -> bool:
    """Whether both stand in one report."""
    return one.report is not None and one.report == other.report


def single(one: Identified) -> bool:
    """Whether a mention means one person: by name, or with "a", "the" and a noun for one."""
    if one.kind == "person" or one.basis == "apposition" or (one.why or "").startswith("a person"):
        return True
    if len(one.words.split()) < 2 or one.part is None:
        return False
    sense = _noun(_head(one))
    if sense is not None and not sense.body and sense.part not in _THINGS and sense in map(_noun, _plurals(_head(one))):
        return True
    return kind_of(one.words) == "person"


def _noun(word: str) -> Sense | None:
    return senses().get((word,), {}).get("head")


def _plurals(word: str) -> tuple[str, ...]:
    return (f"{word}s", f"{word.removesuffix('man')}men") if not word.endswith("men") else ()


def _by_words(one: Identified, other: Identified) -> Sameness:
    """One of the two is not known: names alike are the same, names shared tie, all else is different."""
    mine, yours = content(one.long or one.words), content(other.long or other.words)
    if not mine or not yours:
        return Sameness("different", 0.2, "no words to compare")
    together = _together(one, other)
    if mine == yours or alike(" ".join(mine), " ".join(yours)) >= ALIKE:
        whole = one.party is None and other.party is None
        if _names(one) & _names(other) or together:
            return Sameness("same" if whole else "related", 0.7, "words alike")
        return Sameness("different", 0.4, "words alike in another report")
    if together and one.party is None and other.party is None and _trimmed(mine, one) == _trimmed(yours, other):
        return Sameness("same", 0.5, "one description")
    if together and one.party == other.party and _head(one) == _head(other) and _taken_up(one, other):
        return Sameness("same", 0.5, "taken up again")
    if _initials(one.words, other.words) or _initials(other.words, one.words):
        return Sameness("same", 0.7, "acronym")
    if {one.party, *one.also, *one.beside} & {other.party, *other.also, *other.beside} - {None}:
        return Sameness("related", 0.5, "a party beside it")
    if together and (_attacker(one, other) or _attacker(other, one)):
        return Sameness("related", 0.3, "fighters of an unnamed group and a group of the report")
    names, others = _names(one), _names(other)
    if names & others:
        if (single(one) and single(other)) or (names <= others and single(other)) or (others <= names and single(one)):
            return Sameness("same", 0.6, "one surname")
        return Sameness("related", 0.4, "a name shared")
    return Sameness("different", 0.4, "words")


def content(words: str) -> tuple[str, ...]:
    """The words of a mention that tell, folded: no articles, counts or "several"."""
    known = senses()
    out = []
    for token in tokens(words):
        roles = known.get((token.low,), {})
        if (
            token.word
            and not token.number
            and not (roles and roles.keys() <= {"quiet", "own"})
            and not token.tags & {"prep", "conj", "det"}
        ):
            out.append(fold(token.text))
    return tuple(out)


def _taken_up(one: Identified, other: Identified) -> bool:
    """Whether one of two mentions with the same last word may take up the other: a surname, "the mob"."""
    names, others = _names(one), _names(other)
    if names or others:
        return bool(names and others) and (names <= others or others <= names)
    return any(mention.words.lower().startswith(("the ", "this ")) for mention in (one, other))


def _attacker(one: Identified, other: Identified) -> bool:
    """Whether `one` is a fighter of nobody knows whom and `other` an armed group that may be meant."""
    return one.party is None and one.part == "fighters" and not _names(one) and other.kind == "armed-group"


def _trimmed(words: tuple[str, ...], one: Identified) -> tuple[str, ...]:
    """What stands before a noun for the whole of a party: "coalition" of "coalition troops"; all where nothing does."""
    return words[:-1] if len(words) > 1 and one.part is not None and one.part in WHOLE else (*words, "")


def _head(one: Identified) -> str:
    """The last word of the mention's first noun phrase."""
    found: list[Token] = []
    for token in tokens(one.words):
        if found and token.tags & {"prep", "rel"}:
            break
        if token.word:
            found.append(token)
    return fold(found[-1].text) if found else ""


def _names(one: Identified) -> frozenset[str]:
    """The words of a mention that only names have: not in the lexicon of parties, with a capital, not short."""
    known = senses()
    return frozenset(
        fold(t.text) for t in tokens(one.words)
        if t.word and t.text[0].isupper() and len(t.text) > 2 and (t.low,) not in known and not t.tags
    )  # fmt: skip


def _initials(short: str, long: str) -> bool:
    """Whether `short` is an acronym of `long`: "CRC" of "the Council of Red Cedars"."""
    letters = short.replace(".", "")
    words = [t for t in tokens(long) if t.word and not t.tags & {"det", "prep", "conj"}]
    return (
        2 < len(letters) <= 8
        and letters.isupper()
        and letters.isalpha()
        and len(words) > 2
        and "".join(t.text[0] for t in words).upper() == letters
    )
