"""The gold and its folds: the part of the evaluation that training needs as well."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from contested.statement import Report

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
BUILD = ROOT / "build"
FOLDS = 5
SEED = 17  # of the folds; another one makes every figure held out so far incomparable


def coded() -> Iterator[dict[str, Any]]:
    """The hand-coded reports as they stand in their files (`docs/statement.md`); none where they are not present."""
    for path in sorted((SHARED / "gold").glob("reports-*.jsonl")):
        with path.open(encoding="utf8") as lines:
            yield from (json.loads(line) for line in lines if line.strip())


def gold_reports() -> list[Report]:
    """The hand-coded reports with their statements, in the order of their files."""
    return [Report.from_json(report) for report in coded()]


def raw_gold() -> dict[str, dict[str, Any]]:
    """The hand-coded reports as they stand, by id: what the scorer compares with."""
    return {report["id"]: report for report in coded()}


def folds(reports: list[Report]) -> list[int]:
    """The fold (0 to `FOLDS` - 1) of each report: of any outlet, each fold has as many reports as another, or one less.

    Shuffled once with a fixed seed. The same reports in the same order have the same folds.
    """
    order = list(range(len(reports)))
    random.Random(SEED).shuffle(order)
    order.sort(key=lambda i: str(reports[i].outlet))
    out = [0] * len(reports)
    for n, i in enumerate(order):
        out[i] = n % FOLDS
    return out
