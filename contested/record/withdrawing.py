"""Reports that their outlets took back: a version without statements, after which what they said counts no longer.

What was said stays in the record, in the versions before; asked by what was known before the withdrawal, it counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from contested.statement import Report


def withdrawn(report: Report) -> str | None:
    """The day on which its outlet took a report back (`undated` where that is not told); None for one that stands."""
    day = report.extra.get("withdrawn")
    return str(day) if day else None


def taken_back(report: Report, known: Any | None, earlier: Sequence[Any]) -> Report:
    """`report`, withdrawn where the record has it (row `known`) as that, or has the version `earlier` than it as that.

    A version that tells of a later day than the withdrawal is a new account. Any other came late, whatever the order
    in which files are read.
    """
    row = known if known is not None else earlier[-1] if earlier else None
    day = dict(row.extra or {}).get("withdrawn") if row is not None else None
    if not day or withdrawn(report) or (known is None and (report.published or "") > str(day)):
        return report
    return replace(report, extra={**report.extra, "withdrawn": day})
