"""Parties and places of statements tell the sort and the day of these, and the names of parties stand apart. Frozen."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

#: How many names are written at once.
_MANY = 10_000
_SORT = "CASE WHEN s.type = 'RETREAT' AND s.mode = 'withdraw' THEN 'withdrawal' ELSE s.kind END"
_DAY = "CASE WHEN s.kind = 'position' THEN coalesce(s.published, s.day) ELSE s.day END"


def upgrade() -> None:
    for table in ("party", "spot"):
        op.add_column(table, sa.Column("sort", sa.String(length=12), nullable=True))
        op.add_column(table, sa.Column("day", sa.Date(), nullable=True))
        op.execute(f"UPDATE {table} SET sort = {_SORT}, day = {_DAY} FROM statement AS s "
                   f"WHERE s.number = {table}.statement")  # fmt: skip
    op.drop_index("ix_party_party", table_name="party")
    op.drop_index("ix_spot_place", table_name="spot")
    op.create_index("ix_party_party", "party", ["party", "sort", "day", "statement"], unique=False)
    op.create_index("ix_party_text", "party", ["text", "sort", "day", "statement"], unique=False)
    op.create_index("ix_spot_place", "spot", ["place", "sort", "day", "statement"], unique=False)
    names = op.create_table(
        "party_name",
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("text", name=op.f("pk_party_name")),
        sqlite_with_rowid=False,
    )
    connection = op.get_bind()
    texts = list(connection.scalars(sa.text("SELECT DISTINCT text FROM party")))
    for start in range(0, len(texts), _MANY):
        rows = [{"text": words, "name": words.casefold()} for words in texts[start : start + _MANY]]
        connection.execute(names.insert(), rows)
