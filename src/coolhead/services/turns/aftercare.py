"""What follows the end of a conversation: after a rough one a follow-up is proposed, with its draft."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.casework.contacts import Fate, pledge_of
from coolhead.casework.follow_up import (
    Ended,
    FollowUp,
    Kind,
    Move,
    Moved,
    State,
    Why,
    address_in,
    due_after,
    kind_after,
    roughness,
)
from coolhead.casework.letter import Draft, Facts, write_draft
from coolhead.casework.promises import Entry
from coolhead.picture.questions import unanswered
from coolhead.services.events import happenings
from coolhead.storage import clients, conversations, dispositions, follow_ups, promises
from coolhead.storage.clients import Client
from coolhead.storage.conversations import Stand, Summary
from coolhead.storage.dispositions import Confirmed
from coolhead.storage.events import NewEvent

LONGEST_SUBJECT = 200


async def propose(connection: AsyncConnection, ended: Summary, now: datetime) -> list[NewEvent]:
    """Proposes a follow-up where the conversation, just ended, was rough; gives what to tell.

    In the transaction that ends it.
    """
    stand = await conversations.find_stand(connection, ended.id)
    client = await clients.find(connection, ended.client_id)
    if stand is None or client is None:
        return []
    ledger = await promises.list_of(connection, ended.id)
    confirmed = await dispositions.find(connection, ended.id)
    why = roughness(_ended(stand, ledger, confirmed, now))
    if not why:
        return []
    kind = kind_after(ended.channel)
    draft = _draft(kind, stand, client, ledger, confirmed, ended.agent, why, now)
    planned = FollowUp(
        id=uuid4().hex,
        client_id=ended.client_id,
        conversation_id=ended.id,
        kind=kind,
        due=due_after(why, now, client.hours),
        why=why,
        address=address_in(kind, ended.customer_key),
        subject=draft.subject,
        text=draft.text,
        state=State.PROPOSED,
        owner_id=ended.agent_id,
        owner=ended.agent,
        version=1,
        made_at=now,
        moved_at=now,
    )
    moved = first_move(planned, Move.PROPOSE)
    await follow_ups.add(connection, planned, moved)
    return [happenings.follow_up_moved(planned, moved)]


async def draft_of(
    connection: AsyncConnection,
    kind: Kind,
    conversation_id: str,
    agent: str,
    why: tuple[Why, ...],
    now: datetime,
) -> Draft:
    """A draft from what is known of the conversation at that moment; empty when it has been deleted."""
    stand = await conversations.find_stand(connection, conversation_id)
    client = await clients.find(connection, stand.summary.client_id) if stand else None
    if stand is None or client is None:
        return Draft(subject="", text="")
    ledger = await promises.list_of(connection, conversation_id)
    confirmed = await dispositions.find(connection, conversation_id)
    return _draft(kind, stand, client, ledger, confirmed, agent, why, now)


def first_move(planned: FollowUp, move: Move, account_id: str | None = None, by: str = "") -> Moved:
    """The first change of a new follow-up."""
    return Moved(
        follow_up_id=planned.id,
        version=planned.version,
        at=planned.made_at,
        move=move,
        account_id=account_id,
        by=by,
        before=None,
        after=planned.state,
    )


def _ended(stand: Stand, ledger: list[Entry], confirmed: Confirmed | None, now: datetime) -> Ended:
    pledges = [made for entry in ledger if (made := pledge_of(entry, now))]
    return Ended(
        peak=stand.summary.peak,
        outcome=confirmed.outcome if confirmed else stand.summary.resolved,
        promised=any(each.fate in (Fate.OPEN, Fate.OVERDUE, Fate.UNCONFIRMED) for each in pledges),
    )


def _draft(
    kind: Kind,
    stand: Stand,
    client: Client,
    ledger: list[Entry],
    confirmed: Confirmed | None,
    agent: str,
    why: tuple[Why, ...],
    now: datetime,
) -> Draft:
    summary = stand.summary
    facts = Facts(
        tone=client.tone,
        hours=client.hours,
        client=client.name,
        customer=summary.customer,
        agent=agent,
        spoke_at=summary.opened_at,
        issue=confirmed.issue if confirmed else summary.issue,
        outcome=confirmed.outcome if confirmed else summary.resolved,
        why=why,
        pledges=tuple(made for entry in ledger if (made := pledge_of(entry, now))),
        questions=tuple(each.text for each in unanswered(stand.picture.questions, by_customer=True)),
    )
    return write_draft(kind, facts)
