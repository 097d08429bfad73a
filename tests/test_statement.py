"""`Report`, `Statement`, `Mention`: values that go to JSON and back, and ids that hang on content only."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contested.statement import (
    EFFECTS,
    MODALITIES,
    MODES,
    SOURCE_CLASSES,
    TYPES,
    Harm,
    Mention,
    Report,
    Said,
    Share,
    Source,
    Statement,
    When,
    nearest,
    nth,
)

TEXT = (
    "Rebels quit Karsa\n\n"
    "Rebels left Karsa on Friday, the governor said. The army shelled Karsa before the rebels left, killing nine.\n\n"
    "Karsa had been besieged since May."
)

words = st.text(min_size=1, max_size=20)
offsets = st.integers(min_value=-1, max_value=500)
days = st.none() | st.dates().map(lambda day: day.isoformat())
maybe_words = st.none() | words
mentions = st.builds(
    Mention, words, offsets, offsets, st.none() | st.dictionaries(words, st.floats(-90, 90), min_size=1, max_size=2)
)
kinds = st.sampled_from([(kind, name) for kind, names in TYPES.items() for name in names])


@st.composite
def statements(draw: st.DrawFn) -> Statement:
    kind, name = draw(kinds)
    numbers = st.none() | st.integers(0, 2_000_000)
    return Statement(
        kind=kind,
        type=name,
        anchor=draw(words),
        quote=draw(words),
        anchor_start=draw(offsets),
        quote_start=draw(offsets),
        mode=draw(st.none() | st.sampled_from(MODES[name])) if name in MODES else None,
        actors=tuple(draw(st.lists(mentions, max_size=2))),
        targets=tuple(draw(st.lists(mentions, max_size=2))),
        places=tuple(draw(st.lists(mentions, max_size=2))),
        when=draw(st.none() | st.builds(When, words, days, days, maybe_words, st.none() | offsets)),
        source=draw(
            st.none()
            | st.builds(
                Source,
                words,
                st.sampled_from(SOURCE_CLASSES),
                st.booleans(),
                st.lists(words, max_size=2).map(tuple),
                st.none() | offsets,
            )
        ),
        said=draw(st.none() | st.builds(Said, words, days)),
        modality=draw(st.sampled_from(MODALITIES)),
        harm=tuple(
            draw(st.lists(st.builds(Harm, st.sampled_from(EFFECTS), maybe_words, numbers, numbers), max_size=2))
        ),
        share=draw(st.none() | st.builds(Share, words, st.none() | st.floats(0, 1))),
        by=draw(st.dictionaries(words, words, max_size=2)),
        sure=draw(st.dictionaries(words, st.floats(0, 1), max_size=2)),
    )


reports = st.builds(
    Report,
    text=words,
    id=st.just("") | words,
    outlet=maybe_words,
    title=maybe_words,
    published=days,
    url=maybe_words,
    statements=st.lists(statements(), max_size=2).map(tuple),
    extra=st.dictionaries(words.filter(lambda w: w not in Report.__slots__), st.integers(), max_size=2),
)


def through_json(value: Any) -> Any:
    return json.loads(json.dumps(value))


@given(mentions)
def test_a_mention_comes_back_from_json(mention: Mention) -> None:
    assert Mention.from_json(through_json(mention.to_json())) == mention


@given(statements())
def test_a_statement_comes_back_from_json_with_its_id(one: Statement) -> None:
    back = Statement.from_json(through_json(one.to_json()), "another text: offsets that are given are kept")
    assert back == one
    assert back.id == one.id == one.to_json()["id"]
    assert (back.by, back.sure) == (one.by, one.sure)


@given(reports)
@settings(max_examples=60)
def test_a_report_comes_back_from_json(report: Report) -> None:
    back = Report.from_json(through_json(report.to_json()))
    assert back == report
    assert back.extra == report.extra
    assert through_json(back.to_json()) == through_json(report.to_json())


@given(statements(), st.dictionaries(words, words), st.dictionaries(words, st.floats(0, 1)))
def test_who_read_it_and_how_sure_are_no_part_of_the_id(one: Statement, by: Any, sure: Any) -> None:
    other = replace(one, by=by, sure=sure)
    assert other.id == one.id
    assert other == one


def simple(**fields: Any) -> Statement:
    return Statement.from_json(
        {"kind": "event", "type": "ASSAULT", "anchor": "shelled", "quote": TEXT[67:90], **fields}, TEXT
    )


def test_what_a_mention_and_a_time_were_resolved_to_are_no_part_of_the_id() -> None:
    one = simple(actors=["The army"], when={"text": "Friday", "start": "2016-12-02", "end": "2016-12-02"})
    assert one.when is not None
    other = replace(
        one,
        actors=(replace(one.actors[0], resolved={"party": "army"}),),
        when=replace(one.when, basis="published"),
    )
    assert other.id == one.id
    assert other != one


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "control", "type": "captures"},
        {"type": "COERCE"},
        {"mode": "aerial"},
        {"anchor": "army"},
        {"quote": "The army shelled"},
        {"actors": ["The army"]},
        {"targets": ["The army"]},
        {"places": ["Karsa"]},
        {"when": {"text": "Friday"}},
        {"source": {"text": "the governor", "class": "government", "named": False}},
        {"said": {"text": "Friday", "date": None}},
        {"modality": "denied"},
        {"harm": [{"effect": "killed", "who": None, "low": 9, "high": 9}]},
        {"share": {"text": "most", "value": 0.5}},
        {"quote_start": 3},
        {"anchor_start": 3},
    ],
    ids=lambda change: next(reversed(change)),
)
def test_everything_that_is_said_is_part_of_the_id(change: dict[str, Any]) -> None:
    assert simple(**change).id != simple().id
    assert simple(**change) != simple()


def test_the_order_of_mentions_is_kept_and_counts() -> None:
    one, other = simple(places=["Karsa", "The army"]), simple(places=["The army", "Karsa"])
    assert [m.text for m in one.places] == ["Karsa", "The army"]
    assert one.id != other.id


def test_the_same_mention_twice_stays_twice() -> None:
    assert len(simple(places=["Karsa", "Karsa"]).places) == 2


def test_statements_hash_even_with_resolved_mentions() -> None:
    one = simple(actors=[{"text": "The army", "start": 67, "end": 75, "resolved": {"party": "army"}}])
    assert len({one, replace(one, sure={"type": 0.5})}) == 1


def test_nouns_are_frozen() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        simple().kind = "toll"  # type: ignore[misc]


def test_offsets_are_derived_from_a_codebook_object() -> None:
    one = simple(actors=["The army"], targets=["Karsa"], places=["Karsa"])
    assert TEXT[one.quote_start :].startswith(one.quote)
    assert TEXT[one.anchor_start :].startswith("shelled")
    assert [TEXT[m.start : m.end] for m in (*one.actors, *one.targets)] == ["The army", "Karsa"]
    assert one.targets[0].start == TEXT.index("shelled Karsa") + len("shelled ")


def test_quote_n_names_the_occurrence() -> None:
    first, second, fourth = (simple(quote="Karsa", anchor="Karsa", quote_n=n) for n in (1, 2, 4))
    places = [at for at in range(len(TEXT)) if TEXT.startswith("Karsa", at)]
    assert [first.quote_start, second.quote_start, fourth.quote_start] == [places[0], places[1], places[3]]


def test_a_quote_that_is_not_there_so_often_has_no_place() -> None:
    assert simple(quote="Karsa", anchor="Karsa", quote_n=9).quote_start == -1
    assert simple(quote="nowhere", anchor="no").anchor_start == -1
    assert nth(TEXT, "", 1) == -1


def test_an_anchor_outside_its_quote_has_no_place() -> None:
    one = simple(anchor="governor")
    assert (one.quote_start >= 0, one.anchor_start) == (True, -1)


def test_a_mention_inside_the_quote_goes_before_a_nearer_one_outside() -> None:
    text = "Karsa: the army left, after a week of fighting in the hills around it, Karsa."
    quote = (text.index("the army"), len(text))
    near = text.index("army")
    assert nearest(text, "Karsa", near) == 0
    assert nearest(text, "Karsa", near, quote) == text.rindex("Karsa")


def test_a_mention_outside_the_quote_is_the_one_nearest_to_its_borders() -> None:
    text = "Oron fell. " + "x" * 30 + " The long quote stands here, with its anchor at the end. Oron is lost."
    start, end = text.index("The long"), text.index(" Oron is")
    assert nearest(text, "Oron", start, (start, end)) == end + 1
    assert nearest(text, "gone", start, (start, end)) == -1


@given(st.text("ab", max_size=12), st.text("ab", min_size=1, max_size=3), st.integers(0, 12))
def test_nearest_is_the_nearest(text: str, sought: str, near: int) -> None:
    places = [at for at in range(len(text)) if text.startswith(sought, at)]
    found = nearest(text, sought, near)
    if places:
        assert found in places
        assert abs(found - near) == min(abs(at - near) for at in places)
    else:
        assert found == -1


@given(st.text("ab", max_size=14), st.text("ab", min_size=1, max_size=2), st.integers(0, 14), st.integers(0, 14))
def test_nearest_prefers_the_quote(text: str, sought: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    inside = [at for at in range(start, end) if text.startswith(sought, at) and at + len(sought) <= end]
    found = nearest(text, sought, start, (start, end))
    assert (found in inside) == bool(inside)
    assert (found == -1) == (sought not in text)


def test_a_report_without_an_id_gets_one_from_its_content() -> None:
    one = Report("Rebels left Karsa.", outlet="Valley Herald", published="2016-12-02")
    assert one.id == Report("Rebels left Karsa.", outlet="Valley Herald", published="2016-12-02", title="Karsa").id
    assert len(one.id) == 16
    others = (Report("Rebels left."), Report("Rebels left Karsa."), replace(one, id="", outlet="Hill Post"))
    assert len({one.id, *(other.id for other in others)}) == 4


@pytest.mark.parametrize(("given_id", "own"), [("r7", "r7"), (7, "7"), (0, "0")])
def test_an_id_that_is_given_is_kept(given_id: Any, own: str) -> None:
    assert Report.from_json({"text": "Rebels left Karsa.", "id": given_id}).id == own


@pytest.mark.parametrize("given_id", [None, ""])
def test_an_empty_id_is_no_id(given_id: Any) -> None:
    assert Report.from_json({"text": "Rebels left Karsa.", "id": given_id}).id == Report("Rebels left Karsa.").id


def test_only_the_text_is_required_of_a_report() -> None:
    report = Report.from_json({"text": TEXT, "desk": "north"})
    assert (report.outlet, report.title, report.published, report.url, report.statements) == (
        None,
        None,
        None,
        None,
        (),
    )
    assert report.to_json()["desk"] == "north"
    with pytest.raises(KeyError):
        Report.from_json({"title": "Rebels quit Karsa"})


def test_what_a_report_brings_along_never_covers_its_own_fields() -> None:
    report = Report("Rebels left Karsa.", extra={"text": "something else", "id": "x"})
    assert report.to_json()["text"] == "Rebels left Karsa."
    assert report.to_json()["id"] == report.id


def test_half_surrogates_have_an_id() -> None:
    assert len(Report("Rebels left \ud800.").id) == 16


def test_modes_belong_to_event_types() -> None:
    assert set(MODES) <= set(TYPES["event"])
    assert all(len(set(modes)) == len(modes) for modes in MODES.values())
