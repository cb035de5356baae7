"""Roles for each client, invitations, the audit log."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the tables forward."""
    _give_roles_to_clients()


def downgrade() -> None:
    """Takes the tables back."""
    _give_roles_to_accounts()


def _give_roles_to_clients() -> None:
    op.add_column("account_clients", sa.Column("role", sa.String(length=16), nullable=True))
    op.execute(
        "UPDATE account_clients SET role ="
        " (SELECT CASE role WHEN 'admin' THEN 'supervisor' ELSE role END FROM accounts WHERE id = account_id)"
    )
    with op.batch_alter_table("account_clients") as batch_op:
        batch_op.alter_column("role", existing_type=sa.String(length=16), nullable=False)
    # Accounts are altered in place: to copy and drop the table, as batches do, deletes what refers to it.
    op.add_column("accounts", sa.Column("is_admin", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute("UPDATE accounts SET is_admin = (role = 'admin')")
    op.execute("ALTER TABLE accounts DROP COLUMN role")


def _give_roles_to_accounts() -> None:
    op.add_column("accounts", sa.Column("role", sa.String(length=16), nullable=False, server_default="agent"))
    op.execute(
        "UPDATE accounts SET role = 'supervisor' WHERE id IN"
        " (SELECT account_id FROM account_clients WHERE role = 'supervisor')"
    )
    op.execute("UPDATE accounts SET role = 'admin' WHERE is_admin")
    op.execute("ALTER TABLE accounts DROP COLUMN is_admin")
    op.drop_column("account_clients", "role")
