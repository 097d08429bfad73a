"""PDF: one file is one report. Its lines become paragraphs again, without what is printed on every page.

A PDF knows lines and where they are drawn, not paragraphs: a line that ends a sentence and is clearly shorter than
the lines around it ends one.
"""

from __future__ import annotations

import io
import logging
import re
import time
from collections import Counter
from itertools import takewhile
from typing import Any

from contested.config import MAX_DOCUMENT, MAX_SECONDS, MAX_TEXT
from contested.errors import InputError, PartlyRead
from contested.intake.given import Given, Input, Making, Taken

_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\xad\n": "", "\xad": ""}
_LIGATURE = re.compile("|".join(_LIGATURES))
#: Headers and footers stand within so many lines of a page's top or end, and on at least this part of the pages.
_EDGE = 3
_ON_PAGES = 0.5
#: A line of less than this part of the usual width may end a paragraph.
_SHORT = 0.9
_ENDS = re.compile(r"[.!?:;]['\"”’)\]]*$")
_HYPHEN = re.compile(r"([a-z]{2,})[-‐]$")
_NO_TITLE = re.compile(r"^(?:untitled|microsoft word\b.*|.*\.(?:docx?|pdf|indd|qxd|rtf|odt)|\W*|\(anonymous\))$", re.I)
#: Fewer letters on a page than this are no page of a report.
_FEWEST_LETTERS = 20


def read(source: Input, given: Given) -> Taken:
    """The one report in `source`."""
    if b"%PDF-" not in source.head(1024):
        raise InputError(source.where, "no PDF: it does not begin as one does")
    pages, about, missed = _pages(source.whole(MAX_DOCUMENT, "no report is that large"), source.where)
    if sum(c.isalpha() for page in pages for c in page) < _FEWEST_LETTERS:
        scans = "a PDF without text, of pictures of pages (scans) or of nothing: have its text recognised (OCR) first"
        yield InputError(source.where, f"a PDF without text: {missed}" if missed else scans)
        return
    if missed:
        yield PartlyRead(source.where, missed)
    title = " ".join(str(about.get("title") or "").split())
    yield from Making(
        source.where,
        text_of(pages),
        title=None if _NO_TITLE.match(title) else title,
        published=about.get("made"),
        basis="document",
        url=source.url,
    ).finish(given)


def _pages(data: bytes, where: str) -> tuple[list[str], dict[str, Any], str | None]:
    """The text of each page, the `title` and the day the file was `made`, and what could not be read, in words."""
    import pypdf
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").addHandler(logging.NullHandler())  # what is broken is told by us, once
    logging.getLogger("pypdf").propagate = False
    end = time.monotonic() + MAX_SECONDS

    def in_time(*_: Any) -> None:
        if time.monotonic() > end:
            raise _TooLong

    pages: list[str] = []
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputError(where, "an encrypted PDF: save it without a password")
        made = reader.metadata and reader.metadata.creation_date
        about = {"title": reader.metadata and reader.metadata.title, "made": made and made.date().isoformat()}
        total = len(reader.pages)
    except InputError:
        raise
    except (ImportError, NotImplementedError):  # AES wants a library that is not asked for
        raise InputError(where, "an encrypted PDF: save it without a password") from None
    except Exception as error:  # broken files raise anything
        reason = " ".join(str(error).split())[:200] if isinstance(error, PyPdfError) else type(error).__name__
        raise InputError(where, f"a PDF that cannot be read, broken or not whole: {reason}") from None
    bad, size = 0, 0
    for n in range(total):
        try:
            in_time()
            pages.append(reader.pages[n].extract_text(visitor_operand_before=in_time))
        except _TooLong:
            return pages, about, f"takes longer than {MAX_SECONDS:.0f} seconds: {n} of {total} pages were read"
        except Exception:  # one broken page
            bad += 1
        size += len(pages[-1]) if pages else 0
        if size > MAX_TEXT:
            break
    return pages, about, f"{bad} of {total} pages are broken and left out" if bad else None


class _TooLong(Exception):
    """The time for one PDF is over."""


def text_of(pages: list[str]) -> str:
    """The text of the pages of a PDF: paragraphs parted by blank lines, words whole again."""
    lines = [[" ".join(line.split()) for line in _whole(page).split("\n")] for page in pages]
    lines = _without_edges([[line for line in page if line] for page in lines])
    everything = [line for page in lines for line in page]
    words = Counter(re.findall(r"\w+(?:[-‐]\w+)*", " ".join(everything).lower()))
    usual = sorted(map(len, everything))[int(len(everything) * 0.9)] if everything else 0
    paragraphs: list[str] = []
    ended = True
    for at, line in enumerate(everything):
        if ended:
            paragraphs.append(line)
        elif match := _HYPHEN.search(paragraphs[-1]):
            paragraphs[-1] = _joined(paragraphs[-1], match[1], line, words)
        else:
            paragraphs[-1] += f" {line}"
        after = everything[at + 1] if at + 1 < len(everything) else ""
        ended = _ends(line, after, usual, first=len(paragraphs) == 1)
    return "\n\n".join(paragraphs)


def _whole(page: str) -> str:
    return _LIGATURE.sub(lambda match: _LIGATURES[match[0]], page)


def _without_edges(pages: list[list[str]]) -> list[list[str]]:
    """The pages without headers and footers: lines that most pages have, but for their numbers, at the same place."""
    if len(pages) < 2:
        return pages
    on = Counter(at for page in pages for at in {*_first(page), *_last(page)})
    many = {at for at, n in on.items() if n > 1 and n >= _ON_PAGES * len(pages)}
    return [_inner(page, many) for page in pages]


def _inner(page: list[str], many: set[tuple[int, str]]) -> list[str]:
    """A page without its first and last lines as long as these are among `many`; one that has no others is kept."""
    top = list(takewhile(many.__contains__, _first(page)))
    end = list(takewhile(many.__contains__, _last(page)))
    return page[len(top) : len(page) - len(end)] or page


def _first(page: list[str]) -> list[tuple[int, str]]:
    """The first lines with their places: from 0 on."""
    return [(n, _same(line)) for n, line in enumerate(page[:_EDGE])]


def _last(page: list[str]) -> list[tuple[int, str]]:
    """The last lines with their places, the last first: from -1 down."""
    return [(-1 - n, _same(line)) for n, line in enumerate(page[::-1][:_EDGE])]


def _same(line: str) -> str:
    return re.sub(r"\d+", "0", line.lower())


def _ends(line: str, after: str, usual: int, *, first: bool) -> bool:
    """Whether a line is a paragraph's last, or a heading's: these end in no stop, and what follows begins anew."""
    if len(line) >= _SHORT * usual:
        return False
    if _ENDS.search(line):
        return True
    return first and len(after) >= _SHORT * usual and after[:1].isupper()


def _joined(before: str, head: str, line: str, words: Counter[str]) -> str:
    """Two lines of which the first ends in a hyphen: a word that was parted is one again, one of two parts stays so."""
    tail = re.match(r"\w*", line)
    rest = tail[0].lower() if tail else ""
    keeps = words[f"{head}-{rest}"] or words[f"{head}‐{rest}"]
    if not rest or not rest.isalpha() or line[:1].isupper() or (keeps and keeps > words[head + rest]):
        return before[:-1] + "-" + line
    return before[:-1] + line
