"""Pages of incidents: the list, and one with its accounts side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fastapi.testclient import TestClient

from contested.record.record import open_record
from tests.record.orla import REPORTS
from tests.views.web.conftest import Served, app_of

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.fixture(scope="module")
def market(tmp_path_factory):
    """An application over one incident: a market is shelled, one text stands in two reports, somebody denies it."""
    path = tmp_path_factory.mktemp("market") / "orla.db"
    with open_record(path, create=True) as record:
        list(record.add(REPORTS, reader="by hand"))
        record.derive()
    return app_of(path)


@pytest.fixture(scope="module")
def asks(market):
    return TestClient(market, base_url="http://127.0.0.1")


@pytest.fixture(scope="module")
def at(market):
    made = Served(market)
    yield made.url
    made.stop()


def test_the_list_tells_what_where_when_and_how_many(asks):
    (one,) = asks.get("/incidents.json").json()["incidents"]
    assert (one["date"], one["place"], one["voices"], one["reports"]) == ("2016-12-02", "Orla", 3, 4)
    assert one["disputed"] == ["count", "responsibility"]
    page = asks.get("/incidents").text
    assert f'href="/incident?id={one["incident"]}"' in page
    assert "9 to 14</b> killed" in page


@pytest.mark.parametrize(
    ("query", "n"),
    [
        ("outlet=Lake+Wire", 1), ("outlet=Nobody", 0), ("disputed=any", 1), ("disputed=means", 0),
        ("party=sy.sohr", 1), ("page=2", 0), ("from=2016-12-03", 0), ("known_by=2016-12-03", 1),
        ("known_by=2016-12-01", 0),
        ("known_by=2016-12-03&disputed=responsibility", 0), ("known_by=2016-12-03&disputed=count", 1),
    ],
)  # fmt: skip
def test_the_list_is_narrowed(asks, query, n):
    assert len(asks.get(f"/incidents.json?{query}").json()["incidents"]) == n
    assert asks.get(f"/incidents?{query}").status_code == 200


def test_what_is_not_asked_rightly_is_refused(asks):
    assert asks.get("/incidents?disputed=taste").status_code == 422
    assert asks.get("/incidents?page=0").status_code == 422
    assert asks.get("/incidents?known_by=2016-12-03&page=11").status_code == 422
    assert asks.get("/incident").status_code == 422
    gone = asks.get("/incident?id=0000")
    assert gone.status_code == 404
    assert "0000" in gone.text


def one_of(asks):
    (one,) = asks.get("/incidents.json").json()["incidents"]
    return one["incident"]


def test_an_incident_sets_its_accounts_side_by_side(asks):
    told = asks.get(f"/incident.json?id={one_of(asks)}").json()
    assert [row["source"] for row in told["rows"]] == ["the Observatory", "A nurse", "an army spokesman"]
    columns = {column["slot"]: column for column in told["columns"]}
    assert columns["killed"]["state"] == "differs"
    assert columns["killed"]["disputed"]
    assert columns["where"]["state"] == "fits"
    assert columns["who"]["values"][0]["denied_by"] == ["an army spokesman"]
    assert {d["type"] for d in told["disputes"]} == {"count", "responsibility"}
    assert [[one["id"] for one in together] for together in told["copies"]] == [["hill-1", "dale-1"]]
    assert [one["scheme"] for one in told["crosswalks"]] == ["acled", "ucdp", "airwars"]
    assert all(one["values"] or one["reason"] for one in told["crosswalks"])
    assert all(link["why"] for link in told["links"])


def test_an_incident_is_told_in_words(asks):
    page = " ".join(asks.get(f"/incident?id={one_of(asks)}").text.split())
    for words in (
        "<b>2 of 3</b> say <a", "denied by <bdi>an army spokesman</bdi>", "9 to 14</b> killed",
        "the same text in <a", "The same text in <a", "Shelling/artillery/missile attack", "same day",
        "The Observatory says 9 people were killed; a nurse says 14 people were killed.",
    ):  # fmt: skip
        assert words in page


def test_codes_lead_to_what_they_mean(asks):
    page = asks.get(f"/incident?id={one_of(asks)}").text
    assert 'href="/explain?code=ASSAULT.heavy-weapons"' in page
    told = asks.get("/explain.json?code=ASSAULT.heavy-weapons").json()
    assert [one["name"] for one in told["found"]] == ["heavy-weapons: mode of ASSAULT"]
    assert asks.get("/explain.json?code=shellling").json()["found"] == []
    everything = asks.get("/explain.json").json()["groups"]
    assert len(everything["kind"]) == 6
    for one in everything["mode"]:
        assert asks.get("/explain.json", params={"code": one["code"]}).json()["found"]


def test_side_by_side_at_both_widths(tab: Page, at, asks):
    tab.goto(f"{at}/incidents")
    tab.get_by_role("link", name="shelling of a market in Orla").click()
    assert tab.get_by_role("heading", level=1).inner_text() == "shelling of a market in Orla"
    quotes = tab.locator(".accounts .words")
    assert quotes.count() == 3
    narrow = tab.viewport_size["width"] < 600
    first, second = quotes.nth(0).bounding_box(), tab.locator(".accounts td[data-label=Who]").first.bounding_box()
    assert (second["y"] > first["y"] + first["height"] - 1) == narrow  # a card on narrow screens, a row on wide ones
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
