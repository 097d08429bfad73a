"""Which pairs of accounts are looked at: those that share an act and a day or so. The others cannot be linked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from contested.record.linking import WINDOW, comparable
from contested.record.sketch import Sketch


def candidates(known: Sequence[Sketch], new: Collection[str] | None = None) -> Iterator[tuple[Sketch, Sketch]]:
    """Each comparable pair once, in no particular order; with `new` (keys) only those with at least one of these."""
    by_day: dict[tuple[str, int], list[int]] = defaultdict(list)
    for n, one in enumerate(known):
        for key in _keys(one):
            by_day[key].append(n)
    fresh = None if new is None else {n for n, one in enumerate(known) if one.key in new}
    for n, one in enumerate(known):
        if fresh is not None and n not in fresh:
            continue
        seen: set[int] = set()
        for act, day in _keys(one):
            for near in range(day - WINDOW, day + WINDOW + 1):
                seen.update(m for m in by_day.get((act, near), ()) if m > n or (fresh is not None and m not in fresh))
        for m in sorted(seen):
            if comparable(one, known[m]):
                yield one, known[m]


def _keys(one: Sketch) -> list[tuple[str, int]]:
    if one.days is None or one.period:
        return []
    return [
        (act, day)
        for act in sorted(one.acts)
        for day in range(one.days.first.toordinal(), one.days.last.toordinal() + 1)
    ]
