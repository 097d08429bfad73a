"""`contested add`, `statements`, `search`: a record is filled and asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from contested.cli.output import sink, to_terminal
from contested.cli.reading import OUTPUT, Progressing, day, intake, load

if TYPE_CHECKING:
    from contested.record.asking import Filter
    from contested.record.record import Record

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
@intake
@RECORD
def add(paths: tuple[str, ...], where: str, lexicon: Path | None, **given: Any) -> None:
    """Read reports into a record.

    PATH is as for `read`. A record that is not there is made. What the record has as it stands is not read again, so
    that adding goes on where it stopped.
    """
    from contested import __version__
    from contested.batch import Counts, read_many
    from contested.intake import from_paths
    from contested.record.readings import read_by
    from contested.record.writing import Writer

    with opened(where, create=True) as record:
        reader = load(lexicon)
        writer = Writer(record.engine, *read_by(__version__, reader))
        counts, progress, outcomes = Counts(), Progressing(quiet=False), Counter[str]()
        reports = read_many(
            from_paths(paths, **given), lambda report: report if writer.has(report) else reader.read(report),
            on_issue=progress.tell, progress=progress.show, counts=counts, threads=reader.threads,
        )  # fmt: skip
        try:
            for report in reports:
                added = writer.add(report)
                outcomes.update({added.outcome: 1, "statements": added.found, "gone": added.gone})
                outcomes["copies"] += added.outcome in ("new", "version") and added.copies > 0
        finally:
            progress.stop()
            click.echo(told(counts.failed, outcomes), err=True)
        if record.derive():
            size = record.size()
            click.echo(f"{size['incidents']:,} incidents, {size['disputes']:,} disputes in the record", err=True)
    if counts.nothing_read:
        raise click.exceptions.Exit(1)


#: What is told of an addition, in this order, where it is not 0.
_OUTCOMES = (
    ("new", "new"), ("version", "changed by their outlets"), ("reread", "read anew"), ("same", "there already"),
    ("copies", "near-copies of others"),
)  # fmt: skip


def told(failed: int, outcomes: Counter[str]) -> str:
    """The counts at the end: "3 reports: 2 new, 1 there already; 14 statements"."""
    total = sum(outcomes[name] for name in ("new", "version", "reread", "same"))
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
