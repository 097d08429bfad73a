"""The same thing read twice is one statement."""

from __future__ import annotations

import pytest

from contested.reading.did import read_did
from contested.reading.draft import Draft, Words
from contested.statement import Report
from contested.text import prepare


def left(raw: str, *anchors: str, kind: str = "event", type_: str = "ASSAULT", **parties: list[str]) -> list[str]:
    """The anchors that are left of drafts with the whole of `raw` as quote; each surer than the next.

    `parties` gives a slot's words for each anchor, "" for none.
    """
    text = prepare(Report(raw))

    def at(words: str, sure: float) -> Words:
        start = raw.index(words)
        return Words(start, start + len(words), "model", sure)

    drafts = []
    for n, anchor in enumerate(anchors):
        draft = Draft(kind, type_, at(anchor, 0.9 - n / 10), Words(0, len(raw), "model"))
        for slot, words in parties.items():
            setattr(draft, slot, [at(words[n], 0.8)] if words[n] else [])
        drafts.append(draft)
    read_did(text, drafts)
    return [raw[d.anchor.start : d.anchor.end] for d in drafts]


@pytest.mark.parametrize(
    ("raw", "anchors", "expected"),
    [
        ("Aerial bombing shook Orla.", ("bombing", "Aerial bombing"), ["bombing"]),
        ("Aerial bombing shook Orla.", ("bombing", "Aerial"), ["bombing"]),
        ("The bombing that struck Orla went on.", ("bombing", "struck"), ["bombing"]),
        ("The assault on the ridge by the army killed two men.", ("assault", "killed"), ["assault"]),
        ("Shelling and air raids shook Orla.", ("Shelling", "raids"), ["Shelling", "raids"]),
        ("They spoke of torture, beatings and killings.", ("torture", "killings"), ["torture", "killings"]),
    ],
)
def test_twins(raw: str, anchors: tuple[str, ...], expected: list[str]) -> None:
    assert left(raw, *anchors) == expected


def test_other_targets_are_other_deeds() -> None:
    raw = "The army shelled the mill while planes bombed the bridge."
    assert left(raw, "shelled", "bombed", targets=["the mill", "the bridge"]) == ["shelled", "bombed"]
    assert left(raw, "shelled", "bombed", targets=["the mill", ""]) == ["shelled"]


def test_other_parties_hold_other_ground() -> None:
    raw = "The line runs between the army-held west that fires at the rebel-held east."
    anchors = ("army-held", "rebel-held")
    assert left(raw, *anchors, kind="control", type_="holds", actors=["army", "rebel"]) == list(anchors)


def test_another_sentence_is_another_statement() -> None:
    raw = "The army shelled the mill. The army shelled the bridge."
    text = prepare(Report(raw))
    drafts = [
        Draft("event", "ASSAULT", Words(9, 16, "model"), Words(0, 25, "model")),
        Draft("event", "ASSAULT", Words(36, 43, "model"), Words(27, 54, "model")),
    ]
    read_did(text, drafts)
    assert len(drafts) == 2


def test_the_surer_takes_over_what_it_lacks() -> None:
    raw = "A jet bombed a school in Orla."
    text = prepare(Report(raw))
    quote = Words(0, len(raw), "model")
    sure = Draft("event", "ASSAULT", Words(6, 12, "model", 0.9), quote)
    other = Draft("event", "ASSAULT", Words(2, 5, "model", 0.6), quote, places=[Words(25, 29, "model", 0.7)])
    other.by["places"], other.sure["places"] = "model", 0.7
    drafts = [other, sure]
    read_did(text, drafts)
    assert drafts == [sure]
    assert [raw[w.start : w.end] for w in sure.places] == ["Orla"]
    assert (sure.by["places"], sure.sure["places"]) == ("model", 0.7)


HEADED = """Rebels hold most of Orla

ORLA, June 3 (Levant Courier) - Rebels now control about 70 percent of Orla, a monitor said.
"""


def test_a_headline_counts_only_where_the_body_lacks_its_fact() -> None:
    rebels = {"actors": ["Rebels", "Rebels"]}
    hold = {"kind": "control", "type_": "holds"}
    assert left(HEADED, "hold", "control", **hold, **rebels) == ["control"]
    assert left(HEADED, "hold", "control", **hold, actors=["Rebels", "a monitor"]) == ["hold", "control"]
    assert left(HEADED, "hold", **hold, actors=["Rebels"]) == ["hold"]
