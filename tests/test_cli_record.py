"""The commands that ask and judge a record, over the hand-coded reports of examples/record.jsonl."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from contested.cli import judging, main
from contested.record.judgements import WHATS
from contested.record.record import open_record
from contested.statement import Report

REPORTS = Path(__file__).parent.parent / "examples" / "record.jsonl"
LINES = REPORTS.read_text("utf-8").splitlines()


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    where = tmp_path_factory.mktemp("record") / "oron.db"
    with open_record(where, create=True) as record:
        list(record.add((Report.from_json(json.loads(line)) for line in LINES), reader="by hand"))
        record.derive()
    return where.read_bytes()


@pytest.fixture
def where(tmp_path: Path, filled: bytes) -> Path:
    path = tmp_path / "oron.db"
    path.write_bytes(filled)
    return path


@pytest.fixture
def run(where: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CONTESTED_RECORD", str(where))

    def invoke(*words: str) -> Result:
        return CliRunner().invoke(main, words)

    return invoke


def lines(done: Result) -> list[dict[str, Any]]:
    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_the_examples_are_in_the_file_format():
    from contested.schema import misplaced, report, slips

    for line in LINES:
        assert list(slips(json.loads(line), report())) == []
        one = Report.from_json(json.loads(line))
        assert not [lost for said in one.statements for lost in misplaced(one.text, said)]


def test_incidents_have_the_form_of_the_hand_made_ones(run):
    (incident,) = lines(run("incidents", "--format", "jsonl"))
    assert {"incident", "what", "date", "place", "reports", "disputes"} <= set(incident)
    assert "group" not in incident
    assert (incident["date"], incident["place"]) == ("2019-03-08", "Oron")
    assert {one["id"] for one in incident["reports"]} == {"hill-2", "dale-1"}
    assert all(set(one) == {"id", "quote", "anchor"} for one in incident["reports"])
    (count,) = [one for one in incident["disputes"] if one["type"] == "count"]
    assert count["update"] is False
    assert {"report", "source", "says", "value", "quote"} <= set(count["accounts"][0])
    assert {one["value"] for one in count["accounts"]} == {9, 14}
    assert incident["acled"]["sub_event_type"] == "Shelling/artillery/missile attack"
    assert incident["airwars"]["grade"] == "contested"


def test_disputes_are_chosen_by_type(run):
    assert {one["type"] for one in lines(run("disputes", "--format", "jsonl"))} >= {"control", "count"}
    (control,) = lines(run("disputes", "--format", "jsonl", "--about", "control"))
    assert control["sentence"].startswith("State radio says")
    wrong = run("disputes", "--about", "bombing")
    assert wrong.exit_code == 2
    assert "bombing" in wrong.output


def test_the_situation_on_two_clocks(run):
    asked = ("situation", "--as-of", "2019-03-16", "--format", "json")
    (oron,) = lines(run(*asked))[0]["ground"]
    assert oron["contested"]
    assert {one["party"]: one["share"] for one in oron["holders"]} == {"xx.rebels": 0.7, "xx.armed-forces": 1.0}
    (before,) = lines(run(*asked, "--known-by", "2019-03-05"))[0]["ground"]
    assert [one["party"] for one in before["holders"]] == ["xx.rebels"]
    page = run("situation", "--party", "xx.armed-forces", "--place", "Sund").stdout
    assert "Sieges\n  Sund\n    by army of Oron, since 2019-03-18: Dale Echo: “The army has surrounded" in page
    assert "Oron: CONTESTED" not in page
    assert "Made from the latest statements only: ground" in run("situation", "--limit", "1").stdout


def test_a_place_that_is_not_there_and_days_that_are_none_are_named(run):
    lost = run("situation", "--place", "Atlantis")
    assert (lost.exit_code, "Atlantis" in lost.output) == (1, True)
    assert "is no date" in run("situation", "--as-of", "yesterday").output
    assert run("diff", "--from", "2019-03-20", "--to", "2019-03-10").exit_code == 2


def test_what_changed_between_two_days(run):
    found = lines(run("diff", "--from", "2019-03-10", "--to", "2019-03-20", "--format", "jsonl"))
    assert [one["type"] for one in found] == ["taken", "share", "contested", "siege-begun", "count-raised", "talk"]
    assert found[0]["reports"] == ["lake-1"]
    table = run("diff", "--from", "2019-03-10", "--to", "2019-03-20").stdout
    assert "Oron: army of Oron holds it" in table
    assert run("diff", "--from", "2019-03-10", "--to", "2019-03-10").stdout == "nothing\n"


def test_sources_say_how_they_are_to_be_read(run):
    first, *_ = lines(run("sources", "--format", "jsonl"))
    assert (first["party"], first["statements"], first["happenings"], first["corroborated"]) == (
        "xx.hill-monitor",
        3,
        3,
        1,
    )
    assert "too few" in first["caveat"]
    assert "Hill Monitor" in run("sources", "--source-class", "monitor").stdout


def test_what_is_written_to_a_file_is_not_printed(run, tmp_path):
    out = tmp_path / "incidents.jsonl"
    done = run("incidents", "--format", "jsonl", "-o", str(out))
    assert done.stdout == ""
    assert json.loads(out.read_text("utf-8"))["date"] == "2019-03-08"


def test_a_judgement_is_kept_applied_and_undone(run):
    (statement,) = lines(run("statements", "--report", "hill-2", "--format", "jsonl"))
    done = run("judge", "reject", statement["key"], "--who", "ada", "--note", "a hoax")
    assert done.exit_code == 0, done.output
    assert not lines(run("incidents", "--format", "jsonl"))
    (kept,) = lines(run("judgements", "--format", "jsonl"))
    assert (kept["who"], kept["what"], kept["note"], kept["undone_at"]) == ("ada", "reject", "a hoax", None)
    assert run("undo", "1", "--who", "ben").exit_code == 0
    assert len(lines(run("incidents", "--format", "jsonl"))) == 1
    assert [one["undone_by"] for one in lines(run("judgements", "--format", "jsonl"))] == ["ben"]
    assert "a hoax" in run("judgements").stdout
    assert "there is none with the number 7" in run("undo", "7", "--who", "ada").output


def test_a_correction_is_json(run):
    (statement,) = lines(run("statements", "--report", "hill-2", "--format", "jsonl"))
    done = run("judge", "correct", statement["key"], "--value", '{"mode": "aerial"}', "--who", "ada")
    assert done.exit_code == 0, done.output
    (corrected,) = lines(run("statements", "--report", "hill-2", "--format", "jsonl"))
    assert (corrected["mode"], corrected["by"]["mode"]) == ("aerial", "person:ada")
    for value in ("aerial", "[1]"):
        assert run("judge", "correct", statement["key"], "--value", value, "--who", "ada").exit_code == 2


def test_two_statements_are_split(run):
    incident = lines(run("incidents", "--format", "jsonl"))[0]
    one = next(key for key in incident["accounts"] if key.startswith("hill-2"))
    for other in incident["accounts"]:
        if other.startswith("dale-1"):
            assert run("judge", "split", one, "--with", other, "--who", "ada").exit_code == 0
    assert not lines(run("incidents", "--format", "jsonl"))


def test_the_command_knows_all_that_can_be_judged():
    assert judging.WHATS == WHATS
