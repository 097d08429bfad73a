"""Disputes over when and where one happening was."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

from contested.gazetteer.place import distance_km
from contested.record.account import Account, Where
from contested.record.dispute import Claim, Dispute, Type, dispute_of, order
from contested.record.dispute_scope import Scope
from contested.record.dispute_words import has
from contested.record.disputed_counts import far_apart
from contested.record.place_names import spelled_alike
from contested.spelling import fold

#: More than this apart (days) is rather another happening, or a day read wrongly, than the same one told otherwise.
FEW_DAYS = 1
#: How far two points of one place may be apart (km, beyond the radii): gazetteers differ by about that.
SLACK_KM = 5.0
#: Places narrow enough to be a place of one happening.
NARROW = frozenset({"town", "village", "area", "site"})


def day_disputes(accounts: Sequence[Account], scope: Scope) -> Iterator[Dispute]:
    """Where days of one happening cannot both be so."""
    yield from _of("time", [*_days(sorted(accounts, key=order))], scope, "days")


def place_disputes(accounts: Sequence[Account], scope: Scope) -> Iterator[Dispute]:
    """Where places of one happening are apart and neither holds the other."""
    yield from _of("place", [*_places(sorted(accounts, key=order))], scope, "places")


def _of(type: Type, claims: Sequence[Claim], scope: Scope, aside: str) -> Iterator[Dispute]:
    """The dispute of `claims`; a report that tells of several days or places tells of several deeds: left out."""
    told: dict[str, set[Any]] = {}
    for claim in claims:
        told.setdefault(claim.account.report, set()).add(_key(claim))
    claims = [claim for claim in claims if len(told[claim.account.report]) == 1]
    at_odds = {"time": days_at_odds, "place": places_at_odds}[type]
    pairs = [
        (one, other)
        for one, other in combinations(claims, 2)
        if one.account.report != other.account.report
        and at_odds(one, other)
        and not far_apart(one.account, other.account)
        and scope.together(one.account, other.account, aside)
        and (aside == "places" or scope.one_deed(one.account, other.account, aside))
    ]
    if pairs:
        yield dispute_of(type, [claim for pair in pairs for claim in pair])


def _key(claim: Claim) -> Any:
    """What tells two days or places apart."""
    return claim.content.id if isinstance(claim.content, Where) else claim.content


def _days(accounts: Sequence[Account]) -> Iterator[Claim]:
    """The one day that an account tells of in words of its own."""
    for account in accounts:
        when = account.statement.when
        if account.kind != "event" or account.type != "ASSAULT" or account.modality in ("denied", "future"):
            continue
        if account.mode is None:
            continue  # fighting goes on for days
        if when is None or not when.text or account.start is None or account.start != account.end:
            continue
        if when.basis in (None, "unresolved", "context"):
            continue
        said = f"{account.start.day} {account.start:%B %Y}"
        yield Claim(account, f"on {said} (“{when.text}”)", f"it was on {said} (“{when.text}”)", content=account.start)


def days_at_odds(one: Claim, other: Claim) -> bool:
    """Whether two days cannot both be so. A night belongs to two."""
    gap = abs((one.content - other.content).days)
    night = any(
        claim.account.statement.when is not None and has("night", claim.account.statement.when.text)
        for claim in (one, other)
    )
    return 0 < gap <= FEW_DAYS and not (night and gap == 1)


def _places(accounts: Sequence[Account]) -> Iterator[Claim]:
    for account in accounts:
        if account.kind != "event" or account.type != "ASSAULT" or account.modality in ("denied", "future"):
            continue
        known = [
            p for p in account.places if p.id and p.kind in NARROW and p.precision == "exact" and p.lat is not None
        ]
        if len(known) == len(account.places) == 1 and fold(known[0].called) in fold(known[0].text):
            yield Claim(account, f"in {known[0].text}", f"it was in {known[0].called}", content=known[0])


def places_at_odds(one: Claim, other: Claim) -> bool:
    """Whether two places are further apart than they are wide, and neither holds the other."""
    mine, yours = one.content, other.content
    if mine.id == yours.id or mine.id in yours.within or yours.id in mine.within:
        return False
    if spelled_alike(mine.called, yours.called) or fold(mine.text) == fold(yours.text):
        return False
    return _gap_km(mine, yours) > SLACK_KM


def _gap_km(one: Where, other: Where) -> float:
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return 0.0
    return distance_km(one.lat, one.lon, other.lat, other.lon) - (one.radius_km or 0) - (other.radius_km or 0)
