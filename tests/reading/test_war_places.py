"""What is counted over a whole war lies in the country of the war, where a report names it."""

from __future__ import annotations

import pytest

from contested.lexicon import load
from contested.reading.draft import Draft, Words
from contested.reading.war_places import read_war_places
from contested.statement import Report
from contested.text import prepare


def places(raw: str, anchor: str = "killed", kind: str = "toll") -> list[str]:
    at = raw.index(anchor)
    draft = Draft(kind, "killed" if kind == "toll" else "ASSAULT", Words(at, at + len(anchor), "model"),
                  Words(0, len(raw), "model"))  # fmt: skip
    read_war_places(prepare(Report(raw)), [draft])
    return [raw[w.start : w.end] for w in draft.places]


@pytest.mark.parametrize("entry", load("wars"), ids=lambda entry: entry.id)
def test_lexicon(entry) -> None:
    assert places(entry.example) == [entry.gives]
    assert [places(left) for left in entry.leaves] == [[]] * len(entry.leaves)


def test_the_country_is_the_one_that_the_sentence_tells_of() -> None:
    story = "Jordan and Jordanian doctors sent help to Sudan. More than 900 were killed in the Sudanese conflict."
    assert places(story) == ["Sudan"]


def test_a_lost_apostrophe_hides_no_country() -> None:
    assert places("Syrias war has killed 40,000 people, a monitor said.") == ["Syria"]


def test_else_it_is_the_country_that_the_report_is_mostly_about() -> None:
    story = "In Mali a bridge fell. Envoys from Chad went to Mali. The conflict has killed thousands, a monitor said."
    assert places(story) == ["Mali"]


def test_a_report_about_no_country_most_gives_none() -> None:
    assert places("Envoys of Chad and of Mali met. The conflict has killed thousands, a monitor said.") == []
    assert places("The conflict has killed thousands, a monitor said.") == []


def test_attacks_are_left_to_what_is_told_of_them() -> None:
    assert places("Yemen's war goes on: a shell killed two men.", kind="event") == []
