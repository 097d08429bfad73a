"""Disputes over ground: two holders of one place, or shares that come to more than the whole of it.

A control statement claims that a party holds at least some share of a place: all of it where it "took" or "holds" it,
the share that is told, more than nothing where "parts of" it or "positions in" it were taken. Ground changes hands, so
claims are only set against each other where they are of about one time and not simply one after the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from contested.record.account import Account, Where, Who, day
from contested.record.dispute import Claim, Dispute, amid, dispute_of, order, same_voice
from contested.record.dispute_words import has
from contested.record.parted import Related, different, one_power
from contested.spelling import fold

#: Sources that see one ground otherwise within so many days are at odds; later the ground may have changed hands.
WITHIN_DAYS = 3
#: Shares are rounded when told: two that come to no more than this beyond the whole can both be so.
ROUNDING = 0.05
#: What "parts of" a place are at least: something.
PART = 0.01
#: Places so wide that "held" without a share seldom means all: a divided city is "rebel-held" and "government-held".
_DIVIDED = frozenset({"city", "district", "province", "country", "region", "continent", "subdistrict"})


@dataclass(frozen=True, slots=True)
class Hold:
    """That `party` holds at least `share` (0 to 1) of `place`; from `day` on, or on it. `taken`: it was taken then.

    `gone`: that it left the place, and holds nothing of it. `dated`: the account tells the day itself.
    """

    party: Who
    place: Where
    share: float
    day: date | None
    taken: bool
    dated: bool
    gone: bool = False


def ground_disputes(accounts: Sequence[Account], register: Related) -> Iterator[Dispute]:
    """One dispute for each place and time of which accounts say that different parties hold it."""
    by_place: dict[str, list[Claim]] = {}
    for account in sorted(accounts, key=order):
        for claim in holds(account):
            by_place.setdefault(_ground(claim.content.place), []).append(claim)
    for _, claims in sorted(by_place.items()):
        pairs = [pair for pair in _near(claims) if at_odds(*pair, register)]
        for group in _connected(pairs):
            yield dispute_of("control", group, about=group[0].content.place.id)


def holds(account: Account) -> Iterator[Claim]:
    """What an account says of who holds which ground: nothing where party or place are not told.

    It is so on the day that it tells of; else on that on which it was said, else on that of publication.
    """
    if account.modality != "asserted":
        return
    party = _holder(account)
    if party is None or not party.id:
        return
    gone = _left(account)
    taken = account.type in ("captures", "loses") or gone
    for place in account.places[:1]:
        if place.id is None and not any(word[:1].isupper() for word in place.text.split()[1:] or [place.text]):
            continue  # "districts" are not those of another account
        share = share_of(account, place, taken)
        known = account.start if account.start and account.start == account.end else None
        said = day(account.statement.said.date) if account.statement.said else None
        hold = Hold(party, place, share, known or said or account.published, taken, known is not None, gone)
        part = f"{account.share.text} of " if account.share else "part of " if share == PART else ""
        verb = "left" if gone else "took" if taken else "held"
        says = f"{amid(party.text)} {verb} {part}{amid(place.text)}"
        yield Claim(account, says, says, account.share.value if account.share else None, hold)


def _holder(account: Account) -> Who | None:
    """Who holds the ground after it, or has left it, by what the account says."""
    if _left(account):
        return account.actors[0] if account.actors else None
    if account.kind == "control" and account.type in ("captures", "holds"):
        return account.actors[0] if account.actors else None
    if account.kind == "control" and account.type == "loses":
        return account.targets[0] if account.targets else None
    return None


def _left(account: Account) -> bool:
    return (account.kind, account.type, account.mode) == ("event", "RETREAT", "withdraw")


def share_of(account: Account, place: Where, taken: bool) -> float:
    """At least how much of the place: a fraction from 0 to 1. "Rebels lost a third" gives the winner that third."""
    if account.share is not None:
        return account.share.value or 0.0
    if _partly(account, place):
        return PART
    if taken or place.kind not in _DIVIDED:
        return 1.0
    return 0.0


def _partly(account: Account, place: Where) -> bool:
    """Whether words between the anchor and the place say that not all of it is meant: "retook positions in Orla"."""
    quote, start = account.quote, account.statement.anchor_start - account.statement.quote_start
    named = quote.find(place.text, max(start, 0))
    return named >= 0 and start >= 0 and has("part", quote[start + len(account.statement.anchor) : named])


def _ground(place: Where) -> str:
    """What a place is known by: its id, else the words of it that are a name ("the Orla district" is "orla")."""
    named = [word for word in place.text.split() if word[:1].isupper()]
    return place.id or f"words:{fold(' '.join(named))}"


def _near(claims: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Pairs of claims of about one time; the same pairs whatever other claims there are."""
    dated = sorted((c for c in claims if c.content.day), key=lambda claim: claim.content.day)
    start = 0
    for n, claim in enumerate(dated):
        while (claim.content.day - dated[start].content.day).days > WITHIN_DAYS:
            start += 1
        for other in dated[start:n]:
            yield other, claim
    undated = [c for c in claims if not c.content.day]
    yield from ((one, other) for one, other in combinations(undated, 2) if one.account.report == other.account.report)


def at_odds(one: Claim, other: Claim, register: Related) -> bool:
    """Whether two claims on one ground cannot both be so; `one` is not the later one.

    Who left a place does not hold it. One source that tells of two holders tells of a change, and so do two sources
    where the second tells of a taking on a later day than the first.
    """
    mine, yours = one.content, other.content
    if same_voice(one.account, other.account):
        return False
    if yours.taken and yours.dated and mine.day and yours.day and yours.day > mine.day:
        return False
    if mine.gone or yours.gone:
        whole = min(mine.share, yours.share) > PART and mine.place.kind not in _DIVIDED
        return whole and mine.gone != yours.gone and one_power(mine.party, yours.party)
    on = str(mine.day) if mine.day else None
    if not different(mine.party, yours.party, register, on):
        return False
    return bool(mine.share + yours.share > 1 + ROUNDING)


def _connected(pairs: Sequence[tuple[Claim, Claim]]) -> Iterator[list[Claim]]:
    """The claims of `pairs`, those that hang together by pairs together."""
    groups: list[dict[tuple[str, str], Claim]] = []
    for pair in pairs:
        both = {(claim.account.key, claim.says): claim for claim in pair}
        touched = [group for group in groups if group.keys() & both.keys()]
        for group in touched:
            groups.remove(group)
            both |= group
        groups.append(both)
    yield from (list(group.values()) for group in groups)
