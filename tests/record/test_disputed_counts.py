"""Numbers that are at odds and numbers that are not, each rule beside its opposite."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from contested.record.account import Account
from contested.record.disputes import disputes_of
from contested.record.sketch import sketches
from tests.record.coded import MILL, attack, mention
from tests.record.disputed import (
    GOVERNOR,
    MONITOR,
    VELD,
    count,
    killed,
    only,
    told,
    types,
)

FRIDAY = {"text": "On Friday", "start": "2016-12-02", "end": "2016-12-02"}
SATURDAY = {"text": "on Saturday", "start": "2016-12-03", "end": "2016-12-03"}

# Numbers


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (killed("four people", 4), killed("nine people", 9)),
        (killed("four people", 4), killed("at least nine people", 9, None)),
        (killed("up to 12 people", None, 12), killed("more than 60 people", 60, None)),
        (killed("about 70 people", 70), killed("90 people", 90)),
        (killed("12 people", 12), killed("15 children", 15)),
        (killed("three children", 3), killed("ten children", 10)),
        (killed("eight civilians", 8), killed("six people", 6)),
        (killed("nine people", 9, effect="injured"), killed("30 people", 30, effect="injured")),
    ],
)
def test_numbers_that_do_not_meet(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert types(count(one, source=GOVERNOR), count(other, source=MONITOR)) == ["count"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (killed("four people", 4), killed("4 people", 4)),
        (killed("at least 58 people", 58, None), killed("72 people", 72)),
        (killed("about 70 people", 70), killed("72 people", 72)),
        (killed("up to 12 people", None, 12), killed("four people", 4)),
        (killed("dozens", 24, None), killed("17 people", 17)),
        (killed("12 people", 12), killed("three children", 3)),
        (killed("four people", 4), killed("nine people", 9, effect="injured")),
        (killed("four people", 4), killed("the bridge", 1)),
        (killed("three children", 3), killed("ten soldiers", 10)),
    ],
)
def test_numbers_that_meet_or_do_not_compare(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert "count" not in types(count(one, source=GOVERNOR), count(other, source=MONITOR))


def test_a_part_is_not_set_against_the_whole_of_another_account() -> None:
    whole = count(killed("40 people", 40), killed("nine children", 9), source=GOVERNOR)
    assert types(whole, count(killed("40 people", 40), source=MONITOR)) == []
    assert types(whole, count(killed("12 children", 12), source=MONITOR)) == ["count"]


def test_several_groups_make_no_sum() -> None:
    groups = count(killed("15 civilians", 15), killed("27 fighters", 27), source=GOVERNOR)
    assert types(groups, count(killed("42 people", 42), source=MONITOR)) == []
    assert types(groups, count(killed("20 people", 20), source=MONITOR)) == ["count"]


def test_a_number_that_is_denied_or_to_come_is_none() -> None:
    four = count(killed("four people", 4))
    for modality in ("denied", "future"):
        assert "count" not in types(four, count(killed("nine people", 9), modality=modality))


def test_parts_of_one_story_are_no_dispute() -> None:
    story = attack("", "struck", source=MONITOR)
    parts = told("Shells fell twice.", story | {"harm": [killed("four people", 4)]},
                 story | {"harm": [killed("six people", 6)]})  # fmt: skip
    assert types(parts) == []


def test_a_source_taken_up_again_is_one_source() -> None:
    police, source = ({"text": t, "class": "government", "named": False} for t in ("a police officer", "the source"))
    one = attack("", "struck", source=police, harm=[killed("27 people", 27)])
    assert types(told("Who is right?", one, attack("", "struck", source=source, harm=[killed("31 people", 31)]))) == []


def test_near_copies_are_one_voice() -> None:
    """A copy in which a digit was lost is no other account."""
    four, nine = count(killed("four people", 4)), count(killed("nine people", 9))
    assert types(four, nine) == ["count"]
    copies = [replace(account, voice="v1") for account in (*four, *nine)]
    assert disputes_of(copies) == []


def test_one_report_can_hold_a_dispute() -> None:
    one = attack("", "struck", source=MONITOR, harm=[killed("27 people", 27)])
    other = attack("", "struck", source=GOVERNOR, harm=[killed("31 people", 31)])
    assert types(told("Who is right?", one, other)) == ["count"]


def test_a_number_that_both_tell_is_settled() -> None:
    """Reports that tell of several blows with the same numbers agree on them."""
    one = told("Eight, then three.", attack("", "struck", source=MONITOR, harm=[killed("eight people", 8)]),
               attack("", "struck", source=MONITOR, harm=[killed("three people", 3)]))  # fmt: skip
    assert types(one, count(killed("eight people", 8), source=GOVERNOR)) == []
    assert types(one, count(killed("five people", 5), source=GOVERNOR)) == ["count"]


def test_the_same_number_of_another_blow_settles_nothing() -> None:
    """By chance a report tells of the next day's clashes the number that another tells of the shells."""
    text = "On Friday shells struck the mill, killing 20 people. Clashes on Saturday killed 13 people."
    first, second = text.split(". ")
    both = told(
        text,
        attack(first, "struck", harm=[killed("20 people", 20)], places=[mention("the mill", MILL)], when=FRIDAY)
        | {"quote": first},
        attack(second, "Clashes", harm=[killed("13 people", 13)], when=SATURDAY) | {"quote": second, "mode": None},
        day="2016-12-03",
    )
    other = "On Friday shells struck the mill and killed 13 people."
    mill = attack(other, "struck", harm=[killed("13 people", 13)], places=[mention("the mill", MILL)], when=FRIDAY)
    dispute = only(both, told(other, mill))
    assert sorted(p.value for p in dispute.accounts) == [13, 20]


def test_a_number_of_dead_and_hurt_together_tells_neither() -> None:
    both = [killed("five people", 5), killed("five people", 5, effect="injured")]
    shells = told("Shells killed and hurt five people.", attack("", "Shells", harm=both, source=GOVERNOR))
    assert types(shells, count(killed("two people", 2), source=MONITOR)) == []
    apart = told("Shells killed five people and hurt five people.", attack("", "Shells", harm=both, source=GOVERNOR))
    assert types(apart, count(killed("two people", 2), source=MONITOR)) == ["count"]


def test_far_numbers_of_two_days_are_of_two_blows() -> None:
    def on(day: str, number: int, source: dict[str, Any]) -> list[Account]:
        when = {"text": "that day", "start": day, "end": day}
        return count(killed(f"{number} people", number), when=when, source=source)

    assert types(on("2016-12-01", 38, MONITOR), on("2016-12-02", 14, GOVERNOR)) == []
    assert types(on("2016-12-02", 38, MONITOR), on("2016-12-02", 14, GOVERNOR)) == ["count"]
    assert types(on("2016-12-01", 18, MONITOR), on("2016-12-02", 14, GOVERNOR)) == ["count"]


def test_the_toll_of_a_deed_is_drawn_in_with_the_deed() -> None:
    """Reports agree on who fled; who died of the same blast stands in the same words."""

    def blast(number: int, source: dict[str, Any]) -> list[Account]:
        text = f"A blast killed {number} displaced people."
        fled = {"kind": "toll", "type": "displaced", "anchor": "displaced",
                "harm": [killed("displaced people", 1, None, effect="displaced")], "source": source}  # fmt: skip
        dead = attack(text, "blast", harm=[killed(f"{number} displaced people", number)], source=source)
        return told(text, fled, dead | {"mode": "explosives"})

    one, other = blast(20, MONITOR), blast(26, GOVERNOR)
    fled, around = [one[0], other[0]], sketches([*one, *other])
    assert [account.kind for account in fled] == ["toll", "toll"]
    assert [d.type for d in disputes_of(fled, around=around)] == ["count"]
    assert disputes_of(fled, around=around, taken=[one[1].key]) == []


def test_a_wars_dead_are_not_an_attacks() -> None:
    assert types(count(killed("nine people", 9), source=GOVERNOR), count(killed("300,000 people", 300000))) == []
    since = {"text": "since 2011", "start": "2011", "end": None}
    assert types(count(killed("nine people", 9), source=GOVERNOR), count(killed("60 people", 60), when=since)) == []


def test_what_one_report_alone_tells_is_drawn_in() -> None:
    """Accounts that agree are put together; another source's number of the same attack stands beside them."""
    one, other = count(killed("nine people", 9), source=GOVERNOR), count(killed("nine people", 9), source=MONITOR)
    both = told("Shells struck the mill, nine people killed. A nurse said Shells struck the mill, six people killed.",
                attack("", "struck", source=MONITOR, harm=[killed("nine people", 9)]),
                attack("", "Shells", source={"text": "A nurse", "class": "medic", "named": False},
                       harm=[killed("six people", 6)]))  # fmt: skip
    assert disputes_of([*one, *other]) == []
    assert [d.type for d in disputes_of([*one, both[0]], around=sketches([*one, *both]))] == ["count"]
    assert disputes_of([*one, both[0]], around=sketches([*one, *both]), taken=[both[1].key]) == []
    elsewhere = count(killed("six people", 6), source=MONITOR)
    assert disputes_of([*one, *other], around=sketches([*one, *other, *elsewhere])) == []


def test_a_report_tells_places_apart_by_their_names() -> None:
    """Two sources of one report: of one place they differ, of two places they tell of two blows."""

    def blow(place: str, number: int, source: dict[str, Any]) -> dict[str, Any]:
        return attack("", "struck", places=[{"text": place}], source=source,
                      harm=[killed(f"{number} people", number)])  # fmt: skip

    text = "Shells struck Orla Bridge and Mill Lane."
    there = [blow("Orla Bridge", 27, MONITOR), blow("Orla Bridge", 31, GOVERNOR)]
    assert types(told(text, *there)) == ["count"]
    assert types(told(text, there[0], blow("Mill Lane", 31, GOVERNOR))) == []


# Counts that grow


def test_a_higher_number_told_later_is_an_update() -> None:
    early = count(killed("four people", 4), source=GOVERNOR)
    late = count(killed("nine people", 9), source=MONITOR, day="2016-12-04")
    assert types(early, late) == ["count update"]


def test_a_lower_number_told_later_is_none() -> None:
    early = count(killed("nine people", 9), source=GOVERNOR)
    late = count(killed("four people", 4), source=MONITOR, day="2016-12-04")
    assert types(early, late) == ["count"]


def test_a_number_that_was_raised_in_words_is_an_update() -> None:
    four = count(killed("four people", 4), source=GOVERNOR)
    rose = told("The toll of shells at the mill has risen to nine people.",
                attack("", "shells", harm=[killed("nine people", 9)], source=MONITOR))  # fmt: skip
    assert types(four, rose) == ["count update"]


def test_a_number_many_times_as_high_is_another_count() -> None:
    early = count(killed("four people", 4), source=GOVERNOR)
    assert types(early, count(killed("19 people", 19), source=MONITOR, day="2016-12-04")) == ["count"]


def test_one_source_that_raises_its_number_updates_it() -> None:
    assert types(count(killed("four people", 4), source=MONITOR),
                 count(killed("nine people", 9), source=MONITOR)) == ["count update"]  # fmt: skip
    assert types(count(killed("four people", 4), source=MONITOR),
                 count(killed("nine people", 9), source=GOVERNOR)) == ["count"]  # fmt: skip


def test_the_number_of_the_same_blow_counts() -> None:
    """What a report tells of another blow, in the same voice, is not set against the number of this one."""
    text = "The governor said shells struck the mill, killing four people. He said a blast in Veld killed 30 people."
    first, second = text.split(". ")
    both = told(
        text,
        attack(first, "struck", harm=[killed("four people", 4)], places=[mention("the mill", MILL)], source=GOVERNOR),
        attack(second, "blast", harm=[killed("30 people", 30)], places=[mention("Veld", VELD)], source=GOVERNOR),
    )
    other = "The Orla Monitor said shells struck the mill and killed nine people."
    nine = attack(other, "struck", harm=[killed("nine people", 9)], places=[mention("the mill", MILL)], source=MONITOR)
    dispute = only(both, told(other, nine))
    assert sorted(p.value for p in dispute.accounts) == [4, 9]


def test_the_killed_and_the_injured_are_disputed_apart() -> None:
    one = count(killed("four people", 4), killed("ten people", 10, effect="injured"), source=GOVERNOR)
    other = count(killed("nine people", 9), killed("30 people", 30, effect="injured"), source=MONITOR)
    found = disputes_of([*one, *other])
    assert sorted(sorted(p.value for p in dispute.accounts) for dispute in found) == [[4, 9], [10, 30]]


def test_an_update_is_told_beside_what_is_at_odds() -> None:
    """The killed were raised by one source; on the injured two sources of one day differ."""
    early = count(killed("four people", 4), source=MONITOR, day="2016-12-01")
    late = count(killed("nine people", 9), killed("30 people", 30, effect="injured"), source=MONITOR)
    other = count(killed("nine people", 9), killed("ten people", 10, effect="injured"), source=GOVERNOR)
    assert types(early, late, other) == ["count", "count update"]


def test_attackers_are_not_counted_with_those_they_killed() -> None:
    text = "Three of its fighters died when they struck the mill, the group said."
    three = attack(text, "struck", source=GOVERNOR, harm=[killed("Three", 3)])
    assert types(told(text, three), count(killed("17 people", 17), source=MONITOR)) == []


def test_one_more_blow_is_another() -> None:
    """ "Three other people", and nobody besides, were hurt by another shell; "a nurse" is one of those who died."""
    nine = count(killed("nine people", 9), source=GOVERNOR)
    assert types(nine, count(killed("three other people", 3), source=MONITOR)) == []
    assert types(nine, count(killed("three people", 3), source=MONITOR)) == ["count"]
    there = [{"text": "another village"}]
    assert types(nine, count(killed("three people", 3), source=MONITOR, places=there)) == []
    nurses = count(killed("four nurses", 4), source=GOVERNOR)
    assert types(nurses, count(killed("a nurse", 1), source=MONITOR)) == []
    assert types(nurses, count(killed("one nurse", 1), source=MONITOR)) == ["count"]


def test_a_report_stands_against_a_source_that_goes_on() -> None:
    """What a source tells of a place of its own, beside what the report tells itself, is of another blow."""
    blow = attack("", "struck", places=[mention("the mill", MILL)], harm=[killed("four people", 4)])
    nurse = {"kind": "toll", "type": "killed", "anchor": "Nine", "harm": [killed("nine people", 9)],
             "source": {"text": "a nurse", "class": "medic", "named": False}}  # fmt: skip
    assert types(told("Four died at the mill. Nine, a nurse said.", blow, nurse)) == ["count"]
    placed = nurse | {"places": [mention("the mill", MILL)]}
    assert types(told("Four died at the mill. Nine at the mill, a nurse said.", blow, placed)) == []
