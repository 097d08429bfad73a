"""What must hold of every report that comes in and of every reading, looked at by code of its own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

from contested.schema import report as schema_of_reports
from contested.schema import slips
from contested.statement import Report, Statement
from contested.text import Text

#: The JSON of one report in so many is held against the published schema, which takes longer than all other checks.
SCHEMA = 10


def of_report(report: Report) -> Iterator[str]:
    """What is wrong with a report as such: its JSON, which must be UTF-8 and give it again."""
    line = json.dumps(report.to_json(), ensure_ascii=False)
    try:
        data = line.encode("utf-8")
    except UnicodeEncodeError as error:
        yield f"no UTF-8: {error}"
        return
    again = Report.from_json(json.loads(data))
    if (
        again != report
        or again.statements != report.statements
        or dict(again.extra) != json.loads(json.dumps(dict(report.extra)))
    ):
        yield "reading its JSON gives another report"
    if sum(data) % SCHEMA == 0:
        yield from (f"schema: {slip}" for slip in slips(json.loads(data), schema_of_reports()))


def of_layout(text: Text) -> Iterator[str]:
    """Spans of a text that are not inside it, empty, out of order, or not in one another as they should be."""
    size = len(text.raw)
    if text.raw != text.report.text:
        yield "the text is not the report's"
    end = 0
    for block in text.blocks:
        if not end <= block.start < block.end <= size:
            yield f"block {block.start}:{block.end} after {end} of {size}"
        end = block.end
    end = 0
    for one in text.sentences:
        block = text.blocks[one.block]
        if not (end <= one.start < one.end <= size and block.start <= one.start and one.end <= block.end):
            yield f"sentence {one.start}:{one.end} after {end} in block {block.start}:{block.end} of {size}"
        end = one.end
    for q in text.quotations:
        if not 0 <= q.start < q.end <= size:
            yield f"quotation {q.start}:{q.end} of {size}"
    if text.dateline and not 0 <= text.dateline.start < text.dateline.end <= size:
        yield f"dateline {text.dateline.start}:{text.dateline.end} of {size}"


def of_reading(report: Report) -> Iterator[str]:
    """Words of statements that are not the report's own words at the offsets they have, and values that cannot be."""
    seen: set[str] = set()
    for one in report.statements:
        name = f"{one.kind}/{one.type} {one.anchor!r:.60} at {one.anchor_start}"
        yield from (f"{name}: {slip}" for slip in (*_words(report.text, one), *_values(one)))
        if one.id in seen:
            yield f"{name}: stands twice"
        seen.add(one.id)


def _words(text: str, one: Statement) -> Iterator[str]:
    placed = [("quote", one.quote, one.quote_start, None), ("anchor", one.anchor, one.anchor_start, None)]
    for role in ("actors", "targets", "places"):
        placed += [(role, m.text, m.start, m.end) for m in getattr(one, role)]
    if one.when and one.when.text_start is not None:
        placed.append(("when", one.when.text, one.when.text_start, None))
    if one.source and one.source.start is not None:
        placed.append(("source", one.source.text, one.source.start, None))
    for role, words, start, end in placed:
        if not words:
            yield f"{role} has no words"
        elif start < 0 or text[start : start + len(words)] != words or (end is not None and end != start + len(words)):
            yield f"{role} {words!r:.60} does not stand at {start}"
    if (
        not one.quote_start
        <= one.anchor_start
        <= one.anchor_start + len(one.anchor)
        <= one.quote_start + len(one.quote)
    ):
        yield "the anchor does not stand in the quote"
    unplaced = [("said", one.said.text if one.said else ""), ("share", one.share.text if one.share else "")]
    unplaced += [("harm", h.who or "") for h in one.harm] + [("via", v) for v in (one.source.via if one.source else ())]
    unplaced += [("when", one.when.text if one.when else ""), ("source", one.source.text if one.source else "")]
    for role, words in unplaced:
        if words not in text:
            yield f"{role} {words!r:.60} does not stand in the text"


def _values(one: Statement) -> Iterator[str]:
    for h in one.harm:
        if h.low is not None and h.high is not None and h.low > h.high:
            yield f"harm from {h.low} to {h.high}"
    if one.share and one.share.value is not None and not 0 <= one.share.value <= 1:
        yield f"a share of {one.share.value}"
    days = [(one.when.start, one.when.end)] if one.when else []
    days += [(f"{one.said.date}-01-01"[:10], None)] if one.said and one.said.date else []  # a month or a year too
    for start, end in days:
        try:
            first, last = (date.fromisoformat(day) if day else None for day in (start, end))
        except ValueError:
            yield f"days {start!r} to {end!r}"
        else:
            if first and last and last < first:
                yield f"from {start} back to {end}"
