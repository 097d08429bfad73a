import pytest

from contested.statement import Report
from contested.text import prepare


def quoted(text: str) -> list[tuple[str, bool]]:
    return [(text[q.start : q.end], q.closed) for q in prepare(Report(text)).quotations]


@pytest.mark.parametrize(
    "text",
    [
        'She said "nobody fired" on Monday.',
        "She said “nobody fired” on Monday.",
        "She said ``nobody fired'' on Monday.",
        "She said ''nobody fired'' on Monday.",
        'She said ""nobody fired"" on Monday.',
        "She said ‘‘nobody fired’’ on Monday.",
        "She said «nobody fired» on Monday.",
        "She said „nobody fired“ on Monday.",
        "She said ‘nobody fired’ on Monday.",
        "She said 'nobody fired' on Monday.",
        "She said â€œnobody firedâ€ on Monday.",
        "She said â€˜â€˜nobody firedâ€™â€™ on Monday.",
    ],
)
def test_marks(text: str) -> None:
    assert quoted(text) == [("nobody fired", True)]


@pytest.mark.parametrize(
    "text",
    [
        "The rebels’ talks with the guards’ council failed, and it’s Lomar’s loss.",
        "The rebels' talks with the guards' council failed, and it's Lomar's loss.",
        "The state''s guards left.",
        "He is 5'10\" tall.",
        "The '90s were quiet in Lomar.",
    ],
)
def test_apostrophes_and_measures_are_no_marks(text: str) -> None:
    assert quoted(text) == []


def test_a_possessive_inside_single_marks() -> None:
    assert quoted("‘The rebels’ talks have failed,’ he said.") == [("The rebels’ talks have failed,", True)]


def test_one_inside_another() -> None:
    assert quoted("“They shouted ‘go home’ at us,” she said.") == [
        ("They shouted ‘go home’ at us,", True), ("go home", True),
    ]  # fmt: skip


def test_two_in_a_row() -> None:
    text = '"Nobody fired." "We only watched," he said.'
    assert quoted(text) == [("Nobody fired.", True), ("We only watched,", True)]


def test_over_paragraphs() -> None:
    text = "“We left at dawn.\n\n“We came back at noon.\n\n“We will stay,” he said. “For good.”"
    found = prepare(Report(text)).quotations
    assert [text[q.start : q.end] for q in found] == [
        "We left at dawn.", "We came back at noon.", "We will stay,", "For good.",
    ]  # fmt: skip
    assert [q.group for q in found] == [0, 0, 0, 1]
    assert all(q.closed for q in found)


def test_a_lost_mark_ends_with_the_paragraph() -> None:
    text = 'He said "nobody fired and left.\n\nThe mill burned. "Nobody cared" there.'
    assert quoted(text) == [("nobody fired and left.", False), ("Nobody cared", True)]


def test_a_lost_mark_ends_with_the_sentence_where_all_is_one_line() -> None:
    text = 'He said "nobody fired and left. ' + "The mill at Lomar burned for a week. " * 40
    assert quoted(text) == [("nobody fired and left.", False)]


def test_silent_blocks_have_none() -> None:
    assert quoted("Guards left Lomar on Monday.\n\nFile photo: the “Old Mill” in Lomar") == []
