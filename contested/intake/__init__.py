"""Where reports come from: files, folders and standard input become `Report`s, one after another.

Nothing here raises for a bad input: what cannot be taken in is yielded as an `InputError` that names file and line
(`PartlyRead` where the report itself was taken in, `PassedOver` for files of no known kind), and the rest is read.
A report says in `extra` where it was `taken_from` (`FILE` or `FILE:LINE`) and what its date rests on
(`published_basis`: `given` in the input, `metadata` of a page, its `url`, or the `option` of the caller).
"""

from __future__ import annotations

import sys
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import IO

from contested.errors import InputError
from contested.intake import (
    csv,
    docx,
    feed,
    gdelt,
    gz,
    html,
    jsonl,
    mail,
    newsml,
    parquet,
    pdf,
    sniffing,
    text,
    wacz,
    warc,
)
from contested.intake.decoding import refuse_binary
from contested.intake.folder import shown, walk
from contested.intake.given import HEAD, Given, Input, Taken
from contested.intake.meter import Meter

__all__ = ["KINDS", "SUFFIXES", "Kind", "from_path", "from_paths", "given_of", "kind_named", "meter", "read_input"]

Opened = Callable[[IO[bytes]], None]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of input: the endings of its files' names, what reads one, and whether its files are no text."""

    name: str
    suffixes: tuple[str, ...]
    read: Callable[[Input, Given], Taken]
    binary: bool = False


TEXT = Kind("text", (".txt", ".text"), text.read)
HTML = Kind("html", (".html", ".htm", ".xhtml"), html.read)
JSON = Kind("json", (".json", ".jsonl", ".ndjson"), jsonl.read)
CSV = Kind("csv", (".csv", ".tsv"), csv.read)
FEED = Kind("feed", (".rss", ".atom", ".xml"), feed.read)
NEWSML = Kind("newsml", (".newsml",), newsml.read)
MAIL = Kind("mail", (".eml", ".mbox"), mail.read)
MENTIONS = Kind("mentions", (".mentions.csv",), gdelt.read)
PDF = Kind("pdf", (".pdf",), pdf.read, binary=True)
DOCX = Kind("docx", (".docx",), docx.read, binary=True)
WARC = Kind("warc", (".warc", ".warc.gz"), warc.read, binary=True)
WACZ = Kind("wacz", (".wacz",), wacz.read, binary=True)
PARQUET = Kind("parquet", (".parquet", ".pq"), parquet.read, binary=True)
GZIP = Kind("gzip", (".jsonl.gz", ".ndjson.gz", ".json.gz", ".csv.gz", ".tsv.gz"), gz.read, binary=True)
#: The kinds of input. A new one is a file here, an entry in this list, and what it begins with in `sniffing`.
KINDS: tuple[Kind, ...] = (
    TEXT, HTML, JSON, CSV, FEED, NEWSML, MAIL, MENTIONS, PDF, DOCX, WARC, WACZ, PARQUET, GZIP,
)  # fmt: skip
_BY_NAME = {kind.name: kind for kind in KINDS}
#: The endings of the files that a folder is searched for.
SUFFIXES = tuple(suffix for kind in KINDS for suffix in kind.suffixes)
#: As what a file is read that is named as a `Kind` and begins as one of the kinds beside it: people and programs save
#: pages as .txt, and feeds, agencies' items and pages as .xml.
_REALLY = {
    TEXT: (HTML, FEED, NEWSML),
    HTML: (FEED, NEWSML),
    FEED: (NEWSML,),
    NEWSML: (FEED,),
    CSV: (MENTIONS,),
}


def from_paths(
    paths: Iterable[str | Path],
    *,
    published: str | None = None,
    outlet: str | None = None,
    title: str | None = None,
    columns: Mapping[str, str] | None = None,
    date_format: str | None = None,
    already_read: bool = False,
    opened: Opened | None = None,
) -> Taken:
    """The reports in `paths` (files, folders, `-` for standard input), in that order, and what could not be taken in.

    `published` (ISO), `outlet` and `title` go before what the reports say themselves; `columns` maps a field of the
    report to a column of a CSV file; `date_format` is a `strptime` format for the dates in the input. Of what was
    `already_read` only reports are taken that come with statements. `opened` is told
    of each file as it is opened. Raises `InputError` at once where one of these is wrong, because nothing could be read
    as it was meant.
    """
    given = given_of(published=published, outlet=outlet, title=title, columns=columns, date_format=date_format)
    given = replace(given, already_read=already_read)
    return (taken for path in paths for taken in _from_path(path, given, opened))


def given_of(
    *,
    published: str | None = None,
    outlet: str | None = None,
    title: str | None = None,
    columns: Mapping[str, str] | None = None,
    date_format: str | None = None,
) -> Given:
    """What the caller says of the reports. Raises `InputError` where it is wrong."""
    if published is not None:
        try:
            published = date.fromisoformat(published).isoformat()
        except ValueError:
            raise InputError("published", f"{published!r} is no date: write YYYY-MM-DD") from None
    unknown = set(columns or ()) - set(csv.COMMON_NAMES)
    if unknown:
        raise InputError("columns", f"a report has no {min(unknown)!r}; it has {', '.join(csv.COMMON_NAMES)}")
    return Given(published, outlet, title, dict(columns or {}), date_format)


def from_path(
    path: str | Path,
    *,
    published: str | None = None,
    outlet: str | None = None,
    title: str | None = None,
    columns: Mapping[str, str] | None = None,
    date_format: str | None = None,
) -> Taken:
    """The reports in one file or folder, or in standard input (`-`); see `from_paths`."""
    return from_paths([path], published=published, outlet=outlet, title=title, columns=columns, date_format=date_format)


def meter(paths: Iterable[str | Path]) -> Meter:
    """How much of `paths` has been taken in, where `from_paths` is given its `opened`."""
    return Meter(paths, SUFFIXES)


def _from_path(path: str | Path, given: Given, opened: Opened | None) -> Taken:
    if str(path) == "-":
        source = Input.of("-", sys.stdin.buffer)
        try:
            yield from read_input(source, None, given)
        finally:
            if source.stream is not sys.stdin.buffer:
                source.stream.detach()  # or standard input would be closed with what was put around it
        return
    path = Path(path)
    try:
        if path.is_dir():
            for entry in walk(path, SUFFIXES):
                if isinstance(entry, InputError):
                    yield entry
                else:
                    yield from _from_path(entry, given, opened)
            return
        with path.open("rb") as stream:
            if opened:
                opened(stream)
            yield from read_input(Input.of(shown(path), stream), kind_named(path.name), given)
    except FileNotFoundError:
        yield InputError(shown(path), "no such file or folder")
    except OSError as error:
        yield InputError(shown(path), f"cannot be read: {error.strerror or error}")


def kind_named(name: str) -> Kind | None:
    """The kind of a file of this name, by the longest ending of a kind that it has."""
    endings = [(len(suffix), kind) for kind in KINDS for suffix in kind.suffixes if name.lower().endswith(suffix)]
    return max(endings, key=lambda ending: ending[0])[1] if endings else None


def read_input(source: Input, kind: Kind | None, given: Given) -> Taken:
    """One input as `kind`, or as what its first bytes look like. Errors that a kind raises end this input only."""
    try:
        head = source.head()
        if len(head) < HEAD and not head.removeprefix(BOM_UTF8).strip():
            yield InputError(source.where, "empty: there is nothing to read")
            return
        kind = _really(head, kind, source.where, given)
        if given.already_read and kind not in (JSON, GZIP):
            raise InputError(source.where, jsonl.UNREAD)
        yield from kind.read(source, given)
    except InputError as error:
        yield error
    except RecursionError:
        yield InputError(source.where, "its parts stand in one another too deep to be read")


def _really(head: bytes, kind: Kind | None, where: str, given: Given) -> Kind:
    """What an input is that is named as `kind`. Raises `InputError` for what is no text and of no kind."""
    if (found := sniffing.magic(head)) is not None:
        return _BY_NAME[found]
    if kind is not None and kind.binary:
        return kind
    refuse_binary(head, where)
    if kind is not None and kind not in _REALLY:
        return kind
    begins = sniffing.kind_of(head, given.columns)
    if begins == "xml":
        begins = "html" if kind is HTML else "feed"
    looks = _BY_NAME[begins]
    return looks if kind is None or looks in _REALLY[kind] else kind
