"""What persons judged of sameness, as it is applied when incidents and disputes are derived."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from contested.record.judgements import What, log

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from contested.record.signals import Related

_PAIRED: tuple[What, ...] = ("join", "split", "same", "different")


@dataclass(frozen=True, slots=True)
class Judged:
    """What persons said of sameness: keys of statements that are, or are not, of one incident; parties that are one."""

    joined: frozenset[tuple[str, str]]
    split: frozenset[tuple[str, str]]
    same: frozenset[tuple[str, str]]
    different: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, connection: Connection) -> Judged:
        """From the judgements that stand; the log is read once."""
        standing = log(connection, standing=True)
        return cls(
            *(frozenset((j.target, str(j.value["with"])) for j in standing if j.what == what) for what in _PAIRED)
        )


@dataclass(frozen=True, slots=True)
class Parties:
    """The register, with what persons said of parties before it."""

    register: Related
    judged: Judged

    def relation(self, a_id: str, b_id: str, on: str | None = None) -> str:
        pair = (a_id, b_id) if a_id < b_id else (b_id, a_id)
        if pair in self.judged.same:
            return "same"
        if pair in self.judged.different:
            return "different"
        return self.register.relation(a_id, b_id, on)
