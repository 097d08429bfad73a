"""Paragraphs → blocks with roles: the head of the report, its headline, its body, and what does not speak.

A report's head comes as lines of its own (headline, byline, date) or all on one line with the body, as archives keep it
("Mon 05 Sep 2016 Rebels cut road. Rebels cut the road on Sunday"). Both are taken apart here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from contested.statement import Report
from contested.text import boilerplate, dateline, paragraphs
from contested.text.cues import boilerplate as cues
from contested.text.cues import date_words
from contested.text.layout import Block
from contested.text.sentences import Case, trim

#: So many lines may stand before the first paragraph of a report.
HEAD_LINES = 14
#: A headline has at most so many characters, a line with a date header fewer.
HEADLINE, HEADER = 250, 120
#: So many pieces are cut from the front of one line at most.
PIECES = 8
_ENDED = re.compile(r"[.!?…:;,][\"'”’»)\]]*\Z")


@dataclass(slots=True)
class Layout:
    """Blocks in order, and the date headers found among them."""

    blocks: list[Block] = field(default_factory=list)
    headers: list[dateline.Header] = field(default_factory=list)


def find(report: Report, case: Case) -> Layout:
    """The blocks of a report: sorted, not overlapping, none empty."""
    text = report.text
    blocks = [Block(start, end, "paragraph", True) for start, end in paragraphs.split(text, case)]
    blocks = boilerplate.repeated(text, boilerplate.lines(text, blocks))
    layout = _head(report, blocks)
    blocks = boilerplate.brackets(text, boilerplate.tail(text, layout.blocks), case)
    blocks = boilerplate.trailing_links(text, blocks)
    layout.blocks = _headings(text, blocks)
    return layout


def _head(report: Report, blocks: list[Block]) -> Layout:
    """The lines before the first paragraph, and the head that stands on one line with it, taken apart."""
    text, head = report.text, _Head(report)
    for n, block in enumerate(blocks):
        if n >= HEAD_LINES:
            return head.closed_with(blocks[n:])
        found = dateline.header(text, block.start, block.end, whole=True)
        if found is not None and (not block.speaks or block.end - block.start < HEADER):
            head.headers.append(found)
            head.blocks.append(replace(block, role="byline", speaks=False, why=found.id) if block.speaks else block)
        elif not block.speaks:
            head.blocks.append(block)
        else:
            body = head.take_apart(block)
            more = n + 1 < len(blocks)
            if body is None:
                continue
            if not more or body.end - body.start > HEADLINE or _ENDED.search(text, body.start, body.end):
                head.blocks.append(body)
                return head.closed_with(blocks[n + 1 :])
            role = "heading" if head.titled else "headline"
            head.blocks.append(replace(body, role=role, why="head line without a stop"))
            head.titled = True
    return head.closed_with([])


@dataclass(slots=True)
class _Head:
    """The head of a report while it is taken apart. `titled`: its headline was found."""

    report: Report
    blocks: list[Block] = field(default_factory=list)
    headers: list[dateline.Header] = field(default_factory=list)
    titled: bool = False

    def closed_with(self, body: list[Block]) -> Layout:
        return Layout(self.blocks + body, self.headers)

    def take_apart(self, block: Block) -> Block | None:
        """Cut dates, credits and the headline from the front of a block; what is left of it, if anything."""
        at, end = block.start, block.end
        for _ in range(PIECES):
            at = trim(self.report.text, at, end)[0]
            past = self._cue(at, end) or self._date(at, end) or self._title(at, end)
            past = past or self._date_inside(at, end) or self._agency(at, end)
            if past is None or at >= end:
                break
            at = past
        start, end = trim(self.report.text, at, end)
        return replace(block, start=start, end=end) if start < end else None

    def _add(self, start: int, end: int, role: str, why: str) -> int:
        """Add a block; the headline and headings speak. Gives its end."""
        start, last = trim(self.report.text, start, end)
        if start < last:
            self.blocks.append(Block(start, last, role, role in ("headline", "heading"), why))
        return end

    def _add_header(self, found: dateline.Header) -> int:
        self.headers.append(found)
        return self._add(found.start, found.end, "byline", found.id)

    def _cue(self, at: int, end: int) -> int | None:
        cue = cues("start").at(self.report.text, at, end)
        return self._add(at, cue.end, cue.role, cue.id) if cue else None

    def _date(self, at: int, end: int) -> int | None:
        found = dateline.header(self.report.text, at, end, whole=False)
        return self._add_header(found) if found and found.end < end else None

    def _title(self, at: int, end: int) -> int | None:
        span = None if self.titled else _title(self.report, at, end)
        if span is None:
            return None
        before = dateline.header(self.report.text, at, span[0], whole=False, title_follows=True)
        start = self._add_header(before) if before else at
        self._add(start, span[0], "byline", "before the title")
        self.titled = True
        return self._add(*span, "headline", "title")

    def _date_inside(self, at: int, end: int) -> int | None:
        """A date with its agency or hour a little further on, no sentence between: headline, standfirst or credit."""
        text = self.report.text
        found = dateline.search(text, at, min(end, at + 220))
        if found is None or found.end >= end or re.search(r"[.!?]\s", text[at : found.start]):
            return None
        length = found.start - at
        if not self.titled and length < 15:
            return None
        role = "headline" if not self.titled else "heading" if length > 60 else "byline"
        self._add(at, found.start, role, "before the date")
        self.titled = True
        return self._add_header(found)

    def _agency(self, at: int, end: int) -> int | None:
        """An agency's name alone, if a sentence of another subject begins after it ("SANA Seven people")."""
        if not (self.titled or self.headers):
            return None
        agency = re.compile(rf"{date_words().agency}(?=\s+[A-Z0-9\"“])")
        match = agency.match(self.report.text, at, min(end, at + 60))
        return self._add(at, match.end(), "byline", "agency") if match and match[0].isupper() else None


def _title(report: Report, at: int, end: int) -> tuple[int, int] | None:
    """Where the report's title stands in the text, at `at` or a little after: letters and digits only are compared."""
    if not report.title:
        return None
    text = report.text
    wanted = "".join(filter(str.isalnum, report.title.lower()))[:400]
    if len(wanted) < 12:
        return None
    window = range(at, min(end, at + 120 + 3 * len(wanted)))
    offsets = [n for n in window if text[n].isalnum()]
    have = "".join(text[n].lower()[:1] for n in offsets)
    for length in (len(wanted), int(len(wanted) * 0.85)):
        place = have.find(wanted[:length])
        if place >= 0 and offsets[place] - at <= 110:
            start, stop = offsets[place], offsets[place + length - 1] + 1
            while stop < end and text[stop].isalnum():
                stop += 1
            while stop < end and text[stop] in ' .:!?"”’)' and text[stop : stop + 2] not in (' "', " “"):
                stop += 1
            begins = text[stop : stop + 1]
            glued = text[stop - 1].isalnum() and begins != " "
            if begins.islower() or (begins and begins in ",;'’(") or (glued and begins in "-–—"):
                return None  # the body begins with the words of the title
            return trim(text, start, stop)
    return None


def _headings(text: str, blocks: list[Block]) -> list[Block]:
    """Short lines without a stop between paragraphs that end in one."""
    out = list(blocks)
    for n in range(1, len(out) - 1):
        block, before, after = out[n], out[n - 1], out[n + 1]
        between = all(one.speaks and one.role == "paragraph" for one in (before, block, after))
        short = block.end - block.start <= 80 < after.end - after.start and text[block.start].isupper()
        if between and short and _ENDED.search(text, block.start, block.end) is None:
            out[n] = replace(block, role="heading", why="line without a stop")
    return out
