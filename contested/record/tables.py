"""The tables of a record. `migrations/` brings older records to this form; a test holds the two equal.

Kept for ever: reports (each version), statements, readings, judgements. Derived, and rebuilt at will: `link`,
`incident`, `dispute` and what belongs to them. Days are dates without a time zone; moments are UTC.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)
#: Numbers of rows: SQLite counts only a plain INTEGER up by itself.
_NUMBER = BigInteger().with_variant(Integer, "sqlite")


def _number(*more: object, **options: object) -> Column[int]:
    return Column("number", _NUMBER, *more, primary_key=True, autoincrement=True, **options)  # type: ignore[arg-type]


def _of(name: str, where: str, *columns: str) -> Index:
    """An index of the rows that are so: smaller than a whole one, and never taken for a way to the others."""
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))


def _few(name: str, column: str) -> Index:
    return _of(name, f"{column} IS NOT NULL", column)


#: Who read: reader, weights and lexicon by their versions.
reading = Table(
    "reading", metadata, _number(),
    Column("reader", String(200), nullable=False),
    Column("knowledge", String(200), nullable=False),
    UniqueConstraint("reader", "knowledge"),
)  # fmt: skip

#: One version of one report. `id` is the id it came with; `content` the hash that tells versions apart. `voice` is the
#: number of the first of its near-copies, its own where there is none. `read_by` is its latest reading.
report = Table(
    "report", metadata, _number(),
    Column("id", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("content", String(16), nullable=False),
    Column("outlet", Text),
    Column("title", Text),
    Column("url", Text),
    Column("published", Date),
    Column("text", Text, nullable=False),
    Column("extra", JSON, nullable=False),
    Column("added", DateTime(timezone=True), nullable=False),
    Column("latest", Boolean, nullable=False),
    Column("voice", _NUMBER, nullable=False),
    Column("read_by", ForeignKey("reading.number")),
    UniqueConstraint("id", "version"),
    Index("ix_report_url", "url"),
    Index("ix_report_outlet", "outlet"),
    Index("ix_report_published", "published"),
    Index("ix_report_voice", "voice"),
    _of("ix_report_older", "NOT latest", "number"),
)  # fmt: skip

#: MinHash bands of a report's text: two reports with a band in common may be near-copies (copies.py).
band = Table(
    "band", metadata,
    Column("report", ForeignKey("report.number", ondelete="CASCADE"), nullable=False, primary_key=True),
    Column("place", Integer, nullable=False, primary_key=True),
    Column("hash", String(16), nullable=False),
    Index("ix_band_hash", "hash", "place"),
    sqlite_with_rowid=False,
)  # fmt: skip

#: A statement of a report's version. `id` is its content's hash, unique inside its report. `body` is the whole of it
#: as JSON. `gone` is the reading that no longer found it; null while it stands. It tells of the days `start` to `end`,
#: and counts by `day` (`Account.day`).
#: `judged` is the judgement by which a person wrote it, `overruled` the one by which a person took it back.
#: Counts of a whole record are made from indexes alone, which have all columns that are looked at: rows hold the body.
statement = Table(
    "statement", metadata, _number(),
    Column("report", ForeignKey("report.number"), nullable=False),
    Column("id", String(16), nullable=False),
    Column("kind", String(12), nullable=False),
    Column("type", String(16), nullable=False),
    Column("mode", String(20)),
    Column("modality", String(10), nullable=False),
    Column("start", Date),
    Column("end", Date),
    Column("published", Date),
    Column("day", Date),
    Column("source_class", String(12)),
    Column("quote_start", Integer, nullable=False),
    Column("quote", Text, nullable=False),
    Column("body", JSON, nullable=False),
    Column("found_by", ForeignKey("reading.number"), nullable=False),
    Column("gone", ForeignKey("reading.number")),
    Column("judged", ForeignKey("judgement.number")),
    Column("overruled", ForeignKey("judgement.number")),
    UniqueConstraint("report", "id"),
    _few("ix_statement_gone", "gone"),
    _few("ix_statement_judged", "judged"),
    _few("ix_statement_overruled", "overruled"),
    Index("ix_statement_source_class", "source_class", "day"),
    Index("ix_statement_kind", "kind", "day", "type", "mode", "modality"),
    Index("ix_statement_told", "kind", "published"),
    Index("ix_statement_type", "type", "day"),
    Index("ix_statement_published", "published", "report"),
    Index("ix_statement_start", "start", "end", "report"),
    Index("ix_statement_day", "day", "modality"),
)  # fmt: skip

#: The parties of a statement, by role (actor, target, source). `party` is null where the register has none. `sort` and
#: `day` are the statement's, as a situation looks for it (`situation.sort_of`, `situation.counted_on`).
party = Table(
    "party", metadata, _number(),
    Column("statement", ForeignKey("statement.number", ondelete="CASCADE"), nullable=False),
    Column("role", String(8), nullable=False),
    Column("text", Text, nullable=False),
    Column("party", String(80)),
    Column("country", String(2)),
    Column("sort", String(12)),
    Column("day", Date),
    Index("ix_party_statement", "statement"),
    Index("ix_party_party", "party", "sort", "day", "statement"),
    Index("ix_party_text", "text", "sort", "day", "statement", "party"),
    _of("ix_party_known", "party IS NOT NULL", "party", "role", "statement", "day"),
    _of("ix_party_unknown", "NOT (party IS NOT NULL)", "text", "role", "statement", "day", "party"),
    _of("ix_party_source", "role = 'source'", "statement", "party", "text", "role"),
)  # fmt: skip

#: How parties are called in the record: as reports write it, and case folded.
party_name = Table(
    "party_name", metadata,
    Column("text", Text, primary_key=True),
    Column("name", Text, nullable=False),
    sqlite_with_rowid=False,
)  # fmt: skip

#: The places of a statement, most specific first (`rank` 0). `place` is null where no gazetteer has it. `sort` and
#: `day` are as of parties.
spot = Table(
    "spot", metadata, _number(),
    Column("statement", ForeignKey("statement.number", ondelete="CASCADE"), nullable=False),
    Column("rank", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("place", String(80)),
    Column("lat", Float),
    Column("lon", Float),
    Column("sort", String(12)),
    Column("day", Date),
    Index("ix_spot_statement", "statement", "rank", "place"),
    Index("ix_spot_place", "place", "sort", "day", "statement"),
    _of("ix_spot_known", "place IS NOT NULL", "place", "statement", "day"),
    _of("ix_spot_unknown", "NOT (place IS NOT NULL)", "text", "rank", "statement", "place"),
    Index("ix_spot_lat", "lat", "lon"),
)  # fmt: skip

#: A place that is named in the record, as the gazetteer had it when the report was read.
place = Table(
    "place", metadata,
    Column("id", String(80), primary_key=True),
    Column("name", Text, nullable=False),
    Column("lat", Float, nullable=False),
    Column("lon", Float, nullable=False),
    Column("radius_km", Float, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("country", String(2)),
)  # fmt: skip

#: How a place is called in the record, case folded: by its own name, and as reports name it.
called = Table(
    "called", metadata,
    Column("name", Text, primary_key=True),
    Column("place", String(80), primary_key=True),
    sqlite_with_rowid=False,
)  # fmt: skip

#: Which place lies in which, the place itself included (`depth` 0).
inside = Table(
    "inside", metadata,
    Column("place", String(80), primary_key=True),
    Column("holder", String(80), primary_key=True),
    Column("depth", Integer, nullable=False),
    Index("ix_inside_holder", "holder", "place"),
    sqlite_with_rowid=False,
)  # fmt: skip

#: People harmed, as a statement counts them; null is unbounded.
harm = Table(
    "harm", metadata, _number(),
    Column("statement", ForeignKey("statement.number", ondelete="CASCADE"), nullable=False),
    Column("effect", String(10), nullable=False),
    Column("who", Text),
    Column("low", BigInteger),
    Column("high", BigInteger),
    Index("ix_harm_statement", "statement"),
)  # fmt: skip

#: What a person decided: the log. `target` names what it is about, `value` what it becomes. Nothing here is changed but
#: for `undone_at`, `undone_by`.
judgement = Table(
    "judgement", metadata, _number(),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("who", Text, nullable=False),
    Column("what", String(16), nullable=False),
    Column("target", Text, nullable=False),
    Column("value", JSON, nullable=False),
    Column("note", Text),
    Column("undone_at", DateTime(timezone=True)),
    Column("undone_by", Text),
    Index("ix_judgement_target", "what", "target"),
)  # fmt: skip

#: Reports whose accounts wait to be linked with the others (derived things lag behind by these).
waiting = Table(
    "waiting", metadata,
    Column("report", ForeignKey("report.number", ondelete="CASCADE"), primary_key=True),
)  # fmt: skip

#: Derived: two statements that tell of one happening, and why.
link = Table(
    "link", metadata,
    Column("one", ForeignKey("statement.number", ondelete="CASCADE"), primary_key=True),
    Column("other", ForeignKey("statement.number", ondelete="CASCADE"), primary_key=True),
    Column("score", Float, nullable=False),
    Column("why", JSON, nullable=False),
    Index("ix_link_other", "other"),
)  # fmt: skip

#: Derived: an incident, and the statements that tell of it; `again`: in a report that tells of it by another one too.
incident = Table(
    "incident", metadata, _number(),
    Column("id", String(16), nullable=False, unique=True),
    Column("type", String(16), nullable=False),
    Column("mode", String(20)),
    Column("start", Date),
    Column("end", Date),
    Column("place", String(80)),
    Column("reports", Integer, nullable=False),
    Column("voices", Integer, nullable=False),
    Column("known", Date),
    Column("body", JSON, nullable=False),
    Index("ix_incident_start", "start"),
    Index("ix_incident_place", "place"),
)  # fmt: skip
told = Table(
    "told", metadata,
    Column("statement", ForeignKey("statement.number", ondelete="CASCADE"), primary_key=True),
    Column("incident", ForeignKey("incident.number", ondelete="CASCADE"), nullable=False),
    Column("again", Boolean, nullable=False),
    Index("ix_told_incident", "incident"),
)  # fmt: skip

#: Derived: a dispute. `incident` is null for one about ground. `known` is the day by which both sides were published.
dispute = Table(
    "dispute", metadata, _number(),
    Column("id", String(16), nullable=False, unique=True),
    Column("type", String(16), nullable=False),
    Column("update", Boolean, nullable=False),
    Column("incident", ForeignKey("incident.number", ondelete="CASCADE")),
    Column("place", String(80)),
    Column("start", Date),
    Column("known", Date),
    Column("body", JSON, nullable=False),
    Index("ix_dispute_type", "type", "known"),
    Index("ix_dispute_start", "start"),
    Index("ix_dispute_incident", "incident"),
    Index("ix_dispute_place", "place"),
)  # fmt: skip
disputed = Table(
    "disputed", metadata,
    Column("dispute", ForeignKey("dispute.number", ondelete="CASCADE"), primary_key=True),
    Column("statement", ForeignKey("statement.number", ondelete="CASCADE"), primary_key=True),
    Index("ix_disputed_statement", "statement"),
)  # fmt: skip

#: What is derived, and is dropped and made again when asked for.
DERIVED: tuple[Table, ...] = (disputed, dispute, told, incident, link)
