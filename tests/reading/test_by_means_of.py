"""By what means: words to modes, and where rule and model meet."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contested.lexicon import Entry, load
from contested.reading.by_means_of import Means, choose_mode, find_means, read_means
from contested.reading.draft import Draft, Words
from contested.statement import TYPES, Report
from contested.text import prepare
from contested.text.layout import Text

WEAPONS = load("weapons")


def barred(sentence: str, type_: str) -> tuple[Text, Draft]:
    """The sentence without its bars, and an event whose anchor stood between them."""
    before, anchor, after = sentence.split("|")
    raw = before + anchor + after
    span = Words(len(before), len(before) + len(anchor), "model")
    return prepare(Report(text=raw)), Draft("event", type_, span, Words(0, len(raw), "model"))


def mode(sentence: str, type_: str = "ASSAULT", odds: Mapping[str, float] | None = None) -> str | None:
    text, draft = barred(sentence, type_)
    draft.odds["mode"] = dict(odds or {})
    read_means(text, [draft])
    return draft.mode


@pytest.mark.parametrize("entry", WEAPONS, ids=lambda entry: entry.id)
def test_lexicon_examples(entry: Entry) -> None:
    for type_ in entry.value["types"]:
        text, draft = barred(entry.example, type_)
        told: Draft | None = None
        if "is" in entry.value:
            told = Draft("event", type_, Words(0, 1, "model"), draft.quote, mode=entry.value["modes"][0])
        means = find_means(text, draft, told)
        assert means is not None
        assert means.mode == entry.gives
        for sentence in entry.leaves:
            assert mode(sentence, type_) != entry.value["mode"], sentence


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("A suicide car bomb |attack| shut the port.", "suicide-attack"),
        ("A barrel bomb with chlorine was |dropped| on the port.", "unconventional"),
        ("Warplanes |fired| missiles at the port.", "aerial"),
        ("Rockets were |fired| at the port.", "heavy-weapons"),
        ("The mill was |destroyed|.", "destroy"),
        ("The mill was |destroyed| by warplanes.", "aerial"),
        ("Troops |clashed| with rebels who fired mortars.", None),
        ("The band |attacked| the port.", None),
    ],
)
def test_the_weapon_decides(sentence: str, expected: str | None) -> None:
    assert mode(sentence) == expected


def test_other_types_take_the_nearest_words_after_the_anchor() -> None:
    assert mode("After the truce the mayor |asked| for help.", "REQUEST") == "assist"


def test_an_attack_told_again_keeps_its_mode() -> None:
    raw = (
        "Warplanes bombed the port. Six weavers were killed. The attack lasted an hour. Elsewhere guards killed a spy."
    )
    text = prepare(Report(text=raw))

    def event(anchor: str, quote: str) -> Draft:
        at, start = raw.index(anchor), raw.index(quote)
        return Draft("event", "ASSAULT", Words(at, at + len(anchor), "m"), Words(start, start + len(quote), "m"))

    drafts = [
        event("attack", "The attack lasted an hour"),
        event("bombed", "Warplanes bombed the port"),
        event("killed", "Six weavers were killed"),
    ]
    read_means(text, drafts)
    assert [draft.mode for draft in drafts] == ["aerial", "aerial", "aerial"]
    assert drafts[0].by["mode"] == "rule:by_means_of.assault.same"


def test_the_model_can_choose_only_a_mode_of_the_type() -> None:
    assert mode("Troops |moved| on the mill.", odds={"yield": 0.9, "none": 0.1}) is None
    assert mode("Troops |moved| on the mill.", odds={"yield": 0.6, "firearms": 0.3, "none": 0.1}) == "firearms"
    assert mode("They |urged| him to go.", "REQUEST", odds={"yield": 0.9, "none": 0.1}) == "yield"


def test_choose_mode() -> None:
    sure, unsure = Means("aerial", 0.93, "rule"), Means("aerial", 0.75, "rule")
    assert choose_mode(None, {}) == (None, 0.0)
    assert choose_mode(sure, {})[0] == "aerial"
    assert choose_mode(None, {"none": 0.7, "drone": 0.3}) == (None, 0.7)
    assert choose_mode(sure, {"none": 0.6, "drone": 0.3})[0] == "aerial"
    assert choose_mode(unsure, {"none": 0.99, "aerial": 0.01})[0] is None
    assert choose_mode(Means(None, 0.93, "rule"), {"none": 0.3, "aerial": 0.7})[0] is None


@settings(deadline=None)
@given(
    st.sampled_from([None, "aerial", "drone"]),
    st.floats(0.5, 0.99),
    st.dictionaries(st.sampled_from(["none", "aerial", "drone", "firearms"]), st.floats(0, 1)),
)
def test_choose_mode_gives_a_probability(name: str | None, strength: float, odds: dict[str, float]) -> None:
    chosen, sure = choose_mode(Means(name, strength, "rule"), odds)
    assert chosen in {None, "aerial", "drone", "firearms"}
    assert 0 <= sure <= 1


@settings(deadline=None)
@given(st.text(max_size=200), st.sampled_from(TYPES["event"]), st.data())
def test_any_text(raw: str, type_: str, data: st.DataObject) -> None:
    def span() -> Words:
        start = data.draw(st.integers(0, len(raw)))
        return Words(start, data.draw(st.integers(start, len(raw))), "model")

    draft = Draft("event", type_, span(), span())
    read_means(Text(Report(text=raw), (), (), (), None, None, None), [draft])
    assert (draft.mode is None) == ("mode" not in draft.by)
