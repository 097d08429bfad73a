"""Gold reports → windows with anchors, roles and choices."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from contested.reading.windows import Pieces, Window, cut, windows
from contested.statement import Report, Statement
from contested.text import Text, prepare
from training.batches import IGNORE, Item, make_crop, rows_of
from training.settings import ANCHORS, CHOICES, ROLES

NEGATIVES = 0.4  # crops of words that anchor nothing, for each that does
OUT, IN = ANCHORS.index("O"), ANCHORS.index("I")


@dataclass(slots=True)
class Marked:
    """A statement as rows of the pieces: its anchor, the words of its roles, label ids of its choices and its tag."""

    anchor: tuple[int, int]
    spans: dict[str, list[tuple[int, int]]]
    choices: dict[str, int]
    label: int


@dataclass(slots=True)
class Prepared:
    """A report cut into pieces, with its marked statements."""

    text: Text
    pieces: Pieces
    windows: list[Window]
    marked: list[Marked]
    lost: int  # statements whose anchor stands in no sentence that speaks


def occurrence(raw: str, words: str, quote: tuple[int, int], anchor: int) -> tuple[int, int] | None:
    """The occurrence of `words` that a mention means: in the quote nearest to the anchor, else nearest to the quote."""
    found = [m.span() for m in re.finditer(r"(?<!\w)" + re.escape(words) + r"(?!\w)", raw)]
    if not found:
        at = raw.find(words)
        return (at, at + len(words)) if at >= 0 and words else None
    inside = [s for s in found if quote[0] <= s[0] and s[1] <= quote[1]]
    if inside:
        return min(inside, key=lambda s: min(abs(s[0] - anchor), abs(s[1] - anchor)))
    return min(found, key=lambda s: min(abs(s[0] - quote[1]), abs(s[1] - quote[0])))


def mark(text: Text, pieces: Pieces, s: Statement) -> Marked | None:
    """A statement as rows of `pieces`, its anchor from the start of a word; None where no piece has its anchor."""
    raw = text.raw
    anchor = rows_of(pieces, s.anchor_start, s.anchor_start + len(s.anchor))
    if s.anchor_start < 0 or anchor[0] >= anchor[1]:
        return None
    while anchor[0] > 0 and not pieces.word[anchor[0]]:
        anchor = (anchor[0] - 1, anchor[1])
    quote = (s.quote_start, s.quote_start + len(s.quote))
    spans: dict[str, list[tuple[int, int]]] = {"quote": [rows_of(pieces, *quote)]}

    def add(role: str, words: str | None) -> None:
        where = occurrence(raw, words, quote, s.anchor_start) if words else None
        if where:
            rows = rows_of(pieces, *where)
            if rows[0] < rows[1]:
                spans.setdefault(role, []).append(rows)

    for role, mentions in (("actors", s.actors), ("targets", s.targets), ("places", s.places)):
        for m in mentions:
            add(role, m.text)
    if s.source:
        add("source", s.source.text)
        for v in s.source.via:
            add("via", v)
    add("when", s.when.text if s.when else None)
    add("said", s.said.text if s.said else None)
    add("share", s.share.text if s.share else None)
    for h in s.harm:
        add(f"victims.{h.effect}", h.who)
    label = f"{s.kind}/{s.type}"
    return Marked(anchor, spans, _choices(s, label), ANCHORS.index(label))


def _choices(s: Statement, label: str) -> dict[str, int]:
    """Label ids of what is chosen once a statement; what it has none of (a source, a mode) is not taught."""
    choices = {
        "valid": 1,
        "type": CHOICES["type"].index(label),
        "mode": CHOICES["mode"].index(s.mode or "none") if s.kind == "event" else IGNORE,
        "modality": CHOICES["modality"].index(s.modality),
    }
    if s.source:
        choices["source.class"] = CHOICES["source.class"].index(s.source.cls)
        choices["source.named"] = int(s.source.named)
    return choices


def ready(tokenizer: Any, report: Report) -> Prepared:
    """A coded report laid out and cut as it is when it is read, its statements marked."""
    text = prepare(report)
    pieces = cut(tokenizer, text.raw, [(s.start, s.end) for s in text.sentences])
    marked = [mark(text, pieces, s) for s in report.statements]
    return Prepared(text, pieces, windows(pieces), [m for m in marked if m], sum(m is None for m in marked))


def anchor_words(prepared: Iterable[Prepared]) -> Counter[int]:
    """First pieces of anchors, counted: where a word that may anchor something is to be told from one that does."""
    return Counter(int(p.pieces.ids[m.anchor[0]]) for p in prepared for m in p.marked)


def items(prepared: Sequence[Prepared], vocabulary: Counter[int], rng: random.Random) -> list[Item]:
    """The windows of one epoch, with fresh negatives from `rng`; `vocabulary` as `anchor_words` counts it."""
    out = []
    for p in prepared:
        target = anchor_targets(p)
        likely = likely_negatives(p, vocabulary)
        for w in p.windows:
            rows = slice(w.first, w.last)
            inside = np.zeros(w.last - w.first, dtype=bool)
            inside[w.core_first - w.first : w.core_last - w.first] = True
            crops = [
                make_crop(p.pieces, w, m.anchor, m.spans, ROLES, ROLES, m.choices)
                for m in p.marked
                if w.core_first <= m.anchor[0] < w.core_last
            ]
            here = {r: weight for r, weight in likely.items() if w.core_first <= r < w.core_last}
            for r in _drawn(here, round(len(crops) * NEGATIVES), rng):
                crops.append(make_crop(p.pieces, w, (r, _word_end(p.pieces, r, w.last)), {}, ROLES, (), {"valid": 0}))
            anchors = np.where(inside, target[rows], IGNORE)
            out.append(Item(p.pieces.ids[rows], p.pieces.shape[rows], {"anchor": anchors}, crops))
    return out


def anchor_targets(p: Prepared) -> NDArray[np.int64]:
    """The anchor tag of every piece: at first pieces of words only, and of two statements on one word the first's."""
    target = np.where(p.pieces.word, OUT, IGNORE).astype(np.int64)
    for m in p.marked:
        a, b = m.anchor
        target[a:b] = np.where(p.pieces.word[a:b], IN, IGNORE)
    for m in reversed(p.marked):
        target[m.anchor[0]] = m.label
    return target


def likely_negatives(p: Prepared, vocabulary: Counter[int]) -> dict[int, float]:
    """Rows of words that anchor nothing here but do elsewhere, with how often to draw them: those in quotes most."""
    taken, close = (np.zeros(len(p.pieces), dtype=bool) for _ in range(2))
    for m in p.marked:
        taken[slice(*m.anchor)] = True
        close[slice(*m.spans["quote"][0])] = True
    known = np.array([vocabulary[int(piece)] > 0 for piece in p.pieces.ids], dtype=bool)
    rows = np.flatnonzero(p.pieces.word & ~taken & known)
    return {int(r): 3.0 if close[r] else 1.0 for r in rows}


def _drawn(weights: dict[int, float], n: int, rng: random.Random) -> set[int]:
    """At most `n` rows, each once."""
    return set(rng.choices(list(weights), list(weights.values()), k=n)) if weights else set()


def _word_end(pieces: Pieces, row: int, stop: int) -> int:
    """The row after the last piece of the word that starts at `row`."""
    last = row + 1
    while last < stop and not pieces.word[last]:
        last += 1
    return last
