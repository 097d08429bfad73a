"""The links of a record: kept, forgotten, followed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from contested.record.books import Books, versions
from contested.record.bulk import chunks
from contested.record.clustering import surest
from contested.record.linking import Link

if TYPE_CHECKING:
    from sqlalchemy import Connection


def closure(connection: Connection, numbers: set[int]) -> set[int]:
    """These statements and all that links, however indirectly, tie them to."""
    from sqlalchemy import select

    t = _t()
    found, fresh = set(numbers), set(numbers)
    while fresh:
        near: set[int] = set()
        for some in chunks(sorted(fresh)):
            near.update(connection.scalars(select(t.link.c.other).where(t.link.c.one.in_(some))).all())
            near.update(connection.scalars(select(t.link.c.one).where(t.link.c.other.in_(some))).all())
        fresh = near - found
        found |= fresh
    return found


def forget(connection: Connection, reports: Sequence[int]) -> None:
    """Take away the links of all versions of these reports."""
    from sqlalchemy import or_, select

    t = _t()
    mine = select(t.statement.c.number).where(t.statement.c.report.in_(versions(connection, reports)))
    connection.execute(t.link.delete().where(or_(t.link.c.one.in_(mine), t.link.c.other.in_(mine))))


def keep(connection: Connection, books: Books, links: Sequence[Link]) -> None:
    """Write links."""
    rows = {
        (books.number[one.one], books.number[one.other]): one
        for one in links if one.one in books.number and one.other in books.number
    }  # fmt: skip
    if rows:
        connection.execute(
            _t().link.insert(),
            [{"one": a, "other": b, "score": one.score, "why": list(one.why)} for (a, b), one in rows.items()],
        )


def links_of(connection: Connection, books: Books, numbers: Collection[int]) -> list[Link]:
    """The links among these statements, by their keys."""
    from sqlalchemy import select

    t = _t()
    found = []
    for some in chunks(sorted(numbers)):
        for row in connection.execute(select(t.link).where(t.link.c.one.in_(some))):
            if row.one in books.key and row.other in books.key:
                one, other = sorted((books.key[row.one], books.key[row.other]))
                found.append(Link(one, other, row.score, tuple(row.why)))
    return sorted(found, key=surest)


def joined(connection: Connection, books: Books, pairs: Sequence[tuple[str, str]]) -> list[Link]:
    """The links that a person made, of pairs that both stand and tell of a happening."""
    from sqlalchemy import select

    report = _t().report.c
    ids = sorted({key.rpartition("@")[0] for pair in pairs for key in pair})
    numbers = [n for some in chunks(ids) for n in connection.scalars(select(report.number).where(report.id.in_(some)))]
    told = {sketch.key for sketch in books.of(numbers)}
    return [Link(a, b, 1.0, ("a person joined them",)) for a, b in pairs if a in told and b in told]


def _t() -> Any:
    from contested.record import tables

    return tables
