"""FollowTheMoney's statements and HXL's rows, read by their own libraries."""

from __future__ import annotations

import csv
import io

import pytest

from contested.record.record import open_record
from tests.views.export.test_events import AGREED
from tests.views.export.test_frame import path, written  # noqa: F401 (path is a fixture)


@pytest.fixture
def agreed(tmp_path):
    """Two reports of one incident."""
    with open_record(tmp_path / "war.db", create=True) as record:
        list(record.add(AGREED, reader="by hand"))
        record.derive()
    return tmp_path / "war.db"


def test_followthemoney_reads_its_statements_and_puts_an_incident_together(agreed, tmp_path):
    statement = pytest.importorskip("followthemoney.statement")
    from followthemoney.dataset import Dataset

    out = tmp_path / "out.csv"
    written(agreed, "--to", "ftm", out=out)
    found = list(statement.read_statements(io.BytesIO(out.read_bytes()), statement.CSV))
    assert {one.origin.rpartition("#")[0] for one in found} == {"a@1", "b@1"}
    events = [one for one in found if one.schema == "Event"]
    assert len({one.entity_id for one in events}) == 2
    assert len({one.canonical_id for one in events}) == 1
    dataset = Dataset.make({"name": "contested", "title": "contested"})
    entity = statement.StatementEntity.from_statements(dataset, events)
    assert entity.get("startDate") == ["2016-05-02"]
    assert set(entity.get("notes")) == {"killed 3", "according to the Hill Monitor", "according to the Lake Monitor"}
    parties = {one.value for one in found if one.schema == "PublicBody" and one.prop == "name"}
    assert parties == {"Iraqi Army"}


@pytest.mark.parametrize("rows", ["statements", "incidents", "accounts"])
def test_hxl_has_tags_that_its_library_takes(agreed, rows):
    hxl = pytest.importorskip("hxl")
    told = list(csv.reader(io.StringIO(written(agreed, "--to", "hxl", "--rows", rows).stdout)))
    found = hxl.data(told).cache()
    assert found.validate()
    assert {(row.get("#affected+killed+min"), row.get("#geo+lat")) for row in found} == {("3", "35.17778")}
    assert len(list(found)) == len(told) - 2


def test_what_has_no_tag_is_told_as_lost(path):  # noqa: F811
    told = written(path, "--to", "hxl")
    assert "column `anchor`: no hashtag says it" in told.stderr
    assert io.StringIO(told.stdout).readline().startswith("key,")
