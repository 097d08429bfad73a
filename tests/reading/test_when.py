"""Times of a report: what they mean, to what date they are reckoned, and which statement they belong to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contested.reading import dates
from contested.reading.draft import Draft, Words
from contested.reading.when import TimeMention, find, read_when, resolve
from contested.statement import Report
from contested.text.layout import Block, Sentence, Text

FRIDAY = date(2016, 12, 2)


def text_of(*sentences: str, today: date | None = FRIDAY, basis: str | None = "published") -> Text:
    """A text of one paragraph with these sentences."""
    spans, at = [], 0
    for words in sentences:
        spans.append(Sentence(at, at + len(words), 0))
        at += len(words) + 1
    raw = " ".join(sentences)
    return Text(
        Report(raw), (Block(0, len(raw), "paragraph", True),), tuple(spans), (), None, today, basis if today else None
    )


def times(*sentences: str, today: date | None = FRIDAY) -> list[TimeMention]:
    return find(text_of(*sentences, today=today))


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("on Wednesday", "2016-11-30", "2016-11-30"),
        ("on Friday", "2016-12-02", "2016-12-02"),
        ("last Friday", "2016-11-25", "2016-11-25"),
        ("late on Monday night", "2016-11-28", "2016-11-28"),
        ("on Sunday and Monday", "2016-11-27", "2016-11-28"),
        ("on Sunday or Monday", "2016-11-27", "2016-11-28"),
        ("today", "2016-12-02", "2016-12-02"),
        ("earlier today", "2016-12-02", "2016-12-02"),
        ("last night", "2016-12-01", "2016-12-01"),
        ("overnight", "2016-12-01", "2016-12-02"),
        ("last week", "2016-11-21", "2016-11-27"),
        ("this week", "2016-11-28", "2016-12-04"),
        ("earlier this week", "2016-11-28", "2016-12-02"),
        ("later this week", "2016-12-02", "2016-12-04"),
        ("early next week", "2016-12-05", "2016-12-11"),
        ("since late last week", "2016-11-25", None),
        ("this month", "2016-12-01", "2016-12-02"),
        ("last month", "2016-11-01", "2016-11-30"),
        ("so far this year", "2016-01-01", "2016-12-02"),
        ("last year", "2015-01-01", "2015-12-31"),
        ("at the end of last year", "2015-12-01", "2015-12-31"),
        ("the end of the year", "2016-12-01", "2016-12-31"),
        ("in December", "2016-12-01", "2016-12-31"),
        ("in October", "2016-10-01", "2016-10-31"),
        ("in late October", "2016-10-21", "2016-10-31"),
        ("since mid-October", "2016-10-15", None),
        ("since the end of July", "2016-07-31", None),
        ("Nov. 3", "2016-11-03", "2016-11-03"),
        ("on December 30", "2015-12-30", "2015-12-30"),
        ("on 3 November 2014", "2014-11-03", "2014-11-03"),
        ("between 3 and 5 May", "2016-05-03", "2016-05-05"),
        ("from May 3, 2014 to June 5, 2014", "2014-05-03", "2014-06-05"),
        ("between September 30 2015 and March 15 2016", "2015-09-30", "2016-03-15"),
        ("summer 2015", "2015-06-01", "2015-08-31"),
        ("from summer 2015", "2015-06-01", None),
        ("in 2011", "2011-01-01", "2011-12-31"),
        ("in early 2011", "2011-01-01", "2011-04-30"),
        ("since 2011", "2011-01-01", None),
        ("since the uprising began in March 2011", "2011-03-01", None),
        ("until May 2014", None, "2014-05-31"),
        ("before the town fell in May 2014", None, "2014-05-31"),
        ("the 1990s", "1990-01-01", "1999-12-31"),
        ("two days ago", "2016-11-30", "2016-11-30"),
        ("three months ago", "2016-09-01", "2016-09-30"),
        ("for four years", "2012-12-02", "2016-12-02"),
        ("for nearly two weeks", "2016-11-18", "2016-12-02"),
        ("for months", None, "2016-12-02"),
        ("during the past 24 hours", "2016-12-01", "2016-12-02"),
        ("over the past few days", None, "2016-12-02"),
        ("in recent weeks", None, "2016-12-02"),
        ("recently", None, "2016-12-02"),
        ("now", "2016-12-02", "2016-12-02"),
        ("currently", "2016-12-02", "2016-12-02"),
        ("previously", None, None),
        ("during Ramadan", None, None),
        ("every Friday", None, None),
        ("after seven days", None, None),
    ],
)
def test_the_days_that_words_mean(words: str, start: str | None, end: str | None) -> None:
    assert resolve(words, FRIDAY)[:2] == (start, end)


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("on Wednesday", "2016-12-07", "2016-12-07"),
        ("on Friday", "2016-12-02", "2016-12-02"),
        ("in February", "2017-02-01", "2017-02-28"),
        ("on January 9", "2017-01-09", "2017-01-09"),
        ("within two weeks", "2016-12-02", "2016-12-16"),
    ],
)
def test_what_is_to_come_is_reckoned_forward(words: str, start: str, end: str) -> None:
    assert resolve(words, FRIDAY, future=True)[:2] == (start, end)


def test_the_clause_tells_which_way_a_weekday_lies() -> None:
    assert [t.low for t in times("The envoy who left on Monday will be back on Tuesday.")] == [
        "2016-11-28",
        "2016-12-06",
    ]


def test_a_day_with_two_readings_of_its_numbers_has_no_date_unless_one_is_near() -> None:
    assert resolve("10/12/2015", FRIDAY) == (None, None, "unresolved")
    assert resolve("30/11/2016", FRIDAY)[0] == "2016-11-30"
    assert resolve("12/01/2016", FRIDAY)[0] == "2016-12-01"


def test_without_a_date_the_words_keep_their_distance() -> None:
    said = times("The mill burned two days ago, and the shop on Wednesday.", today=None)
    assert [(t.value, t.low, t.high, t.basis, t.offset) for t in said] == [
        ("XXXX-XX-XX", None, None, "unresolved", "P-2D"),
        ("XXXX-WXX-3", None, None, "unresolved", None),
    ]
    assert times("It fell on 3 May 2014.", today=None)[0].basis == "stated"
    assert find(text_of("It fell on Sunday.", basis="dateline"))[0].basis == "dateline"


def test_words_that_lean_on_the_time_told_before() -> None:
    said = times(
        "On 5 May 2014 they met.", "A day later the talks failed.", "The same month the port fell.", today=None
    )  # fmt: skip
    assert [(t.value, t.basis) for t in said] == [
        ("2014-05-05", "stated"),
        ("2014-05-06", "context"),
        ("2014-05", "context"),
    ]
    assert resolve("since then", FRIDAY, context=dates.of_year(2011)) == ("2011-01-01", None, "context")
    assert resolve("a week earlier", FRIDAY, context=dates.of_day(date(2016, 5, 9)))[0] == "2016-05-02"


def test_a_history_takes_its_years_from_its_own_telling() -> None:
    said = times(
        "The war began in 1932.",
        "On 9 September the fort was taken.",
        "In November 1933 both sides were worn out.",
        "In January the line broke.",
        "Nobody was ready, as in 1871.",
        "On 5 March the town fell.",
        "It was over by June 1935, though in 1936 they met again.",
    )
    assert [t.value for t in said] == [
        "1932", "1932-09-09", "1933-11", "1934-01", "1871", "1934-03-05", "1935-06", "1936",
    ]  # fmt: skip


def test_years_before_christ_have_a_value_and_no_dates() -> None:
    (time,) = times("The wall was raised in 480 BC by its people.")
    assert (time.value, time.low, time.high, time.basis) == ("BC0480", None, None, "stated")


def test_capitals_small_letters_and_line_breaks_are_read_alike() -> None:
    assert [t.value for t in times("REBELS ATTACKED LAST\nNIGHT AND ON\u00a016\u2028NOVEMBER.")] == [
        "2016-12-01TNI",
        "2016-11-16",
    ]
    assert [t.value for t in times("the march on the town began on march 5")] == ["2016-03-05"]


@pytest.mark.parametrize(
    "words",
    [
        "1,200 are dead.", "About 2000 people fled.", "They may attack from the east.", "Thousands march to the gate.",
        "The second convoy was hit.", "Units of the 12th division fell back.", "He sat in the sun.",
        "It cost $1999.50.",
        "They hold 45 percent of it.", "Route 2011 is shut.", "A school minute book was found.",
    ],
)  # fmt: skip
def test_what_is_no_time(words: str) -> None:
    assert [t for t in times(words) if t.low or t.value[:1].isdigit()] == []


def draft_of(text: Text, anchor: str, *, quote: str | None = None, kind: str = "event", **roles: str) -> Draft:
    def words(some: str) -> Words:
        at = text.raw.index(some)
        return Words(at, at + len(some), "test")

    marked = {name: [words(some)] for name, some in roles.items()}
    return Draft(kind, "ASSAULT", words(anchor), words(quote or anchor), roles=marked)


def when_of(text: Text, draft: Draft) -> tuple[str, str | None, str | None] | None:
    read_when(text, [draft])
    if draft.when is None:
        return None
    assert draft.when.text_start is not None
    assert text.raw[draft.when.text_start :].startswith(draft.when.text)
    return draft.when.text, draft.when.start, draft.when.end


def test_marked_words_are_snapped_to_the_time() -> None:
    text = text_of("The town has been shelled since May 2014 by both sides.")
    want = ("since May 2014", "2014-05-01", None)
    for marked in ("May 2014", "since May", "since May 2014"):
        assert when_of(text, draft_of(text, "shelled", when=marked)) == want
    long = draft_of(text, "shelled", when="since May 2014 by both")
    assert when_of(text, long) == ("since May 2014 by both", "2014-05-01", None)
    assert long.by["when"] == "test"


def test_the_beginning_itself_is_no_since() -> None:
    text = text_of("Hundreds have died since fighting erupted in May 2014.")
    assert when_of(text, draft_of(text, "died", when="since fighting erupted in May 2014")) == (
        "since fighting erupted in May 2014", "2014-05-01", None,
    )  # fmt: skip
    assert when_of(text, draft_of(text, "erupted", when="in May 2014")) == ("in May 2014", "2014-05-01", "2014-05-31")


def test_a_day_after_dates_what_went_before() -> None:
    text = text_of("The army withdrew a day after a raid on its camp.")
    assert when_of(text, draft_of(text, "withdrew", when="a day after")) == ("a day after", "2016-12-02", "2016-12-02")
    assert when_of(text, draft_of(text, "raid", when="a day after")) == ("a day after", "2016-12-01", "2016-12-01")


def test_a_shortened_will_tells_of_what_is_to_come() -> None:
    assert [(t.text, t.low) for t in times("They'll march on Tuesday.")] == [("Tuesday", "2016-12-06")]


def test_words_that_name_no_known_time_are_kept() -> None:
    text = text_of("They mined the road before they left.")
    draft = draft_of(text, "mined", when="before they left")
    assert when_of(text, draft) == ("before they left", None, None)
    assert draft.when is not None
    assert draft.when.basis == "unresolved"


def test_with_no_day_of_publication_the_words_keep_their_distance_from_it() -> None:
    text = text_of("Guerrillas shelled the mill two days ago.", today=None)
    draft = draft_of(text, "shelled", when="two days ago")
    assert when_of(text, draft) == ("two days ago", None, None)
    assert draft.when is not None
    assert (draft.when.basis, draft.when.type, draft.when.offset) == ("unresolved", "DATE", "P-2D")


def test_the_value_is_that_of_one_time_and_none_for_several() -> None:
    text = text_of("They met last week, and shelled the mill from Monday to Wednesday.")
    one, several = draft_of(text, "met", when="last week"), draft_of(text, "shelled", when="from Monday to Wednesday")
    when_of(text, one), when_of(text, several)
    assert one.when is not None
    assert several.when is not None
    assert (one.when.value, one.when.offset) == ("2016-W47", None)
    assert (several.when.value, several.when.start is None) == (None, False)


def test_two_blanks_are_one() -> None:
    assert times("The rebels vowed  to return on Friday.") == [
        replace(one, start=one.start + 1, end=one.end + 1) for one in times("The rebels vowed to return on Friday.")
    ]


def test_a_future_statement_looks_ahead() -> None:
    text = text_of("A vote on Tuesday is planned.")
    draft = draft_of(text, "vote", when="on Tuesday")
    draft.modality = "future"
    assert when_of(text, draft) == ("on Tuesday", "2016-12-06", "2016-12-06")


def test_without_marked_words_the_nearest_time_of_the_quote_is_taken() -> None:
    text = text_of("Jets bombed the market on Wednesday, a mayor said on Thursday.")
    draft = draft_of(text, "bombed", quote="Jets bombed the market on Wednesday")
    assert when_of(text, draft) == ("on Wednesday", "2016-11-30", "2016-11-30")
    assert draft.by["when"] == "rule:when"
    assert when_of(text, draft_of(text, "bombed", quote=text.raw, kind="relation")) is None
    whole = draft_of(text, "bombed", quote=text.raw)
    assert when_of(text, whole) == ("on Wednesday", "2016-11-30", "2016-11-30")


@pytest.mark.parametrize(
    "words",
    [
        "A mayor said on Thursday that jets bombed the market.",
        "Jets bombed the market, where a fair was held in 2011.",
        "Jets bombed the market.",
        "Jets have bombed the market daily.",
    ],
)
def test_no_time_is_taken_that_is_not_the_statements(words: str) -> None:
    text = text_of(words)
    assert when_of(text, draft_of(text, "bombed", quote=words.partition(",")[0])) is None


def test_when_a_source_said_so() -> None:
    text = text_of("A mayor said on Thursday that jets bombed the market.", "In October he had denied it.")
    draft = draft_of(text, "bombed", said="on Thursday")
    read_when(text, [draft])
    assert draft.said is not None
    assert (draft.said.text, draft.said.date, draft.by["said"]) == ("on Thursday", "2016-12-01", "test")
    denied = draft_of(text, "denied", said="In October")
    read_when(text, [denied])
    assert denied.said is not None
    assert denied.said.date == "2016-10"


def test_marks_of_the_words_that_lead_are_enough() -> None:
    text = text_of("Jets bombed the market on Wednesday and left.")
    assert when_of(text, draft_of(text, "bombed", when="on")) == ("on Wednesday", "2016-11-30", "2016-11-30")


def test_of_two_times_marked_the_surer_is_taken() -> None:
    text = text_of("Wednesday's raid came after a bombing at the dyers' market on Monday.")
    draft = draft_of(text, "bombing", when="Wednesday")
    draft.roles["when"].append(replace(draft_of(text, "bombing", when="on Monday").roles["when"][0], sure=0.9))
    draft.roles["when"][0] = replace(draft.roles["when"][0], sure=0.7)
    assert when_of(text, draft) == ("on Monday", "2016-11-28", "2016-11-28")


def test_a_tie_has_a_time_only_where_the_model_is_sure() -> None:
    text = text_of("In March the guild's head Pavel Tarn left.")
    draft = draft_of(text, "head", kind="relation", when="In March")
    assert when_of(text, draft) == ("In March", "2016-03-01", "2016-03-31")
    unsure = draft_of(text, "head", kind="relation", when="In March")
    unsure.roles["when"] = [replace(unsure.roles["when"][0], sure=0.7)]
    assert when_of(text, unsure) is None


def test_a_time_marked_for_another_is_not_taken_by_rule() -> None:
    text = text_of("Jets bombed the market on Wednesday, mourning the raid.")
    other = draft_of(text, "raid", quote=text.raw)
    assert when_of(text, other) is not None
    other.when = None
    read_when(text, [draft_of(text, "bombed", when="on Wednesday"), other])
    assert other.when is None


def test_a_length_of_time_is_counted_from_the_day_of_saying_so() -> None:
    text = text_of("Jets bombed the market for the past two days, a mayor said on Wednesday.")
    draft = draft_of(text, "bombed", when="for the past two days", said="on Wednesday")
    assert when_of(text, draft) == ("for the past two days", "2016-11-28", "2016-11-30")


def test_the_only_day_of_a_report_is_carried_over() -> None:
    first, later = "Guards raided a mill on Wednesday.", "Nine men were held in the raid."
    text = text_of(first, later, "The guards shot a dog.")
    raid, held = draft_of(text, "raided", when="on Wednesday"), draft_of(text, "held")
    held.type = "COERCE"
    shot, again = draft_of(text, "shot"), draft_of(text, "in the raid")
    read_when(text, [raid, held, shot, again])
    assert held.when == raid.when
    assert held.by["when"] == "rule:when.carried"
    assert again.when == raid.when
    assert shot.when is None
    text = text_of(first, later, "The mill had burned in 2014.")
    raid, held = draft_of(text, "raided", when="on Wednesday"), draft_of(text, "held")
    held.type = "COERCE"
    read_when(text, [raid, held])
    assert held.when is None


WORDS = st.sampled_from(
    "on in since the May 3 12 2014 , - Monday last next week night two days ago until early of ' st . 1914–18 a half "
    "every past 10:30 pm 99999 February 30 0 century BC Ramadan \n \u2028 İ ſ".split(" ")
)


@settings(max_examples=120, deadline=None)
@given(st.lists(WORDS, max_size=30).map(" ".join) | st.text(max_size=200), st.none() | st.dates())
def test_any_text_is_read_and_every_mention_is_a_slice(raw: str, today: date | None) -> None:
    found = find(text_of(raw, today=today))
    for one in found:
        assert raw[one.start : one.end] == one.text != ""
        assert one.low is None or one.high is None or one.low <= one.high
        assert one.type in ("DATE", "TIME", "DURATION", "SET")
        assert one.to_json()["value"] == one.value
    assert all(a.end <= b.start for a, b in pairwise(found))
    resolve(raw, today, future=True)
