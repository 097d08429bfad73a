"""Search: reports or quotes with the words marked, and facets that narrow."""

from __future__ import annotations

import re
import unicodedata
from typing import Annotated, Any

from fastapi import APIRouter, Query

from contested.record.searching import What, terms
from contested.views.web import naming
from contested.views.web.asked import WORDS, Asked, Opened, given
from contested.views.web.page import page
from contested.views.words import safe

router = APIRouter()

#: Results on a page.
SIZE = 25
#: What facets are called, and the filter that each sets.
FACETS = {"outlet": "Outlet", "month": "Published in", "kind": "Kind", "place": "Place", "party": "Party"}

Page = Annotated[int, Query(ge=1, le=100, description="From 1.")]
Month = Annotated[str, Query(pattern=r"^$|^(19|20)\d\d-(0[1-9]|1[0-2])$", description="YYYY-MM")]


@page(router, "/search", "search.html")
def search(
    record: Opened, asked: Asked, words: Annotated[str, Query(max_length=WORDS)] = "", what: What = "reports",
    month: Month = "", page: Page = 1,
) -> dict[str, Any]:  # fmt: skip
    """Reports or quotes in which all the words stand, the last published first, counted by facets that narrow them.

    Days asked for (`from`, `to`, `month`) are of publication. Words in quotation marks stand side by side; `word*` is
    the beginning of a word.
    """
    from contested.record import facets

    found = record.ask(facets.searched, words, what, asked, month or None, SIZE, (page - 1) * SIZE)
    wanted = pattern(words)
    results = [
        {**one.to_json(), "parts": parts(one.snippet, wanted), "heading": parts(one.title or "", wanted)}
        for one in found.found
    ]  # fmt: skip
    for one in found.facets["party"]:
        one["label"] = naming.party(one["value"]) or one["label"]
    return {
        "words": words, "what": what, "month": month or None, "asked": given(asked), "page": page,
        "total": found.total, "capped": found.more, "more": page * SIZE < found.total and page < 100,
        "facets": [{"facet": name, "name": FACETS[name], "values": found.facets[name]} for name in FACETS],
        "results": results,
    }  # fmt: skip


def pattern(words: str) -> re.Pattern[str] | None:
    """What finds the words of a question in a text without accents; None where there are none."""
    found = [
        r"\W+".join(map(re.escape, map(bare, side))) + (r"\w*" if begun else r"(?!\w)") for side, begun in terms(words)
    ]
    return re.compile(rf"(?<!\w)(?:{'|'.join(found)})", re.IGNORECASE) if found else None


def parts(text: str, wanted: re.Pattern[str] | None) -> list[tuple[str, bool]]:
    """`text`, without what could forge the display, in pieces, each with whether it is among the words asked for."""
    text = safe(text)
    out, at = [], 0
    for match in wanted.finditer(bare(text)) if wanted else ():
        out += [(text[at : match.start()], False), (text[match.start() : match.end()], True)]
        at = match.end()
    return [piece for piece in [*out, (text[at:], False)] if piece[0]]


def bare(text: str) -> str:
    """`text` without accents, each character in its place."""
    return "".join(unicodedata.normalize("NFD", one)[0] for one in text)
