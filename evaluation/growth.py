"""`python -m evaluation.growth [--statements N] [--where FILE|URL]`: how the cost of linking grows with the record.

Two things are measured over a war that never was (evaluation/synthetic.py), an evenly spread one and one in which half
of all that happens is shelling of one city: what it takes to link the last 1,000 accounts, by how many there are before
them; and what it takes to derive a record from its first report to its last. Both as work of this process (CPU), since
the clock on the wall also tells what else a machine does. The exponent of the growth is 1 where the cost of all
accounts grows as their number does; 2 would be every pair. Writes docs/linking-speed.md.

A record that is there and waits to be derived is derived; one that is derived has its figures beside it
(`FILE.deriving.json`).
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from itertools import chain, islice
from math import log
from pathlib import Path

from contested.record.account import Account, accounts_of
from contested.record.blocking import candidates
from contested.record.deriving import waiting
from contested.record.incidents import linked
from contested.record.record import Record, open_record
from contested.record.sketch import PERIOD, sketches
from contested.record.writing import Writer
from contested.register import load_register
from evaluation.gold import ROOT
from evaluation.record import BATCH, READER, resident, say, size
from evaluation.speed import machine
from evaluation.synthetic import War

PAGE = ROOT / "docs" / "linking-speed.md"
#: At the first of these there are as many accounts within reach as there ever are.
SIZES = (10_000, 100_000, 1_000_000)
#: The largest exponent that is near enough to 1.
GOAL = 1.15
MORE = 1_000
#: The share of all that happens that happens in one city, in the siege.
SIEGE = 0.5
#: How far back (days) something can be linked: a synthetic report tells of the last week.
REACH = timedelta(days=PERIOD)


@dataclass(frozen=True, slots=True)
class Linked:
    """What the last `MORE` of so many accounts make: pairs that are looked at, links, and seconds of work."""

    accounts: int
    pairs: int
    links: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Derived:
    """After so many reports, since the first: seconds of work and of the clock; and MB of memory that are held."""

    reports: int
    seconds: float
    wall: float
    memory: float


@dataclass(frozen=True, slots=True)
class Run:
    """The deriving of one record: its steps, and what it holds at the end (MB on disk, null for a server's)."""

    steps: Sequence[Derived]
    statements: int
    reports: int
    incidents: int
    disputes: int
    disk: float | None

    def at(self, statements: int) -> Derived | None:
        """The first step with so many statements behind it, reports having about as many each; null beyond the end."""
        reports = statements * self.reports / self.statements
        return next((step for step in self.steps if step.reports >= reports), None)


def linking(sizes: Sequence[int] = SIZES, siege: float = 0.0) -> Iterator[Linked]:
    """What linking the last accounts takes at each size. Held are only accounts that these could be linked with."""
    register = load_register()
    told = chain.from_iterable(accounts_of(report) for report in War(siege=siege).reports())
    held: deque[Account] = deque()
    for number, account in enumerate(islice(told, max(sizes)), 1):
        held.append(account)
        assert account.published is not None
        while (first := held[0].published) is not None and account.published - first > REACH and len(held) > MORE:
            held.popleft()
        if number in sizes:
            new = {one.key for one in list(held)[-MORE:]}
            known = list(sketches(held))
            pairs = sum(1 for _ in candidates(known, new))
            began = time.process_time()
            links = linked(known, register, new)
            yield Linked(number, pairs, len(links), time.process_time() - began)


def fill(record: Record, statements: int, siege: float = 0.0) -> None:
    """Add synthetic reports to an empty record until it has so many statements; all wait to be linked."""
    writer, reports, held = Writer(record.engine, READER), War(siege=siege).reports(), 0
    while held < statements:
        held += sum(added.found for added in writer.add_all(list(islice(reports, BATCH))))


def deriving(record: Record, every: int = 1000) -> Run:
    """Derive what waits in a record; a step after each so many reports, and the last one."""
    with record.reading() as connection:
        total = waiting(connection)
    began, work = time.perf_counter(), time.process_time()
    steps: list[Derived] = []

    def note(left: int) -> None:
        done = total - left
        if not left or not steps or done >= (steps[-1].reports // every + 1) * every:
            spent = time.process_time() - work
            steps.append(Derived(done, spent, time.perf_counter() - began, resident()))
            say(f"{done:,} of {total:,} reports, {1000 * spent / done:.1f} ms of work each, {resident():.0f} MB")

    record.derive(progress=note)
    held = record.size()
    where = record.engine.url.database or ""
    disk = size(where) if record.engine.dialect.name == "sqlite" else None
    return Run(steps, held["statements"], held["reports"], held["incidents"], held["disputes"], disk)


def exponent(fewer: float, less: float, more: float, cost: float) -> float:
    """How the cost grows: by which power of the size, from `fewer` that cost `less` to `more` that cost more."""
    return log(cost / less) / log(more / fewer)


def of_accounts(rows: Sequence[Linked]) -> tuple[float, float]:
    """The exponents of all pairs and of all work, from the first size to the last: of what one more account costs, and
    one more, for the accounts that there are."""
    one, other = rows[0], rows[-1]
    return tuple(
        1 + exponent(one.accounts, a, other.accounts, b)
        for a, b in ((one.pairs, other.pairs), (one.seconds, other.seconds))
    )  # type: ignore[return-value]


def _linking(rows: Sequence[Linked]) -> list[str]:
    lines = [f"| accounts | pairs of the last {MORE:,} | links | seconds of work |", "| ---: | ---: | ---: | ---: |"]
    lines += [f"| {row.accounts:,} | {row.pairs:,} | {row.links:,} | {row.seconds:.1f} |" for row in rows]
    if len(rows) > 1:
        pairs, work = of_accounts(rows)
        lines += ["", f"Exponent of all pairs {pairs:.2f}, of all work {work:.2f} (goal: at most {GOAL})."]
    return lines


def _deriving(run: Run, sizes: Sequence[int]) -> list[str]:
    found = [(n, step) for n in sizes if (step := run.at(n))]
    if not found or found[-1][1] is not run.steps[-1]:
        found.append((run.statements, run.steps[-1]))
    lines = ["| statements | reports | minutes of work | ms of work a report | MB of memory |",
             "| ---: | ---: | ---: | ---: | ---: |"]  # fmt: skip
    lines += [
        f"| {n:,} | {step.reports:,} | {step.seconds / 60:.1f} | {1000 * step.seconds / step.reports:.1f} "
        f"| {step.memory:.0f} |"
        for n, step in found
    ]
    disk = f", {run.disk:,.0f} MB on disk" if run.disk is not None else ""
    lines += ["", f"{run.incidents:,} incidents and {run.disputes:,} disputes{disk}."]
    if len(found) > 1:
        (_, first), (_, last) = found[0], found[-1]
        power = exponent(first.reports, first.seconds, last.reports, last.seconds)
        lines[-1] += f" Exponent of all work {power:.2f} (goal: at most {GOAL})."
    return lines


def page(sections: Sequence[tuple[str, Sequence[str]]]) -> str:
    lines = [
        "# How linking grows", "", "Written by `python -m evaluation.growth`; do not edit.", "", f"> {machine()}", "",
        f"The load of the machine was {os.getloadavg()[1]:.1f}. Work is that of one process, without waits for others.",
    ]  # fmt: skip
    for title, rows in sections:
        lines += ["", f"## {title}", "", *rows]
    return "\n".join([*lines, ""])


def derived(where: str, statements: int, siege: float = 0.0) -> Run:
    """The run of a record: made, derived where it waits, or as it was kept beside it."""
    kept = Path(f"{where}.deriving.json")
    with open_record(where, create=True) as record:
        if not record.size()["statements"]:
            fill(record, statements, siege)
        with record.reading() as connection:
            left = waiting(connection)
        if left or not kept.is_file():
            kept.write_text(json.dumps(asdict(deriving(record))), "utf-8")
    told = json.loads(kept.read_text("utf-8"))
    return Run(**{**told, "steps": [Derived(**step) for step in told["steps"]]})


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m evaluation.growth", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    parser.add_argument("--statements", type=int, default=SIZES[1], metavar="N", help="how many are linked and derived")
    parser.add_argument("--siege", type=int, default=3 * SIZES[0], metavar="N", help="and how many of the siege")
    parser.add_argument("--where", metavar="FILE", help="keep the record there; one that is there is derived as it is")
    parser.add_argument("--no-page", action="store_true", help="print the page, do not write it")
    args = parser.parse_args()
    sizes, besieged = (sorted({n for n in (*SIZES, most) if n <= most}) for most in (args.statements, args.siege))
    sections = []
    with tempfile.TemporaryDirectory() as folder:
        where = args.where or str(Path(folder) / "war.db")
        sections.append(("Deriving a record", _deriving(derived(where, args.statements), sizes)))
        run = derived(f"{folder}/siege.db", args.siege, SIEGE)
        sections.append(("Deriving a siege", _deriving(run, besieged)))
    sections.append((f"Linking the last {MORE:,} accounts", _linking(list(linking(sizes)))))
    sections.append(("The same in a siege", _linking(list(linking(besieged, SIEGE)))))
    text = page(sections)
    if not args.no_page:
        PAGE.write_text(text, "utf-8")
    print(text)


if __name__ == "__main__":
    main()
