"""DOCX: one file is one report: its paragraphs and the rows of its tables, in their order."""

from __future__ import annotations

import io
from typing import IO, Any

from contested.config import MAX_DOCUMENT
from contested.errors import InputError
from contested.intake.given import Given, Input, Making, Taken
from contested.intake.packed import opened_zip
from contested.intake.text import headline

#: The file that holds the words.
_WORDS = "word/document.xml"


def read(source: Input, given: Given) -> Taken:
    """The one report in `source`."""
    stream = io.BytesIO(source.whole(MAX_DOCUMENT, "no report is that large"))
    with opened_zip(stream, source.where) as archive:
        if _WORDS not in archive.namelist():
            raise InputError(
                source.where,
                "a ZIP archive or an office document, but none of Word (DOCX): unpack it, or save it as text",
            )
        if archive.getinfo(_WORDS).file_size > MAX_DOCUMENT:
            raise InputError(
                source.where, f"larger than {MAX_DOCUMENT // 1_000_000} MB unpacked: no report is that large"
            )
    stream.seek(0)
    parts, about = _document(stream, source.where)
    text = "\n\n".join(parts)
    if not text.strip():
        yield InputError(source.where, "a document without text")
        return
    made = about["made"]
    yield from Making(
        source.where,
        text,
        title=about["title"] or headline(text),
        published=made and made.date().isoformat(),
        basis="document",
        url=source.url,
    ).finish(given)


def _document(stream: IO[bytes], where: str) -> tuple[list[str], dict[str, Any]]:
    """The parts of the text, and its `title` and the moment it was `made`."""
    import docx
    from docx.table import Table

    try:
        document = docx.Document(stream)
        about = {"title": document.core_properties.title, "made": document.core_properties.created}
        parts: list[str] = []
        for block in document.iter_inner_content():
            if isinstance(block, Table):
                parts += filter(None, (_row(row) for row in block.rows))
            elif block.text.strip():
                parts.append(block.text.strip())
                style = (block.style.name or "") if block.style else ""
                if not about["title"] and style in ("Title", "Heading 1"):
                    about["title"] = block.text
    except Exception as error:  # broken XML, parts that are missing, properties that are no dates
        raise InputError(
            where, f"a Word document (DOCX) that cannot be read: {type(error).__name__}: {error}"
        ) from None
    return parts, about


def _row(row: Any) -> str:
    """A row of a table as one line; a cell that spans several columns counts once."""
    cells = list({id(cell._tc): " ".join(cell.text.split()) for cell in row.cells}.values())
    return " | ".join(filter(None, cells))
