"""Reads news reports of armed conflict into sourced statements: who says what, in which words, and who says otherwise.

    >>> import contested
    >>> report = contested.read("Rebels retook the mill on Friday, a monitor said.", published="2016-12-02")
    >>> [(s.type, s.quote, s.source) for s in report.statements]  # doctest: +SKIP

`docs/index.md` tells the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from contested.statement import Report, Statement

if TYPE_CHECKING:
    import os

    from contested.reading.pipeline import Reader
    from contested.record.record import Record

__all__ = ["Report", "Statement", "open_record", "read"]
__version__ = "0.1.0"

_reader: Reader | None = None


def read(
    report: str | Report, *, published: str | None = None, outlet: str | None = None, title: str | None = None
) -> Report:
    """Read one report: its text, or a `Report`; gives the report with its statements.

    `published` (an ISO date, YYYY-MM-DD; weekdays are reckoned from it), `outlet` and `title` override what the report
    has. The first call loads the weights, which takes seconds; they stay loaded. The first call on a machine makes the
    index of places besides, half a minute, of which the logger `contested` tells.

    Raises `contested.errors.ModelError` where the weights are absent and `ValueError` for a date that is none.
    """
    global _reader
    from dataclasses import replace
    from datetime import date

    if isinstance(report, str):
        report = Report(report, outlet=outlet, title=title, published=published)  # its id depends on all of these
    else:
        given = {"published": published, "outlet": outlet, "title": title}
        report = replace(report, **{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
    if report.published is not None:
        try:
            date.fromisoformat(report.published)
        except ValueError:
            raise ValueError(f"published is {report.published!r}: write YYYY-MM-DD, or leave it out") from None
    if _reader is None:
        import logging

        from contested.reading.pipeline import Reader

        _reader = Reader.load(log=logging.getLogger(__name__).info)
    return _reader.read(report)


def open_record(where: str | os.PathLike[str], *, create: bool = False) -> Record:
    """Open the record in an SQLite file or at `postgresql://…`; with `create` one is made where there is none.

    Raises `contested.errors.RecordError`.
    """
    from contested.record.record import open_record

    return open_record(where, create=create)
