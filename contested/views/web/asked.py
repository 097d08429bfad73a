"""What every page may be asked, as dependencies of its function."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import Depends, HTTPException, Query, Request
from pydantic import BeforeValidator

from contested.record.asking import Filter
from contested.record.record import Record

#: Words of a question are no longer than this.
WORDS = 300

Words = Annotated[str | None, Query(max_length=WORDS)]
#: A day as YYYY-MM-DD; empty, as forms send a field that was not filled in, is none.
Day = Annotated[date | None, BeforeValidator(lambda given: given or None)]
Limit = Annotated[int, Query(ge=1, le=1000, description="At most so many.")]


def record_of(request: Request) -> Record:
    record: Record = request.app.state.record
    return record


Opened = Annotated[Record, Depends(record_of)]


def filter_of(
    place: Words = None,
    party: Words = None,
    kind: Words = None,
    type: Words = None,
    modality: Words = None,
    source_class: Words = None,
    outlet: Words = None,
    report: Words = None,
    start: Annotated[Day, Query(alias="from")] = None,
    end: Annotated[Day, Query(alias="to")] = None,
    known_by: Day = None,
) -> Filter:
    """The filters of `contested statements`, by the same names; empty ones do not narrow. 422 for an unknown code."""
    try:
        return Filter(
            place or None, party or None, kind or None, type or None, modality or None, source_class or None,
            outlet or None, report or None, start, end, known_by,
        )  # fmt: skip
    except ValueError as error:
        raise HTTPException(422, str(error)) from None


Asked = Annotated[Filter, Depends(filter_of)]


def given(asked: Filter) -> dict[str, str]:
    """A filter as the query string has it: what pages hand on to each other."""
    names = {"start": "from", "end": "to"}
    values = {name: getattr(asked, name) for name in Filter.__slots__}
    return {names.get(name, name): str(value) for name, value in values.items() if value is not None}
