"""A person's judgements: a log with who and when, kept beside what the program says, applied on asking, undoable.

`correct` puts a corrected statement in the place of one, `reject` takes one back, `confirm` says that one is right,
`add` writes one by hand on a quote of the report; `join` and `split` say that two statements are, or are not, of one
incident, `same` and `different` that two parties are one. What the program read stays where it is: undoing a judgement
brings it back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal, get_args

from contested.errors import RecordError
from contested.record.account import accounts_of
from contested.statement import Report, Statement

if TYPE_CHECKING:
    from sqlalchemy import Connection

What = Literal["correct", "reject", "confirm", "add", "join", "split", "same", "different"]
WHATS: tuple[str, ...] = get_args(What)
#: Slots of a statement that a person may correct.
SLOTS = ("kind", "type", "mode", "actors", "targets", "places", "when", "source", "said", "modality", "harm", "share")


@dataclass(frozen=True, slots=True)
class Judgement:
    """One decision. `target` is the key of a statement (`report@version#id`), of a report (`report@version`) for `add`,
    or for pairs the smaller of two keys or party ids; `value` the rest. `at` and `undone_at` are ISO moments (UTC)."""

    number: int
    at: str
    who: str
    what: str
    target: str
    value: Mapping[str, Any]
    note: str | None = None
    undone_at: str | None = None
    undone_by: str | None = None

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def judge(
    connection: Connection, what: str, target: str, value: Mapping[str, Any], *, who: str, note: str | None = None
) -> Judgement:
    """Write a judgement to the log and apply it. Raises `RecordError` where it cannot be: nothing is written then."""
    from contested.record import tables as t

    if what not in WHATS:
        raise RecordError("judgement", f"{what!r} is none of {', '.join(WHATS)}")
    if not who.strip():
        raise RecordError("judgement", "it needs the name of who judges")
    if what in ("join", "split", "same", "different"):
        target, value = _pair(connection, what, target, str(value.get("with") or ""))
    at = datetime.now(UTC)
    row = {"at": at, "who": who, "what": what, "target": target, "value": dict(value), "note": note}
    made = connection.execute(t.judgement.insert().values(row)).inserted_primary_key
    assert made is not None
    number = int(made[0])
    if what == "add":
        _add(connection, number, target, value, who)
    elif what == "correct":
        _correct(connection, number, target, value, who)
    elif what == "reject":
        _overrule(connection, number, _statement(connection, target))
    elif what == "confirm":
        _statement(connection, target)
    return Judgement(number, at.isoformat(timespec="seconds"), who, what, target, dict(value), note)


def undo(connection: Connection, number: int, *, who: str) -> Judgement:
    """Take a judgement back: all is as if it had not been made, and the log tells of both. Raises `RecordError`.

    A statement that a later judgement has put another in the place of is undone from the latest on.
    """
    from sqlalchemy import select, update

    from contested.record import tables as t
    from contested.record.readings import PERSON, reading_number

    s, j = t.statement, t.judgement
    row = connection.execute(select(j).where(j.c.number == number)).first()
    if row is None:
        raise RecordError("judgement", f"there is none with the number {number}")
    if row.undone_at is not None:
        raise RecordError("judgement", f"number {number} was undone by {row.undone_by} already")
    later = connection.scalar(
        select(s.c.overruled).where(s.c.judged == number, s.c.overruled.is_not(None), s.c.overruled != number)
    )
    if later is not None:
        raise RecordError("judgement", f"number {later} builds on number {number}: undo that first")
    connection.execute(update(s).where(s.c.overruled == number).values(overruled=None))
    person = reading_number(connection, *PERSON)  # what the program reads too stays, as the program's
    connection.execute(update(s).where(s.c.judged == number, s.c.found_by != person).values(judged=None))
    connection.execute(update(s).where(s.c.judged == number).values(overruled=number))
    at = datetime.now(UTC)
    connection.execute(update(j).where(j.c.number == number).values(undone_at=at, undone_by=who))
    return next(one for one in log(connection) if one.number == number)


def log(connection: Connection, *, standing: bool = False, last: int | None = None) -> list[Judgement]:
    """All judgements in the order they were made; with `standing` only those that were not undone; or the `last` ones,
    from the last one back."""
    from sqlalchemy import select

    from contested.record.tables import judgement as j

    query = select(j).order_by(j.c.number)
    if standing:
        query = query.where(j.c.undone_at.is_(None))
    if last is not None:
        query = query.order_by(None).order_by(j.c.number.desc()).limit(last)
    return [
        Judgement(
            row.number, _moment(row.at) or "", row.who, row.what, row.target, row.value, row.note,
            _moment(row.undone_at), row.undone_by,
        )
        for row in connection.execute(query)
    ]  # fmt: skip


def _moment(at: datetime | None) -> str | None:
    if at is None:
        return None
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC).isoformat(timespec="seconds")


def _pair(connection: Connection, what: str, one: str, other: str) -> tuple[str, dict[str, Any]]:
    if not one or not other or one == other:
        raise RecordError("judgement", f"{what} needs two of them: a target, and another under `with`")
    if what in ("join", "split"):
        for key in (one, other):
            _statement(connection, key)
    first, second = sorted((one, other))
    return first, {"with": second}


def _statement(connection: Connection, key: str) -> Any:
    """The row of a statement that stands, with its report's. Raises `RecordError`."""
    from sqlalchemy import select

    from contested.record import tables as t

    report, _, rest = key.rpartition("@")
    version, _, id_ = rest.partition("#")
    s, r = t.statement, t.report
    row = connection.execute(
        select(s, r.c.id.label("report_id"), r.c.version.label("report_version"), r.c.text, r.c.outlet)
        .join(r, s.c.report == r.c.number)
        .where(r.c.id == report, r.c.version == (int(version) if version.isdecimal() else -1), s.c.id == id_)
    ).first()
    if row is None:
        raise RecordError("judgement", f"the record has no statement {key!r}")
    if row.overruled is not None:
        raise RecordError("judgement", f"judgement {row.overruled} has overruled the statement {key!r}")
    return row


def _overrule(connection: Connection, number: int, row: Any) -> None:
    from sqlalchemy import update

    from contested.record.tables import statement as table

    connection.execute(update(table).where(table.c.number == row.number).values(overruled=number))


def _correct(connection: Connection, number: int, key: str, value: Mapping[str, Any], who: str) -> None:
    wrong = set(value) - set(SLOTS)
    if wrong or not value:
        raise RecordError(
            "judgement", f"a correction is of {', '.join(SLOTS)}; not of {', '.join(sorted(wrong)) or ''}"
        )
    row = _statement(connection, key)
    by = {**row.body.get("by", {}), **dict.fromkeys(value, f"person:{who}")}
    _write(connection, number, row.report, row.report_id, row.report_version, row.text, {**row.body, **value, "by": by})
    _overrule(connection, number, row)


def _add(connection: Connection, number: int, key: str, value: Mapping[str, Any], who: str) -> None:
    from sqlalchemy import select

    from contested.record.tables import report as r

    report, _, version = key.rpartition("@")
    row = connection.execute(
        select(r.c.number, r.c.id, r.c.version, r.c.text)
        .where(r.c.id == report, r.c.version == (int(version) if version.isdecimal() else -1))
    ).first()  # fmt: skip
    if row is None:
        raise RecordError("judgement", f"the record has no report {key!r}; write it id@version")
    by = dict.fromkeys([slot for slot in SLOTS if value.get(slot)], f"person:{who}")
    _write(connection, number, row.number, row.id, row.version, row.text, {**value, "by": by})


def _write(
    connection: Connection, number: int, report: int, id_: str, version: int, text: str, body: Mapping[str, Any]
) -> None:
    """Write a person's statement. Its quote, anchor and mentions must stand in the report."""
    from sqlalchemy import select

    from contested.record import tables as t
    from contested.record.readings import PERSON, reading_number
    from contested.record.saying import insert_statements, said_of, take_over

    said, s = _checked(body, text), t.statement.c
    held = connection.execute(
        select(s.number, s.gone, s.judged, s.overruled).where(s.report == report, s.id == said.id)
    ).first()
    overruled = held is not None and held.overruled not in (None, held.judged)
    if held is not None and (overruled or (held.gone is None and held.overruled is None)):
        hint = "; it was overruled: undo that judgement" if overruled else ""
        raise RecordError("judgement", f"the record has this very statement{hint}")
    published = connection.scalar(select(t.report.c.published).where(t.report.c.number == report))
    made = Report(text, id=id_, published=published.isoformat() if published else None, statements=(said,))
    ready = said_of(next(accounts_of(made, version=version)))
    if held is not None:  # it was undone, or is no longer found
        take_over(connection, held.number, ready, number)
    else:
        insert_statements(connection, [(report, ready)], reading_number(connection, *PERSON), number)
    connection.execute(t.waiting.delete().where(t.waiting.c.report == report))
    connection.execute(t.waiting.insert().values(report=report))


def _checked(body: Mapping[str, Any], text: str) -> Statement:
    from contested import schema

    coded = {key: value for key, value in body.items() if key != "id"}
    slips = list(schema.slips(coded, schema.statement()))
    if slips:
        raise RecordError("judgement", f"the statement is not as docs/statement.md has it: {slips[0]}")
    said = replace(Statement.from_json(coded, text), sure={})
    if lost := next(schema.misplaced(text, said), None):
        raise RecordError("judgement", lost)
    if said.anchor not in said.quote:
        raise RecordError("judgement", f"the anchor {said.anchor!r} does not stand in the quote")
    return said
