"""What a dispute is: its sentence, its id, and what holds for any accounts in any order."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.lexicon import load
from contested.record.account import Account
from contested.record.dispute_words import group_of, has, is_about, weapons
from contested.record.disputes import TYPES, disputes_of, disputes_of_ground
from tests.record.coded import ARMY, MILL, REBELS, mention
from tests.record.disputed import (
    GOVERNOR,
    MONITOR,
    by,
    control,
    count,
    did,
    killed,
    on,
    only,
    told,
    types,
)

# What a dispute is


def test_a_sentence_says_what_differs() -> None:
    dispute = only(count(killed("four civilians", 4), source=GOVERNOR), count(killed("9 people", 9), source=MONITOR))
    assert (
        dispute.sentence == "The governor says four civilians were killed; the Orla Monitor says 9 people were killed."
    )
    assert [(p.source, p.says, p.value) for p in dispute.accounts] == [
        ("the governor", "four civilians killed", 4), ("the Orla Monitor", "9 people killed", 9),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("source", "verb"),
    [
        ("local sources", "say"),
        ("activists in Orla", "say"),
        ("a witness", "says"),
        ("Reuters", "says"),
        ("Sana", "says"),
    ],
)
def test_sources_of_several_say(source: str, verb: str) -> None:
    told_by = count(killed("four people", 4), source={"text": source, "class": "other", "named": False})
    sentence = only(told_by, count(killed("9 people", 9), source=MONITOR)).sentence
    assert f"{source} {verb} four people were killed".lower() in sentence.lower()


def test_a_sentence_does_not_tell_of_everybody() -> None:
    many = [count(killed(f"{n} people", n), source={**GOVERNOR, "text": f"Source {n}"}) for n in range(10, 19)]
    dispute = only(*many)
    assert len(dispute.accounts) == 9
    assert dispute.sentence.count(";") == 5
    assert dispute.sentence.endswith("; 4 other accounts differ as well.")


def test_numbers_are_told_of_people() -> None:
    dispute = only(count(killed("Three deaths", 3), source=GOVERNOR), count(killed("9", 9), source=MONITOR))
    assert {p.says for p in dispute.accounts} == {"3 people killed", "9 people killed"}


def test_the_seeds_kind_of_dispute() -> None:
    """One report: a monitor says that most is held by one side, a soldier that the other took all of it."""
    text = "The rebels control about 70 percent of Orla, a monitor said. A colonel said the army fully recaptured Orla."
    report = told(
        text,
        {"kind": "control", "type": "holds", "anchor": "control", "actors": [mention("The rebels", REBELS)],
         "places": [mention("Orla", MILL)], "share": {"text": "about 70 percent", "value": 0.7}, "source": MONITOR},
        {"kind": "control", "type": "captures", "anchor": "recaptured", "actors": [mention("the army", ARMY)],
         "places": [mention("Orla", MILL)], "source": {"text": "A colonel", "class": "military", "named": False}},
    )  # fmt: skip
    [dispute] = disputes_of_ground(report)
    assert dispute.about == "file:mill"
    assert (
        dispute.sentence
        == "The Orla Monitor says the rebels held about 70 percent of Orla; a colonel says the army took Orla."
    )


def test_an_id_rests_on_content_alone() -> None:
    pair = (count(killed("four people", 4), source=GOVERNOR), count(killed("nine people", 9), source=MONITOR))
    first = only(*pair)
    moved = [[replace(a, key=f"x{a.key}") for a in one] for one in pair]
    assert only(*moved).id == first.id
    assert only(pair[0], count(killed("ten people", 10), source=MONITOR)).id != first.id


def test_types_are_those_of_the_house() -> None:
    assert set(TYPES) == {"count", "responsibility", "means", "occurrence", "control", "victims", "time", "place"}


SOME = [
    count(killed("four people", 4), source=GOVERNOR), count(killed("at least nine people", 9, None), source=MONITOR),
    count(killed("30 people", 30, effect="injured"), day="2016-12-03"), did(ARMY, MONITOR), did(REBELS, GOVERNOR),
    by("aerial", MONITOR), by("explosives", GOVERNOR), on("2016-12-01", "on Thursday", "A"),
    control("captures", ARMY, GOVERNOR, "The army recaptured Orla."),
    control("holds", REBELS, MONITOR, "The rebels hold Orla."),
]  # fmt: skip


@given(st.permutations(SOME))
def test_order_never_matters(accounts: list[list[Account]]) -> None:
    assert disputes_of([a for one in accounts for a in one]) == disputes_of([a for one in SOME for a in one])


@given(st.lists(st.sampled_from(SOME), min_size=1, max_size=7, unique_by=id), st.data())
def test_an_agreeing_account_makes_no_dispute(accounts: list[list[Account]], data: st.DataObject) -> None:
    """What one report says, said once more by another, adds no kind of dispute."""
    once = data.draw(st.sampled_from(accounts))
    again = [replace(a, key=f"again {a.key}", report=f"again {a.report}", voice=f"again {a.voice}") for a in once]
    before, after = ({t.split()[0] for t in types(*some)} for some in (accounts, [*accounts, again]))
    assert after <= before


@given(st.lists(st.integers(1, 40), min_size=1, max_size=5))
def test_numbers_that_all_meet_make_no_dispute(least: list[int]) -> None:
    """ "At least n" of any n, and a number above them all, can all be so."""
    accounts = [count(killed(f"at least {n} people", n, None), source=GOVERNOR) for n in least]
    assert types(*accounts, count(killed(f"{max(least)} people", max(least)), source=MONITOR)) == []


def test_order_of_three_never_matters() -> None:
    three = (count(killed("four people", 4), source=GOVERNOR), count(killed("six people", 6), source=MONITOR),
             count(killed("nine people", 9), day="2016-12-05"))  # fmt: skip
    assert len({tuple(disputes_of([a for one in order for a in one])) for order in permutations(three)}) == 1


# Words


@pytest.mark.parametrize("entry", load("disputes"), ids=lambda entry: entry.id)
def test_every_example(entry: Any) -> None:
    def marked(sentence: str) -> str:
        return sentence[sentence.index("[") + 1 : sentence.index("]")]

    def read(sentence: str) -> object:
        role, words = entry.value["is"], marked(sentence)
        if role in ("harmed", "stop"):
            return group_of(words)
        if role == "weapon":
            return next(iter(weapons(words, entry.value["modes"][0])), None)
        return is_about(words) if role == "about" else has(role, words)

    assert read(entry.example) == entry.gives
    for sentence in entry.leaves:
        assert read(sentence) != entry.gives, sentence
