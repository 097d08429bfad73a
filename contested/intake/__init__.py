"""Where reports come from: files, folders and standard input become `Report`s, one after another.

Nothing here raises for a bad input: what cannot be taken in is yielded as an `InputError` that names file and line
(`PartlyRead` where the report itself was taken in, `PassedOver` for files of no known kind), and the rest is read.
A report says in `extra` where it was `taken_from` (`FILE` or `FILE:LINE`) and what its date rests on
(`published_basis`: `given` in the input, `metadata` of a page, its `url`, or the `option` of the caller).
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from contested.errors import InputError
from contested.intake import csv, html, jsonl, text
from contested.intake.decoding import encoding_of, refuse_binary
from contested.intake.folder import shown, walk
from contested.intake.given import Given, Input, Taken

__all__ = ["KINDS", "Kind", "from_path", "from_paths"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of input: the endings of its files' names, and what reads one."""

    name: str
    suffixes: tuple[str, ...]
    read: Callable[[Input, Given], Taken]


TEXT = Kind("text", (".txt", ".text"), text.read)
HTML = Kind("html", (".html", ".htm", ".xhtml"), html.read)
JSON = Kind("json", (".json", ".jsonl", ".ndjson"), jsonl.read)
CSV = Kind("csv", (".csv", ".tsv"), csv.read)
#: The kinds of input. A new one is a file here and an entry in this list.
KINDS: tuple[Kind, ...] = (TEXT, HTML, JSON, CSV)
_BY_SUFFIX = {suffix: kind for kind in KINDS for suffix in kind.suffixes}


def from_paths(
    paths: Iterable[str | Path],
    *,
    published: str | None = None,
    outlet: str | None = None,
    title: str | None = None,
    columns: Mapping[str, str] | None = None,
    date_format: str | None = None,
) -> Taken:
    """The reports in `paths` (files, folders, `-` for standard input), in that order, and what could not be taken in.

    `published` (ISO), `outlet` and `title` go before what the reports say themselves; `columns` maps a field of the
    report to a column of a CSV file; `date_format` is a `strptime` format for the dates in the input. Raises
    `InputError` at once where one of these is wrong, because nothing could be read as it was meant.
    """
    if published is not None:
        try:
            published = date.fromisoformat(published).isoformat()
        except ValueError:
            raise InputError("published", f"{published!r} is no date: write YYYY-MM-DD") from None
    unknown = set(columns or ()) - set(csv.COMMON_NAMES)
    if unknown:
        raise InputError("columns", f"a report has no {min(unknown)!r}; it has {', '.join(csv.COMMON_NAMES)}")
    given = Given(published, outlet, title, dict(columns or {}), date_format)
    return (taken for path in paths for taken in _from_path(path, given))


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


def _from_path(path: str | Path, given: Given) -> Taken:
    if str(path) == "-":
        source = Input.of("-", sys.stdin.buffer)
        try:
            yield from _from_input(source, None, given)
        finally:
            if source.stream is not sys.stdin.buffer:
                source.stream.detach()  # or standard input would be closed with what was put around it
        return
    path = Path(path)
    try:
        if path.is_dir():
            for entry in walk(path, tuple(_BY_SUFFIX)):
                if isinstance(entry, InputError):
                    yield entry
                else:
                    yield from _from_path(entry, given)
            return
        with path.open("rb") as stream:
            yield from _from_input(Input.of(shown(path), stream), _BY_SUFFIX.get(path.suffix.lower()), given)
    except FileNotFoundError:
        yield InputError(shown(path), "no such file or folder")
    except OSError as error:
        yield InputError(shown(path), f"cannot be read: {error.strerror or error}")


def _from_input(source: Input, kind: Kind | None, given: Given) -> Taken:
    """One input as `kind`, or as what its first bytes look like. Errors that a kind raises end this input only."""
    try:
        head = source.head()
        if not head:
            yield InputError(source.where, "empty: there is nothing to read")
            return
        refuse_binary(head, source.where)
        if kind is None or (kind is TEXT and _kind_of(head, given) is HTML):  # pages are often saved as .txt
            kind = _kind_of(head, given)
        yield from kind.read(source, given)
    except InputError as error:
        yield error


def _kind_of(head: bytes, given: Given) -> Kind:
    """The kind of an input that has no telling name, from its first bytes."""
    words = head.decode(encoding_of(head) or "utf-8", "replace").lstrip("\ufeff \t\r\n")
    start = words[:1000].lower()
    if start.startswith(("{", "[{", "[\n", "[ ", "[\r")):
        return JSON
    if start.startswith(("<!doctype html", "<html", "<?xml", "<head", "<body", "<!--", "<article", "<div", "<p>")):
        return HTML
    return CSV if csv.is_csv(words, given.columns) else TEXT
