"""`contested export`: a record in the formats of other tools."""

from __future__ import annotations

import json
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, cast

import click

from contested.cli.output import sink
from contested.cli.progress import Progressing
from contested.cli.reading import day
from contested.cli.record import RECORD, filter_of, narrowing, opened

if TYPE_CHECKING:
    from contested.views.export.losses import Losses
    from contested.views.export.material import Rows

#: By name, with what `views/export/__init__.py` lists (a test compares them): help must not load it.
FORMATS = (
    "jsonl", "csv", "xlsx", "parquet", "geojson", "gpkg", "acled", "ucdp", "plover", "hxl", "ftm", "webannotation",
    "prov", "labelstudio", "html", "pdf",
)  # fmt: skip
ROWS = ("statements", "incidents", "accounts")


@click.command()
@RECORD
@click.option(
    "--to", "format_", type=click.Choice(FORMATS), required=True, help="The format: docs/export.md tells of each."
)
@click.option("--rows", type=click.Choice(ROWS), help="What a table has a row for; statements by default.")
@click.option("--as-of", metavar="DATE", callback=day, help="The day of the situation that a report page tells.")
@click.option("--redact", metavar="PROFILE", help="Mask names and coarsen places: private, strict, or a FILE.yaml.")
@click.option("-o", "--output", metavar="FILE", help="Where to write; standard output by default, where that can be.")
@click.option("--losses", "at", type=click.Path(dir_okay=False), metavar="FILE",
              help="Where the loss report goes; FILE.losses.json beside the output by default.")  # fmt: skip
@narrowing("--until")
def export(
    where: str, format_: str, rows: str | None, as_of: str | None, redact: str | None, output: str | None,
    at: str | None, **given: Any,
) -> None:  # fmt: skip
    """Write a record in another tool's format, and tell what that format has no place for."""
    from contested.views import export as exports

    chosen = exports.named(format_)
    if rows and rows not in chosen.rows:
        raise click.UsageError(f"--rows {rows}: {format_} has " + (", ".join(chosen.rows) or "no rows to choose"))
    if chosen.whole and output in (None, "-"):
        raise click.UsageError(f"{format_} is written to a file: -o FILE{chosen.suffix}")
    progress = Progressing(quiet=False)
    with opened(where) as record:
        write = partial(
            exports.write, record, format_, asked=filter_of(given), rows=cast("Rows | None", rows),
            as_of=date.fromisoformat(as_of) if as_of else None, redact=redact,
            progress=lambda losses: progress.show(_Written(losses)),
        )  # fmt: skip
        try:
            if chosen.whole and output is not None:
                losses = write(output)
            else:
                with sink(output) as put:
                    losses = write(put)
        finally:
            progress.stop()
    click.echo(losses.words(), err=True)
    if at or output not in (None, "-"):
        with sink(at or f"{output}.losses.json") as put:
            put(json.dumps(losses.to_json(), ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace") + b"\n")


class _Written:
    """What was written so far, as the line that shows progress has it."""

    def __init__(self, losses: Losses) -> None:
        self._losses = losses

    @property
    def read(self) -> int:
        return self._losses.written.total()

    def __str__(self) -> str:
        return ", ".join(f"{n:,} {what}" for what, n in self._losses.written.items())
