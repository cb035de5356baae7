"""The outbox, webhooks with what was sent to them, and the inlets through which other systems send."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from coolhead.storage.tables.kernel import Counter, Instant, metadata

outbox = Table(
    "outbox",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("client_id", ForeignKey("clients.id", ondelete="CASCADE"), index=True),
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), index=True),
    Column("kind", String(16), nullable=False),
    Column("lane", String(64), nullable=False),
    Column("data", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("claim", String(32)),
    Column("error", String(200), nullable=False),
    Column("gave_up_at", Instant),
    Index("ix_outbox_due", "gave_up_at", "due_at"),
)

webhooks = Table(
    "webhooks",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("client_id", ForeignKey("clients.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("name", String(200), nullable=False),
    Column("url", String(2000), nullable=False),
    Column("kinds", Text, nullable=False),
    Column("secret", String(200), nullable=False),
    Column("old_secret", String(200)),
    Column("old_secret_until", Instant),
    Column("last_event_id", BigInteger, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("failing_since", Instant),
    Column("disabled_at", Instant),
    Column("disabled_because", String(200), nullable=False),
)

webhook_messages = Table(
    "webhook_messages",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("webhook_id", ForeignKey("webhooks.id", ondelete="CASCADE"), nullable=False),
    Column("event_id", ForeignKey("events.id", ondelete="SET NULL"), index=True),
    Column("kind", String(32), nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("delivered_at", Instant),
    Column("gave_up_at", Instant),
    UniqueConstraint("webhook_id", "event_id"),
    Index("ix_webhook_messages_log", "webhook_id", "made_at"),
)

webhook_attempts = Table(
    "webhook_attempts",
    metadata,
    Column("id", Counter, primary_key=True, autoincrement=True),
    Column("message_id", ForeignKey("webhook_messages.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("at", Instant, nullable=False),
    Column("took_ms", Integer, nullable=False),
    Column("status", Integer),
    Column("error", String(200), nullable=False),
)

inlets = Table(
    "inlets",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("client_id", ForeignKey("clients.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("name", String(200), nullable=False),
    Column("secret", String(200), nullable=False),
    Column("signed", Boolean, nullable=False),
    Column("origin", String(200), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("received_at", Instant),
    Column("closed_at", Instant),
)
