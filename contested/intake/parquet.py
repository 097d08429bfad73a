"""Parquet: one report a row, columns as in CSV, read batch by batch whatever its size.

What other columns hold stands in `extra`, but for what is nested or binary. A report's line is its row, from 1.
"""

from __future__ import annotations

import math
from datetime import date, datetime
from typing import Any

from contested.config import MAX_DOCUMENT
from contested.errors import InputError
from contested.intake.csv import COMMON_NAMES, fields_of
from contested.intake.decoding import decode
from contested.intake.given import Given, Input, Making, Taken
from contested.intake.packed import bomb, is_bomb

MAGIC = b"PAR1"
#: Rows that are held at a time, and bytes that are read at a time of each column.
_ROWS, _BUFFER = 64, 1 << 20


def read(source: Input, given: Given) -> Taken:
    """The reports in `source`, row by row. Where it is damaged, what stands before is read."""
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise InputError(source.where, "Parquet is read with pyarrow: pip install pyarrow") from None
    stream = source.anywhere(MAX_DOCUMENT, "save it to a file: Parquet is read from its end")
    try:
        file = parquet.ParquetFile(stream, pre_buffer=False, buffer_size=_BUFFER)
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        raise InputError(source.where, f"a Parquet file that is broken or not whole: {_words(error)}") from None
    header = file.schema_arrow.names
    fields = fields_of(header, given.columns)
    has = ", ".join(repr(name[:40]) for name in header[:40])
    missing = [column for column in given.columns.values() if column not in header]
    if missing:
        raise InputError(source.where, f"no column {missing[0]!r}: the columns are {has}")
    if "text" not in fields:
        raise InputError(source.where, f"which column is the text? Say it as text=COLUMN: the columns are {has}")
    _refuse_bomb(source.where, file.metadata)
    used = set(fields.values())
    kept = {n: name for n, name in enumerate(header) if n not in used and name and name not in COMMON_NAMES}
    row = 0
    try:
        for group in range(file.num_row_groups):  # a batch of several would lose what stands before a break
            for batch in file.iter_batches(_ROWS, [group], use_threads=False):
                for at in range(batch.num_rows):
                    row += 1
                    cells = {n: batch.column(n)[at] for n in (*used, *kept)}
                    yield from _read_row(source.where, row, fields, kept, cells, given)
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        yield InputError(source.where, f"breaks off: {_words(error)}; what stands before was read", row + 1)
    else:
        if not row:
            yield InputError(source.where, "empty: there are columns and no row")


def _refuse_bomb(where: str, metadata: Any) -> None:
    """Raises `InputError` for what by its own word unpacks to far more than it is."""
    groups = [metadata.row_group(n) for n in range(metadata.num_row_groups)]
    columns = [group.column(n) for group in groups for n in range(group.num_columns)]
    if any(is_bomb(column.total_compressed_size, column.total_uncompressed_size) for column in columns):
        raise InputError(where, bomb())


def _read_row(
    where: str, row: int, fields: dict[str, int], kept: dict[int, str], cells: dict[int, Any], given: Given
) -> Taken:
    try:
        values: dict[str, Any] = {field: _text(cells[n].as_py(), where, row) for field, n in fields.items()}
        extra = {name: value for n, name in kept.items() if (value := _plain(cells[n].as_py())) is not None}
    except UnicodeDecodeError:
        yield InputError(where, "a cell is not in UTF-8, though its column says so", row)
    except InputError as error:
        yield error
    else:
        yield from Making(where, values.pop("text") or "", row, extra=extra, **values).finish(given)


def _text(value: Any, where: str, row: int) -> str | None:
    """A cell of the report as text: numbers and days are written out, bytes decoded. Raises `InputError`."""
    if isinstance(value, bytes):
        return decode(value, where, row)[0]
    plain = _plain(value)
    return None if plain is None else str(plain)


def _plain(value: Any) -> Any:
    """A cell as JSON has it; None for what is nested, binary or no number."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value if isinstance(value, str | int | float) else None


def _words(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
