"""The same reading over many reports: order kept, and one bad report never ends the run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from contested.batch.counts import Counts, Issue
from contested.errors import DataError, InputError, LexiconError, ModelError, RecordError
from contested.reading.ahead import ahead
from contested.reading.language import foreign
from contested.statement import Report

Reader = Callable[[Report], Report]

FOREIGN = "does not look like English, and only English is read well: expect little of it, and check that"


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
    for taken, outcome in ahead(partial(read_one, reader), reports, threads):
        done, issue = outcome()
        if done is not None:
            counts.read += 1
            if counts.statements is not None:
                counts.statements += len(done.statements)
        if issue is not None:
            counts.count(issue, taken)
            if on_issue:
                on_issue(issue)
        if progress:
            progress(counts)
        if done is not None:
            yield done


def read_one(reader: Reader, report: Report | InputError) -> tuple[Report | None, Issue | None]:
    """What `reader` makes of one report (or None), and what went wrong. Raises only what would befall every report."""
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
