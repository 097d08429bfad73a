"""Stand-ins for what is derived: incidents and disputes put together by day and place alone, to time questions by.

Deriving them for a million statements takes an hour; how soon a record answers depends on how many there are and how
large, not on which statements are in them. They are no measure of linking.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from sqlalchemy import Engine, select

from contested.record import tables as t
from contested.record.bulk import Values, put
from contested.record.engine import writes
from contested.record.told import iso

#: At most so many accounts an incident, as few happenings of the hand-made groups have more.
MOST = 12
_INCIDENT = ("number", "id", "type", "mode", "start", "end", "place", "reports", "voices", "known", "body")
_DISPUTE = ("number", "id", "type", "update", "incident", "place", "start", "known", "body")


def stand_in(engine: Engine) -> tuple[int, int]:
    """Fill the tables of incidents and disputes of a record that has none: how many of each."""
    incidents: list[Values] = []
    disputes: list[Values] = []
    told_of: list[Values] = []
    disputed: list[Values] = []
    with writes(engine).begin() as connection:
        for n, told in enumerate(_groups(connection), 1):
            body, first = _body(n, told), told[0]
            day, known, count = iso(first.day), iso(first.published), len(told)
            of_all = (n, f"{n:016x}", first.type, first.mode, day, day, first.place, count, count, known)
            incidents.append((*of_all, json.dumps(body)))
            told_of += ((one.number, n, 0) for one in told)
            if len({one.quote for one in told}) > 1 and n % 3 == 0:  # a third, as in the real record
                number, at_odds = len(disputes) + 1, {**body, "type": "count", "sentence": first.quote}
                of_both = (number, f"{n:016x}", "count", 0, n, first.place, day, known)
                disputes.append((*of_both, json.dumps(at_odds)))
                disputed += ((number, one.number) for one in told[:2])
        put(connection, t.incident, _INCIDENT, incidents)
        put(connection, t.told, ("statement", "incident", "again"), told_of)
        put(connection, t.dispute, _DISPUTE, disputes)
        put(connection, t.disputed, ("dispute", "statement"), disputed)
    return len(incidents), len(disputes)


def _groups(connection: Any) -> Iterator[list[Any]]:
    """Attacks of one day and place that two reports or more tell of."""
    s, spot = t.statement.c, t.spot.c
    query = (
        select(s.number, s.report, s.type, s.mode, s.day, s.published, s.quote, spot.place)
        .join(t.spot, spot.statement == s.number)
        .where(s.type == "ASSAULT", s.day.is_not(None), spot.rank == 0, spot.place.is_not(None))
        .order_by(s.day, spot.place, s.number)
    )
    rows = connection.execute(query).all()
    for _, together in groupby(rows, key=lambda row: (row.day, row.place)):
        told = {row.report: row for row in together}
        if len(told) > 1:
            yield list(told.values())[:MOST]


def _body(n: int, told: list[Any]) -> dict[str, Any]:
    """As large as that of a real incident."""
    reports = [{"id": f"syn-{one.report}", "quote": one.quote, "anchor": one.quote.split()[0]} for one in told]
    links = [{"accounts": [str(one.number), str(told[0].number)], "score": 0.9,
              "why": ["same place", "same day", "same act"]} for one in told[1:]]  # fmt: skip
    return {"incident": f"{n:016x}", "what": told[0].quote, "date": told[0].day.isoformat(), "reports": reports,
            "links": links, "disputes": [], "type": told[0].type}  # fmt: skip
