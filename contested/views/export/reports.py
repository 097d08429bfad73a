"""`jsonl`: reports with their statements, one a line, in the codebook's format: read again it gives the same."""

from __future__ import annotations

from collections.abc import Iterator

from contested.views import jsonl
from contested.views.export.losses import Losses
from contested.views.export.material import Material


def pieces(material: Material, losses: Losses) -> Iterator[bytes]:
    """One line a report."""
    for report in material.reports():
        losses.wrote("reports")
        losses.wrote("statements", len(report.statements))
        yield jsonl.encoded(jsonl.line(report.to_json()))
