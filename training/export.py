"""Trained weights → what the package carries: int8 ONNX graphs, the word table in int8, labels, thresholds."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from training.network import Network, mask_of
from training.settings import ANCHORS, CHOICES, NAMES


class Windows(nn.Module):
    """Looked-up words → states, anchor and name logits. The table of words stays outside the graph."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.trunk, self.anchors = network.trunk, network.anchors

    def forward(self, words: Tensor, shape: Tensor, present: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        at = torch.arange(words.shape[1])
        x = self.trunk.norm(words + self.trunk.places(at)[None] + self.trunk.shapes(shape))
        mask = mask_of(present)
        for layer in self.trunk.layers:
            x = layer(x, mask)
        y = self.anchors.tower(x, present)
        return x, self.anchors.heads["anchor"](y), self.anchors.heads["names"](y)


class Crops(nn.Module):
    def __init__(self, network: Network) -> None:
        super().__init__()
        self.roles = network.roles

    def forward(self, states: Tensor, mark: Tensor, present: Tensor) -> tuple[Tensor, ...]:
        tags, choices = self.roles(states, mark, present)
        return tags, *choices.values()


def export(weights: Path, to: Path, settings: dict[str, object] | None = None) -> None:
    """Write the files of `contested/reading/engine.py` into folder `to`."""
    from training.__main__ import network, start_folder

    made = network(weights).eval()
    to.mkdir(parents=True, exist_ok=True)
    table = made.trunk.words.weight.detach().numpy()
    scale = np.abs(table).max(axis=1, keepdims=True) / 127
    np.savez(to / "words.npz", words=np.round(table / scale).astype(np.int8), scale=scale.astype(np.float32))
    b, n = 2, 7
    present = torch.ones(b, n, dtype=torch.bool)
    longs = torch.zeros(b, n, dtype=torch.long)
    states = torch.zeros(b, n, table.shape[1])
    _graph(Windows(made), (states, longs, present), ("words", "shape", "present"), ("states", "anchor", "names"),
           to / "windows.onnx")  # fmt: skip
    _graph(Crops(made), (states, longs, present), ("states", "mark", "present"), ("tags", *CHOICES), to / "crops.onnx")
    shutil.copy(start_folder() / "tokenizer.json", to / "tokenizer.json")
    path = to / "settings.json"
    kept = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    values = {"anchors": ANCHORS, "names": NAMES, "choices": CHOICES, "candidate": 0.12, "accept": 0.5, "second": 0.5,
              "spans": {}, "version": "1"}  # fmt: skip
    path.write_text(json.dumps({**values, **kept, **(settings or {})}, indent=1) + "\n", "utf-8")


def _graph(
    module: nn.Module, inputs: tuple[Tensor, ...], names: tuple[str, ...], outputs: tuple[str, ...], to: Path
) -> None:
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.shape_inference import quant_pre_process

    with tempfile.TemporaryDirectory() as folder:
        raw, clean = Path(folder, "raw.onnx"), Path(folder, "clean.onnx")
        axes = {name: {0: "batch"} if name in CHOICES else {0: "batch", 1: "length"} for name in (*names, *outputs)}
        torch.onnx.export(
            module.eval(), inputs, str(raw), input_names=list(names), output_names=list(outputs), dynamic_axes=axes,
            opset_version=17, dynamo=False,
        )  # fmt: skip
        quant_pre_process(str(raw), str(clean), skip_symbolic_shape=True)
        # seven bits a weight: eight overflow in the 16-bit sums of processors without VNNI
        quantize_dynamic(str(clean), str(to), per_channel=True, reduce_range=True, weight_type=QuantType.QInt8,
                         op_types_to_quantize=["MatMul", "Gemm"])  # fmt: skip
