"""The text of a report cut at what its statements quote: nothing is lost, and every piece knows what covers it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from contested.statement import Statement
from contested.views.marking import Piece, paragraphs

TEXT = "The army shelled the mill, a nurse said.\n\nRebels fled."


def quoted(quote: str, anchor: str, kind: str = "event") -> Statement:
    at = TEXT.index(quote)
    return Statement(kind, "ASSAULT", anchor, quote, at + quote.index(anchor), at)


def test_pieces_tell_what_covers_them_and_where_anchors_end():
    inner, outer = quoted("shelled the mill", "shelled", "toll"), quoted("The army shelled the mill", "the mill")
    first, second = paragraphs(TEXT, [outer, inner])
    assert first == [
        Piece("The army ", 0, "event", (0,)),
        Piece("shelled", 9, "toll", (0, 1), (1,), (1,)),
        Piece(" ", 16),
        Piece("the mill", 17, "event", (0, 1), (0,), (0,)),
        Piece(", a nurse said.\n", 25),
    ]
    assert second == [Piece("Rebels fled.", 42)]


def test_what_does_not_stand_in_the_text_is_marked_nowhere():
    (only,) = paragraphs("A line.", [Statement("event", "ASSAULT", "x", "x", -1, -1)])
    assert only == [Piece("A line.", 0)]


@given(
    st.text(alphabet="ab \n\r\x85\u2028é", max_size=60),
    st.lists(st.tuples(st.integers(-1, 60), st.integers(0, 30), st.integers(-1, 60), st.integers(0, 9)), max_size=6),
)
def test_the_pieces_are_the_text_whatever_is_quoted(text, spans):
    made = [Statement("event", "ASSAULT", text[a : a + n] or "a", text[q : q + m] or "a", a, q) for q, m, a, n in spans]
    lines = list(paragraphs(text, made))
    assert ["".join(p.text for p in line) for line in lines] == [
        one for one in text.splitlines(keepends=True) if one.strip()
    ]
    for piece in (p for line in lines for p in line):
        assert text.startswith(piece.text, piece.start)
        assert set(piece.ends) <= set(piece.anchors) <= set(piece.over)
        assert (piece.kind is None) == (not piece.over)
