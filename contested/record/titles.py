"""A plain short title for an incident, from its own statements: what was done, to what, and where. Nothing is added."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from contested.lexicon import load
from contested.record.account import Where
from contested.record.place_names import spelled_alike
from contested.record.sketch import WIDE, Sketch, is_name


class Title(NamedTuple):
    """What the incident is called, with the type and mode that most of its accounts have."""

    what: str
    type: str
    mode: str | None


def title(members: Sequence[Sketch]) -> Title:
    """ "air strikes on a market in Orla": a name for the deed, the thing that at least half name, the place."""
    type = most(s.account.type for s in members) or ""
    alike = [s for s in members if s.account.type == type]
    mode = most(s.account.mode for s in alike)
    anchors = [s.account.statement.anchor.lower() for s in alike if s.account.mode == mode]
    words, name = _names().get((type, mode)) or _names().get((type, None)) or (frozenset(), _unnamed(type))
    told = most(anchor for anchor in anchors if anchor in words) or name["name"]
    things = Counter(thing for s in members for thing in s.things)
    thing = next((t for t in sorted(things, key=lambda t: (-things[t], t)) if 2 * things[t] >= len(members)), None)
    place = place_of(members)
    where = _called(place, members) if place else None
    if thing and type == "ASSAULT" and thing not in told:
        before = name["before"] if name["before"] != "in" else "at"
        return Title(f"{told} {before} {thing}" + (f" in {where}" if where else ""), type, mode)
    return Title(f"{told} {name['before']} {where}" if where else str(told), type, mode)


def _unnamed(type: str) -> Mapping[str, Any]:
    return {"name": type.lower(), "before": "in"}


def place_of(members: Sequence[Sketch]) -> Where | None:
    """The place that most accounts name themselves; of equals the smallest. Countries only where nobody is closer."""
    named = [p for s in members for p in s.account.places if p.lat is not None or is_name(p.text)]
    own = [p for s in members if not s.place_lent for p in s.places]
    told = own or [p for p in named if p.kind not in WIDE] or named
    if not told:
        return None
    counts = Counter(p.id or p.called.casefold() for p in told)
    return min(told, key=lambda p: (-counts[p.id or p.called.casefold()], p.id is None, p.radius_km or 0.0, p.called))


def _called(place: Where, members: Sequence[Sketch]) -> str:
    """The reports' own spelling of the place's name, where they have one."""
    texts = [p.text for s in members for p in s.account.places if place.id and p.id == place.id]
    return most(text for text in texts if spelled_alike(text, place.called)) or place.called


def most(words: Iterable[str | None]) -> str | None:
    """The commonest word; of equals the shortest, then the first in order."""
    counts = Counter(w for w in words if w)
    return min(counts, key=lambda w: (-counts[w], len(w), w)) if counts else None


@cache
def _names() -> Mapping[tuple[str, str | None], tuple[frozenset[str], Mapping[str, Any]]]:
    return {(e.value["type"], e.value["mode"]): (frozenset(e.words), e.value) for e in load("happenings")}
