"""`python -m evaluation.speed [--reports N]`: how fast it starts and reads, and in how much memory.

Reads the examples, over and over, and writes docs/speed.md. Times are of the clock on the wall, but for the shares of
the steps: run it on a machine that does nothing else. A report counts as 300 words, so `reports a second` is words a
second divided by 300.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from typing import Any

from contested.reading import engine
from contested.reading.encoder import Backend
from contested.reading.knowledge import NOTHING
from contested.reading.pipeline import STEPS, Reader, finish
from contested.statement import Report
from contested.text import prepare
from evaluation.gold import ROOT

EXAMPLES = ROOT / "examples" / "reports.jsonl"
PAGE = ROOT / "docs" / "speed.md"
WORDS = 300  # of a report, for counting
STARTS = 3  # the middle one of so many starts is told
START = """
import sys
from pathlib import Path
from contested.reading.pipeline import Reader
from contested.statement import Report
Reader.load(Path(sys.argv[1])).read(Report("Rebels seized the mill on Friday, a monitor said.", published="2016-12-02"))
"""


@dataclass
class Shares:
    """Seconds of one core by the name of what took them."""

    seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))

    @contextmanager
    def of(self, name: str) -> Iterator[None]:
        began = time.process_time()
        yield
        self.seconds[name] += time.process_time() - began


class Timed:
    """A backend whose two steps are timed."""

    def __init__(self, backend: Backend, shares: Shares) -> None:
        self.backend, self.shares = backend, shares

    def windows(self, asked: Any) -> Any:
        with self.shares.of("encoder: windows"):
            return self.backend.windows(asked)

    def crops(self, asked: Any) -> Any:
        with self.shares.of("encoder: crops"):
            return self.backend.crops(asked)


def examples(n: int) -> list[Report]:
    lines = EXAMPLES.read_text("utf-8").splitlines()
    return list(islice(cycle([Report.from_json(json.loads(line)) for line in lines]), n))


def words(reports: Sequence[Report]) -> int:
    return sum(len(r.text.split()) for r in reports)


def start(weights: Path) -> float:
    """Seconds from starting the interpreter to a first sentence read and the interpreter gone."""
    took = []
    for _ in range(STARTS):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", START, str(weights)], check=True, cwd=ROOT)
        took.append(time.perf_counter() - began)
    return median(took)


def rate(read: Callable[[], object], reports: Sequence[Report]) -> float:
    """Words a second."""
    began = time.perf_counter()
    read()
    return words(reports) / (time.perf_counter() - began)


def shares(weights: Path, reports: Sequence[Report]) -> dict[str, float]:
    """Milliseconds a report of 300 words on one core, by step, in the order of the reading."""
    reader, found = Reader.load(weights, threads=1), Shares()
    reader.encoder.backend = Timed(reader.encoder.backend, found)
    reader.read(reports[0])
    found.seconds.clear()
    for report in reports:
        with found.of("text"):
            text = prepare(report)
        with found.of("encoder"):
            drafts = reader.encoder.read(text)
        for step in STEPS:
            with found.of(step.__name__):
                step(text, drafts)
        with found.of("parties and places"):
            resolved = reader.knowledge.resolve(text, drafts) if reader.knowledge else NOTHING
        with found.of("statements"):
            finish(text, drafts, resolved)
    seconds = found.seconds
    inner = [seconds.pop(f"encoder: {part}") for part in ("windows", "crops")]
    in_order = {
        "text": seconds.pop("text"), "encoder: windows": inner[0], "encoder: crops": inner[1],
        "encoder: pieces, tags, drafts": seconds.pop("encoder") - sum(inner), **seconds,
    }  # fmt: skip
    return {name: 1000 * spent / words(reports) * WORDS for name, spent in in_order.items()}


def peak() -> float:
    """The most memory this process has held, in MB."""
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held / (1e6 if sys.platform == "darwin" else 1e3)  # bytes there, kilobytes elsewhere


def machine() -> str:
    model = platform.processor() or platform.machine()
    about = Path("/proc/cpuinfo")
    if about.is_file():
        names = [line.split(":", 1)[1].strip() for line in about.read_text().splitlines() if "model name" in line]
        model = names[0] if names else model
    used = engine.cores()
    return f"{model}, {used} of {os.cpu_count()} cores used, {platform.system()}, Python {platform.python_version()}"


def page(figures: dict[str, str], steps: dict[str, float], reports: int) -> str:
    total = sum(steps.values())
    lines = [
        "# How fast it reads", "",
        f"Written by `python -m evaluation.speed`; do not edit. The examples, {reports} reports in all, on", "",
        f"> {machine()}", "",
        f"A report counts as {WORDS} words.", "", "| what | |", "| --- | ---: |",
        *(f"| {name} | {value} |" for name, value in figures.items()), "",
        "Where the time goes, on one core:", "", "| step | ms a report | share |", "| --- | ---: | ---: |",
        *(f"| {name} | {ms:.1f} | {ms / total:.1%} |" for name, ms in steps.items()),
        f"| all | {total:.1f} | 100.0% |", "",
    ]  # fmt: skip
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m evaluation.speed", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    parser.add_argument("--reports", type=int, default=200, metavar="N", help="how many reports to read")
    parser.add_argument("--weights", type=Path, default=engine.folder(), metavar="FOLDER", help="not the packaged ones")
    parser.add_argument("--no-page", action="store_true", help="print the page, do not write it")
    args = parser.parse_args()
    reports = examples(args.reports)
    started = start(args.weights)
    reader = Reader.load(args.weights)
    reader.read(reports[0])
    many = rate(lambda: list(reader.read_many(reports)), reports)
    memory = peak()
    single = rate(lambda: [reader.read(r) for r in reports[:50]], reports[:50])
    figures = {
        "reports a second (`Reader.read_many`)": f"{many / WORDS:.1f}",
        "reports a second, one at a time (`Reader.read`)": f"{single / WORDS:.1f}",
        "words a second": f"{many:,.0f}",
        "start to the first sentence read": f"{started:.2f} s",
        "most memory": f"{memory:,.0f} MB",
    }
    text = page(figures, shares(args.weights, reports[:50]), len(reports))
    if not args.no_page:
        PAGE.write_text(text, "utf-8")
    print(text)


if __name__ == "__main__":
    main()
