"""What is a dispute, and what is none: small reports of one happening, each rule beside its opposite."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.lexicon import load
from contested.record.account import Account, accounts_of
from contested.record.dispute_words import group_of, has, is_about
from contested.record.disputes import TYPES, Dispute, disputes_of, disputes_of_ground
from contested.statement import Report
from tests.record.coded import ARMY, MILL, ORLA, REBELS, attack, mention

MONITOR = {"text": "the Orla Monitor", "class": "monitor", "named": True}
GOVERNOR = {"text": "the governor", "class": "government", "named": False}
JETS = {"party": "us.air-force", "name": "air force of the US", "kind": "organ", "country": "US"}
MILITIA = {"party": "sy.militants", "name": "militants in Syria", "kind": "armed-group", "country": "SY"}
GUARD = {"party": "sy.nusra", "name": "Nusra Front", "kind": "armed-group", "country": "SY"}
#: A market 70 km from Orla, with a name of its own.
VELD = {"place": "file:veld-market", "name": "Veld", "lat": 10.6, "lon": 20.3, "kind": "village", "country": "SY",
        "radius_km": 1.0, "precision": "exact", "within": ["iso:SY"]}  # fmt: skip


def told(text: str, *coded: dict[str, Any], day: str = "2016-12-02", **more: Any) -> list[Account]:
    """The accounts of one report; each statement's quote is the whole text where none is given."""
    statements = [{"quote": text, "anchor": text.split()[0], **one} for one in coded or [attack(text, "struck")]]
    return list(accounts_of(Report.from_json({"text": text, "published": day, "statements": statements, **more})))


def killed(who: str, low: int | None, high: int | None = -1, effect: str = "killed") -> dict[str, Any]:
    return {"effect": effect, "who": who, "low": low, "high": low if high == -1 else high}


def count(*harm: dict[str, Any], **more: Any) -> list[Account]:
    """A report in which an attack harms people."""
    words = " and ".join(f"{h['who']} {h['effect']}" for h in harm)
    day = more.pop("day", "2016-12-02")
    return told(f"Shells struck the mill, {words}.", attack("", "struck", harm=list(harm), **more), day=day,
                outlet=f"outlet {day} {words}")  # fmt: skip


def types(*accounts: list[Account]) -> list[str]:
    found = disputes_of([a for one in accounts for a in one])
    return [f"{d.type}{' update' if d.update else ''}" for d in found]


def only(*accounts: list[Account]) -> Dispute:
    [dispute] = disputes_of([a for one in accounts for a in one])
    return dispute


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
    assert [d.type for d in disputes_of([*one, both[0]], beside=[both[1]])] == ["count"]
    elsewhere = count(killed("six people", 6), source=MONITOR)
    assert disputes_of([*one, *other], beside=elsewhere) == []


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


def test_one_source_that_raises_its_number_updates_it() -> None:
    assert types(count(killed("four people", 4), source=MONITOR),
                 count(killed("nine people", 9), source=MONITOR)) == ["count update"]  # fmt: skip
    assert types(count(killed("four people", 4), source=MONITOR),
                 count(killed("nine people", 9), source=GOVERNOR)) == ["count"]  # fmt: skip


# Who did it


def did(party: dict[str, Any], source: dict[str, Any], **more: Any) -> list[Account]:
    """A source says of the gunners of `party` that they struck the mill, or that they did not."""
    text = f"{source['text']} said {'not' if 'modality' in more else ''} the gunners struck the mill."
    place = [mention("the mill", more.pop("place", MILL))]
    return told(
        text, attack(text, "struck", actors=[mention("the gunners", party)], places=place, source=source, **more)
    )


def test_two_doers_who_have_nothing_to_do_with_each_other() -> None:
    assert types(did(ARMY, MONITOR), did(REBELS, GOVERNOR)) == ["responsibility"]


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


def test_a_battle_has_two_doers() -> None:
    text = "The army and the rebels fought over the mill."
    both = [mention("The army", ARMY), mention("the rebels", REBELS)]
    battle = told(text, attack(text, "fought", actors=both))
    assert types(did(ARMY, MONITOR), did(REBELS, GOVERNOR), battle) == []


# By what, whether, whom


def by(mode: str | None, source: dict[str, Any], **more: Any) -> list[Account]:
    """A source says that the mill was struck, or that it was not."""
    text = f"{source['text']} said the mill was {'not' if 'modality' in more else ''} struck."
    return told(
        text, attack(text, "struck", places=[mention("the mill", MILL)], source=source, **more) | {"mode": mode}
    )


def test_means() -> None:
    assert types(by("aerial", MONITOR), by("explosives", GOVERNOR)) == ["means"]
    assert types(by("aerial", MONITOR), by("drone", GOVERNOR)) == []
    assert types(by("aerial", MONITOR), by(None, GOVERNOR)) == []
    assert types(by("suicide-attack", MONITOR), by("explosives", GOVERNOR)) == []
    assert types(by("unconventional", MONITOR), by("aerial", GOVERNOR)) == []


def test_gas_that_is_denied() -> None:
    assert types(by("unconventional", MONITOR), by("unconventional", GOVERNOR, modality="denied")) == ["means"]


def test_a_report_of_several_means_tells_of_several_deeds() -> None:
    raid, shells = attack("", "raid", source=MONITOR), attack("", "shelled", source=MONITOR)
    report = told("A raid, then shells.", raid | {"mode": "aerial"}, shells)
    assert types(report, by("explosives", GOVERNOR)) == []


def test_a_denial_has_to_be_in_the_words() -> None:
    """A "no" that the reader lent to a sentence from elsewhere is none."""
    text = "The governor said the mill was struck."
    lent = told(text, attack(text, "struck", source=GOVERNOR, modality="denied") | {"mode": "aerial"})
    assert types(by("aerial", MONITOR), lent) == []


def test_whether_it_happened() -> None:
    assert types(by("aerial", MONITOR), by("aerial", GOVERNOR, modality="denied")) == ["occurrence"]
    assert types(by("aerial", MONITOR), by("aerial", GOVERNOR, modality="possible")) == []


def test_whom_it_struck() -> None:
    civilians = count(killed("several villagers", 3, None), source=MONITOR)
    assert types(civilians, count(killed("some militants", 3, None), source=GOVERNOR)) == ["victims"]
    assert types(civilians, count(killed("some people", 3, None), source=GOVERNOR)) == []
    both = count(killed("some militants", 3, None), killed("two children", 2), source=GOVERNOR)
    assert types(civilians, both) == []


# When and where


def on(day: str, words: str, outlet: str) -> list[Account]:
    when = {"text": words, "start": day, "end": day, "basis": "published"}
    place = [mention("the mill", MILL)]
    return told(f"Shells struck the mill {words}.", attack("", "struck", when=when, places=place), outlet=outlet)


def test_days_that_cannot_both_be_so() -> None:
    assert types(on("2016-12-01", "on Thursday", "A"), on("2016-12-02", "on Friday", "B")) == ["time"]
    assert types(on("2016-12-01", "on Thursday", "A"), on("2016-12-01", "yesterday", "B")) == []
    assert types(on("2016-12-01", "late on Thursday", "A"), on("2016-12-02", "early on Friday", "B")) == []


def at(place: dict[str, Any], outlet: str) -> list[Account]:
    text = f"Shells struck {place['name']}."
    return told(text, attack(text, "struck", places=[mention(place["name"], place)]), outlet=outlet)


def test_places_apart() -> None:
    town = {**ORLA, "within": ["iso:SY"]}
    assert types(at(town, "A"), at(VELD, "B")) == ["place"]
    assert types(at(town, "A"), at(MILL, "B")) == []


# Ground


def control(kind: str, holder: dict[str, Any], source: dict[str, Any], words: str, **more: Any) -> list[Account]:
    """`words` tell that a party took or holds Orla; the anchor is their third word."""
    day = more.pop("day", "2016-12-02")
    coded = {"kind": "control", "type": kind, "anchor": words.split()[2], "source": source,
             "actors": [mention(" ".join(words.split()[:2]), holder)],
             "places": [mention("Orla", more.pop("place", MILL))]}  # fmt: skip
    return told(words, coded | more, day=day)


def ground(*accounts: list[Account]) -> list[str]:
    return [d.type for d in disputes_of_ground([a for one in accounts for a in one])]


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
        return is_about(words) if role == "about" else has(role, words)

    assert read(entry.example) == entry.gives
    for sentence in entry.leaves:
        assert read(sentence) != entry.gives, sentence
