"""Accounts of one happening side by side: what agrees, what does not, and which numbers are told."""

from __future__ import annotations

import pytest

from contested.record.account import accounts_of
from contested.record.comparing import compared, harm_of, rows
from tests.record.coded import MILL, ORLA, attack, mention, report
from tests.record.orla import REPORTS

ACCOUNTS = [
    account
    for told in REPORTS
    for account in accounts_of(told, voice="wire" if told.id in ("hill-1", "dale-1") else None)
    if account.type == "ASSAULT"
]


def column(slot, accounts=ACCOUNTS, disputes=()):
    return next(one for one in compared(accounts, disputes) if one["slot"] == slot)


def told(said, **more):
    """An account of a report of its own, by a source of its own."""
    source = {"text": f"source {said}", "class": "other", "named": False}
    coded = report(said, attack(said, said, source=source, **more), id=said)
    return next(iter(accounts_of(coded)))


def test_sources_are_counted_not_reports():
    who = column("who")
    assert (who["of"], who["tell"], who["silent"]) == (3, 2, 0)
    assert who["values"] == [{
        "label": "Syrian armed forces", "id": "sy.armed-forces", "words": ["army guns"],
        "says": ["the Observatory", "A nurse"], "denied_by": ["an army spokesman"],
    }]  # fmt: skip


def test_a_denial_is_no_agreement():
    so = column("so", disputes={"occurrence"})
    assert (so["state"], so["disputed"]) == ("differs", True)
    assert [(one["id"], len(one["says"])) for one in so["values"]] == [("asserted", 2), ("denied", 1)]
    assert column("how")["values"][0]["says"] == ["the Observatory", "A nurse"]


def test_a_quarter_fits_its_town():
    where = column("where", disputes={"count"})
    assert (where["state"], where["disputed"]) == ("fits", False)
    assert {one["label"] for one in where["values"]} == {"Orla", "Mill Quarter"}


def test_numbers_differ_and_are_disputed():
    killed = column("killed", disputes={"count"})
    assert (killed["state"], killed["disputed"]) == ("differs", True)
    assert {(one["low"], one["high"]) for one in killed["values"]} == {(9, 9), (14, 14)}


def day(start, end):
    return {"text": "then", "start": start, "end": end}


@pytest.mark.parametrize(
    ("slot", "one", "other", "state"),
    [
        ("when", {"when": day("2016-12-02", "2016-12-02")}, {"when": day("2016-12-01", None)}, "fits"),
        ("when", {"when": day("2016-12-02", "2016-12-02")}, {"when": day("2016-12-03", "2016-12-04")}, "differs"),
        ("when", {"when": day("2016-12-02", "2016-12-02")}, {}, "alone"),
        ("when", {}, {}, "nobody"),
        ("how", {"mode": "aerial"}, {"mode": None}, "fits"),
        ("how", {"mode": "aerial"}, {"mode": "explosives"}, "differs"),
        ("where", {"places": [mention("Orla", ORLA)]}, {"places": ["Sund"]}, "differs"),
        ("where", {"places": [mention("Orla", ORLA)]}, {"places": [mention("the town", ORLA)]}, "same"),
        ("where", {"places": [mention("the mill", MILL)]}, {"places": ["Mill Quarter"]}, "differs"),
        ("who", {"actors": ["gunmen"]}, {"actors": ["Gunmen"]}, "same"),
    ],
)
def test_states(slot, one, other, state):
    assert column(slot, [told("hit", **one), told("struck", **other)])["state"] == state


def test_at_least_meets_what_is_more():
    def killed(low, high):
        return {"harm": [{"effect": "killed", "who": f"{low} people", "low": low, "high": high}]}

    assert column("killed", [told("hit", **killed(9, None)), told("struck", **killed(14, 14))])["state"] == "fits"


def test_harm_runs_from_the_lowest_told_to_the_highest():
    (killed,) = harm_of(ACCOUNTS)
    assert (killed["effect"], killed["low"], killed["high"], killed["open"]) == ("killed", 9, 14, False)
    assert [(one["source"], one["low"]) for one in killed["by"]] == [("A nurse", 14), ("the Observatory", 9)]


def test_parts_of_a_number_are_left_out():
    harm = [{"effect": "killed", "who": "12 people", "low": 12, "high": None},
            {"effect": "killed", "who": "three children", "low": 3, "high": 3}]  # fmt: skip
    (killed,) = harm_of([told("hit", harm=harm)])
    assert (killed["low"], killed["high"], killed["open"]) == (12, 12, True)


def test_a_row_is_a_source_and_copies_stand_once():
    observatory, nurse, army = rows(ACCOUNTS, again={ACCOUNTS[2].key})
    assert (observatory["source"], observatory["id"], observatory["class"]) == ("the Observatory", "sy.sohr", "monitor")
    (account,) = observatory["accounts"]
    assert account["report"] == "hill-1"
    assert [copy["outlet"] for copy in account["copies"]] == ["Dale Echo"]
    assert account["who"] == [{"text": "army guns", "id": "sy.armed-forces", "name": "Syrian armed forces"}]
    assert nurse["accounts"][0]["again"]
    assert not army["accounts"][0]["again"]
    assert army["accounts"][0]["modality"] == "denied"


def test_nothing_is_told_of_nothing():
    assert rows([]) == harm_of([]) == []
    assert {one["state"] for one in compared([])} == {"nobody"}
