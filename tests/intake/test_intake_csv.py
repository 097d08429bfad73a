"""CSV files: which column is which, rows that are wrong, and any size."""

from __future__ import annotations

import csv
import tracemalloc
from pathlib import Path

import pytest

from contested.errors import InputError, PartlyRead
from contested.intake import from_path
from contested.intake.csv import columns
from contested.statement import Report

TEXT = "The army shelled Oron on Friday. Residents said nine people had been killed."


def write(folder: Path, *rows: list[str], delimiter: str = ",", encoding: str = "utf-8") -> Path:
    file = folder / "in.csv"
    with file.open("w", encoding=encoding, newline="") as stream:
        csv.writer(stream, delimiter=delimiter).writerows(rows)
    return file


def read(file: Path, **given: object) -> list[Report]:
    taken = list(from_path(file, **given))  # type: ignore[arg-type]
    assert all(isinstance(one, Report) for one in taken), taken
    return [one for one in taken if isinstance(one, Report)]


def told(file: Path, **given: object) -> list[str]:
    taken = from_path(file, **given)  # type: ignore[arg-type]
    return [t.text if isinstance(t, Report) else str(t).removeprefix(f"{file.parent}/") for t in taken]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_common_columns_are_known(tmp_path: Path, delimiter: str, encoding: str) -> None:
    file = write(
        tmp_path,
        ["unit_id", "Article Title", "article-content", "Source", "Date", "nb_dead"],
        ["7", "Oron shelled", f"{TEXT}\nA new line; a “quote”, a comma.", "Hill Post", "2019-03-08", "9"],
        delimiter=delimiter,
        encoding=encoding,
    )
    (report,) = read(file)
    assert report.text == f"{TEXT}\nA new line; a “quote”, a comma."
    assert (report.id, report.title, report.outlet) == ("7", "Oron shelled", "Hill Post")
    assert report.published == "2019-03-08"
    assert report.extra == {"nb_dead": "9", "taken_from": f"{file}:2", "published_basis": "given"}


def test_a_column_map_goes_before_common_names(tmp_path: Path) -> None:
    file = write(tmp_path, ["text", "body", "date"], ["short", TEXT, "2019-03-08"])
    (report,) = read(file, columns=columns("text=body"))
    assert (report.text, report.published) == (TEXT, "2019-03-08")
    assert report.to_json()["text"] == TEXT


def test_a_column_that_is_not_there_is_told_with_those_that_are(tmp_path: Path) -> None:
    file = write(tmp_path, ["headline", "body"], ["x", TEXT])
    (issue,) = told(file, columns={"text": "article", "title": "headline"})
    assert issue == "in.csv:1: no column 'article': the columns are 'headline', 'body'"


def test_a_file_without_a_text_column_is_told(tmp_path: Path) -> None:
    (issue,) = told(write(tmp_path, ["headline", "words"], ["x", TEXT]))
    assert issue == "in.csv:1: which column is the text? Say it as text=COLUMN: the columns are 'headline', 'words'"


def test_a_file_without_a_header_is_told_shortly(tmp_path: Path) -> None:
    (issue,) = told(write(tmp_path, ["7", TEXT * 20]))
    assert "which column is the text?" in issue
    assert len(issue) < 200


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("text", "'text' is not written as field=column"),
        ("text=", "'text=' is not written as field=column"),
        ("body=text", "a report has no 'body'; it has text, title, published, outlet, url, id"),
    ],
)
def test_a_map_written_wrongly_is_told(words: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        columns(words)
    assert caught.value.reason == message


def test_a_map_is_written_as_field_and_column() -> None:
    assert columns(" text=article content , published = date,") == {"text": "article content", "published": "date"}
    assert columns("") == {}


def test_an_unknown_field_in_a_map_is_refused_at_once() -> None:
    with pytest.raises(InputError, match="a report has no 'body'"):
        from_path("in.csv", columns={"body": "text"})


def test_bad_rows_are_named_and_the_rest_is_read(tmp_path: Path) -> None:
    file = tmp_path / "in.csv"
    rows = [
        b"id,text,date",
        b'1,"one\nover two lines",2019-03-08',
        b"2,,2019-03-08",
        b"",
        b",,",
        b"3,three, with a comma,2019-03-08",
        "4,Орон,2019-03-08".encode("cp1251"),
        b"5,f\xefve,2019-03-08",
        b"6,six",
    ]
    file.write_bytes(b"\r\n".join(rows))
    assert told(file) == [
        "one\nover two lines",
        "in.csv:4: `text` is empty: there is nothing to read",
        "in.csv:7: 4 cells under 3 columns: a quotation mark or separator is lost",
        "in.csv:8: neither UTF-8 nor Windows-1252: save the file as UTF-8",
        "fïve",
        "six",
    ]


def test_dates_that_can_be_read_in_two_ways_are_not(tmp_path: Path) -> None:
    days = ["2/7/2017", "4/5/17", "25/7/2017", "2017-07-02", "25th", ""]
    file = write(tmp_path, ["text", "date"], *([TEXT, day] for day in days))
    taken = list(from_path(file))
    assert [t.published for t in taken if isinstance(t, Report)] == [None, None, "2017-07-25", "2017-07-02", None, None]
    slips = [t for t in taken if isinstance(t, PartlyRead)]
    assert [(slip.line, slip.reason.split(":")[0]) for slip in slips] == [
        (line, "publication date left out") for line in (2, 3, 6)
    ]
    assert "'2/7/2017' can be read in two ways" in slips[0].reason


def test_a_date_format_says_how_to_read_them(tmp_path: Path) -> None:
    file = write(tmp_path, ["text", "date"], [TEXT, "2/7/17"], [TEXT, "2017-07-02"])
    report, slip, other = from_path(file, date_format="%d/%m/%y")
    assert isinstance(report, Report)
    assert report.published == "2017-07-02"
    assert isinstance(slip, PartlyRead)
    assert slip.reason.endswith("'2017-07-02' is not written as %d/%m/%y")
    assert isinstance(other, Report)
    assert other.published is None


def test_a_lost_quotation_mark_does_not_eat_the_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("contested.intake.csv.MAX_LINE", 100_000)
    file = tmp_path / "in.csv"
    file.write_text('id,text\n1,one\n2,"never closed\n' + "3,three and more words\n" * 10_000, "utf-8")
    one, *issues = told(file)
    assert one == "one"
    assert issues[0] == "in.csv:3: broken CSV: field larger than field limit (100000)"


def test_a_file_of_50_mb_is_read_row_by_row(tmp_path: Path) -> None:
    row = ["Oron", "The army is in Oron. " * 10_000]
    file = write(tmp_path, ["title", "text"], *[row] * 250)
    assert file.stat().st_size > 50_000_000
    tracemalloc.start()
    try:
        count = sum(isinstance(one, Report) for one in from_path(file))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert count == 250
    assert peak < 10_000_000


def test_a_broken_utf_16_file_ends_where_it_breaks(tmp_path: Path) -> None:
    file = tmp_path / "in.csv"
    file.write_bytes("text,id\none,1\n".encode("utf-16") + b"\x00\xd8x")
    assert told(file)[-1].startswith("in.csv: begins as utf-16 and breaks off")


def test_a_header_alone_is_no_report(tmp_path: Path) -> None:
    (issue,) = told(write(tmp_path, ["text", "date"]))
    assert issue == "in.csv: empty: there is a header and nothing under it"
