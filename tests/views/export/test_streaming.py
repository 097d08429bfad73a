"""What exports take out of a record comes a few reports at a time, by indexes, and with progress, from both engines."""

from __future__ import annotations

import io

import pytest
from sqlalchemy import event

from contested.record import streaming
from contested.record.asking import Filter
from contested.record.record import open_record
from contested.statement import Report, Statement
from contested.views import export
from tests.record.conftest import where  # noqa: F401 (a fixture: both engines)
from tests.views.export.test_events import AGREED


def holding(n):
    text = f"The army holds the {n}th fort of Orla."
    said = {"kind": "control", "type": "holds", "anchor": "holds", "quote": text[:-1], "actors": ["The army"]}
    return Report(text, id=f"f{n}", published="2016-05-03", statements=(Statement.from_json(said, text),))


@pytest.fixture
def record(where, monkeypatch):  # noqa: F811
    """More reports than are held at a time, and an incident."""
    monkeypatch.setattr(streaming, "AT_ONCE", 7)
    with open_record(where, create=True) as made:
        list(made.add([*AGREED, *map(holding, range(20))], reader="by hand"))
        made.derive()
        yield made


@pytest.mark.parametrize("form", ["jsonl", "csv", "acled", "ftm", "html"])
def test_all_is_written_from_both_engines(record, tmp_path, form):
    told = []
    losses = export.write(record, form, tmp_path / "out", progress=lambda losses: told.append(losses.written.total()))
    assert sum(losses.written.values()) > 0
    assert told == sorted(told)
    if form in ("jsonl", "csv"):
        assert losses.written["statements"] == 22
        assert len(told) == 22


def test_reports_come_a_few_at_a_time(record):
    """A report is given before the last ones are asked for."""
    asked = []
    with record.reading() as connection:
        event.listen(connection, "before_cursor_execute", lambda *given: asked.append(given[2]))
        found = streaming.reports(connection, Filter())
        next(found)
        first = len(asked)
        assert len(list(found)) == 21
        assert len(asked) > 2 * first


def test_accounts_are_found_by_their_keys_without_going_through_all(record):
    keys = [account.key for account, _ in export.Material(record).statements()]
    asked = []
    with record.reading() as connection:
        event.listen(connection, "before_cursor_execute", lambda *given: asked.append(given[2:4]))
        assert list(streaming.keyed(connection, [*keys[:3], "nobody@1#0000000000000000", "x"])) == keys[:3]
        if connection.dialect.name == "sqlite":
            for query, values in list(asked):
                plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", values).all()
                assert not [row for row in plan if "SCAN statement" in row[3] or "SCAN report" in row[3]], plan


def test_pieces_go_where_they_are_put(record):
    out = io.BytesIO()
    losses = export.write(record, "jsonl", out.write, asked=Filter(report="f3"))
    assert losses.written == {"reports": 1, "statements": 1}
    assert b'"id": "f3"' in out.getvalue()
