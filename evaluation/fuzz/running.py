"""Runs cases in processes of their own, so that what hangs or dies is told with its input, and the run goes on."""

from __future__ import annotations

import faulthandler
import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from evaluation.gold import ROOT

FOLDER = ROOT / "build" / "fuzz"
#: What the last run, and the last measure of what grows with length, came to.
TOLD = ROOT / "build" / "fuzz.json"
#: CPU seconds after which a case is broken off with its stack, and wall seconds after which its process is killed.
BROKEN_OFF, KILLED = 40, 300
#: Memory is looked at after so many cases; what came before this part of a process's cases is warming up.
LOOK, WARM = 100, 0.2
#: Of each defect so many inputs are saved.
SAVED = 3


@dataclass(slots=True)
class Found:
    """One defect: how often, and the numbers of the first cases."""

    count: int = 0
    cases: list[int] = field(default_factory=list)
    first: str = ""


@dataclass(slots=True)
class Result:
    """What a run came to. `worst` has for each step the most CPU seconds, and the case; `memory` for each process
    `(cases done, bytes)`."""

    seed: int
    inputs: Counter[str] = field(default_factory=Counter)
    reports: int = 0
    refused: int = 0
    statements: int = 0
    worst: dict[str, tuple[float, int]] = field(default_factory=dict)
    spent: Counter[str] = field(default_factory=Counter)
    defects: dict[str, Found] = field(default_factory=dict)
    memory: dict[int, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))

    def take(self, told: dict[str, Any]) -> None:
        """Count what a worker tells of a case."""
        self.inputs[told["kind"]] += 1
        self.reports += told["reports"]
        self.refused += told["refused"]
        self.statements += told["statements"]
        for step, seconds in told["seconds"].items():
            self.spent[step] += seconds
            self.worst[step] = max(self.worst.get(step, (0.0, 0)), (seconds, told["case"]))
        for group, full in told["wrong"]:
            self.defect(group, told["case"], full)

    def defect(self, group: str, number: int, full: str) -> None:
        found = self.defects.setdefault(group, Found())
        found.count += 1
        if len(found.cases) < SAVED:
            found.cases.append(number)
            found.first = found.first or full
            save(self.seed, number, f"{group}\n\n{full}")

    def growth(self) -> dict[int, tuple[int, int, float]]:
        """For each process its memory after warming up and at the end (medians of a tenth, bytes), and by which part it
        grew."""
        out = {}
        for process, seen in self.memory.items():
            rest = [size for _, size in seen[int(len(seen) * WARM) :]]
            if len(rest) >= 10:
                part = max(1, len(rest) // 10)
                first, last = sorted(rest[:part])[part // 2], sorted(rest[-part:])[part // 2]
                out[process] = (first, last, last / first - 1)
        return out

    def to_json(self) -> dict[str, Any]:
        """All of it, but of the memory of each process some twenty looks: `[cases done, megabytes]`."""
        return {
            "seed": self.seed,
            "inputs": dict(sorted(self.inputs.items())),
            "reports": self.reports,
            "refused": self.refused,
            "statements": self.statements,
            "worst": {step: {"seconds": s, "case": n} for step, (s, n) in sorted(self.worst.items())},
            "spent": dict(self.spent.most_common()),
            "defects": {group: {"count": one.count, "cases": one.cases} for group, one in self.defects.items()},
            "memory": {
                process: {
                    "grown": self.growth().get(process, (0, 0, None))[2],
                    "curve": [(n, round(size / 1e6)) for n, size in seen[:: max(1, len(seen) // 20)]],
                }
                for process, seen in self.memory.items()
            },
        }


def tell(**what: Any) -> None:
    """Put something into the file of results, beside what stands there under other names."""
    told = json.loads(TOLD.read_text("utf-8")) if TOLD.exists() else {}
    TOLD.parent.mkdir(exist_ok=True)
    new = TOLD.with_suffix(".new")
    new.write_text(json.dumps(told | what, indent=1) + "\n", "utf-8")
    new.replace(TOLD)


def save(seed: int, number: int, words: str) -> None:
    """Write the input of a case to build/fuzz, and beside it what is wrong."""
    from evaluation.fuzz.cases import case

    one = case(seed, number)
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / f"{seed}-{number}-{one.kind}-{one.name}").write_bytes(one.data)
    (FOLDER / f"{seed}-{number}.txt").write_text(words, "utf-8", "backslashreplace")


def run(
    result: Result,
    numbers: range,
    processes: int,
    *,
    until: float,
    on_progress: Callable[[Result, int], None],
    network: bool,
) -> None:
    """Run the cases of `numbers` in so many processes until the moment (monotonic seconds) is there.

    `result` is filled; `on_progress` is told of each case that is done.
    """
    works = [_Work(result.seed, numbers[n::processes], network, result) for n in range(processes)]
    done = 0
    try:
        with selectors.DefaultSelector() as waiting:
            for work in works:
                work.start(waiting)
            while any(work.goes_on for work in works):
                for key, _ in waiting.select(timeout=1):
                    if key.data.hear(waiting):
                        done += 1
                        on_progress(result, done)
                for work in works:
                    work.watch(waiting)
                if time.monotonic() > until:
                    break
    finally:
        for work in works:
            work.end()


class _Work:
    """A process, and the cases that it still has to run."""

    def __init__(self, seed: int, numbers: range, network: bool, result: Result) -> None:
        self.seed, self.numbers, self.network, self.result = seed, numbers, network, result
        self.goes_on = bool(numbers)
        self.at, self.since, self.done = -1, time.monotonic(), 0

    def start(self, waiting: selectors.BaseSelector) -> None:
        if not self.numbers:
            self.goes_on = False
            return
        words = [
            str(n) for n in (self.seed, self.numbers.start, self.numbers.stop, self.numbers.step, int(self.network))
        ]
        command = [sys.executable, "-m", "evaluation.fuzz", "--work", *words]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT, bufsize=0)
        assert self.process.stdout is not None
        waiting.register(self.process.stdout, selectors.EVENT_READ, self)
        self.since = time.monotonic()

    def hear(self, waiting: selectors.BaseSelector) -> bool:
        """Take one line of the process; whether it tells that a case is done."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        self.since = time.monotonic()
        if not line:
            self._ended(waiting)
            return False
        told = json.loads(line)
        if "begin" in told:
            self.at = told["begin"]
            return False
        self.result.take(told)
        self.done += 1
        if "memory" in told:
            self.result.memory[self.process.pid].append((self.done, told["memory"]))
        return True

    def _ended(self, waiting: selectors.BaseSelector) -> None:
        assert self.process.stdout is not None
        assert self.process.stderr is not None
        waiting.unregister(self.process.stdout)
        code = self.process.wait()
        err = self.process.stderr.read().decode("utf-8", "replace")
        self.process.stdout.close()
        self.process.stderr.close()
        if code == 0:
            self.goes_on = False
            return
        self.result.defect(f"the process ended with {code}", self.at, err[-6_000:])
        self.numbers = self.numbers[self.numbers.index(self.at) + 1 :] if self.at in self.numbers else range(0)
        self.start(waiting)

    def watch(self, waiting: selectors.BaseSelector) -> None:
        if self.goes_on and self.process.poll() is None and time.monotonic() - self.since > KILLED:
            self.process.send_signal(signal.SIGABRT)  # faulthandler tells where it hangs

    def end(self) -> None:
        if self.goes_on and self.process.poll() is None:
            self.process.kill()
            self.process.wait()


def work(seed: int, numbers: range, network: bool, out: IO[str]) -> None:
    """Run cases and tell of each in a line of JSON: what a process of `run` does."""
    from evaluation.fuzz.cases import Hung, case, runner

    faulthandler.enable()

    def too_long(*_: Any) -> None:
        raise Hung(f"goes on for more than {BROKEN_OFF} CPU seconds")

    signal.signal(signal.SIGPROF, too_long)
    running, folder = runner(seed, network=network)
    with folder:
        for n, number in enumerate(numbers, 1):
            _say(out, {"begin": number})
            one = case(seed, number)
            signal.setitimer(signal.ITIMER_PROF, BROKEN_OFF)
            wrong: list[tuple[str, str]] = []
            try:
                done = running.run(one)
            except Hung as error:  # between two steps
                wrong = [("hung", str(error))]
            finally:
                signal.setitimer(signal.ITIMER_PROF, 0)
            told = {
                "case": number,
                "kind": one.kind,
                "reports": 0,
                "refused": 0,
                "statements": 0,
                "seconds": {},
                "wrong": wrong,
            }
            if not wrong:
                told |= {"reports": done.reports, "refused": done.refused, "statements": done.statements,
                         "seconds": done.seconds, "wrong": done.wrong}  # fmt: skip
            if n % LOOK == 0:
                told["memory"] = resident()
            _say(out, told)


def _say(out: IO[str], what: dict[str, Any]) -> None:
    out.write(json.dumps(what) + "\n")
    out.flush()


def resident(process: int | None = None) -> int:
    """The bytes of memory that a process has at hand; this one where none is named."""
    return int(Path(f"/proc/{process or os.getpid()}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def again(seed: int, numbers: list[int]) -> Iterator[tuple[int, list[tuple[str, str]]]]:
    """Run single cases here, with all that is otherwise done with one in many."""
    from evaluation.fuzz.cases import case, runner

    running, folder = runner(seed)
    with folder, suppress(KeyboardInterrupt):
        for number in numbers:
            yield number, running.run(case(seed, number), everything=True).wrong
