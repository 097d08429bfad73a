"""Reports are hostile input: whatever is in them, every format is written, reads again, and runs nothing."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
import zipfile

import pytest

from contested.errors import ExportError
from contested.record.record import open_record
from contested.statement import Report, Statement
from contested.views import export
from contested.views.export.losses import Losses
from contested.views.export.tabular import cell
from tests.record.conftest import where  # noqa: F401 (a fixture: both engines)

EVIL = "=cmd|'/C calc'!A1 <script>alert(1)</script> \x08\x1b \u202e \"'`;-- \r\n\t,| {{7*7}} ]]> &amp; _x0041_ "
TEXT = f"{EVIL}Rebels of {EVIL} shelled the mill of Orla, killing three people, {EVIL} said."


def evil(url):
    """A report whose every word is meant to do harm."""
    said = {
        "kind": "event", "type": "ASSAULT", "mode": "heavy-weapons", "anchor": "shelled", "quote": TEXT[:-1],
        "actors": [f"Rebels of {EVIL}"], "targets": [EVIL],
        "places": [{"text": EVIL, "start": 0, "end": len(EVIL), "resolved": {
            "place": "ocha:=1+1", "name": EVIL, "lat": 35.0, "lon": 36.0, "radius_km": 1.0, "kind": "village",
            "country": "SY", "precision": "exact"}}],
        "source": {"text": EVIL, "class": "witness", "named": True, "via": [EVIL]},
        "when": {"text": EVIL, "start": "2016-05-02", "end": "2016-05-02", "basis": "stated"},
        "harm": [{"effect": "killed", "who": EVIL, "low": 3, "high": 3}],
    }  # fmt: skip
    id_ = f"=1 {EVIL}#@{url}"
    return Report(TEXT, id=id_, outlet=EVIL, title=EVIL, published="2016-05-03", url=url, extra={EVIL: EVIL},
                  statements=(Statement.from_json(said, TEXT),))  # fmt: skip


URLS = ("javascript:alert(1)", 'http://x.example/"><script>alert(1)</script> |', "//[", "data:text/html,x")
CASES = [(form.name, rows) for form in export.FORMATS for rows in form.rows or (None,)]


@pytest.fixture
def record(where):  # noqa: F811
    with open_record(where, create=True) as made:
        list(made.add([evil(url) for url in URLS], reader="by hand"))
        made.derive()
        yield made


@pytest.mark.parametrize("redact", [None, "private"])
def test_every_format_is_written_whatever_is_in_a_report(record, tmp_path, redact):
    for form, rows in CASES:
        out = tmp_path / f"{form}-{rows}{export.named(form).suffix}"
        assert export.write(record, form, out, rows=rows, redact=redact).format == form
        _reads(out, form)


def _reads(out, form):
    """Read a file with what reads its kind, and look for what would run."""
    if form == "xlsx":
        with zipfile.ZipFile(out) as book:
            sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
            for name in sheets:
                assert [one.tag for one in ET.fromstring(book.read(name)).iter() if one.tag.endswith("}f")] == []
        return
    if form == "parquet":
        pytest.importorskip("polars").read_parquet(out)
        return
    if form == "gpkg":
        pytest.importorskip("geopandas").read_file(out)
        return
    if form == "pdf":
        assert out.read_bytes().startswith(b"%PDF")
        assert b"/JavaScript" not in out.read_bytes()
        return
    text = out.read_bytes().decode("utf-8")
    if form == "html":
        assert "<script" not in text
        assert 'href="javascript:' not in text
        assert 'href="data:' not in text
    elif out.suffix == ".jsonl":
        assert [json.loads(line) for line in text.split("\n") if line]
    elif out.suffix in (".json", ".geojson", ".jsonld"):
        json.loads(text)
    elif form == "ftm":
        for row in csv.DictReader(io.StringIO(text, newline="")):
            assert not (row["prop"] == "sourceUrl" and "javascript" in row["value"])
    else:
        rows = list(csv.reader(io.StringIO(text, newline="")))
        assert len({len(row) for row in rows}) == 1
        assert [value for row in rows[1:] for value in row if value.startswith(("=", "@", "\t"))] == []


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＠"])
def test_a_cell_that_a_spreadsheet_would_run_gets_an_apostrophe(start):
    losses = Losses("csv")
    assert cell(f"{start}1+1", losses) == f"'{start}1+1"
    assert losses.dropped.total() == 1


def test_an_address_is_an_iri_or_none(record):
    out = io.BytesIO()
    export.write(record, "webannotation", out.write)
    sources = sorted(one["target"]["source"] for one in json.loads(out.getvalue())["items"])
    assert sources[0] == "http://x.example/%22%3E%3Cscript%3Ealert(1)%3C/script%3E%20%7C"
    assert all(one.startswith("tag:contested,2026:report/") for one in sources[1:])
    assert not any(c in "".join(sources) for c in ' "<>\\^`{|}')


def test_nothing_takes_the_place_of_what_is_no_file(record, tmp_path):
    with pytest.raises(ExportError, match="is no file"):
        export.write(record, "csv", tmp_path)
    with pytest.raises(ExportError, match="cannot be written"):
        export.write(record, "csv", tmp_path / "nowhere" / "out.csv")
    with pytest.raises(ExportError, match="is none of the formats"):
        export.write(record, "docx", tmp_path / "out.docx")
    with pytest.raises(ExportError, match="is written to a file"):
        export.write(record, "xlsx", io.BytesIO().write)
    with pytest.raises(ExportError, match="no rows to choose"):
        export.write(record, "jsonl", tmp_path / "out", rows="incidents")


def test_a_file_is_not_there_after_an_error(record, tmp_path, monkeypatch):
    from contested.views.export import tabular

    def broken(value, losses):
        raise RuntimeError("broken")

    monkeypatch.setattr(tabular, "cell", broken)
    with pytest.raises(RuntimeError):
        export.write(record, "csv", tmp_path / "out.csv")
    assert [one.name for one in tmp_path.iterdir() if not one.name.startswith("war.db")] == []
