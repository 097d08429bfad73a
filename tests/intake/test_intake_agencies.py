"""Agencies' items (ninjs, NewsML-G2), ReliefWeb's answers and GDELT's lists."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from contested.errors import InputError
from contested.intake.gdelt import urls
from tests.intake.taken import BODY, FIRST, MARKUP, THIRD, came

ITEM: dict[str, Any] = {
    "uri": "urn:newsml:hillwire.example:20190308:7", "type": "text", "version": "2", "pubstatus": "usable",
    "versioncreated": "2019-03-08T10:00:00+01:00", "headline": "Army says it is in Oron", "body_text": BODY,
    "infosource": [{"name": "Hill Wire"}],
}  # fmt: skip


def test_an_item_of_ninjs_is_a_report(tmp_path: Path) -> None:
    report = came(tmp_path, "item.json", json.dumps(ITEM, indent=1)).report
    assert (report.id, report.outlet, report.title) == (ITEM["uri"], "Hill Wire", "Army says it is in Oron")
    assert (report.published, report.text, report.extra["version"]) == ("2019-03-08", BODY, "2")


@pytest.mark.parametrize(
    "body",
    [
        {"body_xhtml": f"<div>{MARKUP}</div>"},
        {"body_html": MARKUP},
        {"bodies": [{"role": "main", "contenttype": "text/html", "value": MARKUP}]},
        {"bodies": [{"contenttype": "text/plain", "value": BODY}]},
    ],
)
def test_bodies_of_every_version_of_ninjs_are_read(tmp_path: Path, body: dict[str, Any]) -> None:
    item = {name: value for name, value in ITEM.items() if name not in ("body_text", "headline")}
    item |= {**body, "headlines": [{"value": "Army in Oron"}]}
    report = came(tmp_path, "items.jsonl", f"{json.dumps(item)}\n").report
    assert (report.text, report.title) == (BODY, "Army in Oron")


def test_pictures_and_items_without_a_body_are_told(tmp_path: Path) -> None:
    items = [{**ITEM, "type": "picture"}, {**ITEM, "body_text": ""}, ITEM]
    taken = came(tmp_path, "items.jsonl", "".join(f"{json.dumps(item)}\n" for item in items))
    assert "a picture, not a text" in taken.failed[0]
    assert "an item without a body" in taken.failed[1]
    assert len(taken.reports) == 1


@pytest.mark.parametrize(
    ("left", "text"),
    [
        ({}, BODY),
        ({"body_text": "", "ednote": "Kill: wrong town"}, "Kill: wrong town"),
        ({"body_text": None}, "This report was withdrawn by its outlet."),
    ],
)
def test_a_cancelled_item_withdraws(tmp_path: Path, left: dict[str, Any], text: str) -> None:
    item = {**ITEM, **left, "pubstatus": "canceled", "versioncreated": "2019-03-09T08:00:00Z"}
    report = came(tmp_path, "item.json", json.dumps(item)).report
    assert (report.extra["withdrawn"], report.id, report.text) == ("2019-03-09", ITEM["uri"], text)


def test_a_withdrawal_without_a_day_is_one(tmp_path: Path) -> None:
    item = {**ITEM, "pubstatus": "stat:canceled", "versioncreated": None}
    assert came(tmp_path, "item.json", json.dumps(item)).report.extra["withdrawn"] == "undated"


def newsml(*items: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header/>'
        f"<itemSet>{''.join(items)}</itemSet></newsMessage>"
    )


def item(content: str, *, status: str = "usable", kind: str = "text", version: int = 2) -> str:
    return f"""<newsItem guid="urn:newsml:hillwire.example:7" version="{version}"><itemMeta>
<itemClass qcode="ninat:{kind}"/><provider literal="hillwire.example"><name>Hill Wire</name></provider>
<versionCreated>2019-03-08T10:00:00+01:00</versionCreated><pubStatus qcode="stat:{status}"/></itemMeta>
<contentMeta><headline>Army says it is in Oron</headline></contentMeta>
<contentSet>{content}</contentSet></newsItem>"""


NITF = f"""<inlineXML contenttype="application/nitf+xml"><nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><head/>
<body><body.head><hedline><hl1>Another headline</hl1></hedline></body.head><body.content>{MARKUP}</body.content></body>
</nitf></inlineXML>"""
XHTML = f"""<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head>
<title>Another</title></head><body><div>{MARKUP}</div></body></html></inlineXML>"""
PLAIN = f'<inlineData contenttype="text/plain">{BODY}</inlineData>'


@pytest.mark.parametrize("content", [NITF, XHTML, PLAIN], ids=["nitf", "xhtml", "plain"])
@pytest.mark.parametrize("name", ["item.xml", "item.newsml", "item"])
def test_an_item_of_newsml_is_a_report(tmp_path: Path, name: str, content: str) -> None:
    report = came(tmp_path, name, newsml(item(content))).report
    assert (report.id, report.outlet) == ("urn:newsml:hillwire.example:7", "Hill Wire")
    assert (report.title, report.published) == ("Army says it is in Oron", "2019-03-08")
    assert (report.text, report.extra["version"]) == (BODY, 2)


def test_items_that_are_no_texts_are_counted(tmp_path: Path) -> None:
    package = '<packageItem guid="urn:p" version="1"/>'
    taken = came(tmp_path, "all.xml", newsml(item(NITF), item("", kind="picture"), package, item("")))
    assert taken.passed == ["2 items passed over, which are no texts: picture 1, packageItem 1"]
    assert len(taken.reports) == 1
    assert "without a text" in taken.failed[0]


def test_a_cancelled_item_of_newsml_withdraws(tmp_path: Path) -> None:
    report = came(tmp_path, "item.xml", newsml(item("", status="canceled", version=3))).report
    assert (report.extra["withdrawn"], report.id) == ("2019-03-08", "urn:newsml:hillwire.example:7")


def test_entities_and_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("swordfish")
    grow = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
    for entities, use in (
        (f'<!ENTITY x SYSTEM "file://{tmp_path}/secret.txt">', "&x;"),
        (f'<!ENTITY a0 "boom">{grow}', "&a9;"),
    ):
        text = newsml(item(PLAIN.replace(FIRST, use))).replace("?><", f"?><!DOCTYPE newsMessage [{entities}]><", 1)
        assert "XML with a DTD or entities" in came(tmp_path, "item.xml", text).error


def test_broken_newsml_is_told(tmp_path: Path) -> None:
    assert "broken XML" in came(tmp_path, "item.newsml", newsml(item(NITF))[:-30]).error
    assert "without news items" in came(tmp_path, "none.xml", newsml()).error


RELIEF: dict[str, Any] = {
    "totalCount": 1,
    "data": [{"id": "4001", "fields": {
        "id": 4001, "title": "Oron: situation report 3", "body": BODY, "url": "https://relief.example/node/4001",
        "url_alias": "https://relief.example/report/oron-3", "origin": "https://aid.example/oron-3",
        "date": {"created": "2019-03-10T00:00:00+00:00", "original": "2019-03-08T00:00:00+00:00"},
        "source": [{"name": "Office of Aid", "shortname": "OoA"}], "country": [{"name": "Veld"}],
        "disaster": [{"name": "Veld: floods"}]}}],
}  # fmt: skip


@pytest.mark.parametrize("indent", [None, 1])
def test_an_answer_of_reliefweb_is_read(tmp_path: Path, indent: int | None) -> None:
    report = came(tmp_path, "relief.json", json.dumps(RELIEF, indent=indent)).report
    assert (report.id, report.outlet, report.title) == ("reliefweb/4001", "OoA", "Oron: situation report 3")
    assert (report.published, report.url) == ("2019-03-08", "https://relief.example/report/oron-3")
    assert (report.text, report.extra["country"], report.extra["disaster"]) == (BODY, ["Veld"], ["Veld: floods"])


def test_an_answer_without_bodies_says_how_to_ask(tmp_path: Path) -> None:
    bare = {"data": [{"id": "1", "fields": {"title": "Oron: map"}}, {"id": "2"}, *RELIEF["data"]]}
    taken = came(tmp_path, "relief.json", json.dumps(bare))
    assert taken.failed[0].endswith("Oron: map: no body; ask for it with fields[include][]=body")
    assert "item 2 of `data` has no `fields`" in taken.failed[1]
    assert [report.id for report in taken.reports] == ["reliefweb/4001"]


def mention(url: str, kind: int = 1) -> str:
    head = f"410412347\t20190308100000\t20190308120000\t{kind}\tdaleecho.example\t{url}"
    return head + "\t1\t-1\t100\t110\t1\t50\t2871\t-4.1\t\t\n"


MENTIONS = mention("https://daleecho.example/1") + mention("https://daleecho.example/1") + mention("BBC Monitoring", 2)
MENTIONS += mention("https://hill.example/2")


@pytest.mark.parametrize("name", ["20190308120000.mentions.CSV", "list.csv", "list"])
def test_a_list_of_mentions_has_addresses_and_no_texts(tmp_path: Path, name: str) -> None:
    words = came(tmp_path, name, MENTIONS).error
    assert "it has the addresses of 2 reports and no texts; `contested add --fetch` fetches them" in words


def test_addresses_of_mentions_come_once() -> None:
    assert urls(MENTIONS.encode()) == ["https://daleecho.example/1", "https://hill.example/2"]
    with pytest.raises(InputError, match="no list of GDELT"):
        urls(THIRD.encode())
