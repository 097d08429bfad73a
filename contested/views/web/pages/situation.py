"""The situation: who holds what and who says so, as of a day, by what was known on another; the first page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Query

from contested.record.ground import Ground, Holder
from contested.record.mapping import disputes, happenings, hues, published
from contested.record.telling import as_told, tellers
from contested.record.told import party_key
from contested.views.web.asked import Opened
from contested.views.web.page import page
from contested.views.web.pages import map as map_page
from contested.views.web.rendering import link

router = APIRouter()
router.include_router(map_page.router)

#: A section is made from so many statements (ground from twice as many).
SECTION = 60
#: So many happenings are in the drawing that the server makes.
DRAWN = 300


@page(router, "/situation", "situation.html")
def situation(
    record: Opened, asked: map_page.Asked, limit: Annotated[int, Query(ge=1, le=400)] = SECTION
) -> dict[str, Any]:
    """Who holds what, sieges, want, casualties, talks, views and ties as of a day, by what was published by another.

    `source` is a teller: an id, `side:…`, `outlet:…` or words; `limit` statements make a section.
    """

    def made(connection: Any) -> dict[str, Any]:
        found = as_told(connection, asked.filter, asked.as_of, asked.source, limit)
        day, first, last = found.as_of, *published(connection)
        marks, at_odds = [], []
        if day is not None:
            about = (connection, asked.filter, day, asked.source)
            marks = happenings(*about, days=asked.days, limit=DRAWN)[0]
            at_odds = disputes(*about, days=asked.days, limit=DRAWN)
        known = map_page.parties(found.ground, hues(connection))
        return {
            **found.to_json(), "asked": asked.given, "days": asked.days, "limit": limit,
            "ground": [_with_keys(one) for one in found.ground],
            "parties": known, "first": first and first.isoformat(), "last": last and last.isoformat(),
            "steps": _steps(asked.given, day, asked.known_by),
            "tellers": [one.to_json() for one in tellers(connection, day)] if day else [],
            "drawing": map_page.drawing(found.ground, marks, at_odds, known),
        }  # fmt: skip

    return record.ask(made)


def _with_keys(one: Ground) -> dict[str, Any]:
    """A ground as JSON, whose holders name the party of `parties` that they are."""
    return {
        **one.to_json(), "holders": _keyed(one.holders), "besiegers": _keyed(one.besiegers),
        "former": _keyed(one.former), "lifted": _keyed(one.lifted),
    }  # fmt: skip


def _keyed(holders: Iterable[Holder]) -> list[dict[str, Any]]:
    return [{**holder.to_json(), "key": party_key(holder.party)} for holder in holders]


def _steps(given: dict[str, Any], as_of: date | None, known_by: date | None) -> dict[str, list[dict[str, str]]]:
    """Links a week and a day back and forth, on each clock."""
    steps = (("a week earlier", -7), ("a day earlier", -1), ("a day later", 1), ("a week later", 7))
    out: dict[str, list[dict[str, str]]] = {}
    for clock, day in (("as_of", as_of), ("known_by", known_by or as_of)):
        out[clock] = [
            {"name": name, "to": link("/situation", **{**given, clock: (day + timedelta(days=days)).isoformat()})}
            for name, days in steps if day and map_page.FIRST <= day + timedelta(days=days) <= map_page.LAST
        ]  # fmt: skip
    return out
