"""One layer of a report as JSON Lines: `{"id", "annotations": [{"text", "start", "end", …}]}`, one report a line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

from contested.statement import Report
from contested.views import jsonl


def annotator(annotate: Callable[[Report, str], list[dict[str, Any]]], layer: str) -> Callable[[Report], Report]:
    """A function that puts what `annotate(report, layer)` finds beside the report, in `extra`, for `lines` to write."""
    return lambda report: replace(report, extra={**report.extra, "annotations": annotate(report, layer)})


def lines(reports: Iterable[Report]) -> Iterator[str]:
    """One line a report, in the order given."""
    for report in reports:
        yield jsonl.line({"id": report.id, "annotations": report.extra["annotations"]})
