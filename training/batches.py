"""Windows with their targets → padded tensors. The same shape of item serves warming up and learning from the gold."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch
from torch import Tensor

from contested.reading.windows import CLS, LOWER, MASK, OTHER, SEP, TITLE, UPPER, Pieces, Window, crop

IGNORE = -100
HIDE, HIDE_NAMES = 0.05, 0.15  # share of pieces hidden while training: any, and in words with a capital
RECASE = 0.08  # share of windows whose words are all shown as capitals, and of those shown as in lower case
CROP_PIECES = 4096  # pieces of crops computed at once, padding included; it bounds the memory of a step


@dataclass(slots=True)
class Crop:
    """One anchor: rows `first:last` of the window (0-based, [CLS] not counted), its marks and targets.

    `tags` (length, roles) 0 out, 1 begin, 2 in, IGNORE; `choices` label ids by name, IGNORE where not taught.
    """

    first: int
    last: int
    mark: np.ndarray
    tags: np.ndarray
    choices: dict[str, int]


@dataclass(slots=True)
class Item:
    """A window: piece ids and shapes (length,), targets a piece by head, and the crops of its anchors."""

    ids: np.ndarray
    shape: np.ndarray
    targets: dict[str, np.ndarray]
    crops: list[Crop] = field(default_factory=list)


def rows_of(pieces: Pieces, start: int, end: int) -> tuple[int, int]:
    """Rows of the pieces that overlap characters `start:end`; empty (equal) where there are none."""
    first = int(np.searchsorted(pieces.end, start, "right"))
    last = int(np.searchsorted(pieces.start, end, "left"))
    return first, max(first, last)


def make_crop(
    pieces: Pieces,
    window: Window,
    anchor: tuple[int, int],
    spans: dict[str, list[tuple[int, int]]],
    roles: Sequence[str],
    taught: Sequence[str],
    choices: dict[str, int],
) -> Crop:
    """The crop of the anchor at rows `anchor`, with `spans` (rows) a role; roles not `taught` are ignored."""
    first, last = crop(pieces, window, anchor[0])
    mark = np.where(pieces.sentence[first:last] == pieces.sentence[anchor[0]], 2, 0)
    mark[max(0, anchor[0] - first) : anchor[1] - first] = 1
    tags = np.full((last - first, len(roles)), IGNORE, dtype=np.int64)
    for r, role in enumerate(roles):
        if role not in taught:
            continue
        tags[:, r] = 0
        for a, b in spans.get(role, ()):
            a, b = a - first, b - first
            if a < 0 or b > last - first or b <= a:
                continue
            tags[a, r] = 1
            tags[a + 1 : b, r] = 2
    return Crop(first - window.first, last - window.first, mark, tags, choices)


def collate(
    items: Sequence[Item], heads: Sequence[str], choices: Sequence[str], augment: random.Random | None
) -> dict[str, Any]:
    """Pad `items` into one batch; with `augment`, hide some pieces and recase some windows.

    Returns `ids`, `shape`, `present` (batch, length) with [CLS] and [SEP], `targets` by head (batch, length; IGNORE
    where not taught), and `crops`: groups of like length, each a dict of tensors (see `_crops`).
    """
    n = max(len(i.ids) for i in items) + 2
    ids = np.zeros((len(items), n), dtype=np.int64)
    shape = np.full((len(items), n), OTHER, dtype=np.int64)
    present = np.zeros((len(items), n), dtype=bool)
    targets = {h: np.full((len(items), n), IGNORE, dtype=np.int64) for h in heads}
    crops: list[tuple[int, Crop]] = []
    for b, item in enumerate(items):
        k = len(item.ids)
        ids[b, 0], ids[b, 1 : k + 1], ids[b, k + 1] = CLS, item.ids, SEP
        shape[b, 1 : k + 1] = _recased(item.shape, augment) if augment else item.shape
        present[b, : k + 2] = True
        for h, values in item.targets.items():
            targets[h][b, 1 : k + 1] = values
        crops += [(b, c) for c in item.crops]
    if augment:
        # names are hidden more often, so that what is learnt is what is done with them
        often = np.where((shape == TITLE) | (shape == UPPER), HIDE_NAMES, HIDE)
        hide = np.random.default_rng(augment.getrandbits(32)).random(ids.shape) < often
        ids = np.where(hide & present & (ids != CLS) & (ids != SEP), MASK, ids)
    out: dict[str, Any] = {
        "ids": torch.from_numpy(ids), "shape": torch.from_numpy(shape), "present": torch.from_numpy(present),
        "targets": {h: torch.from_numpy(v) for h, v in targets.items()},
    }  # fmt: skip
    out["crops"] = [_crops(group, choices) for group in _grouped(crops)]
    return out


def _recased(shape: np.ndarray, augment: random.Random) -> np.ndarray:
    """The shapes of a window, now and then those of a text in capitals or in lower case only."""
    roll = augment.random()
    if roll < RECASE:
        return np.where(shape == OTHER, OTHER, UPPER)
    if roll < 2 * RECASE:
        return np.where(shape == OTHER, OTHER, LOWER)
    return shape


def _grouped(crops: list[tuple[int, Crop]]) -> Iterator[list[tuple[int, Crop]]]:
    """Crops of like length together, so that little is padded."""
    crops = sorted(crops, key=lambda c: c[1].last - c[1].first)
    group: list[tuple[int, Crop]] = []
    for c in crops:
        if group and (len(group) + 1) * (c[1].last - c[1].first) > CROP_PIECES:
            yield group
            group = []
        group.append(c)
    if group:
        yield group


def _crops(group: list[tuple[int, Crop]], choices: Sequence[str]) -> dict[str, Any]:
    """Tensors of crops, each with the number of its window in the batch.

    `window` (crops,); `rows`, `mark`, `present` (crops, length), `rows` counting from [CLS]; `tags` (crops,
    length, roles); `choices` by name (crops,), IGNORE where not taught.
    """
    n = max(c.last - c.first for _, c in group)
    k, roles = len(group), group[0][1].tags.shape[1]
    rows = np.zeros((k, n), dtype=np.int64)
    mark = np.zeros((k, n), dtype=np.int64)
    present = np.zeros((k, n), dtype=bool)
    tags = np.full((k, n, roles), IGNORE, dtype=np.int64)
    for j, (_, c) in enumerate(group):
        m = c.last - c.first
        rows[j, :m] = np.arange(c.first, c.last) + 1
        mark[j, :m], present[j, :m], tags[j, :m] = c.mark, True, c.tags
    return {
        "window": torch.tensor([b for b, _ in group]), "rows": torch.from_numpy(rows), "mark": torch.from_numpy(mark),
        "present": torch.from_numpy(present), "tags": torch.from_numpy(tags),
        "choices": {name: torch.tensor([c.choices.get(name, IGNORE) for _, c in group]) for name in choices},
    }  # fmt: skip


def gather(hidden: Tensor, crops: dict[str, Any]) -> Tensor:
    """Trunk states (batch, length, width) → the crops' states (crops, length, width)."""
    return hidden[crops["window"][:, None], crops["rows"]]
