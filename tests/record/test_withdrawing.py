"""What an outlet took back counts no longer, whatever came first; that it was said stays, and counted until then."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine, func, select

from contested.cli import main
from contested.record import tables as t
from contested.record.record import Filter, Record
from contested.record.writing import Writer
from contested.statement import Report
from tests.record.coded import ARMY, MILL, attack, mention, report

SHELLED = "The army shelled the mill on Friday and killed four men."


def told(**more: Any) -> Report:
    coded = attack(SHELLED, actors=[mention("The army", ARMY)], places=[mention("the mill", MILL)],
                   when={"text": "on Friday", "start": "2016-12-02", "end": "2016-12-02"},
                   harm=[{"effect": "killed", "who": "four men", "low": 4, "high": 4}])  # fmt: skip
    return report(SHELLED, coded, **{"id": "wire-7", "outlet": "Hill Wire", **more})


def cancelled(text: str = SHELLED, day: str = "2016-12-04") -> Report:
    """Its statements are there as if a reader had found them in what is left of the text: they must not count."""
    return Report.from_json({**told().to_json(), "text": text, "published": day, "withdrawn": day,
                             "statements": told().to_json()["statements"] if text == SHELLED else []})  # fmt: skip


def happened(record: Record) -> tuple[int, int]:
    """How many statements and counts of dead of the situation there are."""
    record.derive()
    casualties = record.situation(as_of=date(2016, 12, 6)).casualties
    return len(record.statements(Filter())), len(casualties)


@pytest.mark.parametrize("text", [SHELLED, "Kill: it was another mill."])
def test_what_was_withdrawn_is_in_no_answer(engine: Engine, text: str) -> None:
    record, writer = Record(engine), Writer(engine, "by hand")
    assert writer.add(told()).outcome == "new"
    assert happened(record) == (1, 1)
    added = writer.add(cancelled(text))
    assert (added.outcome, added.version, added.found) == ("withdrawn", 2, 0)
    assert happened(record) == (0, 0)
    with engine.connect() as c:  # that it was said stays
        assert c.scalar(select(func.count()).select_from(t.statement)) == 1
        extra = c.scalar(select(t.report.c.extra).where(t.report.c.latest))
    assert extra is not None
    assert extra["withdrawn"] == "2016-12-04"
    assert len(record.statements(Filter(known_by=date(2016, 12, 3)))) == 1
    assert len(record.statements(Filter(known_by=date(2016, 12, 4)))) == 0


def test_an_incident_that_two_told_of_is_told_of_by_one(engine: Engine) -> None:
    record, writer = Record(engine), Writer(engine, "by hand")
    for one in (told(), told(id="echo-1", outlet="Dale Echo", title="At the mill")):
        writer.add(one)
    record.derive()
    (incident,) = record.incidents()
    assert len(incident.to_json()["reports"]) == 2
    writer.add(cancelled("Kill: it was another mill."))
    record.derive()
    left = [one["id"] for incident in record.incidents() for one in incident.to_json()["reports"]]
    assert set(left) <= {"echo-1"}


def test_the_same_withdrawal_again_changes_nothing(engine: Engine) -> None:
    writer = Writer(engine, "by hand")
    outcomes = [writer.add(one).outcome for one in (told(), cancelled(), cancelled(), told(), cancelled())]
    assert outcomes == ["new", "withdrawn", "same", "same", "same"]
    assert happened(Record(engine)) == (0, 0)


def test_a_report_that_comes_after_its_withdrawal_is_withdrawn(engine: Engine) -> None:
    record, writer = Record(engine), Writer(engine, "by hand")
    assert [writer.add(one).outcome for one in (cancelled(), told())] == ["withdrawn", "withdrawn"]
    assert happened(record) == (0, 0)
    assert Writer(engine, "a newer reader").add(told()).found == 0
    assert happened(record) == (0, 0)


def test_a_new_account_after_a_withdrawal_counts(engine: Engine) -> None:
    record, writer = Record(engine), Writer(engine, "by hand")
    for one in (told(), cancelled()):
        writer.add(one)
    assert writer.add(told(published="2016-12-05", title="As corrected")).outcome == "version"
    assert happened(record) == (1, 1)


ITEM = {
    "uri": "urn:hillwire:7", "type": "text", "pubstatus": "usable", "versioncreated": "2016-12-02T18:00:00Z",
    "headline": "Army shells mill", "infosource": [{"name": "Hill Wire"}],
    "body_text": "The army shelled the town of Manbij on Friday and killed four civilians, the governor said.",
}  # fmt: skip


def test_adding_a_cancelled_item_tells_it_and_empties_the_situation(tmp_path: Path) -> None:
    first, second, where = tmp_path / "1.json", tmp_path / "2.json", str(tmp_path / "war.db")
    first.write_text(json.dumps(ITEM))
    second.write_text(json.dumps({**ITEM, "pubstatus": "canceled", "versioncreated": "2016-12-03T09:00:00Z"}))

    def run(*words: str) -> Any:
        done = CliRunner().invoke(main, [*words, "--record", where])
        assert done.exit_code == 0, done.output
        return done

    def told() -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(run("situation", "--format", "json", "--as-of", "2016-12-10").stdout)
        return answer

    assert "1 report: 1 new" in run("add", str(first)).stderr
    assert "four civilians" in json.dumps(told())
    assert "1 report: 1 withdrawn by their outlets; 0 new statements" in run("add", str(second)).stderr
    assert "four civilians" not in json.dumps(told())
    assert run("statements", "--format", "jsonl").stdout == ""
    assert "1 statement" not in CliRunner().invoke(main, ["read", str(second)]).stderr
