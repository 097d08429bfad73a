"""How the time of a report grows with its length: news, and texts in which one thing goes on and on.

What counts is CPU time besides the network (whose time is a constant a window): the layout, and the rules of the
reading on words that were marked at random.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass

from contested.statement import Report
from contested.text import prepare
from evaluation.fuzz import grammar
from evaluation.fuzz.cases import runner
from evaluation.gold import ROOT

SIZES = (10_000, 100_000, 1_000_000)
#: A text of ten times the length may take so many times as long.
GROWTH = 20.0
#: CPU seconds after which a family is not measured at greater lengths.
ENOUGH = 15.0


@dataclass(frozen=True, slots=True)
class Time:
    """CPU seconds of `size` characters of the texts of a `family`: the layout alone, and all but the network."""

    family: str
    size: int
    layout: float
    rules: float


def measured(most: int, families: list[str] | None = None) -> Iterator[Time]:
    """The time of each family at each size up to `most` characters."""
    running, folder = runner(1, network=False)
    with folder:
        for family in families or ["news", *grammar.ENDLESS]:
            for size in (size for size in SIZES if size <= most):
                text = _news(size) if family == "news" else grammar.sized(family, size)
                report = Report(text, published="2016-12-02")
                running.random.begin(size)
                begun = time.process_time()
                prepare(report)
                laid_out = time.process_time()
                running.reader.read(report)
                done = time.process_time()
                yield Time(family, size, laid_out - begun, done - laid_out)
                if done - begun > ENOUGH:
                    break


def kept(times: Iterator[Time], into: list[Time]) -> Iterator[Time]:
    """The same, put down in `into` as they come."""
    for one in times:
        into.append(one)
        yield one


def _news(size: int) -> str:
    """The example reports, over and over."""
    lines = (ROOT / "examples" / "reports.jsonl").read_text("utf-8").splitlines()
    texts = "\n\n".join(json.loads(line)["text"] for line in lines)
    return (texts * (size // len(texts) + 1))[:size]


def lines(times: Iterator[Time]) -> Iterator[str]:
    """A line for each measurement, with microseconds a character; growth beyond `GROWTH` is marked."""
    before: Time | None = None
    yield f"{'text':<22}{'characters':>12}{'layout s':>10}{'rules s':>10}{'µs a char.':>12}"
    for one in times:
        mark = ""
        if before and before.family == one.family and one.layout + one.rules > 1:
            grown = (one.layout + one.rules) / max(before.layout + before.rules, 0.02)
            mark = f"   {grown:.0f} times as long" if grown > GROWTH else ""
        each = (one.layout + one.rules) / one.size * 1e6
        yield f"{one.family:<22}{one.size:>12,}{one.layout:>10.2f}{one.rules:>10.2f}{each:>12.1f}{mark}"
        before = one
