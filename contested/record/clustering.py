"""From links to happenings: connected components, then clusters that hold together. Deterministic in any order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

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


def clusters(
    links: Sequence[Link], split: Collection[tuple[str, str]] = (), apart: Callable[[str, str], bool] | None = None
) -> list[set[str]]:
    """The keys of the accounts of each happening in one component, by average linkage of reports.

    `links` come the surest first. Pairs of keys (in order) that a person `split` are in no cluster together, nor are
    two clusters that half or more of the reports in both tell `apart`. Two clusters are weighed once, over the links
    between them.
    """
    floor = settings()["together"]
    near: dict[str, dict[str, float]] = defaultdict(dict)
    for one in links:
        near[one.one][one.other] = near[one.other][one.one] = one.score
    at = {key: _Cluster([key]) for key in near}
    made = list(at.values())  # held, so that no id is given twice
    refused: set[tuple[int, int]] = set()
    for one in links:
        mine, yours = sorted((at[one.one], at[one.other]), key=lambda c: (len(c.keys), min(c.keys)))
        pair = (id(mine), id(yours))
        if mine is yours or pair in refused:
            continue
        if mine.mean(yours, near) < floor or mine.is_split(yours, split) or (apart and mine.is_apart(yours, apart)):
            refused.add(pair)
            continue
        made.append(_Cluster([*mine.keys, *yours.keys]))
        at.update(dict.fromkeys(made[-1].keys, made[-1]))
    kept = {id(c): c for c in at.values() if len(c.reports) > 1}
    return sorted((set(c.keys) for c in kept.values()), key=min)


class _Cluster:
    """The keys of accounts that are of one happening, also by report."""

    def __init__(self, keys: Iterable[str]) -> None:
        self.keys = frozenset(keys)
        self.reports: dict[str, list[str]] = defaultdict(list)
        for key in self.keys:
            self.reports[report_of(key)].append(key)

    def mean(self, other: _Cluster, near: Mapping[str, Mapping[str, float]]) -> float:
        """The mean over pairs of reports of the best link between them, 0 where there is none.

        What one report has in both says nothing: it may tell of one happening twice, or of two.
        """
        best: dict[tuple[str, str], float] = {}
        for report, keys in self.reports.items():
            for key in keys:
                for linked in near[key].keys() & other.keys:
                    pair = (report, report_of(linked))
                    best[pair] = max(best.get(pair, 0.0), near[key][linked])
        pairs = len(self.reports) * len(other.reports) - len(self.reports.keys() & other.reports.keys())
        return sum(best[pair] for pair in sorted(best)) / pairs if pairs else 0.0

    def is_split(self, other: _Cluster, split: Iterable[tuple[str, str]]) -> bool:
        return any(a in one.keys and b in two.keys for a, b in split for one, two in ((self, other), (other, self)))

    def is_apart(self, other: _Cluster, apart: Callable[[str, str], bool]) -> bool:
        """Whether half or more of the reports in both tell them apart: of many, a few are read wrongly."""
        shared = self.reports.keys() & other.reports.keys()
        told = sum(any(apart(a, b) for a in self.reports[one] for b in other.reports[one]) for one in shared)
        return told > 0 and 2 * told >= len(shared)


def report_of(key: str) -> str:
    return key.rsplit("#", 1)[0]
