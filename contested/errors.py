"""The tree of errors. Libraries raise these; only the command line prints and exits.

ContestedError
├── InputError            a report could not be taken in: names the file, the line and the mend
│   ├── PartlyRead        the report was taken in, but without what the reason names
│   ├── PassedOver        files of a folder were not opened: their kind is not known
│   └── FetchError        an address could not be fetched: names it and why
├── WatchError            a list of feeds is wrong, or cannot be watched now: names the file, the key and the mend
├── LexiconError          a lexicon file is wrong: names the file and the entry
├── ModelError            the trained weights are absent or do not fit this version
├── RecordError           a record cannot be opened, read or written: names it and the mend
├── WorkerError           the processes that read reports cannot be started
├── ClusterError          a cluster of machines cannot be used: names it and the mend
├── ExportError           a record cannot be written in a format: names the format and the mend
└── DataError             the folder of the user's data cannot be read or written: names it and the mend
"""

from __future__ import annotations


class ContestedError(Exception):
    """Any error that this package raises on purpose."""


class InputError(ContestedError):
    """One report, or one file of reports, could not be taken in.

    `where` is the file (or `-`), `line` its line from 1 where that is known, `reason` what is wrong and how to mend it.
    """

    def __init__(self, where: str, reason: str, line: int | None = None) -> None:
        self.where, self.line, self.reason = where, line, reason
        super().__init__(f"{where}:{line}: {reason}" if line is not None else f"{where}: {reason}")


class PartlyRead(InputError):
    """A report was taken in, but something of it was left out because it is wrong or cannot be decided."""


class PassedOver(InputError):
    """`files` files of a folder were not opened, because nothing here reads their kind."""

    def __init__(self, where: str, reason: str, files: int) -> None:
        super().__init__(where, reason)
        self.files = files


class FetchError(InputError):
    """What stands at an address could not be had. `wait`: it may be had later, in so many seconds at the earliest."""

    def __init__(self, where: str, reason: str, *, wait: float | None = None) -> None:
        super().__init__(where, reason)
        self.wait = wait


class WatchError(ContestedError):
    """A list of feeds is wrong, or cannot be watched now. `where` is its file, `reason` what is wrong and the mend."""

    def __init__(self, where: str, reason: str) -> None:
        self.where, self.reason = where, reason
        super().__init__(f"{where}: {reason}")


class LexiconError(ContestedError):
    """A lexicon file breaks its own rules."""


class ModelError(ContestedError):
    """The trained weights are absent, damaged, or made for another version."""


class DataError(ContestedError):
    """What is kept in the user's data folder cannot be read or written."""


class RecordError(ContestedError):
    """A record cannot be opened, read or written. `where` is its file or URL, `reason` what is wrong and the mend."""

    def __init__(self, where: str, reason: str) -> None:
        self.where, self.reason = where, reason
        super().__init__(f"{where}: {reason}")


class WorkerError(ContestedError):
    """The processes that read reports end before they read any."""


class ClusterError(ContestedError):
    """A cluster cannot be reached, or its machines read otherwise than this. `where` names it, `reason` the mend."""

    def __init__(self, where: str, reason: str) -> None:
        self.where, self.reason = where, reason
        super().__init__(f"{where}: {reason}")


class ExportError(ContestedError):
    """A record cannot be written in a format. `format` is its name, `reason` what is wrong and the mend."""

    def __init__(self, format: str, reason: str) -> None:
        self.format, self.reason = format, reason
        super().__init__(f"{format}: {reason}")
