"""Reports that were read already come into a record as they are, many in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import TYPE_CHECKING, Any

from contested.errors import InputError, RecordError
from contested.record.engine import analyse, refused
from contested.record.writing import Added, Writer
from contested.statement import Report

if TYPE_CHECKING:
    from sqlalchemy import Engine

#: Reports in one transaction. More are hardly faster, and other writers would wait for longer.
TOGETHER = 200
#: The key under which a report tells by what it was read: an object with `reader` and `knowledge`.
READ_BY = "read_by"
#: Statistics are made anew whenever there is so many times as much as at the last time.
GROWN = 4

Reading = tuple[str, str]


def load(
    engine: Engine, taken: Iterable[Report | InputError], reader: Reading | None = None
) -> Iterator[tuple[Report, Added] | InputError]:
    """Add reports with the statements they came with; yields what came of each, and what could not be added.

    `reader` (with its knowledge) is what they were read by where they do not say so themselves (`READ_BY`). Batches
    that were added stay whatever happens then, and to add them again changes nothing. A report that the database
    refuses is an `InputError`. Raises `RecordError` where the record cannot be written at all.
    """
    writers: dict[Reading, Writer] = {}
    added, analysed = 0, TOGETHER
    for batch in _batches(taken, reader):
        if isinstance(batch, InputError):
            yield batch
            continue
        by, reports = batch
        writer = writers.setdefault(by, Writer(engine, *by))
        for came in _added(writer, reports):
            yield came
            added += not isinstance(came, InputError) and came[1].outcome != "same"
        if added > GROWN * analysed:
            analyse(engine)
            analysed = added
    if added:
        analyse(engine)


def _added(writer: Writer, reports: list[Report]) -> Iterator[tuple[Report, Added] | InputError]:
    """Reports in one transaction; where that is refused, each in one of its own."""
    try:
        yield from zip(reports, writer.add_all(reports), strict=True)
        return
    except RecordError as error:
        if not refused(writer.engine, error):
            raise
        if len(reports) == 1:
            yield InputError(_where(reports[0]), f"report {reports[0].id} cannot be kept: {error.reason}")
            return
    for report in reports:
        yield from _added(writer, [report])


def _batches(
    taken: Iterable[Report | InputError], reader: Reading | None
) -> Iterator[tuple[Reading, list[Report]] | InputError]:
    """Reports that were read by one reader, in their order, and what could not be taken in."""
    for is_error, together in groupby(_read(taken, reader), key=lambda one: isinstance(one, InputError)):
        if is_error:
            yield from (one for one in together if isinstance(one, InputError))
            continue
        reports = (one for one in together if not isinstance(one, InputError))
        for by, of_reader in groupby(reports, key=lambda one: one[0]):
            batch: list[Report] = []
            for _, report in of_reader:
                batch.append(report)
                if len(batch) == TOGETHER:
                    yield by, batch
                    batch = []
            if batch:
                yield by, batch


def _read(
    taken: Iterable[Report | InputError], reader: Reading | None
) -> Iterator[tuple[Reading, Report] | InputError]:
    """Each report with what it was read by."""
    for one in taken:
        if isinstance(one, InputError):
            yield one
        elif by := _reading(one.extra.get(READ_BY)) or reader:
            yield by, one
        else:
            yield InputError(_where(one), "nothing tells by what it was read: say it with --reader")


def _reading(told: Any) -> Reading | None:
    if not isinstance(told, Mapping) or not told.get("reader"):
        return None
    return str(told["reader"]), str(told.get("knowledge") or "")


def _where(report: Report) -> str:
    return str(report.extra.get("taken_from") or f"report {report.id}")
