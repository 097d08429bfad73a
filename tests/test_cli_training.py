"""`contested judgements --training`: the reports that were judged, in the codebook's form."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from contested.cli import main
from contested.record.record import open_record
from contested.statement import Report
from tests.record.coded import attack, report


def test_judged_reports_are_written_as_training_data(tmp_path: Path) -> None:
    where = tmp_path / "war.db"
    text = "The army shelled the mill, and rebels shelled the bridge."
    said = attack(text, quote="The army shelled the mill", actors=["The army"])
    with open_record(where, create=True) as record:
        list(record.add([report(text, said, id="one"), report(f"Later {text}", said, id="two")], reader="r"))
        (key,) = [one.key for one in record.statements() if one.report == "one"]
        record.judge("confirm", key, who="Ada")
    out = tmp_path / "training.jsonl"
    done = CliRunner().invoke(main, ["judgements", "--record", str(where), "--training", "-o", str(out)])
    assert done.exit_code == 0, done.output
    (line,) = out.read_text("utf-8").splitlines()
    assert Report.from_json(json.loads(line)).statements[0].quote == "The army shelled the mill"
    assert json.loads(line)["judged"] == 1
