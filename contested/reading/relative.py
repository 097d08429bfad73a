"""What relative times mean: weekdays, "last week", "two days ago", "for months", "now", "every day".

The other half of `meaning`: one small function per kind of pattern whose time is reckoned from today or from the time
told before it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from contested.reading import dates
from contested.reading.dates import Period
from contested.reading.meaning import CALENDAR, UNRESOLVED, Clock, Meaning, meant
from contested.reading.patterns import Match


def _anchor(clock: Clock, whence: str) -> tuple[date | None, str | None]:
    """The day that `today`, `context` or `near` (the context in a history, else today) stands for, and the basis."""
    if whence == "today" and not clock.history:
        return clock.today, clock.basis
    if whence == "near" and not clock.history and clock.today:
        return clock.today, clock.basis
    return clock.told, "context"


def _weekday(match: Match, clock: Clock) -> Meaning:
    number, which = int(match.get("weekday")), match.get("which")
    unknown = f"XXXX-WXX-{number + 1}"
    if clock.history or clock.today is None:
        if clock.told is None or clock.context is None or clock.context.grain != "day":
            return meant(None, None, match, unknown)
        return meant(dates.of_day(dates.weekday_near(clock.told, number, future=True)), "context", match)
    day: date | None = dates.weekday_near(clock.today, number, future=clock.future)
    if match.has("week"):
        week = dates.shift(clock.today, match.get("week")["shift"], "week")
        day = week + timedelta(days=number - week.weekday()) if week else None
    elif which and which["shift"]:
        future = which["shift"] > 0
        day = dates.weekday_near(clock.today, number, future=future)
        if day == clock.today:
            day = dates.shift(day, which["shift"], "week")
    elif which and clock.today.weekday() < number:
        day = dates.weekday_near(clock.today, number, future=True)
    return meant(dates.of_day(day) if day else None, clock.basis, match, unknown)


def _often_weekday(match: Match, clock: Clock) -> Meaning:
    part = f"T{match.get('part')}" if match.get("part") else ""
    return Meaning("SET", f"XXXX-WXX-{int(match.get('weekday')) + 1}{part}", UNRESOLVED)


def _dayword(match: Match, clock: Clock) -> Meaning:
    told = match.get("dayword") or match.rule.value
    if told["days"] == 0 and "part" not in told and clock.history:
        return Meaning("DATE", "PRESENT_REF", UNRESOLVED, span="today")
    offset = dates.duration(told["days"], "day")
    day = dates.shift(clock.today, told["days"], "day") if clock.today else None
    period = dates.of_day(day) if day else None
    if period and "to" in told:
        period = replace(period, high=clock.today)
    return meant(period, clock.basis, match, offset=offset, part=told.get("part"))


def _clock(match: Match, clock: Clock) -> Meaning:
    def number(*names: str) -> int:
        found = next((match.get(name) for name in names if match.has(name)), 0)
        return int(found) if isinstance(found, int | float) or str(found).isdigit() else 0

    hour, minute = number("hour", "hour4", "hourword"), number("minute", "minute4")
    half = str(match.get("half") or "")
    if half.startswith("p") and hour < 12:
        hour += 12
    elif half.startswith("a") and hour == 12:
        hour = 0
    days = match.get("dayword")["days"] if match.has("dayword") else 0
    day, basis = _day_told(clock)
    if match.has("weekday") and clock.today and not clock.history:
        day, basis = dates.weekday_near(clock.today, int(match.get("weekday")), future=clock.future), clock.basis
    elif days and clock.today:
        day, basis = dates.shift(clock.today, days, "day"), clock.basis
    return meant(dates.of_day(day) if day else None, basis, match, part=f"{hour:02d}:{minute:02d}")


def _day_told(clock: Clock) -> tuple[date | None, str | None]:
    """The day that a time of day belongs to: the one told just before, else today."""
    if clock.context and clock.context.grain == "day" and clock.told and clock.fresh:
        return clock.told, "context"
    return (None, None) if clock.history else (clock.today, clock.basis)


def _part(match: Match, clock: Clock) -> Meaning:
    which = match.get("which")
    day, basis = _day_told(clock)
    if which:
        day, basis = _anchor(clock, which["from"])
        day = dates.shift(day, which["shift"], "day") if day else None
    return meant(dates.of_day(day) if day else None, basis, match, part=match.rule.value.get("part"))


def _unit(match: Match, clock: Clock) -> Meaning:
    unit = match.get("span")
    which: dict[str, Any] = match.get("which") or match.rule.value["fallback"]
    if unit == "weekend" and not match.has("which") and clock.today and clock.today.weekday() >= 5:
        which = {**which, "shift": 0}
    rel = match.get("rel") if match.has("rel") else None
    if rel and not match.has("which") and not clock.history and clock.today:
        which = {"shift": 0, "from": "today"}
    whence = which["from"]
    if which["shift"] == 1 and whence == "today" and unit == "day" and clock.told:
        whence = "context"
    if whence == "context" and clock.context is None and unit != "day" and which["shift"]:
        whence = "today"
    offset = dates.duration(which["shift"], unit) if unit in dates.LETTERS and whence == "today" else None
    if unit in dates.SEASONS:
        return meant(clock.context, "context", match) if clock.context else meant(None, None, match)
    day, basis = _anchor(clock, whence)
    unknown = {"day": "XXXX-XX-XX", "week": "XXXX-WXX", "month": "XXXX-XX"}.get(unit, "XXXX")
    if day is None and clock.context and clock.context.year and unit == "year" and whence != "today":
        return meant(dates.of_year(clock.context.year + which["shift"]), "context", match)
    day = dates.shift(day, which["shift"], unit) if day else None
    if day is None:
        return meant(None, None, match, unknown, offset=offset)
    period = dates.of_unit(day, unit)
    current = which["shift"] == 0 and basis != "context"
    if side := match.get("edge"):
        period = dates.edge(period, side)
    return replace(meant(period, basis, match, offset=offset, current=current), part=rel)


def _day_beside(match: Match, clock: Clock) -> Meaning:
    day, basis = _anchor(clock, match.get("way")["from"])
    day = dates.shift(day, match.get("way")["sign"], "day") if day else None
    return meant(dates.of_day(day) if day else None, basis, match)


def _amount(match: Match) -> tuple[float | None, str]:
    """Number (None where vague) and unit of a length."""
    if match.has("units"):
        return None, match.get("units")
    unit = match.get("unit") or match.get("unit2")
    count = next((match.get(name) for name in ("count", "count2") if match.has(name)), 1)
    number = float(count) if isinstance(count, int | float) else None
    if number is not None and (match.has("and") or match.rule.value.get("half")):
        number += 0.5
    return number, unit


#: The calendar unit that "so many units ago" is told in, and the value where it is unknown.
_GRAINS = {
    "month": "XXXX-XX",
    "quarter": "XXXX-XX",
    "year": "XXXX",
    "decade": "XXX",
    "century": "XX",
    "week": "XXXX-WXX",
}


def _ago(match: Match, clock: Clock) -> Meaning:
    number, unit = _amount(match)
    way = match.get("way")
    sign, whence = way["sign"], way["from"]
    small = unit in ("second", "minute", "hour")
    if whence == "context" and clock.context is None and sign < 0 and not small:
        whence = "today"
    offset = dates.duration(None if number is None else sign * number, unit) if whence == "today" else None
    unknown = _GRAINS.get(unit, "XXXX-XX-XX")
    day, basis = _anchor(clock, whence)
    if number is None:
        value = "PAST_REF" if sign < 0 else "FUTURE_REF"
        high = day if sign < 0 else None
        period = Period(value, None, high, "vague") if high else None
        same = Period(day.isoformat(), day, day, "day") if small and day else None
        return Meaning("DATE", value, (basis or UNRESOLVED) if high or same else UNRESOLVED, same or period, offset)
    if day is None:
        told = clock.context
        if told and told.year and unit == "year" and whence == "context":
            return meant(dates.of_year(told.year + sign * int(number)), "context", match)
        return meant(None, None, match, unknown, offset=offset)
    coarse = whence == "context" and clock.context is not None and clock.context.grain not in ("day",)
    moved = dates.shift(day, sign * number, unit)
    if moved is None:
        return meant(None, None, match, unknown, offset=offset)
    if unit in ("month", "year", "decade", "century", "quarter"):
        grain = {"quarter": "month", "decade": "year", "century": "decade"}.get(unit, unit)
        return meant(dates.of_unit(moved, grain), basis, match, offset=offset)
    if coarse and clock.context:
        return meant(None, None, match, f"{clock.context.value[:7]}-XX"[:10], offset=offset)
    return meant(dates.of_day(moved), basis, match, offset=offset)


def _after(match: Match, clock: Clock) -> Meaning:
    """ "A day after …": the happening told next lies so long before today (after it, for "ahead of")."""
    number, unit = _amount(match)
    sign = -1 if match.has("after") else 1
    day, basis = _anchor(clock, "near")
    if number is None or day is None or sign > 0:
        vague = Period("PAST_REF", None, day, "vague") if day and sign < 0 and number is None else None
        return Meaning("DATE", _GRAINS.get(unit, "XXXX-XX-XX"), basis or UNRESOLVED if vague else UNRESOLVED, vague)
    moved = dates.shift(day, sign * number, unit)
    return meant(dates.of_day(moved) if moved else None, basis, match)


def _stretch(match: Match, clock: Clock) -> Meaning:
    number, unit = (1.0, match.get("span")) if match.rule.value.get("one") else _amount(match)
    way = match.get("stretch") if match.has("stretch") else "past"
    return Meaning("DURATION", dates.duration(number, unit), clock.basis or UNRESOLVED, length=(number, unit), way=way)


def _length(match: Match, clock: Clock) -> Meaning:
    number, unit = (1.0, match.get("unit")) if match.rule.value.get("one") else _amount(match)
    way = "age" if match.rule.value.get("age") else match.rule.value.get("way", "")
    return Meaning("DURATION", dates.duration(number, unit), clock.basis or UNRESOLVED, length=(number, unit), way=way)


def _nth_day(match: Match, clock: Clock) -> Meaning | None:
    """ "For the third day running": so many days, the last of them today."""
    number = int(match.get("ordinal"))
    first = dates.shift(clock.today, 1 - number, "day") if clock.today and not clock.history else None
    value = dates.duration(number, "day")
    if first is None:
        return Meaning("DURATION", value, UNRESOLVED)
    period = Period(value, first, clock.today, "days", first.year, first.month, first.day)
    return Meaning("DURATION", value, clock.basis or UNRESOLVED, period)


def _every(match: Match, clock: Clock) -> Meaning:
    unit = match.get("unit") if match.has("unit") else match.get("unit2")
    if match.has("part"):
        return Meaning("SET", f"XXXX-XX-XXT{match.get('part')}", UNRESOLVED)
    number = match.get("count") if match.has("count") else 1
    return Meaning("SET", dates.duration(number if isinstance(number, int | float) else None, unit), UNRESOLVED)


def _often(match: Match, clock: Clock) -> Meaning:
    return Meaning("SET", match.get("often"), UNRESOLVED)


def _reference(match: Match, clock: Clock) -> Meaning:
    told = match.get("ref") or match.get("murmur") or match.rule.value
    basis = clock.basis if told.get("span") and clock.basis else UNRESOLVED
    return Meaning("DATE", told["ref"], basis, span=told.get("span"), quiet=bool(match.rule.value.get("quiet")))


def _then(match: Match, clock: Clock) -> Meaning:
    if clock.context is None:
        return Meaning("DATE", "PAST_REF", UNRESOLVED)
    return meant(clock.context, "context", match)


#: Kind of pattern (`value.is`) → its function, for all kinds.
MEANINGS: dict[str, Callable[[Match, Clock], Meaning | None]] = CALENDAR | {
    "weekday": _weekday, "often_weekday": _often_weekday, "dayword": _dayword, "clock": _clock, "part": _part,
    "unit": _unit, "day_beside": _day_beside, "ago": _ago, "after": _after, "stretch": _stretch, "length": _length,
    "nth_day": _nth_day, "every": _every, "often": _often, "reference": _reference, "then": _then,
}  # fmt: skip
