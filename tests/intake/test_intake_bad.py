"""Bad input of every kind: it is told, the rest is read, and nothing raises or takes long."""

from __future__ import annotations

import gzip
import io
import json
import sys
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contested.config import MAX_TITLE
from contested.errors import InputError
from contested.intake import KINDS, from_path, kind_named
from contested.statement import Report
from tests.intake.taken import BODY, FIRST, MARKUP, Came, came

OTHERS = "".join(
    f"<li><a href='/{n}'>Another story of the day, number {n}, from the lower town</a></li>" for n in range(9)
)


@pytest.mark.parametrize(
    ("title", "heading"),
    [
        ("404 Not Found", ""),
        ("Page not found | Dale Echo", "Latest"),
        ("Dale Echo - Page Not Found", ""),
        ("Dale Echo", "Sorry, this page could not be found."),
        ("Dale Echo", "<span>Error 404</span>"),
        ("Oops! The page was not found", ""),
        ("Article no longer available – Dale Echo", ""),
        ("Dale Echo: This story has been removed", ""),
    ],
)
def test_a_page_that_says_it_is_not_there_is_told(tmp_path: Path, title: str, heading: str) -> None:
    page = f"<html><head><title>{title}</title></head><body><article><h1>{heading}</h1><p>{FIRST}</p><ul>{OTHERS}</ul>"
    assert "as if it were not there (404)" in came(tmp_path, "page.html", f"{page}</article></body></html>").error


@pytest.mark.parametrize(
    "title",
    [
        "Missing baker not found, Oron says",
        "Flight 404 lands in Oron",
        "404 killed in Oron since Friday",
        "Gone: the mill of Oron",
        "Bodies of nine found in Oron | Dale Echo",
        "Evidence removed from the mill",
        "The mill is gone, residents say",
    ],
)
def test_a_story_of_what_was_not_found_is_a_story(tmp_path: Path, title: str) -> None:
    page = f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{MARKUP}</article></body></html>"
    assert FIRST in came(tmp_path, "page.html", page).report.text


def test_a_long_story_may_be_called_anything(tmp_path: Path) -> None:
    many = "".join(f"<p>{n}. {FIRST}</p>" for n in range(20))
    page = f"<html><head><title>Not found</title></head><body><article>{many}</article></body></html>"
    assert FIRST in came(tmp_path, "page.html", page).report.text


def test_a_title_of_10_000_characters_is_cut_and_kept(tmp_path: Path) -> None:
    title = "Oron " * 2_000
    file = tmp_path / "one.jsonl"
    file.write_text(json.dumps({"text": BODY, "title": title}))
    taken = Came(file)
    assert taken.part == [f"a title of 9,999 characters: cut to {MAX_TITLE:,}"]
    (report,) = taken.reports
    assert report.title is not None
    assert MAX_TITLE - 5 <= len(report.title) <= MAX_TITLE
    assert report.title.endswith("Oron")
    assert report.extra["title_as_given"] == title.strip()


@pytest.mark.parametrize("published", ["0025-03-08", "25-03-0008", "8 March 0025", "0001-01-01T00:00:00Z"])
def test_a_date_in_the_year_25_is_no_date(tmp_path: Path, published: str) -> None:
    taken = came(tmp_path, "one.jsonl", json.dumps({"text": BODY, "published": published}))
    assert taken.reports[0].published is None
    assert taken.reports[0].extra["published_as_given"] == published
    assert "publication date left out" in taken.part[0]


def test_a_folder_with_all_that_is_bad_gives_what_is_good(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7\nhalf")
    (tmp_path / "b.rss").write_text("<!doctype html><html><body><p>Sign in</p></body></html>")
    (tmp_path / "c.warc.gz").write_bytes(gzip.compress(b"WARC/1.0\r\nWARC-Type: response\r\n" * 9)[:40])
    (tmp_path / "d.docx").write_bytes(b"PK\x03\x04half")
    (tmp_path / "e.eml").write_text("nothing of a message")
    (tmp_path / "f.txt").write_text(BODY)
    (tmp_path / "g.tar.gz").write_bytes(gzip.compress(b"other"))
    taken = Came(tmp_path)
    assert [report.text for report in taken.reports] == [BODY]
    assert len(taken.failed) == 5
    assert taken.passed == ["1 file passed over, of no kind read here: .gz 1"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.warc.gz", "warc"),
        ("A.WARC", "warc"),
        ("x.mentions.CSV", "mentions"),
        ("x.csv", "csv"),
        ("x.gz", None),
        ("x", None),
    ],
)
def test_the_longest_ending_tells_the_kind(name: str, kind: str | None) -> None:
    found = kind_named(name)
    assert (found.name if found else None) == kind


def test_an_archive_of_no_kind_is_told(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as out:
        out.writestr("one.txt", BODY)
    assert "a ZIP archive or an office document: unpack it" in came(tmp_path, "all.zip", stream.getvalue()).error


RESPONSE = b"WARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\nContent-Length: 99\r\n\r\n"
MAGIC = (
    b"%PDF-1.7\n",
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[2 0 R]/Count 9>>endobj ",
    b"%PDF-1.5\ntrailer<</Root 1 0 R>>startxref\n0\n",
    b"PK\x03\x04\x14\x00word/document.xml",
    b"PK\x03\x04archive/a.warc",
    b"WARC/1.0\r\n",
    b"WARC/1.0\r\n" + RESPONSE,
    b"WARC/1.1\r\n" + RESPONSE + b"HTTP/1.1 200 OK\r\n",
    b"\x1f\x8b\x08\x00",
    b"From a@b.example Fri Mar  8 10:00:00 2019\nSubject: x\n",
    b"From: a\nMessage-ID: <",
    b"MIME-Version: 1.0\nFrom: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n",
    b"<rss><channel><item><description>",
    b'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><entry><content type="html">',
    b"<newsMessage><itemSet><newsItem guid='a'>",
    b"<newsItem guid='a'><contentSet><inlineXML>",
    b"<?xml version='1.0' encoding='",
    b'{"uri": "a", "pubstatus": "canceled", "headline": ',
    b'{"data": [{"fields": {"body": ',
    b"1\t20190308100000\t20190308120000\t1\ta\thttp://",
    b"<html><title>404</title>",
)
NAMES = ["x", *(f"x{suffix}" for kind in KINDS for suffix in kind.suffixes)]


@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(MAGIC),
    st.one_of(st.binary(max_size=300), st.text(max_size=200).map(str.encode)),
    st.sampled_from(NAMES),
)
def test_whatever_follows_what_a_kind_begins_with(
    tmp_path_factory: pytest.TempPathFactory, magic: bytes, rest: bytes, name: str
) -> None:
    file = tmp_path_factory.mktemp("any") / name
    file.write_bytes(magic + rest)
    begun = time.monotonic()
    taken = list(from_path(file))
    assert time.monotonic() - begun < 10
    assert taken
    for one in taken:
        assert isinstance(one, Report | InputError)
        if isinstance(one, Report):
            json.dumps(one.to_json(), ensure_ascii=False).encode("utf-8")


@pytest.fixture(scope="module")
def whole() -> dict[str, bytes]:
    """One good input of each kind that is no text."""
    from tests.intake.test_intake_archives import PAGE, URL, Archive, wacz
    from tests.intake.test_intake_documents import document, drawn

    archive = Archive().add(URL, PAGE).data
    return {"x.pdf": drawn([BODY] * 2), "x.docx": document(), "x.warc.gz": archive, "x.wacz": wacz(archive)}


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(["x.pdf", "x.docx", "x.warc.gz", "x.wacz"]),
    st.lists(st.tuples(st.floats(0, 0.999), st.binary(max_size=4)), max_size=6),
)
def test_broken_bytes_in_a_good_file_raise_nothing(
    tmp_path_factory: pytest.TempPathFactory, whole: dict[str, bytes], name: str, changes: list[tuple[float, bytes]]
) -> None:
    data = bytearray(whole[name])
    for at, new in changes:
        place = int(at * len(data))
        data[place : place + len(new)] = new
    file = tmp_path_factory.mktemp("any") / name
    file.write_bytes(data)
    begun = time.monotonic()
    assert list(from_path(file))
    assert time.monotonic() - begun < 10


HOSTILE = {
    "forwarded.eml": b"From: x\nSubject: y\n\n" + b"---------- Forwarded message ---------\n" * 20_000,
    "field.eml": b"From: x\nContent-Type: multipart/mixed; boundary=" + b"a;" * 9_000 + b"\n\nhello",
    "sender.eml": b"Subject: y\nFrom: " + b"(" * 4_000 + b"\n\nhello",
    "parts.eml": b"From: x\n"
    + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(1_500)),
    "deep.newsml": b"<newsItem><contentSet><inlineXML>"
    + b"<a>" * 50_000
    + b"</a>" * 50_000
    + b"</inlineXML></contentSet></newsItem>",
    "deep.rss": b"<rss><channel><item><description>" + b"<a>" * 20_000,
    "wide.rss": b"<rss><channel>" + b"<item>" * 20_000,
    "line.warc.gz": gzip.compress(b"WARC/1.0\r\n" + b"A" * 100_000_000),
    "lines.warc": b"WARC/1.0\r\n" + b"A: b\r\n" * 100_000,
    "titles.html": b"<html><head>" + b"<title>" * 30_000 + b"<h1>" * 30_000,
    "deep.json": b'{"data":[{"fields":' + b'{"body":[' * 50_000,
    "loop.pdf": b"%PDF-1.4\n" + b"1 0 obj<</Type/Catalog/Pages 1 0 R>>endobj " * 50_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_made_to_take_long_ends_soon(tmp_path: Path, name: str) -> None:
    begun = time.monotonic()
    taken = came(tmp_path, name, HOSTILE[name])
    assert time.monotonic() - begun < 20  # a second or two; minutes and more before they were bounded
    assert taken.failed or taken.reports


@pytest.mark.parametrize("name", ["x.pdf", "x.docx", "x.warc.gz", "x.wacz"])
def test_standard_input_may_be_no_text(monkeypatch: pytest.MonkeyPatch, whole: dict[str, bytes], name: str) -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_: int) -> int:
            raise io.UnsupportedOperation("a pipe")

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(Pipe(whole[name]))))  # type: ignore[arg-type]
    (report,) = Came("-").reports
    assert "Oron" in report.text
