"""Explain: what a code or a rule means, so that every code on a page can be followed to its meaning."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from contested.statement import MODES, TYPES
from contested.views.web.asked import Words
from contested.views.web.page import page

router = APIRouter()


@page(router, "/explain", "explain.html")
def explain(code: Words = None) -> dict[str, Any]:
    """What a code or rule means, from the lexicon; without one, all codes by group."""
    from contested.views.explanation import CODES, entries, find, lines, nearest

    asked = (code or "").strip()
    found = []
    for one in find(asked) if asked else ():
        (name, _), *told = lines(one)
        parts = _parts(one.entry.words[0]) if one.file == CODES else []
        found.append({"id": one.entry.id, "name": name, "told": told, "parts": parts})
    groups: dict[str, list[dict[str, Any]]] = {}
    if not found:
        for one in entries():
            if one.file == CODES:
                told_of = {"code": one.entry.id, "words": one.entry.words[0], "means": str(one.entry.value)}
                groups.setdefault(str(one.entry.more["group"]), []).append(told_of)
    return {
        "code": asked or None, "found": found, "nearest": nearest(asked) if asked and not found else [],
        "groups": groups,
    }  # fmt: skip


def _parts(code: str) -> list[str]:
    """The codes inside a code: the types of a kind, the modes of a type."""
    if code in TYPES:
        return [f"{code}.{type_}" for type_ in TYPES[code]]
    return [f"{code}.{mode}" for mode in MODES.get(code, ())]
