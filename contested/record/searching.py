"""Full-text search over the texts of reports and the quotes of statements: FTS5 on SQLite, tsvector on PostgreSQL.

A question is words, all of which must stand there, in whatever case and with whatever accents; words in quotation marks
must stand side by side; `word*` is the beginning of a word.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, Select

What = Literal["reports", "quotes"]
#: Words that stand side by side, and whether the last is only begun.
Terms = list[tuple[tuple[str, ...], bool]]
_TERM = re.compile(r'"([^"]+)"|(\S+)')
_WORD = re.compile(r"\w+")
#: So many hits are many.
MANY = 2000
#: What stands between words that stand side by side.
_PART = r"\W+"
#: Characters on either side of the first word that is found.
AROUND = 90


@dataclass(frozen=True, slots=True)
class Found:
    """A report, or a statement's quote, in which the words stand: `snippet` is what stands around the first of them."""

    report: str
    version: int
    outlet: str | None
    title: str | None
    published: str | None
    snippet: str
    statement: str | None = None

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def terms(words: str) -> Terms:
    """The terms of a question: each the words that stand side by side, and whether the last is only begun."""
    out = []
    for phrase, single in _TERM.findall(words):
        found = tuple(_WORD.findall(phrase or single))
        if found:
            out.append((found, bool(single) and single.endswith("*")))
    return out


def search(connection: Connection, words: str, what: What = "reports", limit: int = 50) -> list[Found]:
    """The reports (latest versions), or the quotes of statements that stand, with all the words; newest first."""
    asked = terms(words)
    if not asked:
        return []
    return _search(connection, asked, what, limit)


def _search(connection: Connection, asked: Terms, what: What, limit: int) -> list[Found]:
    from sqlalchemy import func, literal_column, select, text

    from contested.record import tables as t

    r, s = t.report, t.statement
    columns = (r.c.id, r.c.version, r.c.outlet, r.c.title, r.c.published)
    of_report = s.c.report + 0 if connection.dialect.name == "sqlite" else s.c.report
    if what == "reports":
        query, number, index = select(*columns, r.c.text, literal_column("NULL")), r.c.number, "report_words"
        words = func.coalesce(r.c.title, "") + " " + r.c.text
    else:
        query = select(*columns, s.c.quote, s.c.id).where(of_report == r.c.number)
        query = query.where(s.c.gone.is_(None), s.c.overruled.is_(None))
        number, index, words = s.c.number, "quote_words", s.c.quote
    if connection.dialect.name == "sqlite":
        match = " ".join(f'"{" ".join(words)}"{"*" if begun else ""}' for words, begun in asked)
        hits = f"SELECT rowid FROM {index} WHERE {index} MATCH :asked"
        count = text(f"SELECT count(*) FROM ({hits} LIMIT {MANY})").bindparams(asked=match)
        # Few are looked up; where they are many the latest are gone through until enough of them are found. `+ 0` hides
        # the number from SQLite's planner.
        many = connection.scalar(count) == MANY
        query = query.where((number + 0 if many else number).in_(text(hits).bindparams(asked=match)))
    else:
        query = _narrowed(connection, query, number, words, asked)
    published = r.c.published if what == "reports" else s.c.published
    found: list[Found] = []
    for part in (query.where(published.is_not(None)).order_by(published.desc()), query.where(published.is_(None))):
        rows = connection.execute(part.where(r.c.latest).order_by(number.desc()).limit(limit - len(found)))
        found += [
            Found(id_, version, outlet, title, day.isoformat() if day else None, snippet(body, asked), statement)
            for id_, version, outlet, title, day, body, statement in rows
        ]
        if len(found) >= limit:
            break
    return found


def _narrowed(
    connection: Connection, query: Select[Any], number: ColumnElement[int], words: ColumnElement[str], asked: Terms
) -> Select[Any]:
    """`query`, of the rows whose `words` have what is asked for (PostgreSQL).

    Its index knows no places of words, and to make them of each text again takes long. A pattern finds words that stand
    side by side in what has them all. Where much has them, the latest are gone through by the pattern, until enough of
    them are found; where little, the planner is kept from going through all by their days.
    """
    from sqlalchemy import and_, func, select

    patterns = [words.op("~*")(rf"\m{_PART.join(some)}" + ("" if begun else r"\M")) for some, begun in asked]
    all_words = [
        word + (":*" if begun and n == len(some) else "") for some, begun in asked for n, word in enumerate(some, 1)
    ]
    match = func.to_tsvector("simple", words).op("@@")(func.to_tsquery("simple", " & ".join(all_words)))
    hits = select(number).where(match)
    beside = [pattern for pattern, (some, _) in zip(patterns, asked, strict=True) if len(some) > 1]
    if not beside:
        # the first of many hits are found soon by reading rows one by one, thinks the planner, for whom their words are
        # there: they are made of each text again
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
        many = connection.scalar(select(func.count()).select_from(hits.limit(MANY).subquery())) == MANY
        connection.exec_driver_sql("SET LOCAL enable_seqscan = on; SET LOCAL enable_indexscan = on")
        if many:
            return query.where(match, *patterns)
    found = hits.where(and_(True, *beside)).cte("hits").prefix_with("MATERIALIZED", dialect="postgresql")
    return query.where(number.in_(select(found)))


def snippet(text: str, asked: Terms) -> str:
    """What stands around the first of the words asked for, cut at words."""
    words, begun = asked[0]
    pattern = _PART.join(map(re.escape, words)) + (r"\w*" if begun else "")
    match = re.search(rf"(?<!\w){pattern}", text, re.IGNORECASE)
    at, end = match.span() if match else (0, 0)
    start, stop = max(0, at - AROUND), min(len(text), end + AROUND)
    cut = text[start:stop]
    cut = cut.partition(" ")[2] if start and " " in cut[:AROUND] else cut
    cut = cut.rpartition(" ")[0] if stop < len(text) and " " in cut[-AROUND:] else cut
    return f"{'…' if start else ''}{' '.join(cut.split())}{'…' if stop < len(text) else ''}"
