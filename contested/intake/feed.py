"""RSS and Atom feeds: each entry that carries its text is one report."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from contested.config import MAX_LINE
from contested.errors import InputError, PartlyRead
from contested.intake.dates import read_day
from contested.intake.decoding import encoding_of
from contested.intake.given import Given, Input, Making, Taken
from contested.intake.html import words_of
from contested.intake.sniffing import first_element

#: A `guid` that is unique beyond its feed: an address, or a name of the kinds made to be unique.
_UNIQUE = re.compile(r"(?:https?|ftp)://|urn:|tag:", re.I)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed. `text` is None where it carries none; `whole` is False where all it has is a summary.

    `published` is as the feed writes it, or ISO where only its parser understood that; `basis` is `given`, or `updated`
    where the feed tells only when the entry was last changed.
    """

    id: str | None
    url: str | None
    title: str | None
    outlet: str | None
    published: str | None
    basis: str
    text: str | None
    whole: bool


def read(source: Input, given: Given) -> Taken:
    """The reports in `source`, in its order."""
    data = source.whole(MAX_LINE, "no feed of current reports is that large")
    found = 0
    for entry in _entries(data, source.where, source.url):
        if isinstance(entry, InputError):
            yield entry
            continue
        found += 1
        if entry.text is None:
            about = entry.url or entry.title or f"entry {found}"
            yield InputError(source.where, f"{about[:200]}: the feed has no text of it, only that it is there")
            continue
        if not entry.whole:
            about = entry.url or entry.title or f"entry {found}"
            yield PartlyRead(source.where, f"{about[:200]}: the feed has only a summary of it")
        yield from Making(
            source.where,
            entry.text,
            id=entry.id,
            outlet=entry.outlet,
            title=entry.title,
            published=entry.published,
            basis=entry.basis,
            url=entry.url,
            extra={} if entry.whole else {"summary_only": True},
        ).finish(given)


def entries(data: bytes, where: str = "-", url: str | None = None) -> list[Entry]:
    """The entries of a feed, with or without a text, in its order; addresses are reckoned from the feed's own `url`.

    Raises `InputError` where `data` is no feed, or a feed without entries. One that breaks off gives what it has.
    """
    return [entry for entry in _entries(data, where, url) if isinstance(entry, Entry)]


def _entries(data: bytes, where: str, url: str | None) -> Iterator[Entry | PartlyRead]:
    import feedparser

    head = data[:4096].decode(encoding_of(data) or "utf-8", "replace").lstrip("\ufeff \t\r\n")
    root = first_element(head)
    if root not in ("rss", "feed", "rdf"):
        if root in ("html", "head", "body", "div", "p"):
            raise InputError(where, "a page (HTML), not a feed: save the feed itself, or the page as .html")
        what = f"XML of no kind that is read here (<{root[:40]}>)" if root else "no feed: it does not begin as XML does"
        raise InputError(where, what)
    headers = {"content-location": url} if url else {}
    try:
        parsed = feedparser.parse(io.BytesIO(data), response_headers=headers)
    except Exception as error:  # its parsers raise anything on broken markup
        raise InputError(where, f"a feed that cannot be read: {type(error).__name__}: {error}") from None
    if not parsed.entries:
        broken = _broken(parsed)
        raise InputError(where, f"a feed that cannot be read: {broken}" if broken else "a feed without entries")
    if broken := _broken(parsed):
        yield PartlyRead(where, f"broken XML: {broken}; entries are read as far as they can be told apart")
    for entry in parsed.entries:
        yield _entry(entry, parsed.feed)


def _broken(parsed: Any) -> str | None:
    """Why the feed is no right XML, or None; that its encoding was told wrongly or by a header only is none of it."""
    import xml.sax

    error = parsed.get("bozo_exception")
    if isinstance(error, xml.sax.SAXParseException):
        return f"{error.getMessage()} (line {error.getLineNumber()})"
    return None


def _entry(entry: Any, feed: Any) -> Entry:
    contents = [one for one in entry.get("content", ()) if one.get("value", "").strip()]
    whole = bool(contents)
    if contents:
        best = max(contents, key=lambda one: len(one["value"]))
    else:
        best = entry.get("summary_detail") or {"value": entry.get("summary", ""), "type": "text/html"}
    value = best.get("value") or ""
    text = value.strip() if best.get("type") == "text/plain" else words_of(value)
    published, basis = _published(entry)
    url = entry.get("link") or None
    return Entry(
        id=_id(entry.get("id"), url or feed.get("link")),
        url=url,
        title=_plain(entry.get("title")),
        outlet=_plain((entry.get("source") or {}).get("title")) or _plain(feed.get("title")),
        published=published,
        basis=basis,
        text=text or None,
        whole=whole,
    )


def _published(entry: Any) -> tuple[str | None, str]:
    for name, basis in (("published", "given"), ("updated", "updated")):
        if not dict.get(entry, name):  # the parser's own `get` answers with one for the other
            continue
        words = str(entry[name])
        moment = dict.get(entry, f"{name}_parsed")
        try:
            read_day(words)
        except ValueError:
            if moment and moment.tm_year > 1:
                return f"{moment.tm_year:04}-{moment.tm_mon:02}-{moment.tm_mday:02}", basis
        return words, basis
    return None, "given"


def _id(guid: str | None, url: str | None) -> str | None:
    """A `guid` that is unique only in its feed ("4711") is named with its site; without one it is none."""
    if not guid or _UNIQUE.match(guid):
        return guid or None
    host = _host(url)
    return f"{host}/{guid}" if host else None


def _host(url: str | None) -> str:
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:  # half an IPv6 address
        return ""


def _plain(words: str | None) -> str | None:
    return " ".join(words_of(words).split()) or None if words else None
