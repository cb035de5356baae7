"""What is left when a conversation ends: notes in all their versions, dispositions, what can be searched."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, ForeignKeyConstraint, Index, Integer, String, Table, Text

from coolhead.storage.tables.kernel import Counter, Instant, metadata

note_versions = Table(
    "note_versions",
    metadata,
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("text", Text, nullable=False),
    Column("edited_by", String(200), nullable=False),
    Column("editor_id", ForeignKey("accounts.id", ondelete="SET NULL")),
    Column("edited_at", Instant, nullable=False),
    Column("restored", Integer),
)

dispositions = Table(
    "dispositions",
    metadata,
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("issue", String(32), nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("confirmed_by", String(200), nullable=False),
    Column("account_id", ForeignKey("accounts.id", ondelete="SET NULL")),
    Column("confirmed_at", Instant, nullable=False),
)

search_entries = Table(
    "search_entries",
    metadata,
    Column("id", Counter, primary_key=True, autoincrement=True),
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("turn_id", String(200)),
    Column("words", Text, nullable=False),
    ForeignKeyConstraint(
        ["conversation_id", "turn_id"],
        ["turns.conversation_id", "turns.id"],
        name="fk_search_entries_turn",
        ondelete="CASCADE",
    ),
    Index("ix_search_entries_conversation_id_turn_id", "conversation_id", "turn_id"),
)
