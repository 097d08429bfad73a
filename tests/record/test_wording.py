"""What changed between two versions of a text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from contested.record.wording import AROUND, LONGEST, WORDS, Part, changes


def test_words_that_changed_stand_between_those_that_did_not():
    assert changes("Four people died.\nIt rained.\n", "Five people died.\nIt rained.\n") == [
        Part("out", "Four"), Part("in", "Five"), Part("same", " people died.\nIt rained.\n"),
    ]  # fmt: skip


def test_texts_that_are_alike_have_no_changes():
    assert changes("a b\nc", "a b\nc") == []


def test_what_stays_the_same_for_long_is_cut():
    long = " ".join(f"w{n}" for n in range(60))
    parts = changes(f"{long} x {long}", f"{long} y {long}")
    assert [part.what for part in parts] == ["cut", "same", "out", "in", "same", "cut"]
    assert len(parts[1].words.split()) == AROUND


def test_of_a_text_that_is_very_long_the_first_part_is_compared():
    before = "a b " * LONGEST
    assert changes(before, f"{before}more") == []


def test_of_very_many_words_in_a_line_all_are_changed():
    before = "x " * (WORDS + 1)
    assert changes(before, f"{before}y") == [Part("out", before), Part("in", f"{before}y")]


@given(st.text(alphabet="ab \n", max_size=40), st.text(alphabet="ab \n", max_size=40))
def test_the_parts_make_up_both_texts(before, after):
    parts = changes(before, after)
    if any(part.what == "cut" for part in parts):
        return
    if parts:
        assert "".join(p.words for p in parts if p.what in ("same", "out")) == before
        assert "".join(p.words for p in parts if p.what in ("same", "in")) == after
    else:
        assert before == after
