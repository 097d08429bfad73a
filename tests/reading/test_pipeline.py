"""The whole reading with the packaged weights: what comes out is made of the report's own words."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contested.reading.pipeline import LAYERS, Reader
from contested.schema import misplaced, report, slips
from contested.statement import Report

STORY = """Rebels hold most of the old town, monitor says

LOMAR, June 3 (Levant Courier) – Government warplanes bombed a market in Lomar on Thursday, killing at least 12 people,
the Orontes Monitor said.

The army denied that its planes had struck the market. "Our pilots did not fly on Thursday," a military source told
state television.

Rebels now control about 70 percent of the old town, the monitor added. About 4,000 families have fled since April.
"""


@pytest.fixture(scope="session")
def reader() -> Reader:
    return Reader.load()


def test_a_report_is_read(reader: Reader) -> None:
    read = reader.read(Report(STORY, published="2016-06-03"))
    by_kind = {s.kind for s in read.statements}
    assert {"event", "control", "toll"} <= by_kind
    bombing = next(s for s in read.statements if s.type == "ASSAULT" and s.modality == "asserted")
    assert bombing.mode == "aerial"
    assert bombing.when is not None
    assert (bombing.when.start, bombing.when.end) == ("2016-06-02", "2016-06-02")
    assert [(h.effect, h.low, h.high) for h in bombing.harm] == [("killed", 12, None)]
    assert bombing.source is not None
    assert "Orontes Monitor" in bombing.source.text
    held = next(s for s in read.statements if s.type == "holds")
    assert held.share is not None
    assert held.share.value == 0.7


def test_reading_again_says_the_same(reader: Reader) -> None:
    first, second = (reader.read(Report(STORY, published="2016-06-03")) for _ in range(2))
    assert first.to_json() == second.to_json()
    assert len({s.id for s in first.statements}) == len(first.statements)


def test_every_statement_says_what_coded_it(reader: Reader) -> None:
    for s in reader.read(Report(STORY, published="2016-06-03")).statements:
        assert "type" in s.by
        assert all(0 <= p <= 1 for p in s.sure.values())
        for field in ("actors", "targets", "places", "when", "source", "harm", "share"):
            if getattr(s, field):
                assert field in s.by, f"{field} of {s.anchor!r} has no `by`"


AWKWARD = st.lists(
    st.sampled_from([
        "rebels", "The army", "seized", "killed 12", "“", "”", '"', "'", "on Monday", "said", ".", "\n\n", "Lomar",
        "\x00",        "😀", "قال الجيش", "e\u0301", "\ud800", "(", ")", "U.S.-backed", "2,000", "—", "\t", "I" * 90,
    ]),
    max_size=60,
).map(" ".join)  # fmt: skip


@settings(max_examples=25)
@given(AWKWARD)
def test_any_text_is_read_and_every_worded_part_is_a_slice(reader: Reader, text: str) -> None:
    done = reader.read(Report(text, published="2016-06-03"))
    for statement in done.statements:
        assert list(misplaced(text, statement)) == []
    if not any("\ud800" <= c <= "\udfff" for c in text):
        assert list(slips(json.loads(json.dumps(done.to_json())), report())) == []


@pytest.mark.parametrize("layer", LAYERS)
def test_layers_are_slices_in_order(reader: Reader, layer: str) -> None:
    marks = reader.annotate(Report(STORY, published="2016-06-03"), layer)
    assert marks
    assert [m["start"] for m in marks] == sorted(m["start"] for m in marks)
    for m in marks:
        assert STORY[m["start"] : m["end"]] == m["text"]


def test_a_layer_that_is_none(reader: Reader) -> None:
    with pytest.raises(ValueError, match="names, times, places, quotes"):
        reader.annotate(Report(STORY), "moods")
