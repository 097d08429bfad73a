"""The situation's page and its map, over a front coded by hand: two clocks, tellers, marks, the slider in a browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from contested.record.mapping import Box, Mark
from contested.record.record import open_record
from contested.views.web.pages.map import drawing, extent, look, parties, radius
from tests.record.coded import ARMY, MILL, REBELS, attack, mention, report
from tests.record.test_situation import control, said_by
from tests.views.web.conftest import Served, app_of

SUND = {"place": "file:sund", "name": "Sund", "lat": 10.6, "lon": 20.9, "kind": "village", "country": "SY",
        "radius_km": 1.0, "precision": "exact", "within": ["file:veld", "iso:SY"]}  # fmt: skip
COUNTRY = {"place": "iso:SY", "name": "Syria", "lat": 35.0, "lon": 38.0, "kind": "country", "country": "SY",
           "radius_km": 400.0, "precision": "exact", "within": []}  # fmt: skip
MONITOR = {"party": "int.sohr", "name": "the Observatory", "kind": "monitor"}
RADIO = {"party": "sy.government", "name": "state radio", "kind": "organ", "country": "SY"}
DAY = "/situation?as_of=2016-12-10"


def killed(n: int) -> dict[str, Any]:
    return {"effect": "killed", "who": "people", "low": n, "high": n, "text": str(n)}


def struck(text: str, on: str, n: int, place: dict[str, Any], **more: Any) -> dict[str, Any]:
    when = {"text": "then", "start": on, "end": on}
    places = [mention(place["name"], place)]
    return {**attack(text), "when": when, "places": places, "harm": [killed(n)], "actors": [], "targets": [], **more}


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five reports of nine days: who holds Orla is contested, Sund is besieged, a market is shelled."""
    path = tmp_path_factory.mktemp("front") / "front.db"
    shelled = "Guns shelled the market of the Mill Quarter on Sunday and {} people were killed"
    one, other = shelled.format(14), shelled.format("nine")
    takes = control("captures", ARMY, 1, **said_by("state radio", "media", RADIO))
    holds = control("holds", REBELS, 2, share=0.7, **said_by("the Observatory", resolved=MONITOR))
    wide = control("holds", ARMY, 1, place=COUNTRY)
    siege = control("besieges", ARMY, 4, place=SUND)
    late = "An Observatory <b>man</b> said that a shell was shelled at Sund and killed one"
    shell = struck(late, "2016-12-08", 1, SUND, **said_by("the Observatory", resolved=MONITOR))
    with open_record(path, create=True) as record:
        reports = [
            report(takes["quote"], takes, published="2016-12-02", outlet="Dale Echo"),
            report(holds["quote"] + ". " + wide["quote"], holds, wide, published="2016-12-03", outlet="Hill Post"),
            report(one, struck(one, "2016-12-04", 14, MILL), published="2016-12-05", outlet="Dale Echo"),
            report(other, struck(other, "2016-12-04", 9, MILL, **said_by("a nurse", "medic")),
                   published="2016-12-06", outlet="Lake Wire"),
            report(siege["quote"] + ". " + late, siege, {**shell, "quote": late}, published="2016-12-09"),
        ]  # fmt: skip
        for _ in record.add(reports, reader="by hand"):
            pass
        record.derive()
    return path


@pytest.fixture(scope="module")
def asks(front: Path) -> TestClient:
    return TestClient(app_of(front), base_url="http://127.0.0.1")


@pytest.fixture(scope="module")
def shown(front: Path) -> Iterator[str]:
    """Where the front answers."""
    made = Served(app_of(front))
    yield made.url
    made.stop()


def the(found: dict[str, Any], layer: str) -> dict[str, dict[str, Any]]:
    """A layer of the map: name or title → properties."""
    rows = [one["properties"] for one in found[layer]["features"]]
    return {one.get("name") or one.get("what") or one["sentence"]: one for one in rows}


# ---- the page ------------------------------------------------------------------------------------------------------


def test_the_page_tells_who_holds_what_and_opens_the_statements(asks):
    page = asks.get(DAY).text
    assert '<h1>The situation as of <span id="day">10 December 2016</span></h1>' in page
    ground = page[page.index('<section id="ground"') : page.index('<section id="sieges"')]
    assert re.search(r"Orla.*?contested", ground, re.DOTALL)
    assert "70% of it" in ground
    assert "all of it" in ground
    assert "the Observatory" in ground
    assert re.search(r'href="/report\?id=[^"#]+#[0-9a-f]{16}"', ground)


def test_the_ledger_keeps_single_attacks_and_gives_low_and_high_by_source(asks):
    told = asks.get(DAY.replace("?", ".json?")).json()
    (market,) = (c for c in told["casualties"] if c["place"] == "Mill Quarter")
    assert (market["running"], market["low"], market["high"]) == (False, 9, 14)
    page = asks.get(DAY).text
    ledger = page[page.index('<section id="casualties"') :]
    assert "9 to 14" in ledger
    assert "a nurse: 9" in re.sub(r"<[^>]+>", "", ledger)
    assert "Running totals" not in ledger


def test_what_was_not_yet_published_is_not_known(asks):
    early = asks.get("/situation.json?as_of=2016-12-10&known_by=2016-12-02").json()
    (orla,) = (g for g in early["ground"] if g["name"] == "Orla")
    assert not orla["contested"]
    assert [h["party"] for h in orla["holders"]] == ["sy.armed-forces"]
    assert not early["casualties"]


def test_links_lead_a_day_and_a_week_back_and_forth(asks):
    steps = asks.get("/situation.json?as_of=2016-12-10&known_by=2016-12-05&place=Orla").json()["steps"]
    assert [one["to"] for one in steps["as_of"]] == [
        f"/situation?as_of=2016-12-{n:02}&known_by=2016-12-05&place=Orla" for n in (3, 9, 11, 17)
    ]
    assert steps["known_by"][1]["to"] == "/situation?as_of=2016-12-10&known_by=2016-12-04&place=Orla"


@pytest.mark.parametrize(
    ("teller", "holders"),
    [
        ("int.sohr", ["sy.rebels"]),
        ("sy.government", ["sy.armed-forces"]),
        ("outlet:Dale Echo", ["sy.armed-forces"]),
        ("State Radio", ["sy.armed-forces"]),
        ("nobody at all", []),
        ("side:SY:government", ["sy.armed-forces"]),
        ("", ["sy.armed-forces", "sy.rebels"]),
    ],
)
def test_the_situation_as_one_teller_alone_tells_it(asks, teller, holders):
    asked = {"as_of": "2016-12-10", "source": teller}
    for path in ("/situation.json", "/map.json"):
        told = asks.get(path, params=asked).json()
        ground = told["ground"] if path == "/situation.json" else the(told, "ground").values()
        orla = [g for g in ground if g["name"] == "Orla"]
        assert [h["party"] for g in orla for h in g["holders"]] == holders
        assert [g["contested"] for g in orla] == [len(holders) > 1] * len(orla)


def test_tellers_are_offered_as_sides_sources_and_outlets(asks):
    told = asks.get("/situation.json").json()["tellers"]
    groups = {one["asked"]: one["group"] for one in told}
    assert groups["int.sohr"] == groups["a nurse"] == "sources"
    assert groups["outlet:Dale Echo"] == "outlets"
    assert groups["side:SY:government"] == "sides"
    assert '<option value="int.sohr" selected>' in asks.get("/situation?source=int.sohr").text


@pytest.mark.parametrize("path", ["/situation", "/situation.json", "/map.json"])
@pytest.mark.parametrize(
    "asked", ["as_of=0001-01-01", "as_of=9999-12-31", "known_by=1200-01-01", "days=0", "days=99999999", "as_of=soon"]
)
def test_days_out_of_the_calendar_are_refused(asks, path, asked):
    assert asks.get(f"{path}?{asked}").status_code == 422


def test_words_of_a_report_stay_words(asks):
    page = asks.get(DAY).text
    assert "&lt;b&gt;man&lt;/b&gt;" in page
    assert "<b>man</b>" not in page


def test_an_empty_record_says_so(tmp_path):
    path = tmp_path / "empty.db"
    open_record(path, create=True).close()
    asks = TestClient(app_of(path), base_url="http://127.0.0.1")
    assert "The record holds no report yet" in asks.get("/situation").text
    assert asks.get("/map.json").json()["happenings"]["features"] == []
    assert asks.get("/map/names.json").json() == {"names": []}


# ---- the map -------------------------------------------------------------------------------------------------------


def test_the_map_shows_ground_sieges_happenings_and_disputes(asks):
    found = asks.get("/map.json?as_of=2016-12-10").json()
    ground = the(found, "ground")
    assert set(ground) == {"Orla", "Sund"}, "a country is no mark"
    assert ground["Orla"]["contested"]
    assert ground["Sund"]["besieged"]
    assert found["ground"]["features"][0]["geometry"]["type"] == "Point"
    (market,) = (h for h in the(found, "happenings").values() if h["place"] == "Mill Quarter")
    assert (market["killed"], market["harm"], market["reports"], market["alone"]) == ([9, 14], 14, 2, False)
    assert [d["properties"]["type"] for d in found["disputes"]["features"]] == ["count", "control"]


def test_an_incident_of_which_one_report_was_known_is_told_by_one(asks):
    found = asks.get("/map.json?as_of=2016-12-10&known_by=2016-12-05").json()
    (market,) = the(found, "happenings").values()
    assert (market["killed"], market["reports"], market["alone"]) == ([14, 14], 1, True)
    assert [d["properties"]["type"] for d in found["disputes"]["features"]] == ["control"]
    told = asks.get("/map/told.json", params={"id": market["id"], "known_by": "2016-12-05"}).json()["accounts"]
    assert [one["source"] for one in told] == ["Dale Echo"]
    later = asks.get("/map/told.json", params={"id": market["id"]}).json()["accounts"]
    assert [one["source"] for one in later] == ["a nurse", "Dale Echo"]


def test_a_happening_of_one_report_has_its_statement(asks):
    found = the(asks.get("/map.json?as_of=2016-12-10&source=int.sohr").json(), "happenings")
    (sund,) = found.values()
    assert sund["alone"]
    (told,) = asks.get("/map/told.json", params={"id": sund["id"]}).json()["accounts"]
    assert told["account"] == sund["id"]
    assert asks.get("/map/told.json", params={"id": "none@1#0000"}).status_code == 404


@pytest.mark.parametrize(
    ("asked", "happenings", "ground"),
    [
        ("days=2", 0, 2),
        ("days=3", 1, 2),
        ("bbox=20.5,10.3,21,11", 1, 1),
        ("limit=1", 1, 2),
        ("place=Orla", 1, 1),
        ("party=sy.rebels", 0, 1),
    ],
)
def test_the_map_is_narrowed(asks, asked, happenings, ground):
    found = asks.get(f"/map.json?as_of=2016-12-10&{asked}").json()
    assert (len(found["happenings"]["features"]), len(found["ground"]["features"])) == (happenings, ground)
    assert found["cut"] == (["happenings"] if asked == "limit=1" else [])


@pytest.mark.parametrize("bbox", ["1,2,3", "a,b,c,d", "1,2,nan,4", "5,0,1,1", "inf,0,inf,1"])
def test_a_box_that_is_none_is_refused(asks, bbox):
    assert asks.get("/map.json", params={"bbox": bbox}).status_code == 422


def test_a_ring_shows_shares_and_what_is_untold(asks):
    found = the(asks.get("/map.json?as_of=2016-12-10").json(), "ground")
    assert [(arc[1], arc[2], arc[3]) for arc in found["Orla"]["ring"]] == [(0.0, 0.588, True), (0.588, 1.0, True)]
    letters = {one["name"]: one["letter"] for g in found.values() for one in (*g["who"], *g["by"])}
    assert len(set(letters.values())) == len(letters)


def test_parties_keep_their_hue_whatever_the_day(front):
    with open_record(front) as record:
        early, late = record.situation(date(2016, 12, 2)), record.situation(date(2016, 12, 10))
    ranked = ["sy.armed-forces", "sy.rebels"]
    for one in (early, late):
        assert all(known["hue"] == ranked.index(key) for key, known in parties(one.ground, ranked).items())
    (orla,) = (g for g in late.ground if g.place.called == "Orla")
    assert look(orla, parties(late.ground, []))["ring"][0][0] is None


def test_the_extent_leaves_out_what_lies_far_away():
    near = [(20.0 + n / 10, 10.0 + n / 10) for n in range(12)]
    assert extent([*near, (-77.0, 38.9)]) == Box(20.0, 10.0, 21.1, 11.1)
    assert extent([]) is None
    alone = extent([(20.0, 10.0)])
    assert alone is not None
    assert alone.west < 20.0 < alone.east


def test_harm_grows_a_mark_up_to_a_limit():
    sizes = [radius(n) for n in (0, 1, 10, 100, 1000, 100_000)]
    assert sizes == sorted(sizes)
    assert sizes[0] > 2
    assert sizes[-1] <= 25


def test_a_drawing_needs_something_with_a_place():
    assert drawing([], [], [], {}) is None
    mark = Mark("m", True, "ASSAULT", "attack", date(2016, 12, 4), 10.0, 20.0, "Orla", False, 1, None, None)
    drawn = drawing([], [mark], [], {})
    assert drawn is not None
    assert (drawn["marks"][0]["x"], drawn["ground"]) == (500.0, [])


# ---- in a browser --------------------------------------------------------------------------------------------------


def ready(tab, address: str) -> None:
    tab.set_default_timeout(15_000)
    tab.goto(address)
    tab.wait_for_selector("#drawn", state="hidden")
    tab.wait_for_selector("button.mark")


def test_the_slider_moves_both_clocks_without_reloading(tab, shown):
    ready(tab, f"{shown}{DAY}")
    tab.evaluate("window.kept = true")
    known = tab.get_by_label("What was published by")
    assert "14" in tab.locator("#casualties").inner_text()
    tab.get_by_label("by what was known that day").check()
    held = tab.get_by_label("What held on")
    held.focus()
    for _ in range(6):
        tab.keyboard.press("ArrowLeft")
    tab.wait_for_url("**/situation?as_of=2016-12-03&known_by=2016-12-03*")
    tab.locator("h1", has_text="3 December 2016").wait_for()
    assert tab.locator("#casualties").count() == 0
    assert known.input_value() == held.input_value()
    assert "Sund" not in tab.locator(".marks").inner_text()
    tab.keyboard.press(">")
    tab.locator("h1", has_text="9 December 2016").wait_for()
    assert tab.locator("#casualties").count() == 1
    assert tab.evaluate("window.kept")
    alternate = tab.locator('link[rel="alternate"]').get_attribute("href")
    assert alternate.startswith("/situation.json?as_of=2016-12-09")


def test_playing_goes_on_day_by_day_to_the_last(tab, shown):
    ready(tab, f"{shown}/situation?as_of=2016-12-07")
    play = tab.get_by_role("button", name="Play")
    play.click()
    tab.locator("h1", has_text="9 December 2016").wait_for()
    tab.get_by_role("button", name="Play").wait_for()


def test_a_mark_of_the_list_opens_its_statements_and_escape_closes_them(tab, shown):
    ready(tab, f"{shown}{DAY}")
    mark = tab.get_by_role("button", name=re.compile("^Orla"))
    mark.focus()
    tab.keyboard.press("Enter")
    panel = tab.get_by_role("region", name="Statements of a mark")
    assert "all of it" in panel.inner_text()
    assert panel.locator("a.cite").first.get_attribute("href").startswith("/report?id=")
    tab.keyboard.press("Escape")
    panel.wait_for(state="hidden")
    assert tab.evaluate("document.activeElement.outerHTML").startswith('<button type="button" class="mark ground"')
    tab.locator("summary", has_text="Happenings").click()
    tab.get_by_role("button", name=re.compile("Mill Quarter.*14 killed")).click()
    panel.get_by_text("a nurse").wait_for()


def test_one_teller_redraws_the_map_and_the_page(tab, shown):
    ready(tab, f"{shown}{DAY}")
    tab.get_by_label("As told by").select_option("int.sohr")
    tab.locator("#sections", has_text="alone tells it").wait_for()
    assert "army" not in tab.locator(".marks").inner_text().lower()
    assert tab.locator("#ground .tag.contested").count() == 0


def test_a_layer_is_switched_off_on_the_map_and_in_the_list(tab, shown):
    ready(tab, f"{shown}{DAY}")
    assert tab.locator(".marks summary", has_text="Ground").count() == 1
    tab.get_by_label("Ground").uncheck()
    assert tab.locator(".marks summary", has_text="Ground").count() == 0
    assert tab.locator(".marks summary", has_text="Happenings").count() == 1


def test_an_unknown_place_is_told_and_the_page_stays(browser, shown):
    page = browser.new_page()
    ready(page, f"{shown}{DAY}")
    page.get_by_label("Place", exact=True).fill("Nowhere")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("status").get_by_text("Nowhere").wait_for()
    assert page.locator("#ground").count() == 1
    page.close()


def test_an_overtaken_answer_is_dropped(tab, shown):
    ready(tab, f"{shown}{DAY}")
    slow = []

    def hold(route):
        if "as_of=2016-12-08" in route.request.url and not slow:
            slow.append(route)
        else:
            route.continue_()

    tab.route("**/situation?*", hold)
    tab.get_by_label("What held on").focus()
    tab.keyboard.press("ArrowLeft")
    tab.wait_for_timeout(400)
    tab.keyboard.press("ArrowLeft")
    tab.locator("h1", has_text="7 December 2016").wait_for()
    assert len(slow) == 1
    assert "as_of=2016-12-07" in tab.url


def test_without_script_the_page_draws_the_marks(browser, shown):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{shown}{DAY}")
    assert page.locator("svg.drawing g").count() == 2
    page.get_by_role("link", name="a day earlier", exact=True).click()
    assert "9 December 2016" in page.locator("h1").inner_text()
    context.close()
