"""Tables are read back by the tools that people read them with."""

from __future__ import annotations

import csv
import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.views.export.test_frame import path, written  # noqa: F401 (path is a fixture)

openpyxl = pytest.importorskip("openpyxl")
pandas, polars, geopandas = (pytest.importorskip(name) for name in ("pandas", "polars", "geopandas"))

EXAMPLES = [str(Path(__file__).parents[3] / "examples" / name) for name in ("record.jsonl", "reports.jsonl")]
#: A statement of the examples that has a point, and one that has none.
ORDER = "SELECT type, killed FROM (SELECT type, harm[1].low AS killed FROM '{}') ORDER BY type"


def duckdb(sql):
    """What DuckDB answers, in a process of its own: in this one it would tell of its leaks when all is done."""
    if importlib.util.find_spec("duckdb") is None:
        pytest.skip("DuckDB is not installed")
    code = "import duckdb, json, sys; print(json.dumps(duckdb.sql(sys.argv[1]).fetchall()))"
    return json.loads(subprocess.run([sys.executable, "-c", code, sql], capture_output=True, check=True).stdout)


def test_csv_is_the_same_to_pandas_polars_and_duckdb(path, tmp_path):  # noqa: F811
    out = tmp_path / "out.csv"
    written(path, "--to", "csv", out=out)
    frame = pandas.read_csv(out, parse_dates=["published"])
    assert frame["killed_low"].tolist()[0] == 3
    assert str(frame["published"].dt.date[0]) == "2016-05-03"
    quotes = frame["quote"].tolist()
    assert quotes[0].startswith("'=Rebels shelled the mill of Orla")
    assert polars.read_csv(out, infer_schema_length=None)["quote"].to_list() == quotes
    assert [row[0] for row in duckdb(f"SELECT quote FROM read_csv('{out}') ORDER BY quote_start")] == quotes


def test_xlsx_opens_with_days_and_without_formulas(path, tmp_path):  # noqa: F811
    out = tmp_path / "out.xlsx"
    written(path, "--to", "xlsx", out=out)
    sheet = openpyxl.load_workbook(out)["statements"]
    header, first, second = sheet.iter_rows()
    row = {name.value: cell for name, cell in zip(header, first, strict=True)}
    assert (row["actors"].value, row["actors"].data_type) == ("=Rebels", "s")
    assert row["published"].is_date
    assert row["killed_low"].value == 3
    assert second[6].value == "control"
    assert sheet.freeze_panes == "A2"


def test_parquet_keeps_nested_slots_for_duckdb_polars_and_pandas(path, tmp_path):  # noqa: F811
    out = tmp_path / "out.parquet"
    written(path, "--to", "parquet", out=out)
    assert duckdb(ORDER.format(out)) == [["ASSAULT", 3], ["holds", None]]
    assert [len(harms) for harms in polars.read_parquet(out)["harm"].to_list()] == [2, 0]
    frame = pandas.read_parquet(out)
    assert frame["actors"][0][0]["text"] == "=Rebels"
    assert str(frame["published"][0]) == "2016-05-03"
    assert frame["source"][0]["class"] == "monitor"


def test_parquet_has_one_schema_whatever_is_in_it(path, tmp_path):  # noqa: F811
    import pyarrow.parquet as pq

    schemas = []
    for n, kind in enumerate(("event", "control", "position")):
        out = tmp_path / f"{n}.parquet"
        written(path, "--to", "parquet", "--kind", kind, out=out)
        schemas.append(pq.read_schema(out))
    assert schemas[0] == schemas[1] == schemas[2]


@pytest.fixture(scope="module")
def examples(tmp_path_factory):
    """The record of the examples: its places have points, and it has incidents."""
    from contested.intake import from_paths
    from contested.reading.pipeline import Reader
    from contested.record.record import open_record
    from contested.statement import Report

    where = tmp_path_factory.mktemp("export") / "war.db"
    reader = Reader.load()
    with open_record(where, create=True) as record:
        reports = [reader.read(r) for r in from_paths(EXAMPLES) if isinstance(r, Report)]
        list(record.add(reports, reader="contested, in a test"))
        record.derive()
    return where


@pytest.mark.parametrize("rows", ["statements", "incidents", "accounts"])
def test_points_are_the_same_in_geojson_and_geopackage(examples, tmp_path, rows):
    told = written(examples, "--to", "geojson", "--rows", rows, out=tmp_path / "out.geojson")
    written(examples, "--to", "gpkg", "--rows", rows, out=tmp_path / "out.gpkg")
    found = json.loads((tmp_path / "out.geojson").read_text("utf-8"))["features"]
    layer = geopandas.read_file(tmp_path / "out.gpkg")
    assert len(layer) == len(found) > 0
    assert layer.crs.to_epsg() == 4326
    assert [[p.x, p.y] for p in layer.geometry] == [
        pytest.approx(one["geometry"]["coordinates"], abs=1e-6) for one in found
    ]
    lost = json.loads((tmp_path / "out.geojson.losses.json").read_text("utf-8"))
    assert lost["written"][rows] == len(found)
    assert "lost" in told.stderr


def test_an_incident_has_the_widest_bounds_of_its_accounts(examples, tmp_path):
    written(examples, "--to", "csv", "--rows", "incidents", out=tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        killed = {(row["killed_low"], row["killed_high"]) for row in csv.DictReader(file)}
    assert ("9", "14") in killed


def test_a_layer_without_a_point_is_refused_with_the_reason(path, tmp_path):  # noqa: F811
    from click.testing import CliRunner

    from contested.cli import main

    given = ["export", "--record", str(path), "--to", "gpkg", "--kind", "control", "-o", str(tmp_path / "out.gpkg")]
    done = CliRunner().invoke(main, given)
    assert done.exit_code == 1
    assert "has a point" in done.output
    assert not (tmp_path / "out.gpkg").exists()
