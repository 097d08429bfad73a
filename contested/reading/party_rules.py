"""Whom the pieces of a mention mean, by one rule after the other: a name, an organ, a description, a look back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from contested.reading.described import Piece, Shape, pieces, shape, sides
from contested.reading.identified import Identified
from contested.reading.party_back import (
    FADES,
    SPEAK,
    again,
    begins,
    first_name,
    introductions,
    look_back,
    of_another,
    sole,
    whole_name,
)
from contested.reading.party_context import Around
from contested.reading.party_names import capital
from contested.reading.party_organs import (
    NEUTRAL,
    country_of,
    generic,
    home,
    in_office,
    of_nation,
    of_state,
    organ_of,
    owned,
    rules,
)
from contested.reading.party_words import Sense
from contested.reading.phrases import tokens
from contested.register import Match, Party, Register

#: Descriptions nest no deeper ("a member of the council of the movement").
DEEPEST = 4
#: Organs that towns have too: "Aleppo Police Command" is the state's.
CIVIL = frozenset({"police", "courts", "local-government", "parliament", "health-ministry", "people", "medics"})
#: A noun takes up what was said this many sentences ago, and no earlier.
FARTHEST = 10
#: Kinds of party that have fighters, and those that speak for others.
_ARMED = frozenset({"armed-forces", "rebels", "militants"})
_FIGHT = frozenset({"armed-group", "bloc", "political"})
_HOWS = {"demonym": "organ", "forces-of": "name"}


def resolve(ctx: Around, words: str, found: Sequence[Piece], at: int, depth: int = 0) -> Identified:
    """Whom a mention means: the first of those it names, the others in `also`."""
    each = [identify(ctx, words, side, at, depth) for side in sides(found)]
    if not each:
        return Identified(words, why="no words")
    first = next((one for one in each if one.party), each[0])
    also = dict.fromkeys(id for one in each for id in (one.party, *one.also) if id and id != first.party)
    return replace(first, also=tuple(also))


def identify(ctx: Around, words: str, found: Sequence[Piece], at: int, depth: int = 0) -> Identified:
    """Whom the pieces `found` of a mention mean; `words` are its words, `at` where it stands in the report."""
    form = shape(found)
    if depth > DEEPEST or not form.lead:
        return _counted(ctx, words, form, at)
    last = form.lead[-1]
    if last.matches:
        if len(form.lead) > 1 and any(p.roles["tie"].way == "against" for p in form.lead[:-1] if "tie" in p.roles):
            return Identified(words, why="only whom they oppose is said", beside=(last.matches[0].party.id,))
        return _named(ctx, words, form, at, depth)
    if last.head:
        return _headed(ctx, words, form, at, depth)
    if "side" in last.roles:
        side = last.roles["side"]
        return _alone(ctx, words, form, Sense("head", side.entry, side.organ, alone=side.organ, sure=side.sure), at)
    if "rank" in last.roles or last.unknown:
        return _unknown(ctx, words, form, at, depth)
    return Identified(words, why="no name or description that tells of a party")


def chosen(ctx: Around, matches: Sequence[Match]) -> Match:
    """The likeliest of what a name may mean. A general name ("Kurdish forces") means those of the report's country."""
    match = matches[0]
    party = match.party
    if party.country is None and _collective(party):
        here = _parts_in(ctx.register, party.id, ctx.country)
        if len(here) == 1:
            return Match(here[0], match.how, 0.8 * match.sure)
    return match


def _collective(party: Party) -> bool:
    """Whether a party is several groups under a general name: "Kurdish forces"."""
    return party.kind == "armed-group" and party.name.split()[-1].islower()


@lru_cache(maxsize=1024)
def _parts_in(register: Register, whole: str, country: str | None) -> tuple[Party, ...]:
    return tuple(p for p in register if country in p.countries and any(tie.party == whole for tie in p.part_of))


def _named(ctx: Around, words: str, form: Shape, at: int, depth: int) -> Identified:
    """The mention ends in a name that the register has."""
    last = form.lead[-1]
    match = chosen(ctx, last.matches)
    if form.tie is not None and form.tie.way == "of" and _collective(match.party):
        named = identify(ctx, words, form.rest, at, DEEPEST)  # "Kurdish fighters of the YPG"
        if named.kind == "armed-group":
            return named.but(part="fighters")
    partial = match.how in ("surname", "spelling") or (match.party.kind == "person" and len(last.words) == 1)
    spelt = partial and not first_name(form.lead[:-1], match.party)
    if spelt or (match.how == "surname" and of_another(ctx, last.words[-1].text, match.party)):
        strange = Piece(last.words)
        further = depth if 0 < depth < DEEPEST else 1
        return _unknown(ctx, words, replace(form, lead=(*form.lead[:-1], strange)), at, further)
    sure = match.sure
    if match.how == "surname" and whole_name(ctx, match.party):
        sure = max(sure, 0.9)
    part = last.head.part if last.head and last.head.role != "office" else None
    if last.head and last.head.role == "office":
        part = "leaders"
    if part is None and match.how == "demonym" and match.party.kind == "people":
        part = "civilians"
    party = match.party
    basis = _HOWS.get(match.how, match.how)
    if last.head and last.head.organ == "rebels" and basis == "organ":
        sure *= 0.9
    return Identified.of(ctx, words, party, basis, sure, part)


def _headed(ctx: Around, words: str, form: Shape, at: int, depth: int) -> Identified:
    """The mention ends in a noun for what a party is or has."""
    last, before = form.lead[-1], form.lead[:-1]
    head = last.head
    assert head is not None
    others = [p for p in before if p.unknown and capital(p.words[0])]
    if (
        ctx.telling
        and head.organ not in CIVIL
        and capital(last.words[0])
        and others
        and all(_nation(p) for p in before if p.matches)
    ):
        nation = next((p for p in before if p.countries), None)  # "the Jordanian Falcon Brigade" is not the country's
        country = nation.countries[0] if nation else None
        return Identified(words, country=country, why="a name the register does not have")
    if others and head.entry == "government" and last.low == "authorities" and not any(p.matches for p in before):
        return generic(ctx, words, form, "local-government", "officials", 0.6, at)  # a town's
    nation = next((p for p in reversed(before) if p.countries and (p.matches or p.way == "led")), None)
    owner = next((p for p in reversed(before) if p.matches and not _nation(p) and not (nation and _people(p))), None)
    side = next((p for p in reversed(before) if "side" in p.roles and not p.matches), None)
    tied = next((p for p in before if p.way in ("with", "against") or (p.way == "led" and not p.countries)), None)
    if owner is not None:
        match = chosen(ctx, owner.matches)
        whose = Identified.of(ctx, words, match.party, _HOWS.get(match.how, match.how), match.sure,
                              owner.head.part if owner.head else None)  # fmt: skip
        return owned(ctx, whose, head, last.low)
    country = country_of(nation) if nation else None
    civil = head.role == "back" and not head.kinds & _FIGHT
    if side is not None and civil and side.roles["side"].organ != "opposition":
        return Identified(words, country=country, why="a body of one side, which is not named")
    if side is not None:
        organ = organ_of(ctx, " ".join(p.low for p in before if "side" in p.roles), side.roles["side"], head, last.low)
        part = head.part if head.role != "back" else None
        if country:
            return of_state(ctx, words, country, organ, part, 0.85, "organ")
        return generic(ctx, words, form, organ, part, max(0.6, head.sure), at)
    if country:
        return of_nation(ctx, words, country, head, last, form)
    if tied is not None:
        return _tied(ctx, words, form, tied, head, at)
    if before and "back" in before[-1].roles:  # "the coalition forces"
        back = look_back(ctx, words, replace(form, lead=before, definite=True), before[-1], at)
        if back is not None:
            return owned(ctx, back, head, last.low)
    if form.tie is not None and form.rest and (found := _by_tie(ctx, words, form, head, last, at, depth)):
        return found
    if form.own and (own := _own(ctx, words, head, last, at)):
        return own
    return _alone(ctx, words, form, head, at, depth)


def _people(piece: Piece) -> bool:
    return piece.matches[0].party.kind == "people"


def _nation(piece: Piece) -> bool:
    return bool(piece.countries) and piece.matches[0].party.kind in ("state", "people", "organ") and not piece.head


def _tied(ctx: Around, words: str, form: Shape, tied: Piece, head: Sense, at: int) -> Identified:
    """ "Jordan-backed fighters", "anti-regime militias": whoever they are, they are not the party named."""
    beside = tuple(m.party.id for m in tied.beside[:1])
    state = bool(tied.beside) and (tied.beside[0].party.kind in ("state", "organ") or rules(ctx, tied.beside[0].party))
    there = home(ctx, tied)
    if tied.way == "against" and state and there and there == ctx.country and head.organ != "air-force":
        return replace(generic(ctx, words, form, "rebels", head.part, 0.6, at), beside=beside)
    if tied.way == "with" and "prefix" in tied.roles and state and there and there == ctx.country:
        return replace(generic(ctx, words, form, "proxies", head.part, 0.6, at), beside=beside)
    found = _alone(ctx, words, form, head, at)
    if found.party is None or found.basis != "description":
        return replace(found, beside=beside)
    return replace(found.but(sure=0.8), beside=beside)


def _by_tie(ctx: Around, words: str, form: Shape, head: Sense, last: Piece, at: int, depth: int) -> Identified | None:
    """What stands after "of", "loyal to", "backed by", "in": whose it is; None where that tells nothing."""
    assert form.tie is not None
    first = shape(form.rest)
    if first.lead and first.lead[-1].matches and first.lead[-1].countries and not first.lead[-1].head:
        country = first.lead[-1].matches[0].party.country
        if country and form.tie.way in ("of", "at") and head.role != "back":
            if form.tie.way == "of" and head.part == "forces" and head.organ == "armed-forces":
                return of_state(ctx, words, country, "armed-forces", head.part, 0.8, "organ")
            if organ := head.alone or (head.organ if form.tie.way == "of" else None):
                return of_state(ctx, words, country, organ, head.part, 0.75, "organ")
            return None
    rest = identify(ctx, words, form.rest, at, depth + 1)
    if rest.party is None:
        if form.tie.way in ("with", "against"):
            return Identified(words, country=rest.country, part=head.part, why="only whom they side with is said")
        return None
    party = ctx.register.party(rest.party)
    if form.tie.way == "of":
        return owned(ctx, rest, head, last.low)
    if form.tie.way == "against":
        if party and party.kind in ("state", "organ") and party.country == ctx.country:
            return replace(generic(ctx, words, form, "rebels", head.part, 0.5, at), beside=(rest.party,))
        return Identified(words, part=head.part, why="only whom they oppose is said", beside=(rest.party,))
    if form.tie.way == "with":
        found = _alone(ctx, words, replace(form, tie=None, rest=()), head, at)
        if found.party and found.basis == "description" and head.organ not in (None, "armed-forces"):
            return replace(found.but(sure=0.8), beside=(rest.party,))
        return Identified(words, part=head.part, why="only who stands by them is said", beside=(rest.party,))
    if (
        head.part in ("sources", "statements", "spokesman", "officials", "experts", "medics", "leaders")
        and rest.basis != "description"
    ):
        return owned(ctx, rest, head, last.low).but(sure=0.8)
    if head.part in ("sources", "statements"):
        return owned(ctx, rest, head, last.low).but(sure=0.8)
    return None


def _own(ctx: Around, words: str, head: Sense, last: Piece, at: int) -> Identified | None:
    """ "Its forces", "their fighters": of the party named last."""
    kinds = _FIGHT | {"state", "organ", "person"}
    near = ctx.before(at, lambda party: party.kind in kinds)
    if near is None or head.organ in ("people", "air-force") or head.part in ("families", "supporters"):
        return Identified(words, part=head.part, why="whose they are is not plain") if head.alone is None else None
    whose = Identified.of(ctx, words, near[0], "antecedent", 0.6 * FADES ** near[1])
    return owned(ctx, whose, head, last.low)


def _alone(ctx: Around, words: str, form: Shape, head: Sense, at: int, depth: int = 0) -> Identified:
    """A noun with nothing beside it that tells whose: it looks back, or means the report's own country."""
    last = form.lead[-1]
    unknown = [p for p in form.lead[:-1] if p.unknown and capital(p.words[0]) and ctx.telling]
    if "back" in last.roles and not unknown and (found := look_back(ctx, words, form, last, at)):
        return found
    if unknown and (head.role == "back" or head.part in ("fighters", "members", "leaders")):
        return Identified(words, part=head.part, why="a group the register does not have")
    if any(p.words[-1].text.endswith(("'s", "’s")) for p in unknown) and head.organ != "people":
        return Identified(words, part=head.part, why="whose it is, the register does not have")
    if head.part == "works":
        return Identified(words, part="works", why="a thing, and whose is not said")
    if form.definite and depth < DEEPEST and (found := _repeated(ctx, words, head, last, at, depth)):
        return found
    if form.definite and (found := again(ctx, words, head, last, at)):
        return found
    if head.organ == "militants" and len(form.lead) == 1 and form.tie is None and (found := sole(ctx, words, head, at)):
        return found
    if any("back" in p.roles for p in form.lead[:-1]):
        return Identified(words, part=head.part, why="what it looks back to is not named")
    mods = " ".join(p.low for p in form.lead[:-1])
    organ = next(iter(ctx.register.described(f"{mods} {last.low}".strip())), None) if mods else None
    organ = organ or head.alone
    plain = not any(p.way in ("with", "against", "led") for p in form.lead)
    if (
        organ is None
        and plain
        and head.part not in NEUTRAL
        and head.role != "back"
        and head.part in ("fighters", "forces")
    ):
        organ = next((one for one in ctx.register.described(last.low) if one in _ARMED), None)
        head = replace(head, sure=min(head.sure, 0.35))
    if head.role == "office" and form.definite and form.tie is None and len(form.lead) == 1:
        found = in_office(ctx, words, head, at)
        if found is not None:
            return found
    if organ is None:
        return Identified(words, part=head.part, why="the words do not tell of which party")
    return generic(ctx, words, form, organ, "leaders" if head.role == "office" else head.part, head.sure, at)


def _repeated(ctx: Around, words: str, head: Sense, last: Piece, at: int, depth: int) -> Identified | None:
    """ "The commander" after "a Taliban commander": the nearest earlier phrase that ends alike and tells more."""
    raw, n = ctx.text.raw, ctx.text.sentence_at(at)
    if head.role == "back" or n is None or head.part == "civilians":
        return None
    whole = [re.escape(word.text) for word in last.words]
    stems = dict.fromkeys((r"\s+".join(whole), whole[-1]))  # "the security force" before "the force"
    ending = (
        "" if head.part == "forces" and not last.low.endswith("s") else "s?"
    )  # "the force" is not "Jordanian forces"
    nouns = [re.compile(rf"\b{stem.removesuffix('s')}{ending}\b", re.IGNORECASE) for stem in stems]
    begin = ctx.text.sentences[max(0, n - FARTHEST)].start
    for found in [one for noun in nouns for one in list(noun.finditer(raw, begin, at))[:-4:-1]]:
        m = ctx.text.sentence_at(found.start())
        if m is None or found.end() > at or n - m > (2 if head.body else FARTHEST):
            continue
        if raw.startswith(" of ", found.end()):
            continue  # "the ministry" is "the Jordanian Ministry of Health", not of Jordan only
        before = tokens(raw, ctx.text.sentences[m].start, found.end())
        phrase = before[begins(before) :]
        told = resolve(ctx, words, pieces(ctx, phrase), found.start(), DEEPEST)
        fights = head.organ not in ("militants", "rebels") or told.kind == "armed-group"
        if told.party and told.basis != "description" and fights:
            return told.but(sure=0.8 * FADES ** min(4, n - m), basis="antecedent")
    return None


def _counted(ctx: Around, words: str, form: Shape, at: int) -> Identified:
    """Nothing but counts and articles: "three others"."""
    return Identified(words, why="a count, a pronoun or an article alone")


def _unknown(ctx: Around, words: str, form: Shape, at: int, depth: int) -> Identified:
    """The mention ends in a name that the register does not have: who else stands beside it?"""
    name = form.lead[-1]
    known = form.lead[:-1]
    while known and not known[-1].matches and (known[-1].unknown or _ranks(known)):
        known = known[:-1]
    if not any(p.unknown and capital(p.words[0]) for p in form.lead[len(known) :]):
        return Identified(words, why="no name or description that tells of a party")
    if depth < DEEPEST - 1:  # what stands beside a name may lead to another name, and round in a circle
        if known and (known[-1].head or known[-1].matches):
            told = identify(ctx, words, known, at, depth + 1)
            named = known[-1].matches and not known[-1].countries and told.kind != "person"
            office = known[-1].head is not None and known[-1].head.role == "office"
            if told.party and (named or office or told.part in SPEAK):
                return told.but(sure=0.85, basis="apposition", part=told.part or "members")
        if form.rest and (told := identify(ctx, words, form.rest, at, depth + 1)).party:
            return told.but(sure=0.85, basis="apposition", part=told.part or "members")
        for told_of, where in introductions(ctx, name.words[-1].text):
            told = identify(ctx, words, told_of, where, depth + 1)
            if told.party and told.kind != "person" and told.basis not in ("description", "antecedent"):
                return told.but(sure=0.8, basis="apposition", part=told.part or "members")
    titled = any("rank" in p.roles or (p.head and p.head.role == "office") for p in form.lead)
    return Identified(
        words, why="a person the register does not have" if titled else "a name the register does not have"
    )


def _ranks(known: Sequence[Piece]) -> bool:
    """Whether the last piece is a rank that tells nothing more: alone, or after what tells ("army spokesman Col.")."""
    return "rank" in known[-1].roles and (len(known) == 1 or any(p.head and p.head.part in SPEAK for p in known[:-1]))
