"""ReliefWeb's JSON (`data[].fields`), as its API answers: an item with a body is one report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contested.errors import InputError
from contested.intake.given import Given, Making, Taken
from contested.intake.html import words_of


def is_answer(value: Mapping[str, Any]) -> bool:
    """Whether a JSON object is an answer of the API: items under `data`, each with `fields`."""
    data = value.get("data")
    return isinstance(data, list) and bool(data) and isinstance(data[0], Mapping) and "fields" in data[0]


def read(where: str, line: int, value: Mapping[str, Any], given: Given) -> Taken:
    """The reports of an answer, in its order."""
    for n, item in enumerate(value["data"], 1):
        fields = item.get("fields") if isinstance(item, Mapping) else None
        if not isinstance(fields, Mapping):
            yield InputError(where, f"item {n} of `data` has no `fields`", line)
            continue
        yield from _read(where, line, n, item, fields, given)


def _read(where: str, line: int, n: int, item: Mapping[str, Any], fields: Mapping[str, Any], given: Given) -> Taken:
    body = _words(fields.get("body"))
    if markup := _words(fields.get("body-html")):
        body = words_of(markup)
    number = fields.get("id", item.get("id"))
    if not body.strip():
        about = _words(fields.get("title"))[:200] or f"item {n}"
        yield InputError(where, f"{about}: no body; ask for it with fields[include][]=body", line)
        return
    dates = fields.get("date")
    dates = dates if isinstance(dates, Mapping) else {}
    extra: dict[str, Any] = {
        name: [_name(one) for one in _list(fields.get(name)) if _name(one)]
        for name in ("country", "disaster") if _list(fields.get(name))
    }  # fmt: skip
    if origin := _words(fields.get("origin")):
        extra["origin"] = origin
    yield from Making(
        where,
        body,
        line,
        id=f"reliefweb/{number}" if isinstance(number, str | int) and str(number) else None,
        outlet=next(filter(None, (_name(one) for one in _list(fields.get("source")))), None),
        title=_words(fields.get("title")) or None,
        published=_words(dates.get("original")) or _words(dates.get("created")) or None,
        url=_words(fields.get("url_alias")) or _words(fields.get("url")) or _words(item.get("href")) or None,
        extra=extra,
    ).finish(given)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if isinstance(value, Mapping) else []


def _name(value: Any) -> str:
    """The short name of a source, a country or a disaster, else its name."""
    if not isinstance(value, Mapping):
        return ""
    return _words(value.get("shortname")) or _words(value.get("name"))


def _words(value: Any) -> str:
    return value if isinstance(value, str) else ""
