"""Incidents and disputes a page at a time, and single ones by their ids."""

from __future__ import annotations

from datetime import date

import pytest

from contested.record import paged, single
from contested.record.asking import Filter
from contested.record.extent import extent
from contested.record.record import Record, open_record


@pytest.fixture(name="record")
def of_orla(orla: Record) -> Record:
    return orla


def test_incidents_tell_what_a_list_needs(record: Record) -> None:
    (one,), total = record.ask(paged.incidents, Filter())
    assert total == 1
    assert (one["date"], one["end"], one["place"], one["type"]) == ("2016-12-02", "2016-12-02", "Orla", "ASSAULT")
    assert (one["reports"], one["voices"]) == (4, 3)
    assert one["disputed"] == ["count", "responsibility"]
    assert [(harm["low"], harm["high"]) for harm in one["harm"]] == [(9, 14)]


@pytest.mark.parametrize(
    ("asked", "disputed", "n"),
    [
        (Filter(outlet="Lake Wire"), None, 1), (Filter(outlet="Nobody"), None, 0), (Filter(), "any", 1),
        (Filter(), "count", 1), (Filter(), "means", 0), (Filter(start=date(2016, 12, 3)), None, 0),
    ],
)  # fmt: skip
def test_incidents_are_narrowed(record: Record, asked: Filter, disputed: str | None, n: int) -> None:
    found, total = record.ask(paged.incidents, asked, disputed)
    assert (len(found), total) == (n, n)


def test_a_later_page_is_empty_and_knows_how_many_there_are(record: Record) -> None:
    assert record.ask(paged.incidents, Filter(), None, 10, 10) == ([], 1)


def test_disputes_are_told_by_the_day_both_sides_were_known(record: Record) -> None:
    first, second = record.ask(paged.disputes, Filter())
    assert (first["type"], first["known"]) == ("responsibility", "2016-12-04")
    assert (second["type"], second["known"]) == ("count", "2016-12-03")
    assert first["incident"] == second["incident"] == record.incidents()[0].to_json()["incident"]
    assert first["added"]
    assert [one["type"] for one in record.ask(paged.disputes, Filter(), "count")] == ["count"]
    assert [one["type"] for one in record.ask(lambda c: paged.disputes(c, Filter(), limit=1, offset=1))] == ["count"]
    assert record.ask(lambda c: paged.disputes(c, Filter(), updates=True)) == []
    assert len(record.ask(lambda c: paged.disputes(c, Filter(), updates=None))) == 2
    of_vale = record.ask(paged.disputes, Filter(outlet="Vale Times"))
    assert [one["type"] for one in of_vale] == ["responsibility"]


def test_disputes_are_counted_by_type(record: Record) -> None:
    counted = {one["type"]: (one["disputes"], one["updates"]) for one in record.ask(paged.counts, Filter())}
    assert counted["count"] == counted["responsibility"] == (1, 0)
    assert counted["place"] == (0, 0)
    narrowed = record.ask(paged.counts, Filter(outlet="Vale Times"))
    assert [one["type"] for one in narrowed if one["disputes"]] == ["responsibility"]


def test_one_incident_and_one_dispute(record: Record) -> None:
    (whole,) = record.incidents().to_json()
    assert record.ask(single.incident, whole["incident"]) == {**whole, "known": "2016-12-02"}
    assert record.ask(single.incident, "none") is None
    (count,) = record.disputes(type="count").to_json()
    found = record.ask(single.dispute, count["id"])
    assert found == {**count, "known": "2016-12-03", "date": "2016-12-02", "place": "file:orla",
                     "incident": {"id": whole["incident"], "what": whole["what"]}}  # fmt: skip
    assert record.ask(single.dispute, "none") is None


def test_accounts_come_by_their_keys_in_order(record: Record) -> None:
    keys = record.incidents().to_json()[0]["accounts"]
    wanted = [keys[2], "no key", "gone@1#0123456789abcdef", keys[0], "hill-1@x#y"]
    assert [one.key for one in record.ask(single.accounts, wanted)] == [keys[2], keys[0]]
    record.judge("reject", keys[2], who="ada")
    assert [one.key for one in record.ask(single.accounts, wanted)] == [keys[0]]


def test_copies_of_one_text(record: Record) -> None:
    told = record.ask(single.reports, ["hill-1", "lake-1", "none"])
    assert {id_: one["title"] for id_, one in told.items()} == {
        "hill-1": "Nine killed at a market", "lake-1": "Nurse: fourteen dead",
    }  # fmt: skip
    (together,) = record.ask(single.copies, [one["voice"] for one in told.values()])
    assert [(one["id"], one["published"]) for one in together] == [("hill-1", "2016-12-02"), ("dale-1", "2016-12-03")]


def test_the_extent_of_a_record(record: Record) -> None:
    told = record.ask(extent)
    assert (told["first"], told["last"]) == ("2016-12-02", "2016-12-04")
    assert told["added"].endswith("Z")


def test_an_empty_record(where: str) -> None:
    with open_record(where, create=True) as record:
        assert record.ask(paged.incidents, Filter()) == ([], 0)
        assert record.ask(paged.disputes, Filter()) == []
        assert record.ask(extent) == {"first": None, "last": None, "added": None}
