"""When: finds the time expressions of a report, says what they mean, and gives each statement its time.

Times are found by the patterns of lexicon/en/times.yaml and valued as TIMEX3. What they are reckoned from is the
report's own date (`Text.today`), or where a text has none, or tells of times long past, the time told before. Nothing
is made up: with no date to reckon from the value says what is known ("XXXX-WXX-3"), low and high stay None, and
`offset` keeps the distance from the unknown day of publication ("P-2D").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from contested.lexicon import load
from contested.reading import dates
from contested.reading.dates import Period
from contested.reading.draft import Draft, Words
from contested.reading.meaning import UNRESOLVED, Clock, Meaning
from contested.reading.patterns import Match, grammar, plain
from contested.reading.relative import MEANINGS
from contested.statement import Said, When
from contested.text.layout import Text

#: What codes `when` by rule alone, in `Draft.by`.
RULE = "rule:when"


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


@dataclass(frozen=True, slots=True)
class Seen:
    """A time in its place: the match, its sentence, the clock it was read by, and what it means."""

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
        raw[seen.start : seen.end], seen.start, seen.end, meaning.type, meaning.value, _iso(low), _iso(high),
        meaning.basis, meaning.offset, f"time:{seen.match.rule.id}",
    )  # fmt: skip


def scan(text: Text) -> list[Seen]:
    """Like `find`, with those words that are a time only where a reader takes them for one ("earlier", "so far")."""
    spans = [(sentence.start, sentence.end) for sentence in text.sentences]
    return _scan(text.raw, spans, Clock(text.today, text.today_basis))


def _scan(raw: str, spans: Sequence[tuple[int, int]], clock: Clock) -> list[Seen]:
    lowered, rules = plain(raw), grammar()
    matches = [
        (n, match) for n, (start, end) in enumerate(spans) for match in rules.read(lowered, start, end)
        if _allowed(raw, match)
    ]  # fmt: skip
    if clock.today is not None:
        clock = replace(clock, history=_is_history([match for _, match in matches], clock.today))
    out: list[Seen] = []
    for n, match in matches:
        for one in _parts(match):
            here = replace(clock, future=is_future(lowered, *spans[n], one.start, one.end))
            if meaning := _mean(one, here):
                out.append(Seen(one, n, here, meaning))
                if _leads_on(meaning):
                    clock = replace(clock, context=meaning.period)
    return out


def _mean(match: Match, clock: Clock) -> Meaning | None:
    return MEANINGS[match.rule.value["is"]](match, clock)


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


def _leads_on(meaning: Meaning) -> bool:
    period = meaning.period
    return period is not None and period.grain in ("day", "week", "month", "season", "year") and meaning.type != "SET"


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


@dataclass(frozen=True, slots=True)
class _Cues:
    """Regular expressions over plain text for the words beside a time (lexicon/en/time_cues.yaml)."""

    bound: re.Pattern[str]
    far: re.Pattern[str]
    bounds: dict[str, str]
    clause: re.Pattern[str]
    join: re.Pattern[str]
    lead: re.Pattern[str]
    tense: re.Pattern[str]
    tenses: dict[str, str]


@cache
def _cues(language: str = "en") -> _Cues:
    entries = load("time_cues", language)

    def words(key: str, wanted: object = None) -> dict[str, str]:
        return {
            word: entry.value[key]
            for entry in entries
            if key in entry.value and (wanted is None or entry.value.get(wanted))
            for word in entry.words
        }

    def either(some: dict[str, str]) -> str:
        return "|".join(re.escape(word).replace(r"\ ", " +") for word in sorted(some, key=len, reverse=True))

    bounds, tenses, leads = words("bound"), words("tense"), words("lead")
    patterns = [entry.pattern for entry in entries if "tense" in entry.value and entry.pattern]
    return _Cues(
        bound=re.compile(rf"\b({either(bounds)}) +(?:the +|about +|around +)?$"),
        far=re.compile(rf"\b({either(words('bound', 'far'))}) [^,.;:()]{{0,90}}$"),
        bounds=bounds,
        clause=re.compile(rf",? +(?:{either(words('clause'))})\b"),
        join=re.compile(rf"\s*(?:{either(words('join'))})\s*(?:on |in |the )?\s*"),
        lead=re.compile(rf"(?:\b(?:{either(leads | bounds)}) +(?:the +)?)+$"),
        tense=re.compile(rf"(?<![a-z])(?:({either(tenses)})|{'|'.join(patterns)})(?![a-z])"),
        tenses=tenses,
    )


def is_future(lowered: str, start: int, end: int, low: int, high: int) -> bool:
    """Whether the clause of the time at `lowered[low:high]` tells of what is to come.

    `lowered` is `plain` text and `start`, `end` its sentence. The nearest verb before the time decides; where none
    stands before it, the first after it. The search is kept to 160 characters on either side.
    """
    cues = _cues()
    before = None
    for before in cues.tense.finditer(lowered, max(start, low - 160), low):
        pass
    found = before or cues.tense.search(lowered, high, min(end, high + 160))
    return found is not None and found[1] is not None and cues.tenses[found[1]] == "future"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a time is asked for: the words `marked` for it begin there, the statement's `anchor` stands there."""

    marked: int
    anchor: int


def bound_of(lowered: str, start: int, low: int, high: int, spot: Spot | None = None) -> tuple[str | None, int]:
    """What the words before the time `lowered[low:high]` make of it: `from`, `to` or None, and where they begin.

    `start` is where to stop looking back: the sentence's start, or the end of the time before. In "since the war began
    in 2011" and "since 2011, when the war began", the war's beginning itself is no "since": that is what `spot` tells.
    """
    cues = _cues()
    begin = max(start, low - 110)
    before = lowered[begin:low]
    if found := cues.bound.search(before) or cues.far.search(before):
        at = begin + found.start()
        inside = spot and (at < spot.anchor < low or (spot.anchor >= high and cues.clause.match(lowered, high)))
        if not (spot and inside and spot.marked > at):
            return cues.bounds[re.sub(" +", " ", found[1])], at
    if found := cues.lead.search(before):
        return None, begin + found.start()
    return None, low


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


def _iso(day: date | None) -> str | None:
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
    seen = [one.again(future=future) for one in _scan(words, [(0, len(words))], clock)]
    start, end, basis, _ = _joined(plain(words), seen, 0)
    return _iso(start), _iso(end), basis


#: Which of several times in the same words to take: the best founded.
_RANKS = {"stated": 0, "dateline": 1, "published": 1, "context": 2, UNRESOLVED: 3}


def _joined(
    lowered: str, seen: Sequence[Seen], start: int, spot: Spot | None = None
) -> tuple[date | None, date | None, str, tuple[int, int]]:
    """Start, end, basis and extent (with the words that lead) of the time that several mentions make."""
    seen = [one for one in seen if not one.meaning.quiet] or seen
    if not seen:
        return None, None, UNRESOLVED, (start, start)
    first = min(seen, key=lambda one: (_RANKS[one.meaning.basis], one.meaning.length is not None, one.start))
    at = seen.index(first)
    while at > 0 and _cues().join.fullmatch(lowered, seen[at - 1].end, seen[at].start):
        at -= 1
    first, stop = seen[at], seen[at - 1].end if at else start
    bound, begin = bound_of(lowered, stop, first.start, first.end, spot)
    low, high = interval(first.meaning, bound, first.clock)
    end = first.end
    following = seen[at + 1] if at + 1 < len(seen) else None
    if following and first.meaning.period and following.meaning.period:
        if _cues().join.fullmatch(lowered, first.end, following.start):
            other = interval(following.meaning, None, following.clock)[1]
            low, high, end = interval(first.meaning, None, first.clock)[0], other, following.end
        elif bound == "from" and bound_of(lowered, first.end, following.start, following.end)[0] == "to":
            high, end = interval(following.meaning, "to", following.clock)[1], following.end
    basis = first.meaning.basis if low or high else UNRESOLVED
    return low, high, basis, (begin, end)


def read_when(text: Text, drafts: list[Draft]) -> None:
    """Give each draft its `when` and the date of its `said`.

    Needs `anchor`, `quote`, `modality` and the roles `when` and `said`; fills `when`, `said` and `by`. The words the
    model marked are snapped to the times found there; where it marked none, see `_nearby`.
    """
    lowered, times = plain(text.raw), scan(text)
    for draft in drafts:
        marked = draft.roles.get("when")
        if marked:
            draft.when = _read(text, lowered, times, marked, draft)
            draft.by["when"] = marked[0].by
        if said := draft.roles.get("said"):
            when = _read(text, lowered, times, said, None)
            draft.said = Said(text.raw[said[0].start : said[-1].end], when.start if when.start == when.end else None)
            draft.by["said"] = said[0].by


def _read(text: Text, lowered: str, times: Sequence[Seen], marked: Sequence[Words], draft: Draft | None) -> When:
    """The time that the marked words tell."""
    start, end = marked[0].start, max(words.end for words in marked)
    seen = [one for one in times if one.start < end and start < one.end]
    if draft and draft.modality == "future":
        seen = [one.again(future=True) for one in seen]
    sentence = text.sentence_at(start)
    stop = text.sentences[sentence].start if sentence is not None else start
    before = [one.end for one in times if one.end <= start and not one.meaning.quiet]
    spot = Spot(start, draft.anchor.start) if draft else None
    if spot and seen:
        seen = [_around(one, spot) for one in seen]
    low, high, basis, (begin, close) = _joined(lowered, seen, max([stop, *before[-1:]]), spot)
    begin, close = min(start, begin if seen else start), max(end, close)
    return When(text.raw[begin:close], _iso(low), _iso(high), basis, begin)


def _around(seen: Seen, spot: Spot) -> Seen:
    """ "A day after the raid" dates the raid; what came a day after it is of the day that it is reckoned back from."""
    day = seen.clock.told if seen.clock.history else seen.clock.today
    if seen.match.rule.value["is"] != "after" or spot.anchor > seen.start or day is None:
        return seen
    return replace(seen, meaning=replace(seen.meaning, value=day.isoformat(), period=dates.of_day(day)))
