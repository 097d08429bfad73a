"""The training loop, the same for warming up and for the gold."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable, Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from training.batches import IGNORE, Item, collate, gather
from training.network import TRUNK, Network
from training.settings import CHOICES

#: Weight of each loss; the tag loss is a mean over pieces and roles, most of them `out`, hence the high weight.
WEIGHTS = {"anchor": 1.0, "names": 0.3, "upos": 0.2, "relations": 0.3, "tags": 6.0, "valid": 0.3, "type": 0.5,
           "mode": 0.3,           "modality": 0.3, "source.class": 0.2, "source.named": 0.1}  # fmt: skip


def losses(network: Network, batch: dict, heads: Sequence[str]) -> dict[str, Tensor]:
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
                    choices[name].float(), value, ignore_index=IGNORE, reduction="sum", label_smoothing=0.05
                )
                sums.setdefault(name, []).append((loss, (value != IGNORE).sum()))
    for name, parts in sums.items():
        out[name] = sum(a for a, _ in parts) / sum(b for _, b in parts)
    return out


def groups(network: Network, rate: float, head_rate: float, decay: float) -> list[dict]:
    """Layer-wise rates: lower layers learn slower by `decay` a layer; the word embeddings stay as they are."""
    network.trunk.words.weight.requires_grad_(False)
    by_rate: dict[float, list[nn.Parameter]] = {}
    for name, p in network.named_parameters():
        if not p.requires_grad:
            continue
        part = name.split(".")
        if part[0] == "trunk":
            depth = int(part[2]) + 1 if part[1] == "layers" else 0
            r = head_rate if part[1] == "shapes" else rate * decay ** (6 - depth)
        elif part[1] == "tower":
            r = rate * decay ** (6 - (TRUNK + int(part[3]) + 1))
        else:
            r = head_rate
        by_rate.setdefault(r, []).append(p)
    return [{"params": ps, "lr": r, "weight_decay": 0.01} for r, ps in by_rate.items()]


def learn(
    network: Network, items: Callable[[int], list[Item]] | list[Item], *, heads: Sequence[str], epochs: int,
    rate: float, head_rate: float, decay: float = 0.9, batch: int = 6, seed: int = 0,
    log: Callable[[str], None] = print, after: Callable[[int], None] | None = None,
) -> None:  # fmt: skip
    """AdamW, warm-up, linear decay. `items` may be made afresh each epoch. `after` is called after each epoch."""
    rng = random.Random(seed)
    torch.manual_seed(seed)
    make = items if callable(items) else (lambda _: items)
    optimizer = torch.optim.AdamW(groups(network, rate, head_rate, decay), fused=True)
    steps = epochs * math.ceil(len(make(0)) / batch)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda n: min((n + 1) / (0.08 * steps + 1), max(0.02, (steps - n) / (0.92 * steps)))
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
            if n % 50 == 0:
                log(f"epoch {epoch} {n}/{len(todo)} {time.time() - began:.0f}s " + _means(seen, 50))
        log(f"epoch {epoch} done {time.time() - began:.0f}s " + _means(seen, 10**9))
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


def _means(seen: dict[str, list[float]], last: int) -> str:
    return " ".join(f"{k} {sum(v[-last:]) / len(v[-last:]):.3f}" for k, v in sorted(seen.items()))
