"""Stretches of the calendar: what a day, a week, a season or an early August is, in days and in TIMEX3 values.

Everything here is arithmetic; no words are read. Values follow TIMEX3 as TimeML and the TIMEX2 standard write them
("2016-11-30", "2016-W48", "2016-SU", "201", "19", "BC0480-08"). Years before Christ have a value and no dates, for
`datetime.date` begins with the year 1.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import date, timedelta

#: Letters that ISO 8601 durations give a unit, and whether it stands behind the T.
LETTERS = {"second": "TS", "minute": "TM", "hour": "TH", "day": "D", "night": "D", "week": "W", "weekend": "W",
           "month": "M", "quarter": "Q", "season": "Q", "year": "Y", "decade": "DE", "century": "CE"}  # fmt: skip

#: The months a season begins with; winter belongs to the year that it begins in.
SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days: its TIMEX3 `value`, first and last day (inclusive), and the `grain` it is told in.

    `year`, `month` and `day` are what is known of them, for later words to lean on ("the next day", "that year").
    `since` is the day that "since" this period begins with, where that is not its first ("since mid-January").
    """

    value: str
    low: date | None
    high: date | None
    grain: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    since: date | None = None

    @property
    def opens(self) -> date | None:
        """The day that "since" this period begins with."""
        return self.since or self.low


def year_value(year: int) -> str:
    """Four digits, with BC before those before Christ (-480 is 480 BC)."""
    return f"BC{-year:04d}" if year < 0 else f"{year:04d}"


def safe(year: int, month: int, day: int) -> date | None:
    """The date, or None where the calendar (or `datetime.date`) has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def of_day(day: date) -> Period:
    return Period(day.isoformat(), day, day, "day", day.year, day.month, day.day)


def of_parts(year: int, month: int, day: int) -> Period:
    """A day of any era; one that the calendar does not have ("31 April") has a value and no dates."""
    known = safe(year, month, day)
    value = known.isoformat() if known else f"{year_value(year)}-{month:02d}-{day:02d}"
    return Period(value, known, known, "day", year, month, day)


def of_month(year: int, month: int) -> Period:
    value = f"{year_value(year)}-{month:02d}"
    if not 1 <= year <= 9999:
        return Period(value, None, None, "month", year, month)
    last = calendar.monthrange(year, month)[1]
    return Period(value, date(year, month, 1), date(year, month, last), "month", year, month)


def of_year(year: int) -> Period:
    if not 1 <= year <= 9999:
        return Period(year_value(year), None, None, "year", year)
    return Period(year_value(year), date(year, 1, 1), date(year, 12, 31), "year", year)


def of_years(first: int, last: int, value: str, grain: str) -> Period:
    """Whole years `first` to `last`: decades and centuries."""
    return Period(value, safe(first, 1, 1), safe(last, 12, 31), grain, first)


def of_decade(first: int) -> Period:
    """The decade that begins with the year `first` (1990, or -480 for the 480s BC)."""
    value = f"BC{-first // 10:03d}" if first < 0 else f"{first // 10:03d}"
    return of_years(first, first + 9, value, "decade")


def of_century(number: int, *, before_christ: bool = False) -> Period:
    """The `number`th century, by its hundreds (the 19th is 1800 to 1899, as TIMEX3 counts)."""
    if before_christ:
        return Period(f"BC{number - 1:02d}", None, None, "century", -number * 100)
    return of_years((number - 1) * 100, number * 100 - 1, f"{number - 1:02d}", "century")


def of_season(year: int, code: str) -> Period:
    """Three whole months: "SP", "SU", "FA", or "WI" from December of `year` to February."""
    value, month = f"{year_value(year)}-{code}", SEASONS[code]
    low = safe(year, month, 1)
    if low is None:
        return Period(value, None, None, "season", year, month)
    last = of_month(year + 1, 2) if code == "WI" else of_month(year, month + 2)
    return Period(value, low, last.high, "season", year, month)


def of_week(day: date) -> Period:
    """The week, Monday to Sunday, that `day` lies in."""
    monday = day - timedelta(days=day.weekday())
    year, week, _ = day.isocalendar()
    sunday = monday + timedelta(days=6)
    return Period(f"{year:04d}-W{week:02d}", monday, sunday, "week", monday.year, monday.month, monday.day)


def of_weekend(day: date) -> Period:
    """Saturday and Sunday of the week that `day` lies in."""
    week = of_week(day)
    assert week.low is not None
    return replace(week, value=f"{week.value}-WE", low=week.low + timedelta(days=5), grain="weekend")


def of_part(year: int, part: str) -> Period:
    """A quarter ("Q1" to "Q4") or a half ("H1", "H2") of a year."""
    months, n = (3 if part[0] == "Q" else 6), int(part[1])
    value = f"{year_value(year)}-{part}"
    low, high = of_month(year, (n - 1) * months + 1).low, of_month(year, n * months).high
    return Period(value, low, high, "quarter" if part[0] == "Q" else "half", year, (n - 1) * months + 1)


def of_unit(day: date, unit: str) -> Period:
    """The calendar unit of that name that `day` lies in."""
    if unit == "week":
        return of_week(day)
    if unit == "weekend":
        return of_weekend(day)
    if unit == "month":
        return of_month(day.year, day.month)
    if unit == "quarter":
        return of_part(day.year, f"Q{(day.month + 2) // 3}")
    if unit == "year":
        return of_year(day.year)
    if unit == "decade":
        return of_decade(day.year // 10 * 10)
    if unit == "century":
        return of_century(day.year // 100 + 1)
    return of_day(day)


def shift(day: date, n: float, unit: str) -> date | None:
    """`n` units on (or back): months and years keep the day of the month where it exists, else the month's last.

    Hours and minutes move by whole days, rounded; None where the calendar ends.
    """
    try:
        if unit in ("second", "minute", "hour"):
            hours = n * {"second": 1 / 3600, "minute": 1 / 60, "hour": 1}[unit]
            return day + timedelta(days=round(hours / 24))
        if unit in ("day", "night"):
            return day + timedelta(days=round(n))
        if unit in ("week", "weekend"):
            return day + timedelta(days=round(7 * n))
        months = round(n * {"month": 1, "quarter": 3, "season": 3, "year": 12, "decade": 120, "century": 1200}[unit])
        year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
        return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
    except (OverflowError, ValueError, calendar.IllegalMonthError):
        return None


def duration(n: float | None, unit: str, sign: str = "") -> str:
    """TIMEX3 duration: `duration(2, "day")` is P2D, `duration(None, "hour")` PTXH, `duration(1, "day", "-")` P-1D.

    Half an hour is 30 minutes, as TimeML writes it.
    """
    if unit == "hour" and n == 0.5:
        n, unit = 30, "minute"
    letters = LETTERS[unit]
    amount = "X" if n is None else f"{n:g}"
    if unit == "quarter" and n is not None:
        letters = "Q"
    return f"P{'T' if letters[0] == 'T' else ''}{sign}{amount}{letters.lstrip('T')}"


def edge(period: Period, side: str) -> Period:
    """The early, middle or late stretch of a period; the value stays the period's own.

    Sides are `early`, `mid`, `late`, and `start` and `end` for its first and last part. A year is early to the end of
    April and late from October on, a month in thirds, as the codebook's coders read them. "Since mid-January"
    begins on the 15th, "since the end of July" on its last day: that is `since`.
    """
    if period.low is None or period.high is None:
        return period
    low, high, since = period.low, period.high, None
    if period.grain == "year":
        first, last = {"early": (1, 4), "start": (1, 1), "mid": (6, 8), "late": (10, 12), "end": (12, 12)}[side]
        last_day = calendar.monthrange(low.year, last)[1]
        low, high = date(low.year, first, 1), date(low.year, last, last_day)
    elif period.grain == "month":
        first, last = {"early": (1, 10), "start": (1, 10), "mid": (11, 20), "late": (21, 31), "end": (21, 31)}[side]
        since = {"mid": low.replace(day=15), "end": high}.get(side)
        low, high = low.replace(day=first), low.replace(day=min(last, high.day))
    elif period.grain == "week":
        low += timedelta(days={"late": 4, "end": 4}.get(side, 0))
    elif period.grain in ("decade", "century"):
        years = (high.year - low.year + 1) // 10
        first, last = {"early": (0, 3), "start": (0, 1), "mid": (4, 6), "late": (7, 9), "end": (9, 9)}[side]
        low, high = date(low.year + first * years, 1, 1), date(low.year + (last + 1) * years - 1, 12, 31)
    return replace(period, low=low, high=high, since=since)


def weekday_near(today: date, weekday: int, *, future: bool) -> date:
    """The nearest such day (Monday is 0) at or before `today`; at or after it for the future."""
    if future:
        return today + timedelta(days=(weekday - today.weekday()) % 7)
    return today - timedelta(days=(today.weekday() - weekday) % 7)


def year_near(today: date, month: int, day: int | None, *, future: bool) -> int:
    """The year of the nearest such month or day at or before `today`; at or after it for the future.

    A day within a fortnight of today is meant even against the tense, where the other lies a year away: who
    writes "on March 15" on the tenth does not speak of last year's.
    """
    here, there = (today.month, today.day), (month, day if day is not None else today.day)
    year = today.year + (there < here) if future else today.year - (there > here)
    if day is None:
        return year
    other = safe(year + (-1 if future else 1), month, min(day, 28))
    return other.year if other and abs((other - today).days) <= 14 else year


def year_beside(context: date, month: int) -> int:
    """The year that puts such a month nearest to `context`; six months off, it is the later one."""
    ahead = (month - context.month) % 12
    return context.year + (context.month - 1 + ahead - (0 if ahead <= 6 else 12)) // 12
