"""The gold and its folds: the part of the evaluation that training needs as well."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

from contested.statement import Report

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
BUILD = ROOT / "build"
FOLDS = 5


def gold_reports() -> list[Report]:
    return [
        Report.from_json(json.loads(line))
        for path in sorted((SHARED / "gold").glob("reports-*.jsonl"))
        for line in path.open(encoding="utf8")
        if line.strip()
    ]


def raw_gold() -> dict[str, dict[str, Any]]:
    return {
        r["id"]: r
        for path in sorted((SHARED / "gold").glob("reports-*.jsonl"))
        for r in (json.loads(line) for line in path.open(encoding="utf8") if line.strip())
    }


def folds(reports: list[Report]) -> list[int]:
    """The fold of each report: shuffled once with a fixed seed, an outlet's reports spread evenly."""
    order = list(range(len(reports)))
    random.Random(17).shuffle(order)
    order.sort(key=lambda i: str(reports[i].outlet))
    out = [0] * len(reports)
    for n, i in enumerate(order):
        out[i] = n % FOLDS
    return out
