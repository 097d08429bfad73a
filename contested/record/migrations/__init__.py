"""Brings a record to the present form of its tables, step by step (Alembic). A record knows its step."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from contested.errors import RecordError

if TYPE_CHECKING:
    from sqlalchemy import Engine

#: The last step; a test holds it equal to the last file in `versions/`.
HEAD = "0003"


def bring_up(engine: Engine, *, create: bool = True) -> None:
    """Bring the record of `engine` to `HEAD`; one that has no tables gets them. Two processes may do so at once.

    Raises `RecordError` for a database that is none of ours, or that a newer version has written.
    """
    from sqlalchemy import inspect

    from contested.record.engine import shown

    with engine.connect() as connection:
        found = set(inspect(connection).get_table_names())
        step = _step(connection) if "alembic_version" in found else None
    if step == HEAD:
        return
    where = shown(engine)
    if step is None and found - {"alembic_version"} and "statement" not in found:
        raise RecordError(where, f"is a database of something else (its tables: {', '.join(sorted(found)[:5])})")
    if step is None and not create:
        raise RecordError(where, "there is no record in it")
    if step is not None and step > HEAD:
        raise RecordError(where, f"was written by a newer version of contested (step {step}; this one knows {HEAD})")
    upgrade(engine)


def _step(connection: Any) -> str | None:
    row = connection.exec_driver_sql("SELECT version_num FROM alembic_version").first()
    return row[0] if row else None


def upgrade(engine: Engine, step: str = "head") -> None:
    """Take the steps up to `step`, in one transaction."""
    from alembic import command
    from alembic.config import Config

    from contested.record.engine import writes

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    with writes(engine).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, step)
