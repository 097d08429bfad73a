"""`python -m evaluation.record [--statements N] [--where FILE|URL]`: how fast a record of a million statements answers.

Fills a record with synthetic reports (evaluation/synthetic.py), asks it, and writes docs/record-speed.md (of a
PostgreSQL database docs/record-speed-postgresql.md). Times are of the clock on the wall, as a user waits. A record that
is there already and large enough is asked as it stands.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import select

from contested.record.asking import Filter
from contested.record.engine import analyse
from contested.record.record import Record, open_record
from contested.record.tables import inside
from contested.record.writing import Writer
from evaluation.gold import ROOT
from evaluation.speed import machine
from evaluation.stand_in import stand_in
from evaluation.synthetic import DAILY, FIRST, War

PAGES = {"sqlite": ROOT / "docs" / "record-speed.md", "postgresql": ROOT / "docs" / "record-speed-postgresql.md"}
READER = "synthetic"
#: Where the part of the page begins that evaluation/load.py writes.
LOAD = "## Under load"
#: Reports in one transaction of the fast path.
BATCH = 200
#: After how many reports adding one at a time is timed (and after the last), and how many are.
MARKS, SINGLE = (10_000, 100_000), 400
#: How often each question is asked, with other words each time; the first ones warm the caches up and are not counted.
ASKED, WARM = 60, 5
GOAL = 200  # ms, p95
NOT_ITS_OWN = {"sqlite": "", "postgresql": ", and without that of the server"}


@dataclass
class Filling:
    """What filling cost: seconds, reports and statements of the fast path, memory (MB) after so many reports, and
    milliseconds of each single `Writer.add` at the marks."""

    reports: int = 0
    statements: int = 0
    seconds: float = 0.0
    memory: list[tuple[int, float]] = field(default_factory=list)
    single: dict[int, list[float]] = field(default_factory=dict)


def fill(record: Record, reports: Iterator[Any], statements: int, marks: Sequence[int] = MARKS) -> Filling:
    """Add reports until the record holds `statements`; at each mark that is reached, some are timed one by one."""
    writer, filled = Writer(record.engine, READER), Filling()
    waiting = list(marks)

    def single() -> None:
        filled.single[filled.reports] = one_by_one(writer, list(islice(reports, SINGLE)))
        filled.reports += SINGLE

    began = told = time.perf_counter()
    while filled.statements < statements:
        batch = list(islice(reports, BATCH))
        before = time.perf_counter()
        filled.statements += sum(added.found for added in writer.add_all(batch))
        filled.reports += len(batch)
        filled.seconds += time.perf_counter() - before
        if waiting and filled.reports >= waiting[0]:
            waiting.pop(0)
            single()
        if time.perf_counter() - told > 5:
            told = time.perf_counter()
            filled.memory.append((filled.reports, resident()))
            rate = filled.reports / (told - began)
            held = f"{filled.reports:,} reports, {filled.statements:,} statements"
            say(f"{held}, {rate:.0f} reports a second, {resident():.0f} MB")
    filled.memory.append((filled.reports, resident()))
    if filled.reports - SINGLE not in filled.single:
        single()
    return filled


def one_by_one(writer: Writer, reports: Sequence[Any]) -> list[float]:
    """Milliseconds of each report, added in a transaction of its own."""
    times = []
    for report in reports:
        began = time.perf_counter()
        writer.add(report)
        times.append(1000 * (time.perf_counter() - began))
    return times


class Questions:
    """What the record is asked: names, and a function that asks with words of `war` by chance."""

    def __init__(self, record: Record, war: War, reports: int) -> None:
        self.record, self.war, self.days = record, war, max(1, reports // DAILY)
        self.chance = random.Random(7)
        with record.engine.connect() as connection:
            self.told = set(connection.scalars(select(inside.c.holder).distinct()))

    def all(self) -> dict[str, Callable[[], object]]:
        record, chance, outlets = self.record, self.chance, self.war.outlets
        asked: dict[str, Callable[[], object]] = {
            "statements: first 100": lambda: record.statements(limit=100),
            "statements: of a type": lambda: record.statements(Filter(type="captures"), limit=100),
            "statements: of a kind and a month": lambda: record.statements(self.dated(kind="event"), limit=100),
            "statements: in a town": lambda: record.statements(Filter(place=self.town()), limit=100),
            "statements: in a province": lambda: record.statements(Filter(place=self.province()), limit=100),
            "statements: in a country": lambda: record.statements(Filter(place=self.country()), limit=100),
            "statements: in a province, of a type and a year": lambda: record.statements(
                self.dated(place=self.province(), type="ASSAULT", days=365), limit=100
            ),
            "statements: of a party": lambda: record.statements(Filter(party=self.party()), limit=100),
            "statements: of a party by name": lambda: record.statements(Filter(party=self.party("name")), limit=100),
            "statements: of a source class": lambda: record.statements(Filter(source_class="medic"), limit=100),
            "statements: of an outlet": lambda: record.statements(Filter(outlet=chance.choice(outlets)), limit=100),
            "statements: of a report": lambda: record.statements(Filter(report=f"syn-{chance.randrange(self.days)}")),
            "statements: known by a day, in a town": lambda: record.statements(
                Filter(place=self.town(), known_by=self.day()), limit=100
            ),
            "search: one frequent word, reports": lambda: record.search(self.word(200)),
            "search: one rare word, reports": lambda: record.search(self.word(20_000, 5_000)),
            "search: two words, reports": lambda: record.search(f"{self.word(2_000)} {self.word(2_000)}"),
            "search: two words side by side, reports": lambda: record.search(f'"{self.word(300)} {self.word(300)}"'),
            "search: one frequent word, quotes": lambda: record.search(self.word(200), "quotes"),
            "search: two words, quotes": lambda: record.search(f"{self.word(2_000)} {self.word(2_000)}", "quotes"),
            "situation": lambda: record.situation(self.day()),
            "situation: as known by a day": lambda: record.situation(known_by=self.day()),
            "situation: of a town": lambda: record.situation(self.day(), place=self.town()),
            "situation: of a province": lambda: record.situation(self.day(), place=self.province()),
            "situation: of a country": lambda: record.situation(self.day(), place=self.country()),
            "situation: of a party": lambda: record.situation(self.day(), party=self.party()),
            "situation: of a party by name": lambda: record.situation(self.day(), party=self.party("name")),
            "situation: of a party in a province": lambda: record.situation(
                self.day(), place=self.province(), party=self.party()
            ),
            "incidents: latest 100": lambda: record.incidents(),
            "incidents: of a month": lambda: record.incidents(self.dated()),
            "incidents: in a town": lambda: record.incidents(Filter(place=self.town())),
            "incidents: in a province": lambda: record.incidents(Filter(place=self.province())),
            "disputes: latest 100": lambda: record.disputes(),
            "disputes: of a type": lambda: record.disputes(type="count"),
            "disputes: of a month": lambda: record.disputes(self.dated()),
            "disputes: in a town": lambda: record.disputes(Filter(place=self.town())),
            "disputes: in a province": lambda: record.disputes(Filter(place=self.province())),
            "disputes: of a party": lambda: record.disputes(Filter(party=self.party())),
        }  # fmt: skip
        return asked

    def word(self, rank: int, least: int = 0) -> str:
        return self.war.words[self.chance.randrange(least, min(rank, len(self.war.words)))]

    def somewhere(self) -> list[str]:
        """A place that the record tells of, and those that hold it, the nearest first."""
        while (place := self.war.somewhere(self.chance))["place"] not in self.told:
            pass
        return [place["place"], *place["within"]]

    def town(self) -> str:
        return self.somewhere()[0]

    def province(self) -> str:
        return next(one for one in self.somewhere() if "province" in one)

    def country(self) -> str:
        return self.somewhere()[-1]

    def party(self, by: str = "party") -> str:
        return str(self.chance.choice(self.war.parties)[by])

    def dated(self, **more: Any) -> Filter:
        """A filter for some days of the record."""
        first = self.day()
        return Filter(start=first, end=first + timedelta(days=more.pop("days", 30)), **more)

    def day(self) -> date:
        return FIRST + timedelta(days=self.chance.randrange(self.days))


def ask(question: Callable[[], object]) -> tuple[list[float], list[float]]:
    """Milliseconds of each asking: of the clock on the wall, and of this process's work."""
    times, work = [], []
    for _ in range(WARM + ASKED):
        began, worked = time.perf_counter(), time.process_time()
        question()
        times.append(1000 * (time.perf_counter() - began))
        work.append(1000 * (time.process_time() - worked))
        if sum(times) > 60_000:  # hopeless: a minute is enough to say so
            break
    return times[WARM:] or times, work[WARM:] or work


def p95(times: Sequence[float]) -> float:
    return sorted(times)[min(len(times) - 1, int(0.95 * len(times)))]


def resident() -> float:
    """Memory that this process holds now, in MB; 0 where the system does not tell."""
    about = Path("/proc/self/statm")
    return int(about.read_text().split()[1]) * 4096 / 1e6 if about.is_file() else 0.0


def size(where: str) -> float | None:
    """MB on disk, of a file."""
    files = [Path(where + end) for end in ("", "-wal")]
    return sum(f.stat().st_size for f in files if f.is_file()) / 1e6 if files[0].is_file() else None


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def page(
    engine: str, held: dict[str, int], filled: Filling, asked: dict[str, tuple[list[float], list[float]]],
    disk: float | None,
) -> str:  # fmt: skip
    about = [f"{held['statements']:,} statements of {held['reports']:,} synthetic reports, on {engine}"]
    if disk is not None:
        about.append(f"{disk:,.0f} MB on disk")
    lines = [
        "# How fast the record answers", "",
        "Written by `python -m evaluation.record`; do not edit.", "", f"> {machine()}", "", f"{', '.join(about)}.", "",
        f"The goal is {GOAL} ms for 95 of 100 askings. Each question is asked {ASKED} times with other words. The load "
        f"of the machine was {os.getloadavg()[1]:.1f} then; these questions alone make it 1, and where it is more they "
        f"wait for others. `work` is what this process did, without such waits{NOT_ITS_OWN[engine]}.", "",
        "| question | p50 ms | p95 ms | p95 work ms | |", "| --- | ---: | ---: | ---: | --- |",
        *(
            f"| {name} | {median(t):,.1f} | {p95(t):,.1f} | {p95(work):,.1f} | {'' if p95(t) <= GOAL else 'missed'} |"
            for name, (t, work) in asked.items()
        ),
        "",
        f"{held['incidents']:,} incidents and {held['disputes']:,} disputes are stand-ins put together by day and "
        "place: deriving them was not timed.",
        "", "## Adding", "",
    ]  # fmt: skip
    return "\n".join([*lines, *adding(filled), ""])


def adding(filled: Filling) -> list[str]:
    if not filled.reports:
        return ["Not measured: the record was there already."]
    rate = filled.reports / filled.seconds if filled.seconds else 0.0
    lines = [f"{rate:,.0f} reports a second in transactions of {BATCH} (`Writer.add_all`), "
             f"{rate * filled.statements / filled.reports:,.0f} statements a second.", ""]  # fmt: skip
    lines += [
        f"- after {mark:,} reports, one in a transaction: median {median(t):.1f} ms, mean {sum(t) / len(t):.1f} ms"
        for mark, t in filled.single.items()
    ]
    if len(filled.single) > 1:
        first, *_, last = filled.single.values()
        lines.append(f"- the last cost {median(last) / median(first):.2f} times the first (goal: at most 1.50)")
    if MARKS[-1] not in filled.single:
        lines.append(f"- not measured: after {MARKS[-1]:,} reports")
    held = filled.memory
    steps = held[:: max(1, len(held) // 8)]
    lines += ["", "Memory: " + ", ".join(f"{mb:.0f} MB after {n:,} reports" for n, mb in steps) + "."]
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m evaluation.record", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    parser.add_argument("--statements", type=int, default=1_000_000, metavar="N", help="how many the record holds")
    parser.add_argument(
        "--where", metavar="FILE|URL", help="keep the record there; one that is there is asked as it is"
    )
    parser.add_argument("--only", default="", metavar="WORDS", help="only questions whose names have these words")
    parser.add_argument("--no-page", action="store_true", help="print the page, do not write it")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        where = args.where or str(Path(folder) / "war.db")
        war = War()
        with open_record(where, create=True) as record:
            held = record.size()
            filled = Filling()
            if held["statements"] < args.statements:
                if held["reports"]:
                    parser.error(f"{where} holds {held['statements']:,} statements; fill an empty one")
                filled = fill(record, war.reports(), args.statements)
                held = record.size()
                if args.where and Path(where).is_file():
                    Path(f"{where}.filling.json").write_text(json.dumps(asdict(filled)), "utf-8")
            elif (kept := Path(f"{where}.filling.json")).is_file():
                filled = Filling(**json.loads(kept.read_text("utf-8")))
                filled.single = {int(mark): times for mark, times in filled.single.items()}
            if not held["incidents"]:
                say("incidents and disputes: stand-ins, by day and place")
                stand_in(record.engine)
                held = record.size()
            analyse(record.engine)
            asked = {}
            derived = {"incidents": held["incidents"], "disputes": held["disputes"]}
            for name, question in Questions(record, war, held["reports"]).all().items():
                if args.only in name and derived.get(name.partition(":")[0], 1):
                    times, work = asked[name] = ask(question)
                    say(f"{name}: p50 {median(times):.1f} ms, p95 {p95(times):.1f} ms, of work {p95(work):.1f} ms")
            engine = record.engine.dialect.name
            text = page(engine, held, filled, asked, size(where))
    if not args.no_page:
        page_ = PAGES[engine]
        _, load, rest = page_.read_text("utf-8").partition(LOAD) if page_.exists() else ("", "", "")
        page_.write_text(f"{text}\n{load}{rest}" if load else text, "utf-8")
    print(text)


if __name__ == "__main__":
    main()
