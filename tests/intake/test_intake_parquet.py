"""Parquet files, and files packed with gzip: columns, values of every type, damage, any size."""

from __future__ import annotations

import gzip
import json
import random
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from contested.statement import Report
from tests.intake.taken import FIRST, SECOND, Came, came

pa = pytest.importorskip("pyarrow", reason="Parquet is read with pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")


def write(folder: Path, columns: dict[str, Any], name: str = "in.parquet", **how: Any) -> Path:
    file = folder / name
    parquet.write_table(pa.table(columns), file, **how)
    return file


def test_common_columns_are_known_and_others_are_kept(tmp_path: Path) -> None:
    file = write(
        tmp_path,
        {
            "unit_id": [7, 8], "Headline": ["Oron entered", None], "body": [FIRST, SECOND],
            "Source": ["Hill Post", "Dale Echo"], "date": [date(2019, 3, 8), None], "nb_dead": [9, None],
            "share": [0.5, float("nan")], "seen": [datetime(2019, 3, 9, 4, 5, tzinfo=UTC), None],
            "tags": [["a"], []], "raw": [b"x", None],
        },
    )  # fmt: skip
    first, second = Came(file).reports
    assert (first.id, first.title, first.outlet, first.published) == ("7", "Oron entered", "Hill Post", "2019-03-08")
    assert first.text == FIRST
    assert first.extra == {
        "nb_dead": 9, "share": 0.5, "seen": "2019-03-09T04:05:00+00:00",
        "taken_from": f"{file}:1", "published_basis": "given",
    }  # fmt: skip
    assert (second.id, second.title, second.published) == ("8", None, None)
    assert second.extra == {"taken_from": f"{file}:2"}
    assert Report.from_json(json.loads(json.dumps(first.to_json(), allow_nan=False))) == first


def test_a_column_map_goes_before_common_names(tmp_path: Path) -> None:
    file = write(tmp_path, {"text": ["short"], "words": [SECOND]})
    assert Came(file, columns={"text": "words"}).report.text == SECOND  # type: ignore[arg-type]
    assert "no column 'story': the columns are 'text', 'words'" in Came(file, columns={"text": "story"}).error  # type: ignore[arg-type]
    assert "which column is the text?" in Came(write(tmp_path, {"a": ["x"]})).error


def test_its_first_bytes_tell_it_whatever_its_name(tmp_path: Path) -> None:
    file = write(tmp_path, {"text": [FIRST]}, "in.txt")
    assert Came(file).report.text == FIRST


def test_bytes_are_decoded_and_half_characters_are_told_of(tmp_path: Path) -> None:
    words = ["They said: “no”.".encode("cp1252"), b"\xff\xfe\x00\x01 \x00", FIRST.encode()]
    taken = Came(write(tmp_path, {"text": pa.array(words, pa.binary())}))
    assert [report.text for report in taken.reports] == ["They said: “no”.", FIRST]
    assert [":2:" in words for words in taken.failed] == [True]
    wrong = pa.array([b"caf\xe9 is \xff\x81", FIRST.encode()], pa.binary()).view(pa.string())
    taken = Came(write(tmp_path, {"text": wrong}))
    assert [report.text for report in taken.reports] == [FIRST]
    assert [words.partition(".parquet")[2] for words in taken.failed] == [
        ":1: a cell is not in UTF-8, though its column says so"
    ]


def test_a_row_without_a_text_is_told_of_and_the_rest_is_read(tmp_path: Path) -> None:
    taken = Came(write(tmp_path, {"text": [None, FIRST, " "]}))
    assert [report.text for report in taken.reports] == [FIRST]
    assert [words.partition(".parquet")[2] for words in taken.failed] == [
        ":1: `text` is empty: there is nothing to read",
        ":3: `text` is empty: there is nothing to read",
    ]


def test_what_is_damaged_is_told_of(tmp_path: Path) -> None:
    whole = write(tmp_path, {"text": [FIRST] * 300}, row_group_size=100, compression="gzip").read_bytes()
    assert "a Parquet file that is broken or not whole" in came(tmp_path, "x.parquet", whole[:-20]).error
    assert "a Parquet file that is broken or not whole" in came(tmp_path, "x.parquet", b"PAR1").error
    assert "empty: there are columns and no row" in Came(write(tmp_path, {"text": pa.array([], pa.string())})).error
    assert came(tmp_path, "none.parquet", b"").error.endswith("empty: there is nothing to read")
    chance = random.Random(1)
    for _ in range(60):  # nothing that is damaged raises, and what is read is read rightly or told of
        data = bytearray(whole)
        for _ in range(3):
            data[chance.randrange(4, len(data))] = chance.randrange(256)
        came(tmp_path, "x.parquet", bytes(data))


def test_what_stands_before_a_break_is_read(tmp_path: Path) -> None:
    file = write(tmp_path, {"text": [FIRST + f" {n}" for n in range(200)]}, row_group_size=100)
    data, second = bytearray(file.read_bytes()), parquet.ParquetFile(file).metadata.row_group(1).column(0)
    start = second.dictionary_page_offset or second.data_page_offset
    data[start : start + 40] = b"\xff" * 40
    taken = came(tmp_path, "x.parquet", bytes(data))
    assert len(taken.reports) == 100
    assert [":101: breaks off" in words for words in taken.failed] == [True]


def test_without_pyarrow_the_mend_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = write(tmp_path, {"text": [FIRST]})
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert Came(file).error.endswith("Parquet is read with pyarrow: pip install pyarrow")


def test_what_unpacks_to_far_more_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("contested.intake.packed.MAX_UNPACKED", 1_000_000)
    texts = pa.array(["a" * 1_000_000] * 2)
    assert "a zip bomb" in Came(write(tmp_path, {"text": texts}, compression="zstd", use_dictionary=False)).error
    assert "a zip bomb" in came(tmp_path, "in.jsonl.gz", gzip.compress(b" " * 2_000_000)).error


def test_rows_are_not_held(tmp_path: Path) -> None:
    file = write(tmp_path, {"text": [f"{n} {FIRST}" for n in range(20_000)]}, row_group_size=20_000)
    before = pa.total_allocated_bytes()
    from contested.intake import from_path

    most = 0
    for _ in from_path(file):
        most = max(most, pa.total_allocated_bytes() - before)
    assert most < file.stat().st_size + 20_000_000


@pytest.mark.parametrize("name", ["in.jsonl.gz", "in.JSONL.GZ", "in.ndjson.gz", "in.csv.gz"])
def test_what_is_packed_is_read_as_its_kind(tmp_path: Path, name: str) -> None:
    line = (
        f'text,outlet\n"{FIRST}",Hill Post\n' if "csv" in name else json.dumps({"text": FIRST, "outlet": "Hill Post"})
    )
    report = came(tmp_path, name, gzip.compress(line.encode())).report
    assert (report.text, report.outlet) == (FIRST, "Hill Post")
    assert str(report.extra["taken_from"]).startswith(f"{tmp_path / name}:")


def test_what_is_packed_and_broken_is_read_up_to_there(tmp_path: Path) -> None:
    chance = random.Random(2)
    lines = [json.dumps({"text": FIRST + " ".join(str(chance.random()) for _ in range(400))}) for _ in range(50)]
    data = gzip.compress("\n".join(lines).encode())
    taken = came(tmp_path, "in.jsonl.gz", data[: len(data) // 2])
    assert 10 < len(taken.reports) < 40
    assert ["breaks off" in words for words in taken.failed] == [True]
    assert "breaks off" in came(tmp_path, "in.jsonl.gz", b"{}").error
    twice = gzip.compress(gzip.compress(lines[0].encode()))
    assert "compressed with gzip" in came(tmp_path, "in.jsonl.gz", twice).error
