"""Trained weights → what the package carries: int8 ONNX graphs, the word table in int8, labels, thresholds."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np

from training import graph
from training.settings import ANCHORS, CHOICES, NAMES, ROLES
from training.start import network, start_folder


def export(weights: Path, to: Path, settings: dict[str, object] | None = None) -> None:
    """Write the files of `contested/reading/engine.py` into folder `to`; what its settings say already is kept."""
    values = {name: value.numpy() for name, value in network(weights).state_dict().items()}
    to.mkdir(parents=True, exist_ok=True)
    table = values["trunk.words.weight"]
    scale = np.abs(table).max(axis=1, keepdims=True) / 127
    np.savez(to / "words.npz", words=np.round(table / scale).astype(np.int8), scale=scale.astype(np.float32))
    graph.windows(values, to / "windows.onnx")
    graph.crops(values, list(CHOICES), len(ROLES), to / "crops.onnx")
    shutil.copy(start_folder() / "tokenizer.json", to / "tokenizer.json")
    path = to / "settings.json"
    kept = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    standard = {"anchors": ANCHORS, "names": NAMES, "choices": CHOICES, "candidate": 0.12, "accept": 0.5, "second": 0.5,
                "lean": {}, "version": "1"}  # fmt: skip
    path.write_text(json.dumps({**standard, **kept, **(settings or {})}, indent=1) + "\n", "utf-8")
