"""Search with facets: how many of what was found are of which outlet, month, kind, place and party, counted in the
database, and narrowed by them.

Words are those of `searching.py`. Where more is found than `MOST`, only what was added last is looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from operator import eq, ge, le, lt
from typing import TYPE_CHECKING, Any

from contested.record.asking import Filter, chosen
from contested.record.searching import Found, What, snippet, terms
from contested.record.told import iso

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, Select, TextClause

Terms = list[tuple[tuple[str, ...], bool]]
#: So many matches are looked at, the last that were added: what is counted in a fifth of a second.
MOST: dict[What, int] = {"reports": 500, "quotes": 2500}
#: So many values of a facet are told.
VALUES = 12
#: The facets, in order.
FACETS = ("outlet", "month", "kind", "place", "party")


@dataclass(frozen=True, slots=True)
class Searched:
    """What was found: `total` of it in all, `more` where there are others, added before the last `MOST`. A facet is a
    list of `value`, `label`, `count`, the most first (months: the last first)."""

    found: list[Found]
    total: int
    more: bool
    facets: dict[str, list[dict[str, Any]]]


def searched(
    connection: Connection, words: str, what: What, asked: Filter, month: str | None = None, limit: int = 25,
    offset: int = 0,
) -> Searched:  # fmt: skip
    """The reports (latest versions), or quotes of statements that stand, with all the words, the last published first.

    A report is of a kind, place or party if a statement in it is. `from` and `to` of `asked`, and `month` (YYYY-MM),
    are about publication. A place is counted where it is the narrowest that is named, and narrows to what lies in it.
    Raises `ValueError` for what is no month.
    """
    from sqlalchemy import select

    from contested.record import tables as t

    question = terms(words)
    if not question:
        return Searched([], 0, False, {facet: [] for facet in FACETS})
    s, r, match = t.statement.c, t.report.c, _match(connection, question, what)
    said = _said(connection, asked, month)
    if what == "quotes":
        query = said.with_only_columns(s.number).where(match).order_by(s.number.desc())
    else:
        query = select(r.number).where(r.latest, match, *_of_reports(asked, month)).order_by(r.number.desc())
        if not replace(asked, outlet=None, report=None, start=None, end=None, known_by=None).empty:
            query = query.where(r.number.in_(said.with_only_columns(s.report)))
    numbers = connection.scalars(query.limit(MOST[what] + 1)).all()
    more, numbers = len(numbers) > MOST[what], numbers[: MOST[what]]
    mine = (s.number if what == "quotes" else s.report).in_(numbers)
    shown = _shown(connection, numbers, what, question, limit, offset)
    return Searched(shown, len(numbers), more, _facets(connection, said.where(mine), numbers, what))


def _said(connection: Connection, asked: Filter, month: str | None) -> Select[Any]:
    """Statements of reports asked for; days are of publication."""
    query = chosen(connection, replace(asked, start=None, end=None))
    return query.where(*_of_reports(asked, month))


def _of_reports(asked: Filter, month: str | None) -> list[ColumnElement[bool]]:
    from contested.record.tables import report

    r = report.c
    first, after = _month(month) if month else (None, None)
    bounds: list[tuple[Callable[[Any, Any], Any], Any, Any]] = [
        (eq, r.outlet, asked.outlet), (eq, r.id, asked.report), (ge, r.published, asked.start),
        (le, r.published, asked.end), (le, r.published, asked.known_by), (ge, r.published, first),
        (lt, r.published, after),
    ]  # fmt: skip
    return [how(column, given) for how, column, given in bounds if given is not None]


def _month(month: str) -> tuple[date, date]:
    """The first day of a month (YYYY-MM) and of the next. Raises `ValueError`."""
    first = date.fromisoformat(f"{month}-01")
    return first, date(first.year + first.month // 12, first.month % 12 + 1, 1)


def _match(connection: Connection, question: Terms, what: What) -> ColumnElement[bool] | TextClause:
    """Which reports or statements match."""
    from sqlalchemy import Integer, column, select, text

    from contested.record import tables as t

    table = t.report if what == "reports" else t.statement
    if connection.dialect.name == "sqlite":
        index = "report_words" if what == "reports" else "quote_words"
        words = " ".join(f'"{" ".join(side)}"{"*" if begun else ""}' for side, begun in question)
        rows = text(f"SELECT rowid AS number FROM {index} WHERE {index} MATCH :asked").bindparams(asked=words)
        hits = rows.columns(column("number", Integer)).subquery("hits")
        return table.c.number.in_(select(hits.c.number))
    words = " & ".join("(" + " <-> ".join(side) + (":*" if begun else "") + ")" for side, begun in question)
    # Written out as the index has it, or it would not be taken.
    whole = "statement.quote" if what == "quotes" else "coalesce(report.title, '') || ' ' || report.text"
    return text(f"to_tsvector('simple', {whole}) @@ to_tsquery('simple', :asked)").bindparams(asked=words)


def _shown(
    connection: Connection, numbers: Sequence[int], what: What, question: Terms, limit: int, offset: int
) -> list[Found]:
    from sqlalchemy import null, select

    from contested.record import tables as t

    s, r = t.statement.c, t.report.c
    query: Select[Any] = select(r.id, r.version, r.outlet, r.title, r.published)
    if what == "reports":
        query = query.add_columns(r.text.label("words"), r.number, null().label("statement"))
        query = query.where(r.number.in_(numbers)).order_by(r.published.desc().nulls_last(), r.number.desc())
    else:
        query = query.add_columns(s.quote.label("words"), s.number, s.id.label("statement"))
        query = query.join(t.statement, s.report == r.number).where(s.number.in_(numbers))
        query = query.order_by(s.published.desc().nulls_last(), s.number.desc())
    return [
        Found(row.id, row.version, row.outlet, row.title, iso(row.published), snippet(row.words, question),
              row.statement)
        for row in connection.execute(query.limit(limit).offset(offset))
    ]  # fmt: skip


def _facets(
    connection: Connection, said: Select[Any], found: Sequence[int], what: What
) -> dict[str, list[dict[str, Any]]]:
    """How many of what was found have which value. Of a report the statements among `said` count."""
    from sqlalchemy import extract, func, select

    from contested.record import tables as t

    s, r, spot, party, place = t.statement.c, t.report.c, t.spot.c, t.party.c, t.place.c
    one = s.report if what == "reports" else s.number
    mine = said.with_only_columns(s.number.label("number"), one.label("one"), s.kind.label("kind")).subquery("said")
    many = func.count(mine.c.one.distinct())
    reports = select(r.number, r.outlet, r.published)
    if what == "reports":
        reports = reports.where(r.number.in_(found))
    else:
        reports = reports.join(t.statement, s.report == r.number).where(s.number.in_(found))
    each = reports.subquery("each")
    year, month = extract("year", each.c.published), extract("month", each.c.published)
    count = func.count()
    queries = {
        "outlet": select(each.c.outlet, each.c.outlet, count).where(each.c.outlet.is_not(None)).group_by(each.c.outlet)
        .order_by(count.desc(), each.c.outlet),
        "month": select(year, month, count).where(each.c.published.is_not(None)).group_by(year, month)
        .order_by(year.desc(), month.desc()),
        "kind": select(mine.c.kind, mine.c.kind, many).group_by(mine.c.kind).order_by(many.desc(), mine.c.kind),
        "place": select(place.id, place.name, many).join(t.spot, spot.place == place.id)
        .join(mine, mine.c.number == spot.statement).where(spot.rank == 0).group_by(place.id, place.name)
        .order_by(many.desc(), place.id),
        "party": select(party.party, func.max(party.text), many).join(mine, mine.c.number == party.statement)
        .where(party.party.is_not(None)).group_by(party.party).order_by(many.desc(), party.party),
    }  # fmt: skip
    out = {}
    for facet, query in queries.items():
        rows = connection.execute(query.limit(VALUES)).all()
        if facet == "month":
            rows = [(f"{int(y):04}-{int(m):02}", f"{int(y):04}-{int(m):02}", n) for y, m, n in rows]  # type: ignore[misc]
        out[facet] = [{"value": value, "label": label, "count": int(n)} for value, label, n in rows]
    return out
