"""The timeline: bars, the brush over them, places by time, what the lists hold."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from contested.record import timeline as days
from contested.views.web.pages.timeline import ticks


def test_the_page_reads_without_its_script(client):
    told = client.get("/timeline.json").json()
    page = client.get("/timeline").text
    assert told["timeline"]["totals"]["incidents"] == sum(one["incidents"] for one in told["timeline"]["buckets"]) > 0
    assert page.count('<svg class="bars"') == 4
    assert len(re.findall(r"<rect ", page)) == sum(
        bool(one[name]) for one in told["timeline"]["buckets"] for name in told["series"]
    )
    for one in told["incidents"]:
        assert f"/incident?id={one['incident']}" in page
    assert told["statements"]
    assert all(one["account"].rpartition("#")[2] in page for one in told["statements"])
    assert " style=" not in page


def test_days_of_the_address_narrow_the_lists_and_not_the_bars(client):
    every = client.get("/timeline.json").json()
    day = every["incidents"][0]["date"]
    one = client.get(f"/timeline.json?from={day}&to={day}").json()
    assert {incident["date"] for incident in one["incidents"]} == {day}
    assert {statement["day"] for statement in one["statements"]} <= {day}
    assert one["timeline"] == every["timeline"]
    zoomed = client.get(f"/timeline.json?since={day}&until={day}").json()
    assert (zoomed["timeline"]["first"], zoomed["timeline"]["last"]) == (day, day)
    bar = next(one for one in every["timeline"]["buckets"] if one["from"] <= day <= one["to"])
    assert f"from={bar['from']}&amp;to={bar['to']}" in client.get("/timeline").text  # a row of the table of bars


@pytest.mark.parametrize("heat", ["incidents", "ground", "talks", "tolls", "any", "all"])
def test_places_by_time(client, heat):
    told = client.get(f"/timeline.json?heat={heat}").json()["heat"]
    assert sum(group["columns"] for group in told["groups"]) == len(told["columns"])
    assert all(row["told"] == sum(row["counts"]) for row in told["rows"])
    assert [row["told"] for row in told["rows"]] == sorted((row["told"] for row in told["rows"]), reverse=True)
    assert heat in ("talks", "tolls", "any") or told["rows"]


@pytest.mark.parametrize(
    "query",
    [
        "from=9999-12-31", "since=0001-01-01&until=9999-12-31", "from=2019-05-01&to=2019-01-01",
        "since=2020-01-01&until=2019-01-01", "place=Aleppo&party=sy.rebels&kind=control",
    ],
)  # fmt: skip
def test_any_days_are_answered(client, query):
    answer = client.get(f"/timeline.json?{query}")
    assert answer.status_code == 200
    assert len(answer.json()["timeline"]["buckets"]) <= 420
    assert len(answer.json()["ticks"]) <= 9
    assert client.get(f"/timeline?{query}").status_code == 200


def test_what_cannot_be_asked_is_told(client):
    assert client.get("/timeline?heat=x").status_code == 422
    assert "Atlantis" in client.get("/timeline?place=Atlantis").text


@pytest.mark.parametrize("last", ["2019-01-05", "2019-03-01", "2019-12-01", "2024-01-01", "2100-01-01", "2401-01-01"])
def test_labels_stand_in_order_and_apart(last):
    first, end = days.date(2019, 1, 1), days.date.fromisoformat(last)
    unit = days.unit_of(first, end)
    buckets = tuple(days.Bucket(start, stop, {}) for start, stop in days.stretches(first, end, unit))
    found = list(ticks(days.Timeline(first, end, unit, buckets)))
    assert 1 <= len(found) <= 9
    at = [one["at"] for one in found]
    assert at == sorted(at)
    assert all(0 <= one < 1 for one in at)
    assert len({one["label"] for one in found}) == len(found)


def test_the_brush_is_moved_by_keys(tab: Page, served: str):
    tab.goto(f"{served}/timeline")
    first = tab.get_by_role("slider", name="First day")
    before = first.get_attribute("aria-valuetext")
    first.focus()
    with tab.expect_response(re.compile(r"/timeline\?.*from=")):
        tab.keyboard.press("ArrowRight")
        tab.keyboard.press("ArrowRight")
    expect(tab).to_have_url(re.compile(r"from=\d{4}-\d\d-\d\d"))
    assert first.get_attribute("aria-valuetext") != before
    expect(first).to_be_focused()
    expect(tab.get_by_role("link", name="Zoom to these days")).to_be_visible()
    tab.keyboard.press("End")  # it stops at the other handle
    last = tab.get_by_role("slider", name="Last day")
    assert first.get_attribute("aria-valuenow") == last.get_attribute("aria-valuenow")
    tab.keyboard.press("Escape")
    expect(tab).not_to_have_url(re.compile("from="))
    tab.go_back()
    expect(tab).to_have_url(re.compile("from="))


def test_the_brush_is_dragged_and_the_lists_follow(tab: Page, served: str):
    tab.goto(f"{served}/timeline")
    every = tab.locator("[data-part=told] .line").count()
    box = tab.locator(".plot").bounding_box()
    assert box is not None
    y = box["y"] + 80
    with tab.expect_response(re.compile(r"/timeline\?.*to=")):
        tab.mouse.move(box["x"] + box["width"] * 0.5, y)
        tab.mouse.down()
        tab.mouse.move(box["x"] + box["width"] * 0.55, y, steps=4)
        tab.mouse.up()
    expect(tab.locator("[data-part=told][aria-busy]")).to_have_count(0)
    assert tab.locator("[data-part=told] .line").count() < every
    asked = tab.url
    tab.reload()
    assert tab.url == asked
    now = tab.get_by_role("slider", name="First day").get_attribute("aria-valuenow")
    assert now != "0"
    tab.get_by_role("link", name="All days shown").click()
    expect(tab.locator("[data-part=told] .line")).to_have_count(every)


def test_no_page_is_wider_than_the_window(tab: Page, served: str):
    for path in ("timeline?heat=all", "parties", "party?id=sy.rebels", "places", "place?id=Aleppo"):
        tab.goto(f"{served}/{path}")
        tab.wait_for_load_state("networkidle")
        assert tab.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), path


def test_arrows_lead_through_the_table_of_places(tab: Page, served: str):
    tab.goto(f"{served}/timeline?heat=all")
    cells = tab.locator(".cells td a")
    cells.first.focus()
    assert tab.locator('.cells td a[tabindex="0"]').count() == 1
    tab.keyboard.press("ArrowDown")
    assert tab.locator('.cells td a[tabindex="0"]').count() == 1
