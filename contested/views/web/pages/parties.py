"""Parties: who is told of, and all that is told of one of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any, Literal

from fastapi import APIRouter, HTTPException, Query

from contested.record import telling, tied, whos
from contested.record.account import Who
from contested.record.asking import Filter, is_id
from contested.record.ground import Ground, Holder
from contested.record.record import Record
from contested.record.told import iso
from contested.register import Party, Span, Tie, load_register
from contested.views.web.asked import WORDS, Asked, Opened, Words, given
from contested.views.web.lines import line, what
from contested.views.web.page import page

router = APIRouter()

Id = Annotated[str, Query(min_length=1, max_length=WORDS, description="An id of the register, or words.")]
Page = Annotated[int, Query(ge=1, le=500, description="From 1.")]
Part = Literal["", "did", "suffered", "said", "others"]
#: Parties on a page; statements of each part of one party's page, and of the one that is asked for.
SIZE, FEW, MANY = 50, 5, 60
#: So many incidents, disputes, grounds and office holders of a party.
INCIDENTS, DISPUTES, GROUND, HOLDERS = 12, 6, 40, 20


@page(router, "/parties", "parties.html")
def parties(record: Opened, words: Words = None, page: Page = 1) -> dict[str, Any]:
    """The parties that statements name, those told of most first; `words` of their names narrow."""
    found = record.ask(whos.parties, words or None)
    start = (page - 1) * SIZE
    return {
        "words": words or None, "page": page, "total": len(found), "more": start + SIZE < len(found), "start": start,
        "parties": [one.to_json() for one in found[start : start + SIZE]],
    }  # fmt: skip


@page(router, "/party", "party.html")
def party(record: Opened, asked: Asked, id: Id, part: Part = "") -> dict[str, Any]:
    """One party: names over time, what it did, suffered and said, what others say of it, incidents, disputes, ties,
    ground. `part` with `kind` or `type` lists more of one part. 404 where neither record nor register has it."""
    row = record.ask(whos.party, id)
    if row is None:
        raise HTTPException(404, f"neither the record nor the register has a party {id!r}")
    asked = replace(asked, party=None)
    numbers = record.ask(whos.numbers_of, id)
    ties = record.ask(tied.ties, id, replace(asked, type=None))
    self_ = Who(row.name, row.id, row.name, row.kind, row.country)
    return {
        "id": id, "asked": given(asked), "part": part or None, "party": row.to_json(), "register": registered(row.id),
        "names": record.ask(whos.names, id),
        "parts": [_part(record, id, asked, one, one == part) for one in ("did", "suffered", "said", "others")],
        "tellers": record.ask(lambda connection: whos.tellers(connection, _asked(connection, id, asked, "others"))),
        "incidents": record.ask(whos.incidents, numbers, INCIDENTS),
        "disputes": record.ask(whos.disputes, numbers, DISPUTES),
        "ties": [one.to_json() for one in ties], "network": record.ask(tied.network, self_, ties),
        "ground": _ground(record, id, asked),
    }  # fmt: skip


def _asked(connection: Any, id_: str, asked: Filter, part: str) -> Any:
    return whos.of_party(connection, id_, replace(asked, kind=None, type=None), part)


def _part(record: Record, id_: str, asked: Filter, part: str, chosen: bool) -> dict[str, Any]:
    """A part of what is told: how much of which type, and the latest of it; of a part that was chosen more, and of the
    kind and type asked for alone."""
    types = record.ask(lambda connection: whos.types(connection, _asked(connection, id_, asked, part)))
    most = MANY if chosen else FEW
    narrow = asked if chosen else replace(asked, kind=None, type=None)
    found = record.ask(
        lambda connection: whos.latest(connection, whos.of_party(connection, id_, narrow, part), most + 1)
    )
    return {
        "part": part, "told": sum(one["told"] for one in types), "more": len(found) > most,
        "types": [{**one, "what": what(one["kind"], one["type"])} for one in types],
        "statements": [line(one) for one in found[:most]],
    }  # fmt: skip


def _ground(record: Record, id_: str, asked: Filter) -> dict[str, Any]:
    """The ground that a party holds, besieges, or held until lately, at the end of the days asked for."""
    about = Filter(party=id_, place=asked.place, known_by=asked.known_by)
    found = record.ask(telling.as_told, about, asked.end, None, 100, "ground")
    rows = [row for ground in found.ground for row in _held(ground, id_)]
    return {"as_of": iso(found.as_of), "held": rows[:GROUND], "more": len(rows) > GROUND}


def _held(ground: Ground, id_: str) -> list[dict[str, Any]]:
    return [
        {
            "how": how, "place": ground.place.id, "name": ground.place.called, "contested": ground.contested,
            "share": one.share, "since": iso(one.since), "latest": iso(one.latest), "until": iso(one.until),
            "told": one.told,
            "others": [{"party": other.party.id, "name": other.party.called} for other in beside if other is not one],
            "accounts": [told.to_json() for told in one.accounts],
        }
        for how, some, beside in (
            ("holds", ground.holders, ground.holders), ("besieges", ground.besiegers, ground.holders),
            ("held", ground.former, ground.holders), ("besieged", ground.lifted, ()),
        )
        for one in some
        if _is(one, id_)
    ]  # fmt: skip


def _is(one: Holder, id_: str) -> bool:
    return one.party.id == id_ if is_id(id_) else one.party.id is None and one.party.text.casefold() == id_.casefold()


def registered(id_: str | None) -> dict[str, Any] | None:
    """What the register has of a party; None where it has none. Dates are as precise as it knows them."""
    register = load_register()
    known = register.party(id_) if id_ else None
    if known is None:
        return None
    after = register.party(known.succeeded_by) if known.succeeded_by else None
    return {
        "name": known.name, "kind": known.kind, "class": known.cls, "countries": list(known.countries),
        **_when(known.when), "sides": [{"country": country, "side": side} for country, side in known.side],
        "names": [
            {"name": one.name, "aliases": list(one.aliases), "scripts": list(one.scripts), **_when(one.when)}
            for one in known.names
        ],
        "part_of": [_tie(one) for one in known.part_of], "ally_of": [_tie(one) for one in known.ally_of],
        "succeeded_by": {"party": after.id, "name": after.name} if after else None,
        "offices": [
            {"office": one.office, "party": one.of, "name": _name(one.of), **_when(one.when)} for one in known.offices
        ],
        "holders": [
            {"party": person.id, "name": person.name, "office": one.office, **_when(one.when)}
            for person, one in _holders(known)
        ],
    }  # fmt: skip


def _holders(known: Party) -> list[tuple[Party, Any]]:
    """The persons who held offices of a body, the latest first."""
    found = [
        (person, one) for person in load_register().holders(known.id) for one in person.offices if one.of == known.id
    ]
    return sorted(found, key=lambda one: (one[1].when.start or "", one[0].name), reverse=True)[:HOLDERS]


def _when(span: Span) -> dict[str, str | None]:
    return {"from": span.start, "to": span.end}


def _tie(one: Tie) -> dict[str, Any]:
    return {"party": one.party, "name": _name(one.party), **_when(one.when)}


def _name(id_: str) -> str:
    found = load_register().party(id_)
    return found.name if found else id_
