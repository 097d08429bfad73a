"""Plain text, encodings, and what every input has in common."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.config import MAX_TEXT
from contested.errors import InputError, PartlyRead
from contested.intake import KINDS, from_path, from_paths
from contested.intake.decoding import as_windows_1252, decode
from contested.intake.text import headline
from contested.statement import Report

BODY = "The army said on Friday it had entered Oron. Residents of the town said no soldier had been seen."


def only(path: Path | str, **given: object) -> Report:
    (one,) = from_path(path, **given)  # type: ignore[arg-type]
    assert isinstance(one, Report), one
    return one


def error(path: Path | str, **given: object) -> str:
    (one,) = from_path(path, **given)  # type: ignore[arg-type]
    assert type(one) is InputError, one
    return str(one)


def test_the_text_is_the_file_as_it_stands(tmp_path: Path) -> None:
    file = tmp_path / "oron.txt"
    file.write_bytes(f"Army says it is in Oron\r\n\r\n  {BODY}\r\n\r\n".encode())
    report = only(file)
    assert report.text == f"Army says it is in Oron\r\n\r\n  {BODY}\r\n\r\n"
    assert report.title == "Army says it is in Oron"
    assert (report.published, report.outlet, report.url) == (None, None, None)
    assert report.extra == {"taken_from": str(file)}


def test_what_the_caller_gives_is_taken(tmp_path: Path) -> None:
    file = tmp_path / "oron.txt"
    file.write_text(f"Army says it is in Oron\n\n{BODY}", "utf-8")
    report = only(file, published="2019-03-08", outlet=" Hill  Post ", title="In Oron")
    assert (report.published, report.outlet, report.title) == ("2019-03-08", "Hill Post", "In Oron")
    assert report.extra["published_basis"] == "option"


@pytest.mark.parametrize("published", ["25th", "2019-02-30", "8 March", ""])
def test_a_date_given_wrongly_is_refused_at_once(published: str) -> None:
    with pytest.raises(InputError, match="write YYYY-MM-DD"):
        from_path("nowhere.txt", published=published)


@pytest.mark.parametrize(
    "text",
    [
        f"Army says it is in Oron\n\n{BODY}",
        f"\n\n  Army says it is in Oron  \n \n{BODY}",
        f"Is the army in Oron?\n\n{BODY}",
        f"“We are in Oron”: army\n\n{BODY}",
    ],
)
def test_a_short_first_line_before_a_blank_line_is_the_headline(text: str) -> None:
    found = headline(text)
    assert found is not None
    assert found == text.strip().split("\n")[0].strip()


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        f"{BODY}\n\n{BODY}",
        f"Army says it is in Oron\n{BODY}",
        "Army says it is in Oron",
        "Army says it is in Oron\n\n",
        f"The army is in Oron.\n\n{BODY}",
        f"The army is in “Oron.”\n\n{BODY}",
        f"By Our Correspondent\n\n{BODY}",
        f"8 March 2019, 10:30\n\n{BODY}",
        f"ORON\n\n{BODY}",
        f"https://hillpost.example/oron today\n\n{BODY}",
        f"{'word ' * 60}\n\n{BODY}",
        "",
    ],
)
def test_no_other_first_line_is_a_headline(text: str) -> None:
    assert headline(text) is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_files_are_read(tmp_path: Path, encoding: str) -> None:
    text = f"Żaneta’s café – shelled. {BODY}"
    file = tmp_path / "oron.txt"
    file.write_bytes(text.encode(encoding))
    report = only(file)
    assert report.text == text
    assert report.extra.get("encoding") == (None if encoding.startswith("utf-8") else encoding)


def test_windows_1252_is_read_where_it_is_plausible(tmp_path: Path) -> None:
    text = f"“The café in Oron was hit,” a résumé of the day says – {BODY}"
    file = tmp_path / "oron.txt"
    file.write_bytes(text.encode("cp1252"))
    report = only(file)
    assert report.text == text
    assert report.extra["encoding"] == "cp1252"


@pytest.mark.parametrize(
    "data",
    [
        "Армия вошла в город Орон в пятницу, сообщили жители.".encode("cp1251"),
        "دخل الجيش المدينة يوم الجمعة".encode("cp1256"),
        "軍は金曜日に町に入った。".encode("shift-jis"),
        f"{BODY} Żaneta".encode()[:-6] + b"\xc5 and then a caf\xc3\xa9",
        b"An odd \x8d byte",
        b"An odd \xe9 and a bell \x07",
    ],
)
def test_what_no_encoding_fits_is_undecodable(tmp_path: Path, data: bytes) -> None:
    assert as_windows_1252(data) is None
    file = tmp_path / "oron.txt"
    file.write_bytes(data)
    assert error(file).startswith(f"{file}: neither UTF-8 (byte ")


def test_a_broken_utf_16_file_is_undecodable(tmp_path: Path) -> None:
    file = tmp_path / "oron.txt"
    file.write_bytes(BODY.encode("utf-16") + b"\x41")
    assert "begins as utf-16 but byte" in error(file)


@given(st.text())
def test_utf_8_always_decodes_to_itself(text: str) -> None:
    if "\0" not in text and not text.startswith("\ufeff"):
        assert decode(text.encode(), "-") == (text, "utf-8")


@given(st.binary())
def test_any_bytes_decode_or_are_refused(data: bytes) -> None:
    try:
        text, encoding = decode(data, "x.txt")
    except InputError:
        return
    text.encode()
    assert encoding


@pytest.mark.parametrize("data", [b"", b" \n\n\t ", b"\xef\xbb\xbf", b"\xef\xbb\xbf \r\n"])
@pytest.mark.parametrize("name", [suffix for kind in KINDS for suffix in kind.suffixes])
def test_an_empty_file_is_told(tmp_path: Path, name: str, data: bytes) -> None:
    file = tmp_path / f"oron{name}"
    file.write_bytes(data)
    assert error(file) == f"{file}: empty: there is nothing to read"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "a PDF"),
        (b"PK\x03\x04\x14\x00", "ZIP archive or an office document"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"\x89PNG\r\n", "a picture"),
        (b"{\\rtf1\\ansi", "RTF"),
        (b"\x7fELF\x02\x01\x01\x00\x00", "byte 7 is NUL"),
        (b"Rebels left \x00 Karsa.", "byte 12 is NUL"),
    ],
)
@pytest.mark.parametrize("name", ["oron.txt", "oron.html", "oron.jsonl", "oron.csv", "oron"])
def test_a_binary_file_is_told(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    assert words in error(file)


def test_a_nul_far_into_a_file_is_told(tmp_path: Path) -> None:
    file = tmp_path / "oron.txt"
    file.write_bytes(BODY.encode() * 200 + b"\0")
    assert f"byte {len(BODY) * 200} is NUL" in error(file)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    assert error(tmp_path / "oron.txt") == f"{tmp_path / 'oron.txt'}: no such file or folder"


def test_an_unreadable_file_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    file = tmp_path / "oron.txt"
    file.write_text(BODY, "utf-8")
    monkeypatch.setattr(Path, "open", refuse)
    assert error(file) == f"{file}: cannot be read: Permission denied"


def test_a_link_to_itself_is_told(tmp_path: Path) -> None:
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    assert "cannot be read" in error(tmp_path / "loop.txt")


def test_a_file_far_too_large_for_one_report_is_told(tmp_path: Path) -> None:
    file = tmp_path / "oron.txt"
    file.write_bytes(b"The army is in Oron. " * 2_500_000)
    assert file.stat().st_size > 50_000_000
    assert "larger than 8 MB: one plain-text file is one report" in error(file)


def test_a_text_too_long_for_a_report_is_told(tmp_path: Path) -> None:
    file = tmp_path / "oron.txt"
    file.write_text("x" * (MAX_TEXT + 1), "utf-8")
    assert "a text of 2,000,001 characters" in error(file)


def test_several_paths_are_read_in_order_and_a_bad_one_stops_nothing(tmp_path: Path) -> None:
    for name in ("b", "a"):
        (tmp_path / f"{name}.txt").write_text(f"{name}: {BODY}", "utf-8")
    taken = list(from_paths([tmp_path / "b.txt", tmp_path / "none.txt", str(tmp_path / "a.txt")]))
    assert [t.text[0] if isinstance(t, Report) else str(t.reason) for t in taken] == [
        "b",
        "no such file or folder",
        "a",
    ]


def standard_input(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


@pytest.mark.parametrize(
    ("data", "count"),
    [
        (f"Army says it is in Oron\n\n{BODY}".encode(), 1),
        (f"[Editor’s note] {BODY}".encode(), 1),
        (json.dumps({"text": BODY}, indent=2).encode(), 1),
        (json.dumps([{"text": BODY}, {"text": BODY}]).encode(), 2),
        (f"\ufeff{json.dumps({'text': BODY})}\n".encode(), 1),
        (f"{json.dumps({'text': BODY})}\n{json.dumps({'text': BODY})}\n".encode("utf-16"), 2),
        (f"<!DOCTYPE html><html><body><article><p>{BODY}</p><p>{BODY}</p></article></body></html>".encode(), 1),
        (f'date,text\n2019-03-08,"{BODY}"\n2019-03-09,"{BODY}"\n'.encode(), 2),
    ],
    ids=["text", "bracket", "object", "array", "line", "utf-16 lines", "html", "csv"],
)
def test_standard_input_is_known_by_its_first_bytes(monkeypatch: pytest.MonkeyPatch, data: bytes, count: int) -> None:
    standard_input(monkeypatch, data)
    taken = list(from_path("-"))
    assert len(taken) == count
    for report in taken:
        assert isinstance(report, Report), report
        assert BODY in report.text
        assert str(report.extra["taken_from"]).startswith("-")
    assert not sys.stdin.buffer.closed


def test_empty_standard_input_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    standard_input(monkeypatch, b"")
    assert error("-") == "-: empty: there is nothing to read"


def test_a_page_saved_as_txt_is_a_page(tmp_path: Path) -> None:
    file = tmp_path / "oron.txt"
    file.write_text(f"<!doctype html><html><body><article><p>{BODY}</p><p>{BODY} Again.</p></article></body></html>")
    assert "<p>" not in only(file).text


def test_a_name_that_is_no_utf_8_can_be_printed(tmp_path: Path) -> None:
    file = tmp_path / "oron\udce9.txt"
    assert str(tmp_path) in error(file).encode().decode()


def test_a_folder_is_read_in_order_and_counts_what_it_passes_over(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "two.txt").write_text(f"2 {BODY}", "utf-8")
    (tmp_path / "a.jsonl").write_text(f"{json.dumps({'text': '1 ' + BODY})}\n{{broken\n", "utf-8")
    (tmp_path / "c.TXT").write_text(f"3 {BODY}", "utf-8")
    (tmp_path / "d.txt").write_bytes(b"\x00\x01")
    for name in ("map.jpg", "plan.jpg", "README", ".hidden.txt"):
        (tmp_path / name).write_text("nothing", "utf-8")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "x.txt").write_text("nothing", "utf-8")
    (tmp_path / "again").symlink_to(tmp_path, target_is_directory=True)
    taken = list(from_path(tmp_path))
    assert [t.text[0] if isinstance(t, Report) else type(t).__name__ for t in taken] == [
        "1", "InputError", "2", "3", "InputError", "PassedOver",
    ]  # fmt: skip
    assert str(taken[1]).startswith(f"{tmp_path / 'a.jsonl'}:2: broken JSON")
    assert str(taken[-1]).endswith("3 files passed over, of no kind read here: .jpg 2, no suffix 1")


def test_a_folder_without_reports_is_told(tmp_path: Path) -> None:
    assert "no reports in this folder" in error(tmp_path)


@given(st.binary(max_size=300), st.sampled_from(["x.txt", "x.html", "x.json", "x.jsonl", "x.csv", "x.tsv", "x"]))
def test_no_bytes_whatever_raise(tmp_path_factory: pytest.TempPathFactory, data: bytes, name: str) -> None:
    file = tmp_path_factory.mktemp("any") / name
    file.write_bytes(data)
    taken = list(from_path(file))
    assert taken
    for one in taken:
        if isinstance(one, Report):
            json.dumps(one.to_json(), ensure_ascii=False).encode("utf-8")
        else:
            assert one.where == str(file)


def test_nothing_of_a_report_is_partly_read_without_a_word(tmp_path: Path) -> None:
    file = tmp_path / "oron.jsonl"
    file.write_text(json.dumps({"text": BODY, "published": "25th"}), "utf-8")
    slip, report = from_path(file)
    assert isinstance(slip, PartlyRead)
    assert str(slip) == f"{file}:1: publication date left out: '25th' is not a full date: write YYYY-MM-DD"
    assert isinstance(report, Report)
    assert (report.published, report.extra["published_as_given"]) == (None, "25th")
