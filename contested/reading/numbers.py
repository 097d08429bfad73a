"""Numbers of people in words: "at least 140", "two dozen", "tens of thousands", "15 to 20".

`find_numbers` finds them in a stretch of text and leaves what counts no people: ages, dates, years, times, distances,
money, calibres, percentages, ordinals, labels ("Resolution 2254") and numbers of things ("20 rockets").
`read_number` says what a mention means ("several civilians" → `(3, None)`), by rule 3 of the codebook.
The words are in `lexicon/en/numbers.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from contested.lexicon import Entry, load
from contested.reading.alternatives import any_of

#: Least and greatest number of persons, inclusive; None is unbounded.
Bounds = tuple[int | None, int | None]

_GROUPED = (
    r"\d{1,3}(?:[,\u00a0\u202f ]\d{3}){1,3}(?!\d)|\d{1,3}(?:\.\d{3}){1,3}(?![\d.]|\s*(?:thousand|million|billion))"
)
_DIGITS = rf"(?:{_GROUPED}|\d{{1,11}}(?!\d)(?:\.\d{{1,6}})?)"
_YEARS = range(1900, 2100)
_BEFORE_YEAR = re.compile(
    r"\b(?:in|since|of|by|until|till|early|late|mid|from|during|after|before|year|and|to)[\s-]+$", re.I
)
_AGE_BEFORE, _AGE_AFTER = re.compile(r"[^\W\d_],\s+$"), re.compile(r"\s*[,.](?!\d)")
_NEXT = re.compile(r"(?<=\s)[^\W\d_][\w’'-]*|[^\w\s]|\d+")
_TOKEN = re.compile(rf"{_DIGITS}(?:mn|m|k)?|[a-z]+")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_TO = re.compile(r"\s*(?:to|-|–|—|and)\s*", re.I)
_LONGEST_BOUND = 60  # characters looked at before a number for "at least", "as many as an estimated" …
_WORDS_TO_NOUN = 5  # "12 young Syrian Kurdish rebel fighters" has four words before its noun


@dataclass(frozen=True, slots=True)
class Number:
    """A number of people: `text[start:end]` with its bounding words, the bare number from `core` on.

    `of` is `people` where a word for people follows, else empty: what it counts is unsaid ("12 were killed").
    """

    start: int
    end: int
    low: int | None
    high: int | None
    core: int
    of: str = ""


@dataclass(frozen=True, slots=True)
class _Words:
    """The lexicon, compiled."""

    number: re.Pattern[str]
    values: dict[str, int]
    few: dict[str, tuple[int, bool]]
    parts: dict[str, float]
    times: frozenset[str]
    plurals: dict[str, int]
    vague: tuple[tuple[re.Pattern[str], Bounds], ...]
    bounds: re.Pattern[str]
    bound: tuple[tuple[re.Pattern[str], str], ...]
    after: tuple[tuple[re.Pattern[str], str], ...]
    not_before: tuple[tuple[re.Pattern[str], frozenset[str]], ...]
    not_after: tuple[tuple[re.Pattern[str], frozenset[str]], ...]
    none: re.Pattern[str]
    rise: re.Pattern[str]
    people: frozenset[str]
    things: frozenset[str]
    boundary: frozenset[str]
    singular: frozenset[str]
    many: frozenset[str]


def plurals_of(word: str) -> tuple[str, ...]:
    """The word and its regular plurals, lower case."""
    word = word.lower()
    return (word, word + "s", word + "es", *((word[:-1] + "ies",) if word.endswith("y") else ()))


def _entries(role: str) -> list[Entry]:
    return [entry for entry in load("numbers") if entry.value["is"] == role]


def _source(entry: Entry, before: str = "", after: str = "") -> str:
    words = [before + any_of(entry.words) + after] if entry.words else []
    return "(?:" + "|".join([*words, *([entry.pattern] if entry.pattern else [])]) + ")"


@cache
def _words() -> _Words:
    values = {w: n for e in _entries("cardinal") for w, n in zip(e.words, e.value["n"], strict=True)}
    times = {w: n for e in _entries("times") for w, n in zip(e.words, e.value["n"], strict=True)}
    plurals = {w: n for e in _entries("plural") for w, n in zip(e.words, e.value["n"], strict=True)}
    few = {w: (e.value["n"], bool(e.value.get("exact"))) for e in _entries("few") for w in e.words}
    parts = {w: e.value["n"] for e in _entries("part") for w in e.words}
    vague: list[tuple[re.Pattern[str], Bounds]] = [
        (re.compile(_source(e), re.I), (e.value["n"], None)) for e in _entries("vague")
    ]
    vague += [(re.compile(any_of([w]), re.I), (n, n)) for w, (n, exact) in few.items() if exact]

    tens = [w for w, n in values.items() if n >= 20]
    units = [w for w, n in values.items() if n < 10]
    small = rf"(?:{any_of(tens)}(?:[\s-]+{any_of(units)}\b)?|{any_of(values)})"
    multiple = any_of(times)
    vague_word = any_of({w for e in _entries("vague") for w in e.words})
    large = any_of(w for w in plurals if plurals[w] >= 200)
    alternatives = (
        rf"(?P<plural>(?:{vague_word}\s+)?{any_of(plurals)}(?:\s+(?:of\s+)?{large})?)\b",
        rf"(?P<scaled>(?:{any_of([*parts, *few])}|an?|{small}|{_DIGITS})(?:[\s-]+{multiple}\b){{1,2}}"
        rf"(?:[\s-]+(?:and[\s-]+)?{small}(?:[\s-]+{multiple}\b){{0,2}}){{0,4}})\b",
        rf"(?P<plain>{small}\b|{_DIGITS}(?:(?:mn|m|k)(?=\s+[a-z]{{4}}))?)",
        rf"(?P<bare>{any_of(w for w in times if w != 'score')})\b",
        "(?P<vague>" + "|".join(p.pattern for p, _ in vague) + rf")(?!\w)(?!\s+(?:\d|{small}\b|{multiple}\b))",
    )
    bounds = _entries("bound")

    def only(entry: Entry) -> frozenset[str]:
        return frozenset(entry.value.get("only") or ())

    def joined(
        sources: Iterable[tuple[frozenset[str], str]], after: str = ""
    ) -> tuple[tuple[re.Pattern[str], frozenset[str]], ...]:
        """One expression for the entries that hold for the same words."""
        found: dict[frozenset[str], list[str]] = {}
        for words, source in sources:
            found.setdefault(words, []).append(source)
        return tuple((re.compile(f"(?:{'|'.join(of)}){after}", re.I), words) for words, of in found.items())

    return _Words(
        number=re.compile(r"(?<![\w])(?:" + "|".join(alternatives) + ")", re.I),
        values={**values, **times},
        few=few,
        parts=parts,
        times=frozenset(times),
        plurals=plurals,
        vague=tuple(vague),
        bounds=re.compile(r"(?:(?<![\w])" + any_of(w for e in bounds for w in e.words) + r"\s+[\"“‘']?)+$", re.I),
        bound=tuple((re.compile(r"(?<!\w)" + any_of(e.words) + r"(?!\w)", re.I), e.value["makes"]) for e in bounds),
        after=tuple((re.compile(_source(e), re.I), e.value["makes"]) for e in _entries("after")),
        not_before=joined(((only(e), _source(e)) for e in _entries("not-before")), after="$"),
        not_after=joined((only(e), _source(e, r"[\s-]*", r"(?!\w)")) for e in _entries("not-after")),
        none=re.compile(r"\s*" + _entries("none")[0].pattern, re.I),  # type: ignore[operator]
        rise=re.compile(_entries("rise")[0].pattern or "", re.I),
        people=frozenset(p for e in _entries("people") for w in e.words for p in plurals_of(w)),
        things=frozenset(p for e in _entries("thing") for w in e.words for p in plurals_of(w)),
        boundary=frozenset(w for e in _entries("boundary") for w in e.words),
        singular=frozenset(w for e in _entries("singular") for w in e.words),
        many=frozenset(w.lower() for e in _entries("many") for w in e.words),
    )


def find_numbers(text: str, start: int = 0, end: int | None = None) -> list[Number]:
    """The numbers of people in `text[start:end]`, in order; offsets are those of `text`."""
    return list(_find(text, start, len(text) if end is None else end))


@lru_cache(maxsize=1024)  # the same stretches are asked for from several statements
def _find(text: str, start: int, end: int) -> tuple[Number, ...]:
    words = _words()
    out: list[Number] = []
    at = start
    while at < end:
        match = words.number.search(text, at, end)
        if match is None:
            break
        at = match.end()
        low, high = _value(match)
        stop = match.end()
        other = _TO.match(text, stop, end)
        second = words.number.match(text, other.end(), end) if other else None
        between = text[max(start, match.start() - 8) : match.start()].lower().endswith("between ")
        if other and second and second.lastgroup in ("plain", "scaled") and low is not None:
            top = _value(second)[1]
            joined = "and" in other.group().lower()
            if top is not None and top > low and joined == between:
                rising = text[max(0, match.start() - 45) : match.start()]
                if rising.lower().endswith("from ") and words.rise.search(rising[:-5]):
                    low = top
                high, stop, at = top, second.end(), second.end()
        number = _checked(text, start, end, match, stop, low, high)
        if number is not None:
            out.append(number)
    return tuple(out)


def _checked(
    text: str, start: int, end: int, match: re.Match[str], stop: int, low: int | None, high: int | None
) -> Number | None:
    """The number with its bounding words, or None where it counts no people."""
    words, core, form = _words(), match.start(), match.group().lower()
    left = text[max(start, core - _LONGEST_BOUND) : core]
    found = words.bounds.search(left)
    first = core - len(left) + found.start() if found else core
    for pattern, only in words.not_before:
        if (not only or form in only) and any(pattern.search(text, max(0, at - 30), at) for at in {first, core}):
            return None
    for pattern, only in words.not_after:
        if (not only or form in only) and pattern.match(text, stop):
            return None
    aged = _AGE_BEFORE.search(text, max(start, core - 6), core) and _AGE_AFTER.match(text, stop)
    if aged and match.group().isdigit():
        return None
    makes = {how for pattern, how in words.bound if found and pattern.search(found.group())}
    for pattern, how in words.after:
        suffix = pattern.match(text, stop, end)
        if suffix and not words.number.match(text, suffix.end() + 1):  # "in 2014 | at least 12"
            makes.add(how)
            stop = suffix.end()
    of = _counted(text, stop, end, low)
    if of == "thing":
        return None
    like_year = match.group().isdigit() and low in _YEARS and not makes & {"low", "high"}
    if like_year and (of != "people" or _BEFORE_YEAR.search(text, max(0, first - 10), first)):
        return None
    if "low" in makes:
        high = None
    elif "high" in makes and high is not None:
        low = None
    return Number(first, stop, low, high, core, of)


def _value(match: re.Match[str]) -> Bounds:
    words, form = _words(), re.sub(r"\s+", " ", match.group().lower())
    kind = match.lastgroup
    if kind == "vague":
        return next(value for pattern, value in words.vague if pattern.fullmatch(form))
    if kind == "plural":
        said = [words.plurals[w] for w in form.split() if w in words.plurals]
        return said[0] * (said[1] // 2 if len(said) > 1 else 1), None
    high_too = True
    total, current = 0.0, 0.0
    for word, (n, exact) in sorted(words.few.items(), key=lambda item: -len(item[0])):
        if form.startswith(word + " "):
            current, high_too, form = float(n), exact, form[len(word) :]
            break
    for word, part in words.parts.items():
        if form.startswith(word):
            current, form = part, form[len(word) :]
    for token in _TOKEN.findall(form):
        if token[0].isdigit():
            current += _digits(token)
        elif token in words.times:
            factor = words.values[token]
            current = (current or 1) * factor
            if factor >= 1000:
                total, current = total + current, 0.0
        else:
            current += words.values.get(token, 0)
    n = round(total + current)
    return n, n if high_too else None


def _digits(token: str) -> float:
    factor = 1_000_000 if token.endswith(("m", "mn")) else 1000 if token.endswith("k") else 1
    token = token.rstrip("mnk")
    if re.fullmatch(_GROUPED, token):
        return float(re.sub(r"\D", "", token))
    return float(token) * factor


def _counted(text: str, at: int, end: int, n: int | None) -> str:
    """What the number that ends at `at` counts: `people`, `thing`, or nothing said."""
    words, seen = _words(), ""
    for count, match in enumerate(_NEXT.finditer(text[at : min(end, at + 120)])):
        word = match.group().lower()
        if count == 0 and word == "of":
            continue
        if word in words.people:
            return "people"
        if seen == "things":
            break
        if not word[0].isalpha() or word in words.boundary or count >= _WORDS_TO_NOUN:
            break
        if word in words.things:
            seen = "things" if n != 1 and word.endswith("s") else "thing"
    return seen and "thing"


def people_words() -> frozenset[str]:
    """Words that name people, with their plurals, lower case."""
    return _words().people


def thing_words() -> frozenset[str]:
    """Words that name what is no person, with their plurals, lower case."""
    return _words().things


def read_number(words: str) -> Bounds | None:
    """How many people a mention means, or None where it means nobody ("no casualties").

    A mention without a number is one person where its words are singular, else at least one.
    """
    lexicon = _words()
    if lexicon.none.match(words):
        return None
    numbers = find_numbers(words)
    tokens = [token.lower() for token in _WORD.findall(words)]
    first = tokens[0] if tokens else ""
    if numbers:
        number = numbers[0]
        lead = words[: number.start].strip().lower()
        grouped = re.fullmatch(r"an?\s+.*\bof", lead)
        if not (first in ("a", "an") and lead and not grouped):
            return number.low, number.high
    if first in lexicon.singular or (tokens and _is_one(tokens)):
        collective = _head(tokens) in lexicon.many and len(tokens) > 1
        return 1, None if collective else 1
    return 1, None


def _head(tokens: list[str]) -> str:
    """The noun of a phrase: its last word before a preposition, a relative or the end."""
    stop = next((i for i, token in enumerate(tokens) if i and token in _words().boundary), len(tokens))
    return tokens[stop - 1]


def _is_one(tokens: list[str]) -> bool:
    lexicon, head = _words(), _head(tokens)
    if "and" in tokens or "or" in tokens or head in lexicon.many:
        return False
    return not re.search(r"(?<!s)s$", head)
