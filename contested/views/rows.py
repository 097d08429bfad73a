"""Objects that a record answers with, as a table for a terminal, as JSON, or as JSON Lines."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from shutil import get_terminal_size
from typing import Any

from contested.record.account import Account
from contested.record.differences import Change
from contested.record.judgements import Judgement
from contested.record.searching import Found
from contested.record.sources import SourceRow
from contested.record.told import iso
from contested.views import jsonl
from contested.views.words import shown, span

#: Width of a table that is not seen on a terminal.
WIDTH = 120
#: Columns of sentences get three times the width of the others.
WORDY = ("quote", "words", "sentence", "what", "target", "note")
#: No other column is narrower (characters).
NARROWEST = 10
#: Columns that are as wide as what stands in them: days, codes and numbers.
NARROW = (
    "day", "published", "type", "class", "number", "reports", "voices", "statements", "outlets", "disputed", "days",
    "incident", "about", "ucdp", "airwars", "at",
)  # fmt: skip
Row = Callable[[Any], Mapping[str, str]]


def pieces(found: Iterable[Any], row: Row, format_: str, *, color: bool = False) -> Iterator[bytes]:
    """The objects in `format_`, ready to be written."""
    if format_ == "table":
        yield table(list(found), row, color=color).encode("utf-8", "replace")
        return
    lines = (jsonl.line(one.to_json()) for one in found)
    if format_ == "jsonl":
        yield from map(jsonl.encoded, lines)
        return
    yield b"["
    for n, line in enumerate(lines):
        yield (b",\n" if n else b"\n") + jsonl.encoded(line).rstrip(b"\n")
    yield b"\n]\n"


def table(found: list[Any], row: Row, *, color: bool = False) -> str:
    """One line of a table for each object; what it is too wide for is folded."""
    if not found:
        return "nothing\n"
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    cells = [row(one) for one in found]
    made = Table(box=None, pad_edge=False, header_style="bold", expand=True)
    for name in cells[0]:
        if name in NARROW:
            made.add_column(name, overflow="fold")
        else:
            made.add_column(name, overflow="fold", ratio=3 if name in WORDY else 1, min_width=NARROWEST)
    for one in cells:
        made.add_row(*(Text(value) for value in one.values()))
    width = min(get_terminal_size((WIDTH, 24)).columns, 200) if color else WIDTH
    console = Console(width=width, force_terminal=color, no_color=not color, highlight=False)
    with console.capture() as capture:
        console.print(made)
    return "\n".join(line.rstrip() for line in capture.get().splitlines()) + "\n"


def statement(one: Account) -> dict[str, str]:
    """The row of a statement."""
    said = one.said_by
    when = one.statement.when
    return {
        "day": span(when.start, when.end) if when else "",
        "type": f"{one.type}.{one.mode}" if one.mode else one.type,
        "who": cut(", ".join(who.text for who in one.actors), 60),
        "whom": cut(", ".join(who.text for who in one.targets), 60),
        "where": cut(", ".join(where.text for where in one.places[:1]), 40),
        "source": cut(said.text if said else f"({one.outlet or 'the report'})", 40),
        "quote": cut(one.quote, 160),
        "report": one.report,
    }


def found(one: Found) -> dict[str, str]:
    """The row of a report or quote that was searched for."""
    return {
        "published": one.published or "", "outlet": one.outlet or "", "title": cut(one.title or "", 60),
        "words": shown(one.snippet), "report": one.report,
    }  # fmt: skip


def incident(one: Any) -> dict[str, str]:
    """The row of an incident, from its JSON object."""
    told = one.to_json()
    at_odds = [dispute["type"] for dispute in told["disputes"] if not dispute["update"]]
    return {
        "day": told["date"] or "",
        "type": f"{told['type']}.{told['mode']}" if told["mode"] else told["type"],
        "what": cut(told["what"], 100),
        "reports": str(len(told["reports"])),
        "voices": str(told["voices"]),
        "disputed": "\n".join(dict.fromkeys(at_odds)),
        "acled": told["acled"]["sub_event_type"] or "",
        "ucdp": str(told["ucdp"]["type_of_violence"] or ""),
        "airwars": told["airwars"]["grade"] or "",
        "incident": told["incident"],
    }


def dispute(one: Any) -> dict[str, str]:
    """The row of a dispute, from its JSON object."""
    told = one.to_json()
    return {
        "type": told["type"] + (" (update)" if told["update"] else ""),
        "sentence": cut(told["sentence"], 300),
        "told in": ", ".join(dict.fromkeys(account["report"] for account in told["accounts"])),
        "about": told["about"] or "",
    }


def change(one: Change) -> dict[str, str]:
    """The row of a change."""
    return {
        "day": one.day.isoformat() if one.day else "", "type": one.type, "what": cut(one.what, 160),
        "source": cut(one.accounts[0].source or "", 40), "quote": cut(one.accounts[0].quote, 160),
        "told in": cut(", ".join(one.reports), 80),
    }  # fmt: skip


def source(one: SourceRow) -> dict[str, str]:
    """The row of a source."""
    return {
        "source": cut(one.source, 60), "class": one.cls or "", "statements": f"{one.statements:,}",
        "reports": f"{one.reports:,}", "outlets": f"{one.outlets:,}",
        "others tell too": f"{one.corroborated:,} of {one.happenings:,}", "disputed": f"{one.disputed:,}",
        "days": span(iso(one.first), iso(one.last)),
    }  # fmt: skip


def judgement(one: Judgement) -> dict[str, str]:
    """The row of a judgement."""
    return {
        "number": str(one.number),
        "at": _minute(one.at),
        "who": cut(one.who, 30),
        "what": one.what,
        "target": shown(one.target),
        "words": cut(json.dumps(dict(one.value), ensure_ascii=False), 200) if one.value else "",
        "note": cut(one.note or "", 80),
        "undone": f"by {cut(one.undone_by or '', 30)}, {_minute(one.undone_at)}" if one.undone_at else "",
    }


def _minute(moment: str) -> str:
    """`2026-11-22 17:53`, of an ISO moment."""
    return moment[:16].replace("T", " ")


def cut(words: str, length: int) -> str:
    """`words` on one line of at most `length` characters, safe to print."""
    line = shown(words)
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"
