"""Retention: an admin says how long a client's words are kept and what is held; every night the rest goes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from uuid import uuid4

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.errors import ConflictError, InputError, NotFoundError
from coolhead.services import audit
from coolhead.services.access import Right, Viewer, no_client
from coolhead.services.ticker import for_each
from coolhead.storage import clients, conversations, practice_words, retention
from coolhead.storage.audit import Action
from coolhead.storage.conversations import Summary
from coolhead.storage.database import Database
from coolhead.storage.retention import Hold, HoldScope, Purge, Rule

log = structlog.get_logger()

LONGEST_DAYS = 36_500
LONGEST_REASON = 1000
LONGEST_SUBJECT = 200
NIGHT_HOUR = 2
BATCH = 100
CLAIM = timedelta(minutes=30)
REPORTS_SHOWN = 60

Batch = Callable[[AsyncConnection, Purge], Awaitable[Purge | None]]
"""Deletes some of what is due; the purge with it, or None where nothing is left to delete."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What the page shows: the rule (None keeps all), the holds, and the purges so far, the latest first."""

    rule: Rule | None
    holds: list[Hold]
    purges: list[Purge]


class Retention:
    """The use cases of retention; all need the right to keep a client's data."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    async def read(self, viewer: Viewer, client_id: str) -> Kept:
        """The client's rule, holds and purges.

        Raises:
            NotFoundError: the viewer may not know of that client.
            ForbiddenError: they may not keep its data.
        """
        viewer.require(Right.KEEP_DATA, client_id)
        async with self._database.snapshot() as connection:
            return Kept(
                rule=await retention.find_rule(connection, client_id),
                holds=await retention.list_holds(connection, client_id),
                purges=await retention.list_purges(connection, client_id, limit=REPORTS_SHOWN),
            )

    async def words_gone_at(self, viewer: Viewer, conversation: Summary) -> datetime | None:
        """When the conversation's words were deleted, as its client's rule says; None while they are kept.

        Raises:
            NotFoundError: the viewer may not know of it.
            ForbiddenError: the viewer may not read conversations.
        """
        viewer.require(Right.READ, conversation.client_id)
        async with self._database.read() as connection:
            return await retention.words_gone_at(connection, conversation.id)

    async def change(
        self,
        viewer: Viewer,
        client_id: str,
        *,
        transcript_days: int | None,
        audio_days: int | None,
        note_days: int | None,
        practice_days: int | None,
    ) -> None:
        """Says for how many days after their last activity parts of conversations, and practice, are kept.

        None is for ever.

        Raises:
            NotFoundError: there is no such client, or the viewer may not know of it.
            ForbiddenError: they may not keep its data.
            InputError: a number of days will not do.
        """
        viewer.require(Right.KEEP_DATA, client_id)
        for days in (transcript_days, audio_days, note_days, practice_days):
            if days is not None and not 1 <= days <= LONGEST_DAYS:
                raise InputError(f"Words are kept for 1 to {LONGEST_DAYS} days, or for ever.")
        now = self._clock()
        rule = Rule(
            client_id=client_id,
            transcript_days=transcript_days,
            audio_days=audio_days,
            note_days=note_days,
            practice_days=practice_days,
            changed_by=viewer.name,
            changed_at=now,
        )
        async with self._database.write() as connection:
            if await clients.find(connection, client_id) is None:
                raise no_client(client_id)
            await retention.put_rule(connection, rule)
            await audit.record(
                connection,
                viewer,
                Action.RETENTION_CHANGED,
                at=now,
                subject=client_id,
                client_id=client_id,
                transcript_days=transcript_days,
                audio_days=audio_days,
                note_days=note_days,
                practice_days=practice_days,
            )
        log.info("retention_changed", client=client_id)

    async def hold(self, viewer: Viewer, client_id: str, scope: HoldScope, subject: str, reason: str) -> Hold:
        """Keeps a conversation, a customer (by key) or everything of the client from deletion.

        Raises:
            NotFoundError: there is no such client or conversation, or the viewer may not know of it.
            ForbiddenError: they may not keep its data.
            InputError: the reason or the customer's key is missing.
        """
        viewer.require(Right.KEEP_DATA, client_id)
        reason, subject = reason.strip(), "" if scope is HoldScope.CLIENT else subject.strip()
        if not 1 <= len(reason) <= LONGEST_REASON:
            raise InputError("A hold needs a reason.", hint="Write which matter it is for.")
        if scope is not HoldScope.CLIENT and not 1 <= len(subject) <= LONGEST_SUBJECT:
            raise InputError("What is to be held has to be named.", hint="Give the id or the customer's key.")
        hold = Hold(
            id=uuid4().hex,
            client_id=client_id,
            scope=scope,
            subject=subject,
            reason=reason,
            placed_by=viewer.name,
            placed_at=self._clock(),
        )
        async with self._database.write() as connection:
            await _require_subject(connection, hold)
            await retention.add_hold(connection, hold)
            await audit.record(
                connection,
                viewer,
                Action.HOLD_PLACED,
                at=hold.placed_at,
                subject=hold.id,
                client_id=client_id,
                scope=scope.value,
            )
        log.info("hold_placed", hold=hold.id, client=client_id, scope=scope.value)
        return hold

    async def lift(self, viewer: Viewer, hold_id: str) -> Hold:
        """Ends a hold; what it kept goes with the next purge if its time has come.

        Raises:
            NotFoundError: there is no such hold, or the viewer may not know of it.
            ForbiddenError: they may not keep the client's data.
            ConflictError: it was lifted already.
        """
        now = self._clock()
        async with self._database.write() as connection:
            hold = await retention.find_hold(connection, hold_id)
            if hold is None or not viewer.sees(hold.client_id):
                raise NotFoundError("There is no such hold.", hint="Check the client's page.")
            viewer.require(Right.KEEP_DATA, hold.client_id)
            if not await retention.lift_hold(connection, hold_id, viewer.name, now):
                raise ConflictError("This hold was lifted already.")
            await audit.record(
                connection, viewer, Action.HOLD_LIFTED, at=now, subject=hold_id, client_id=hold.client_id
            )
        log.info("hold_lifted", hold=hold_id)
        return hold

    async def purge_due(self, now: datetime) -> None:
        """Deletes, once a night in each client's own time, what its rule says; safe in several processes.

        A night that was missed is made up for at the next run of the day.
        """
        async with self._database.read() as connection:
            rules = await retention.list_rules(connection)
            zones = {each.id: each.hours.zone for each in await clients.list_of(connection, None)}

        async def purge_at(rule: Rule) -> None:
            local = now.astimezone(zones[rule.client_id])
            keeps_all = {rule.transcript_days, rule.note_days, rule.practice_days} == {None}
            if local.hour < NIGHT_HOUR or keeps_all:
                return
            purge = Purge(
                id=uuid4().hex,
                client_id=rule.client_id,
                day=local.date(),
                begun_at=now,
                claimed_until=now + CLAIM,
            )
            async with self._database.write() as connection:
                begun = await retention.begin_purge(connection, purge, now=now)
            if begun:
                await self._purge(rule, begun)

        await for_each("purge", rules, purge_at)

    async def _purge(self, rule: Rule, purge: Purge) -> None:
        begun_at = purge.begun_at
        for batch in (self._transcripts, self._notes, self._practice):
            purge = await self._in_batches(partial(batch, rule), purge)
        longest = [days for days in (rule.transcript_days, rule.note_days) if days is not None]
        async with self._database.write() as connection:
            oldest = begun_at - timedelta(days=min(longest, default=LONGEST_DAYS))
            held = await retention.count_held(connection, rule.client_id, oldest) if longest else 0
            purge = replace(purge, held=held, finished_at=self._clock())
            await retention.change_purge(connection, purge)
            await audit.record(
                connection,
                None,
                Action.PURGED,
                at=self._clock(),
                subject=purge.id,
                client_id=rule.client_id,
                transcripts=purge.transcripts,
                notes=purge.notes,
                practice=purge.practice,
            )
        log.info("purged", client=rule.client_id, transcripts=purge.transcripts, notes=purge.notes)

    async def _in_batches(self, batch: Batch, purge: Purge) -> Purge:
        """The purge after `batch` has found nothing more; each batch is a transaction of its own."""
        while True:
            async with self._database.write() as connection:
                further = await batch(connection, purge)
                if further is None:
                    return purge
                purge = replace(further, claimed_until=self._clock() + CLAIM)
                await retention.change_purge(connection, purge)

    async def _transcripts(self, rule: Rule, connection: AsyncConnection, purge: Purge) -> Purge | None:
        if rule.transcript_days is None:
            return None
        before = purge.begun_at - timedelta(days=rule.transcript_days)
        ids = await retention.due_transcripts(connection, rule.client_id, before, limit=BATCH)
        if not ids:
            return None
        gone = await retention.purge_transcripts(connection, ids, self._clock())
        return replace(purge, transcripts=purge.transcripts + len(ids), turns=purge.turns + gone)

    async def _notes(self, rule: Rule, connection: AsyncConnection, purge: Purge) -> Purge | None:
        if rule.note_days is None:
            return None
        before = purge.begun_at - timedelta(days=rule.note_days)
        ids = await retention.due_notes(connection, rule.client_id, before, limit=BATCH)
        if not ids:
            return None
        gone = await retention.purge_notes(connection, ids, self._clock())
        return replace(purge, notes=purge.notes + len(ids), promises=purge.promises + gone)

    async def _practice(self, rule: Rule, connection: AsyncConnection, purge: Purge) -> Purge | None:
        if rule.practice_days is None or await retention.is_held(connection, rule.client_id):
            return None
        before = purge.begun_at - timedelta(days=rule.practice_days)
        gone = await practice_words.purge(connection, rule.client_id, before, limit=BATCH)
        return replace(purge, practice=purge.practice + gone) if gone else None


async def _require_subject(connection: AsyncConnection, hold: Hold) -> None:
    if await clients.find(connection, hold.client_id) is None:
        raise no_client(hold.client_id)
    if hold.scope is HoldScope.CONVERSATION:
        summary = await conversations.find(connection, hold.subject)
        if summary is None or summary.client_id != hold.client_id:
            raise NotFoundError("The client has no such conversation.", hint="Copy the id from its address.")
