"""Where sentences end: spans of text → spans of sentences.

One pass over the stops of a span, each decided by the word before it and the character after it. Made for news as it
arrives: abbreviations, initials and decimals; quotation marks and brackets after the stop; a lost space after it
("city.The army"); capitals only and small letters only; and text without any stop, which is cut at clause marks so
that no sentence grows past `LONGEST` words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from contested.text.cues import Abbreviations, abbreviations

Span = tuple[int, int]

#: A sentence of more words than this is cut into pieces of at most `PIECE` words: about a third of a model's window of
#: 384 word pieces. A word counts once for every 20 characters, so that text without spaces is cut too.
LONGEST, PIECE = 120, 80

_CLOSERS = "\"'”’»›)]}"
_OPENERS = "\"'“‘«‹([{„`*•-–—¿¡"
_STOP = re.compile(r"[.!?…。؟।]+")
#: A stop lost with its space: a small letter, then a word that begins sentences with its capital ("SyriaThe town").
_GLUE = re.compile(r"(?<=[a-z0-9)\]])(?=[A-Z])")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"\S{1,20}\s*")
_ADDRESS = re.compile(r"[@/\\]|\bwww\b|[a-z]\.[a-z]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Case:
    """How a text uses capitals: `lower` has (almost) none, `upper` (almost) nothing else."""

    lower: bool
    upper: bool


def letter_case(text: str, sample: int = 4_000) -> Case:
    """The case of `text`, judged by its first `sample` characters."""
    head = text[:sample]
    small = sum(map(str.islower, head))
    capital = sum(map(str.isupper, head))
    return Case(lower=small > 20 and capital <= small // 100, upper=capital > 20 and small * 3 < capital)


def split(text: str, start: int, end: int, case: Case) -> list[Span]:
    """The sentences of `text[start:end]`: sorted, without white space at their ends, none empty."""
    spans: list[Span] = []
    at = start
    for cut in _cuts(text, start, end, case):
        if cut > at:
            spans.extend(_fit(text, at, cut))
            at = cut
    spans.extend(_fit(text, at, end))
    return spans


def trim(text: str, start: int, end: int) -> Span:
    """`text[start:end]` without the white space at its ends (NULs and marks of no width count as such)."""
    while start < end and (text[start].isspace() or text[start] in _NOTHING):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in _NOTHING):
        end -= 1
    return start, end


_NOTHING = "\x00\ufeff\u200b\u200e\u200f"


def _cuts(text: str, start: int, end: int, case: Case) -> Iterator[int]:
    """Offsets in ascending order where one sentence ends and another begins."""
    words = abbreviations()
    begun = start
    glue = iter(_glued(text, start, end, words))
    next_glue = next(glue, end)
    for stop in _STOP.finditer(text, start, end):
        while next_glue <= stop.start():
            yield next_glue
            begun, next_glue = next_glue, next(glue, end)
        after = _past_closers(text, stop.end(), end)
        if after < end and _ends(text, begun, stop, after, end, case, words):
            yield after
            begun = after
    while next_glue < end:
        yield next_glue
        next_glue = next(glue, end)


def _glued(text: str, start: int, end: int, words: Abbreviations) -> Iterator[int]:
    for match in _GLUE.finditer(text, start, end):
        word = _FIRST_WORD.match(text, match.start(), min(end, match.start() + 16))
        if word and word.end() < end and text[word.end()] == " " and word[0][1:].islower() | (len(word[0]) == 1):
            before = _run_before(text, start, match.start())
            if word[0].lower() in words.starter and len(before) > 2:
                yield match.start()


def _run_before(text: str, start: int, at: int) -> str:
    """The characters without a space right before `at`, at most 40."""
    begin, limit = at, max(start, at - 40)
    while begin > limit and not text[begin - 1].isspace():
        begin -= 1
    return text[begin:at]


def _past_closers(text: str, at: int, end: int) -> int:
    """Past the quotation marks and brackets that close after a stop."""
    while at < end and text[at] in _CLOSERS:
        if text[at] in "\"'" and at + 1 < end and text[at + 1].isalnum() and text[at - 1] not in ".!?…":
            break
        at += 1
    return at


def _ends(text: str, begun: int, stop: re.Match[str], after: int, end: int, case: Case, words: Abbreviations) -> bool:
    """Whether the sentence that began at `begun` ends with `stop`; `after` is past the marks that close behind it."""
    here = after
    while here < end and text[here].isspace():
        here += 1
    if here == end:
        return False
    follows, spaced = text[here], here > after
    before = _run_before(text, begun, stop.start()).lstrip(_OPENERS)
    if not spaced:
        return _ends_unspaced(text, stop, after, end, before, follows)
    if not _may_begin(text, here, end, follows, case):
        return False
    if stop[0] != ".":
        return True
    return not _abbreviated(text, begun, stop.start(), before, here, end, case, words)


def _may_begin(text: str, at: int, end: int, follows: str, case: Case) -> bool:
    """Whether a sentence can begin with the character at `at`."""
    while follows in _OPENERS and at + 1 < end and not text[at + 1].isspace():
        at += 1
        follows = text[at]
    if follows.islower():
        return case.lower
    return follows not in ",;:.!?…%)]}"


def _ends_unspaced(text: str, stop: re.Match[str], after: int, end: int, before: str, follows: str) -> bool:
    """A stop with no space behind it ends a sentence only between a plain word and a capitalised one."""
    closed = after > stop.end()
    if not (follows.isupper() or (follows in '“‘"«' and not closed)):
        return False
    if closed and text[after - 1] in "'’" and not before[-1:].isalnum():
        return False
    tail = text[after : after + 3]
    if follows.isupper() and not (tail[1:2].islower() or tail[1:2] in (" ", "’", "'") or tail.isupper()):
        return False
    if not closed and _ADDRESS.search(before):
        return False
    word = before.rstrip(_CLOSERS)
    if "." in word or not word:
        return closed
    if word[-1].isdigit() or closed:
        return True
    return len(word) > 2 and word[-1].islower() and word.lower() not in abbreviations().title


def _abbreviated(
    text: str, begun: int, stop: int, before: str, here: int, end: int, case: Case, words: Abbreviations
) -> bool:
    """Whether the full stop at `stop` belongs to the word `before` it and ends nothing."""
    word = before.lower()
    plain = word.rpartition("-")[2] if "." not in word else word
    mixed = not (case.lower or case.upper)
    if before.isdigit() and stop - begun < 8 and text[begun:stop].strip(_OPENERS + " \t\n") == before[:2]:
        return True  # "1. The army": a number in a list
    known = {plain, word} - ({plain, word} & words.capital if mixed and not before[:1].isupper() else set())
    if known & words.title:
        return True
    if known & words.number and text[here].isdigit():
        return True
    initial = len(before) == 1 and before.isalpha() and (before.isupper() or case.lower)
    dotted = "." in word and all(len(part) < 3 for part in word.split("."))
    if initial or dotted or known & words.inner:
        return not _starter(text, here, end, case, words)
    return False


def _starter(text: str, at: int, end: int, case: Case, words: Abbreviations) -> bool:
    while at < end and text[at] in _OPENERS:
        at += 1
    word = _FIRST_WORD.match(text, at, min(end, at + 30))
    return word is not None and word[0].lower() in words.starter and (case.lower or not word[0].islower())


def _fit(text: str, start: int, end: int) -> Iterator[Span]:
    """`text[start:end]` trimmed, and cut where it has more words than a sentence can have."""
    start, end = trim(text, start, end)
    if start == end:
        return
    if end - start <= LONGEST or len(pieces := list(_WORD.finditer(text, start, end))) <= LONGEST:
        yield start, end
        return
    at = 0
    while at < len(pieces):
        stop = min(at + PIECE, len(pieces))
        if stop < len(pieces):
            for back in range(stop, at + PIECE // 2, -1):
                if pieces[back - 1][0].rstrip()[-1:] in (";", ",", ":", "—", "–"):
                    stop = back
                    break
        piece = trim(text, pieces[at].start(), pieces[stop - 1].end())
        if piece[0] < piece[1]:
            yield piece
        at = stop
