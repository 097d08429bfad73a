"""What stands in the text and does not speak: captions, forms, bars, boxes, lists of other headlines, credits.

The cues are data (`lexicon/en/boilerplate.yaml`). Each function takes the blocks found so far and gives them back with
more of them silent, or cut where a cue stands inside one. The benefit of the doubt goes to the report: what is
silenced is never read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from contested.text.cues import Cue, boilerplate
from contested.text.layout import Block
from contested.text.sentences import Case, split, trim

#: A line longer than this (characters) is a paragraph, whatever it begins with.
LINE = 400
#: Before a cue that silences everything after it, the report must have said this much (characters).
BODY = 200
#: Cues of the end are looked for in so many characters before it.
TAIL = 6_000

_BRACKET = re.compile(r"[(\[]([^()\[\]]{2,160})[)\]]")
_CREDIT = re.compile(r"[(\[|©]|\s[–—-]\s|\.\s|/")
_ENDED = re.compile(r"[.!?…।؟][\"'”’»)\]]*\Z")
_BULLET = re.compile(r"[*•●▪■◦‣·–—-]\s")


def lines(text: str, blocks: list[Block]) -> list[Block]:
    """Whole lines that are no part of the report; after a comment form or a list of links nothing speaks any more."""
    out: list[Block] = []
    said, silenced_by = 0, ""
    for n, block in enumerate(blocks):
        if silenced_by:
            out.append(_link(block, f"after {silenced_by}"))
            continue
        cue = None
        if block.end - block.start <= LINE:
            cue = boilerplate("rest").whole(text, block.start, block.end)
            if cue is not None and said >= BODY:
                silenced_by = cue.id
            cue = cue or _line_cue(text, block, said) or (_credit(text, block) if n < len(blocks) - 3 else None)
        if cue is None:
            said += block.end - block.start
            out.append(block)
        else:
            out.append(replace(block, role=cue.role, speaks=False, why=cue.id))
    return out


def _line_cue(text: str, block: Block, said: int) -> Cue | None:
    cue = boilerplate("line").whole(text, block.start, block.end)
    return None if cue and cue.role == "about" and said < BODY else cue


def _credit(text: str, block: Block) -> Cue | None:
    """The photo credit that a line ends in."""
    for found in reversed(list(_CREDIT.finditer(text, max(block.start, block.end - 80), block.end))):
        start, end = found.end(), block.end
        while end > start and text[end - 1] in ")]. ":
            end -= 1
        start, end = trim(text, start, end)
        cue = boilerplate("credit").whole(text, start, end)
        if cue is not None and (found[0] in "([|©" or not _ENDED.search(text, block.start, block.end)):
            return None if cue.unless and re.search(cue.unless, text[block.start : start]) else cue
        if found[0] in "([":
            break
    return None


def repeated(text: str, blocks: list[Block]) -> list[Block]:
    """A short paragraph that stands twice in a row is a picture's caption and its description."""
    out = list(blocks)
    for n in range(1, len(out)):
        one, two = out[n - 1], out[n]
        same = 15 < two.end - two.start <= 300 and text[one.start : one.end] == text[two.start : two.end]
        if same and two.speaks and one.role in ("paragraph", "caption"):
            out[n - 1] = replace(one, role="caption", speaks=False, why=one.why or "repeated")
            out[n] = replace(two, role="caption", speaks=False, why="repeated")
    return out


def brackets(text: str, blocks: list[Block], case: Case) -> list[Block]:
    """Photo credits in brackets inside a paragraph, and the caption each of them ends."""
    out: list[Block] = []
    last = max((block.end for block in blocks if block.speaks), default=0)
    for block in blocks:
        if not block.speaks or block.role != "paragraph":
            out.append(block)
            continue
        rest = block
        for found in _BRACKET.finditer(text, block.start, block.end):
            cue = boilerplate("bracket").whole(text, found.start(1), found.end(1))
            if cue is None or found.start() < rest.start:
                continue
            after = text[found.end() : found.end() + 2].lstrip(" \t")
            at_end = block.end - found.end() < 40 or last - found.end() < 60
            if not at_end and not (after[:1].isupper() or after[:1] in '"“' or after[:1].isdigit()):
                continue
            start = found.start()
            if cue.caption and (case.upper or _acronym(text, block.start, found)):
                continue
            if cue.caption and not at_end:
                start = _caption_start(text, rest.start, found.start(), case)
                if start < 0 or (cue.unless and re.search(cue.unless, text[start : found.start()])):
                    continue
            elif at_end and found[0][0] == "(" and block.end - found.end() > 0:
                continue
            out.extend(_cut(text, rest, start, found.end(), cue))
            rest = replace(rest, start=trim(text, found.end(), block.end)[0])
        if rest.start < rest.end:
            out.append(rest)
    return out


def _acronym(text: str, start: int, bracket: re.Match[str]) -> bool:
    """Whether a bracket holds the initials of the words before it: "Lomar News Agency (LNA)"."""
    words = re.findall(r"[^\W\d_]+", text[max(start, bracket.start() - 80) : bracket.start()])
    inside = bracket[1].lower()
    return len(inside) > 1 and "".join(word[0].lower() for word in words).endswith(inside)


def _caption_start(text: str, start: int, bracket: int, case: Case) -> int:
    """Where the caption before a credit begins; -1 where the bracket ends no caption ("BEIRUT (AP) At")."""
    before = split(text, start, bracket, case)
    if not before:
        return bracket
    begins, ends = before[-1]
    place = text[begins:ends].rpartition(" ")[2]
    dateline = place.isupper() and len(place) > 3 and not case.upper
    return -1 if dateline or not 25 <= ends - begins <= 350 else begins


def tail(text: str, blocks: list[Block]) -> list[Block]:
    """Credits, sign-offs and forms at the end of the text, inside its last paragraphs."""
    out = list(blocks)
    out = _rest_inside(text, out)
    for n in [n for n, block in enumerate(out) if block.speaks and block.role == "paragraph"][-2:][::-1]:
        block = out[n]
        cut: list[Block] = []
        for _ in range(6):
            cue = _end_cue(text, block)
            if cue is None:
                break
            cut.insert(0, Block(cue.start, block.end, cue.role, False, cue.id))
            block = replace(block, end=trim(text, block.start, cue.start)[1])
        out[n : n + 1] = [block, *cut] if block.end > block.start else cut
    return out


def _rest_inside(text: str, blocks: list[Block]) -> list[Block]:
    """A cue that ends the report inside a paragraph: it and all that follows is silent."""
    if not blocks:
        return blocks
    begin = max(blocks[0].start + BODY, blocks[-1].end - TAIL)
    for n, block in enumerate(blocks):
        if not block.speaks or block.end <= begin or block.end - block.start <= LINE // 2:
            continue
        at = max(block.start, begin)
        while cue := boilerplate("inside").first(text, at, block.end):
            before = text[max(block.start, cue.start - 4) : cue.start].rstrip()
            standing = not before or _ENDED.search(before) or before[-1:].isdigit()
            if standing and _capitalised(text[cue.start : cue.start + 24]):
                later = [_link(b, f"after {cue.id}") if b.speaks else b for b in blocks[n + 1 :]]
                return [*blocks[:n], *_cut(text, block, cue.start, block.end, cue), *later]
            at = cue.end
    return blocks


def _capitalised(words: str) -> bool:
    first = re.search(r"[^\W\d_]", words)
    return first is not None and first[0].isupper()


def _end_cue(text: str, block: Block) -> Cue | None:
    """The cue that a paragraph's last words are, if they follow the end of a sentence."""
    for start in _tail_starts(text, block):
        cue = boilerplate("end").whole(text, start, block.end)
        if cue is not None:
            return cue
        words = text[start : block.end]
        if len(words) < 60 and _SIGNED.fullmatch(words):
            return Cue("sign-off", "byline", start, block.end)
    return None


#: Names or initials and numbers with no stop: "Lina Oru", "M. al-Oru/V. Dunn", "214-11".
_SIGNED = re.compile(
    r"(?:[A-Z][\w'’.-]*|al-[A-Z][\w'’-]*)(?:(?:\s*/\s*|\s+and\s+|\s+)(?:[A-Z][\w'’.-]*|al-[A-Z][\w'’-]*|\d{1,3}(?:-\d{1,3})?)){0,5}"
    r"(?<!\.)|\d{1,4}(?:-\d{1,3})?(?:\s[A-Z]\w{4,15})?"
)  # fmt: skip
#: Where a credit may begin: after the end of a sentence, after or at a bracket, at a dash.
_TAIL_START = re.compile(
    r"(?<=[.!?…])[\"'”’)\]]{0,3}\s*(?=\S)|(?<=[.!?…][\"”)])\s*(?=\S)|(?<=[)\]])\s+(?=[A-Z])"
    r"|\s(?=[(\[])|\s(?=--)|\s(?=- [A-Z])|(?<=[\w\"”])(?=-{1,2}[A-Z]{3,7}\Z)"
)


def _tail_starts(text: str, block: Block) -> Iterator[int]:
    """Where a credit may begin in the last characters of a paragraph, the nearest to the end last."""
    begin = max(block.start, block.end - 420)
    if begin == block.start:
        yield begin
    for found in _TAIL_START.finditer(text, begin, block.end):
        yield found.end()


def trailing_links(text: str, blocks: list[Block]) -> list[Block]:
    """Two or more short lines without a stop after the last sentence: headlines of other reports.

    Only where the report's paragraphs end in stops, so that such lines are strangers to it; bullets and lists that a
    colon announces stay.
    """
    speaking = [n for n, block in enumerate(blocks) if block.speaks and block.role == "paragraph"]
    ended = [n for n in speaking if _ENDED.search(text, blocks[n].start, blocks[n].end)]
    if len(ended) < 3 or len(ended) < 0.6 * len(speaking):
        return blocks
    trail = {n for n in speaking if n > ended[-1]}
    listed = text[blocks[ended[-1]].end - 1] == ":"
    if len(trail) < 2 or listed or any(_own(text, blocks[n]) for n in trail):
        return blocks
    return [_link(block, "trailing headlines") if n in trail else block for n, block in enumerate(blocks)]


def _link(block: Block, why: str) -> Block:
    return replace(block, role="links", speaks=False, why=why)


def _own(text: str, block: Block) -> bool:
    """Whether a line without a stop is likely the report's own: long or very short, a bullet, or open at an end."""
    words = text[block.start : block.end]
    cut = words[-1] in ",;:" or words[0].islower() or _BULLET.match(words) is not None
    return cut or len(words) > 130 or len(words.split()) < 4


def _cut(text: str, block: Block, start: int, end: int, cue: Cue) -> list[Block]:
    """What stands before `start` in a block, and the silent stretch from `start` to `end`."""
    first, last = trim(text, block.start, start)
    kept = [replace(block, start=first, end=last)] if first < last else []
    return [*kept, Block(start, end, cue.role, False, cue.id)]
