"""`Books`: whole reports of a record, as they are compared, each loaded once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from contested.record.account import Account
from contested.record.asking import Filter, account, chosen
from contested.record.bulk import chunks
from contested.record.sketch import Sketch, sketches

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, Select


@dataclass(frozen=True, slots=True)
class _Held:
    """A report as it is held: how its statements stand, their numbers, accounts and sketches."""

    stands: list[Any]
    numbers: list[int]
    accounts: list[Account]
    sketches: list[Sketch]


class Books:
    """The sketches of whole reports, loaded once each; and the numbers of their statements.

    With `known_by` there is nothing in them that was published later. `before` are books that were used a little
    earlier: reports whose statements stand as they stood then are not made into sketches again.
    """

    def __init__(self, connection: Connection, known_by: date | None = None, before: Books | None = None) -> None:
        self.connection, self.known_by = connection, known_by
        self._before = before._held if before else {}
        self._held: dict[int, _Held] = {}
        self.number: dict[str, int] = {}
        self.report: dict[str, int] = {}
        self.key: dict[int, str] = {}
        self.accounts: dict[str, Account] = {}

    def of(self, reports: Iterable[int]) -> list[Sketch]:
        """The sketches of these reports (numbers); a version that is not the latest has none."""
        from contested.record import tables as t

        wanted = sorted(set(reports))
        for some in chunks([n for n in wanted if n not in self._held]):
            query = chosen(self.connection, Filter(known_by=self.known_by))
            stands = self._standing(query, some)
            fresh = [n for n in some if n not in self._before or self._before[n].stands != stands[n]]
            rows: dict[int, list[Any]] = {n: [] for n in fresh}
            for row in self.connection.execute(query.where(t.statement.c.report.in_(fresh))) if fresh else ():
                rows[row.report].append(row)
            for number in some:
                self._hold(number, stands[number], rows.get(number))
        return [sketch for n in wanted for sketch in self._held[n].sketches]

    def accounts_of(self, reports: Iterable[int]) -> Iterator[Account]:
        """All that these reports tell."""
        wanted = sorted(set(reports))
        self.of(wanted)
        return (one for n in wanted for one in self._held[n].accounts)

    def _standing(self, query: Select[Any], reports: Sequence[int]) -> dict[int, list[Any]]:
        """By report, what changes wherever a statement comes, goes or is written anew, or copies are found."""
        from contested.record import tables as t

        s, r = t.statement.c, t.report.c
        columns = (s.report, s.number, s.judged, s.found_by, r.read_by, r.voice)
        found: dict[int, list[Any]] = {n: [] for n in reports}
        rows = query.with_only_columns(*columns).where(s.report.in_(reports)).order_by(s.number)
        for row in self.connection.execute(rows):
            found[row.report].append(tuple(row))
        return found

    def _hold(self, report: int, stands: list[Any], rows: list[Any] | None) -> None:
        """Hold a report: of these rows, or as it was held before."""
        if rows is None:
            held = self._before[report]
        else:
            accounts = [account(row) for row in rows]
            held = _Held(stands, [row.number for row in rows], accounts, list(sketches(accounts)))
        self._held[report] = held
        for number, one in zip(held.numbers, held.accounts, strict=True):
            self.number[one.key], self.report[one.key], self.key[number] = number, report, one.key
            self.accounts[one.key] = one

    def vanished(self, reports: Sequence[int]) -> set[int]:
        """The numbers of statements of these reports that had links or an incident and stand no longer."""
        from sqlalchemy import select, union

        from contested.record import tables as t

        linked_ones = union(select(t.link.c.one), select(t.link.c.other), select(t.told.c.statement)).subquery()
        query = select(t.statement.c.number).where(
            t.statement.c.report.in_(versions(self.connection, reports)),
            t.statement.c.number.in_(select(linked_ones)),
        )
        return set(self.connection.scalars(query).all())


def tells_of_ground() -> ColumnElement[bool]:
    """Statements of who holds ground, and of who leaves it."""
    from sqlalchemy import and_, or_

    from contested.record import tables as t

    s = t.statement.c
    return or_(s.kind == "control", and_(s.type == "RETREAT", s.mode == "withdraw"))


def on_ground(connection: Connection, place: str, known_by: date | None = None) -> dict[int, Account]:
    """What is told of who holds a place, and of who leaves it, by the numbers of the statements."""
    from sqlalchemy import select

    from contested.record import tables as t

    there = select(t.spot.c.statement).where(t.spot.c.place == place, t.spot.c.rank == 0)
    query = chosen(connection, Filter(known_by=known_by)).where(tells_of_ground(), t.statement.c.number.in_(there))
    return {row.number: account(row) for row in connection.execute(query)}


def reports_of(connection: Connection, numbers: Collection[int]) -> set[int]:
    """The numbers of the reports that these statements stand in."""
    from sqlalchemy import select

    from contested.record import tables as t

    found: set[int] = set()
    for some in chunks(sorted(numbers)):
        found.update(connection.scalars(select(t.statement.c.report).where(t.statement.c.number.in_(some))).all())
    return found


def statements_of(connection: Connection, reports: Collection[int]) -> set[int]:
    """The numbers of all statements of these reports."""
    from sqlalchemy import select

    from contested.record import tables as t

    found: set[int] = set()
    for some in chunks(sorted(reports)):
        found.update(connection.scalars(select(t.statement.c.number).where(t.statement.c.report.in_(some))).all())
    return found


def versions(connection: Connection, reports: Sequence[int]) -> list[int]:
    """The numbers of all versions of these reports."""
    from sqlalchemy import select

    from contested.record import tables as t

    r = t.report
    same = select(r.c.id).where(r.c.number.in_(reports))
    return list(connection.scalars(select(r.c.number).where(r.c.id.in_(same))).all())


def voices_of(connection: Connection, reports: Collection[int]) -> set[int]:
    """The near-copies of these reports whose voice may have become another one with them: where several are copies."""
    from sqlalchemy import func, select

    from contested.record import tables as t

    r = t.report.c
    found: set[int] = set()
    for some in chunks(sorted(reports)):
        voices = select(r.voice).where(r.number.in_(some))
        several = select(r.voice).where(r.voice.in_(voices)).group_by(r.voice).having(func.count() > 2)
        found.update(connection.scalars(select(r.number).where(r.voice.in_(several), r.latest)).all())
    return found
