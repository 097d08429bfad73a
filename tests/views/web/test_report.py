"""The page of a report: marks, cards, what others say, versions, and the keys from statement to statement."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from fastapi.testclient import TestClient

from contested.record.record import open_record
from contested.record.reports import report
from contested.statement import Report
from tests.views.web.conftest import TOKEN, app_of

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

PAYLOAD = '<script>alert(1)</script>" onmouseover="alert(1)'


def told(client: TestClient, id_: str, **more: str) -> dict:
    answer = client.get("/report.json", params={"id": id_, **more})
    assert answer.status_code == 200, answer.text
    return answer.json()


def statements(client: TestClient, id_: str) -> list[dict]:
    return [one for one in told(client, id_)["report"]["statements"] if one["stands"]]


def test_the_text_stands_as_published_with_its_statements_marked(client):
    found = told(client, "hill-2")
    text = "\n".join("".join(piece["text"] for piece in line) for line in found["paragraphs"])
    assert text == found["report"]["text"]
    (one, *_) = found["report"]["statements"]
    anchors = [p["text"] for line in found["paragraphs"] for p in line if one["id"] in p.get("ends", ())]
    assert anchors == ["shelled"]
    page = client.get("/report", params={"id": "hill-2"}).text
    assert f'<li id="{one["id"]}"' in page
    assert f'id="m{one["id"]}" href="#{one["id"]}"' in page


def test_a_card_tells_every_slot_and_what_coded_it(client):
    page = client.get("/report", params={"id": "kramatorsk-post"}).text
    card = re.sub(r"\s+", " ", page[page.index('class="card ') : page.index("</li>", page.index('class="card '))])
    for words in ("where", "Kramatorsk", "/place?id=", "according to", "model:", "/explain?code=model", "%"):
        assert words in card


@pytest.mark.parametrize(
    ("evidence", "shown"),
    [
        ({"file": "20190309T120001.warc.gz", "offset": 412, "sha256": "a1" * 32, "fetched": "2019-03-09T12:00:01Z"},
         ["2019-03-09T12:00:01Z", "a1" * 32, "20190309T120001.warc.gz", "at 412"]),
        ({"sha256": "a1" * 32, "fetched": "2019-03-09T12:00:01Z"}, ["a1" * 32, "not kept"]),
        ({"file": PAYLOAD, "offset": 1, "sha256": "a1" * 32, "fetched": PAYLOAD}, ["&lt;script&gt;alert(1)"]),
        ({"sha256": PAYLOAD}, []), ("words", []), ([1], []), (None, []),
    ],
)  # fmt: skip
def test_it_tells_how_it_was_fetched(tmp_path: Path, evidence: object, shown: list[str]):
    path = tmp_path / "war.db"
    with open_record(path, create=True) as record:
        list(record.add([Report("The mill stands still.", id="a", extra={"evidence": evidence})], reader="by hand"))
    page = TestClient(app_of(path), base_url="http://127.0.0.1").get("/report", params={"id": "a"}).text
    assert all(words in page for words in shown)
    assert ("<dt>fetched</dt>" in page) is bool(shown)
    assert "<script>alert" not in page


def test_it_tells_what_other_reports_say_of_the_same(client):
    found = told(client, "hill-2")
    assert [one["report"] for i in found["incidents"] for one in i["others"]]
    assert [one["type"] for one in found["disputes"]] == ["count"]
    page = client.get("/report", params={"id": "hill-2"}).text
    assert f"/dispute?id={found['disputes'][0]['id']}" in page
    assert f"/incident?id={found['incidents'][0]['id']}" in page


def test_what_is_not_there_is_told_so(client):
    assert client.get("/report", params={"id": "none"}).status_code == 404
    assert client.get("/report.json", params={"id": "hill-2", "version": 7}).status_code == 404
    assert client.get("/report").status_code == 422


def test_forms_are_there_for_those_who_may_write_alone(client, writer):
    assert 'method="post"' not in client.get("/report", params={"id": "hill-2"}).text
    assert 'action="/review/judge"' in writer.get("/report", params={"id": "hill-2"}).text


def test_the_page_of_a_new_version_tells_what_changed(copied: Path):
    with open_record(copied) as record:
        old = record.ask(report, "hill-2")
        assert old is not None
        words = old["text"].replace("nine", "ten")
        made = Report(words, id="hill-2", outlet=old["outlet"], title="Ten killed", published=old["published"])
        list(record.add([made], reader="another"))
    client = TestClient(app_of(copied), base_url="http://127.0.0.1")
    changed = told(client, "hill-2")["changed"]
    assert [(one["what"], one["after"]) for one in changed["facts"]] == [("title", "Ten killed")]
    assert [(one["what"], one["words"].strip()) for one in changed["text"] if one["what"] in ("out", "in")] == [
        ("out", "nine"), ("in", "ten"),
    ]  # fmt: skip
    assert "<del> nine</del>" in client.get("/report", params={"id": "hill-2"}).text
    assert "counts in the record" in client.get("/report", params={"id": "hill-2", "version": 1}).text


def test_hostile_words_stay_words(copied: Path):
    made = Report.from_json({
        "id": PAYLOAD, "outlet": PAYLOAD, "title": PAYLOAD, "url": "javascript:alert(1)",
        "text": f"{PAYLOAD} \u202e shelled",
        "statements": [{"kind": "event", "type": "ASSAULT", "anchor": "alert", "quote": PAYLOAD, "actors": [PAYLOAD],
                        "source": {"text": PAYLOAD, "class": "media"}, "by": {"type": PAYLOAD}}],
    })  # fmt: skip
    with open_record(copied) as record:
        list(record.add([made], reader=PAYLOAD))
    page = TestClient(app_of(copied), base_url="http://127.0.0.1").get("/report", params={"id": PAYLOAD}).text
    assert "<script>alert" not in page
    assert 'onmouseover="alert' not in page
    assert 'href="javascript' not in page
    assert "\u202e" not in page


def test_the_list_of_reports_is_filtered_and_goes_on(client):
    first = client.get("/reports.json", params={"limit": 10}).json()
    assert (len(first["reports"]), first["more"]) == (10, True)
    second = client.get("/reports.json", params={"limit": 10, "page": 2}).json()
    assert (len(second["reports"]), second["more"]) == (7, False)
    hill = client.get("/reports.json", params={"outlet": "Hill Post", "order": "added"}).json()["reports"]
    assert {one["outlet"] for one in hill} == {"Hill Post"}
    page = client.get("/reports", params={"outlet": "Hill Post", "from": "2019-03-09"}).text
    assert "/report?id=hill-2" in page
    assert "/report?id=hill-1" not in page


def test_keys_go_from_statement_to_statement(served: str, tab: Page):
    tab.goto(f"{served}/report?id=kramatorsk-post")
    cards = tab.locator(".cards > .card")
    tab.keyboard.press("j")
    tab.keyboard.press("j")
    assert tab.locator(".card.open").get_attribute("id") == cards.nth(1).get_attribute("id")
    assert tab.locator(".text span.open").count() > 0
    assert tab.url.endswith(f"#{cards.nth(1).get_attribute('id')}")
    tab.keyboard.press("ArrowUp")
    assert tab.locator(".card.open").get_attribute("id") == cards.nth(0).get_attribute("id")
    assert tab.locator(".card.open").is_visible()
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == cards.nth(0).get_attribute("id")
    tab.keyboard.press("Escape")
    assert tab.locator(".card.open").count() == 0
    tab.keyboard.press("?")
    assert tab.locator("dialog#keys").is_visible()


def test_pointing_at_a_mark_shows_its_card(served: str, tab: Page):
    tab.goto(f"{served}/report?id=kramatorsk-post")
    mark = tab.locator(".text sup a").nth(4)
    (mark.hover if tab.viewport_size["width"] > 900 else mark.click)()  # type: ignore[index]
    card = tab.locator(".card.open")
    assert card.get_attribute("id") == mark.get_attribute("data-of")
    assert tab.evaluate("e => { const r = e.getBoundingClientRect(); return r.top < innerHeight && r.bottom > 0 }",
                        card.element_handle())  # fmt: skip


def test_the_address_of_a_statement_shows_it(served: str, tab: Page):
    tab.goto(f"{served}/report?id=kramatorsk-post")
    id_ = tab.locator(".cards > .card").nth(9).get_attribute("id")
    tab.goto(f"{served}/about")
    tab.goto(f"{served}/report?id=kramatorsk-post#{id_}")
    assert tab.locator(".card.open").get_attribute("id") == id_


def test_kinds_can_be_left_out(served: str, tab: Page):
    tab.goto(f"{served}/report?id=kramatorsk-post")
    tab.locator("#k-event").uncheck()
    assert tab.locator(".cards > .card.event").first.is_hidden()
    assert tab.locator(".cards > .card:not(.event)").first.is_visible()


def test_a_page_without_its_script_reads(browser, served: str):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto(f"{served}/report?id=hill-2")
    page.locator(".text sup a").first.click()
    assert page.locator(".card:target").is_visible()
    context.close()


@pytest.mark.parametrize("path", ["/report?id=hill-2", "/reports"])
def test_nobody_needs_the_token_to_read(client, path):
    assert client.get(path).status_code == 200
    assert TOKEN not in client.get(path).text
