"""Dates as datelines and headers word them: the expressions, and what a stretch that matched one tells."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from contested.text.cues import date_words


@dataclass(frozen=True, slots=True)
class Stated:
    """A date as its words tell it. `year` is None where they do not; `swapped`: day and month may be the other way."""

    day: int
    month: int
    year: int | None
    swapped: bool = False

    def on(self, near: date | None) -> date | None:
        """The calendar date; `near` decides what the words leave open. None where nothing can."""
        if self.year is not None:
            options = [_date(self.year, self.month, self.day)]
            if self.swapped:
                options.append(_date(self.year, self.day, self.month))
        elif near is None:
            return None
        else:
            options = [_date(near.year + step, self.month, self.day) for step in (-1, 0, 1)]
        known = [option for option in options if option is not None]
        if near is None:
            return known[0] if len(known) == 1 else None
        return min(known, key=lambda option: abs(option - near), default=None)


@dataclass(frozen=True, slots=True)
class Grammar:
    """Expressions made from the words of `datelines.yaml`.

    `date` is a date without groups, `hint` something that every date has. `headers` are the header entries, their first
    date in group `stated`. `line` and `small_line` (for text in small letters) are a dateline with groups `place`,
    `date`, `paren` and `dash`.
    """

    date: str
    hint: re.Pattern[str]
    headers: tuple[tuple[str, re.Pattern[str]], ...]
    line: re.Pattern[str]
    small_line: re.Pattern[str]


@cache
def grammar() -> Grammar:
    words = date_words()
    when = _date_expression()
    time = (
        r"\(?\d{1,2}[:.h]?\d\d(?:[:.]?\d\d)?(?:\s*(?:[ap]\.?m\.?|hrs|hours))?"
        r"(?:\s*(?:GMT|UTC|EDT|EST|BST|CET|KSA|IST|MSK|local time)(?:[+-]\d+)?)?\)?"
    )
    filled = []
    for name, pattern in words.headers:
        pattern = pattern.replace("<date>", f"(?P<stated>{when})", 1).replace("<date>", when)
        pattern = pattern.replace("<time>", time).replace("<agency>", words.agency)
        filled.append((name, re.compile(pattern.replace("<label>", rf"(?:{words.label}\s*:?)"), re.IGNORECASE)))
    name = (
        rf"(?!(?:{words.month}|{words.weekday})\b)(?!{words.agency}-)"
        r"(?:[^\W\d_a-z][\w'’.]*|(?:al|el|ez|as|ar|an|es)-[\w'’-]+)(?:-[\w'’]+)*"
    )
    small = r"(?:de|del|la|el|al|of|the|and|do|da|dos|las|los|des|du|le)"
    place = rf"{name}(?:[ ]{small})*(?:[ ]{name}(?:[ ]{small}(?=[ ][^\W\d_a-z]))*){{0,3}}"
    line = (
        rf"(?P<place>{place}(?:,\s?{place}){{0,2}}(?:\s?\((?!{words.agency}\))[^\W\d_][^()\d]{{2,30}}\))?)"
        rf"(?:,?\s?(?:{words.agency})(?=\s?[-–—]))?[,.]?(?:\s?(?P<date>{when}),?)?"
        r"(?:\s?[(\[](?P<paren>[^()\[\]]{2,70})[)\]])?,?\s*(?P<dash>-{1,3}|[–—]+|:|\|)?"
    )
    small_line = r"(?P<place>[^\W\d_A-Z]+(?: [^\W\d_A-Z]+){0,2})(?P<date>)(?P<paren>)\s?(?P<dash>[:–—])\s"
    hint = re.compile(rf"{words.month}(?![^\W\d_])|\d[-/.]\d")
    return Grammar(when, hint, tuple(filled), re.compile(line), re.compile(small_line))


def _date_expression() -> str:
    words = date_words()
    day, year = r"\d{1,2}(?i:st|nd|rd|th)?", r"(?:19|20)\d\d"
    month = rf"{words.month}(?![^\W\d_])\.?"
    shapes = (
        # 5 May 1990, 5-May-1990, 5th of May; 5 MAY 90 only before a bracket or dash
        rf"{day}[\s-]\s*(?:of\s+)?{month}(?:[\s,-]\s*{year}(?!\d)|\s+'?\d\d(?=\s*[(\[–—-])|(?![\s,-]*\d))",
        # May 5, 1990; May 5; "May 051990" with its space lost; MAY 5 90 before a bracket or dash
        rf"{month}\s*(?:{day},?\s*{year}|{day},?\s\d\d(?=\s*[(\[–—-])|{day})(?!\d)",
        rf"{year}[-/.]\d\d?[-/.]\d\d?(?!\d)",
        rf"\d{{1,2}}[-/.]\d{{1,2}}[-/.]{year}(?!\d)",
    )
    return rf"(?:(?:{words.weekday}\b\.?,?\s+)?(?:{'|'.join(shapes)}))"


def stated(words: str) -> Stated | None:
    """The date that a stretch matched as one tells, or None where there is no such day."""
    months = date_words().months
    numbers = [int(number) for number in re.findall(r"\d+", words)]
    month = next((months[word] for word in re.findall(r"[^\W\d_]+", words.lower()) if word in months), None)
    if not numbers:
        return None
    if month is None:
        return _in_figures(words, numbers)
    if lost := re.search(r"(?<!\d)(\d{1,2})(\d{4})\Z", words):  # "May 051990"
        return _checked(Stated(int(lost[1]), month, int(lost[2])))
    year = numbers[1] if len(numbers) > 1 else None
    if year is not None and year < 100:
        year += 1900 if year > 49 else 2000
    return _checked(Stated(numbers[0], month, year))


def _in_figures(words: str, numbers: list[int]) -> Stated | None:
    """A date of three numbers. Day and month are left open where both orders are in use and both can be."""
    if len(numbers) != 3:
        return None
    first, second, third = numbers
    if first > 31:
        return _checked(Stated(third, second, first))
    if second > 12:
        return _checked(Stated(second, first, third))
    swapped = "." not in words and first <= 12 and first != second
    return _checked(Stated(first, second, third, swapped))


def _checked(told: Stated) -> Stated | None:
    return told if _date(told.year or 2000, told.month, told.day) else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
