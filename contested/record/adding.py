"""What adding a report comes to, beside those that the record has: another version, a near-copy, or nothing new.

Reports that are added together are looked up together and written together. What can be made ready before is made ready
before (`made_ready`): writers of a record wait for each other, and only while they write.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

from contested.record.account import accounts_of, day
from contested.record.bulk import Values, chunks, index_words, numbers, put, put_missing
from contested.record.copies import COPY, Print, fingerprint
from contested.record.saying import Said, Saying, said_of
from contested.record.told import iso
from contested.record.withdrawing import taken_back, withdrawn
from contested.statement import Report, digest

if TYPE_CHECKING:
    from sqlalchemy import Connection, Select

Outcome = Literal["new", "version", "withdrawn", "reread", "same"]
_REPORT = (
    "number", "id", "version", "content", "outlet", "title", "url", "published", "text", "extra", "added", "latest",
    "voice", "read_by",
)  # fmt: skip


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


@dataclass(frozen=True, slots=True)
class Ready:
    """A report made ready to be written. `unnamed`: its id was made up of its content."""

    report: Report
    content: str
    unnamed: bool
    printed: Print | None
    said: Mapping[str, Said]


def made_ready(report: Report) -> Ready:
    unnamed = report.id == digest([report.outlet, report.published, report.text])
    said = [] if withdrawn(report) else map(said_of, accounts_of(report))
    return Ready(report, content_of(report), unnamed, fingerprint(report.text), {one.id: one for one in said})


def content_of(report: Report) -> str:
    """The hash that tells the versions of a report apart."""
    told = [report.outlet, report.title, report.published, report.url, report.text]
    return digest([*told, {"withdrawn": day}] if (day := withdrawn(report)) else told)


@dataclass(slots=True)
class _Version:
    """A version of a report: one that the record has, or a new one (`report`) that is not written yet."""

    number: int
    id: str
    version: int
    content: str
    read_by: int | None
    extra: Mapping[str, Any]
    voice: int
    report: Report | None = None
    printed: Print | None = None
    latest: bool = True


@dataclass(slots=True)
class _Known:
    """What the record has, as far as it matters to the reports at hand: versions by id, the id that was published at an
    address, and the numbers of reports by their bands."""

    versions: dict[str, list[_Version]] = field(default_factory=lambda: defaultdict(list))
    at: dict[str, str] = field(default_factory=dict)
    near: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def earlier(self, one: Ready) -> list[_Version]:
        """The versions of the report, oldest first: by its id, else by the URL it was published at."""
        rows = self.versions.get(one.report.id, [])
        if rows or not one.report.url or not one.unnamed:
            return rows
        return self.versions.get(self.at.get(one.report.url, ""), [])

    def keep(self, version: _Version) -> None:
        assert version.report is not None
        self.versions[version.id].append(version)
        if version.report.url:
            self.at.setdefault(version.report.url, version.id)
        for band in version.printed.bands if version.printed else ():
            self.near[band].append(version.number)


class Batch:
    """Reports that are added in one transaction, which holds the record's lock: `add` each, then `write`."""

    def __init__(self, connection: Connection, ready: Sequence[Ready], reading: int) -> None:
        from contested.record import tables as t

        self.connection, self.reading = connection, reading
        self._known = _looked_up(connection, ready)
        fresh = [one for one in ready if all(row.content != one.content for row in self._known.earlier(one))]
        self._numbers = iter(numbers(connection, t.report, len(fresh)))
        bands = {band for one in fresh if one.printed for band in one.printed.bands}
        for some in chunks(sorted(bands)):
            for band, number in connection.execute(t.band.select().with_only_columns(
                t.band.c.hash, t.band.c.report
            ).where(t.band.c.hash.in_(some))):  # fmt: skip
                self._known.near[band].append(number)
        self._new: dict[int, _Version] = {}
        self._saying = Saying(connection, reading)
        self._waiting: list[int] = []

    def add(self, one: Ready) -> Added:
        earlier = self._known.earlier(one)
        known = next((row for row in earlier if row.content == one.content), None)
        if known is not None and known.read_by == self.reading:
            return Added(known.id, known.version, "same")
        report = taken_back(one.report, known, earlier)
        said = {} if withdrawn(report) else one.said
        if known is not None:
            found, gone = self._saying.again(known.number, said)
            self._read(known)
            self._waiting.append(known.number)
            return Added(known.id, known.version, "reread", found, gone)
        outcome: Outcome = "withdrawn" if withdrawn(report) else "version" if earlier else "new"
        made, copies = self._version(report, one, earlier)
        self._saying.first(made.number, said)
        self._waiting.append(made.number)
        return Added(made.id, made.version, outcome, len(said), 0, copies)

    def write(self) -> None:
        """Write all that was added and is not written yet."""
        from contested.record import tables as t

        now = f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S.%f}"
        added = now if self.connection.dialect.name == "sqlite" else f"{now}+00"
        put(self.connection, t.report, _REPORT, [_row(one, added) for one in self._new.values()])
        put(self.connection, t.band, ("report", "place", "hash"), [
            (one.number, place, band)
            for one in self._new.values() if one.printed for place, band in enumerate(one.printed.bands)
        ])  # fmt: skip
        texts = [(n, one.report.title or "", one.report.text) for n, one in self._new.items() if one.report]
        index_words(self.connection, "report_words", ("title", "text"), texts)
        self._saying.write()
        put_missing(self.connection, t.waiting, ("report",), [(number,) for number in self._waiting])

    def _version(self, report: Report, one: Ready, earlier: Sequence[_Version]) -> tuple[_Version, int]:
        """The report's new version, and of how many others it is a near-copy."""
        from sqlalchemy import update

        from contested.record.tables import report as table

        id_ = earlier[-1].id if earlier else report.id
        number = next(self._numbers)
        made = _Version(
            number, id_, earlier[-1].version + 1 if earlier else 1, one.content, self.reading, dict(report.extra),
            number, report, one.printed,
        )  # fmt: skip
        if earlier:
            self.connection.execute(update(table).where(table.c.id == id_).values(latest=False))
            for row in earlier:
                row.latest = False
        copies = self._voice(made, {row.number for row in earlier})
        self._new[number] = made
        self._known.keep(made)
        return made, copies

    def _read(self, known: _Version) -> None:
        from sqlalchemy import update

        from contested.record.tables import report as table

        self.connection.execute(update(table).where(table.c.number == known.number).values(read_by=self.reading))
        known.read_by = self.reading

    def _voice(self, made: _Version, same: Collection[int]) -> int:
        """Put a version among its near-copies; how many it has. Copies of copies are one voice, whatever their order.

        `same` are the numbers of the report's other versions.
        """
        from sqlalchemy import select, update

        from contested.record.tables import report as table

        copies = self._copies(made.printed) if made.printed else set()
        if not (together := copies | set(same)):
            return 0
        written = sorted(together - self._new.keys())
        voices = {self._new[number].voice for number in together & self._new.keys()}
        for some in chunks(written):
            voices |= set(self.connection.scalars(select(table.c.voice).where(table.c.number.in_(some))))
        made.voice = min(voices)
        if len(voices) > 1:
            self.connection.execute(update(table).where(table.c.voice.in_(voices)).values(voice=made.voice))
            for one in self._new.values():
                one.voice = made.voice if one.voice in voices else one.voice
        return len(copies - set(same))

    def _copies(self, printed: Print) -> set[int]:
        """The numbers of the reports that are near-copies of a text."""
        from sqlalchemy import select

        from contested.record.tables import report as table

        # A band's hash is of its own permutations, so that the same one stands under the same `place`.
        near = {number for band in printed.bands for number in self._known.near.get(band, ())}
        prints = [(number, self._new[number].printed) for number in near & self._new.keys()]
        for some in chunks(sorted(near - self._new.keys())):
            rows = self.connection.execute(select(table.c.number, table.c.text).where(table.c.number.in_(some)))
            prints += [(number, fingerprint(text)) for number, text in rows]
        return {number for number, theirs in prints if theirs is not None and printed.alike(theirs) >= COPY}


def _looked_up(connection: Connection, ready: Sequence[Ready]) -> _Known:
    """What the record has of these reports."""
    from sqlalchemy import select

    from contested.record.tables import report as table

    known = _Known()
    columns = (
        table.c.number, table.c.id, table.c.version, table.c.content, table.c.read_by, table.c.extra, table.c.voice
    )  # fmt: skip

    def versions(ids: Iterable[str]) -> None:
        for some in chunks(sorted(ids)):
            query: Select[Any] = select(*columns).where(table.c.id.in_(some)).order_by(table.c.version)
            for row in connection.execute(query):
                known.versions[row.id].append(_Version(*row))

    versions({one.report.id for one in ready})
    urls = {one.report.url for one in ready if one.unnamed and one.report.url and one.report.id not in known.versions}
    for some in chunks(sorted(urls)):
        for id_, url in connection.execute(
            select(table.c.id, table.c.url).where(table.c.url.in_(some)).order_by(table.c.number)
        ):
            known.at.setdefault(url, id_)
    versions(set(known.at.values()) - known.versions.keys())
    return known


def _row(one: _Version, added: str) -> Values:
    report = one.report
    assert report is not None
    return (
        one.number, one.id, one.version, one.content, report.outlet, report.title, report.url,
        iso(day(report.published)), report.text, json.dumps(dict(report.extra)), added, int(one.latest), one.voice,
        one.read_by,
    )  # fmt: skip
