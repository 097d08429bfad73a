"""The tables, and the indexes of words for full-text search."""

from alembic import op

from contested.record.tables import metadata

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
    bind = op.get_bind()
    metadata.create_all(bind)
    for line in _SQLITE if bind.dialect.name == "sqlite" else _POSTGRESQL:
        op.execute(line)
