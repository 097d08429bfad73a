"""How many were harmed: fills `harm` of events and tolls.

`meet` is the one place where rule and model meet. What the model marked as victims says who was harmed and how, and the
rules read the numbers in it; to that the rules of `harmed.py` add victims that the quote names with an effect of which
the model marked none. Measured on the gold (F1 of effect and least number; anchors and quotes given): gold marks 0.98;
rules alone 0.93; with three marks in ten lost, marks alone 0.91, both 0.94. Adding costs 0.003 where no mark is lost.

Needs: kind, type, anchor, quote, roles `victims.*`. Fills: harm, `by["harm"]`, `sure["harm"]`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from contested.reading.draft import Draft, Words
from contested.reading.harmed import Harmed, find_harm
from contested.reading.numbers import Bounds, find_numbers, read_number
from contested.statement import EFFECTS, Harm
from contested.text.layout import Text

RULE = "rule:how_many"
_LEFT = 60  # characters before a marked victim where its number may stand: "at least some 30 | civilians"
_FAR = 800  # characters on either side of an anchor where victims are looked for, in a quote longer than that
_APART = re.compile(r"\b(?:toll|number|risen|rose|climbed|jumped|of them)\b", re.I)
_JOIN = re.compile(r"[ \"“”‘]*(?:of (?:the |its |them |whom (?:were )?)?)?", re.I)
#: The effects that an event of a type can have without the model's saying so.
_EFFECTS_OF = {
    "ASSAULT": ("killed", "injured", "abducted", "missing"),
    "COERCE": ("detained",),
}


@dataclass(frozen=True, slots=True)
class _Victims:
    """`text[start:end]` suffered `effect`; `start` is -1 where nobody is named."""

    effect: str
    start: int
    end: int
    bounds: Bounds


def read_how_many(text: Text, drafts: list[Draft]) -> None:
    """Turn marked victims into `Harm`, and find others by rule. Counts persons; `who` is a slice of the report."""
    raw = text.raw
    for draft in drafts:
        if draft.kind not in ("event", "toll"):
            continue
        marked = [(effect, span) for effect in EFFECTS for span in draft.roles.get(f"victims.{effect}", ())]
        start, end = max(draft.quote.start, draft.anchor.start - _FAR), min(draft.quote.end, draft.anchor.end + _FAR)
        found = find_harm(raw, start, end)
        marks = _from_marks(raw, marked, found)
        victims = meet(marks, _by_rule(raw, draft, drafts, found))
        if not victims and draft.kind == "toll" and not marked:
            victims = [_bare_toll(raw, draft)]
        draft.harm = [Harm(v.effect, raw[v.start : v.end] if v.start >= 0 else None, *v.bounds) for v in victims]
        if marks:
            draft.by["harm"] = marked[0][1].by
            draft.sure["harm"] = min(span.sure for _, span in marked)
        elif victims:
            draft.by["harm"] = RULE


def meet(marks: list[_Victims], rule: list[_Victims]) -> list[_Victims]:
    """Rule and model: the model's victims, and the rule's of effects that the model did not mark."""
    effects = {victims.effect for victims in marks}
    both = marks + [victims for victims in rule if victims.effect not in effects]
    return sorted(both, key=lambda victims: EFFECTS.index(victims.effect))


def _from_marks(raw: str, marked: list[tuple[str, Words]], found: list[Harmed]) -> list[_Victims]:
    out: dict[tuple[str, int], _Victims] = {}
    for effect, span in marked:
        start, end = widen(raw, span.start, span.end)
        bounds = read_number(raw[start:end])
        if bounds is None:
            continue
        if bounds == (1, None) and not find_numbers(raw, start, end):
            bounds = _number_elsewhere(raw, effect, found) or bounds
        out.setdefault((effect, start), _Victims(effect, start, end, bounds))
    return list(out.values())


def widen(raw: str, start: int, end: int) -> tuple[int, int]:
    """The span of marked victims with the number, and the words that bound it, that stand directly before."""
    own = find_numbers(raw, start, end)
    for number in find_numbers(raw, max(0, start - _LEFT), end):
        touches = number.start < start < number.end
        if touches or (not own and number.end <= start and _JOIN.fullmatch(raw, number.end, start)):
            return number.start, max(end, number.end)
    return start, end


def _number_elsewhere(raw: str, effect: str, found: list[Harmed]) -> Bounds | None:
    """The number of victims named apart from it: "the miners' toll rose to 30", "scores of them were killed"."""
    hits = [h for h in found if effect in h.effects and h.start >= 0]
    hits = [h for h in hits if _APART.search(raw[slice(*h.cue)]) or _APART.search(raw[h.start : h.end])]
    return (hits[0].low, hits[0].high) if len(hits) == 1 else None


def _by_rule(raw: str, draft: Draft, drafts: list[Draft], found: list[Harmed]) -> list[_Victims]:
    """The victims found in the quote. A cue that is another statement's anchor is left to that statement."""
    if not found or (draft.kind == "event" and draft.type not in _EFFECTS_OF):
        return []
    allowed = _EFFECTS_OF.get(draft.type, EFFECTS)
    rivals = [d for d in drafts if d.kind in ("event", "toll") and not _overlap(d.anchor, draft.anchor)]
    theirs = {d.type for d in rivals if d.kind == "toll" and _overlap(d.quote, draft.quote)}
    out: dict[tuple[str, int], _Victims] = {}
    for harmed in found:
        cue = Words(*harmed.cue, by=RULE)
        if any(_overlap(cue, rival.anchor) for rival in rivals) and not _overlap(cue, draft.anchor):
            continue
        if harmed.start < 0 and not _leads_to(raw, cue, draft.anchor):
            continue
        if draft.kind == "toll" and draft.type not in harmed.effects and theirs & set(harmed.effects):
            continue
        for effect in set(harmed.effects) & set(allowed):
            victims = _Victims(effect, harmed.start, harmed.end, (harmed.low, harmed.high))
            out.setdefault((effect, harmed.start), victims)
    return list(out.values())


def _leads_to(raw: str, cue: Words, anchor: Words) -> bool:
    """Whether a cue that names nobody belongs to the anchor: "a deadly | car bomb attack"."""
    return _overlap(cue, anchor) or (
        cue.end <= anchor.start and re.fullmatch(r"\s+(?:[\w-]+\s+){0,2}", raw[cue.end : anchor.start]) is not None
    )


def _bare_toll(raw: str, draft: Draft) -> _Victims:
    """A toll whose quote names no victims: its only number, or somebody at least."""
    numbers = find_numbers(raw, draft.quote.start, draft.quote.end)
    if len(numbers) == 1:
        return _Victims(draft.type, numbers[0].start, numbers[0].end, (numbers[0].low, numbers[0].high))
    return _Victims(draft.type, -1, -1, (1, None))


def _overlap(a: Words, b: Words) -> bool:
    return a.start < b.end and b.start < a.end
