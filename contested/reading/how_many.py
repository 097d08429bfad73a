"""How many were harmed: fills `harm` of events and tolls.

Rule and model meet in three steps. What the model marked as victims says who was harmed; the rules read the numbers in
it, and where they know what these people suffered, they say that too (`_from_marks`). To that the rules of `harmed.py`
add victims of whom the model marked none, or not all of a list (`meet`). Nobody is harmed twice: of several statements
that name the same people one keeps them (`once`; in the development gold 2 in 364 are named by two).
Measured on reports that the network had not seen (F1 of effect and least number, of matched statements): 0.89.

Needs: kind, type, anchor, quote, roles `victims.*`. Fills: harm, `by["harm"]`, `sure["harm"]`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from contested.reading.draft import Draft, Words
from contested.reading.harmed import Harmed, around, find_harm
from contested.reading.numbers import Bounds, find_numbers, read_number
from contested.statement import EFFECTS, Harm
from contested.text.layout import Text

RULE = "rule:how_many"
_LEFT = 60  # characters before a marked victim where its number may stand: "at least some 30 | civilians"
_FAR = 800  # characters on either side of an anchor where victims are looked for, in a quote longer than that
#: The effects that an event of a type can have without the model's saying so.
_EFFECTS_OF = {
    "ASSAULT": ("killed", "injured", "abducted", "missing"),
    "COERCE": ("detained",),
}


@dataclass(frozen=True, slots=True)
class _Victims:
    """`text[start:end]` suffered `effect`; `start` is -1 where nobody is named.

    `cue` is where the words stand that say so, if the rules know them; `sure` the model's mark, 0 for a rule.
    """

    effect: str
    start: int
    end: int
    bounds: Bounds
    cue: tuple[int, int] | None = None
    sure: float = 0.0


def read_how_many(text: Text, drafts: list[Draft]) -> None:
    """Turn marked victims into `Harm`, and find others by rule. Counts persons; `who` is a slice of the report."""
    raw = text.raw
    counted = [draft for draft in drafts if draft.kind in ("event", "toll")]
    theirs = []
    for draft in counted:
        first, last = _stretch(text, draft)
        found = find_harm(raw, first, last)
        marks = _from_marks(raw, draft, _marked(draft), found)
        both = meet(marks, _by_rule(raw, draft, counted, _told(draft, counted, found, (first, last))))
        theirs.append([victims for victims in both if not _is_source(draft, victims)])
    for draft, victims in zip(counted, once(counted, theirs), strict=True):
        if not victims and draft.kind == "toll":
            victims = [_bare_toll(raw, draft)]
        draft.harm = [Harm(v.effect, raw[v.start : v.end] if v.start >= 0 else None, *v.bounds) for v in victims]
        sure = [v.sure for v in victims if v.sure]
        if sure:
            draft.by["harm"] = _marked(draft)[0][1].by
            draft.sure["harm"] = min(sure)
        elif victims:
            draft.by["harm"] = RULE


def _marked(draft: Draft) -> list[tuple[str, Words]]:
    """The words that the model marked as victims, with what it says they suffered."""
    return [(effect, span) for effect in EFFECTS for span in draft.roles.get(f"victims.{effect}", ())]


def _stretch(text: Text, draft: Draft) -> tuple[int, int]:
    """Where victims of a draft are looked for: its quote and the sentence of its anchor."""
    start, end = draft.quote.start, draft.quote.end
    n = text.sentence_at(draft.anchor.start)
    if n is not None:
        start, end = min(start, text.sentences[n].start), max(end, text.sentences[n].end)
    return max(start, draft.anchor.start - _FAR), min(end, draft.anchor.end + _FAR)


def _told(draft: Draft, drafts: list[Draft], found: list[Harmed], sentence: tuple[int, int]) -> list[Harmed]:
    """Of the harm found that of the draft's quote; that of its sentence where no other event or toll is told in it."""
    alone = not any(other is not draft and sentence[0] <= other.anchor.start < sentence[1] for other in drafts)
    if alone and draft.kind == "event":
        return found
    return [h for h in found if draft.quote.start <= h.cue[0] and h.cue[1] <= draft.quote.end]


def meet(marks: list[_Victims], rule: list[_Victims]) -> list[_Victims]:
    """Rule and model: the model's victims; the rule's of effects that the model did not mark, or of a list it began."""
    effects, cues = {victims.effect for victims in marks}, {victims.cue for victims in marks}
    both = marks + [
        victims
        for victims in rule
        if victims.effect not in effects or (victims.cue in cues and not any(_same(victims, mark) for mark in marks))
    ]
    return sorted(both, key=lambda victims: EFFECTS.index(victims.effect))


def once(drafts: list[Draft], theirs: list[list[_Victims]]) -> list[list[_Victims]]:
    """The victims of each draft, those that several name left to one of them.

    It is the one whose anchor says what they suffered, else the one that the model is surest of, else the nearest.
    """

    def claim(n: int, victims: _Victims) -> tuple[bool, float, int]:
        anchor = drafts[n].anchor
        says = victims.cue is not None and victims.cue[0] < anchor.end and anchor.start < victims.cue[1]
        return says, victims.sure, -abs(victims.start - anchor.start)

    placed = [(v.effect, v.start, n, v) for n, mine in enumerate(theirs) for v in mine if v.start >= 0]
    placed.sort(key=lambda one: one[:3])
    longest = max((v.end - v.start for *_, v in placed), default=0)

    def rivals(n: int, victims: _Victims) -> Iterator[tuple[int, _Victims]]:
        """Those of other drafts who are the same people: of one effect, in words that overlap."""
        at = bisect_left(placed, (victims.effect, victims.start - longest), key=lambda one: one[:2])
        for effect, start, m, other in islice(placed, at, None):
            if effect != victims.effect or start >= victims.end:
                return
            if m != n and _same(victims, other):
                yield m, other

    return [
        [
            victims for victims in mine
            if victims.start < 0
            or not any((claim(m, other), n) > (claim(n, victims), m) for m, other in rivals(n, victims))
        ]
        for n, mine in enumerate(theirs)
    ]  # fmt: skip


def _same(a: _Victims, b: _Victims) -> bool:
    return a.effect == b.effect and a.start >= 0 and b.start >= 0 and a.start < b.end and b.start < a.end


def _from_marks(raw: str, draft: Draft, marked: list[tuple[str, Words]], found: list[Harmed]) -> list[_Victims]:
    """The marked victims with their numbers. Where the rules know what these people suffered, they say which effect."""
    out: list[_Victims] = []
    for effect, span in marked:
        start, end = widen(raw, span.start, span.end)
        bounds, numbered = read_number(raw[start:end]), bool(find_numbers(raw, start, end))
        if bounds is None:
            continue
        hits = [h for h in found if 0 <= h.start < end and start < h.end]
        if not hits and not numbered and _is_actor(draft, span):
            continue
        if bounds == (1, None) and not numbered:
            bounds = _number_elsewhere(raw, effect, found) or bounds
        said = [h for h in hits if effect in h.effects]
        for one in [effect] if said or not hits else hits[0].effects:
            cue = (said or hits)[0].cue if hits else None
            victims = _Victims(one, start, end, bounds, cue, span.sure)
            others = [o for o in out if _same(o, victims)]
            if all(o.end - o.start < end - start for o in others):
                out = [o for o in out if o not in others] + [victims]
    return sorted(out, key=lambda victims: (EFFECTS.index(victims.effect), victims.start))


def _is_actor(draft: Draft, span: Words) -> bool:
    return draft.kind == "event" and any(_overlap(span, actor) for actor in draft.actors)


def _is_source(draft: Draft, victims: _Victims) -> bool:
    source = draft.source
    if source is None or source.start is None:
        return False
    return source.start < victims.end and victims.start < source.start + len(source.text)


def widen(raw: str, start: int, end: int) -> tuple[int, int]:
    """The span of marked victims with the number, and the words that bound it, that stand in or directly before it."""
    own = find_numbers(raw, start, end)
    for number in find_numbers(raw, max(0, start - _LEFT), end + _LEFT):
        if number.start < end and start < number.end:
            start, end = min(start, number.start), max(end, number.end)
        elif not own and number.end <= start and around("join").fullmatch(raw, number.end, start):
            return number.start, max(end, number.end)
    return start, end


def _number_elsewhere(raw: str, effect: str, found: list[Harmed]) -> Bounds | None:
    """The number of victims named apart from it: "the miners' toll rose to 30", "scores of them were killed"."""
    hits = [h for h in found if effect in h.effects and h.start >= 0]
    hits = [
        h for h in hits if around("apart").search(raw[slice(*h.cue)]) or around("apart").search(raw[h.start : h.end])
    ]
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
            victims = _Victims(effect, harmed.start, harmed.end, (harmed.low, harmed.high), harmed.cue)
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
