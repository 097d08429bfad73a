"""Parties: the list, and the page of one with its network of ties."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Page, expect


@pytest.fixture(name="client")
def of_coded(coded: TestClient) -> TestClient:
    return coded


def test_the_list_counts_roles_and_is_narrowed_by_words(client):
    told = client.get("/parties.json").json()
    rebels = next(one for one in told["parties"] if one["party"] == "xx.rebels")
    assert (rebels["name"], rebels["kind"], rebels["country"]) == ("rebels of Oron", "armed-group", "XX")
    assert rebels["actor"] + rebels["target"] + rebels["source"] > 0
    assert any(one["party"] is None for one in told["parties"])
    page = client.get("/parties").text
    assert 'href="/party?id=xx.rebels"' in page
    some = client.get("/parties.json?words=MONITOR").json()
    assert "xx.hill-monitor" in {one["party"] for one in some["parties"]}
    assert some["total"] < told["total"]
    assert "Nobody is called that" in client.get("/parties?words=zzzz").text


def test_pages_of_the_list_follow_each_other(client):
    first = client.get("/parties.json").json()
    assert first["more"] == (first["total"] > len(first["parties"]))
    beyond = client.get("/parties.json?page=500").json()
    assert (beyond["parties"], beyond["more"]) == ([], False)
    assert client.get("/parties?page=0").status_code == 422


def test_one_party_with_all_that_is_told_of_it(client):
    told = client.get("/party.json?id=xx.rebels").json()
    page = client.get("/party?id=xx.rebels").text
    parts = {one["part"]: one for one in told["parts"]}
    assert list(parts) == ["did", "suffered", "said", "others"]
    assert {one["type"] for one in parts["did"]["types"]} >= {"holds"}
    assert any(one["name"] == "Oron" and one["contested"] for one in told["ground"]["held"])
    assert "control" in {one["type"] for one in told["disputes"]}
    assert told["register"] is None
    for one in told["disputes"]:
        assert f"/dispute?id={one['id']}" in page
    for part in parts.values():
        assert part["told"] == sum(one["told"] for one in part["types"])
        assert all(one["quote"] and one["report"] for one in part["statements"])


def test_a_part_is_asked_for_by_type(client):
    told = client.get("/party.json?id=xx.rebels&part=did&kind=control&type=holds").json()
    did, suffered = told["parts"][:2]
    assert {one["type"] for one in did["statements"]} == {"holds"}
    assert len(did["types"]) >= 1
    every = client.get("/party.json?id=xx.rebels").json()
    assert suffered == every["parts"][1]
    assert 'aria-current="true"' in client.get("/party?id=xx.rebels&part=did&kind=control&type=holds").text


def test_the_register_tells_names_over_time(client):
    told = client.get("/party.json?id=sy.nusra").json()  # no report of the examples needs to name it
    assert [one["name"] for one in told["register"]["names"]] == ["Jabhat al-Nusra", "Jabhat Fateh al-Sham"]
    assert told["register"]["names"][1]["from"] == "2016-07-28"
    page = client.get("/party?id=sy.nusra").text
    assert "Jabhat Fateh al-Sham" in page
    assert "جبهة النصرة" in page
    assert client.get("/party.json?id=person.bashar-al-assad").json()["register"]["offices"]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 422), ("id=", 422), ("id=xx.nobody", 404), ("id=nobody%20at%20all", 404), ("id=xx.rebels&part=x", 422),
        ("id=xx.rebels&place=Atlantis", 400),
    ],
)  # fmt: skip
def test_who_is_not_there_is_told(client, query, status):
    for path in ("/party", "/party.json"):
        assert client.get(f"{path}?{query}").status_code == status


def test_the_network_is_drawn_and_reached_by_keys(tab: Page, served: str):
    tab.goto(f"{served}/parties")
    told = tab.request.get(f"{served}/parties.json").json()["parties"]
    tied = next(
        one for one in told
        if tab.request.get(f"{served}/party.json", params={"id": one["party"] or one["name"]}).json()["ties"]
    )  # fmt: skip
    tab.goto(f"{served}/party?id={tied['party'] or tied['name']}")
    nodes = tab.locator("#network a")
    expect(nodes.first).to_be_visible()
    twin = tab.request.get(f"{served}/party.json", params={"id": tied["party"] or tied["name"]}).json()
    assert nodes.count() == len(twin["network"]["nodes"])
    other = tab.locator("#network a:not(.self)").first
    other.focus()
    expect(tab.locator("#network a:focus")).to_have_attribute("aria-label", re.compile("statement"))
    tab.keyboard.press("Enter")
    expect(tab).to_have_url(re.compile("/party"))
    expect(tab.locator("h1")).not_to_have_text(tied["name"])
