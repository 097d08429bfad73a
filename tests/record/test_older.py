"""Records of earlier steps: today's code opens them, brings them up, and answers as from a record made today."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, inspect, select, text

from contested.errors import RecordError
from contested.record import tables as t
from contested.record.asking import Filter
from contested.record.engine import _postgresql, connect
from contested.record.migrations import HEAD, upgrade
from contested.record.record import Record, open_record
from contested.statement import Report

DUMP = Path(__file__).with_name("step-0001.sql")
EXAMPLES = Path(__file__).parents[2] / "examples" / "record.jsonl"
REPORTS = [Report.from_json(json.loads(line)) for line in EXAMPLES.read_text("utf-8").splitlines()]


def on_sqlite(where: str) -> None:
    """The record of the dump as a file."""
    with sqlite3.connect(where) as file:
        file.executescript(DUMP.read_text("utf-8"))
    file.close()


def on_postgresql(where: str, folder: Path) -> None:
    """The record of the dump as tables of step 0001 of a server."""
    on_sqlite(str(folder / "dump.db"))
    dump, engine = create_engine(f"sqlite:///{folder / 'dump.db'}"), _postgresql(where)
    upgrade(engine, "0001")
    with dump.connect() as old, engine.begin() as connection:
        held = inspect(old)
        for table in (one for one in t.metadata.sorted_tables if held.has_table(one.name)):
            names = {column["name"] for column in held.get_columns(table.name)}
            rows = old.execute(select(*(column for column in table.c if column.name in names))).mappings().all()
            if rows:
                connection.execute(table.insert(), [dict(row) for row in rows])
            if "number" in names:
                top = f"(SELECT max(number) + 1 FROM {table.name})"
                connection.execute(
                    text(f"SELECT setval(pg_get_serial_sequence('{table.name}', 'number'), coalesce({top}, 1), false)")
                )
    dump.dispose()
    engine.dispose()


@pytest.fixture
def old(where: str, tmp_path: Path) -> str:
    """Where the record of step 0001 lies."""
    if where.startswith("postgresql"):
        on_postgresql(where, tmp_path)
    else:
        on_sqlite(where)
    return where


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Record]:
    """A record made today in the way that the dump was: the last report waits, one statement is rejected."""
    with open_record(tmp_path / "fresh.db", create=True) as record:
        list(record.add(REPORTS[:-1], reader="by hand"))
        record.derive()
        (bread,) = record.statements(Filter(type="shortage"))
        record.judge("reject", bread.key, who="ada", note="a hoax")
        record.derive()
        list(record.add(REPORTS[-1:], reader="by hand"))
        yield record


def answers(record: Record) -> dict[str, Any]:
    """What a record answers, all that has to do with moments and numbers of rows aside."""
    days = [date(2019, 3, day) for day in (5, 12, 16, 20)]
    filters = [
        Filter(), Filter(place="Oron"), Filter(place="file:oron"), Filter(party="xx.hill-monitor"),
        Filter(party="REBELS of"), Filter(party="nurse"), Filter(known_by=days[1]), Filter(start=days[1]),
    ]  # fmt: skip
    asked: list[dict[str, Any]] = [{}, {"place": "Oron"}, {"party": "xx.rebels"}, {"party": "army"}, {"limit": 2}]
    return {
        "statements": [record.statements(one).to_json() for one in filters],
        "situation": [record.situation(day, **more).to_json() for day in days for more in asked],
        "known": [record.situation(days[-1], day, place="Oron").to_json() for day in days],
        "diff": record.diff(days[0], days[-1]).to_json(),
        "sources": record.sources().to_json(),
        "search": [record.search("oron").to_json(), record.search("market", "quotes").to_json()],
        "judgements": [{**one, "at": None} for one in record.judgements().to_json()],
        "size": {name: n for name, n in record.size().items() if name in ("reports", "statements")},
        "waiting": record.waiting(),
    }  # fmt: skip


def derived(record: Record) -> list[Any]:
    record.rebuild()
    record.derive()
    return [record.incidents().to_json(), record.disputes().to_json()]


def test_an_older_record_is_brought_up_and_answers_as_one_made_today(old: str, fresh: Record) -> None:
    with open_record(old) as record:
        assert step(record.engine) == HEAD
        assert [len(record.incidents()), len(record.disputes())] == [1, 2]  # as they were derived then
        assert derived(record) == derived(fresh)
        assert answers(record) == answers(fresh)


def test_an_older_record_is_added_to_and_judged_as_one_made_today(old: str, fresh: Record) -> None:
    with open_record(old) as record:
        for one in (record, fresh):
            assert {added.outcome for added in one.add(REPORTS, reader="by hand")} == {"same"}
            assert {added.outcome for added in one.add(REPORTS, reader="another")} == {"reread"}
            one.undo(1, who="ada")
            one.derive()
        assert answers(record)["situation"] == answers(fresh)["situation"]
        with record.engine.connect() as connection:
            for table in (t.party, t.spot):
                assert connection.scalars(select(table.c.number).where(table.c.sort.is_(None))).all() == []


def test_what_a_step_derives_is_what_today_s_writer_writes(old: str, fresh: Record) -> None:
    def rows(engine: Engine) -> list[Any]:
        with engine.connect() as connection:
            found = [sorted(connection.execute(select(t.party_name)))]
            for table in (t.party, t.spot):
                query = select(t.statement.c.id, table.c.text, table.c.sort, table.c.day).join_from(t.statement, table)
                found.append(sorted(connection.execute(query)))
            return found

    with open_record(old) as record:
        assert rows(record.engine) == rows(fresh.engine)


def test_a_step_that_fails_leaves_the_older_record_as_it_was(tmp_path: Path) -> None:
    where = str(tmp_path / "war.db")
    on_sqlite(where)
    with sqlite3.connect(where) as file:
        before = file.execute("SELECT sql FROM sqlite_master WHERE name = 'party'").fetchall()
        file.execute("CREATE TABLE party_name (mine TEXT)")
    file.close()
    with pytest.raises(RecordError, match="party_name already exists"):
        connect(where)
    with sqlite3.connect(where) as file:
        assert file.execute("SELECT sql FROM sqlite_master WHERE name = 'party'").fetchall() == before
        assert file.execute("SELECT version_num FROM alembic_version").fetchall() == [("0001",)]
    file.close()


def step(engine: Engine) -> str:
    with engine.connect() as connection:
        return str(connection.scalar(text("SELECT version_num FROM alembic_version")))
