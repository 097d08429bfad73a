"""The links of a record: kept, forgotten, followed; and which clusters a change makes anew.

Clusters grow from the surest link down, and whether two join is decided by these two alone. So a new link, or a lost
one, only changes the clusters that it touches, and those that these touch then: the others are as they were, however
long the chain of links is that they hang in (in a siege, years).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from contested.record.books import Books, reports_of, versions
from contested.record.bulk import chunks
from contested.record.clustering import surest
from contested.record.incidents import happenings_of
from contested.record.linking import Link

if TYPE_CHECKING:
    from sqlalchemy import Connection

#: Two statements (numbers) → the score of their link.
Scores = dict[tuple[int, int], float]


def closure(connection: Connection, numbers: set[int]) -> set[int]:
    """These statements and all that links, however indirectly, tie them to."""
    found, fresh = set(numbers), set(numbers)
    while fresh:
        fresh = {number for pair in _scores(connection, fresh) for number in pair} - found
        found |= fresh
    return found


def forget(connection: Connection, reports: Sequence[int]) -> None:
    """Take away the links of all versions of these reports."""
    from sqlalchemy import or_, select

    t = _t()
    mine = select(t.statement.c.number).where(t.statement.c.report.in_(versions(connection, reports)))
    connection.execute(t.link.delete().where(or_(t.link.c.one.in_(mine), t.link.c.other.in_(mine))))


def keep(connection: Connection, books: Books, links: Sequence[Link]) -> None:
    """Write links."""
    rows = {
        (books.number[one.one], books.number[one.other]): one
        for one in links if one.one in books.number and one.other in books.number
    }  # fmt: skip
    if rows:
        connection.execute(
            _t().link.insert(),
            [{"one": a, "other": b, "score": one.score, "why": list(one.why)} for (a, b), one in rows.items()],
        )


def links_of(connection: Connection, books: Books, numbers: Collection[int]) -> list[Link]:
    """The links among these statements, by their keys."""
    from sqlalchemy import select

    t = _t()
    found = []
    for some in chunks(sorted(numbers)):
        for row in connection.execute(select(t.link).where(t.link.c.one.in_(some))):
            if row.one in books.key and row.other in books.key:
                one, other = sorted((books.key[row.one], books.key[row.other]))
                found.append(Link(one, other, row.score, tuple(row.why)))
    return sorted(found, key=surest)


def reclustered(
    connection: Connection, books: Books, changed: Collection[int], split: Collection[tuple[str, str]], *, whole: bool
) -> tuple[set[int], list[set[str]]]:
    """The statements (numbers) whose clusters may be others than the record has, `changed` among them; and the
    clusters (keys) that they make now.

    Looked at are what changed, what is linked with it, and the clusters of both. Where one of these comes out otherwise
    than it was, so is what is linked with that; and so on. With `whole`, all that hangs together with what changed.
    """
    scores: Scores = {}
    was: dict[int, frozenset[int]] = {}
    inside: set[int] = set()
    made: list[set[str]] = []
    other = closure(connection, set(changed)) if whole else set(changed)
    more = set(other)
    while more:
        while more:  # what changed comes with what is linked with it
            more |= _clusters(connection, more, was)
            inside |= more
            scores |= _scores(connection, more)
            more = _linked(other, scores) - inside
        known = books.of(reports_of(connection, inside))
        links = list(_named(books, scores, inside))
        made = [cluster for cluster, _ in happenings_of(links, known, split)]
        now = {books.number[key]: frozenset(books.number[k] for k in one) for one in made for key in one}
        other |= {number for number in inside if now.get(number) != was.get(number)}
        more = _linked(other, scores) - inside
    return other, [one for one in made if any(books.number[key] in other for key in one)]


def _clusters(connection: Connection, numbers: Collection[int], was: dict[int, frozenset[int]]) -> set[int]:
    """The statements of the incidents that these make; `was` is told which these are. What is told again is none."""
    from sqlalchemy import select

    told = _t().told
    first = select(told.c.incident, told.c.statement).where(told.c.again.is_(False))
    found: dict[int, set[int]] = {}
    for some in chunks(sorted(numbers - was.keys())):
        mine = first.with_only_columns(told.c.incident).where(told.c.statement.in_(some))
        for incident, statement in connection.execute(first.where(told.c.incident.in_(mine))):
            found.setdefault(incident, set()).add(statement)
    for members in found.values():
        was |= dict.fromkeys(members, frozenset(members))
    return set().union(*found.values())


def _scores(connection: Connection, numbers: Collection[int]) -> Scores:
    """The links of these statements."""
    from sqlalchemy import select

    link = _t().link.c
    found: Scores = {}
    for some in chunks(sorted(numbers)):
        for end in (link.one, link.other):
            rows = connection.execute(select(link.one, link.other, link.score).where(end.in_(some)))
            found |= {(one, other): score for one, other, score in rows}
    return found


def _linked(numbers: Collection[int], scores: Scores) -> set[int]:
    """What is linked with these statements."""
    return {number for pair in scores for number in pair if pair[0] in numbers or pair[1] in numbers}


def _named(books: Books, scores: Scores, inside: set[int]) -> Iterator[Link]:
    """The links among statements that are `inside`, by their keys."""
    for pair, score in scores.items():
        if pair[0] in inside and pair[1] in inside and pair[0] in books.key and pair[1] in books.key:
            one, other = sorted((books.key[pair[0]], books.key[pair[1]]))
            yield Link(one, other, score)


def _t() -> Any:
    from contested.record import tables

    return tables
