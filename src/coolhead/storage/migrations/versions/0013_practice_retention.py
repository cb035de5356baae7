"""What people said in practice is kept for as long as a client says."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the tables forward."""
    with op.batch_alter_table("retention_rules") as batch_op:
        batch_op.add_column(sa.Column("practice_days", sa.Integer(), nullable=True))
    with op.batch_alter_table("purges") as batch_op:
        batch_op.add_column(sa.Column("practice", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("purges") as batch_op:
        batch_op.alter_column("practice", server_default=None)


def downgrade() -> None:
    """Takes the tables back."""
    with op.batch_alter_table("purges") as batch_op:
        batch_op.drop_column("practice")
    with op.batch_alter_table("retention_rules") as batch_op:
        batch_op.drop_column("practice_days")
