"""The network: a trunk, an anchor tower and a role tower, all from the layers of one small BERT.

    pieces ─ trunk (layers 1–3) ─┬─ anchor tower (layers 4–6) ─ which word anchors what; names; syntax to warm up
                                 └─ per anchor: crop + mark ─ role tower (layers 4–6, a copy) ─ roles, modality, mode …

The trunk reads a window once. Marking the anchor after the trunk rather than in the text halves the cost of reading
roles and leaves them the context of the whole window.
"""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F

WIDTH, HEADS, INNER, LAYERS = 384, 12, 1536, 6
TRUNK = 3


def light(x: Tensor) -> Tensor:
    """The residual stream in bfloat16 while training in mixed precision: half the memory to move."""
    return x.bfloat16() if torch.is_autocast_enabled("cpu") else x


class Layer(nn.Module):
    """One post-norm transformer layer, as in BERT."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """`x` (batch, length, WIDTH); `mask` (batch, 1, 1, length), 0 where there is a piece, very low elsewhere."""
        b, n, _ = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        # written out: fused attention is slower on a CPU, backwards above all, at these lengths
        scores = (q * (WIDTH // HEADS) ** -0.5) @ k.transpose(-1, -2) + mask.to(q.dtype)
        mixed = scores.softmax(-1) @ v
        x = self.norm1(x + self.out(mixed.transpose(1, 2).reshape(b, n, WIDTH)))
        return self.norm2(x + self.down(F.gelu(self.up(x))))


def mask_of(present: Tensor) -> Tensor:
    """`present` (batch, length) bool → additive mask (batch, 1, 1, length)."""
    return (~present).float().mul(-1e4)[:, None, None, :]


class Trunk(nn.Module):
    """The table of words, their places and shapes, and the lower layers. Shapes start at zero: BERT knows none."""

    def __init__(self, words: int) -> None:
        super().__init__()
        self.words = nn.Embedding(words, WIDTH)
        self.places = nn.Embedding(512, WIDTH)
        self.shapes = nn.Embedding(4, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(TRUNK))
        nn.init.zeros_(self.shapes.weight)

    def forward(self, ids: Tensor, shape: Tensor, present: Tensor) -> Tensor:
        """`ids`, `shape` (batch, length) int, `present` bool → (batch, length, WIDTH)."""
        at = torch.arange(ids.shape[1], device=ids.device)
        x = self.norm(self.words(ids) + self.places(at)[None] + self.shapes(shape))
        x, mask = light(x), mask_of(present)
        for layer in self.layers:
            x = layer(x, mask)
        return x


class Tower(nn.Module):
    """The upper layers, (batch, length, WIDTH) → the same. There are two towers, which start alike."""

    def __init__(self) -> None:
        super().__init__()
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS - TRUNK))

    def forward(self, x: Tensor, present: Tensor) -> Tensor:
        x, mask = light(x), mask_of(present)
        for layer in self.layers:
            x = layer(x, mask)
        return x


class AnchorTower(nn.Module):
    """(batch, length, WIDTH) → logits a piece: `anchor` and `names`, and whatever else it is warmed up with."""

    def __init__(self, sizes: dict[str, int]) -> None:
        super().__init__()
        self.tower = Tower()
        self.heads = nn.ModuleDict({name: nn.Linear(WIDTH, size) for name, size in sizes.items()})

    def forward(self, x: Tensor, present: Tensor) -> dict[str, Tensor]:
        x = self.tower(x, present)
        x = F.dropout(x, 0.1, self.training)
        return {name: head(x) for name, head in self.heads.items()}


class RoleTower(nn.Module):
    """One crop an anchor: (batch, length, WIDTH) and marks → tags a piece and role, and choices for the anchor.

    `mark` (batch, length): 1 at the anchor's pieces, 2 in its sentence, 0 elsewhere.
    Returns `tags` (batch, length, roles, 3: out, begin, in) and `(batch, size)` for each choice.
    """

    def __init__(self, roles: int, choices: dict[str, int]) -> None:
        super().__init__()
        self.roles = roles
        self.marks = nn.Embedding(3, WIDTH)
        self.norm = nn.LayerNorm(WIDTH)
        self.tower = Tower()
        self.tags = nn.Linear(WIDTH, roles * 3)
        self.choices = list(choices)
        self.choose = nn.ModuleList(nn.Linear(WIDTH, size) for size in choices.values())
        nn.init.normal_(self.marks.weight, std=0.3)

    def forward(self, x: Tensor, mark: Tensor, present: Tensor) -> tuple[Tensor, dict[str, Tensor]]:
        x = self.tower(self.norm(x + self.marks(mark)), present)
        x = F.dropout(x, 0.1, self.training)
        at = (mark == 1).to(x.dtype)
        anchor = (x * at[..., None]).sum(1) / at.sum(1, keepdim=True).clamp(min=1)
        tags = self.tags(x).view(*x.shape[:2], self.roles, 3)
        return tags, {name: head(anchor) for name, head in zip(self.choices, self.choose, strict=True)}


class Network(nn.Module):
    """Trunk and towers. `words` is the size of the table, `anchor_sizes` and `choices` those of heads by name."""

    def __init__(self, words: int, anchor_sizes: dict[str, int], roles: int, choices: dict[str, int]) -> None:
        super().__init__()
        self.trunk = Trunk(words)
        self.anchors = AnchorTower(anchor_sizes)
        self.roles = RoleTower(roles, choices)

    def start_from(self, folder: Path) -> None:
        """Take over the weights of a BERT with six layers of width 384 (safetensors, Hugging Face names)."""
        from safetensors.torch import load_file

        old = {k.removeprefix("bert."): v for k, v in load_file(folder / "model.safetensors").items()}
        with torch.no_grad():
            self.trunk.words.weight.copy_(old["embeddings.word_embeddings.weight"])
            kind = old["embeddings.token_type_embeddings.weight"][0]
            self.trunk.places.weight.copy_(old["embeddings.position_embeddings.weight"] + kind)
            _copy(self.trunk.norm, old, "embeddings.LayerNorm")
            for n in range(LAYERS):
                layers = (
                    [self.trunk.layers[n]] if n < TRUNK
                    else [t.tower.layers[n - TRUNK] for t in (self.anchors, self.roles)]
                )  # fmt: skip
                at = f"encoder.layer.{n}"
                for layer in layers:
                    for part in ("weight", "bias"):
                        parts = [old[f"{at}.attention.self.{x}.{part}"] for x in ("query", "key", "value")]
                        getattr(layer.qkv, part).copy_(torch.cat(parts))
                    _copy(layer.out, old, f"{at}.attention.output.dense")
                    _copy(layer.norm1, old, f"{at}.attention.output.LayerNorm")
                    _copy(layer.up, old, f"{at}.intermediate.dense")
                    _copy(layer.down, old, f"{at}.output.dense")
                    _copy(layer.norm2, old, f"{at}.output.LayerNorm")


def _copy(to: nn.Linear | nn.LayerNorm, old: dict[str, Tensor], name: str) -> None:
    to.weight.copy_(old[f"{name}.weight"])
    to.bias.copy_(old[f"{name}.bias"])
