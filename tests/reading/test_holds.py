"""How much of the ground."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contested.lexicon import Entry, load
from contested.reading.draft import Draft, Words
from contested.reading.holds import read_holds, read_share
from contested.statement import TYPES, Report, Share
from contested.text.layout import Text


def text_of(raw: str) -> Text:
    return Text(Report(text=raw), (), (), (), None, None, None)


def draft_of(raw: str, type_: str = "holds", anchor: str = r"h[oe]ld(?:s)?\b|control|lost|took|has\b|cut") -> Draft:
    match = re.search(anchor, raw)
    span = match.span() if match else (0, len(raw))
    return Draft("control", type_, Words(*span, "model"), Words(0, len(raw), "model"))


def share(raw: str, type_: str = "holds") -> Share | None:
    draft = draft_of(raw, type_)
    read_holds(text_of(raw), [draft])
    return draft.share


@pytest.mark.parametrize("entry", load("shares"), ids=lambda entry: entry.id)
def test_lexicon_examples(entry: Entry) -> None:
    found = share(entry.example)
    assert found is not None
    assert found.value == entry.gives
    for sentence in entry.leaves:
        assert share(sentence) is None, sentence


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("about 70 percent", 0.7),
        ("90 per cent", 0.9),
        ("40%", 0.4),
        ("15 to 20 percent", 0.175),
        ("more than a third", 0.33),
        ("two thirds", 0.67),
        ("three-quarters", 0.75),
        ("half", 0.5),
        ("almost half", 0.5),
        ("most", 0.5),
        ("the majority", 0.5),
        ("largely", 0.5),
        ("nearly all", 1.0),
        ("full", 1.0),
        ("entire", 1.0),
        ("almost entirely", 1.0),
        ("the whole", 1.0),
        ("much", None),
        ("the ridge", None),
    ],
)
def test_read_share(words: str, value: float | None) -> None:
    assert read_share(words) == value


def test_the_mark_of_the_model_comes_first() -> None:
    raw = "The guard holds most of Qasr and a third of Tell."
    draft = draft_of(raw)
    start = raw.index("a third")
    draft.roles["share"] = [Words(start, start + len("a third"), "model", 0.8)]
    read_holds(text_of(raw), [draft])
    assert draft.share == Share("a third", 0.33)
    assert (draft.by["share"], draft.sure["share"]) == ("model", 0.8)


def test_the_share_before_the_place_is_taken() -> None:
    raw = "The guard holds almost all of Qasr as well as half of Tell."
    draft = draft_of(raw)
    draft.places = [Words(raw.index("Tell"), raw.index("Tell") + 4, "model")]
    read_holds(text_of(raw), [draft])
    assert draft.share == Share("half", 0.5)


def test_full_control_is_a_share_only_of_what_is_held() -> None:
    assert share("The guard took full control of Qasr.", "captures") is None
    assert share("The guard keeps full control of Qasr.") == Share("full", 1.0)


def test_a_share_belongs_to_the_nearest_anchor() -> None:
    raw = "The army lost most of Qasr, which rebels hold."
    lost, held = draft_of(raw, "loses", "lost"), draft_of(raw, "holds", "hold")
    read_holds(text_of(raw), [lost, held])
    assert lost.share == Share("most", 0.5)
    assert held.share is None


def test_other_kinds_and_sieges_have_no_share() -> None:
    assert share("The guard cut off most of Qasr.", "besieges") is None


@settings(deadline=None)
@given(st.text(max_size=200), st.sampled_from(TYPES["control"]))
def test_any_text(raw: str, type_: str) -> None:
    found = share(raw, type_)
    if found is not None:
        assert found.text in raw
        assert found.value is None or 0 <= found.value <= 1
    read_share(raw)
