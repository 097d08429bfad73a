"""Incidents: which reports of FA-KES tell of one happening, and where their accounts cannot all be so."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any

from contested.reading.pipeline import Reader
from contested.record.account import accounts_of
from contested.record.disputes import disputes_of
from contested.record.incidents import Incident, incidents
from contested.record.sketch import Sketch, sketches
from contested.register import load_register
from contested.statement import Report
from evaluation.gold import SHARED
from evaluation.result import Measured, NotMeasured, Result, Score, corpus_hash
from evaluation.statements import module, packaged

TEXTS = SHARED / "data" / "fakes" / "fakes.csv"
GOLD = SHARED / "gold" / "incidents.jsonl"
GROUPS = SHARED / "gold" / "incident_groups.jsonl"
SCORER = SHARED / "tools" / "score_incidents.py"
ABSENT = NotMeasured("FA-KES, its hand-made incidents or their scorer are not present (../shared)")


def present() -> bool:
    return all(path.is_file() for path in (TEXTS, GOLD, GROUPS, SCORER))


@cache
def scorer() -> Any:
    """The shared scorer of incidents, as a module."""
    return module(SCORER)


def grouped() -> list[dict[str, Any]]:
    """The groups of reports that were read against each other by hand."""
    found: list[dict[str, Any]] = scorer().load(GROUPS)
    return found


def hand_made() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = scorer().load(GOLD)
    return found


def week(group: Mapping[str, Any]) -> str:
    """The week of a group: `2016-W40` of `2016-W40-aleppo`."""
    return str(group["group"])[:8]


def halves(groups: Iterable[Mapping[str, Any]]) -> tuple[set[str], set[str]]:
    """The weeks whose groups linking was fitted on, and those it has not seen: every second, sorted."""
    weeks = sorted({week(group) for group in groups})
    return set(weeks[0::2]), set(weeks[1::2])


def fakes(ids: set[str]) -> list[Report]:
    """Reports of FA-KES by the ids that the groups name them by; of rows with one id the first."""
    found: dict[str, Report] = {}
    with TEXTS.open(encoding="utf8", newline="") as lines:
        for row in csv.DictReader(lines):
            id = f"fakes-{row['unit_id']}"
            if id in ids and id not in found:
                day = datetime.strptime(row["date"], "%m/%d/%y").date().isoformat()
                found[id] = Report(
                    row["article_content"], id=id, outlet=row["source"], title=row["article_title"], published=day
                )
    return [found[id] for id in sorted(found)]


def made_of(reports: Iterable[Report]) -> list[Incident]:
    """The incidents of read reports, with their disputes."""
    register = load_register()
    accounts = [account for report in reports for account in accounts_of(report)]
    found = incidents(accounts, register)
    taken = {account.key for one in found for account in one.accounts}
    told: dict[str, list[Sketch]] = {}
    for sketch in sketches(accounts):
        told.setdefault(sketch.report, []).append(sketch)
    out = []
    for one in found:
        around = [sketch for report in one.reports for sketch in told[report]]
        disputes = disputes_of(one.accounts, around=around, taken=taken, register=register)
        out.append(replace(one, disputes=tuple(disputes)))
    return out


def scores(groups: Sequence[Mapping[str, Any]], predicted: Sequence[Mapping[str, Any]]) -> dict[str, Score]:
    """All that the scorer tells over `groups`."""
    names = {group["group"] for group in groups}
    gold = [incident for incident in hand_made() if incident["group"] in names]
    told = scorer().score(gold, groups, predicted)
    told |= {f"disputes.{name}": values for name, values in told.pop("by type").items()}
    return {name: Score(values["precision"], values["recall"], values["f1"]) for name, values in told.items()}


def measured(reports: Sequence[Report]) -> Measured:
    """The scores of reports that have been read: over all groups, and over each half of the weeks."""
    groups = grouped()
    predicted = [incident.to_json() for incident in made_of(reports)]
    found = scores(groups, predicted)
    for name, weeks in zip(("fitted", "unseen"), halves(groups), strict=True):
        part = scores([group for group in groups if week(group) in weeks], predicted)
        found |= {f"{name}.{key}": part[key] for key in ("pairs", "b-cubed", "disputes")}
    return Measured(found, len(reports), "reports", corpus_hash((r.id, r.text) for r in reports))


def incidents_fakes(log: Callable[[str], None]) -> Result:
    if not present():
        return ABSENT
    if not packaged():
        return NotMeasured("there are no packaged weights")
    reader = Reader.load(log=log)
    reports = fakes({id for group in grouped() for id in group["reports"]})
    read = list(reader.read_many(reports))
    log(f"{len(read)} reports of FA-KES read")
    return measured(read)


def saved(path: str) -> list[Report]:
    """Read reports as `contested read --format jsonl` wrote them, those of the groups alone."""
    ids = {id for group in grouped() for id in group["reports"]}
    with open(path, encoding="utf8") as lines:
        told = {one["id"]: one for one in map(json.loads, lines)}
    return [Report.from_json(told[id]) for id in sorted(ids & told.keys())]


if __name__ == "__main__":  # python -m evaluation.incidents READ.jsonl: score what has been read before
    import sys

    for name, values in measured(saved(sys.argv[1])).scores.items():
        print(f"{name:28s} P {values.precision:.3f}  R {values.recall:.3f}  F1 {values.f1:.3f}")
