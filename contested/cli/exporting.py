"""`contested export`: a record in the formats of other tools."""

from __future__ import annotations

import json
import os
import tempfile
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from contested import __version__
from contested.cli.output import sink
from contested.cli.reading import Progressing, day
from contested.cli.record import RECORD, filter_of, narrowing, opened

if TYPE_CHECKING:
    from contested.views.export import Format
    from contested.views.export.losses import Losses
    from contested.views.export.material import Material

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
@click.option("-o", "--output", metavar="FILE", help="Where to write; standard output by default, where that can be.")
@click.option("--losses", "at", type=click.Path(dir_okay=False), metavar="FILE",
              help="Where the loss report goes; FILE.losses.json beside the output by default.")  # fmt: skip
@narrowing("--until")
def export(
    where: str, format_: str, rows: str | None, as_of: str | None, output: str | None, at: str | None, **given: Any
) -> None:
    """Write a record in another tool's format, and tell what that format has no place for."""
    from contested.views.export import FORMATS as formats
    from contested.views.export.losses import Losses
    from contested.views.export.material import Material

    chosen = next(one for one in formats if one.name == format_)
    if rows and rows not in chosen.rows:
        raise click.UsageError(f"--rows {rows}: {format_} has " + (", ".join(chosen.rows) or "no rows to choose"))
    if chosen.whole and output in (None, "-"):
        raise click.UsageError(f"{format_} is written to a file: -o FILE{chosen.suffix}")
    losses = Losses(format_)
    with opened(where) as record:
        material = Material(
            record, filter_of(given), rows=next((one for one in chosen.rows if rows in (None, one)), "statements"),
            as_of=date.fromisoformat(as_of) if as_of else None, version=__version__,
        )  # fmt: skip
        progress = Progressing(quiet=False)
        material.progress = partial(progress.show, _Written(losses))
        try:
            if chosen.whole and output is not None:
                _whole(chosen, material, Path(output), losses)
            else:
                with sink(output) as put:
                    for piece in chosen.pieces(material, losses):
                        put(piece)
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


def _whole(chosen: Format, material: Material, path: Path, losses: Losses) -> None:
    """Write a file that a library writes itself: it appears whole when all is written, and not at all on an error."""
    try:
        folder = tempfile.TemporaryDirectory(dir=path.resolve().parent, prefix=".export-")
    except OSError as error:
        raise click.ClickException(f"{path}: cannot be written: {error.strerror}") from error
    with folder as made:
        whole = Path(made) / f"made{chosen.suffix}"
        chosen.write(material, whole, losses)
        os.replace(whole, path)
