"""The same reading over many reports: order kept, and one bad report never ends the run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any, Literal

from contested.errors import DataError, InputError, LexiconError, ModelError, PartlyRead, PassedOver, RecordError
from contested.reading.ahead import ahead
from contested.reading.language import foreign
from contested.statement import Report

Reader = Callable[[Report], Report]
What = Literal["failed", "partly", "foreign", "skipped"]

FOREIGN = "does not look like English, and only English is read well: expect little of it, and check that"


@dataclass(frozen=True, slots=True)
class Issue:
    """Something that went wrong with one report or file: a row of the issue log.

    `what` is `failed` (no report came of it), `partly` (the report was read, but something of it was left out),
    `foreign` (it was read, but does not look like English) or `skipped` (files of no known kind). `where` is the file,
    `line` its line from 1, `report` the report's id, where these are known.
    """

    what: What
    reason: str
    where: str | None = None
    line: int | None = None
    report: str | None = None

    def __str__(self) -> str:
        place = f"{self.where}:{self.line}" if self.line is not None else self.where or f"report {self.report}"
        return f"{place}: {self.reason}"

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def of(cls, error: InputError) -> Issue:
        """The issue that an error of the intake is."""
        what: What = "failed"
        if isinstance(error, PartlyRead):
            what = "partly"
        elif isinstance(error, PassedOver):
            what = "skipped"
        return cls(what, error.reason, error.where, error.line)

    @classmethod
    def with_report(cls, what: What, reason: str, report: Report) -> Issue:
        """The issue that `report` has, with the file and line it was taken from."""
        where, sign, line = str(report.extra.get("taken_from") or "").rpartition(":")
        if not line.isdecimal():
            where, line = where + sign + line, ""
        return cls(what, reason, where or None, int(line) if line else None, report.id)


@dataclass(slots=True)
class Counts:
    """What a run came to: `read` reports with `statements` in them (None where none are looked for), `partly` of which
    something was left out of the input, `foreign` of which do not look like English; files `skipped` as of no known
    kind; reports or files that `failed`.
    """

    read: int = 0
    statements: int | None = 0
    partly: int = 0
    foreign: int = 0
    skipped: int = 0
    failed: int = 0

    @property
    def nothing_read(self) -> bool:
        return self.read == 0

    def __str__(self) -> str:
        parts = [_many(self.read, "report") + " read"]
        if self.statements is not None:
            parts.append(_many(self.statements, "statement"))
        if self.partly:
            parts.append(f"{_many(self.partly, 'report')} taken in only in part")
        if self.foreign:
            parts.append(f"{_many(self.foreign, 'report')} not in English, it seems")
        if self.skipped:
            parts.append(f"{_many(self.skipped, 'file')} skipped")
        if self.failed:
            parts.append(f"{self.failed} failed")
        return ", ".join(parts)


def read_many(
    reports: Iterable[Report | InputError],
    reader: Reader,
    *,
    on_issue: Callable[[Issue], None] | None = None,
    progress: Callable[[Counts], None] | None = None,
    counts: Counts | None = None,
    threads: int = 1,
) -> Iterator[Report]:
    """Each report as `reader` reads it, in the order they come in, `threads` at a time.

    What the intake could not take in, and a report on which the reader fails, goes to `on_issue` instead; a report that
    does not look like English is told of there too. `progress` is called after each. `counts` is filled as the reports
    go by and is complete when the iterator is. Raises only what would befall every report: `ModelError`,
    `LexiconError`, `DataError` and `RecordError`.
    """
    counts = Counts() if counts is None else counts
    for taken, outcome in ahead(partial(_read, reader), reports, threads):
        done, issue = outcome()
        if done is not None:
            counts.read += 1
            if counts.statements is not None:
                counts.statements += len(done.statements)
        if issue is not None:
            _count(counts, issue, taken)
            if on_issue:
                on_issue(issue)
        if progress:
            progress(counts)
        if done is not None:
            yield done


def _read(reader: Reader, report: Report | InputError) -> tuple[Report | None, Issue | None]:
    if isinstance(report, InputError):
        return None, Issue.of(report)
    if report.extra.get("withdrawn"):  # it says nothing any longer
        return report.with_statements([]), None
    try:
        done = reader(report)
    except (ModelError, LexiconError, DataError, RecordError):
        raise
    except Exception as error:  # whatever it is: the other reports can still be read
        return None, Issue.with_report("failed", f"reading failed: {type(error).__name__}: {error}", report)
    return done, Issue.with_report("foreign", FOREIGN, report) if foreign(report.text) else None


def _count(counts: Counts, issue: Issue, taken: Report | InputError) -> None:
    if issue.what == "failed":
        counts.failed += 1
    elif issue.what == "partly":
        counts.partly += 1
    elif issue.what == "foreign":
        counts.foreign += 1
    elif isinstance(taken, PassedOver):
        counts.skipped += taken.files


def _many(n: int, noun: str) -> str:
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {noun}s"
