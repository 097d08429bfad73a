"""People said to be harmed, found by rule: "killing two clerks", "22 were injured", "the toll rose to 60".

A cue (`lexicon/en/effects.yaml`) says what was done and on which side of it the harmed stand; from there the phrases
that name people are read up to a word that ends them. No parse is made, so what stands far from its cue is not found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from contested.lexicon import Entry, load
from contested.reading.alternatives import Several, any_of
from contested.reading.numbers import Number, find_numbers, people_words, read_number, thing_words

_BEFORE, _AFTER = r"(?<![\w-])", r"(?!\w)"  # where a cue begins and ends
_FAR = 120  # characters from a cue within which its people are looked for
_TOLL_FAR = 160  # the same from "death toll": "from a bomb blast on a crowded bus convoy … reached at least 112"


@dataclass(frozen=True, slots=True)
class Harmed:
    """`text[start:end]` are people who suffered `effects`, as the cue at `cue` (start, end) says.

    `start` is -1 where the cue names nobody ("a deadly attack").
    """

    effects: tuple[str, ...]
    start: int
    end: int
    low: int | None
    high: int | None
    cue: tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Cue:
    start: int
    end: int
    who: str
    effects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Cues:
    every: Several
    says: tuple[tuple[str, tuple[str, ...]], ...]  # of each expression of `every`: who is harmed, and how
    glide: frozenset[str]
    passive: re.Pattern[str]
    stop: re.Pattern[str]
    clause: re.Pattern[str]
    part: re.Pattern[str]
    undone: re.Pattern[str]


def _source(entries: list[Entry]) -> str:
    parts = [any_of(e.words) for e in entries if e.words] + [e.pattern for e in entries if e.pattern]
    return _BEFORE + "(?:" + "|".join(parts) + ")" + _AFTER


@cache
def _cues() -> _Cues:
    entries = load("effects")

    def of(role: str) -> list[Entry]:
        return [e for e in entries if e.value.get("is") == role]

    glides = any_of(w for e in of("glide") for w in e.words)
    cues = [e for e in entries if "who" in e.value]
    return _Cues(
        every=Several(_BEFORE, [(e.words, e.pattern) for e in cues], _AFTER),
        says=tuple((e.value["who"], tuple(e.value["effects"])) for e in cues),
        glide=frozenset(w for e in of("glide") for w in e.words),
        passive=re.compile(_source(of("passive")) + rf"(?:\s+(?:{glides}|\w+ly))*\s*$", re.I),
        stop=re.compile(r"(?:" + _source(of("stop")) + r"|[;:.!?()\"“”](?!\d))", re.I),
        clause=re.compile(r"(?:" + _source(of("clause")).replace(r"(?<![\w-])", r"(?<!\w)") + r"|[;:])", re.I),
        part=re.compile(_source(of("part")), re.I),
        undone=re.compile(_source(of("undone")) + r"\s+$", re.I),
    )


@cache
def around(role: str) -> re.Pattern[str]:
    """The small words around people, of the lexicon's entry of a role ("article", "separator" …)."""
    (entry,) = (e for e in load("effects") if e.value.get("is") == role)
    return re.compile(entry.pattern or "", re.I)


def find_harm(text: str, start: int, end: int) -> list[Harmed]:
    """Whom `text[start:end]` says to be harmed, in text order."""
    return list(_find(text, start, end))


@lru_cache(maxsize=256)  # several statements stand in one sentence
def _find(text: str, start: int, end: int) -> tuple[Harmed, ...]:
    cues = _find_cues(text, start, end)
    out: list[Harmed] = []
    begin = start
    for n, cue in enumerate(cues):
        following = cues[n + 1] if n + 1 < len(cues) else None
        out += _read(text, cue, begin, following.start if following else end, following)
        begin = max([cue.end, *(h.end for h in out)])
    named = [h for h in out if h.start >= 0]
    return tuple(h for h in out if h.start >= 0 or not named)


def _find_cues(text: str, start: int, end: int) -> list[_Cue]:
    """The cues, none within another; "killed and wounded" is one cue with both effects."""
    found = [_Cue(*m.span(), *_cues().says[n]) for n, m in _cues().every.finditer(text, start, end)]
    found = [cue for cue in found if not _cues().undone.search(text, max(start, cue.start - 40), cue.start)]
    found.sort(key=lambda cue: (cue.start, -cue.end))
    cues: list[_Cue] = []
    for cue in found:
        if cues and cue.start < cues[-1].end:
            continue
        if (
            cues
            and cue.who != "somebody"
            and re.fullmatch(r"\s*(?:and|or|and/or|/|,)\s*", text[cues[-1].end : cue.start])
        ):
            last = cues[-1]
            if last.who == cue.who or {last.who, cue.who} <= {"either", "before", "alone"}:
                effects = tuple(dict.fromkeys((*last.effects, *cue.effects)))
                cues[-1] = _Cue(last.start, cue.end, last.who, effects)
                continue
        cues.append(cue)
    return cues


def _read(text: str, cue: _Cue, begin: int, finish: int, following: _Cue | None) -> Iterator[Harmed]:
    at = (cue.start, cue.end)
    if cue.who == "somebody":
        yield Harmed(cue.effects, -1, -1, 1, None, at)
        return
    if cue.who == "toll":
        for number in _of_toll(text, find_numbers(text, cue.end, min(finish, cue.end + _TOLL_FAR))):
            yield Harmed(cue.effects, number.start, _phrase_end(text, number.end, finish), number.low, number.high, at)
        return
    people_end = _skip_back(text, begin, cue.start)
    numbered = find_numbers(text, max(begin, cue.start - _FAR), people_end)
    abuts = bool(numbered) and _next_stop(text, numbered[-1].end, people_end) is None
    if cue.who == "alone":
        if abuts:
            yield Harmed(cue.effects, numbered[-1].start, cue.end, numbered[-1].low, numbered[-1].high, at)
        elif set(cue.effects) <= {"killed", "injured"} and not around("none").search(text[begin : cue.start]):
            yield Harmed(cue.effects, cue.start, cue.end, 1, None, at)
        return
    who = cue.who if cue.who != "either" else _side(text, cue, begin, finish, following, abuts)
    if who == "before":
        spans = list(_before(text, max(begin, cue.start - 4 * _FAR), people_end))
        spans += _parts(text, cue.end, finish, following)
    else:
        spans = list(_after(text, cue.end, finish, following))
    for first, last in spans:
        bounds = read_number(text[first:last])
        if bounds is not None:
            yield Harmed(cue.effects, first, last, *bounds, at)


def _side(text: str, cue: _Cue, begin: int, finish: int, following: _Cue | None, abuts: bool) -> str:
    """Whether the harmed stand `before` or `after` a cue that allows both: "were killed", "killed two"."""
    cues, left, right = _cues(), text[begin : cue.start], text[cue.end : finish]
    if re.match(r"\s+by\b", right, re.I) or cues.passive.search(left):
        return "after" if around("perfect").search(left) else "before"
    ahead = find_numbers(text, cue.end, min(finish, cue.end + _FAR))
    if re.match(r"\s*[\"“‘]\w", right):
        return "after"
    if not abuts:
        stop = _next_stop(text, cue.end, finish)
        return "before" if stop and not text[cue.end : stop.start()].strip() and re.search(r"\w\s*$", left) else "after"
    if not ahead or _next_stop(text, cue.end, ahead[0].start) or cues.part.search(text, cue.end, ahead[0].start):
        return "before"
    taken = following is not None and following.who in ("either", "before") and len(ahead) == 1
    return "before" if taken and not around("separator").search(text, ahead[0].end, following.start) else "after"  # type: ignore[union-attr]


def _of_toll(text: str, numbers: list[Number]) -> list[Number]:
    """Of the numbers after "death toll": the one that "to", "at" or "of" leads to, else the first."""
    return ([n for n in numbers if around("led").search(text[max(0, n.start - 20) : n.start])] or numbers)[:1]


def _skip_back(text: str, begin: int, at: int) -> int:
    """The end of the phrase before `at`, auxiliaries and adverbs skipped."""
    while True:
        match = re.search(r"([^\W\d_][\w’'-]*|[^\w\s])\s*$", text[begin:at])
        if match is None:
            return at
        word = match.group(1).lower()
        if word not in _cues().glide and not (word.endswith("ly") and word not in people_words()):
            return begin + match.end(1)
        at = begin + match.start()


def _next_stop(text: str, first: int, last: int) -> re.Match[str] | None:
    """The next word that ends people in `text[first:last]`; the "at" of "at least 12" is none."""
    numbers = find_numbers(text, first, last)
    for match in _cues().stop.finditer(text, first, max(first, last)):
        if not any(n.start <= match.start() < n.end for n in numbers):
            return match
    return None


def _phrase_end(text: str, at: int, end: int) -> int:
    """Where the phrase that holds offset `at` ends: a separator, a word that ends people, another phrase, or `end`."""
    ends = (_next_stop(text, at, end), around("separator").search(text, at, end), _cues().part.search(text, at, end))
    stop = min((match.start() for match in ends if match), default=end)
    for match in around("next").finditer(text, at, stop):
        if match.group(1).lower() in people_words():
            stop = match.end(1)
            break
    return at + len(text[at:stop].rstrip(" \n\t,-–—")) if stop > at else at


def _items(text: str, first: int, last: int, loose: bool = False) -> list[tuple[int, int]]:
    """The counted people of a stretch: numbers, and "a clerk"; `loose` takes "a" with any word that is no thing."""
    spans = [(n.start, n.end) for n in find_numbers(text, first, last)]
    for match in around("article").finditer(text, first, last):
        if any(a <= match.start() < b for a, b in spans):
            continue
        stop = _phrase_end(text, match.end(), last)
        words = re.findall(r"[^\W\d_][\w’'-]*", text[match.end() : stop].lower())[:6]
        of = words.index("of") if "of" in words else len(words)
        words = words[: max(of, 1)]
        if any(word in people_words() for word in words) or (
            loose and not any(word in thing_words() for word in words)
        ):
            spans.append((match.start(), match.end()))
    spans.sort()
    out: list[tuple[int, int]] = []
    for a, b in spans:
        stop = _phrase_end(text, b, last)
        if out and a < out[-1][1]:
            continue
        out.append((a, stop))
    return out


def _before(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """The people named before a cue: `end` is where their phrase ends."""
    opening = begin
    for match in _cues().clause.finditer(text, begin, end):
        if text[match.end() : end].strip() or not re.fullmatch("who|that|which", match.group(), re.I):
            opening = match.end()
        else:
            end = match.start()
    items = [
        (a, b) for a, b in _items(text, opening, end) if text.count("(", opening, a) <= text.count(")", opening, a)
    ]
    for n in reversed(range(len(items))):
        gap = text[items[n][1] : items[n + 1][0] if n + 1 < len(items) else end]
        joined = n + 1 == len(items) or around("separator").search(gap) or _cues().part.search(gap)
        if not joined or around("finite").search(gap):
            items = items[n + 1 :]
            break
    if items:
        yield from items
        part = _cues().part.search(text, items[-1][1], end)
        if part and not _items(text, part.end(), end):
            yield from _parts(text, items[-1][1], end, None)
        return
    cuts = [m for m in re.finditer(r",\s|[\"“”(]|\s[-–—]\s", text[opening:end]) if m.end() < end - opening]
    opening += cuts[-1].end() if cuts else 0
    leading = re.match(r"\s*(?:(?:and|or|but|then|also|in|on)\s+)*", text[opening:end], re.I)
    opening += leading.end() if leading else 0
    if opening < end and _names_people(text[opening:end]):
        yield opening, end


def _names_people(phrase: str) -> bool:
    """Whether a phrase without a number may name people: it has a word for them, or its last word is no thing."""
    words = re.findall(r"[^\W\d_][\w’'-]*", phrase.lower())
    return _has_people(phrase) or (bool(words) and words[-1] not in thing_words())


def _has_people(phrase: str) -> bool:
    return any(word in people_words() for word in re.findall(r"[^\W\d_]+", phrase.lower()))


def _after(text: str, at: int, end: int, following: _Cue | None) -> Iterator[tuple[int, int]]:
    """The people named after a cue."""
    skipped = around("lead").match(text, at, end)
    first, end = skipped.end() if skipped else at, min(end, at + 2 * _FAR)
    stop = _next_stop(text, first, end)
    last = _left_over(text, first, stop.start() if stop else end, following)
    items = _items(text, first, last)
    head = _phrase_end(text, first, last)
    if head > first and not any(a < head for a, _ in items) and _names_people(text[first:head]):
        yield first, head
    yield from items
    for match in around("also").finditer(text, head, last):
        ends = _phrase_end(text, match.end(1), last)
        if not any(a < ends and match.start(1) < b for a, b in items) and _has_people(text[match.start(1) : ends]):
            yield match.start(1), ends
    part = _cues().part.search(text, head, last)
    if stop and not part:
        yield from _parts(text, stop.start(), end, following)
    elif part and not _items(text, part.end(), last):
        yield from _parts(text, part.start(), last, following)


def _left_over(text: str, first: int, last: int, following: _Cue | None) -> int:
    """Where the people after one cue end and those before the next begin: "killing 12 men | and five were hurt"."""
    if following is None or following.who not in ("either", "before", "alone"):
        return last
    people_end = _skip_back(text, first, following.start)
    items = _items(text, first, people_end)
    if not items or people_end > last or _next_stop(text, items[-1][0], people_end):
        return last
    if around("separator").search(text, items[-1][1], following.start):
        return last
    cut = [m for m in around("separator").finditer(text, first, people_end) if m.end() <= items[-1][0]]
    return items[-1][0] if len(items) > 1 or cut else last


def _parts(text: str, at: int, end: int, following: _Cue | None) -> Iterator[tuple[int, int]]:
    """People singled out after their whole: "…, including three boys"."""
    match = _cues().part.search(text, at, min(end, at + _FAR))
    if match is None or "." in text[at : match.start()]:
        return
    stop = _next_stop(text, match.end(), end)
    last = _left_over(text, match.end(), stop.start() if stop else end, following)
    items = _items(text, match.end(), last, loose=True)
    first = match.end() + 1
    if not items and _has_people(text[first:last]):
        items = [(first, first + len(text[first:last].rstrip(" \n\t,-–—")))]
    yield from items
