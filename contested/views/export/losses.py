"""What an export leaves behind: said and counted, never in silence."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Losses:
    """The loss report of one export. `written` counts what was written, `dropped` what the format has no place for.

    A loss is `what` was lost and `why`; how often, and one example (where it was: a statement's key, an incident's id).
    """

    format: str
    written: Counter[str] = field(default_factory=Counter)
    dropped: Counter[tuple[str, str]] = field(default_factory=Counter)
    examples: dict[tuple[str, str], str] = field(default_factory=dict)
    redaction: str | None = None

    def wrote(self, what: str, n: int = 1) -> None:
        self.written[what] += n

    def drop(self, what: str, why: str, where: str = "", n: int = 1) -> None:
        """`n` of `what` could not be written, because of `why`; `where` is one of them."""
        if n:
            self.dropped[what, why] += n
            if where:
                self.examples.setdefault((what, why), where)

    def to_json(self) -> dict[str, Any]:
        lost = [
            {"what": what, "why": why, "times": n, "example": self.examples.get((what, why))}
            for (what, why), n in sorted(self.dropped.items())
        ]
        return {"format": self.format, "written": dict(self.written), "lost": lost, "redaction": self.redaction}

    def words(self) -> str:
        """The report as lines for a person."""
        wrote = ", ".join(f"{n:,} {what}" for what, n in self.written.items()) or "nothing"
        lines = [f"{self.format}: wrote {wrote}" + (f", redacted by {self.redaction}" if self.redaction else "")]
        lines += [f"  lost: {n:,} {what}: {why}" for (what, why), n in sorted(self.dropped.items())]
        return "\n".join(lines if self.dropped else [*lines, "  nothing was lost"])
