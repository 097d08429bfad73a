"""What holds for any text, whatever its shape."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.statement import Report
from contested.text import Text, prepare
from contested.text.sentences import LONGEST

PIECES = st.sampled_from(
    [
        "The army took Lomar.", "the army took lomar.", "THE ARMY TOOK LOMAR.", "“We left", "he said.”", "\n", "\n\n",
        "\r\n", "\u2028", " ", "\t", "\x00", "…", "U.S.", "Gen. Oru", "5.5", "(Reuters)", "[AFP]", "LOMAR, Dec 2 –",
        "Published May 5 2016", "Leave a Reply", "Read Also", "Share on Facebook", "By Veld Dunn", "”", "‘", "’", "''",
        "``", "«", "»", '"', "'", "â€œ", "🕊", "שלום", "معركة لومار.", "- a", "1.", "A general view shows Lomar.",
        "02.05.2016", "x" * 90, "Reporting by", "|", "--", ".", "?!",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=40).map("".join), st.lists(PIECES, max_size=40).map(" ".join))


def check(text: Text) -> None:
    raw = text.raw
    at = 0
    for block in text.blocks:
        assert at <= block.start < block.end <= len(raw)
        at = block.end
    at = 0
    for sentence in text.sentences:
        assert at <= sentence.start < sentence.end <= len(raw)
        at = sentence.end
        block = text.blocks[sentence.block]
        assert block.speaks
        assert block.start <= sentence.start
        assert sentence.end <= block.end
        words = raw[sentence.start : sentence.end]
        assert words == words.strip()
        assert len(words.split()) <= LONGEST
        assert text.sentence_at(sentence.start) is not None
    for quotation in text.quotations:
        assert 0 <= quotation.start < quotation.end <= len(raw)
        assert any(b.speaks and b.start <= quotation.start and quotation.end <= b.end for b in text.blocks)
    assert [q.start for q in text.quotations] == sorted(q.start for q in text.quotations)
    if text.dateline is not None:
        assert 0 <= text.dateline.start < text.dateline.end <= len(raw)
    assert (text.today is None) == (text.today_basis is None)


@given(TEXTS, st.sampled_from([None, "2016-12-02", "soon", ""]), st.sampled_from([None, "The army took Lomar"]))
def test_spans_are_in_order_and_inside(raw: str, published: str | None, title: str | None) -> None:
    check(prepare(Report(raw, published=published, title=title)))


@given(TEXTS)
def test_what_speaks_is_in_a_sentence(raw: str) -> None:
    text = prepare(Report(raw))
    dateline = range(text.dateline.start, text.dateline.end) if text.dateline else range(0)
    for block in text.blocks:
        if block.speaks:
            for at in range(block.start, block.end):
                if raw[at].isalnum() and at not in dateline:
                    assert text.sentence_at(at) is not None


@pytest.mark.parametrize(
    "raw",
    [
        "", " \n\t ", "\x00\x00", "🕊" * 500, "word " * 10_000, "x" * 30_000,
        "קרב בעיר. " * 50, "معركة في المدينة " * 900,
        "the rebels took the town. they left. " * 40, "THE REBELS TOOK THE TOWN. THEY LEFT. " * 40,
    ],
    ids=["empty", "white", "nul", "emoji", "no stop", "no space", "hebrew", "arabic no stop", "small", "capitals"],
)  # fmt: skip
def test_odd_texts(raw: str) -> None:
    check(prepare(Report(raw)))


@pytest.mark.parametrize(
    "piece",
    [
        "â€œ", "‘a ", "' a", '" ', "aA", "aThe ", "U.S. ", "a.", "12. A ", "(", "(AP) ", "- ", "Tags Related ",
        "Reporting by ", "a, ", "Read Also ", "\n", "line here\n", "Jan 1 ", "LOMAR, ",
    ],
)  # fmt: skip
def test_one_thing_over_and_over(piece: str) -> None:
    check(prepare(Report(piece * (30_000 // len(piece)))))


def test_small_letters_and_capitals_divide_alike() -> None:
    raw = "The rebels took the town. They left on Monday. Gen. Oru denied it."
    for variant in (raw, raw.lower(), raw.upper()):
        text = prepare(Report(variant * 2))
        assert [variant[s.start : s.end] for s in text.sentences[:2]] == [variant[:25], variant[26:46]]
