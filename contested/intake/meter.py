"""How much of the files of a run has been taken in, so that the time left can be told."""

from __future__ import annotations

import os
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import IO

from contested.intake.folder import walk

#: Files in folders are looked at one by one before anything can be told: half a second for so many.
FILES = 50_000


class Meter:
    """Counts bytes of the files in `paths`, of kinds with these `suffixes` in folders, as they are read."""

    def __init__(self, paths: Iterable[str | Path], suffixes: tuple[str, ...]) -> None:
        self._paths, self._suffixes = list(paths), suffixes
        self._whole: int | None = None
        self._asked = False
        self._done = 0
        self._at: IO[bytes] | None = None
        self._size = 0

    def opened(self, stream: IO[bytes]) -> None:
        """Another file is read from here on."""
        self._done += self._size
        self._at, self._size = stream, os.fstat(stream.fileno()).st_size

    def share(self) -> float | None:
        """From 0 to 1: how much of all has been taken in; None where that cannot be known, as of standard input."""
        if not self._asked:
            self._asked, self._whole = True, self._measured()
        if not self._whole:
            return None
        at = self._size if self._at is None or self._at.closed else min(self._at.tell(), self._size)
        return min(1.0, (self._done + at) / self._whole)

    def _measured(self) -> int | None:
        """Bytes in all."""
        if any(not Path(path).is_dir() and not Path(path).is_file() for path in self._paths):  # `-`, a pipe
            return None
        files = (one for path in map(Path, self._paths) for one in self._files(path))
        some = list(islice(files, FILES + 1))
        return sum(some) if len(some) <= FILES else None

    def _files(self, path: Path) -> Iterable[int]:
        for one in walk(path, self._suffixes) if path.is_dir() else (path,):
            if isinstance(one, Path):
                try:
                    yield one.stat().st_size
                except OSError:
                    continue
