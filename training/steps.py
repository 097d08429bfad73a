"""The steps: warm up, learn from the gold with or without a fold, export. Each leaves its result in `build/`."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path

import torch
from torch import Tensor

from evaluation.gold import BUILD, FOLDS, ROOT, SHARED, folds, gold_reports
from training import gold, warm
from training.learn import learn
from training.settings import GOLD, HEAD, WARM, WARM_HEADS
from training.start import need, network, tokenizer

PACKAGED = ROOT / "contested" / "models"
WARM_WEIGHTS, NAMES_WEIGHTS, FINAL_WEIGHTS = BUILD / "warm.pt", BUILD / "names.pt", BUILD / "final.pt"


def log(line: str) -> None:
    print(line, flush=True)


def save(weights: Mapping[str, Tensor], name: str) -> None:
    """Write the weights to `build/` under `name`, whole or not at all."""
    BUILD.mkdir(exist_ok=True)
    torch.save(weights, BUILD / f"{name}.part")
    (BUILD / f"{name}.part").replace(BUILD / name)


def run_warm() -> None:
    """Names, syntax and marked predicates of the public sets → `build/warm.pt`."""
    data = need(SHARED / "data", "the public sets lie there (training/README.md names them)")
    torch.manual_seed(0)
    items = warm.items(tokenizer(), data, seed=0)
    log(f"{len(items)} windows, {sum(len(i.ids) for i in items)} pieces, {sum(len(i.crops) for i in items)} predicates")
    made = network()
    learn(made, items, heads=list(WARM_HEADS), **asdict(WARM), log=log)
    save(made.state_dict(), WARM_WEIGHTS.name)


def run_gold(held: int, epochs: int, seed: int, start: Path, name: str) -> None:
    """Learn from the gold but for fold `held`, from the weights at `start` → `build/name`.

    The weights are saved after each epoch, so that a run that is cut short leaves those of its last whole epoch.
    """
    need(SHARED / "gold", "the hand-coded reports lie there (training/README.md)")
    reports = gold_reports()
    made = network(start)
    cutter = tokenizer()
    prepared = [gold.ready(cutter, r) for r, fold in zip(reports, folds(reports), strict=True) if fold != held]
    log(
        f"{len(prepared)} reports, {sum(len(p.marked) for p in prepared)} statements, "
        f"{sum(p.lost for p in prepared)} lost"
    )
    vocabulary = gold.anchor_words(prepared)
    rng = random.Random(seed)
    learn(
        made, lambda _: gold.items(prepared, vocabulary, rng), heads=["anchor"], **asdict(replace(GOLD, epochs=epochs)),
        seed=seed, log=log, after=lambda _: save(made.state_dict(), name),
    )  # fmt: skip


def run_fold(held: int, epochs: int, seed: int) -> None:
    """Learn without fold `held`, and export to `build/fold-N`, where the evaluation looks for it."""
    if not 0 <= held < FOLDS:
        raise ValueError(f"there is no fold {held}; they are 0 to {FOLDS - 1}")
    log(f"fold {held}: learning from the other folds")
    run_gold(held, epochs, seed, WARM_WEIGHTS, f"fold-{held}.pt")
    run_export(BUILD / f"fold-{held}.pt", BUILD / f"fold-{held}")


def run_average() -> None:
    """The mean of the weights of all folds → `build/final.pt`.

    All folds start from the same warm weights, so their mean lies in one basin (Wortsman et al. 2022, "Model soups").
    Together they have seen all of the gold, while each alone says how well a fold that it has not seen is read.
    """
    paths = sorted(BUILD.glob("fold-*.pt"))
    need(paths[0] if paths else BUILD / "fold-0.pt", "python -m training folds makes it")
    parts = [torch.load(path, weights_only=True) for path in paths]
    mean = {name: sum(part[name] for part in parts) / len(parts) for name in parts[0]}
    save(mean, FINAL_WEIGHTS.name)
    log(f"{FINAL_WEIGHTS.name}: the mean of {', '.join(path.name for path in paths)}")


def run_names() -> None:
    """Fit the names head on the warm network, all else frozen → `build/names.pt`.

    Names are read by the warm network, since learning from the gold moves what the head reads: fitted on the mean of
    the folds it scored F1 0.51, on the warm network 0.59 (UniversalNER English-EWT test).
    """
    data = need(SHARED / "data", "the public sets lie there (training/README.md names them)")
    made = network(need(WARM_WEIGHTS, "python -m training warm makes it"))
    for name, weights in made.named_parameters():
        weights.requires_grad_(name.startswith("anchors.heads.names."))
    learn(made, warm.names(tokenizer(), data, seed=0), heads=["names"], **asdict(HEAD), log=log)
    save(made.state_dict(), NAMES_WEIGHTS.name)


def run_export(weights: Path = FINAL_WEIGHTS, to: Path = PACKAGED) -> None:
    """Weights → int8 graphs in folder `to`."""
    from training.export import export

    need(weights, "python -m training average makes it")
    export(weights, to, need(NAMES_WEIGHTS, "python -m training names makes it") if to == PACKAGED else None)
    log(f"{weights.name} exported to {to}")
