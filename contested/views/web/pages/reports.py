"""A report with its statements marked in place, and the list of reports."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, HTTPException, Query, Request

from contested.record.record import Record
from contested.views.web.asked import Asked, Limit, Opened, given
from contested.views.web.page import page

router = APIRouter()

Id = Annotated[str, Query(max_length=2000, description="The id that the report came with.")]
Version = Annotated[int | None, Query(ge=1, le=1_000_000, description="Which version; the latest if none is named.")]
#: Ids of incidents and disputes, as a redirect hands them on.
Fresh = Annotated[str | None, Query(max_length=2000, pattern=r"^[0-9a-f]{16}(,[0-9a-f]{16})*$")]
Edit = Annotated[str | None, Query(max_length=16, description="The statement to correct: its id.")]
#: What came of adding it just now, as the redirect tells.
Added = Literal["new", "version", "withdrawn", "reread", "same"] | None
#: Pages of the list of reports.
Nth = Annotated[int, Query(ge=1, le=100_000)]


@page(router, "/report", "report.html")
def report(
    request: Request,
    record: Opened,
    id: Id,
    version: Version = None,
    edit: Edit = None,
    fresh: Fresh = None,
    added: Added = None,
) -> dict[str, Any]:
    """A report: its text with statements marked in place, their slots, and what other reports say of the same.

    `fresh` are ids of incidents and disputes that are new since it was added, `added` what came of adding it.
    """
    from contested.views.web.sent import who_of

    found = shown(record, id, version)
    if found is None:
        raise HTTPException(404, f"the record has no report {id!r}" + (f" version {version}" if version else ""))
    statements = found["report"]["statements"]
    edited = next((one for one in statements if one["id"] == edit and one["stands"]), None)
    return {
        **found, "edit": edited["id"] if edited else None, "fresh": fresh.split(",") if fresh else [],
        "added": added, "who": who_of(request),
    }  # fmt: skip


def shown(record: Record, id_: str, version: int | None) -> dict[str, Any] | None:
    """All that the page of a report tells; None where the record does not have it."""
    from contested.record.reports import facts_of, report, told_elsewhere
    from contested.record.wording import changes
    from contested.views.web.cards import CHOICES, card, marked

    found = record.ask(report, id_, version)
    if found is None:
        return None
    elsewhere = record.ask(told_elsewhere, id_, found["version"])
    before = record.ask(facts_of, id_, found["version"] - 1) if found["version"] > 1 else None
    stands = [one for one in found["statements"] if one["stands"]]
    for n, one in enumerate(stands, 1):
        one |= {
            "n": n, "card": card(one),
            "incidents": [i["id"] for i in elsewhere["incidents"] if one["id"] in i["statements"]],
            "disputes": [d["id"] for d in elsewhere["disputes"] if one["id"] in d["statements"]],
        }  # fmt: skip
    url = found["url"] if (found["url"] or "").lower().startswith(("http://", "https://")) else None
    changed = None
    if before is not None:
        names = ("outlet", "title", "url", "published")
        changed = {
            "since": found["version"] - 1,
            "facts": [
                {"what": name, "before": before[name], "after": found[name]}
                for name in names if before[name] != found[name]
            ],
            "text": [part._asdict() for part in changes(before["text"], found["text"])],
        }  # fmt: skip
    return {
        "report": {**found, "href": url}, **elsewhere, "changed": changed,
        "paragraphs": marked(found["text"], stands), "choices": CHOICES,
    }  # fmt: skip


@page(router, "/reports", "reports.html")
def reports(
    record: Opened,
    asked: Asked,
    order: Literal["published", "added"] = "published",
    page: Nth = 1,
    limit: Limit = 100,
    added: Annotated[int | None, Query(ge=0, le=1000, description="So many were added just now.")] = None,
) -> dict[str, Any]:
    """The reports that have statements asked for, the last published (or added) first.

    `from` and `to` are days of publication here.
    """
    from contested.record.reports import reports as listed

    found = record.ask(listed, asked, order, limit + 1, (page - 1) * limit)
    return {
        "asked": given(asked), "order": order, "page": page, "more": len(found) > limit, "reports": found[:limit],
        "limit": limit, "added": added,
    }  # fmt: skip
