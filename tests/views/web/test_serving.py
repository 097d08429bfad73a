"""What the application does with what goes wrong, and how `contested serve` starts."""

from __future__ import annotations

import socket

import pytest
from click.testing import CliRunner
from fastapi import FastAPI
from fastapi.testclient import TestClient

from contested.cli import main
from contested.cli.serving import _called
from contested.record.record import open_record
from contested.views.web.app import application
from contested.views.web.gate import Gate
from tests.views.web.conftest import TOKEN


@pytest.fixture
def faulty(copied):
    """An application with pages that fail."""
    app = application(open_record(copied), gate=Gate(TOKEN))

    def fails(error: Exception):
        def page():
            raise error

        return page

    for path, error in (
        ("/wrong", RuntimeError("the mill's secret")),
        ("/large", OverflowError("Python int too large")),
        ("/half", UnicodeEncodeError("utf-8", "\ud800", 0, 1, "surrogates not allowed")),
    ):
        app.add_api_route(path, fails(error))
    return TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False)


def test_an_unexpected_error_tells_nothing_and_carries_the_policy(faulty):
    answer = faulty.get("/wrong")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/large", "/half"])
def test_what_no_database_takes_is_an_error_of_the_one_who_asks(faulty, path):
    answer = faulty.get(path)
    assert answer.status_code == 422
    assert "out of range" in answer.text


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("from=9999-12-31", 200), ("to=0001-01-01", 200), ("from=10000-01-01", 422), ("from=2016-02-30", 422),
        (f"from={'9' * 400}", 422), ("party=%00", 200), ("party=%ff%fe", 200), ("party=%ED%A0%80", 200),
        ("party=" + "x" * 301, 422), ("place=nowhere-at-all", 400), ("kind=none", 422),
        ("from=", 200), ("known_by=", 200),
    ],
)  # fmt: skip
def test_odd_questions_are_answered_or_told_what_is_wrong(client, query, status):
    answer = client.get(f"/disputes.json?{query}")
    assert answer.status_code == status
    if status != 200:
        assert answer.json()["reason"]


def test_an_error_is_a_page_or_json_as_was_asked(client):
    page = client.get("/nowhere")
    assert page.status_code == 404
    assert "<h1>There is no such page</h1>" in page.text
    assert client.get("/nowhere.json").json() == {"status": 404, "reason": "Not Found"}
    assert client.get("/nowhere", headers={"accept": "application/json"}).json()["status"] == 404


def test_no_page_links_to_another_host_for_its_twin(client):
    page = client.get("http://127.0.0.1//evil.example/page")
    assert page.status_code == 404
    assert '"//' not in page.text


def test_answers_for_other_machines_are_compressed_and_for_this_one_not(filled):
    bearer = {"authorization": f"Bearer {TOKEN}", "accept-encoding": "gzip"}
    for closed, coding in ((True, "gzip"), (False, None)):
        app = application(open_record(filled), gate=Gate(TOKEN, closed=closed))
        answer = TestClient(app, base_url="http://127.0.0.1").get("/disputes", headers=bearer)
        assert answer.headers.get("content-encoding") == coding
        assert "default-src 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--token", "short"], "16 or more"),
        (["--token", "with spaces in it, and more"], "it stands in an address"),
        (["--token", "الكلمة-السرية-طويلة"], "it stands in an address"),
        (["--tiles", "file:///etc/{z}"], "http(s)"),
        (["--tiles", "https://tiles.example/no-level"], "http(s)"),
        (["--tiles", "https://tiles.example; script-src */{z}"], "http(s)"),
        (["--tiles", "https://user:word@tiles.example/{z}/{x}/{y}"], "http(s)"),
    ],
)
def test_options_that_would_not_do_are_told_of(copied, options, words):
    done = CliRunner().invoke(main, ["serve", str(copied), *options])
    assert done.exit_code == 2
    assert words in done.output


def test_a_port_in_use_is_told_of(copied):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = CliRunner().invoke(main, ["serve", str(copied), "--port", str(taken.getsockname()[1])])
    assert done.exit_code == 1
    assert "--port takes another" in done.output


@pytest.fixture
def started(monkeypatch):
    """Starts the command without serving: the application and the gate that it would serve."""
    import uvicorn

    seen: list[FastAPI] = []
    monkeypatch.setattr(uvicorn.Server, "run", lambda self, sockets: seen.append(self.config.app))

    def start(*options: str) -> tuple[FastAPI, Gate, str]:
        done = CliRunner().invoke(main, ["serve", *options, "--port", "0"], catch_exceptions=False)
        assert done.exit_code == 0
        (guarded,) = [m for m in seen[-1].user_middleware if "gate" in m.kwargs]
        return seen[-1], guarded.kwargs["gate"], done.stderr

    return start


def test_it_is_open_on_this_machine_and_closed_elsewhere(copied, started):
    for options, closed in (
        ([], False), (["--host", "localhost"], False), (["--host", "0.0.0.0"], True),
        (["--name", "war.example"], True),
    ):  # fmt: skip
        _, gate, _ = started(str(copied), *options)
        assert gate.closed is closed


def test_it_tells_an_address_that_it_answers_to(copied, started):
    for options in ([], ["--host", "0.0.0.0", "--name", "War.Example"]):
        app, gate, told = started(str(copied), *options)
        address = next(word for word in told.split() if word.startswith("http"))
        client = TestClient(app, base_url=address.partition("/situation")[0])
        assert client.get(address.replace("/situation", "/about")).status_code == 200
        assert len(gate.token) >= 32
    assert "war.example" in gate.hosts
    assert _called("::1") == "[::1]"


def test_the_token_is_made_anew_at_each_start(copied, started):
    assert started(str(copied))[1].token != started(str(copied))[1].token
    assert started(str(copied), "--token", TOKEN)[1].token == TOKEN
