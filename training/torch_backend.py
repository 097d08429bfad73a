"""Torch as the encoder's backend: what is being trained, decoded by the very code that reads in the package."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from contested.reading.encoder import Floats, Ints
from training.network import Network


class TorchBackend:
    def __init__(self, network: Network) -> None:
        self.network = network.eval()

    @torch.inference_mode()
    def windows(self, ids: Ints, shape: Ints, present: Any) -> tuple[Floats, Floats, Floats]:
        there = torch.from_numpy(present)
        with torch.autocast("cpu", torch.bfloat16):
            states = self.network.trunk(torch.from_numpy(ids), torch.from_numpy(shape), there)
            logits = self.network.anchors(states, there)
        return tuple(x.float().numpy() for x in (states, logits["anchor"], logits["names"]))  # type: ignore[return-value]

    @torch.inference_mode()
    def crops(self, states: Floats, mark: Ints, present: Any) -> tuple[Floats, dict[str, Floats]]:
        with torch.autocast("cpu", torch.bfloat16):
            tags, choices = self.network.roles(
                torch.from_numpy(np.ascontiguousarray(states)), torch.from_numpy(mark), torch.from_numpy(present)
            )
        return tags.float().numpy(), {k: v.float().numpy() for k, v in choices.items()}
