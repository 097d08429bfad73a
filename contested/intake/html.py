"""HTML: one page is one report. trafilatura finds the article in the page, htmldate the day it was published."""

from __future__ import annotations

import logging
import re
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
_SENTENCE_ENDS = (".", "!", "?", ":", ";", '"', "”", "’", "'")


def read(source: Input, given: Given) -> Taken:
    """The one report in `source`, without menus, adverts and comments, its paragraphs parted by a blank line."""
    data = source.whole(MAX_LINE, "no single page is that large")
    declared = _CHARSET.search(data[:4096])
    charset = next((g.decode("ascii") for g in declared.groups() if g), None) if declared else None
    page, encoding = decode(data, source.where, declared=charset)
    if not page.strip():
        yield InputError(source.where, "empty: there is nothing to read")
        return
    found = _extract(page)
    text = _paragraphs(found.body) if found is not None and found.body is not None else ""
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
        url=found.url,
        extra=extra,
    ).finish(given)


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
            line_break.tail = f"\n{line_break.tail or ''}"
        parts.append(_unbroken("".join(element.itertext())))
    return "\n\n".join(part for part in parts if part)


def _unbroken(paragraph: str) -> str:
    """A paragraph whose lines break only after a sentence: other line breaks in a page are layout."""
    lines = [" ".join(line.split()) for line in paragraph.split("\n")]
    joined = ""
    for line in filter(None, lines):
        joined += ("\n" if joined.endswith(_SENTENCE_ENDS) else " " if joined else "") + line
    return joined
