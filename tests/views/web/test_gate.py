"""Who is let in: hosts, tokens, pages of other sites, long requests."""

from __future__ import annotations

import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient

from contested.views.web.gate import LONGEST, Gate, Guarded
from tests.views.web.conftest import OWN, TOKEN

HOSTS = frozenset({"127.0.0.1", "[::1]"})


def asked(**how):
    inner = FastAPI()

    @inner.get("/page")
    def page(request: Request) -> dict[str, bool]:
        return {"writes": request.state.writes}

    @inner.post("/page")
    async def write(request: Request) -> dict[str, int]:
        return {"read": len(await request.body())}

    return TestClient(Guarded(inner, Gate(TOKEN, HOSTS, **how)), base_url="http://127.0.0.1:8400")


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "[::2]:8400", "evil.example:8400"])
def test_a_request_for_another_host_is_refused(host):
    assert asked().get("/page", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:9", "[::1]", "[::1]:8400"])
def test_a_request_for_this_host_is_answered(host):
    assert asked().get("/page", headers={"host": host}).json() == {"writes": False}


def test_every_answer_carries_the_policy():
    for answer in (asked().get("/page"), asked().get("/none"), asked().get("/page", headers={"host": "evil.example"})):
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self';" in policy
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_tiles_open_the_policy_for_their_origin_alone():
    policy = asked(tiles="https://tiles.example").get("/page").headers["content-security-policy"]
    assert "connect-src 'self' https://tiles.example;" in policy
    assert "script-src 'self';" in policy


def test_the_token_in_the_address_becomes_a_cookie_and_leaves_the_address():
    client = asked()
    answer = client.get(f"/page?place=Oron&token={TOKEN}", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/page?place=Oron")
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert "samesite=strict" in answer.headers["set-cookie"].lower()
    assert client.get("/page").json() == {"writes": True}


def test_a_token_in_an_address_with_two_slashes_leads_to_no_other_host():
    answer = asked().get(f"http://127.0.0.1:8400//evil.example/?token={TOKEN}", follow_redirects=False)
    assert answer.headers["location"].startswith("/evil.example")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 403),
        ({"authorization": "Bearer wrong"}, 403),
        ({"authorization": f"Bearer {TOKEN}"}, 200),
        ({"cookie": f'contested="{TOKEN}"'}, 403),
        ({"cookie": f'contested="{TOKEN}"', "origin": "http://127.0.0.1:8400"}, 200),
        ({"cookie": f'contested="{TOKEN}"', "origin": "http://127.0.0.1:9"}, 403),
        ({"cookie": f'contested="{TOKEN}"', "origin": "null"}, 403),
        ({"cookie": f'contested="{TOKEN}"', "origin": "https://evil.example"}, 403),
        ({"cookie": f'contested="{TOKEN}"', "origin": "http://127.0.0.1:8400", "sec-fetch-site": "same-site"}, 403),
        ({"cookie": 'contested="wrong"', "origin": "http://127.0.0.1:8400"}, 403),
    ],
)
def test_writing_needs_the_token_and_a_page_of_this_server(headers, status):
    assert asked().post("/page", headers=headers).status_code == status


def test_a_closed_record_is_read_with_the_token_alone():
    assert asked(closed=True).get("/page").status_code == 401
    assert asked(closed=True).get("/page", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200


@pytest.mark.parametrize("told", [True, False], ids=["length told", "in pieces"])
def test_a_request_that_is_too_long_is_refused(told):
    body = b"x" * (LONGEST + 1)
    pieces = body if told else iter([body[:1000], body[1000:]])
    answer = asked().post("/page", content=pieces, headers={"authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 413


def test_the_examples_ask_and_may_not_write(client, writer):
    assert client.get("/about.json").json()["size"]["reports"] == 17
    assert client.post("/about", headers=OWN).status_code == 403
    assert writer.post("/about").status_code == 405
