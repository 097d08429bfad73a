"""Disputes over ground, found again where reports tell who holds a place.

Claims on a place are only set against each other where they are of about one time, and those that hang together so are
one dispute. So a new claim, or a lost one, changes the disputes that have a claim of about its time, and no other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from contested.record.account import Account
from contested.record.asking import Filter, account, chosen
from contested.record.books import Books, tells_of_ground, versions
from contested.record.bulk import chunks
from contested.record.days import moved
from contested.record.disputed_ground import WITHIN_DAYS, holds
from contested.record.disputes import disputes_of_ground
from contested.record.keeping import keep_dispute
from contested.record.situation import WITHDRAWAL

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from contested.record.signals import Related

#: What was published no longer ago (days) is looked through for all places at once, what is older place by place.
_LATELY = 30
#: Under what claims are looked for (`situation.sort_of`).
_SORTS = ("control", WITHDRAWAL)
#: Databases bound how long a condition is.
_TERMS = 50

#: Place → the numbers of statements.
There = dict[str, set[int]]
#: Place → first and last day around which it is told of.
Spans = Mapping[str, Sequence[tuple[date, date]]]


def reground(connection: Connection, books: Books, reports: Sequence[int], parties: Related, latest: date) -> None:
    """Find the disputes over ground again of which any version of these reports tells, or told.

    `latest` is the last day on which anything was published that is linked.
    """
    known = _told(connection, reports)
    if not known:
        return
    mine = _accounts(connection, books, set().union(*known.values()))
    spans = {place: list(_spans(mine[n] for n in numbers if n in mine)) for place, numbers in known.items()}
    for found in (_by_day(connection, spans), _by_print(connection, spans, latest)):
        for place, near in found.items():
            known[place] |= near
    for place, of_disputes in _disputed(connection, set().union(*known.values())).items():
        known[place] |= of_disputes
    there = _accounts(connection, books, set().union(*known.values()))
    for place in sorted(known):
        numbers = {there[n].key: n for n in sorted(known[place]) if n in there}
        told_of = {key: there[n] for key, n in numbers.items()}
        for dispute in disputes_of_ground(list(told_of.values()), register=parties):
            days = [told_of[p.account].day for p in dispute.accounts]
            start = min((d for d in days if d), default=None)
            keep_dispute(connection, dispute, told_of, numbers, start, None, None)


def _told(connection: Connection, reports: Sequence[int]) -> There:
    """The places of which any version of these reports tells, or told, who holds them, with these statements."""
    from sqlalchemy import select

    t = _t()
    query = select(t.spot.c.place, t.spot.c.statement).join(t.statement, t.statement.c.number == t.spot.c.statement)
    query = query.where(t.spot.c.rank == 0, t.spot.c.place.is_not(None), tells_of_ground())
    return _by_place(connection.execute(query.where(t.statement.c.report.in_(versions(connection, reports)))))


def _spans(accounts: Iterable[Account]) -> Iterator[tuple[date, date]]:
    """The days that can be of about one time with these claims, as runs of days."""
    days = sorted({claim.content.day for one in accounts for claim in holds(one) if claim.content.day})
    first = last = None
    for day in days:
        begins, ends = moved(day, -WITHIN_DAYS), moved(day, WITHIN_DAYS)
        if first is not None and last is not None and begins > last:
            yield first, last
            first = None
        first, last = first or begins, ends
    if first and last:
        yield first, last


def _by_day(connection: Connection, spans: Spans) -> There:
    """The claims on these places that count by a day of their spans."""
    from sqlalchemy import and_, or_, select

    spot = _t().spot.c
    terms = [
        and_(spot.place == place, spot.sort.in_(_SORTS), spot.day.between(first, last))
        for place, its in spans.items() for first, last in its
    ]  # fmt: skip
    found: There = {}
    for n in range(0, len(terms), _TERMS):
        query = select(spot.place, spot.statement).where(spot.rank == 0, or_(*terms[n : n + _TERMS]))
        for place, numbers in _by_place(connection.execute(query)).items():
            found.setdefault(place, set()).update(numbers)
    return found


def _by_print(connection: Connection, spans: Spans, latest: date) -> There:
    """The claims on these places that were published from the first day of a span on, up to its last or the `latest`.

    A claim without a day of its own is of the day on which it was said or published. What is published later than the
    latest that is linked looks back by itself once it is linked.
    """
    lately = moved(latest, -_LATELY)
    recent = [(place, first, last) for place, its in spans.items() for first, last in its if first >= lately]
    older = [(place, first, last) for place, its in spans.items() for first, last in its if first < lately]
    found: There = {}
    if recent:
        first, last = min(span[1] for span in recent), max(latest, *(span[2] for span in recent))
        found = _published(connection, {place for place, *_ in recent}, first, last)
    for place, first, last in older:
        for _, numbers in _published(connection, {place}, first, max(last, latest)).items():
            found.setdefault(place, set()).update(numbers)
    return found


def _published(connection: Connection, places: Collection[str], first: date, last: date) -> There:
    from sqlalchemy import select

    t = _t()
    query = (
        select(t.spot.c.place, t.spot.c.statement)
        .join(t.statement, t.statement.c.number == t.spot.c.statement)
        .where(t.spot.c.place.in_(sorted(places)), t.spot.c.rank == 0)
        .where(t.statement.c.kind.in_(("control", "event")), tells_of_ground())
        .where(t.statement.c.published.between(first, last))
    )
    return _by_place(connection.execute(query))


def _disputed(connection: Connection, numbers: Collection[int]) -> There:
    """The claims of the disputes over ground that rest on some of these; the disputes are taken away."""
    from sqlalchemy import select

    t = _t()
    dispute, disputed = t.dispute.c, t.disputed.c
    found: There = {}
    for some in chunks(sorted(numbers)):
        mine = select(dispute.number).join(t.disputed, disputed.dispute == dispute.number)
        mine = mine.where(disputed.statement.in_(some), dispute.incident.is_(None)).distinct()
        for gone in chunks(sorted(connection.scalars(mine).all())):
            rests = select(dispute.place, disputed.statement).join(t.disputed, disputed.dispute == dispute.number)
            for place, statements in _by_place(connection.execute(rests.where(dispute.number.in_(gone)))).items():
                found.setdefault(place, set()).update(statements)
            connection.execute(t.disputed.delete().where(disputed.dispute.in_(gone)))
            connection.execute(t.dispute.delete().where(dispute.number.in_(gone)))
    return found


def _accounts(connection: Connection, books: Books, numbers: Collection[int]) -> dict[int, Account]:
    """The accounts of those of these statements that stand, by their numbers."""
    found = {number: books.accounts[books.key[number]] for number in numbers if number in books.key}
    query = chosen(connection, Filter())
    for some in chunks(sorted(set(numbers) - found.keys())):
        rows = connection.execute(query.where(_t().statement.c.number.in_(some)))
        found |= {row.number: account(row) for row in rows}
    return found


def _by_place(rows: Any) -> There:
    found: There = {}
    for place, statement in rows:
        found.setdefault(place, set()).add(statement)
    return found


def _t() -> Any:
    from contested.record import tables

    return tables
