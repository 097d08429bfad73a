"""The parties of a record: who is named how often, and all that it tells of one of them.

A party is an id of the register (or one that a report's statements came with), else words that the register has not, in
whatever case. Counting is done in the database; only what stands is counted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from contested.record.account import Account
from contested.record.asking import Filter, account, chosen, fallen, is_id
from contested.record.told import iso

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, Select

    from contested.register import Party

ROLES = ("actor", "target", "source")
#: So many names that the register has not are counted, those that are told of most.
WORDS = 1000


@dataclass(slots=True)
class PartyRow:
    """A party and how many statements it acts in (`actor`), suffers or is met in (`target`), and is the `source` of.

    `id` is null where the register has none; `first` and `last` are days that these statements count by.
    """

    id: str | None
    name: str
    kind: str | None = None
    cls: str | None = None
    country: str | None = None
    sides: tuple[str, ...] = ()
    roles: dict[str, int] = field(default_factory=lambda: dict.fromkeys(ROLES, 0))
    first: date | None = None
    last: date | None = None

    @property
    def told(self) -> int:
        return sum(self.roles.values())

    def add(self, role: str, told: int, first: date | None, last: date | None) -> None:
        self.roles[role] += told
        self.first = min((day for day in (self.first, first) if day), default=None)
        self.last = max((day for day in (self.last, last) if day), default=None)

    def to_json(self) -> dict[str, Any]:
        return {
            "party": self.id, "name": self.name, "kind": self.kind, "class": self.cls, "country": self.country,
            "sides": list(self.sides), **self.roles, "first": iso(self.first), "last": iso(self.last),
        }  # fmt: skip


def parties(connection: Connection, words: str | None = None) -> list[PartyRow]:
    """The parties of the record, those that are told of most first; with `words` those that are so called.

    Of those that the register has not only the first `WORDS`.
    """
    from sqlalchemy import func, literal_column, select

    from contested.record import tables as t
    from contested.register import load_register

    p = t.party.c
    texts = select(t.party_name.c.text).where(t.party_name.c.name.contains((words or "").casefold(), autoescape=True))
    counted = (func.count(p.statement.distinct()), func.min(p.day), func.max(p.day), func.max(p.statement))
    standing = p.statement.not_in(fallen())
    known: dict[str, PartyRow] = {}
    examples: dict[str, int] = {}
    register = load_register()
    query = select(p.party, p.role, *counted).where(p.party.is_not(None), standing)
    if words:
        every = set(connection.scalars(select(p.party).where(p.party.is_not(None)).distinct()))
        so_called = set(connection.scalars(select(p.party).where(p.party.is_not(None), p.text.in_(texts)).distinct()))
        query = query.where(p.party.in_(sorted(so_called | {i for i in every if _called(words, register.party(i))})))
    for id_, role, told, first, last, example in connection.execute(query.group_by(p.party, p.role)):
        if id_ not in known:
            known[id_] = _row(id_, register.party(id_))
        known[id_].add(role, told, first, last)
        examples[id_] = example
    _name(connection, known, examples)
    unknown: dict[str, PartyRow] = {}
    free = [literal_column("NOT (party.party IS NOT NULL)"), standing, *([p.text.in_(texts)] if words else [])]
    most = select(p.text).where(*free).group_by(p.text).order_by(func.count().desc(), p.text).limit(WORDS)
    query = select(p.text, p.role, *counted).where(*free, p.text.in_(connection.scalars(most).all()))
    for text, role, told, first, last, _ in connection.execute(query.group_by(p.text, p.role).order_by(p.text, p.role)):
        unknown.setdefault(text.casefold(), PartyRow(None, text)).add(role, told, first, last)
    return sorted([*known.values(), *unknown.values()], key=lambda row: (-row.told, row.name, row.id or ""))


def stands(number: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether the statement of this number stands, asked of each: for a few. Of all, `not_in(fallen())` is faster."""
    from sqlalchemy import select

    from contested.record import tables as t

    s = t.statement.c
    mine = select(s.number).join(t.report, t.report.c.number == s.report).where(s.number == number, t.report.c.latest)
    return mine.where(s.gone.is_(None), s.overruled.is_(None)).correlate_except(t.statement, t.report).exists()


def meant(connection: Connection, who: str) -> ColumnElement[bool]:
    """Which rows of `party` are of a party: an id, or all the words that the register has not."""
    from sqlalchemy import and_, select

    from contested.record import tables as t

    if is_id(who):
        return t.party.c.party == who
    texts = connection.scalars(select(t.party_name.c.text).where(t.party_name.c.name == who.casefold())).all()
    return and_(t.party.c.party.is_(None), t.party.c.text.in_(texts))


def party(connection: Connection, who: str) -> PartyRow | None:
    """One party with its counts; None where neither the record nor the register has it."""
    from sqlalchemy import func, select

    from contested.record import tables as t
    from contested.register import load_register

    p, known = t.party.c, load_register().party(who) if is_id(who) else None
    told = func.count(p.statement.distinct())
    query = select(p.role, told, func.min(p.day), func.max(p.day), func.max(p.statement), func.max(p.text))
    rows = connection.execute(query.where(meant(connection, who), stands(p.statement)).group_by(p.role)).all()
    if not rows and known is None:
        return None
    made = _row(who, known) if is_id(who) else PartyRow(None, rows[0][5])
    for role, n, first, last, _, _ in rows:
        made.add(role, n, first, last)
    if rows and made.id:
        _name(connection, {made.id: made}, {made.id: rows[0][4]})
    return made


def names(connection: Connection, who: str, limit: int = 40) -> list[dict[str, Any]]:
    """How reports call a party, the most frequent name first: `name`, `told`, `first` and `last` day."""
    from sqlalchemy import func, select

    from contested.record import tables as t

    p = t.party.c
    query = select(p.text, func.count(), func.min(p.day), func.max(p.day)).where(meant(connection, who))
    ordered = query.group_by(p.text).order_by(func.count().desc(), p.text).limit(limit)
    return [
        {"name": text, "told": told, "first": iso(first), "last": iso(last)}
        for text, told, first, last in connection.execute(ordered)
    ]


def of_party(connection: Connection, who: str, asked: Filter, part: str) -> Select[Any]:
    """`asking.chosen`, narrowed to a part of what is told of a party: what it `did`, what it `suffered` (it is a
    target), what it `said`, and what `others` say of it (it does or suffers, by another's word)."""
    from sqlalchemy import and_, not_, select

    from contested.record import tables as t

    p, mine = t.party.c, meant(connection, who)
    roles = {"did": ("actor",), "suffered": ("target",), "said": ("source",), "others": ("actor", "target")}[part]
    number = t.statement.c.number
    query = chosen(connection, asked).where(number.in_(select(p.statement).where(mine, p.role.in_(roles))))
    if part != "others":
        return query
    himself = select(p.statement).where(p.role == "source", mine)
    by_others = select(p.statement).where(and_(p.role == "source", p.statement == number)).exists()
    return query.where(not_(number.in_(himself)), by_others)


def types(connection: Connection, query: Select[Any]) -> list[dict[str, Any]]:
    """How many statements of each kind and type a query of `chosen` has, the most first: `kind`, `type`, `told`."""
    from sqlalchemy import func

    from contested.record.tables import statement

    s = statement.c
    counted = query.with_only_columns(s.kind, s.type, func.count()).group_by(s.kind, s.type)
    rows = connection.execute(counted.order_by(func.count().desc(), s.kind, s.type))
    return [{"kind": kind, "type": type_, "told": told} for kind, type_, told in rows]


def latest(connection: Connection, query: Select[Any], limit: int) -> list[Account]:
    """The accounts of a query of `chosen` that count by the latest days; those without a day last."""
    from contested.record import tables as t

    s, r = t.statement.c, t.report.c
    numbers = query.with_only_columns(s.number)  # sorted without their bodies, then loaded
    order = (s.day.desc().nulls_last(), r.id, s.quote_start, s.number)
    found = connection.scalars(numbers.order_by(*order).limit(limit)).all()
    rows = {row.number: row for row in connection.execute(
        chosen(connection, Filter(), all_versions=True).where(s.number.in_(found))
    )}  # fmt: skip
    return [account(rows[number]) for number in found if number in rows]


def tellers(connection: Connection, query: Select[Any], limit: int = 15) -> list[dict[str, Any]]:
    """Whom the statements of a query of `chosen` are attributed to, the most first: `party` (null: the register has
    none), `name`, `class`, `told`."""
    from sqlalchemy import func, select

    from contested.record import tables as t
    from contested.register import load_register

    p = t.party.c
    mine = query.with_only_columns(t.statement.c.number, t.statement.c.source_class).subquery("mine")
    who = func.coalesce(p.party, func.lower(p.text))
    counted = (
        select(func.max(p.party), func.max(p.text), func.max(mine.c.source_class), func.count())
        .join(mine, (mine.c.number == p.statement) & (p.role == "source"))
        .group_by(who).order_by(func.count().desc(), who).limit(limit)
    )  # fmt: skip
    register = load_register()
    return [
        {"party": id_, "name": found.name if id_ and (found := register.party(id_)) else text, "class": cls, "told": n}
        for id_, text, cls, n in connection.execute(counted)
    ]


def numbers_of(connection: Connection, who: str) -> Select[Any]:
    """The numbers of all statements in which a party acts, suffers or speaks."""
    from sqlalchemy import select

    from contested.record import tables as t

    return select(t.party.c.statement).where(meant(connection, who))


def incidents(connection: Connection, numbers: Select[Any], limit: int) -> list[dict[str, Any]]:
    """The incidents of which some of these statements tell, the latest first (`timeline.brief`)."""
    from sqlalchemy import select

    from contested.record import tables as t
    from contested.record.timeline import brief

    i = t.incident.c
    query = select(i.number).where(i.number.in_(select(t.told.c.incident).where(t.told.c.statement.in_(numbers))))
    return brief(connection, query, limit, i.start)


def disputes(connection: Connection, numbers: Select[Any], limit: int) -> list[dict[str, Any]]:
    """The disputes that rest on some of these statements, the latest first, in the form of docs/disputes.md; those
    in which a number was only raised are left out."""
    from sqlalchemy import select

    from contested.record import tables as t

    d = t.dispute.c
    resting = select(t.disputed.c.dispute).where(t.disputed.c.statement.in_(numbers))
    query = select(d.number).where(d.number.in_(resting), d.update.is_(False))
    some: Sequence[int] = connection.scalars(query.order_by(d.start.desc().nulls_last(), d.id).limit(limit)).all()
    rows = connection.execute(select(d.number, d.id, d.body).where(d.number.in_(some)))
    bodies = {row.number: {"id": row.id, **row.body} for row in rows}
    return [bodies[number] for number in some]


def _row(id_: str, known: Party | None) -> PartyRow:
    if known is None:
        return PartyRow(id_, id_)
    sides = tuple(f"{side} ({country})" for country, side in known.side)
    return PartyRow(id_, known.name, known.kind, known.cls, known.country, sides)


def _called(words: str, known: Party | None) -> bool:
    """Whether the register calls a party by these words, or has them for its id."""
    if known is None:
        return False
    every = (known.id, *(text for one in known.names for text in (one.name, *one.aliases, *one.scripts)))
    return any(words.casefold() in text.casefold() for text in every)


def _name(connection: Connection, rows: dict[str, PartyRow], examples: dict[str, int]) -> None:
    """Parties that the register has not, under ids that reports came with: called as a statement calls them."""
    bare = {id_: examples[id_] for id_, row in rows.items() if row.name == id_}
    bodies = _bodies(connection, bare.values())
    for id_, number in bare.items():
        body = bodies.get(number, {})
        mentions = (*body.get("actors", ()), *body.get("targets", ()), body.get("source") or {})
        known = next((r for m in mentions if (r := m.get("resolved") or {}).get("party") == id_), {})
        row = rows[id_]
        row.name, row.kind, row.country = known.get("name") or id_, known.get("kind"), known.get("country")


def _bodies(connection: Connection, numbers: Collection[int]) -> dict[int, dict[str, Any]]:
    from sqlalchemy import select

    from contested.record.bulk import chunks
    from contested.record.tables import statement

    found: dict[int, dict[str, Any]] = defaultdict(dict)
    for some in chunks(sorted(set(numbers))):
        query = select(statement.c.number, statement.c.body).where(statement.c.number.in_(some))
        found.update((number, body) for number, body in connection.execute(query))
    return found


__all__ = ["PartyRow", "disputes", "incidents", "latest", "meant", "names", "numbers_of", "of_party",
           "parties", "party", "stands", "tellers", "types"]  # fmt: skip
