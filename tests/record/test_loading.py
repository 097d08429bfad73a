"""Reports that were read already come into a record as they are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine, select

from contested.cli import main
from contested.errors import InputError
from contested.intake import from_paths
from contested.record import tables as t
from contested.record.loading import load
from contested.record.readings import readings
from contested.record.record import Record
from evaluation import faults


def lines(path: Path, *objects: Any) -> Path:
    path.write_text("".join(json.dumps(one) + "\n" for one in objects), "utf-8")
    return path


@pytest.fixture
def read(tmp_path: Path) -> Path:
    """More reports than one transaction takes, as a reading wrote them."""
    return lines(tmp_path / "read.jsonl", *(one.to_json() for one in faults.reports(230)))


def loaded(
    engine: Engine, path: Path, reader: tuple[str, str] | None = ("reader 1", "")
) -> tuple[list[str], list[str]]:
    """The outcomes of what was loaded, and what could not be."""
    came = list(load(engine, from_paths([path], already_read=True), reader))
    return [one[1].outcome for one in came if not isinstance(one, InputError)], [
        str(one) for one in came if isinstance(one, InputError)
    ]


def test_what_is_loaded_is_what_adding_keeps_and_again_it_changes_nothing(
    engine: Engine, where: str, read: Path, tmp_path: Path
) -> None:
    assert loaded(engine, read) == (["new"] * 230, [])
    assert loaded(engine, read) == (["same"] * 230, [])
    one_by_one = str(tmp_path / "one.db")
    faults.add(one_by_one, 230)
    assert faults.content(where) == faults.content(one_by_one)


def test_who_read_is_told_by_the_report_or_by_the_caller_and_never_made_up(engine: Engine, tmp_path: Path) -> None:
    said = {"reader": "contested 9, weights w", "knowledge": "k"}
    bare = [one.to_json() for one in faults.reports(3)]
    path = lines(tmp_path / "read.jsonl", {**bare[0], "read_by": said}, bare[1], {**bare[2], "read_by": "me"})
    outcomes, wrong = loaded(engine, path, None)
    assert outcomes == ["new"]
    assert [one.partition(".jsonl")[2] for one in wrong] == [
        f":{n}: nothing tells by what it was read: say it with --reader" for n in (2, 3)
    ]
    assert loaded(engine, path)[0] == ["same", "new", "new"]
    with engine.connect() as connection:
        assert {(row["reader"], row["knowledge"], row["reports"]) for row in readings(connection)} == {
            (said["reader"], "k", 1), ("reader 1", "", 2),
        }  # fmt: skip


def test_what_was_not_read_is_told_of_and_the_rest_is_loaded(engine: Engine, tmp_path: Path) -> None:
    good = faults.reports(1)[0].to_json()
    silent = {"text": "The mill stands.", "statements": []}
    path = lines(tmp_path / "mixed.jsonl", {"text": "The mill burned."}, good, silent)
    outcomes, wrong = loaded(engine, path)
    assert outcomes == ["new", "new"]
    assert len(wrong) == 1
    assert "`contested add` reads it" in wrong[0]
    page = tmp_path / "page.html"
    page.write_text("<p>The mill burned.</p>", "utf-8")
    assert "`contested add` reads it" in loaded(engine, page)[1][0]


def test_what_the_database_refuses_is_told_of_and_the_rest_is_loaded(engine: Engine, tmp_path: Path) -> None:
    told = [one.to_json() for one in faults.reports(4)]
    place = next(m for s in told[1]["statements"] for m in s["places"])
    place["resolved"]["place"] = "x" * 200
    outcomes, wrong = loaded(engine, lines(tmp_path / "long.jsonl", *told))
    kept = 4 if engine.dialect.name == "sqlite" else 3  # a file takes names of any length
    assert (outcomes, len(wrong)) == (["new"] * kept, 4 - kept)
    with engine.connect() as connection:
        assert len(connection.scalars(select(t.report.c.id)).all()) == kept


def test_statistics_are_made_of_what_was_loaded(engine: Engine, read: Path) -> None:
    if engine.dialect.name == "sqlite":
        pytest.skip("SQLite's plans rest on the order of its indexes")
    loaded(engine, read)
    with engine.connect() as connection:
        counted = connection.exec_driver_sql(
            "SELECT reltuples FROM pg_class WHERE oid = 'statement'::regclass"
        ).scalar()
        assert counted == Record(engine).size()["statements"]


def test_the_command_tells_counts_and_links(where: str, tmp_path: Path) -> None:
    command = ["load", "examples/record.jsonl", "--record", where, "--reader", "by hand"]
    first, again = CliRunner().invoke(main, command), CliRunner().invoke(main, command)
    assert (first.exit_code, again.exit_code) == (0, 0)
    assert "5 reports: 5 new; 11 new statements" in first.stderr
    assert "1 incidents, 3 disputes" in first.stderr
    assert "5 reports: 5 there already; 0 new statements" in again.stderr
    nothing = CliRunner().invoke(main, ["load", "README.md", "--record", where])
    assert (nothing.exit_code, "README.md: no `statements`" in nothing.stderr) == (1, True)
