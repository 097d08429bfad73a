"""A record's tables are what `tables.py` says, and steps are known by their order."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, text

from contested.errors import RecordError
from contested.record import migrations
from contested.record.engine import connect
from contested.record.tables import metadata

STEPS = sorted(path.stem[:4] for path in (Path(migrations.__file__).parent / "versions").glob("[0-9]*.py"))


def ours(name: str | None, kind: str, *_: object) -> bool:
    """Full-text indexes are made by hand, and SQLite keeps tables of its own for them."""
    return not (kind in ("table", "index") and name is not None and name.startswith(("report_words", "quote_words")))


def test_a_new_record_has_the_tables_that_are_described(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": ours, "compare_type": False})
        found = [step for step in compare_metadata(context, metadata) if "_words" not in str(step)]
    assert found == []


def test_the_last_step_is_the_last_file() -> None:
    assert STEPS[-1] == migrations.HEAD


def test_a_record_of_a_newer_version_is_refused(where: str) -> None:
    engine = connect(where)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(RecordError, match="newer version"):
        connect(where)


def test_a_database_of_something_else_is_left_alone(where: str) -> None:
    engine = connect(where)
    with engine.begin() as connection:
        metadata.drop_all(connection)
        connection.execute(text("DROP TABLE alembic_version"))
        connection.execute(text("CREATE TABLE cats (name TEXT)"))
    engine.dispose()
    with pytest.raises(RecordError, match="something else"):
        connect(where)
