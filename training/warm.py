"""Warming up: the encoder learns names, syntax, and to find the roles of a marked predicate, before it sees any gold.

Sets: GMB and UniversalNER-EWT dev (names), UD English-EWT and GUM train (parts of speech, relations, predicates).
"""

from __future__ import annotations

import csv
import io
import random
import zipfile
from pathlib import Path
from typing import Any

import numpy as np

from contested.reading.windows import cut, windows
from training import conllu, treebanks
from training.batches import IGNORE, Item, make_crop, rows_of
from training.settings import NAMES, RELATIONS, ROLES, UPOS

GMB = {"per": "PERSON", "org": "ORGANISATION", "geo": "LOCATION", "gpe": "GPE"}
UNER = {"PER": "PERSON", "ORG": "ORGANISATION", "LOC": "LOCATION"}


def named_sentences(data: Path) -> list[list[tuple[str, str]]]:
    """Sentences of (word, tag) with our tags (`B-PERSON` …) from GMB, and UNER last."""
    out: list[list[tuple[str, str]]] = []
    with zipfile.ZipFile(data / "ner/gmb_ner_dataset.csv.zip") as z:
        name = next(n for n in z.namelist() if n.endswith(".csv") and not n.startswith("__"))
        for n, word, _, tag in csv.reader(io.TextIOWrapper(z.open(name), "latin-1")):
            if n.startswith("Sentence:"):
                out.append([])
            if out:
                begin, _, kind = tag.partition("-")
                out[-1].append((word or "'", f"{begin}-{GMB[kind]}" if kind in GMB else "O"))
    return out


def uner_sentences(path: Path) -> list[list[tuple[str, str]]]:
    out: list[list[tuple[str, str]]] = [[]]
    for line in path.open(encoding="utf8"):
        if line.startswith("#"):
            continue
        if not line.strip():
            out.append([])
            continue
        c = line.rstrip("\n").split("\t")
        begin, _, kind = c[2].partition("-")
        out[-1].append((c[1], f"{begin}-{UNER[kind]}" if kind in UNER else "O"))
    return [s for s in out if s]


def name_items(tokenizer: Any, sentences: list[list[tuple[str, str]]]) -> list[Item]:
    """Runs of about 250 pieces with targets for the names head."""
    items, run = [], []
    size = 0
    for s in [*sentences, None]:
        if s is None or size + len(s) > 190:
            if run:
                items.append(_name_item(tokenizer, run))
            run, size = [], 0
        if s:
            run.append(s)
            size += len(s)
    return items


def _name_item(tokenizer: Any, run: list[list[tuple[str, str]]]) -> Item:
    raw, spans, marks = "", [], []
    for s in run:
        a = len(raw)
        for word, tag in s:
            marks.append((len(raw), len(raw) + len(word), tag))
            raw += word + " "
        spans.append((a, len(raw) - 1))
    pieces = cut(tokenizer, raw, spans)
    target = np.zeros(len(pieces), dtype=np.int64)
    for a, b, tag in marks:
        if tag != "O":
            first, last = rows_of(pieces, a, b)
            target[first:last] = NAMES.index("I-" + tag[2:])
            if tag[0] == "B" and first < last:
                target[first] = NAMES.index(tag)
    target[~pieces.word & (target == 0)] = 0
    return Item(pieces.ids[:500], pieces.shape[:500], {"names": target[:500]})


def syntax_items(tokenizer: Any, path: Path, keep: float, rng: random.Random) -> list[Item]:
    """Windows of a treebank with parts of speech, relations, and crops of a share `keep` of the predicates."""
    items = []
    for document in conllu.read(path):
        found = treebanks.predicates(document)
        pieces = cut(tokenizer, document.text, [(s.start, s.end) for s in document.sentences])
        upos, relations = (np.full(len(pieces), IGNORE, dtype=np.int64) for _ in range(2))
        for s in document.sentences:
            for t in s.tokens:
                first, last = rows_of(pieces, t.start, t.end)
                if first < last:
                    upos[first] = UPOS.index(t.upos) if t.upos in UPOS else IGNORE
                    relation = t.relation if t.relation in RELATIONS else t.relation.split(":")[0]
                    relations[first] = RELATIONS.index(relation) if relation in RELATIONS else IGNORE
        for w in windows(pieces):
            if w.core_last - w.core_first < 12:
                continue
            inside = np.zeros(w.last - w.first, dtype=bool)
            inside[w.core_first - w.first : w.core_last - w.first] = True
            item = Item(
                pieces.ids[w.first : w.last], pieces.shape[w.first : w.last],
                {"upos": np.where(inside, upos[w.first : w.last], IGNORE),
                 "relations": np.where(inside, relations[w.first : w.last], IGNORE)},
            )  # fmt: skip
            for p in found:
                anchor = rows_of(pieces, p.start, p.end)
                if not w.core_first <= anchor[0] < w.core_last or anchor[1] <= anchor[0] or rng.random() > keep:
                    continue
                spans = {r: [rows_of(pieces, a, b) for a, b in v] for r, v in p.roles.items()}
                item.crops.append(make_crop(pieces, w, anchor, spans, ROLES, list(p.roles), {}))
            items.append(item)
    return items


def items(tokenizer: Any, data: Path, seed: int) -> list[Item]:
    rng = random.Random(seed)
    named = named_sentences(data)
    blocks = [named[i : i + 40] for i in range(0, len(named), 40)]
    rng.shuffle(blocks)
    out = name_items(tokenizer, [s for b in blocks[:420] for s in b])
    out += name_items(tokenizer, uner_sentences(data / "ner/uner_en_ewt-ud-dev.iob2")) * 2
    for path, keep in (("en_gum-nonNC-train", 0.9), ("en_ewt-ud-train", 0.3)):
        out += syntax_items(tokenizer, data / f"treebanks/{path}.conllu", keep, rng)
    rng.shuffle(out)
    return out
