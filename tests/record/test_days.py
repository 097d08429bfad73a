"""Reports dated at the ends of the calendar are kept, derived and asked about like others."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Engine

from contested.record.asking import Filter
from contested.record.days import moved
from contested.record.mapping import disputes, happenings
from contested.record.record import Record
from contested.record.timeline import span
from tests.record.coded import ARMY, MILL, attack, mention, report


def test_days_are_moved_as_far_as_the_calendar_goes() -> None:
    assert moved(date(2016, 2, 27), 3) == date(2016, 3, 1)
    assert (moved(date(1, 1, 3), -9), moved(date(9999, 12, 30), 9)) == (date.min, date.max)


@pytest.mark.parametrize("day", [date.min, date.max])
def test_reports_of_the_first_and_the_last_day(engine: Engine, day: date) -> None:
    record, told = Record(engine), []
    for n, when in enumerate(("", day.isoformat())):
        text = f"The army shelled the mill, outlet {n} reports."
        more = {"when": {"text": "", "start": when, "end": when}} if when else {}
        held = {"kind": "control", "type": "holds", "anchor": "army", "actors": [mention("The army", ARMY)],
                "places": [mention("the mill", MILL)]}  # fmt: skip
        coded = attack(text, actors=[mention("The army", ARMY)], places=[mention("the mill", MILL)], **more)
        told.append(report(text, coded, held, id=f"r{n}", outlet=f"Outlet {n}", published=day.isoformat()))
    assert len(list(record.add(told, reader="stub"))) == 2
    assert record.derive() == 2
    assert len(list(record.incidents())) == 1
    assert record.situation(as_of=day)
    assert record.ask(span, Filter())
    assert record.ask(happenings, Filter(), day)
    assert not record.ask(disputes, Filter(), day)
