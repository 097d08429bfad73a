"""Which statements a filter chooses; what words find."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from contested.errors import RecordError
from contested.record.asking import Filter
from contested.record.record import Record, open_record
from tests.record.coded import ARMY, MILL, ORLA, REBELS, attack, mention, report

SHELLED = "The army shelled the mill on Friday and killed four men."
HELD = "Rebels hold most of Orla, a nurse said."


@pytest.fixture
def record(where: str) -> Iterator[Record]:
    """Two reports: an attack on the mill, told on Friday; who holds Orla, told on Sunday without a day."""
    friday = {"text": "on Friday", "start": "2016-12-02", "end": "2016-12-02"}
    shelled = attack(SHELLED, actors=[mention("The army", ARMY)], places=[mention("the mill", MILL)], when=friday)
    held = {"kind": "control", "type": "holds", "anchor": "hold", "actors": [mention("Rebels", REBELS)],
            "places": [mention("Orla", ORLA)], "share": {"text": "most", "value": 0.5},
            "source": {"text": "a nurse", "class": "medic", "named": False}}  # fmt: skip
    with open_record(where, create=True) as made:
        reports = [
            report(SHELLED, shelled, id="one", outlet="Hill Post", title="Mill shelled"),
            report(HELD, held, id="two", outlet="Dale Echo", published="2016-12-04"),
        ]
        list(made.add(reports, reader="by hand"))
        yield made


@pytest.mark.parametrize(
    ("asked", "reports"),
    [
        ({}, ["one", "two"]),
        ({"kind": "control"}, ["two"]),
        ({"type": "ASSAULT"}, ["one"]),
        ({"place": "Orla"}, ["one", "two"]),
        ({"place": "file:orla"}, ["one", "two"]),
        ({"place": "the mill"}, ["one"]),
        ({"place": "file:mill"}, ["one"]),
        ({"party": "sy.rebels"}, ["two"]),
        ({"party": "the ARMY"}, ["one"]),
        ({"source_class": "medic"}, ["two"]),
        ({"outlet": "Hill Post"}, ["one"]),
        ({"report": "two"}, ["two"]),
        ({"modality": "denied"}, []),
        ({"known_by": date(2016, 12, 3)}, ["one"]),
        ({"start": date(2016, 12, 3)}, ["two"]),
        ({"end": date(2016, 12, 2)}, ["one"]),
        ({"start": date(2016, 12, 2), "end": date(2016, 12, 4), "place": "Orla"}, ["one", "two"]),
    ],
)
def test_a_filter_narrows(record: Record, asked: dict[str, Any], reports: list[str]) -> None:
    assert [one.report for one in record.statements(Filter(**asked))] == reports


def test_a_statement_comes_back_as_it_went_in(record: Record) -> None:
    (one,) = record.statements(Filter(kind="control"))
    assert (one.share.value, one.actors[0].id, one.places[0].within) == (0.5, "sy.rebels", ("file:veld", "iso:SY"))
    assert one.key == f"two@1#{one.statement.id}"
    assert one.to_json()["published"] == "2016-12-04"


def test_unknown_codes_and_places_are_named(record: Record) -> None:
    with pytest.raises(ValueError, match="'bombing' is none of"):
        Filter(type="bombing")
    with pytest.raises(RecordError, match="Atlantis"):
        record.statements(Filter(place="Atlantis"))


def test_an_older_version_answers_for_the_days_before_the_newer(record: Record) -> None:
    changed = report("Rebels hold all of Orla.", {"kind": "control", "type": "holds", "anchor": "hold"},
                     id="two", outlet="Dale Echo", published="2016-12-06")  # fmt: skip
    list(record.add([changed], reader="by hand"))

    def quotes(**more: Any) -> list[str]:
        return [one.quote for one in record.statements(Filter(kind="control", **more))]

    assert quotes() == ["Rebels hold all of Orla."]
    assert quotes(known_by=date(2016, 12, 5)) == [HELD]
    assert quotes(known_by=date(2016, 12, 6)) == ["Rebels hold all of Orla."]


@pytest.mark.parametrize(
    ("words", "reports"),
    [
        ("mill", ["one"]),
        ("MILL friday", ["one"]),
        ('"killed four"', ["one"]),
        ('"four killed"', []),
        ("rebe*", ["two"]),
        ("rebe", []),
        ("orla mill", []),
        ('"" * \'; drop table report', []),
        ("", []),
    ],
)
def test_search_finds_all_the_words(record: Record, words: str, reports: list[str]) -> None:
    assert [found.report for found in record.search(words)] == reports
    assert [found.report for found in record.search(words, "quotes")] == reports


def test_a_find_shows_what_stands_around(record: Record) -> None:
    (found,) = record.search("shelled")
    assert found.snippet == SHELLED
    assert (found.title, found.published, found.statement) == ("Mill shelled", "2016-12-02", None)


def test_answers_go_to_pandas_and_polars(record: Record) -> None:
    answer = record.statements()
    pytest.importorskip("pandas", reason="pandas is not installed")
    pytest.importorskip("polars", reason="polars is not installed")
    assert list(answer.to_pandas()["report"]) == list(answer.to_polars()["report"]) == ["one", "two"]


def test_a_record_that_is_not_there_or_none_is_named(tmp_path) -> None:
    with pytest.raises(RecordError, match="contested add"):
        open_record(tmp_path / "none.db")
    other = tmp_path / "notes.db"
    other.write_text("no database")
    with pytest.raises(RecordError, match="not an SQLite file"):
        open_record(other)
    with pytest.raises(RecordError, match="folder"):
        open_record(tmp_path)
