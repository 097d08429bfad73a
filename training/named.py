"""Texts with marked names: the Groningen Meaning Bank and UniversalNER, as sentences of words with tags."""

from __future__ import annotations

import csv
import io
import random
import zipfile
from pathlib import Path

#: Labels of the sets → ours. Times and things, which GMB marks too, are no names here.
GMB = {"per": "PERSON", "org": "ORGANISATION", "geo": "LOCATION", "gpe": "GPE"}
UNER = {"PER": "PERSON", "ORG": "ORGANISATION", "LOC": "LOCATION"}
GMB_SENTENCES, GMB_BLOCKS = 40, 420  # neighbouring sentences taken together, and how many such blocks: a third of it

Tagged = list[tuple[str, str]]


def gmb_sentences(data: Path) -> list[Tagged]:
    """Sentences of (word, tag) with our tags (`B-PERSON` …) from the Groningen Meaning Bank, in its order."""
    out: list[Tagged] = []
    with zipfile.ZipFile(data / "ner/gmb_ner_dataset.csv.zip") as z:
        name = next(n for n in z.namelist() if n.endswith(".csv") and not n.startswith("__"))
        for n, word, _, tag in csv.reader(io.TextIOWrapper(z.open(name), "latin-1")):
            if n.startswith("Sentence:"):
                out.append([])
            if out:
                begin, _, kind = tag.partition("-")
                out[-1].append((word or "'", f"{begin}-{GMB[kind]}" if kind in GMB else "O"))
    return out


def gmb_blocks(data: Path, rng: random.Random) -> list[list[Tagged]]:
    """Blocks of neighbours, shuffled: the encoder is warmed up with the first `GMB_BLOCKS` and never saw the others."""
    named = gmb_sentences(data)
    blocks = [named[i : i + GMB_SENTENCES] for i in range(0, len(named), GMB_SENTENCES)]
    rng.shuffle(blocks)
    return blocks


def gmb_sample(data: Path, many: int, rng: random.Random) -> list[Tagged]:
    """The sentences of `many` blocks of neighbours, drawn from the Groningen Meaning Bank."""
    return [sentence for block in gmb_blocks(data, rng)[:many] for sentence in block]


def uner_sentences(path: Path) -> list[Tagged]:
    """Sentences of (word, tag) with our tags, from an IOB2 file of UniversalNER."""
    out: list[Tagged] = [[]]
    for line in path.read_text("utf-8").split("\n"):
        if line.startswith("#"):
            continue
        if not line.strip():
            out.append([])
            continue
        _, word, tag, *_ = line.split("\t")
        begin, _, kind = tag.partition("-")
        out[-1].append((word, f"{begin}-{UNER[kind]}" if kind in UNER else "O"))
    return [s for s in out if s]
