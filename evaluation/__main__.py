"""`python -m evaluation [--update [--lower]] [--only SET]`: measure every set present, hold the floors.

Writes docs/evaluation.md where at least one set is present; with `--only` the parts of the sets asked for. A set that
is not present is "not measured" and neither passes nor fails. `--update` raises the floors in evaluation/floors.json to
what was measured, less a margin; only `--lower` lets a floor sink, or stand for other reports than before. Ends with 1
when a figure lies below its floor.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from contested.reading import engine
from evaluation import floors
from evaluation.gold import ROOT
from evaluation.page import page, renewed, section
from evaluation.result import Measured, Result
from evaluation.sets import SETS, Set

FLOORS = Path(__file__).parent / "floors.json"
PAGE = ROOT / "docs" / "evaluation.md"


def log(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def main(
    argv: Sequence[str] | None = None, sets: Mapping[str, Set] = SETS, floors_at: Path = FLOORS, page_at: Path = PAGE
) -> int:
    args = _arguments(argv, sets)
    asked = [name for name in sets if not args.only or name in args.only]
    known = floors.load(floors_at)
    results: dict[str, Result] = {}
    fell = 0
    for name in asked:
        results[name] = sets[name].run(log)
        fell += tell(name, results[name], known.get(name))
    if args.update:
        known = floors.updated(known, results, lower=args.lower)
        floors.save(known, floors_at)
    measured = [name for name, result in results.items() if isinstance(result, Measured)]
    if not measured:
        log(f"nothing was measured: {page_at.name} stays as it is")
    elif not args.only:
        whats = {name: sets[name].what for name in results}
        page_at.write_text(page(whats, results, known, weights_version()), "utf-8")
    elif page_at.is_file():
        parts = {name: section(name, sets[name].what, results[name], known.get(name)) for name in measured}
        page_at.write_text(renewed(page_at.read_text("utf-8"), parts), "utf-8")
    return 1 if fell and not args.lower else 0


def _arguments(argv: Sequence[str] | None, sets: Mapping[str, Set]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m evaluation", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--update", action="store_true", help="raise the floors to what was measured")
    parser.add_argument("--lower", action="store_true", help="with --update: let floors sink, too")
    parser.add_argument("--only", choices=list(sets), action="append", help="measure only this set")
    args = parser.parse_args(argv)
    if args.lower and not args.update:
        parser.error("--lower goes with --update")
    return args


def tell(name: str, result: Result, floor: floors.Floor | None) -> int:
    """Print what was measured on a set, and how many of its figures fell below their floors; return that number."""
    if not isinstance(result, Measured):
        print(f"{name}: not measured: {result.reason}")
        return 0
    print(f"{name}: {result.size} {result.unit}, corpus {result.corpus}" + (f"; {result.note}" if result.note else ""))
    if floor and not floors.comparable(floor, result):
        print(f"  not compared: the floor stands for {floor.size} {result.unit}, corpus {floor.corpus}")
    for figure, score in result.scores.items():
        print(f"  {figure:18s} P {score.precision:.3f}  R {score.recall:.3f}  F1 {score.f1:.3f}")
    fell = floors.fallen(floor, result) if floor else []
    for fall in fell:
        now = "is no longer measured" if fall.f1 is None else f"{fall.f1:.3f}"
        print(f"  BELOW ITS FLOOR: {fall.figure} {now}, floor {fall.floor:.3f}")
    return len(fell)


def weights_version() -> str:
    """The version of the packaged weights, or that there are none."""
    settings = engine.folder() / engine.SETTINGS
    if not settings.is_file():
        return "none"
    return f"version {json.loads(settings.read_text('utf-8'))['version']}"


if __name__ == "__main__":
    sys.exit(main())
