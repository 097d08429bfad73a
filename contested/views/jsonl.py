"""Reports as JSON: the codebook's file format, one object a line or one document."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from contested.statement import Report


def encoded(text: str) -> bytes:
    r"""UTF-8. A lone surrogate (half a character, from a damaged file) is written as JSON's own escape, `\ud83d`."""
    return text.encode("utf-8", "backslashreplace")


def line(value: Any) -> str:
    """`value` as one line of JSON, the line end included."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False) + "\n"


def lines(reports: Iterable[Report]) -> Iterator[str]:
    """One line a report, in the order given."""
    for report in reports:
        yield line(report.to_json())


def pieces(reports: Iterable[Report]) -> Iterator[bytes]:
    """`lines`, ready to be written."""
    return map(encoded, lines(reports))


def document(reports: Iterable[Report]) -> Iterator[str]:
    """One JSON document in pieces: the object where there is one report, else an array of them.

    Holds no more than one report at a time.
    """
    several, held = False, None
    for report in reports:
        if held is not None:
            yield ("" if several else "[\n") + _indented(held) + ",\n"
            several = True
        held = report
    if held is None:
        yield "[]\n"
    else:
        yield _indented(held) + ("\n]\n" if several else "\n")


def _indented(report: Report) -> str:
    return json.dumps(report.to_json(), ensure_ascii=False, allow_nan=False, indent=2)
