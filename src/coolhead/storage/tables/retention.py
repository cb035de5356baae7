"""How long a client's words are kept, what is held back from deletion, and what each purge took out."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Integer, String, Table, Text, UniqueConstraint

from coolhead.storage.tables.kernel import Instant, metadata

retention_rules = Table(
    "retention_rules",
    metadata,
    Column("client_id", ForeignKey("clients.id", ondelete="CASCADE"), primary_key=True),
    Column("transcript_days", Integer),
    Column("audio_days", Integer),
    Column("note_days", Integer),
    Column("practice_days", Integer),
    Column("changed_by", String(200), nullable=False),
    Column("changed_at", Instant, nullable=False),
)

holds = Table(
    "holds",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("client_id", ForeignKey("clients.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("scope", String(16), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("reason", Text, nullable=False),
    Column("placed_by", String(200), nullable=False),
    Column("placed_at", Instant, nullable=False),
    Column("lifted_by", String(200)),
    Column("lifted_at", Instant),
)

purged_conversations = Table(
    "purged_conversations",
    metadata,
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    Column("transcript_at", Instant),
    Column("note_at", Instant),
)

purges = Table(
    "purges",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("client_id", ForeignKey("clients.id", ondelete="CASCADE"), nullable=False),
    Column("day", Date, nullable=False),
    Column("begun_at", Instant, nullable=False),
    Column("claimed_until", Instant, nullable=False),
    Column("finished_at", Instant),
    Column("transcripts", Integer, nullable=False),
    Column("turns", Integer, nullable=False),
    Column("notes", Integer, nullable=False),
    Column("promises", Integer, nullable=False),
    Column("held", Integer, nullable=False),
    Column("practice", Integer, nullable=False),
    UniqueConstraint("client_id", "day"),
)
