"""What kind of input some first bytes are of: by what a format always begins with, never by a guess at its words."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping

from contested.intake import csv, gdelt, parquet
from contested.intake.decoding import encoding_of

_JSON = ("{", "[{", "[\n", "[ ", "[\r")
_HTML = ("<!doctype html", "<html", "<head", "<body", "<!--", "<article", "<div", "<p>")
#: What may stand before the first element of an XML document.
_PROLOG = re.compile(r"(?:\s+|<\?.*?\?>|<!--.*?-->|<!doctype[^>\[]*(?:\[.*?\]\s*)?>)*", re.I | re.S)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)")
#: First element of an XML document → its kind.
_ROOTS: Mapping[str, str] = {
    "rss": "feed", "feed": "feed", "rdf": "feed", "newsmessage": "newsml", "newsitem": "newsml",
    "packageitem": "newsml", "html": "html",
}  # fmt: skip
#: In the local headers of a ZIP archive its first files' names stand unpacked.
_WORD = re.compile(rb"\[Content_Types\]\.xml|word/\w+\.xml")
_WACZ = re.compile(rb"datapackage\.json|archive/[^\0]{0,200}\.warc|indexes/[^\0]{0,100}\.cdxj?|pages/pages\.jsonl")
_MBOX = re.compile(r"From \S+.{0,60}\d{4}\r?\n[A-Z][\w-]*:", re.I)
_FIELD = re.compile(r"^([A-Za-z][\w-]{1,60}):", re.M)
#: Fields that programs write into messages, and nobody into a report.
_MAILED = frozenset("message-id received mime-version return-path delivered-to x-mailer content-type".split())


def magic(head: bytes) -> str | None:
    """The kind of what is no text: `pdf`, `parquet`, `docx`, `wacz` or `warc`; None for what begins as none."""
    if head.lstrip()[:5] == b"%PDF-":
        return "pdf"
    if head.startswith(parquet.MAGIC):
        return "parquet"
    if head.startswith(b"PK\x03\x04"):
        return "wacz" if _WACZ.search(head) else "docx" if _WORD.search(head) else None
    if head.startswith(b"\x1f\x8b"):
        try:
            head = zlib.decompressobj(31).decompress(head, 64)
        except zlib.error:
            return None
    return "warc" if head.startswith(b"WARC/") else None


def kind_of(head: bytes, columns: Mapping[str, str]) -> str:
    """The name of the kind of a text: `text` where nothing tells of another. `columns` are the caller's for CSV."""
    words = head.decode(encoding_of(head) or "utf-8", "replace").lstrip("\ufeff \t\r\n")
    start = words[:1000].lower()
    if start.startswith(_JSON):
        return "json"
    if start.startswith("<"):
        root = first_element(words)
        if root in _ROOTS:
            return _ROOTS[root]
        if start.startswith("<?xml"):
            return "xml"
        if start.startswith(_HTML):
            return "html"
    if is_mail(words):
        return "mail"
    if gdelt.is_mentions(words):
        return "mentions"
    return "csv" if csv.is_csv(words, columns) else "text"


def first_element(words: str) -> str:
    """The name of the first element of an XML or HTML document, in lower case and without its prefix; "" for none."""
    before = _PROLOG.match(words)
    found = _ROOT.match(words, before.end() if before else 0)
    return found[1].lower() if found else ""


def is_mail(words: str) -> bool:
    """Whether a text begins as a message, or as a box of messages, does."""
    if _MBOX.match(words):
        return True
    block = re.split(r"\r?\n\r?\n", words, maxsplit=1)[0]
    if not _FIELD.match(block):
        return False
    fields = {name.lower() for name in _FIELD.findall(block)}
    return bool(fields & _MAILED) and bool(fields & {"from", "subject"})
