"""Publication dates: what names one day, and what is not read because it might name another."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.intake.dates import day_of_url, read_day


@pytest.mark.parametrize(
    "words",
    [
        "2016-12-02", " 2016-12-02 ", "2016/12/2", "2016.12.02", "20161202", "2016-12-02T23:59:59Z", "20161202T101500Z",
        "2016-12-02 10:00:00+02:00", "2 December 2016", "2nd Dec 2016", "02-Dec-2016", "December 2, 2016",
        "Dec. 2 2016", "Fri, 02 Dec 2016 10:00:00 GMT", "Friday, December 2nd, 2016 at 10:15 am",
        "friday 2 december 2016",
    ],
)  # fmt: skip
def test_a_day_is_read(words: str) -> None:
    assert read_day(words) == date(2016, 12, 2)


@pytest.mark.parametrize("words", ["13/2/2017", "2/13/2017", "13.02.2017", "13-2-2017", "02/13/2017, 10:15"])
def test_numbers_that_can_only_mean_one_day_are_read(words: str) -> None:
    assert read_day(words) == date(2017, 2, 13)
    assert read_day("5/5/2017") == date(2017, 5, 5)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("25th", "is not a full date"),
        ("yesterday", "is not a full date"),
        ("Friday", "is not a full date"),
        ("2016", "is not a full date"),
        ("2016-12", "is not a full date"),
        ("December 2016", "is not a full date"),
        ("Dec 2", "is not a full date"),
        ("1480636800", "is not a full date"),
        ("", "is not a full date"),
        ("2/7/2017", "can be read in two ways"),
        ("2-7-2017", "can be read in two ways"),
        ("4/5/17", "can be read in more than one way"),
        ("13/2/17", "can be read in more than one way"),
        ("2016-13-02", "is no day of the calendar"),
        ("2017-02-29", "is no day of the calendar"),
        ("31/31/2017", "is no day of the calendar"),
        ("30 February 2017", "is no day of the calendar"),
        ("20161399", "is no day of the calendar"),
    ],
)
def test_what_names_no_day_or_several_is_not_read(words: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        read_day(words)


def test_a_long_value_is_cut_in_the_message() -> None:
    with pytest.raises(ValueError, match=r"x\.\.\.' is not a full date"):
        read_day("x" * 5000)


def test_a_format_says_how_to_read() -> None:
    assert read_day("4/5/17", "%m/%d/%y") == date(2017, 4, 5)
    with pytest.raises(ValueError, match="is not written as"):
        read_day("2017-04-05", "%m/%d/%y")


@given(st.dates(min_value=date(1600, 1, 1)))
def test_every_iso_day_is_read(day: date) -> None:
    assert (
        read_day(day.isoformat()) == read_day(f"{day:%d %B %Y}") == read_day(f"{day:%a, %d %b %Y 01:02:03 GMT}") == day
    )


@given(st.text())
def test_anything_is_a_day_or_a_value_error(words: str) -> None:
    try:
        found = read_day(words)
    except ValueError:
        return
    assert isinstance(found, date)


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://hillpost.example/2016/12/02/oron", "2016-12-02"),
        ("https://hillpost.example/world/2016/12/2/oron.html", "2016-12-02"),
        ("https://hillpost.example/world/2016/dec/02/oron", "2016-12-02"),
        ("https://hillpost.example/2016/12/02", "2016-12-02"),
        ("https://hillpost.example/2016-12-02/oron", "2016-12-02"),
        ("https://hillpost.example/2016-12-02-oron", "2016-12-02"),
        ("https://hillpost.example/2016/12/oron", None),
        ("https://hillpost.example/2016/13/02/oron", None),
        ("https://hillpost.example/2016/dog/02/oron", None),
        ("https://hillpost.example/oron-since-2016-12-02", None),
        ("https://hillpost.example/1016/12/02/oron", None),
        ("https://hillpost.example/2016/12/025/oron", None),
        ("", None),
    ],
)
def test_the_day_in_a_url(url: str, day: str | None) -> None:
    found = day_of_url(url)
    assert (found.isoformat() if found else None) == day
