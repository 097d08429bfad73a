"""Torch as the encoder's backend: what is being trained, decoded by the very code that reads in the package."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from contested.reading.encoder import Floats, Ints
from training.network import Network


class TorchBackend:
    """One window or crop at a time, as in the package."""

    def __init__(self, network: Network) -> None:
        self.network = network.eval()

    @torch.inference_mode()
    def windows(self, asked: Sequence[tuple[Ints, Ints]]) -> list[tuple[Floats, Floats, Floats]]:
        out = []
        for ids, shape in asked:
            there = torch.ones(1, len(ids), dtype=torch.bool)
            with torch.autocast("cpu", torch.bfloat16):
                states = self.network.trunk(torch.from_numpy(ids)[None], torch.from_numpy(shape)[None], there)
                logits = self.network.anchors(states, there)
            out.append((_first(states), _first(logits["anchor"]), _first(logits["names"])))
        return out

    @torch.inference_mode()
    def crops(self, asked: Sequence[tuple[Floats, Ints]]) -> list[tuple[Floats, dict[str, Floats]]]:
        out = []
        for states, mark in asked:
            there = torch.ones(1, len(mark), dtype=torch.bool)
            with torch.autocast("cpu", torch.bfloat16):
                tags, choices = self.network.roles(torch.from_numpy(states)[None], torch.from_numpy(mark)[None], there)
            out.append((_first(tags), {name: _first(logits) for name, logits in choices.items()}))
        return out


def _first(x: Tensor) -> Floats:
    return x[0].float().numpy()  # type: ignore[no-any-return]
