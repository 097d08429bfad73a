"""NewsML-G2, the XML of news agencies (IPTC): each text item is one report, and one that is `canceled` withdraws it.

Documents with a DTD or entities are refused: the format has no use for them, and they reach for files and memory.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from contested.config import MAX_LINE
from contested.errors import InputError, PassedOver
from contested.intake.given import Given, Input, Making, Taken
from contested.intake.withdrawn import is_withdrawing, withdrawing

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

#: Elements that are paragraphs in what items hold: NITF and XHTML.
_PARAGRAPHS = ("p", "h1", "h2", "h3", "h4", "hl1", "hl2", "li", "td", "blockquote", "pre")


def read(source: Input, given: Given) -> Taken:
    """The reports in a message of items, or in one item."""
    root = _root(source.whole(MAX_LINE, "no message of news items is that large"), source.where)
    if _name(root) not in ("newsMessage", "newsItem", "packageItem"):
        raise InputError(source.where, f"XML of no kind that is read here (<{_name(root)[:40]}>)")
    passed: Counter[str] = Counter()
    found = False
    for item in _items(root):
        found = True
        if _name(item) != "newsItem":
            passed[_name(item)] += 1
            continue
        yield from _read(source, item, passed, given)
    if passed:
        told = ", ".join(f"{what} {n}" for what, n in passed.most_common(8))
        yield PassedOver(
            source.where, f"{passed.total()} items passed over, which are no texts: {told}", passed.total()
        )
    if not found:
        yield InputError(source.where, "a message without news items")


def _root(data: bytes, where: str) -> Element:
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except DefusedXmlException:
        raise InputError(where, "XML with a DTD or entities, which no news item needs: it is not read") from None
    except (ParseError, ValueError, LookupError) as error:
        raise InputError(where, f"broken XML: {error}") from None
    return root


def _items(root: Element) -> Iterator[Element]:
    if _name(root) != "newsMessage":
        yield root
        return
    for one in root:
        if _name(one) == "itemSet":
            yield from one


def _read(source: Input, item: Element, passed: Counter[str], given: Given) -> Taken:
    meta, content = _child(item, "itemMeta"), _child(item, "contentMeta")
    guid = item.get("guid") or ""
    version = item.get("version")
    status = _child(meta, "pubStatus")
    making = Making(
        source.where,
        _text(item),
        id=guid or None,
        outlet=_named(content, "infoSource") or _named(meta, "provider"),
        title=_said(content, "headline") or _said(meta, "title") or None,
        published=_said(meta, "versionCreated") or _said(meta, "firstCreated") or None,
        url=guid if guid.startswith(("http://", "https://")) else source.url,
        extra={"version": int(version) if version.isdecimal() else version} if version else {},
    )
    if status is not None and is_withdrawing(status.get("qcode") or status.get("uri", "").rpartition("/")[2]):
        yield from withdrawing(making, _said(meta, "edNote")).finish(given)
        return
    kind = _child(meta, "itemClass")
    shown = (kind.get("qcode") or "").rpartition(":")[2] if kind is not None else ""
    if shown not in ("", "text", "composite"):
        passed[shown[:40]] += 1
    elif not making.text.strip():
        yield InputError(source.where, f"{guid[:200] or 'an item'}: without a text")
    else:
        yield from making.finish(given)


def _text(item: Element) -> str:
    """The text of an item: the paragraphs of the first content that has any, else its plain words."""
    for holder in item.iter():
        if _name(holder) == "inlineData" and (words := "".join(holder.itertext()).strip()):
            return words
        if _name(holder) == "inlineXML":
            bodies = [one for name in ("body.content", "body") for one in holder.iter() if _name(one) == name]
            body = bodies[0] if bodies else holder
            parts = list(_paragraphs(body)) or [" ".join("".join(body.itertext()).split())]
            if text := "\n\n".join(filter(None, parts)):
                return text
    return ""


def _paragraphs(body: Element) -> Iterator[str]:
    """The paragraphs in `body`, each once: one in another is a part of that."""
    for one in body:
        if _name(one) in _PARAGRAPHS:
            yield " ".join("".join(one.itertext()).split())
        else:
            yield from _paragraphs(one)


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _child(element: Element | None, name: str) -> Element | None:
    return next((one for one in element if _name(one) == name), None) if element is not None else None


def _said(element: Element | None, name: str) -> str:
    child = _child(element, name)
    return " ".join("".join(child.itertext()).split()) if child is not None else ""


def _named(element: Element | None, name: str) -> str | None:
    """The name that an element of this name has: in words, or as its literal or code."""
    child = _child(element, name)
    if child is None:
        return None
    return _said(child, "name") or child.get("literal") or (child.get("qcode") or "").rpartition(":")[2] or None
