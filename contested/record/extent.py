"""From when to when a record reaches, and when it last grew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from contested.record.told import iso

if TYPE_CHECKING:
    from sqlalchemy import Connection


def extent(connection: Connection) -> dict[str, Any]:
    """`first` and `last` day of publication, and `added`, when the last report came in (an ISO moment, UTC)."""
    from sqlalchemy import func, select

    from contested.record.tables import report

    r = report.c
    first, last = (connection.scalar(select(of(r.published))) for of in (func.min, func.max))
    added = connection.scalar(select(r.added).order_by(r.number.desc()).limit(1))
    return {"first": iso(first), "last": iso(last), "added": f"{added:%Y-%m-%dT%H:%M:%SZ}" if added else None}
