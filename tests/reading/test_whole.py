"""Words cut off inside a noun phrase become whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.reading.draft import Draft, Words
from contested.reading.whole import Whole
from contested.statement import Report
from contested.text import prepare


def whole(raw: str, cut: str, *anchors: str) -> str | None:
    """What `cut` becomes in the statement of the first of `anchors`; the others are its neighbours'."""
    text = prepare(Report(raw))
    spans = [Words(raw.index(a), raw.index(a) + len(a), "model") for a in anchors]
    quote = Words(0, len(raw), "model")
    drafts = [Draft("event", "ASSAULT", span, quote) for span in spans]
    start = raw.index(cut)
    done = Whole(text, drafts).complete(Words(start, start + len(cut), "model"), spans[0])
    return None if done is None else raw[done.start : done.end]


@pytest.mark.parametrize(
    ("raw", "cut", "anchors", "expected"),
    [
        ("They shelled the posts of the hill brigade.", "the posts of", ("shelled",), "the posts of the hill brigade"),
        ("They shelled the mill.", "the", ("shelled",), "the mill"),
        ("The Iraqi security forces shelled it.", "Iraqi security", ("shelled",), "Iraqi security forces"),
        ("They shelled at least 16 armed rebels.", "at", ("shelled",), "at least 16 armed rebels"),
        ("Shells hit the Al-Noor brigade.", "Al-", ("hit",), "Al-Noor brigade"),
        ("Government shelling killed two.", "Government", ("shelling",), "Government"),
        ("Government air raids killed two.", "Government", ("raids",), "Government"),
        ("The rebel-held town was shelled.", "rebel", ("rebel-held",), "rebel"),
        ("They shelled the mill and the bridge.", "the mill", ("shelled",), "the mill"),
        ("They shelled Orla on Monday.", "Orla", ("shelled",), "Orla"),
        (
            "They shelled the victims of the raid in Orla.",
            "the victims of",
            ("shelled", "raid"),
            "the victims of the raid",
        ),
        ("They were near the mill.", "near", ("were",), "near the mill"),
        ("They fired at it.", "at", ("fired",), None),
    ],
)
def test_whole(raw: str, cut: str, anchors: tuple[str, ...], expected: str | None) -> None:
    assert whole(raw, cut, *anchors) == expected


@given(st.text(max_size=60), st.integers(0, 60), st.integers(0, 60), st.integers(0, 60))
def test_words_never_shrink_or_leave_the_text(raw: str, one: int, two: int, three: int) -> None:
    start, end = sorted((min(one, len(raw)), min(two, len(raw))))
    anchor = Words(min(three, len(raw)), min(three + 1, len(raw)), "model")
    words = Words(start, end, "model")
    done = Whole(prepare(Report(raw)), [Draft("event", "ASSAULT", anchor, anchor)]).complete(words, anchor)
    if done is not None:
        assert 0 <= done.start <= done.end <= len(raw)
        assert done.end >= end
