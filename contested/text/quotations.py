"""What stands between quotation marks.

Marks come straight, curly, doubled (`` and ''), as guillemets, and as the bytes of curly marks read in the wrong
encoding. A mark that looks alike at both ends, and an apostrophe that looks like a mark, is told by what stands around
it. A quotation whose closing mark is lost ends with its paragraph, and in a report that is all one line with its
sentence. A quotation over several paragraphs repeats its opening mark at each and closes only at the last.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from contested.text.layout import Block, Quotation, Sentence

_MARK = re.compile(
    r"â€œ|â€˜â€˜|â€˜|â€™â€™|â€™|â€\x9d|â€(?=[\s.,;:!?)]|$)|‘‘|’’|''|``|\"\"?|[“”„‟«»‘’'`‚]"
)  # fmt: skip
_DOUBLE_OPEN = frozenset(["“", "„", "‟", "``", "‘‘", "â€œ", "â€˜â€˜"])
_DOUBLE_CLOSE = frozenset(["”", "’’", "â€\x9d", "â€", "â€™â€™"])
_DOUBLE_EITHER = frozenset(['"', '""', "''"])
_SINGLE_OPEN = frozenset(["‘", "‚", "â€˜", "`"])
_SINGLE_CLOSE = frozenset(["’", "â€™"])
#: Between two letters these are apostrophes ("state''s" is one that was doubled by mistake).
_APOSTROPHE = frozenset(["'", "’", "‘", "`", "''", "â€™"])
#: A quotation with no closing mark takes the rest of its paragraph up to this many characters, else of its sentence.
REACH = 1_000


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    family: str  # double, single or guillemet
    opens: bool
    closes: bool


@dataclass(frozen=True, slots=True)
class _Open:
    mark: _Mark
    group: int


def find(text: str, blocks: Sequence[Block], sentences: Sequence[Sentence]) -> tuple[Quotation, ...]:
    """The quotations of the blocks that speak, sorted by start; one inside another comes after it."""
    found: list[Quotation] = []
    continued: dict[str, int] = {}
    groups = count()
    ends = [sentence.end for sentence in sentences]
    for block in blocks:
        if block.speaks:
            inside, left = _pair(text, block, continued, groups)
            found.extend(inside)
            found.extend(_lost(text, one, limit, ends) for one, limit in left)
            continued = {one.mark.family: one.group for one, limit in left if limit == block.end}
    return _settled(found)


def _pair(
    text: str, block: Block, continued: Mapping[str, int], groups: Iterator[int]
) -> tuple[list[Quotation], list[tuple[_Open, int]]]:
    """The closed quotations of a block, and what is left open with the offset where it must end.

    `continued` are the groups that the paragraph before left open, by family of mark.
    """
    marks = _marks(text, block.start, block.end)
    stack: list[_Open] = []
    closed: list[Quotation] = []
    left: list[tuple[_Open, int]] = []
    for n, mark in enumerate(marks):
        top = next((one for one in stack if one.mark.family == mark.family), None)
        if mark.family == "single" and mark.closes and _possessive(text, marks, n):
            continue
        if top is not None and mark.closes and not (mark.opens and _looks_open(text, mark, block)):
            at = stack.index(top)
            left.extend((inner, mark.start) for inner in stack[at + 1 :])
            del stack[at:]
            closed.append(Quotation(top.mark.end, mark.start, True, top.group))
        elif mark.opens and (mark.family != "single" or _closing_ahead(marks, n)):
            if top is not None:  # the mark before it was never closed
                stack.remove(top)
                left.append((top, mark.start))
            begins = mark.start - block.start < 6 and not text[block.start : mark.start].strip(_EDGE)
            group = continued.get(mark.family) if begins else None
            stack.append(_Open(mark, next(groups) if group is None else group))
    return closed, left + [(one, block.end) for one in stack]


_EDGE = " \t\r\n\xa0\"'“”‘’«»`„"


def _marks(text: str, start: int, end: int) -> list[_Mark]:
    marks = []
    for match in _MARK.finditer(text, start, end):
        mark, at, past = match[0], match.start(), match.end()
        before = text[at - 1] if at > start else " "
        after = text[past] if past < end else " "
        if before.isalnum() and after.isalnum() and (mark in _APOSTROPHE or before.isdigit()):
            continue
        can_open = not after.isspace() and not before.isalnum() and after not in ".,;:!?)]"
        can_close = not before.isspace() and before not in "([{—–"
        if mark in _DOUBLE_OPEN:
            marks.append(_Mark(at, past, "double", True, mark == "“" and not can_open))
        elif mark in _DOUBLE_CLOSE:
            marks.append(_Mark(at, past, "double", False, True))
        elif mark in _DOUBLE_EITHER:
            marks.append(_Mark(at, past, "double", can_open or not can_close, can_close or not can_open))
        elif mark in "«»":
            marks.append(_Mark(at, past, "guillemet", mark == "«", mark == "»"))
        elif mark in _SINGLE_OPEN and can_open:
            marks.append(_Mark(at, past, "single", True, False))
        elif mark in _SINGLE_CLOSE and can_close:
            marks.append(_Mark(at, past, "single", False, True))
        elif mark == "'" and can_open != can_close:
            marks.append(_Mark(at, past, "single", can_open, can_close))
    return marks


def _looks_open(text: str, mark: _Mark, block: Block) -> bool:
    """A mark that may do either: space (or the paragraph's edge) before it and none behind it opens."""
    before = mark.start == block.start or text[mark.start - 1].isspace() or text[mark.start - 1] in "([{—–"
    return before and mark.end < block.end and not text[mark.end].isspace()


def _closing_ahead(marks: list[_Mark], n: int) -> bool:
    """Whether a single mark is closed before another of its family opens: otherwise it is an apostrophe."""
    for mark in marks[n + 1 : n + 40]:
        if mark.family == "single":
            return mark.closes
    return False


def _possessive(text: str, marks: list[_Mark], n: int) -> bool:
    """Whether a single mark is the apostrophe of "the rebels' talks": a later one closes what is open."""
    mark = marks[n]
    if text[mark.start - 1] not in "sS" or not text[mark.end : mark.end + 2].lstrip(" ").isalpha():
        return False
    ahead = next((one for one in marks[n + 1 : n + 40] if one.family == "single"), None)
    return ahead is not None and not ahead.opens


def _lost(text: str, opened: _Open, limit: int, sentence_ends: list[int]) -> Quotation:
    """The quotation of a mark that nothing closes before `limit`."""
    start = opened.mark.end
    end = limit
    if limit - start > REACH:
        at = bisect.bisect_right(sentence_ends, start)
        if at < len(sentence_ends):
            end = min(limit, sentence_ends[at])
    while end > start and text[end - 1].isspace():
        end -= 1
    return Quotation(start, end, False, opened.group)


def _settled(found: list[Quotation]) -> tuple[Quotation, ...]:
    """Sorted, empty ones dropped; every piece of a group is closed if its last one is."""
    kept = sorted((q for q in found if q.end > q.start), key=lambda q: (q.start, -q.end))
    closed = {q.group: q.closed for q in kept}
    return tuple(Quotation(q.start, q.end, closed[q.group], q.group) for q in kept)
