"""WACZ: a ZIP archive of web archives (WARC) with an index of their own; the archives are read one after another."""

from __future__ import annotations

from contested.config import MAX_DOCUMENT
from contested.errors import InputError
from contested.intake.given import Given, Input, Taken
from contested.intake.inside import read_inside
from contested.intake.packed import BROKEN, opened_zip


def read(source: Input, given: Given) -> Taken:
    """The reports in the WARC files of `source`."""
    archive = opened_zip(source.anywhere(MAX_DOCUMENT, "give it as a file, not by standard input"), source.where)
    names = [name for name in archive.namelist() if name.endswith((".warc", ".warc.gz"))]
    if not names:
        yield InputError(
            source.where, "a ZIP archive or an office document without a web archive (WARC) in it: unpack it"
        )
    for name in names:
        try:
            with archive.open(name) as stream:
                yield from read_inside(source, name, stream, given, kind="warc")
        except BROKEN as error:
            yield InputError(source.where, f"{name[:200]}: broken: {error}")
