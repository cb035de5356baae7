"""Calls for a supervisor with their moves; steps on the ladder of limits; channels closed to a customer."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from coolhead.storage.tables.kernel import Instant, metadata

escalations = Table(
    "escalations",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("client_id", ForeignKey("clients.id", ondelete="RESTRICT"), nullable=False),
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("origin", String(16), nullable=False),
    Column("turn_id", String(200)),
    Column("words", Text, nullable=False),
    Column("asked_by_id", ForeignKey("accounts.id", ondelete="SET NULL")),
    Column("asked_by", String(200), nullable=False),
    Column("agent_id", ForeignKey("accounts.id", ondelete="SET NULL")),
    Column("agent", String(200), nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("moved_at", Instant, nullable=False),
    Column("state", String(16), nullable=False),
    Column("level", Integer, nullable=False),
    Column("supervisor_id", ForeignKey("accounts.id", ondelete="SET NULL")),
    Column("supervisor", String(200), nullable=False),
    Column("reason", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Index("ix_escalations_client_id_state", "client_id", "state"),
)

escalation_moves = Table(
    "escalation_moves",
    metadata,
    Column("escalation_id", ForeignKey("escalations.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("move", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    Column("level", Integer, nullable=False),
    Column("by_id", ForeignKey("accounts.id", ondelete="SET NULL")),
    Column("by", String(200), nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", Instant, nullable=False),
)

limit_steps = Table(
    "limit_steps",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False),
    Column("step", String(16), nullable=False),
    Column("turn_id", String(200), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("start", Integer),
    Column("end", Integer),
    Column("words", Text, nullable=False),
    Column("by_id", ForeignKey("accounts.id", ondelete="SET NULL")),
    Column("by", String(200), nullable=False),
    Column("at", Instant, nullable=False),
    UniqueConstraint("conversation_id", "turn_id", "step"),
)

pauses = Table(
    "pauses",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("client_id", ForeignKey("clients.id", ondelete="RESTRICT"), nullable=False),
    Column(
        "conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False, unique=True
    ),
    Column("channel", String(16), nullable=False),
    Column("customer_key", String(200)),
    Column("customer", String(200), nullable=False),
    Column("reason", Text, nullable=False),
    Column("by_id", ForeignKey("accounts.id", ondelete="SET NULL")),
    Column("by", String(200), nullable=False),
    Column("at", Instant, nullable=False),
    Column("until", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("ended_by_id", ForeignKey("accounts.id", ondelete="SET NULL")),
    Column("ended_by", String(200), nullable=False),
    Index("ix_pauses_client_id_ended_at", "client_id", "ended_at"),
)
