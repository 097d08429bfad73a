import pytest

from contested.statement import Harm, Share, Source, When
from contested.views import words


@pytest.mark.parametrize(
    ("low", "high", "shown"),
    [(14, 14, "14"), (14, None, "at least 14"), (None, 14, "up to 14"), (10, 14, "10 to 14"),
     (None, None, "no number"), (200_000, None, "at least 200,000")],
)  # fmt: skip
def test_number(low, high, shown):
    assert words.number(low, high) == shown


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [("2016-12-02", "2016-12-02", "2016-12-02"), ("2016-08-01", "2016-08-31", "2016-08-01 to 2016-08-31"),
     ("2011-01-01", None, "from 2011-01-01"), (None, "2016-12-02", "until 2016-12-02"), (None, None, "")],
)  # fmt: skip
def test_span(start, end, shown):
    assert words.span(start, end) == shown


def test_when_tells_words_and_dates_or_that_there_are_none():
    assert words.when(When("on Friday", "2016-12-02", "2016-12-02")) == "on Friday (2016-12-02)"
    assert words.when(When("on Friday", None, None)) == "on Friday (no date)"
    assert words.when(None) == ""


def test_harm_share_and_source():
    assert words.harm(Harm("killed", "two guards", 2, 2)) == "killed 2: two guards"
    assert words.harm(Harm("missing", None, 3, None)) == "missing at least 3"
    assert words.share(Share("more than a third", 0.33)) == "more than a third (0.33)"
    assert words.share(Share("a part", None)) == "a part"
    source = Source("the army", "military", False, ("Orontes Wire", "a paper"))
    assert words.source(source) == "the army (military), via Orontes Wire, a paper"
    assert words.source(None) == words.OWN_VOICE


def test_shown_is_one_line_that_cannot_forge_the_screen():
    assert words.shown("a\x1b[31mred\x07\r\n  b") == "a\ufffd[31mred\ufffd b"
    assert words.shown("left \u202eright\u2069") == "left right"
    assert words.shown("half \ud83d") == "half \ufffd"
    assert words.shown("قصر حلب") == "قصر حلب"


def test_counted():
    assert [words.counted(n, "report") for n in (0, 1, 1200)] == ["0 reports", "1 report", "1,200 reports"]
