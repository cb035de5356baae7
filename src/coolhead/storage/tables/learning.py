"""Drills that people did, when each item comes again, what was assigned, read, and counted."""

from __future__ import annotations

from sqlalchemy import Column, Date, Float, ForeignKey, Index, Integer, String, Table, Text

from coolhead.storage.tables.kernel import Instant, metadata

drill_runs = Table(
    "drill_runs",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("client_id", ForeignKey("clients.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("drill_id", String(64), nullable=False),
    Column("drill_version", Integer, nullable=False),
    Column("title", String(200), nullable=False),
    Column("technique", String(32), nullable=False),
    Column("items", Text, nullable=False),
    Column("answers", Text, nullable=False),
    Column("seconds", Integer),
    Column("used_s", Float, nullable=False),
    Column("begun_at", Instant, nullable=False),
    Column("shown_at", Instant),
    Column("ended_at", Instant),
    Column("version", Integer, nullable=False),
    Index("ix_drill_runs_account_id_begun_at", "account_id", "begun_at"),
)
"""`seconds` is empty with the clock turned off; `shown_at` is when the open item was shown, empty while a
comment is being read; `drill_version` 0 is the shipped one."""

drill_cards = Table(
    "drill_cards",
    metadata,
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("client_id", ForeignKey("clients.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("drill_id", String(64), primary_key=True),
    Column("item_id", String(64), primary_key=True),
    Column("box", Integer, nullable=False),
    Column("due_on", Date, nullable=False),
)

assignments = Table(
    "assignments",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("client_id", ForeignKey("clients.id", ondelete="CASCADE"), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("subject_id", String(64), nullable=False),
    Column("title", String(200), nullable=False),
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), index=True),
    Column("role", String(16)),
    Column("due_on", Date, nullable=False),
    Column("note", Text, nullable=False),
    Column("assigned_by", String(200), nullable=False),
    Column("assigner_id", ForeignKey("accounts.id", ondelete="SET NULL")),
    Column("assigned_at", Instant, nullable=False),
    Column("withdrawn_at", Instant),
    Index("ix_assignments_client_id_due_on", "client_id", "due_on"),
)
"""For one person (`account_id`) or for everyone with a `role` at the client; exactly one of both is set."""

lesson_reads = Table(
    "lesson_reads",
    metadata,
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("client_id", ForeignKey("clients.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("lesson_id", String(64), primary_key=True),
    Column("read_at", Instant, nullable=False),
)

learning_counts = Table(
    "learning_counts",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("client_id", ForeignKey("clients.id", ondelete="CASCADE"), nullable=False),
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), unique=True),
    Column("run_id", ForeignKey("practice_runs.id", ondelete="CASCADE"), unique=True),
    Column("ended_at", Instant, nullable=False),
    Column("counts", Text, nullable=False),
    Index("ix_learning_counts_client_id_ended_at", "client_id", "ended_at"),
)
"""Numbers alone, no words: of one live conversation or of one practice run, whichever of both ids is set."""
