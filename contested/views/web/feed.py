"""An Atom feed (RFC 4287) out of a few plain values."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as xml

from contested.views.words import safe

ATOM = "http://www.w3.org/2005/Atom"
#: Ids of feeds and entries are made of their names under this one, so that they stay whatever address serves them.
SPACE = uuid.uuid5(uuid.NAMESPACE_OID, "contested")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: `name` tells it from all others for ever, `updated` is an ISO moment; `said` is who says what."""

    name: str
    title: str
    address: str
    updated: str
    category: str
    said: Sequence[tuple[str, str]]


def atom(name: str, title: str, address: str, own: str, entries: Sequence[Entry]) -> bytes:
    """The feed as XML: `address` is the page it is of, `own` its own; entries in the order given."""
    feed = xml.Element(f"{{{ATOM}}}feed")
    _text(feed, "id", identity(name))
    _text(feed, "title", title)
    _text(feed, "updated", max((entry.updated for entry in entries), default="1970-01-01T00:00:00Z"))
    _text(xml.SubElement(feed, f"{{{ATOM}}}author"), "name", "contested")
    _link(feed, "self", own, "application/atom+xml")
    _link(feed, "alternate", address, "text/html")
    for one in entries:
        entry = xml.SubElement(feed, f"{{{ATOM}}}entry")
        _text(entry, "id", identity(one.name))
        _text(entry, "title", one.title)
        _text(entry, "updated", one.updated)
        _link(entry, "alternate", one.address, "text/html")
        xml.SubElement(entry, f"{{{ATOM}}}category", {"term": _clean(one.category)})
        _text(entry, "content", "\n\n".join(f"{who}: “{quote}”" for who, quote in one.said))
    xml.register_namespace("", ATOM)
    told: bytes = xml.tostring(feed, encoding="utf-8", xml_declaration=True)
    return told


def identity(name: str) -> str:
    """A URI that is the same wherever and whenever it is made."""
    return uuid.uuid5(SPACE, ascii(name)).urn


def _text(within: xml.Element, tag: str, words: str) -> None:
    made = xml.SubElement(within, f"{{{ATOM}}}{tag}")
    made.text = _clean(words)


def _clean(words: str) -> str:
    """`words` without what XML cannot hold."""
    return safe(words).translate({0xFFFE: 0xFFFD, 0xFFFF: 0xFFFD})


def _link(within: xml.Element, rel: str, address: str, kind: str) -> None:
    xml.SubElement(within, f"{{{ATOM}}}link", {"rel": rel, "href": address, "type": kind})
