"""What a statement takes from what stands beside it: victims as targets, the parties and places of its neighbours.

How far each kind of statement leans on its neighbours was counted on the gold, over statements whose own quote names
no such mention: the share of mentions of the nearest earlier statement of the sentence that are theirs too.
"""

from __future__ import annotations

from dataclasses import replace

from contested.reading.draft import Draft, Words
from contested.reading.spans import tidy
from contested.text import Text

assigns = ("actors", "targets", "places")
BY = "rule:beside"
#: What is carried is as sure as it was there times this.
CARRIED = 0.7


def read_carried(text: Text, drafts: list[Draft]) -> None:
    """Fill, in place, the `targets` of attacks from `harm`, and empty `actors` and `places` from the same sentence."""
    for draft in drafts:
        if draft.kind == "event" and draft.type in ("ASSAULT", "COERCE"):
            victims = tidy(text, _victims(text, draft))
            if all(any(_over(w, v) for v in victims) for w in draft.targets):
                more = [v for v in victims if not any(_over(w, v) for w in draft.targets)]
                _fill(draft, "targets", draft.targets + more)
    earlier: list[Draft] = []
    sentence: int | None = None
    for draft in drafts:
        if (here := text.sentence_at(draft.anchor.start)) != sentence:
            earlier, sentence = [], here
        for slot in ("actors", "places"):
            if not getattr(draft, slot):
                giver = next((d for d in reversed(earlier) if getattr(d, slot) and _lends(d, draft, slot)), None)
                if giver is not None:
                    _fill(draft, slot, [replace(w, by=BY, sure=w.sure * CARRIED) for w in getattr(giver, slot)])
        earlier.append(draft)


def _over(a: Words, b: Words) -> bool:
    return a.start < b.end and b.start < a.end


def _fill(draft: Draft, slot: str, words: list[Words]) -> None:
    setattr(draft, slot, words)
    if words:
        draft.by[slot] = words[0].by
        draft.sure[slot] = min(w.sure for w in words)


def _victims(text: Text, draft: Draft) -> list[Words]:
    """Those harmed by an attack: they are its targets where nothing else is."""
    out = []
    for harm in draft.harm:
        at = text.raw.find(harm.who, draft.quote.start, draft.quote.end) if harm.who else -1
        if at >= 0 and harm.who:
            out.append(Words(at, at + len(harm.who), "rule:victims", draft.sure.get("harm", 0.5)))
    return out


def _lends(giver: Draft, taker: Draft, slot: str) -> bool:
    """Whether `taker` has what `giver`, earlier in its sentence, has in `slot`."""
    alike = (giver.kind, giver.type) == (taker.kind, taker.type)
    if slot == "actors":
        return alike and taker.type != "ASSAULT" and taker.kind in ("event", "position", "control")
    return taker.kind in ("condition", "control", "toll") or taker.type in ("ASSAULT", "COERCE", "RETREAT")
