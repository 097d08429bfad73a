"""By which versions of the program the reports of a record were read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlalchemy import Connection


def readings(connection: Connection) -> list[dict[str, Any]]:
    """Each version of reader and knowledge with how many reports it was the last to read; those with most first."""
    from sqlalchemy import func, select

    from contested.record.tables import reading, report

    query = (
        select(reading.c.reader, reading.c.knowledge, func.count(report.c.number).label("reports"))
        .join(report, report.c.read_by == reading.c.number)
        .group_by(reading.c.reader, reading.c.knowledge)
        .order_by(func.count(report.c.number).desc(), reading.c.reader, reading.c.knowledge)
    )
    return [dict(row._mapping) for row in connection.execute(query)]
