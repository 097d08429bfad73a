"""Opening a record: an SQLite file, or a PostgreSQL database by its URL."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from json import JSONDecodeError
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from contested.errors import RecordError

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine
    from sqlalchemy.exc import DBAPIError

T = TypeVar("T")

#: First bytes of every SQLite file.
_SQLITE = b"SQLite format 3\0"
_DAMAGED = "is damaged; take its last good copy"
_CUT = "lost the connection to its server; of what was under way nothing was kept: try again"
#: Option of transactions that write.
_WRITES = "contested_writes"
#: Connections to a server that are kept open, and that are opened beside these while all are in use: together as many
#: as the threads of a web server, so that none of them waits for one. A server takes 100 unless told otherwise.
KEPT, BESIDE = 20, 20
#: Seconds to wait before a lost connection is made again, each time: as long as a server takes to start anew.
PAUSES = (0.2, 1.0, 3.0, 6.0, 10.0)
#: What PostgreSQL says (SQLSTATE) while it stops or starts; None is what does not come from the server.
_RESTARTS = (None, "57P01", "57P02", "57P03")
#: Settings of each connection to PostgreSQL. Questions are short: compiling them takes longer than answering. What a
#: place or a party has differs a thousandfold, so that a plan for any of them is a bad one for most.
SETTINGS = ("jit = off", "plan_cache_mode = force_custom_plan")


def connect(where: str | os.PathLike[str], *, create: bool = True) -> Engine:
    """The engine of the record at `where`, brought to the present form (migrations). Raises `RecordError`.

    `where` is a path, or `postgresql://…`. A file that is not there is made, unless `create` is false.
    """
    from contested.record.migrations import bring_up

    url = str(where)
    engine = _postgresql(url) if url.startswith(("postgresql:", "postgres:")) else _sqlite(Path(where), create)
    try:
        with named(engine):
            bring_up(engine, create=create)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _sqlite(path: Path, create: bool) -> Engine:
    from sqlalchemy import create_engine, event

    if path.is_dir():
        raise RecordError(str(path), "is a folder; a record is one file")
    if not path.exists():
        if not create:
            raise RecordError(str(path), f"there is no record; make one with: contested add REPORT --record {path}")
        if not path.parent.is_dir():
            raise RecordError(str(path), f"there is no folder {path.parent}")
    elif path.stat().st_size:
        with path.open("rb") as file:
            if file.read(len(_SQLITE)) != _SQLITE:
                raise RecordError(str(path), "is no record: not an SQLite file")
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": 60})

    def prepare(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # the driver begins no transactions by itself; `begin` does
        cursor = connection.cursor()
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",  # what was told to be added or judged is on the disk, should the power fail
            "foreign_keys=ON",
            "cache_size=-65536",
            "temp_store=2",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    def begin(connection: Connection) -> None:
        lock = " IMMEDIATE" if connection.get_execution_options().get(_WRITES) else ""
        connection.exec_driver_sql(f"BEGIN{lock}")

    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", begin)
    return engine


def _postgresql(url: str) -> Engine:
    from sqlalchemy import create_engine, event
    from sqlalchemy.exc import ArgumentError

    rest = url.partition(":")[2]
    try:
        address = f"postgresql+psycopg:{rest}"
        engine = create_engine(address, pool_pre_ping=True, pool_size=KEPT, max_overflow=BESIDE)
    except ArgumentError as error:
        raise RecordError(_shown(url), "is no address: write postgresql://user@host/database") from error
    except ModuleNotFoundError as error:
        raise RecordError(_shown(url), "PostgreSQL needs its driver: pip install contested[postgresql]") from error

    def prepare(connection: Any, _: Any) -> None:
        for setting in SETTINGS:
            connection.execute(f"SET {setting}")
        connection.commit()

    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get(_WRITES):  # the lock goes with the transaction
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(667436, hashtext(current_schema()))")

    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", begin)
    return engine


def writes(engine: Engine) -> Engine:
    """The engine for transactions that write: they take the record's lock as they begin, so that two writers wait.

    On SQLite a transaction that began by reading fails at its first write where another has written since. On
    PostgreSQL two that write at once would not see each other's copies and versions.
    """
    return engine.execution_options(**{_WRITES: True})


def persistently(engine: Engine, do: Callable[[], T]) -> T:
    """What `do` gives: done again, after pauses, where it fails because the connection to a server is lost.

    `do` is a question, or a transaction of which nothing is kept then. The server may have kept it, and the word of it
    be lost: to do it twice must change nothing.
    """
    from sqlalchemy.exc import DBAPIError

    for pause in PAUSES:
        try:
            return do()
        except DBAPIError as error:
            if not _lost(engine, error):
                raise
            time.sleep(pause)
    return do()


def _lost(engine: Engine, error: DBAPIError) -> bool:
    """Whether an error is that of a connection, not of what was asked or written."""
    if engine.dialect.name == "sqlite":
        return False
    broken = isinstance(error.orig, engine.dialect.loaded_dbapi.OperationalError)
    return error.connection_invalidated or (broken and getattr(error.orig, "sqlstate", None) in _RESTARTS)


def refused(engine: Engine, error: RecordError) -> bool:
    """Whether an error is of the very values that were to be written, so that others can be."""
    cause = error.__cause__
    if isinstance(cause, UnicodeEncodeError):
        return True
    return isinstance(getattr(cause, "orig", None), engine.dialect.loaded_dbapi.DataError)


def analyse(engine: Engine) -> None:
    """Let PostgreSQL look at what the tables hold now: its plans for a record that grew fast are bad until it has.

    It does so by itself, in time. SQLite's plans rest on the order of the indexes.
    """
    if engine.dialect.name == "sqlite":
        return
    from contested.record.tables import metadata

    with named(engine), engine.connect() as connection:
        connection.exec_driver_sql(f"ANALYZE {', '.join(metadata.tables)}")
        connection.commit()


@contextmanager
def named(engine: Engine) -> Iterator[None]:
    """What the database reports, or what cannot be written to or read from it as text, as a `RecordError`."""
    from sqlalchemy.exc import DBAPIError

    try:
        yield
    except DBAPIError as error:
        raise RecordError(shown(engine), reason_of(error)) from error
    except (UnicodeDecodeError, JSONDecodeError) as error:
        raise RecordError(shown(engine), _DAMAGED) from error
    except UnicodeEncodeError as error:
        raise RecordError(shown(engine), f"half a character ({error.object[error.start]!r}) cannot be kept") from error


def reason_of(error: Exception) -> str:
    """What a database error means, in plain words."""
    words = str(getattr(error, "orig", error)).strip().splitlines()
    first = words[0] if words else type(error).__name__
    known = {
        "database is locked": "is locked by another program; try again when it has ended",
        "file is not a database": "is no record, or a damaged one",
        "database disk image is malformed": _DAMAGED,
        "Could not decode to UTF-8": _DAMAGED,
        "disk I/O error": "cannot be read or written: the disk fails or is full",
        "unable to open database file": "cannot be opened; look at the rights of the file and its folder",
        "attempt to write a readonly database": "cannot be written; look at the rights of the file and its folder",
        "database or disk is full": "the disk is full; nothing of the report at hand was kept",
        "terminating connection": _CUT,
        "server closed the connection unexpectedly": _CUT,
        "the connection is lost": _CUT,
    }
    return next((told for sign, told in known.items() if sign in first), first)


def shown(engine: Engine) -> str:
    """Where a record lies, without a password."""
    return engine.url.render_as_string(hide_password=True).removeprefix("sqlite:///")


def _shown(url: str) -> str:
    """`url` without a password."""
    scheme, sign, rest = url.partition("://")
    user, at, host = rest.rpartition("@")
    return f"{scheme}{sign}{user.partition(':')[0]}{at}{host}" if sign and at else url
