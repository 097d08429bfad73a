"""Small things that every step does with stretches of text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from contested.reading.draft import Words
from contested.text import Text

EDGES = ' \t\r\n\u00a0,;:.!?"“”„«»()[]–—…'


def tidy(text: Text, words: Iterable[Words]) -> list[Words]:
    """Trim punctuation at the edges, drop what is empty or says the same words again, keep the order.

    A bracket that opens inside the words and closes at their end stays ("the Nusra Front (JFS)").
    """
    out: list[Words] = []
    said: set[str] = set()
    for w in words:
        start, end = w.start, w.end
        while start < end and text.raw[start] in EDGES:
            start += 1
        while end > start and text.raw[end - 1] in EDGES:
            if text.raw[end - 1] in ")]" and any(b in text.raw[start : end - 1] for b in "(["):
                break
            if text.raw[end - 1] == "." and "." in text.raw[start : end - 1]:  # U.S.
                break
            end -= 1
        key = text.raw[start:end].casefold()
        if start < end and key not in said:
            said.add(key)
            out.append(replace(w, start=start, end=end))
    return out


def distinct(mentions: list[Words]) -> list[Words]:
    """`mentions` without those whose words stand inside another's span."""
    spans = {(m.start, m.end) for m in mentions}
    return [
        m for m in mentions
        if not any(a <= m.start and m.end <= b for a, b in spans - {(m.start, m.end)})
    ]  # fmt: skip
