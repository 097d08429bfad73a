"""Who is let in: hosts, tokens, pages of other sites, long requests."""

from __future__ import annotations

import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient

from contested.views.web.gate import LONGEST, Gate, Guarded
from tests.views.web.conftest import OWN, TOKEN

HOSTS = frozenset({"127.0.0.1", "[::1]", "localhost"})


def asked(**how):
    inner = FastAPI()

    @inner.get("/page")
    def page(request: Request) -> dict[str, bool]:
        return {"writes": request.state.writes}

    @inner.post("/page")
    async def write(request: Request) -> dict[str, int]:
        return {"read": len(await request.body())}

    return TestClient(Guarded(inner, Gate(TOKEN, HOSTS, **how)), base_url="http://127.0.0.1:8400")


@pytest.mark.parametrize(
    "host",
    [
        "evil.example", "127.0.0.1.evil.example", "", "[::2]:8400", "evil.example:8400", "[::1].evil.example", "[::1",
        "127.0.0.1@evil.example", "127.0.0.1:80:80", "evil.example#127.0.0.1", "192.168.1.5",
    ],
)  # fmt: skip
def test_a_request_for_another_host_is_refused(host):
    assert asked().get("/page", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:9", "[::1]", "[::1]:8400", "LocalHost:8400"])
def test_a_request_for_this_host_is_answered(host):
    assert asked().get("/page", headers={"host": host}).json() == {"writes": False}


def test_a_closed_server_is_called_by_numbers_and_by_its_names_alone():
    """A name can be made to lead to any address, a number cannot."""
    headers = {"authorization": f"Bearer {TOKEN}"}
    for host, status in (("192.168.1.5:8400", 200), ("[fe80::1]", 200), ("evil.example", 421), ("300.1.1.1", 421)):
        assert asked(closed=True).get("/page", headers={**headers, "host": host}).status_code == status


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
    assert "samesite=lax" in answer.headers["set-cookie"].lower()
    assert client.get("/page").json() == {"writes": True}


@pytest.mark.parametrize("path", ["//evil.example/", "/\\\\evil.example/", "/%5Cevil.example/", "/%2F%2Fevil.example"])
def test_a_token_in_any_address_leads_to_no_other_host(path):
    answer = asked().get(f"http://127.0.0.1:8400{path}?token={TOKEN}", follow_redirects=False)
    assert answer.headers["location"].startswith("/evil.example")


def test_a_token_in_an_address_splits_no_answer():
    answer = asked().get(f"/a%0d%0aset-cookie:x=1?b=%0d%0ac&token={TOKEN}", follow_redirects=False)
    assert answer.headers["location"] == "/a%0D%0Aset-cookie:x=1?b=%0D%0Ac"
    assert answer.headers.get_list("set-cookie")[0].startswith("contested=")


def test_a_token_of_another_start_is_told_of():
    answer = asked().get("/page?token=of-yesterday", follow_redirects=False)
    assert answer.status_code == 403
    assert "not the token of this server" in answer.text
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("token", ["%ff%fe", "%00", "a" * 5000, "%ED%A0%80", ""])
def test_a_token_of_odd_characters_is_no_token(token):
    assert asked().get(f"/page?token={token}").status_code == 403


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
        ({"cookie": f'contested="{TOKEN}"', "origin": "http://[bad"}, 403),
        ({"cookie": f'contested="{TOKEN}"', "origin": "http://127.0.0.1:8400.evil.example"}, 403),
        ({"cookie": f'a={{"b": 1}}; c@d; contested="{TOKEN}"', "origin": "http://127.0.0.1:8400"}, 200),
        ({"cookie": 'contested="wrong"', "origin": "http://127.0.0.1:8400"}, 403),
    ],
)
def test_writing_needs_the_token_and_a_page_of_this_server(headers, status):
    assert asked().post("/page", headers=headers).status_code == status


@pytest.mark.parametrize(
    ("site", "mode", "dest", "status"),
    [
        ("none", "navigate", "document", 200),
        ("same-origin", "cors", "empty", 200),
        ("cross-site", "navigate", "document", 200),
        ("cross-site", "navigate", "iframe", 403),
        ("cross-site", "no-cors", "image", 403),
        ("cross-site", "no-cors", "script", 403),
        ("same-site", "cors", "empty", 403),
    ],
)
def test_another_site_may_lead_here_and_load_nothing(site, mode, dest, status):
    headers = {"sec-fetch-site": site, "sec-fetch-mode": mode, "sec-fetch-dest": dest}
    assert asked().get("/page", headers=headers).status_code == status


@pytest.mark.parametrize("length", ["many", "-1", "1e3", "٣", "9" * 400])
def test_a_length_that_is_none_is_refused(length):
    headers = {"authorization": f"Bearer {TOKEN}", "content-length": length.encode()}
    assert asked().post("/page", headers=headers, content=b"").status_code in (400, 413)


def test_a_head_is_a_page_without_its_body():
    whole, head = asked().get("/page"), asked().head("/page")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == whole.headers["content-length"]


def test_pages_are_kept_nowhere_and_built_files_where_their_address_changes_with_them(client):
    assert client.get("/about").headers["cache-control"] == "no-store"
    assert client.get("/about.json").headers["cache-control"] == "no-store"
    assert client.get("/static/main.js?abc").headers["cache-control"].endswith("immutable")
    assert client.get("/static/main.js").headers["cache-control"] == "no-cache"
    assert client.get("/static/none.js?abc").headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    "path", ["/static/../gate.py", "/static/%2e%2e/gate.py", "/static/..%2fgate.py", "/static//etc/passwd"]
)
def test_static_files_are_those_of_their_folder(client, path):
    assert client.get(path).status_code == 404


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
