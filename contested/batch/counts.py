"""What a run came to: issues, a row each, and counts."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

from contested.errors import InputError, PartlyRead, PassedOver
from contested.statement import Report

What = Literal["failed", "partly", "foreign", "skipped"]


@dataclass(frozen=True, slots=True)
class Issue:
    """Something that went wrong with one report or file: a row of the issue log.

    `what` is `failed` (no report came of it), `partly` (the report was read, but something of it was left out),
    `foreign` (it was read, but does not look like English) or `skipped` (files of no known kind). `where` is the file,
    `line` its line from 1, `report` the report's id, where these are known.
    """

    what: What
    reason: str
    where: str | None = None
    line: int | None = None
    report: str | None = None

    def __str__(self) -> str:
        place = f"{self.where}:{self.line}" if self.line is not None else self.where or f"report {self.report}"
        return f"{place}: {self.reason}"

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def of(cls, error: InputError) -> Issue:
        """The issue that an error of the intake is."""
        what: What = "failed"
        if isinstance(error, PartlyRead):
            what = "partly"
        elif isinstance(error, PassedOver):
            what = "skipped"
        return cls(what, error.reason, error.where, error.line)

    @classmethod
    def with_report(cls, what: What, reason: str, report: Report) -> Issue:
        """The issue that `report` has, with the file and line it was taken from."""
        where, sign, line = str(report.extra.get("taken_from") or "").rpartition(":")
        if not line.isdecimal():
            where, line = where + sign + line, ""
        return cls(what, reason, where or None, int(line) if line else None, report.id)


@dataclass(slots=True)
class Counts:
    """What a run came to: `read` reports with `statements` in them (None where none are looked for), `partly` of which
    something was left out of the input, `foreign` of which do not look like English; files `skipped` as of no known
    kind; reports or files that `failed`.
    """

    read: int = 0
    statements: int | None = 0
    partly: int = 0
    foreign: int = 0
    skipped: int = 0
    failed: int = 0

    def count(self, issue: Issue, taken: Report | InputError) -> None:
        """Count an issue that came of what was taken in."""
        if issue.what == "failed":
            self.failed += 1
        elif issue.what == "partly":
            self.partly += 1
        elif issue.what == "foreign":
            self.foreign += 1
        elif isinstance(taken, PassedOver):
            self.skipped += taken.files

    def add(self, other: Counts) -> None:
        """Add what another run came to."""
        for name, value in asdict(other).items():
            if value:
                setattr(self, name, (getattr(self, name) or 0) + value)

    @property
    def nothing_read(self) -> bool:
        return self.read == 0

    def __str__(self) -> str:
        parts = [_many(self.read, "report") + " read"]
        if self.statements is not None:
            parts.append(_many(self.statements, "statement"))
        if self.partly:
            parts.append(f"{_many(self.partly, 'report')} taken in only in part")
        if self.foreign:
            parts.append(f"{_many(self.foreign, 'report')} not in English, it seems")
        if self.skipped:
            parts.append(f"{_many(self.skipped, 'file')} skipped")
        if self.failed:
            parts.append(f"{self.failed} failed")
        return ", ".join(parts)


def _many(n: int, noun: str) -> str:
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {noun}s"
