"""The application over a record of the examples, asked in process (`client`) and in a real browser (`tab`)."""

from __future__ import annotations

import json
import shutil
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from contested.intake import from_paths
from contested.record.record import open_record
from contested.statement import Report
from contested.views.web.app import application
from contested.views.web.gate import Gate

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

EXAMPLES = Path(__file__).parents[3] / "examples"
TOKEN = "a-token-of-these-tests-alone"
#: What a browser of this page's own server sends with a form.
OWN = {"origin": "http://127.0.0.1"}


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of the examples, read once. Do not write to it: `copied` is a copy to write to."""
    from contested.reading.pipeline import Reader

    path = tmp_path_factory.mktemp("web") / "war.db"
    reader = Reader.load()
    with open_record(path, create=True) as record:
        reports = from_paths([str(EXAMPLES / "record.jsonl"), str(EXAMPLES / "reports.jsonl")])
        read = (reader.read(report) for report in reports if isinstance(report, Report))
        for _ in record.add(read, reader="contested, in a test"):
            pass
        record.derive()
    return path


@pytest.fixture(scope="session")
def coded(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """Asks a record of five reports that are coded by hand."""
    path = tmp_path_factory.mktemp("coded") / "oron.db"
    lines = (EXAMPLES / "record.jsonl").read_text("utf-8").splitlines()
    with open_record(path, create=True) as record:
        list(record.add([Report.from_json(json.loads(line)) for line in lines], reader="by hand"))
        record.derive()
    return TestClient(app_of(path), base_url="http://127.0.0.1")


@pytest.fixture
def copied(filled: Path, tmp_path: Path) -> Path:
    """A record of the examples that a test may write to."""
    return Path(shutil.copy(filled, tmp_path / "war.db"))


def app_of(path: Path) -> FastAPI:
    from contested.reading.pipeline import Reader

    record = open_record(path)
    hosts = frozenset({"127.0.0.1", "localhost", "[::1]"})
    return application(record, gate=Gate(TOKEN, hosts), title=path.name, reader=Reader.load, who="a tester")


@pytest.fixture(scope="session")
def app(filled: Path) -> FastAPI:
    return app_of(filled)


@pytest.fixture(scope="session")
def client(app: FastAPI) -> TestClient:
    """Asks without the token: it may read."""
    return TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=True)


@pytest.fixture
def writer(copied: Path) -> TestClient:
    """Asks a record of its own with the token, as a page of the server does."""
    made = TestClient(app_of(copied), base_url="http://127.0.0.1", headers=OWN)
    made.cookies.set("contested", TOKEN, domain="127.0.0.1")
    return made


class Served:
    """An application that answers at `url` until `stop` is called."""

    def __init__(self, app: FastAPI) -> None:
        import uvicorn

        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self._server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
        self._thread = threading.Thread(target=self._server.run, args=([self._socket],), daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(10)
        self._socket.close()


@pytest.fixture(scope="session")
def served(app: FastAPI) -> Iterator[str]:
    """Where the record of the examples answers."""
    made = Served(app)
    yield made.url
    made.stop()


@pytest.fixture
def own(copied: Path) -> Iterator[str]:
    """Where a record that may be written to answers."""
    made = Served(app_of(copied))
    yield made.url
    made.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, or another one on the path."""
    from playwright.sync_api import sync_playwright

    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        pytest.skip("no Chromium is installed (Debian: apt-get install chromium)")
    quiet = [
        "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync",
        "--disable-component-update", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
    ]  # fmt: skip
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=found, args=quiet)
        yield made
        made.close()


@pytest.fixture(params=[360, 1440], ids=["narrow", "wide"])
def tab(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of the browser, narrow and wide; anything that goes wrong on it fails the test."""
    context = browser.new_context(viewport={"width": request.param, "height": 800})
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda told: wrong.append(told.text) if told.type == "error" else None)
    yield page
    context.close()
    assert not wrong
