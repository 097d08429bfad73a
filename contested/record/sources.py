"""Who says what is in a record: each source with how much it said, and how much of it stands alone or disputed.

A source is a party of the register, else the words that reports call it by (in small letters). Counting is done in the
database. It says nothing of who is right: what one source alone tells may be so, and what many tell may be one rumour.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from contested.record.asking import Filter, chosen
from contested.record.told import iso

if TYPE_CHECKING:
    from sqlalchemy import Connection, Select

#: Below so many happenings that it tells of, shares say little about a source.
FEW = 10


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One source. `statements`, `reports`, `outlets` count what is attributed to it and who does so; `first` and `last`
    are days that it tells of.

    `happenings` are events and tolls that it says were so: of these `corroborated` have an incident of which another
    independent voice tells as well, `alone` have none. `disputed` counts statements of any kind that stand in a
    dispute; a count that was raised later is no dispute.
    """

    source: str
    party: str | None
    cls: str | None
    named: bool
    statements: int
    reports: int
    outlets: int
    first: date | None
    last: date | None
    happenings: int
    corroborated: int
    disputed: int

    @property
    def alone(self) -> int:
        return self.happenings - self.corroborated

    @property
    def caveat(self) -> str:
        """How the counts are to be read, in words."""
        if self.happenings < FEW:
            return f"tells of {self.happenings} happenings: too few to say how often it stands alone"
        return "what it alone tells may be so; what others tell too may go back to it; disputed does not mean wrong"

    def to_json(self) -> dict[str, Any]:
        return {
            "source": self.source, "party": self.party, "class": self.cls, "named": self.named,
            "statements": self.statements, "reports": self.reports, "outlets": self.outlets,
            "first": iso(self.first), "last": iso(self.last), "happenings": self.happenings,
            "corroborated": self.corroborated, "alone": self.alone, "disputed": self.disputed, "caveat": self.caveat,
        }  # fmt: skip


def sources(connection: Connection, asked: Filter, limit: int | None) -> list[SourceRow]:
    """The sources of the statements asked for, those that said most first."""
    from sqlalchemy import case, func, select

    from contested.record import tables as t

    who = func.coalesce(t.party.c.party, func.lower(t.party.c.text))
    said = chosen(connection, asked).subquery("said")
    happening = said.c.kind.in_(("event", "toll")) & (said.c.modality == "asserted")
    counted = (
        select(
            who.label("who"), func.min(t.party.c.party).label("party"), func.count().label("statements"),
            func.count(said.c.report.distinct()).label("reports"),
            func.count(said.c.report_outlet.distinct()).label("outlets"),
            func.min(said.c.day).label("first"), func.max(said.c.day).label("last"),
            func.max(said.c.number).label("example"), func.sum(case((happening, 1), else_=0)).label("happenings"),
        )
        .join(said, (said.c.number == t.party.c.statement) & (t.party.c.role == "source"))
        .group_by(who).order_by(func.count().desc(), who)
    )  # fmt: skip
    rows = connection.execute(counted.limit(limit) if limit else counted).all()
    keys = [row.who for row in rows]
    by_source = (
        select(who, func.count(said.c.number.distinct()))
        .join(said, (said.c.number == t.party.c.statement) & (t.party.c.role == "source"))
        .group_by(who)
    )  # fmt: skip
    told = by_source.join(t.told, t.told.c.statement == said.c.number)
    told = told.join(t.incident, t.incident.c.number == t.told.c.incident).where(t.incident.c.voices > 1, happening)
    disputed = by_source.join(t.disputed, t.disputed.c.statement == said.c.number)
    disputed = disputed.join(t.dispute, t.dispute.c.number == t.disputed.c.dispute).where(t.dispute.c.update.is_(False))
    corroborated, at_odds = _numbers(connection, told, who, keys), _numbers(connection, disputed, who, keys)
    shown = _examples(connection, [row.example for row in rows])
    return [
        SourceRow(
            *shown[row.example], row.statements, row.reports, row.outlets, row.first, row.last, int(row.happenings),
            corroborated.get(row.who, 0), at_odds.get(row.who, 0),
        )
        for row in rows
    ]  # fmt: skip


def _numbers(connection: Connection, query: Select[Any, Any], who: Any, keys: list[str]) -> dict[str, int]:
    """Source → number, of the sources at hand."""
    found: dict[str, int] = {}
    for start in range(0, len(keys), 500):
        some = query.where(who.in_(keys[start : start + 500]))
        found.update((key, int(n)) for key, n in connection.execute(some))
    return found


def _examples(connection: Connection, numbers: list[int]) -> dict[int, tuple[str, str | None, str | None, bool]]:
    """Statement → its source as the latest report calls it: name, party, class, named."""
    from sqlalchemy import select

    from contested.record.tables import statement as table

    found = {}
    for start in range(0, len(numbers), 500):
        query = select(table.c.number, table.c.body).where(table.c.number.in_(numbers[start : start + 500]))
        for number, body in connection.execute(query):
            source = body.get("source") or {}
            known = source.get("resolved") or {}
            name = known.get("name") or source.get("text") or ""
            found[number] = (name, known.get("party"), source.get("class"), bool(source.get("named")))
    return found
