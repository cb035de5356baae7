"""Versions of notes, dispositions, search, what was offered."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

from coolhead.casework.finding import folded
from coolhead.codebook import Issue
from coolhead.picture.note import CLEAR

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

WHEN = sa.DateTime(timezone=True)
ENTRY = sa.text(
    "INSERT INTO search_entries (conversation_id, kind, turn_id, words) "
    "VALUES (:conversation_id, :kind, :turn_id, :words)"
)


def upgrade() -> None:
    """Brings the tables forward."""
    _make_notes()
    _make_findings()
    _make_search()
    _make_offers()


def downgrade() -> None:
    """Takes the tables back."""
    op.create_table(
        "notes",
        sa.Column("conversation_id", sa.String(length=32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("edited_by", sa.String(length=200), nullable=False),
        sa.Column("edited_at", WHEN, nullable=False),
        _of_conversation("notes"),
        sa.PrimaryKeyConstraint("conversation_id", name=op.f("pk_notes")),
    )
    op.execute(
        "INSERT INTO notes SELECT conversation_id, text, edited_by, edited_at FROM note_versions AS kept "
        "WHERE version = (SELECT max(version) FROM note_versions AS other "
        "WHERE other.conversation_id = kept.conversation_id)"
    )
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE search_index")
    for table in (
        "gesture_raises",
        "gesture_months",
        "offers",
        "gestures",
        "search_entries",
        "dispositions",
        "note_versions",
    ):
        op.drop_table(table)
    for column in ("issue", "resolved", "peak"):
        op.drop_column("conversations", column)


def _make_notes() -> None:
    op.create_table(
        "note_versions",
        sa.Column("conversation_id", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("edited_by", sa.String(length=200), nullable=False),
        sa.Column("editor_id", sa.String(length=32), nullable=True),
        sa.Column("edited_at", WHEN, nullable=False),
        sa.Column("restored", sa.Integer(), nullable=True),
        _of_conversation("note_versions"),
        _of_account("note_versions", "editor_id"),
        sa.PrimaryKeyConstraint("conversation_id", "version", name=op.f("pk_note_versions")),
    )
    op.execute(
        "INSERT INTO note_versions (conversation_id, version, text, edited_by, edited_at) "
        "SELECT conversation_id, 1, text, edited_by, edited_at FROM notes"
    )
    op.drop_table("notes")


def _make_findings() -> None:
    """What lists filter by, besides the picture; read out of the pictures that there are."""
    op.add_column("conversations", sa.Column("issue", sa.String(length=32), nullable=True))
    op.add_column("conversations", sa.Column("resolved", sa.String(length=16), nullable=True))
    op.add_column("conversations", sa.Column("peak", sa.Integer(), nullable=False, server_default="0"))
    kept = op.get_bind().execute(sa.text("SELECT id, picture FROM conversations")).all()
    found = [_finding(row.id, json.loads(row.picture)) for row in kept]
    if found:
        statement = (
            "UPDATE conversations SET issue = :issue, resolved = :resolved, peak = :peak WHERE id = :id"
        )
        op.get_bind().execute(sa.text(statement), found)
    op.create_table(
        "dispositions",
        sa.Column("conversation_id", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("issue", sa.String(length=32), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("confirmed_by", sa.String(length=200), nullable=False),
        sa.Column("account_id", sa.String(length=32), nullable=True),
        sa.Column("confirmed_at", WHEN, nullable=False),
        _of_conversation("dispositions"),
        _of_account("dispositions", "account_id"),
        sa.PrimaryKeyConstraint("conversation_id", name=op.f("pk_dispositions")),
    )


def _finding(conversation_id: str, picture: dict[str, Any]) -> dict[str, Any]:
    issues, results = picture.get("issue") or {}, picture.get("resolved") or {}
    issue = max(issues, key=lambda each: issues[each], default=Issue.OTHER)
    return {
        "id": conversation_id,
        "issue": issue if issue != Issue.OTHER and issues[issue] >= CLEAR else None,
        "resolved": max(results, key=lambda each: results[each], default=None),
        "peak": max((point["level"] for point in picture.get("course") or ()), default=0),
    }


def _make_search() -> None:
    op.create_table(
        "search_entries",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("conversation_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("turn_id", sa.String(length=200), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        _of_conversation("search_entries"),
        sa.ForeignKeyConstraint(
            ["conversation_id", "turn_id"],
            ["turns.conversation_id", "turns.id"],
            name="fk_search_entries_turn",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_entries")),
    )
    op.create_index(
        "ix_search_entries_conversation_id_turn_id", "search_entries", ["conversation_id", "turn_id"]
    )
    if op.get_bind().dialect.name == "sqlite":
        _make_fts5()
    else:
        op.execute(
            "CREATE INDEX search_index ON search_entries USING gin "
            "(array_to_tsvector(string_to_array(words, ' ')))"
        )
    _fill_search()


def _make_fts5() -> None:
    """An index over `search_entries` that triggers keep current; the words are folded, so `ascii` will do."""
    op.execute("DROP TABLE IF EXISTS search_index")
    op.execute(
        "CREATE VIRTUAL TABLE search_index USING fts5"
        "(words, content='search_entries', content_rowid='id', tokenize='ascii')"
    )
    taken = "INSERT INTO search_index(search_index, rowid, words) VALUES ('delete', old.id, old.words);"
    put = "INSERT INTO search_index(rowid, words) VALUES (new.id, new.words);"
    for name, when, does in (
        ("put", "INSERT", put),
        ("taken", "DELETE", taken),
        ("changed", "UPDATE OF words", taken + put),
    ):
        op.execute(f"CREATE TRIGGER search_{name} AFTER {when} ON search_entries BEGIN {does} END")


def _fill_search() -> None:
    connection = op.get_bind()
    for query, kind in (
        ("SELECT id AS conversation_id, NULL AS turn_id, customer AS text FROM conversations", "customer"),
        ("SELECT conversation_id, NULL AS turn_id, text FROM note_versions", "note"),
        ("SELECT conversation_id, id AS turn_id, text FROM turns", "turn"),
    ):
        found = connection.execute(sa.text(query)).all()
        entries = [
            {
                "conversation_id": row.conversation_id,
                "kind": kind,
                "turn_id": row.turn_id,
                "words": folded(row.text),
            }
            for row in found
        ]
        if entries:
            connection.execute(ENTRY, entries)


def _make_offers() -> None:
    op.create_table(
        "gestures",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("client_id", sa.String(length=64), nullable=False),
        sa.Column("conversation_id", sa.String(length=32), nullable=True),
        sa.Column("account_id", sa.String(length=32), nullable=True),
        sa.Column("agent", sa.String(length=200), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("reserved_at", WHEN, nullable=False),
        sa.Column("settled_at", WHEN, nullable=True),
        _of_client("gestures"),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_gestures_conversation_id"),
            ondelete="SET NULL",
        ),
        _of_account("gestures", "account_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gestures")),
    )
    op.create_index(op.f("ix_gestures_conversation_id"), "gestures", ["conversation_id"])
    op.create_index("ix_gestures_client_id_month", "gestures", ["client_id", "month"])
    op.create_table(
        "offers",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("conversation_id", sa.String(length=32), nullable=False),
        sa.Column("gesture_id", sa.String(length=32), nullable=True),
        sa.Column("turns_before", sa.Integer(), nullable=False),
        sa.Column("choices", sa.Text(), nullable=False),
        sa.Column("answer", sa.String(length=16), nullable=False),
        sa.Column("chosen", sa.Integer(), nullable=True),
        sa.Column("offered_by", sa.String(length=200), nullable=False),
        sa.Column("account_id", sa.String(length=32), nullable=True),
        sa.Column("offered_at", WHEN, nullable=False),
        sa.Column("answered_by", sa.String(length=200), nullable=False),
        sa.Column("answered_at", WHEN, nullable=True),
        _of_conversation("offers"),
        sa.ForeignKeyConstraint(
            ["gesture_id"], ["gestures.id"], name=op.f("fk_offers_gesture_id"), ondelete="SET NULL"
        ),
        _of_account("offers", "account_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offers")),
    )
    op.create_index(op.f("ix_offers_conversation_id"), "offers", ["conversation_id"])
    op.create_table(
        "gesture_months",
        sa.Column("client_id", sa.String(length=64), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        _of_client("gesture_months"),
        sa.PrimaryKeyConstraint("client_id", "month", name=op.f("pk_gesture_months")),
    )
    op.create_table(
        "gesture_raises",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("client_id", sa.String(length=64), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("account_id", sa.String(length=32), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("raised_by", sa.String(length=200), nullable=False),
        sa.Column("raiser_id", sa.String(length=32), nullable=True),
        sa.Column("raised_at", WHEN, nullable=False),
        _of_client("gesture_raises"),
        _of_account("gesture_raises", "account_id", "CASCADE"),
        _of_account("gesture_raises", "raiser_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gesture_raises")),
    )
    op.create_index("ix_gesture_raises_client_id_month", "gesture_raises", ["client_id", "month"])


def _of_conversation(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["conversation_id"],
        ["conversations.id"],
        name=op.f(f"fk_{table}_conversation_id"),
        ondelete="CASCADE",
    )


def _of_client(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["client_id"], ["clients.id"], name=op.f(f"fk_{table}_client_id"), ondelete="CASCADE"
    )


def _of_account(table: str, column: str, on_delete: str = "SET NULL") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], ["accounts.id"], name=op.f(f"fk_{table}_{column}"), ondelete=on_delete
    )
