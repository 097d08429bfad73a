"""Counts of a whole record are made from indexes alone. Frozen."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

#: Indexes that become wider: table, columns.
_WIDER = {
    "ix_statement_kind": ("statement", ["kind", "day", "type", "mode", "modality"]),
    "ix_statement_day": ("statement", ["day", "modality"]),
    "ix_party_text": ("party", ["text", "sort", "day", "statement", "party"]),
    "ix_spot_statement": ("spot", ["statement", "rank", "place"]),
}
#: New ones of some of the rows: table, which rows, columns.
_PARTS = {
    "ix_report_older": ("report", "NOT latest", ["number"]),
    "ix_statement_gone": ("statement", "gone IS NOT NULL", ["gone"]),
    "ix_party_known": ("party", "party IS NOT NULL", ["party", "role", "statement", "day"]),
    "ix_party_unknown": ("party", "NOT (party IS NOT NULL)", ["text", "role", "statement", "day", "party"]),
    "ix_party_source": ("party", "role = 'source'", ["statement", "party", "text", "role"]),
    "ix_spot_known": ("spot", "place IS NOT NULL", ["place", "statement", "day"]),
    "ix_spot_unknown": ("spot", "NOT (place IS NOT NULL)", ["text", "rank", "statement", "place"]),
}


def upgrade() -> None:
    for name, (table, columns) in _WIDER.items():
        op.drop_index(name, table_name=table)
        op.create_index(name, table, columns, unique=False)
    for name, (table, rows, columns) in _PARTS.items():
        where = sa.text(rows)
        op.create_index(name, table, columns, unique=False, sqlite_where=where, postgresql_where=where)
