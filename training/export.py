"""Trained weights → what the package carries: int8 ONNX graphs, the word table in int8, labels, thresholds."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np

from training import graph
from training.settings import ANCHORS, CHOICES, NAMES, READING, ROLES
from training.start import network, start_folder


def export(weights: Path, to: Path, named: Path | None = None) -> None:
    """Write the files of `contested/reading/engine.py` into folder `to`; the graph of names from the weights `named`.

    Both have the same table of words: it is never trained.
    """
    values = {name: value.numpy() for name, value in network(weights).state_dict().items()}
    to.mkdir(parents=True, exist_ok=True)
    table = values["trunk.words.weight"]
    scale = np.abs(table).max(axis=1, keepdims=True) / 127
    np.savez(to / "words.npz", words=np.round(table / scale).astype(np.int8), scale=scale.astype(np.float32))
    graph.windows(values, to / "windows.onnx")
    if named:
        graph.names({name: value.numpy() for name, value in network(named).state_dict().items()}, to / "names.onnx")
    graph.crops(values, list(CHOICES), len(ROLES), to / "crops.onnx")
    shutil.copy(start_folder() / "tokenizer.json", to / "tokenizer.json")
    settings = {"anchors": ANCHORS, "names": NAMES, "choices": CHOICES, **READING}
    (to / "settings.json").write_text(json.dumps(settings, indent=1) + "\n", "utf-8")
