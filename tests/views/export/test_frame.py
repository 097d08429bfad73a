"""What all formats have in common: the list, the loss report, rows, and that what is written reads again."""

from __future__ import annotations

import csv
import json

import pytest
from click.testing import CliRunner

from contested.cli import exporting, main
from contested.errors import ExportError
from contested.record.record import open_record
from contested.statement import Report, Statement
from contested.views import export
from contested.views.export.losses import Losses
from contested.views.export.material import Material

TEXT = (
    "=Rebels shelled the mill of Orla on 2 May 2016, killing three guards and two boys, the Orla Monitor said. "
    "The army holds Orla."
)
SAID = [
    {
        "kind": "event", "type": "ASSAULT", "mode": "heavy-weapons", "anchor": "shelled",
        "quote": "=Rebels shelled the mill of Orla on 2 May 2016, killing three guards and two boys",
        "actors": ["=Rebels"], "targets": ["the mill"], "places": ["the mill", "Orla"],
        "when": {"text": "on 2 May 2016", "start": "2016-05-02", "end": "2016-05-02", "basis": "stated"},
        "source": {"text": "the Orla Monitor", "class": "monitor", "named": True},
        "harm": [{"effect": "killed", "who": "three guards", "low": 3, "high": 3},
                 {"effect": "killed", "who": "two boys", "low": 2, "high": 2}],
    },
    {"kind": "control", "type": "holds", "anchor": "holds", "quote": "The army holds Orla", "actors": ["The army"],
     "places": ["Orla"]},
]  # fmt: skip


@pytest.fixture
def path(tmp_path):
    """A record of two reports, one of which says nothing."""
    where = tmp_path / "war.db"
    said = [Statement.from_json(one, TEXT) for one in SAID]
    with open_record(where, create=True) as record:
        reports = [
            Report(TEXT, id="a", outlet="Orla Post", title="The mill", published="2016-05-03", extra={"page": 4}),
            Report("Nothing happened.", id="b", published="2016-05-03"),
        ]
        list(record.add([reports[0].with_statements(said), reports[1]], reader="by hand"))
        record.derive()
    return where


def written(path, *given, out=None):
    done = CliRunner().invoke(main, ["export", "--record", str(path), *given, *(["-o", str(out)] if out else [])])
    assert done.exit_code == 0, done.output
    return done


def test_help_and_the_list_of_formats_agree():
    assert tuple(one.name for one in export.FORMATS) == exporting.FORMATS
    assert export.TABLES == exporting.ROWS


def test_jsonl_is_the_codebooks_format_and_loses_nothing(path, tmp_path):
    out = tmp_path / "out.jsonl"
    told = written(path, "--to", "jsonl", out=out)
    reports = [Report.from_json(json.loads(line)) for line in out.read_text("utf-8").splitlines()]
    assert [(r.id, len(r.statements), dict(r.extra)) for r in reports] == [("a", 2, {"page": 4}), ("b", 0, {})]
    assert [s.id for s in reports[0].statements] == [s.id for s in (Statement.from_json(s, TEXT) for s in SAID)]
    assert "nothing was lost" in told.stderr
    assert json.loads((tmp_path / "out.jsonl.losses.json").read_text("utf-8"))["written"] == {
        "reports": 2, "statements": 2,
    }  # fmt: skip


def test_what_was_exported_adds_to_nothing(path, tmp_path):
    """Read from the export, the same statements are the same: a record of it has as many."""
    out = tmp_path / "out.jsonl"
    written(path, "--to", "jsonl", out=out)
    with open_record(path) as record, open_record(tmp_path / "other.db", create=True) as other:
        reports = (Report.from_json(json.loads(line)) for line in out.read_text("utf-8").splitlines())
        assert [added.outcome for added in other.add(reports, reader="by hand")] == ["new", "new"]
        assert [a.to_json() for a in other.statements()] == [a.to_json() for a in record.statements()]


def test_a_filter_narrows_what_is_written(path):
    told = written(path, "--to", "jsonl", "--kind", "control")
    (report,) = [json.loads(line) for line in told.stdout.splitlines()]
    assert [s["type"] for s in report["statements"]] == ["holds"]


def test_csv_has_a_row_a_statement_and_tells_what_it_lost(path, tmp_path):
    out = tmp_path / "out.csv"
    told = written(path, "--to", "csv", out=out)
    with out.open(encoding="utf-8", newline="") as file:
        first, second = csv.DictReader(file)
    assert (first["actors"], first["killed_low"], first["source_class"]) == ("'=Rebels", "3", "monitor")
    assert first["harm"] == "killed 3: three guards; killed 2: two boys"
    assert (second["type"], second["killed_low"], second["source"]) == ("holds", "", "")
    lost = {(one["what"], one["times"]) for one in json.loads((tmp_path / "out.csv.losses.json").read_text())["lost"]}
    assert ("further counts of one effect", 1) in lost
    assert "begin like a formula" in told.stderr


def test_rows_that_a_format_has_not_are_refused(path):
    done = CliRunner().invoke(main, ["export", "--record", str(path), "--to", "jsonl", "--rows", "incidents"])
    assert done.exit_code == 2
    assert "no rows to choose" in done.output


def test_a_format_whose_library_is_absent_says_how_to_get_it(path, monkeypatch):
    def absent(name):
        raise ModuleNotFoundError(name, name="pyarrow")

    monkeypatch.setattr(export, "import_module", absent)
    arrows = export.Format("arrows", ".arrow", "", "arrows", needs="export")
    with (
        open_record(path) as record,
        pytest.raises(ExportError, match=r"needs pyarrow: pip install 'contested\[export\]'"),
    ):
        list(arrows.pieces(Material(record), Losses("arrows")))
