"""What the words of a mention tell where the party does not: its content, its last noun, its names, its initials."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from contested.reading.antecedents import kind_of
from contested.reading.identified import Identified
from contested.reading.party_words import Sense, senses
from contested.reading.phrases import Token, tokens
from contested.register import Register
from contested.spelling import fold

#: Parts that are no people, of whom one could be meant.
_THINGS = frozenset({None, "army", "forces", "aircraft", "ships", "works", "statements"})
#: A word that ends names of so many bodies is no name itself ("university", "council").
_MANY = 3


def together(one: Identified, other: Identified) -> bool:
    """Whether both stand in one report."""
    return one.report is not None and one.report == other.report


def definite(one: Identified) -> bool:
    """Whether a mention takes up what was named before: "the mob", "this mob"."""
    return one.words.lower().startswith(("the ", "this ", "these ", "those "))


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


def _phrase(words: str) -> list[Token]:
    """The words of a mention's first noun phrase."""
    found: list[Token] = []
    for token in tokens(words):
        if found and (token.tags & {"prep", "rel"} or token.text == ","):
            if token.low != "of" or not _partitive(found[-1]):
                break
            continue
        if token.word:
            found.append(token)
    return found


def _partitive(token: Token) -> bool:
    """Whether a noun before "of" only counts: "a group of", "a number of"."""
    roles = senses().get((token.low,), {})
    return "quiet" in roles or ("head" in roles and roles["head"].entry == "bands" and roles["head"].organ is None)


def head(one: Identified) -> str:
    """The last word of the mention's first noun phrase."""
    return phrase_head(one.words)


def phrase_head(words: str) -> str:
    """The last word of the first noun phrase of `words`, folded."""
    found = _phrase(words)
    return fold(found[-1].text) if found else ""


def plain(word: str) -> str:
    """A noun without what makes it many, or whose: "mobs" and "mob" are one."""
    return f"{word.removesuffix('men')}man" if word.endswith("men") else word.removesuffix("s")


def noun(word: str) -> Sense | None:
    """What the lexicon tells of a noun that ends mentions."""
    return senses().get((word,), {}).get("head")


def many(word: str) -> bool:
    """Whether a noun means more than one: it is the plural of a noun in the lexicon."""
    sense = noun(word)
    return sense is not None and plain(word) != word and noun(plain(word)) is sense


def unit(one: Identified) -> bool:
    """Whether a mention means one body of soldiers: "the patrol", "a security force"."""
    word = head(one)
    sense = noun(word)
    return sense is not None and sense.part == "forces" and not many(word)


def single(one: Identified, register: Register) -> bool:
    """Whether a mention means one person: by name, or with "a", "the" and a noun for one."""
    if one.kind == "person" or (one.why or "").startswith("a person"):
        return True
    if one.basis == "apposition":
        return _personal(one, register)
    if len(one.words.split()) < 2 or one.part is None:
        return False
    word = head(one)
    sense = noun(word)
    if sense is not None and not sense.body and sense.part not in _THINGS and sense in map(noun, _plurals(word)):
        return True
    return kind_of(one.words) == "person"


def _plurals(word: str) -> tuple[str, ...]:
    return (f"{word}s", f"{word.removesuffix('man')}men") if not word.endswith("men") else ()


def _personal(one: Identified, register: Register) -> bool:
    """Whether the name that ends a mention may be a person's: it ends in no noun for bodies and has no brackets."""
    last = fold(tokens(one.words)[-1].text) if one.words else ""
    return ")" not in one.words and last not in institutions(register) and (last,) not in senses()


def names(one: Identified, register: Register) -> frozenset[str]:
    """The words of a mention's first noun phrase that only names of parties have.

    Not in the lexicon, with a capital, not short, no country and no noun for bodies ("University").
    In a mention without any capital all words count that no lexicon has.
    """
    known = senses()
    small = not any(c.isupper() for c in one.words) and noun(head(one)) is None
    return frozenset(
        fold(t.text.removesuffix("'s").removesuffix("’s")) for t in _phrase(one.words)
        if t.word and (t.text[0].isupper() or (small and t.text.isalpha())) and len(t.text) > 2
        and (t.low,) not in known and not t.tags and fold(t.text) not in institutions(register)
        and not register.countries(t.text.removesuffix("'S").removesuffix("'s").removesuffix("’s"))
    )  # fmt: skip


@lru_cache(maxsize=4)
def institutions(register: Register) -> frozenset[str]:
    """Words in which the names of several bodies end: "council", "university", "movement"."""
    ends: Counter[str] = Counter()
    for party in register:
        if party.kind not in ("person", "outlet"):
            own = {fold(name.split()[-1]) for one in party.names for name in (one.name, *one.aliases) if " " in name}
            ends.update(own)
    return frozenset(word for word, count in ends.items() if count >= _MANY)


def trimmed(words: tuple[str, ...], one: Identified, whole: frozenset[str | None]) -> tuple[str, ...]:
    """What stands before a noun for the whole of a party: "coalition" of "coalition troops"; all where nothing does."""
    return words[:-1] if len(words) > 1 and one.part is not None and one.part in whole else (*words, "")


def initials(short: str, long: str) -> bool:
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
