"""What is packed is unpacked in memory, as far as limits allow: nothing of an archive reaches the disk."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from typing import IO

from contested.config import MAX_RATIO, MAX_UNPACKED
from contested.errors import InputError

#: An archive of more files than this is none of reports.
MAX_FILES = 100_000

BOMB = "a zip bomb: unpacked it would be more than {ratio:,} times as large, and {size:,} MB or more; it is not read"


def bomb() -> str:
    """The words for what unpacks to far more than it is."""
    return BOMB.format(ratio=MAX_RATIO, size=MAX_UNPACKED // 1_000_000)


def is_bomb(packed: int, unpacked: int) -> bool:
    """Whether so many bytes of so many packed ones are too many, be they told or already unpacked."""
    return unpacked > MAX_UNPACKED and unpacked > packed * MAX_RATIO


def opened_zip(stream: IO[bytes], where: str) -> zipfile.ZipFile:
    """A ZIP archive whose files, by what it tells of them, may be unpacked one by one. Raises `InputError`."""
    try:
        archive = zipfile.ZipFile(stream)
        files = archive.infolist()
    except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, ValueError, EOFError, NotImplementedError) as error:
        raise InputError(where, f"a ZIP archive or an office document that is broken or not whole: {error}") from None
    if len(files) > MAX_FILES:
        raise InputError(where, f"a ZIP archive of {len(files):,} files: unpack it first")
    if any(one.flag_bits & 1 for one in files):
        raise InputError(where, "encrypted: it is read only without a password")
    if any(is_bomb(one.compress_size, one.file_size) for one in files) or is_bomb(
        sum(one.compress_size for one in files), sum(one.file_size for one in files)
    ):
        raise InputError(where, bomb())
    return archive


class Unpacking:
    """The bytes of a gzip file, member after member. What comes before a break is given before the break is told of.

    `read` raises `InputError` as soon as they are too many, and `OSError` where they are not whole.
    """

    def __init__(self, stream: IO[bytes], where: str) -> None:
        self._counting = _Counting(stream)
        self._gzip = gzip.GzipFile(fileobj=self._counting, mode="rb")
        self._where, self._unpacked = where, 0

    def read(self, size: int) -> bytes:
        """Some bytes, at most `size`; none at the end."""
        try:
            data = self._gzip.read1(size)
        except (EOFError, zlib.error) as error:  # those who read would take the first for the end
            raise OSError(f"the compressed data are broken or not whole: {error}") from None
        self._unpacked += len(data)
        if is_bomb(self._counting.count, self._unpacked):
            raise InputError(self._where, bomb())
        return data


class _Counting(io.RawIOBase):
    """A stream that counts what was read of it."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream, self.count = stream, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self._stream.read(len(buffer))
        self.count += len(data)
        buffer[: len(data)] = data
        return len(data)


#: What reading a broken or unfinished archive raises.
BROKEN = (EOFError, OSError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError)
