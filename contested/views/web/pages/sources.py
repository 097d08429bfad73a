"""Sources: who says how much, how often alone, confirmed or disputed; and one source with what it says."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, HTTPException, Query

from contested.record.sources import FEW
from contested.views.web import naming
from contested.views.web.asked import WORDS, Asked, Opened, given
from contested.views.web.page import page

router = APIRouter()

#: Sources that are counted and sorted: those that said most. Statements on a page of one source.
MOST, SIZE = 300, 50
#: Columns by which sources are sorted; of those of words the first comes first, of numbers and days the last.
WORDED = ("source", "class")
Sort = Literal[
    "source", "class", "statements", "reports", "outlets", "happenings", "corroborated", "alone", "disputed", "first",
    "last",
]  # fmt: skip

Page = Annotated[int, Query(ge=1, le=500, description="From 1.")]
Only = Literal["", "alone", "confirmed", "disputed"]


@page(router, "/sources", "sources.html")
def sources(
    record: Opened, asked: Asked, sort: Sort = "statements",
    up: Annotated[bool, Query(description="The other way round.")] = False,
) -> dict[str, Any]:  # fmt: skip
    """Who says what in the statements asked for, sorted by a column: the 300 sources that said most."""
    found = [row.to_json() for row in record.sources(asked, MOST)]
    for one in found:
        one["name"] = one["party"] or one["source"].casefold()
        one["few"] = one["happenings"] < FEW
    present = [one for one in found if one[sort] not in (None, "")]
    absent = [one for one in found if one[sort] in (None, "")]
    by = (lambda one: one[sort].casefold()) if sort in WORDED else (lambda one: one[sort])
    present.sort(key=by, reverse=(sort not in WORDED) is not up)
    return {
        "asked": given(asked), "sort": sort, "up": up, "few": FEW, "all": len(found) < MOST, "most": MOST,
        "sources": present + absent,
    }  # fmt: skip


@page(router, "/source", "source.html")
def source(
    record: Opened, asked: Asked, name: Annotated[str, Query(min_length=1, max_length=WORDS)], only: Only = "",
    page: Page = 1,
) -> dict[str, Any]:  # fmt: skip
    """One source (an id of the register, or the words reports call it by): what it says, the latest first."""
    from contested.record import comparing, speaking

    row = record.ask(speaking.source, name, asked)
    if row is None and not given(asked):
        raise HTTPException(404, f"nobody called {name!r} says anything in this record")
    found = record.ask(speaking.statements, name, asked, only or None, SIZE + 1, (page - 1) * SIZE) if row else []
    told = []
    for account, beside in found[:SIZE]:
        one = comparing.cells(account)
        one |= {"called": naming.deed(account.type, account.mode), **beside}
        one |= {"code": naming.code(account.kind, account.type, account.mode), "day": _day(account.day)}
        told.append(one)
    counts = row.to_json() if row else None
    return {
        "name": name, "called": (row.source if row else None) or naming.party(name) or name,
        "party": row.party if row else None, "counts": counts, "few": bool(row and row.happenings < FEW),
        "words": record.ask(speaking.called, name), "asked": given(asked), "only": only or None, "page": page,
        "more": len(found) > SIZE, "statements": told,
        "disputes": record.ask(speaking.disputes, name, asked) if row else [],
        "incidents_alone": record.ask(speaking.incidents_alone, name, asked) if row else [],
    }  # fmt: skip


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None
