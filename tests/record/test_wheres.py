"""The places of a record: counts, what lies in and near them, who is told to have held them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.errors import RecordError
from contested.record import wheres
from contested.record.asking import Filter
from contested.record.record import Record, open_record
from tests.record.coded import ARMY, MILL, ORLA, REBELS, attack, mention, report

TARN = {"place": "file:tarn", "name": "Tarn", "lat": 10.2, "lon": 20.0, "kind": "village", "country": "SY",
        "radius_km": 1.0, "precision": "exact", "within": ["iso:SY"]}  # fmt: skip
HELD = "Rebels hold Orla; the army took the mill. Shells fell on Tarn and by the old bridge."
REPORT = report(
    HELD,
    {"kind": "control", "type": "holds", "anchor": "hold", "actors": [mention("Rebels", REBELS)],
     "places": [mention("Orla", ORLA)]},
    {"kind": "control", "type": "captures", "anchor": "took", "actors": [mention("the army", ARMY)],
     "places": [mention("the mill", MILL), mention("Orla", ORLA)]},
    attack(HELD, "fell", places=[mention("Tarn", TARN)]),
    attack(HELD, "Shells", places=["the old bridge"]),
    id="one", published="2016-12-05",
)  # fmt: skip


@pytest.fixture
def record(where: str) -> Iterator[Record]:
    with open_record(where, create=True) as made:
        list(made.add([REPORT], reader="by hand"))
        yield made


def test_places_are_counted_by_statements(record: Record) -> None:
    assert [(one.name, one.told, one.kind) for one in record.ask(wheres.places)] == [
        ("Orla", 2, "town"), ("Mill Quarter", 1, "area"), ("Tarn", 1, "village")]  # fmt: skip
    assert [one.id for one in record.ask(wheres.places, "THE MILL")] == ["file:mill"]
    assert record.ask(wheres.places, "100%") == []
    assert record.ask(wheres.unplaced) == [{"name": "the old bridge", "told": 1}]
    assert record.ask(wheres.unplaced, "Old") == [{"name": "the old bridge", "told": 1}]
    assert record.ask(wheres.unplaced, "new") == []


def test_what_is_rejected_is_not_counted(record: Record) -> None:
    for one in record.statements(Filter(place="file:tarn")):
        record.judge("reject", one.key, who="ada")
    assert "Tarn" not in [one.name for one in record.ask(wheres.places)]
    assert record.ask(wheres.place, "file:tarn").told == 0  # it is known still
    assert record.ask(wheres.place, "file:nowhere") is None


def test_where_a_place_is(record: Record) -> None:
    assert record.ask(wheres.holders, "file:mill") == [
        {"place": "file:orla", "name": "Orla"}, {"place": "file:veld", "name": None},
        {"place": "iso:SY", "name": "Syria"}]  # fmt: skip
    assert [one.id for one in record.ask(wheres.within, "file:orla")] == ["file:mill"]
    (tarn,) = record.ask(wheres.near, record.ask(wheres.place, "file:orla"))[-1:]
    assert (tarn["name"], tarn["km"], tarn["wind"]) == ("Tarn", 22, "south")
    assert record.ask(wheres.called, "the mill") == ["file:mill"]
    with pytest.raises(RecordError, match="Atlantis"):
        record.ask(wheres.called, "Atlantis")


def test_who_held_a_place_itself(record: Record) -> None:
    assert [one.type for one in record.ask(wheres.held, "file:orla", Filter(), 10)] == ["holds"]
    assert [one.type for one in record.ask(wheres.held, "file:mill", Filter(), 10)] == ["captures"]
    assert record.ask(wheres.kinds_in, "file:orla", Filter()) == [{"kind": "control", "told": 2}]


POINTS = st.tuples(st.floats(-89, 89), st.floats(-180, 180))


@given(POINTS, POINTS)
def test_ways_are_as_long_there_as_back(one: tuple[float, float], other: tuple[float, float]) -> None:
    km, bearing = wheres.way(one, other)
    assert km == pytest.approx(wheres.way(other, one)[0], abs=1e-6)
    assert 0 <= km <= 20040
    assert 0 <= bearing <= 360


def test_ways_by_the_compass() -> None:
    assert wheres.way((0, 0), (1, 0)) == (pytest.approx(111.2, abs=0.1), 0)
    assert wheres.way((0, 0), (0, 1)) == (pytest.approx(111.2, abs=0.1), 90)
