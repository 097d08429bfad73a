"""`contested read` and `contested annotate`: reports come in, what they say goes out."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from contested.cli import cluster
from contested.cli.output import sink, to_terminal
from contested.cli.progress import Progressing
from contested.cli.stopping import Stopped, Stopping
from contested.errors import InputError

if TYPE_CHECKING:
    from contested.batch import Counts, Workers
    from contested.reading.pipeline import Reader
    from contested.statement import Report

FORMATS = ("table", "json", "jsonl", "html")
OUTPUT = click.option("-o", "--output", metavar="FILE", help="Write to FILE, whole or not at all.")
WORKERS = click.option("--workers", metavar="N", type=click.IntRange(1), envvar="CONTESTED_WORKERS",
                       help="Read long runs in N processes, by default as many as there are cores; 1 is this one. "
                            "CONTESTED_WORKERS says it too.")  # fmt: skip


def day(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise click.BadParameter(f"{value!r} is no date; write YYYY-MM-DD, like 2016-12-02") from None


def _columns(ctx: click.Context, param: click.Parameter, value: str | None) -> dict[str, str] | None:
    if value is None:
        return None
    from contested.intake.csv import columns

    try:
        return columns(value)
    except InputError as error:
        raise click.BadParameter(error.reason) from None


def intake(command: Callable[..., None], *, required: bool = True) -> Callable[..., None]:
    """What `read`, `annotate` and `add` take in."""
    for option in (
        click.option("--columns", metavar="MAP", callback=_columns,
                     help="Columns of a CSV file: text=Body,published=Date,..."),
        click.option("--date-format", metavar="FORMAT",
                     help="How dates are written in the input, as strptime has it: %d/%m/%Y."),
        click.option("--title", help="Title of the reports."),
        click.option("--outlet", help="Who published them."),
        click.option("--published", metavar="DATE", callback=day,
                     help="When they were published (YYYY-MM-DD); weekdays are reckoned from it."),
        click.option("--lexicon", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path),
                     help="A folder of YAML files with parties of your own (docs/parties.md)."),
        click.argument("paths", metavar="PATH...", nargs=-1, required=required),
    ):  # fmt: skip
        command = option(command)
    return command


@click.command()
@intake
@WORKERS
@cluster.ON
@OUTPUT
@click.option("-f", "--format", "format_", type=click.Choice(FORMATS),
              help="What to write. By default what FILE's ending says, else a table.")  # fmt: skip
@click.option("--color/--no-color", default=None, help="Colours in the table; by default on a terminal only.")
def read(
    paths: tuple[str, ...],
    format_: str | None,
    output: str | None,
    color: bool | None,
    lexicon: Path | None,
    workers: int | None,
    on: str | None,
    **given: Any,
) -> None:
    """Read reports into statements.

    PATH is a file, a folder, or - for standard input: text, HTML, JSON, CSV, feeds, e-mail, PDF, Word, web archives,
    agencies' items (docs/input.md). What PATH itself says about title, outlet and date is overridden by the options.
    """
    from contested.batch.workers import reading

    start, at_work = partial(load, lexicon, workers), partial(working, workers, partial(reading, lexicon))
    if on is not None:
        cluster.read(paths, on, output, format_, given, lexicon, start, at_work)
        return
    if format_ is None:
        ending = Path(output or "").suffix.removeprefix(".").lower()
        format_ = {"htm": "html", "ndjson": "jsonl"}.get(ending, ending if ending in FORMATS else "table")
    reader = start()
    pieces = partial(_pieces, format_=format_, output=output, color=color, version=reader.version)
    _run(paths, given, reader.read, at_work(), output, pieces)


@click.command()
@intake
@WORKERS
@OUTPUT
@click.option("--layer", required=True, type=click.Choice(("names", "times", "places", "quotes")), help="What to mark.")
def annotate(
    paths: tuple[str, ...], layer: str, output: str | None, lexicon: Path | None, workers: int | None, **given: Any
) -> None:
    """Mark one layer of reports: names, times, places or quotations.

    Writes JSON Lines, a report a line: {"id", "annotations": [{"text", "start", "end", ...}]}, offsets in characters.
    """
    from contested.batch import Counts
    from contested.views import annotations, jsonl

    mark = annotations.annotator(load(lexicon, workers).annotate, layer)
    counts, at_work = Counts(statements=None), working(workers, partial(_marking, layer, lexicon))
    _run(paths, given, mark, at_work, output, lambda read: map(jsonl.encoded, annotations.lines(read)), counts)


def _marking(layer: str, lexicon: Path | None) -> Callable[[Report], Report]:
    """What a worker marks a layer with."""
    from contested.reading.pipeline import Reader
    from contested.views import annotations

    return annotations.annotator(Reader.load(threads=1, lexicon=lexicon).annotate, layer)


def load(lexicon: Path | None = None, workers: int | None = None) -> Reader:
    """The reader, with parties of the user's own; what takes long is told on standard error.

    It uses every core, so that one long report is soon read; but where one worker is asked for, one.
    """
    from contested.reading.pipeline import Reader

    return Reader.load(threads=1 if workers == 1 else 0, lexicon=lexicon, log=partial(click.echo, err=True))


def working(workers: int | None, load: Callable[[], Callable[[Report], Report]]) -> Workers | None:
    """So many workers that read with what `load` makes, as many as there are cores unless told; None for one."""
    from contested.batch import Workers
    from contested.reading.engine import cores

    n = workers or cores()
    return Workers(n, load) if n > 1 else None


# ---- the run: take in, count, write ----------------------------------------------------------------------------------


def _run(
    paths: tuple[str, ...],
    given: dict[str, Any],
    reader: Callable[[Report], Report],
    workers: Workers | None,
    output: str | None,
    pieces: Callable[[Iterator[Report]], Iterable[bytes]],
    counts: Counts | None = None,
) -> None:
    """Write what `pieces` makes of the reports in `paths` as `reader` reads them; exits with 1 where nothing was read.

    Problems go to standard error as they come, progress if that is a terminal, and the counts at the end.
    """
    from contested.batch import Counts, read_many
    from contested.intake import from_paths, meter

    counts, metered = counts or Counts(), meter(paths)
    progress = Progressing(to_terminal(output), metered.share)
    taken = from_paths(paths, **given, opened=metered.opened)
    with Stopping("nothing was written" if output not in (None, "-") else "the rest was not read"):
        reports = read_many(
            taken, reader, on_issue=progress.tell, progress=progress.show, counts=counts, workers=workers
        )
        try:
            first = next(reports, None)
            if first is not None:
                with sink(output) as put:
                    for piece in pieces(chain([first], reports)):
                        put(piece)
        except Stopped:
            progress.stop()
            click.echo(str(counts), err=True)
            raise
        finally:
            progress.stop()
    click.echo(str(counts), err=True)
    if counts.nothing_read:
        raise click.exceptions.Exit(1)


def _pieces(
    reports: Iterator[Report], format_: str, output: str | None, color: bool | None, version: str
) -> Iterator[bytes]:
    """The reports in `format_`, ready to be written. Only `html` holds them all at once: its index comes first."""
    if format_ == "table":
        yield from _tables(reports, output, color)
    elif format_ == "html":
        from contested.views import html

        yield html.page(reports, version=version).encode("utf-8")
    else:
        from contested.views import jsonl

        yield from jsonl.pieces(reports) if format_ == "jsonl" else map(jsonl.encoded, jsonl.document(reports))


def _tables(reports: Iterator[Report], output: str | None, color: bool | None) -> Iterator[bytes]:
    from shutil import get_terminal_size

    from contested.views import table

    terminal = to_terminal(output)
    width = min(get_terminal_size((table.WIDTH, 24)).columns, 160) if terminal else table.WIDTH
    if color is None:
        color = terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    encoding = sys.stdout.encoding if terminal else "utf-8"
    for report in reports:
        yield table.render(report, width=width, color=color).encode(encoding, "replace")
