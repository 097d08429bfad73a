"""`python -m training [COMMAND]`: make the weights again. What each step needs and takes: training/README.md.

    warm     names, syntax and marked predicates from public sets              → build/warm.pt
    fold N   learn from the gold without fold N (0 to 4), and export           → build/fold-N.pt, build/fold-N/
    folds    all five folds, one after the other
    average  the mean of the weights of the folds                              → build/final.pt
    names    the names head of the warm network, all else frozen               → build/names.pt
    export   final.pt and names.pt as int8 ONNX graphs, labels, thresholds     → contested/models/

Without a command: warm, folds, average, names, export. A step that finds what it needs absent says so and ends with 1.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

try:
    import torch

    from training import steps
    from training.start import Absent
except ModuleNotFoundError as error:
    sys.exit(f"{error.name} is not installed: `make train` sets it up, or pip install -e '.[train]'")

from evaluation.gold import FOLDS
from training.settings import GOLD


def arguments(argv: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m training", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("command", nargs="?", choices=("warm", "fold", "folds", "average", "names", "export"))
    parser.add_argument("held", nargs="?", type=int, choices=range(FOLDS), metavar="N", help="the fold held out")
    parser.add_argument("--epochs", type=int, default=GOLD.epochs, help="passes over the gold (%(default)s)")
    parser.add_argument("--seed", type=int, default=0, help="of the steps that learn from the gold (%(default)s)")
    parser.add_argument("--threads", type=int, default=0, help="of torch; 0 lets it choose")
    args = parser.parse_args(argv)
    if (args.command == "fold") != (args.held is not None):
        parser.error("`fold`, and only `fold`, needs the number of a fold")
    return args


def main(argv: Sequence[str] | None = None) -> None:
    args = arguments(argv)
    if args.threads:
        torch.set_num_threads(args.threads)
    if args.command in (None, "warm"):
        steps.run_warm()
    if args.command == "fold":
        steps.run_fold(args.held, args.epochs, args.seed)
    if args.command in (None, "folds"):
        for held in range(FOLDS):
            steps.run_fold(held, args.epochs, args.seed + held)
    if args.command in (None, "average"):
        steps.run_average()
    if args.command in (None, "names"):
        steps.run_names()
    if args.command in (None, "export"):
        steps.run_export()


if __name__ == "__main__":
    try:
        main()
    except Absent as error:
        sys.exit(str(error))
