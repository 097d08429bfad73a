"""Which reports a record has as they stand, in a form that can be sent to other machines: eight bytes a report."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable
from typing import TYPE_CHECKING

from contested.record.adding import content_of
from contested.statement import Report, digest

if TYPE_CHECKING:
    from sqlalchemy import Engine


class Kept:
    """Tells whether a report is among these. Where it says no, it is not; where it says yes, it nearly always is: two
    of 2⁶⁴ hashes may be equal."""

    def __init__(self, keys: Iterable[int]) -> None:
        self._keys = array("Q", sorted(keys))

    @classmethod
    def of(cls, engine: Engine, reader: str, knowledge: str) -> Kept:
        """The reports that were last read by `reader` with `knowledge`."""
        from sqlalchemy import select

        from contested.record.engine import named
        from contested.record.tables import reading, report

        query = (
            select(report.c.id, report.c.content)
            .join(reading, report.c.read_by == reading.c.number)
            .where(reading.c.reader == reader, reading.c.knowledge == knowledge)
            .execution_options(yield_per=10_000)
        )
        with named(engine), engine.connect() as connection:
            return cls(_key(id_, content) for id_, content in connection.execute(query))

    def __call__(self, report: Report) -> bool:
        key = _key(report.id, content_of(report))
        at = bisect_left(self._keys, key)
        return at < len(self._keys) and self._keys[at] == key


def _key(id_: str, content: str) -> int:
    return int(digest([id_, content]), 16)
