"""Versioned documents of a client: what was published, and the draft with what it was before each change."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from coolhead.storage.tables.kernel import Counter, Instant, metadata

document_versions = Table(
    "document_versions",
    metadata,
    Column("client_id", ForeignKey("clients.id", ondelete="CASCADE"), primary_key=True),
    Column("kind", String(64), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("text", Text, nullable=False),
    Column("comment", String(400), nullable=False),
    Column("restores", Integer),
    Column("author_id", ForeignKey("accounts.id", ondelete="SET NULL")),
    Column("author", String(200), nullable=False),
    Column("published_at", Instant, nullable=False),
    Column("effective_at", Instant, nullable=False),
    Column("withdrawn_at", Instant),
    Column("withdrawn_by", String(200)),
    Index("ix_document_versions_effective", "client_id", "effective_at"),
)

document_drafts = Table(
    "document_drafts",
    metadata,
    Column("id", Counter, primary_key=True, autoincrement=True),
    Column("client_id", ForeignKey("clients.id", ondelete="CASCADE"), nullable=False),
    Column("kind", String(64), nullable=False),
    Column("text", Text, nullable=False),
    Column("based_on", Integer, nullable=False),
    Column("change", String(200), nullable=False),
    Column("undo_to", Counter),
    Column("redo_to", Counter),
    Column("author_id", ForeignKey("accounts.id", ondelete="SET NULL")),
    Column("author", String(200), nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_document_drafts_client_id_kind_id", "client_id", "kind", "id"),
    sqlite_autoincrement=True,
)
