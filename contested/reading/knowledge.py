"""`Knowledge`: what the reading knows of the world, and what it makes of the mentions of one report.

A mention stays the words that stand in the report; what they were resolved to stands beside them (`Mention.resolved`).
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from contested.gazetteer import Gazetteer, open_gazetteer
from contested.reading.draft import Draft
from contested.reading.located import Located
from contested.reading.outlet_country import by_address
from contested.reading.parties import resolve_parties
from contested.reading.places import resolve_places
from contested.register import Register, load_register
from contested.statement import Report
from contested.text import Text

Span = tuple[int, int]
#: How much of the places of a report must lie in one country for the report to be about it.
ABOUT = 0.5


@dataclass(frozen=True, slots=True)
class Resolved:
    """What the mentions of a report mean, by their span: JSON objects as `docs/statement.md` tells them."""

    parties: Mapping[Span, Mapping[str, Any]]
    places: Mapping[Span, Mapping[str, Any]]


NOTHING = Resolved({}, {})


@dataclass(frozen=True)
class Knowledge:
    """A gazetteer and a register of parties. Safe to use from several threads."""

    gazetteer: Gazetteer
    register: Register

    @classmethod
    def load(cls, lexicon: Path | None = None, log: Callable[[str], None] | None = None) -> Self:
        """The package's own, with the parties in the folder `lexicon` and the places that the user imported.

        The first time, the index of places is made, which `log` tells of. Raises `LexiconError` and `DataError`.
        """
        return cls(open_gazetteer(log=log), load_register(lexicon))

    @property
    def version(self) -> str:
        """Twelve hex digits that change when a list of places or a party does."""
        whole = hashlib.sha256()
        for one in self.gazetteer.lists():
            whole.update(repr(sorted(one.items())).encode())
        for party in self.register:
            whole.update(repr(party).encode())
        return whole.hexdigest()[:12]

    def resolve(self, text: Text, drafts: Sequence[Draft]) -> Resolved:
        """What the actors, targets, sources and places of the drafts mean, each span once."""
        spots = _spans((w.start, w.end) for d in drafts for w in d.places)
        located = dict(zip(spots, self.places(text, spots), strict=True))
        named = _spans(
            [(w.start, w.end) for d in drafts for w in (*d.actors, *d.targets)]
            + [
                (d.source.start, d.source.start + len(d.source.text))
                for d in drafts if d.source and d.source.start is not None
            ]
        )  # fmt: skip
        known = resolve_parties(text, named, self.register, country=about(located.values()))
        return Resolved(
            {span: one.to_json() for span, one in zip(named, known, strict=True)},
            {span: place_json(one) for span, one in located.items()},
        )

    def places(self, text: Text, spans: Sequence[Span]) -> list[Located]:
        """Where the words at `spans` mean."""
        return resolve_places(text, spans, self.gazetteer, outlet_country=self.outlet_country(text.report))

    def outlet_country(self, report: Report) -> str | None:
        """ISO 3166-1 alpha-2 code of the country of an outlet in the register, else by the ending of its address."""
        found = self.register.find(report.outlet, report.published) if report.outlet else []
        known = next((match.party.country for match in found if match.party.kind == "outlet"), None)
        return known or by_address(report)


def about(located: Iterable[Located]) -> str | None:
    """The country that at least half of the located places lie in."""
    told = Counter(one.place.country for one in located if one.place is not None and one.place.country)
    if not told:
        return None
    country, count = told.most_common(1)[0]
    return country if count >= ABOUT * sum(told.values()) else None


def place_json(one: Located) -> dict[str, Any]:
    """What is known of a place, without nulls, with the ids of what holds it, nearest first."""
    if one.place is None and one.lat is None:
        return {"why": one.why}
    out = {key: value for key, value in one.to_json().items() if value is not None}
    if one.place is not None:
        out["within"] = list(one.place.within)
    return out


def _spans(spans: Iterable[Span]) -> list[Span]:
    return sorted(set(spans))
