"""When: gives each statement its time, and the date on which its source said so.

The model marks the words; they are snapped to the times that `times` finds there. Where it marks none, a rule takes the
time that stands nearest to the anchor in the quote.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from contested.reading import dates
from contested.reading.beside import Spot, cues
from contested.reading.draft import Draft, Words
from contested.reading.patterns import plain
from contested.reading.times import Seen, TimeMention, find, iso, joined, resolve, scan
from contested.statement import Said, When
from contested.text.layout import Text

__all__ = ["TimeMention", "find", "read_when", "resolve"]

#: What codes `when` by rule alone, in `Draft.by`.
RULE = "rule:when"
CARRIED = "rule:when.carried"
#: What a time may be taken for by rule alone: these kinds tell of things that happen. Set on the development gold.
_DATED = ("event", "toll", "control", "condition")
#: How sure the model must be that a tie or a view has a time: 12 in 520 have one in the development gold.
_SURE = 0.9
#: Acts on the ground that take the day of a report that names one day only; an attack does where it is told of again.
_ON_THE_DAY = ("ASSAULT", "COERCE", "AID", "REQUEST", "RETREAT", "captures")
_APART = 25  # characters between two marked times from which they are two times, not one
#: A time is looked for no farther from the anchor, in characters: it bounds the work on text without full stops.
_FAR = 2_000
_WORD = re.compile(r"\S")


class _Times:
    """The times of a report in order, none overlapping: those near some words are found without looking at all."""

    def __init__(self, seen: Sequence[Seen]) -> None:
        self.seen = seen
        self._starts, self._ends = [one.start for one in seen], [one.end for one in seen]
        self._loud = [one.end for one in seen if not one.meaning.quiet]

    def over(self, start: int, end: int) -> Sequence[Seen]:
        """Those that share a character with the words from `start` to `end`."""
        return self.seen[bisect_right(self._ends, start) : bisect_left(self._starts, end)]

    def after(self, end: int) -> Seen | None:
        """The first that begins at `end` or behind it."""
        at = bisect_left(self._starts, end)
        return self.seen[at] if at < len(self.seen) else None

    def last_end(self, start: int) -> int:
        """Where the last ends that is a time by itself, and ends before `start`; -1 where none does."""
        at = bisect_right(self._loud, start)
        return self._loud[at - 1] if at else -1


def read_when(text: Text, drafts: list[Draft]) -> None:
    """Give each draft its `when` and the date of its `said`.

    Needs `anchor`, `quote`, `modality` and the roles `when` and `said`; fills `when`, `said` and `by`. The words the
    model marked are snapped to the times found there; where it marked none, the time nearest to the anchor is taken if
    it stands in the quote, is not when somebody said so, and was marked for no other draft.
    """
    lowered, seen = plain(text.raw), scan(text)
    times = _Times(seen)
    marks = [words for draft in drafts for words in draft.roles.get("when", ())]
    taken = {one.start for words in marks for one in times.over(words.start, words.end)}
    free = _Times([one for one in seen if one.start not in taken])
    for draft in drafts:
        if said := draft.roles.get("said"):
            when = _read(text, lowered, times, said, None)
            draft.said = Said(text.raw[said[0].start : said[-1].end], _told(when))
            draft.by["said"] = said[0].by
        least = 0.0 if draft.kind in _DATED else _SURE
        marked = _one([w for w in draft.roles.get("when", ()) if w.sure >= least], times)
        if marked:
            draft.when = _read(text, lowered, times, marked, draft)
            draft.by["when"] = marked[0].by
        elif draft.kind in _DATED and (near := _nearby(text, lowered, free, draft)):
            draft.when = _read(text, lowered, times, [near], draft)
            draft.by["when"] = RULE
    _carry(text, lowered, seen, drafts)


def _carry(text: Text, lowered: str, times: Sequence[Seen], drafts: Sequence[Draft]) -> None:
    """Give the day of a report that names one day only to what it tells of that day's happening without a time.

    On the development gold 6 in 10 of these are so dated; the others have no time, next to none another one.
    """
    dated = {one.sentence for one in times if not one.meaning.quiet and one.meaning.type != "SET"}
    spoken = [one.meaning.period for one in times if one.sentence in dated and one.meaning.period]
    told: When | None = None
    if len({period.low for period in spoken if period.low}) != 1:
        return
    for draft in sorted(drafts, key=lambda d: d.anchor.start):
        n = text.sentence_at(draft.anchor.start)
        if draft.when is not None and n in dated and draft.kind in ("event", "control", "toll"):
            told = draft.when if draft.when.start == draft.when.end else None
        elif told and told.start and draft.when is None and n is not None and n not in dated:
            if draft.type not in _ON_THE_DAY or draft.modality == "future":
                continue
            if draft.type != "ASSAULT" or cues().again.search(lowered, text.sentences[n].start, text.sentences[n].end):
                draft.when, draft.by["when"] = told, CARRIED


def _one(marked: Sequence[Words], times: _Times) -> Sequence[Words]:
    """Of several times marked for one statement the surest, with the words beside it that were marked too."""
    groups: list[list[Words]] = []
    for words in sorted(marked, key=lambda w: w.start):
        if groups and words.start - groups[-1][-1].end < _APART:
            groups[-1].append(words)
        else:
            groups.append([words])
    told = [g for g in groups if times.over(g[0].start, g[-1].end)]
    return max(told or groups, key=lambda group: max(w.sure for w in group), default=())


def _told(when: When) -> str | None:
    """The day, month or year of a time, as `said` has it; None for one that is open, or none of these."""
    if not when.start or not when.end:
        return None
    if when.start == when.end:
        return when.start
    low, high = date.fromisoformat(when.start), date.fromisoformat(when.end)
    for period in (dates.of_month(low.year, low.month), dates.of_year(low.year)):
        if (period.low, period.high) == (low, high):
            return period.value
    return None


def _nearby(text: Text, lowered: str, times: _Times, draft: Draft) -> Words | None:
    """The time nearest to the anchor in its sentence, if it stands in the quote and is not when somebody said so.

    On the development gold, with its own quotes, 84 % of what this takes is right, and 15 % outside of the quote.
    """
    sentence, known = text.sentence_at(draft.anchor.start), cues()
    if sentence is None:
        return None
    begin = text.sentences[sentence].start
    best: tuple[int, Seen, str] | None = None
    for one in times.over(draft.anchor.start - _FAR, draft.anchor.end + _FAR):
        if one.sentence != sentence or one.meaning.quiet or one.meaning.type == "SET":
            continue
        made = joined(lowered, [one], begin)
        if not made.low and not made.high:
            continue
        first, second = sorted(((draft.anchor.start, draft.anchor.end), (one.start, one.end)))
        gap = lowered[first[1] : second[0]]
        if best is None or len(gap.split()) < best[0]:
            best = len(gap.split()), one, gap
    if best is None:
        return None
    _, one, gap = best
    if known.speech.search(lowered, max(begin, one.start - 25), one.start) or known.speech.match(lowered, one.end + 1):
        return None
    if draft.quote.start <= one.start < draft.quote.end and not known.speech.search(gap):
        return Words(one.start, one.end, RULE)
    return None


def _read(text: Text, lowered: str, times: _Times, marked: Sequence[Words], draft: Draft | None) -> When:
    """The time that the marked words tell."""
    start, end = marked[0].start, max(words.end for words in marked)
    if (led := times.after(end)) and not _WORD.search(lowered, end, led.start):
        end = led.end  # "on | Thursday"
    seen = list(times.over(start, end))
    if draft and draft.modality == "future":
        seen = [one.again(future=True) for one in seen]
    if draft and draft.said and draft.said.date and len(draft.said.date) == len("2000-01-01"):
        seen = [_as_of(one, date.fromisoformat(draft.said.date)) for one in seen]
    sentence = text.sentence_at(start)
    stop = text.sentences[sentence].start if sentence is not None else start
    spot = Spot(start, draft.anchor.start) if draft else None
    if spot and seen:
        seen = [_around(one, spot) for one in seen]
    made = joined(lowered, seen, max(stop, times.last_end(start)), spot)
    begin, close = min(start, made.extent[0] if seen else start), max(end, made.extent[1])
    return When(
        text.raw[begin:close], iso(made.low), iso(made.high), made.basis, begin,
        type=made.meaning.type if made.meaning else None, value=made.meaning.value if made.meaning else None,
        offset=made.meaning.offset if made.meaning and not (made.low or made.high) else None,
    )  # fmt: skip


def _as_of(seen: Seen, said: date) -> Seen:
    """A length of time up to now ("in the past two days"), counted from the day on which its source said so."""
    if seen.meaning.length is None or seen.clock.today is None or seen.clock.history:
        return seen
    return replace(seen, clock=replace(seen.clock, today=said))


def _around(seen: Seen, spot: Spot) -> Seen:
    """ "A day after the raid" dates the raid; what came a day after it is of the day that it is reckoned back from."""
    day = seen.clock.told if seen.clock.history else seen.clock.today
    if seen.match.rule.value["is"] != "after" or spot.anchor > seen.start or day is None:
        return seen
    return replace(seen, meaning=replace(seen.meaning, value=day.isoformat(), period=dates.of_day(day)))
