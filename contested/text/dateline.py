"""The report's own dateline: "ALEPPO, Dec 2 –", or a header line with the date of publication.

Months, weekdays, agencies and labels are data (`lexicon/en/datelines.yaml`); how they are put together stands in
`text/dates.py`. A date is never made up: where the text tells no year, the nearest to a date that is known (of a
header, or of publication) is taken, or that of a release number; where none is known, the dateline has no date.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from contested.text.cues import abbreviations, date_words
from contested.text.dates import Stated, grammar, stated
from contested.text.layout import Dateline
from contested.text.sentences import Case, trim

#: A dateline is at most so many characters long.
WINDOW = 240

_BARE_PLACE = re.compile(r"([^\W\d_a-z]{5,40}(?: [^\W\d_a-z]{3,40})?)\s+(?=([^\W\d_]{1,20})\s)")
_INSIDE = re.compile(
    r"[.!?][\"”]?\s+(?=[A-Z]{4})"  # after a standfirst
    r"|(?<=[a-z0-9\"”’)])(?=[A-Z]{4})"  # glued to a headline
    r"|\s(?=[A-Z]{4,40}(?:[ -][A-Z]{3,40})? \()"
)
_TAG = re.compile(r"\s*\[[^\[\]]{2,90}\]")
#: Header shapes that are told by what stands in them, wherever they stand.
_MARKED = frozenset(["header-agency-date", "header-time-date", "header-date-hour", "header-date-updated"])
_BLANK = " \t\xa0\r\n"


@dataclass(frozen=True, slots=True)
class Header:
    """A date before or beside the text: its span (label, hour and date included), and the entry that found it."""

    start: int
    end: int
    stated: Stated
    place: str | None
    id: str


@dataclass(frozen=True, slots=True)
class Line:
    """A dateline that names a place, at the head of a paragraph; `end` is past its dash."""

    start: int
    end: int
    place: str | None
    stated: Stated | None


def header(text: str, start: int, end: int, *, whole: bool, title_follows: bool = False) -> Header | None:
    """A date header at `start`. `whole`: it must be all of `text[start:end]`, a line of its own.

    Otherwise a report follows on the same line. Unless its title is known to follow (at `end`), the next words must
    look like the beginning of one: "September 5, 2016, was" and "On 5 September" are no headers.
    """
    if whole and (bar := _barred(text, start, end)):
        return bar
    window = min(end, start + WINDOW)
    best: Header | None = None
    for name, pattern in grammar().headers:
        match = pattern.match(text, start, window)
        told = stated(match["stated"]) if match else None
        if match is None or told is None or (best and match.end() <= best.end):
            continue
        rest = text[match.end() : window].lstrip(" \t\xa0.;|–—-")
        if whole:
            good = len(rest) <= 12 and end <= window and name != "header-day-colon"
        elif name == "header-day-colon":
            good = _begins(rest)
        elif title_follows:
            good = told.year is not None
        else:
            good = told.year is not None and _begins(rest) and not _goes_on(text, match.end())
        if good:
            best = Header(start, end if whole else match.end(), told, None, name)
    return best


def search(text: str, start: int, end: int) -> Header | None:
    """The first date header that begins in `text[start:end]` and that an agency or an hour marks as one."""
    if grammar().hint.search(text, start, end + WINDOW // 2) is None:
        return None
    for name, pattern in grammar().headers:
        match = pattern.search(text, start, end + WINDOW // 2) if name in _MARKED else None
        if match is None or match.start() >= end or text[match.start() - 1 : match.start()].isalnum():
            continue
        told = stated(match["stated"])
        if told is not None and told.year is not None:
            return Header(match.start(), match.end(), told, None, name)
    return None


def place_line(text: str, start: int, end: int, *, after_header: bool, case: Case) -> Line | None:
    """A dateline with a place at `start`, or None.

    `after_header`: a date header stands before it, so that less is asked of the place.
    """
    line = _place_line(text, start, end, after_header, case)
    if line is None and after_header and not (case.upper or case.lower):
        return _bare_place(text, start, end)
    return line


def _place_line(text: str, start: int, end: int, after_header: bool, case: Case) -> Line | None:
    """A dateline that a date, an agency, a dash or a colon marks as one."""
    window = min(end, start + WINDOW)
    pattern = grammar().small_line if case.lower else grammar().line
    match = pattern.match(text, start, window)
    if match is None or match.end() >= end:
        return None
    rest = text[match.end() : window]
    if not case.lower and not _begins(rest.lstrip(_BLANK)):
        return None
    place, paren, dash = match["place"].strip(), match["paren"] or "", match["dash"]
    agency = date_words().agency
    wire = re.search(rf"[\s,]+{agency}\Z", place)
    place = place[: wire.start()] if wire else place
    told = stated(match["date"] or "") or stated((re.match(grammar().date, paren) or [""])[0])
    beside = f"{paren} {text[match.end('place') : match.end()]}"
    wired = wire is not None or re.search(rf"(?<!\w){agency}(?!\w)", beside) is not None
    section = not date_words().sections.isdisjoint({place.lower(), place.lower().split()[0]})
    capitals = place.isupper() and sum(map(str.isalpha, place)) > 2
    short = len(place.split()) < 4
    if case.lower:
        good = len(place) < 30 and not section
    elif told is not None:
        good = dash is not None or bool(paren)
    elif wired:
        good = dash is not None or (bool(paren) and (capitals or (after_header and short)))
    elif section or case.upper:
        good = False
    elif capitals:
        good = dash is not None
    else:
        good = after_header and short and dash not in (None, ":", "|") and rest[:1].isspace()
    if not good:
        return None
    return Line(start, _past_tags(text, trim(text, start, match.end())[1], end), None if section else place, told)


def inside(text: str, start: int, end: int, *, after_header: bool, case: Case) -> Line | None:
    """A dateline a little way into a block: after a standfirst, or glued to a headline ("VeldlandLOMAR, Oct. 3 –")."""
    for found in _INSIDE.finditer(text, start + 1, min(end, start + 2 * WINDOW)):
        line = place_line(text, found.end(), end, after_header=after_header, case=case)
        if line is not None and text[line.start : line.start + 4].isupper():
            return line
    return None


def release_month(text: str, head: int) -> tuple[int, int] | None:
    """Year and month of a release number in the first `head` characters."""
    for pattern in date_words().releases:
        if match := pattern.search(text, 0, head):
            return int(match["year"]), int(match["month"])
    return None


def settle(
    headers: list[Header], line: Line | None, published: date | None, release: tuple[int, int] | None
) -> Dateline | None:
    """One dateline from what was found: the place line's own date, else that of the first header that can be told."""
    near = published or (date(*release, 15) if release else None)
    dated = [(header, known) for header in headers if (known := header.stated.on(near))]
    header_date = dated[0][1] if dated else None
    if line is not None:
        own = line.stated.on(header_date or near) if line.stated else None
        return Dateline(line.start, line.end, line.place, own or header_date)
    if headers:
        header = dated[0][0] if dated else headers[0]
        place = next((one.place for one in headers if one.place), None)
        return Dateline(header.start, header.end, place, header_date)
    return None


def _barred(text: str, start: int, end: int) -> Header | None:
    """ "Place | date" or "date | place" as a line of its own."""
    parts = text[start:end].split("|") if end - start < 90 else []
    if len(parts) == 2:
        for words, place in (parts, parts[::-1]):
            told = stated(words) if re.fullmatch(grammar().date, words.strip()) else None
            if told is not None:
                return Header(start, end, told, place.strip(), "header-place")
    return None


def _bare_place(text: str, start: int, end: int) -> Line | None:
    """A city in capitals with neither date nor dash, as some archives leave it after a header: "BEIRUT At least".

    An acronym would stand in capitals again; a word that begins sentences must follow.
    """
    match = _BARE_PLACE.match(text, start, min(end, start + WINDOW))
    if match is None or not match[1].isupper() or match[2].lower() not in abbreviations().starter:
        return None
    return Line(start, match.end(1), match[1], None) if text.count(match[1]) == 1 else None


def _begins(rest: str) -> bool:
    """Whether a report can begin with `rest`: a capital, a number, an opening mark, a letter without case."""
    return bool(rest) and not rest[0].islower() and (rest[0].isalnum() or rest[0] in "\"“'‘«[(¿¡")


def _goes_on(text: str, at: int) -> bool:
    """Whether a sentence goes on after a date: a comma, or a hyphen with a word behind it."""
    return text[at] == "," or (text[at] == "-" and text[at + 1 : at + 2].isalnum())


def _past_tags(text: str, at: int, end: int) -> int:
    """Past the bracketed tags of monitored broadcasts: "[REPORT] [TEXT]"."""
    for _ in range(4):
        match = _TAG.match(text, at, end)
        if match is None or not match[0].isupper():
            break
        at = match.end()
    return at
