"""The tables, and the indexes of words for full-text search. Frozen: what comes later is a step of its own."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

#: Words are found whatever their case and accents; they are not stemmed, since names are what is looked for most.
_SQLITE = (
    "CREATE VIRTUAL TABLE report_words USING fts5(title, text, content='report', content_rowid='number', "
    "tokenize='unicode61 remove_diacritics 2')",
    "CREATE VIRTUAL TABLE quote_words USING fts5(quote, content='statement', content_rowid='number', "
    "tokenize='unicode61 remove_diacritics 2')",
)
_POSTGRESQL = (
    "CREATE INDEX report_words ON report USING gin (to_tsvector('simple', coalesce(title, '') || ' ' || text))",
    "CREATE INDEX quote_words ON statement USING gin (to_tsvector('simple', quote))",
)


def upgrade() -> None:
    op.create_table(
        "called",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("place", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("name", "place", name=op.f("pk_called")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "incident",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("type", sa.String(length=16), nullable=False),
        sa.Column("mode", sa.String(length=20), nullable=True),
        sa.Column("start", sa.Date(), nullable=True),
        sa.Column("end", sa.Date(), nullable=True),
        sa.Column("place", sa.String(length=80), nullable=True),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.Column("voices", sa.Integer(), nullable=False),
        sa.Column("known", sa.Date(), nullable=True),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_incident")),
        sa.UniqueConstraint("id", name=op.f("uq_incident_id")),
    )
    op.create_index("ix_incident_place", "incident", ["place"], unique=False)
    op.create_index("ix_incident_start", "incident", ["start"], unique=False)
    op.create_table(
        "inside",
        sa.Column("place", sa.String(length=80), nullable=False),
        sa.Column("holder", sa.String(length=80), nullable=False),
        sa.Column("depth", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("place", "holder", name=op.f("pk_inside")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_inside_holder", "inside", ["holder", "place"], unique=False)
    op.create_table(
        "judgement",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("what", sa.String(length=16), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_judgement")),
    )
    op.create_index("ix_judgement_target", "judgement", ["what", "target"], unique=False)
    op.create_table(
        "place",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("lat", sa.Float(), nullable=False),
        sa.Column("lon", sa.Float(), nullable=False),
        sa.Column("radius_km", sa.Float(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place")),
    )
    op.create_table(
        "reading",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("reader", sa.String(length=200), nullable=False),
        sa.Column("knowledge", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_reading")),
        sa.UniqueConstraint("reader", "knowledge", name=op.f("uq_reading_reader")),
    )
    op.create_table(
        "dispute",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("type", sa.String(length=16), nullable=False),
        sa.Column("update", sa.Boolean(), nullable=False),
        sa.Column("incident", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("place", sa.String(length=80), nullable=True),
        sa.Column("start", sa.Date(), nullable=True),
        sa.Column("known", sa.Date(), nullable=True),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["incident"], ["incident.number"], name=op.f("fk_dispute_incident"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_dispute")),
        sa.UniqueConstraint("id", name=op.f("uq_dispute_id")),
    )
    op.create_index("ix_dispute_incident", "dispute", ["incident"], unique=False)
    op.create_index("ix_dispute_place", "dispute", ["place"], unique=False)
    op.create_index("ix_dispute_start", "dispute", ["start"], unique=False)
    op.create_index("ix_dispute_type", "dispute", ["type", "known"], unique=False)
    op.create_table(
        "report",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.String(length=16), nullable=False),
        sa.Column("outlet", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("published", sa.Date(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("extra", sa.JSON(), nullable=False),
        sa.Column("added", sa.DateTime(timezone=True), nullable=False),
        sa.Column("latest", sa.Boolean(), nullable=False),
        sa.Column("voice", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("read_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(["read_by"], ["reading.number"], name=op.f("fk_report_read_by")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_report")),
        sa.UniqueConstraint("id", "version", name=op.f("uq_report_id")),
    )
    op.create_index("ix_report_outlet", "report", ["outlet"], unique=False)
    op.create_index("ix_report_published", "report", ["published"], unique=False)
    op.create_index("ix_report_url", "report", ["url"], unique=False)
    op.create_index("ix_report_voice", "report", ["voice"], unique=False)
    op.create_table(
        "band",
        sa.Column("report", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["report"], ["report.number"], name=op.f("fk_band_report"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report", "place", name=op.f("pk_band")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_band_hash", "band", ["hash", "place"], unique=False)
    op.create_table(
        "statement",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("report", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("type", sa.String(length=16), nullable=False),
        sa.Column("mode", sa.String(length=20), nullable=True),
        sa.Column("modality", sa.String(length=10), nullable=False),
        sa.Column("start", sa.Date(), nullable=True),
        sa.Column("end", sa.Date(), nullable=True),
        sa.Column("published", sa.Date(), nullable=True),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("source_class", sa.String(length=12), nullable=True),
        sa.Column("quote_start", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("found_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("gone", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("judged", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("overruled", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(["found_by"], ["reading.number"], name=op.f("fk_statement_found_by")),
        sa.ForeignKeyConstraint(["gone"], ["reading.number"], name=op.f("fk_statement_gone")),
        sa.ForeignKeyConstraint(["judged"], ["judgement.number"], name=op.f("fk_statement_judged")),
        sa.ForeignKeyConstraint(["overruled"], ["judgement.number"], name=op.f("fk_statement_overruled")),
        sa.ForeignKeyConstraint(["report"], ["report.number"], name=op.f("fk_statement_report")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_statement")),
        sa.UniqueConstraint("report", "id", name=op.f("uq_statement_report")),
    )
    op.create_index("ix_statement_day", "statement", ["day"], unique=False)
    op.create_index(
        "ix_statement_judged",
        "statement",
        ["judged"],
        unique=False,
        sqlite_where=sa.text("judged IS NOT NULL"),
        postgresql_where=sa.text("judged IS NOT NULL"),
    )
    op.create_index("ix_statement_kind", "statement", ["kind", "day"], unique=False)
    op.create_index(
        "ix_statement_overruled",
        "statement",
        ["overruled"],
        unique=False,
        sqlite_where=sa.text("overruled IS NOT NULL"),
        postgresql_where=sa.text("overruled IS NOT NULL"),
    )
    op.create_index("ix_statement_published", "statement", ["published", "report"], unique=False)
    op.create_index("ix_statement_source_class", "statement", ["source_class", "day"], unique=False)
    op.create_index("ix_statement_start", "statement", ["start", "end", "report"], unique=False)
    op.create_index("ix_statement_told", "statement", ["kind", "published"], unique=False)
    op.create_index("ix_statement_type", "statement", ["type", "day"], unique=False)
    op.create_table(
        "waiting",
        sa.Column("report", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["report"], ["report.number"], name=op.f("fk_waiting_report"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report", name=op.f("pk_waiting")),
    )
    op.create_table(
        "disputed",
        sa.Column("dispute", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("statement", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["dispute"], ["dispute.number"], name=op.f("fk_disputed_dispute"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["statement"], ["statement.number"], name=op.f("fk_disputed_statement"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("dispute", "statement", name=op.f("pk_disputed")),
    )
    op.create_index("ix_disputed_statement", "disputed", ["statement"], unique=False)
    op.create_table(
        "harm",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("statement", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("effect", sa.String(length=10), nullable=False),
        sa.Column("who", sa.Text(), nullable=True),
        sa.Column("low", sa.BigInteger(), nullable=True),
        sa.Column("high", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["statement"], ["statement.number"], name=op.f("fk_harm_statement"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_harm")),
    )
    op.create_index("ix_harm_statement", "harm", ["statement"], unique=False)
    op.create_table(
        "link",
        sa.Column("one", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("other", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("why", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["one"], ["statement.number"], name=op.f("fk_link_one"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["other"], ["statement.number"], name=op.f("fk_link_other"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("one", "other", name=op.f("pk_link")),
    )
    op.create_index("ix_link_other", "link", ["other"], unique=False)
    op.create_table(
        "party",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("statement", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("role", sa.String(length=8), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("party", sa.String(length=80), nullable=True),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.ForeignKeyConstraint(
            ["statement"], ["statement.number"], name=op.f("fk_party_statement"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_party")),
    )
    op.create_index("ix_party_party", "party", ["party", "statement"], unique=False)
    op.create_index("ix_party_statement", "party", ["statement"], unique=False)
    op.create_table(
        "spot",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("statement", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("place", sa.String(length=80), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(
            ["statement"], ["statement.number"], name=op.f("fk_spot_statement"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_spot")),
    )
    op.create_index("ix_spot_lat", "spot", ["lat", "lon"], unique=False)
    op.create_index("ix_spot_place", "spot", ["place", "statement"], unique=False)
    op.create_index("ix_spot_statement", "spot", ["statement"], unique=False)
    op.create_table(
        "told",
        sa.Column("statement", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("incident", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("again", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["incident"], ["incident.number"], name=op.f("fk_told_incident"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["statement"], ["statement.number"], name=op.f("fk_told_statement"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("statement", name=op.f("pk_told")),
    )
    op.create_index("ix_told_incident", "told", ["incident"], unique=False)
    for line in _SQLITE if op.get_bind().dialect.name == "sqlite" else _POSTGRESQL:
        op.execute(line)
