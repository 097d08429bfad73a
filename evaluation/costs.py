"""`python -m evaluation.costs [--quick]`: what one report costs, in work and in bytes; renews docs/planning.md.

Work is processor time, which other work on the machine disturbs less than the clock on the wall. Reading is measured
on the examples, the rest on synthetic reports (`evaluation/synthetic.py`). What was measured is kept in
evaluation/costs.json, from which docs/planning.md is computed; with `--quick` both stay as they are.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import tempfile
import time
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from contested.batch.workers import reading
from contested.record.record import open_record
from contested.record.writing import Writer
from contested.views.export import write
from evaluation.gold import ROOT
from evaluation.readers import DISTINCT
from evaluation.record import BATCH, READER, size
from evaluation.speed import WORDS, examples, machine, peak, words
from evaluation.synthetic import War

COSTS = Path(__file__).parent / "costs.json"
PAGE = ROOT / "docs" / "planning.md"
A_DAY = (10_000, 100_000, 1_000_000, 10_000_000)
SECONDS = 86_400
#: Assumed, not measured; docs/planning.md says so. Share of a day's seconds that a core works, euros an hour of a
#: core (rented by the hour, and owned or spot), share of a large feed that are near-copies of what was read.
BUSY, DEAR, CHEAP, COPIES = 0.6, 0.05, 0.01, 0.5


def measured(reports: int, read: int) -> dict[str, Any]:
    """Milliseconds of a core and bytes a report; `reports` synthetic ones are kept, `read` examples are read."""
    given, load = examples(read), os.getloadavg()[0]
    reader = reading()
    for report in given[:DISTINCT]:  # patterns are made
        reader(report)
    worked = time.process_time()
    for report in given:
        reader(report)
    spent = time.process_time() - worked
    costs: dict[str, Any] = {"read_ms": 1000 * spent / (words(given) / WORDS), "worker_mb": peak()}
    made = list(islice(War().reports(), reports))
    lines = [json.dumps(report.to_json()).encode() + b"\n" for report in made]
    costs |= {
        "statements": sum(len(report.statements) for report in made) / reports,
        "text_bytes": sum(len(report.text.encode()) for report in made) / reports,
        "jsonl_bytes": sum(map(len, lines)) / reports,
        "jsonl_gz_bytes": len(gzip.compress(b"".join(lines))) / reports,
    }
    with tempfile.TemporaryDirectory() as folder:
        where = str(Path(folder) / "war.db")
        with open_record(where, create=True) as record:
            writer, worked = Writer(record.engine, READER), time.process_time()
            for n in range(0, reports, BATCH):
                list(writer.add_all(made[n : n + BATCH]))
            costs["add_ms"] = 1000 * (time.process_time() - worked) / reports
            worked = time.process_time()
            record.derive()
            costs["derive_ms"] = 1000 * (time.process_time() - worked) / reports
            write(record, "parquet", Path(folder) / "war.parquet")
        costs["parquet_bytes"] = sum(
            path.stat().st_size for path in Path(folder).rglob("*") if path.is_file() and ".parquet" in str(path)
        ) / reports  # fmt: skip
        costs["record_bytes"] = 1e6 * (size(where) or 0) / reports
    return {
        **costs,
        "reports": reports,
        "read": read,
        "machine": machine(),
        "load": load,
        "date": date.today().isoformat(),
    }


def lines(costs: dict[str, Any]) -> list[str]:
    """What one report costs, as a table."""
    kb = {name: costs[f"{name}_bytes"] / 1000 for name in ("text", "jsonl", "jsonl_gz", "parquet", "record")}
    return [
        f"Measured on {costs['date']}: {costs['machine']}; {costs['read']:,} examples read, {costs['reports']:,} "
        f"synthetic reports kept, with {costs['statements']:.1f} statements each. The load of the "
        f"machine was {costs['load']:.1f} before; beside much other work a core does less, and costs look higher.", "",
        "| what one report costs | measured | on one core |", "| --- | ---: | ---: |",
        f"| reading it (300 words), in {costs['worker_mb']:,.0f} MB | {costs['read_ms']:.1f} ms | "
        f"{1000 / costs['read_ms']:,.0f} a second |",
        f"| adding it to a record, {BATCH} in a transaction | {costs['add_ms']:.1f} ms | "
        f"{1000 / costs['add_ms']:,.0f} a second |",
        f"| deriving: linking it, its incidents and disputes | {costs['derive_ms']:.1f} ms | "
        f"{1000 / costs['derive_ms']:,.0f} a second |",
        f"| its text | {kb['text']:.1f} kB | |",
        f"| with its statements as JSON lines | {kb['jsonl']:.1f} kB | |",
        f"| the same, packed with gzip | {kb['jsonl_gz']:.1f} kB | |",
        f"| its statements as Parquet | {kb['parquet']:.1f} kB | |",
        f"| in a record (SQLite), with indexes and what is derived | {kb['record']:.1f} kB | |",
    ]  # fmt: skip


def plan(costs: dict[str, Any]) -> list[str]:
    """What so many reports a day want, as a table: computed from what one costs."""
    out = ["| reports a day | 10,000 | 100,000 | 1,000,000 | 10,000,000 |", "| --- | ---: | ---: | ---: | ---: |"]

    def row(what: str, cell: Any) -> None:
        out.append(f"| {what} | {' | '.join(cell(n) for n in A_DAY)} |")

    def cores(ms: float, n: float) -> float:
        return n * ms / 1000 / SECONDS / BUSY

    hours = {n: n * (costs["read_ms"] + costs["add_ms"] + costs["derive_ms"]) / 3.6e6 for n in A_DAY}
    row("reports a second, evenly spread", lambda n: f"{n / SECONDS:,.1f}")
    row("cores for reading", lambda n: f"{cores(costs['read_ms'], n):,.1f}")
    row("… where copies are left out first", lambda n: f"{cores(costs['read_ms'], n * (1 - COPIES)):,.1f}")
    held = costs["worker_mb"] / 1000
    row("memory for reading, at most", lambda n: f"{max(1, cores(costs['read_ms'], n)) * held:,.1f} GB")
    row("nodes of 16 cores; of 64", lambda n: "; ".join(f"{-(-cores(costs['read_ms'], n) // k):.0f}" for k in (16, 64)))
    row("cores for adding", lambda n: f"{cores(costs['add_ms'], n):,.2f}")
    row("cores for deriving, one a record", lambda n: f"{cores(costs['derive_ms'], n):,.2f}")
    row("so records, at the least", lambda n: f"{-(-cores(costs['add_ms'] + costs['derive_ms'], n) // 1):,.0f}")
    row("text in, a day", lambda n: _bytes(n * costs["text_bytes"]))
    row("JSON lines, packed, a day", lambda n: _bytes(n * costs["jsonl_gz_bytes"]))
    row("Parquet, a day", lambda n: _bytes(n * costs["parquet_bytes"]))
    row("records, a day", lambda n: _bytes(n * costs["record_bytes"]))
    row("records, a year", lambda n: _bytes(365 * n * costs["record_bytes"]))
    row("core-hours a day", lambda n: f"{hours[n]:,.1f}")
    row("euros a day for cores", lambda n: f"{hours[n] * CHEAP:,.2f} to {hours[n] * DEAR / BUSY:,.2f}")
    return out


def _bytes(n: float) -> str:
    for unit, name in ((1e12, "TB"), (1e9, "GB"), (1e6, "MB")):
        if n >= unit:
            return f"{n / unit:,.1f} {name}"
    return f"{n / 1e3:,.1f} kB"


def renewed(text: str, costs: dict[str, Any]) -> str:
    """The page of planning with what stands between its marks made again."""
    for mark, made in (("costs", lines(costs)), ("plan", plan(costs))):
        block = f"<!-- {mark} -->\n" + "\n".join(made) + f"\n<!-- /{mark} -->"
        text = re.sub(rf"<!-- {mark} -->.*?<!-- /{mark} -->", lambda _, block=block: block, text, flags=re.DOTALL)
    return text


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m evaluation.costs", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    parser.add_argument("--quick", action="store_true", help="fewer reports; nothing is kept")
    parser.add_argument("--reports", type=int, metavar="N", help="synthetic reports to keep")
    args = parser.parse_args()
    costs = measured(args.reports or (200 if args.quick else 5_000), 24 if args.quick else 240)
    if not args.quick:
        COSTS.write_text(json.dumps(costs, indent=1) + "\n", "utf-8")
        PAGE.write_text(renewed(PAGE.read_text("utf-8"), costs), "utf-8")
    print("\n".join([*lines(costs), "", "[Planning past one machine](planning.md) is computed from these."]))


if __name__ == "__main__":
    main()
