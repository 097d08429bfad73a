"""`Account`: one statement of one report, as the record compares it with others.

Statements of several reports meet here: places and parties stand under the ids that they were resolved to, days as
dates, and near-copies of one text share a `voice`. All that is derived (incidents, disputes, the situation) is made
from accounts alone, so it can be made from a handful in a test or from a million out of a database.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from contested.statement import Harm, Mention, Report, Share, Source, Statement


@dataclass(frozen=True, slots=True)
class Who:
    """A party as one report names it; `id` is null where the register does not have it."""

    text: str
    id: str | None = None
    name: str | None = None
    kind: str | None = None
    country: str | None = None
    side: str | None = None
    part: str | None = None

    @property
    def called(self) -> str:
        return self.name or self.text


@dataclass(frozen=True, slots=True)
class Where:
    """A place as one report names it; degrees (WGS 84) and km are null where no gazetteer has it.

    `within` lists the ids of the places that hold it, nearest first.
    """

    text: str
    id: str | None = None
    name: str | None = None
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None
    kind: str | None = None
    country: str | None = None
    precision: str | None = None
    within: tuple[str, ...] = ()

    @property
    def called(self) -> str:
        return self.name or self.text


@dataclass(frozen=True, slots=True)
class Account:
    """One statement with what it is compared by.

    `key` names it in a record: `<report id>@<version>#<statement id>`. `published` is the day of publication, `start`
    and `end` the days that the statement tells of (inclusive; null is unknown). Near-copies have one `voice`.
    """

    key: str
    report: str
    voice: str
    statement: Statement
    outlet: str | None = None
    published: date | None = None
    start: date | None = None
    end: date | None = None
    actors: tuple[Who, ...] = ()
    targets: tuple[Who, ...] = ()
    places: tuple[Where, ...] = ()
    source: Who | None = None
    about: Mapping[str, Any] = field(default_factory=dict, hash=False, compare=False)

    @property
    def day(self) -> date | None:
        """The day it counts by: the last that it tells of and that had come when it was published.

        What has begun and not ended holds on the day of publication, and so does what tells no day. What is still to
        come counts by its own day.
        """
        start, end, published = self.start, self.end, self.published
        if start and end:
            return published if published and start <= published < end else end
        if start:
            return max(start, published) if published else start
        return end or published

    @property
    def kind(self) -> str:
        return self.statement.kind

    @property
    def type(self) -> str:
        return self.statement.type

    @property
    def mode(self) -> str | None:
        return self.statement.mode

    @property
    def modality(self) -> str:
        return self.statement.modality

    @property
    def quote(self) -> str:
        return self.statement.quote

    @property
    def harm(self) -> tuple[Harm, ...]:
        return self.statement.harm

    @property
    def share(self) -> Share | None:
        return self.statement.share

    @property
    def said_by(self) -> Source | None:
        """To whom the report attributes it; null where the report says it itself."""
        return self.statement.source

    def to_json(self) -> dict[str, Any]:
        """The statement as one JSON object, led by the report it stands in."""
        published = self.published.isoformat() if self.published else None
        about = {"key": self.key, "report": self.report, "outlet": self.outlet, "published": published}
        return {**about, **self.statement.to_json()}


def accounts_of(report: Report, *, version: int = 1, voice: str | None = None) -> Iterator[Account]:
    """The accounts of a report that has been read, in text order. A report without copies is a voice of its own."""
    published = day(report.published)
    for statement in report.statements:
        key = f"{report.id}@{version}#{statement.id}"
        yield account_of(statement, key, report.id, voice or report.id, report.outlet, published)


def account_of(
    statement: Statement, key: str, report: str, voice: str, outlet: str | None, published: date | None
) -> Account:
    """The account of one statement, under a key that is known."""
    when = statement.when
    return Account(
        key=key,
        report=report,
        voice=voice,
        statement=statement,
        outlet=outlet,
        published=published,
        start=day(when.start, first=True) if when else None,
        end=day(when.end, first=False) if when else None,
        actors=tuple(map(who, statement.actors)),
        targets=tuple(map(who, statement.targets)),
        places=tuple(map(where, statement.places)),
        source=who(statement.source) if statement.source else None,
    )


def who(mention: Mention | Source) -> Who:
    """The party that a mention was resolved to."""
    known = mention.resolved or {}
    return Who(
        mention.text, known.get("party"), known.get("name"), known.get("kind"), known.get("country"),
        known.get("side"), known.get("part"),
    )  # fmt: skip


def where(mention: Mention) -> Where:
    """The place that a mention was resolved to.

    A relative one ("45 km south of Orla") is not the place it is told by: it has a point and no id. What is a part of
    a place ("northern Orla") lies within it.
    """
    known = mention.resolved or {}
    id_, name, within = known.get("place"), known.get("name"), tuple(known.get("within") or ())
    relation = known.get("relation")
    if relation and id_:
        within = (id_, *within) if "part" in relation else within
        id_ = name = None
    return Where(
        mention.text, id_, name, known.get("lat"), known.get("lon"), known.get("radius_km"), known.get("kind"),
        known.get("country"), known.get("precision"), within,
    )  # fmt: skip


def day(words: str | None, *, first: bool = True) -> date | None:
    """The day of an ISO date; of a month or a year its `first` day or its last. None for anything else."""
    try:
        parts = [int(part) for part in (words or "").split("-")]
        if len(parts) == 3:
            return date(*parts)
        if len(parts) == 2:
            year, month = parts
            return date(year, month, 1) if first else _before(date(year + month // 12, month % 12 + 1, 1))
        return date(parts[0], 1, 1) if first else date(parts[0], 12, 31)
    except ValueError:
        return None


def _before(after: date) -> date:
    return date.fromordinal(after.toordinal() - 1)
