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
from contested.record.engine import writes

#: At most so many accounts an incident, as few happenings of the hand-made groups have more.
MOST = 12


def stand_in(engine: Engine) -> tuple[int, int]:
    """Fill the tables of incidents and disputes of a record that has none: how many of each."""
    counts = [0, 0]
    with writes(engine).begin() as connection:
        for n, told in enumerate(_groups(connection), 1):
            body = _body(n, told)
            first = told[0]
            connection.execute(t.incident.insert().values(
                number=n, id=f"{n:016x}", type=first.type, mode=first.mode, start=first.day, end=first.day,
                place=first.place, reports=len(told), voices=len(told), known=first.published, body=body,
            ))  # fmt: skip
            rows = [{"statement": one.number, "incident": n, "again": False} for one in told]
            connection.execute(t.told.insert(), rows)
            counts[0] += 1
            if len({one.quote for one in told}) > 1 and n % 3 == 0:  # a third, as in the real record
                counts[1] += 1
                connection.execute(t.dispute.insert().values(
                    number=counts[1], id=f"{n:016x}", type="count", update=False, incident=n, place=first.place,
                    start=first.day, known=first.published, body={**body, "type": "count", "sentence": first.quote},
                ))  # fmt: skip
                pair = [{"dispute": counts[1], "statement": one.number} for one in told[:2]]
                connection.execute(t.disputed.insert(), pair)
    return counts[0], counts[1]


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
    body = {"incident": f"{n:016x}", "what": told[0].quote, "date": told[0].day.isoformat(), "reports": reports,
            "links": links, "disputes": [], "type": told[0].type}  # fmt: skip
    return json.loads(json.dumps(body))  # type: ignore[no-any-return]
