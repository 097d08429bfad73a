"""A backend of the encoder that marks words at random: the rules of the reading meet what no network would mark."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from contested.reading.draft import ROLES
from contested.reading.encoder import Floats, Ints, Settings

#: One word in so many may anchor a statement, at most so many in a window.
_EVERY, _MOST = 20, 8
#: A role is marked for this part of the anchors, with words of at most so many pieces near the anchor.
_MARKED, _LONGEST, _NEAR = 0.4, 8, 30


class Random:
    """Marks words by chance. `begin` before each text: what it marks depends on the seed and on what is asked."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.chance = np.random.default_rng(0)

    def begin(self, seed: int) -> None:
        self.chance = np.random.default_rng(seed)

    def windows(self, asked: Sequence[tuple[Ints, Ints]]) -> list[tuple[Floats, Floats]]:
        return [self._window(len(ids)) for ids, _ in asked]

    def names(self, asked: Sequence[tuple[Ints, Ints]]) -> list[Floats]:
        return [self._logits(len(ids), len(self.settings.names), 0.3) for ids, _ in asked]

    def crops(self, asked: Sequence[tuple[Floats, Ints]]) -> list[tuple[Floats, dict[str, Floats]]]:
        return [self._crop(mark) for _, mark in asked]

    def _window(self, n: int) -> tuple[Floats, Floats]:
        logits = np.full((n, len(self.settings.anchors)), -4.0, dtype=np.float32)
        logits[:, 0] = 4.0
        rows = self.chance.integers(0, n, min(1 + n // _EVERY, _MOST))
        logits[rows, self.chance.integers(2, logits.shape[1], len(rows))] = 9.0
        logits[np.minimum(rows + 1, n - 1)[: len(rows) // 3], 1] = 8.0
        return np.zeros((n, 1), dtype=np.float32), logits

    def _logits(self, n: int, labels: int, filled: float) -> Floats:
        logits = self.chance.normal(0, 2, (n, labels)).astype(np.float32)
        logits[self.chance.random(n) > filled, 0] = 9.0
        return logits

    def _crop(self, mark: Ints) -> tuple[Floats, dict[str, Floats]]:
        n, chance = len(mark), self.chance
        tags = np.zeros((n, len(ROLES), 3), dtype=np.float32)
        tags[..., 0] = 6.0
        anchor = int(np.argmax(mark == 1))
        for role in np.flatnonzero(chance.random(len(ROLES)) < _MARKED).tolist():
            for _ in range(int(chance.integers(1, 4))):
                near = (
                    anchor + int(chance.integers(-_NEAR, _NEAR)) if chance.random() < 0.8 else int(chance.integers(n))
                )
                first = min(max(near, 0), n - 1)
                last = min(n, first + int(chance.integers(1, _LONGEST)))
                tags[first, role] = (-6.0, 6.0, -6.0)
                tags[first + 1 : last, role] = (-6.0, -6.0, 6.0)
        choices = {
            name: chance.normal(0, 3, len(labels)).astype(np.float32) for name, labels in self.settings.choices.items()
        }
        choices["valid"][:] = (-4.0, 4.0)
        return tags, choices
