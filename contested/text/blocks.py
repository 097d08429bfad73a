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
#: A headline has at most so many characters.
HEADLINE = 250
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
    """The lines before the first paragraph, and the head that stands on one line with it."""
    text, layout = report.text, Layout()
    headline = False
    for n, block in enumerate(blocks):
        if not block.speaks:
            layout.blocks.append(block)
            if n < HEAD_LINES and (found := dateline.header(text, block.start, block.end, whole=True)):
                layout.headers.append(found)
            continue
        if n >= HEAD_LINES:
            layout.blocks.extend(blocks[n:])
            break
        found = dateline.header(text, block.start, block.end, whole=True)
        if found is not None and block.end - block.start < 120:
            layout.headers.append(found)
            layout.blocks.append(replace(block, role="byline", speaks=False, why=found.id))
            continue
        pieces, titled = _taken_apart(report, block, layout.headers, headline)
        headline = headline or titled
        layout.blocks.extend(pieces)
        body = pieces[-1]
        if body.speaks and body.role == "paragraph":
            if not _headline_like(text, body, n + 1 < len(blocks)):
                layout.blocks.extend(blocks[n + 1 :])
                break
            role = "heading" if headline else "headline"
            layout.blocks[-1] = replace(body, role=role, why="head line without a stop")
            headline = True
    return layout


def _headline_like(text: str, block: Block, more: bool) -> bool:
    ended = _ENDED.search(text, block.start, block.end)
    return more and block.end - block.start <= HEADLINE and ended is None


def _taken_apart(
    report: Report, block: Block, headers: list[dateline.Header], headline: bool
) -> tuple[list[Block], bool]:
    """The pieces of a block at the head: date, credits and headline are cut from the front of what follows them.

    Adds the date headers it finds to `headers`; the second value tells whether a headline was among the pieces.
    """
    text, pieces, titled = report.text, list[Block](), False
    at, dated = block.start, bool(headers)
    for _ in range(8):
        at = trim(text, at, block.end)[0]
        if at >= block.end:
            break
        cue = cues("start").at(text, at, block.end)
        if cue is not None:
            pieces.append(Block(at, cue.end, cue.role, False, cue.id))
            at = cue.end
            continue
        found = dateline.header(text, at, block.end, whole=False)
        if found is not None and found.end < block.end:
            headers.append(found)
            pieces.append(Block(at, found.end, "byline", False, found.id))
            at, dated = found.end, True
            continue
        if not titled and not headline and (span := _title(report, at, block.end)):
            if span[0] > at:
                pieces.append(Block(*trim(text, at, span[0]), "byline", False, "before the title"))
                if before := dateline.header(text, at, span[0], whole=False, title_follows=True):
                    headers.append(before)
                    dated = True
            pieces.append(Block(*span, "headline", True, "title"))
            at, titled = span[1], True
            continue
        if (inside := _header_inside(text, at, block.end, titled)) is not None:
            if inside.start > at:
                role = "headline" if not titled else "heading" if inside.start - at > 60 else "byline"
                pieces.append(Block(*trim(text, at, inside.start), role, role != "byline", "before the date"))
                titled = True
            headers.append(inside)
            pieces.append(Block(inside.start, inside.end, "byline", False, inside.id))
            at, dated = inside.end, True
            continue
        if (titled or dated) and (end := _agency(text, at, block.end)):
            pieces.append(Block(at, end, "byline", False, "agency"))
            at = end
            continue
        break
    start, end = trim(text, at, block.end)
    if start < end:
        pieces.append(replace(block, start=start, end=end))
    return pieces, titled


def _header_inside(text: str, at: int, end: int, titled: bool) -> dateline.Header | None:
    """A date header with its agency or hour a little after `at`, with no sentence between."""
    found = dateline.search(text, at, min(end, at + 220))
    if found is None or found.end >= end or (not titled and found.start - at < 15):
        return None
    return None if re.search(r"[.!?]\s", text[at : found.start]) else found


def _agency(text: str, at: int, end: int) -> int | None:
    """Where an agency's name alone ends, if a sentence of another subject begins after it ("SANA Seven people")."""
    match = re.compile(rf"{date_words().agency}(?=\s+[A-Z0-9\"“])").match(text, at, min(end, at + 60))
    return match.end() if match and match[0].isupper() else None


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
