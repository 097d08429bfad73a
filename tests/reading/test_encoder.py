"""The encoder decodes what a backend computes. The backend here is made of rules, so every number is known."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from contested.reading import engine
from contested.reading.draft import ROLES
from contested.reading.encoder import Encoder, Settings
from contested.statement import Report
from contested.text import prepare

ANCHORS = ("O", "I", "event/ASSAULT", "control/captures")
CHOICES = {
    "valid": ("no", "yes"),
    "type": ANCHORS[2:],
    "mode": ("none", "aerial"),
    "modality": ("asserted", "denied"),
    "source.class": ("monitor", "other"),
    "source.named": ("no", "yes"),
}


class ByRule:
    """The piece `seized` anchors `captures`; the piece before it is the actor, the one after it a place."""

    def __init__(self, tokenizer: Any, valid: float = 4.0) -> None:
        self.seized, self.valid = tokenizer.token_to_id("seized"), valid

    def windows(self, asked: Any) -> Any:
        return [self.window(ids) for ids, _ in asked]

    def window(self, ids: Any) -> Any:
        logits = np.full((len(ids), len(ANCHORS)), -4.0, dtype=np.float32)
        logits[:, 0] = 4.0
        logits[ids == self.seized, 3], logits[ids == self.seized, 0] = 8.0, -4.0
        return np.zeros((len(ids), 8), dtype=np.float32), logits

    def crops(self, asked: Any) -> Any:
        return [self.crop(mark) for _, mark in asked]

    def crop(self, mark: Any) -> Any:
        tags = np.zeros((len(mark), len(ROLES), 3), dtype=np.float32)
        tags[..., 0] = 6.0
        for row in np.flatnonzero(mark == 1):
            for role, at in (("actors", row - 1), ("places", row + 1)):
                tags[at, ROLES.index(role)] = (-6.0, 6.0, -6.0)
        choices = {k: np.zeros(len(v), dtype=np.float32) for k, v in CHOICES.items()}
        choices["valid"][1] = self.valid
        choices["type"][1] = 5.0
        return tags, choices


@pytest.fixture(scope="module")
def tokenizer() -> Any:
    from tokenizers import Tokenizer

    return Tokenizer.from_file(str(engine.folder() / engine.TOKENIZER))


def read(tokenizer: Any, text: str, **backend: float) -> Any:
    settings = Settings(ANCHORS, ("O", "B-PERSON"), CHOICES, version="test")
    return Encoder(ByRule(tokenizer, **backend), tokenizer, settings).read(prepare(Report(text)))


def test_an_anchor_with_its_roles(tokenizer: Any) -> None:
    raw = "It was quiet. On Monday rebels seized Lomar after a night of fighting."
    (draft,) = read(tokenizer, raw)
    assert (draft.kind, draft.type) == ("control", "captures")
    assert raw[draft.anchor.start : draft.anchor.end] == "seized"
    assert [raw[w.start : w.end] for w in draft.roles["actors"]] == ["rebels"]
    assert [raw[w.start : w.end] for w in draft.roles["places"]] == ["Lomar"], "whole words, though it is cut in pieces"
    assert raw[draft.quote.start : draft.quote.end] == raw[14:], "no quote was marked: the sentence stands for it"
    assert draft.by["type"] == "model:test"
    assert draft.anchor.sure > 0.9


def test_the_second_opinion_can_reject(tokenizer: Any) -> None:
    assert read(tokenizer, "On Monday rebels seized Lomar.", valid=-20.0) == []


def test_anchors_come_in_text_order_over_many_windows(tokenizer: Any) -> None:
    raw = " ".join(f"Then, on day {n}, rebels seized Lomar and the road to it." for n in range(120))
    drafts = read(tokenizer, raw)
    assert len(drafts) == 120
    assert [d.anchor.start for d in drafts] == sorted(d.anchor.start for d in drafts)


@pytest.mark.parametrize("text", ["", "   \n\n ", "Leave a Reply"])
def test_a_text_that_says_nothing_gives_nothing(tokenizer: Any, text: str) -> None:
    assert read(tokenizer, text) == []
