"""`python -m evaluation.workers [FILE] [--reports N]`: what a second process gives when many reports are added.

Adds the reports of FILE, or the examples over and over, by `contested add` with one worker and with two in turn, each
time to a new record, and tells reports a second of the clock on the wall, from start to end, and the most memory that
all processes of a run have together (PSS: what is shared counts once). The ratio is worth
little on a machine that does something else.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from itertools import cycle, islice
from pathlib import Path
from statistics import median

from evaluation.gold import ROOT

EXAMPLES = ROOT / "examples" / "reports.jsonl"
LOOK_S = 0.5


@dataclass(frozen=True, slots=True)
class Gain:
    """Reports a second with one and with two workers (medians of `turns` runs), their ratio, and memory in MB."""

    reports: int
    turns: int
    one: float
    two: float
    ratio: float
    memory_one: float | None
    memory_two: float | None


def measured(given: Path, reports: int, turns: int = 3) -> Gain:
    """What `reports` reports in the file `given` take. Memory is None where the system does not tell it."""
    rates: dict[int, list[float]] = {1: [], 2: []}
    held: dict[int, float | None] = {}
    for _ in range(turns):
        for workers in (1, 2):
            seconds, memory = _added(given, workers)
            rates[workers].append(reports / seconds)
            held[workers] = max(filter(None, (memory, held.get(workers))), default=None)
    one, two = median(rates[1]), median(rates[2])
    ratio = median(b / a for a, b in zip(rates[1], rates[2], strict=True))
    return Gain(reports, turns, one, two, ratio, held[1], held[2])


def _added(given: Path, workers: int) -> tuple[float, float | None]:
    """Seconds of one run, and the most memory of its processes together."""
    code = "from contested.cli import main; main()"
    with tempfile.TemporaryDirectory() as folder:
        words = ["add", str(given), "--record", f"{folder}/war.db", "--workers", str(workers)]
        began, most = time.perf_counter(), 0.0
        run = subprocess.Popen([sys.executable, "-c", code, *words], stderr=subprocess.DEVNULL, cwd=ROOT)
        while run.poll() is None:
            most = max(most, sum(map(_pss, _family(run.pid))))
            time.sleep(LOOK_S)
        if run.returncode:
            raise SystemExit(f"adding with {workers} workers ended with {run.returncode}")
        return time.perf_counter() - began, most or None


def _family(pid: int) -> list[int]:
    """A process and those it started."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        children = []
    return [pid, *(one for child in children for one in _family(int(child)))]


def _pss(pid: int) -> float:
    """MB of a process, what it shares by its share; 0 where the system does not tell."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1e3 for line in lines if line.startswith("Pss:")), 0.0)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m evaluation.workers", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    parser.add_argument(
        "file", nargs="?", type=Path, help="reports, in any form that `add` takes; the examples if none"
    )
    parser.add_argument("--reports", type=int, default=240, metavar="N", help="how many of them to add")
    parser.add_argument("--turns", type=int, default=3, metavar="N", help="how often with each number of workers")
    args = parser.parse_args()
    from contested.intake import from_paths
    from contested.statement import Report

    found = (one for one in from_paths([args.file or EXAMPLES]) if isinstance(one, Report))
    some = list(islice(found, args.reports))
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        for n, one in enumerate(islice(cycle(some), args.reports)):
            file.write(json.dumps({**one.to_json(), "id": f"{one.id}-{n}", "statements": []}) + "\n")
        file.flush()
        print(json.dumps(asdict(measured(Path(file.name), args.reports, args.turns)), indent=1))


if __name__ == "__main__":
    main()
