"""WARC and WACZ: pages as they were met, half an archive, and archives that would burst."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from contested.config import MAX_RATIO
from tests.intake.taken import BODY, FIRST, MARKUP, came

PAGE = f"""<!doctype html><html><head><meta charset="utf-8"><title>Army in Oron | Dale Echo</title>
<meta property="og:site_name" content="Dale Echo">
<meta property="article:published_time" content="2019-03-08T10:00:00Z">
<link rel="canonical" href="https://daleecho.example/"></head><body><nav><a href="/">Home</a></nav><article>
<h1>Army in Oron</h1>{MARKUP}</article></body></html>"""
URL = "https://daleecho.example/2019/oron"
WHEN = "2019-03-09T12:00:00Z"


class Archive:
    """A WARC in the making."""

    def __init__(self, packed: bool = True) -> None:
        self.stream = io.BytesIO()
        self.writer = WARCWriter(self.stream, gzip=packed)

    def add(
        self, url: str, content: bytes | str, media: str = "text/html; charset=utf-8", status: str = "200 OK",
        kind: str = "response", **fields: str,
    ) -> Archive:  # fmt: skip
        data = content.encode() if isinstance(content, str) else content
        http = StatusAndHeaders(status, [("Content-Type", media), *fields.items()], protocol="HTTP/1.1")
        more: dict[str, Any] = {"warc_headers_dict": {"WARC-Date": WHEN}}
        record = self.writer.create_warc_record(url, kind, io.BytesIO(data), len(data), http_headers=http, **more)
        self.writer.write_record(record)
        return self

    @property
    def data(self) -> bytes:
        return self.stream.getvalue()


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("name", ["crawl.warc.gz", "crawl.warc", "crawl"])
def test_a_page_of_an_archive_is_a_report(tmp_path: Path, name: str, packed: bool) -> None:
    report = came(tmp_path, name, Archive(packed).add(URL, PAGE).data).report
    assert BODY in report.text
    assert (report.url, report.outlet, report.published) == (URL, "Dale Echo", "2019-03-08")
    assert (report.extra["captured"], report.title) == (WHEN, "Army in Oron")
    assert report.extra["taken_from"] == f"{tmp_path / name} > {URL}"


def test_the_address_may_tell_the_day(tmp_path: Path) -> None:
    url = "https://daleecho.example/2019/03/07/oron"
    page = PAGE.replace('content="2019-03-08T10:00:00Z"', "")
    report = came(tmp_path, "crawl.warc.gz", Archive().add(url, page).data).report
    assert (report.published, report.extra["published_basis"]) == ("2019-03-07", "url")


def test_each_record_is_read_as_what_it_is_and_the_rest_is_counted(tmp_path: Path) -> None:
    feed = f"<rss version='2.0'><channel><title>Echo</title><item><title>A day in Oron</title><description>{FIRST}"
    archive = (
        Archive()
        .add(URL, PAGE)
        .add("https://daleecho.example/plain", BODY, "text/plain")
        .add("https://daleecho.example/robots.txt", "User-agent: *", "text/plain")
        .add("https://daleecho.example/rss", f"{feed}</description></item></channel></rss>", "application/rss+xml")
        .add("https://daleecho.example/map.png", b"\x89PNG\r\n", "image/png")
        .add("https://daleecho.example/old", "", "text/html", "301 Moved Permanently")
        .add("https://daleecho.example/none", PAGE, status="404 Not Found")
        .add(URL, "", kind="revisit")
        .add(URL, "asked", kind="request")
    )
    taken = came(tmp_path, "crawl.warc.gz", archive.data)
    assert [report.url for report in taken.reports] == [URL, "https://daleecho.example/plain", None]
    assert taken.reports[1].text == BODY
    assert taken.reports[2].text == FIRST
    assert len(taken.part) == 1  # only a summary
    (passed,) = taken.passed
    assert passed.startswith("5 records passed over: ")
    for what in ("robots.txt 1", "image/png 1", "status 301 1", "status 404 1", "met unchanged (revisit) 1"):
        assert what in passed


def test_pages_come_packed_in_pieces_and_in_other_encodings(tmp_path: Path) -> None:
    packed = gzip.compress(PAGE.encode())
    pieces = b"%x\r\n" % len(packed) + packed + b"\r\n0\r\n\r\n"
    fields = {"Content-Encoding": "gzip", "Transfer-Encoding": "chunked"}
    archive = Archive().add(URL, pieces, **fields)
    old = PAGE.replace('<meta charset="utf-8">', "").replace("Oron", "Орон").encode("cp1251")
    archive.add(f"{URL}/2", old, "text/html; charset=windows-1251")
    taken = came(tmp_path, "crawl.warc.gz", archive.data)
    assert FIRST in taken.reports[0].text
    assert FIRST.replace("Oron", "Орон") in taken.reports[1].text


def test_an_answer_that_is_broken_ends_nothing(tmp_path: Path) -> None:
    broken = gzip.compress(PAGE.encode())[:20] + b"\xff" * 200
    archive = Archive().add(f"{URL}/1", broken, **{"Content-Encoding": "gzip"})
    archive.add(f"{URL}/2", "zz\r\nnothing", **{"Transfer-Encoding": "chunked"}).add(f"<{URL}>", PAGE)
    taken = came(tmp_path, "crawl.warc.gz", archive.data)
    assert [report.url for report in taken.reports] == [URL]
    assert not any("breaks off" in words for words in taken.failed)


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("left", [0.5, 0.75, 0.98])
def test_half_an_archive_gives_what_came_before(tmp_path: Path, packed: bool, left: float) -> None:
    first = Archive(packed).add(URL, PAGE).data
    whole = Archive(packed).add(URL, PAGE).add(f"{URL}/2", PAGE).data
    cut = len(first) + int((len(whole) - len(first)) * left)
    taken = came(tmp_path, "half.warc.gz" if packed else "half.warc", whole[:cut])
    assert [report.url for report in taken.reports] == [URL]
    (words,) = taken.failed
    assert "breaks off at record 2" in words
    assert "what stands before it was read" in words


@pytest.mark.parametrize(
    "data", [b"WARC/1.0\r\n", b"WARC/1.0\r\nContent-Length: x\r\n\r\n", b"nothing of the kind at all"]
)
def test_what_is_no_archive_is_told(tmp_path: Path, data: bytes) -> None:
    taken = came(tmp_path, "crawl.warc", data)
    assert not taken.reports
    assert taken.failed


def wacz(*archives: bytes, name: str = "archive/data{}.warc.gz", **more: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("datapackage.json", "{}")
        for n, archive in enumerate(archives):
            out.writestr(name.format(n), archive)
        for other, data in more.items():
            out.writestr(other, data)
    return stream.getvalue()


@pytest.mark.parametrize("name", ["crawl.wacz", "crawl"])
def test_the_archives_of_a_wacz_are_read(tmp_path: Path, name: str) -> None:
    taken = came(tmp_path, name, wacz(Archive().add(URL, PAGE).data, Archive().add(f"{URL}/2", PAGE).data))
    assert [report.url for report in taken.reports] == [URL, f"{URL}/2"]
    assert taken.reports[0].extra["taken_from"] == f"{tmp_path / name} > archive/data0.warc.gz > {URL}"


def test_no_path_of_an_archive_reaches_the_disk(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    data = wacz(Archive().add(URL, PAGE).data, name="../archive/out{}.warc.gz", **{"../evil.txt": b"x", "/tmp/e": b"x"})
    assert len(came(folder, "crawl.wacz", data).reports) == 1
    assert sorted(file.name for file in tmp_path.rglob("*")) == ["crawl.wacz", "in"]


def test_half_a_wacz_and_one_without_archives_are_told(tmp_path: Path) -> None:
    data = wacz(Archive().add(URL, PAGE).data)
    assert "broken or not whole" in came(tmp_path, "half.wacz", data[: len(data) // 2]).error
    assert "without a web archive (WARC)" in came(tmp_path, "none.wacz", wacz()).error
    stored = came(tmp_path, "half-inside.wacz", wacz(Archive().add(URL, PAGE).add(URL, PAGE).data[:-200]))
    assert len(stored.reports) == 1
    assert "breaks off at record 2" in stored.failed[0]


def test_a_zip_bomb_is_told_and_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("contested.intake.packed.MAX_UNPACKED", 2_000_000)
    zeros = b"\0" * (3_000_000 + 3_000_000 // MAX_RATIO)
    assert "a zip bomb" in came(tmp_path, "bomb.wacz", wacz(**{"archive/a.warc": zeros})).error
    assert "a zip bomb" in came(tmp_path, "bomb.docx", wacz(**{"word/document.xml": zeros})).error
    record = Archive(False).add(URL, PAGE).data
    many = came(tmp_path, "bomb.warc.gz", gzip.compress(record + b"WARC/1.0\r\n" + zeros))
    assert [report.url for report in many.reports] == [URL]
    assert "a zip bomb" in many.failed[0]
    page = Archive().add(URL, PAGE).add(f"{URL}/2", gzip.compress(zeros * 30), **{"Content-Encoding": "gzip"})
    inside = came(tmp_path, "page.warc.gz", page.data)
    assert [report.url for report in inside.reports] == [URL]
    assert inside.failed or inside.passed


def test_a_zip_that_lies_about_its_size_gives_no_more_than_it_says(tmp_path: Path) -> None:
    data = bytearray(wacz(**{"archive/a.warc": b"\0" * 1_000_000}))
    told = (1_000_000).to_bytes(4, "little")
    assert data.count(told) == 2
    data = data.replace(told, (100).to_bytes(4, "little"))
    taken = came(tmp_path, "lies.wacz", bytes(data))
    assert not taken.reports
    assert taken.failed
