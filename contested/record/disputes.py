"""Disputes: accounts that cannot all be so, derived from accounts alone.

`disputes_of` sets the accounts of one incident against each other, `disputes_of_ground` who is said to hold which
ground. `docs/disputes.md` tells what is a dispute and what is not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from contested.record.account import Account
from contested.record.dispute import TYPES, Dispute, Position
from contested.record.dispute_scope import Scope
from contested.record.disputed_counts import count_disputes
from contested.record.disputed_days import day_disputes, place_disputes
from contested.record.disputed_deeds import deed_disputes
from contested.record.disputed_ground import ground_disputes
from contested.record.parted import Related
from contested.record.sketch import Sketch

__all__ = ["TYPES", "Dispute", "Position", "disputes_of", "disputes_of_ground"]


def disputes_of(
    accounts: Sequence[Account],
    *,
    around: Iterable[Sketch] = (),
    taken: Collection[str] = (),
    register: Related | None = None,
) -> list[Dispute]:
    """The disputes among the accounts of one incident, the same in whatever order they come.

    `around` are the sketches of all that the reports of the incident tell, `taken` the keys of what is in this or
    another incident. What is in none and may go on telling of this one is drawn in, since what is disputed is often
    told by one report alone. `register` tells what parties are to each other; the packaged one where none is given.
    """
    known = register or _register()
    scope = Scope(accounts, known, around, taken)
    accounts = [*accounts, *scope.drawn_in()]
    found = [
        *count_disputes(accounts, scope),
        *deed_disputes(accounts, scope, known),
        *day_disputes(accounts, scope),
        *place_disputes(accounts, scope),
        *ground_disputes(accounts, known),
    ]
    return _sorted(found)


def disputes_of_ground(accounts: Sequence[Account], *, register: Related | None = None) -> list[Dispute]:
    """Where accounts say that different parties held one ground at one time, by their control and withdrawals.

    `about` is the id of the place, where it has one. The accounts may be of any number of incidents and places.
    """
    return _sorted(ground_disputes(accounts, register or _register()))


def _sorted(disputes: Iterable[Dispute]) -> list[Dispute]:
    return sorted(disputes, key=lambda dispute: (TYPES.index(dispute.type), dispute.update, dispute.id))


def _register() -> Related:
    from contested.register import load_register

    return load_register()
