"""The record in the formats of other tools: one file a format, and `FORMATS`, the list of them.

`write` writes a record in one of them. A format makes `pieces` (bytes, one after the other, so that it may go to
standard output), or writes a whole file. It is given `Material` and a `Losses` to fill: what it has no place for is
said there.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from contested.errors import ExportError
from contested.record.asking import Filter
from contested.views.export.losses import Losses
from contested.views.export.material import Material, Rows

if TYPE_CHECKING:
    from contested.record.record import Record

Pieces = Callable[[Material, Losses], Iterator[bytes]]
Writes = Callable[[Material, Path, Losses], None]


@dataclass(frozen=True, slots=True)
class Format:
    """A format by name. `module` has `pieces(material, losses)` (or what `made` names) or, where `whole`,
    `write(material, path, losses)`.

    `rows` are the kinds of rows that it can have, the first by default. `needs` is the extra that brings its library.
    """

    name: str
    suffix: str
    about: str
    module: str
    rows: tuple[Rows, ...] = ()
    whole: bool = False
    needs: str | None = None
    made: str = "pieces"

    def pieces(self, material: Material, losses: Losses) -> Iterator[bytes]:
        made: Pieces = getattr(self._module(), self.made)
        return made(material, losses)

    def write(self, material: Material, path: Path, losses: Losses) -> None:
        if self.whole:
            made: Writes = self._module().write
            made(material, path, losses)
            return
        with path.open("wb") as file:
            for piece in self.pieces(material, losses):
                file.write(piece)

    def _module(self) -> Any:
        try:
            return import_module(f"contested.views.export.{self.module}")
        except ModuleNotFoundError as error:
            if self.needs is None or (error.name or "").startswith("contested"):
                raise
            raise ExportError(self.name, f"needs {error.name}: pip install 'contested[{self.needs}]'") from None


TABLES: tuple[Rows, ...] = ("statements", "incidents", "accounts")

#: Every format, in the order that help lists them.
FORMATS: tuple[Format, ...] = (
    Format("jsonl", ".jsonl", "reports with their statements, the codebook's own format", "reports"),
    Format("csv", ".csv", "one row a statement, an incident or an account", "tabular", TABLES),
    Format("xlsx", ".xlsx", "the same for Excel", "spreadsheet", TABLES, whole=True, needs="export"),
    Format("parquet", ".parquet", "nested slots in Arrow's types", "columnar", TABLES, whole=True, needs="export"),
    Format("geojson", ".geojson", "points, for QGIS and maps", "geographic", TABLES),
    Format("gpkg", ".gpkg", "points in a GeoPackage, for QGIS", "geographic", TABLES, whole=True, needs="export"),
    Format("acled", ".csv", "incidents in ACLED's columns", "events", made="acled"),
    Format("ucdp", ".csv", "incidents in the columns of UCDP GED", "events", made="ucdp"),
    Format("plover", ".jsonl", "events in PLOVER's JSON, as POLECAT has them", "plover"),
    Format("hxl", ".csv", "rows with the hashtags of HXL", "hxl", TABLES),
    Format("ftm", ".csv", "FollowTheMoney statements", "ftm", whole=True, needs="ftm"),
    Format(
        "webannotation",
        ".jsonld",
        "W3C Web Annotations with quote and position selectors",
        "linked",
        made="webannotation",
    ),
    Format("prov", ".jsonl", "W3C PROV-JSON, a document a report", "linked", made="prov"),
    Format("labelstudio", ".json", "tasks for Label Studio", "linked", made="labelstudio"),
    Format("html", ".html", "a situation report in one file: map, timeline, disputes, sources", "paper"),
    Format("pdf", ".pdf", "the same, printed", "paper", whole=True, needs="pdf"),
)


def named(name: str) -> Format:
    """The format of that name. Raises `ExportError` where there is none."""
    for one in FORMATS:
        if one.name == name:
            return one
    raise ExportError(name, f"is none of the formats: {', '.join(one.name for one in FORMATS)}")


def write(
    record: Record,
    format: str,
    to: str | os.PathLike[str] | Callable[[bytes], object],
    *,
    asked: Filter | None = None,
    rows: Rows | None = None,
    as_of: date | None = None,
    redact: str | os.PathLike[str] | None = None,
    progress: Callable[[Losses], None] = lambda losses: None,
) -> Losses:
    """Write what is asked of a record in a format, to a file or piece by piece to a function; what was lost is told.

    A file appears whole when all is written, and not at all on an error. `rows` is what a table has a row for, `as_of`
    the day of the situation of a page, `redact` a profile of docs/redaction.md by its name or its file; `progress` is
    told after each thing written. Raises `ExportError`, `RecordError`, and `LexiconError` for a faulty profile.
    """
    chosen, losses = named(format), Losses(format)
    if rows and rows not in chosen.rows:
        raise ExportError(format, f"rows={rows!r}: it has {', '.join(chosen.rows) or 'no rows to choose'}")
    material = Material(
        record, asked or Filter(), rows=rows or (chosen.rows or TABLES)[0], as_of=as_of,
        version=_version(), progress=lambda: progress(losses),
    )  # fmt: skip
    with ExitStack() as stack:
        if redact is not None:
            from contested.views.export.redaction import Redactor

            material.redacting = stack.enter_context(closing(Redactor.of(record, redact, losses)))
            losses.redaction = material.redacting.name
        if not callable(to):
            _file(chosen, material, Path(to), losses)
        elif chosen.whole:
            raise ExportError(format, f"is written to a file: FILE{chosen.suffix}")
        else:
            for piece in chosen.pieces(material, losses):
                to(piece)
    return losses


def _version() -> str:
    """The version of this package, as it is installed."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("contested")
    except PackageNotFoundError:
        return ""


def _file(chosen: Format, material: Material, path: Path, losses: Losses) -> None:
    if path.exists() and not path.is_file():  # a folder, /dev/null, a pipe: nothing may take its place
        if chosen.whole or path.is_dir():
            raise ExportError(chosen.name, f"{path} is no file")
        chosen.write(material, path, losses)
        return
    try:
        folder = tempfile.TemporaryDirectory(dir=path.resolve().parent, prefix=".export-")
    except OSError as error:
        raise ExportError(chosen.name, f"{path} cannot be written: {error.strerror}") from error
    with folder as made:
        whole = Path(made) / f"made{chosen.suffix}"
        chosen.write(material, whole, losses)
        os.replace(whole, path)
