"""`Books`: whole reports of a record, as they are compared, each loaded once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from contested.record.account import Account
from contested.record.asking import Filter, account, chosen
from contested.record.sketch import Sketch, sketches

if TYPE_CHECKING:
    from sqlalchemy import Connection

#: Databases bound the number of values in a question.
_MANY = 500


class Books:
    """The sketches of whole reports, loaded once each; and the numbers of their statements.

    With `known_by` there is nothing in them that was published later.
    """

    def __init__(self, connection: Connection, known_by: date | None = None) -> None:
        self.connection, self.known_by = connection, known_by
        self.number: dict[str, int] = {}
        self.report: dict[str, int] = {}
        self.key: dict[int, str] = {}
        self._sketches: dict[int, list[Sketch]] = {}
        self.accounts: dict[str, Account] = {}

    def of(self, reports: Iterable[int]) -> list[Sketch]:
        """The sketches of these reports (numbers); a version that is not the latest has none."""
        from contested.record import tables as t

        wanted = sorted(set(reports))
        for some in chunks([n for n in wanted if n not in self._sketches]):
            rows: dict[int, list[Account]] = {n: [] for n in some}
            query = chosen(self.connection, Filter(known_by=self.known_by)).where(t.statement.c.report.in_(some))
            for row in self.connection.execute(query):
                one = account(row)
                self.number[one.key], self.report[one.key], self.key[row.number] = row.number, row.report, one.key
                self.accounts[one.key] = one
                rows[row.report].append(one)
            for number, accounts in rows.items():
                self._sketches[number] = list(sketches(accounts))
        return [sketch for n in wanted for sketch in self._sketches[n]]

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


def on_ground(connection: Connection, place: str, known_by: date | None = None) -> dict[int, Account]:
    """What is told of who holds a place, and of who leaves it, by the numbers of the statements."""
    from sqlalchemy import and_, or_, select

    from contested.record import tables as t

    s = t.statement.c
    there = select(t.spot.c.statement).where(t.spot.c.place == place, t.spot.c.rank == 0)
    told = or_(s.kind == "control", and_(s.type == "RETREAT", s.mode == "withdraw"))
    query = chosen(connection, Filter(known_by=known_by)).where(told, s.number.in_(there))
    return {row.number: account(row) for row in connection.execute(query)}


def reports_of(connection: Connection, numbers: Collection[int]) -> set[int]:
    """The numbers of the reports that these statements stand in."""
    from sqlalchemy import select

    from contested.record import tables as t

    found: set[int] = set()
    for some in chunks(sorted(numbers)):
        found.update(connection.scalars(select(t.statement.c.report).where(t.statement.c.number.in_(some))).all())
    return found


def versions(connection: Connection, reports: Sequence[int]) -> list[int]:
    """The numbers of all versions of these reports."""
    from sqlalchemy import select

    from contested.record import tables as t

    r = t.report
    same = select(r.c.id).where(r.c.number.in_(reports))
    return list(connection.scalars(select(r.c.number).where(r.c.id.in_(same))).all())


def chunks(numbers: Sequence[int]) -> Iterator[list[int]]:
    for n in range(0, len(numbers), _MANY):
        yield list(numbers[n : n + _MANY])
