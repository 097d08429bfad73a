"""One incident, one dispute, accounts by their keys, and what stands around them: what a page about one of them asks.

Incidents and disputes are those that are kept: as of the latest `derive`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any

from contested.record.account import Account
from contested.record.asking import Filter, account, chosen
from contested.record.bulk import chunks
from contested.record.told import iso

if TYPE_CHECKING:
    from sqlalchemy import Connection


def incident(connection: Connection, id_: str) -> dict[str, Any] | None:
    """An incident in the form of docs/incidents.md, with `known`: the day on which it was first told. None: no such."""
    from sqlalchemy import select

    from contested.record.tables import incident as table

    row = connection.execute(select(table.c.body, table.c.known).where(table.c.id == id_)).first()
    return {**row.body, "known": iso(row.known)} if row else None


def dispute(connection: Connection, id_: str) -> dict[str, Any] | None:
    """A dispute in the form of docs/disputes.md, with the day it is about (`date`), the one by which both sides were
    known (`known`), and the `incident` (`id`, `what`) it is of; that is null for one about ground. None: no such."""
    from sqlalchemy import select

    from contested.record import tables as t

    query = select(
        t.dispute.c.body, t.dispute.c.known, t.dispute.c.start, t.dispute.c.place, t.incident.c.id,
        t.incident.c.body["what"].as_string().label("what"),
    ).outerjoin(t.incident, t.incident.c.number == t.dispute.c.incident).where(t.dispute.c.id == id_)  # fmt: skip
    row = connection.execute(query).first()
    if row is None:
        return None
    about = {"id": row.id, "what": row.what} if row.id else None
    return {**row.body, "known": iso(row.known), "date": iso(row.start), "incident": about, "place": row.place}


def dispute_ids(connection: Connection) -> list[str]:
    """The ids of all disputes, without counts that were only raised; those known first come first."""
    from sqlalchemy import select

    from contested.record.tables import dispute as table

    query = select(table.c.id).where(table.c.update.is_(False))
    return list(connection.scalars(query.order_by(table.c.known.asc().nulls_last(), table.c.id)))


def parsed(key: str) -> tuple[str, int, str] | None:
    """Report id, version and statement id of an account's key; None for what is no key."""
    at, _, statement = key.rpartition("#")
    report, _, version = at.rpartition("@")
    return (report, int(version), statement) if version.isascii() and version.isdecimal() else None


def numbers(connection: Connection, keys: Iterable[str]) -> dict[str, int]:
    """Key → number of the statement, of those that the record has."""
    from sqlalchemy import select, tuple_

    from contested.record import tables as t

    wanted = {known: key for key in keys if (known := parsed(key))}
    versions = sorted({(report, version) for report, version, _ in wanted})
    found = {}
    for start in range(0, len(versions), 200):
        some = tuple_(t.report.c.id, t.report.c.version).in_(versions[start : start + 200])
        query = select(t.report.c.id, t.report.c.version, t.statement.c.id, t.statement.c.number)
        for report, version, id_, number in connection.execute(
            query.join(t.statement, t.statement.c.report == t.report.c.number).where(some)
        ):
            if key := wanted.get((report, version, id_)):
                found[key] = number
    return found


def accounts(connection: Connection, keys: Collection[str]) -> list[Account]:
    """The accounts with these keys, in their order; without those that stand no longer."""
    from contested.record import tables as t

    known = numbers(connection, keys)
    query = chosen(connection, Filter(), all_versions=True)
    loaded = {}
    for some in chunks(sorted(known.values())):
        for row in connection.execute(query.where(t.statement.c.number.in_(some))):
            loaded[row.number] = account(row)
    return [loaded[known[key]] for key in keys if known.get(key) in loaded]


def reports(connection: Connection, ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Report id → `id`, `outlet`, `title`, `url`, `published` and `voice` of its latest version."""
    from sqlalchemy import select

    from contested.record.tables import report as table

    wanted, found = sorted(set(ids)), {}
    columns = (table.c.id, table.c.outlet, table.c.title, table.c.url, table.c.published, table.c.voice)
    for start in range(0, len(wanted), 500):
        query = select(*columns).where(table.c.id.in_(wanted[start : start + 500]), table.c.latest)
        for row in connection.execute(query):
            found[row.id] = {**row._mapping, "published": iso(row.published)}
    return found


def copies(connection: Connection, voices: Iterable[int], limit: int = 100) -> list[list[dict[str, Any]]]:
    """The reports (`id`, `outlet`, `title`, `published`) that are one text, a list each, the earliest first: of these
    voices, those that have more than one."""
    from sqlalchemy import select

    from contested.record.tables import report as table

    columns = (table.c.id, table.c.outlet, table.c.title, table.c.published, table.c.voice)
    query = select(*columns).where(table.c.voice.in_(sorted(set(voices))), table.c.latest)
    found: dict[int, list[dict[str, Any]]] = {}
    ordered = query.order_by(table.c.published.asc().nulls_last(), table.c.number)
    for row in connection.execute(ordered.limit(limit)):
        told = {"id": row.id, "outlet": row.outlet, "title": row.title, "published": iso(row.published)}
        found.setdefault(row.voice, []).append(told)
    return [together for together in found.values() if len(together) > 1]
