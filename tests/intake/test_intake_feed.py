"""RSS and Atom: entries with their texts, summaries that are said to be summaries, and what only looks like a feed."""

from __future__ import annotations

from pathlib import Path

import pytest

from contested.errors import InputError
from contested.intake.feed import entries
from tests.intake.taken import BODY, FIRST, MARKUP, SECOND, came

HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
SPACES = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'


def rss(*items: str, title: str = "Dale Echo", link: str = "https://www.daleecho.example/") -> str:
    about = f"<title>{title}</title><link>{link}</link><description>News of the dale</description>"
    body = "".join(f"<item>{item}</item>" for item in items)
    return f'{HEAD}<rss version="2.0" {SPACES}><channel>{about}{body}</channel></rss>'


FULL = f"""<title>Army says it is in Oron</title><link>https://daleecho.example/oron</link>
<guid isPermaLink="false">tag:daleecho.example,2019:7</guid><pubDate>Fri, 08 Mar 2019 01:30:00 +0300</pubDate>
<description>The army said it was in Oron.</description><content:encoded><![CDATA[{MARKUP}]]></content:encoded>"""


@pytest.mark.parametrize("name", ["echo.rss", "echo.xml", "echo", "echo.txt", "echo.html"])
def test_an_entry_with_its_text_is_a_report(tmp_path: Path, name: str) -> None:
    report = came(tmp_path, name, rss(FULL)).report
    assert report.text == BODY
    assert (report.id, report.outlet, report.title) == (
        "tag:daleecho.example,2019:7", "Dale Echo", "Army says it is in Oron",
    )  # fmt: skip
    assert (report.url, report.published) == ("https://daleecho.example/oron", "2019-03-08")  # the outlet's own day
    assert report.extra["published_basis"] == "given"


def test_what_the_caller_gives_goes_first(tmp_path: Path) -> None:
    report = came(tmp_path, "echo.rss", rss(FULL), outlet="Hill Post", published="2019-03-07").report
    assert (report.outlet, report.published) == ("Hill Post", "2019-03-07")


def test_atom_is_read(tmp_path: Path) -> None:
    atom = f"""{HEAD}<feed xmlns="http://www.w3.org/2005/Atom"><title>Hill Post</title><id>urn:hill</id>
<entry><id>urn:hill:1</id><title type="html">Oron &amp;amp; the road</title><link href="https://hill.example/1"/>
<updated>2019-03-09T10:00:00Z</updated><content type="html">{MARKUP.replace("<", "&lt;")}</content></entry></feed>"""
    report = came(tmp_path, "hill.atom", atom).report
    assert (report.text, report.title, report.outlet) == (BODY, "Oron & the road", "Hill Post")
    assert (report.id, report.url, report.published) == ("urn:hill:1", "https://hill.example/1", "2019-03-09")
    assert report.extra["published_basis"] == "updated"


def test_an_entry_says_of_which_outlet_it_is(tmp_path: Path) -> None:
    item = FULL + '<source url="https://hill.example/feed">Hill Post</source>'
    assert came(tmp_path, "many.rss", rss(item, title="All the hills")).report.outlet == "Hill Post"


def test_a_summary_is_said_to_be_one(tmp_path: Path) -> None:
    item = f"<title>Army in Oron</title><link>https://daleecho.example/8</link><description>{FIRST}</description>"
    taken = came(tmp_path, "echo.rss", rss(item, FULL))
    assert taken.part == ["https://daleecho.example/8: the feed has only a summary of it"]
    assert [report.text for report in taken.reports] == [FIRST, BODY]
    assert [report.extra.get("summary_only") for report in taken.reports] == [True, None]


def test_an_entry_without_words_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    taken = came(tmp_path, "echo.rss", rss("<title>A list</title><link>https://daleecho.example/9</link>", FULL))
    assert taken.failed[0].endswith("https://daleecho.example/9: the feed has no text of it, only that it is there")
    assert len(taken.reports) == 1


def test_a_number_is_named_with_its_site(tmp_path: Path) -> None:
    item = FULL.replace("tag:daleecho.example,2019:7", "4711")
    assert came(tmp_path, "echo.rss", rss(item)).report.id == "daleecho.example/4711"
    bare = FULL.replace("tag:daleecho.example,2019:7", "").replace("https://daleecho.example/oron", "")
    assert len(came(tmp_path, "bare.rss", rss(bare, link="")).report.id) == 16  # of its content


def test_entries_are_there_for_whoever_fetches(tmp_path: Path) -> None:
    found = entries(rss(FULL, "<title>A list</title><link>/9</link>").encode(), "feed", "https://daleecho.example/rss")
    assert [entry.url for entry in found] == ["https://daleecho.example/oron", "https://daleecho.example/9"]
    assert [entry.whole for entry in found] == [True, False]
    assert found[1].text is None
    with pytest.raises(InputError, match="a page"):
        entries(b"<!doctype html><html><body>Not here</body></html>")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (f"<!DOCTYPE html><html><body><article>{MARKUP}</article></body></html>", "a page (HTML), not a feed"),
        (
            f"{HEAD}<urlset><url><loc>https://daleecho.example/</loc></url></urlset>",
            "of no kind that is read here (<url",
        ),
        (rss(), "a feed without entries"),
        ("Army says it is in Oron", "no feed: it does not begin as XML does"),
        (HEAD, "no feed"),
    ],
)
def test_what_is_no_feed_is_told(tmp_path: Path, data: str, words: str) -> None:
    assert words in came(tmp_path, "echo.rss", data).error


def test_a_feed_that_breaks_off_gives_what_it_has(tmp_path: Path) -> None:
    whole = rss(FULL, FULL.replace("2019:7", "2019:8"))
    taken = came(tmp_path, "echo.rss", whole[: whole.rindex("<p>")])
    assert "broken XML" in taken.part[0]
    assert taken.reports[0].text == BODY


@pytest.mark.parametrize("encoding", ["iso-8859-1", "utf-16", "windows-1251"])
def test_a_feed_says_how_it_is_encoded(tmp_path: Path, encoding: str) -> None:
    name = "Орон" if encoding.endswith("1251") else "Orôn"
    feed = rss(FULL).replace("Oron", name).replace('encoding="utf-8"', f'encoding="{encoding}"')
    assert FIRST.replace("Oron", name) in came(tmp_path, "echo.rss", feed.encode(encoding)).report.text


def test_a_wrongly_told_encoding_breaks_nothing(tmp_path: Path) -> None:
    feed = rss(FULL).replace("Oron", "Orôn").encode("cp1252")
    assert came(tmp_path, "echo.rss", feed).reports[0].title == "Army says it is in Orôn"


def test_entities_neither_grow_nor_reach_for_files(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("the password is swordfish")
    grow = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
    doctype = f'<!DOCTYPE rss [<!ENTITY a0 "boom boom">{grow}<!ENTITY x SYSTEM "file://{tmp_path}/secret.txt">]>'
    feed = rss(FULL.replace(SECOND, "&a9; &x;").replace("<title>Army", "<title>&x;&a9; Army"))
    taken = came(tmp_path, "echo.rss", feed.replace("<rss", f"{doctype}<rss", 1))
    assert not any("swordfish" in f"{report.text}{report.title}" for report in taken.reports)
    assert sum(len(report.text) + len(report.title or "") for report in taken.reports) < 2_000


def test_a_date_in_the_year_25_is_no_date(tmp_path: Path) -> None:
    item = FULL.replace("Fri, 08 Mar 2019 01:30:00 +0300", "0025-03-08T10:00:00Z")
    taken = came(tmp_path, "echo.rss", rss(item))
    assert taken.reports[0].published is None
    assert "its year is mistaken" in taken.part[0]
