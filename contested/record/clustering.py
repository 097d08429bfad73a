"""From links to happenings: connected components, then clusters that hold together. Deterministic in any order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from contested.record.linking import Link, settings


def surest(one: Link) -> tuple[float, str, str]:
    """Sorts links by score, the surest first."""
    return (-one.score, one.one, one.other)


def components(links: Iterable[Link]) -> list[list[Link]]:
    """The links of each connected component, by score."""
    root: dict[str, str] = {}

    def find(key: str) -> str:
        while root.setdefault(key, key) != key:
            root[key] = root[root[key]]
            key = root[key]
        return key

    links = sorted(links, key=surest)
    for one in links:
        a, b = find(one.one), find(one.other)
        root[max(a, b)] = min(a, b)
    found: dict[str, list[Link]] = defaultdict(list)
    for one in links:
        found[find(one.one)].append(one)
    return [found[key] for key in sorted(found)]


def clusters(links: Sequence[Link], apart: Collection[tuple[str, str]] = ()) -> list[set[str]]:
    """The keys of the accounts of each happening in one component, by average linkage of reports.

    Pairs of keys (in order) that are to be kept `apart` are in no cluster together.
    """
    floor = settings()["together"]
    scores = {(one.one, one.other): one.score for one in links}
    at: dict[str, set[str]] = {}
    for one in links:
        for key in (one.one, one.other):
            at.setdefault(key, {key})
    for one in links:
        mine, yours = at[one.one], at[one.other]
        if mine is yours or _mean(mine, yours, scores) < floor:
            continue
        if any((a in mine and b in yours) or (b in mine and a in yours) for a, b in apart):
            continue
        joined = mine | yours
        for key in joined:
            at[key] = joined
    made = {id(c): c for c in at.values() if len({report_of(key) for key in c}) > 1}
    return sorted(made.values(), key=min)


def _mean(mine: set[str], yours: set[str], scores: Mapping[tuple[str, str], float]) -> float:
    """The mean over pairs of reports of the best link between them, 0 where there is none.

    What one report has in both says nothing: it may tell of one happening twice, or of two.
    """
    best: dict[tuple[str, str], float] = {}
    for a in mine:
        for b in yours:
            pair = (report_of(a), report_of(b))
            if pair[0] != pair[1]:
                best[pair] = max(best.get(pair, 0.0), scores.get((a, b) if a < b else (b, a), 0.0))
    return sum(best.values()) / len(best) if best else 0.0


def report_of(key: str) -> str:
    return key.rsplit("#", 1)[0]
