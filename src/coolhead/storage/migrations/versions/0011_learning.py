"""Drills, assignments, lessons read, and what was counted of each conversation and run."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the tables forward."""
    op.create_table(
        "assignments",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("client_id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("subject_id", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("account_id", sa.String(length=32), nullable=True),
        sa.Column("role", sa.String(length=16), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("assigned_by", sa.String(length=200), nullable=False),
        sa.Column("assigner_id", sa.String(length=32), nullable=True),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_assignments_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["assigner_id"], ["accounts.id"], name=op.f("fk_assignments_assigner_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["clients.id"], name=op.f("fk_assignments_client_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignments")),
    )
    with op.batch_alter_table("assignments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assignments_account_id"), ["account_id"], unique=False)
        batch_op.create_index("ix_assignments_client_id_due_on", ["client_id", "due_on"], unique=False)

    op.create_table(
        "drill_cards",
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("client_id", sa.String(length=64), nullable=False),
        sa.Column("drill_id", sa.String(length=64), nullable=False),
        sa.Column("item_id", sa.String(length=64), nullable=False),
        sa.Column("box", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_drill_cards_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["clients.id"], name=op.f("fk_drill_cards_client_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint(
            "account_id", "client_id", "drill_id", "item_id", name=op.f("pk_drill_cards")
        ),
    )
    with op.batch_alter_table("drill_cards", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_drill_cards_client_id"), ["client_id"], unique=False)

    op.create_table(
        "drill_runs",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("client_id", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("drill_id", sa.String(length=64), nullable=False),
        sa.Column("drill_version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("technique", sa.String(length=32), nullable=False),
        sa.Column("items", sa.Text(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=True),
        sa.Column("used_s", sa.Float(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("shown_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_drill_runs_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["clients.id"], name=op.f("fk_drill_runs_client_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drill_runs")),
    )
    with op.batch_alter_table("drill_runs", schema=None) as batch_op:
        batch_op.create_index("ix_drill_runs_account_id_begun_at", ["account_id", "begun_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_drill_runs_client_id"), ["client_id"], unique=False)

    op.create_table(
        "lesson_reads",
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("client_id", sa.String(length=64), nullable=False),
        sa.Column("lesson_id", sa.String(length=64), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_lesson_reads_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["clients.id"], name=op.f("fk_lesson_reads_client_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", "client_id", "lesson_id", name=op.f("pk_lesson_reads")),
    )
    with op.batch_alter_table("lesson_reads", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lesson_reads_client_id"), ["client_id"], unique=False)

    op.create_table(
        "learning_counts",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("client_id", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("conversation_id", sa.String(length=32), nullable=True),
        sa.Column("run_id", sa.String(length=32), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_learning_counts_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["clients.id"], name=op.f("fk_learning_counts_client_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_learning_counts_conversation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["practice_runs.id"], name=op.f("fk_learning_counts_run_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learning_counts")),
        sa.UniqueConstraint("conversation_id", name=op.f("uq_learning_counts_conversation_id")),
        sa.UniqueConstraint("run_id", name=op.f("uq_learning_counts_run_id")),
    )
    with op.batch_alter_table("learning_counts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_learning_counts_account_id"), ["account_id"], unique=False)
        batch_op.create_index(
            "ix_learning_counts_client_id_ended_at", ["client_id", "ended_at"], unique=False
        )


def downgrade() -> None:
    """Takes the tables back."""
    with op.batch_alter_table("learning_counts", schema=None) as batch_op:
        batch_op.drop_index("ix_learning_counts_client_id_ended_at")
        batch_op.drop_index(batch_op.f("ix_learning_counts_account_id"))

    op.drop_table("learning_counts")
    with op.batch_alter_table("lesson_reads", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lesson_reads_client_id"))

    op.drop_table("lesson_reads")
    with op.batch_alter_table("drill_runs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_drill_runs_client_id"))
        batch_op.drop_index("ix_drill_runs_account_id_begun_at")

    op.drop_table("drill_runs")
    with op.batch_alter_table("drill_cards", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_drill_cards_client_id"))

    op.drop_table("drill_cards")
    with op.batch_alter_table("assignments", schema=None) as batch_op:
        batch_op.drop_index("ix_assignments_client_id_due_on")
        batch_op.drop_index(batch_op.f("ix_assignments_account_id"))

    op.drop_table("assignments")
