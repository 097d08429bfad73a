"""Who says what is in a record: each source with how much it said, and how much of it stands alone or disputed.

A source is a party of the register, else the words that reports call it by (in small letters). Counting is done in the
database. It says nothing of who is right: what one source alone tells may be so, and what many tell may be one rumour.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from contested.record.asking import Filter, standing
from contested.record.told import iso

if TYPE_CHECKING:
    from sqlalchemy import Connection

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
    from sqlalchemy import case, func, literal_column, select

    from contested.record import tables as t

    p, r, said = t.party.c, t.report.c, standing(connection, asked).subquery("said")
    who = func.coalesce(p.party, func.lower(p.text))
    several = select(t.told.c.statement).join(t.incident, t.incident.c.number == t.told.c.incident)
    told = said.c.number.in_(several.where(t.incident.c.voices > 1))
    disputed = select(t.disputed.c.statement).join(t.dispute, t.dispute.c.number == t.disputed.c.dispute)
    at_odds = said.c.number.in_(disputed.where(t.dispute.c.update.is_(False)))
    happening = said.c.kind.in_(("event", "toll")) & (said.c.modality == "asserted")
    counted = (
        select(
            func.count().label("statements"), func.count(said.c.report.distinct()).label("reports"),
            func.count(r.outlet.distinct()).label("outlets"),
            func.min(said.c.day).label("first"), func.max(said.c.day).label("last"),
            func.max(said.c.number).label("example"), func.sum(case((happening, 1), else_=0)).label("happenings"),
            func.sum(case((happening & told, 1), else_=0)).label("corroborated"),
            func.sum(case((at_odds, 1), else_=0)).label("disputed"),
        )
        .select_from(t.party).join(said, said.c.number == p.statement).join(t.report, r.number == said.c.report)
        .where(literal_column("party.role = 'source'"))  # as an index has it
        .group_by(who).order_by(func.count().desc(), who)
    )  # fmt: skip
    rows = connection.execute(counted.limit(limit) if limit else counted).all()
    shown = examples(connection, [row.example for row in rows])
    return [
        SourceRow(
            *shown[row.example], row.statements, row.reports, row.outlets, row.first, row.last, int(row.happenings),
            int(row.corroborated), int(row.disputed),
        )
        for row in rows
    ]  # fmt: skip


def examples(connection: Connection, numbers: list[int]) -> dict[int, tuple[str, str | None, str | None, bool]]:
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
