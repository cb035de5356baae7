"""How people come in besides a password, and what was done by whom."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, String, Table, Text, UniqueConstraint

from coolhead.storage.tables.kernel import Counter, Instant, metadata

invitations = Table(
    "invitations",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("email", String(320), nullable=False, index=True),
    Column("name", String(200), nullable=False),
    Column("is_admin", Boolean, nullable=False),
    Column("roles", Text, nullable=False),
    Column("invited_by", ForeignKey("accounts.id", ondelete="SET NULL")),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
)

password_resets = Table(
    "password_resets",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("expires_at", Instant, nullable=False),
)

identities = Table(
    "identities",
    metadata,
    Column("issuer", String(500), primary_key=True),
    Column("subject", String(255), primary_key=True),
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("linked_at", Instant, nullable=False),
    UniqueConstraint("issuer", "account_id"),
)

audit_entries = Table(
    "audit_entries",
    metadata,
    Column("id", Counter, primary_key=True, autoincrement=True),
    Column("at", Instant, nullable=False, index=True),
    Column("action", String(40), nullable=False),
    Column("actor_id", String(32), nullable=False),
    Column("actor", String(200), nullable=False),
    Column("client_id", String(64)),
    Column("subject", String(200), nullable=False),
    Column("details", Text, nullable=False),
    Index("ix_audit_entries_client_id_id", "client_id", "id"),
    Index("ix_audit_entries_actor_id_id", "actor_id", "id"),
    Index("ix_audit_entries_subject_id", "subject", "id"),
    sqlite_autoincrement=True,
)
