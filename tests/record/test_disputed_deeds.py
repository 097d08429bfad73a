"""Who did it, by what means, whether, to whom, when and where: what is a dispute, and what is none."""

from __future__ import annotations

from typing import Any

import pytest

from contested.record.account import Account
from tests.record.coded import ARMY, MILL, ORLA, REBELS, attack, mention
from tests.record.disputed import (
    GOVERNOR,
    GUARD,
    JETS,
    MILITIA,
    MONITOR,
    VELD,
    at,
    by,
    count,
    did,
    killed,
    on,
    told,
    types,
)

# Who did it


def test_two_doers_who_have_nothing_to_do_with_each_other() -> None:
    assert types(did(ARMY, MONITOR), did(REBELS, GOVERNOR)) == ["responsibility"]


def test_two_deeds_of_one_day_have_two_doers() -> None:
    """What nobody argues over has to be of one narrow place, one thing or one number of dead."""
    city = {**ORLA, "kind": "city"}
    assert types(did(ARMY, MONITOR, place=city), did(REBELS, GOVERNOR, place=city)) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [(ARMY, ARMY), (GUARD, MILITIA), (REBELS, GUARD), ({"party": "sy.government", "kind": "organ"}, ARMY)],
)
def test_doers_who_are_one_or_of_one_side(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert types(did(one, MONITOR), did(other, GOVERNOR)) == []


def test_a_denial_of_what_another_says() -> None:
    assert types(did(ARMY, MONITOR), did(ARMY, GOVERNOR, modality="denied")) == ["responsibility"]
    assert types(did(REBELS, MONITOR), did(ARMY, GOVERNOR, modality="denied")) == []


def test_blame_counts_as_naming_the_doer() -> None:
    words = "Officials blamed the rebels for the blast."
    blame = told(words, {"kind": "event", "type": "ACCUSE", "mode": "allege", "anchor": "blamed",
                         "actors": [mention("Officials", JETS)],
                         "targets": [mention("the rebels", REBELS)]})  # fmt: skip
    assert types(did(ARMY, MONITOR), blame) == ["responsibility"]
    assert types(did(REBELS, MONITOR), blame) == []


def test_enemies_and_unnamed_fighting_are_no_doers_of_what_is_argued_over() -> None:
    denial = did(ARMY, GOVERNOR, modality="denied")
    assert types(denial, did(ARMY, MONITOR)) == ["responsibility"]
    text = "The army and the rebels fought over the mill."
    both = [mention("The army", ARMY), mention("the rebels", REBELS)]
    place = [mention("the mill", MILL)]
    assert types(denial, told(text, attack(text, "fought", actors=both, places=place))) == []
    campaign = "The army pressed its campaign at the mill."
    pressed = attack(campaign, "campaign", actors=both[:1], places=place)
    assert types(denial, told(campaign, pressed | {"mode": None})) == []
    assert types(denial, told(campaign, pressed)) == ["responsibility"]


def test_a_battle_has_two_doers() -> None:
    text = "The army and the rebels fought over the mill."
    both = [mention("The army", ARMY), mention("the rebels", REBELS)]
    battle = told(text, attack(text, "fought", actors=both))
    assert types(did(ARMY, MONITOR), did(REBELS, GOVERNOR), battle) == []


def test_a_group_flies_no_raid() -> None:
    """ "A raid on a village held by militants" names who holds it: who is read as its doer is not blamed."""

    def struck(who: dict[str, Any], source: dict[str, Any], mode: str) -> list[Account]:
        text = f"{source['text']} said that they struck the mill."
        one = attack(text, "struck", actors=[mention("they", who)], places=[mention("the mill", MILL)], source=source)
        return told(text, one | {"mode": mode})

    assert types(struck(ARMY, MONITOR, "heavy-weapons"), struck(REBELS, GOVERNOR, "heavy-weapons")) == [
        "responsibility"
    ]
    assert types(struck(ARMY, MONITOR, "aerial"), struck(REBELS, GOVERNOR, "aerial")) == []


# By what, whether, whom


def test_means() -> None:
    assert types(by("aerial", MONITOR), by("explosives", GOVERNOR)) == ["means"]
    assert types(by("aerial", MONITOR), by("drone", GOVERNOR)) == []
    assert types(by("aerial", MONITOR), by(None, GOVERNOR)) == []
    assert types(by("suicide-attack", MONITOR), by("explosives", GOVERNOR)) == []
    assert types(by("unconventional", MONITOR), by("aerial", GOVERNOR)) == []


@pytest.mark.parametrize(
    ("mode", "one", "other", "found"),
    [
        ("heavy-weapons", "mortars", "two rockets", ["means"]),
        ("heavy-weapons", "mortars", "shells", []),
        ("heavy-weapons", "mortars", "mortars and rockets", []),
        ("explosives", "a car bomb", "a bomb planted in the yard", ["means"]),
        ("explosives", "a rocket", "a mortar", []),
    ],
)
def test_weapons_of_one_mode(mode: str, one: str, other: str, found: list[str]) -> None:
    def struck(weapon: str, source: dict[str, Any]) -> list[Account]:
        text = f"{source['text']} said the mill was struck by {weapon}."
        place = [mention("the mill", MILL)]
        return told(text, attack(text, "struck", places=place, source=source) | {"mode": mode})

    assert types(struck(one, MONITOR), struck(other, GOVERNOR)) == found


def test_gas_that_is_denied() -> None:
    assert types(by("unconventional", MONITOR), by("unconventional", GOVERNOR, modality="denied")) == ["means"]


def test_a_report_of_several_means_tells_of_several_deeds() -> None:
    raid, shells = attack("", "raid", source=MONITOR), attack("", "shelled", source=MONITOR)
    report = told("A raid, then shells.", raid | {"mode": "aerial"}, shells)
    assert types(report, by("explosives", GOVERNOR)) == []


def test_a_denial_has_to_be_in_the_words() -> None:
    """A "no" that the reader lent to a sentence from elsewhere is none."""
    text = "The governor said the mill was struck."
    lent = attack(text, "struck", source=GOVERNOR, modality="denied") | {"mode": "aerial"}
    assert types(by("aerial", MONITOR), told(text, lent)) == []


def test_a_verb_denies_what_hangs_on_it() -> None:
    """ "The governor denied that the army struck the mill": the quote is the clause alone."""
    text = "The governor denied that the army struck the mill."
    clause = attack(text, "struck", source=GOVERNOR, modality="denied", quote="the army struck the mill",
                    actors=[mention("the army", ARMY)], places=[mention("the mill", MILL)])  # fmt: skip
    assert types(did(ARMY, MONITOR), told(text, clause | {"by": {"modality": "rule:denied"}})) == ["responsibility"]
    assert types(did(ARMY, MONITOR), told(text, clause | {"by": {"modality": "rule:not"}})) == []


def test_whether_it_happened() -> None:
    assert types(by("aerial", MONITOR), by("aerial", GOVERNOR, modality="denied")) == ["occurrence"]
    assert types(by("aerial", MONITOR), by("aerial", GOVERNOR, modality="possible")) == []


def test_an_attack_that_was_foiled() -> None:
    """Its dead are at odds with it, but fighters may be its attackers, and a report that tells of dead agrees."""

    def blow(words: str, source: dict[str, Any] | None, **more: Any) -> dict[str, Any]:
        return attack(words, words.split()[-1], source=source, places=[mention("the mill", MILL)], quote=words) | more

    foiled = blow("the army had foiled an attack", GOVERNOR)
    soldiers = blow("it killed 20 soldiers", MONITOR, harm=[killed("20 soldiers", 20)])
    fighters = blow("it killed 20 rebels", MONITOR, harm=[killed("20 rebels", 20)])
    assert types(told("the army had foiled an attack", foiled), told("it killed 20 soldiers", soldiers)) == [
        "occurrence"
    ]
    assert types(told("the army had foiled an attack", foiled), told("it killed 20 rebels", fighters)) == []
    both = told("it killed 20 soldiers. the army had foiled an attack", foiled, soldiers | {"source": None})
    assert types(both, told("it killed 20 soldiers", soldiers)) == []


def test_a_doer_has_to_be_read_surely() -> None:
    """Who speaks of a deed stands where its doer would: what the reader is unsure of accuses nobody."""
    text = "The rebels condemned the shelling of the mill."
    for sure, found in ((0.9, ["responsibility"]), (0.6, [])):
        one = attack(text, "shelling", actors=[mention("The rebels", REBELS)], places=[mention("the mill", MILL)])
        assert types(did(ARMY, MONITOR), told(text, one | {"sure": {"actors": sure}})) == found


def test_whom_it_struck() -> None:
    civilians = count(killed("several villagers", 3, None), source=MONITOR)
    assert types(civilians, count(killed("some militants", 3, None), source=GOVERNOR)) == ["victims"]
    assert types(civilians, count(killed("some people", 3, None), source=GOVERNOR)) == []
    both = count(killed("some militants", 3, None), killed("two children", 2), source=GOVERNOR)
    assert types(civilians, both) == []


def test_what_is_not_clear_is_no_denial() -> None:
    text = "The governor said it was not clear whether the army struck the mill."
    one = attack(text, "struck", source=GOVERNOR, modality="denied", actors=[mention("the army", ARMY)])
    assert types(did(ARMY, MONITOR), told(text, one)) == []


# When and where


def test_days_that_cannot_both_be_so() -> None:
    assert types(on("2016-12-01", "on Thursday", "A"), on("2016-12-02", "on Friday", "B")) == ["time"]
    assert types(on("2016-12-01", "on Thursday", "A"), on("2016-12-01", "yesterday", "B")) == []
    assert types(on("2016-12-01", "on Thursday night", "A"), on("2016-12-02", "early on Friday", "B")) == []
    assert types(on("2016-12-01", "late on Thursday", "A"), on("2016-12-02", "early on Friday", "B")) == ["time"]


def test_places_apart() -> None:
    town = {**ORLA, "within": ["iso:SY"]}
    assert types(at(town, "A"), at(VELD, "B")) == ["place"]
    assert types(at(town, "A"), at(MILL, "B")) == []
