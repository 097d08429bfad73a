"""By what means: fills the `mode` of events.

The rules look for words of `lexicon/en/weapons.yaml` in two rings: in the anchor with the compound it ends ("car bomb |
attack"), then in the quote; an attack told of again ("six were killed", "the blast") takes the mode of the one before.
The rest of the sentence is not looked at: its words were right three times in ten. `choose_mode` is the one place where
rule and model meet.

Needs: kind, type, anchor, quote, `odds["mode"]`. Fills: mode, `by["mode"]`, `sure["mode"]`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from contested.lexicon import Entry, load
from contested.reading.alternatives import Several, any_of
from contested.reading.draft import Draft
from contested.statement import MODES
from contested.text.layout import Text

RULE = "rule:by_means_of."
#: How sure a ring is: its precision on the gold, given kind, type, anchor and quote.
STRENGTH = {"anchor": 0.93, "quote": 0.85, "again": 0.8, "same": 0.74}
_BEFORE, _AFTER = r"(?<![\w-])", r"(?!\w)"  # where a cue begins and ends
_OTHERS = 10  # modes that an event of one type may have besides the one that a rule names, about
_FLOOR = 0.01  # the least odds a mode is given, that a sure rule may overrule a model which never saw it
_COMPOUND = re.compile(r"(?:[\w’'.-]+\s+){0,3}$")
_AGAIN = 3  # sentences after an attack within which it is told of again


@dataclass(frozen=True, slots=True)
class Means:
    """What the rules say: a mode (None where they say there is none), how sure (0 to 1), and why."""

    mode: str | None
    strength: float
    rule: str


@dataclass(frozen=True, slots=True)
class _Cue:
    mode: str | None
    only_anchor: bool
    yields: frozenset[str]
    id: str


@cache
def _cues() -> dict[str, tuple[Several, tuple[_Cue, ...]]]:
    """Type of event → its cues, what looks for all of them first."""
    out: dict[str, list[tuple[_Cue, Entry]]] = {}
    for entry in load("weapons"):
        if "is" in entry.value:
            continue
        value = entry.value
        yields = frozenset(value.get("yields") or ())
        cue = _Cue(value["mode"], value.get("only") == "anchor", yields, entry.id)
        for type_ in entry.value["types"]:
            out.setdefault(type_, []).append((cue, entry))
    return {
        type_: (Several(_BEFORE, [(e.words, e.pattern) for _, e in found], _AFTER), tuple(cue for cue, _ in found))
        for type_, found in out.items()
    }


@cache
def _again() -> tuple[re.Pattern[str], frozenset[str]]:
    """Anchors that tell of an attack again by its victims, and the modes they take from it."""
    entry = next(e for e in load("weapons") if e.value.get("is") == "again")
    return re.compile(f"{_BEFORE}{any_of(entry.words)}{_AFTER}", re.I), frozenset(entry.value["modes"])


@cache
def _same() -> re.Pattern[str]:
    """What stands before an anchor that means an attack told of before: "that | attack"."""
    entry = next(e for e in load("weapons") if e.value.get("is") == "same")
    return re.compile(rf"\b{any_of(entry.words)}\s+(?:[\w’'-]+\s+)?$", re.I)


def read_means(text: Text, drafts: list[Draft]) -> None:
    """Fill the mode of the drafts of kind event, in text order."""
    before: Draft | None = None
    for draft in sorted(drafts, key=lambda d: d.anchor.start):
        if draft.kind != "event":
            continue
        means = find_means(text, draft, before)
        lawful = ("none", *MODES.get(draft.type, ()))
        odds = {mode: p for mode, p in draft.odds.get("mode", {}).items() if mode in lawful}
        draft.mode, sure = choose_mode(means, odds)
        if draft.mode is not None:
            draft.by["mode"] = means.rule if means and means.mode == draft.mode else draft.anchor.by
            draft.sure["mode"] = sure
        if draft.type == "ASSAULT":
            before = draft


def find_means(text: Text, draft: Draft, before: Draft | None = None) -> Means | None:
    """What the rules say of one event; `before` is the attack told of before it. None where they say nothing."""
    raw, anchor, quote = text.raw, draft.anchor, draft.quote
    own = _in_anchor(raw, draft)
    if own is not None and not own.yields:
        return Means(own.mode, STRENGTH["anchor"], RULE + own.id)
    around = [(c, m) for c, m in _matches(raw, draft.type, quote.start, quote.end) if not c.only_anchor]
    if draft.type != "ASSAULT":
        around.sort(key=lambda found: (found[1].start() < anchor.end, abs(found[1].start() - anchor.end)))
    quoted = Means(around[0][0].mode, STRENGTH["quote"], RULE + around[0][0].id) if around else None
    others = [means for means in (quoted, _told_before(text, draft, before)) if means]
    if own is not None:
        others = [means for means in others if means.mode in own.yields]
        others.append(Means(own.mode, STRENGTH["anchor"], RULE + own.id))
    return others[0] if others else None


def _in_anchor(raw: str, draft: Draft) -> _Cue | None:
    """The cue in the anchor, or in the one or two words before it that make a compound with it."""
    anchor = draft.anchor
    compound = _COMPOUND.search(raw, max(draft.quote.start, anchor.start - 40), anchor.start)
    for cue, match in _matches(raw, draft.type, compound.start() if compound else anchor.start, anchor.end):
        if match.end() > anchor.start or not raw[match.end() : anchor.start].strip():
            return cue
    return None


def _told_before(text: Text, draft: Draft, before: Draft | None) -> Means | None:
    """The mode of the attack told of a few sentences before, where this one is told as the same."""
    again, modes = _again()
    if draft.type != "ASSAULT" or before is None or before.mode not in modes:
        return None
    here, there = text.sentence_at(draft.anchor.start), text.sentence_at(before.anchor.start)
    if here is not None and there is not None and here - there > _AGAIN:
        return None
    if again.search(text.raw, draft.anchor.start, draft.anchor.end):
        return Means(before.mode, STRENGTH["again"], RULE + "assault.again")
    if _same().search(text.raw[max(0, draft.anchor.start - 40) : draft.anchor.start]):
        return Means(before.mode, STRENGTH["same"], RULE + "assault.same")
    return None


def _matches(raw: str, type_: str, start: int, end: int) -> Iterator[tuple[_Cue, re.Match[str]]]:
    """The cues found in a stretch, in the lexicon's order of precedence."""
    if type_ in _cues():
        several, cues = _cues()[type_]
        yield from ((cues[n], match) for n, match in several.finditer(raw, start, end))


def choose_mode(rule: Means | None, odds: Mapping[str, float]) -> tuple[str | None, float]:
    """Rule and model: the likelier mode (None for no mode) and its probability, the two taken as independent witnesses.

    A rule of strength s speaks with s for its mode and shares 1 - s among the others; where it says nothing, the odds
    decide alone, and without odds the rule does. `odds` may hold `none`, and need not add up to 1.
    """
    if rule is None and not odds:
        return None, 0.0
    named = (rule.mode or "none") if rule else None
    modes = {"none", *odds, *([named] if named else [])}
    scores = {}
    for mode in sorted(modes):
        score = max(odds.get(mode, 0.0), _FLOOR) if odds else 1.0
        if rule is not None:
            score *= rule.strength if mode == named else (1 - rule.strength) / _OTHERS
        scores[mode] = score
    best = max(scores, key=lambda mode: scores[mode])
    return (None if best == "none" else best), round(scores[best] / sum(scores.values()), 4)
