"""Warming up: the encoder learns names, syntax, and to find the roles of a marked predicate, before it sees any gold.

Sets: GMB and UniversalNER-EWT dev (names), UD English-EWT and GUM train (parts of speech, relations, predicates).
"""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from contested.reading.windows import Pieces, cut, windows
from training import conllu, treebanks
from training.batches import IGNORE, Item, make_crop, rows_of
from training.named import GMB_BLOCKS, gmb_sample, uner_sentences
from training.settings import NAMES, RELATIONS, ROLES, UPOS

UNER_DEV = "ner/uner_en_ewt-ud-dev.iob2"
GMB_AGAIN = 120  # of these blocks, for the names head alone
UNER_TIMES = 2  # its labels are checked by hand, those of GMB are not
RUN_WORDS, RUN_PIECES = 190, 500  # words read at once, about 250 pieces; most pieces: BERT has 512 places
LEAST_CORE = 12  # pieces; a shorter window teaches little
#: Treebanks, and the share of their predicates that is taught. GUM has coreference, and less of web forums.
TREEBANKS = (("en_gum-nonNC-train", 0.9), ("en_ewt-ud-train", 0.3))


def name_items(tokenizer: Any, sentences: list[list[tuple[str, str]]]) -> list[Item]:
    """Runs of neighbouring sentences with targets for the names head."""
    items: list[Item] = []
    run: list[list[tuple[str, str]]] = []
    size = 0
    for s in [*sentences, None]:
        if s is None or size + len(s) > RUN_WORDS:
            if run:
                items.append(_name_item(tokenizer, run))
            run, size = [], 0
        if s:
            run.append(s)
            size += len(s)
    return items


def _name_item(tokenizer: Any, run: list[list[tuple[str, str]]]) -> Item:
    raw = ""
    spans: list[tuple[int, int]] = []
    marks: list[tuple[int, int, str]] = []
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
    return Item(pieces.ids[:RUN_PIECES], pieces.shape[:RUN_PIECES], {"names": target[:RUN_PIECES]})


def syntax_items(tokenizer: Any, path: Path, keep: float, rng: random.Random) -> list[Item]:
    """Windows of a treebank with parts of speech, relations, and crops of a share `keep` of the predicates."""
    items = []
    for document in conllu.read(path):
        found = treebanks.predicates(document)
        pieces = cut(tokenizer, document.text, [(s.start, s.end) for s in document.sentences])
        upos, relations = _syntax(pieces, document)
        for w in windows(pieces):
            if w.core_last - w.core_first < LEAST_CORE:
                continue
            inside = np.zeros(w.last - w.first, dtype=bool)
            inside[w.core_first - w.first : w.core_last - w.first] = True
            rows = slice(w.first, w.last)
            targets = {"upos": upos, "relations": relations}
            item = Item(
                pieces.ids[rows], pieces.shape[rows],
                {name: np.where(inside, target[rows], IGNORE) for name, target in targets.items()},
            )  # fmt: skip
            for p in found:
                anchor = rows_of(pieces, p.start, p.end)
                if not w.core_first <= anchor[0] < w.core_last or anchor[1] <= anchor[0] or rng.random() > keep:
                    continue
                spans = {r: [rows_of(pieces, a, b) for a, b in v] for r, v in p.roles.items()}
                item.crops.append(make_crop(pieces, w, anchor, spans, ROLES, list(p.roles), {}))
            items.append(item)
    return items


def _syntax(pieces: Pieces, document: conllu.Document) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Part of speech and relation of each word, at its first piece; IGNORE elsewhere and where we have no label."""
    upos, relations = (np.full(len(pieces), IGNORE, dtype=np.int64) for _ in range(2))
    for token in (t for s in document.sentences for t in s.tokens):
        first, last = rows_of(pieces, token.start, token.end)
        if first < last:
            relation = token.relation if token.relation in RELATIONS else token.relation.split(":")[0]
            upos[first] = UPOS.index(token.upos) if token.upos in UPOS else IGNORE
            relations[first] = RELATIONS.index(relation) if relation in RELATIONS else IGNORE
    return upos, relations


def items(tokenizer: Any, data: Path, seed: int) -> list[Item]:
    """All windows to warm up with, shuffled; `data` is the folder of the public sets."""
    rng = random.Random(seed)
    out = name_items(tokenizer, gmb_sample(data, GMB_BLOCKS, rng))
    out += name_items(tokenizer, uner_sentences(data / UNER_DEV)) * UNER_TIMES
    for name, keep in TREEBANKS:
        out += syntax_items(tokenizer, data / f"treebanks/{name}.conllu", keep, rng)
    rng.shuffle(out)
    return out


def names(tokenizer: Any, data: Path, seed: int) -> list[Item]:
    """Windows for the names head alone, fitted again on the warm network.

    GMB calls peoples and some countries alike `gpe`: these pieces are left out, UniversalNER tells the two apart. Its
    sentences are read together and one by one, as short texts are.
    """
    uner = uner_sentences(data / UNER_DEV)
    out = name_items(tokenizer, gmb_sample(data, GMB_AGAIN, random.Random(seed)))
    out += name_items(tokenizer, uner) * UNER_TIMES + [i for s in uner for i in name_items(tokenizer, [s])]
    peoples = [n for n, label in enumerate(NAMES) if label.endswith("GPE")]
    for item in out:
        item.targets["names"][np.isin(item.targets["names"], peoples)] = IGNORE
    return out
