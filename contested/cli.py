"""The command line. The only place that prints and exits; everything heavy is imported where it is needed."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from contested import __version__
from contested.errors import ContestedError, InputError

if TYPE_CHECKING:
    from rich.progress import Progress

    from contested.batch import Counts, Issue
    from contested.reading.pipeline import Reader
    from contested.statement import Report

FORMATS = ("table", "json", "jsonl", "html")


class _Group(click.Group):
    """Turns the package's own errors into a message and exit code 1, and prints on any terminal."""

    def invoke(self, ctx: click.Context) -> Any:
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(errors="replace")
        try:
            return super().invoke(ctx)
        except ContestedError as error:
            raise click.ClickException(str(error)) from error


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="contested")
def main() -> None:
    """Read news reports of armed conflict into sourced statements.

    Who says what, in which words, and who says otherwise.
    """


def _day(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
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


def _intake(command: Callable[..., None]) -> Callable[..., None]:
    """What `read` and `annotate` take in, and where they write."""
    for option in (
        click.option("-o", "--output", metavar="FILE", help="Write to FILE, whole or not at all."),
        click.option("--columns", metavar="MAP", callback=_columns,
                     help="Columns of a CSV file: text=Body,published=Date,..."),
        click.option("--date-format", metavar="FORMAT",
                     help="How dates are written in the input, as strptime has it: %d/%m/%Y."),
        click.option("--title", help="Title of the reports."),
        click.option("--outlet", help="Who published them."),
        click.option("--published", metavar="DATE", callback=_day,
                     help="When they were published (YYYY-MM-DD); weekdays are reckoned from it."),
        click.argument("paths", metavar="PATH...", nargs=-1, required=True),
    ):  # fmt: skip
        command = option(command)
    return command


@main.command()
@_intake
@click.option("-f", "--format", "format_", type=click.Choice(FORMATS),
              help="What to write. By default what FILE's ending says, else a table.")  # fmt: skip
@click.option("--color/--no-color", default=None, help="Colours in the table; by default on a terminal only.")
def read(paths: tuple[str, ...], format_: str | None, output: str | None, color: bool | None, **given: Any) -> None:
    """Read reports into statements.

    PATH is a text, HTML, JSON, JSONL or CSV file, a folder of them, or - for standard input. What PATH itself says
    about title, outlet and date is overridden by the options.
    """
    if format_ is None:
        ending = Path(output or "").suffix.removeprefix(".").lower()
        format_ = {"htm": "html", "ndjson": "jsonl"}.get(ending, ending if ending in FORMATS else "table")
    reader = _load()
    pieces = partial(_pieces, format_=format_, output=output, color=color, version=reader.version)
    _run(paths, given, reader.read, reader.threads, output, pieces)


@main.command()
@_intake
@click.option("--layer", required=True, type=click.Choice(("names", "times", "places", "quotes")), help="What to mark.")
def annotate(paths: tuple[str, ...], layer: str, output: str | None, **given: Any) -> None:
    """Mark one layer of reports: names, times, places or quotations.

    Writes JSON Lines, a report a line: {"id", "annotations": [{"text", "start", "end", ...}]}, offsets in characters.
    """
    from contested.batch import Counts
    from contested.views import annotations, jsonl

    reader = _load()
    mark = annotations.annotator(reader.annotate, layer)
    counts = Counts(statements=None)
    _run(paths, given, mark, reader.threads, output, lambda read: map(jsonl.encoded, annotations.lines(read)), counts)


def _load() -> Reader:
    from contested.reading.pipeline import Reader

    return Reader.load()


@main.command()
@click.argument("code", metavar="CODE|RULE", required=False)
def explain(code: str | None) -> None:
    """Tell what a code or a rule means.

    A code is a kind, type, mode, source class, effect or modality (ASSAULT, ASSAULT.aerial, monitor); a rule is an id
    from a lexicon, as a statement's "by" names it. Without either, all codes are listed.
    """
    from contested.views import explanation

    if code is None:
        click.echo("\n".join(explanation.listing()))
        return
    found = explanation.find(code)
    if not found:
        like = explanation.nearest(code)
        hint = f"did you mean {', '.join(like)}?" if like else "`contested explain` lists all codes"
        raise click.ClickException(f"nothing is called {code!r}; {hint}")
    click.echo("\n\n".join(explanation.paragraph(one) for one in found))


@main.command()
def check() -> None:
    """Tell what works here and what does not: versions, lexicons, models.

    The exit code is 1 where something does not work.
    """
    from contested.checks import checks

    failed = 0
    for one in checks():
        failed += not one.works
        click.echo(f"{'ok  ' if one.works else 'FAIL'}  {one.what:28} {one.detail}".rstrip())
    if failed:
        raise click.ClickException(f"{failed} of these {'does' if failed == 1 else 'do'} not work")


# ---- the run: take in, count, write ----------------------------------------------------------------------------------


def _run(
    paths: tuple[str, ...],
    given: dict[str, Any],
    reader: Callable[[Report], Report],
    threads: int,
    output: str | None,
    pieces: Callable[[Iterator[Report]], Iterable[bytes]],
    counts: Counts | None = None,
) -> None:
    """Write what `pieces` makes of the reports in `paths` as `reader` reads them; exits with 1 where nothing was read.

    Problems go to standard error as they come, progress if that is a terminal, and the counts at the end.
    """
    from contested.batch import Counts, read_many
    from contested.intake import from_paths

    counts, progress = counts or Counts(), _Progress(quiet=_to_terminal(output))
    taken = from_paths(paths, **given)
    reports = read_many(taken, reader, on_issue=progress.tell, progress=progress.show, counts=counts, threads=threads)
    try:
        first = next(reports, None)
        if first is not None:
            with _sink(output) as put:
                for piece in pieces(chain([first], reports)):
                    put(piece)
    finally:
        progress.stop()
    click.echo(str(counts), err=True)
    if counts.nothing_read:
        raise click.exceptions.Exit(1)


class _Progress:
    """A line on standard error that shows the counts, from the second report on, if a terminal is there to see it."""

    def __init__(self, quiet: bool) -> None:
        self._quiet = quiet or not sys.stderr.isatty()
        self._live: Progress | None = None

    def show(self, counts: Counts) -> None:
        if self._quiet or counts.read < 2:
            return
        if self._live is None:
            from rich.console import Console
            from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

            columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
            self._live = Progress(*columns, console=Console(stderr=True), transient=True)
            self._live.add_task("")
            self._live.start()
        self._live.update(self._live.task_ids[0], description=str(counts))

    def tell(self, issue: Issue) -> None:
        if self._live:
            self._live.console.print(str(issue), markup=False, highlight=False, soft_wrap=True)
        else:
            click.echo(str(issue), err=True)

    def stop(self) -> None:
        if self._live:
            self._live.stop()


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

        yield from map(jsonl.encoded, jsonl.lines(reports) if format_ == "jsonl" else jsonl.document(reports))


def _tables(reports: Iterator[Report], output: str | None, color: bool | None) -> Iterator[bytes]:
    from shutil import get_terminal_size

    from contested.views import table

    terminal = _to_terminal(output)
    width = min(get_terminal_size((table.WIDTH, 24)).columns, 160) if terminal else table.WIDTH
    if color is None:
        color = terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    encoding = sys.stdout.encoding if terminal else "utf-8"
    for report in reports:
        yield table.render(report, width=width, color=color).encode(encoding, "replace")


def _to_terminal(output: str | None) -> bool:
    return output in (None, "-") and sys.stdout.isatty()


@contextmanager
def _sink(output: str | None) -> Iterator[Callable[[bytes], Any]]:
    """Where to write: standard output, or a file that appears whole when all is written, and not at all on an error."""
    path = Path(output) if output not in (None, "-") else None
    if path is None or (path.exists() and not path.is_file()):  # /dev/null, a pipe
        with click.open_file(str(path or "-"), "wb") as stream:
            yield stream.write
            stream.flush()
        return
    import tempfile

    path = path.resolve()
    try:
        stream = tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False)  # noqa: SIM115
    except OSError as error:
        raise click.ClickException(f"{path}: cannot be written: {error.strerror}") from error
    try:
        with stream:
            yield stream.write
        mode = path.stat().st_mode if path.exists() else 0o666 & ~_umask()
        os.chmod(stream.name, mode)
        os.replace(stream.name, path)
    except BaseException:
        os.unlink(stream.name)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
