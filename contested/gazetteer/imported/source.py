"""A file that is to be imported: its lines or its document, within bounds, with errors that name file and line."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from contested.errors import InputError

#: Longest line in bytes; GeoNames' longest, with all alternate names, have some 12,000.
MAX_LINE = 100_000
#: Largest JSON file in bytes: it has to be held whole, in some six times the memory.
MAX_JSON = 256_000_000
#: Largest unpacked text in bytes (allCountries.txt has 1.8 GB), and how much smaller a zip may have made it.
MAX_UNPACKED, MAX_RATIO = 8_000_000_000, 100
_BESIDE = ("readme.txt", "iso-languagecodes.txt")


def digest(path: Path) -> str:
    """SHA-256 of a file. Raises `InputError` where it cannot be read or is empty."""
    try:
        with path.open("rb") as stream:
            found = hashlib.file_digest(stream, "sha256").hexdigest()
        if not path.stat().st_size:
            raise InputError(str(path), "the file is empty")
    except OSError as error:
        raise InputError(str(path), f"cannot be read: {error.strerror}") from error
    return found


def lines(path: Path) -> Iterator[tuple[int, str]]:
    """Number and text of each line of a text file, or of the one in a zip, but empty lines and comments."""
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as packed, packed.open(_member(path, packed)) as stream:
                yield from _lines(path, stream)
        elif path.suffix.lower() == ".zip":
            raise InputError(str(path), "is no whole zip file; fetch it again")
        else:
            with path.open("rb") as stream:
                yield from _lines(path, stream)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise InputError(str(path), f"the zip file is damaged ({error}); fetch it again") from error
    except OSError as error:
        raise InputError(str(path), f"cannot be read: {error.strerror or error}") from error


def document(path: Path) -> Any:
    """The JSON document in a file."""
    size = path.stat().st_size
    if size > MAX_JSON:
        raise InputError(str(path), f"{size / 1e6:.0f} MB of JSON; at most {MAX_JSON / 1e6:.0f} MB are read: split it")
    try:
        return json.loads(path.read_bytes().decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        raise InputError(str(path), f"is no JSON: {error.msg} at column {error.colno}", error.lineno) from error
    except (UnicodeDecodeError, RecursionError) as error:
        raise InputError(str(path), f"is no JSON in UTF-8: {error}") from error


def _member(path: Path, packed: zipfile.ZipFile) -> zipfile.ZipInfo:
    texts = [i for i in packed.infolist() if i.filename.lower().endswith(".txt")]
    wanted = [i for i in texts if Path(i.filename).name.lower() not in _BESIDE]
    if len(wanted) != 1:
        names = ", ".join(i.filename for i in packed.infolist()[:5]) or "nothing"
        raise InputError(str(path), f"has no single .txt of places in it, but {names}")
    info = wanted[0]
    if info.file_size > MAX_UNPACKED or info.file_size > MAX_RATIO * max(1, info.compress_size):
        raise InputError(str(path), f"{info.filename} would unpack to {info.file_size:,} bytes: not taken for a list")
    return info


def _lines(path: Path, stream: IO[bytes]) -> Iterator[tuple[int, str]]:
    buffered = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(stream)  # type: ignore[type-var]
    n = 0
    while raw := buffered.readline(MAX_LINE + 1):
        n += 1
        if len(raw) > MAX_LINE:
            raise InputError(str(path), f"a line of more than {MAX_LINE:,} bytes", n)
        try:
            text = raw.decode("utf-8-sig" if n == 1 else "utf-8").rstrip("\r\n")
        except UnicodeDecodeError:
            raise InputError(str(path), "is not UTF-8", n) from None
        if text and not text.startswith("#"):
            yield n, text
