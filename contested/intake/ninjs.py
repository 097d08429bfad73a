"""ninjs, the JSON of news agencies (IPTC): an object is one report, and one that is `canceled` withdraws it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contested.errors import InputError
from contested.intake.given import Given, Making, Taken
from contested.intake.html import words_of
from contested.intake.withdrawn import is_withdrawing, withdrawing


def is_ninjs(value: Mapping[str, Any]) -> bool:
    """Whether a JSON object is an item of ninjs: it has its `uri`, and what only ninjs calls so."""
    marks = ("pubstatus", "versioncreated", "body_text", "body_html", "body_xhtml", "bodies", "headlines")
    return isinstance(value.get("uri"), str) and any(name in value for name in marks)


def read(where: str, line: int, value: Mapping[str, Any], given: Given) -> Taken:
    """The report that an item is, or the word that it is withdrawn."""
    kind = _words(value.get("type")) or "text"
    text = _body(value)
    title = _words(value.get("headline")) or _first(value.get("headlines")) or _words(value.get("title"))
    uri = _words(value["uri"])
    making = Making(
        where,
        text,
        line,
        id=uri or None,
        outlet=_outlet(value),
        title=title or None,
        published=_words(value.get("versioncreated")) or _words(value.get("firstcreated")) or None,
        url=_words(value.get("url")) or (uri if uri.startswith(("http://", "https://")) else None),
        extra={name: value[name] for name in ("version", "ednote") if isinstance(value.get(name), str | int)},
    )
    if is_withdrawing(_words(value.get("pubstatus"))):
        yield from withdrawing(making, _words(value.get("ednote"))).finish(given)
    elif kind not in ("text", "composite"):
        yield InputError(where, f"{uri[:200]}: a {kind[:40]}, not a text", line)
    elif not text.strip():
        yield InputError(where, f"{uri[:200]}: an item without a body", line)
    else:
        yield from making.finish(given)


def _body(value: Mapping[str, Any]) -> str:
    if plain := _words(value.get("body_text")):
        return plain
    for name in ("body_xhtml", "body_html"):
        if markup := _words(value.get(name)):
            return words_of(markup)
    bodies = value.get("bodies")
    for one in bodies if isinstance(bodies, list) else ():
        if isinstance(one, Mapping) and (body := _words(one.get("value"))):
            return body if one.get("contenttype") == "text/plain" else words_of(body)
    return ""


def _outlet(value: Mapping[str, Any]) -> str | None:
    """The first source of information that has a name, else whose copyright it is."""
    for name in ("infosources", "infosource"):
        ones = value.get(name)
        for one in ones if isinstance(ones, list) else ():
            if isinstance(one, Mapping) and (found := _words(one.get("name"))):
                return found
    return _words(value.get("copyrightholder")) or None


def _first(values: Any) -> str:
    for one in values if isinstance(values, list) else ():
        if isinstance(one, Mapping) and (found := _words(one.get("value"))):
            return found
    return ""


def _words(value: Any) -> str:
    return value if isinstance(value, str) else ""
