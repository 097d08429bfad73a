"""Whether a statement is asserted, denied, possible or future.

The cues are `lexicon/en/hedges.yaml`: each has a direction, a scope that closes at stop words, and a reach, after
ConText (Harkema et al. 2009) and medspaCy. `choose_modality` is the one place where rules and model meet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from contested.lexicon import load
from contested.reading.draft import Draft
from contested.reading.phrases import Token, finite, tokens
from contested.text import Text

#: Of several cues over one anchor, which wins: a denial, then a doubt, then a plan.
_RANK = {"asserted": 0, "denied": 1, "possible": 2, "future": 3}
#: The model's probability that is believed where no cue is found; set on the development gold.
ALONE = 0.50
_STOPS = frozenset({"rel", "contrast", "break"})


@dataclass(frozen=True, slots=True)
class Hedge:
    """A cue that holds for an anchor: the modality it gives, and the entry's id."""

    modality: str
    rule: str


@cache
def _cues() -> dict[str, tuple[tuple[tuple[str, ...], str, Mapping[str, Any]], ...]]:
    found: dict[str, list[tuple[tuple[str, ...], str, Mapping[str, Any]]]] = {}
    for entry in load("hedges"):
        for words in entry.words:
            parts = tuple(words.lower().split())
            found.setdefault(parts[0], []).append((parts, entry.id, entry.value))
    return {first: tuple(options) for first, options in found.items()}


def hedge_at(words: Sequence[Token], start: int, end: int, kind: str, type_: str) -> Hedge | None:
    """The cue that governs the anchor at characters `start` to `end` of the sentence with tokens `words`."""
    first = next((i for i, t in enumerate(words) if t.end > start), None)
    if first is None:
        return None
    last = next((i for i in range(len(words) - 1, first - 1, -1) if words[i].start < end), first)
    found: list[Hedge] = []
    for i in range(max(0, first - 24), min(len(words), last + 8)):
        for parts, rule, value in _cues().get(words[i].low, ()):
            stop = i + len(parts)
            if tuple(t.low for t in words[i:stop]) == parts and _applies(value, kind, type_):
                month = words[i].cap and i > 0 and "time" in words[i].tags  # "in May"
                if not month and _governs(words, i, stop, first, last, value):
                    found.append(Hedge(value["modality"], rule))
    if not found:
        return None
    future = any(h.modality == "future" for h in found)
    plain = [h for h in found if not (future and h.rule == "not")]  # "will not allow" is no denial
    return min(plain, key=lambda h: _RANK[h.modality])


def _applies(value: Mapping[str, Any], kind: str, type_: str) -> bool:
    if "only" in value and kind not in value["only"] and type_ not in value["only"]:
        return False
    return kind not in value.get("never", ()) and type_ not in value.get("never", ())


def _governs(words: Sequence[Token], i: int, stop: int, first: int, last: int, value: Mapping[str, Any]) -> bool:
    """Whether the cue at tokens `i` to `stop` reaches the anchor at tokens `first` to `last`."""
    if i <= last and stop > first:  # the cue stands inside the anchor
        return i >= first or stop - 1 <= last
    if value["way"] == "forward":
        between = range(stop, first)
        ahead = first >= stop
    else:
        between = range(last + 1, i)
        ahead = i > last
    if not ahead or len(between) >= value["reach"]:
        return False
    past = value.get("modal") and words[first].low.endswith("ed")
    if past and not any("aux" in words[j].tags for j in range(i + 1, first)):
        return False
    return not any(_closes(words, j, value["scope"]) for j in between)


def _closes(words: Sequence[Token], j: int, scope: str) -> bool:
    """Whether token `j` ends the scope."""
    token = words[j]
    if scope == "sentence":
        return token.text == ";" or "contrast" in token.tags
    if not token.word or token.tags & _STOPS:
        return True
    if scope == "phrase":
        return finite(words, j) or (bool(token.tags & {"prep"}) and token.low != "of") or token.low == "that"
    # a second finite verb is another clause; "be", "been", "have" belong to the first
    return "aux" in token.tags and not token.low.startswith(("be", "ha"))


def choose_modality(rule: Hedge | None, odds: Mapping[str, float] | None) -> tuple[str, str, float]:
    """(modality, what decided, how sure), from a cue and the model's `{modality: probability}`; either may lack.

    A cue is believed: on two held-out folds a model surer than 0.95 of another was right less often. Without one the
    model must reach `ALONE`.
    """
    if rule is not None:
        return rule.modality, f"rule:{rule.rule}", max((odds or {}).get(rule.modality, 0.0), 0.7)
    best = max(odds, key=lambda label: odds[label]) if odds else "asserted"
    sure = odds[best] if odds else 0.0
    if odds and best != "asserted" and sure < ALONE:
        best, sure = "asserted", odds.get("asserted", 0.0)
    return best, "model" if odds else "rule:none", sure if odds else 0.9


def read_stance(text: Text, drafts: list[Draft]) -> None:
    """Give each draft its `modality`. Needs `kind`, `type`, `anchor`, and `odds["modality"]` where a model ran."""
    seen: dict[int, list[Token]] = {}
    for draft in drafts:
        n = text.sentence_at(draft.anchor.start)
        rule = None
        if n is not None:
            if n not in seen:
                seen[n] = tokens(text.raw, text.sentences[n].start, text.sentences[n].end)
            rule = hedge_at(seen[n], draft.anchor.start, draft.anchor.end, draft.kind, draft.type)
        if rule is None and draft.kind == "position" and draft.type == "prediction":
            rule = Hedge("possible", "prediction")
        draft.modality, by, draft.sure["modality"] = choose_modality(rule, draft.odds.get("modality"))
        draft.by["modality"] = draft.anchor.by if by == "model" else by
