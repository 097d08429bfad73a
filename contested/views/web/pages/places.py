"""Places: of which much is told, and all that is told of one of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Query

from contested.record import telling, wheres, whos
from contested.record.asking import Filter
from contested.record.told import iso
from contested.views.web.asked import WORDS, Asked, Opened, Words, given
from contested.views.web.lines import line
from contested.views.web.page import page

router = APIRouter()

Id = Annotated[str, Query(min_length=1, max_length=WORDS, description="An id of a gazetteer, or a name in the record.")]
Page = Annotated[int, Query(ge=1, le=500, description="From 1.")]
#: Places on a page; statements of who held one, incidents, disputes, places within, ground in it.
SIZE, HELD, INCIDENTS, DISPUTES, WITHIN, GROUND = 50, 60, 20, 8, 60, 30
#: A situation's sections are made from so many statements here.
SECTION = 100


@page(router, "/places", "places.html")
def places(record: Opened, words: Words = None, page: Page = 1) -> dict[str, Any]:
    """The places that statements name, those told of most first; `words` of their names narrow. `unplaced`: words for
    places that no gazetteer has."""
    found = record.ask(wheres.places, words or None)
    start = (page - 1) * SIZE
    return {
        "words": words or None, "page": page, "total": len(found), "more": start + SIZE < len(found), "start": start,
        "places": [one.to_json() for one in found[start : start + SIZE]],
        "unplaced": record.ask(wheres.unplaced, words or None) if page == 1 else [],
    }  # fmt: skip


@page(router, "/place", "place.html")
def place(record: Opened, asked: Asked, id: Id) -> dict[str, Any]:
    """One place: where it is, who is told to have held it, incidents, disputes, tolls, what lies within it. A name that
    several places have is answered with these (`others`). 400 where the record has no such place."""
    ids = record.ask(wheres.called, id)
    rows = [row for one in ids if (row := record.ask(wheres.place, one))]
    rows.sort(key=lambda row: (-row.told, row.id))
    about = rows[0].id if rows else ids[0]
    row = rows[0] if rows else None
    asked = replace(asked, place=None)
    there = Filter(place=about, known_by=asked.known_by, party=asked.party)
    numbers = record.ask(wheres.numbers_in, about)
    ground = record.ask(telling.as_told, there, asked.end, None, SECTION, "ground")
    tolls = record.ask(telling.as_told, there, asked.end, None, SECTION, "casualties")
    itself_first = sorted(ground.ground, key=lambda one: one.place.id != about)
    holders = record.ask(wheres.holders, about)
    return {
        "id": id, "asked": given(asked), "place": row.to_json() if row else None, "about": about,
        "name": row.name if row else about, "others": [one.to_json() for one in rows[1:]],
        "holders": holders, "near": record.ask(wheres.near, row) if row else [],
        "kinds": record.ask(wheres.kinds_in, about, asked),
        "as_of": iso(ground.as_of), "ground": [one.to_json() for one in itself_first[:GROUND]],
        "held": [line(one) for one in record.ask(wheres.held, about, asked, HELD)],
        "incidents": record.ask(whos.incidents, numbers, INCIDENTS),
        "disputes": record.ask(whos.disputes, numbers, DISPUTES),
        "tolls": [one.to_json() for one in tolls.casualties],
        "within": [one.to_json() for one in record.ask(wheres.within, about, WITHIN)],
    }  # fmt: skip
