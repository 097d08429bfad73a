from datetime import date

import pytest

from contested.statement import Report
from contested.text import prepare

BODY = "The army took the mill on Monday. Nobody was hurt."


@pytest.mark.parametrize(
    ("head", "place", "day"),
    [
        ("LOMAR, Dec 2 –", "LOMAR", date(2016, 12, 2)),
        ("LOMAR (Reuters) -", "LOMAR", None),
        ("Lomar, SANA –", "Lomar", None),
        ("Lomar, (SANA)-", "Lomar", None),
        ("LOMAR, Veldland (Nov. 3, 2010) –", "LOMAR, Veldland", date(2010, 11, 3)),
        ("SAN LOMAR, 5 May 1990 (AFP) -", "SAN LOMAR", date(1990, 5, 5)),
        ("Lomar, June 7 (QNA) -", "Lomar", date(2016, 6, 7)),
        ("LOMAR —", "LOMAR", None),
        ("LOMAR:", "LOMAR", None),
        ("Lomar, Jan. 3 (Xinhua) --", "Lomar", date(2017, 1, 3)),
        ("Published August 3 2015", None, date(2015, 8, 3)),
        ("05.09.2016", None, date(2016, 9, 5)),
        ("25-09-2016", None, date(2016, 9, 25)),
        ("02-12-2016", None, date(2016, 12, 2)),
        ("2016-12-02", None, date(2016, 12, 2)),
    ],
)
def test_before_the_first_sentence(head: str, place: str | None, day: date | None) -> None:
    text = prepare(Report(f"{head} {BODY}", published="2016-12-03"))
    assert text.dateline is not None
    assert (text.dateline.place, text.dateline.date) == (place, day)
    assert text.raw[text.dateline.start : text.dateline.end] == head
    assert text.raw[text.sentences[0].start :].startswith("The army")
    assert (text.today, text.today_basis) == ((day, "dateline") if day else (date(2016, 12, 3), "published"))


@pytest.mark.parametrize(
    "line",
    [
        "1 December 2016 | Lomar",
        "Lomar | December 1, 2016",
        "Thursday, 1 December 2016",
        "Posted: Dec 1, 2016 11:20 am GMT",
    ],
)
def test_a_line_of_its_own(line: str) -> None:
    text = prepare(Report(f"Guards open bridge\n\n{line}\n\n{BODY}"))
    assert text.today == date(2016, 12, 1)
    assert [b.role for b in text.blocks] == ["headline", "byline", "paragraph"]


@pytest.mark.parametrize(
    "words",
    [
        "On December 2, 2016 the army took the mill.",
        "December 2, 2016, was the day the mill fell.",
        "2 December 2016 saw the mill fall.",
        "The mill fell on Dec. 2 - a Friday.",
        "Gen. Oru - who leads the guards - left.",
        "NATO said on Dec 2, 2016 (a Friday) that it would stay.",
    ],
)
def test_sentences_that_begin_with_dates_and_names(words: str) -> None:
    text = prepare(Report(words))
    assert text.dateline is None
    assert text.sentences[0].start == 0


def test_no_year_and_no_date_of_publication_is_no_date() -> None:
    text = prepare(Report(f"LOMAR, Dec 2 (Xinhua) -- {BODY}"))
    assert text.dateline is not None
    assert text.dateline.place == "LOMAR"
    assert text.dateline.date is None
    assert (text.today, text.today_basis) == (None, None)


def test_day_and_month_in_an_unknown_order_are_no_date() -> None:
    assert prepare(Report(f"05-09-2016 {BODY}")).today is None
    assert prepare(Report(f"05-09-2016 {BODY}", published="2016-05-10")).today == date(2016, 5, 9)


def test_the_dateline_is_the_date_of_publication_even_where_it_differs() -> None:
    text = prepare(Report(f"LOMAR, 5 May 2014 (AFP) - {BODY}", published="2016-12-03"))
    assert (text.today, text.today_basis) == (date(2014, 5, 5), "dateline")


def test_a_date_that_does_not_exist() -> None:
    assert prepare(Report(f"LOMAR, 31 Feb 2016 (AFP) - {BODY}")).today is None


def test_tags_of_monitored_broadcasts() -> None:
    tags = "[REPORT] [GUARD PRESS OFFICE] [TEXT]"
    raw = f"   LOMAR, 3 JAN 90 (RADIO VELD) -- {tags} THE GUARDS TOOK THE MILL.  NOBODY WAS HURT."
    text = prepare(Report(raw))
    assert text.today == date(1990, 1, 3)
    assert raw[text.sentences[0].start :].startswith("THE GUARDS")


def test_a_release_number_tells_the_year() -> None:
    head = "Patrols clear road\nNorthern Joint Command\n2010-09-NC-160\nFor Immediate Release"
    raw = f"{head}\n\nLOMAR (Sept. 16) - {BODY}"
    text = prepare(Report(raw))
    assert text.today == date(2010, 9, 16)
    assert [b.role for b in text.blocks] == ["headline", "byline", "byline", "byline", "paragraph"]


def test_a_headline_glued_to_the_dateline() -> None:
    text = prepare(
        Report(f"Seven guards killed in VeldlandLOMAR, Veldland, Oct. 3 (Xinhua) -- {BODY}", published="2011-10-04")
    )
    assert text.today == date(2011, 10, 3)
    assert [text.raw[s.start : s.end] for s in text.sentences][:2] == [
        "Seven guards killed in Veldland", "The army took the mill on Monday.",
    ]  # fmt: skip


def test_a_header_lends_its_year_to_the_place_line() -> None:
    text = prepare(Report(f"18.10.2014 Guards took the mill. LOMAR October 17 (RIA Novosti) - {BODY}"))
    assert text.dateline is not None
    assert (text.dateline.place, text.dateline.date) == ("LOMAR", date(2014, 10, 17))
    first = text.sentences[0]
    assert text.raw[first.start : first.end] == "Guards took the mill."


def test_small_letters_only() -> None:
    text = prepare(Report("new lomar: the army took the mill on monday. nobody was hurt. the guards left."))
    assert text.dateline is not None
    assert text.dateline.place == "new lomar"
    assert text.raw[text.sentences[0].start :].startswith("the army")
