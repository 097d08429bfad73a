"""`python -m evaluation [--update] [--lower]`: measure every set present, write docs/evaluation.md, hold the floors.

A set that is not present is "not measured" and neither passes nor fails. `--update` raises the floors in
`evaluation/floors.json` to what was measured, less a margin; only `--lower` lets a floor sink. Ends with 1 when a
figure lies below its floor.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from contested.reading.engine import load as load_encoder
from evaluation.gold import ROOT
from evaluation.sets import SETS, Figures

FLOORS = Path(__file__).parent / "floors.json"
TABLE = ROOT / "docs" / "evaluation.md"
MARGIN = 0.01  # a floor stands this far below what was measured: other processors round otherwise


def log(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def table(measured: dict[str, tuple[Figures, int] | None], version: str) -> str:
    lines = [
        "# How well it reads", "",
        "Written by `make evaluate`; do not edit. F1 of the shared scorer of statements (`all` pools every slot and",
        "the statement itself); two independent codings by hand agree at 0.88 `all`.", "",
        f"Weights: version {version}.", "",
        "- `gold-held-out`: hand-coded reports, each read with weights made from the other four folds: honest.",
        "  Thresholds were chosen on the same folds (a handful of numbers).",
        "- `gold-packaged`: the same reports with the packaged weights, **which were trained on them**: shows only",
        "  that nothing broke.",
        "- `names-uner-ewt-test`: UniversalNER English-EWT test, exact spans and labels.", "",
    ]  # fmt: skip
    for name, result in measured.items():
        lines += [f"## {name}", ""]
        if result is None:
            lines += ["not measured: the set or its weights are not present", ""]
            continue
        values, n = result
        lines += [f"{n} reports or sentences", "", "| figure | F1 |", "| --- | ---: |"]
        lines += [f"| {k} | {v:.3f} |" for k, v in values.items()] + [""]
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m evaluation", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    parser.add_argument("--update", action="store_true", help="raise the floors to what was measured")
    parser.add_argument("--lower", action="store_true", help="with --update: let floors sink, too")
    parser.add_argument("--only", choices=list(SETS), action="append", help="measure only this set")
    args = parser.parse_args()
    measured = {name: run(log) for name, run in SETS.items() if not args.only or name in args.only}
    floors: dict[str, Figures] = json.loads(FLOORS.read_text("utf-8")) if FLOORS.is_file() else {}
    fallen = []
    for name, result in measured.items():
        if result is None:
            print(f"{name}: not measured")
            continue
        for figure, value in result[0].items():
            floor = floors.get(name, {}).get(figure)
            below = floor is not None and value < floor
            print(f"{name:24s} {figure:18s} {value:.3f}" + (f"   BELOW its floor of {floor:.3f}" if below else ""))
            if below:
                fallen.append((name, figure))
            if args.update and (floor is None or value - MARGIN > floor or args.lower):
                floors.setdefault(name, {})[figure] = round(max(0.0, value - MARGIN), 3)
    if args.update:
        FLOORS.write_text(json.dumps(floors, indent=1, sort_keys=True) + "\n", "utf-8")
    if not args.only:
        TABLE.write_text(table(measured, load_encoder().settings.version), "utf-8")
    return 1 if fallen and not args.lower else 0


if __name__ == "__main__":
    sys.exit(main())
