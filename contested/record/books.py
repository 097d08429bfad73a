"""`Books`: whole reports of a record, as they are compared, each loaded once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from contested.record.account import Account
from contested.record.asking import Filter, account, chosen
from contested.record.bulk import chunks
from contested.record.sketch import Sketch, sketches

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection


class Books:
    """The sketches of whole reports, loaded once each; and the numbers of their statements.

    With `known_by` there is nothing in them that was published later. `before` are books that were used a little
    earlier: reports whose statements stand as they stood then are not made into sketches again.
    """

    def __init__(self, connection: Connection, known_by: date | None = None, before: Books | None = None) -> None:
        self.connection, self.known_by = connection, known_by
        self._before = before._held if before else {}
        self._held: dict[int, tuple[list[Any], list[Account], list[Sketch]]] = {}
        self.number: dict[str, int] = {}
        self.report: dict[str, int] = {}
        self.key: dict[int, str] = {}
        self.accounts: dict[str, Account] = {}

    def of(self, reports: Iterable[int]) -> list[Sketch]:
        """The sketches of these reports (numbers); a version that is not the latest has none."""
        from contested.record import tables as t

        wanted = sorted(set(reports))
        for some in chunks([n for n in wanted if n not in self._held]):
            rows: dict[int, list[Any]] = {n: [] for n in some}
            query = chosen(self.connection, Filter(known_by=self.known_by)).where(t.statement.c.report.in_(some))
            for row in self.connection.execute(query):
                rows[row.report].append(row)
            for number, told in rows.items():
                self._hold(number, told)
        return [sketch for n in wanted for sketch in self._held[n][2]]

    def _hold(self, report: int, rows: list[Any]) -> None:
        held = self._before.get(report)
        if held is None or held[0] != rows:
            accounts = [account(row) for row in rows]
            held = (rows, accounts, list(sketches(accounts)))
        self._held[report] = held
        for row, one in zip(rows, held[1], strict=True):
            self.number[one.key], self.report[one.key], self.key[row.number] = row.number, report, one.key
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


def _tells_of_ground() -> ColumnElement[bool]:
    """Statements of who holds ground, and of who leaves it."""
    from sqlalchemy import and_, or_

    from contested.record import tables as t

    s = t.statement.c
    return or_(s.kind == "control", and_(s.type == "RETREAT", s.mode == "withdraw"))


def grounds_of(connection: Connection, reports: Sequence[int]) -> set[str]:
    """The places of which any version of these reports tells, or told, who holds them."""
    from sqlalchemy import select

    from contested.record import tables as t

    query = select(t.spot.c.place).join(t.statement, t.statement.c.number == t.spot.c.statement)
    query = query.where(t.spot.c.rank == 0, t.spot.c.place.is_not(None), _tells_of_ground())
    return set(connection.scalars(query.where(t.statement.c.report.in_(versions(connection, reports)))).all())


def on_ground(connection: Connection, place: str, known_by: date | None = None) -> dict[int, Account]:
    """What is told of who holds a place, and of who leaves it, by the numbers of the statements."""
    from sqlalchemy import select

    from contested.record import tables as t

    there = select(t.spot.c.statement).where(t.spot.c.place == place, t.spot.c.rank == 0)
    query = chosen(connection, Filter(known_by=known_by)).where(_tells_of_ground(), t.statement.c.number.in_(there))
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
