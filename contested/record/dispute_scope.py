"""Which accounts of one incident can be set against each other.

An incident holds what its reports tell of one happening and, where they tell of several at once, some of what is beside
it. So two accounts are only compared where nothing but what they dispute speaks for two happenings: their days meet,
neither place is away from the other, one deed can be told with both modes, and no strangers did it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date

from contested.record.account import Account
from contested.record.dispute import order
from contested.record.linking import comparable, score
from contested.record.parted import Related, different
from contested.record.signals import ground_of, signals
from contested.record.sketch import PERIOD, Sketch, by_sketch, modes_agree, sketches
from contested.spelling import fold

#: Days of one happening may be told this much apart: a night belongs to two.
NEAR_DAYS = 1
#: Kinds of places narrow enough to tell two attacks of one day apart.
NARROW = frozenset({"town", "village", "area", "site"})
#: One or two killed are told of many attacks; from here on the same number speaks for one.
FEW = 3
#: How sure it must be (0 to 1), numbers aside, that an account from an incident's own reports belongs to it, or that
#: two accounts are of one happening. Set on the first half of the hand-made incidents, of 0.03 to 0.1: the less, the
#: more that is found is wrong.
LIKELY = 0.1
#: The same for two accounts of one deed whose victims or days differ, as those of two deeds would. Set
#: on the same half: from 0.35 to 0.6 it finds the same.
SURE = 0.4
#: What is told so shortly (characters) after an account, without a place or a day, goes on telling of the same: about
#: a sentence. Twice as much finds the same in the hand-made incidents.
SHORTLY = 150

#: Accounts that can belong to a happening that is disputed: the deed, its victims, what is said of who did it.
_DEEDS = frozenset(
    {("event", "ASSAULT"), ("event", "ACCUSE"), ("event", "REJECT"), ("toll", "killed"), ("toll", "injured")}
)
#: Signals of numbers, which are what may be disputed.
_NUMBERS = frozenset({"same deaths", "other deaths", "same injured", "same numbers", "tells harm"})
#: How the signals begin that days differ.
_APART = ("days apart", "next day")


class Scope:
    """The accounts of one incident, and whether two of them can be of one happening.

    `members` are those that were put together as the incident, `around` the sketches of all that their reports tell,
    `taken` the keys of what is in some incident. What is in none may be drawn in; what is in another one only tells
    where and when what stands after it in its report is.
    """

    def __init__(
        self, members: Iterable[Account], register: Related, around: Iterable[Sketch] = (), taken: Collection[str] = ()
    ) -> None:
        self._members = {account.key: account for account in members}
        told = {sketch.key: sketch for sketch in around}
        alone = [account for key, account in self._members.items() if key not in told]
        self._sketches: Mapping[str, Sketch] = told | {sketch.key: sketch for sketch in sketches(alone)}
        self._beside = [s.account for key, s in told.items() if key not in self._members and key not in taken]
        self._register = register
        self._sure: dict[tuple[str, str, bool], float] = {}

    def together(self, one: Account, other: Account, *aside: str) -> bool:
        """Whether nothing speaks against it, leaving `aside` what is disputed: `days`, `places`, `modes`, `actors`."""
        a, b = self._sketches.get(one.key), self._sketches.get(other.key)
        if a is None or b is None:
            return True
        if _open(one) != _open(other):
            return False
        return (
            ("days" in aside or _days_meet(a, b))
            and ("places" in aside or _places_meet(a, b))
            and ("modes" in aside or one.type != other.type or modes_agree(one.mode, other.mode) is not False)
            and ("actors" in aside or not self._strangers(one, other))
        )

    def surely(self, one: Account, other: Account) -> bool:
        """Whether both tell of one narrow place, one thing struck, as many killed or of gas: not only of one day."""
        a, b = self._sketches.get(one.key), self._sketches.get(other.key)
        if a is None or b is None or fold(one.quote) == fold(other.quote):
            return False
        ground = ground_of(a, b)
        narrow = any(place is not None and place.kind in NARROW for place in (ground.one, ground.other))
        near = ground.how in ("same", "alike", "near") and (narrow or ground.how == "alike")
        dead = {n for n in a.deaths & b.deaths if n >= FEW}
        gas = one.mode == other.mode == "unconventional"
        return near or gas or bool(a.things & b.things) or bool(dead)

    def sure(self, one: Account, other: Account, *aside: str) -> float:
        """How sure (0 to 1) it is that two accounts of different reports are of one happening.

        Numbers are left aside, and where days are disputed (`aside`: `days`) that they differ.
        """
        days = "days" not in aside
        pair = (min(one.key, other.key), max(one.key, other.key), days)
        if pair not in self._sure:
            self._sure[pair] = self._score(*pair)
        return self._sure[pair]

    def _score(self, one: str, other: str, days: bool) -> float:
        a, b = self._sketches.get(one), self._sketches.get(other)
        if a is None or b is None:
            return 1.0
        return _likely_one(a, b, days, self._register)

    def of_one(self, one: Account, other: Account, *aside: str, bare: bool = True) -> bool:
        """Whether nothing speaks against one happening, and of two reports something speaks for it, numbers aside.

        What is `bare` of place and time goes on from what its report told before: it may be of the happening if it is
        like any account of it.
        """
        if not self.together(one, other, *aside):
            return False
        if one.report == other.report or self.surely(one, other) or self.sure(one, other) >= LIKELY:
            return True
        return bare and any(self.bare(account) and self._anchored(account) for account in (one, other))

    def on_other_days(self, one: Account, other: Account) -> bool:
        """Whether both tell a day in words of their own, and not the same."""
        a, b = self._sketches.get(one.key), self._sketches.get(other.key)
        if a is None or b is None or a.days is None or b.days is None:
            return False
        worded = all(account.statement.when and account.statement.when.text for account in (one, other))
        own = not (a.days.lent or a.days.guessed or b.days.lent or b.days.guessed)
        return worded and own and a.days.gap(b.days) > 0

    def bare(self, account: Account) -> bool:
        """Whether it tells neither where nor when: a source's number that goes on from what was told before it."""
        sketch = self._sketches.get(account.key)
        if sketch is None:
            return True
        return (sketch.place_lent or not sketch.places) and (sketch.days is None or sketch.days.lent)

    def _anchored(self, account: Account) -> bool:
        """Whether it is of the incident, or rather likely of the same happening as what another report tells of it."""
        return account.key in self._members or any(
            other.report != account.report and self.sure(account, other) >= LIKELY for other in self._members.values()
        )

    def drawn_in(self) -> list[Account]:
        """What is in no incident and, numbers aside, may be of the happening that the members tell of.

        Accounts that agree are the first to be put together across reports; what only one report tells (another
        source's number, a denial) is what is disputed.
        """
        members = [a for a in self._members.values() if (a.kind, a.type) in _DEEDS]
        reports = {a.report for a in members}
        found: dict[str, Account] = {}
        for one in sorted(self._beside, key=order):
            if (one.kind, one.type) not in _DEEDS or one.modality == "future":
                continue
            beside = one.report in reports and (
                any(self._likely(one, m) for m in members if m.report != one.report)
                or self._goes_on(one, self._members.keys() | found.keys())
            )
            if beside or self._overlaps(one):
                found[one.key] = one
        return list(found.values())

    def _likely(self, one: Account, other: Account) -> bool:
        """Whether two accounts of different reports are, numbers aside, rather likely of one happening."""
        if one.key not in self._sketches or other.key not in self._sketches:
            return True
        return self.together(one, other, "actors") and self.sure(one, other) >= LIKELY

    def _overlaps(self, account: Account) -> bool:
        """Whether it is the deed, or the toll, of which a member is the other, in the same words of one report."""
        return any(
            member.report == account.report and {member.kind, account.kind} == {"toll", "event"}
            and _overlap(member, account) and self.together(member, account)
            for member in self._members.values()
        )  # fmt: skip

    def _goes_on(self, account: Account, inside: Collection[str]) -> bool:
        """Whether it tells neither where nor when, and stands shortly after an account that is `inside` (keys)."""
        if not self.bare(account):
            return False
        start = account.statement.quote_start
        before = (
            sketch.account for sketch in self._sketches.values()
            if sketch.report == account.report and sketch.account.statement.quote_start < start
        )  # fmt: skip
        last = max(before, key=order, default=None)
        if last is None or last.key not in inside:
            return False
        apart = start - (last.statement.quote_start + len(last.quote))
        return apart <= SHORTLY and self.together(last, account, "actors", "modes")

    def one_blow(self, one: Account, other: Account) -> bool:
        """Whether two accounts tell of as many dead, or are else likely of one happening: its wounded, its children."""
        a, b = self._sketches.get(one.key), self._sketches.get(other.key)
        if a is None or b is None:
            return True
        dead = any(number >= FEW for number in a.deaths & b.deaths)
        return self.together(one, other) and (dead or one.report == other.report or self.sure(one, other) >= SURE)

    def one_deed(self, one: Account, other: Account, *aside: str) -> bool:
        """Whether two accounts are `surely` of one deed by something in common, and likely so by all they tell."""
        return self.surely(one, other) and self.sure(one, other, *aside) >= SURE

    def _strangers(self, one: Account, other: Account) -> bool:
        """Whether all who are named as doers of the one have nothing to do with those of the other."""
        mine = [a for a in one.actors if a.id and a.kind != "people"]
        yours = [a for a in other.actors if a.id and a.kind != "people"]
        if not mine or not yours or "toll" in (one.kind, other.kind):
            return False
        on = _day(one)
        return all(different(a, b, self._register, on) for a in mine for b in yours)


@by_sketch
def _likely_one(one: Sketch, other: Sketch, days: bool, register: Related) -> float:
    """The score of a pair without its numbers, and without what `days` apart say where these are left aside."""
    if not comparable(one, other):
        return 0.0
    found = signals(one, other, register)
    values = {
        name: value
        for name, value in found.values.items()
        if name not in _NUMBERS and (days or not name.startswith(_APART))
    }
    return score(replace(found, values=values))


def _overlap(one: Account, other: Account) -> bool:
    first, last = sorted((a.statement.quote_start, a.statement.quote_start + len(a.quote)) for a in (one, other))
    return last[0] < first[1]


def _places_meet(one: Sketch, other: Sketch) -> bool:
    """Whether both may be of one place. A report that gives two accounts places of their own tells them apart so."""
    how = ground_of(one, other).how
    if one.report == other.report and not one.place_lent and not other.place_lent:
        return how in ("same", "alike", "near")
    return how != "far" and not (how == "unknown" and _of_two_provinces(one, other))


def _of_two_provinces(one: Sketch, other: Sketch) -> bool:
    """Whether one tells of a province, and all places of the other are known to lie outside it."""
    return any(
        place.kind == "province" and place.id and theirs.places
        and all(spot.within and place.id not in spot.within for spot in theirs.places)
        for mine, theirs in ((one, other), (other, one)) for place in mine.places
    )  # fmt: skip


def _open(account: Account) -> bool:
    """Whether it tells of a time without an end, as totals of a war do: "since 2011"."""
    return account.start is not None and account.end is None


def _days_meet(one: Sketch, other: Sketch) -> bool:
    if one.days is None or other.days is None or one.days.guessed or other.days.guessed:
        return True
    if one.days.length > PERIOD or other.days.length > PERIOD:
        return one.days.length > PERIOD and other.days.length > PERIOD
    return one.days.gap(other.days) <= NEAR_DAYS


def _day(account: Account) -> str | None:
    day: date | None = account.start or account.published
    return day.isoformat() if day else None
