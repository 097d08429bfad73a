"""Which accounts of one incident can be set against each other.

An incident holds what its reports tell of one happening and, where they tell of several at once, some of what is beside
it. So two accounts are only compared where nothing but what they dispute speaks for two happenings: their days meet,
neither place is away from the other, one deed can be told with both modes, and no strangers did it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from contested.record.account import Account
from contested.record.parted import Related, different
from contested.record.signals import ground_of
from contested.record.sketch import PERIOD, Sketch, modes_agree, sketches

#: Days of one happening may be told this much apart: a night belongs to two.
NEAR_DAYS = 1


class Scope:
    """The accounts of one incident, and whether two of them can be of one happening."""

    def __init__(self, accounts: Iterable[Account], register: Related) -> None:
        self._sketches: Mapping[str, Sketch] = {s.key: s for s in sketches(accounts)}
        self._register = register

    def together(self, one: Account, other: Account, *aside: str) -> bool:
        """Whether nothing speaks against it, leaving `aside` what is disputed: `days`, `places`, `modes`, `actors`."""
        a, b = self._sketches.get(one.key), self._sketches.get(other.key)
        if a is None or b is None:
            return True
        return (
            ("days" in aside or _days_meet(a, b))
            and ("places" in aside or ground_of(a, b).how != "far")
            and ("modes" in aside or one.type != other.type or modes_agree(one.mode, other.mode) is not False)
            and ("actors" in aside or not self._strangers(one, other))
        )

    def _strangers(self, one: Account, other: Account) -> bool:
        """Whether all who are named as doers of the one have nothing to do with those of the other."""
        mine = [a for a in one.actors if a.id and a.kind != "people"]
        yours = [a for a in other.actors if a.id and a.kind != "people"]
        if not mine or not yours or "toll" in (one.kind, other.kind):
            return False
        on = _day(one)
        return all(different(a, b, self._register, on) for a in mine for b in yours)


def _days_meet(one: Sketch, other: Sketch) -> bool:
    if one.days is None or other.days is None:
        return True
    if one.days.length > PERIOD or other.days.length > PERIOD:
        return one.days.length > PERIOD and other.days.length > PERIOD
    return one.days.gap(other.days) <= NEAR_DAYS


def _day(account: Account) -> str | None:
    day: date | None = account.start or account.published
    return day.isoformat() if day else None
