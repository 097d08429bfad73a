"""Labels and settings of the network. The labels travel with the weights (`settings.json`)."""

from __future__ import annotations

from contested.reading.draft import ROLES as ROLES
from contested.statement import MODALITIES, SOURCE_CLASSES, TYPES

#: Anchor tags: out, in (a further word of the anchor), and a begin tag for each kind and type.
ANCHORS: list[str] = ["O", "I", *(f"{kind}/{t}" for kind, types in TYPES.items() for t in types)]
NAMES: list[str] = ["O", *(f"{b}-{k}" for k in ("PERSON", "ORGANISATION", "LOCATION", "GPE") for b in "BI")]
UPOS: list[str] = "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split()
RELATIONS: list[str] = (
    "acl acl:relcl advcl advmod amod appos aux aux:pass case cc ccomp compound conj cop csubj dep det discourse "
    "expl fixed flat iobj list mark nmod nmod:poss nsubj nsubj:pass nummod obj obl obl:agent obl:unmarked parataxis "
    "punct root vocative xcomp"
).split()
MODES: list[str] = (
    "none aerial drone heavy-weapons firearms explosives suicide-attack abduct beat torture sexual targeted destroy "
    "primitive unconventional crowd-control cleansing arrest seize restrict withhold deport curfew martial-law censor "
    "ban withdraw release ceasefire access disarm resign visit third-party multilateral phone disapprove allege "
    "investigate assist change yield meet violence territory troops weapons militia police demo riot strike hunger "
    "boycott obstruct expel discontinue convict"
).split()
KINDS_TYPES: list[str] = ANCHORS[2:]
CHOICES: dict[str, list[str]] = {
    "valid": ["no", "yes"],
    "type": KINDS_TYPES,
    "mode": MODES,
    "modality": list(MODALITIES),
    "source.class": list(SOURCE_CLASSES),
    "source.named": ["no", "yes"],
}
WARM_HEADS: dict[str, int] = {
    "anchor": len(ANCHORS),
    "names": len(NAMES),
    "upos": len(UPOS),
    "relations": len(RELATIONS),
}
