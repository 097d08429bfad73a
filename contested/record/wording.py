"""What changed between two versions of a text: lines first, then words within the lines that changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

What = Literal["same", "out", "in", "cut"]

#: No more characters of either text are compared, and no more words of lines that changed are set against each other.
LONGEST, WORDS = 200_000, 4000
#: So many words are kept on either side of a change.
AROUND = 8
_WORD = re.compile(r"\s*\S+|\s+")


class Part(NamedTuple):
    """Words that are the `same` in both, taken `out`, or put `in`; `cut` stands for many that are the same."""

    what: What
    words: str


def changes(before: str, after: str) -> list[Part]:
    """The parts of both texts in order, long sameness cut out; nothing where they are alike.

    What stands after the first `LONGEST` characters is not compared.
    """
    parts = list(_joined(_lines(before[:LONGEST], after[:LONGEST])))
    if all(part.what == "same" for part in parts):
        return []
    return [piece for n, part in enumerate(parts) for piece in _shortened(part, first=n == 0, last=n == len(parts) - 1)]


def _lines(before: str, after: str) -> Iterator[Part]:
    a, b = before.splitlines(keepends=True), after.splitlines(keepends=True)
    for what, a1, a2, b1, b2 in SequenceMatcher(None, a, b).get_opcodes():
        if what == "equal":
            yield Part("same", "".join(a[a1:a2]))
        else:
            yield from _words(_WORD.findall("".join(a[a1:a2])), _WORD.findall("".join(b[b1:b2])))


def _words(a: Sequence[str], b: Sequence[str]) -> Iterator[Part]:
    if max(len(a), len(b)) > WORDS:
        yield from (Part("out", "".join(a)), Part("in", "".join(b)))
        return
    for what, a1, a2, b1, b2 in SequenceMatcher(None, a, b).get_opcodes():
        if what == "equal":
            yield Part("same", "".join(a[a1:a2]))
        else:
            yield from (Part("out", "".join(a[a1:a2])), Part("in", "".join(b[b1:b2])))


def _joined(parts: Iterator[Part]) -> Iterator[Part]:
    held: Part | None = None
    for part in parts:
        if not part.words:
            continue
        if held is not None and held.what == part.what:
            held = Part(held.what, held.words + part.words)
        else:
            if held is not None:
                yield held
            held = part
    if held is not None:
        yield held


def _shortened(part: Part, *, first: bool, last: bool) -> Iterator[Part]:
    """What is the same, without its middle: at an end of the texts only the words next to the change are kept."""
    words = _WORD.findall(part.words) if part.what == "same" else []
    before, after = 0 if first else AROUND, 0 if last else AROUND
    if len(words) <= before + after + 2:
        yield part
        return
    if before:
        yield Part("same", "".join(words[:before]))
    yield Part("cut", "…")
    if after:
        yield Part("same", "".join(words[-after:]))
