"""Search with facets: what they count, and how they narrow, on both engines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from contested.record import facets
from contested.record.asking import Filter
from contested.record.facets import searched
from contested.record.record import Record, open_record
from contested.statement import Report
from tests.record.orla import REPORTS

BARE = Report("A fair at the market of Sund.", id="fair", outlet="Fjord Sheet", published="2017-01-05")


@pytest.fixture
def record(where: str) -> Iterator[Record]:
    with open_record(where, create=True) as made:
        list(made.add([*REPORTS, BARE], reader="by hand"))
        made.derive()
        yield made


def counted(found: facets.Searched, facet: str) -> dict[str, int]:
    return {one["value"]: one["count"] for one in found.facets[facet]}


def test_reports_are_found_and_counted(record: Record) -> None:
    found = record.ask(searched, "market", "reports", Filter())
    assert [one.report for one in found.found] == ["fair", "vale-1", "lake-1", "dale-1", "hill-1"]
    assert (found.total, found.more) == (5, False)
    assert counted(found, "outlet")["Fjord Sheet"] == 1
    assert counted(found, "month") == {"2017-01": 1, "2016-12": 4}
    assert counted(found, "kind") == {"event": 4, "control": 1}  # of reports with such a statement
    assert counted(found, "place") == {"file:orla": 3, "file:mill": 2}
    assert counted(found, "party")["sy.armed-forces"] == 4
    assert {one["label"] for one in found.facets["place"]} == {"Orla", "Mill Quarter"}


def test_quotes_are_found_and_counted(record: Record) -> None:
    found = record.ask(searched, "shelled", "quotes", Filter())
    assert (found.total, len(found.found)) == (4, 4)
    assert all(one.statement for one in found.found)
    assert counted(found, "kind") == {"event": 4}
    assert counted(found, "party") == {"sy.armed-forces": 4, "sy.sohr": 2}


@pytest.mark.parametrize(
    ("what", "asked", "month", "n"),
    [
        ("reports", Filter(outlet="Lake Wire"), None, 1), ("reports", Filter(place="Mill Quarter"), None, 2),
        ("reports", Filter(kind="control"), None, 1), ("reports", Filter(party="sy.sohr"), None, 3),
        ("reports", Filter(), "2017-01", 1), ("reports", Filter(), "2016-12", 4), ("quotes", Filter(), "2017-01", 0),
        ("reports", Filter(start=date(2016, 12, 4)), None, 2), ("quotes", Filter(end=date(2016, 12, 2)), None, 1),
        ("quotes", Filter(place="Orla"), None, 4), ("quotes", Filter(party="sy.sohr"), None, 2),
        ("quotes", Filter(outlet="Lake Wire", kind="event"), None, 1), ("quotes", Filter(kind="control"), None, 0),
        ("reports", Filter(known_by=date(2016, 12, 2)), None, 1), ("reports", Filter(report="dale-1"), None, 1),
    ],
)  # fmt: skip
def test_they_narrow(record: Record, what: facets.What, asked: Filter, month: str | None, n: int) -> None:
    found = record.ask(searched, "market", what, asked, month)
    assert (found.total, len(found.found)) == (n, n)
    assert sum(counted(found, "month").values()) == n


def test_facets_of_a_word_are_the_same_as_found_without(record: Record) -> None:
    for words in ('"market of Orla"', "shel*", "MARKET nurse", "nothing"):
        for what in ("reports", "quotes"):
            plain = {(one.report, one.statement) for one in record.search(words, what)}
            found = record.ask(searched, words, what, Filter())
            assert {(one.report, one.statement) for one in found.found} == plain


def test_where_more_match_it_says_so(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facets, "MOST", {"reports": 2, "quotes": 4})
    found = record.ask(searched, "market", "reports", Filter())
    assert (found.total, found.more) == (2, True)
    assert {one.report for one in found.found} == {"vale-1", "fair"}  # the last that were added
    assert record.ask(searched, "market", "reports", Filter(outlet="Hill Post")).total == 1  # narrowed first
    assert not record.ask(searched, "market", "quotes", Filter()).more


def test_pages_follow_each_other(record: Record) -> None:
    first = record.ask(searched, "market", "reports", Filter(), None, 2, 0)
    then = record.ask(searched, "market", "reports", Filter(), None, 2, 2)
    assert [one.report for one in (*first.found, *then.found)] == ["fair", "vale-1", "lake-1", "dale-1"]


@pytest.mark.parametrize("words", ["", "  ", "—", '"', "*"])
def test_no_words_find_nothing(record: Record, words: str) -> None:
    found = record.ask(searched, words, "quotes", Filter())
    assert (found.found, found.total, found.facets["kind"]) == ([], 0, [])
