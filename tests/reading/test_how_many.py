"""Marked victims and rules become harm."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contested.reading.draft import Draft, Words
from contested.reading.how_many import read_how_many, widen
from contested.statement import EFFECTS, Harm, Report, Source
from contested.text.layout import Sentence, Text


def text_of(raw: str) -> Text:
    return Text(Report(text=raw), (), (), (), None, None, None)


def words(raw: str, part: str) -> Words:
    start = raw.index(part)
    return Words(start, start + len(part), "model")


def read(raw: str, anchor: str, kind: str = "event", type_: str = "ASSAULT", **victims: list[str]) -> list[Harm]:
    draft = Draft(kind, type_, words(raw, anchor), Words(0, len(raw), "model"))
    for effect, parts in victims.items():
        draft.roles[f"victims.{effect}"] = [words(raw, part) for part in parts]
    read_how_many(text_of(raw), [draft])
    return draft.harm


def test_marks_cut_short_get_their_number_back() -> None:
    raw = "A raid on the port hurt at least 140 people."
    assert read(raw, "raid", injured=["people"]) == [Harm("injured", "at least 140 people", 140, None)]
    assert read(raw, "raid", injured=["140 people"]) == [Harm("injured", "at least 140 people", 140, None)]


def test_widen_leaves_a_whole_mark_alone() -> None:
    raw = "On 4 May 2016 some 30 millers left."
    start = raw.index("some")
    assert widen(raw, start, start + 15) == (start, start + 15)


def test_marks_share_words_between_effects() -> None:
    raw = "The raid killed and wounded dozens of millers."
    harm = read(raw, "raid", killed=["dozens of millers"], injured=["dozens of millers"])
    assert [(h.effect, h.low) for h in harm] == [("killed", 24), ("injured", 24)]


def test_rules_add_effects_without_marks() -> None:
    raw = "5 millers were killed and 12 wounded in the raid."
    harm = read(raw, "raid", killed=["5 millers"])
    assert harm == [Harm("killed", "5 millers", 5, 5), Harm("injured", "12", 12, 12)]


def test_rules_add_the_rest_of_a_list() -> None:
    raw = "Troops detained a clerk, two porters and several other men."
    harm = read(raw, "detained", type_="COERCE", detained=["two porters"])
    assert [h.who for h in harm] == ["two porters", "a clerk", "several other men"]


def test_rules_know_which_effect_marked_people_suffered() -> None:
    raw = "Six millers were killed and 34 others were injured in the raid."
    both = ["Six millers", "34"]
    harm = read(raw, "raid", killed=both, injured=[*both, "34 others"])
    assert harm == [Harm("killed", "Six millers", 6, 6), Harm("injured", "34 others", 34, 34)]


def test_the_first_words_of_a_number_are_enough() -> None:
    raw = "More than 60 millers were killed in the raid."
    assert read(raw, "raid", killed=["More", "millers"]) == [Harm("killed", "More than 60 millers", 60, None)]


def test_a_doer_is_no_victim_without_a_word_that_says_so() -> None:
    raw = "Hill rangers killed 16 gunmen in an ambush."
    draft = Draft("event", "ASSAULT", words(raw, "ambush"), Words(0, len(raw), "model"))
    draft.actors = [words(raw, "Hill rangers")]
    draft.roles["victims.killed"] = [words(raw, "Hill rangers"), words(raw, "16 gunmen")]
    read_how_many(text_of(raw), [draft])
    assert [h.who for h in draft.harm] == ["16 gunmen"]


def both_of(raw: str, *drafts: Draft) -> list[list[str | None]]:
    read_how_many(Text(Report(raw), (), (Sentence(0, len(raw), 0),), (), None, None, None), list(drafts))
    return [[h.who for h in draft.harm] for draft in drafts]


def test_a_source_is_no_victim_without_a_word_that_says_so() -> None:
    raw = "A raid killed 12 millers, the Orla Monitor said."
    draft = Draft("event", "ASSAULT", words(raw, "raid"), Words(0, len(raw), "model"))
    draft.roles["victims.killed"] = [words(raw, "12 millers"), words(raw, "the Orla Monitor")]
    draft.source = Source("the Orla Monitor", "monitor", True, start=raw.index("the Orla"))
    read_how_many(text_of(raw), [draft])
    assert draft.harm == [Harm("killed", "12 millers", 12, 12)]


def test_nobody_is_harmed_twice() -> None:
    raw = "The port was shelled and bombed, and 165 porters have been wounded."
    whole = Words(0, len(raw), "model")
    shelled, bombed = (Draft("event", "ASSAULT", words(raw, word), whole) for word in ("shelled", "bombed"))
    shelled.roles["victims.injured"] = [replace(words(raw, "165 porters"), sure=0.9)]
    bombed.roles["victims.injured"] = [replace(words(raw, "165 porters"), sure=0.6)]
    assert both_of(raw, shelled, bombed) == [["165 porters"], []]
    toll = Draft("toll", "injured", words(raw, "wounded"), whole)
    assert both_of(raw, shelled, bombed, toll) == [[], [], ["165 porters"]]


def test_the_only_event_of_a_sentence_has_its_victims() -> None:
    raw = "Nine millers were killed when jets bombed the port."
    bombed = Draft("event", "ASSAULT", words(raw, "bombed"), words(raw, "jets bombed the port"))
    assert both_of(raw, bombed) == [["Nine millers"]]
    killed = Draft("event", "ASSAULT", words(raw, "killed"), words(raw, "Nine millers were killed"))
    assert both_of(raw, bombed, killed) == [[], ["Nine millers"]]


def test_the_number_of_victims_named_apart() -> None:
    raw = "The number of weavers killed in the raid has risen to 39."
    assert read(raw, "raid", killed=["weavers"]) == [Harm("killed", "weavers", 39, 39)]


def test_nobody_harmed() -> None:
    assert read("The raid caused no casualties.", "raid") == []
    assert read("The raid caused no casualties.", "raid", killed=["no casualties"]) == []


@pytest.mark.parametrize("type_", ["AID", "CONSULT"])
def test_other_events_have_no_harm_by_rule(type_: str) -> None:
    assert read("Medics took 12 wounded men to a clinic.", "took", type_=type_) == []


def test_arrests_are_coerce() -> None:
    assert read("Troops detained nine printers.", "detained", type_="COERCE") == [
        Harm("detained", "nine printers", 9, 9)
    ]


def test_a_toll_always_has_harm() -> None:
    assert read("It is said to be far higher.", "far higher", "toll", "killed") == [Harm("killed", None, 1, None)]
    assert read("The envoy puts it at 900.", "900", "toll", "killed") == [Harm("killed", "900", 900, 900)]


def test_a_cue_belongs_to_the_statement_it_anchors() -> None:
    raw = "The raid burned a mill, and six millers were killed."
    raid = Draft("event", "ASSAULT", words(raw, "burned"), Words(0, len(raw), "model"))
    deaths = Draft("event", "ASSAULT", words(raw, "killed"), Words(0, len(raw), "model"))
    read_how_many(text_of(raw), [raid, deaths])
    assert raid.harm == []
    assert deaths.harm == [Harm("killed", "six millers", 6, 6)]
    assert deaths.by["harm"] == "rule:how_many"


def test_a_deadly_attack_killed_somebody() -> None:
    assert read("A deadly car bomb attack shut the road.", "car bomb attack") == [Harm("killed", None, 1, None)]


@settings(deadline=None)
@given(st.text(max_size=200), st.data())
def test_any_text(raw: str, data: st.DataObject) -> None:
    def span() -> Words:
        start = data.draw(st.integers(0, len(raw)))
        return Words(start, data.draw(st.integers(start, len(raw))), "model")

    draft = Draft(data.draw(st.sampled_from(["event", "toll"])), "killed", span(), span())
    if draft.kind == "event":
        draft.type = "ASSAULT"
    draft.roles[f"victims.{data.draw(st.sampled_from(EFFECTS))}"] = [span()]
    read_how_many(text_of(raw), [draft])
    for harm in draft.harm:
        assert harm.effect in EFFECTS
        assert harm.who is None or harm.who in raw
        if harm.low is not None and harm.high is not None:
            assert harm.low <= harm.high
