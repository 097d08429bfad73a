"""JSON Lines, JSON objects and arrays in the codebook's file format."""

from __future__ import annotations

import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested import config
from contested.errors import InputError, PartlyRead
from contested.intake import from_path
from contested.statement import Report

TEXT = "The army shelled Oron on Friday. Residents said nine people had been killed."
SHELLED = {"kind": "event", "type": "ASSAULT", "anchor": "shelled", "quote": "The army shelled Oron on Friday"}


def write(folder: Path, *lines: Any, name: str = "in.jsonl") -> Path:
    file = folder / name
    file.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), "utf-8")
    return file


def told(file: Path) -> list[str]:
    """What is yielded: a report as its text, an issue as its message without the folder."""
    return [t.text if isinstance(t, Report) else str(t).removeprefix(f"{file.parent}/") for t in from_path(file)]


def only(file: Path) -> Report:
    (report,) = from_path(file)
    assert isinstance(report, Report), report
    return report


def test_the_whole_format_is_read(tmp_path: Path) -> None:
    line = {
        "id": "hp-7", "outlet": "Hill Post", "title": "Oron shelled", "published": "2019-03-08",
        "url": "https://hillpost.example/oron", "text": TEXT, "statements": [{**SHELLED, "places": ["Oron"]}],
        "desk": 4,
    }  # fmt: skip
    report = only(write(tmp_path, line))
    out = report.to_json()
    for name in ("id", "outlet", "title", "published", "url", "text", "desk"):
        assert out[name] == line[name]
    assert report.statements[0].places[0].start == TEXT.index("Oron")
    assert report.extra == {"desk": 4, "taken_from": f"{tmp_path / 'in.jsonl'}:1", "published_basis": "given"}


def test_what_was_given_out_is_taken_in_again(tmp_path: Path) -> None:
    line = {"text": TEXT, "url": "https://hillpost.example/2019/03/08/oron", "statements": [SHELLED]}
    first = only(write(tmp_path, line))
    again = only(write(tmp_path, first.to_json()))
    assert again == first
    assert again.extra == first.extra
    assert first.extra["published_basis"] == "url"


@given(st.text(min_size=1).filter(str.strip), st.none() | st.text(), st.text() | st.integers(), st.none() | st.text())
def test_any_json_object_with_a_text_is_a_report(
    tmp_path_factory: pytest.TempPathFactory, text: str, outlet: str | None, own: str | int, more: str | None
) -> None:
    folder = tmp_path_factory.mktemp("any")
    report = only(write(folder, {"text": text, "outlet": outlet, "id": own, "more": more}))
    assert len(report.text) == len(text)
    assert report.text == text.replace("\0", "\ufffd")
    assert report.id == (str(own).replace("\0", "\ufffd") or report.id)
    json.dumps(report.to_json(), ensure_ascii=False).encode()


def test_broken_lines_in_the_middle_are_named_and_the_rest_is_read(tmp_path: Path) -> None:
    file = write(
        tmp_path,
        {"text": "one"},
        '{"text": "cut off',
        "",
        "not json at all",
        '{"text": NaN}',
        "[" * 100_000,
        '"a string"',
        "[1]",
        "null",
        {"text": "two"},
        '{"text": "th\nree"}',
        {"text": "four"},
    )
    assert told(file) == [
        "one",
        "in.jsonl:2: broken JSON: Unterminated string starting at (column 10)",
        "in.jsonl:4: broken JSON: Expecting value (column 1)",
        "in.jsonl:5: broken JSON: NaN is no JSON",
        "in.jsonl:6: broken JSON: nested too deep",
        'in.jsonl:7: this: is "a string", should be an object with a `text`',
        "in.jsonl:8: this: is [1], should be an object with a `text`",
        "in.jsonl:9: this: is null, should be an object with a `text`",
        "two",
        "in.jsonl:11: broken JSON: Unterminated string starting at (column 10)",
        "in.jsonl:12: broken JSON: Expecting value (column 1)",
        "four",
    ]


def test_a_broken_first_line_is_not_the_end(tmp_path: Path) -> None:
    for name in ("in.jsonl", "in.json"):
        file = write(tmp_path, '{"text": "cut', {"text": "one"}, name=name)
        assert told(file)[1] == "one"


def test_undecodable_and_binary_lines_are_named(tmp_path: Path) -> None:
    file = tmp_path / "in.jsonl"
    cyrillic, accent, nul = '{"text": "Орон"}'.encode("cp1251"), b'{"text": "t\xe9n"}', b'{"text": "\0"}'
    file.write_bytes(b"\n".join([b'{"text": "one"}', cyrillic, accent, b" " * 5000, nul, b'{"text": "two"}']))
    assert told(file) == [
        "one",
        "in.jsonl:2: neither UTF-8 (byte 10 breaks it) nor Windows-1252: save it as UTF-8",
        "tén",
        "in.jsonl:5: binary, not text: byte 10 is NUL",
        "two",
    ]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ({"title": "x", "body": "y"}, "no `text` in this object; it has `title`, `body`"),
        ({}, "no `text` in this object; it has nothing"),
        ({"text": 5}, "`text`: is 5, should be a string"),
        ({"text": None}, "`text`: is null, should be a string"),
        ({"text": ["a", "b"]}, '`text`: is ["a", "b"], should be a string'),
        ({"text": ""}, "`text` is empty: there is nothing to read"),
        ({"text": " \n"}, "`text` is empty: there is nothing to read"),
        ({"text": "x" * (config.MAX_TEXT + 1)}, "a text of 2,000,001 characters, and a report has at most 2,000,000"),
    ],
)
def test_an_object_without_a_text_is_no_report(tmp_path: Path, line: Any, words: str) -> None:
    before, issue, after = told(write(tmp_path, {"text": "one"}, line, {"text": "two"}))
    assert (before, after) == ("one", "two")
    assert issue.startswith(f"in.jsonl:2: {words}")


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("id", [1], "`id`: is [1], should be a string or an integer or null; left out"),
        ("outlet", {"name": "x"}, '`outlet`: is {"name": "x"}, should be a string or null; left out'),
        ("title", True, "`title`: is true, should be a string or null; left out"),
        ("url", 1.5, "`url`: is 1.5, should be a string or null; left out"),
        ("published", 1552003200, "`published`: is 1552003200, should be a string or null; left out"),
        ("published", "25th", "publication date left out: '25th' is not a full date: write YYYY-MM-DD"),
        ("statements", "none", '`statements`: is "none", should be a list or null; left out'),
    ],
)
def test_a_field_of_a_wrong_type_is_named_and_left_out(tmp_path: Path, field: str, value: Any, words: str) -> None:
    slip, report = from_path(write(tmp_path, {"text": TEXT, field: value}))
    assert isinstance(slip, PartlyRead)
    assert (slip.reason, slip.line) == (words, 1)
    assert isinstance(report, Report)
    assert report.text == TEXT
    assert getattr(report, field) in (None, (), Report(TEXT).id)


def test_statements_that_are_wrong_are_named_and_left_out(tmp_path: Path) -> None:
    given_statements = [SHELLED, {**SHELLED, "type": "WAR"}, {**SHELLED, "quote": "The army took Oron"}, 7, SHELLED]
    slip, report = from_path(write(tmp_path, {"text": TEXT, "statements": given_statements}))
    assert isinstance(slip, PartlyRead)
    assert slip.reason.startswith(
        '3 of 5 statements left out; the first: statements[1].type: is "WAR", should be one of'
    )
    assert isinstance(report, Report)
    assert len(report.statements) == 2


@pytest.mark.parametrize("ending", ["in.json", "in.jsonl"])
@pytest.mark.parametrize("indent", [None, 2])
def test_a_document_is_one_object_or_an_array(tmp_path: Path, ending: str, indent: int | None) -> None:
    one = write(tmp_path, json.dumps({"text": TEXT, "title": "Oron"}, indent=indent), name=ending)
    assert only(one).title == "Oron"
    several = write(tmp_path, json.dumps([{"text": "one"}, 5, {"text": "two"}], indent=indent), name=ending)
    line = 5 if indent else 1
    assert told(several) == ["one", f"{ending}:{line}: this: is 5, should be an object with a `text`", "two"]


def test_objects_one_after_another_over_several_lines_are_read(tmp_path: Path) -> None:
    file = write(tmp_path, *(json.dumps({"text": word}, indent=1) for word in ("one", "two")), name="in.json")
    assert told(file) == ["one", "two"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[{"text": "one"},\n {"text": "two"', "in.json:2: broken JSON: Expecting ',' delimiter (column 16)"),
        ('[{"text": "one"}\n', "in.json:2: broken JSON: The array is not closed (column 1)"),
        ('[{"text": "one"}, oops]', "in.json:1: broken JSON: Expecting value (column 19)"),
    ],
)
def test_a_document_that_breaks_off_is_read_up_to_there(tmp_path: Path, text: str, words: str) -> None:
    assert told(write(tmp_path, text, name="in.json")) == ["one", f"{words}; nothing is read from here on"]


def test_a_document_nested_too_deep_is_told(tmp_path: Path) -> None:
    assert told(write(tmp_path, "[" * 100_000, name="in.json")) == ["in.json: broken JSON: nested too deep"]
    assert told(write(tmp_path, "[Infinity]", name="in.json")) == ["in.json: broken JSON: Infinity is no JSON"]


def test_an_array_without_reports_is_told(tmp_path: Path) -> None:
    assert told(write(tmp_path, "[ ]", name="in.json")) == ["in.json: empty: an array without reports"]


def test_what_is_no_json_is_told_once(tmp_path: Path) -> None:
    words = "not JSON: a report is an object with a `text`, one object a line"
    assert told(write(tmp_path, *["The army shelled Oron."] * 50, name="in.json")) == [f"in.json: {words}"]


def test_half_surrogates_and_nul_do_not_reach_the_output(tmp_path: Path) -> None:
    line = r'{"text": "The army \ud800shelled\u0000 Oron \ud83d\ude00", "id": "\udfff", '
    line += r'"title": "\ud800", "m\ud800": ["\ud800"]}'
    report = only(write(tmp_path, line))
    out = json.dumps(report.to_json(), ensure_ascii=False)
    out.encode("utf-8")
    assert report.text == "The army \ufffdshelled\ufffd Oron \N{GRINNING FACE}"
    assert (report.id, report.title, report.extra["m\ufffd"]) == ("\ufffd", "\ufffd", ["\ufffd"])
    assert report.extra["characters_replaced"] == 2


def test_a_file_of_50_mb_is_read_piece_by_piece(tmp_path: Path) -> None:
    file = tmp_path / "in.jsonl"
    line = json.dumps({"text": "The army is in Oron. " * 5_000}) + "\n"
    file.write_text(line * (50_000_000 // len(line) + 1), "utf-8")
    assert file.stat().st_size > 50_000_000
    tracemalloc.start()
    try:
        read = sum(isinstance(report, Report) for report in from_path(file))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert read == file.stat().st_size // len(line)
    assert peak < 5_000_000


def test_an_array_too_large_to_hold_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("contested.intake.jsonl.MAX_DOCUMENT", 1_000_000)
    file = write(tmp_path, json.dumps([{"text": TEXT * 100}] * 200), name="in.json")
    (issue,) = from_path(file)
    assert isinstance(issue, InputError)
    assert "larger than 1 MB: write it as JSON Lines" in issue.reason


def test_a_line_too_long_is_named_and_the_rest_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("contested.intake.jsonl.MAX_LINE", 1_000_000)
    file = write(tmp_path, {"text": "one"}, {"text": "x" * 3_500_000}, {"text": "two"})
    assert told(file) == ["one", "in.jsonl:2: a line of more than 1 MB is no report", "two"]
