from contested.text.paragraphs import split
from contested.text.sentences import letter_case


def paragraphs(text: str) -> list[str]:
    return [text[start:end] for start, end in split(text, letter_case(text))]


def test_blank_lines_divide() -> None:
    assert paragraphs("One was hurt.\n\n  Two fled.  \n \nThree stayed.") == [
        "One was hurt.",
        "Two fled.",
        "Three stayed.",
    ]


def test_single_breaks_divide_where_each_paragraph_is_a_line() -> None:
    lines = [
        "Guards opened the bridge at Lomar on Monday after two days of talks with the council, a member of it said.",
        "Some 400 families crossed.",
        "The market, which had been shut since the spring, opened again, and bread was sold at the old price.",
    ]
    assert paragraphs("\n".join(lines)) == lines
    assert paragraphs("\u2028".join(lines)) == lines
    assert paragraphs("\r\n".join(lines)) == lines


WRAPPED = """\
Guards opened the bridge at Lomar on Monday after two days of talks
with the council, a member of it said. Some 400 families crossed the
river before dark, and the market opened again for the first time
since the spring.
The governor, who had been held for a week in the mill, was freed.
He said that the guards had treated him well and that he would go
back to his office at once."""


def test_hard_wrapped_lines_are_joined() -> None:
    found = paragraphs(WRAPPED)
    assert [p.split()[0] for p in found] == ["Guards", "The"]
    assert found[0].endswith("since the spring.")


def test_hard_wrapped_capitals_with_indents() -> None:
    text = "\n\n".join("   " + part for part in WRAPPED.upper().split("\nTHE GOVERNOR"))
    assert len(paragraphs(text)) == 2


def test_a_dash_that_begins_a_wrapped_line_is_no_bullet() -> None:
    text = WRAPPED.replace("with the council, a", "-- with the council -- a")
    assert len(paragraphs(text)) == 2


def test_bullets_stay_apart() -> None:
    assert paragraphs("Hit were:\n- a mill\n- a school\n* the old bridge") == [
        "Hit were:", "- a mill", "- a school", "* the old bridge",
    ]  # fmt: skip


def test_a_break_inside_a_sentence_is_mended() -> None:
    assert len(paragraphs("The guards, who hold the eastern bank of the river,\n left on Monday, a monitor said.")) == 1


def test_lines_without_letters_are_blank() -> None:
    assert paragraphs("One was hurt.\n* * *\n\x00\nTwo fled.") == ["One was hurt.", "Two fled."]
