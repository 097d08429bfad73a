"""Rows of a table, written many at once: by COPY on PostgreSQL, by one prepared INSERT on SQLite.

Rows are tuples of plain values that both take as they are: texts, numbers, days as ISO dates, JSON as text, truth as 0
and 1. They go round the types of SQLAlchemy, which cost more than all else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from sqlalchemy import Connection, Table

Value = str | int | float | None
Values = tuple[Value, ...]
T = TypeVar("T")
#: Databases bound the number of values in a question.
_MANY = 500


def put(connection: Connection, table: Table, columns: Sequence[str], rows: Iterable[Values]) -> None:
    """Insert rows (a value for each of `columns`)."""
    rows = list(rows)
    if not rows:
        return
    name, names = _named(connection, table, columns)
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"INSERT INTO {name} ({names}) VALUES ({_marks(columns)})", rows)
    else:
        _copy(connection, f"COPY {name} ({names}) FROM STDIN", rows)


def put_missing(connection: Connection, table: Table, columns: Sequence[str], rows: Iterable[Values]) -> None:
    """Insert the rows that are not there yet."""
    rows = list(rows)
    if not rows:
        return
    name, names = _named(connection, table, columns)
    if connection.dialect.name == "sqlite":
        values = f"VALUES ({_marks(columns)})"
        connection.exec_driver_sql(f"INSERT INTO {name} ({names}) {values} ON CONFLICT DO NOTHING", rows)
        return
    types = [table.c[column].type.compile(dialect=connection.dialect) for column in columns]
    arrays = ", ".join(f"CAST(%s AS {type_}[])" for type_ in types)
    query = f"INSERT INTO {name} ({names}) SELECT * FROM unnest({arrays}) ON CONFLICT DO NOTHING"
    connection.exec_driver_sql(query, tuple(map(list, zip(*rows, strict=True))))


def chunks(values: Sequence[T]) -> Iterator[list[T]]:
    """So many of the values at a time as a question takes."""
    for n in range(0, len(values), _MANY):
        yield list(values[n : n + _MANY])


def numbers(connection: Connection, table: Table, n: int) -> list[int]:
    """The numbers of the next `n` rows of `table`, ascending. Nobody else writes while this transaction does."""
    from sqlalchemy import func, select

    if not n:
        return []
    if connection.dialect.name == "sqlite":
        first = (connection.scalar(select(func.max(table.c.number))) or 0) + 1
        return list(range(first, first + n))
    block = "SELECT nextval(pg_get_serial_sequence(%s, 'number')) FROM generate_series(1, %s)"
    return sorted(connection.exec_driver_sql(block, (table.name, n)).scalars())


def index_words(connection: Connection, index: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Put rows (number, words…) into an index of words; PostgreSQL keeps its own up by itself."""
    if connection.dialect.name != "sqlite" or not rows:
        return
    names, marks = ", ".join(columns), ", ".join("?" * (len(columns) + 1))
    connection.exec_driver_sql(f"INSERT INTO {index} (rowid, {names}) VALUES ({marks})", list(rows))


def _named(connection: Connection, table: Table, columns: Sequence[str]) -> tuple[str, str]:
    quote = connection.dialect.identifier_preparer.quote
    return quote(table.name), ", ".join(map(quote, columns))


def _marks(columns: Sequence[str]) -> str:
    return ", ".join("?" * len(columns))


def _copy(connection: Connection, command: str, rows: Iterable[Values]) -> None:
    """Rows by COPY. An error of the driver comes out as of any other query."""
    from sqlalchemy.exc import DBAPIError

    raw: Any = connection.connection.driver_connection
    try:
        with raw.cursor() as cursor, cursor.copy(command) as copy:
            for row in rows:
                copy.write_row(row)
    except connection.dialect.loaded_dbapi.Error as error:
        lost = bool(raw.closed)
        if lost:
            connection.invalidate(error)
        raise DBAPIError(command, None, error, connection_invalidated=lost) from error
