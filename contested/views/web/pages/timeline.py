"""Timeline: how much is told of which days and places, and what that is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any, Literal

from fastapi import APIRouter

from contested.record import timeline as days
from contested.views.web.asked import Asked, Day, Opened, given
from contested.views.web.lines import line
from contested.views.web.page import page

router = APIRouter()

#: What the table of places may count: a series, all of these statements, or every statement.
Counted = Literal["incidents", "ground", "talks", "tolls", "any", "all"]
#: So many incidents and statements are listed, the latest.
INCIDENTS, STATEMENTS = 60, 100
#: So many labels stand under the bars at most.
TICKS = 9


@page(router, "/timeline", "timeline.html")
def timeline(
    record: Opened, asked: Asked, since: Day = None, until: Day = None, heat: Counted = "incidents"
) -> dict[str, Any]:
    """Incidents, ground that changed hands, talks and tolls by day. Bars stand for `since` to `until` (else the days of
    the record's reports), the lists and the table of places for `from` to `to`; `heat` is what the table counts."""
    told: dict[str, Any] = {
        "asked": given(asked), "series": days.SERIES, "heat_of": heat, "zoomed": bool(since or until),
        "since": since and since.isoformat(), "until": until and until.isoformat(), "whole": None, "timeline": None,
        "ticks": [], "from": None, "to": None, "heat": None, "incidents": [], "statements": [], "more": False,
    }  # fmt: skip
    spanned, whole = record.ask(days.span, asked), record.ask(days.whole)
    if spanned is None or whole is None:
        return told
    first, last = since or spanned[0], until or spanned[1]
    first, last = min(first, last, asked.start or first), max(first, last, asked.end or last)
    bars = record.ask(days.timeline, replace(asked, start=None, end=None), first, last)
    start, end = asked.start or bars.first, asked.end or bars.last
    incidents = record.ask(days.happened_on, asked, start, end, INCIDENTS + 1)
    statements = record.ask(days.told_on, asked, start, end, STATEMENTS + 1)
    places = record.ask(days.heat, asked, start, end, heat).to_json()
    places["groups"] = groups(places)
    places["most"] = max((n for row in places["rows"] for n in row["counts"]), default=0)
    return told | {
        "whole": {"first": whole[0].isoformat(), "last": whole[1].isoformat()},
        "timeline": bars.to_json(), "ticks": list(ticks(bars)), "from": start.isoformat(), "to": end.isoformat(),
        "heat": places, "incidents": incidents[:INCIDENTS],
        "statements": [{**line(one), "series": series} for series, one in statements[:STATEMENTS]],
        "more": len(incidents) > INCIDENTS or len(statements) > STATEMENTS,
    }  # fmt: skip


def ticks(bars: days.Timeline) -> Iterator[dict[str, Any]]:
    """Where labels stand under the bars: `at` (a share of the width), `label`; every second is `minor`."""
    starts = next(some for some in _marks(bars.first, bars.last) if len(some) <= TICKS)
    apart = (starts[1] - starts[0]).days if len(starts) > 1 else 0
    form = "%Y" if apart > 300 else "{} %b %Y" if apart < 27 else "%b %Y"
    for n, start in enumerate(starts):
        at = sum(bucket.end < start for bucket in bars.buckets) / len(bars.buckets)
        yield {"at": round(at, 5), "label": start.strftime(form).format(start.day), "minor": n % 2 == 1}


def _marks(first: date, last: date) -> Iterator[list[date]]:
    """Days that a label could stand at, ever fewer."""
    for unit, step in (("day", 1), ("week", 1), ("week", 2), ("month", 1), ("month", 3), ("month", 6)):
        if (last - first).days < 3000:
            yield _every(first, last, unit, step)
    for step in (1, 2, 5, 10, 20, 50, 100):
        yield _every(first, last, "year", step)


def _every(first: date, last: date, unit: Any, step: int) -> list[date]:
    starts = [start for start, _ in days.stretches(first, last, unit) if start >= first]
    if unit == "month":
        starts = [start for start in starts if (start.month - 1) % step == 0]
    elif unit == "year":
        starts = [start for start in starts if start.year % step == 0]
    else:
        starts = starts[::step]
    return starts or [first]


def groups(places: dict[str, Any]) -> list[dict[str, Any]]:
    """What stands over the columns of the table of places: `label` and how many columns it is over (`columns`). Each
    column is given a `label` of its own: the day of the month, the month's letter, the year."""
    unit = places["unit"]
    made: list[dict[str, Any]] = []
    for column in places["columns"]:
        start = date.fromisoformat(column["from"])
        label = "" if unit == "year" else f"{start:%Y}" if unit == "month" else f"{start:%b %Y}"
        column["label"] = {"month": f"{start:%b}"[:1], "year": f"{start:%Y}"}.get(unit, str(start.day))
        if not made or made[-1]["label"] != label:
            made.append({"label": label, "columns": 0})
        made[-1]["columns"] += 1
    return made
