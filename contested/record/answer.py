"""What a record answers: a list of objects that goes to JSON, and to pandas or polars where these are installed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from importlib import import_module
from typing import Any, Protocol, TypeVar

from contested.errors import RecordError


class Told(Protocol):
    """Anything that says itself as one JSON object."""

    def to_json(self) -> dict[str, Any]: ...


T = TypeVar("T", bound=Told)


class Answer(list[T]):
    """The objects that a question found, in order."""

    def __init__(self, found: Iterable[T] = ()) -> None:
        super().__init__(found)

    def to_json(self) -> list[dict[str, Any]]:
        return [one.to_json() for one in self]

    def to_pandas(self) -> Any:
        """A `pandas.DataFrame`, one row an object. Raises `RecordError` where pandas is not installed."""
        return _library("pandas").DataFrame.from_records(self.to_json())

    def to_polars(self) -> Any:
        """A `polars.DataFrame`, one row an object; lists and objects inside are JSON text. Raises `RecordError`."""
        rows = [
            {k: json.dumps(v, ensure_ascii=False) if isinstance(v, list | dict) else v for k, v in row.items()}
            for row in self.to_json()
        ]
        return _library("polars").DataFrame(rows, infer_schema_length=None)


def _library(name: str) -> Any:
    try:
        return import_module(name)
    except ModuleNotFoundError:
        raise RecordError(f"to_{name}", f"{name} is not installed: pip install {name}") from None
