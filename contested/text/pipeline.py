"""Report → Text, one question after the other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from contested.statement import Report
from contested.text import blocks, dateline, quotations, sentences
from contested.text.layout import Block, Dateline, Sentence, Text


def prepare(report: Report) -> Text:
    """The layout of `report`: blocks, sentences, quotations and dateline as spans of `report.text`.

    No text makes it raise; its time is linear in the length of the text.
    """
    case = sentences.letter_case(report.text)
    layout = blocks.find(report, case)
    published = _published(report)
    line = _dateline(report, layout, case, published)
    spoken = _sentences(report.text, layout.blocks, line, case)
    today, basis = (line.date, "dateline") if line and line.date else (published, "published" if published else None)
    return Text(
        report=report,
        blocks=tuple(layout.blocks),
        sentences=spoken,
        quotations=quotations.find(report.text, layout.blocks, spoken),
        dateline=line,
        today=today,
        today_basis=basis,
    )


def _published(report: Report) -> date | None:
    try:
        return date.fromisoformat((report.published or "")[:10])
    except ValueError:
        return None


def _dateline(report: Report, layout: blocks.Layout, case: sentences.Case, published: date | None) -> Dateline | None:
    """The dateline of the first paragraphs, or of the headers. One inside a block divides it, in `layout`."""
    text, after = report.text, bool(layout.headers)
    body = [n for n, block in enumerate(layout.blocks) if block.speaks and block.role != "heading"][:4]
    line = None
    for n in body:
        block = layout.blocks[n]
        line = dateline.place_line(text, block.start, block.end, after_header=after, case=case)
        if line is None and (line := dateline.inside(text, block.start, block.end, after_header=after, case=case)):
            _divide(text, layout, n, line.start, case)
        if line is not None:
            break
    head = layout.blocks[body[-1]].start if body else 0
    release = dateline.release_month(text, min(head, 2_000))
    return dateline.settle(layout.headers, line, published, release)


def _divide(text: str, layout: blocks.Layout, n: int, at: int, case: sentences.Case) -> None:
    """Divide block `n` before the dateline at `at`: what stands there without any stop is the headline."""
    block = layout.blocks[n]
    first = replace(block, end=sentences.trim(text, block.start, at)[1])
    if text[first.end - 1] not in '.!?"”' and len(sentences.split(text, first.start, first.end, case)) == 1:
        titled = any(one.role == "headline" for one in layout.blocks)
        first = replace(first, role="heading" if titled else "headline", why="before the dateline")
    layout.blocks[n : n + 1] = [first, replace(block, start=at, role="paragraph")]


def _sentences(text: str, found: list[Block], line: Dateline | None, case: sentences.Case) -> tuple[Sentence, ...]:
    """The sentences of the blocks that speak; a dateline before the first is not part of it."""
    out: list[Sentence] = []
    for n, block in enumerate(found):
        if block.speaks:
            start = line.end if line and block.start <= line.start and line.end < block.end else block.start
            out.extend(Sentence(*span, n) for span in sentences.split(text, start, block.end, case))
    return tuple(out)
