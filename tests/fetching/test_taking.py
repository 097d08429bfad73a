"""Addresses become reports: pages, feeds, lists; what was had is not had again."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from contested.errors import FetchError, InputError
from contested.fetching import lists
from contested.fetching.client import Client
from contested.fetching.evidence import digest
from contested.fetching.state import TRIES, State
from contested.fetching.taking import Taking
from contested.intake.given import Given
from contested.statement import Report
from tests.fetching.serving import Answer, FakeClock, Site, drained, item, page, rss

MILL = "The army shelled the flour mill of Oron on Friday, two guards told the Dale Echo.\n\nNobody else was near it."
PASS = "Rebels closed the pass above Oron on Thursday, a driver said, and let nobody through until the evening."


def test_a_page_becomes_a_report_with_hash_and_time(here: Site, client: Client, state: State):
    url = here.puts("/mill", page(MILL, "Mill shelled"), headers={"Content-Type": "text/html"})
    (report,), errors = drained(taking := Taking(client, state), taking.take([url]))
    assert errors == []
    assert (report.text, report.url, report.title) == (MILL, url, "Mill shelled")
    assert report.extra["evidence"] == {"sha256": digest(page(MILL).replace("A report", "Mill shelled").encode()),
                                        "fetched": "2019-03-09T12:00:01Z"}  # fmt: skip
    assert report.extra["taken_from"] == url


def test_the_charset_of_the_header_is_read_by(here: Site, client: Client, state: State):
    words = "Армия обстреляла мельницу в Ороне в пятницу, сказали два сторожа газете долины, и никого рядом не было."
    url = here.puts("/a", page(words).encode("cp1251"), headers={"Content-Type": "text/html; charset=windows-1251"})
    (report,), _ = drained(taking := Taking(client, state), taking.take([url]))
    assert report.text == words


def test_an_address_after_redirects_is_the_report_s(here: Site, client: Client, state: State):
    here.puts("/long", page(MILL))
    url = here.puts("/short", Answer(status=301, headers={"Location": "/long"}))
    (report,), _ = drained(taking := Taking(client, state), taking.take([url]))
    assert report.url == f"{here.address}/long"


def test_what_is_given_goes_first(here: Site, client: Client, state: State):
    url = here.puts("/mill", page(MILL))
    taking = Taking(client, state, given=Given(outlet="Hill Monitor", published="2019-03-09"))
    (report,), _ = drained(taking, taking.take([url]))
    assert (report.outlet, report.published) == ("Hill Monitor", "2019-03-09")


def test_an_unchanged_page_is_not_read_again(here: Site, client: Client, state: State):
    url = here.puts("/mill", Answer(page(MILL).encode(), etag='"1"'))
    drained(first := Taking(client, state), first.take([url]))
    reports, errors = drained(again := Taking(client, state), again.take([url]))
    assert (reports, errors, again.counts) == ([], [], {"unchanged": 1})


def test_a_page_that_was_not_kept_is_fetched_again(here: Site, client: Client, state: State):
    """The program is killed after the report was read, and before it was in the record."""
    url = here.puts("/mill", Answer(page(MILL).encode(), etag='"1"'))
    killed = Taking(client, state)
    assert [one.text for one in killed.take([url])] == [MILL]
    reports, _ = drained(again := Taking(client, state), again.take([url]))
    assert len(reports) == 1


# ---- feeds -----------------------------------------------------------------------------------------------------------


def feed(here: Site, *, etag: str | None = None) -> str:
    here.puts("/mill", page(MILL))
    here.puts("/pass", page(PASS))
    items = (item(f"{here.address}/mill", "Mill shelled"), item("/pass", "Pass closed"))
    return here.puts("/feed", Answer(rss(*items).encode(), etag=etag))


def test_a_feed_leads_to_its_pages(here: Site, client: Client, state: State):
    reports, errors = drained(taking := Taking(client, state), taking.take([feed(here)]))
    assert [(one.text, one.url, one.published) for one in reports] == [
        (MILL, f"{here.address}/mill", "2019-03-09"), (PASS, f"{here.address}/pass", "2019-03-09"),
    ]  # fmt: skip
    assert errors == []
    assert {one.outlet for one in reports} == {"Dale Echo"}
    assert reports[0].extra["published_basis"] == "feed"
    again = Report(reports[0].text, outlet=reports[0].outlet, published=reports[0].published)
    assert reports[0].id == again.id, "it is known by what it says, as if it had come from a file"


def test_entries_with_their_whole_text_are_read_as_they_are(here: Site, client: Client, state: State):
    told = item("https://dale.example/mill", "Mill shelled").replace(
        "</item>", f"<content:encoded><![CDATA[<p>{MILL}</p>]]></content:encoded></item>"
    )
    body = rss(told).replace("<rss ", '<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" ')
    (report,), _ = drained(taking := Taking(client, state), taking.take([here.puts("/feed", body)]))
    assert report.text.startswith("The army shelled")
    assert report.url == "https://dale.example/mill"
    assert report.extra["evidence"]["sha256"] == digest(body.encode())
    assert here.paths() == ["/robots.txt", "/feed"]


@pytest.mark.parametrize("end", ["…", "Read more »", "[…]", "[+2104 chars]", "Continue reading"])
def test_a_content_that_breaks_off_is_no_whole_text(here: Site, client: Client, state: State, end: str):
    here.puts("/mill", page(MILL))
    content = f"<content:encoded>The army shelled the flour mill of Oron {end}</content:encoded></item>"
    told = item("/mill", "Mill shelled").replace("</item>", content)
    body = rss(told).replace("<rss ", '<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" ')
    (report,), _ = drained(taking := Taking(client, state), taking.take([here.puts("/feed", body)]))
    assert report.text == MILL


def test_pages_that_were_had_are_not_fetched_again(here: Site, client: Client, state: State):
    url = feed(here)
    drained(taking := Taking(client, state), taking.take([url]))
    here.asked.clear()
    here.puts("/new", page("A truce was agreed in Oron on Saturday, both sides told the Dale Echo in the evening."))
    more = rss(
        item(f"{here.address}/new", "Truce"), item(f"{here.address}/mill", "Mill shelled"),
        item("/pass", "Pass closed: corrected"),
    )  # fmt: skip
    here.puts("/feed", more)
    drained(again := Taking(client, state), again.take([url]))
    assert here.paths() == ["/feed", "/new", "/pass"], "what the feed tells otherwise is looked at again"
    assert again.counts == {"fetched": 3, "known": 1}


def test_a_feed_that_has_not_changed_is_not_looked_into(here: Site, client: Client, state: State):
    url = feed(here, etag='"1"')
    drained(taking := Taking(client, state), taking.take([url]))
    here.asked.clear()
    drained(again := Taking(client, state), again.take([url]))
    assert (here.paths(), again.counts) == (["/feed"], {"unchanged": 1})


def test_what_failed_for_now_is_tried_in_the_next_rounds(here: Site, client: Client, state: State):
    url = feed(here, etag='"1"')
    here.puts("/pass", Answer(status=503))
    reports, (error,) = drained(taking := Taking(client, state), taking.take([url]))
    assert len(reports) == 1
    assert error.where.endswith("/pass")
    assert taking.lost is None, "the feed itself was had"
    here.puts("/pass", page(PASS))
    (report,), errors = drained(again := Taking(client, state), again.take([url]))
    assert (report.text, errors) == (PASS, [])
    _, errors = drained(third := Taking(client, state), third.take([url]))
    assert third.counts == {"unchanged": 1}


def test_what_goes_on_failing_is_given_up(here: Site, client: Client, state: State):
    url = feed(here, etag='"1"')
    here.puts("/pass", Answer(status=503))
    for n in range(TRIES + 1):
        _, errors = drained(taking := Taking(client, state), taking.take([url]))
        assert len(errors) == (n < TRIES), n
    assert taking.counts == {"unchanged": 1}


def test_what_is_gone_is_told_once(here: Site, client: Client, state: State):
    url = feed(here)
    here.puts("/pass", Answer(status=410))
    assert len(drained(taking := Taking(client, state), taking.take([url]))[1]) == 1
    assert drained(again := Taking(client, state), again.take([url]))[1] == []


def test_a_feed_that_is_gone_is_told(here: Site, client: Client, state: State):
    _, (error,) = drained(taking := Taking(client, state), taking.take([here.puts("/feed", Answer(status=404))]))
    assert isinstance(error, FetchError)
    assert taking.lost is error


@pytest.mark.parametrize("body", [rss(), "<rss><channel>", rss("<item><title>No link</title></item>")])
def test_a_feed_with_nothing_to_read(here: Site, client: Client, state: State, body: str):
    reports, errors = drained(taking := Taking(client, state), taking.take([here.puts("/feed", body)]))
    assert reports == []
    assert len(errors) == 1


def test_a_feed_does_not_lead_to_feeds_without_end(here: Site, client: Client, state: State):
    url = here.puts("/feed", rss(item("/other", "Other")))
    here.puts("/other", rss(item("/feed", "Feed")))
    drained(taking := Taking(client, state), taking.take([url]))
    assert here.paths() == ["/robots.txt", "/feed", "/other"]


def test_no_page_calls_itself_another_outlet_s_report(here: Site, client: Client, state: State):
    """A page that a feed links to has the id and the address of a report elsewhere: it gets neither."""
    other = '{"id": "hill-2", "url": "https://hill.example/2", "outlet": "Hill Monitor", "text": "Nothing happened."}'
    here.puts("/mill", other, headers={"Content-Type": "application/json"})
    url = here.puts("/feed", rss(item("/mill", "Mill shelled")))
    (report,), _ = drained(taking := Taking(client, state), taking.take([url]))
    assert report.id != "hill-2"
    assert report.url == f"{here.address}/mill"


def test_a_stop_ends_between_pages(here: Site, client: Client, state: State, clock: FakeClock):
    url = feed(here, etag='"1"')
    taking = Taking(client, state)
    reports = []
    for one in taking.take([url]):
        reports.append(one)
        taking.kept(one)
        clock.stop()
    assert len(reports) == 1
    with Client("dale-monitor/1.0", private=True, clock=FakeClock()) as next_client:
        rest, _ = drained(on := Taking(next_client, state), on.take([url]))
    assert [one.text for one in rest] == [PASS], "what was kept is not fetched again"


# ---- lists -----------------------------------------------------------------------------------------------------------


def test_a_list_of_addresses(here: Site, client: Client, state: State):
    here.puts("/mill", page(MILL))
    body = f"# the mill\n{here.address}/mill\n\n{here.address}/gone\n{here.address}/mill\n".encode()
    reports, (error,) = drained(taking := Taking(client, state), taking.take_list(body, "urls.txt"))
    assert [one.text for one in reports] == [MILL]
    assert error.reason == "the server answers 404 Not Found"


def sitemap(*entries: tuple[str, str], index: bool = False) -> str:
    outer, inner = ("sitemapindex", "sitemap") if index else ("urlset", "url")
    told = "".join(f"<{inner}><loc>{url}</loc><lastmod>{day}</lastmod></{inner}>" for url, day in entries)
    return f'<?xml version="1.0"?><{outer} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{told}</{outer}>'


def test_an_index_of_sitemaps_leads_to_what_is_recent(here: Site, client: Client, state: State):
    from datetime import date

    here.puts("/mill", page(MILL))
    here.puts("/old", page(PASS))
    here.puts(
        "/march.xml.gz",
        gzip.compress(
            sitemap(
                (f"{here.address}/mill", "2019-03-09T08:00:00+00:00"), (f"{here.address}/old", "2019-03-01")
            ).encode()
        ),
    )
    here.puts("/january.xml", sitemap((f"{here.address}/older", "2019-01-01")))
    index = ((f"{here.address}/march.xml.gz", "2019-03-09"), (f"{here.address}/january.xml", "2019-01-31"))
    url = here.puts("/sitemap.xml", sitemap(*index, index=True))
    reports, errors = drained(taking := Taking(client, state, since=date(2019, 3, 5)), taking.take([url]))
    assert ([one.text for one in reports], errors) == ([MILL], [])
    assert here.paths() == ["/robots.txt", "/sitemap.xml", "/march.xml.gz", "/mill"]


def test_an_index_that_names_itself_ends(here: Site, client: Client, state: State):
    url = f"{here.address}/sitemap.xml"
    here.puts("/sitemap.xml", sitemap((url, "2019-03-09"), index=True))
    drained(taking := Taking(client, state), taking.take([url]))
    assert here.paths().count("/sitemap.xml") <= 4


MENTION = "871\t20190308120000\t20190309080000\t{kind}\tdale.example\t{url}\t1\t-1\t-1\t-1\t1\t50\t900\t-2.1\t\t"


def test_mentions_of_gdelt_in_a_zip():
    lines = [
        MENTION.format(kind=1, url=url) for url in ("https://a.example/1", "https://a.example/2", "https://a.example/1")
    ]
    lines.append(MENTION.format(kind=2, url="A paper of the valley"))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("20190309080000.mentions.CSV", "\n".join(lines))
    found = lists.links(packed.getvalue(), "mentions.zip")
    assert [one.url for one in found] == ["https://a.example/1", "https://a.example/2"]


@pytest.mark.parametrize(
    ("body", "why"),
    [(b"", "has no addresses"), (b"https://a.example/\nwords\n", "'words' is no address"), (b"\xff\xfe\xff", "break"),
     (b"PK\x03\x04 and no archive", "ZIP"), (b"\x1f\x8b and no gzip", "gzip"), (b"<urlset><url><loc>", None)],
)  # fmt: skip
def test_what_is_no_list_is_told(body: bytes, why: str | None):
    if why is None:
        assert lists.links(body, "a.xml") == []
        return
    with pytest.raises(InputError, match=why):
        lists.links(body, "a.txt")


def test_a_list_that_unpacks_without_end_is_let_be():
    with pytest.raises(InputError, match="larger than 64 MB"):
        lists.links(gzip.compress(bytes(70_000_000)), "a.gz")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", bytes(70_000_000))
    with pytest.raises(InputError, match="more than 64 MB"):
        lists.links(packed.getvalue(), "a.zip")


def test_a_sitemap_loads_nothing_that_it_names(tmp_path: Path):
    secret = tmp_path / "secret"
    secret.write_text("https://a.example/secret")
    doctype = f'<!DOCTYPE urlset [<!ENTITY s SYSTEM "{secret.as_uri()}"><!ENTITY b "bbbb">]>'
    body = f"{doctype}<urlset><url><loc>&s;</loc></url><url><loc>https://a.example/1</loc></url></urlset>"
    assert [one.url for one in lists.links(body.encode(), "a.xml")] == ["https://a.example/1"]
