"""How much is told of which days and places."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.record import timeline as days
from contested.record.asking import Filter
from contested.record.record import Record, open_record
from tests.record.coded import ARMY, MILL, ORLA, REBELS, attack, mention, report

SYRIA = {"place": "iso:SY", "name": "Syria", "lat": 35.0, "lon": 38.0, "kind": "country", "country": "SY",
         "radius_km": 250.0, "precision": "exact", "within": []}  # fmt: skip


def on(day: str) -> dict[str, str]:
    return {"text": "then", "start": day, "end": day}


def control(text: str, type_: str, day: str, **more: Any) -> dict[str, Any]:
    return {"kind": "control", "type": type_, "anchor": "took", "quote": text, "actors": [mention("The army", ARMY)],
            "places": [mention("Orla", ORLA)], "when": on(day), **more}  # fmt: skip


TOOK = "The army took Orla, and met the rebels in the mill; some 40 people were killed in Syria this year."
REPORTS = [
    report(
        TOOK,
        control("The army took Orla", "captures", "2016-12-02"),
        control("The army took Orla", "holds", "2016-12-02"),
        {"kind": "event", "type": "CONSULT", "anchor": "met", "when": on("2016-12-04"),
         "places": [mention("the mill", MILL)], "actors": [mention("The army", ARMY)],
         "targets": [mention("the rebels", REBELS)]},
        {"kind": "toll", "type": "killed", "anchor": "killed", "when": on("2016-12-04"),
         "places": [mention("Syria", SYRIA)],
         "harm": [{"effect": "killed", "who": "some 40 people", "low": 40, "high": 40}]},
        id="one", published="2016-12-05",
    ),
    report("The rebels left Orla, and did not take the mill.",
           {"kind": "event", "type": "RETREAT", "mode": "withdraw", "anchor": "left", "when": on("2016-12-19"),
            "actors": [mention("The rebels", REBELS)], "places": [mention("Orla", ORLA)]},
           {"kind": "control", "type": "captures", "anchor": "take", "modality": "denied", "when": on("2016-12-19"),
            "places": [mention("the mill", MILL)]},
           id="two", published="2016-12-20"),
    *(
        report(text, attack(text, when=on("2016-12-06"), places=[mention("the mill", MILL)], targets=["the bakery"],
                            actors=[mention("The army", ARMY)]), id=f"hit-{n}", published="2016-12-07")
        for n, text in enumerate(("The army shelled the bakery of the mill on Tuesday.",
                                  "The army, which had shelled it before, hit the bakery of the mill on Tuesday."))
    ),
]  # fmt: skip


@pytest.fixture
def record(where: str) -> Iterator[Record]:
    with open_record(where, create=True) as made:
        list(made.add(REPORTS, reader="by hand"))
        made.derive()
        yield made


def shown(record: Record, asked: Filter | None = None, **window: date) -> dict[str, dict[str, int]]:
    asked = asked or Filter()
    first, last = record.ask(days.span, asked)
    made = record.ask(days.timeline, asked, window.get("first", first), window.get("last", last))
    told = [one.to_json() for one in made.buckets]
    return {one["from"]: {k: v for k, v in one.items() if v and k in days.SERIES} for one in told if any(
        one[name] for name in days.SERIES)}  # fmt: skip


def test_days_are_counted_by_series(record: Record) -> None:
    assert len(record.incidents()) == 1
    assert shown(record) == {
        "2016-12-02": {"ground": 1}, "2016-12-04": {"talks": 1, "tolls": 1}, "2016-12-06": {"incidents": 1},
        "2016-12-19": {"ground": 1},
    }  # fmt: skip


def test_the_span_is_of_publication_and_of_what_is_asked(record: Record) -> None:
    assert record.ask(days.span, Filter()) == (date(2016, 11, 28), date(2016, 12, 20))
    assert record.ask(days.span, Filter(start=date(2015, 1, 1))) == (date(2015, 1, 1), date(2016, 12, 20))
    assert record.ask(days.whole) == (date(2016, 12, 2), date(2016, 12, 19))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"place": "Orla"}, {"2016-12-02", "2016-12-04", "2016-12-06", "2016-12-19"}),
        ({"place": "file:mill"}, {"2016-12-04", "2016-12-06"}),
        ({"party": "sy.rebels"}, {"2016-12-04", "2016-12-19"}),
        ({"kind": "toll"}, {"2016-12-04"}),
        ({"modality": "denied"}, {"2016-12-19"}),
        ({"known_by": date(2016, 12, 6)}, {"2016-12-02", "2016-12-04"}),
    ],
)
def test_filters_narrow_the_bars(record: Record, asked: dict[str, Any], found: set[str]) -> None:
    assert set(shown(record, Filter(**asked))) == found


@pytest.mark.parametrize(
    ("years", "unit", "start"), [(0, "day", "2016-12-19"), (1, "week", "2016-12-19"), (9, "month", "2016-12-01"),
                                 (90, "year", "2016-01-01")])  # fmt: skip
def test_long_spans_are_counted_in_longer_units(record: Record, years: int, unit: str, start: str) -> None:
    last = date(2016, 12, 20)
    first = date(2016 - years, 12, 1)
    made = record.ask(days.timeline, Filter(), first, last)
    assert (made.unit, made.totals["ground"], made.totals["incidents"]) == (unit, 2, 1)
    assert start in shown(record, first=first, last=last)
    assert len(made.buckets) <= 401


def test_places_are_counted_at_their_narrowest_and_countries_left_out(record: Record) -> None:
    first, last = date(2016, 12, 1), date(2016, 12, 20)

    def rows(what: str) -> dict[str, int]:
        return {
            one["name"]: one["told"] for one in record.ask(days.heat, Filter(), first, last, what).to_json()["rows"]
        }

    assert rows("any") == {"Orla": 2, "Mill Quarter": 1}
    assert rows("ground") == {"Orla": 2}
    assert rows("all") == {"Orla": 3, "Mill Quarter": 3}
    assert rows("incidents") == {"Mill Quarter": 1}
    made = record.ask(days.heat, Filter(), first, last, "ground").to_json()
    assert [(column["from"], n) for column, n in zip(made["columns"], made["rows"][0]["counts"], strict=True) if n] == [
        ("2016-12-02", 1), ("2016-12-19", 1)]  # fmt: skip


def test_lists_hold_what_the_bars_count(record: Record) -> None:
    first, last = date(2016, 12, 1), date(2016, 12, 20)
    told = record.ask(days.told_on, Filter(), first, last, 10)
    assert [(series, one.day.day) for series, one in (told[0], told[3])] == [("ground", 19), ("ground", 2)]
    assert {(series, one.type, one.day.day) for series, one in told[1:3]} == {
        ("talks", "CONSULT", 4),
        ("tolls", "killed", 4),
    }
    assert record.ask(days.told_on, Filter(), first, last, 2) == told[:2]
    (one,) = record.ask(days.happened_on, Filter(), first, last, 10)
    assert (one["date"], one["place"], one["reports"], one["disputes"]) == ("2016-12-06", "file:mill", 2, 0)
    assert record.ask(days.happened_on, Filter(), first, date(2016, 12, 5), 10) == []


def test_an_empty_record_has_no_days(where: str) -> None:
    with open_record(where, create=True) as record:
        assert record.ask(days.span, Filter()) is None
        assert record.ask(days.whole) is None


@given(st.dates(), st.dates(), st.sampled_from(["day", "week", "month", "year"]))
def test_stretches_cover_a_span_without_gaps(one: date, other: date, unit: Any) -> None:
    first, last = days.bounded(one, other)
    first = first if (last - first).days <= 2000 else last - timedelta(days=2000)
    found = list(days.stretches(first, last, unit))
    assert found[0][0] <= first <= found[0][1]
    assert found[-1][0] <= last <= found[-1][1]
    assert all(end + timedelta(days=1) == after for (_, end), (after, _) in pairwise(found))
