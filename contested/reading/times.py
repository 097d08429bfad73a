"""The times of a report: finds time expressions, says what they mean, and which days they cover.

Times are found by the patterns of lexicon/en/times.yaml and valued as TIMEX3. What they are reckoned from is the
report's own date (`Text.today`), or where a text has none, or tells of times long past, the time told before. Nothing
is made up: with no date to reckon from the value says what is known ("XXXX-WXX-3"), low and high stay None, and
`offset` keeps the distance from the unknown day of publication ("P-2D").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from contested.reading import dates
from contested.reading.beside import Spot, bound_of, cues, is_future
from contested.reading.dates import Period
from contested.reading.meaning import UNRESOLVED, Clock, Meaning
from contested.reading.patterns import Match, grammar, plain
from contested.reading.relative import MEANINGS
from contested.text.layout import Text

#: A block that is nothing but a year or two: a heading that dates what follows, and so it does speak of times.
_YEARS = re.compile(r"\s*\d{4}(?:\s?[-–—/]\s?\d{2,4})?:?\s*")


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A time expression: `report.text[start:end] == text`.

    `type` is DATE, TIME, DURATION or SET and `value` its TIMEX3 value. `low` and `high` are the ISO dates it covers
    (inclusive; None where not known), `basis` says why: `stated`, `dateline`, `published`, `context` or `unresolved`.
    `offset` is the distance from the day of publication where the words tell it. `rule` is the lexicon entry.
    """

    text: str
    start: int
    end: int
    type: str
    value: str
    low: str | None
    high: str | None
    basis: str
    offset: str | None
    rule: str

    def to_json(self) -> dict[str, Any]:
        """All fields; `low`, `high` and `offset` also where they are null."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Seen:
    """A time in its place: the match, its sentence (-1 in a heading), the clock it was read by, what it means."""

    match: Match
    sentence: int
    clock: Clock
    meaning: Meaning

    @property
    def start(self) -> int:
        return self.match.start

    @property
    def end(self) -> int:
        return self.match.end

    def again(self, *, future: bool) -> Seen:
        """The same words, read as telling of what is to come, or of what was."""
        if future == self.clock.future:
            return self
        clock = replace(self.clock, future=future)
        return replace(self, clock=clock, meaning=_mean(self.match, clock) or self.meaning)


def find(text: Text) -> list[TimeMention]:
    """All time expressions in the sentences that speak, in order. Linear in the length of the report."""
    return [_mention(text.raw, seen) for seen in scan(text) if not seen.meaning.quiet]


def _mention(raw: str, seen: Seen) -> TimeMention:
    meaning = seen.meaning
    low, high = interval(meaning, None, seen.clock)
    return TimeMention(
        raw[seen.start : seen.end], seen.start, seen.end, meaning.type, meaning.value, iso(low), iso(high),
        meaning.basis, meaning.offset, f"time:{seen.match.rule.id}",
    )  # fmt: skip


def scan(text: Text) -> list[Seen]:
    """Like `find`, with those words that are a time only where a reader takes them for one ("earlier", "so far")."""
    spans = [(sentence.start, sentence.end, n) for n, sentence in enumerate(text.sentences)]
    spans += [
        (block.start, block.end, -1) for block in text.blocks
        if not block.speaks and _YEARS.fullmatch(text.raw, block.start, block.end)
    ]  # fmt: skip
    return _scan(text.raw, sorted(spans), Clock(text.today, text.today_basis))


def _scan(raw: str, spans: Sequence[tuple[int, int, int]], clock: Clock) -> list[Seen]:
    lowered, rules = plain(raw), grammar()
    matches = [
        (n, match) for n, (start, end, _) in enumerate(spans) for match in rules.read(lowered, start, end)
        if _allowed(raw, match)
    ]  # fmt: skip
    if clock.today is not None:
        clock = replace(clock, history=_is_history([match for _, match in matches], clock.today))
    out: list[Seen] = []
    told = -2
    for n, match in matches:
        start, end, sentence = spans[n]
        for one in _parts(match):
            future = is_future(lowered, start, end, one.start, one.end)
            here = replace(clock, future=future, fresh=n - told <= 1)
            if meaning := _mean(one, here):
                out.append(Seen(one, sentence, here, meaning))
                if _leads_on(meaning, one, here, start):
                    clock, told = replace(clock, context=meaning.period), n
    return out


def _mean(match: Match, clock: Clock) -> Meaning | None:
    try:
        return MEANINGS[match.rule.value["is"]](match, clock)
    except OverflowError:  # before the year 1 or after 9999, where the calendar of `datetime` ends
        return None


def _allowed(raw: str, match: Match) -> bool:
    """Whether a month that is also a verb ("may") may be one here: in lower case only where all the words around are.

    Rules that set `capital` want a capital, and small letters around it.
    """
    at = match.slots["month"][1] if match.has("month") else match.start
    around = raw[max(0, at - 40) : at + 40]
    if match.rule.value.get("capital"):
        return raw[at].isupper() and not around.isupper()
    if match.has("month") and raw[at].islower() and raw[at : match.slots["month"][2]].lower() in grammar().shy:
        return around.islower()
    return True


def _leads_on(meaning: Meaning, match: Match, clock: Clock, start: int) -> bool:
    """Whether later words lean on this time. In a history a look back ("as in 1812", "ten years earlier") is none."""
    period, context = meaning.period, clock.context
    if period is None or period.grain not in ("day", "week", "month", "season", "year") or meaning.type == "SET":
        return False
    if not clock.history or context is None:
        return True
    if match.rule.value["is"] in ("ago", "after") and period.grain != "day":
        return False
    back = period.grain == "year" and (period.year or 0) < (context.year or 0)
    return not back or match.start - start <= 10


def _parts(match: Match) -> Iterator[Match]:
    """The times of a match: two, where it is a range written together ("22-25 April", "1914-18")."""
    for name in ("day", "year", "bcyear"):
        second = match.slots.get(f"{name}2") or (match.slots.get("yy2") if name == "year" else None)
        if second is None:
            continue
        first = match.slots[name]
        slots = {key: slot for key, slot in match.slots.items() if key not in (f"{name}2", "yy2")}
        other = {**slots, name: second}
        if "yy2" in match.slots and name == "year":
            other = {key: slot for key, slot in other.items() if key != "year"} | {"yy": second}
            other["yy"] = (int(first[0]) // 100 * 100 + int(second[0]), *second[1:])
            other["year"] = other.pop("yy")
        if name == "day" and match.slots["month"][1] > second[1]:
            yield replace(match, end=first[2], slots=slots)
            yield replace(match, start=second[1], slots=other)
        else:
            yield replace(match, end=first[2], slots=slots)
            yield replace(match, start=second[1], slots=other)
        return
    yield match


def _is_history(matches: Sequence[Match], today: date) -> bool:
    """Whether a text tells of times long before its own date: most of its years are, and it has many of them."""
    years = [int(match.get("year")) for match in matches if isinstance(match.get("year"), int)]
    years += [-int(match.get("bcyear")) for match in matches if match.has("bcyear")]
    far = sum(today.year - year >= 2 for year in years)
    near = sum(match.rule.value["is"] in ("weekday", "dayword") for match in matches)
    return far >= 5 and far > 0.6 * len(years) and far > 2 * near


def interval(meaning: Meaning, bound: str | None, clock: Clock) -> tuple[date | None, date | None]:
    """First and last day of a time, as a statement's `when` has them; `bound` as `bound_of` gives it.

    A length of time is taken to end today ("for two years", "in the past 24 hours"), or to begin today for what is to
    come; a vague one ("for months") has one end only. A period that today lies in ends today ("this year"), except
    the week, which the codebook counts whole.
    """
    today = clock.today if not clock.history else None
    if meaning.span:
        return (today if meaning.span == "today" and bound != "to" else None), today
    if meaning.length and (meaning.way in ("age", "other") or (bound and meaning.way == "")):
        return None, None
    if meaning.length:
        return _stretch(meaning, clock, today)
    period = meaning.period
    if period is None:
        return None, None
    low, high = period.low, period.high
    if today and low and high and low <= today <= high and period.grain != "day":
        if meaning.part == "later" or (meaning.current and clock.future and period.grain != "week"):
            low = today
        elif meaning.part == "earlier" or (
            meaning.current and period.grain != "week" and period.low == _opening(period)
        ):
            high = today
    if bound == "from":
        return (period.opens if low == period.low else low), None
    return (None, high) if bound == "to" else (low, high)


def _opening(period: Period) -> date | None:
    """First day of the calendar unit; an early or late side of it that begins elsewhere is not cut at today."""
    return dates.of_unit(period.low, period.grain).low if period.low else None


def _stretch(meaning: Meaning, clock: Clock, today: date | None) -> tuple[date | None, date | None]:
    assert meaning.length is not None
    number, unit = meaning.length
    if today is None:
        return None, None
    ahead = meaning.way == "next" or (meaning.way == "" and clock.future)
    if number is None:
        small = unit in ("second", "minute", "hour")
        return (today if ahead or small else None), (today if not ahead or small else None)
    other = dates.shift(today, number if ahead else -number, unit)
    return (today, other) if ahead else (other, today)


def iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def resolve(
    words: str,
    today: date | None,
    *,
    basis: str | None = None,
    future: bool = False,
    context: Period | None = None,
) -> tuple[str | None, str | None, str]:
    """Start and end (ISO dates or None) of a statement's `when` in these words, and the basis.

    `basis` says whence `today` is known; `context` is the time told before, for "a day later". Words that name no
    known time give `(None, None, "unresolved")`.
    """
    clock = Clock(today, basis or ("published" if today else None), context, future)
    seen = [one.again(future=future) for one in _scan(words, [(0, len(words), 0)], clock)]
    made = joined(plain(words), seen, 0)
    return iso(made.low), iso(made.high), made.basis


#: Which of several times in the same words to take: the best founded.
_RANKS = {"stated": 0, "dateline": 1, "published": 1, "context": 2, UNRESOLVED: 3}


class Joined(NamedTuple):
    """The time that several mentions make: first and last day, basis, extent with the words that lead, and what the
    one mention means where it is one."""

    low: date | None
    high: date | None
    basis: str
    extent: tuple[int, int]
    meaning: Meaning | None = None


def joined(lowered: str, seen: Sequence[Seen], start: int, spot: Spot | None = None) -> Joined:
    """The time that several mentions make; `start` is where the words that may lead it begin."""
    seen = [one for one in seen if not one.meaning.quiet] or seen
    if not seen:
        return Joined(None, None, UNRESOLVED, (start, start))
    first = min(seen, key=lambda one: (_RANKS[one.meaning.basis], one.meaning.length is not None, one.start))
    at = seen.index(first)
    while at > 0 and cues().join.fullmatch(lowered, seen[at - 1].end, seen[at].start):
        at -= 1
    first, stop = seen[at], seen[at - 1].end if at else start
    bound, begin = bound_of(lowered, stop, first.start, first.end, spot)
    low, high = interval(first.meaning, bound, first.clock)
    end = first.end
    following = seen[at + 1] if at + 1 < len(seen) else None
    if following and first.meaning.period and following.meaning.period:
        if cues().join.fullmatch(lowered, first.end, following.start):
            other = interval(following.meaning, None, following.clock)[1]
            low, high, end = interval(first.meaning, None, first.clock)[0], other, following.end
        elif bound == "from" and bound_of(lowered, first.end, following.start, following.end)[0] == "to":
            high, end = interval(following.meaning, "to", following.clock)[1], following.end
    if low and high and high < low:  # "from 3 to 1 March"
        low = high = None
    basis = first.meaning.basis if low or high else UNRESOLVED
    return Joined(low, high, basis, (begin, end), first.meaning if end == first.end else None)
