import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.statement import Mention, Report, Source, Statement, When
from contested.views import html

PAYLOADS = [
    "<script>alert(1)</script>", "</title><img src=x onerror=alert(1)>", '" onmouseover="alert(1)', "$title ${reports}",
    "' autofocus onfocus='alert(1)", "<!-- -->", "&lt;b&gt; &amp;", "]]></style><svg onload=alert(1)>",
    "\x00\x1b[0m\u202e", "javascript:alert(1)", "half \ud83d",
]  # fmt: skip
ALLOWED = {
    "html", "meta", "title", "style", "header", "h1", "h2", "h3", "p", "fieldset", "label", "input", "span", "nav",
    "ol", "li", "a", "main", "article", "div", "sup", "blockquote", "dl", "dt", "dd", "bdi", "details", "summary",
    "em", "br",
}  # fmt: skip
VOID = {"meta", "input", "br"}


class Page(HTMLParser):
    """What a browser would make of a page: tags, attributes, ids, links, and the text of the report."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags, self.attributes, self.ids, self.links, self.open = set(), [], [], [], []
        self.paragraphs, self.marked, self.depth = [], {}, 0
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += attrs
        given = dict(attrs)
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "a":
            self.links.append(given["href"])
        if tag == "p" and self.open and self.open[-1][1].get("class") == "text":
            self.paragraphs.append("")
        if tag not in VOID:
            self.open.append((tag, given))

    def handle_endtag(self, tag):
        assert self.open[-1][0] == tag, f"</{tag}> closes <{self.open[-1][0]}>"
        self.open.pop()

    def handle_data(self, data):
        tags = [tag for tag, _ in self.open]
        inside = any(given.get("class") == "text" for _, given in self.open)
        if inside and "sup" not in tags and "p" in tags:
            self.paragraphs[-1] += data
            classes = self.open[-1][1].get("class", "").split()
            if "anchor" in classes:
                self.marked.setdefault(classes[-1], []).append(data)


def test_the_report_stands_as_published_with_its_anchors_marked(report):
    page = Page(html.page([report], version="0.1"))
    assert page.paragraphs == [line for line in report.text.split("\n") if line]
    assert page.marked == {
        "event": ["shelled", "hit"], "control": ["holds"], "toll": ["died"], "condition": ["short"],
        "relation": ["armed"], "position": ["expects"],
    }  # fmt: skip


def test_the_list_has_every_slot_and_how_it_was_coded(report):
    page = html.page([report])
    card = page[page.index('<li id="r1s1"') : page.index('<li id="r1s2"')]
    for words in ("ASSAULT", "event, heavy-weapons", "Rebel gunners", "the flour mill", "on Friday (2016-12-02)",
                  "state radio (media, named), via Orontes State Wire", "killed at least 2: at least two guards",
                  "modes.shelled", "model 0.1, 83% sure"):  # fmt: skip
        assert words in card
    assert "about 70 percent (0.7)" in page
    assert "<em>denied</em>" in page


def test_links_lead_somewhere_and_ids_are_unique(report, make_report):
    page = Page(html.page([report, make_report(id="b", title="Second"), make_report("No conflict here.", id="c")]))
    assert len(page.ids) == len(set(page.ids))
    inner = {link[1:] for link in page.links if link.startswith("#")}
    assert inner <= set(page.ids)
    assert {"r1", "r2", "r3"} <= inner
    assert "nav" in page.tags


def test_one_report_has_no_index(report):
    assert "nav" not in Page(html.page([report])).tags


def test_self_contained(report):
    page = html.page([report])
    assert not re.search(r"<(script|link|img|iframe|object)\b|url\(|@import", page)
    assert "default-src 'none'" in page


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_words_stay_words(payload):
    text = f"{payload} hit {payload}\n{payload}"
    mention = Mention(payload, 0, len(payload), {payload: payload})
    statement = Statement(
        "event", payload, "hit", text[: len(payload) + 4], len(payload) + 1, 0, mode=payload, actors=(mention,),
        targets=(mention,), places=(mention,), when=When(payload, None, None),
        source=Source(payload, payload, True, (payload,)), modality=payload, by={payload: payload}, sure={payload: 0.5},
    )  # fmt: skip
    report = Report(text, payload, payload, payload, payload, payload, (statement,))
    raw = html.page([report, report], version=payload)
    page = Page(raw)
    raw.encode("utf-8")
    assert page.tags <= ALLOWED
    assert not [name for name, _ in page.attributes if name.startswith("on")]
    assert all(link.startswith(("#", "http://", "https://")) for link in page.links)
    assert "\u202e" not in raw
    if payload.isprintable():
        assert page.paragraphs[0] == f"{payload} hit {payload}"


def test_a_link_only_to_the_web(make_report):
    assert 'href="https://example.org/a?b=1&amp;c=2"' in html.page([make_report(url="https://example.org/a?b=1&c=2")])
    assert "javascript" not in html.page([make_report(url="javascript:alert(1)")])


def test_right_to_left_text_sets_its_own_direction(make_report):
    page = html.page([make_report("قصفت المدفعية المدينة.", id="x")])
    assert '<p dir="auto">قصفت المدفعية المدينة.</p>' in page


@given(
    st.text("abc \n\r<&é", max_size=30), st.lists(st.tuples(st.integers(0, 30), st.integers(1, 12), st.integers(0, 12)))
)
def test_marking_never_changes_the_text(text, spans):
    statements = []
    for start, length, inside in spans:
        quote = text[start : start + length]
        if quote:
            anchor = quote[inside : inside + 3]
            statements.append(Statement("event", "ASSAULT", anchor, quote, start + min(inside, length), start))
    page = Page(html.page([Report(text, "x").with_statements(statements)]))
    assert "".join("".join(page.paragraphs).split()) == "".join(text.split())
