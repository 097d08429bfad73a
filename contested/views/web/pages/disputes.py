"""Disputes: accounts that cannot all be so, a board by type with both quotes; one dispute; and a feed of new ones."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import Response

from contested.record.asking import Filter
from contested.record.record import Record
from contested.views.web import naming
from contested.views.web.asked import Asked, Opened, given
from contested.views.web.page import page
from contested.views.web.rendering import link

router = APIRouter()

#: Disputes on a page of one type, of each type on the board, in the feed; and those that are clustered anew.
SIZE, FIRST, FEED, KNOWN = 30, 4, 100, 200

Type = Literal["", "count", "responsibility", "means", "occurrence", "control", "victims", "time", "place"]
Page = Annotated[int, Query(ge=1, le=500, description="From 1.")]
Updates = Annotated[bool, Query(description="Counts that were only raised later, instead of disputes.")]


@page(router, "/disputes", "disputes.html")
def disputes(
    record: Opened, asked: Asked, disputed: Type = "", updates: Updates = False, page: Page = 1
) -> dict[str, Any]:
    """The disputes that rest on the statements asked for, newest first: a few of each type, or those of one.

    New is what came to be known last: the day by which both sides were published.
    """
    from contested.record import paged

    start = (page - 1) * SIZE
    if asked.known_by is None:
        types = record.ask(paged.counts, asked)
    else:
        known = _known(record, asked)
        types = [
            {"type": type_, **{name: sum(d["type"] == type_ and d["update"] is so for d in known)
                               for name, so in (("disputes", False), ("updates", True))}}
            for type_ in naming.DISPUTES
        ]  # fmt: skip

    def some(type_: str | None, size: int, first: int = 0) -> list[dict[str, Any]]:
        if asked.known_by is None:
            return record.ask(_page, asked, type_, updates, size, first)
        return [d for d in known if d["update"] is updates and type_ in (None, d["type"])][first : first + size]

    kind = "updates" if updates else "disputes"
    if disputed or updates or page > 1:
        board, found = [], some(disputed or None, SIZE, start)
    else:
        board = [{"type": one["type"], "disputes": some(one["type"], FIRST)} for one in types if one[kind]]
        found = []
    total = sum(one[kind] for one in types if disputed in ("", one["type"]))
    for one in types:
        one["about"] = naming.DISPUTES[one["type"]]
    return {
        "asked": given(asked), "disputed": disputed or None, "updates": updates, "page": page, "total": total,
        "more": bool(found) and start + len(found) < total, "types": types, "board": board, "disputes": found,
        "waiting": record.waiting(),
    }  # fmt: skip


def _page(connection: Any, asked: Filter, type_: str | None, updates: bool, size: int, first: int) -> Any:
    from contested.record import paged

    return paged.disputes(connection, asked, type_, updates=updates, limit=size, offset=first)


def _known(record: Record, asked: Filter) -> list[dict[str, Any]]:
    """The disputes by what had been published, in the order of a board."""
    from contested.record import single

    told = record.disputes(asked, None, KNOWN).to_json()
    ids = {position["report"] for one in told for position in one["accounts"]}
    published = {id_: one["published"] or "" for id_, one in record.ask(single.reports, ids).items()}
    for one in told:
        days = [published.get(position["report"], "") for position in one["accounts"]]
        one |= {"known": max(days, default="") or None, "date": None, "incident": None, "added": None}
    return sorted(told, key=lambda one: (one["known"] or "", one["id"]), reverse=True)


@page(router, "/dispute", "dispute.html")
def dispute(record: Opened, id: Annotated[str, Query(max_length=40)]) -> dict[str, Any]:
    """One dispute: what each account says, in which words, slot by slot."""
    from contested.record import comparing, single

    body = record.ask(single.dispute, id)
    if body is None:
        raise HTTPException(404, f"no dispute {id!r}: disputes are made anew as reports are added and judged")
    accounts = record.ask(single.accounts, list(dict.fromkeys(one["account"] for one in body["accounts"])))
    rows = comparing.rows(accounts)
    for row in rows:
        for one in row["accounts"]:
            one |= {
                "called": naming.deed(one["type"], one["mode"]),
                "code": naming.code(one["kind"], one["type"], one["mode"]),
            }
    return {**body, "what_about": naming.DISPUTES[body["type"]], "rows": rows}


@router.get("/disputes.atom", tags=["record"], response_class=Response,
            responses={200: {"content": {"application/atom+xml": {}}}})  # fmt: skip
def feed(request: Request, record: Opened, asked: Asked, disputed: Type = "", updates: Updates = False) -> Response:
    """New disputes as an Atom feed (RFC 4287), with the filters of the board; the latest 100."""
    from contested.views.web.feed import Entry, atom

    if asked.known_by is None:
        found = record.ask(_page, asked, disputed or None, updates, FEED, 0)
    else:
        found = [d for d in _known(record, asked) if d["update"] is updates and disputed in ("", d["type"])][:FEED]
    base = str(request.base_url).rstrip("/")
    again = naming.again(given(asked), disputed=disputed, updates=updates)
    entries = [
        Entry(
            f"dispute {one['id']}", one["sentence"], base + link("/dispute", id=one["id"]), _moment(one), one["type"],
            [(said["source"] or said["report"], said["quote"]) for said in one["accounts"]],
        )
        for one in found
    ]  # fmt: skip
    title = f"{'Counts raised' if updates else 'Disputes'} in {request.app.state.title}"
    name = link(f"disputes of {request.app.state.title}", **again)
    told = atom(name, title, base + link("/disputes", **again), base + link("/disputes.atom", **again), entries)
    return Response(told, media_type="application/atom+xml")


def _moment(one: dict[str, Any]) -> str:
    """When both sides were known, as an ISO moment: the day of publication; where that is unknown, of adding."""
    if one["known"]:
        return f"{date.fromisoformat(one['known']).isoformat()}T00:00:00Z"
    added = (one["added"] or "1970-01-01T00:00:00").partition("+")[0]
    return f"{added}Z"
