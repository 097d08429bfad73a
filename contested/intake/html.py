"""HTML: one page is one report. trafilatura finds the article in the page, htmldate the day it was published."""

from __future__ import annotations

import logging
import re
from html import unescape
from typing import Any

from contested.config import MAX_LINE
from contested.errors import InputError
from contested.intake.decoding import decode
from contested.intake.given import Given, Input, Making, Taken

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,80}encoding=["']([\w.:-]+)""", re.I)  # fmt: skip  # noqa: E501
_PARAGRAPHS = ("p", "head", "quote", "ab", "item", "code")
#: An article has at least one sentence: fewer words in every paragraph are a menu, a form or a notice.
_FEWEST_WORDS = 8
#: What stands in a page whose article did not come with it; counts only where there is little else.
_NOTICE = re.compile(
    r"javascript|\bcookies?\b|page (?:not found|you (?:requested|are looking for))|access denied|\bcaptcha\b|"
    r"are (?:you )?(?:a )?human|(?:log|sign) ?in to|subscribe to (?:continue|read)",
    re.I,
)
_NOTICE_WORDS = 60
#: Titles of pages that are not there but come as if they were; a whole title or heading, or one part of it.
_NOT_FOUND = re.compile(
    r"(?:(?:oops|sorry|error|http|whoops)\W+)*(?:"
    r"(?:404|410)(?:\W+(?:error|gone|(?:page |file )?not found))?|"
    r"(?:(?:the |this )?(?:page|article|story|content|file)s? )?(?:(?:was |is |could |can )?not |"
    r"(?:was|is|could|ca)n.t )(?:be )?(?:found|available|exist)|"
    r"(?:the |this )?(?:page|article|story|content)s? (?:(?:is |has been |was )?(?:no longer available|removed|deleted|"
    r"unavailable|gone)|no longer exists|does(?: not|n.t) exist))",
    re.I,
)
_HEADING = re.compile(r"<(title|h1)\b[^>]{0,500}>(.{1,500}?)</\1\s*>", re.I | re.S)
_TITLE_PARTS = re.compile(r"\s+[|–—·:-]+\s+|[|–—·]|:\s")
#: A page of more words is no notice, whatever it is called.
_NOT_FOUND_WORDS = 300
_TAG = re.compile(r"<[^>]{0,500}>")
_BLOCKS = frozenset(
    "p div h1 h2 h3 h4 h5 h6 li ul ol blockquote pre table tr section article figure figcaption".split()
)
#: Stands between blocks until they are parted: no page has it.
_BREAK = "\ue000"
#: Characters that XML has no place for.
_CONTROL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SENTENCE_ENDS = (".", "!", "?", ":", ";", '"', "”", "’", "'")


def read(source: Input, given: Given) -> Taken:
    """The one report in `source`, without menus, adverts and comments, its paragraphs parted by a blank line."""
    data = source.whole(MAX_LINE, "no single page is that large")
    declared = _CHARSET.search(data[:4096])
    charset = next((g.decode("ascii") for g in declared.groups() if g), None) if declared else None
    page, encoding = decode(data, source.where, declared=source.charset or charset)
    if not page.strip():
        yield InputError(source.where, "empty: there is nothing to read")
        return
    found = _extract(page)
    text = _paragraphs(found.body) if found is not None and found.body is not None else ""
    if len(text.split()) < _NOT_FOUND_WORDS and (words := _not_found(page)):
        yield InputError(source.where, f"no report: the page says “{words}”, as if it were not there (404)")
        return
    if not _is_article(text):
        yield InputError(source.where, "no article in this page: save the page of one report, or its text")
        return
    extra = {} if encoding == "utf-8" else {"encoding": encoding}
    yield from Making(
        source.where,
        text,
        outlet=found.sitename,
        title=found.title,
        published=found.date,
        basis="metadata",
        url=source.url or found.url,  # a page may call itself by the address of its outlet's front page
        extra=extra,
    ).finish(given)


def _not_found(page: str) -> str | None:
    """What the page's title or heading says, where that is that there is no such page."""
    for match in _HEADING.finditer(page[:200_000]):
        words = " ".join(unescape(_TAG.sub(" ", match[2])).split())
        if any(_NOT_FOUND.fullmatch(part.strip(" .!")) for part in (words, *_TITLE_PARTS.split(words))):
            return words[:80]
    return None


def words_of(markup: str) -> str:
    """The text of a piece of HTML that is nothing but a report (of a feed, of a message), parted as `read` parts it.

    What the search for an article loses more than half of was no page with an article in it: then it is all taken.
    """
    if "<" not in markup:
        return unescape(markup).strip()
    found = _extract(f"<html><body><article>{markup}</article></body></html>")
    text = _paragraphs(found.body) if found is not None and found.body is not None else ""
    everything = _everything(markup)
    return text if 2 * len(text) >= len(everything) else everything


def _everything(markup: str) -> str:
    """All the words of a piece of HTML, its blocks parted by blank lines."""
    from lxml import etree, html

    try:
        root = html.fragment_fromstring(markup, create_parent="div")
    except (etree.LxmlError, ValueError):  # control characters, or nothing at all
        return ""
    for element in root.iter():
        if element.tag in ("script", "style") or not isinstance(element.tag, str):
            element.text = None
        elif element.tag == "br":
            element.tail = f"\n{_settable(element.tail)}"
        elif element.tag in _BLOCKS:
            element.text, element.tail = f"{_BREAK}{_settable(element.text)}", f"{_BREAK}{_settable(element.tail)}"
    parts = (_unbroken(part) for part in root.text_content().split(_BREAK))
    return "\n\n".join(filter(None, parts))


def _settable(words: str | None) -> str:
    """Words that lxml lets one put into an element: it reads control characters (`&#11;`), and takes none."""
    return _CONTROL.sub(" ", words or "")


def _is_article(text: str) -> bool:
    if _NOTICE.search(text) and len(text.split()) < _NOTICE_WORDS:
        return False
    return any(len(paragraph.split()) >= _FEWEST_WORDS for paragraph in text.split("\n\n"))


def _extract(page: str) -> Any:
    """What trafilatura finds, a `Document`, or None. Dates come from metadata only, never from the page's words."""
    import trafilatura

    for name in ("trafilatura", "htmldate"):
        logging.getLogger(name).addHandler(logging.NullHandler())  # a page that is no article is told by us, once
    for metadata in (True, False):
        try:
            return trafilatura.bare_extraction(
                page,
                with_metadata=metadata,
                include_comments=False,
                include_tables=False,
                date_extraction_params={"original_date": True, "extensive_search": False},
            )
        except Exception:  # broken markup raises anything, assertions too, and mostly in the search for a date
            continue
    return None


def _paragraphs(body: Any) -> str:
    """The article's paragraphs, headings, quotations and list items, in order, parted by blank lines."""
    parts: list[str] = []
    done: set[Any] = set()
    for element in body.iter():
        if element.tag not in _PARAGRAPHS or done.intersection(element.iterancestors()):
            continue
        if element.tag == "quote" and any(child.tag in _PARAGRAPHS for child in element.iter() if child is not element):
            continue  # a quotation of several paragraphs: each of them is met on its own
        done.add(element)
        for line_break in element.iter("lb"):
            line_break.tail = f"\n{_settable(line_break.tail)}"
        parts.append(_unbroken("".join(element.itertext())))
    return "\n\n".join(part for part in parts if part)


def _unbroken(paragraph: str) -> str:
    """A paragraph whose lines break only after a sentence: other line breaks in a page are layout."""
    lines = [" ".join(line.split()) for line in paragraph.split("\n")]
    joined = ""
    for line in filter(None, lines):
        joined += ("\n" if joined.endswith(_SENTENCE_ENDS) else " " if joined else "") + line
    return joined
