"""`python -m evaluation.load --where URL [--writers N] [--readers N] [--seconds S]`: a record while many use it.

Writers and readers are processes with connections of their own. A writer adds synthetic reports that are not there
yet, one in a transaction as `add` does, as fast as a reading process on one core brings them (`--pace` a second). A
reader is a person at work: it asks, looks at the answer for a while (`--think` seconds on average) and asks again. Then
all of them do so as fast as they can. Needs a record of `evaluation.record`, and writes docs/record-speed-postgresql.md
from "Under load" on.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from statistics import median
from typing import Any

from sqlalchemy import Engine, event, text

from contested.errors import RecordError
from contested.record.engine import analyse
from contested.record.record import open_record
from contested.record.writing import Writer
from contested.statement import Report
from evaluation.record import LOAD, PAGES, READER, Questions, p95, say
from evaluation.speed import machine
from evaluation.synthetic import War

#: ms, p95, of what the goal is set for.
GOAL, MEANT = 300, ("situation", "disputes")
#: How often a reader asks which kind of question, of so many.
ASKED = {"situation": 8, "disputes": 4, "incidents": 3, "statements": 3, "search": 2}
#: Questions that nobody asks often.
SELDOM = ("in a country", "of a country")


@dataclass
class Done:
    """What a process came to: by name the seconds of each, on the wall and of these waiting for the database; and what
    went wrong."""

    times: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    errors: Counter[str] = field(default_factory=Counter)

    def add(self, other: Done) -> None:
        for name, times in other.times.items():
            self.times.setdefault(name, []).extend(times)
        self.errors.update(other.errors)

    def time(self, name: str, waited: Waiting, do: Callable[[], object]) -> None:
        before, began = waited.seconds, time.perf_counter()
        try:
            do()
        except RecordError as error:
            self.errors[error.reason[:100]] += 1
            return
        self.times.setdefault(name, []).append((time.perf_counter() - began, waited.seconds - before))


class Waiting:
    """Counts the seconds that a process waits for the database to answer; answers are read as part of that."""

    def __init__(self, engine: Engine) -> None:
        self.seconds = self._began = 0.0
        event.listen(engine, "before_cursor_execute", self._before)
        event.listen(engine, "after_cursor_execute", self._after)

    def _before(self, *_: Any) -> None:
        self._began = time.perf_counter()

    def _after(self, *_: Any) -> None:
        self.seconds += time.perf_counter() - self._began


def write(where: str, number: int, pace: float, seconds: float, ready: Any) -> Done:
    """Add reports until the end, `pace` a second (0: as fast as can be)."""
    done, stamp = Done(), f"{time.time_ns():x}-{number}"
    made = _fresh(War(1000 + number), stamp)
    held = list(islice(made, 500))  # made before, so that making them takes no time from adding
    with open_record(where) as record:
        writer, waited = Writer(record.engine, READER), Waiting(record.engine)
        writer.add(next(made))  # what is loaded and connected at the first time is not counted
        ready.wait()
        due = time.perf_counter()
        end = due + seconds
        while time.perf_counter() < end:
            report = held.pop() if held else next(made)
            done.time("add", waited, lambda report=report: writer.add(report))
            if pace:
                due = max(due + 1 / pace, time.perf_counter() - 1)  # what is late by more is not made up for
                time.sleep(max(0.0, due - time.perf_counter()))
    return done


def _fresh(war: War, stamp: str) -> Iterator[Report]:
    for report in war.reports():
        yield replace(report, id=f"load-{stamp}-{report.id}")


def read(where: str, number: int, think: float, seconds: float, ready: Any) -> Done:
    """Ask until the end, with pauses of `think` seconds on average."""
    done, chance = Done(), random.Random(number)
    with open_record(where) as record:
        reports = record.size()["reports"]
        questions = Questions(record, War(), reports)
        questions.chance = chance
        all_ = {name: ask for name, ask in questions.all().items() if not name.endswith(SELDOM)}
        kinds = {kind: [name for name in all_ if name.startswith(kind)] for kind in ASKED}
        waited = Waiting(record.engine)
        for names in kinds.values():
            all_[names[0]]()
        ready.wait()
        end = time.perf_counter() + seconds
        time.sleep(chance.uniform(0, think))
        while time.perf_counter() < end:
            (kind,) = chance.choices(list(ASKED), list(ASKED.values()))
            name = chance.choice(kinds[kind])
            done.time(name, waited, all_[name])
            time.sleep(chance.expovariate(1 / think) if think else 0)
    return done


def _run(out: Any, do: Callable[..., Done], *given: Any) -> None:
    out.send(do(*given))
    out.close()


def together(where: str, writers: int, readers: int, pace: float, think: float, seconds: float) -> tuple[Done, int]:
    """What all come to at once, and how many deadlocks there were meanwhile."""
    context, pipes = multiprocessing.get_context("spawn"), []
    before = deadlocks(where)
    ready = context.Barrier(writers + readers)
    jobs = [(write, pace)] * writers + [(read, think)] * readers
    for number, (do, pause) in enumerate(jobs):
        mine, theirs = context.Pipe(duplex=False)
        process = context.Process(target=_run, args=(theirs, do, where, number, pause, seconds, ready))
        process.start()
        theirs.close()
        pipes.append((mine, process))
    done = Done()
    for mine, process in pipes:
        try:
            done.add(mine.recv())
        except EOFError:
            done.errors["a process ended early"] += 1
        process.join()
    return done, deadlocks(where) - before


def deadlocks(where: str) -> int:
    with open_record(where) as record, record.engine.connect() as connection:
        query = text("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        return int(connection.scalar(query) or 0)


def ms(times: Sequence[float], share: float) -> float:
    return 1000 * sorted(times)[min(len(times) - 1, int(share * len(times)))]


def rows(done: Done, seconds: float) -> Iterator[str]:
    """The table: kinds of questions first, then each."""
    yield "| | a second | p50 ms | p95 ms | p99 ms | p95 ms in the database | |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | --- |"
    kinds = {kind: [t for name in done.times if name.startswith(kind) for t in done.times[name]] for kind in ASKED}
    for name, times in [
        *((f"**{kind}**, all", times) for kind, times in kinds.items()),
        *((name, done.times[name]) for name in sorted(done.times) if name != "add"),
        ("**adding a report**", done.times.get("add", [])),
    ]:
        if not times:
            continue
        wall, waited = [one for one, _ in times], [one for _, one in times]
        missed = "missed" if name.strip("*").startswith(MEANT) and 1000 * p95(wall) > GOAL else ""
        yield (
            f"| {name} | {len(times) / seconds:,.1f} | {1000 * median(wall):,.0f} | {ms(wall, 0.95):,.0f} "
            f"| {ms(wall, 0.99):,.0f} | {ms(waited, 0.95):,.0f} | {missed} |"
        )


def told(done: Done, dead: int) -> str:
    wrong = "; ".join(f"{n} times: {words}" for words, n in done.errors.most_common(5)) or "none"
    return f"Errors: {wrong}. Deadlocks: {dead}."


def section(args: argparse.Namespace, held: dict[str, int], runs: Sequence[tuple[str, Done, int]]) -> str:
    lines = [
        LOAD, "",
        f"Written by `python -m evaluation.load --writers {args.writers} --readers {args.readers} --seconds "
        f"{args.seconds:g}`; do not edit.", "", f"> {machine()}", "",
        f"{held['statements']:,} statements of {held['reports']:,} reports at the beginning. {args.writers} writers "
        f"and {args.readers} readers are processes on the same machine as the server, all at once; the load of the "
        f"machine was {os.getloadavg()[0]:.1f} at the end. The goal is {GOAL} ms for 95 of 100 askings of the "
        "situation and of disputes. Where the processes want more than the cores, they wait for each other: the "
        "column of the database is the time that they waited for its answers, and the rest is their own work and "
        "waiting for a core.", "",
    ]  # fmt: skip
    for how, done, dead in runs:
        lines += [how, "", *rows(done, args.seconds), "", told(done, dead), ""]
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m evaluation.load", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    parser.add_argument("--where", metavar="URL", required=True, help="a record that evaluation.record has filled")
    parser.add_argument("--writers", type=int, default=8, metavar="N")
    parser.add_argument("--readers", type=int, default=20, metavar="N")
    parser.add_argument("--seconds", type=float, default=60, metavar="S", help="how long each of the runs takes")
    parser.add_argument("--pace", type=float, default=8, metavar="N", help="reports that a writer brings in a second")
    parser.add_argument("--think", type=float, default=2, metavar="S", help="seconds that a reader looks at an answer")
    parser.add_argument("--no-page", action="store_true", help="print the section, do not write it")
    args = parser.parse_args()
    with open_record(args.where) as record:
        if record.engine.dialect.name != "postgresql":
            parser.error("--where: a file takes one writer at a time; this is about a server")
        analyse(record.engine)
        held = record.size()
    runs = []
    for how, pace, think in (
        (f"Each writer brings {args.pace:g} reports a second, as a reading process does on one core, and each reader "
         f"asks, looks for {args.think:g} s on average, and asks again:", args.pace, args.think),
        ("All of them as fast as they can:", 0.0, 0.0),
    ):  # fmt: skip
        say(how)
        done, dead = together(args.where, args.writers, args.readers, pace, think, args.seconds)
        say("\n".join([*rows(done, args.seconds), told(done, dead)]))
        runs.append((how, done, dead))
    made = section(args, held, runs)
    page = PAGES["postgresql"]
    if not args.no_page:
        before = page.read_text("utf-8").partition(LOAD)[0] if page.exists() else ""
        page.write_text(before + made, "utf-8")
    print(made)


if __name__ == "__main__":
    main()
