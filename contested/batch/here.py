"""The same reading over many reports: order kept, and one bad report never ends the run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from contested.batch.counts import Counts, Issue
from contested.errors import DataError, InputError, LexiconError, ModelError, RecordError
from contested.reading.language import foreign
from contested.statement import Report

if TYPE_CHECKING:
    from contested.batch.workers import Workers

Reader = Callable[[Report], Report]
#: Whether a report need not be read, because what it says is known.
Known = Callable[[Report], bool]
#: What comes of one report: as it was read, if it was, and what went wrong.
Outcome = tuple[Report | None, Issue | None]

FOREIGN = "does not look like English, and only English is read well: expect little of it, and check that"


def read_many(
    reports: Iterable[Report | InputError],
    reader: Reader,
    *,
    on_issue: Callable[[Issue], None] | None = None,
    progress: Callable[[Counts], None] | None = None,
    counts: Counts | None = None,
    known: Known | None = None,
    workers: Workers | None = None,
) -> Iterator[Report]:
    """Each report as `reader` reads it, in the order they come in; in processes of their own where there are `workers`.

    A report that is `known` is not read: it is given as it came. Without workers one report is taken in at a time, and
    none ahead of what is asked for; with `n` workers at most `4 * n` are held.

    What the intake could not take in, and a report on which the reader fails, goes to `on_issue` instead; a report that
    does not look like English is told of there too. `progress` is called after each. `counts` is filled as the reports
    go by and is complete when the iterator is. Raises only what would befall every report: `ModelError`,
    `LexiconError`, `DataError` and `RecordError`, and `WorkerError` where no worker can be started.
    """
    counts = Counts() if counts is None else counts
    came = workers.read(reader, reports, known) if workers else _read_here(reader, reports, known)
    for taken, (done, issue) in came:
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


def _read_here(
    reader: Reader, reports: Iterable[Report | InputError], known: Known | None
) -> Iterator[tuple[Report | InputError, Outcome]]:
    for taken in reports:
        yield taken, unread(taken, known) or read_one(reader, taken)


def unread(taken: Report | InputError, known: Known | None = None) -> Outcome | None:
    """What comes of what no reader is needed for: what could not be taken in, is withdrawn, or is known; else None."""
    if isinstance(taken, InputError):
        return None, Issue.of(taken)
    if taken.extra.get("withdrawn"):  # it says nothing any longer
        return taken.with_statements([]), None
    return (taken, _foreign(taken)) if known is not None and known(taken) else None


def read_one(reader: Reader, report: Report | InputError) -> Outcome:
    """What `reader` makes of one report (or None), and what went wrong. Raises only what would befall every report."""
    if (came := unread(report)) is not None:
        return came
    assert isinstance(report, Report)
    try:
        done = reader(report)
    except (ModelError, LexiconError, DataError, RecordError):
        raise
    except Exception as error:  # whatever it is: the other reports can still be read
        return None, Issue.with_report("failed", f"reading failed: {type(error).__name__}: {error}", report)
    return done, _foreign(done)


def _foreign(report: Report) -> Issue | None:
    return Issue.with_report("foreign", FOREIGN, report) if foreign(report.text) else None
