"""A report's text cut where its statements begin and end, for the views that mark them in place."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from contested.statement import Statement


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text, from offset `start`, with no edge of a quote or an anchor inside.

    `over` are the positions of the statements whose quotes cover it, `anchors` of those whose anchors do, `ends` of
    those whose anchors end with it. It is of the `kind` of the shortest quote over it; null where there is none.
    """

    text: str
    start: int
    kind: str | None = None
    over: tuple[int, ...] = ()
    anchors: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()


def paragraphs(text: str, statements: Sequence[Statement]) -> Iterator[list[Piece]]:
    """The lines of `text` that are not blank, each cut at every start and end of a quote or an anchor.

    Statements whose quote does not stand in the text (`quote_start` below 0) are marked nowhere.
    """
    placed = sorted((s.quote_start, n) for n, s in enumerate(statements) if s.quote_start >= 0)
    edges = sorted({edge for _, n in placed for edge in _edges(statements[n])})
    active: list[int] = []
    begun = start = 0
    for line in text.splitlines(keepends=True):
        end = start + len(line)
        pieces = []
        for low, high in pairwise([start, *edges[bisect_right(edges, start) : bisect_left(edges, end)], end]):
            while begun < len(placed) and placed[begun][0] <= low:
                active.append(placed[begun][1])
                begun += 1
            active = [n for n in active if low < statements[n].quote_start + len(statements[n].quote)]
            pieces.append(_piece(text[low:high], low, statements, active))
        if line.strip():
            yield pieces
        start = end


def _edges(s: Statement) -> tuple[int, int, int, int]:
    return s.quote_start, s.quote_start + len(s.quote), s.anchor_start, s.anchor_start + len(s.anchor)


def _piece(words: str, low: int, statements: Sequence[Statement], active: list[int]) -> Piece:
    high = low + len(words)
    over = tuple(sorted(n for n in active if high <= statements[n].quote_start + len(statements[n].quote)))
    if not over or not words.strip():
        return Piece(words, low)
    anchors = tuple(
        n for n in over
        if statements[n].anchor_start <= low and high <= statements[n].anchor_start + len(statements[n].anchor)
    )  # fmt: skip
    kind = statements[min(anchors or over, key=lambda n: len(statements[n].quote))].kind
    ends = tuple(n for n in anchors if statements[n].anchor_start + len(statements[n].anchor) == high)
    return Piece(words, low, kind, over, anchors, ends)
