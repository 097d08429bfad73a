"""Which statements a person should look at first: those at odds with other reports, and those the reader doubts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from contested.record.account import Account
from contested.record.asking import Filter, account, chosen

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection

#: The doubtful ones are looked for among so many statements that were read last, and disputed ones of so many disputes.
LAST, DISPUTES = 3000, 500
#: Those of a kind are looked for among so many times as many that were read last, of whatever kind.
TIMES = 4


def doubtful(connection: Connection, asked: Filter, limit: int = 50, *, disputed: bool = False) -> list[dict[str, Any]]:
    """The statements asked for that no person has judged, the least sure first: `{key, report, …, sure, disputed}`.

    How sure it is that a statement is there and of its type is the smaller of the two; what tells neither is left out.
    With `disputed` they are those in disputes (not in updates of numbers), the latest of these; else of the last
    `LAST` read.
    """
    from sqlalchemy import case, select

    from contested.record import tables as t

    s = t.statement.c
    query = chosen(connection, asked).where(s.judged.is_(None))
    at_odds = (
        select(t.disputed.c.statement)
        .join(t.dispute, t.dispute.c.number == t.disputed.c.dispute)
        .where(t.dispute.c.update.is_(False))
    )
    if disputed:
        last = select(t.dispute.c.number).where(t.dispute.c.update.is_(False))
        some = last.order_by(t.dispute.c.number.desc()).limit(DISPUTES)
        query = query.where(s.number.in_(select(t.disputed.c.statement).where(t.disputed.c.dispute.in_(some))))
    elif asked.place is None and asked.party is None and asked.report is None and asked.outlet is None:
        every = select(s.number.label("number")).order_by(s.number.desc()).limit(TIMES * LAST).subquery()
        query = query.where(s.number.in_(select(every.c.number)))
    numbers = query.with_only_columns(s.number).order_by(s.number.desc()).limit(LAST).subquery()
    there, type_ = (s.body["sure"][field].as_float() for field in ("statement", "type"))
    sure: ColumnElement[float] = case(
        (there.is_(None), type_), (type_.is_(None), there), (there < type_, there), else_=type_
    )
    rows = connection.execute(
        chosen(connection, asked)
        .add_columns(sure.label("sure"), s.number.in_(at_odds).label("at_odds"))
        .where(s.number.in_(select(numbers.c.number)), sure.is_not(None), ~_confirmed())
        .order_by(sure, s.number.desc())
        .limit(limit)
    )
    return [_told(account(row), row) for row in rows]


def _confirmed() -> ColumnElement[bool]:
    """Whether a person said that the statement is right."""
    from sqlalchemy import String, cast, select

    from contested.record import tables as t

    key = t.report.c.id + "@" + cast(t.report.c.version, String) + "#" + t.statement.c.id
    j = t.judgement.c
    return select(j.number).where(j.what == "confirm", j.target == key, j.undone_at.is_(None)).exists()


def _told(one: Account, row: Any) -> dict[str, Any]:
    return {
        "key": one.key, "report": one.report, "version": row.report_version, "statement": row.id,
        "outlet": one.outlet, "published": one.published.isoformat() if one.published else None,
        "kind": one.kind, "type": one.type, "mode": one.mode, "modality": one.modality,
        "source": one.said_by.text if one.said_by else None, "quote": one.quote,
        "sure": row.sure, "disputed": bool(row.at_odds),
    }  # fmt: skip
