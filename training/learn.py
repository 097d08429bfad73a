"""The training loop, the same for warming up and for the gold."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from training.batches import IGNORE, Item, collate, gather
from training.network import LAYERS, TRUNK, Network
from training.settings import CHOICES

#: Weight of each loss; the tag loss is a mean over pieces and roles, most of them out, hence the high weight.
WEIGHTS = {
    "anchor": 1.0, "names": 0.3, "upos": 0.2, "relations": 0.3, "tags": 30.0, "valid": 0.3, "type": 0.5,
    "mode": 0.3, "modality": 0.3, "source.class": 0.2, "source.named": 0.1,
}  # fmt: skip
SMOOTHING = 0.05  # of the choices' labels: coders differ on them
RISE, REST = 0.08, 0.02  # share of the steps in which the rate rises; the least share of it that is left at the end
SHOWN = 50  # steps between two lines of the log, and that its means are taken over


def losses(network: Network, batch: dict[str, Any], heads: Sequence[str]) -> dict[str, Tensor]:
    """Mean loss of every target present in the batch."""
    out: dict[str, Tensor] = {}
    hidden = network.trunk(batch["ids"], batch["shape"], batch["present"])
    taught = [h for h in heads if (batch["targets"][h] != IGNORE).any()]
    if taught:
        logits = network.anchors(hidden, batch["present"])
        for h in taught:
            out[h] = F.cross_entropy(
                logits[h].float().flatten(0, 1), batch["targets"][h].flatten(), ignore_index=IGNORE
            )
    sums: dict[str, list[tuple[Tensor, Tensor]]] = {}
    for crops in batch["crops"]:
        tags, choices = network.roles(gather(hidden, crops), crops["mark"], crops["present"])
        want = crops["tags"].flatten()
        if (want != IGNORE).any():
            loss = F.cross_entropy(tags.float().flatten(0, 2), want, ignore_index=IGNORE, reduction="sum")
            sums.setdefault("tags", []).append((loss, (want != IGNORE).sum()))
        for name, value in crops["choices"].items():
            if (value != IGNORE).any():
                loss = F.cross_entropy(
                    choices[name].float(), value, ignore_index=IGNORE, reduction="sum", label_smoothing=SMOOTHING
                )
                sums.setdefault(name, []).append((loss, (value != IGNORE).sum()))
    for name, parts in sums.items():
        out[name] = sum(a for a, _ in parts) / sum(b for _, b in parts)
    return out


def groups(network: Network, rate: float, head_rate: float, decay: float) -> list[dict[str, Any]]:
    """Layer-wise rates: lower layers learn slower by `decay` a layer; the word embeddings stay as they are."""
    network.trunk.words.weight.requires_grad_(False)
    by_rate: dict[float, list[nn.Parameter]] = {}
    for name, p in network.named_parameters():
        if not p.requires_grad:
            continue
        part = name.split(".")
        if part[0] == "trunk":
            depth = int(part[2]) + 1 if part[1] == "layers" else 0
            r = head_rate if part[1] == "shapes" else rate * decay ** (LAYERS - depth)
        elif part[1] == "tower":
            r = rate * decay ** (LAYERS - (TRUNK + int(part[3]) + 1))
        else:
            r = head_rate
        by_rate.setdefault(r, []).append(p)
    return [{"params": ps, "lr": r, "weight_decay": 0.01} for r, ps in by_rate.items()]


def learn(
    network: Network, items: Callable[[int], list[Item]] | list[Item], *, heads: Sequence[str], epochs: int,
    rate: float, head_rate: float, decay: float = 0.9, batch: int = 6, seed: int = 0,
    log: Callable[[str], None] = print, after: Callable[[int], None] | None = None,
) -> None:  # fmt: skip
    """Train `network` in place: AdamW, the rate rising at first and then falling linearly.

    `items` may be a function that makes them afresh for each epoch (it is called once more beforehand, to count the
    steps); `heads` of the anchor tower are taught, and whatever the crops teach; `after` is called after each epoch.
    """
    rng = random.Random(seed)
    torch.manual_seed(seed)
    make = items if callable(items) else (lambda _: items)
    optimizer = torch.optim.AdamW(groups(network, rate, head_rate, decay), fused=True)
    steps = epochs * math.ceil(len(make(0)) / batch)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda n: min((n + 1) / (RISE * steps + 1), max(REST, (steps - n) / ((1 - RISE) * steps)))
    )
    names = list(CHOICES)
    began = time.time()
    for epoch in range(epochs):
        network.train()
        todo = batched(make(epoch), batch, rng)
        seen: dict[str, list[float]] = {}
        for n, some in enumerate(todo, 1):
            with torch.autocast("cpu", torch.bfloat16):
                found = losses(network, collate(some, heads, names, rng), heads)
            total = sum(WEIGHTS[k] * v for k, v in found.items())
            total.backward()
            nn.utils.clip_grad_norm_([p for p in network.parameters() if p.requires_grad], 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad(set_to_none=True)
            for k, v in found.items():
                seen.setdefault(k, []).append(float(v.detach()))
            if n % SHOWN == 0:
                log(f"epoch {epoch} {n}/{len(todo)} {time.time() - began:.0f}s " + _means(seen, SHOWN))
        log(f"epoch {epoch} done {time.time() - began:.0f}s " + _means(seen))
        if after:
            after(epoch)


def batched(items: list[Item], size: int, rng: random.Random) -> list[list[Item]]:
    """Batches of windows of like length, so that little is padded, in random order."""
    items = list(items)
    rng.shuffle(items)
    out = []
    for n in range(0, len(items), size * 8):
        some = sorted(items[n : n + size * 8], key=lambda i: len(i.ids))
        out += [some[k : k + size] for k in range(0, len(some), size)]
    rng.shuffle(out)
    return out


def _means(seen: dict[str, list[float]], last: int = 0) -> str:
    """The mean of each loss over the `last` steps that had it; 0 for all."""
    return " ".join(f"{k} {sum(v[-last:]) / len(v[-last:]):.3f}" for k, v in sorted(seen.items()))
