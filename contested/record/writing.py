"""The only writer: adds read reports to a record, each in one transaction, so that an interruption loses nothing.

A report is added once, however often it comes: the same content read the same way changes nothing. Content that has
changed under an id (or, where a report came without one, under its URL) is a new version beside the old ones, without
statements where it is withdrawn. A newer reading adds what it finds, marks what it no longer finds; nothing is deleted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

from contested.errors import RecordError
from contested.record.account import Account, accounts_of, day
from contested.record.copies import COPY, Print, fingerprint
from contested.record.engine import named, writes
from contested.record.situation import counted_on, sort_of
from contested.record.withdrawing import taken_back, withdrawn
from contested.statement import Report, digest

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

Outcome = Literal["new", "version", "withdrawn", "reread", "same"]
Row = dict[str, Any]
#: The reading of what persons write by hand.
PERSON = ("person", "")


@dataclass(frozen=True, slots=True)
class Added:
    """What came of adding a report: `new`, another `version`, `withdrawn`, `reread` by another reader, or the `same`.

    `found` and `gone` count statements that are new to the record and that are no longer found; `copies` says of how
    many earlier reports it is a near-copy.
    """

    id: str
    version: int
    outcome: Outcome
    found: int = 0
    gone: int = 0
    copies: int = 0


class Writer:
    """Adds reports that `reader`, with `knowledge` (versions of lexicon, register and gazetteer), has read."""

    def __init__(self, engine: Engine, reader: str, knowledge: str = "") -> None:
        self.engine, self.reader, self.knowledge = engine, reader, knowledge
        self._reading: int | None = None

    def add(self, report: Report) -> Added:
        """Add one report. Raises `RecordError` where it cannot be written; nothing of the report is kept then."""
        return next(self.add_all([report]))

    def add_all(self, reports: Iterable[Report]) -> Iterator[Added]:
        """Add reports in one transaction: all of them or none. Yields when all are kept."""
        prints = [(report, fingerprint(report.text)) for report in reports]
        try:
            with named(self.engine), writes(self.engine).begin() as connection:
                reading = self._reading_number(connection)
                later = _Later()
                out = [_add(connection, report, printed, reading, later) for report, printed in prints]
                later.write(connection)
        except RecordError:
            self._reading = None
            raise
        self._reading = reading
        yield from out

    def has(self, report: Report) -> bool:
        """Whether the record has this very report as this reader reads it, so that reading it again is for nothing."""
        from sqlalchemy import select

        from contested.record import tables as t

        with named(self.engine), self.engine.connect() as connection:
            return connection.scalar(
                select(t.report.c.number)
                .join(t.reading, t.report.c.read_by == t.reading.c.number)
                .where(t.report.c.id == report.id, t.report.c.content == content_of(report))
                .where(t.reading.c.reader == self.reader, t.reading.c.knowledge == self.knowledge)
            ) is not None  # fmt: skip

    def _reading_number(self, connection: Connection) -> int:
        return reading_number(connection, self.reader, self.knowledge) if self._reading is None else self._reading


def reading_number(connection: Connection, reader: str, knowledge: str) -> int:
    """The number of a reading, which is put into the record where it is not there."""
    from sqlalchemy import select

    from contested.record.tables import reading

    _put(connection, reading, [{"reader": reader, "knowledge": knowledge}])
    number = connection.scalar(
        select(reading.c.number).where(reading.c.reader == reader, reading.c.knowledge == knowledge)
    )
    assert number is not None
    return int(number)


def content_of(report: Report) -> str:
    """The hash that tells the versions of a report apart."""
    told = [report.outlet, report.title, report.published, report.url, report.text]
    return digest([*told, {"withdrawn": day}] if (day := withdrawn(report)) else told)


@dataclass(slots=True)
class _Later:
    """Rows that nothing asks for in the transaction: they are written together at its end, which is much faster."""

    reports: list[int] = field(default_factory=list)
    texts: list[tuple[Any, ...]] = field(default_factory=list)
    accounts: list[tuple[int, Account]] = field(default_factory=list)
    quotes: list[tuple[Any, ...]] = field(default_factory=list)

    def write(self, connection: Connection) -> None:
        from contested.record.tables import waiting

        _surroundings(connection, self.accounts)
        _index_words(connection, "report_words", ("title", "text"), self.texts)
        _index_words(connection, "quote_words", ("quote",), self.quotes)
        _put(connection, waiting, [{"report": number} for number in self.reports])


def _add(connection: Connection, report: Report, printed: Print | None, reading: int, later: _Later) -> Added:
    from sqlalchemy import update

    from contested.record import tables as t

    content = content_of(report)
    earlier = _versions(connection, report)
    known = next((row for row in earlier if row.content == content), None)
    if known is not None and known.read_by == reading:
        return Added(known.id, known.version, "same")
    report, copies = taken_back(report, known, earlier), 0
    if known is not None:
        number, version, id_ = known.number, known.version, known.id
        outcome: Outcome = "reread"
    else:
        id_ = earlier[-1].id if earlier else report.id
        version = earlier[-1].version + 1 if earlier else 1
        outcome = "withdrawn" if withdrawn(report) else "version" if earlier else "new"
        if earlier:
            connection.execute(update(t.report).where(t.report.c.id == id_).values(latest=False))
        number = _insert_report(connection, report, id_, version, content, reading)
        copies = _voice(connection, number, printed, earlier)
        later.texts.append((number, report.title or "", report.text))
    accounts = [] if withdrawn(report) else list(accounts_of(report, version=version))
    found, gone = _statements(connection, number, day(report.published), accounts, reading, later)
    if known is not None:
        connection.execute(update(t.report).where(t.report.c.number == number).values(read_by=reading))
    later.reports.append(number)
    return Added(id_, version, outcome, found, gone, copies)


def _versions(connection: Connection, report: Report) -> Sequence[Any]:
    """The versions of the report that the record has, oldest first: by its id, else by the URL it was published at."""
    from contested.record.tables import report as table

    columns = (table.c.number, table.c.id, table.c.version, table.c.content, table.c.read_by, table.c.extra)
    order = table.select().with_only_columns(*columns).order_by(table.c.version)
    rows = connection.execute(order.where(table.c.id == report.id)).all()
    made_up = report.id == digest([report.outlet, report.published, report.text])
    if rows or not report.url or not made_up:
        return rows
    same = connection.scalars(
        table.select().with_only_columns(table.c.id).where(table.c.url == report.url).order_by(table.c.number).limit(1)
    ).first()
    return connection.execute(order.where(table.c.id == same)).all() if same is not None else []


def _insert_report(connection: Connection, report: Report, id_: str, version: int, content: str, reading: int) -> int:
    """The number of the report's new row, whose voice `_voice` tells."""
    from contested.record.tables import report as table

    row = {
        "id": id_, "version": version, "content": content, "outlet": report.outlet, "title": report.title,
        "url": report.url, "published": day(report.published), "text": report.text, "extra": dict(report.extra),
        "added": datetime.now(UTC), "latest": True, "voice": 0, "read_by": reading,
    }  # fmt: skip
    made = connection.execute(table.insert().values(row)).inserted_primary_key
    assert made is not None
    return int(made[0])


def _voice(connection: Connection, number: int, printed: Print | None, earlier: Sequence[Any]) -> int:
    """Put the report among its near-copies; how many it has. Copies of copies are one voice, whatever their order."""
    from sqlalchemy import select, update

    from contested.record import tables as t

    same = {row.number for row in earlier}
    copies: set[int] = set()
    if printed is not None:
        # A band's hash is of its own permutations, so that the same one stands under the same `place`.
        near = set(connection.scalars(select(t.band.c.report).where(t.band.c.hash.in_(printed.bands))).all())
        if near:
            texts = connection.execute(select(t.report.c.number, t.report.c.text).where(t.report.c.number.in_(near)))
            for other, text in texts:
                theirs = fingerprint(text)
                if theirs is not None and printed.alike(theirs) >= COPY:
                    copies.add(other)
        connection.execute(
            t.band.insert(),
            [{"report": number, "place": place, "hash": value} for place, value in enumerate(printed.bands)],
        )
    first = number
    if together := copies | same:
        voices = set(connection.scalars(select(t.report.c.voice).where(t.report.c.number.in_(together))).all())
        first = min(voices)
        if len(voices) > 1:
            connection.execute(update(t.report).where(t.report.c.voice.in_(voices)).values(voice=first))
    connection.execute(update(t.report).where(t.report.c.number == number).values(voice=first))
    return len(copies - same)


def _statements(
    connection: Connection, report: int, published: Any, accounts: Sequence[Account], reading: int, later: _Later
) -> tuple[int, int]:
    """Bring the statements of a report up to this reading: how many are new, and how many it no longer finds."""
    from sqlalchemy import select, update

    from contested.record import tables as t

    table = t.statement
    known = {
        row.id: row
        for row in connection.execute(
            select(table.c.id, table.c.number, table.c.gone, table.c.judged, table.c.overruled).where(
                table.c.report == report
            )
        )
    }
    by_id = {account.key.rpartition("#")[2]: account for account in accounts}
    fresh = [account for id_, account in by_id.items() if id_ not in known]
    back = [row.number for id_, row in known.items() if id_ in by_id and row.gone is not None]
    lost = [row.number for id_, row in known.items() if id_ not in by_id and row.gone is None and row.judged is None]
    for numbers, gone in ((back, None), (lost, reading)):
        if numbers:
            connection.execute(update(table).where(table.c.number.in_(numbers)).values(gone=gone))
    _judged(connection, [row for row in known.values() if row.judged is not None], by_id, reading)
    if known:  # what was there may have been resolved anew, but for what a person wrote
        stood = [
            (known[id_].number, account) for id_, account in by_id.items()
            if id_ in known and known[id_].judged in (None, known[id_].overruled)
        ]  # fmt: skip
        _forget(connection, [number for number, _ in stood])
        for number, account in stood:
            body = account.statement.to_json()
            connection.execute(update(table).where(table.c.number == number).values(body=body))
        later.accounts += stood
    numbers = _insert(connection, [row_of(account, report, published, reading) for account in fresh])
    later.accounts += zip(numbers, fresh, strict=True)
    later.quotes += ((number, account.quote) for number, account in zip(numbers, fresh, strict=True))
    return len(fresh), len(lost)


def _judged(connection: Connection, rows: Sequence[Any], found: Mapping[str, Account], reading: int) -> None:
    """Note which statements that a person wrote this reading finds too: undoing does not take these away.

    What was undone and is found now is the reading's.
    """
    from sqlalchemy import update

    from contested.record.tables import statement as table

    for row in rows:
        of_row = update(table).where(table.c.number == row.number)
        if row.id not in found:
            connection.execute(of_row.values(found_by=reading_number(connection, *PERSON)))
        elif row.overruled == row.judged:
            connection.execute(of_row.values(found_by=reading, judged=None, overruled=None))
        else:
            connection.execute(of_row.values(found_by=reading))


def take_over(connection: Connection, number: int, account: Account, judgement: int) -> None:
    """Let a statement that no longer stood be a person's."""
    from sqlalchemy import update

    from contested.record.tables import statement as table

    row = {"judged": judgement, "overruled": None, "gone": None, "body": account.statement.to_json()}
    row["found_by"] = reading_number(connection, *PERSON)
    connection.execute(update(table).where(table.c.number == number).values(row))
    _forget(connection, [number])
    _surroundings(connection, [(number, account)])


def insert_statements(connection: Connection, accounts: Sequence[tuple[Account, Row]]) -> list[int]:
    """Insert statements (accounts with their rows) and all that stands beside them; their numbers."""
    numbers = _insert(connection, [row for _, row in accounts])
    _surroundings(connection, [(n, account) for n, (account, _) in zip(numbers, accounts, strict=True)])
    quotes = [(n, account.quote) for n, (account, _) in zip(numbers, accounts, strict=True)]
    _index_words(connection, "quote_words", ("quote",), quotes)
    return numbers


def _insert(connection: Connection, rows: Sequence[Row]) -> list[int]:
    """Insert rows of `statement`; their numbers."""
    from sqlalchemy import func, select

    from contested.record.tables import statement as table

    if not rows:
        return []
    if connection.dialect.name == "sqlite":  # nobody else writes now, so the next numbers are ours; three times as fast
        first = (connection.scalar(select(func.max(table.c.number))) or 0) + 1
        numbers = list(range(first, first + len(rows)))
        connection.execute(table.insert(), [{"number": n, **row} for n, row in zip(numbers, rows, strict=True)])
        return numbers
    made = table.insert().returning(table.c.number, sort_by_parameter_order=True)
    return list(connection.scalars(made, list(rows)).all())


def row_of(account: Account, report: int, published: Any, reading: int, judged: int | None = None) -> Row:
    """The row of a statement; `judged` is the number of the judgement that wrote it."""
    said, body = account.statement, account.statement.to_json()
    return {
        "report": report, "id": body["id"], "kind": said.kind, "type": said.type, "mode": said.mode,
        "modality": said.modality, "start": account.start, "end": account.end, "published": published,
        "day": account.day, "source_class": said.source.cls if said.source else None, "quote_start": said.quote_start,
        "quote": said.quote, "body": body, "found_by": reading, "gone": None, "judged": judged,
    }  # fmt: skip


def _forget(connection: Connection, numbers: Sequence[int]) -> None:
    from contested.record import tables as t

    for table in (t.party, t.spot, t.harm):
        connection.execute(table.delete().where(table.c.statement.in_(numbers)))


def _surroundings(connection: Connection, accounts: Sequence[tuple[int, Account]]) -> None:
    """The rows beside statements: parties, places and what holds them, and people harmed."""
    from contested.record import tables as t

    parties: list[Row] = []
    spots: list[Row] = []
    harms: list[Row] = []
    places: dict[str, Row] = {}
    inside: dict[tuple[str, str], Row] = {}
    names: set[tuple[str, str]] = set()
    for number, account in accounts:
        row = {"statement": number, "sort": sort_of(account), "day": counted_on(account)}
        roles = (("actor", account.actors), ("target", account.targets), ("source", (account.source,)))
        parties += [
            {**row, "role": role, "text": one.text, "party": one.id, "country": one.country}
            for role, ones in roles for one in ones if one is not None
        ]  # fmt: skip
        for rank, one in enumerate(account.places):
            spots.append({**row, "rank": rank, "text": one.text, "place": one.id, "lat": one.lat, "lon": one.lon})
            if one.id is None or one.lat is None or one.lon is None:
                continue
            places[one.id] = {
                "id": one.id, "name": one.called, "lat": one.lat, "lon": one.lon, "kind": one.kind or "site",
                "radius_km": one.radius_km or 0.0, "country": one.country,
            }  # fmt: skip
            names |= {(words.casefold(), one.id) for words in (one.text, one.called)}
            for depth, holder in enumerate((one.id, *one.within)):
                inside.setdefault((one.id, holder), {"place": one.id, "holder": holder, "depth": depth})
        harms += [
            {"statement": number, "effect": h.effect, "who": h.who, "low": h.low, "high": h.high}
            for h in account.harm
        ]  # fmt: skip
    for table, rows in ((t.party, parties), (t.spot, spots), (t.harm, harms)):
        if rows:
            connection.execute(table.insert(), rows)
    said = sorted({row["text"] for row in parties})
    _put(connection, t.party_name, [{"text": words, "name": words.casefold()} for words in said])
    _put(connection, t.place, list(places.values()))
    _put(connection, t.inside, list(inside.values()))
    _put(connection, t.called, [{"name": name, "place": id_} for name, id_ in sorted(names)])


def _put(connection: Connection, table: Any, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert the rows that are not there yet."""
    if not rows:
        return
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import insert as insert_pg

        connection.execute(insert_pg(table).on_conflict_do_nothing(), list(rows))
    else:
        from sqlalchemy.dialects.sqlite import insert as insert_lite

        connection.execute(insert_lite(table).on_conflict_do_nothing(), list(rows))


def _index_words(connection: Connection, index: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Put rows (number, words…) into an index of words; PostgreSQL keeps its own up by itself."""
    if connection.dialect.name != "sqlite" or not rows:
        return
    names, marks = ", ".join(columns), ", ".join("?" * (len(columns) + 1))
    connection.exec_driver_sql(f"INSERT INTO {index} (rowid, {names}) VALUES ({marks})", list(rows))
