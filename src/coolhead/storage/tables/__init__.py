"""All tables, one file a subject. Texts that hold JSON are written and read by the repositories only."""

from coolhead.storage.tables.accounts import (
    account_clients,
    accounts,
    api_keys,
    clients,
    sessions,
    sign_in_failures,
)
from coolhead.storage.tables.conversations import (
    card_answers,
    contests,
    conversations,
    events,
    turns,
    whispers,
)
from coolhead.storage.tables.customers import (
    customer_deletions,
    customers,
    follow_up_moves,
    follow_ups,
)
from coolhead.storage.tables.documents import document_drafts, document_versions
from coolhead.storage.tables.escalations import escalation_moves, escalations, limit_steps, pauses
from coolhead.storage.tables.kernel import metadata
from coolhead.storage.tables.learning import (
    assignments,
    drill_cards,
    drill_runs,
    learning_counts,
    lesson_reads,
)
from coolhead.storage.tables.offers import gesture_months, gesture_raises, gestures, offers
from coolhead.storage.tables.people import (
    audit_entries,
    identities,
    invitations,
    password_resets,
)
from coolhead.storage.tables.practice import practice_reflections, practice_runs, practice_wishes
from coolhead.storage.tables.promises import promise_moves, promises
from coolhead.storage.tables.retention import (
    holds,
    purged_conversations,
    purges,
    retention_rules,
)
from coolhead.storage.tables.webhooks import (
    inlets,
    outbox,
    webhook_attempts,
    webhook_messages,
    webhooks,
)
from coolhead.storage.tables.wrap_up import dispositions, note_versions, search_entries

__all__ = [
    "account_clients",
    "accounts",
    "api_keys",
    "assignments",
    "audit_entries",
    "card_answers",
    "clients",
    "contests",
    "conversations",
    "customer_deletions",
    "customers",
    "dispositions",
    "document_drafts",
    "document_versions",
    "drill_cards",
    "drill_runs",
    "escalation_moves",
    "escalations",
    "events",
    "follow_up_moves",
    "follow_ups",
    "gesture_months",
    "gesture_raises",
    "gestures",
    "holds",
    "identities",
    "inlets",
    "invitations",
    "learning_counts",
    "lesson_reads",
    "limit_steps",
    "metadata",
    "note_versions",
    "offers",
    "outbox",
    "password_resets",
    "pauses",
    "practice_reflections",
    "practice_runs",
    "practice_wishes",
    "promise_moves",
    "promises",
    "purged_conversations",
    "purges",
    "retention_rules",
    "search_entries",
    "sessions",
    "sign_in_failures",
    "turns",
    "webhook_attempts",
    "webhook_messages",
    "webhooks",
    "whispers",
]
