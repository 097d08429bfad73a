"""Statements, scored against the hand-coded reports by the shared scorer."""

from __future__ import annotations

import importlib.util
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from contested.reading import engine
from contested.reading.pipeline import Reader
from contested.statement import Report
from evaluation.gold import BUILD, FOLDS, SHARED, folds, gold_reports, raw_gold
from evaluation.result import Measured, NotMeasured, Result, Score, corpus_hash, score

SCORER = SHARED / "tools" / "score_statements.py"
ABSENT = NotMeasured("the hand-coded reports or their scorer are not present (../shared/gold, ../shared/tools)")


def present() -> bool:
    return SCORER.is_file() and (SHARED / "gold").is_dir()


def measure() -> Any:
    """The shared scorer of statements, as a module."""
    return module(SCORER)


def module(path: Path) -> Any:
    """A script that stands outside of the project, as a module."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def scores(gold: Sequence[dict[str, Any]], read: Sequence[dict[str, Any]]) -> dict[str, Score]:
    """All that the scorer tells of coded reports, and the slots of the statements that match (`given`)."""
    scorer = measure()
    found = scorer.score(gold, read)
    named = {name: found[name] for name in ("all", "statements", "found")}
    named |= {f"kind.{name}": values for name, values in found["kinds"].items()}
    named |= {f"slot.{name}": values for name, values in found["slots"].items()}
    out = {name: Score(values["precision"], values["recall"], values["f1"]) for name, values in named.items()}
    return out | given(scorer, gold, read)


def given(scorer: Any, gold: Sequence[dict[str, Any]], read: Sequence[dict[str, Any]]) -> dict[str, Score]:
    """Each slot over matched statements only: how well a statement is read once it is found."""
    right, wanted, found = Counter[str](), Counter[str](), Counter[str]()
    read_by_id = {report["id"]: report for report in read}
    for report in gold:
        a = report["statements"]
        b = read_by_id.get(report["id"], {}).get("statements") or []
        for i, j in scorer.pair(a, b, report["text"], lambda x, y: (x["kind"], x["type"]) == (y["kind"], y["type"])):
            wanted.update(slot for slot, _ in scorer.fills(a[i]))
            found.update(slot for slot, _ in scorer.fills(b[j]))
            right.update(scorer.slot_hits(a[i], b[j]))
    return {f"given.{slot}": score(right[slot], wanted[slot], found[slot]) for slot in scorer.SLOTS}


def measured(gold: Sequence[dict[str, Any]], read: Sequence[dict[str, Any]], note: str = "") -> Measured:
    corpus = corpus_hash((report["id"], report["text"]) for report in gold)
    return Measured(scores(gold, read), len(gold), "reports", corpus, note)


def folds_with_weights() -> list[int]:
    return [n for n in range(FOLDS) if (BUILD / f"fold-{n}" / engine.SETTINGS).is_file()]


def read_held_out(held: Sequence[int], log: Callable[[str], None]) -> Iterator[Report]:
    """The reports of the folds `held`, read with weights that have not seen them."""
    reports = gold_reports()
    for n in held:
        reader = Reader.load(BUILD / f"fold-{n}")
        for report, fold in zip(reports, folds(reports), strict=True):
            if fold == n:
                yield reader.read(report)
        log(f"fold {n}: read")


def gold_held_out(log: Callable[[str], None]) -> Result:
    """Every report read with weights made without it: the honest figure."""
    if not present():
        return ABSENT
    held = folds_with_weights()
    if not held:
        return NotMeasured("no fold has weights in build/ (`make train` leaves them there)")
    gold = raw_gold()
    read = [report.to_json() for report in read_held_out(held, log)]
    note = "" if len(held) == FOLDS else (
        f"{len(held)} of the {FOLDS} folds ({', '.join(map(str, held))}); the others have no weights in build/"
    )  # fmt: skip
    return measured([gold[report["id"]] for report in read], read, note)


def gold_packaged(log: Callable[[str], None]) -> Result:
    """With the packaged weights, which have seen this gold: a check that nothing broke, no figure of quality."""
    if not present():
        return ABSENT
    if not packaged():
        return NotMeasured("there are no packaged weights")
    reader = Reader.load()
    began = time.perf_counter()
    read = [reader.read(report).to_json() for report in gold_reports()]
    log(f"gold read with the packaged weights: {len(read) / (time.perf_counter() - began):.1f} reports a second")
    return measured(list(raw_gold().values()), read)


def packaged() -> bool:
    """Whether the package holds weights; damaged ones are no reason to measure nothing and fail on loading."""
    return (engine.folder() / engine.SETTINGS).is_file()
