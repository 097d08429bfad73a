"""PDF and DOCX: paragraphs again, without what is printed on every page; scans and locked files are told."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from contested.intake.pdf import text_of
from tests.intake.taken import BODY, FIRST, MARKUP, SECOND, THIRD, came

MIDDLE = (
    "The governor of the province told reporters in the capital that officials would be sent to find flats for the "
    "families who had fled, and that the well-known market in the lower town would be opened again within a week."
)
TOWNS = ("Oron", "Sund", "Karsa", "Lund", "Velden")
PARAGRAPHS = [f"In {town}: {words}" for town in TOWNS for words in (FIRST, SECOND, THIRD, MIDDLE)]


def printed(*, columns: int = 1) -> bytes:
    """A PDF as browsers and offices print it: justified, hyphenated, with a header and numbers of pages."""
    weasyprint = pytest.importorskip("weasyprint", reason="weasyprint, which makes the PDFs, is not installed")
    style = f"""@page {{ size: A5; @top-center {{ content: 'Dale Echo, 8 March 2019' }}
        @bottom-center {{ content: 'Page ' counter(page) ' of ' counter(pages) }} }}
        p {{ hyphens: auto; text-align: justify; font-family: serif }} body {{ columns: {columns} }}"""
    page = f"""<html lang="en"><head><meta charset="utf-8"><title>Army says it is in Oron</title><style>{style}</style>
        <meta name="dcterms.created" content="2019-03-08"></head><body><h1>Army says it is in Oron</h1>
        {"".join(f"<p>{words}</p>" for words in PARAGRAPHS)}</body></html>"""
    made: bytes = weasyprint.HTML(string=page).write_pdf()
    return made


def drawn(pages: list[str], **options: Any) -> bytes:
    """A PDF made by a program that draws lines; an empty page is a picture."""
    canvas = pytest.importorskip("reportlab.pdfgen.canvas", reason="reportlab, which makes the PDFs, is not installed")
    stream = io.BytesIO()
    out = canvas.Canvas(stream, pageCompression=0, **options)
    for page in pages:
        text = out.beginText(70, 750)
        for line in page.split("\n"):
            text.textLine(line)
        out.drawText(text)
        if not page:
            out.rect(100, 100, 300, 300, fill=1)
        out.showPage()
    out.save()
    return stream.getvalue()


@pytest.mark.parametrize("columns", [1, 2])
@pytest.mark.parametrize("name", ["report.pdf", "report", "report.txt"])
def test_a_printed_report_has_its_words_again(tmp_path: Path, name: str, columns: int) -> None:
    report = came(tmp_path, name, printed(columns=columns)).report
    words = " ".join(report.text.split())
    assert words == " ".join(["Army says it is in Oron", *PARAGRAPHS])
    assert report.title == "Army says it is in Oron"
    assert (report.published, report.extra["published_basis"]) == ("2019-03-08", "document")


def test_paragraphs_are_parted(tmp_path: Path) -> None:
    found = came(tmp_path, "report.pdf", printed()).report.text.split("\n\n")
    assert len(set(PARAGRAPHS) & set(found)) >= 0.75 * len(PARAGRAPHS)


def test_headers_footers_hyphens_and_ligatures() -> None:
    top, end = "Dale Echo   8 March", "Page {} of 3"
    pages = [
        f"{top}\nArmy in Oron\nThe army was in the ofﬁcial quar-\nter of Oron on Friday. No one met it.\n{end}",
        f"{top}\nA well-\nknown baker of the quarter said she had seen no sol-\ndiers there. She is well-known.\n{end}",
        f"{top}\nThe anti-\nGovernment forces have gone, a nurse in the town said on the phone.\n{end}",
    ]
    text = text_of([page.format(n) for n, page in enumerate(pages, 1)])
    assert "Dale Echo" not in text
    assert "Page" not in text
    for words in (
        "the official quarter of Oron",
        "A well-known baker",
        "no soldiers there",
        "The anti-Government forces",
    ):
        assert words in text


def test_one_page_keeps_its_edges() -> None:
    assert text_of(["Army in Oron\nThe army entered Oron on Friday."]).startswith("Army in Oron")


def test_a_pdf_of_scans_is_told(tmp_path: Path) -> None:
    assert "a PDF without text, of pictures of pages (scans)" in came(tmp_path, "scan.pdf", drawn(["", ""])).error


def test_an_encrypted_pdf_is_told(tmp_path: Path) -> None:
    locked = drawn([BODY], encrypt="password")
    assert "an encrypted PDF: save it without a password" in came(tmp_path, "locked.pdf", locked).error


def test_half_a_pdf_is_told(tmp_path: Path) -> None:
    whole = drawn([BODY] * 3)
    for size in (20, len(whole) // 2):
        taken = came(tmp_path, "half.pdf", whole[:size])
        assert taken.failed or taken.reports
        assert all("PDF" in words for words in taken.failed)
    assert "no PDF" in came(tmp_path, "page.pdf", f"<html><body>{MARKUP}</body></html>").error


def test_a_pdf_that_takes_too_long_gives_what_was_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(10_000))
    monkeypatch.setattr("contested.intake.pdf.time.monotonic", lambda: float(next(clock)))
    taken = came(tmp_path, "long.pdf", drawn([f"Page {n} of the report. {SECOND}" for n in range(40)]))
    assert "takes longer than 60 seconds" in taken.part[0]
    assert len(taken.reports) == 1


def document(**properties: Any) -> bytes:
    docx = pytest.importorskip("docx")
    out = docx.Document()
    out.add_heading("Army says it is in Oron", 0)
    out.add_paragraph(FIRST)
    table = out.add_table(rows=2, cols=2)
    for n, words in enumerate(("Town", "Dead", "Oron", "9")):
        table.cell(n // 2, n % 2).text = words
    out.add_paragraph(SECOND)
    out.sections[0].header.paragraphs[0].text = "Dale Echo"
    for name, value in {"created": datetime(2019, 3, 8, 10), **properties}.items():
        setattr(out.core_properties, name, value)
    stream = io.BytesIO()
    out.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("name", ["report.docx", "report", "report.txt"])
def test_a_document_is_a_report(tmp_path: Path, name: str) -> None:
    report = came(tmp_path, name, document()).report
    assert report.text == f"Army says it is in Oron\n\n{FIRST}\n\nTown | Dead\n\nOron | 9\n\n{SECOND}"
    assert report.title == "Army says it is in Oron"
    assert (report.published, report.extra["published_basis"]) == ("2019-03-08", "document")


def test_the_title_of_the_properties_goes_first(tmp_path: Path) -> None:
    assert came(tmp_path, "report.docx", document(title="Into Oron")).report.title == "Into Oron"


def test_documents_that_are_broken_empty_or_another_s_are_told(tmp_path: Path) -> None:
    import zipfile

    docx = pytest.importorskip("docx")
    whole = document()
    assert "broken or not whole" in came(tmp_path, "half.docx", whole[: len(whole) // 2]).error
    empty = io.BytesIO()
    docx.Document().save(empty)
    assert "a document without text" in came(tmp_path, "empty.docx", empty.getvalue()).error
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as out:
        out.writestr("[Content_Types].xml", "<Types/>")
        out.writestr("xl/workbook.xml", "<workbook/>")
    assert "none of Word (DOCX)" in came(tmp_path, "sheet.docx", other.getvalue()).error
    with zipfile.ZipFile(other, "w") as out:
        out.writestr("[Content_Types].xml", "<Types/>")
        out.writestr("word/document.xml", "<broken")
    assert "cannot be read" in came(tmp_path, "broken.docx", other.getvalue()).error
