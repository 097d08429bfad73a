"""What a statement takes from what stands beside it: victims as targets, the parties and places of its neighbours.

How far each kind of statement leans on its neighbours was counted on the gold, over statements whose own quote names
no such mention: the share of mentions of the nearest earlier statement of the sentence that are theirs too.
"""

from __future__ import annotations

from dataclasses import replace

from contested.reading.draft import Draft, Words
from contested.reading.phrases import tokens
from contested.reading.spans import tidy
from contested.text import Text

BY = "rule:beside"
#: What is carried is as sure as it was there times this.
CARRIED = 0.7
#: A part of the victims is told no more than this many tokens after the whole.
_PART = 12


def read_carried(text: Text, drafts: list[Draft]) -> None:
    """Fill targets of attacks and actors of tolls from `harm`, empty `actors` and `places` from neighbours."""
    for draft in drafts:
        if draft.kind == "toll":
            _suffered(draft, tidy(text, _victims(text, draft)))
        elif draft.kind == "event" and draft.type in ("ASSAULT", "COERCE"):
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


def _suffered(draft: Draft, victims: list[Words]) -> None:
    """The actors of a toll are those who suffered, its targets those who are blamed."""
    moved = [w for w in draft.targets if any(_over(w, v) for v in victims)]
    draft.targets = [w for w in draft.targets if w not in moved]
    if not draft.targets:
        draft.by.pop("targets", None)
        draft.sure.pop("targets", None)
    if not draft.actors:
        _fill(draft, "actors", moved or victims)


def _over(a: Words, b: Words) -> bool:
    return a.start < b.end and b.start < a.end


def _fill(draft: Draft, slot: str, words: list[Words]) -> None:
    setattr(draft, slot, words)
    if words:
        draft.by[slot] = words[0].by
        draft.sure[slot] = min(w.sure for w in words)


def _victims(text: Text, draft: Draft) -> list[Words]:
    """Those harmed, as the quote tells; a part of them ("ten people, including | two girls") is left out."""
    out: list[Words] = []
    for harm in draft.harm:
        at = text.raw.find(harm.who, draft.quote.start, draft.quote.end) if harm.who else -1
        if at >= 0 and harm.who:
            out.append(Words(at, at + len(harm.who), "rule:victims", draft.sure.get("harm", 0.5)))
    return _wholes(text, sorted(out, key=lambda w: w.start))


def _wholes(text: Text, victims: list[Words]) -> list[Words]:
    """`victims`, in text order, without those told as some of the ones before them."""
    out: list[Words] = []
    parts = False
    for before, w in zip([None, *victims], victims, strict=False):
        if before is not None:
            between = tokens(text.raw, before.end, max(before.end, w.start))[:_PART]
            parts = any(t.low == "including" for t in between) or (
                parts and all("conj" in t.tags or not t.word for t in between)
            )
        if not parts:
            out.append(w)
    return out


def _lends(giver: Draft, taker: Draft, slot: str) -> bool:
    """Whether `taker` has what `giver`, earlier in its sentence, has in `slot`."""
    alike = (giver.kind, giver.type) == (taker.kind, taker.type)
    if slot == "actors":
        return alike and taker.type != "ASSAULT" and taker.kind in ("event", "position", "control")
    return taker.kind in ("condition", "control", "toll") or taker.type in ("ASSAULT", "COERCE", "RETREAT")
