"""Numbers of people in words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contested.lexicon import Entry, load
from contested.reading.numbers import find_numbers, read_number

NUMBERS = load("numbers")


def bounds(text: str) -> list[list[int | None]]:
    return [[number.low, number.high] for number in find_numbers(text)]


@pytest.mark.parametrize("entry", NUMBERS, ids=lambda entry: entry.id)
def test_lexicon_examples(entry: Entry) -> None:
    assert bounds(entry.example) == entry.gives
    for sentence in entry.leaves:
        assert bounds(sentence) == [], sentence


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("14 bakers", 14, 14),
        ("fourteen bakers", 14, 14),
        ("about 30 bakers", 30, 30),
        ("nearly 300 bakers", 300, 300),
        ("at least 140 bakers", 140, None),
        ("more than two dozen bakers", 24, None),
        ("over 600,000 bakers", 600_000, None),
        ("no fewer than eight bakers", 8, None),
        ("up to 33 bakers", None, 33),
        ("as many as 1,300 bakers", None, 1300),
        ("15 to 20 bakers", 15, 20),
        ("between 10 and 15 bakers", 10, 15),
        ("600 000 bakers", 600_000, 600_000),
        ("1.5 million bakers", 1_500_000, 1_500_000),
        ("1.5m bakers", 1_500_000, 1_500_000),
        ("half a million bakers", 500_000, 500_000),
        ("more than a quarter of a million bakers", 250_000, None),
        ("a hundred and five bakers", 105, 105),
        ("twenty-one bakers", 21, 21),
        ("two hundred thousand bakers", 200_000, 200_000),
        ("half a dozen bakers", 6, 6),
        ("dozens of bakers", 24, None),
        ("scores", 40, None),
        ("hundreds", 200, None),
        ("tens of thousands of bakers", 20_000, None),
        ("hundreds of thousands", 200_000, None),
        ("several bakers", 3, None),
        ("several hundred bakers", 300, None),
        ("a number of bakers", 3, None),
        ("many others", 3, None),
        ("a couple of bakers", 2, 2),
        ("a baker", 1, 1),
        ("one baker", 1, 1),
        ("another 12 bakers", 12, 12),
        ("the three", 3, 3),
        ("12 of his bakers", 12, 12),
        ("an old baker", 1, 1),
        ("a 45-year-old baker", 1, 1),
        ("a family", 1, None),
        ("bakers", 1, None),
        ("most of the bakers", 1, None),
        ("four-fifths of the bakers", 1, None),
        ("SIX BAKERS", 6, 6),
        ("2011 people", 2011, 2011),
        ("more than 2000", 2000, None),
    ],
)
def test_read_number(words: str, low: int | None, high: int | None) -> None:
    assert read_number(words) == (low, high)


@pytest.mark.parametrize("words", ["no casualties", "None", "no civilians", "nobody", "zero deaths"])
def test_nobody(words: str) -> None:
    assert read_number(words) is None


@pytest.mark.parametrize(
    "text",
    [
        "Resolution 2254 was passed in 2015.",
        "The post is 45 km (28 miles) north, at 19:30 on 4 May 2016.",
        "No. 5 Street, Hill 875, the 3rd Corps, an F-16, a 120 mm shell, 70 percent, $3 million.",
        "It was the second raid in three days, at 9 pm, by two jets on 12 villages.",
        "A girl aged 9, a 34-year-old man.",
    ],
)
def test_what_counts_no_people(text: str) -> None:
    assert bounds(text) == []


def test_offsets_take_in_the_bounding_words() -> None:
    text = "They said that at least 12 bakers and some 30 millers were there."
    assert [text[n.start : n.end] for n in find_numbers(text)] == ["at least 12", "some 30"]
    assert [text[n.core : n.end] for n in find_numbers(text)] == ["12", "30"]


def test_words_between_two_numbers_bound_the_second() -> None:
    text = "Orla, October 2014 At least 12 bakers were there, 30 at least."
    assert [text[n.start : n.end] for n in find_numbers(text)] == ["At least 12", "30 at least"]


def test_a_rise_is_no_range() -> None:
    assert bounds("The toll rose from 61 to 64.") == [[64, 64]]


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    for number in find_numbers(text):
        assert 0 <= number.start <= number.core < number.end <= len(text)
        assert number.low is not None or number.high is not None
        if number.low is not None and number.high is not None:
            assert number.low <= number.high
    read_number(text)


words = st.sampled_from(
    [
        "at",
        "least",
        "12",
        "to",
        "5",
        "dozen",
        "hundreds",
        "of",
        "thousands",
        "a",
        "one",
        "two",
        "no",
        "million",
        "2,000",
        "half",
        "and",
        "some",
        "up",
        "1.5m",
        "3rd",
        "-year",
        "killed",
    ]
)


@settings(deadline=None)
@given(st.lists(words, max_size=12).map(" ".join))
def test_any_words(text: str) -> None:
    for number in find_numbers(text):
        if number.low is not None and number.high is not None:
            assert number.low <= number.high
