"""What a machine of a cluster does with a shard. All of it can be pickled; what takes long to load is loaded there."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from contested.batch.counts import Issue
from contested.batch.here import Reader
from contested.batch.shards import Done, Pieces, Reading, Shard, Unread, read_over, read_shard
from contested.errors import DataError
from contested.intake.given import Given
from contested.record.kept import Kept
from contested.statement import Report

#: Makes the reader, and tells the versions of reader and knowledge.
Load = Callable[[], tuple[Reader, tuple[str, str]]]


@dataclass(frozen=True)
class Task:
    """How shards are read elsewhere: as `load` makes the reader, which must read as the one `by` these versions."""

    load: Load
    by: tuple[str, str]
    given: Given

    def reading(self) -> Reading:
        """Raises `DataError` where this machine would read otherwise, beside what `load` raises."""
        read, by = self.load()
        if by != self.by:
            why = (
                "install the same version"
                if by[0] != self.by[0]
                else "import the same places and give the same parties"
            )
            raise DataError(f"{socket.gethostname()} reads by {', '.join(by)}, and not by {', '.join(self.by)}: {why}")
        return Reading(read, by, self.given)


@dataclass(frozen=True)
class ToFile(Task):
    """Reads a shard into the folder `out`, as `read_shard` does."""

    out: str
    pieces: Pieces

    def __call__(self, shard: Shard) -> Iterator[Done]:
        yield read_shard(shard, self.out, self.reading(), self.pieces)


@dataclass(frozen=True)
class Over(Task):
    """Reads a shard and hands its reports over, as `read_over` does."""

    kept: Kept

    def __call__(self, shard: Shard) -> Iterator[Report | Unread | Issue | Done]:
        return read_over(shard, self.reading(), self.kept)
