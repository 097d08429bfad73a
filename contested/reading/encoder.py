"""The trained encoder: Text → drafts of statements, and names.

It runs in two steps. The first reads every window of the report and says which words may anchor a statement of which
kind and type. The second reads, for each such word, the crop around it with the word marked, and says whether it does
anchor one, of which type, and which words fill its roles. The two opinions on anchor and type are pooled.

What computes is a `Backend`: ONNX Runtime in the package, torch while training, so both are decoded by the same code.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from contested.reading.draft import ROLES, Draft, Words
from contested.reading.windows import CLS, OTHER, SEP, Pieces, Window, crop, cut, windows
from contested.text import Text

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


class Backend(Protocol):
    """What computes. Shapes: b windows or crops, n pieces, `width` the encoder's, r roles."""

    def windows(self, ids: Ints, shape: Ints, present: NDArray[np.bool_]) -> tuple[Floats, Floats, Floats]:
        """(b, n) each → trunk states (b, n, width), anchor logits (b, n, tags), name logits (b, n, tags)."""

    def crops(self, states: Floats, mark: Ints, present: NDArray[np.bool_]) -> tuple[Floats, dict[str, Floats]]:
        """(b, n, width), (b, n), (b, n) → tags (b, n, r, 3) and for each choice logits (b, labels)."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What was settled when the weights were made: labels, and thresholds tuned on held-out folds."""

    anchors: tuple[str, ...]
    names: tuple[str, ...]
    choices: Mapping[str, tuple[str, ...]]
    candidate: float = 0.12  # least probability of the first step for the second step to look
    accept: float = 0.5  # least pooled probability of a statement
    second: float = 0.5  # weight of the second step's opinion in the pool, 0 to 1
    spans: Mapping[str, float] = None  # type: ignore[assignment]  # least probability of a role's words, by role
    version: str = "0"

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Settings:
        return cls(
            tuple(data["anchors"]), tuple(data["names"]), {k: tuple(v) for k, v in data["choices"].items()},
            data["candidate"], data["accept"], data["second"], dict(data["spans"]), data["version"],
        )  # fmt: skip


@dataclass(slots=True)
class Candidate:
    """A word that may anchor a statement: rows of the pieces, its window, and the first step's probabilities."""

    first: int
    last: int
    window: int
    odds: Floats


def softmax(x: Floats) -> Floats:
    e = np.exp(x - x.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)  # type: ignore[no-any-return]


def logit(p: float) -> float:
    p = min(max(p, 1e-6), 1 - 1e-6)
    return float(np.log(p / (1 - p)))


class Encoder:
    """Reads texts with a backend. `tokenizer` is a `tokenizers.Tokenizer` of an uncased BERT."""

    BATCH = 2048  # pieces computed at once, padding included
    CROPS = 4096

    def __init__(self, backend: Backend, tokenizer: Any, settings: Settings) -> None:
        self.backend, self.tokenizer, self.settings = backend, tokenizer, settings
        self.by = f"model:{settings.version}"

    def read(self, text: Text) -> list[Draft]:
        """The drafts of a text, in the order of their anchors."""
        pieces = cut(self.tokenizer, text.raw, [(s.start, s.end) for s in text.sentences])
        found = windows(pieces)
        if not found:
            return []
        states, anchors, _ = self._windows(pieces, found)
        candidates = [c for n, w in enumerate(found) for c in self._candidates(pieces, n, w, anchors[n])]
        drafts = self._drafts(text, pieces, found, states, candidates)
        return sorted(drafts, key=lambda d: (d.anchor.start, d.anchor.end))

    def names(self, text: Text) -> list[tuple[Words, str]]:
        """Names of persons, organisations and places, with their label."""
        pieces = cut(self.tokenizer, text.raw, [(s.start, s.end) for s in text.sentences])
        found = windows(pieces)
        if not found:
            return []
        _, _, names = self._windows(pieces, found)
        out = []
        for w, logits in zip(found, names, strict=True):
            odds = softmax(logits)
            row = w.core_first
            while row < w.core_last:
                tag = self.settings.names[int(odds[row - w.first].argmax())]
                if tag == "O" or not pieces.word[row]:
                    row += 1
                    continue
                last = row + 1
                while last < w.core_last and (
                    not pieces.word[last] or self.settings.names[int(odds[last - w.first].argmax())] == "I-" + tag[2:]
                ):
                    last += 1
                sure = float(1 - odds[row - w.first : last - w.first, 0].max())
                out.append((Words(int(pieces.start[row]), int(pieces.end[last - 1]), self.by, round(sure, 3)), tag[2:]))
                row = last
        return out

    def _windows(self, pieces: Pieces, found: Sequence[Window]) -> tuple[list[Floats], list[Floats], list[Floats]]:
        """States and logits of each window, [CLS] and padding cut off (states keep rows `first:last`)."""
        n_all = len(found)
        states: list[Any] = [None] * n_all
        anchors: list[Any] = [None] * n_all
        names: list[Any] = [None] * n_all
        order = sorted(range(n_all), key=lambda i: found[i].last - found[i].first)
        for group in _groups(order, [w.last - w.first + 2 for w in found], self.BATCH):
            n = max(found[i].last - found[i].first for i in group) + 2
            ids = np.zeros((len(group), n), dtype=np.int64)
            shape = np.full((len(group), n), OTHER, dtype=np.int64)
            present = np.zeros((len(group), n), dtype=bool)
            for b, i in enumerate(group):
                w = found[i]
                k = w.last - w.first
                ids[b, 0], ids[b, 1 : k + 1], ids[b, k + 1] = CLS, pieces.ids[w.first : w.last], SEP
                shape[b, 1 : k + 1] = pieces.shape[w.first : w.last]
                present[b, : k + 2] = True
            x, a, m = self.backend.windows(ids, shape, present)
            for b, i in enumerate(group):
                k = found[i].last - found[i].first
                states[i], anchors[i], names[i] = x[b, 1 : k + 1], a[b, 1 : k + 1], m[b, 1 : k + 1]
        return states, anchors, names

    def _candidates(self, pieces: Pieces, n: int, w: Window, logits: Floats) -> list[Candidate]:
        odds = softmax(logits)
        out = []
        for row in range(w.core_first, w.core_last):
            p = odds[row - w.first]
            if not pieces.word[row] or 1 - p[0] - p[1] < self.settings.candidate:
                continue
            last = row + 1
            while last < w.last and (not pieces.word[last] or int(odds[last - w.first].argmax()) == 1):
                last += 1
            out.append(Candidate(row, last, n, p))
        return out

    def _drafts(
        self, text: Text, pieces: Pieces, found: Sequence[Window], states: Sequence[Floats],
        candidates: Sequence[Candidate],
    ) -> list[Draft]:  # fmt: skip
        spans = [crop(pieces, found[c.window], c.first) for c in candidates]
        order = sorted(range(len(candidates)), key=lambda i: spans[i][1] - spans[i][0])
        drafts = []
        for group in _groups(order, [b - a for a, b in spans], self.CROPS):
            n = max(spans[i][1] - spans[i][0] for i in group)
            width = states[0].shape[1]
            x = np.zeros((len(group), n, width), dtype=np.float32)
            mark = np.zeros((len(group), n), dtype=np.int64)
            present = np.zeros((len(group), n), dtype=bool)
            for b, i in enumerate(group):
                c, (first, last) = candidates[i], spans[i]
                k, at = last - first, found[c.window].first
                x[b, :k] = states[c.window][first - at : last - at]
                mark[b, :k] = np.where(pieces.sentence[first:last] == pieces.sentence[c.first], 2, 0)
                mark[b, c.first - first : c.last - first] = 1
                present[b, :k] = True
            tags, choices = self.backend.crops(x, mark, present)
            tags = softmax(tags)
            odds = {name: softmax(v) for name, v in choices.items()}
            for b, i in enumerate(group):
                first, last = spans[i]
                draft = self._draft(
                    text, pieces, candidates[i], first, tags[b, : last - first], {k: v[b] for k, v in odds.items()}
                )
                if draft:
                    drafts.append(draft)
        return drafts

    def _draft(
        self, text: Text, pieces: Pieces, c: Candidate, first: int, tags: Floats, odds: dict[str, Floats]
    ) -> Draft | None:
        s = self.settings
        one = float(1 - c.odds[0] - c.odds[1])
        two = float(odds["valid"][1])
        sure = 1 / (1 + np.exp(-((1 - s.second) * logit(one) + s.second * logit(two))))
        if sure < s.accept:
            return None
        types = (c.odds[2:] / max(one, 1e-6)) ** (1 - s.second) * odds["type"] ** s.second
        best = int(types.argmax())
        kind, type_ = s.choices["type"][best].split("/")
        sentence = text.sentences[int(pieces.sentence[c.first])]
        anchor = Words(
            int(pieces.start[c.first]), min(int(pieces.end[c.last - 1]), sentence.end), self.by, round(float(sure), 3)
        )
        roles = {
            role: self._spans(pieces, first, tags[:, r], (s.spans or {}).get(role, 0.5)) for r, role in enumerate(ROLES)
        }
        inside = [q for q in roles.pop("quote") if q.start <= anchor.start and anchor.end <= q.end]
        quote = inside[0] if inside else Words(sentence.start, sentence.end, "rule:sentence", 0.5)
        draft = Draft(kind=kind, type=type_, anchor=anchor, quote=quote, roles={k: v for k, v in roles.items() if v})
        for name in ("mode", "modality", "source.class", "source.named"):
            draft.odds[name] = {label: float(p) for label, p in zip(s.choices[name], odds[name], strict=True)}
        draft.odds["anchor"] = {"first": one, "second": two}
        draft.by["type"] = self.by
        draft.sure["statement"] = round(float(sure), 3)
        draft.sure["type"] = round(float(types[best] / types.sum()), 3)
        return draft

    def _spans(self, pieces: Pieces, first: int, tags: Floats, least: float) -> list[Words]:
        """Runs of begin and in tags, whole words, each at least `least` sure at its surest piece."""
        out: list[Words] = []
        filled = 1 - tags[:, 0]
        i, n = 0, len(tags)
        while i < n:
            if filled[i] < least:
                i += 1
                continue
            j = i + 1
            while j < n and filled[j] >= min(least, 0.5) and (tags[j, 1] < tags[j, 2] or not pieces.word[first + j]):
                j += 1
            a, b = first + i, first + j
            while a > 0 and not pieces.word[a] and pieces.sentence[a - 1] == pieces.sentence[a]:
                a -= 1
            while b < len(pieces) and not pieces.word[b] and pieces.sentence[b] == pieces.sentence[b - 1]:
                b += 1
            out.append(Words(int(pieces.start[a]), int(pieces.end[b - 1]), self.by, round(float(filled[i:j].max()), 3)))
            i = j
        return out


def _groups(order: Sequence[int], lengths: Sequence[int], most: int) -> list[list[int]]:
    """Cut `order` (sorted by length) into groups of at most `most` pieces, padding included."""
    out: list[list[int]] = []
    for i in order:
        if out and (len(out[-1]) + 1) * lengths[i] <= most:
            out[-1].append(i)
        else:
            out.append([i])
    return out
