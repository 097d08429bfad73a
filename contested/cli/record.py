"""`contested add`, `statements`, `search`: a record is filled and asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from contested.cli import cluster, fetching
from contested.cli.output import sink, to_terminal
from contested.cli.progress import Progressing
from contested.cli.reading import OUTPUT, WORKERS, day, intake, load, working
from contested.cli.stopping import Stopping

if TYPE_CHECKING:
    from contested.batch import Counts, Workers
    from contested.intake.given import Taken
    from contested.reading.pipeline import Reader
    from contested.record.asking import Filter
    from contested.record.record import Record
    from contested.statement import Report

RECORD = click.option("--record", "where", metavar="FILE|URL", required=True, envvar="CONTESTED_RECORD",
                      help="The record: a file, or postgresql://...; CONTESTED_RECORD says it too.")  # fmt: skip
FORMAT = click.option("-f", "--format", "format_", type=click.Choice(("table", "json", "jsonl")), default="table",
                      help="What to write.")  # fmt: skip


def narrowing(*last_day: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """The filters that every question takes; `last_day` is how the option of the last day is called."""

    def narrowed(command: Callable[..., None]) -> Callable[..., None]:
        for option in (
            click.option("--known-by", metavar="DATE", callback=day, help="Only what had been published by then."),
            click.option(*last_day, "end", metavar="DATE", callback=day, help="Only what happened on or before then."),
            click.option("--from", "start", metavar="DATE", callback=day, help="Only what happened on or after then."),
            click.option("--report", metavar="ID", help="Only what this report says."),
            click.option("--outlet", help="Only what this outlet published."),
            click.option("--source-class", metavar="CLASS", help="Only what sources of this class say: monitor, ..."),
            click.option("--modality", help="Only what is asserted, denied, possible or future."),
            click.option("--type", metavar="TYPE", help="Only statements of this type: ASSAULT, captures, ..."),
            click.option("--kind", help="Only statements of this kind: event, control, toll, ..."),
            click.option("--party", metavar="ID|WORDS", help="Only what this party does, suffers or says."),
            click.option("--place", metavar="ID|NAME", help="Only what is told of this place or of places in it."),
        ):
            command = option(command)
        return command

    return narrowed


narrowed = narrowing("--to")


def filter_of(given: Mapping[str, Any]) -> Filter:
    """The filter that options give; a code that is none is the command's error."""
    from contested.record.asking import Filter

    days = {name: date.fromisoformat(given[name]) for name in ("start", "end", "known_by") if given.get(name)}
    try:
        return Filter(**{**given, **days})
    except ValueError as error:
        raise click.UsageError(str(error)) from None


def opened(where: str, *, create: bool = False) -> Record:
    from contested.record.record import open_record

    return open_record(where, create=create)


@click.command()
@partial(intake, required=False)
@RECORD
@WORKERS
@cluster.ON
@fetching.fetching
def add(
    paths: tuple[str, ...], where: str, lexicon: Path | None, workers: int | None, on: str | None, fetch: bool,
    urls: tuple[str, ...], since: str | None, user_agent: str | None, delay: float | None, allow_private: bool,
    keep: bool, **given: Any,
) -> None:  # fmt: skip
    """Read reports into a record.

    PATH is as for `read`; with --fetch it is an address. A record that is not there is made. What the record has as it
    stands is not read again, so that adding goes on where it stopped. docs/watching.md tells how addresses are fetched.
    """
    from contested.batch.workers import reading
    from contested.intake import from_paths, meter

    if not paths and not urls:
        raise click.UsageError("Missing argument 'PATH...'.")
    if not fetch and any(path.lower().startswith(("http://", "https://")) for path in paths):
        raise click.UsageError("nothing is fetched unless --fetch says so")
    asks = fetch or bool(urls)
    if not asks and (keep or since or user_agent or allow_private or delay is not None):
        raise click.UsageError("--keep, --since, --user-agent, --allow-private and --delay go with --fetch or --urls")
    if asks and on not in (None, cluster.HERE):
        raise click.UsageError("what is fetched is read here: --on goes with files")
    with (
        Stopping("what was added stays, and adding again goes on from here") as stop,
        opened(where, create=True) as record,
    ):
        reader = load(lexicon, workers)
        run = partial(adding, record, reader, workers=working(workers, partial(reading, lexicon)), stop=stop)
        if asks:
            from contested.fetching.taking import Taking
            from contested.intake.given import Given

            with fetching.asker(
                record, where, user_agent=user_agent, delay=delay, allow_private=allow_private, keep=keep
            ) as asker:
                taking = Taking(*asker, Given(**{**given, "columns": given["columns"] or {}}), fetching.since_of(since))
                counts = run(fetching.fetched(taking, paths, urls, fetch, given), taking.kept)
                taking.finish()
                click.echo(fetching.told(taking), err=True)
            nothing = counts.nothing_read and not taking.counts["unchanged"] + taking.counts["known"]
        elif on not in (None, cluster.HERE):
            with cluster.over(paths, on, given, lexicon, reader) as (over, share):
                counts = run(iter(()), over=over, share=share)
            nothing = counts.nothing_read
        else:
            metered = meter(paths)
            counts = run(from_paths(paths, **given, opened=metered.opened), share=metered.share)
            nothing = counts.nothing_read
        if record.derive():
            size = record.size()
            click.echo(f"{size['incidents']:,} incidents, {size['disputes']:,} disputes in the record", err=True)
    if nothing:
        raise click.exceptions.Exit(1)


def adding(
    record: Record, reader: Reader, taken: Taken, kept: Callable[[Report], None] | None = None, *,
    outcomes: Counter[str] | None = None, workers: Workers | None = None, stop: Stopping | None = None,
    share: Callable[[], float | None] | None = None, over: cluster.Over | None = None,
) -> Counts:  # fmt: skip
    """Read reports into an open record, and tell of each problem and of the counts at the end.

    `kept` is told of each report that is in the record; `outcomes`, where given, is filled and nothing is told of it.
    A `stop` comes between two reports; `share` tells how much of the input has been taken in. Where reports are read
    elsewhere, `over` gives them, and nothing is `taken`.
    """
    from contested import __version__
    from contested.batch import Counts, read_many
    from contested.record.readings import read_by
    from contested.record.writing import Writer

    writer = Writer(record.engine, *read_by(__version__, reader))
    quiet, outcomes = outcomes is not None, Counter[str]() if outcomes is None else outcomes
    counts, progress = Counts(), Progressing(False, share)
    held: Callable[[], AbstractContextManager[None]] = stop.held if stop else nullcontext
    reports = over(writer, counts, progress) if over else read_many(
        taken, reader.read, known=writer.has, workers=workers,
        on_issue=progress.tell, progress=progress.show, counts=counts,
    )  # fmt: skip
    try:
        for report in reports:
            with held():
                added = writer.add(report)
                outcomes.update({added.outcome: 1, "statements": added.found, "gone": added.gone})
                outcomes["copies"] += added.outcome in ("new", "version") and added.copies > 0
                if kept:
                    kept(report)
    finally:
        progress.stop()
        if not quiet:
            click.echo(told(counts.failed, outcomes), err=True)
    return counts


#: What is told of an addition, in this order, where it is not 0.
_OUTCOMES = (
    ("new", "new"), ("version", "changed by their outlets"), ("withdrawn", "withdrawn by their outlets"),
    ("reread", "read anew"), ("same", "there already"), ("copies", "near-copies of others"),
)  # fmt: skip


def told(failed: int, outcomes: Counter[str]) -> str:
    """The counts at the end: "3 reports: 2 new, 1 there already; 14 statements"."""
    total = sum(outcomes[name] for name in ("new", "version", "withdrawn", "reread", "same"))
    parts = [f"{outcomes[name]:,} {words}" for name, words in _OUTCOMES if outcomes[name]]
    out = f"{total:,} report{'s' * (total != 1)}" + (f": {', '.join(parts)}" if parts else "")
    out += f"; {outcomes['statements']:,} new statements"
    out += f", {outcomes['gone']:,} no longer found" if outcomes["gone"] else ""
    return out + (f"; {failed:,} reports failed" if failed else "")


@click.command()
@RECORD
@narrowed
@click.option("--limit", type=click.IntRange(0), default=1000, show_default=True, help="At most so many; 0 is all.")
@FORMAT
@OUTPUT
def statements(where: str, limit: int, format_: str, output: str | None, **given: Any) -> None:
    """Tell what the reports say: statements, each with its report, source and quote."""
    from contested.views import rows

    with opened(where) as record:
        write(record.statements(filter_of(given), limit or None), rows.statement, format_, output)


@click.command()
@click.argument("words", nargs=-1, required=True)
@RECORD
@click.option("--quotes", is_flag=True, help="Search the quotes of statements, not the texts of reports.")
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="At most so many.")
@FORMAT
@OUTPUT
def search(words: tuple[str, ...], where: str, quotes: bool, limit: int, format_: str, output: str | None) -> None:
    """Find reports in which all the WORDS stand, newest first.

    "Words in quotation marks" stand side by side; word* is the beginning of a word.
    """
    from contested.views import rows

    asked = " ".join(f'"{word}"' if " " in word and not word.startswith('"') else word for word in words)
    with opened(where) as record:
        write(record.search(asked, "quotes" if quotes else "reports", limit), rows.found, format_, output)


def write(found: Iterable[Any], row: Callable[[Any], Mapping[str, str]], format_: str, output: str | None) -> None:
    """Objects as a table of `row`s, as one JSON array, or one a line."""
    from contested.views import rows

    color = to_terminal(output)
    with sink(output) as put:
        for piece in rows.pieces(found, row, format_, color=color):
            put(piece)
