"""`xlsx`: one row a statement, an incident or an account, for Excel and its like, by openpyxl."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from contested.views.export import flat
from contested.views.export.losses import Losses
from contested.views.export.material import Material
from contested.views.words import safe

if TYPE_CHECKING:
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

#: What Excel takes: characters a cell, rows a sheet.
LONGEST = 32_767
ROWS = 1_048_576
DAYS = ("published", "start", "end", "date", "said")


def write(material: Material, path: Path, losses: Losses) -> None:
    """Write the workbook: a sheet (more, past a million rows) with a header that stays in view."""
    book = Workbook(write_only=True)
    sheet, n = None, 0
    for row in flat.rows(material, losses):
        if sheet is None or n == ROWS:
            sheet, n = _sheet(book, material.rows, list(row)), 1
        sheet.append([_cell(sheet, name, value, losses) for name, value in row.items()])
        n += 1
    if sheet is None:
        book.create_sheet(material.rows)
    book.save(path)


def _sheet(book: Workbook, rows: str, names: list[str]) -> WriteOnlyWorksheet:
    several = len(book.worksheets)
    sheet: WriteOnlyWorksheet = book.create_sheet(f"{rows} {several + 1}" if several else rows)
    sheet.freeze_panes = "A2"
    header = []
    for name in names:
        cell = WriteOnlyCell(sheet, name)
        cell.font = Font(bold=True)
        header.append(cell)
    sheet.append(header)
    return sheet


def _cell(sheet: WriteOnlyWorksheet, name: str, value: Any, losses: Losses) -> Any:
    """Days as days, words as words: one that begins like a formula is none."""
    if not isinstance(value, str):
        return value
    if name in DAYS:
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    words = safe(value)
    if len(words) > LONGEST:
        losses.drop("ends of long cells", f"a cell holds {LONGEST:,} characters", words[:40])
        words = words[:LONGEST]
    cell = WriteOnlyCell(sheet, words)
    cell.data_type = "s"
    return cell
