"""By which versions of the program the reports of a record are read, and were."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from contested.reading.pipeline import Reader

#: The reading of what persons write by hand.
PERSON = ("person", "")


def read_by(program: str, reader: Reader) -> tuple[str, str]:
    """Versions of reader and knowledge, as a record keeps them of what `reader` of a version of the program reads."""
    knowledge = reader.knowledge.version if reader.knowledge else ""
    return f"contested {program}, weights {reader.version}", knowledge


def reading_number(connection: Connection, reader: str, knowledge: str) -> int:
    """The number of a reading, which is put into the record where it is not there."""
    from sqlalchemy import select

    from contested.record.bulk import put_missing
    from contested.record.tables import reading

    query = select(reading.c.number).where(reading.c.reader == reader, reading.c.knowledge == knowledge)
    if (number := connection.scalar(query)) is not None:
        return int(number)
    put_missing(connection, reading, ("reader", "knowledge"), [(reader, knowledge)])
    return int(connection.scalars(query).one())


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
