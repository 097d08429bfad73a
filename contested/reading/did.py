"""What is a statement of its own: the same thing read twice is one."""

from __future__ import annotations

from contested.reading.draft import Draft, Words
from contested.reading.phrases import finite, tokens
from contested.text import Text

_SLOTS = ("actors", "targets", "places", "harm")
#: Anchors so near to each other, in tokens, are words of one expression: "aerial | bombing", "opened | the fire".
_NEAR = 2
#: Anchors farther from each other than this many characters are not compared: it bounds the work on long sentences.
_FAR = 300


def read_did(text: Text, drafts: list[Draft]) -> None:
    """Drop, in place, a draft that says again what a surer one of the same kind and type says.

    It does where the anchors overlap or stand side by side, or where each stands in the other's quote and neither a
    coordination nor their parties tell them apart. The surer draft takes over what it lacks itself. The headline
    counts only where the body lacks its fact.
    """
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: -d.anchor.sure):
        twin = next((d for d in kept if same(text, d, draft)), None)
        if twin is None:
            kept.append(draft)
        else:
            _take_over(twin, draft)
    kept.sort(key=lambda d: (d.anchor.start, d.anchor.end))
    body = [d for d in kept if not in_headline(text, d)]
    drafts[:] = [d for d in kept if not in_headline(text, d) or not any(tells(text, other, d) for other in body)]


def in_headline(text: Text, draft: Draft) -> bool:
    """Whether a draft stands in the report's own headline."""
    n = text.sentence_at(draft.anchor.start)
    return n is not None and text.blocks[text.sentences[n].block].role == "headline"


def tells(text: Text, body: Draft, headline: Draft) -> bool:
    """Whether the body has the headline's fact: the same kind and type, about some of the same words."""
    if (body.kind, body.type) != (headline.kind, headline.type):
        return False
    theirs, mine = ([_said(text, getattr(d, slot)) for slot in _SLOTS[:3]] for d in (body, headline))
    return any(a & b for a, b in zip(theirs, mine, strict=True))


def same(text: Text, a: Draft, b: Draft) -> bool:
    """Whether two drafts are one statement."""
    if (a.kind, a.type) != (b.kind, b.type):
        return False
    if a.anchor.start < b.anchor.end and b.anchor.start < a.anchor.end:
        return True
    if b.anchor.start < a.anchor.start:
        a, b = b, a
    if b.anchor.start - a.anchor.end > _FAR:
        return False
    within = _inside(a.anchor, b.quote) + _inside(b.anchor, a.quote)
    if not within:
        return False
    between = tokens(text.raw, a.anchor.end, b.anchor.start)
    joined = any("conj" in t.tags or not t.word for t in between)
    if joined and not any(finite(between, i) for i in range(len(between))):
        return False
    if len(between) <= _NEAR and not joined:
        return True
    if a.kind in ("control", "relation") and _apart(text, a.actors, b.actors):
        return False
    return within == 2 and not _apart(text, a.targets, b.targets)


def _inside(anchor: Words, quote: Words) -> bool:
    return quote.start <= anchor.start and anchor.end <= quote.end


def _apart(text: Text, a: list[Words], b: list[Words]) -> bool:
    """Whether both name somebody and share no word of it."""
    return bool(a and b) and not _said(text, a) & _said(text, b)


def _said(text: Text, words: list[Words]) -> set[str]:
    return {t.low for w in words for t in tokens(text.raw, w.start, w.end) if t.word and not t.tags & {"det", "prep"}}


def _take_over(kept: Draft, dropped: Draft) -> None:
    for slot in _SLOTS:
        if not getattr(kept, slot) and getattr(dropped, slot):
            setattr(kept, slot, getattr(dropped, slot))
            if slot in dropped.by:
                kept.by[slot] = dropped.by[slot]
            if slot in dropped.sure:
                kept.sure[slot] = dropped.sure[slot]
