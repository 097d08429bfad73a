"""Organs and groups of a state: whom a country, a government or a person and a noun together mean."""

from __future__ import annotations

from functools import lru_cache

from contested.reading.described import Piece, Shape
from contested.reading.identified import Identified
from contested.reading.party_context import Around
from contested.reading.party_words import Sense
from contested.register import Party, Register

#: Parts that are somebody's whoever they are, and tell nothing of a party alone.
NEUTRAL = frozenset({"sources", "statements", "experts", "members", "supporters", "works", "families"})


def owned(ctx: Around, whose: Identified, head: Sense, low: str) -> Identified:
    """What `head` names of the party `whose`: of a state's body the organ, of anybody else a part."""
    party = ctx.register.party(whose.party or "")
    if party is None:
        return whose
    part = None if head.role == "back" else "leaders" if head.role == "office" else head.part
    if party.kind == "person":
        body = body_of(ctx, party)
        if body is None:
            return whose.but(part=part or "supporters", sure=0.7)
        party, whose = body, Identified.of(ctx, whose.words, body, whose.basis or "name", whose.sure * 0.9)
    state = party.country if party.kind in ("state", "organ") else None
    if state is None:
        return whose.but(part=part)
    own = party.id.partition(".")[2]
    if head.entry == "government" or own in ("government", "state", "presidency", "prime-minister"):
        organ = organ_of(ctx, "government", None, head, low) if head.organ or part not in NEUTRAL else "government"
        return of_state(ctx, whose.words, state, organ, part, whose.sure, whose.basis or "name")
    if own == "armed-forces" and head.organ in ("air-force", "navy"):
        return of_state(ctx, whose.words, state, head.organ, part, whose.sure, whose.basis or "name")
    return whose.but(part=part)


def body_of(ctx: Around, person: Party) -> Party | None:
    """What a person leads or stands for: the government of a head of state, the group of its leader."""
    offices = person.offices_on(ctx.on) or person.offices
    body = ctx.register.party(offices[0].of) if offices else None
    if body is None or body.kind not in ("state", "organ"):
        return body
    return ctx.register.party(f"{body.id.partition('.')[0]}.government") or body


def organ_of(ctx: Around, before: str, side: Sense | None, head: Sense, low: str) -> str:
    """The organ that "government troops", "rebel commander" name: as the register describes it, else by the side."""
    found = ctx.register.described(f"{before} {low}".strip())
    if found and (side is None or found != ctx.register.described(low)):  # else the side was only left out
        return found[0]
    if side is None or side.organ == "government":
        if head.organ and head.organ not in ("rebels", "militants", "opposition"):
            return head.organ
        return "armed-forces" if head.part == "fighters" else "government"
    if side.organ == "armed-forces" and head.organ in ("air-force", "navy"):
        return head.organ
    return side.organ or "government"


def of_state(
    ctx: Around, words: str, country: str, organ: str | None, part: str | None, sure: float, basis: str
) -> Identified:
    """An organ, or a group of people, of a country."""
    try:
        party = ctx.register.organ(country, organ or "government")
    except KeyError:
        return Identified(words, country=country, why=f"no {organ} of that country in the register")
    return Identified.of(ctx, words, party, basis, sure, part)


def of_nation(ctx: Around, words: str, country: str, head: Sense, last: Piece, form: Shape) -> Identified:
    """A country's adjective and a noun: "Jordanian border troops"."""
    organ = head.organ or next(iter(ctx.register.described(last.low)), None)
    if head.role == "back" or (organ is None) or (head.part in NEUTRAL and head.organ is None):
        return Identified(words, country=country, part=head.part, why="of that country, but of whom there is not said")
    part = "leaders" if head.role == "office" else head.part
    office = _holder(ctx, words, country, head) if head.role == "office" and form.definite else None
    return office or of_state(ctx, words, country, organ, part, 0.85 if head.role == "head" else 0.6, "organ")


def _holder(ctx: Around, words: str, country: str, head: Sense) -> Identified | None:
    """Who held an office of a state on the report's day, where the register knows exactly one."""
    if ctx.on is None or head.office is None:
        return None
    holders = _holders(ctx.register, country.lower(), head.office, ctx.on)
    return Identified.of(ctx, words, holders[0], "office", 0.7) if len(holders) == 1 else None


def in_office(ctx: Around, words: str, head: Sense, at: int) -> Identified | None:
    """ "The prime minister": the nearest person named before who was one, else that of the report's country."""
    office = head.office
    if office is None:
        return None

    def fits(party: Party) -> bool:
        held = party.offices_on(ctx.on) if ctx.on else party.offices
        return party.kind == "person" and any(office == o.office.lower() for o in held)

    near = ctx.before(at, fits)
    if near is not None:
        return Identified.of(ctx, words, near[0], "antecedent", 0.7)
    return _holder(ctx, words, ctx.country, head) if ctx.country else None


@lru_cache(maxsize=1024)
def _holders(register: Register, iso: str, office: str, on: str) -> tuple[Party, ...]:
    """Persons who held such an office of a country on a day; a deputy's is another."""
    return tuple(
        party for party in register
        if party.kind == "person" and any(
            o.of.startswith(f"{iso}.") and office in o.office.lower() and "deputy" not in o.office.lower()
            for o in party.offices_on(on)
        )
    )  # fmt: skip


def rules(ctx: Around, party: Party) -> bool:
    body = body_of(ctx, party) if party.kind == "person" else None
    return body is not None and body.kind in ("state", "organ")


def home(ctx: Around, tied: Piece) -> str | None:
    if not tied.beside:
        return None
    party = tied.beside[0].party
    body = body_of(ctx, party) if party.kind == "person" else party
    return body.country if body else None


def generic(
    ctx: Around, words: str, form: Shape, organ: str | None, part: str | None, sure: float, at: int
) -> Identified:
    """An organ or a group of people of the country that the words name, or that the report is about."""
    country, factor = ctx.country, 1.0
    if form.tie is not None and form.tie.way == "at":
        place = next((p for p in form.rest if p.countries and p.matches), None)
        if place is not None:
            country = place.matches[0].party.country or country
            factor = 1.2
    if country is None:
        return Identified(words, part=part, why="the report does not tell of which country")
    return of_state(ctx, words, country, organ, part, sure * factor, "description")


def country_of(piece: Piece) -> str | None:
    if piece.matches:
        return piece.matches[0].party.country or piece.countries[0]
    return piece.countries[0] if piece.countries else None
