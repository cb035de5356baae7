"""Kinds of documents have longer names: practice material is kept beside what guides conversations."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

TABLES = ("document_versions", "document_drafts")


def upgrade() -> None:
    """Brings the tables forward."""
    _change(16, 64)


def downgrade() -> None:
    """Takes the tables back; what is kept under longer names goes."""
    for table in TABLES:
        named = sa.table(table, sa.column("kind", sa.String()))
        op.execute(sa.delete(named).where(sa.func.length(named.c.kind) > 16))
    _change(64, 16)


def _change(before: int, after: int) -> None:
    for table in TABLES:
        counted = _counted(table)
        options = {} if counted is None else {"sqlite_autoincrement": True}
        with op.batch_alter_table(table, table_kwargs=options) as batch_op:
            batch_op.alter_column(
                "kind",
                existing_type=sa.String(length=before),
                type_=sa.String(length=after),
                existing_nullable=False,
            )
        if counted is not None:
            _count_on(table, counted)


_SEQUENCE = sa.table("sqlite_sequence", sa.column("name", sa.String()), sa.column("seq", sa.Integer()))


def _counted(table: str) -> int | None:
    """How far SQLite has counted the ids of a table, which is made anew; None where it counts none."""
    if op.get_bind().dialect.name != "sqlite" or table != "document_drafts":
        return None
    query = sa.select(_SEQUENCE.c.seq).where(_SEQUENCE.c.name == table)
    return op.get_bind().execute(query).scalar_one_or_none() or 0


def _count_on(table: str, counted: int) -> None:
    """Goes on counting from there, so that the id of a draft that is gone is never used again."""
    op.execute(sa.delete(_SEQUENCE).where(_SEQUENCE.c.name == table))
    op.execute(sa.insert(_SEQUENCE).values(name=table, seq=counted))
