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
    notes,
    turns,
    whispers,
)
from coolhead.storage.tables.documents import document_drafts, document_versions
from coolhead.storage.tables.kernel import metadata
from coolhead.storage.tables.webhooks import (
    inlets,
    outbox,
    webhook_attempts,
    webhook_messages,
    webhooks,
)

__all__ = [
    "account_clients",
    "accounts",
    "api_keys",
    "card_answers",
    "clients",
    "contests",
    "conversations",
    "document_drafts",
    "document_versions",
    "events",
    "inlets",
    "metadata",
    "notes",
    "outbox",
    "sessions",
    "sign_in_failures",
    "turns",
    "webhook_attempts",
    "webhook_messages",
    "webhooks",
    "whispers",
]
