"""What changed between two days, over accounts coded by hand and over a record."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given

from contested.record.differences import TYPES, Change, difference
from contested.record.record import open_record
from contested.record.situation import situation
from contested.statement import Report
from tests.record.coded import ARMY, MILL, ORLA, REBELS, mention
from tests.record.test_situation import DAY, control, days, on, published, reports, told, toll, when


def changes(*made: Report, start: int = 2, end: int = 9) -> list[Change]:
    accounts = told(*made)
    first, last = (situation(accounts, DAY + timedelta(days=n)) for n in (start, end))
    return difference(first, last)


def told_as(found: list[Change]) -> list[tuple[str, str | None, str | None]]:
    return [(one.type, one.before, one.after) for one in found]


REBEL = "rebels in Syria"
TROOPS = "Syrian armed forces"
HELD = published(1, control("holds", REBELS, 1))


def test_ground_changes_hands() -> None:
    taking = published(5, control("captures", ARMY, 4))
    taken, lost = changes(HELD, taking)
    assert told_as([taken, lost]) == [("taken", REBEL, TROOPS), ("lost", REBEL, TROOPS)]
    assert taken.reports == lost.reports == (taking.id,)
    assert taken.day == lost.day == DAY + timedelta(days=4)
    assert taken.what == "Orla: Syrian armed forces holds it"


def test_what_was_so_before_and_is_told_again_is_no_change() -> None:
    assert not changes(HELD, published(4, control("holds", REBELS, 4)))
    assert not changes(HELD, end=200)  # long untold: its end is not known


def test_a_share_a_contest_and_its_end() -> None:
    (share,) = changes(published(1, control("holds", REBELS, 1, share=0.7)),
                       published(4, control("holds", REBELS, 4, share=0.9)))  # fmt: skip
    assert (share.type, share.before, share.after) == ("share", "70%", "90%")
    other = published(4, control("holds", ARMY, 4), outlet="Dale Echo")
    assert [one.type for one in changes(HELD, other)] == ["held", "contested"]
    ended = published(8, control("captures", ARMY, 8))
    assert [one.type for one in changes(HELD, other, ended, start=5)] == ["lost", "settled"]


def test_sieges_begin_and_end() -> None:
    siege = published(4, control("besieges", ARMY, 4))
    assert told_as(changes(siege)) == [("siege-begun", None, TROOPS)]
    undated = published(4, control("besieges", ARMY))
    assert told_as(changes(undated)) == [("siege", None, TROOPS)]
    left = published(7, {**control("x", ARMY, 7), "kind": "event", "type": "RETREAT", "mode": "withdraw"})
    assert ("siege-ended", TROOPS, None) in told_as(changes(siege, left, start=5))


def test_counts_are_new_or_raised() -> None:
    first, second = (published(n, toll(f"{k} people", k, None, "a monitor")) for n, k in ((1, 900), (5, 950)))
    (raised,) = changes(first, second)
    assert (raised.type, raised.before, raised.after) == (
        "count-raised", "at least 900 killed", "at least 950 killed",
    )  # fmt: skip
    assert raised.reports == (second.id,)
    assert [one.type for one in changes(second)] == ["count-new"]
    lowered = published(6, toll("800 people", 800, 800, "a monitor"))
    assert [one.type for one in changes(first, lowered)] == ["count-changed"]


def test_conditions_talks_and_ties_are_new() -> None:
    short = {"kind": "condition", "type": "shortage", "anchor": "short", "quote": "bread is short",
             "places": [mention("Orla", ORLA)]}  # fmt: skip
    met = {"kind": "event", "type": "CONSULT", "anchor": "met", "quote": "the two met", "when": when(6, 6),
           "actors": [mention("the army", ARMY)]}  # fmt: skip
    tie = {"kind": "relation", "type": "allied", "anchor": "ally", "quote": "the Lions, an ally of the army",
           "actors": ["the Lions"], "targets": [mention("the army", ARMY)]}  # fmt: skip
    found = changes(published(6, short, met, tie))
    assert [one.type for one in found] == ["condition", "talk", "tie"]
    assert not changes(published(1, short), published(6, short))


@given(reports, days, days)
def test_nothing_changes_in_a_day_and_every_change_has_its_accounts(made: list[Report], one: int, other: int) -> None:
    start, end = min(one, other), max(one, other)
    assert not changes(*made, start=start, end=start)
    for change in changes(*made, start=start, end=end):
        assert change.type in TYPES
        assert change.accounts
        assert set(change.reports) <= {report.id for report in made}


def test_a_record_tells_what_changed(where: str) -> None:
    taking = published(5, control("captures", ARMY, 4, place=MILL))
    with open_record(where, create=True) as record:
        list(record.add([HELD, taking], reader="by hand"))
        found = record.diff(date.fromisoformat(on(2)), date.fromisoformat(on(9)))
        assert [(one.type, one.place, one.reports) for one in found] == [("taken", "Mill Quarter", (taking.id,))]
        assert not record.diff(date.fromisoformat(on(2)), date.fromisoformat(on(9)), known_by=date.fromisoformat(on(4)))
        assert found.to_json()[0]["accounts"][0]["report"] == taking.id
