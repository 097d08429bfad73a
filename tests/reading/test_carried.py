"""What statements take from what stands beside them."""

from __future__ import annotations

import pytest

from contested.reading.carried import read_carried
from contested.reading.draft import Draft, Words
from contested.statement import Harm, Report
from contested.text import prepare


class Story:
    """Drafts over one text, each with the whole of it as quote."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.drafts: list[Draft] = []

    def at(self, words: str) -> Words:
        start = self.raw.index(words)
        return Words(start, start + len(words), "model", 0.9)

    def tells(self, kind: str, type_: str, anchor: str, **slots: str) -> Draft:
        draft = Draft(kind, type_, self.at(anchor), Words(0, len(self.raw), "model"))
        for slot, words in slots.items():
            setattr(draft, slot, [self.at(words)])
        self.drafts.append(draft)
        return draft

    def read(self) -> None:
        read_carried(prepare(Report(self.raw)), self.drafts)

    def said(self, words: list[Words]) -> list[str]:
        return [self.raw[w.start : w.end] for w in words]


STORY = "Shells that hit the mill in Orla killed two men and hurt four women."


@pytest.mark.parametrize(
    ("target", "expected"),
    [("", ["two men", "four women"]), ("two men", ["two men", "four women"]), ("the mill", ["the mill"])],
)
def test_victims_are_the_targets_where_nothing_else_is(target: str, expected: list[str]) -> None:
    story = Story(STORY)
    attack = story.tells("event", "ASSAULT", "hit", **({"targets": target} if target else {}))
    attack.harm = [Harm("killed", "two men", 2, 2), Harm("injured", "four women", 4, 4)]
    story.read()
    assert story.said(attack.targets) == expected


def test_a_part_of_the_victims_is_no_target_of_its_own() -> None:
    story = Story("The raid killed ten people, including two girls, and hurt a nurse.")
    attack = story.tells("event", "ASSAULT", "raid")
    attack.harm = [
        Harm("killed", "ten people", 10, 10),
        Harm("killed", "two girls", 2, 2),
        Harm("injured", "a nurse", 1, 1),
    ]
    story.read()
    assert story.said(attack.targets) == ["ten people", "a nurse"]


@pytest.mark.parametrize("slots", [{}, {"targets": "families"}])
def test_who_suffered_is_the_actor_of_a_toll(slots: dict[str, str]) -> None:
    story = Story("About 400 families have fled since spring.")
    toll = story.tells("toll", "displaced", "fled", **slots)
    toll.harm = [Harm("displaced", "About 400 families", 400, 400)]
    story.read()
    assert story.said(toll.actors) == ([slots["targets"]] if slots else ["About 400 families"])
    assert toll.targets == []


def test_a_place_is_told_once_a_sentence() -> None:
    story = Story("Shells fell on Orla, where bread is scarce and the envoy spoke. Mills stood still.")
    story.tells("event", "ASSAULT", "fell", places="Orla")
    shortage = story.tells("condition", "shortage", "scarce")
    talks = story.tells("event", "CONSULT", "spoke")
    later = story.tells("condition", "services", "still")
    story.read()
    assert story.said(shortage.places) == ["Orla"]
    assert shortage.by["places"] == "rule:beside"
    assert shortage.sure["places"] < 0.9
    assert talks.places == later.places == []


def test_actors_are_carried_to_a_deed_of_the_same_type_but_no_attack() -> None:
    story = Story("The envoy demanded a truce, urged talks and warned of fire, as shells fell and guns roared.")
    story.tells("event", "REQUEST", "demanded", actors="The envoy")
    urged = story.tells("event", "REQUEST", "urged")
    warned = story.tells("event", "THREATEN", "warned")
    story.read()
    assert story.said(urged.actors) == ["The envoy"]
    assert warned.actors == []
