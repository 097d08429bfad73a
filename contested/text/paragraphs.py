"""Lines → paragraphs: white space only, no words.

A blank line always ends a paragraph. A single line break does too, unless the text is hard-wrapped: then lines are
joined, and a paragraph ends where the next word would still have fitted on the line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from contested.text.sentences import Case, Span, trim

_BREAK = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_BULLET = re.compile(r"(?:[*•●▪■◦‣·»>–—-]|--|\(?\d{1,2}[.)]|\(?[a-z]\))\s")
_ENDS = re.compile(r"[.!?:;…\"”’')\]]\Z")
_FIRST = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    indent: int
    after_blank: bool


def split(text: str, case: Case) -> list[Span]:
    """The paragraphs of `text`, in order, without white space at their ends.

    Lines with no letter or digit count as blank.
    """
    lines = _lines(text)
    width = _wrap_width(text, lines, case)
    spans: list[Span] = []
    for n, line in enumerate(lines):
        if n and not line.after_blank and _joins(text, spans[-1][0], lines[n - 1], line, width, case):
            spans[-1] = (spans[-1][0], line.end)
        else:
            spans.append((line.start, line.end))
    return spans


def _lines(text: str) -> list[_Line]:
    lines: list[_Line] = []
    blank, at = True, 0
    while at <= len(text):
        found = _BREAK.search(text, at)
        stop = found.start() if found else len(text)
        start, end = trim(text, at, stop)
        if any(map(str.isalnum, text[start:end])):
            lines.append(_Line(start, end, start - at, blank))
            blank = False
        else:
            blank = True
        at = found.end() if found else len(text) + 1
    return lines


def _wrap_width(text: str, lines: list[_Line], case: Case) -> int | None:
    """The width that a hard-wrapped text was wrapped at, in characters, or None for a text that was not.

    In wrapped text the word that begins a line would not have fitted on the line before, and most lines end inside a
    sentence.
    """
    pairs = [(a, b) for a, b in pairwise(lines) if not b.after_blank]
    running = pairs if case.upper or case.lower else [(a, b) for a, b in pairs if text[b.start].islower()]
    if len(running) < 3 or len(running) < len(pairs) * 0.4:
        return None
    lengths = sorted(a.indent + a.end - a.start for a, _ in running)
    width = lengths[int(len(lengths) * 0.95)]
    if not 35 <= width <= 120:
        return None
    full = [a for a, b in pairs if _full(text, a, b, width - 6)]
    inside = [a for a in full if not _ENDS.search(text, a.end - 1, a.end)]
    return width if len(full) >= 0.6 * len(pairs) and len(inside) >= 0.6 * len(full) else None


def _full(text: str, line: _Line, after: _Line, width: int) -> bool:
    word = _FIRST.match(text, after.start, min(after.end, after.start + 60))
    return line.indent + line.end - line.start + 1 + (word.end() - word.start() if word else 0) > width


def _joins(text: str, start: int, line: _Line, after: _Line, width: int | None, case: Case) -> bool:
    """Whether the paragraph that began at `start` and reaches to `line` goes on in the line `after` it."""
    open_end = _ENDS.search(text, line.end - 1, line.end) is None
    full = width is not None and _full(text, line, after, int(width * 0.85))
    if _BULLET.match(text, after.start, after.end) and not (full or (width and open_end)):
        return False
    goes_on = open_end and text[after.start].islower() and not case.lower
    if width is None:
        return goes_on and line.end - start >= 30
    if (after.indent >= 2 and after.indent > line.indent) or line.indent + line.end - line.start > width + 8:
        return False
    return goes_on or full
