"""Pages of disputes: the board, one of them, and the feed."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import feedparser
import pytest

from contested.views.web.feed import Entry, atom, identity
from tests.views.web.test_incidents import asks, at, market

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["asks", "at", "market"]  # fixtures


def test_the_board_has_each_type_with_both_quotes(asks):
    told = asks.get("/disputes.json").json()
    assert {part["type"]: len(part["disputes"]) for part in told["board"]} == {"count": 1, "responsibility": 1}
    assert told["total"] == 2
    page = " ".join(asks.get("/disputes").text.split())
    for words in (
        "The Observatory says 9 people were killed; a nurse says 14 people were killed.", "How many were harmed",
        "Army guns shelled the market in the Mill Quarter on Friday and killed 14 people", "3 December 2016",
    ):  # fmt: skip
        assert words in page
    assert '</span> <q class="words"' in page  # what one says is apart from its quote


@pytest.mark.parametrize(
    ("query", "types"),
    [
        ("disputed=count", ["count"]), ("disputed=place", []), ("updates=true", []),
        ("disputed=count&outlet=Vale+Times", []), ("disputed=responsibility&outlet=Vale+Times", ["responsibility"]),
        ("disputed=count&known_by=2016-12-03", ["count"]), ("disputed=responsibility&known_by=2016-12-03", []),
        ("disputed=count&page=2", []),
    ],
)  # fmt: skip
def test_the_board_is_narrowed(asks, query, types):
    told = asks.get(f"/disputes.json?{query}").json()
    assert [one["type"] for one in told["disputes"]] == types
    assert told["board"] == []
    assert asks.get(f"/disputes?{query}").status_code == 200


def test_what_was_known_on_a_day_makes_a_board(asks):
    told = asks.get("/disputes.json?known_by=2016-12-03").json()
    assert [(part["type"], part["disputes"][0]["known"]) for part in told["board"]] == [("count", "2016-12-03")]


def test_one_dispute(asks):
    (one,) = asks.get("/disputes.json?disputed=count").json()["disputes"]
    told = asks.get(f"/dispute.json?id={one['id']}").json()
    assert [row["source"] for row in told["rows"]] == ["the Observatory", "A nurse"]
    assert told["incident"]["what"] == "shelling of a market in Orla"
    page = asks.get(f"/dispute?id={one['id']}").text
    assert f'href="/incident?id={told["incident"]["id"]}"' in page
    assert asks.get("/dispute?id=none").status_code == 404


def test_the_feed_is_one_that_readers_take(asks):
    answer = asks.get("/disputes.atom")
    assert answer.headers["content-type"] == "application/atom+xml"
    feed = feedparser.parse(answer.content)
    assert not feed.bozo
    assert feed.version == "atom10"
    assert [entry.tags[0].term for entry in feed.entries] == ["responsibility", "count"]
    assert [time.strftime("%Y-%m-%d", entry.updated_parsed) for entry in feed.entries] == ["2016-12-04", "2016-12-03"]
    assert feed.feed.updated == "2016-12-04T00:00:00Z"
    assert {link.rel: link.href for link in feed.feed.links} == {
        "self": "http://127.0.0.1/disputes.atom", "alternate": "http://127.0.0.1/disputes",
    }  # fmt: skip
    second = feed.entries[1]
    assert second.title == "The Observatory says 9 people were killed; a nurse says 14 people were killed."
    assert "A nurse: “Army guns shelled" in second.content[0].value
    assert asks.get(second.link).status_code == 200


def test_entries_keep_their_ids_whatever_is_asked(asks):
    every = {entry.title: entry.id for entry in feedparser.parse(asks.get("/disputes.atom").content).entries}
    narrowed = feedparser.parse(asks.get("/disputes.atom?disputed=count&outlet=Lake+Wire").content)
    assert [every[entry.title] for entry in narrowed.entries] == [entry.id for entry in narrowed.entries]
    assert all(id_.startswith("urn:uuid:") for id_ in every.values())
    known = feedparser.parse(asks.get("/disputes.atom?known_by=2016-12-03").content)
    assert [entry.id for entry in known.entries] == [entry.id for entry in narrowed.entries]
    assert feedparser.parse(asks.get("/disputes.atom?disputed=place").content).entries == []


def test_the_page_tells_browsers_of_its_feed(asks):
    assert 'type="application/atom+xml"' in asks.get("/disputes").text
    assert (
        "/disputes.atom?disputed=count&amp;outlet=Lake+Wire"
        in asks.get("/disputes?disputed=count&outlet=Lake+Wire").text
    )


def test_a_feed_of_hostile_words_is_well_formed():
    bad = "\x00<script>\ud800&\uffff\x0c ]]> \u202e"
    told = atom(bad, bad, "http://a/?x=1&y=2", "http://a/", [Entry(bad, bad, "http://a/", "2016-12-02T00:00:00Z", bad,
                                                                [(bad, bad)])])  # fmt: skip
    assert ElementTree.fromstring(told).tag.endswith("feed")
    feed = feedparser.parse(told)
    assert not feed.bozo
    assert feed.entries[0].id == identity(bad)


def test_from_the_board_to_a_dispute(tab: Page, at):
    tab.goto(f"{at}/disputes")
    tab.get_by_role("link", name="how many were harmed").first.click()
    tab.get_by_role("link", name="The Observatory says 9 people").click()
    assert tab.get_by_role("heading", level=1).inner_text().startswith("The Observatory says 9 people were killed")
    assert tab.locator(".both .account").count() == 2
    boxes = [tab.locator(".both .account").nth(n).bounding_box() for n in (0, 1)]
    beside = abs(boxes[0]["y"] - boxes[1]["y"]) < 2
    assert beside == (tab.viewport_size["width"] > 600)
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
