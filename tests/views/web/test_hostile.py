"""The text of reports is hostile input: on no page does any of it run, fetch, break out of its place or forge."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit
from xml.etree import ElementTree

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from contested.record.record import Record, open_record
from contested.views.web.app import application
from contested.views.web.gate import Gate
from tests.views.web import hostile
from tests.views.web.addresses import NEEDS, SHOWN, asked, parameters
from tests.views.web.conftest import TOKEN, Served
from tests.views.web.test_pages import Outline

WEB = Path(__file__).parents[3] / "contested" / "views" / "web"
SOURCES = sorted((Path(__file__).parents[3] / "frontend" / "src").rglob("*.ts"))
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
#: Elements that pages have of their own; a report's markup has others.
FOREIGN = {"iframe", "img", "object", "embed", "base", "style", "b:hover"}
FORGERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hostile.record(tmp_path_factory.mktemp("hostile") / "war.db")


@pytest.fixture(scope="module")
def record(attacked: Path) -> Iterator[Record]:
    with open_record(attacked) as opened:
        yield opened


@pytest.fixture(scope="module")
def app(record: Record) -> FastAPI:
    return application(record, gate=Gate(TOKEN), title=hostile.ALL, who=hostile.ALL)


@pytest.fixture(scope="module", params=[False, True], ids=["reading", "writing"])
def visitor(app: FastAPI, request: pytest.FixtureRequest) -> TestClient:
    headers = {"authorization": f"Bearer {TOKEN}"} if request.param else {}
    return TestClient(app, base_url="http://127.0.0.1", headers=headers)


def held(html: str, address: str) -> None:
    """No element, attribute or address of the page comes out of a report."""
    page = Outline(html)
    assert not [tag for tag, _ in page.elements if tag in FOREIGN], address
    assert all(one.get("src", "").startswith("/static/") for one in page.all("script")), address
    for tag, attrs in page.elements:
        wrong = [name for name in attrs if name.startswith("on") or not re.fullmatch(r"[A-Za-z][A-Za-z0-9:_-]*", name)]
        assert not wrong, f"{address}: <{tag}> has {wrong}"
        for name in ("href", "src", "action", "formaction", "xlink:href"):
            to = attrs.get(name, "").strip().lower()
            assert not to.startswith(("javascript:", "vbscript:", "//")), f"{address}: {to[:80]}"
            assert not to.startswith("data:") or tag == "link", f"{address}: {to[:80]}"
    assert not FORGERS.search(html), f"{address} has characters that forge: {FORGERS.findall(html)[:3]}"


@pytest.mark.parametrize("path", sorted(NEEDS))
def test_reports_stay_text_on_every_page(visitor, record, path):
    for address in (*asked(path, record), *_of_all_reports(path)):
        answer = visitor.get(address)
        assert answer.status_code == 200, f"{address}: {answer.text[:300]}"
        if answer.headers["content-type"].startswith("text/html"):
            held(answer.text, address)
        elif path.endswith(".atom"):
            ElementTree.fromstring(answer.text)


@pytest.mark.parametrize("path", sorted(NEEDS))
def test_what_is_asked_stays_text_too(app, record, path):
    client = TestClient(app, base_url="http://127.0.0.1")
    address = next(asked(path, record))
    given = dict(parse_qsl(urlsplit(address).query))
    for name in parameters(path):
        for payload in (f"{hostile.OUT}{hostile.SCRIPT}\x00\u202e\r\nx: y", "\x00"):
            answer = client.get(path, params={**given, name: payload}, follow_redirects=False)
            assert answer.status_code in (200, 303, 307, 400, 404, 422), f"{path}?{name}=…: {answer.status_code}"
            assert "set-cookie" not in answer.headers
            if answer.headers["content-type"].startswith("text/html"):
                held(answer.text, f"{path}?{name}=…")


def test_a_report_shows_its_markup_as_text(visitor, record):
    for address in _of_all_reports("/report"):
        text = visitor.get(address).text
        assert "&lt;script&gt;window.__pwned=1&lt;/script&gt;" in text
        assert "{{7*7}}" in text


@pytest.fixture(scope="module")
def site(app: FastAPI) -> Iterator[str]:
    made = Served(app)
    yield made.url
    made.stop()


@pytest.mark.parametrize("path", SHOWN)
def test_nothing_of_theirs_runs_in_a_browser(browser, site, record, path):
    """With the right to write, so that forms are there too; and what goes wrong in the page is told."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.add_cookies([{"name": "contested", "value": TOKEN, "url": site}])
    page = context.new_page()
    wrong: list[str] = []
    asked_of: set[str] = set()
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda told: wrong.append(told.text) if told.type == "error" else None)
    page.on("dialog", lambda dialog: wrong.append(dialog.message))
    page.on("request", lambda request: asked_of.add(urlsplit(request.url).netloc))
    for address in _of_all_reports(path)[:3] or [list(asked(path, record))[-1]]:
        page.goto(site + address, wait_until="networkidle")
        for summary in page.locator("summary").all()[:8]:
            if summary.is_visible():
                summary.click()
        assert page.evaluate(f"() => window.{hostile.FLAG}") is None, address
    context.close()
    assert not wrong
    assert asked_of <= {urlsplit(site).netloc, ""}


def _of_all_reports(path: str) -> list[str]:
    return (
        [f"{path}?{urlencode({'id': id_})}" for id_ in hostile.IDS]
        if path.startswith("/report.") or path == "/report"
        else []
    )


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_lets_text_through(path):
    text = path.read_text("utf-8")
    assert not re.search(r"\|\s*safe\b|autoescape|Markup|\bstyle=|\son(?!ly)[a-z]+=|<style|javascript:", text), (
        path.name
    )


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_no_script_makes_markup_of_text(path):
    text = path.read_text("utf-8")
    makers = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|setHTML|\beval\(|new Function|srcdoc"
    assert not re.search(makers, text), path.name
