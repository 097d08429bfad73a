"""`csv`: one row a statement, an incident or an account (UTF-8, header, RFC 4180 quoting)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from contested.views import jsonl
from contested.views.export import flat
from contested.views.export.losses import Losses
from contested.views.export.material import Material

#: A spreadsheet takes a cell that begins so for a formula, and reports are hostile input.
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def pieces(material: Material, losses: Losses) -> Iterator[bytes]:
    """The header, then a row each."""
    out = io.StringIO()
    writer: Any = None
    for row in flat.rows(material, losses):
        if writer is None:
            writer = csv.DictWriter(out, list(row), lineterminator="\r\n")
            writer.writeheader()
        writer.writerow({name: cell(value, losses) for name, value in row.items()})
        yield jsonl.encoded(out.getvalue())
        out.seek(0)
        out.truncate()


def cell(value: object, losses: Losses) -> object:
    """Words that a spreadsheet would run get an apostrophe before them, as people write such words there by hand."""
    if isinstance(value, str) and value.startswith(FORMULAS):
        losses.drop("cells as they are", "words that begin like a formula got an apostrophe before them", value[:40])
        return f"'{value}"
    return value
