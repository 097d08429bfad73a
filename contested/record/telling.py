"""The situation as one source, one side or one outlet tells it; and who tells of a record's war, to choose from.

A teller is asked for in words: an id of the register (`sy.sohr`), `side:SY:opposition` (every source that the
register puts on that side), `outlet:Dale Echo` (all that it prints, whoever it quotes), else a source by its words.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from contested.record.asking import Filter, is_id
from contested.record.situation import Situation, situation

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection

    from contested.record.selecting import Narrow
    from contested.register import Register

SIDE, OUTLET = "side:", "outlet:"
#: Who tells is looked for in so many statements of a kind, the latest.
LOOKED_AT = 2000
#: So many sources and outlets are offered, those that tell most.
OFFERED = 40
#: Kinds that a map shows.
_KINDS = ("control", "event", "toll")


@dataclass(frozen=True, slots=True)
class Teller:
    """Someone whose word can be asked for alone: `asked` is what to ask by, `group` sides, sources or outlets."""

    asked: str
    name: str
    group: str
    statements: int

    def to_json(self) -> dict[str, Any]:
        return {"asked": self.asked, "name": self.name, "group": self.group, "statements": self.statements}


def as_told(
    connection: Connection, asked: Filter, as_of: date | None, teller: str | None, limit: int, only: str | None = None
) -> Situation:
    """`Record.situation`, from what `teller` tells; `only` makes one section alone. Raises `RecordError` for a place
    that the record has not."""
    from contested.record.selecting import latest_day, selected, uncollected
    from contested.register import load_register

    asked, narrow = narrowed(connection, asked, teller)
    with uncollected():
        day = as_of or latest_day(connection, asked.known_by)
        found, cut = selected(connection, day, asked, limit, more=narrow, only=only) if day else ([], ())
        made = situation(found, day, asked.known_by, cut, register=load_register())
    party = asked.party
    return made if party is None else replace(made, ground=tuple(g for g in made.ground if g.concerns(party)))


def narrowed(connection: Connection, asked: Filter, teller: str | None) -> tuple[Filter, Narrow]:
    """What is asked for, of a teller alone: the filter, and the rows that a statement of his has beside it."""
    if not teller:
        return asked, ()
    if teller.startswith(OUTLET):
        return replace(asked, outlet=teller.removeprefix(OUTLET)), ()
    from contested.record import tables as t

    return asked, (((t.party, _is_source(connection, teller)),),)


def _is_source(connection: Connection, teller: str) -> ColumnElement[bool]:
    """That a row of `party` is of a source that is meant."""
    from sqlalchemy import and_, select

    from contested.record import tables as t

    p = t.party.c
    if teller.startswith(SIDE):
        return and_(p.role == "source", p.party.in_(_on_side(connection, teller.removeprefix(SIDE))))
    if is_id(teller):
        return and_(p.role == "source", p.party == teller)
    texts = select(t.party_name.c.text).where(t.party_name.c.name == teller.casefold())
    return and_(p.role == "source", p.text.in_(connection.scalars(texts).all()))


def _on_side(connection: Connection, side: str) -> list[str]:
    """The parties that the record names and the register puts on a side."""
    from sqlalchemy import select

    from contested.record import tables as t
    from contested.register import load_register

    register = load_register()
    named = connection.scalars(select(t.party.c.party).where(t.party.c.party.is_not(None)).distinct())
    return [id_ for id_ in named if side in _sides(register, id_)]


def _sides(register: Register, id_: str) -> tuple[str, ...]:
    """On whose side a party is, in which country: `SY:opposition`. A state and its organs are on their government's."""
    found = register.party(id_)
    if found is None:
        return ()
    if found.side or found.kind not in ("state", "organ") or not found.countries:
        return tuple(f"{country}:{side}" for country, side in found.side)
    return (f"{found.countries[0]}:government",)


def _side_name(side: str) -> str:
    """`opposition in Syria`."""
    from contested.register.countries import countries

    code, _, words = side.partition(":")
    known = countries().get(code)
    return f"{words} in {known.name if known else code}"


def tellers(connection: Connection, as_of: date) -> list[Teller]:
    """Who tells of what a map of the day shows: sides, then sources, then outlets, each with how many of the latest
    statements are theirs; those with most first."""
    from sqlalchemy import func, select, union_all

    from contested.record import tables as t
    from contested.register import load_register

    s, p, r = t.statement.c, t.party.c, t.report.c
    parts = (
        select(s.number, s.report).where(s.kind == kind, s.day <= as_of, s.gone.is_(None))
        .order_by(s.day.desc()).limit(LOOKED_AT).subquery() for kind in _KINDS
    )  # fmt: skip
    latest = union_all(*(select(part.c.number, part.c.report) for part in parts)).cte("latest")
    who = func.coalesce(p.party, func.lower(p.text))
    by_source = (
        select(who, func.max(p.party), func.max(p.text), func.count()).select_from(latest)
        .join(t.party, (p.statement == latest.c.number) & (p.role == "source"))
        .group_by(who).order_by(func.count().desc(), who).limit(OFFERED)
    )  # fmt: skip
    by_outlet = (
        select(r.outlet, func.count()).select_from(latest).join(t.report, r.number == latest.c.report)
        .where(r.outlet.is_not(None)).group_by(r.outlet).order_by(func.count().desc(), r.outlet).limit(OFFERED)
    )  # fmt: skip
    register = load_register()
    sources, sides = [], dict[str, int]()
    for key, id_, text, n in connection.execute(by_source):
        known = register.party(id_) if id_ else None
        sources.append(Teller(key, known.name if known else text, "sources", n))
        for side in dict.fromkeys(_sides(register, id_) if id_ else ()):
            sides[side] = sides.get(side, 0) + n
    on_side = [
        Teller(SIDE + side, _side_name(side), "sides", n)
        for side, n in sorted(sides.items(), key=lambda i: (-i[1], i[0]))
    ]
    return on_side + sources + [Teller(OUTLET + name, name, "outlets", n) for name, n in connection.execute(by_outlet)]
