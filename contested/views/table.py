"""Statements as a table for a terminal: what, who, whom, where, when, according to whom, and the quote beneath.

Long words are wrapped, never cut. Below `NARROW` columns each statement is a list of `label value` lines instead.
"""

from __future__ import annotations

import io
from collections import Counter
from typing import TYPE_CHECKING

from contested.statement import TYPES, Report, Statement
from contested.views import words

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text

#: Columns that the table is made for, and below which it becomes a list.
WIDTH, NARROW = 100, 84

#: Kind → colour. The kind also stands in words in every row, so that nothing hangs on colour alone.
COLOURS = {
    "event": "red",
    "control": "blue",
    "toll": "magenta",
    "condition": "yellow",
    "relation": "green",
    "position": "cyan",
}
# Share of the width that each column gets, and its title.
_COLUMNS = ((17, "what"), (17, "who"), (15, "whom"), (14, "where"), (13, "when"), (15, "according to"))
_NUMBER = 3


def render(report: Report, *, width: int = WIDTH, color: bool = False) -> str:
    """The table of `report` for a screen of `width` columns, with ANSI colours if `color`."""
    from rich.console import Console

    console = Console(
        file=io.StringIO(), width=max(width, 20), force_terminal=color, color_system="standard" if color else None,
        no_color=not color, highlight=False, markup=False, emoji=False, legacy_windows=False, _environ={},
    )  # fmt: skip
    for block in _heading(report):
        console.print(block)
    if report.statements and width >= NARROW:
        console.print(_row(console, [_styled(title, "dim") for _, title in _COLUMNS], _styled("#", "dim")))
        console.print(_styled("─" * width, "dim"))
    for n, statement in enumerate(report.statements, 1):
        (_wide if width >= NARROW else _narrow)(console, statement, n)
    console.print(_styled(_summary(report), "dim"), "")
    return "\n".join(row.rstrip() for row in console.file.getvalue().splitlines()) + "\n\n"  # type: ignore[attr-defined]


def _heading(report: Report) -> list[Text]:
    title = words.shown(report.title or "") or report.id
    published = report.published or "no publication date known"
    facts = [report.outlet, published, report.id if title != report.id else None]
    shown = " · ".join(words.shown(fact) for fact in facts if fact)
    return [_styled(title, "bold"), _styled(shown, "dim"), _styled("", "")]


def _summary(report: Report) -> str:
    kinds = Counter(statement.kind for statement in report.statements)
    parts = ", ".join(f"{kinds[kind]} {kind}" for kind in TYPES if kinds[kind])
    total = words.counted(len(report.statements), "statement")
    return f"{total}: {parts}" if parts else total


def _wide(console: Console, statement: Statement, n: int) -> None:
    cells = [_what(statement), *(text for _, text in _slots(statement))]
    console.print(_row(console, cells, _styled(str(n), "dim")))
    for row in _quote(statement).wrap(console, console.width - _NUMBER - 3):
        console.print(_styled(" " * (_NUMBER + 1) + "│ ", "dim") + row)
    console.print()


def _narrow(console: Console, statement: Statement, n: int) -> None:
    from rich.table import Table
    from rich.text import Text

    console.print(Text.assemble((f"{n} ", "dim"), _what(statement, " · ")))
    table = Table.grid(padding=(0, 1))
    table.add_column(width=12, no_wrap=True, style="dim")
    table.add_column(overflow="fold")
    for label, text in _slots(statement):
        if text.plain:
            table.add_row(label, text)
    table.add_row("quote", _quote(statement))
    console.print(table, "")


def _row(console: Console, cells: list[Text], number: Text) -> RenderableType:
    from rich.table import Table

    table = Table.grid(padding=(0, 1))
    table.add_column(width=_NUMBER, justify="right")
    room = console.width - _NUMBER - len(_COLUMNS)
    total = sum(share for share, _ in _COLUMNS)
    widths = [room * share // total for share, _ in _COLUMNS]
    widths[-1] += room - sum(widths)
    for wide in widths:
        table.add_column(width=wide, overflow="fold")
    table.add_row(number, *cells)
    return table


def _what(statement: Statement, between: str = "\n") -> Text:
    """Type, kind and mode, then what qualifies them: modality, harm, share."""
    from rich.text import Text

    text = Text(statement.type, style=f"bold {COLOURS.get(statement.kind, '')}".strip())
    kind = f"{statement.kind}, {statement.mode}" if statement.mode else statement.kind
    text.append(between + kind, style="not bold")
    if statement.modality != "asserted":
        text.append(between + statement.modality.upper(), style="not bold reverse")
    for harm in statement.harm:
        text.append(between + words.harm(harm), style="default")
    if statement.share:
        text.append(between + words.share(statement.share), style="default")
    return text


def _slots(statement: Statement) -> list[tuple[str, Text]]:
    """The other columns in order: title and content."""
    from rich.text import Text

    def mentions(name: str) -> Text:
        return Text("; ".join(words.shown(mention.text) for mention in getattr(statement, name)))

    own = statement.source is None
    according = Text(words.source(statement.source), style="dim italic" if own else "")
    if statement.said:
        according.append(f", said {words.said(statement)}", style="dim")
    time = Text()
    if statement.when:
        dates = words.span(statement.when.start, statement.when.end)
        time.append(words.shown(statement.when.text) or dates)
        if time.plain != dates:
            time.append(f"\n{dates or 'no date'}", style="dim")
    contents = [mentions("actors"), mentions("targets"), mentions("places"), time, according]
    return [(title, content) for (_, title), content in zip(_COLUMNS[1:], contents, strict=True)]


def _quote(statement: Statement) -> Text:
    """The quote with its anchor set off."""
    from rich.text import Text

    cut = statement.anchor_start - statement.quote_start
    text, end = statement.quote, cut + len(statement.anchor)
    if not 0 <= cut <= end <= len(text):
        return Text(words.shown(text), style="dim")
    # One pass over the whole keeps the blanks at the seams; the marks do not occur in what is shown.
    before, anchor, after = (words.safe(part) for part in (text[:cut], text[cut:end], text[end:]))
    joined = " ".join(f"{before}\0{anchor}\0{after}".split())
    first, second, third = joined.split("\0")
    return Text.assemble((first, "dim"), (second, "bold"), (third, "dim"))


def _styled(text: str, style: str) -> Text:
    from rich.text import Text

    return Text(text, style=style)
