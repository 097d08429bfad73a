"""Full-text search over the texts of reports and the quotes of statements: FTS5 on SQLite, tsvector on PostgreSQL.

A question is words, all of which must stand there, in whatever case and with whatever accents; words in quotation marks
must stand side by side; `word*` is the beginning of a word.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from sqlalchemy import Connection

What = Literal["reports", "quotes"]
_TERM = re.compile(r'"([^"]+)"|(\S+)')
_WORD = re.compile(r"\w+")
#: So many hits are many (SQLite).
MANY = 2000
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


def terms(words: str) -> list[tuple[tuple[str, ...], bool]]:
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


def _search(connection: Connection, asked: list[tuple[tuple[str, ...], bool]], what: What, limit: int) -> list[Found]:
    from sqlalchemy import func, literal_column, select, text

    from contested.record import tables as t

    r, s = t.report, t.statement
    columns = (r.c.id, r.c.version, r.c.outlet, r.c.title, r.c.published)
    of_report = s.c.report + 0 if connection.dialect.name == "sqlite" else s.c.report
    if what == "reports":
        query, number, index = select(*columns, r.c.text, literal_column("NULL")), r.c.number, "report_words"
        vector = func.to_tsvector("simple", func.coalesce(r.c.title, "") + " " + r.c.text)
    else:
        query = select(*columns, s.c.quote, s.c.id).where(of_report == r.c.number)
        query = query.where(s.c.gone.is_(None), s.c.overruled.is_(None))
        number, index, vector = s.c.number, "quote_words", func.to_tsvector("simple", s.c.quote)
    if connection.dialect.name == "sqlite":
        match = " ".join(f'"{" ".join(words)}"{"*" if begun else ""}' for words, begun in asked)
        hits = f"SELECT rowid FROM {index} WHERE {index} MATCH :asked"
        count = text(f"SELECT count(*) FROM ({hits} LIMIT {MANY})").bindparams(asked=match)
        # Few are looked up; where they are many the latest are gone through until enough of them are found. `+ 0` hides
        # the number from SQLite's planner.
        many = connection.scalar(count) == MANY
        query = query.where((number + 0 if many else number).in_(text(hits).bindparams(asked=match)))
    else:
        match = " & ".join("(" + " <-> ".join(words) + (":*" if begun else "") + ")" for words, begun in asked)
        query = query.where(vector.op("@@")(func.to_tsquery("simple", match)))
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


def snippet(text: str, asked: list[tuple[tuple[str, ...], bool]]) -> str:
    """What stands around the first of the words asked for, cut at words."""
    words, begun = asked[0]
    pattern = r"\W+".join(map(re.escape, words)) + (r"\w*" if begun else "")
    match = re.search(rf"(?<!\w){pattern}", text, re.IGNORECASE)
    at, end = match.span() if match else (0, 0)
    start, stop = max(0, at - AROUND), min(len(text), end + AROUND)
    cut = text[start:stop]
    cut = cut.partition(" ")[2] if start and " " in cut[:AROUND] else cut
    cut = cut.rpartition(" ")[0] if stop < len(text) and " " in cut[-AROUND:] else cut
    return f"{'…' if start else ''}{' '.join(cut.split())}{'…' if stop < len(text) else ''}"
