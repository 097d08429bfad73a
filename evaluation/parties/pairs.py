"""The pairs as they stand in their files, and the reports that they point into."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from contested.statement import Report
from evaluation.gold import SHARED, gold_reports

FOLDER = Path(__file__).parent
TEST, DEVELOPMENT = FOLDER / "pairs.csv", FOLDER / "dev.csv"
FAKES = SHARED / "data" / "fakes" / "fakes.csv"
LABELS = ("same", "related", "different")


class Mention(NamedTuple):
    """Words `start:end` of the report with this id; `words` are they, white space as one space."""

    report: str
    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two mentions, what they are to each other (one of `LABELS`), and why."""

    id: str
    label: str
    one: Mention
    other: Mention
    reason: str


def load(path: Path) -> list[Pair]:
    """The pairs of a file. Raises `ValueError`, naming file and pair, for an unknown label and for an empty span."""
    found = []
    with path.open(encoding="utf8", newline="") as lines:
        for row in csv.DictReader(lines):
            one, other = _mention(row, "a"), _mention(row, "b")
            if row["label"] not in LABELS or not (0 <= one.start < one.end and 0 <= other.start < other.end):
                raise ValueError(f"{path}: {row['pair']}: no such label, or no such span")
            found.append(Pair(row["pair"], row["label"], one, other, row["reason"]))
    return found


def _mention(row: Mapping[str, str], side: str) -> Mention:
    return Mention(row[f"report_{side}"], int(row[f"start_{side}"]), int(row[f"end_{side}"]), row[f"mention_{side}"])


def reports(pairs: Iterable[Pair], fakes: Path = FAKES) -> dict[str, Report]:
    """The reports of these pairs by id, from the gold, else from FA-KES; those that are in neither are left out."""
    wanted = {mention.report for pair in pairs for mention in (pair.one, pair.other)}
    found = {report.id: report for report in gold_reports() if report.id in wanted}
    if fakes.is_file():
        with fakes.open(encoding="utf8", newline="") as lines:
            for row in csv.DictReader(lines):
                report = _fakes_report(row)
                if report.id in wanted:
                    found.setdefault(report.id, report)
    return found


def _fakes_report(row: Mapping[str, str]) -> Report:
    """A row of FA-KES as a report; of an id that stands twice the first row counts."""
    month, day, year = row["date"].split("/")  # 8/21/13
    return Report(
        row["article_content"], id=f"fakes-{row['unit_id']}", outlet=row["source"], title=row["article_title"],
        published=f"20{year}-{int(month):02}-{int(day):02}",
    )  # fmt: skip


def misplaced(pairs: Iterable[Pair], reports: Mapping[str, Report]) -> list[str]:
    """The ids of pairs whose words do not stand where they should: their report is another version, or absent."""
    return [pair.id for pair in pairs if not all(_stands(m, reports) for m in (pair.one, pair.other))]


def _stands(mention: Mention, reports: Mapping[str, Report]) -> bool:
    report = reports.get(mention.report)
    return report is not None and " ".join(report.text[mention.start : mention.end].split()) == mention.words
