"""Times: the training part of WikiWars, war narratives with TIMEX3. Rules alone read it, so it needs no weights."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from contested.reading.when import TimeMention, find
from contested.statement import Report
from contested.text import prepare
from evaluation.gold import SHARED
from evaluation.result import Measured, NotMeasured, Result, Score, corpus_hash, score

FOLDER = SHARED / "data" / "time" / "wikiwars"
_MARKUP = re.compile(r"(<[^>]*>)")


class Time(NamedTuple):
    """A time of the gold: characters `start:end`, and its TIMEX3 value."""

    start: int
    end: int
    value: str


def parse(tml: str) -> tuple[str, str | None, list[Time]]:
    """The text of a TimeML file, its date of creation, and its times."""
    created = re.search(r'<DCT>.*?value="([\d-]{10})', tml, re.DOTALL)
    body = tml.partition("<TEXT>")[2].partition("</TEXT>")[0]
    text, times = "", []
    opened: list[tuple[int, str]] = []
    for part in _MARKUP.split(body):
        if part.startswith("<TIMEX3"):
            value = re.search(r'\bvalue="([^"]*)"', part)
            opened.append((len(text), value[1] if value else ""))
        elif part == "</TIMEX3>":
            start, known = opened.pop()
            times.append(Time(start, len(text), known))
        elif not part.startswith("<"):
            text += html.unescape(part)
    return text, created[1] if created else None, times


def compare(gold: Sequence[Time], found: Sequence[TimeMention]) -> Counter[str]:
    """Counts of times: in the `gold`, `found`, and of the pairs those that touch, are `exact`, have the same `value`.

    Each time of the gold is paired with the one that it shares most characters with among those still free.
    """
    counts = Counter(gold=len(gold), found=len(found))
    free = list(found)
    for time in gold:
        pair = max(free, key=partial(shared, time), default=None)
        if pair is not None and shared(time, pair) > 0:
            free.remove(pair)
            counts["touch"] += 1
            counts["exact"] += (pair.start, pair.end) == (time.start, time.end)
            counts["value"] += pair.value == time.value
    return counts


def shared(time: Time, found: TimeMention) -> int:
    """Characters that both cover; 0 or less where they do not touch."""
    return min(time.end, found.end) - max(time.start, found.start)


def scores(counts: Counter[str]) -> dict[str, Score]:
    """Detection with exact bounds and with any overlap; `value`: found, with the same TIMEX3 value."""
    named = {"times.strict": "exact", "times.relaxed": "touch", "times.value": "value"}
    return {name: score(counts[kind], counts["gold"], counts["found"]) for name, kind in named.items()}


def times(log: Callable[[str], None], folder: Path = FOLDER) -> Result:
    """Detection and values of the time expressions of WikiWars."""
    files = sorted(folder.glob("*.tml"))
    if not files:
        return NotMeasured("the set is not present (../shared/data/time/wikiwars)")
    counts: Counter[str] = Counter()
    read = []
    for path in files:
        text, created, gold = parse(path.read_text("utf-8"))
        counts += compare(gold, find(prepare(Report(text, published=created))))
        read.append((path.stem, text))
    log(f"times: {len(files)} narratives")
    return Measured(scores(counts), len(files), "narratives", corpus_hash(read))
