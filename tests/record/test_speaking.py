"""One source of a record: its counts, its statements, its disputes, and what it alone tells."""

from __future__ import annotations

from dataclasses import replace

import pytest

from contested.record import speaking
from contested.record.asking import Filter
from contested.record.record import Record, open_record
from tests.record.orla import REPORTS


@pytest.fixture(name="record")
def of_orla(orla: Record) -> Record:
    return orla


def test_counts_are_those_of_the_list(record: Record) -> None:
    for row in record.sources():
        assert record.ask(speaking.source, row.party or row.source.casefold(), Filter()) == row


def test_counts_are_narrowed(record: Record) -> None:
    row = record.ask(speaking.source, "sy.sohr", Filter(kind="control"))
    assert (row.statements, row.happenings, row.disputed) == (1, 0, 0)
    assert record.ask(speaking.source, "nobody at all", Filter()) is None
    assert record.ask(speaking.source, "sy.sohr", Filter(outlet="Lake Wire")) is None


def test_words_name_a_source_whatever_their_case(record: Record) -> None:
    assert record.ask(speaking.source, "A NURSE", Filter()).statements == 1
    assert record.ask(speaking.called, "a nurse") == [{"text": "A nurse", "statements": 1}]
    assert record.ask(speaking.called, "sy.sohr") == [{"text": "the Observatory", "statements": 3}]
    assert record.ask(speaking.source, "the observatory", Filter()) is None  # these words mean a party


def test_statements_come_latest_first_with_where_they_stand(record: Record) -> None:
    found = record.ask(speaking.statements, "sy.sohr", Filter())
    assert [(one.type, beside["happening"]) for one, beside in found] == [
        ("holds", False), ("ASSAULT", True), ("ASSAULT", True),
    ]  # fmt: skip
    held, struck = found[0][1], found[1][1]
    assert (held["incident"], held["disputes"]) == (None, [])
    assert struck["voices"] == 3
    assert struck["incident"] == record.incidents()[0].to_json()["incident"]
    assert set(struck["disputes"]) <= {one.to_json()["id"] for one in record.disputes()}
    assert len(record.ask(speaking.statements, "sy.sohr", Filter(), None, 1, 1)) == 1


@pytest.mark.parametrize(("only", "n"), [("alone", 0), ("confirmed", 2), ("disputed", 2)])
def test_statements_are_chosen_by_where_they_stand(record: Record, only: speaking.Only, n: int) -> None:
    assert len(record.ask(speaking.statements, "sy.sohr", Filter(), only)) == n


def test_disputes_it_stands_in(record: Record) -> None:
    assert [one["type"] for one in record.ask(speaking.disputes, "a nurse", Filter())] == ["responsibility", "count"]
    assert record.ask(speaking.disputes, "nobody", Filter()) == []


def test_incidents_it_alone_tells_of(where: str) -> None:
    """Two outlets quote one monitor: two reports, one voice."""
    wire = next(one for one in REPORTS if one.id == "hill-1")
    other = replace(next(one for one in REPORTS if one.id == "dale-1"), text=wire.text[: wire.text.index(" The")])
    with open_record(where, create=True) as record:
        list(record.add([wire, other], reader="by hand"))
        record.derive()
        (one,) = record.ask(speaking.incidents_alone, "sy.sohr", Filter())
        assert (one["reports"], one["place"], one["harm"][0]["high"]) == (2, "Orla", 9)
        assert record.ask(speaking.incidents_alone, "a nurse", Filter()) == []
        assert len(record.ask(speaking.statements, "sy.sohr", Filter(), "alone")) == 2
