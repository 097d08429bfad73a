"""Which pairs of accounts could be linked at all: bounds of their scores, of many pairs at a time.

Nearly all pairs that blocking finds are too far apart in time, act or words to reach the threshold. Their scores are
bounded from above by all that costs little to look at, in arrays; what is left is scored one by one (`linking.link`).
A pair that would be linked is never left out: what is not looked at is taken to speak for the pair as much as it can.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Sequence
from math import log
from typing import Any

from contested.record.linking import PRINT_WINDOW, WINDOW, at_best, lone, settings
from contested.record.rarity import bits, likeness, weight
from contested.record.signals import FIRST, TELLING, is_figure
from contested.record.sketch import Sketch, modes_agree

#: Bounds are sums in another order than scores, and some are sums of single precision.
_SLACK = 1e-4
_NO_DAY = -1
_BASES = ("told", "lent", "guessed")


class Sieve:
    """`known` as arrays, an entry a sketch; the pairs of them that could be linked."""

    def __init__(self, known: Sequence[Sketch]) -> None:
        import numpy as np

        self._known = known
        self._weights: dict[str, float] = settings()["weights"]
        days = [one.days for one in known]
        self._first = _ints(d.first.toordinal() if d else _NO_DAY for d in days)
        self._last = _ints(d.last.toordinal() if d else _NO_DAY for d in days)
        self._basis = _ints((2 if d.guessed else 1 if d.lent else 0) if d else 2 for d in days)
        self._published = _ints(
            one.account.published.toordinal() if one.account.published else _NO_DAY for one in known
        )
        self._report, reports = _coded(one.report for one in known)
        self._acts = _masks(one.acts for one in known)
        self._is_word = np.array([one.is_word for one in known], dtype=bool)
        self._act, _ = _coded((one.account.kind, one.account.type) for one in known)
        self._mode, modes = _coded(one.account.mode for one in known)
        self._of_modes = self._modes(list(modes))
        self._alone = np.array([lone(one) for one in known])
        self._leads = np.array([one.rank < FIRST for one in known], dtype=bool)
        self._deaths = _masks(one.deaths for one in known)
        self._most = _most(one.deaths for one in known)
        self._hurt = _masks(one.hurt for one in known)
        figures = [frozenset(n for n in one.numbers - one.deaths - one.hurt if is_figure(n)) for one in known]
        self._numbers = _masks(figures)
        self._largest = {"same injured": _most(one.hurt for one in known), "same numbers": _most(figures)}
        self._things = _masks(one.things for one in known)
        told = {one.report: one.report_words for one in known}
        self._words = [told[report] for report in reports]
        self._has = self._postings()
        self._sizes = np.array([weight(words) for words in self._words])
        self._alike: tuple[int, Any] = (-1, None)

    def hopeful(self, n: int, others: Collection[int]) -> list[int]:
        """Those of `others` (places in `known`) that can be of one happening with `n` and could reach the threshold."""
        import numpy as np

        near = np.fromiter(others, dtype=np.int64, count=len(others))
        near = near[self._comparable(n, near)]
        if not len(near):
            return []
        floor, places, words = at_best()
        bound = self._bound(n, near) + places
        kept = bound + words >= floor - _SLACK
        mine = self._known[n].words
        return [
            m for m, z in zip(near[kept].tolist(), bound[kept].tolist(), strict=True)
            if z + words * likeness(mine, self._known[m].words) >= floor - _SLACK
        ]  # fmt: skip

    def _comparable(self, n: int, near: Any) -> Any:
        """`linking.comparable` of `n` with each."""
        fits = (self._report[near] != self._report[n]) & ((self._acts[near] & self._acts[n]) != 0)
        if self._is_word[n]:
            fits &= ~self._is_word[near]
        dated, gap = self._gaps(n, near)
        fits &= ~dated | (gap <= WINDOW)
        published = self._published[near]
        if self._published[n] != _NO_DAY:
            guessed = ~dated | (self._basis[near] == 2) | (self._basis[n] == 2)
            apart = (published != _NO_DAY) & (abs(published - self._published[n]) > PRINT_WINDOW)
            fits &= ~(guessed & apart)
        return fits

    def _gaps(self, n: int, near: Any) -> tuple[Any, Any]:
        """Which pairs have days both, and the days between them."""
        import numpy as np

        dated = (self._first[near] != _NO_DAY) & (self._first[n] != _NO_DAY)
        gap = np.maximum(self._first[near] - self._last[n], self._first[n] - self._last[near])
        return dated, np.maximum(gap, 0)

    def _bound(self, n: int, near: Any) -> Any:
        """The most that all but places, parties and the words of the two quotes can add up to, with each."""
        import numpy as np

        w = self._weights.get
        z = self._alone[near] + (self._alone[n] + w("bias", 0.0))
        z += self._times(n, near)
        z += np.where(self._act[near] == self._act[n], w("same act", 0.0), 0.0)
        z += self._of_modes[self._mode[n]][self._mode[near]]
        if self._leads[n]:
            z += np.where(self._leads[near], w("both lead", 0.0), 0.0)
        published = self._published[near]
        if self._published[n] != _NO_DAY:
            apart = np.minimum(abs(published - self._published[n]), 10) / 10
            z += np.where(published != _NO_DAY, w("apart in print", 0.0) * apart, 0.0)
        if self._deaths[n]:
            other = w("other deaths", 0.0) * np.minimum(abs(self._most[near] - self._most[n]), 3.0)
            same = np.maximum(other, max(w("same deaths", 0.0), 0.0) * self._told(n, near, self._most))
            both = np.where(self._deaths[near] & self._deaths[n], same, other)
            z += np.where(self._deaths[near], both, 0.0)
        for name, masks in (("same injured", self._hurt), ("same numbers", self._numbers)):
            if masks[n]:
                most = max(w(name, 0.0), 0.0) * self._told(n, near, self._largest[name])
                z += np.where(masks[near] & masks[n], most, 0.0)
        if self._things[n]:
            other = w("other thing", 0.0)
            both = np.where(self._things[near] & self._things[n], max(w("same thing", 0.0), other), other)
            z += np.where(self._things[near], both, 0.0)
        return z + w("report words", 0.0) * self._likeness(int(self._report[n]))[self._report[near]]

    def _told(self, n: int, near: Any, most: Any) -> Any:
        """The most that a number in common can tell: it is no larger than the largest of each."""
        import numpy as np

        return np.minimum(np.minimum(most[near], most[n]) / log(TELLING), 1.0)

    def _times(self, n: int, near: Any) -> Any:
        import numpy as np

        dated, gap = self._gaps(n, near)
        basis = np.maximum(self._basis[near], self._basis[n])
        exact = (self._first[near] == self._last[near]) & (self._first[n] == self._last[n])
        z = self._of_basis("days apart")[basis] * np.minimum(np.log(1.0 + gap), 3.0)
        z += np.where(gap == 1, self._of_basis("next day")[basis], 0.0)
        met = np.where(exact, self._of_basis("same day")[basis], self._of_basis("days overlap")[basis])
        return np.where(dated, np.where(gap > 0, z, met), self._weights.get("time unknown", 0.0))

    def _of_basis(self, name: str) -> Any:
        import numpy as np

        return np.array([self._weights.get(f"{name} {basis}", 0.0) for basis in _BASES])

    def _modes(self, modes: Sequence[str | None]) -> Any:
        """What two modes speak for or against one deed, a row and a column a mode."""
        import numpy as np

        def of(one: str | None, other: str | None) -> float:
            agree, w = modes_agree(one, other), self._weights.get
            if agree is None:
                return 0.0
            gas = w("both with gas", 0.0) if one == other == "unconventional" else 0.0
            return gas + w("same mode" if one == other else "kindred mode" if agree else "other mode", 0.0)

        return np.array([[of(one, other) for other in modes] for one in modes])

    def _postings(self) -> dict[str, Any]:
        """Word → the reports that have it."""
        import numpy as np

        found: dict[str, list[int]] = defaultdict(list)
        for n, words in enumerate(self._words):
            for word in words:
                found[word].append(n)
        return {word: np.array(reports) for word, reports in found.items()}

    def _likeness(self, report: int) -> Any:
        """`rarity.likeness` of the words of a report and of each; that of one report is kept, as they come in turn."""
        import numpy as np

        if self._alike[0] != report:
            common = np.zeros(len(self._words))
            for word in self._words[report]:
                common[self._has[word]] += bits(word) ** 2
            whole = np.sqrt(self._sizes * self._sizes[report])
            self._alike = (report, np.divide(common, whole, out=np.zeros(len(common)), where=whole > 0))
        return self._alike[1]


def _ints(values: Iterable[int]) -> Any:
    import numpy as np

    return np.fromiter(values, dtype=np.int64)


def _most(sets: Iterable[Collection[int]]) -> Any:
    """The logarithm of the largest of each set of numbers, at least 0."""
    import numpy as np

    return np.array([log(max(1, *one)) if one else 0.0 for one in sets])


def _coded(values: Iterable[Hashable]) -> tuple[Any, dict[Any, int]]:
    """Equal values as equal numbers, from 0 on; and the number of each."""
    numbers: dict[Any, int] = {}
    return _ints(numbers.setdefault(value, len(numbers)) for value in values), numbers


def _masks(sets: Iterable[Collection[Any]]) -> Any:
    """Sets as bits: two that share a member share a bit, and rarely else do so; an empty one has none."""
    numbers: dict[Any, int] = {}
    return _ints(_mask(one, numbers) for one in sets)


def _mask(members: Collection[Any], numbers: dict[Any, int]) -> int:
    mask = 0
    for member in members:
        mask |= 1 << (numbers.setdefault(member, len(numbers)) % 63)
    return mask
