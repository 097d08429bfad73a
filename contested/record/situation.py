"""The situation as of a day: who holds what, sieges, want, casualties, talks and views, ties. Pure, over accounts.

Two clocks: what had happened by `as_of` (`Account.day`), as far as it had been published by `known_by`. Nothing is
decided: where accounts differ, each stands with its source, and the ground is contested (`ground.py`). Nothing is added
up: a count of one attack, and a running total as one source tells it, stay apart (`ledger.py`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from contested.record.account import Account
from contested.record.days import moved
from contested.record.ground import Ground, Holder, ground, is_ground
from contested.record.ledger import Bound, Count, attacks, totals
from contested.record.parted import Related
from contested.record.told import Told, in_order, iso, late_first, party_key, told

#: How far back conditions, counts of attacks, talks and views are of the situation (days).
RECENT_DAYS = 60
#: What is told to last ("since 2014") was so on an earlier day too; so much later (days) it is told of still.
RETOLD_DAYS = 90
#: Talks and what comes of them.
TALKS = ("CONSULT", "AGREE", "COOPERATE", "CONCEDE")
CEASING = ("ceasefire", "access", "withdraw", "release")
#: Kinds that last: states of things, no happenings.
LASTING = ("control", "condition", "relation")
#: What `sort_of` calls an event in which somebody leaves ground.
WITHDRAWAL = "withdrawal"

__all__ = ["Bound", "Count", "Ground", "Holder", "Item", "Situation", "Told", "situation"]


@dataclass(frozen=True, slots=True)
class Item:
    """Something told by one or more accounts: a condition, a talk, a view, a tie. `about` is the latest's quote."""

    type: str
    about: str
    parties: tuple[str, ...]
    place: str | None
    day: date | None
    accounts: tuple[Told, ...]
    modality: str = "asserted"
    key: tuple[Any, ...] = field(default=(), compare=False)

    def to_json(self) -> dict[str, Any]:
        return {
            "type": self.type, "about": self.about, "parties": list(self.parties), "place": self.place,
            "day": iso(self.day), "modality": self.modality, "accounts": [one.to_json() for one in self.accounts],
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Situation:
    """The answer for one day, with what it was asked by. `cut` names sections of which only the latest are given."""

    as_of: date | None
    known_by: date | None
    ground: tuple[Ground, ...]
    conditions: tuple[Item, ...]
    casualties: tuple[Count, ...]
    talks: tuple[Item, ...]
    positions: tuple[Item, ...]
    ties: tuple[Item, ...]
    cut: tuple[str, ...] = ()

    @property
    def sieges(self) -> tuple[Ground, ...]:
        """The ground that is besieged."""
        return tuple(one for one in self.ground if one.besiegers)

    def to_json(self) -> dict[str, Any]:
        out: dict[str, Any] = {"as_of": iso(self.as_of), "known_by": iso(self.known_by)}
        for name in SECTIONS:
            out[name] = [one.to_json() for one in getattr(self, name)]
        return {**out, "cut": list(self.cut)}


SECTIONS = ("ground", "conditions", "casualties", "talks", "positions", "ties")


def situation(
    accounts: Iterable[Account], as_of: date | None = None, known_by: date | None = None, cut: Sequence[str] = (),
    *, register: Related | None = None,
) -> Situation:  # fmt: skip
    """The situation that `accounts` tell of, as of the end of `as_of`, by what had been published on `known_by`.

    Without `as_of` it is that of `known_by`, and without both of the last day on which a report was published. The
    order of the accounts is no matter. `register` tells what parties are to each other; without, the packaged one does.
    """
    known = [a for a in accounts if known_by is None or (a.published is not None and a.published <= known_by)]
    day = as_of or known_by or max((a.published for a in known if a.published), default=None)
    day = day or max((a.day for a in known if a.day), default=None)
    placed = {section: [] for section in SECTIONS} if day is None else _placed(known, day)
    return Situation(
        day, known_by,
        ground=tuple(ground(placed["ground"], register or _register(), day)),
        conditions=tuple(items(placed["conditions"])),
        casualties=(*totals(placed["casualties"]), *attacks(placed["casualties"])),
        talks=tuple(items(placed["talks"])),
        positions=tuple(items(placed["positions"])),
        ties=tuple(items(placed["ties"])),
        cut=tuple(cut),
    )  # fmt: skip


def _placed(known: Iterable[Account], day: date) -> Mapping[str, list[Account]]:
    """The accounts of each section, as of a day, in order."""
    recent = moved(day, -RECENT_DAYS)
    out: dict[str, list[Account]] = {section: [] for section in SECTIONS}
    for account in sorted((one for a in known if (one := as_of_day(a, day))), key=in_order):
        assert account.day is not None
        asserted, lately = account.modality == "asserted", account.day > recent
        if account.kind == "position":
            if viewed_on(account) > recent:
                out["positions"].append(account)
            continue
        if is_ground(account):
            out["ground"].append(account)
        if account.kind == "condition" and asserted and lately:
            out["conditions"].append(account)
        if account.harm and asserted and (account.kind == "toll" or (account.kind == "event" and lately)):
            out["casualties"].append(account)
        if is_talk(account) and lately:
            out["talks"].append(account)
        if account.kind == "relation" and asserted:
            out["ties"].append(account)
    return out


def as_of_day(account: Account, day: date) -> Account | None:
    """The account as it tells of `day`; null where it does not.

    What was to come then is of no situation. A view is of the day on which it was given, whatever it is about. What is
    told later to have lasted since before ("since 2014") counts on that day as well.
    """
    if account.kind == "position":
        return account if account.day and viewed_on(account) <= day else None
    if account.day is None or account.modality == "future":
        return None
    if account.day <= day:
        return account
    when = account.statement.when
    lasts = account.kind in LASTING and account.type != "captures" and when and when.start and not when.end
    if lasts and account.start and account.start <= day and account.day <= moved(day, RETOLD_DAYS):
        return replace(account, end=day)
    return None


def sort_of(account: Account) -> str:
    """Under what an account is looked for: its kind, but who left which ground stands apart from other events."""
    return WITHDRAWAL if account.kind == "event" and is_ground(account) else account.kind


def counted_on(account: Account) -> date | None:
    """The day that an account counts by in a situation: of a view that on which it was given."""
    return account.published or account.day if account.kind == "position" else account.day


def viewed_on(account: Account) -> date:
    """The day on which a view was given, as far as it is told."""
    return counted_on(account) or date.min


def is_talk(account: Account) -> bool:
    return account.kind == "event" and (account.type in TALKS or account.mode in CEASING)


def items(accounts: Sequence[Account]) -> list[Item]:
    """Accounts that say the same of the same parties and place made one item, latest first; the accounts in order."""
    together: dict[tuple[Any, ...], list[Account]] = defaultdict(list)
    for account in accounts:
        who = tuple(party_key(one) for one in (*account.actors, *account.targets))
        first = account.places[0] if account.places else None
        place = first and (first.id or first.text)
        about = who or (account.quote,)
        together[(account.kind, account.type, account.mode, account.modality, about, place)].append(account)
    out = []
    for key, told_of in together.items():
        last = told_of[-1]
        parties = tuple(dict.fromkeys(w.called for w in (*last.actors, *last.targets)))
        place = last.places[0].called if last.places else None
        code = f"{last.type}.{last.mode}" if last.mode else last.type
        day = viewed_on(last) if last.kind == "position" else last.day
        cited = tuple(told(a) for a in reversed(told_of))
        out.append(Item(code, last.quote, parties, place, day, cited, last.modality, key))
    return sorted(out, key=lambda item: (*late_first(item.day, item.about), item.accounts[0].account))


def _register() -> Related:
    from contested.register import load_register

    return load_register()
