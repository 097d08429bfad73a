"""JSON in the codebook's file format: one object a line (JSON Lines), one object, or an array of objects.

Everything but `text` is optional. What is wrong in an object is left out and named; only an object without a text is
no report. JSON Lines are read line by line whatever the size of the file. Objects of ninjs and answers of ReliefWeb are
known by their fields, one or many.
"""

from __future__ import annotations

import codecs
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any, NoReturn

from contested import schema
from contested.config import MAX_DOCUMENT, MAX_LINE
from contested.errors import InputError, PartlyRead
from contested.intake.decoding import decode, encoding_of
from contested.intake.given import Given, Input, Making, Taken, cleaned
from contested.statement import Report, Statement

UNREAD = "no `statements`: it was not read yet; `contested add` reads it"
_FIELDS = ("id", "outlet", "title", "published", "url")
#: So many lines may be broken at the top before a file counts as one JSON document instead of JSON Lines.
_LOOK_AHEAD = 5

#: A line's number from 1 and its bytes, None where it is longer than `MAX_LINE`.
Line = tuple[int, bytes | None]


def read(source: Input, given: Given) -> Taken:
    """The reports in `source`, in its order."""
    if encoding_of(source.head()) not in (None, "utf-8-sig"):  # a line of UTF-16 does not end in one byte
        text, _ = decode(source.whole(MAX_DOCUMENT, "save it as UTF-8"), source.where)
        source = Input.of(source.where, io.BytesIO(text.encode("utf-8", "surrogatepass")))
    head = _bare(source.head())
    if head.startswith(b"["):
        yield from _read_document(source, b"", given)
        return
    lines = _lines(source.stream)
    ahead = list(_until(lines, _LOOK_AHEAD))
    told = [line for _, line in ahead if line is None or _bare(line)]
    if not told:
        yield InputError(source.where, "empty: there is nothing to read")
    elif any(line is None or _is_object(line) for line in told):
        yield from _read_lines(source.where, chain(ahead, lines), given)
    elif head.startswith(b"{"):
        yield from _read_document(source, b"".join(line or b"" for _, line in ahead), given)
    else:
        yield InputError(source.where, "not JSON: a report is an object with a `text`, one object a line")


def _lines(stream: io.BufferedReader) -> Iterator[Line]:
    n = 0
    while line := stream.readline(MAX_LINE):
        n += 1
        if len(line) < MAX_LINE or line.endswith(b"\n"):
            yield n, line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(MAX_LINE)
        yield n, None


def _until(lines: Iterator[Line], n: int) -> Iterator[Line]:
    """Lines up to the `n`th that is not blank."""
    for number, line in lines:
        yield number, line
        n -= line is None or bool(line.strip())
        if n == 0:
            return


def _bare(line: bytes) -> bytes:
    return line.removeprefix(codecs.BOM_UTF8).lstrip()


def _is_object(line: bytes) -> bool:
    """Whether a line is a whole JSON object, not indented as in a document over several lines."""
    try:
        return line.removeprefix(codecs.BOM_UTF8).startswith(b"{") and isinstance(json.loads(_bare(line)), dict)
    except (ValueError, RecursionError):
        return False


def _read_lines(where: str, lines: Iterable[Line], given: Given) -> Taken:
    for n, line in lines:
        if line is None:
            yield InputError(where, f"a line of more than {MAX_LINE // 1_000_000} MB is no report", n)
            continue
        if not line.strip():
            continue
        try:
            text, _ = decode(line, where, n)
            value = json.loads(text.rstrip(), parse_constant=_no_constant)
        except InputError as error:
            yield error
        except (ValueError, RecursionError) as error:
            yield InputError(where, _broken(error), n)
        else:
            yield from _read_object(where, n, value, given)


def _read_document(source: Input, seen: bytes, given: Given) -> Taken:
    data = seen + source.whole(MAX_DOCUMENT, "write it as JSON Lines, one report a line, which are read one by one")
    text, _ = decode(data, source.where)
    found = False
    try:
        for line, value in _values(text):
            found = True
            yield from _read_object(source.where, line, value, given)
    except json.JSONDecodeError as error:
        yield InputError(source.where, f"{_broken(error)}; nothing is read from here on", error.lineno)
    except (ValueError, RecursionError) as error:
        yield InputError(source.where, _broken(error))
    else:
        if not found:
            yield InputError(source.where, "empty: an array without reports")


def _values(text: str) -> Iterator[tuple[int, Any]]:
    """The values in `text` with their lines: the elements of an array, or values one after another.

    Raises `json.JSONDecodeError` where the text stops being JSON, after what stands before that place.
    """
    decoder = json.JSONDecoder(parse_constant=_no_constant)
    at, line, counted, inside = 0, 1, 0, False
    while True:
        while at < len(text) and (text[at] in " \t\r\n" or (inside and text[at] == ",")):
            at += 1
        if at == len(text):
            break
        if text[at] == ("]" if inside else "["):
            inside, at = not inside, at + 1
            continue
        value, end = decoder.raw_decode(text, at)
        line, counted = line + text.count("\n", counted, at), at
        yield line, value
        at = end
    if inside:
        raise json.JSONDecodeError("The array is not closed", text, at)


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def _broken(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"broken JSON: {error.msg} (column {error.colno})"
    return "broken JSON: nested too deep" if isinstance(error, RecursionError) else f"broken JSON: {error}"


def _read_object(where: str, line: int, value: Any, given: Given) -> Taken:
    """The report that one JSON value is, after what had to be left out of it."""
    properties = schema.report()["properties"]
    if not isinstance(value, dict):
        slip = next(schema.slips(value, {"type": "object"}, "this"))
        yield InputError(where, f"{slip} with a `text`", line)
        return
    if "text" not in value and not given.already_read and (other := _other(value)):
        yield from other.read(where, line, value, given)
        return
    if "text" not in value:
        has = ", ".join(f"`{name[:40]}`" for name in list(value)[:12]) or "nothing"
        yield InputError(where, f"no `text` in this object; it has {has}", line)
        return
    wrong = next(schema.slips(value["text"], properties["text"], "`text`"), None)
    if wrong:
        yield InputError(where, wrong, line)
        return
    if given.already_read and "statements" not in value:
        yield InputError(where, UNREAD, line)
        return
    kept: dict[str, Any] = {}
    for name in _FIELDS:
        rule = {"type": properties[name]["type"]}  # what a `published` says is for the reading of dates to judge
        wrong = next(schema.slips(value.get(name), rule, f"`{name}`"), None)
        if wrong:
            yield PartlyRead(where, f"{wrong}; left out", line)
        elif value.get(name) is not None:
            kept[name] = str(value[name])
    extra = {name: item for name, item in value.items() if name not in properties}
    basis = extra.get("published_basis")
    making = Making(where, value["text"], line, extra=extra, **kept)
    if isinstance(basis, str):
        making.basis = basis
    for taken in making.finish(given):
        if isinstance(taken, Report):
            yield from _with_statements(where, line, taken, cleaned(value.get("statements")))
        else:
            yield taken


def _other(value: Mapping[str, Any]) -> Any:
    """The module that reads an object of another format, or None."""
    from contested.intake import ninjs, reliefweb

    return ninjs if ninjs.is_ninjs(value) else reliefweb if reliefweb.is_answer(value) else None


def _with_statements(where: str, line: int, report: Report, given: Any) -> Taken:
    """`report` with the statements that came with it, after what had to be left out of them."""
    if given is not None and not isinstance(given, list):
        slip = next(schema.slips(given, {"type": ["array", "null"]}, "`statements`"))
        yield PartlyRead(where, f"{slip}; left out", line)
        given = None
    good: list[Statement] = []
    slips: list[str] = []
    for n, one in enumerate(given or ()):
        wrong = next(_statement_slips(report, one, n), None)
        if wrong:
            slips.append(wrong)
        else:
            good.append(Statement.from_json(one, report.text))
    if slips:
        yield PartlyRead(where, f"{len(slips)} of {len(given)} statements left out; the first: {slips[0]}", line)
    yield report.with_statements(good)


def _statement_slips(report: Report, given: Mapping[str, Any], n: int) -> Iterator[str]:
    at = f"statements[{n}]"
    found = False
    for slip in schema.slips(given, schema.statement(), at):
        found = True
        yield slip
    if not found:
        yield from schema.misplaced(report.text, Statement.from_json(given, report.text), at)
