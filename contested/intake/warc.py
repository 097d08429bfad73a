"""WARC, the archive of the web: every page and document in it is read as the kind that it is.

What is not a report's own (pictures, scripts, redirects, errors, what was met unchanged) is passed over and counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from typing import IO, Any
from urllib.parse import urlsplit

from contested.config import MAX_DOCUMENT
from contested.errors import InputError, PassedOver
from contested.intake.given import Given, Input, Taken
from contested.intake.inside import read_inside
from contested.intake.packed import BROKEN, Unpacking
from contested.intake.sniffing import magic
from contested.statement import Report

#: Media type → the kind that reads it, None where the first bytes tell.
_TYPES: dict[str, str | None] = {
    "text/html": "html", "application/xhtml+xml": "html", "text/plain": "text", "application/pdf": "pdf",
    "application/rss+xml": "feed", "application/atom+xml": "feed", "application/rdf+xml": "feed",
    "application/xml": None, "text/xml": None, "message/rfc822": "mail",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.iptc.g2.newsitem+xml": "newsml", "application/vnd.iptc.g2.newsmessage+xml": "newsml",
}  # fmt: skip


#: Longest line of a header in bytes; cookies take some thousands.
_LONGEST_LINE = 100_000


class _Broken(Exception):
    """The archive ends, or cannot be read on, at this place."""


def read(source: Input, given: Given) -> Taken:
    """The reports in `source`, record by record whatever its size."""
    if magic(source.head()) != "warc":
        raise InputError(source.where, "no web archive (WARC): it does not begin as one does")
    passed: Counter[str] = Counter()
    packed = source.head(2) == b"\x1f\x8b"
    records = _records(Unpacking(source.stream, source.where) if packed else source.stream)
    found = False
    for n in count(1):
        try:
            record = next(records, None)
            if record is None:
                break
            content = _content(record, passed)
            _to_its_end(record)
        except _Broken as error:
            found = True
            yield InputError(source.where, f"breaks off at record {n}: {error}; what stands before it was read")
            break
        if content is not None:
            found = True
            yield from _read(source, record, content, passed, given)
    if passed:
        told = ", ".join(f"{what} {n:,}" for what, n in passed.most_common(8))
        yield PassedOver(source.where, f"{passed.total():,} records passed over: {told}", passed.total())
    elif not found:
        yield InputError(source.where, "a web archive (WARC) without a page in it")


def _records(stream: IO[bytes] | Unpacking) -> Iterator[Any]:
    """The records of the archive. Raises `_Broken` where it cannot be read on."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    try:
        records = ArchiveIterator(stream)
        records.INC_RECORD = ""  # what it would print on a wrong length
        records.reader.readline = _bounded(records.reader.readline)
        yield from records
    except (*BROKEN, ArchiveLoadFailed, ValueError, IndexError, KeyError, AttributeError, TypeError) as error:
        raise _Broken(" ".join(str(error).split())[:200] or type(error).__name__) from None


def _bounded(readline: Callable[..., bytes]) -> Callable[..., bytes]:
    """`readline` for lines of headers: one without an end would be put together for as long as there are bytes."""

    def line(length: int | None = None) -> bytes:
        found = readline(min(length or _LONGEST_LINE, _LONGEST_LINE))
        if len(found) == _LONGEST_LINE and not found.endswith(b"\n"):
            raise OSError("a line of a header does not end")
        return found

    return line


def _content(record: Any, passed: Counter[str]) -> bytes | None:
    """What a record holds where it is to be read, unpacked; else None, and where it was a response it is counted."""
    from warcio.bufferedreaders import ChunkedDataException
    from warcio.exceptions import ArchiveLoadFailed

    kind = record.rec_type
    if kind == "revisit":
        passed["met unchanged (revisit)"] += 1
        return None
    url = _url(record)
    if kind not in ("response", "resource") or not url.lower().startswith(("http://", "https://")):
        return None
    if kind == "response" and (status := _status(record)) != "200":
        passed[f"status {status}"] += 1
        return None
    media = _media(record)
    if media not in _TYPES or _path(url) == "/robots.txt":
        passed[media if media not in _TYPES else "robots.txt"] += 1
        return None
    try:
        data: bytes = record.content_stream().read(MAX_DOCUMENT + 1)
    except OSError as error:
        raise _Broken(" ".join(str(error).split())[:200] or type(error).__name__) from None
    except (*BROKEN, ChunkedDataException, ArchiveLoadFailed, ValueError):  # of this answer, not of the archive
        passed["broken on the way"] += 1
        return None
    if len(data) > MAX_DOCUMENT:
        passed[f"larger than {MAX_DOCUMENT // 1_000_000} MB"] += 1
        return None
    return data


def _to_its_end(record: Any) -> None:
    """Read what is left of a record. Raises `_Broken` where it is not whole: half a page is no report."""
    try:
        while record.raw_stream.read(1 << 16):
            pass
    except BROKEN as error:
        raise _Broken(" ".join(str(error).split())[:200] or type(error).__name__) from None
    if getattr(record.raw_stream, "limit", 0) > 0:
        raise _Broken("it is not whole")


def _read(source: Input, record: Any, content: bytes, passed: Counter[str], given: Given) -> Taken:
    url, captured = _url(record), record.rec_headers.get_header("WARC-Date")
    kind, charset = _TYPES[_media(record)], _charset(record)
    for taken in read_inside(source, url, content, given, kind=kind, url=url, charset=charset):
        if isinstance(taken, Report) and captured:
            taken = replace(taken, extra={**taken.extra, "captured": captured})
        yield taken


def _url(record: Any) -> str:
    return (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> ")  # older archives write <address>


def _status(record: Any) -> str:
    return (record.http_headers.get_statuscode() if record.http_headers else "") or "unknown"


def _said(record: Any) -> str:
    headers = record.http_headers if record.rec_type == "response" else record.rec_headers
    return (headers.get_header("Content-Type") or "") if headers else ""


def _media(record: Any) -> str:
    return _said(record).partition(";")[0].strip().lower()[:80] or "no media type"


def _charset(record: Any) -> str | None:
    for part in _said(record).split(";")[1:]:
        name, _, value = part.partition("=")
        if name.strip().lower() == "charset":
            return value.strip(" \"'") or None
    return None


def _path(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:  # half an IPv6 address
        return ""
