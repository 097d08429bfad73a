"""ACLED's, UCDP's and PLOVER's columns, from incidents made by hand."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import pytest

from contested.record.record import open_record
from contested.statement import Report, Statement
from contested.views.export import events
from tests.views.export.test_frame import written

HALABJA = {
    "place": "geonames:96205", "name": "Halabja", "lat": 35.17778, "lon": 45.98611, "radius_km": 2.47, "kind": "town",
    "country": "IQ", "precision": "exact", "within": ["geonames-admin1:IQ.19", "iso:IQ"],
}  # fmt: skip
ARMY = {"party": "iq.army", "name": "Iraqi Army", "kind": "organ", "country": "IQ", "class": "military"}
ISLAMISTS = {"party": "int.isis", "name": "Islamic State", "kind": "armed-group", "class": "armed-group"}


def report(id_, words, killed, source):
    deed = "Gunners of the army shelled fighters of the Islamic State in Halabja on 2 May 2016"
    text = f"{deed} and killed {words}, {source} said."

    def mention(part, resolved):
        return {"text": part, "start": text.index(part), "end": text.index(part) + len(part), "resolved": resolved}

    said = {
        "kind": "event", "type": "ASSAULT", "mode": "heavy-weapons", "anchor": "shelled", "quote": text.split(", ")[0],
        "actors": [mention("Gunners of the army", ARMY)],
        "targets": [mention("fighters of the Islamic State", ISLAMISTS)],
        "places": [mention("Halabja", HALABJA)],
        "when": {"text": "on 2 May 2016", "start": "2016-05-02", "end": "2016-05-02", "basis": "stated"},
        "source": {"text": source, "class": "monitor", "named": True},
        "harm": [{"effect": "killed", "who": words, "low": killed, "high": killed}],
    }  # fmt: skip
    return Report(
        text, id=id_, outlet=f"Outlet {id_}", title=f"Title {id_}", published="2016-05-03",
        statements=(Statement.from_json(said, text),),
    )  # fmt: skip


def rows(tmp_path, form, *reports):
    with open_record(tmp_path / "war.db", create=True) as record:
        list(record.add(reports, reader="by hand"))
        record.derive()
        assert len(record.incidents()) == 1
    told = written(tmp_path / "war.db", "--to", form)
    return list(csv.DictReader(io.StringIO(told.stdout))), told.stderr


AGREED = (report("a", "three people", 3, "the Hill Monitor"), report("b", "three people", 3, "the Lake Monitor"))
APART = (report("a", "three people", 3, "the Hill Monitor"), report("b", "nine people", 9, "the Lake Monitor"))


def test_acled_has_its_columns_and_precisions(tmp_path):
    (row,), _ = rows(tmp_path, "acled", *AGREED)
    assert tuple(row) == events.ACLED
    told = {
        "event_date": "2016-05-02", "year": "2016", "time_precision": "1", "geo_precision": "1", "actor1": "Iraqi Army",
        "inter1": "State forces", "actor2": "Islamic State", "inter2": "Rebel group", "iso": "368", "country": "Iraq",
        "interaction": "State forces-Rebel group", "sub_event_type": "Shelling/artillery/missile attack",
        "admin1": "Sulaymaniyah", "location": "Halabja", "fatalities": "3", "civilian_targeting": "",
    }  # fmt: skip
    assert {name: row[name] for name in told} == told


def test_where_accounts_differ_no_number_of_dead_is_chosen(tmp_path):
    (row,), lost = rows(tmp_path, "acled", *APART)
    assert row["fatalities"] == ""
    assert "the Hill Monitor: “" in row["notes"]
    assert "numbers of dead: one number: accounts differ" in lost


def test_ucdp_has_its_columns_and_precisions(tmp_path):
    (row,), _ = rows(tmp_path, "ucdp", *AGREED)
    assert tuple(row) == events.UCDP
    told = {
        "type_of_violence": "1", "date_prec": "1", "where_prec": "1", "best": "3", "low": "3", "high": "3",
        "date_start": "2016-05-02", "adm_1": "Sulaymaniyah", "country": "Iraq", "number_of_sources": "2",
        "source_office": "Outlet a; Outlet b", "event_clarity": "1", "side_a": "Iraqi Army", "side_b_new_id": "234",
    }  # fmt: skip
    assert {name: row[name] for name in told} == told


def test_ucdp_keeps_low_and_high_and_no_best_where_accounts_differ(tmp_path):
    (row,), _ = rows(tmp_path, "ucdp", *APART)
    assert (row["low"], row["best"], row["high"]) == ("3", "", "9")


def test_an_event_without_a_death_is_none_of_ucdps(tmp_path):
    found, lost = rows(tmp_path, "ucdp", report("a", "nobody", 0, "a nurse"), report("b", "nobody", 0, "a driver"))
    assert found == []
    assert "1 incidents: UCDP's events have at least one death" in lost


@pytest.mark.parametrize(
    ("spread", "acled", "ucdp"), [(1, 1, 1), (3, 2, 2), (7, 2, 3), (8, 3, 4), (31, 3, 4), (40, 3, 5), (None, 3, 5)]
)
def test_precision_of_days(spread, acled, ucdp):
    assert (events._time_precision(spread), events._date_prec(spread)) == (acled, ucdp)


@pytest.mark.parametrize(
    ("lat", "lon", "cell"), [(-90, -180, 1), (-89.75, -179.25, 2), (-89.5, -180, 721), (89.99, 179.99, 259200)]
)
def test_cells_of_prio_grid(lat, lon, cell):
    """The grid has 360 rows of 720 cells, from the south-west."""
    assert events.priogrid(lat, lon) == cell


def test_plover_has_events_that_were_so(tmp_path):
    with open_record(tmp_path / "war.db", create=True) as record:
        list(record.add(AGREED, reader="by hand"))
    told = written(tmp_path / "war.db", "--to", "plover")
    first, _ = (json.loads(line) for line in told.stdout.splitlines())
    assert (first["Event Type"], first["Event Mode"], first["Event Date"]) == ("ASSAULT", "heavy-weapons", "2016-05-02")
    assert (first["Actor Name"], first["Primary Actor Sector"]) == (["Iraqi Army"], "MIL")
    assert (first["Recipient Sectors"], first["GeoNames ID"]) == (["REB"], 96205)
    assert "2 sources: no field for who says it" in told.stderr
    assert date.fromisoformat(first["Publication Date"]) == date(2016, 5, 3)
