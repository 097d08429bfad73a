"""CSV: a header, then one report a row. A map says which column is which field; without one, common names are known."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from contested.config import MAX_LINE
from contested.errors import InputError
from contested.intake.decoding import as_windows_1252, encoding_of
from contested.intake.given import Given, Input, Making, Taken

#: Field of the report → what its column is called in the files that people have, the likeliest first.
COMMON_NAMES: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "article_content", "content", "body", "article_text", "full_text", "fulltext", "maintext",
             "article_body", "story", "article"),
    "title": ("title", "article_title", "headline", "heading"),
    "published": ("published", "date", "published_at", "publication_date", "publish_date", "date_published", "pub_date",
                  "pubdate", "datetime"),
    "outlet": ("outlet", "source", "publisher", "publication", "news_source", "source_name", "media", "newspaper"),
    "url": ("url", "link", "article_url", "source_url", "web_url"),
    "id": ("id", "unit_id", "article_id", "doc_id", "report_id", "uid"),
}  # fmt: skip
_DELIMITERS = (",", ";", "\t", "|")


def columns(words: str) -> dict[str, str]:
    """A column map from words like `text=article_content,published=date`. Raises `InputError` saying what is wrong."""
    found: dict[str, str] = {}
    for part in filter(None, (part.strip() for part in words.split(","))):
        field, sign, column = (piece.strip() for piece in part.partition("="))
        if not sign or not column:
            raise InputError("columns", f"{part!r} is not written as field=column")
        if field not in COMMON_NAMES:
            raise InputError("columns", f"a report has no {field!r}; it has {', '.join(COMMON_NAMES)}")
        found[field] = column
    return found


def is_csv(head: str, given: Mapping[str, str]) -> bool:
    """Whether the first line of `head` is a header of several columns, one of which is known to hold the text."""
    header = _cells(head.lstrip().partition("\n")[0])
    return len(header) > 1 and "text" in fields_of(header, given)


def read(source: Input, given: Given) -> Taken:
    """The reports in `source`, row by row whatever its size."""
    encoding = encoding_of(source.head()) or "utf-8"
    stream = io.TextIOWrapper(source.stream, encoding, errors="surrogateescape", newline="")
    try:
        yield from _read(source.where, stream, given)
    except UnicodeDecodeError as error:
        yield InputError(source.where, f"begins as {encoding} and breaks off: {error.reason}; the rest is not read")
    finally:
        stream.detach()  # closing it here would close standard input


def _read(where: str, stream: io.TextIOWrapper, given: Given) -> Taken:
    lines = iter(lambda: stream.readline(MAX_LINE), "")
    blank = 0
    for first in lines:
        if first.strip():
            break
        blank += 1
    else:
        yield InputError(where, "empty: there is nothing to read")
        return
    header = _cells(first)
    fields = fields_of(header, given.columns)
    has = ", ".join(repr(name[:40]) for name in header[:40])
    missing = [column for column in given.columns.values() if column not in header]
    if missing:
        yield InputError(where, f"no column {missing[0]!r}: the columns are {has}", blank + 1)
        return
    if "text" not in fields:
        yield InputError(where, f"which column is the text? Say it as text=COLUMN: the columns are {has}", blank + 1)
        return
    csv.field_size_limit(MAX_LINE)
    rows = csv.reader(lines, delimiter=_delimiter(first))
    found = False
    while True:
        line = blank + rows.line_num + 2
        try:
            row = next(rows)
        except StopIteration:
            break
        except csv.Error as error:
            yield InputError(where, f"broken CSV: {error}", line)
            continue
        if any(cell.strip() for cell in row):
            found = True
            yield from _read_row(where, line, header, fields, row, given)
    if not found:
        yield InputError(where, "empty: there is a header and nothing under it")


def _read_row(
    where: str, line: int, header: Sequence[str], fields: Mapping[str, int], row: Sequence[str], given: Given
) -> Taken:
    if any(cell.strip() for cell in row[len(header) :]):
        yield InputError(
            where, f"{len(row)} cells under {len(header)} columns: a quotation mark or separator is lost", line
        )
        return
    cells: list[str] = []
    for cell in row[: len(header)]:
        decoded = _decoded(cell)
        if decoded is None:
            yield InputError(where, "neither UTF-8 nor Windows-1252: save the file as UTF-8", line)
            return
        cells.append(decoded)
    cells += [""] * (len(header) - len(cells))
    values: dict[str, Any] = {field: cells[n] for field, n in fields.items()}
    used = set(fields.values())
    extra: dict[str, Any] = {
        name: cell
        for n, (name, cell) in enumerate(zip(header, cells, strict=True))
        if n not in used and name and name not in COMMON_NAMES
    }
    yield from Making(where, line=line, extra=extra, **values).finish(given)


def _decoded(cell: str) -> str | None:
    """A cell whose bytes that are no UTF-8 stand in it as half surrogates, read as Windows-1252 where plausible."""
    try:
        cell.encode()
    except UnicodeEncodeError:
        return as_windows_1252(cell.encode("utf-8", "surrogateescape"))
    return cell


def _delimiter(line: str) -> str:
    """The separator that parts a header into the most columns."""
    return max(_DELIMITERS, key=lambda sign: len(_split(line, sign)))


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in _split(line, _delimiter(line))]


def _split(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line.rstrip("\r\n")], delimiter=delimiter), [])
    except csv.Error:  # a line break in mid-cell, or a cell longer than any name: no header
        return []


def fields_of(header: Sequence[str], given: Mapping[str, str]) -> dict[str, int]:
    """Field → index of its column: as `given`, then by the common names among the columns that are left."""
    fields = {field: header.index(column) for field, column in given.items() if column in header}
    plain = [name.casefold().replace(" ", "_").replace("-", "_") for name in header]
    for field, names in COMMON_NAMES.items():
        for name in names:
            if field not in fields and name in plain and plain.index(name) not in fields.values():
                fields[field] = plain.index(name)
    return fields
