"""Practice runs, what people wrote for themselves after them, and whom they want to meet in practice."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Float, ForeignKey, Index, Integer, String, Table, Text

from coolhead.storage.tables.kernel import Instant, metadata

practice_runs = Table(
    "practice_runs",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("client_id", ForeignKey("clients.id", ondelete="CASCADE"), nullable=False),
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("scenario_id", String(64), nullable=False),
    Column("scenario_version", Integer, nullable=False),
    Column("title", String(200), nullable=False),
    Column("persona_id", String(64), nullable=False),
    Column("persona", String(200), nullable=False),
    Column("difficulty", String(16), nullable=False),
    Column("seed", BigInteger, nullable=False),
    Column("again_of", ForeignKey("practice_runs.id", ondelete="SET NULL"), index=True),
    Column("again_from", Integer),
    Column("begun_at", Instant, nullable=False),
    Column("moved_at", Instant, nullable=False),
    Column("paused_at", Instant),
    Column("ended_at", Instant),
    Column("ending", String(16)),
    Column("score", Integer),
    Column("rounds", Integer, nullable=False),
    Column("heat", Float, nullable=False),
    Column("run", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Index("ix_practice_runs_account_id_begun_at", "account_id", "begun_at"),
    Index("ix_practice_runs_client_id_ended_at", "client_id", "ended_at"),
)
"""`scenario_version` 0 is the shipped one; `rounds` counts the agent's turns, `heat` is the latest, 0-4."""

practice_reflections = Table(
    "practice_reflections",
    metadata,
    Column("run_id", ForeignKey("practice_runs.id", ondelete="CASCADE"), primary_key=True),
    Column("worked", Text, nullable=False),
    Column("differently", Text, nullable=False),
    Column("written_at", Instant, nullable=False),
)

practice_wishes = Table(
    "practice_wishes",
    metadata,
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("abusive", Boolean, nullable=False),
    Column("chosen_at", Instant, nullable=False),
)
"""`abusive`: whether abusive customers may be offered at all."""
