"""Conversations with their turns and events, and what people add to them."""

from __future__ import annotations

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from coolhead.storage.tables.kernel import Counter, Instant, metadata

conversations = Table(
    "conversations",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("client_id", ForeignKey("clients.id", ondelete="RESTRICT"), nullable=False),
    Column("reference", String(200)),
    Column("visitor_hash", String(64), unique=True),
    Column("channel", String(16), nullable=False),
    Column("status", String(16), nullable=False),
    Column("customer", String(200), nullable=False),
    Column("customer_key", String(200)),
    Column("agent", String(200), nullable=False),
    Column("agent_id", ForeignKey("accounts.id", ondelete="SET NULL"), index=True),
    Column("opened_at", Instant, nullable=False),
    Column("active_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("version", Integer, nullable=False),
    Column("turns", Integer, nullable=False),
    Column("last_place", Float),
    Column("last_turn_id", String(200)),
    Column("last_words", Text, nullable=False),
    Column("heat", Float, nullable=False),
    Column("level", Integer, nullable=False),
    Column("trend", String(16), nullable=False),
    Column("stage", String(16), nullable=False),
    Column("risk", Float, nullable=False),
    Column("alerts", Integer, nullable=False),
    Column("issue", String(32)),
    Column("resolved", String(16)),
    Column("peak", Integer, nullable=False),
    Column("curve", Text, nullable=False),
    Column("card", Text),
    Column("picture", Text, nullable=False),
    UniqueConstraint("client_id", "reference"),
    Index("ix_conversations_floor", "client_id", "status", "heat"),
    Index("ix_conversations_customer", "client_id", "customer_key"),
)

turns = Table(
    "turns",
    metadata,
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    Column("id", String(200), primary_key=True),
    Column("place", Float, nullable=False),
    Column("speaker", String(16), nullable=False),
    Column("text", Text, nullable=False),
    Column("start", Float),
    Column("end", Float),
    Column("received_at", Instant, nullable=False),
    Column("heat", Float, nullable=False),
    Column("reading", Text, nullable=False),
    Column("card", Text),
)

events = Table(
    "events",
    metadata,
    Column("id", Counter, primary_key=True, autoincrement=True),
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False),
    Column("client_id", ForeignKey("clients.id", ondelete="RESTRICT"), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("turn_id", String(200)),
    Column("at", Instant, nullable=False),
    Column("data", Text, nullable=False),
    Index("ix_events_conversation_id_id", "conversation_id", "id"),
    Index("ix_events_client_id_id", "client_id", "id"),
    sqlite_autoincrement=True,
)

whispers = Table(
    "whispers",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("author_id", ForeignKey("accounts.id", ondelete="SET NULL")),
    Column("author", String(200), nullable=False),
    Column("text", Text, nullable=False),
    Column("at", Instant, nullable=False),
)

card_answers = Table(
    "card_answers",
    metadata,
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    Column("turn_id", String(200), primary_key=True),
    Column("card_id", String(100), nullable=False),
    Column("answer", String(16), nullable=False),
    Column("account_id", ForeignKey("accounts.id", ondelete="SET NULL")),
    Column("at", Instant, nullable=False),
)

contests = Table(
    "contests",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("turn_id", String(200), nullable=False),
    Column("field", String(32), nullable=False),
    Column("shown", String(64)),
    Column("should_be", String(64)),
    Column("comment", Text, nullable=False),
    Column("account_id", ForeignKey("accounts.id", ondelete="SET NULL")),
    Column("at", Instant, nullable=False),
)
