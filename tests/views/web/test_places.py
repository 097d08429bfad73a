"""Places: the list, and the page of one."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient


@pytest.fixture(name="client")
def of_coded(coded: TestClient) -> TestClient:
    return coded


def test_the_list_is_by_statements_and_narrowed_by_words(client):
    told = client.get("/places.json").json()
    counts = [one["told"] for one in told["places"]]
    assert counts == sorted(counts, reverse=True)
    assert any(one["place"] == "file:oron" and one["kind"] == "town" for one in told["places"])
    assert 'href="/place?id=file%3Aoron"' in client.get("/places").text
    some = client.get("/places.json?words=oron").json()
    assert {"file:oron"} <= {one["place"] for one in some["places"]}
    assert some["total"] < told["total"]
    assert "No place is called that" in client.get("/places?words=zzzz").text


def test_one_place_with_all_that_is_told_of_it(client):
    told = client.get("/place.json?id=file:oron").json()
    page = client.get("/place?id=file:oron").text
    assert (told["place"]["name"], told["place"]["lat"]) == ("Oron", 10.0)
    assert "10.00° north, 20.00° east" in page
    (ground,) = [one for one in told["ground"] if one["place"] == "file:oron"]
    assert ground["contested"]
    assert {one["name"] for one in ground["holders"]} == {"rebels of Oron", "army of Oron"}
    assert {one["type"] for one in told["held"]} >= {"holds", "captures"}
    assert {one["type"] for one in told["disputes"]} >= {"count", "control"}
    for one in told["incidents"]:
        assert f"/incident?id={one['incident']}" in page
    assert told["tolls"]
    assert "/situation?place=file%3Aoron" in page
    assert " style=" not in page


def test_a_place_is_asked_for_by_name_and_days(client):
    assert client.get("/place.json?id=ORON").json()["about"] == "file:oron"
    early = client.get("/place.json?id=Oron&known_by=2019-03-05").json()
    (ground,) = [one for one in early["ground"] if one["place"] == "file:oron"]
    assert not ground["contested"]
    assert {one["report"] for one in early["held"]} == {"hill-1"}


def test_what_lies_within(client):
    told = client.get("/place.json?id=file:oron-province").json()
    assert "Oron" in {one["name"] for one in told["within"]}
    assert sum(one["told"] for one in told["kinds"]) > 0


@pytest.mark.parametrize(("query", "status"), [("", 422), ("id=", 422), ("id=Atlantis", 400), ("id=Oron&from=x", 422)])
def test_what_is_not_there_is_told(client, query, status):
    for path in ("/place", "/place.json"):
        assert client.get(f"{path}?{query}").status_code == status
