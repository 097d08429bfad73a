"""Gold reports → windows with anchors, roles and choices; and the five folds that are held out in turn."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from contested.reading.windows import Pieces, Window, cut, windows
from contested.statement import Report, Statement
from contested.text import Text, prepare
from training.batches import IGNORE, Crop, Item, make_crop, rows_of
from training.settings import ANCHORS, CHOICES, ROLES

NEGATIVES = 0.5  # crops of words that anchor nothing, for each that does


@dataclass(slots=True)
class Marked:
    """A statement as rows of the pieces."""

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
    choices = {
        "valid": 1,
        "type": CHOICES["type"].index(label),
        "mode": CHOICES["mode"].index(s.mode or "none") if s.kind == "event" else IGNORE,
        "modality": CHOICES["modality"].index(s.modality),
    }
    if s.source:
        choices["source.class"] = CHOICES["source.class"].index(s.source.cls)
        choices["source.named"] = int(s.source.named)
    return Marked(anchor, spans, choices, ANCHORS.index(label))


def ready(tokenizer: Any, report: Report) -> Prepared:
    text = prepare(report)
    pieces = cut(tokenizer, text.raw, [(s.start, s.end) for s in text.sentences])
    marked = [mark(text, pieces, s) for s in report.statements]
    return Prepared(text, pieces, windows(pieces), [m for m in marked if m], sum(m is None for m in marked))


def anchor_words(prepared: Iterable[Prepared]) -> Counter[int]:
    """First pieces of anchors, counted: where a word that may anchor something is to be told from one that does."""
    return Counter(int(p.pieces.ids[m.anchor[0]]) for p in prepared for m in p.marked)


def items(prepared: Sequence[Prepared], vocabulary: Counter[int], rng: random.Random) -> list[Item]:
    """The windows of one epoch, with fresh negatives."""
    out = []
    for p in prepared:
        target = np.where(p.pieces.word, 0, IGNORE).astype(np.int64)
        taken = np.zeros(len(p.pieces), dtype=bool)
        for m in p.marked:
            a, b = m.anchor
            target[a:b] = np.where(p.pieces.word[a:b], 1, IGNORE)
            taken[a:b] = True
        for m in reversed(p.marked):
            target[m.anchor[0]] = m.label
        close = np.zeros(len(p.pieces), dtype=bool)
        for m in p.marked:
            a, b = m.spans["quote"][0]
            close[a:b] = True
        for w in p.windows:
            rows = slice(w.first, w.last)
            inside = np.zeros(w.last - w.first, dtype=bool)
            inside[w.core_first - w.first : w.core_last - w.first] = True
            crops: list[Crop] = []
            for m in p.marked:
                if w.core_first <= m.anchor[0] < w.core_last:
                    crops.append(make_crop(p.pieces, w, m.anchor, m.spans, ROLES, ROLES, m.choices))
            core = [r for r in range(w.core_first, w.core_last) if p.pieces.word[r] and not taken[r]]
            likely = [r for r in core if vocabulary[int(p.pieces.ids[r])]]
            weights = [1.0 + 2.0 * close[r] for r in likely]
            for r in set(rng.choices(likely, weights, k=round(len(crops) * NEGATIVES))) if likely else ():
                last = r + 1
                while last < w.last and not p.pieces.word[last]:
                    last += 1
                crops.append(make_crop(p.pieces, w, (r, last), {}, ROLES, (), {"valid": 0}))
            out.append(
                Item(
                    p.pieces.ids[rows], p.pieces.shape[rows], {"anchor": np.where(inside, target[rows], IGNORE)}, crops
                )
            )
    return out
