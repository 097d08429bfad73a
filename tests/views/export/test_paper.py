"""The situation report: one file that needs nothing, holds every quote with its source, and runs nothing of theirs."""

from __future__ import annotations

import re
import shutil

import pytest

from contested.record.record import open_record
from contested.statement import Report, Statement
from tests.views.export.test_events import APART, report
from tests.views.export.test_frame import written

HOSTILE = "<script>window.__pwned = 1</script>"


def record_of(tmp_path, *reports):
    with open_record(tmp_path / "war.db", create=True) as record:
        list(record.add(reports, reader="by hand"))
        record.derive()
    return tmp_path / "war.db"


def test_it_tells_who_says_what_and_who_says_otherwise(tmp_path):
    page = written(record_of(tmp_path, *APART), "--to", "html").stdout
    assert "Situation as of 3 May 2016" in page
    assert "the Lake Monitor says nine people were killed" in page
    assert "Outlet b" in page
    assert "<svg" in page
    assert "Not redacted" in page
    assert re.search(r'class="spot" cx="[\d.]+"', page)
    assert page.count('class="borders" d="M') == 1


def test_it_needs_nothing_and_runs_nothing(tmp_path):
    text = f"Gunners shelled {HOSTILE} on Friday, a nurse said."
    said = {
        "kind": "condition", "type": "damage", "anchor": "shelled", "quote": text.split(",")[0], "actors": ["Gunners"],
        "targets": [HOSTILE], "places": [HOSTILE], "source": {"text": HOSTILE, "class": "medic", "named": True},
    }  # fmt: skip
    bad = Report(
        text, id=HOSTILE, outlet=HOSTILE, title=HOSTILE, published="2016-05-03", url="javascript:alert(1)",
        statements=(Statement.from_json(said, text),),
    )  # fmt: skip
    page = written(record_of(tmp_path, bad), "--to", "html").stdout
    assert HOSTILE not in page
    assert "&lt;script&gt;" in page
    assert "javascript:" not in page
    assert re.findall(r'(?:src|href)="(?!#)[^"]*"', page) == []
    assert "default-src 'none'" in page


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext (poppler-utils) is not installed")
def test_the_same_is_printed(tmp_path):
    import subprocess

    pytest.importorskip("weasyprint")
    out = tmp_path / "out.pdf"
    written(record_of(tmp_path, *APART), "--to", "pdf", out=out)
    told = subprocess.run(["pdftotext", str(out), "-"], capture_output=True, text=True, check=True).stdout
    assert "Situation as of 3 May 2016" in told
    assert "the Lake Monitor" in told


def test_what_is_left_out_is_counted(tmp_path, monkeypatch):
    from contested.views.export import paper

    monkeypatch.setattr(paper, "MOST", 1)
    reports = [report(str(n), "three men", 3, f"the Monitor of {n}") for n in range(2)]
    later = "The army holds Orla and the fort of Sar."
    said = [
        {"kind": "control", "type": "holds", "anchor": "holds", "quote": "The army holds Orla", "actors": ["The army"],
         "places": [place]}
        for place in ("Orla",)
    ] + [{"kind": "control", "type": "holds", "anchor": "holds", "quote": later[:-1], "actors": ["The army"],
          "places": ["the fort of Sar"]}]  # fmt: skip
    statements = tuple(Statement.from_json(one, later) for one in said)
    reports.append(Report(later, id="c", published="2016-05-03", statements=statements))
    told = written(record_of(tmp_path, *reports), "--to", "html")
    assert "1 ground: the page has 1 of each" in told.stderr
