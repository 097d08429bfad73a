"""`python -m evaluation.exports --record FILE|URL [--seconds N] [--formats ...]`: how fast a record is exported, and in
how much memory.

Each format is written in a process of its own, so that its peak memory is its own, for at most so many seconds; what
was cut off then is told. Writes docs/export-speed.md.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from contested.record import streaming
from contested.record import tables as t
from contested.record.asking import Filter, chosen
from contested.record.record import open_record
from contested.record.signals import Related
from contested.record.streaming import incidents as kept
from contested.views.export import named, write
from contested.views.export.losses import Losses
from evaluation.gold import ROOT
from evaluation.speed import machine

PAGE = ROOT / "docs" / "export-speed.md"
FORMATS = ("jsonl", "csv", "parquet", "gpkg", "xlsx", "acled", "ftm")
GOAL = 500  # MB
#: What a stand-in is to ACLED, so that its row is written.
CODED = {"disorder_type": "Political violence", "event_type": "Battles", "sub_event_type": "Armed clash"}


class Cut(Exception):
    """The time was up."""


def whole(connection: Connection, asked: Filter, register: Related) -> Iterator[dict[str, Any]]:
    """The incidents, made whole where a record has stand-ins (evaluation/stand_in.py): these name no accounts."""
    for body in kept(connection, asked, register):
        if "accounts" not in body:
            member = select(t.told.c.statement).where(t.told.c.incident == int(body["incident"], 16))
            query = chosen(connection, Filter()).where(t.statement.c.number.in_(member))
            keys = [f"{row.report_id}@{row.report_version}#{row.id}" for row in connection.execute(query)]
            body |= {"accounts": keys, "what": body["what"], "end": body["date"], "voices": len(keys), "mode": None,
                     "place": None, "acled": CODED, "ucdp": CODED, "airwars": CODED}  # fmt: skip
        yield body


def one(where: str, format: str, seconds: float) -> dict[str, Any]:
    """What writing one format took: `taken` things of the record a second, `written` by kind, `peak` memory (MB)."""
    began, taken, told = time.perf_counter(), 0, Losses(format)

    def progress(losses: Losses) -> None:
        nonlocal taken, told
        taken, told = taken + 1, losses
        if time.perf_counter() - began > seconds:
            raise Cut

    cut, streaming.incidents = False, whole
    with tempfile.TemporaryDirectory() as folder, open_record(where) as record:
        try:
            write(record, format, Path(folder) / "out", progress=progress)
        except Cut:
            cut = True
    took = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"format": format, "seconds": took, "taken": taken, "written": dict(told.written), "cut": cut, "peak": peak}


def page(measured: list[dict[str, Any]], size: dict[str, int]) -> str:
    about = (
        f"Written by `python -m evaluation.exports` on {date.today().isoformat()}: {machine()}. The record holds "
        f"{size['reports']:,} synthetic reports with {size['statements']:,} statements, {size['incidents']:,} "
        f"incidents and {size['disputes']:,} disputes. Each format has a process of its own; memory is the most that "
        f"it held at any time (the goal is {GOAL} MB), the interpreter and the libraries included. Each was cut "
        "off after a few minutes: where that was not enough, what was written by then is told, and the rate is that of "
        "the part. `taken` is what was taken out of the record: reports for jsonl, incidents for "
        "acled, statements for the others (ftm takes the incidents as well). The incidents are stand-ins, put "
        "together by day and place."
    )
    lines = [
        "# How fast a record is exported", "", about, "",
        "| format | written | whole | seconds | taken a second | peak memory |",
        "| --- | --- | --- | ---: | ---: | ---: |",
    ]  # fmt: skip
    for found in measured:
        written = ", ".join(f"{n:,} {what}" for what, n in found["written"].items())
        lines.append(
            f"| {found['format']} | {written} | {'no, cut' if found['cut'] else 'yes'} | {found['seconds']:.0f} | "
            f"{found['taken'] / found['seconds']:,.0f} | {found['peak']:,.0f} MB |"
        )
    return "\n".join([*lines, ""])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--record", required=True)
    parser.add_argument("--seconds", type=float, default=300.0, help="The most for each format.")
    parser.add_argument("--formats", nargs="+", default=FORMATS, choices=FORMATS)
    parser.add_argument("--one", choices=FORMATS, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(one(given.record, given.one, given.seconds)))
        return
    measured = []
    for format in given.formats:
        assert named(format)
        command = [sys.executable, "-m", "evaluation.exports", "--record", given.record, "--seconds",
                   str(given.seconds), "--one", format]  # fmt: skip
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT)
        measured.append(json.loads(done.stdout))
        print(measured[-1], file=sys.stderr)
    with open_record(given.record) as record:
        size = record.size()
    PAGE.write_text(page(measured, size), "utf-8")


if __name__ == "__main__":
    main()
