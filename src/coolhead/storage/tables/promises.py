"""The promise ledger: its entries, and every change of them."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text

from coolhead.storage.tables.kernel import Instant, metadata

promises = Table(
    "promises",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("client_id", ForeignKey("clients.id", ondelete="RESTRICT"), nullable=False),
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("turn_id", String(200)),
    Column("start", Integer),
    Column("end", Integer),
    Column("said_at", Instant, nullable=False),
    Column("what", Text, nullable=False),
    Column("who", String(16), nullable=False),
    Column("when", Text),
    Column("due", Instant),
    Column("state", String(16), nullable=False),
    Column("owner_id", ForeignKey("accounts.id", ondelete="SET NULL"), index=True),
    Column("owner", String(200), nullable=False),
    Column("by_hand", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    Column("moved_at", Instant, nullable=False),
    Column("near_told", Instant),
    Column("overdue_told", Instant),
    Index("ix_promises_client_id_state_due", "client_id", "state", "due"),
    Index("ix_promises_state_due", "state", "due"),
)
"""`near_told` and `overdue_told`: the due moment of which it was told that it is near, that it has passed."""

promise_moves = Table(
    "promise_moves",
    metadata,
    Column("promise_id", ForeignKey("promises.id", ondelete="CASCADE"), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Column("move", String(16), nullable=False),
    Column("account_id", ForeignKey("accounts.id", ondelete="SET NULL")),
    Column("by", String(200), nullable=False),
    Column("before", String(16)),
    Column("after", String(16), nullable=False),
    Column("reason", Text, nullable=False),
    Column("was", Text),
    Column("other_id", String(32)),
)
