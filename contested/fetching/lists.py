"""Lists of addresses: one a line, sitemaps and their indexes, and GDELT's mentions."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from contested.config import MAX_DOCUMENT
from contested.errors import InputError
from contested.fetching.bodies import Unfit, unpacked
from contested.intake import gdelt
from contested.intake.decoding import decode

#: As many addresses as a sitemap may have.
MOST = 50_000
_SITEMAP = re.compile(rb"<(?:[\w.-]+:)?(urlset|sitemapindex)[\s>]")


@dataclass(frozen=True, slots=True)
class Link:
    """An address that a list or a feed names, and what it says of it: where the `stamp` is another, it has changed.

    `index` is for a sitemap that an index names: another list.
    """

    url: str
    stamp: str | None = None
    title: str | None = None
    published: str | None = None
    outlet: str | None = None
    index: bool = False


def kind_of(body: bytes) -> Literal["sitemap", "mentions", "urls"] | None:
    """What list of addresses `body` is; None where it is none."""
    head = body[:4096]
    if head.startswith((b"\x1f\x8b", b"PK\x03\x04")):
        try:
            return kind_of(_opened(body, ""))
        except InputError:
            return None
    if _SITEMAP.search(head):
        return "sitemap"
    words = head.decode("utf-8", "replace").lstrip("\ufeff")
    if gdelt.is_mentions(words):
        return "mentions"
    lines = _lines(words)
    return "urls" if lines and all(re.match(r"https?://\S+$", line, re.I) for line in lines) else None


def links(body: bytes, where: str) -> Sequence[Link]:
    """The addresses in a list, each once, in order, at most `MOST`. Raises `InputError` for what is no list."""
    body = _opened(body, where)
    kind = kind_of(body)
    if kind == "sitemap":
        return _sitemap(body, where)
    if kind == "mentions":
        return [Link(url) for url in gdelt.urls(body, where)[:MOST]]
    words, _ = decode(body, where)
    found = _lines(words)
    wrong = next((line for line in found if not re.match(r"https?://\S+$", line, re.I)), None)
    if wrong is not None or not found:
        reason = f"{wrong[:80]!r} is no address" if wrong else "has no addresses"
        raise InputError(where, f"{reason}: write one a line, or give a sitemap or a list of GDELT's mentions")
    return [Link(url) for url in dict.fromkeys(found)][:MOST]


def _lines(words: str) -> list[str]:
    lines = (line.strip() for line in words.lstrip("\ufeff").splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def _sitemap(body: bytes, where: str) -> list[Link]:
    """The addresses of a sitemap. No entity is resolved and nothing is loaded that the document names."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False)
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        raise InputError(where, f"is no sitemap: {error.msg}") from None
    found: dict[str, Link] = {}
    for entry in () if root is None else root.iter("{*}url", "{*}sitemap"):
        tag = etree.QName(entry).localname
        told = {etree.QName(part).localname: (part.text or "").strip() for part in entry if isinstance(part.tag, str)}
        news = {
            etree.QName(part).localname: (part.text or "").strip()
            for part in entry.iterdescendants("{*}publication_date")
        }
        if url := told.get("loc"):
            found.setdefault(
                url,
                Link(url, told.get("lastmod") or None, published=news.get("publication_date"), index=tag == "sitemap"),
            )
        if len(found) >= MOST:
            break
    return list(found.values())


def _opened(body: bytes, where: str) -> bytes:
    """A list out of its gzip or ZIP, as far as the bound on documents lets it. Raises `InputError`."""
    if body.startswith(b"\x1f\x8b"):
        try:
            return unpacked([body], "gzip", MAX_DOCUMENT)
        except Unfit as error:
            raise InputError(where, str(error)) from None
    if not body.startswith(b"PK\x03\x04"):
        return body
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            names = archive.namelist()
            if len(names) != 1:
                raise InputError(where, f"a ZIP archive of {len(names):,} files: a list comes alone")
            with archive.open(names[0]) as file:
                out = file.read(MAX_DOCUMENT + 1)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError) as error:
        raise InputError(where, f"a ZIP archive that cannot be opened: {error}") from None
    if len(out) > MAX_DOCUMENT:
        raise InputError(where, f"unpacks to more than {MAX_DOCUMENT // 1_000_000} MB")
    return out
