"""Deleting a customer at their request: everything of theirs goes, and a receipt without any of it stays."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.casework.erasure import Receipt, first_broken, hash_of
from coolhead.errors import ConflictError, InputError
from coolhead.practice.from_life import mark_of
from coolhead.services import audit
from coolhead.services.access import Right, Viewer
from coolhead.services.casework.customers import customer_for
from coolhead.services.clock import Clock
from coolhead.storage import conversations, customers, erasure, from_life, retention
from coolhead.storage.audit import Action
from coolhead.storage.conversations import Status
from coolhead.storage.customers import Customer, Deletion
from coolhead.storage.database import Database
from coolhead.storage.retention import Hold, HoldScope

log = structlog.get_logger()

REQUEST = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ./#-]{0,39}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A client's deletions, the latest first; `broken`: the first whose hash is wrong, None for none."""

    deletions: list[Deletion]
    broken: int | None


class Erasure:
    """The use cases of deletion; they need the right to keep a client's data."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def delete(self, viewer: Viewer, customer_id: str, key: str, request: str = "") -> Deletion:
        """Deletes the customer, with all records merged into theirs, all conversations and what came of them.

        Args:
            viewer: who does it.
            customer_id: whom.
            key: the customer's key, typed once more.
            request: the number of their request; nothing that names them.

        Raises:
            NotFoundError: there is no such customer, or the viewer may not know of them.
            ForbiddenError: the viewer lacks the right.
            InputError: the key is not theirs, or the request is no plain number.
            ConflictError: a legal hold stands, a conversation goes on, or the record was merged into another.
        """
        request = request.strip()
        if request and not REQUEST.fullmatch(request):
            raise InputError(
                "The request's number has at most 40 letters, digits and signs.",
                hint="It stays in the proof: write no name and no address.",
            )
        now = self._clock()
        async with self._database.write() as connection:
            customer = await customer_for(connection, viewer, customer_id, Right.KEEP_DATA)
            if customer.key != key.strip():
                raise InputError("That is not this customer's key.", hint="Type it as it stands above.")
            if customer.merged_into:
                raise ConflictError(
                    "This record was merged into another.", hint="Delete that one, or part them first."
                )
            family = await customers.family_of(connection, customer)
            ids = await customers.conversation_ids(connection, family)
            await _check_over(connection, ids)
            await _check_holds(connection, family, ids)
            marks = {mark_of(each) for each in ids}
            counts = await from_life.remove(connection, customer.client_id, marks, by=viewer.name, at=now)
            counts |= await erasure.remove(connection, ids)
            await customers.remove(connection, family)
            deletion = await _prove(
                connection, viewer, customer, counts | {"customers": len(family)}, request, now
            )
            await audit.record(
                connection,
                viewer,
                Action.CUSTOMER_DELETED,
                at=now,
                subject=deletion.customer_id,
                client_id=deletion.client_id,
                number=deletion.number,
                hash=deletion.hash,
                conversations=len(ids),
            )
        log.info("customer_deleted", client=deletion.client_id, number=deletion.number)
        return deletion

    async def read_proof(self, viewer: Viewer, client_id: str) -> Proof:
        """The client's deletions, and whether their receipts are whole.

        Raises:
            NotFoundError: the viewer may not know of that client.
            ForbiddenError: the viewer lacks the right.
        """
        viewer.require(Right.KEEP_DATA, client_id)
        async with self._database.read() as connection:
            deletions = await customers.list_deletions(connection, client_id)
        return Proof(deletions=deletions, broken=first_broken([_receipt(each) for each in deletions[::-1]]))


async def _check_over(connection: AsyncConnection, ids: Sequence[str]) -> None:
    for conversation_id in sorted(ids):
        summary = await conversations.find(connection, conversation_id, for_change=True)
        if summary and summary.status is Status.LIVE:
            raise ConflictError(
                "A conversation with this customer goes on.", hint="End it, then delete the customer."
            )


async def _check_holds(connection: AsyncConnection, family: Sequence[Customer], ids: Sequence[str]) -> None:
    keys = {each.key for each in family}
    for hold in await retention.list_holds(connection, family[0].client_id):
        if hold.lifted_at is None and _covers(hold, keys, set(ids)):
            raise ConflictError(
                f"A legal hold stands since {hold.placed_at:%d %B %Y} (by {hold.placed_by}): {hold.reason}",
                hint="Nothing that it covers may be deleted. Lift it first, if you may.",
            )


def _covers(hold: Hold, keys: set[str], ids: set[str]) -> bool:
    return (
        hold.scope is HoldScope.CLIENT
        or (hold.scope is HoldScope.CUSTOMER and hold.subject in keys)
        or (hold.scope is HoldScope.CONVERSATION and hold.subject in ids)
    )


async def _prove(
    connection: AsyncConnection,
    viewer: Viewer,
    customer: Customer,
    counts: dict[str, int],
    request: str,
    now: datetime,
) -> Deletion:
    last = await customers.last_deletion(connection, customer.client_id)
    deletion = Deletion(
        id=uuid4().hex,
        client_id=customer.client_id,
        number=last.number + 1 if last else 1,
        customer_id=customer.id,
        at=now,
        account_id=viewer.account_id,
        by=viewer.name,
        request=request,
        counts=counts,
        previous=last.hash if last else "",
        hash="",
    )
    deletion = replace(deletion, hash=hash_of(_receipt(deletion)))
    await customers.add_deletion(connection, deletion)
    return deletion


def _receipt(deletion: Deletion) -> Receipt:
    return Receipt(**{name: getattr(deletion, name) for name in Receipt.__slots__})
