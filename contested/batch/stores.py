"""Files of this machine and of object stores, by path or by address: `s3://`, `gs://`, `memory://` … (fsspec)."""

from __future__ import annotations

import glob
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

from contested.errors import InputError

#: What stores tell of a file that changes whenever its bytes do.
_TAGS = ("ETag", "etag", "md5Hash", "content_md5")


def is_address(path: str) -> bool:
    return "://" in plain(path)


def absolute(path: str) -> str:
    """A path or an address as every process on this machine understands it."""
    return path if is_address(path) else os.path.abspath(plain(path))


def plain(path: str) -> str:
    """The path that an address of this machine's own files (`file://`) is."""
    return path.removeprefix("file://")


def found(address: str) -> tuple[str, list[str]]:
    """The files of an address: a folder of a store, a pattern (`s3://reports/2016/*.jsonl`), or one file.

    Gives the folder (or "" where it is none) and the addresses of the files, sorted. Raises `InputError`.
    """
    files, path = _opened(address)
    try:
        if glob.has_magic(path):
            folder, within = "", files.glob(path)
        elif files.isdir(path):
            folder, within = path, files.find(path)
        else:
            return "", [address]
    except Exception as error:  # stores raise what they will
        raise InputError(address, f"cannot be listed: {told(error)}") from None
    if not within:
        raise InputError(address, "no file matches this" if not folder else "no file in this folder")
    return files.unstrip_protocol(folder) if folder else "", sorted(map(files.unstrip_protocol, within))


@contextmanager
def fetched(at: str) -> Iterator[tuple[Path, dict[str, Any]]]:
    """A file on this machine with the content of the one at `at`, and by what a change of it is known.

    That is its size, with the tag that the store tells, else the SHA-256. What lies in a store is copied first, so that
    a connection that breaks never looks like the end of a file. Raises `OSError`, and whatever stores raise.
    """
    if not is_address(at):
        yield Path(at), _hashed(Path(at))
        return
    files, path = _opened(at)
    info = files.info(path)
    with tempfile.TemporaryDirectory(prefix="contested-") as scratch:
        copy = Path(scratch) / PurePosixPath(path).name
        files.get_file(path, str(copy))
        tag = next((str(info[name]) for name in _TAGS if info.get(name)), None)
        yield copy, _hashed(copy) if tag is None else {"size": copy.stat().st_size, "tag": tag}


class Folder:
    """Where files are put, whole or not at all. Made where it is not there. Raises `OSError`, or what stores raise."""

    def __init__(self, address: str) -> None:
        self._store = _opened(address) if is_address(address) else None
        self.address = plain(address).rstrip("/")

    def at(self, name: str) -> str:
        return f"{self.address}/{name}"

    def size(self, name: str) -> int | None:
        """The size of a file in bytes; None where there is none."""
        try:
            if self._store is None:
                return os.path.getsize(self.at(name))
            files, root = self._store
            files.invalidate_cache()
            return int(files.size(f"{root}/{name}"))
        except FileNotFoundError:
            return None

    def json(self, name: str) -> Any:
        """What a JSON file holds; None where there is none, or it is broken."""
        try:
            if self._store is None:
                return json.loads(Path(self.at(name)).read_bytes())
            files, root = self._store
            return json.loads(files.cat_file(f"{root}/{name}"))
        except (FileNotFoundError, ValueError):
            return None

    def put(self, name: str, file: Path) -> None:
        """Put a copy of `file` there."""
        if self._store is not None:
            files, root = self._store
            files.makedirs(f"{root}/{name}".rpartition("/")[0], exist_ok=True)
            files.put_file(str(file), f"{root}/{name}")
            return
        target = Path(self.at(name))
        target.parent.mkdir(parents=True, exist_ok=True)
        copy = target.with_name(f".{target.name}.{os.getpid()}-{file.parent.name}")
        try:
            with file.open("rb") as source, copy.open("wb") as stream:
                shutil.copyfileobj(source, stream)
                stream.flush()
                os.fsync(stream.fileno())  # or, when the power fails, the marker is there and the file is not
            os.replace(copy, target)
        finally:
            copy.unlink(missing_ok=True)

    def remove(self, name: str) -> None:
        """Remove a file, if it is there."""
        if self.size(name) is None:
            return
        if self._store is None:
            Path(self.at(name)).unlink(missing_ok=True)
        else:
            files, root = self._store
            files.rm_file(f"{root}/{name}")


def told(error: Exception) -> str:
    """An error in words."""
    words = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return " ".join(words.split())[:300] or type(error).__name__


def _opened(address: str) -> tuple[Any, str]:
    """The file system of an address, and the path in it. Raises `InputError`."""
    from fsspec.core import url_to_fs

    try:
        files, path = url_to_fs(address)
    except Exception as error:  # no such protocol, its library is absent, a store that cannot be asked
        raise InputError(address, f"cannot be opened: {told(error)}") from None
    return files, path.rstrip("/")


def _hashed(file: Path) -> dict[str, Any]:
    with file.open("rb") as stream:
        return {"size": os.fstat(stream.fileno()).st_size, "sha256": hashlib.file_digest(stream, "sha256").hexdigest()}
