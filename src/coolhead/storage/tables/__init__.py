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
from coolhead.storage.tables.kernel import metadata

__all__ = [
    "account_clients",
    "accounts",
    "api_keys",
    "card_answers",
    "clients",
    "contests",
    "conversations",
    "events",
    "metadata",
    "notes",
    "sessions",
    "sign_in_failures",
    "turns",
    "whispers",
]
