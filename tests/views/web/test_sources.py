"""Pages of sources: the table, one source; and About."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.views.web.test_incidents import asks, at, market

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["asks", "at", "market"]  # fixtures


def names(asks, query=""):
    return [one["name"] for one in asks.get(f"/sources.json?{query}").json()["sources"]]


def test_the_table_counts_and_warns(asks):
    first = asks.get("/sources.json").json()["sources"][0]
    assert (first["name"], first["statements"], first["corroborated"], first["alone"]) == ("sy.sohr", 3, 2, 0)
    page = asks.get("/sources").text
    assert "disputed does not mean wrong" in page
    assert 'href="/source?name=a+nurse"' in page


@pytest.mark.parametrize(
    ("query", "first", "last"),
    [
        ("", "sy.sohr", "sy.armed-forces"), ("up=true", None, "sy.sohr"), ("sort=source", "a nurse", None),
        ("sort=source&up=true", None, "a nurse"), ("sort=disputed", "sy.sohr", None), ("sort=last", None, None),
        ("sort=class&up=true", "sy.sohr", "a nurse"), ("source_class=medic", "a nurse", "a nurse"),
    ],
)  # fmt: skip
def test_the_table_is_sorted_and_narrowed(asks, query, first, last):
    found = names(asks, query)
    assert first in (None, found[0])
    assert last in (None, found[-1])


def test_the_table_sorts_by_its_columns_alone(asks):
    assert asks.get("/sources?sort=caveat").status_code == 422


def test_one_source(asks):
    told = asks.get("/source.json?name=sy.sohr").json()
    assert told["counts"] == {k: v for k, v in asks.get("/sources.json").json()["sources"][0].items()
                              if k not in ("name", "few")}  # fmt: skip
    assert [one["type"] for one in told["statements"]] == ["holds", "ASSAULT", "ASSAULT"]
    assert told["words"] == [{"text": "the Observatory", "statements": 3}]
    assert [one["type"] for one in told["disputes"]] == ["responsibility", "count"]
    page = asks.get("/source?name=sy.sohr").text
    assert 'href="/report?id=hill-1#' in page
    assert "too few to say how often it stands alone" in page


def test_a_source_is_narrowed(asks):
    assert len(asks.get("/source.json?name=sy.sohr&only=disputed").json()["statements"]) == 2
    assert len(asks.get("/source.json?name=sy.sohr&kind=control").json()["statements"]) == 1
    none = asks.get("/source.json?name=sy.sohr&kind=relation").json()
    assert (none["counts"], none["statements"]) == (None, [])
    assert asks.get("/source?name=sy.sohr&kind=relation").status_code == 200
    assert asks.get("/source?name=nobody").status_code == 404


def test_about_tells_scores_from_the_card_and_licences(asks):
    told = asks.get("/about.json").json()
    assert told["scores"]["rows"]
    assert all(len(row) == len(told["scores"]["head"]) for row in told["scores"]["rows"])
    assert (told["first"], told["last"], told["size"]["reports"]) == ("2016-12-02", "2016-12-04", 4)
    page = asks.get("/about").text
    for words in ("What these pages cannot tell", "docs/evaluation.md", "public domain", "CC BY 4.0", "BSD-3-Clause"):
        assert words in page
    assert told["scores"]["rows"][0][1] in page


def test_sorting_by_a_column_at_both_widths(tab: Page, at):
    tab.goto(f"{at}/sources?sort=source")
    assert tab.locator("tbody th a").first.inner_text() == "A nurse"
    if tab.viewport_size["width"] > 600:
        tab.get_by_role("columnheader", name="Statements").get_by_role("link").click()
        assert tab.locator('th[aria-sort="descending"]').inner_text().startswith("Statements")
        assert tab.locator("tbody th a").first.inner_text() == "the Observatory"
    tab.locator("tbody th a").first.click()
    assert tab.locator(".statements li").count() > 0
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
