"""Opening a record: an SQLite file, or a PostgreSQL database by its URL."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from json import JSONDecodeError
from pathlib import Path
from typing import TYPE_CHECKING, Any

from contested.errors import RecordError

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

#: First bytes of every SQLite file.
_SQLITE = b"SQLite format 3\0"
_DAMAGED = "is damaged; take its last good copy"
#: Option of transactions that write.
_WRITES = "contested_writes"


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
        engine = create_engine(f"postgresql+psycopg:{rest}", pool_pre_ping=True)
    except ArgumentError as error:
        raise RecordError(_shown(url), "is no address: write postgresql://user@host/database") from error
    except ModuleNotFoundError as error:
        raise RecordError(_shown(url), "PostgreSQL needs its driver: pip install contested[postgresql]") from error

    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get(_WRITES):  # the lock goes with the transaction
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(667436, hashtext(current_schema()))")

    event.listen(engine, "begin", begin)
    return engine


def writes(engine: Engine) -> Engine:
    """The engine for transactions that write: they take the record's lock as they begin, so that two writers wait.

    On SQLite a transaction that began by reading fails at its first write where another has written since. On
    PostgreSQL two that write at once would not see each other's copies and versions.
    """
    return engine.execution_options(**{_WRITES: True})


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
