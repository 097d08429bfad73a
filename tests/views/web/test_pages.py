"""What holds for every page: it answers, reads, can be used with keys and without a script, and asks no other host."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from contested.record.record import Record, open_record
from tests.views.web.addresses import NEEDS, SHOWN, asked

ROOT = Path(__file__).parents[3]
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
#: So many controls of a page are gone to by Tab.
CONTROLS = 80
#: Types of answers that are not pages.
TYPES = {
    "json": "application/json", "geojson": "application/geo+json", "atom": "application/atom+xml",
    "jsonl": "application/x-ndjson",
}  # fmt: skip


@pytest.fixture(scope="module")
def record(filled: Path) -> Iterator[Record]:
    with open_record(filled) as opened:
        yield opened


class Outline(HTMLParser):
    """The elements of a page, with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.title = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {key: value or "" for key, value in attrs}))

    def handle_data(self, data: str) -> None:
        if self.elements and self.elements[-1][0] == "title":
            self.title += data

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attrs for name, attrs in self.elements if name == tag]


@pytest.mark.parametrize("path", sorted(NEEDS))
def test_every_address_answers_in_its_form(client, record, path):
    for address in asked(path, record):
        answer = client.get(address)
        assert answer.status_code == 200, f"{address}: {answer.text[:300]}"
        sort = answer.headers["content-type"].partition(";")[0]
        if "." not in path:
            assert sort == "text/html"
        else:
            assert sort == TYPES[path.rpartition(".")[2]] or sort == "application/geo+json"
        if "json" in sort and not path.endswith("jsonl"):
            json.loads(answer.text, parse_constant=_refuse)


def _refuse(found: str) -> None:
    """NaN and Infinity, which only Python reads."""
    pytest.fail(f"{found} is no JSON")


@pytest.mark.parametrize("path", SHOWN)
def test_every_page_is_well_made(client, record, path):
    for address in asked(path, record):
        text = client.get(address).text
        page = Outline(text)
        assert text.startswith("<!doctype html>")
        assert page.all("html") == [{"lang": "en"}]
        assert len(page.all("h1")) == 1, address
        assert len(page.all("main")) == 1
        assert page.title.count(" · ") >= 2, f"{address}: its title is {page.title!r}"
        assert page.title.partition(" · ")[0].strip()
        headings = [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]
        jumps = [(a, b) for a, b in pairwise(headings) if b > a + 1]
        assert not jumps, f"{address}: headings leave a level out: {jumps}"
        twice = [one for one, n in Counter(attrs["id"] for _, attrs in page.elements if "id" in attrs).items() if n > 1]
        assert not twice, f"{address}: ids stand twice: {twice}"
        twin = next(one["href"] for one in page.all("link") if one["rel"] == "alternate" and "json" in one["type"])
        assert client.get(twin).status_code == 200, f"{address}: its twin is {twin}"


@pytest.mark.parametrize("path", SHOWN)
def test_every_page_keeps_to_the_policy(client, record, path):
    for address in asked(path, record):
        page = Outline(client.get(address).text)
        assert not page.all("style"), f"{address}: an inline style element is not applied"
        assert all(script.get("src", "").startswith("/static/") for script in page.all("script")), address
        for tag, attrs in page.elements:
            assert "style" not in attrs, f"{address}: style on <{tag}> is not applied"
            assert not [name for name in attrs if name.startswith("on")], f"{address}: <{tag}> has inline script"
            for name in ("href", "src", "action", "formaction"):
                to = urlsplit(attrs.get(name, ""))
                assert to.scheme in ("", "http", "https", "data"), f"{address}: {attrs[name]}"
                if to.netloc:
                    assert (tag, name) == ("a", "href"), f"{address}: <{tag}> fetches {attrs[name]}"
                    assert "noreferrer" in attrs.get("rel", "").split(), f"{address}: {attrs}"


@pytest.mark.parametrize("path", SHOWN)
def test_every_link_of_a_page_leads_somewhere(client, record, path):
    """Within the server: where all pages stand, none is a dead end."""
    address = next(asked(path, record))
    page = Outline(client.get(address).text)
    own = [one["href"] for one in page.all("a") if one.get("href", "").startswith("/")]
    first_of_a_sort = {re.sub(r"=[^&]*", "=", to.partition("#")[0]): to for to in own}
    for to in first_of_a_sort.values():
        assert client.get(to).status_code == 200, f"{address} links to {to}"


@pytest.mark.parametrize("path", SHOWN)
def test_every_page_in_a_browser(tab, served, record, path):
    """At both widths: nothing asked of other hosts, nothing to scroll sideways, axe content, every control by key."""
    hosts: set[str] = set()
    tab.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    tab.emulate_media(color_scheme="light", reduced_motion="reduce")
    tab.goto(served + list(asked(path, record))[-1], wait_until="networkidle")
    wide = tab.evaluate("() => [document.documentElement.scrollWidth, innerWidth]")
    assert wide[0] <= wide[1], f"the page is {wide[0]} wide in a window of {wide[1]}: {tab.evaluate(TOO_WIDE)}"
    assert faults(tab) == []
    tab.emulate_media(color_scheme="dark")
    tab.wait_for_timeout(100)
    assert faults(tab, ["color-contrast"]) == []
    walk(tab)
    assert hosts <= {urlsplit(served).netloc, ""}


@pytest.mark.parametrize("path", SHOWN)
def test_every_page_without_script(browser, served, record, path):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto(served + list(asked(path, record))[-1])
    assert page.locator("h1").is_visible()
    words = page.locator("main").inner_text()
    heading = page.locator("h1").inner_text()
    context.close()
    assert len(words) > len(heading) + 60, f"without script it says only {words!r}"
    assert not re.search(r"\b(loading|needs? javascript|enable javascript)\b", words, re.IGNORECASE)


#: The elements that stick out of the window, for the message.
TOO_WIDE = """() => [...document.querySelectorAll("body *")]
  .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
  .slice(0, 5).map((one) => one.tagName + "." + one.className + " " + one.textContent.trim().slice(0, 40))"""


def faults(page, rules: list[str] | None = None) -> list[str]:
    """What axe finds that is serious: rule, element, why."""
    if not page.evaluate("() => 'axe' in window"):
        if not AXE.is_file():
            pytest.skip("axe-core is not installed (make frontend)")
        page.evaluate(AXE.read_text("utf-8"))
    options = {"runOnly": {"type": "rule", "values": rules}} if rules else {}
    found = page.evaluate("(options) => axe.run(document, {...options, resultTypes: ['violations']})", options)
    return [
        f"{one['id']}: {node['html'][:160]}: {node['failureSummary'][:300]}"
        for one in found["violations"] if one["impact"] in ("serious", "critical") for node in one["nodes"][:3]
    ]  # fmt: skip


GATHER = """(most) => {
  const all = "a[href],button,input:not([type=hidden]),select,textarea,summary,[tabindex]:not([tabindex='-1'])";
  const groups = new Set();
  window.__controls = [...document.querySelectorAll(all)].filter((one) => {
    if (one.disabled || one.tabIndex < 0 || !one.checkVisibility({visibilityProperty: true})) return false;
    if (one.type !== "radio") return true;
    const group = one.name, fresh = !groups.has(group);
    groups.add(group);
    return fresh;
  }).slice(0, most);
  document.activeElement?.blur?.();
  return window.__controls.length;
}"""
WHERE = """() => {
  const one = document.activeElement;
  const same = (other) => other.type === "radio" && other.name === one.name;
  const group = one?.type === "radio" ? window.__controls.findIndex(same) : -1;
  const at = window.__controls.indexOf(one);
  const style = getComputedStyle(one);
  const seen = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
  return [at >= 0 ? at : group, seen, one.outerHTML.slice(0, 120)];
}"""
UNREACHED = (
    "(reached) => window.__controls.filter((_, n) => !reached.includes(n)).map((one) => one.outerHTML.slice(0, 160))"
)


def walk(page) -> None:
    """Go through the page by Tab: every control is reached, and focus is seen on each.

    A field of a day has several stops; on its last, the calendar's, the browser shows focus in its own way.
    """
    controls, reached = page.evaluate(GATHER, CONTROLS), set()
    unseen: dict[int, str] = {}
    for _ in range(4 * controls + 10):
        page.keyboard.press("Tab")
        at, seen, html = page.evaluate(WHERE)
        if at >= 0:
            if not seen and at not in reached:
                unseen[at] = html
            reached.add(at)
        if len(reached) == controls:
            break
    else:
        pytest.fail(f"Tab does not reach {page.evaluate(UNREACHED, sorted(reached))[:3]}")
    assert not unseen, f"focus is not seen on {list(unseen.values())[:3]}"
