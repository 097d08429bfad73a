import pytest

from contested.text.sentences import LONGEST, PIECE, letter_case, split


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split(text, 0, len(text), letter_case(text))]


@pytest.mark.parametrize(
    "parts",
    [
        ["“What for?” he asked.", "Nobody knew."],
        ["“We will stay.”", "The guards left."],
        ["He said: \"Go.\"", "They went."],
        ["They left (all of them.)", "The mill burned."],
        ["It hit 3.5 km off at No. 7 Mill Road.", "Nobody was hurt."],
        ["J. R. Oru and V. Dunn crossed.", "Guards watched..."],
        ["They fled ... to the hills.", "Snow fell…", "It was cold."],
        ["Who fired?!", "The council will not say."],
        ["See lomar.example.org for the list.", "It has 40 names."],
        ["The mission ended in the U.S.", "The envoys flew home."],
        ["U.N. Deputy Envoy Sami Kress met the U.S. Ambassador.", "Both left."],
        ["1. Guards leave the bridge.", "2. Families return."],
        ["The guards took the mill .", "They left at noon ."],
    ],
)  # fmt: skip
def test_stops(parts: list[str]) -> None:
    assert sentences(" ".join(parts)) == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Guards left the city.The army came.", ["Guards left the city.", "The army came."]),
        ("“Nobody was hurt.”The mill burned.", ["“Nobody was hurt.”", "The mill burned."]),
        ("War comes to VeldlandThe guards left at noon.", ["War comes to Veldland", "The guards left at noon."]),
        ("He met McAllen and the U.N.HCR staff at Lomar.", ["He met McAllen and the U.N.HCR staff at Lomar."]),
    ],
)
def test_lost_spaces(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


def test_small_letters_only() -> None:
    text = "guards left the mill. no. 5 company stayed. rs. 400 was paid to dr. oru. families came back."
    assert sentences(text) == [
        "guards left the mill.", "no. 5 company stayed.", "rs. 400 was paid to dr. oru.", "families came back.",
    ]  # fmt: skip


def test_capitals_only() -> None:
    text = 'GUARDS LEFT THE MILL.  GEN. ORU STAYED IN THE U.S. EMBASSY.  "WHY?" NOBODY SAID.'
    assert sentences(text)[:2] == ["GUARDS LEFT THE MILL.", "GEN. ORU STAYED IN THE U.S. EMBASSY."]


def test_text_without_a_stop_is_cut_at_clauses() -> None:
    text = "the guards held the bridge and the mill and the old road to the north for a week, " * 600
    found = sentences(text)
    assert max(len(one.split()) for one in found) <= PIECE
    assert all(one.endswith(",") for one in found)
    assert " ".join(found) == text.strip()


def test_a_long_sentence_is_left_whole() -> None:
    text = " ".join(["word"] * (LONGEST - 1)) + "."
    assert sentences("A" + text) == ["A" + text]


def test_text_without_spaces_is_cut() -> None:
    assert max(map(len, sentences("x" * 20_000))) <= PIECE * 20
