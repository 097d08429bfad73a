"""What must hold of a record after a soak: sound, nothing lost or doubled, judgements in force, derived right."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from contested import __version__
from contested.batch import Workers, read_many
from contested.intake import from_path
from contested.reading.pipeline import Reader
from contested.record import tables as t
from contested.record.readings import read_by
from contested.record.record import Record, open_record
from contested.statement import Report
from evaluation.faults import content
from evaluation.soak.asking import Told


def slips(where: str, said: dict[str, str], told: Told, files: list[Path], folder: Path) -> Iterator[str]:
    """What is wrong with a record, in words. `said` maps `id@version` to the outcome that was told first, `files` are
    the batches that were added, in part or whole."""
    with open_record(where) as record:
        yield from _sound(where, record)
        yield from _held(record, said)
        yield from _judged(record, told)
        record.derive()
        before = derived(record)
        record.rebuild()
        record.derive()
        yield from _different("what is derived", before, derived(record), "as kept", "made again")
        yield from _aging(record)
    fresh = str(folder / "fresh.db")
    with open_record(where) as record:
        faultless(record, fresh, files)
    mine, theirs = content(where), content(fresh)
    yield from _different("the record", mine, theirs, "after the soak", "without faults")
    with open_record(fresh) as record:
        record.derive()
        yield from _different("what is derived", before, derived(record), "after the soak", "without faults")


def _sound(where: str, record: Record) -> Iterator[str]:
    if not where.startswith("postgres"):
        with sqlite3.connect(where, timeout=60) as database:
            for line in database.execute("PRAGMA integrity_check").fetchall():
                if line[0] != "ok":
                    yield f"not sound: {line[0]}"
            yield from (f"broken key: {row}" for row in database.execute("PRAGMA foreign_key_check").fetchall())
        database.close()
    with record.reading() as connection:  # what a server checks by itself, and what no key says
        for table in (t.statement, t.band):
            lost = select(func.count()).select_from(table.outerjoin(t.report, table.c.report == t.report.c.number))
            if n := connection.scalar(lost.where(t.report.c.number.is_(None))):
                yield f"{n} rows of {table.name} have no report"
        latest = select(t.report.c.id, func.count()).where(t.report.c.latest).group_by(t.report.c.id)
        for id_, n in connection.execute(latest):
            if n != 1:
                yield f"{n} versions of {id_} are the latest"


def _held(record: Record, said: dict[str, str]) -> Iterator[str]:
    r = t.report.c
    with record.reading() as connection:
        held = [f"{row.id}@{row.version}" for row in connection.execute(select(r.id, r.version))]
        doubled = connection.execute(
            select(r.id, r.content, func.count()).group_by(r.id, r.content).having(func.count() > 1)
        ).all()
    if lost := sorted(said.keys() - set(held)):
        yield f"{len(lost)} reports were told to be added and are not there: {', '.join(lost[:5])}"
    if len(held) != len(set(held)):
        yield "a version of a report is there twice"
    yield from (f"{row[0]} is there {row[2]} times as the same" for row in doubled)


def _judged(record: Record, told: Told) -> Iterator[str]:
    log = {one.number: one for one in record.judgements()}
    for number, what in told.made.items():
        if number not in log:
            yield f"judgement {number} ({what}) was told to be made and is not in the log"
        elif log[number].what != what:
            yield f"judgement {number} is {log[number].what}, and was told as {what}"
        elif number in told.undone and not log[number].undone_at:
            yield f"judgement {number} was told to be undone, and stands"
    s = t.statement.c
    with record.reading() as connection:
        for one in log.values():
            if one.what not in ("reject", "correct") or one.undone_at:
                continue
            if connection.scalar(select(func.count()).select_from(t.statement).where(s.overruled == one.number)) != 1:
                yield f"judgement {one.number} ({one.what}) is not in force"


def _different(what: str, one: list[str], other: list[str], here: str, there: str) -> Iterator[str]:
    """In words, what one list has and the other has not."""
    if one != other:
        mine, theirs = sorted(set(one) - set(other)), sorted(set(other) - set(one))
        yield f"{what} differs: {len(mine)} only {here}, {len(theirs)} only {there}"
        yield from (f"  only {here}: {row[:300]}" for row in mine[:3])
        yield from (f"  only {there}: {row[:300]}" for row in theirs[:3])


def derived(record: Record) -> list[str]:
    """What is derived, without numbers: incidents and disputes, who tells of them, and the links."""
    s, r = t.statement.c, t.report.c
    key = (r.id, r.version, s.id)
    named = t.statement.join(t.report, s.report == r.number)
    with record.reading() as connection:

        def rows(query: Any) -> list[tuple[Any, ...]]:
            return [tuple(row) for row in connection.execute(query)]

        keys = {row[0]: row[1:] for row in rows(select(s.number, *key).select_from(named))}
        found = [("incident", *row) for row in rows(select(*_without(t.incident, "number")))]
        found += [("dispute", *row) for row in rows(select(*_without(t.dispute, "number", "incident")))]
        told = t.told.join(t.incident, t.told.c.incident == t.incident.c.number)
        members = select(t.told.c.statement, t.incident.c.id, t.told.c.again).select_from(told)
        found += [("told", keys[row[0]], *row[1:]) for row in rows(members)]
        disputed = t.disputed.join(t.dispute, t.disputed.c.dispute == t.dispute.c.number)
        found += [("disputed", keys[row[0]], row[1])
                  for row in rows(select(t.disputed.c.statement, t.dispute.c.id).select_from(disputed))]  # fmt: skip
        found += [("link", *sorted((keys[a], keys[b])), round(score, 6))
                  for a, b, score in rows(select(t.link.c.one, t.link.c.other, t.link.c.score))]  # fmt: skip
    return sorted(map(repr, found))


def _without(table: Any, *names: str) -> list[Any]:
    return [column for column in table.c if column.name not in names]


def _aging(record: Record) -> Iterator[str]:
    """A question of each kind is answered."""
    try:
        record.situation(), record.sources(), record.search("army")
        record.diff(date(2016, 12, 1), date(2016, 12, 3))
    except Exception as error:
        yield f"a question fails: {type(error).__name__}: {error}"


def faultless(record: Record, fresh: str, files: list[Path]) -> None:
    """Make the record `fresh` of the reports in `files` that `record` has, in one go; judge as its log says."""
    reader = Reader.load(threads=1)
    r = t.report.c
    with record.reading() as connection:
        held = {tuple(row) for row in connection.execute(select(r.id, r.content))}
    with open_record(fresh, create=True) as made:
        from contested.record.writing import content_of

        def wanted() -> Iterator[Report]:
            for file in files:
                for one in from_path(file):
                    if isinstance(one, Report) and (one.id, content_of(one)) in held:
                        yield one

        name, knowledge = read_by(__version__, reader)
        for _ in made.add(read_many(wanted(), reader.read, workers=Workers(2)), reader=name, knowledge=knowledge):
            pass
        _again(record, made)


def _again(record: Record, made: Record) -> None:
    """Judge in `made` as was judged in `record`, in the same order: what was undone is undone when it was."""
    j = t.judgement.c
    with record.reading() as connection:
        log = connection.execute(select(t.judgement).order_by(j.number)).all()
    moments = [(one.at, 0, one) for one in log] + [(one.undone_at, 1, one) for one in log if one.undone_at]
    numbers: dict[int, int] = {}
    for _, undone, one in sorted(moments, key=lambda moment: (moment[0], moment[2].number)):
        if undone:
            made.undo(numbers[one.number], who=one.undone_by)
        else:
            numbers[one.number] = made.judge(one.what, one.target, one.value, who=one.who, note=one.note).number
