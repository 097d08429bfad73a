"""Counts of a whole record: of the statements that stand, and on SQLite from indexes alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, event

from contested.record import sources, tables, timeline, wheres, whos
from contested.record.asking import Filter, chosen, fallen, standing
from contested.record.record import Record, open_record
from tests.record.coded import ARMY, MILL, ORLA, REBELS, attack, mention, report

SHELLED = "The army shelled the mill on Friday and killed four men."
HELD = "Rebels hold most of Orla, a nurse said."
FIRST, LAST = date(2016, 11, 1), date(2017, 3, 1)


def told(*more: str) -> list[Any]:
    """Two reports; `more` is written below the first, which makes a new version of it."""
    friday = {"text": "on Friday", "start": "2016-12-02", "end": "2016-12-02"}
    shelled = attack(SHELLED, actors=[mention("The army", ARMY)], places=[mention("the mill", MILL)], when=friday)
    held = {"kind": "control", "type": "holds", "anchor": "hold", "actors": [mention("Rebels", REBELS)],
            "places": [mention("Orla", ORLA)],
            "source": {"text": "a nurse", "class": "medic", "named": False}}  # fmt: skip
    return [
        report(" ".join([SHELLED, *more]), shelled, id="one", outlet="Hill Post"),
        report(HELD, held, id="two", outlet="Dale Echo", published="2016-12-04"),
    ]


@pytest.fixture
def record(where: str) -> Iterator[Record]:
    with open_record(where, create=True) as made:
        list(made.add(told(), reader="by hand"))
        yield made


def test_what_stands_no_longer_is_counted_no_longer(record: Record) -> None:
    def both() -> tuple[int, int]:
        asked = Filter(kind="event"), Filter(kind="control")
        found = [record.ask(lambda c, one=one: c.execute(standing(c, one)).all()) for one in asked]
        for one, rows in zip(asked, found, strict=True):
            assert [row.id for row in rows] == [
                row.id for row in record.ask(lambda c, one=one: c.execute(chosen(c, one)))
            ]
        return len(found[0]), len(found[1])

    assert both() == (1, 1)
    (held,) = record.statements(Filter(kind="control"))
    rejected = record.judge("reject", held.key, who="ada").number
    assert both() == (1, 0)
    record.undo(rejected, who="ada")
    assert both() == (1, 1)
    list(record.add([report(HELD, id="two", outlet="Dale Echo", published="2016-12-04")], reader="another"))
    assert both() == (1, 0)
    list(record.add(told("It rained.")[:1], reader="another"))
    assert both() == (1, 0)
    assert (
        len(record.ask(lambda c: c.execute(fallen()).all())) == 2
    )  # the one that is gone, and that of the version before


COUNTS: dict[str, Callable[[Connection], object]] = {
    "parties": whos.parties,
    "places": wheres.places,
    "unplaced": wheres.unplaced,
    "timeline": lambda c: timeline.timeline(c, Filter(), FIRST, LAST),
    "heat": lambda c: timeline.heat(c, Filter(), FIRST, LAST, "all"),
    "events": lambda c: c.execute(standing(c, Filter(kind="event")).with_only_columns(tables.statement.c.number)).all(),
    "sources": lambda c: sources.sources(c, Filter(), 300),
}


@pytest.mark.parametrize("name", COUNTS)
def test_no_row_is_read_for_a_count(tmp_path: Path, name: str) -> None:
    """But for bodies of single statements, which tell names, and for the statements that have a source."""
    with open_record(tmp_path / "war.db", create=True) as record:
        list(record.add(told(), reader="by hand"))
        asked: list[tuple[str, Any]] = []
        event.listen(
            record.engine, "before_cursor_execute", lambda _c, _u, words, values, *_: asked.append((words, values))
        )
        record.ask(COUNTS[name])
        counting = [(words, values) for words, values in asked if words.startswith("SELECT")]
        with record.engine.connect() as connection:
            plans = [
                str(step[3]) for words, values in counting
                for step in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {words}", values)
            ]  # fmt: skip
    read = [step for step in plans if step.split()[0] in ("SCAN", "SEARCH") and "COVERING" not in step]
    read = [step for step in read if step.split()[1] in ("party", "spot", "statement")]
    assert [step for step in read if "PRIMARY KEY" not in step] == []
    assert counting
