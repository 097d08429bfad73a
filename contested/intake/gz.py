"""Files of reports that are compressed with gzip, as they lie in object stores: unpacked as they are read."""

from __future__ import annotations

import io
from dataclasses import replace

from contested.errors import InputError
from contested.intake.given import Given, Input, Taken
from contested.intake.packed import Unpacking


class _Unpacked(io.RawIOBase):
    """What is packed in an input, as a stream."""

    def __init__(self, source: Input) -> None:
        self._packed = Unpacking(source.stream, source.where)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self._packed.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def read(source: Input, given: Given) -> Taken:
    """The reports in what is packed in `source`, read as the kind that the name without `.gz` tells."""
    from contested.intake import kind_named, read_input

    part = replace(source, stream=io.BufferedReader(_Unpacked(source)))
    try:
        yield from read_input(part, kind_named(source.where[: -len(".gz")]), given)
    except OSError as error:
        if error.errno is not None:  # the disk, not the data
            raise
        yield InputError(source.where, f"breaks off: {error}; what stands before was read")
