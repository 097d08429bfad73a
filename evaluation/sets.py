"""The sets, and the measures on them. A set that is not present is said to be so: `None`, never a pass."""

from __future__ import annotations

import importlib.util
import time
from collections.abc import Callable, Iterator
from typing import Any

from contested.reading.pipeline import Reader
from contested.statement import Report
from evaluation.gold import BUILD, FOLDS, SHARED, folds, gold_reports, raw_gold

Figures = dict[str, float]


def measure() -> Any:
    """The shared scorer of statements, as a module."""
    spec = importlib.util.spec_from_file_location("score_statements", SHARED / "tools" / "score_statements.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def figures(scored: dict[str, Any]) -> Figures:
    """F1 of everything the scorer reports, by name."""
    return {
        **{name: scored[name]["f1"] for name in ("all", "statements", "found")},
        **{f"kind.{k}": v["f1"] for k, v in scored["kinds"].items()},
        **{f"slot.{k}": v["f1"] for k, v in scored["slots"].items()},
    }


def read_held_out(log: Callable[[str], None]) -> Iterator[tuple[Report, Report]]:
    """Pairs of gold and read report, read with weights that have not seen it; folds without weights are passed over."""
    reports = gold_reports()
    for n in range(FOLDS):
        at = BUILD / f"fold-{n}"
        if not (at / "settings.json").is_file():
            log(f"fold {n}: no weights in build/ (make folds)")
            continue
        reader = Reader.load(at)
        for report, fold in zip(reports, folds(reports), strict=True):
            if fold == n:
                yield report, reader.read(report)
        log(f"fold {n}: read")


def gold_held_out(log: Callable[[str], None]) -> tuple[Figures, int] | None:
    if not (SHARED / "gold").is_dir():
        return None
    gold = raw_gold()
    pairs = [(gold[a.id], b.to_json()) for a, b in read_held_out(log)]
    if not pairs:
        return None
    return figures(measure().score([a for a, _ in pairs], [b for _, b in pairs])), len(pairs)


def gold_packaged(log: Callable[[str], None]) -> tuple[Figures, int] | None:
    """With the packaged weights, which have seen this gold: a check that nothing broke, no figure of quality."""
    if not (SHARED / "gold").is_dir():
        return None
    gold = raw_gold()
    reader = Reader.load()
    began = time.perf_counter()
    read = [reader.read(r).to_json() for r in gold_reports()]
    log(f"gold read with the packaged weights: {len(read) / (time.perf_counter() - began):.1f} reports a second")
    return figures(measure().score(list(gold.values()), read)), len(read)


def names(log: Callable[[str], None]) -> tuple[Figures, int] | None:
    """UniversalNER English-EWT test: F1 of exact spans with their label (PERSON, ORGANISATION, LOCATION)."""
    path = SHARED / "data" / "ner" / "uner_en_ewt-ud-test.iob2"
    if not path.is_file():
        return None
    label = {"PER": "PERSON", "ORG": "ORGANISATION", "LOC": "LOCATION"}
    reader = Reader.load()
    right = wanted = found = n = 0
    for block in path.read_text("utf8").split("\n\n"):
        rows = [line.split("\t") for line in block.split("\n") if line and not line.startswith("#")]
        if not rows:
            continue
        text, gold, open_ = "", set(), None
        for row in rows:
            begin, _, kind = row[2].partition("-")
            if open_ and begin != "I":
                gold.add(open_)
                open_ = None
            if begin == "B" and kind in label:
                open_ = (len(text), len(text) + len(row[1]), label[kind])
            elif begin == "I" and open_:
                open_ = (open_[0], len(text) + len(row[1]), open_[2])
            text += row[1] + " "
        if open_:
            gold.add(open_)
        marks = reader.annotate(Report(text.rstrip() + "\n"), "names")
        guess = {(m["start"], m["end"], m["type"]) for m in marks}
        right, wanted, found, n = right + len(gold & guess), wanted + len(gold), found + len(guess), n + 1
    log(f"names: {n} sentences")
    p, r = right / max(found, 1), right / max(wanted, 1)
    return {"names.f1": round(2 * p * r / (p + r), 4) if p + r else 0.0}, n


#: Name → what it measures and how. The order is that of the table.
SETS: dict[str, Callable[[Callable[[str], None]], tuple[Figures, int] | None]] = {
    "gold-held-out": gold_held_out,
    "gold-packaged": gold_packaged,
    "names-uner-ewt-test": names,
}
