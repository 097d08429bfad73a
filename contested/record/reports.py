"""One report of a record with all that is known of it, and the list of reports."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from contested.record.asking import Filter, chosen
from contested.record.told import iso

if TYPE_CHECKING:
    from sqlalchemy import Connection

#: At most so many statements of a report, near-copies of it, and accounts of other reports for each incident.
STATEMENTS, COPIES, OTHERS = 2000, 50, 6
#: At most so many disputes that a report takes part in.
DISPUTES = 100
#: How lists of reports are ordered.
ORDERS = ("published", "added")


def report(connection: Connection, id_: str, version: int | None = None) -> dict[str, Any] | None:
    """A report, its latest version where none is named; None where the record does not have it.

    Keys: `key` (`id@version`), what was published, `added`, `read_by`, `versions`, `copies`, `statements` in text order
    (objects of docs/statement.md with their `key`, `stands`, `fate` and `judged`), `cut` where there are more, and
    `evidence` (docs/watching.md), null where it was not fetched.
    """
    from sqlalchemy import select

    from contested.record import tables as t

    r = t.report.c
    versions = connection.execute(
        select(r.number, r.version, r.published, r.added, r.latest).where(r.id == id_).order_by(r.version)
    ).all()
    wanted = next((row for row in versions if row.latest if version is None or row.version == version), None)
    wanted = wanted or next((row for row in versions if row.version == version), None)
    if wanted is None:
        return None
    row = connection.execute(select(t.report).where(r.number == wanted.number)).one()
    by = connection.execute(select(t.reading).where(t.reading.c.number == row.read_by)).first()
    statements, cut = _statements(connection, row)
    return {
        "id": row.id, "version": row.version, "key": f"{row.id}@{row.version}", "latest": row.latest,
        "outlet": row.outlet, "title": row.title, "url": row.url, "published": iso(row.published),
        "added": _moment(row.added), "text": row.text,
        "read_by": {"reader": by.reader, "knowledge": by.knowledge} if by else None,
        "versions": [
            {"version": v.version, "published": iso(v.published), "added": _moment(v.added)} for v in versions
        ],
        "copies": _copies(connection, row), "statements": statements, "cut": cut,
        "evidence": _evidence(row.extra),
    }  # fmt: skip


def facts_of(connection: Connection, id_: str, version: int) -> dict[str, Any] | None:
    """Outlet, title, URL, publication and text of one version; None where the record does not have it."""
    from sqlalchemy import select

    from contested.record.tables import report as r

    columns = (r.c.outlet, r.c.title, r.c.url, r.c.published, r.c.text)
    row = connection.execute(select(*columns).where(r.c.id == id_, r.c.version == version)).first()
    return None if row is None else {**row._mapping, "published": iso(row.published)}


def standing(connection: Connection, key: str) -> dict[str, Any] | None:
    """A statement that stands, as its JSON object with the `text` of its report; None where there is none."""
    from sqlalchemy import select

    from contested.record import tables as t

    name, _, id_ = key.rpartition("#")
    report_, _, version = name.rpartition("@")
    s, r = t.statement.c, t.report.c
    row = connection.execute(
        select(s.body, r.text)
        .join(t.report, s.report == r.number)
        .where(r.id == report_, r.version == (int(version) if _small(version) else -1), s.id == id_)
        .where(s.gone.is_(None), s.overruled.is_(None))
    ).first()
    return None if row is None else {**row.body, "text": row.text}


def written_by(connection: Connection, judgement: int) -> str | None:
    """The id of the statement that a judgement wrote, or that stands again since it was undone; None for none."""
    from sqlalchemy import select

    from contested.record.tables import statement as s

    return connection.scalar(
        select(s.c.id).where(s.c.judged == judgement).order_by(s.c.overruled.is_not(None), s.c.number).limit(1)
    )


def told_elsewhere(connection: Connection, id_: str, version: int) -> dict[str, Any]:
    """What other reports say of what this one tells of.

    `incidents`: `{id, what, date, reports, statements, others}`, where `statements` are ids of this report's and
    `others` the first accounts of other reports. `disputes`: as the record keeps them, with `statements`.
    """
    from sqlalchemy import select

    from contested.record import tables as t

    r = t.report.c
    number = connection.scalar(select(r.number).where(r.id == id_, r.version == version))
    if number is None:
        return {"incidents": [], "disputes": []}
    return {"incidents": _incidents(connection, number, id_), "disputes": _disputes(connection, number)}


def reports(
    connection: Connection, asked: Filter, order: str = "published", limit: int = 100, skip: int = 0
) -> list[dict[str, Any]]:
    """The latest versions of reports that have statements asked for; `start` and `end` are days of publication here.

    The last published (or the last `added`) come first. Each tells how many statements of it stand.
    """
    from sqlalchemy import func, select

    from contested.record import tables as t

    r, s = t.report.c, t.statement.c
    query = select(r.number, r.id, r.version, r.outlet, r.title, r.published, r.added).where(r.latest)
    for column, value in ((r.outlet, asked.outlet), (r.id, asked.report)):
        query = query.where(column == value) if value is not None else query
    for bound in (r.published >= asked.start if asked.start else None, r.published <= asked.end if asked.end else None,
                  r.published <= asked.known_by if asked.known_by else None):  # fmt: skip
        query = query.where(bound) if bound is not None else query
    about = Filter(asked.place, asked.party, asked.kind, asked.type, asked.modality, asked.source_class)
    if asked.place is not None or asked.party is not None:
        query = query.where(r.number.in_(chosen(connection, about).with_only_columns(s.report)))
    elif not about.empty:  # most reports have one: it is asked of each, until there are enough of them
        one = select(s.number).where(s.report == r.number, s.gone.is_(None), s.overruled.is_(None))
        for name in ("kind", "type", "modality", "source_class"):
            if (code := getattr(about, name)) is not None:
                one = one.where(func.coalesce(s[name], "") == code)  # keeps SQLite from its index of kinds
        query = query.where(one.exists())
    by = (r.number.desc(),) if order == "added" else (r.published.desc().nulls_last(), r.number.desc())
    rows = connection.execute(query.order_by(*by).limit(limit).offset(skip)).all()
    counted = (
        select(s.report, func.count().label("n"))
        .where(s.report.in_([row.number for row in rows]), s.gone.is_(None), s.overruled.is_(None))
        .group_by(s.report)
    )
    found = {row.report: row.n for row in connection.execute(counted)}
    return [
        {
            "id": row.id, "version": row.version, "outlet": row.outlet, "title": row.title,
            "published": iso(row.published), "added": _moment(row.added), "statements": found.get(row.number, 0),
        }
        for row in rows
    ]  # fmt: skip


def derived(connection: Connection) -> dict[str, set[str]]:
    """The ids of all incidents and of all disputes: what is there before something is added."""
    from sqlalchemy import select

    from contested.record import tables as t

    return {
        "incidents": set(connection.scalars(select(t.incident.c.id)).all()),
        "disputes": set(connection.scalars(select(t.dispute.c.id)).all()),
    }


def _statements(connection: Connection, row: Any) -> tuple[list[dict[str, Any]], bool]:
    from sqlalchemy import select

    from contested.record import tables as t

    s = t.statement.c
    rows = connection.execute(
        select(t.statement).where(s.report == row.number).order_by(s.quote_start, s.number).limit(STATEMENTS + 1)
    ).all()
    numbers = {n for one in rows for n in (one.judged, one.overruled) if n is not None}
    j = t.judgement.c
    judged = {
        one.number: {
            "number": one.number, "what": one.what, "who": one.who, "at": _moment(one.at), "note": one.note,
            "undone": one.undone_at is not None,
        }
        for one in connection.execute(select(t.judgement).where(j.number.in_(numbers)))
    }  # fmt: skip
    gone = {one.gone for one in rows if one.gone is not None}
    readers = {
        one.number: one.reader
        for one in connection.execute(t.reading.select().where(t.reading.c.number.in_(gone)))
    }  # fmt: skip
    keys = {one.number: f"{row.id}@{row.version}#{one.id}" for one in rows}
    confirmed = {
        one.target: {"number": one.number, "what": "confirm", "who": one.who, "at": _moment(one.at), "note": one.note,
                     "undone": False}
        for one in connection.execute(
            select(t.judgement).where(j.what == "confirm", j.undone_at.is_(None), j.target.in_(list(keys.values())))
        )
    }  # fmt: skip
    out = []
    for one in rows[:STATEMENTS]:
        fate = judged.get(one.overruled) if one.overruled is not None else None
        if fate is None and one.gone is not None:
            fate = {"what": "gone", "who": readers.get(one.gone)}
        key = keys[one.number]
        by = judged.get(one.judged) if one.judged is not None else None
        out.append(
            {**one.body, "key": key, "stands": fate is None, "fate": fate, "judged": by or confirmed.get(key)}
        )  # fmt: skip
    return out, len(rows) > STATEMENTS


def _evidence(extra: Any) -> dict[str, Any] | None:
    """How a report was fetched: `file`, `offset`, `sha256`, `fetched`; None where it was not, or where what its file
    says of that is of another form.
    """
    told = (extra or {}).get("evidence")
    if not isinstance(told, dict) or not re.fullmatch(r"[0-9a-f]{64}", str(told.get("sha256"))):
        return None
    file, offset = told.get("file"), told.get("offset")
    kept = isinstance(file, str) and isinstance(offset, int)
    return {
        "file": file if kept else None, "offset": offset if kept else None, "sha256": told["sha256"],
        "fetched": str(told.get("fetched") or "")[:20] or None,
    }  # fmt: skip


def _copies(connection: Connection, row: Any) -> list[dict[str, Any]]:
    """The near-copies of a report: the other reports with its voice."""
    from sqlalchemy import select

    from contested.record.tables import report as table

    r = table.c
    rows = connection.execute(
        select(r.id, r.outlet, r.title, r.published)
        .where(r.voice == row.voice, r.id != row.id, r.latest)
        .order_by(r.published.nulls_last(), r.number)
        .limit(COPIES)
    )
    return [{**one._mapping, "published": iso(one.published)} for one in rows]


def _incidents(connection: Connection, number: int, id_: str) -> list[dict[str, Any]]:
    from sqlalchemy import func, select

    from contested.record import tables as t

    s, r, told, i = t.statement.c, t.report.c, t.told.c, t.incident.c
    mine: dict[int, list[str]] = {}
    for row in connection.execute(
        select(told.incident, s.id).join(t.statement, s.number == told.statement)
        .where(s.report == number).order_by(s.quote_start, s.number)
    ):  # fmt: skip
        mine.setdefault(row.incident, []).append(row.id)
    nth = func.row_number().over(
        partition_by=told.incident, order_by=(told.again, r.published.nulls_last(), r.number, s.quote_start)
    )
    ranked = (
        select(told.incident.label("of"), s.id.label("statement"), s.quote, s.body, r.id, r.version, r.outlet,
               r.published, nth.label("nth"))
        .join(t.statement, s.number == told.statement).join(t.report, s.report == r.number)
        .where(told.incident.in_(mine), r.id != id_)
        .subquery()
    )  # fmt: skip
    others: dict[int, list[dict[str, Any]]] = {}
    for row in connection.execute(select(ranked).where(ranked.c.nth <= OTHERS).order_by(ranked.c.of, ranked.c.nth)):
        others.setdefault(row.of, []).append(_other(row))
    rows = connection.execute(
        select(i.number, i.id, i.body, i.reports).where(i.number.in_(mine)).order_by(i.start, i.id)
    )
    return [
        {
            "id": row.id, "what": row.body["what"], "date": row.body["date"], "reports": row.reports,
            "statements": mine[row.number], "others": others.get(row.number, []),
        }
        for row in rows
    ]  # fmt: skip


def _other(row: Any) -> dict[str, Any]:
    source = row.body.get("source")
    return {
        "account": f"{row.id}@{row.version}#{row.statement}", "report": row.id, "outlet": row.outlet,
        "published": iso(row.published), "source": source["text"] if source else row.outlet or row.id,
        "quote": row.quote,
    }  # fmt: skip


def _disputes(connection: Connection, number: int) -> list[dict[str, Any]]:
    from sqlalchemy import select

    from contested.record import tables as t

    s, d = t.statement.c, t.dispute.c
    mine: dict[int, list[str]] = {}
    for row in connection.execute(
        select(t.disputed.c.dispute, s.id)
        .join(t.statement, s.number == t.disputed.c.statement)
        .where(s.report == number).order_by(s.quote_start, s.number)
    ):  # fmt: skip
        mine.setdefault(row.dispute, []).append(row.id)
    some = sorted(mine)[:DISPUTES]
    rows = connection.execute(select(d.number, d.id, d.body).where(d.number.in_(some)).order_by(d.start, d.id))
    return [{**row.body, "id": row.id, "statements": mine[row.number]} for row in rows]


def _small(words: str) -> bool:
    """Whether words are a number that a version can have."""
    return words.isdecimal() and len(words) < 10


def _moment(at: Any) -> str | None:
    """A moment (UTC) to the second; databases may leave the time zone out."""
    return None if at is None else f"{at:%Y-%m-%dT%H:%M:%S}Z"
