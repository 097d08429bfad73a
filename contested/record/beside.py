"""What stands beside statements, for questions to find them by: parties, places and what holds them, people harmed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from contested.record.account import Account
from contested.record.bulk import Values, put, put_missing
from contested.record.situation import counted_on, sort_of
from contested.record.told import iso

if TYPE_CHECKING:
    from sqlalchemy import Connection

_PARTY = ("statement", "sort", "day", "role", "text", "party", "country")
_SPOT = ("statement", "sort", "day", "rank", "text", "place", "lat", "lon")
_HARM = ("statement", "effect", "who", "low", "high")
_PLACE = ("id", "name", "lat", "lon", "kind", "radius_km", "country")


@dataclass(frozen=True, slots=True)
class Beside:
    """Values of rows of the tables of these names, of those beside a statement without its number."""

    party: tuple[Values, ...]
    spot: tuple[Values, ...]
    harm: tuple[Values, ...]
    place: tuple[Values, ...]
    called: tuple[Values, ...]
    inside: tuple[Values, ...]


def beside(account: Account) -> Beside:
    """What stands beside the statement of an account."""
    sort, day = sort_of(account), iso(counted_on(account))
    roles = (("actor", account.actors), ("target", account.targets), ("source", (account.source,)))
    known = [p for p in account.places if p.id is not None and p.lat is not None and p.lon is not None]
    return Beside(
        party=tuple(
            (sort, day, role, one.text, one.id, one.country) for role, ones in roles for one in ones if one is not None
        ),
        spot=tuple((sort, day, rank, p.text, p.id, p.lat, p.lon) for rank, p in enumerate(account.places)),
        harm=tuple((h.effect, h.who, h.low, h.high) for h in account.harm),
        place=tuple((p.id, p.called, p.lat, p.lon, p.kind or "site", p.radius_km or 0.0, p.country) for p in known),
        called=tuple((words.casefold(), p.id) for p in known for words in (p.text, p.called)),
        inside=tuple((p.id, holder, depth) for p in known for depth, holder in enumerate((p.id, *p.within))),
    )


def put_beside(connection: Connection, told: Sequence[tuple[int, Beside]]) -> None:
    """Write what stands beside statements, by their numbers."""
    from contested.record import tables as t

    put(connection, t.party, _PARTY, [(number, *row) for number, one in told for row in one.party])
    put(connection, t.spot, _SPOT, [(number, *row) for number, one in told for row in one.spot])
    put(connection, t.harm, _HARM, [(number, *row) for number, one in told for row in one.harm])
    said = {str(row[3]) for _, one in told for row in one.party}
    put_missing(connection, t.party_name, ("text", "name"), [(words, words.casefold()) for words in sorted(said)])
    # of several rows under one key the last one told counts for places, the first for what holds them
    put_missing(connection, t.place, _PLACE, {row[0]: row for _, one in told for row in one.place}.values())
    inside: dict[Values, Values] = {}
    for _, one in told:
        for row in one.inside:
            inside.setdefault(row[:2], row)
    put_missing(connection, t.inside, ("place", "holder", "depth"), inside.values())
    put_missing(connection, t.called, ("name", "place"), {row: None for _, one in told for row in one.called})


def forget_beside(connection: Connection, statements: Iterable[int]) -> None:
    """Take away what stands beside the statements of these numbers."""
    from contested.record import tables as t

    numbers = list(statements)
    for table in (t.party, t.spot, t.harm):
        connection.execute(table.delete().where(table.c.statement.in_(numbers)))
