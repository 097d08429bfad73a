"""Times at the ends of the calendar, and times that end before they begin."""

from __future__ import annotations

from datetime import date

import pytest

from contested.reading.draft import Draft, Words
from contested.reading.when import find, read_when
from contested.statement import Report
from contested.text.layout import Block, Sentence, Text

FRIDAY = date(2016, 12, 2)


def text_of(raw: str, today: date = FRIDAY) -> Text:
    block, sentence = Block(0, len(raw), "paragraph", True), Sentence(0, len(raw), 0)
    return Text(Report(raw), (block,), (sentence,), (), None, today, "published")


@pytest.mark.parametrize(
    ("words", "today"),
    [
        ("on Friday", date(1, 1, 1)),
        ("the coming Thursday and next weekend, three days later", date(9999, 12, 31)),
        ("on Friday 31 December 9999, and this week, the following Monday", FRIDAY),
    ],
)
def test_beyond_the_ends_of_the_calendar_there_is_no_day(words: str, today: date) -> None:
    find(text_of(f"They left {words}.", today=today))


def test_a_time_that_runs_backwards_has_no_days() -> None:
    text = text_of("They held it from 3 to 1 March.")
    words = Words(13, 30, "test")
    draft = Draft("event", "ASSAULT", Words(5, 9, "test"), Words(0, len(text.raw), "test"), roles={"when": [words]})
    read_when(text, [draft])
    assert draft.when is not None
    assert (draft.when.text, draft.when.start, draft.when.end) == ("from 3 to 1 March", None, None)
