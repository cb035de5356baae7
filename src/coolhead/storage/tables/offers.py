"""What customers were offered, and the gestures that make up for something, with what each month may cost."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, String, Table, Text

from coolhead.storage.tables.kernel import Instant, metadata

gestures = Table(
    "gestures",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("client_id", ForeignKey("clients.id", ondelete="CASCADE"), nullable=False),
    Column("conversation_id", ForeignKey("conversations.id", ondelete="SET NULL"), index=True),
    Column("account_id", ForeignKey("accounts.id", ondelete="SET NULL")),
    Column("agent", String(200), nullable=False),
    Column("month", String(7), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("state", String(16), nullable=False),
    Column("reserved_at", Instant, nullable=False),
    Column("settled_at", Instant),
    Index("ix_gestures_client_id_month", "client_id", "month"),
)

offers = Table(
    "offers",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("gesture_id", ForeignKey("gestures.id", ondelete="SET NULL")),
    Column("turns_before", Integer, nullable=False),
    Column("choices", Text, nullable=False),
    Column("answer", String(16), nullable=False),
    Column("chosen", Integer),
    Column("offered_by", String(200), nullable=False),
    Column("account_id", ForeignKey("accounts.id", ondelete="SET NULL")),
    Column("offered_at", Instant, nullable=False),
    Column("answered_by", String(200), nullable=False),
    Column("answered_at", Instant),
)

gesture_months = Table(
    "gesture_months",
    metadata,
    Column("client_id", ForeignKey("clients.id", ondelete="CASCADE"), primary_key=True),
    Column("month", String(7), primary_key=True),
)

gesture_raises = Table(
    "gesture_raises",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("client_id", ForeignKey("clients.id", ondelete="CASCADE"), nullable=False),
    Column("month", String(7), nullable=False),
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE")),
    Column("amount", BigInteger, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("reason", Text, nullable=False),
    Column("raised_by", String(200), nullable=False),
    Column("raiser_id", ForeignKey("accounts.id", ondelete="SET NULL")),
    Column("raised_at", Instant, nullable=False),
    Index("ix_gesture_raises_client_id_month", "client_id", "month"),
)
