"""Which statements are asked for: filters that every question of the record takes, and the accounts they choose."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from typing import TYPE_CHECKING, Any

from contested.errors import RecordError
from contested.record.account import Account, account_of
from contested.statement import SOURCE_CLASSES, TYPES, Statement

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, Select, SelectBase, Table


#: So many statements of a place or a party are many, and so many a good part of all (SQLite).
MANY, MOST = 3000, 100_000
#: Where no more names of parties have the words asked for, they are looked up once.
NAMES = 500


@dataclass(frozen=True, slots=True)
class Filter:
    """What statements are asked for; what is None or empty does not narrow.

    `place` is an id of a gazetteer or a name that the record has: statements in it or in what lies within it. `party`
    is an id of the register, or words: statements in which it acts, suffers or speaks. Days are inclusive: `start` and
    `end` are about the day that a statement counts by (`Account.day`), `known_by` about what had been published.
    `report` is an id that a report came with.
    """

    place: str | None = None
    party: str | None = None
    kind: str | None = None
    type: str | None = None
    modality: str | None = None
    source_class: str | None = None
    outlet: str | None = None
    report: str | None = None
    start: date | None = None
    end: date | None = None
    known_by: date | None = None

    def __post_init__(self) -> None:
        for name, value, codes in (
            ("kind", self.kind, tuple(TYPES)),
            ("type", self.type, tuple(code for types in TYPES.values() for code in types)),
            ("source class", self.source_class, SOURCE_CLASSES),
        ):
            if value is not None and value not in codes:
                raise ValueError(f"{name} {value!r} is none of {', '.join(codes)}")

    @property
    def empty(self) -> bool:
        return all(getattr(self, field.name) is None for field in fields(self))


def chosen(connection: Connection, asked: Filter, *, all_versions: bool = False) -> Select[Any]:
    """A query for the statements asked for: those that stand, of the latest version of each report.

    With `known_by`, of the latest version that had been published by then. Columns: those of `statement`, and the
    report's id, version, outlet, published, voice and number (as `report_…`).
    """
    from sqlalchemy import func, select

    from contested.record import tables as t

    s, r = t.statement, t.report
    # On SQLite `+ 0` keeps its planner from going through all reports where nothing tells which.
    by_report = connection.dialect.name != "sqlite" or asked.report is not None or asked.outlet is not None
    of_report = s.c.report if by_report else s.c.report + 0
    query = select(
        s, r.c.id.label("report_id"), r.c.version.label("report_version"), r.c.outlet.label("report_outlet"),
        r.c.published.label("report_published"), r.c.voice.label("report_voice"),
    ).join(r, of_report == r.c.number).where(s.c.gone.is_(None), s.c.overruled.is_(None))  # fmt: skip
    if asked.known_by is not None:
        # Most were published by then: `coalesce` keeps the planner from going through them by that day.
        query = query.where(func.coalesce(s.c.published, s.c.published) <= asked.known_by)
    if not all_versions and asked.known_by is None:
        query = query.where(r.c.latest)
    elif not all_versions:
        later = r.alias("later")
        query = query.where(
            ~select(later.c.number)
            .where(later.c.id == r.c.id, later.c.version > r.c.version, later.c.published <= asked.known_by)
            .exists()
        )
    return _narrowed(connection, query, asked)


def standing(connection: Connection, asked: Filter) -> Select[Any]:
    """The statements of `chosen`, with the columns of `statement` alone: for counts, and to choose among many.

    Rows of statements hold their bodies, and those of reports their texts. Where nothing is asked of reports, nor of
    columns that no index has, none of these rows is read.
    """
    from sqlalchemy import select

    from contested.record.tables import statement

    if asked.known_by is not None or asked.outlet is not None or asked.report is not None:
        return chosen(connection, asked).with_only_columns(*statement.c)
    return _narrowed(connection, select(statement).where(statement.c.number.not_in(fallen())), asked)


def fallen() -> SelectBase:
    """The numbers of statements that stand no longer, or stand in an older version of a report."""
    from sqlalchemy import literal_column, select, union_all

    from contested.record import tables as t

    s = t.statement.c
    older = select(t.report.c.number).where(literal_column("NOT report.latest")).correlate(None)  # as its index has it
    reasons = (s.gone.is_not(None), s.overruled.is_not(None), s.report.in_(older))
    return union_all(*(select(s.number).where(reason).correlate(None) for reason in reasons))


def _narrowed(connection: Connection, query: Select[Any], asked: Filter) -> Select[Any]:
    """`query`, of the statements that are asked for only, whenever they were published."""
    from contested.record import tables as t

    s, r = t.statement, t.report
    for column, value in (
        (s.c.kind, asked.kind), (s.c.type, asked.type), (s.c.modality, asked.modality),
        (s.c.source_class, asked.source_class), (r.c.outlet, asked.outlet), (r.c.id, asked.report),
    ):  # fmt: skip
        if value is not None:
            query = query.where(column == value)
    if asked.start is not None:
        query = query.where(s.c.day >= asked.start)
    if asked.end is not None:
        query = query.where(s.c.day <= asked.end)
    for beside, mine in about(connection, asked):
        query = _among(connection, query, beside, mine)
    return query


def about(connection: Connection, asked: Filter) -> Iterator[tuple[Table, ColumnElement[bool]]]:
    """Where the rows stand that tell which statements are of the place, and of the party, that are asked for: the table
    beside statements (`spot`, `party`), and which of its rows. Raises `RecordError` for an unknown place."""
    from sqlalchemy import select

    from contested.record import tables as t

    if asked.place is not None:
        held = t.inside.c.holder.in_(place_ids(connection, asked.place))
        yield t.spot, t.spot.c.place.in_(select(t.inside.c.place).where(held))
    if asked.party is not None:
        if is_id(asked.party):
            yield t.party, t.party.c.party == asked.party
        else:
            called = t.party_name.c.name.contains(asked.party.casefold(), autoescape=True)
            names = select(t.party_name.c.text).where(called)
            found = connection.scalars(names.limit(NAMES + 1)).all()  # all names are gone through: once, where few fit
            yield t.party, t.party.c.text.in_(found if len(found) <= NAMES else names)


def _among(connection: Connection, query: Select[Any], beside: Table, mine: ColumnElement[bool]) -> Select[Any]:
    """`query`, of the statements with such rows beside them only.

    SQLite would always look each of them up. Where they are many it is much faster to go through the statements by
    kind or day and to leave out those that are not among them (`+ 0` hides the number from its planner); where they
    are a good part of all, to ask of each whether it is.
    """
    from sqlalchemy import func, select

    from contested.record.tables import statement

    number, numbers = statement.c.number, select(beside.c.statement).where(mine)
    if connection.dialect.name != "sqlite":
        return query.where(number.in_(numbers))
    found = connection.scalar(select(func.count()).select_from(numbers.limit(MOST).subquery())) or 0
    if found < MANY:
        return query.where(number.in_(numbers))
    if found < MOST:
        return query.where((number + 0).in_(numbers))
    return query.where(numbers.where(beside.c.statement == number).exists())


def listed(connection: Connection, asked: Filter, limit: int | None) -> Iterator[Account]:
    """The accounts asked for, by the day they count by (those without one last), then by report and place in it."""
    from contested.record import tables as t

    s, r = t.statement.c, t.report.c
    query = chosen(connection, asked)
    found = 0
    for part in (query.where(s.day.is_not(None)).order_by(s.day), query.where(s.day.is_(None))):
        ordered = part.order_by(r.id, r.version, s.quote_start, s.number)
        for one in accounts(connection, ordered.limit(limit - found) if limit else ordered):
            found += 1
            yield one
        if limit and found >= limit:
            return


def place_ids(connection: Connection, words: str) -> list[str]:
    """The ids of places in the record that `words` mean: an id, or the name of one. Raises `RecordError` for none."""
    from sqlalchemy import select

    from contested.record import tables as t

    known = select(t.inside.c.holder).where(t.inside.c.holder == words).limit(1)
    if connection.scalar(known) is not None:
        return [words]
    query = select(t.called.c.place).where(t.called.c.name == words.casefold())
    found = sorted(connection.scalars(query).all())
    if not found:
        raise RecordError("--place", f"no statement of the record is about a place called {words!r}")
    return found


def is_id(words: str) -> bool:
    """Whether words are an id of the register, not a name."""
    return "." in words and " " not in words and words == words.lower()


def accounts(connection: Connection, query: Select[Any], size: int = 1000) -> Iterator[Account]:
    """The accounts of the statements that a query of `chosen` gives, in its order, holding `size` rows at a time."""
    for row in connection.execution_options(yield_per=size).execute(query):
        yield account(row)


def account(row: Any) -> Account:
    """The account of one row of `chosen`."""
    key = f"{row.report_id}@{row.report_version}#{row.id}"
    said = Statement.from_json(row.body, "")
    return account_of(said, key, row.report_id, str(row.report_voice), row.report_outlet, row.report_published)
