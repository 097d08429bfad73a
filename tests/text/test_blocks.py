from __future__ import annotations

import pytest

from contested.statement import Report
from contested.text import Text, prepare

ONE = "Guards opened the bridge at Lomar on Monday after two days of talks, a council member said."
TWO = "Some 400 families crossed before dark. Nobody was hurt, and both banks were quiet by the evening."
THREE = "The council will meet again next week, and the guards have agreed to stay away from the square."


def roles(text: Text) -> list[tuple[str, bool]]:
    return [(block.role, block.speaks) for block in text.blocks]


def spoken(text: Text) -> str:
    return " ".join(text.raw[s.start : s.end] for s in text.sentences)


def report(*paragraphs: str, **more: str) -> Text:
    return prepare(Report("\n\n".join(paragraphs), **more))  # type: ignore[arg-type]


def test_headline_byline_heading() -> None:
    text = report("Bridge opens at Lomar", "By Veld Dunn", ONE, TWO, "Quiet banks", THREE)
    assert roles(text) == [
        ("headline", True), ("byline", False), ("paragraph", True), ("paragraph", True), ("heading", True),
        ("paragraph", True),
    ]  # fmt: skip


def test_captions_that_stand_twice() -> None:
    caption = "The old bridge at Lomar in spring."
    text = report("Bridge opens at Lomar", f"{caption}\n{caption}", ONE, TWO)
    assert roles(text)[1:3] == [("caption", False), ("caption", False)]
    assert caption not in spoken(text)


def test_nothing_speaks_after_a_comment_form() -> None:
    text = report(
        ONE, TWO, THREE, "Leave a Reply", "Your email address will not be published. Required fields are marked *",
        "Guards hold the mill at Lomar", "Veldland army kills 12 near the river.",
    )  # fmt: skip
    assert spoken(text) == " ".join([ONE, TWO, THREE])


def test_a_comment_form_before_the_report_silences_only_itself() -> None:
    assert spoken(report("Leave a Comment", ONE, TWO, THREE)) == " ".join([ONE, TWO, THREE])


def test_trailing_headlines() -> None:
    text = report(ONE, TWO, THREE, "Guards hold the mill at Lomar", "Veldland army kills 12 near river")
    assert spoken(text) == " ".join([ONE, TWO, THREE])
    assert {b.role for b in text.blocks[3:]} == {"links"}


def test_lists_of_the_report_itself_speak() -> None:
    listed = ["Hit on Monday were:", "- the mill near the old bridge", "- the school of Upper Lomar"]
    assert "school" in spoken(report(ONE, TWO, THREE, "\n".join(listed)))
    unmarked = ["Among the dead were:", "Veld Dunn of Lower Lomar", "Lina Oru of Upper Lomar"]
    assert "Lina Oru" in spoken(report(ONE, TWO, THREE, *unmarked))


def test_a_text_cut_off_in_its_last_sentence_speaks() -> None:
    text = report(ONE, TWO, THREE, "The guards, who hold the mill and the road to the north")
    assert spoken(text).endswith("road to the north")


def test_all_on_one_line_with_its_title() -> None:
    title = "Bridge opens at Lomar: council"
    raw = f"Mon 05 Sep 2016 Bridge opens at Lomar council. {ONE} {TWO} --Reuters"
    text = prepare(Report(raw, title=title))
    assert [(b.role, raw[b.start : b.end]) for b in text.blocks] == [
        ("byline", "Mon 05 Sep 2016"), ("headline", "Bridge opens at Lomar council."), ("paragraph", f"{ONE} {TWO}"),
        ("byline", "--Reuters"),
    ]  # fmt: skip


def test_a_first_sentence_that_begins_with_the_title_is_left_whole() -> None:
    text = prepare(Report("Operation River Gate (ORG) was an attack on Lomar. " + TWO, title="Operation River Gate"))
    assert roles(text) == [("paragraph", True)]


def test_credits_at_the_end_of_one_line() -> None:
    ends = [
        "Reporting by Veld Dunn; Editing by Lina Oru", "(Source: Lomar Council) Twitter", "Veld Dunn", "214-11",
        "M. al-Oru/V. Dunn", "(With AFP and Reuters) Last Update: Monday 5 September 2016 KSA 15:55", "Read Also",
    ]  # fmt: skip
    for end in ends:
        assert spoken(prepare(Report(f"{ONE} {TWO} {THREE} {end}"))) == " ".join([ONE, TWO, THREE]), end


def test_a_photo_credit_makes_a_caption_of_the_sentence_before_it() -> None:
    caption = "Women look at the burnt mill of Lomar on May 5 2016."
    for credit in ("(AFP Photo)", "[Anadolu]", "(Veld TV and Agencies)"):
        text = prepare(Report(f"{caption} {credit} {ONE} {TWO}"))
        assert spoken(text) == f"{ONE} {TWO}"
        assert roles(text)[0] == ("caption", False)


def test_brackets_that_are_no_credits() -> None:
    for words in (
        "The Veld News Agency (VNA) Monday aired the pictures of the burnt mill.",
        "The guards (who deny it) Monday left the mill.",
        "LOMAR (AP) The guards left the mill on Monday.",
    ):
        text = prepare(Report(f"{ONE} {words} {TWO}"))
        assert all(block.speaks for block in text.blocks), words


def test_a_last_paragraph_with_its_agency_speaks() -> None:
    text = report(ONE, TWO, THREE.rstrip(".") + ". (AFP)")
    assert THREE in spoken(text)


@pytest.mark.parametrize(
    "line", ["1" * 60 + " killed", "Share " * 60 + "the bread", "Share 20190308100000" + "1" * 40 + " times"]
)
def test_lines_that_nearly_are_buttons_are_looked_through_once(line: str) -> None:
    prepare(Report(f"{line}\n\nThe mill fell on Friday, a monitor said."))  # years, where numbers can be parted at will
