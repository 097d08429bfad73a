"""ONNX Runtime as the encoder's backend: int8 weights from `contested/models`, no torch, nothing fetched."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np

from contested.errors import ModelError
from contested.reading.encoder import Encoder, Floats, Ints, Settings

WINDOWS, CROPS, TABLE = "windows.onnx", "crops.onnx", "words.npz"
SETTINGS, TOKENIZER = "settings.json", "tokenizer.json"


def folder() -> Path:
    """Where the packaged weights lie."""
    return Path(str(resources.files("contested.models")))


class OnnxBackend:
    """The two graphs of the encoder in ONNX Runtime. `threads` 0 lets the runtime choose."""

    def __init__(self, at: Path, threads: int = 0) -> None:
        import onnxruntime as ort

        options = ort.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 3
        try:
            self._windows, self._crops = (
                ort.InferenceSession(str(at / name), options, providers=["CPUExecutionProvider"])
                for name in (WINDOWS, CROPS)
            )
            table = np.load(at / TABLE)
            self._words, self._scale = table["words"], table["scale"]
        except Exception as error:  # the runtime raises types of its own
            raise ModelError(f"{at}: the weights cannot be loaded: {error}") from error
        self._choices = [o.name for o in self._crops.get_outputs()][1:]

    def windows(self, ids: Ints, shape: Ints, present: Any) -> tuple[Floats, Floats, Floats]:
        words = self._words[ids] * self._scale[ids]
        states, anchors, names = self._windows.run(None, {"words": words, "shape": shape, "present": present})
        return states, anchors, names

    def crops(self, states: Floats, mark: Ints, present: Any) -> tuple[Floats, dict[str, Floats]]:
        tags, *choices = self._crops.run(None, {"states": states, "mark": mark, "present": present})
        return tags, dict(zip(self._choices, choices, strict=True))


def load(at: Path | None = None, threads: int = 0) -> Encoder:
    """The packaged encoder, or the one in folder `at`. Raises `ModelError` naming what is absent or does not fit."""
    from tokenizers import Tokenizer

    at = at or folder()
    for name in (WINDOWS, CROPS, TABLE, SETTINGS, TOKENIZER):
        if not (at / name).is_file():
            raise ModelError(f"{at / name}: no such file; `make train` makes the weights, the wheel carries them")
    settings = Settings.from_json(json.loads((at / SETTINGS).read_text("utf-8")))
    tokenizer = Tokenizer.from_file(str(at / TOKENIZER))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return Encoder(OnnxBackend(at, threads), tokenizer, settings)


def seen(encoder: Encoder) -> bool:
    """A quick proof that the encoder computes: one window of three pieces gives finite numbers."""
    ids = np.array([[101, 2162, 102]], dtype=np.int64)
    states, *_ = encoder.backend.windows(ids, np.zeros_like(ids), np.ones(ids.shape, dtype=bool))
    return bool(np.isfinite(states).all())
