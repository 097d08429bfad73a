"""Every address of the application, with questions that a record answers: new pages come in by themselves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from fastapi import FastAPI
from sqlalchemy import Connection, func, select

from contested.record import tables as t
from contested.record.record import Record
from contested.views.web.app import PAGES


def _described() -> dict[str, dict[str, Any]]:
    """All addresses with their operations, as OpenAPI has them."""
    bare = FastAPI()
    for module in PAGES:
        bare.include_router(module.router)
    paths: dict[str, dict[str, Any]] = bare.openapi()["paths"]
    return paths


_PATHS = _described()
#: What can be done at which address: GET and POST.
OPERATIONS = sorted((method.upper(), path) for path, operations in _PATHS.items() for method in operations)
#: Addresses that are read with GET → their parameters.
_PARAMETERS = {path: ops["get"].get("parameters", []) for path, ops in _PATHS.items() if "get" in ops}
#: Addresses → the parameters that each needs.
NEEDS = {path: [one["name"] for one in given if one.get("required")] for path, given in _PARAMETERS.items()}
#: Pages in HTML.
SHOWN = sorted(path for path in NEEDS if "." not in path)
#: What else is asked of a page whose first view shows little.
MORE: dict[str, list[dict[str, str]]] = {
    "/search": [{"words": "the"}],
    "/situation": [{"party": "sy.government"}],
    "/explain": [{"code": "ASSAULT"}],
}


def parameters(path: str) -> list[str]:
    """All that `path` may be asked by."""
    return [one["name"] for one in _PARAMETERS[path] if one["in"] == "query"]


def asked(path: str, record: Record) -> Iterator[str]:
    """Addresses to ask `path` by, with ids that `record` has."""
    name, needs = path.partition(".")[0], NEEDS[path]
    if name in _FOUND:
        found = record.ask(_FOUND[name])
        assert found, f"the record has nothing to ask {path} by"
        yield from (f"{path}?{urlencode({needs[0] if needs else 'id': one})}" for one in found)
    elif needs:
        raise AssertionError(
            f"{path} needs {', '.join(needs)}: say in tests/views/web/addresses.py where they come from"
        )
    else:
        yield path
    yield from (f"{path}?{urlencode(more)}" for more in MORE.get(name, ()))


def _reports(connection: Connection) -> list[str]:
    """The reports with most statements."""
    r, s = t.report.c, t.statement.c
    query = select(r.id).join(t.statement, s.report == r.number).where(r.latest).group_by(r.number)
    return list(connection.scalars(query.order_by(-func.count(), r.id).limit(2)))


def _disputes(connection: Connection) -> list[str]:
    """A dispute of each type."""
    d = t.dispute.c
    return list(connection.scalars(select(func.min(d.id)).group_by(d.type)))


def _incidents(connection: Connection) -> list[str]:
    i = t.incident.c
    return list(connection.scalars(select(i.id).order_by(-i.reports, i.id).limit(2)))


def _places(connection: Connection) -> list[str]:
    return _most(connection, t.spot.c.place)


def _parties(connection: Connection) -> list[str]:
    """Parties of the register, and one that reports have by words alone."""
    p = t.party.c
    return [*_most(connection, p.party), *_most(connection, p.text, p.party.is_(None), p.role != "source")[:1]]


def _sources(connection: Connection) -> list[str]:
    p = t.party.c
    by_words = _most(connection, p.text, p.role == "source", p.party.is_(None))
    return [*_most(connection, p.party, p.role == "source"), *by_words]


def _most(connection: Connection, column: Any, *where: Any) -> list[str]:
    """The two values of a column that there are most of."""
    query = select(column).where(column.is_not(None), *where).group_by(column)
    return list(connection.scalars(query.order_by(-func.count(), column).limit(2)))


_FOUND = {
    "/report": _reports, "/dispute": _disputes, "/incident": _incidents, "/place": _places, "/party": _parties,
    "/source": _sources, "/map/told": _incidents,
}  # fmt: skip
