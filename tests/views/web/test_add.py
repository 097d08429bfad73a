"""Adding: a text or a file is read without keeping it, and kept when asked; what cannot be read is told in words."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from fastapi.testclient import TestClient

from contested.record.record import open_record
from contested.views.web.app import application
from contested.views.web.gate import Gate
from tests.views.web.conftest import OWN, TOKEN

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

TEXT = "The army shelled the village of Sund on Monday, killing six people, the Hill Monitor said."
FACTS = {"outlet": "Marsh News", "published": "2019-03-19", "title": "Six killed in Sund"}
AS_JSON = {"accept": "application/json"}


def size(client: TestClient) -> dict[str, int]:
    return client.get("/about.json").json()["size"]


def test_what_is_read_is_shown_and_not_kept(writer: TestClient):
    before = size(writer)
    answer = writer.post("/add/preview", data={"text": TEXT, **FACTS})
    assert answer.status_code == 200
    assert 'class="quote' in answer.text
    assert "Marsh News" in answer.text
    assert size(writer) == before


def test_what_was_read_is_kept_when_asked(writer: TestClient):
    read = writer.post("/add/preview", data={"text": TEXT, **FACTS}, headers=AS_JSON).json()
    assert read["read"][0]["statements"]
    answer = writer.post("/add", data={"held": read["held"], **read["fields"]}, follow_redirects=False)
    assert answer.status_code == 303
    page = writer.get(answer.headers["location"])
    assert "Added." in page.text
    kept = writer.get(answer.headers["location"].replace("/report?", "/report.json?")).json()["report"]
    assert [one["id"] for one in kept["statements"]] == [one["id"] for one in read["read"][0]["statements"]]
    assert (kept["outlet"], kept["published"], kept["title"]) == tuple(FACTS.values())
    assert kept["read_by"]["reader"].startswith("contested ")
    again = writer.post("/add", data={"text": TEXT, **FACTS}, headers=AS_JSON).json()
    assert again["kept"][0]["outcome"] == "same"


def test_it_tells_which_incidents_and_disputes_are_new(writer: TestClient):
    first = {"text": "Rebels shelled the harbour of Latakia on Monday, killing six people.", "published": "2019-03-19"}
    second = {"text": "Rebels shelled the harbour of Latakia on Monday, killing 19 people.", "published": "2019-03-19"}
    assert writer.post("/add", data=first, headers=AS_JSON).json()["kept"][0]["incidents"] == []
    answer = writer.post("/add", data=second, follow_redirects=False)
    page = writer.get(answer.headers["location"]).text
    assert 'New in the record: <a href="/incident?id=' in page


def test_a_file_is_taken_in_as_its_kind(writer: TestClient):
    lines = "\n".join(json.dumps({"id": f"file-{n}", "text": f"{TEXT} Report {n}."}) for n in range(2))
    answer = writer.post(
        "/add", files={"file": ("two.jsonl", lines.encode())}, data={"text": ""}, follow_redirects=False
    )
    assert answer.headers["location"] == "/reports?order=added&added=2"
    found = writer.get("/report.json", params={"id": "file-1"}).json()["report"]
    assert found["text"].endswith("Report 1.")
    page = "<html><head><title>Six killed</title></head><body><article><p>" + TEXT + "</p></article></body></html>"
    read = writer.post("/add/preview", files={"file": ("page.html", page.encode())}, headers=AS_JSON).json()
    assert "<p>" not in read["read"][0]["paragraphs"][0][0]["text"]


@pytest.mark.parametrize(
    ("data", "file", "match"),
    [
        ({"text": "  "}, None, "nothing to read"),
        ({"text": TEXT, "published": "Friday"}, None, "no date"),
        ({"text": TEXT}, ("a.txt", b"more"), "a text and a file"),
        ({}, ("a.jsonl", b"{"), ""),
        ({}, ("a.csv", b"a,b\n1,2\n"), ""),
        ({}, ("a.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00"), ""),
        ({}, ("a.txt", b""), "nothing to read"),
        ({}, ("a.jsonl", b'{"text": "x"}\n' * 51), "more than 50 reports"),
        ({"text": "x" * 2_000_001}, None, "characters"),
    ],
)
def test_bad_input_is_answered_in_words(writer: TestClient, data, file, match):
    before = size(writer)
    for path in ("/add/preview", "/add"):
        answer = writer.post(path, data=data, files={"file": file} if file else None)
        assert answer.status_code == 400
        assert 'role="alert"' in answer.text
        assert match in answer.text
        assert "/tmp" not in answer.text
    assert size(writer) == before


def test_a_body_that_is_no_form_is_refused(writer: TestClient):
    for content, kind in ((b"\xff\xfe", "multipart/form-data"), (b"--x", "multipart/form-data; boundary=x"),
                          (b"[]", "application/json"), (b"\xff", "application/json")):  # fmt: skip
        assert writer.post("/add", content=content, headers={"content-type": kind}).status_code == 400


def test_one_who_may_not_write_is_told_how(client: TestClient):
    page = client.get("/add").text
    assert "Adding needs the token" in page
    assert "<textarea" not in page


def test_a_server_without_a_reader_adds_nothing(copied: Path):
    with open_record(copied) as record:
        app = application(record, gate=Gate(TOKEN, frozenset({"127.0.0.1"})))
        bare = TestClient(app, base_url="http://127.0.0.1", headers={**OWN, "cookie": f"contested={TOKEN}"})
        assert "without a reader" in bare.get("/add").text
        assert bare.post("/add", data={"text": TEXT}).status_code == 400


def test_a_text_is_pasted_read_and_kept_in_a_browser(own: str, tab: Page):
    tab.goto(f"{own}/add?token={TOKEN}")
    tab.get_by_label("Text of the report").fill(TEXT)
    tab.get_by_label("Outlet").fill("Marsh News")
    tab.get_by_label("Published").fill("2019-03-19")
    tab.get_by_role("button", name="Read it", exact=True).click()
    tab.wait_for_selector(".cards .card")
    tab.wait_for_load_state("load")  # the script that answers keys comes with it
    tab.keyboard.press("j")
    tab.wait_for_selector(".card.open")
    assert tab.locator(".card.open").count() == 1
    assert tab.get_by_label("Text of the report").input_value() == TEXT
    tab.get_by_role("button", name="Keep it", exact=True).click()
    tab.wait_for_url("**/report?**")
    assert tab.get_by_role("status").first.inner_text().startswith("Added.")
