"""The trained encoder: Text → drafts of statements, and names.

It runs in two steps. The first reads every window of the report and says which words may anchor a statement of which
kind and type. The second reads, for each such word, the crop around it with the word marked, and says whether it does
anchor one, of which type, and which words fill its roles. The two opinions on anchor and type are pooled.

What computes is a `Backend`: ONNX Runtime in the package, rules in the tests.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from contested.reading.draft import ROLES, Draft, Words
from contested.reading.tagging import OUT, best_tags, runs
from contested.reading.windows import CLS, OTHER, SEP, Pieces, Window, crop, cut, windows
from contested.text import Text

#: The choices besides the type that the second step makes for a statement.
CHOSEN = ("mode", "modality", "source.class", "source.named")

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


class Backend(Protocol):
    """What computes. Shapes: n pieces, `width` the encoder's, r roles. No answer depends on what else was asked."""

    def windows(self, asked: Sequence[tuple[Ints, Ints]]) -> list[tuple[Floats, Floats]]:
        """For each window its `ids` and `shape` (n,) → trunk states (n, width) and anchor logits (n, tags)."""

    def names(self, asked: Sequence[tuple[Ints, Ints]]) -> list[Floats]:
        """For each window its `ids` and `shape` (n,) → name logits (n, tags)."""

    def crops(self, asked: Sequence[tuple[Floats, Ints]]) -> list[tuple[Floats, dict[str, Floats]]]:
        """For each crop its states (n, width) and `mark` (n,) → tags (n, r, 3) and for each choice logits (labels,)."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What was settled when the weights were made: labels, and thresholds tuned on held-out folds."""

    anchors: tuple[str, ...]
    names: tuple[str, ...]
    choices: Mapping[str, tuple[str, ...]]
    candidate: float = 0.12  # least probability of the first step for the second step to look
    accept: float = 0.5  # least pooled probability of a statement
    second: float = 0.5  # weight of the second step's opinion on whether there is a statement, 0 to 1
    lean: Mapping[str, float] | None = None  # by role, added to the log odds of "no word of it" (tagging.best_tags)
    version: str = "0"

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Settings:
        return cls(
            tuple(data["anchors"]), tuple(data["names"]), {k: tuple(v) for k, v in data["choices"].items()},
            data["candidate"], data["accept"], data["second"], dict(data["lean"]), data["version"],
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class WordOdds:
    """What the network makes of one word: the probability that it is of a person's name, an organisation's, a place's,
    and that a place's name begins with it. Character offsets."""

    start: int
    end: int
    person: float
    organisation: float
    place: float
    begins: float


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


def _odds(answers: Sequence[tuple[Floats, Mapping[str, Floats]]], name: str) -> Floats:
    """The probabilities (crops, labels) of one choice, all crops at once."""
    return softmax(np.stack([choices[name] for _, choices in answers])) if answers else np.empty((0, 0), np.float32)


def logit(p: float) -> float:
    p = min(max(p, 1e-6), 1 - 1e-6)
    return float(np.log(p / (1 - p)))


class Encoder:
    """Reads texts with a backend. `tokenizer` is a `tokenizers.Tokenizer` of an uncased BERT."""

    AT_ONCE = 32  # windows whose states are kept at a time: a long report takes no more memory than a page of it

    def __init__(self, backend: Backend, tokenizer: Any, settings: Settings) -> None:
        self.backend, self.tokenizer, self.settings = backend, tokenizer, settings
        self.by = f"model:{settings.version}"
        self._lean = np.array([(settings.lean or {}).get(role, 0.0) for role in ROLES], dtype=np.float32)

    def read(self, text: Text) -> list[Draft]:
        """The drafts of a text, in the order of their anchors."""
        pieces = cut(self.tokenizer, text.raw, [(s.start, s.end) for s in text.sentences])
        drafts = []
        for found, asked in self._windows(pieces):
            states, anchors = zip(*((x[1:-1], y[1:-1]) for x, y in self.backend.windows(asked)), strict=True)
            candidates = [c for n, w in enumerate(found) for c in self._candidates(pieces, n, w, anchors[n])]
            drafts += self._drafts(text, pieces, found, states, candidates)
        return sorted(drafts, key=lambda d: (d.anchor.start, d.anchor.end))

    def names(self, text: Text) -> list[tuple[Words, str]]:
        """Names of persons, organisations and places, with their label."""
        pieces = cut(self.tokenizer, text.raw, [(s.start, s.end) for s in text.sentences])
        return [
            name
            for found, asked in self._windows(pieces)
            for w, logits in zip(found, self.backend.names(asked), strict=True)
            for name in self._names(pieces, w, logits[1:-1])
        ]

    def name_odds(self, text: Text) -> list[WordOdds]:
        """What the network makes of every word of the sentences, in text order; costs as much as `names`."""
        pieces = cut(self.tokenizer, text.raw, [(s.start, s.end) for s in text.sentences])
        labels = self.settings.names
        wanted = [
            [n for n, label in enumerate(labels) if label.endswith(end)]
            for end in ("-PERSON", "-ORGANISATION", "-LOCATION")
        ]
        wanted.append([labels.index("B-LOCATION")])
        out = []
        for found, asked in self._windows(pieces):
            for w, logits in zip(found, self.backend.names(asked), strict=True):
                odds = softmax(logits[1:-1])
                told = np.stack([odds[:, columns].sum(axis=1) for columns in wanted], axis=1)
                rows = w.core_first + np.flatnonzero(pieces.word[w.core_first : w.core_last])
                ends = np.append(rows[1:], w.core_last) - 1
                for row, last in zip(rows.tolist(), ends.tolist(), strict=True):
                    out.append(WordOdds(int(pieces.start[row]), int(pieces.end[last]), *told[row - w.first].tolist()))
        return out

    def _names(self, pieces: Pieces, w: Window, logits: Floats) -> list[tuple[Words, str]]:
        odds = softmax(logits)
        tags = [self.settings.names[best] for best in odds.argmax(axis=1).tolist()]
        out = []
        row = w.core_first
        while row < w.core_last:
            tag = tags[row - w.first]
            if tag == "O" or not pieces.word[row]:
                row += 1
                continue
            last = row + 1
            while last < w.core_last and (not pieces.word[last] or tags[last - w.first] == "I-" + tag[2:]):
                last += 1
            sure = float(1 - odds[row - w.first : last - w.first, 0].max())
            out.append((Words(int(pieces.start[row]), int(pieces.end[last - 1]), self.by, round(sure, 3)), tag[2:]))
            row = last
        return out

    def _windows(self, pieces: Pieces) -> Iterator[tuple[list[Window], list[tuple[Ints, Ints]]]]:
        """The windows in order, `AT_ONCE` at a time, with what is asked of the backend: [CLS] and [SEP] around them."""
        found = windows(pieces)
        for at in range(0, len(found), self.AT_ONCE):
            part = found[at : at + self.AT_ONCE]
            asked = []
            for w in part:
                ids = np.concatenate(([CLS], pieces.ids[w.first : w.last], [SEP]))
                shape = np.concatenate(([OTHER], pieces.shape[w.first : w.last], [OTHER]))
                asked.append((ids, shape))
            yield part, asked

    def _candidates(self, pieces: Pieces, n: int, w: Window, logits: Floats) -> list[Candidate]:
        odds = softmax(logits)
        core = slice(w.core_first - w.first, w.core_last - w.first)
        likely = pieces.word[w.core_first : w.core_last] & (
            1 - odds[core, 0] - odds[core, 1] >= self.settings.candidate
        )
        out = []
        for row in (w.core_first + np.flatnonzero(likely)).tolist():
            last = row + 1
            while last < w.last and (not pieces.word[last] or int(odds[last - w.first].argmax()) == 1):
                last += 1
            out.append(Candidate(row, last, n, odds[row - w.first]))
        return out

    def _drafts(
        self, text: Text, pieces: Pieces, found: Sequence[Window], states: Sequence[Floats],
        candidates: Sequence[Candidate],
    ) -> list[Draft]:  # fmt: skip
        asked, spans = [], []
        for c in candidates:
            first, last = crop(pieces, found[c.window], c.first)
            mark = np.where(pieces.sentence[first:last] == pieces.sentence[c.first], 2, 0)
            mark[c.first - first : c.last - first] = 1
            at = found[c.window].first
            asked.append((states[c.window][first - at : last - at], mark))
            spans.append((first, last))
        answers = self.backend.crops(asked)
        read = []
        for c, (first, last), answer, valid in zip(candidates, spans, answers, _odds(answers, "valid"), strict=True):
            sure = self._sure(c, valid)
            if sure >= self.settings.accept:
                read.append((c, first, last, sure, answer))
        kept = [answer for *_, answer in read]
        odds = {name: _odds(kept, name) for name in (*CHOSEN, "type")}
        best = best_tags([tags for tags, _ in kept], [pieces.word[r[1] : r[2]] for r in read], self._lean)
        return [
            self._draft(
                text, pieces, c, sure, self._roles(pieces, first, best[n], tags), {k: v[n] for k, v in odds.items()}
            )
            for n, (c, first, _, sure, (tags, _)) in enumerate(read)
        ]

    def _sure(self, c: Candidate, valid: Floats) -> float:
        """The two opinions on whether the candidate anchors a statement, pooled on the scale of log odds."""
        weight = self.settings.second
        pooled = (1 - weight) * logit(float(1 - c.odds[0] - c.odds[1])) + weight * logit(float(valid[1]))
        return float(1 / (1 + np.exp(-pooled)))

    def _draft(
        self,
        text: Text,
        pieces: Pieces,
        c: Candidate,
        sure: float,
        roles: dict[str, list[Words]],
        odds: dict[str, Floats],
    ) -> Draft:
        s = self.settings
        types = np.sqrt(np.maximum(c.odds[2:], 1e-6) * odds["type"])  # both opinions count alike here
        best = int(types.argmax())
        kind, type_ = s.choices["type"][best].split("/")
        sentence = text.sentences[int(pieces.sentence[c.first])]
        anchor = Words(
            int(pieces.start[c.first]), min(int(pieces.end[c.last - 1]), sentence.end), self.by, round(sure, 3)
        )
        inside = [q for q in roles.pop("quote", ()) if q.start <= anchor.start and anchor.end <= q.end]
        quote = inside[0] if inside else Words(sentence.start, sentence.end, "rule:sentence", 0.5)
        draft = Draft(kind=kind, type=type_, anchor=anchor, quote=quote, roles=roles)
        for name in CHOSEN:
            draft.odds[name] = dict(zip(s.choices[name], odds[name].tolist(), strict=True))
        draft.by["type"] = self.by
        draft.sure["statement"] = round(sure, 3)
        draft.sure["type"] = round(float(types[best] / types.sum()), 3)
        return draft

    def _roles(self, pieces: Pieces, first: int, best: NDArray[np.int8], scores: Floats) -> dict[str, list[Words]]:
        """The words of each role that has any, of the crop that starts at row `first`.

        `best` (n, roles) its best tags, `scores` (n, roles, 3) their logits. `sure` is the mean probability, over the
        pieces, that they are words of the role at all.
        """
        out: dict[str, list[Words]] = {}
        filled = best != OUT
        sure = np.zeros(best.shape, dtype=np.float32)
        sure[filled] = 1 - softmax(scores[filled])[:, OUT]
        for r in np.flatnonzero(filled.any(axis=0)).tolist():
            out[ROLES[r]] = [
                Words(
                    int(pieces.start[first + a]), int(pieces.end[first + b - 1]), self.by,
                    round(float(np.add.reduce(sure[a:b, r]) / (b - a)), 3),
                )
                for a, b in runs(best[:, r])
            ]  # fmt: skip
        return out
