"""A plain short title for an incident, from its own statements: what was done, and where. Nothing is added."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from contested.record.account import Where
from contested.record.sketch import WIDE, Sketch


class Title(NamedTuple):
    """The type and mode that most accounts have, and the words of one of them, with the place."""

    what: str
    type: str
    mode: str | None


def title(members: Sequence[Sketch]) -> Title:
    type = _most([s.account.type for s in members]) or ""
    mode = _most([s.account.mode for s in members if s.account.type == type and s.account.mode])
    anchors = [s.account.statement.anchor for s in members if s.account.type == type and s.account.mode == mode]
    words = _most(anchors) or _most([s.account.statement.anchor for s in members]) or type
    place = place_of(members)
    return Title(f"{words}, {place.called}" if place else words, type, mode)


def place_of(members: Sequence[Sketch]) -> Where | None:
    """The place that most accounts name themselves; of equals the smallest."""
    told = [p for s in members if not s.place_lent for p in s.places] or [p for s in members for p in s.account.places]
    fine = [p for p in told if p.kind not in WIDE] or told
    if not fine:
        return None
    counts = Counter(p.id or p.called.casefold() for p in fine)
    return min(fine, key=lambda p: (-counts[p.id or p.called.casefold()], p.id is None, p.radius_km or 0.0, p.called))


def _most(words: Sequence[str | None]) -> str | None:
    counts = Counter(w for w in words if w)
    return min(counts, key=lambda w: (-counts[w], len(w), w)) if counts else None
