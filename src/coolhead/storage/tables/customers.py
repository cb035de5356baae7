"""Customers by their keys, proof of those that were deleted, and follow-ups with their moves."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from coolhead.storage.tables.kernel import Instant, metadata

customers = Table(
    "customers",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("client_id", ForeignKey("clients.id", ondelete="RESTRICT"), nullable=False),
    Column("key", String(200), nullable=False),
    Column("since", Instant, nullable=False),
    Column("merged_into", String(32), index=True),
    Column("merged_at", Instant),
    Column("merged_by", String(200), nullable=False),
    Column("version", Integer, nullable=False),
    UniqueConstraint("client_id", "key"),
)
"""`merged_into` is another row's id without a constraint, so that rows can be written back in any order."""

customer_deletions = Table(
    "customer_deletions",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("client_id", ForeignKey("clients.id", ondelete="RESTRICT"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("customer_id", String(32), nullable=False),
    Column("at", Instant, nullable=False),
    Column("account_id", ForeignKey("accounts.id", ondelete="SET NULL")),
    Column("by", String(200), nullable=False),
    Column("request", String(64), nullable=False),
    Column("counts", Text, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    UniqueConstraint("client_id", "number"),
)

follow_ups = Table(
    "follow_ups",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("client_id", ForeignKey("clients.id", ondelete="RESTRICT"), nullable=False),
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("due", Instant, nullable=False),
    Column("why", String(64), nullable=False),
    Column("address", String(320), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("text", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("owner_id", ForeignKey("accounts.id", ondelete="SET NULL"), index=True),
    Column("owner", String(200), nullable=False),
    Column("version", Integer, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("moved_at", Instant, nullable=False),
    Column("near_told", Instant),
    Column("overdue_told", Instant),
    Index("ix_follow_ups_client_id_state_due", "client_id", "state", "due"),
    Index("ix_follow_ups_state_due", "state", "due"),
)
"""`near_told` and `overdue_told`: the due moment of which it was told that it is near, that it has passed."""

follow_up_moves = Table(
    "follow_up_moves",
    metadata,
    Column("follow_up_id", ForeignKey("follow_ups.id", ondelete="CASCADE"), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Column("move", String(16), nullable=False),
    Column("account_id", ForeignKey("accounts.id", ondelete="SET NULL")),
    Column("by", String(200), nullable=False),
    Column("before", String(16)),
    Column("after", String(16), nullable=False),
    Column("reason", Text, nullable=False),
    Column("was_due", Instant),
)
