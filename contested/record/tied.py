"""What ties a party of a record to others, as statements tell: who backs, leads, opposes, belongs to whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from contested.record.account import Account, Who
from contested.record.asking import Filter, chosen, is_id
from contested.record.told import party_key, told
from contested.record.whos import latest, meant
from contested.spelling import fold

if TYPE_CHECKING:
    from sqlalchemy import Connection

#: Ties are made from so many statements, the latest; each cites so many.
READ, CITED = 400, 3
#: A network has so many parties beside the one in its middle, and so many ties among them.
AROUND, AMONG = 24, 120
#: Type of relation → how the first party stands to the second, and the second to the first.
WORDS = {
    "allied": ("allied with", "allied with"), "backs": ("backs", "backed by"),
    "opposes": ("opposes", "opposed by"), "member": ("part of", "has as part"), "leads": ("leads", "led by"),
    "alias": ("also called", "another name of"),
}  # fmt: skip


@dataclass(slots=True)
class TieRow:
    """How a party stands to another (`way`, in words) as accounts tell; `denied` counts those that say it is not so.

    `accounts` are the latest few.
    """

    other: Who
    type: str
    way: str
    forward: bool
    accounts: list[Account] = field(default_factory=list)

    @property
    def key(self) -> str:
        return party_key(self.other)

    def to_json(self) -> dict[str, Any]:
        days = [one.day.isoformat() for one in self.accounts if one.day]
        return {
            "party": self.other.id, "name": self.other.called, "type": self.type, "way": self.way,
            "told": len(self.accounts), "denied": sum(one.modality == "denied" for one in self.accounts),
            "first": min(days, default=None), "last": max(days, default=None),
            "accounts": [{**told(one).to_json(), "modality": one.modality} for one in self.accounts[:CITED]],
        }  # fmt: skip


def ties(connection: Connection, who: str, asked: Filter) -> list[TieRow]:
    """The ties of a party, those that most accounts tell of first."""
    from sqlalchemy import select

    from contested.record import tables as t

    p = t.party.c
    mine = select(p.statement).where(meant(connection, who), p.role.in_(("actor", "target")), p.sort == "relation")
    query = chosen(connection, replace(asked, kind="relation")).where(t.statement.c.number.in_(mine))
    found: dict[tuple[str, str, str], TieRow] = {}
    for one in latest(connection, query, READ):
        for forward, these, others in ((True, one.actors, one.targets), (False, one.targets, one.actors)):
            if not any(_is(who, some) for some in these):
                continue
            beside = others or (these if one.type == "allied" else ())  # allies may stand side by side
            for other in beside:
                way = WORDS[one.type][0 if forward else 1]
                if not _is(who, other):
                    row = found.setdefault((party_key(other), one.type, way), TieRow(other, one.type, way, forward))
                    if one not in row.accounts:
                        row.accounts.append(one)
    return sorted(found.values(), key=lambda row: (-len(row.accounts), row.other.called, row.type, row.way))


def network(connection: Connection, who: Who, rows: Sequence[TieRow]) -> dict[str, Any]:
    """A party, those it is tied to most, and what ties these to each other: `nodes` (`key`, `party`, `name`, `kind`,
    `country`, `told`, `self`) and `edges` (`from`, `to`, `type`, `told`)."""
    around: dict[str, tuple[Who, int]] = {}
    for row in rows:
        around[row.key] = (row.other, around.get(row.key, (row.other, 0))[1] + len(row.accounts))
    nearest = dict(sorted(around.items(), key=lambda one: (-one[1][1], one[0]))[:AROUND])
    middle = party_key(who)
    nodes = [_node(who, 0, True), *(_node(other, told_, False) for other, told_ in nearest.values())]
    edges: dict[tuple[str, str, str], int] = defaultdict(int)
    for row in rows:
        if row.key in nearest:
            ends = (middle, row.key) if row.forward else (row.key, middle)
            edges[(*(sorted(ends) if row.type == "allied" else ends), row.type)] += len(row.accounts)
    for one, other, type_, n in _among(connection, [key for key in nearest if is_id(key)]):
        edges[one, other, type_] += n
    return {
        "nodes": nodes,
        "edges": [{"from": one, "to": other, "type": type_, "told": n} for (one, other, type_), n in edges.items()],
    }


def _among(connection: Connection, ids: Sequence[str]) -> list[tuple[str, str, str, int]]:
    """First party, second party, type and number of the statements that tie these parties to each other."""
    from sqlalchemy import func, select

    from contested.record import tables as t

    one, other, s = t.party.alias("one"), t.party.alias("other"), t.statement
    query = (
        chosen(connection, Filter(kind="relation", modality="asserted"))
        .with_only_columns(one.c.party, other.c.party, s.c.type, func.count())
        .join(one, (one.c.statement == s.c.number) & (one.c.role == "actor"))
        .join(other, (other.c.statement == s.c.number) & (other.c.role == "target"))
        .where(
            s.c.number.in_(select(t.party.c.statement).where(t.party.c.party.in_(ids), t.party.c.sort == "relation")),
            one.c.party.in_(ids), other.c.party.in_(ids), one.c.party != other.c.party,
        )
        .group_by(one.c.party, other.c.party, s.c.type)
        .order_by(func.count().desc(), one.c.party, other.c.party, s.c.type).limit(AMONG)
    )  # fmt: skip
    return [(a, b, type_, n) for a, b, type_, n in connection.execute(query)] if ids else []


def _node(who: Who, n: int, self_: bool) -> dict[str, Any]:
    return {
        "key": party_key(who), "party": who.id, "name": who.called, "kind": who.kind, "country": who.country,
        "told": n, "self": self_,
    }  # fmt: skip


def _is(who: str, one: Who) -> bool:
    return one.id == who if is_id(who) else one.id is None and fold(one.text) == fold(who)
