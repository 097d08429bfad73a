"""What a matched time means: TIMEX3 type and value, the days it covers, and on what basis.

One small function per kind of pattern (`value.is` in times.yaml), each from a `Match` and a `Clock` to a `Meaning`.
The calendar itself is in `dates`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from contested.reading import dates
from contested.reading.dates import Period
from contested.reading.patterns import Match


@dataclass(frozen=True, slots=True)
class Clock:
    """What a time is reckoned from.

    `today` is the report's date and `basis` says whence it is known; `context` the time told last before; `future`
    whether the clause tells of what is to come; `history` whether the text tells of times long before its own date,
    so that what has no year leans on the context; `fresh` whether the context stands in this sentence or the last.
    """

    today: date | None
    basis: str | None = None
    context: Period | None = None
    future: bool = False
    history: bool = False
    fresh: bool = True

    @property
    def told(self) -> date | None:
        """The first day of the time told last."""
        return self.context.low if self.context else None


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a time expression means; see `TimeMention` in `when` for type, value, basis and offset.

    `period` is set for times that lie in the calendar. `length` is `(number or None, unit)` for durations, `way` how
    they lie: `past` (ending today), `next` (beginning today) or "". `current` marks a period that today lies in ("this
    year"), `part` a side of it ("earlier this year"), `span` what a reference covers (`today`, `upto` or None).
    """

    type: str
    value: str
    basis: str
    period: Period | None = None
    offset: str | None = None
    length: tuple[float | None, str] | None = None
    way: str = ""
    current: bool = False
    part: str | None = None
    span: str | None = None
    quiet: bool = False


UNRESOLVED = "unresolved"


def meant(period: Period | None, basis: str | None, match: Match, unknown: str = "XXXX-XX-XX", **more: Any) -> Meaning:
    """A DATE, or with a part of the day a TIME; `unknown` is the value where there is no period."""
    part = next((match.get(name) for name in ("part", "part2", "part3") if match.has(name)), more.pop("part", None))
    if period is None:
        value, known = unknown, UNRESOLVED
    else:
        value, known = period.value, basis or UNRESOLVED
    if part and (period is None or period.grain == "day"):
        return Meaning("TIME", f"{value}T{part}", known, period, **more)
    return Meaning("DATE", value, known, period, **more)


def _year(match: Match, clock: Clock, month: int, day: int | None = None) -> tuple[int | None, str | None]:
    """The year that the words give, or that the clock gives a month or day without one, and the basis."""
    if isinstance(year := match.get("year"), int):
        return year, "stated"
    if match.has("yy"):
        return _century(match.get("yy"), clock.today.year if clock.today else 1999), "stated"
    if which := match.get("which"):
        anchor = clock.context
        if which["from"] == "today" and not clock.history:
            return (clock.today.year + which["shift"], clock.basis) if clock.today else (None, None)
        return (anchor.year + which["shift"], "context") if anchor and anchor.year else (None, None)
    if clock.history or clock.today is None:
        if clock.told is not None and clock.context and clock.context.grain != "year":
            return dates.year_beside(clock.told, month), "context"
        if clock.context and clock.context.year:
            return clock.context.year, "context"
        return None, None
    return dates.year_near(clock.today, month, day, future=clock.future), clock.basis


def _century(short: int, latest: int) -> int:
    """The latest year with these two last digits that is no more than five years after `latest`."""
    year = latest // 100 * 100 + short
    return year if year <= latest + 5 else year - 100


def _date(match: Match, clock: Clock) -> Meaning:
    day = int(match.get("day") if match.has("day") else match.get("dd"))
    month = match.get("month") if match.has("month") else match.get("mm")
    if month is None:
        told = clock.context
        if told and told.year and told.month:
            return meant(dates.of_parts(told.year, told.month, day), "context", match)
        if clock.today is None:
            return meant(None, None, match)
        near = (
            clock.today
            if (day <= clock.today.day) != clock.future
            else clock.today + timedelta(days=31 if clock.future else -clock.today.day)
        )
        return meant(dates.of_parts(near.year, near.month, day), clock.basis, match)
    year, basis = _year(match, clock, int(month), day)
    if year is None:
        return meant(None, None, match, f"XXXX-{month:02d}-{day:02d}")
    return meant(dates.of_parts(year, int(month), day), basis, match)


def _slashed(match: Match, clock: Clock) -> Meaning | None:
    a, b, year = int(match.get("a")), int(match.get("b")), int(match.get("year"))
    options = {found for found in (dates.safe(year, b, a), dates.safe(year, a, b)) if found}
    if len(options) == 2 and clock.today:
        near = {day for day in options if abs((day - clock.today).days) <= 14}
        options = near or options
    if len(options) == 1:
        return meant(dates.of_day(options.pop()), "stated", match)
    if not options:
        return None
    return meant(None, None, match, f"{year}-XX-XX")


def _month(match: Match, clock: Clock) -> Meaning:
    month, which = int(match.get("month")), match.get("which")
    if which and match.slots["which"][1] < match.slots["month"][1]:
        year, basis = _which_year(which, clock, month)
    else:
        year, basis = _year(match, clock, month)
    if year is None:
        return meant(None, None, match, f"XXXX-{month:02d}")
    period = dates.of_month(year, month)
    return meant(dates.edge(period, match.get("edge")) if match.get("edge") else period, basis, match)


def _which_year(which: dict[str, Any], clock: Clock, month: int) -> tuple[int | None, str | None]:
    """The year of "last March", "the previous April", "next summer", "this May"."""
    shift = which["shift"]
    if clock.today and not clock.history and which["from"] == "today":
        here = clock.today.month
        if shift < 0:
            return clock.today.year - (month >= here), clock.basis
        return clock.today.year + (shift > 0 and month <= here), clock.basis
    anchor = clock.context
    if anchor is None or anchor.year is None:
        return None, None
    here = anchor.month or 1
    if shift < 0:
        return anchor.year - (month >= here), "context"
    return anchor.year + (shift > 0 and month <= here), "context"


def _week_of_month(match: Match, clock: Clock) -> Meaning:
    month = int(match.get("month"))
    year, basis = _year(match, clock, month)
    if year is None or (whole := dates.of_month(year, month)).low is None or whole.high is None:
        return Meaning("DURATION", "P1W", UNRESOLVED, length=(1, "week"))
    if match.has("final"):
        low = whole.high - timedelta(days=6)
    else:
        low = whole.low + timedelta(days=7 * (min(int(match.get("nth")), 4) - 1))
    period = replace(dates.of_week(low), value="P1W", low=low, high=low + timedelta(days=6))
    return Meaning("DURATION", "P1W", basis or UNRESOLVED, period)


def _season(match: Match, clock: Clock) -> Meaning:
    code, which = match.get("season"), match.get("which")
    month = dates.SEASONS[code]
    if which and match.slots["which"][1] < match.slots["season"][1]:
        year, basis = _which_year(which, clock, month)
    else:
        year, basis = _year(match, clock, month)
    if year is None:
        return meant(None, None, match, f"XXXX-{code}")
    period = dates.of_season(year, code)
    return meant(period, basis, match)


def _plain_year(match: Match, clock: Clock) -> Meaning:
    year = match.get("year") or match.get("year3")
    if not isinstance(year, int):
        latest = clock.told.year if clock.told else (clock.today.year if clock.today else 1999)
        year = _century(int(match.get("yy")), latest)
    period = dates.of_year(year)
    return meant(dates.edge(period, match.get("edge")) if match.get("edge") else period, "stated", match)


def _before_christ(match: Match, clock: Clock) -> Meaning:
    year = -int(match.get("bcyear"))
    if match.has("decade"):
        period = dates.of_decade(year)
    elif match.has("season"):
        period = dates.of_season(year, match.get("season"))
    elif match.has("month") and match.has("day"):
        period = dates.of_parts(year, match.get("month"), match.get("day"))
    elif match.has("month"):
        period = dates.of_month(year, match.get("month"))
    else:
        period = dates.of_year(year)
    return meant(period, "stated", match)


def _decade(match: Match, clock: Clock) -> Meaning:
    decade = int(match.get("decade"))
    period = dates.of_decade(decade if decade > 99 else 1900 + decade)
    return meant(dates.edge(period, match.get("edge")) if match.get("edge") else period, "stated", match)


def _century_of(match: Match, clock: Clock) -> Meaning:
    number = int(match.get("ordinal") if match.has("ordinal") else match.get("nth"))
    period = dates.of_century(number, before_christ=match.has("bc"))
    return meant(dates.edge(period, match.get("edge")) if match.get("edge") else period, "stated", match)


def _part_of_year(match: Match, clock: Clock) -> Meaning:
    letter = "H" if match.get("piece") == "half" else "Q"
    n = int(match.get("nth")) if match.has("nth") else (2 if letter == "H" else 4)
    year, basis = (clock.today.year, clock.basis) if match.has("the") and clock.today else _year(match, clock, 1)
    if year is None or n > (2 if letter == "H" else 4):
        return meant(None, None, match, f"XXXX-{letter}{n}")
    return meant(dates.of_part(year, f"{letter}{n}"), basis, match)


def _quarter(match: Match, clock: Clock) -> Meaning | None:
    n = int(match.get("nth"))
    if n > 4:
        return None
    year, basis = _year(match, clock, 3 * n - 2)
    return meant(dates.of_part(year, f"Q{n}") if year else None, basis, match, f"XXXX-Q{n}")


def _unknown(match: Match, clock: Clock) -> Meaning:
    return Meaning("DATE", "XXXX", UNRESOLVED)


def _feast(match: Match, clock: Clock) -> Meaning:
    month, day = match.get("feast")
    year, basis = _year(match, clock, month, day)
    return meant(dates.of_parts(year, month, day) if year else None, basis, match, f"XXXX-{month:02d}-{day:02d}")


#: Kind of pattern (`value.is`) → its function, for what lies in the calendar by its own words. None is no time.
CALENDAR: dict[str, Callable[[Match, Clock], Meaning | None]] = {
    "date": _date, "slashed": _slashed, "month": _month, "week_of_month": _week_of_month, "season": _season,
    "year": _plain_year, "before_christ": _before_christ, "decade": _decade, "century": _century_of,
    "part_of_year": _part_of_year, "quarter": _quarter,
    "unknown": _unknown, "feast": _feast,
}  # fmt: skip
