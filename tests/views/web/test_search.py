"""The page of search: words marked, facets that narrow."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from contested.views.web.pages.search import parts, pattern
from tests.views.web.test_incidents import asks, at, market

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["asks", "at", "market"]  # fixtures


@pytest.mark.parametrize(
    ("words", "text", "marked"),
    [
        ("market", "The Market, the markets, a market.", ["Market", "market"]),
        ("mark*", "The Market, the markets.", ["Market", "markets"]),
        ('"the market" fell', "the  market fell in the market", ["the  market", "fell", "the market"]),
        ("café", "Cafe and CAFÉ", ["Cafe", "CAFÉ"]),
        ("a.c", "abc a c", ["a c"]),
        ("سوق", "في سوق المدينة", ["سوق"]),
        ("(", "a ( b", []),
    ],
)
def test_the_words_are_marked(words, text, marked):
    found = parts(text, pattern(words))
    assert [piece for piece, so in found if so] == marked
    assert "".join(piece for piece, _ in found) == text


def test_reports_and_quotes(asks):
    reports = asks.get("/search.json?words=market").json()
    assert reports["total"] == 4
    assert [one["facet"] for one in reports["facets"]] == ["outlet", "month", "kind", "place", "party"]
    quotes = asks.get("/search.json?words=market&what=quotes&outlet=Lake+Wire").json()
    (one,) = quotes["results"]
    page = asks.get("/search?words=market&what=quotes&outlet=Lake+Wire").text
    assert f'href="/report?id=lake-1#{one["statement"]}"' in page
    assert "<mark>market</mark>" in page


def test_facets_narrow_by_what_they_count(asks):
    found = asks.get("/search.json?words=market").json()
    for facet in found["facets"]:
        for one in facet["values"]:
            narrowed = asks.get("/search.json", params={"words": "market", facet["facet"]: one["value"]}).json()
            assert narrowed["total"] >= one["count"]  # a place is asked for with all that lies in it
            assert facet["facet"] == "place" or narrowed["total"] == one["count"]


def test_parties_are_called_by_the_register(asks):
    found = asks.get("/search.json?words=market").json()
    parties = next(facet["values"] for facet in found["facets"] if facet["facet"] == "party")
    assert {one["value"]: one["label"] for one in parties}["sy.armed-forces"] != "army guns"


@pytest.mark.parametrize("query", ["", "words=", "words=%22", "words=%28%29*", "words=nothing", "words=a%00b"])
def test_no_words_and_odd_words_are_answered(asks, query):
    assert asks.get(f"/search?{query}").status_code == 200


@pytest.mark.parametrize("query", ["what=films", "month=2016-13", "month=x", "page=0", "kind=film"])
def test_what_is_not_asked_rightly_is_refused(asks, query):
    assert asks.get(f"/search?words=market&{query}").status_code == 422


def test_from_the_top_bar_to_a_narrowed_answer(tab: Page, at):
    tab.goto(f"{at}/incidents")
    tab.keyboard.press("/")
    tab.keyboard.type("market")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/search?words=market")
    assert tab.locator(".hit").count() == 4
    tab.get_by_role("link", name="Lake Wire").click()
    assert tab.locator(".hit").count() == 1
    assert tab.locator("mark").first.inner_text().lower() == "market"
    tab.get_by_role("link", name="Do not narrow by outlet").click()
    assert tab.locator(".hit").count() == 4
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
