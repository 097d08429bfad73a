"""Judging in the browser: corrections and their undoing, statements added by selecting words, the queue and the log."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from fastapi.testclient import TestClient

from contested.statement import Report
from tests.views.web.conftest import OWN, TOKEN

if TYPE_CHECKING:
    from playwright.sync_api import Page

FIRST = "hill-2"


def stands(client: TestClient, id_: str = FIRST) -> list[dict]:
    found = client.get("/report.json", params={"id": id_}).json()["report"]["statements"]
    return [one for one in found if one["stands"]]


def judged(client: TestClient, follow: bool = False, **fields: str):
    return client.post("/review/judge", data=fields, follow_redirects=follow)


def test_a_correction_stands_in_its_place_and_is_undone(writer: TestClient):
    before = stands(writer)[0]
    answer = judged(writer, what="correct", target=before["key"], mode="aerial", type="ASSAULT", who="Ada", note="jets")
    assert answer.status_code == 303
    after = stands(writer)[0]
    assert answer.headers["location"] == f"/report?id=hill-2&version=1#{after['id']}"
    assert (after["mode"], after["judged"]["who"], after["judged"]["note"]) == ("aerial", "Ada", "jets")
    assert "contested-who=Ada" in answer.headers["set-cookie"]
    assert "corrected by <bdi>Ada</bdi>" in writer.get("/report", params={"id": FIRST}).text
    writer.post("/review/undo", data={"number": str(after["judged"]["number"])})
    assert stands(writer)[0]["id"] == before["id"]
    (logged,) = writer.get("/review.json").json()["log"]
    assert (logged["says"], logged["undone_by"]) == ("mode: aerial", "Ada")


def test_a_statement_is_rejected_confirmed_and_added(writer: TestClient):
    one = stands(writer)[0]
    judged(writer, what="confirm", target=one["key"], who="Ada")
    assert stands(writer)[0]["judged"]["what"] == "confirm"
    judged(writer, what="reject", target=one["key"], who="Ada")
    assert one["id"] not in [s["id"] for s in stands(writer)]
    assert "rejected by" in writer.get("/report", params={"id": FIRST}).text
    answer = judged(writer, what="add", target="hill-2@1", quote="a nurse said", anchor="said", type="assessment",
                    mode="", actors="a nurse", who="Ada")  # fmt: skip
    made = next(s for s in stands(writer) if s["kind"] == "position")
    assert answer.headers["location"].endswith(f"#{made['id']}")
    assert made["by"]["type"] == "person:Ada"


def test_words_that_are_corrected_mean_what_they_mean_in_the_report(writer: TestClient):
    one = stands(writer)[0]
    place = one["places"][0]
    assert place["resolved"]
    judged(writer, what="correct", target=one["key"], targets=place["text"], who="Ada")
    assert stands(writer)[0]["targets"] == [place]


def test_two_statements_are_parted_and_joined_again(writer: TestClient):
    (incident, *_) = writer.get("/report.json", params={"id": FIRST}).json()["incidents"]
    mine, others = f"hill-2@1#{incident['statements'][0]}", [one["account"] for one in incident["others"]]
    answer = judged(writer, what="split", target=mine, **{"with": others[0]}, back="/incidents", who="Ada")
    assert answer.headers["location"] == "/incidents"
    (logged,) = writer.get("/review.json").json()["log"]
    assert (logged["what"], {logged["target"], logged["value"]["with"]}) == ("split", {mine, others[0]})
    parted = writer.get("/report.json", params={"id": FIRST}).json()["incidents"]
    assert [one["id"] for one in parted] != [incident["id"]] or parted[0]["others"] != incident["others"]
    writer.post("/review/undo", data={"number": str(logged["number"])})
    assert writer.get("/report.json", params={"id": FIRST}).json()["incidents"] == [incident]
    judged(writer, what="join", target=mine, **{"with": others[0]}, who="Ada")
    assert [one["what"] for one in writer.get("/review.json").json()["log"]] == ["join", "split"]


@pytest.mark.parametrize(
    ("fields", "match"),
    [
        ({}, "one of correct"),
        ({"what": "reject", "target": "none@1#x"}, "no statement"),
        ({"what": "correct", "target": "none@1#x", "mode": ""}, "no report"),
        ({"what": "add", "target": "hill-2@1", "quote": "nowhere", "anchor": "no", "type": "AID"}, "does not stand"),
        ({"what": "join", "target": "hill-2@1#x"}, "needs two"),
        ({"what": "add", "target": "hill-2@" + "9" * 30}, "no report"),
    ],
)
def test_what_cannot_be_is_told_in_words(writer: TestClient, fields, match):
    answer = writer.post("/review/judge", data=fields)
    assert (answer.status_code, match in answer.text) == (400, True), answer.text
    assert writer.get("/review.json").json()["log"] == []


def test_a_program_judges_with_json(writer: TestClient):
    key = stands(writer)[0]["key"]
    asked = {"what": "correct", "target": key, "value": {"modality": "denied"}, "who": "Ada"}
    made = writer.post("/review/judge", json=asked, headers={"accept": "application/json"})
    assert (made.status_code, made.json()["what"], made.json()["who"]) == (200, "correct", "Ada")
    undone = writer.post("/review/undo", json={"number": made.json()["number"]}, headers={"accept": "application/json"})
    assert undone.json()["undone_by"] == "a tester"
    for body in ("[1]", "{", '{"what": "add", "target": 4, "value": []}', "[" * 100_000):
        answer = writer.post("/review/judge", content=body, headers={"content-type": "application/json"})
        assert answer.status_code == 400


def test_judging_needs_the_token(client: TestClient):
    for path in ("/review/judge", "/review/undo", "/add", "/add/preview"):
        assert client.post(path, data={"what": "reject"}, headers=OWN).status_code == 403
    assert client.get("/review").status_code == 200


def test_the_queue_has_the_disputed_and_the_least_sure(client: TestClient, writer: TestClient):
    found = client.get("/review.json").json()
    assert [one["sure"] for one in found["unsure"]] == sorted(one["sure"] for one in found["unsure"])
    assert len(found["unsure"]) == 50
    only = client.get("/review.json", params={"kind": "toll", "limit": 3}).json()["unsure"]
    assert {one["kind"] for one in only} == {"toll"}
    first = writer.get("/review.json").json()["unsure"][0]["key"]
    judged(writer, what="confirm", target=first, back="/review")
    assert first not in [one["key"] for one in writer.get("/review.json").json()["unsure"]]


def test_judged_reports_are_training_data(writer: TestClient):
    assert writer.get("/review/training.jsonl").text == ""
    judged(writer, what="correct", target=stands(writer)[0]["key"], mode="aerial", who="Ada")
    (line,) = writer.get("/review/training.jsonl").text.splitlines()
    report = json.loads(line)
    assert (report["id"], report["judged"]) == ("hill-2", 1)
    assert Report.from_json(report).statements[0].mode == "aerial"


def test_a_correction_and_its_undo_in_a_browser(own: str, tab: Page):
    tab.goto(f"{own}/report?id={FIRST}&token={TOKEN}")
    tab.keyboard.press("j")
    tab.keyboard.press("c")
    tab.wait_for_url("**edit=**")
    form = tab.locator("form[data-form=correct]")
    assert form.locator("select[name=mode] optgroup").count() == 1
    form.locator("select[name=type]").select_option("COERCE")
    form.locator("select[name=mode]").select_option("restrict")
    form.locator("input[name=who]").fill("Ada")
    form.get_by_role("button", name="Correct it").click()
    tab.wait_for_selector(".card.open .tag:has-text('corrected by Ada')")
    assert "COERCE restrict" in tab.locator(".card.open h3").inner_text()
    tab.locator(".card.open").get_by_role("button", name="undo").click()
    tab.wait_for_load_state()
    assert tab.locator(".cards h3").first.inner_text().startswith("1 ASSAULT heavy-weapons")


def test_a_form_sent_back_as_it_is_changes_nothing(own: str, tab: Page):
    """A browser sends every field of the form; none of them is a change by itself."""
    for id_ in (FIRST, "kramatorsk-post"):
        tab.goto(f"{own}/report?id={id_}&token={TOKEN}")
        statement = tab.locator(".cards > .card").first.get_attribute("id")
        tab.goto(f"{own}/report?id={id_}&edit={statement}")
        form = "new FormData(document.querySelector('form[data-form=correct]'))"
        sent = tab.evaluate(f"new URLSearchParams({form}).toString()")
        headers = {"origin": own, "content-type": "application/x-www-form-urlencoded"}
        answer = tab.request.post(f"{own}/review/judge", data=f"{sent}&what=correct", headers=headers)
        assert (answer.status, "nothing was changed" in answer.text()) == (400, True)


def selected(tab: Page, words: str) -> None:
    """Select words in the text, as dragging over them does."""
    tab.evaluate(
        """words => {
          const root = document.querySelector(".text");
          const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT, { acceptNode: (n) =>
            n.parentElement.closest("sup") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT });
          let all = ""; const nodes = [];
          while (walker.nextNode()) { nodes.push([all.length, walker.currentNode]); all += walker.currentNode.data; }
          const at = all.indexOf(words), end = at + words.length;
          const find = (offset, last) => {
            const [from, node] = nodes.filter(([s]) => last ? s < offset : s <= offset).at(-1);
            return [node, offset - from]; };
          const range = document.createRange();
          range.setStart(...find(at, false)); range.setEnd(...find(end, true));
          getSelection().removeAllRanges(); getSelection().addRange(range);
        }""",
        words,
    )


def test_a_statement_is_added_by_selecting_words(own: str, tab: Page):
    tab.goto(f"{own}/report?id={FIRST}&token={TOKEN}")
    bar = tab.locator("#take")
    assert bar.is_hidden()
    for words, slot in (("killing nine civilians, a nurse said", "quote"), ("said", "anchor"), ("a nurse", "who")):
        selected(tab, words)
        bar.get_by_role("button", name=slot, exact=True).click()
    form = tab.locator("form[data-form=add]")
    assert form.locator("[name=actors]").input_value().strip() == "a nurse"
    form.locator("select[name=type]").select_option("assessment")
    form.get_by_role("button", name="Add it").click()
    tab.wait_for_selector(".card.open.position")
    assert tab.locator(".card.open blockquote").inner_text() == "killing nine civilians, a nurse said"
    assert tab.locator(".card.open .tag").inner_text() == "added by a tester"
    tab.goto(f"{own}/review")
    tab.locator("table").get_by_role("button", name="undo").first.click()
    tab.wait_for_selector("tr.undone")
    tab.goto(f"{own}/report?id={FIRST}")
    assert tab.locator(".cards .position").count() == 0


def test_words_selected_go_to_the_statement_that_is_corrected(own: str, tab: Page):
    tab.goto(f"{own}/report?id={FIRST}&token={TOKEN}")
    id_ = tab.locator(".cards > .card").first.get_attribute("id")
    tab.goto(f"{own}/report?id={FIRST}&edit={id_}#{id_}")
    selected(tab, "a nurse")
    assert tab.locator("#take").get_by_role("button", name="quote").is_hidden()
    tab.locator("#take").get_by_role("button", name="according to").click()
    assert tab.locator("form[data-form=correct] [name=source_text]").input_value() == "a nurse"


def test_judging_works_without_script(browser, own: str):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto(f"{own}/review?token={TOKEN}")
    page.locator(".queue a").first.click()
    page.locator("form[data-form=correct]").get_by_role("button", name="Reject it").click()
    assert page.locator("#log + .scroll tbody tr").count() == 1
    context.close()


def test_incidents_are_parted_and_parties_joined_on_their_pages(writer: TestClient):
    incident = writer.get("/incidents.json").json()["incidents"][0]["incident"]
    page = writer.get("/incident", params={"id": incident}).text
    assert page.count('<option value="') >= 4
    assert 'name="what" value="split"' in page
    party = next(one["party"] for one in writer.get("/parties.json").json()["parties"] if one["party"])
    page = writer.get("/party", params={"id": party}).text
    assert f'name="target" value="{party}"' in page
    answer = judged(writer, what="different", target=party, **{"with": "xx.other"}, back="/review#log", who="Ada")
    assert answer.headers["location"] == "/review#log"
    assert writer.get("/review.json").json()["log"][0]["what"] == "different"
