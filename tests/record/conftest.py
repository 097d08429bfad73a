"""Both engines: every test that asks for `where` runs on an SQLite file and on a PostgreSQL schema of its own."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from contested.record.engine import connect
from contested.record.record import Record, open_record
from tests.record.orla import REPORTS

#: Where a PostgreSQL server for tests listens; a user who has another one says so.
SERVER = os.environ.get("CONTESTED_TEST_POSTGRESQL", "postgresql://127.0.0.1:5432/test")


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where an empty record may be made."""
    if request.param == "sqlite":
        yield str(tmp_path / "war.db")
        return
    psycopg = pytest.importorskip("psycopg", reason="the driver of PostgreSQL is not installed")
    try:
        server = psycopg.connect(SERVER, autocommit=True, connect_timeout=3)
    except psycopg.OperationalError as error:
        pytest.skip(f"no PostgreSQL server answers at {SERVER}: {str(error).splitlines()[0]}")
    schema = f"contested_{uuid.uuid4().hex[:12]}"
    server.execute(f"CREATE SCHEMA {schema}")
    try:
        yield f"{SERVER}?options=-csearch_path%3D{schema}"
    finally:
        server.execute(f"DROP SCHEMA {schema} CASCADE")
        server.close()


@pytest.fixture
def engine(where: str) -> Iterator[Engine]:
    """An empty record."""
    made = connect(where)
    yield made
    made.dispose()


@pytest.fixture
def orla(where: str) -> Iterator[Record]:
    """A record of the reports on Orla (orla.py), derived."""
    with open_record(where, create=True) as made:
        list(made.add(REPORTS, reader="by hand"))
        made.derive()
        yield made
