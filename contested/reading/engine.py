"""ONNX Runtime as the encoder's backend: int8 weights from `contested/models`, no torch, nothing fetched."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar, cast

import numpy as np

from contested.errors import ModelError
from contested.reading.encoder import Encoder, Floats, Ints, Settings

WINDOWS, CROPS, NAMES, TABLE = "windows.onnx", "crops.onnx", "names.onnx", "words.npz"
SETTINGS, TOKENIZER = "settings.json", "tokenizer.json"

_In = TypeVar("_In")
_Out = TypeVar("_Out")


def folder() -> Path:
    """Where the packaged weights lie."""
    return Path(str(resources.files("contested.models")))


class OnnxBackend:
    """The graphs of the encoder in ONNX Runtime, one window or crop a run, `threads` runs at a time.

    Runs side by side use the cores better than one run on several: no step of a run waits for the others' slowest.
    """

    def __init__(self, at: Path, threads: int = 0) -> None:
        import onnxruntime as ort

        ort.disable_telemetry_events()  # what is read here is nobody else's business
        self._at = at
        self._options = options = ort.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        options.enable_mem_pattern = False  # kept for every length met: costs memory, and no time is saved
        self._windows, self._crops = self._session(WINDOWS), self._session(CROPS)
        try:
            table = np.load(at / TABLE)
            self._words, self._scale = table["words"], table["scale"]
        except Exception as error:  # whatever a damaged file makes of it
            raise ModelError(f"{at / TABLE}: the weights cannot be loaded: {error}") from error
        self._choices = [o.name for o in self._crops.get_outputs()][1:]
        self.threads = threads or cores()
        self._pool = ThreadPoolExecutor(self.threads, "contested")

    def _session(self, name: str) -> Any:
        import onnxruntime as ort

        try:
            return ort.InferenceSession(str(self._at / name), self._options, providers=["CPUExecutionProvider"])
        except Exception as error:  # the runtime raises types of its own
            raise ModelError(f"{self._at / name}: the weights cannot be loaded: {error}") from error

    @cached_property
    def _names(self) -> Any:
        return self._session(NAMES)  # loaded when names are first asked for: reading statements needs none

    def windows(self, asked: Sequence[tuple[Ints, Ints]]) -> list[tuple[Floats, Floats]]:
        return self._each(self._window, asked)

    def names(self, asked: Sequence[tuple[Ints, Ints]]) -> list[Floats]:
        return self._each(self._name, asked)

    def crops(self, asked: Sequence[tuple[Floats, Ints]]) -> list[tuple[Floats, dict[str, Floats]]]:
        return self._each(self._crop, asked)

    def _each(self, run: Callable[[_In], _Out], asked: Sequence[_In]) -> list[_Out]:
        return list(self._pool.map(run, asked) if self.threads > 1 else map(run, asked))

    def _window(self, asked: tuple[Ints, Ints]) -> tuple[Floats, Floats]:
        states, anchors = self._windows.run(None, self._looked_up(*asked))
        return states[0], anchors[0]

    def _name(self, asked: tuple[Ints, Ints]) -> Floats:
        (names,) = self._names.run(None, self._looked_up(*asked))
        return cast(Floats, names[0])

    def _looked_up(self, ids: Ints, shape: Ints) -> dict[str, Any]:
        return {"words": (self._words[ids] * self._scale[ids])[None], "shape": shape[None]}

    def _crop(self, asked: tuple[Floats, Ints]) -> tuple[Floats, dict[str, Floats]]:
        states, mark = asked
        tags, *choices = self._crops.run(None, {"states": states[None], "mark": mark[None]})
        return tags[0], {name: logits[0] for name, logits in zip(self._choices, choices, strict=True)}


def cores() -> int:
    """The processor cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


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
    ids = np.array([101, 2162, 102], dtype=np.int64)
    ((states, _),) = encoder.backend.windows([(ids, np.zeros_like(ids))])
    return bool(np.isfinite(states).all())
