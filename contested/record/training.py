"""What persons judged, as training data: reports in the codebook's form, with their statements as they now stand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from contested.record.judgements import log
from contested.record.told import iso

if TYPE_CHECKING:
    from sqlalchemy import Connection

#: Judgements that say how a report is to be coded. Sameness of incidents and parties is no part of that.
CODING = ("correct", "reject", "add", "confirm")


def training(connection: Connection) -> Iterator[dict[str, Any]]:
    """The reports on whose statements a person judged, in the order of the first judgement, with what stands of them.

    Each is one JSON object as the codebook has it: `id`, `outlet`, `title`, `published`, `url`, `text`, `statements`.
    `judged` adds how many of these a person wrote or confirmed; statements that nobody looked at stand among them as
    the program read them, and say so in `by`.
    """
    seen: dict[tuple[str, int], set[str]] = {}
    for one in log(connection, standing=True):
        if one.what in CODING:
            name, _, statement = (one.target, "", "") if one.what == "add" else one.target.rpartition("#")
            id_, _, number = name.rpartition("@")
            seen.setdefault((id_, int(number)), set()).update([statement] if one.what == "confirm" else [])
    for (id_, version), confirmed in seen.items():
        yield _report(connection, id_, version, confirmed)


def _report(connection: Connection, id_: str, version: int, confirmed: set[str]) -> dict[str, Any]:
    from sqlalchemy import select

    from contested.record import tables as t

    r, s = t.report.c, t.statement.c
    row = connection.execute(select(t.report).where(r.id == id_, r.version == version)).one()
    stands = connection.execute(
        select(s.id, s.body, s.judged)
        .where(s.report == row.number, s.gone.is_(None), s.overruled.is_(None))
        .order_by(s.quote_start, s.number)
    ).all()
    return {
        "id": row.id, "outlet": row.outlet, "title": row.title, "published": iso(row.published), "url": row.url,
        "text": row.text, "statements": [one.body for one in stands],
        "judged": sum(one.judged is not None or one.id in confirmed for one in stands),
    }  # fmt: skip
