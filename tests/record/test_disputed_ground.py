"""Who holds which ground: what is a dispute, and what is none."""

from __future__ import annotations

from tests.record.coded import ARMY, MILL, ORLA, REBELS, mention
from tests.record.disputed import (
    GOVERNOR,
    MONITOR,
    VELD,
    control,
    ground,
    told,
)

# Ground


def test_two_holders_of_one_ground() -> None:
    army = control("captures", ARMY, GOVERNOR, "The army recaptured Orla.")
    assert ground(army, control("holds", REBELS, MONITOR, "The rebels hold Orla.")) == ["control"]
    assert ground(army, control("holds", ARMY, MONITOR, "The army holds Orla.")) == []
    assert ground(army, control("holds", REBELS, MONITOR, "The rebels hold Orla.", day="2017-01-12")) == []
    assert ground(army, control("holds", REBELS, MONITOR, "The rebels hold Orla.", place=VELD)) == []


def test_shares_of_one_ground() -> None:
    most = {"share": {"text": "about 70 percent", "value": 0.7}}
    rest = {"share": {"text": "a third", "value": 0.33}}
    rebels = control("holds", REBELS, MONITOR, "The rebels hold about 70 percent of Orla.", **most)
    assert ground(rebels, control("captures", ARMY, GOVERNOR, "The army recaptured Orla.")) == ["control"]
    assert ground(rebels, control("holds", ARMY, GOVERNOR, "The army holds a third of Orla.", **rest)) == []
    assert ground(rebels, control("captures", ARMY, GOVERNOR, "The army recaptured parts of Orla.")) == []


def test_ground_that_changes_hands_is_no_dispute() -> None:
    army = control("captures", ARMY, GOVERNOR, "The army recaptured Orla.")
    friday = {"text": "on Saturday", "start": "2016-12-03", "end": "2016-12-03"}
    back = control("captures", REBELS, MONITOR, "The rebels retook Orla.", when=friday, day="2016-12-03")
    assert ground(army, back) == []
    same_source = control("holds", REBELS, GOVERNOR, "The rebels hold Orla.")
    assert ground(army, same_source) == []


def test_who_left_does_not_hold() -> None:
    text = "The army withdrew from Orla."
    left = told(text, {"kind": "event", "type": "RETREAT", "mode": "withdraw", "anchor": "withdrew", "source": MONITOR,
                       "actors": [mention("The army", ARMY)], "places": [mention("Orla", MILL)]})  # fmt: skip
    assert ground(left, control("holds", ARMY, GOVERNOR, "The army holds Orla.")) == ["control"]
    assert ground(left, control("holds", REBELS, GOVERNOR, "The rebels hold Orla.")) == []


def test_ground_without_a_name_is_not_that_of_another_account() -> None:
    unnamed = {"places": [{"text": "the districts"}]}
    army = control("holds", ARMY, GOVERNOR, "The army holds the districts.", **unnamed)
    assert ground(army, control("holds", REBELS, MONITOR, "The rebels hold the districts.", **unnamed)) == []
    named = {"places": [{"text": "the Orla bridge"}]}
    army = control("holds", ARMY, GOVERNOR, "The army holds the Orla bridge.", **named)
    assert ground(army, control("holds", REBELS, MONITOR, "The rebels hold the Orla bridge.", **named)) == ["control"]


def test_held_by_two_is_a_divided_city() -> None:
    city = {**ORLA, "kind": "city"}
    one = control("holds", ARMY, GOVERNOR, "The army holds Orla.", place=city)
    assert ground(one, control("holds", REBELS, MONITOR, "The rebels hold Orla.", place=city)) == []
