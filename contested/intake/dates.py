"""Publication dates as inputs write them. What can be read in two ways, or is no full day, is not read at all."""

from __future__ import annotations

import re
from datetime import date, datetime

_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?=$|[T\s])|(\d{4})(\d{2})(\d{2})(?=$|T)")
_NUMBERS = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?=$|[,\s])")
#: The first newspapers are of 1605: an earlier year has lost a digit, or is what a program writes for no date.
EARLIEST = 1600
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMES = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?[,.]?\s+)?"
_DAY_FIRST = re.compile(rf"{_WEEKDAY}(\d{{1,2}})(?:st|nd|rd|th)?[\s-]+{_NAMES},?[\s-]+(\d{{4}})\b", re.I)
_MONTH_FIRST = re.compile(rf"{_WEEKDAY}{_NAMES}\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})\b", re.I)
#: Only where a part of the path begins: inside a headline's words a date is what the report is about.
_URL = re.compile(r"/((?:199|20\d)\d)(?:/(\d{1,2}|[a-z]{3})/(\d{1,2})(?![^/?#])|-(\d\d)-(\d\d)(?!\d))", re.I)


def read_day(words: str, date_format: str | None = None) -> date:
    """The day that `words` name: ISO, with a month's name, or numbers that can only mean one day.

    `date_format` is a `strptime` format to read by instead. Raises `ValueError`, saying why, for anything else.
    """
    given = words.strip()
    shown = repr(given if len(given) <= 40 else given[:37] + "...")
    if date_format:
        try:
            return datetime.strptime(given, date_format).date()
        except ValueError:
            raise ValueError(f"{shown} is not written as {date_format}") from None
    try:
        found = _read(given)
    except ValueError as error:
        raise ValueError(f"{shown} {error}") from None
    if found is None:
        raise ValueError(f"{shown} is not a full date: write YYYY-MM-DD")
    return found


def _read(given: str) -> date | None:
    if match := _ISO.match(given):
        year, _, month, day, *compact = match.groups()
        return _day(*compact) if compact[0] else _day(year, month, day)
    if match := _DAY_FIRST.match(given):
        day, month, year = match.groups()
        return _day(year, str(_month(month)), day)
    if match := _MONTH_FIRST.match(given):
        month, day, year = match.groups()
        return _day(year, str(_month(month)), day)
    if match := _NUMBERS.match(given):
        first, _, second, year = match.groups()
        if first != second and int(first) <= 12 and int(second) <= 12:
            raise ValueError("can be read in two ways: say which with a date format (%d/%m/%Y or %m/%d/%Y)")
        return _day(year, second, first) if int(second) <= 12 else _day(year, first, second)
    if re.match(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,2}\b", given):
        raise ValueError("can be read in more than one way: say which with a date format (such as %m/%d/%y)")
    return None


def day_of_url(url: str) -> date | None:
    """The day in a URL's path (`/2016/12/02/`, `/2016/dec/02/`, `/2016-12-02`), or None where there is none."""
    for year, month, day, *hyphened in _URL.findall(url):
        month, day = (month, day) if month else hyphened
        try:
            return _day(year, str(_month(month)) if month.isalpha() else month, day)
        except ValueError:
            continue
    return None


def _month(name: str) -> int:
    """1 to 12, or 0 where `name` is no month."""
    short = name[:3].lower()
    return _MONTHS.index(short) + 1 if short in _MONTHS else 0


def _day(year: str, month: str, day: str) -> date:
    if int(year) < EARLIEST:
        raise ValueError("is before there were reports: its year is mistaken")
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise ValueError("is no day of the calendar") from None
