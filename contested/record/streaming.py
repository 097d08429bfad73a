"""All that a record has of what is asked for, a few reports at a time: what exports are made from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from contested.record import happenings
from contested.record.account import Account
from contested.record.asking import Filter, account, chosen
from contested.statement import Report, Statement

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from contested.record.signals import Related

#: So many reports, or derived things, are held at a time.
AT_ONCE = 200


def reports(connection: Connection, asked: Filter) -> Iterator[tuple[int, Report]]:
    """The reports with the statements asked for, in the order they were added, each with these in text order.

    Each with the number that the record gives it.

    A report without any of them is given only where nothing narrows what is asked.
    """
    for row, said in _by_report(connection, asked):
        yield row.number, _report(row, said)


def _report(row: Any, said: Sequence[Any]) -> Report:
    return Report(
        row.text, id=row.id, outlet=row.outlet, title=row.title, url=row.url, extra=row.extra,
        published=row.published.isoformat() if row.published else None,
        statements=tuple(Statement.from_json(one.body, row.text) for one in said),
    )  # fmt: skip


def entire(connection: Connection, number: int) -> tuple[list[str], Report]:
    """The version of a report under a number with all that it says, and the keys of its statements."""
    from sqlalchemy import select

    from contested.record import tables as t

    s = t.statement.c
    query = chosen(connection, Filter(), all_versions=True).where(s.report == number)
    said = connection.execute(query.order_by(s.quote_start, s.number)).all()
    row = connection.execute(select(t.report).where(t.report.c.number == number)).one()
    return [account(one).key for one in said], _report(row, said)


def number_of(connection: Connection, id_: str, version: int | None) -> int | None:
    """The number of a version of a report, or of its latest; None where there is none."""
    from sqlalchemy import select

    from contested.record.tables import report as r

    query = select(r.c.number).where(r.c.id == id_)
    return connection.scalar(query.where(r.c.latest if version is None else r.c.version == version))


def statements(connection: Connection, asked: Filter) -> Iterator[tuple[Account, Mapping[str, Any]]]:
    """The accounts asked for in the same order, each with its report's `title`, `url` and `text`."""
    for row, said in _by_report(connection, asked):
        about = {"title": row.title, "url": row.url, "text": row.text}
        for one in said:
            yield account(one), about


def _by_report(connection: Connection, asked: Filter) -> Iterator[tuple[Any, list[Any]]]:
    from sqlalchemy import select

    from contested.record import tables as t

    s, r = t.statement.c, t.report.c
    if asked.empty:
        numbers = connection.scalars(select(r.number).where(r.latest).order_by(r.number)).all()
    else:
        numbers = connection.scalars(
            chosen(connection, asked).with_only_columns(s.report).distinct().order_by(s.report)
        ).all()
    for some in _batches(numbers):
        told = defaultdict(list)
        for row in connection.execute(
            chosen(connection, asked).where(s.report.in_(some)).order_by(s.report, s.quote_start, s.number)
        ):
            told[row.report].append(row)
        for row in connection.execute(select(t.report).where(r.number.in_(some)).order_by(r.number)):
            yield row, told[row.number]


def incidents(connection: Connection, asked: Filter, register: Related) -> Iterator[dict[str, Any]]:
    """The incidents asked for as docs/incidents.md has them, latest first."""
    yield from _derived(connection, asked, register, "incident")


def disputes(connection: Connection, asked: Filter, register: Related) -> Iterator[dict[str, Any]]:
    """The disputes asked for as docs/disputes.md has them, latest first."""
    yield from _derived(connection, asked, register, "dispute")


def _derived(connection: Connection, asked: Filter, register: Related, what: str) -> Iterator[dict[str, Any]]:
    from sqlalchemy import select

    from contested.record import tables as t

    if not asked.empty:  # what was known by a day is made anew, and held as a whole
        if what == "incident":
            found = happenings.incidents(connection, asked, register, None)
        else:
            found = happenings.disputes(connection, asked, register, None, None)
        yield from (one.to_json() for one in found)
        return
    table = t.incident if what == "incident" else t.dispute
    numbers = connection.scalars(select(table.c.number).order_by(table.c.start.desc().nulls_last(), table.c.id)).all()
    for some in _batches(numbers):
        bodies = dict(connection.execute(select(table.c.number, table.c.body).where(table.c.number.in_(some))).all())
        yield from (dict(bodies[number]) for number in some)


def keyed(connection: Connection, keys: list[str]) -> dict[str, tuple[Account, Mapping[str, Any]]]:
    """The accounts under keys (`report@version#id`), each with its report's `title`, `url` and `text`."""
    from sqlalchemy import select

    from contested.record import tables as t

    s, r = t.statement.c, t.report.c
    found: dict[str, tuple[Account, Mapping[str, Any]]] = {}
    for start in range(0, len(keys), AT_ONCE):
        wanted = set(keys[start : start + AT_ONCE])
        parts = [(key.rpartition("#")[0].rpartition("@")[0], key.rpartition("#")[2]) for key in wanted]
        # Reports first, then statements of theirs: SQLite would go through all statements for keys of three columns.
        query = select(r.number, r.title, r.url, r.text).where(r.id.in_({report for report, _ in parts}))
        told = {row.number: {"title": row.title, "url": row.url, "text": row.text} for row in connection.execute(query)}
        chose = chosen(connection, Filter(), all_versions=True)
        for row in connection.execute(chose.where(s.report.in_(told), s.id.in_({id_ for _, id_ in parts}))):
            one = account(row)
            if one.key in wanted:
                found[one.key] = one, told[row.report]
    return found


def about(connection: Connection, ids: Sequence[str]) -> list[dict[str, Any]]:
    """Outlet, day, title and address of the latest versions of reports, oldest first. An address is one of the web."""
    from sqlalchemy import select

    from contested.record.tables import report as r

    found = []
    for start in range(0, len(ids), AT_ONCE):
        query = select(r.c.id, r.c.outlet, r.c.published, r.c.title, r.c.url).where(r.c.latest)
        for row in connection.execute(query.where(r.c.id.in_(ids[start : start + AT_ONCE]))):
            url = row.url if (row.url or "").lower().startswith(("http://", "https://")) else None
            published = row.published.isoformat() if row.published else None
            found.append({"id": row.id, "outlet": row.outlet, "published": published, "title": row.title, "url": url})
    return sorted(found, key=lambda one: (one["published"] or "", one["id"]))


def _batches(numbers: Any) -> Iterator[list[int]]:
    """Numbers, a few at a time."""
    for start in range(0, len(numbers), AT_ONCE):
        yield list(numbers[start : start + AT_ONCE])
