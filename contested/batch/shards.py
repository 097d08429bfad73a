"""Shards: each file of reports becomes one file of statements with a marker beside it that says that it is done.

A shard whose marker fits (the same file, read by the same reader with the same knowledge and options) is not read
again, so that starting again is going on. Files are put whole, the marker last. `read_shard` is all of it, and is the
same here and on a cluster.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from glob import glob, has_magic
from pathlib import Path, PurePosixPath
from typing import Any

from contested.batch.counts import Counts, Issue
from contested.batch.here import Reader, read_many
from contested.batch.stores import Folder, absolute, fetched, found, is_address, plain, told
from contested.errors import ContestedError, DataError, InputError, LexiconError, ModelError, RecordError
from contested.intake import SUFFIXES, kind_named, read_input
from contested.intake.folder import shown, walk
from contested.intake.given import Given, Input, Taken
from contested.statement import Report

#: What stands behind the name of a file of statements: its issues, and that it is done.
ISSUES, DONE = ".issues", ".done"
Pieces = Callable[[Iterator[Report]], Iterable[bytes]]


@dataclass(frozen=True, slots=True)
class Shard:
    """One file of reports. `address` is what its reports are `taken_from`, `at` where any process finds it, and `name`
    how its file of statements is called: `2016/aleppo.jsonl`."""

    address: str
    at: str
    name: str


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a shard: the counts, how many `issues` there were, whether it was read now (`fresh`) or before; or
    why it `failed`: then nothing was written."""

    shard: Shard
    counts: Counts
    issues: int = 0
    fresh: bool = True
    failed: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What shards are read with, and the versions of reader and knowledge; `given` is what the caller said of them."""

    read: Reader
    by: tuple[str, str]
    given: Given


def shards(paths: Iterable[str]) -> tuple[list[Shard], list[InputError]]:
    """The shards in files, folders and patterns, on this machine or at addresses, and what is none.

    A file has the name of its shard without its ending, below the folder that was given; where two would have one name,
    they keep their endings. Raises `InputError` where they have one name all the same.
    """
    errors: list[InputError] = []
    entries: dict[str, tuple[str, str]] = {}
    for path in paths:
        try:
            for entry in _entries(path):
                if isinstance(entry, InputError):
                    errors.append(entry)
                else:
                    entries.setdefault(absolute(entry[0]), entry)
        except InputError as error:
            errors.append(error)
    stems = Counter(_stem(within) for _, within in entries.values())
    out: dict[str, Shard] = {}
    for at, (address, within) in entries.items():
        stem = _stem(within)
        name = f"{stem if stems[stem] == 1 else within}.jsonl"
        if name in out:
            one, reason = out[name].address, "give the folder that holds both, whose folders are kept"
            raise InputError(address, f"would be written to {name}, as {one} would: {reason}")
        out[name] = Shard(shown(Path(address)) if not is_address(address) else address, at, name)
    return list(out.values()), errors


def _entries(path: str) -> Iterator[tuple[str, str] | InputError]:
    """The files of a path: their addresses, and their paths within the folder that it is."""
    if path == "-":
        raise InputError("-", "shards are files: standard input is none")
    if path.lower().startswith(("http://", "https://")):
        raise InputError(path, "nothing is fetched from the web here")
    if is_address(path):
        folder, files = found(path)
        for file in files:
            within = PurePosixPath(file[len(folder) :].lstrip("/") if folder else file.rpartition("/")[2])
            if not folder or (file.lower().endswith(SUFFIXES) and not any(p.startswith(".") for p in within.parts)):
                yield file, str(within)
        return
    path = plain(path)
    if Path(path).is_dir():
        for entry in walk(Path(path), SUFFIXES):
            yield entry if isinstance(entry, InputError) else (str(entry), entry.relative_to(path).as_posix())
    elif has_magic(path) and not Path(path).exists():
        if not (files := sorted(glob(path, recursive=True))):
            raise InputError(path, "no file matches this")
        for file in files:
            if not Path(file).is_dir():
                yield file, Path(file).name
    else:
        yield path, Path(path).name


def _stem(name: str) -> str:
    ending = max((suffix for suffix in SUFFIXES if name.lower().endswith(suffix)), key=len, default="")
    return name[: -len(ending)] if ending and not name.endswith(f"/{ending}") and name != ending else name


def refuse_inside(shards: Sequence[Shard], out: str) -> None:
    """Raises `InputError` where `out` holds one of the shards: the next time, what was written would be read."""
    folder = absolute(out).rstrip("/") + "/"
    for shard in shards:
        if shard.at.startswith(folder):
            raise InputError(shard.address, f"lies in {out}, where statements are to be written: choose another folder")


def read_shard(shard: Shard, out: str, reading: Reading, pieces: Pieces, how: Any = None) -> Done:
    """Read a shard into the folder (or address) `out`, unless that is done. `how` goes to `read_many` as `workers`.

    What cannot be read or written, and whatever goes wrong with this shard only, is told of in what is given. Raises
    what would befall every shard: `ModelError`, `LexiconError`, `DataError`, `RecordError`.
    """
    try:
        return _read_shard(shard, Folder(out), reading, pieces, how)
    except (ModelError, LexiconError, DataError, RecordError):
        raise
    except ContestedError as error:
        return Done(shard, Counts(), failed=str(error))
    except FileNotFoundError:
        return Done(shard, Counts(), failed="no such file")
    except Exception as error:  # whatever it is: other shards can still be read
        return Done(shard, Counts(), failed=told(error))


def _read_shard(shard: Shard, folder: Folder, reading: Reading, pieces: Pieces, how: Any) -> Done:
    with fetched(shard.at) as (file, content), tempfile.TemporaryDirectory(prefix="contested-") as scratch:
        asked = {
            "shard": shard.address, "content": content, "reader": reading.by[0], "knowledge": reading.by[1],
            "options": asdict(reading.given),
        }  # fmt: skip
        marker = folder.json(shard.name + DONE)
        if isinstance(marker, dict) and marker.get("shard") not in (None, shard.address):
            raise InputError(folder.at(shard.name), f"holds what was read of {marker['shard']}: choose another folder")
        if (before := _fitting(marker, asked, folder, shard)) is not None:
            return before
        folder.remove(shard.name + DONE)
        output, rows = Path(scratch) / "output", Path(scratch) / "issues"
        counts, digest, issues = Counts(), hashlib.sha256(), 0
        with taken(shard, file, reading.given) as reports, output.open("wb") as stream, rows.open("wb") as told_of:

            def tell(issue: Issue) -> None:
                nonlocal issues
                issues += 1
                told_of.write(_line(issue.to_json()))

            for piece in pieces(read_many(reports, reading.read, on_issue=tell, counts=counts, workers=how)):
                stream.write(piece)
                digest.update(piece)
        if issues:
            folder.put(shard.name + ISSUES, rows)
        else:
            folder.remove(shard.name + ISSUES)
        folder.put(shard.name, output)
        marker = asked | {
            "output": {"size": output.stat().st_size, "sha256": digest.hexdigest()},
            "issues": issues, "counts": asdict(counts),
        }  # fmt: skip
        done = Path(scratch) / "done"
        done.write_bytes(_line(marker))
        folder.put(shard.name + DONE, done)
    return Done(shard, counts, issues)


def _fitting(marker: Any, asked: dict[str, Any], folder: Folder, shard: Shard) -> Done | None:
    """What came of a shard that is done as it is `asked` for, by its marker; None where it is not."""
    try:
        if {name: marker[name] for name in asked} != asked or folder.size(shard.name) != marker["output"]["size"]:
            return None
        return Done(shard, Counts(**marker["counts"]), marker["issues"], fresh=False)
    except (KeyError, TypeError):
        return None


@contextmanager
def taken(shard: Shard, file: Path, given: Given) -> Iterator[Taken]:
    """The reports in a shard that lies in `file`. Raises `OSError`, when a file cannot be read to its end."""
    with file.open("rb") as stream:
        yield read_input(Input.of(shard.address, stream), kind_named(PurePosixPath(shard.at).name), given)


@dataclass(frozen=True, slots=True)
class Unread:
    """A report that was taken in and not read, because it is known."""

    report: Report


def read_over(
    shard: Shard, reading: Reading, known: Callable[[Report], bool]
) -> Iterator[Report | Unread | Issue | Done]:
    """The reports of a shard as they are read, but for those that are `known`; among them what went wrong, and last
    that it is done. Raises as `read_shard`.
    """
    counts, issues, passed = Counts(), list[Issue](), False

    def asked(report: Report) -> bool:
        nonlocal passed
        passed = known(report)
        return passed

    try:
        with fetched(shard.at) as (file, _), taken(shard, file, reading.given) as reports:
            for report in read_many(reports, reading.read, on_issue=issues.append, counts=counts, known=asked):
                yield from issues
                issues.clear()
                yield Unread(report) if passed else report
                passed = False
    except (ModelError, LexiconError, DataError, RecordError):
        raise
    except FileNotFoundError:
        yield Done(shard, counts, failed="no such file")
    except Exception as error:  # whatever it is: other shards can still be read
        yield Done(shard, counts, failed=str(error) if isinstance(error, ContestedError) else told(error))
    else:
        yield from issues
        yield Done(shard, counts, len(issues))


def _line(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False) + "\n").encode("utf-8", "backslashreplace")
