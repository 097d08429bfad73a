"""Labels of the network, and how it learns. The labels travel with the weights (`settings.json`)."""

from __future__ import annotations

from dataclasses import dataclass

from contested.reading.draft import ROLES as ROLES
from contested.statement import MODALITIES, SOURCE_CLASSES, TYPES

#: Anchor tags: out, in (a further word of the anchor), and a begin tag for each kind and type.
ANCHORS: list[str] = ["O", "I", *(f"{kind}/{t}" for kind, types in TYPES.items() for t in types)]
#: Tags of names. GPE is the label of the Groningen Meaning Bank: peoples and countries as actors, mostly adjectives.
NAMES: list[str] = ["O", *(f"{b}-{k}" for k in ("PERSON", "ORGANISATION", "LOCATION", "GPE") for b in "BI")]
#: Parts of speech and relations of Universal Dependencies, for warming up only.
UPOS: list[str] = "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split()
RELATIONS: list[str] = (
    "acl acl:relcl advcl advmod amod appos aux aux:pass case cc ccomp compound conj cop csubj dep det discourse "
    "expl fixed flat iobj list mark nmod nmod:poss nsubj nsubj:pass nummod obj obl obl:agent obl:unmarked parataxis "
    "punct root vocative xcomp"
).split()
#: Modes of events that the network tells apart; the lexicon knows others by their words.
MODES: list[str] = (
    "none aerial drone heavy-weapons firearms explosives suicide-attack abduct beat torture sexual targeted destroy "
    "primitive unconventional crowd-control cleansing arrest seize restrict withhold deport curfew martial-law censor "
    "ban withdraw release ceasefire access disarm resign visit third-party multilateral phone disapprove allege "
    "investigate assist change yield meet violence territory troops weapons militia police demo riot strike hunger "
    "boycott obstruct expel discontinue convict"
).split()
#: What is chosen once an anchor. `valid`: whether the marked word anchors a statement at all.
CHOICES: dict[str, list[str]] = {
    "valid": ["no", "yes"],
    "type": ANCHORS[2:],
    "mode": MODES,
    "modality": list(MODALITIES),
    "source.class": list(SOURCE_CLASSES),
    "source.named": ["no", "yes"],
}
#: Heads of the anchor tower and their sizes. The anchors are not warmed up, but their head is there from the start.
WARM_HEADS: dict[str, int] = {
    "anchor": len(ANCHORS),
    "names": len(NAMES),
    "upos": len(UPOS),
    "relations": len(RELATIONS),
}


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the network learns in one step.

    `rate` is that of the highest layer, `decay` what each layer below it has of the one above, `head_rate` that of
    what is not in the starting encoder, `batch` windows a batch.
    """

    epochs: int
    rate: float
    head_rate: float
    decay: float
    batch: int


#: Once over the public sets: a third of an hour on two cores, and what the gold then teaches is another task.
WARM = Recipe(epochs=1, rate=1.5e-4, head_rate=1e-3, decay=0.85, batch=8)
#: Set on fold 0 (docs/decisions/0001-one-encoder-two-steps.md).
#: For one head on a frozen network.
HEAD = Recipe(epochs=3, rate=0.0, head_rate=1e-2, decay=1.0, batch=16)
GOLD = Recipe(epochs=8, rate=2.5e-4, head_rate=1e-3, decay=0.9, batch=4)

#: How the network's numbers are read (contested/reading/encoder.py). Set on folds 0 to 2: pooling and `accept` for the
#: best F1 of statements, `lean` for that of each role. `candidate` is so low that it loses next to nothing.
READING: dict[str, object] = {
    "candidate": 0.15,
    "accept": 0.5,
    "second": 0.3,
    "lean": {"places": -0.3, "when": -1.5, "source": -0.7, "share": -0.7},
    "version": "1",
}
