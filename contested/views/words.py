"""How the values of a statement are put into words: one place for the views that people read."""

from __future__ import annotations

from contested.statement import Harm, Share, Source, Statement, When

#: What a reader is told where a report gives no source of its own.
OWN_VOICE = "own voice"

# Control characters, direction overrides and lone surrogates: they can forge what a reader sees, or break the output.
_FORGERS: dict[int, int | None] = {
    **dict.fromkeys([*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0)], 0xFFFD),
    **dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)]),
    **dict.fromkeys(range(0xD800, 0xE000), 0xFFFD),
}


def safe(words: str) -> str:
    """`words` without what could forge the display; line breaks and tabs stay."""
    return words.translate(_FORGERS)


def shown(words: str) -> str:
    """`words` on one line, without what could forge the display."""
    return " ".join(safe(words).split())


def span(start: str | None, end: str | None) -> str:
    """Dates from `start` to `end`, both inclusive, either unknown: `2016-12-02`, `2016-08-01 to 2016-08-31`."""
    if start and end:
        return start if start == end else f"{start} to {end}"
    if start:
        return f"from {start}"
    return f"until {end}" if end else ""


def when(value: When | None) -> str:
    """`on Friday (2016-12-02)`; the words alone where they could not be dated."""
    if value is None:
        return ""
    dates = span(value.start, value.end)
    words = shown(value.text)
    return f"{words} ({dates or 'no date'})" if words and words != dates else dates


def number(low: int | None, high: int | None) -> str:
    """`14`, `at least 14`, `up to 14`, `10 to 14`; `no number` where neither is known."""
    if low is not None and high is not None:
        return f"{low:,}" if low == high else f"{low:,} to {high:,}"
    if low is not None:
        return f"at least {low:,}"
    return f"up to {high:,}" if high is not None else "no number"


def harm(value: Harm) -> str:
    """`killed at least 14: villagers`, the people in the report's words where it names them."""
    who = f": {shown(value.who)}" if value.who else ""
    return f"{value.effect} {number(value.low, value.high)}{who}"


def share(value: Share) -> str:
    """`about 70 percent (0.7)`."""
    return f"{shown(value.text)} ({value.value:g})" if value.value is not None else shown(value.text)


def source(value: Source | None) -> str:
    """`the Observatory (monitor, named), via state radio`."""
    if value is None:
        return OWN_VOICE
    via = f", via {', '.join(shown(carrier) for carrier in value.via)}" if value.via else ""
    return f"{shown(value.text)} ({value.cls}{', named' if value.named else ''}){via}"


def said(statement: Statement) -> str:
    """When the source said it: `on Wednesday (2016-11-30)`."""
    if statement.said is None:
        return ""
    words = shown(statement.said.text)
    return f"{words} ({statement.said.date})" if statement.said.date else words


def counted(n: int, one: str) -> str:
    """`1 report`, `12 reports`."""
    return f"{n:,} {one}" if n == 1 else f"{n:,} {one}s"
