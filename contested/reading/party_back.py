"""Looking back: "the group", "the army" and surnames mean who was named before."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from contested.lexicon import load
from contested.reading.described import Piece, Shape, pieces, shape
from contested.reading.identified import Identified
from contested.reading.party_context import Around
from contested.reading.party_names import capital
from contested.reading.party_words import Sense, longest
from contested.reading.phrases import Token, finite, tokens
from contested.register import Party, Register
from contested.spelling import THRESHOLD, alike, fold

#: How sure a look back is where the party stands in the same sentence, what each sentence between leaves
#: of that, and after how many it fades no more.
BACK, FADES, FLOOR = 0.75, 0.85, 4
#: Parts that are people who may be named: "army spokesman Nuwayri".
SPEAK = frozenset(
    {
        "leaders",
        "spokesman",
        "officials",
        "members",
        "soldiers",
        "fighters",
        "police",
        "experts",
        "journalists",
        "medics",
        "activists",
        "sources",
    }
)
#: The longest noun phrase that a later one takes up, in words, and what no such phrase holds.
LONGEST = 10
#: A report is on an armed group that makes up so much of its mentions of any.
MOST = 0.75
#: An apposition is no longer than this, in characters.
APART = 160
#: A first name, the initial after it and the blanks between take no more characters than this.
LONGEST_NAME = 80
_BEFORE = re.compile(r"([^\W\d_][\w'’-]+)\s+(?:[A-Z]\.\s+)?$")
_BREAKS = frozenset({"prep", "conj", "sub", "rel", "pron", "aux"})


def look_back(ctx: Around, words: str, form: Shape, last: Piece, at: int) -> Identified | None:
    """ "The group", "the Britain-based monitor": the nearest party named before that fits."""
    back = last.roles["back"]
    based = next((p for p in form.lead[:-1] if p.way == "at" and p.countries), None)
    nation = set(based.countries) if based else set()
    kinds = back.kinds | ({"monitor", "ngo"} if based else set())
    others = [p.low for p in form.lead[:-1] if not (p.way == "at" or "side" in p.roles)]
    if others or not (form.definite or nation or "monitor" in kinds or len(form.lead) == 1):
        return None

    def fits(party: Party) -> bool:
        return party.kind in kinds and not general(party) and (not nation or party.country in nation)

    near = ctx.before(at, fits, noun=last.low) if form.definite and not nation else None
    near = near or ctx.before(at, fits, ahead=bool(kinds & {"monitor", "bloc"}))
    if near is not None and near[1] and "monitor" in kinds and "armed-group" in kinds and _speaks(ctx, at):
        near = ctx.before(at, lambda party: party.kind in ("monitor", "ngo")) or near
    if near is None:
        party = _only_bloc(ctx.register, ctx.country, ctx.on) if kinds == {"bloc"} and ctx.on else None
        return Identified.of(ctx, words, party, "description", 0.4) if party else None
    return Identified.of(ctx, words, near[0], "antecedent", BACK * FADES ** min(near[1], FLOOR))


def _speaks(ctx: Around, at: int) -> bool:
    """Whether the sentence makes whoever stands at character `at` say something: "the group said", "said the group"."""
    n = ctx.text.sentence_at(at)
    if n is None:
        return False
    words = tokens(ctx.text.raw, ctx.text.sentences[n].start, ctx.text.sentences[n].end)
    here = next((k for k, word in enumerate(words) if word.end > at), 0)
    return any(word.low in _verbs() for word in words[max(0, here - 1) : here + 5])


@cache
def _verbs() -> frozenset[str]:
    return frozenset(word.lower() for entry in load("reporting_verbs") for word in entry.words)


def general(party: Party) -> bool:
    """Whether a party is a general word for armed groups of a country: "rebels", "militants"."""
    return party.id.partition(".")[2] in ("rebels", "militants", "proxies")


@lru_cache(maxsize=1024)
def _only_bloc(register: Register, country: str | None, on: str) -> Party | None:
    """The coalition of armies that takes a side in a country on a day, where there is one only."""
    state = f"{(country or '').lower()}.state"
    found = [
        party for party in register
        if party.kind == "bloc" and party.cls == "military" and party.when.holds(on)
        and (country in dict(party.side) or any(tie.party == state for tie in party.ally_of))
    ]  # fmt: skip
    return found[0] if len(found) == 1 else None


def again(ctx: Around, words: str, head: Sense, last: Piece, at: int) -> Identified | None:
    """ "The army", "the militants" after a party of that sort was named: the nearest, if it is near."""
    if head.body and head.organ:
        near = ctx.before(at, lambda party: party.id.endswith(f".{head.organ}") or _ministry(head, party))
    elif head.organ == "militants" or (
        head.organ is None and head.part == "fighters" and last.low.endswith(("s", "men"))
    ):
        near = ctx.before(at, lambda party: party.kind == "armed-group" and not general(party))
    else:
        return None
    if near is None or near[1] > 3:
        return None
    if head.entry in ("government", "army", "police") and near[1] and near[0].country != ctx.country:
        return None  # every state has them: unless one was just named, those of the report's country
    return Identified.of(ctx, words, near[0], "antecedent", BACK * FADES ** min(near[1], FLOOR), head.part)


def sole(ctx: Around, words: str, head: Sense, at: int) -> Identified | None:
    """ "Terrorists", "militants" after an armed group: in its sentence, or where hardly another is named."""
    groups = Counter(
        one.party.id for one in ctx.named
        if one.party.kind == "armed-group" and not one.party.name.split()[-1].islower()
        and dict(one.party.side).get(ctx.country or "") != "government"
    )  # fmt: skip
    near = ctx.before(at, lambda party: party.id in groups)
    if near is None or general(near[0]) or (near[1] and groups[near[0].id] < MOST * groups.total()):
        return None
    return Identified.of(ctx, words, near[0], "antecedent", BACK * FADES ** min(near[1], FLOOR), head.part)


def _ministry(head: Sense, party: Party) -> bool:
    return head.entry == "other-ministry" and party.id.endswith("-ministry")


def of_another(ctx: Around, surname: str, party: Party) -> bool:
    """Whether the report gives this surname a first name that is not the party's."""
    own = _own_names(party)
    if surname not in ctx.first_names:
        ctx.first_names[surname] = tuple(_first_names(ctx.text.raw, surname))
    for before in ctx.first_names[surname]:
        known = tokens(before)[0].tags or any(match.party.kind != "person" for match in ctx.find(before))
        if before[0].isupper() and not known and not longest((before.lower(),), 0, 1)[1] and not _among(before, own):
            return True
    return False


def _first_names(raw: str, surname: str) -> dict[str, None]:
    """The words that stand right before a surname, each once, in the order of the text."""
    found = (
        _BEFORE.search(raw[max(0, one.start() - LONGEST_NAME) : one.start()])
        for one in re.finditer(rf"(?<=\s){re.escape(surname)}\b", raw)
    )
    return dict.fromkeys(one[1] for one in found if one)


def first_name(before: Sequence[Piece], party: Party) -> bool:
    """Whether the words right before a surname may be this party's: "David Lyons" is no other Lyons."""
    own = _own_names(party)
    for piece in reversed(before):
        if piece.roles or piece.countries or piece.stop or not capital(piece.words[0]):
            break
        if any(len(word.text) > 2 and not _among(word.text, own) for word in piece.words):
            return False
    return True


@lru_cache(maxsize=1024)
def _own_names(party: Party) -> tuple[str, ...]:
    """The words of all names of a party."""
    return tuple({fold(word) for one in party.names for name in (one.name, *one.aliases) for word in name.split()})


def _among(word: str, own: Sequence[str]) -> bool:
    folded = fold(word)
    return folded in own or any(alike(folded, name, THRESHOLD) >= THRESHOLD for name in own)


def begins(words: Sequence[Token]) -> int:
    """Index where the noun phrase at the end of `words` begins, with all that stands before its noun."""
    i = max(0, len(words) - 1)
    while i > 0 and len(words) - i < LONGEST:
        token = words[i - 1]
        joins = token.low == "and" and i > 1 and (words[i - 2].text[0].isupper() or "demonym" in words[i - 2].tags)
        if not token.word or (token.tags & _BREAKS and not joins) or finite(words, i - 1):
            break
        i -= 1
        if "det" in token.tags:
            break
    return i


def introductions(ctx: Around, surname: str) -> list[tuple[list[Piece], int]]:
    """What stands beside the first mention of a name and may tell whose it is, with the place where it stands."""
    if surname not in ctx.introduced:
        ctx.introduced[surname] = list(_introductions(ctx, surname))
    return ctx.introduced[surname]


def _introductions(ctx: Around, surname: str) -> Iterator[tuple[list[Piece], int]]:
    raw = ctx.text.raw
    first = re.search(rf"\b{re.escape(surname)}\b", raw)
    n = ctx.text.sentence_at(first.start()) if first else None
    if first is None or n is None:
        return
    sentence = ctx.text.sentences[n]
    after = tokens(raw, first.end(), min(sentence.end, first.end() + APART))
    comma = bool(after) and after[0].text == ","
    stop = next((k for k, token in enumerate(after) if k and token.text in ',;:."”'), len(after))
    found = pieces(ctx, after[comma:stop])
    lead = shape(found).lead
    if lead and (head := lead[0 if not comma else -1].head) and (head.part in SPEAK or head.role == "office"):
        yield found, first.start()
    before = tokens(raw, sentence.start, first.start())
    found = pieces(ctx, before[begins(before) :])
    end = next((i for i in range(len(found), 0, -1) if found[i - 1].head or found[i - 1].matches), 0)
    if any(piece.head for piece in found[:end]):
        yield found[:end], first.start()


def whole_name(ctx: Around, party: Party) -> bool:
    return any(one.party.id == party.id and one.matches[0].how not in ("surname",) for one in ctx.named)


def told_of(ctx: Around, name: str) -> tuple[str, ...]:
    """What stands right before the first mention of a name, and in apposition after it, as far as a noun tells."""
    raw = ctx.text.raw
    found = re.search(rf"\b{re.escape(name)}\b", raw)
    n = ctx.text.sentence_at(found.start()) if found else None
    if found is None or n is None:
        return ()
    sentence = ctx.text.sentences[n]
    before = tokens(raw, sentence.start, found.start())
    front = before[begins(before) :] if before else []
    after = tokens(raw, found.end(), min(sentence.end, found.end() + APART))
    stop = next((k for k, token in enumerate(after) if k and token.text in ',;:."”'), 0)
    back = after[1:stop] if after and after[0].text == "," else []
    phrases = [raw[part[0].start : part[-1].end] for part in (front, back) if part]
    return tuple(words for words in phrases if any(piece.head for piece in pieces(ctx, tokens(words))))
