"""Plain text: one file is one report, and its text is the file as it stands."""

from __future__ import annotations

import re

from contested.config import MAX_TEXT
from contested.errors import InputError
from contested.intake.decoding import decode
from contested.intake.given import Given, Input, Making, Taken

#: A headline is a line of its own before a blank line: longer than a word, shorter than a paragraph.
_HEADLINE = re.compile(r"\s*(\S[^\r\n]{0,198}\S)[ \t]*(?:\r\n|\r|\n)[ \t]*(?:\r\n|\r|\n)\s*\S")
_NO_HEADLINE = re.compile(r"[.,;:!]['\"”’)]*$|^(?:by|from|published|updated|posted|photo|image)\b|https?://", re.I)


def read(source: Input, given: Given) -> Taken:
    """The one report in `source`."""
    limit = 4 * MAX_TEXT  # no encoding here needs more bytes for a character
    data = source.whole(limit, "one plain-text file is one report; give several reports as JSON Lines or as a folder")
    text, encoding = decode(data, source.where)
    if not text.strip():
        yield InputError(source.where, "empty: there is nothing to read")
        return
    extra = {} if encoding == "utf-8" else {"encoding": encoding}
    yield from Making(source.where, text, title=headline(text), url=source.url, extra=extra).finish(given)


def headline(text: str) -> str | None:
    """The first line where it clearly is the report's headline: short, no sentence's end, a blank line after it.

    The line stays in the text.
    """
    match = _HEADLINE.match(text)
    if match is None:
        return None
    line = match.group(1)
    words = line.split()
    if not 3 <= len(words) <= 30 or _NO_HEADLINE.search(line) or not any(c.isalpha() for c in line):
        return None
    if sum(any(c.isdigit() for c in word) for word in words) * 2 > len(words):
        return None
    return line
