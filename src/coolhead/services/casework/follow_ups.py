"""Follow-ups: what people plan and do after a conversation; `services.casework.plan` reads them.

Every change names the version that it builds on; who is slower is told so. Nothing is sent to a customer
but by a person's `send`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.casework.follow_up import (
    ADDRESS,
    BY_HAND,
    FollowUp,
    Kind,
    Move,
    Moved,
    State,
    changed,
    in_hours,
    state_after,
)
from coolhead.conversation.privacy import mask
from coolhead.errors import ConflictError, InputError
from coolhead.services.access import Right, Viewer
from coolhead.services.casework.plan import PlanReading, row_for
from coolhead.services.clock import Clock
from coolhead.services.conversations.live import summary_for
from coolhead.services.events import happenings
from coolhead.services.events.feed import Feed
from coolhead.services.sending import mail
from coolhead.services.text import readable
from coolhead.services.turns.aftercare import LONGEST_SUBJECT, draft_of, first_move
from coolhead.storage import clients, events, follow_ups
from coolhead.storage.clients import Client
from coolhead.storage.database import Database

log = structlog.get_logger()

LONGEST_TEXT = 8000
LONGEST_ADDRESS = 320


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What a person writes into a follow-up."""

    kind: Kind
    address: str = ""
    subject: str = ""
    text: str = ""


Decide = Callable[[AsyncConnection, FollowUp, Client, datetime], Awaitable[FollowUp]]


class FollowUps(PlanReading):
    """The use cases of follow-ups; people only."""

    def __init__(self, database: Database, feed: Feed, clock: Clock, *, mail_is_on: bool) -> None:
        super().__init__(database, clock)
        self._feed = feed
        self._mail_is_on = mail_is_on

    async def add(self, viewer: Viewer, conversation_id: str, kind: Kind, due: datetime) -> FollowUp:
        """Plans a follow-up by hand, with its draft; it is moved to when the client next opens.

        Raises:
            NotFoundError: there is no such conversation, or the viewer may not know of it.
            ForbiddenError: the viewer lacks the right.
            InputError: the moment has passed.
        """
        now = self._clock()
        async with self._database.write() as connection:
            summary = await summary_for(connection, viewer, conversation_id, Right.FOLLOW_UP, for_change=True)
            hours = await clients.hours_of(connection, summary.client_id)
            draft = await draft_of(connection, kind, conversation_id, viewer.name, (), now)
            planned = FollowUp(
                id=uuid4().hex,
                client_id=summary.client_id,
                conversation_id=conversation_id,
                kind=kind,
                due=in_hours(_ahead(due, now), hours),
                why=(),
                address="",
                subject=draft.subject,
                text=draft.text,
                state=State.SCHEDULED,
                owner_id=viewer.account_id,
                owner=viewer.name,
                version=1,
                made_at=now,
                moved_at=now,
            )
            moved = first_move(planned, Move.ADD, viewer.account_id, viewer.name)
            await follow_ups.add(connection, planned, moved)
            await _tell(connection, planned, moved, now)
        self._feed.ring()
        return planned

    async def move(
        self, viewer: Viewer, follow_up_id: str, version: int, move: Move, reason: str = ""
    ) -> FollowUp:
        """Takes it on, says that it is done, failed or not needed, or opens it again; `reason` in words.

        Raises:
            NotFoundError: there is none, or the viewer may not know of it.
            ForbiddenError: the viewer lacks the right.
            ConflictError: somebody has changed it since that version, or the move is not legal.
            InputError: the move is none of these, or its reason is missing or too long.
        """
        if move not in BY_HAND:
            raise InputError(f"{move.words!r} cannot be asked for here.", hint="Use the form that is for it.")
        why = _words(reason)

        async def decide(_: AsyncConnection, before: FollowUp, client: Client, now: datetime) -> FollowUp:
            after = replace(before, state=state_after(before, move, why))
            if move in (Move.SCHEDULE, Move.REOPEN):
                after = replace(after, owner_id=viewer.account_id, owner=viewer.name)
            if move is Move.REOPEN and before.due < now:
                after = replace(after, due=in_hours(now, client.hours))
            return after

        return await self._change(viewer, follow_up_id, version, move, why, decide)

    async def put_off(
        self, viewer: Viewer, follow_up_id: str, version: int, due: datetime, reason: str
    ) -> FollowUp:
        """Moves it to another time, or to when the client next opens after that.

        Raises:
            NotFoundError: there is none, or the viewer may not know of it.
            ForbiddenError: the viewer lacks the right.
            ConflictError: somebody has changed it since that version, or nobody has taken it on.
            InputError: the moment has passed, or the reason is missing or too long.
        """
        why = _words(reason)

        async def decide(_: AsyncConnection, before: FollowUp, client: Client, now: datetime) -> FollowUp:
            state = state_after(before, Move.MOVE, why)
            return replace(before, state=state, due=in_hours(_ahead(due, now), client.hours))

        return await self._change(viewer, follow_up_id, version, Move.MOVE, why, decide)

    async def edit(
        self, viewer: Viewer, follow_up_id: str, version: int, wording: Wording, *, anew: bool = False
    ) -> FollowUp:
        """Keeps what is written, masked; `anew`, or another way to reach the customer, brings a new draft.

        Raises:
            NotFoundError: there is none, or the viewer may not know of it.
            ForbiddenError: the viewer lacks the right.
            ConflictError: somebody has changed it since that version, or it is settled.
            InputError: something entered will not do.
        """

        async def decide(connection: AsyncConnection, before: FollowUp, _: Client, now: datetime) -> FollowUp:
            state_after(before, Move.EDIT)
            if wording.kind is before.kind and not anew:
                return _written(before, wording)
            draft = await draft_of(
                connection, wording.kind, before.conversation_id, viewer.name, before.why, now
            )
            address = _written(before, wording).address if wording.kind is before.kind else ""
            return replace(before, kind=wording.kind, address=address, subject=draft.subject, text=draft.text)

        return await self._change(viewer, follow_up_id, version, Move.EDIT, "", decide)

    async def send(self, viewer: Viewer, follow_up_id: str, version: int, wording: Wording) -> FollowUp:
        """Sends the letter as it is written and marks the follow-up done; what is kept of it is masked.

        Raises:
            NotFoundError: there is none, or the viewer may not know of it.
            ForbiddenError: the viewer lacks the right.
            ConflictError: no mail server is set, somebody has changed it since that version, or it is no
                letter that waits to be sent.
            InputError: the address, the subject or the text will not do.
        """
        if not self._mail_is_on:
            raise ConflictError(
                "No mail server is set, so nothing can be sent.",
                hint="Copy the letter into your own mail, send it there, and mark this done.",
            )

        async def decide(
            connection: AsyncConnection, before: FollowUp, client: Client, now: datetime
        ) -> FollowUp:
            state = state_after(before, Move.SEND)
            after = _written(before, wording)
            _check_letter(wording)
            await mail.put(
                connection,
                client.id,
                wording.address.strip(),
                _one_line(wording.subject),
                readable(wording.text).strip(),
                now,
                conversation_id=before.conversation_id,
                reply_to=client.reply_to,
            )
            return replace(after, state=state)

        return await self._change(viewer, follow_up_id, version, Move.SEND, "", decide)

    async def _change(
        self, viewer: Viewer, follow_up_id: str, version: int, move: Move, reason: str, decide: Decide
    ) -> FollowUp:
        now = self._clock()
        async with self._database.write() as connection:
            row, client = await row_for(connection, viewer, follow_up_id)
            before = row.follow_up
            made = await follow_ups.list_moves(connection, follow_up_id)
            last = made[-1]
            again = (last.move, last.reason, last.account_id) == (move, reason, viewer.account_id)
            if before.version == version + 1 and again and move is not Move.EDIT:
                return before  # the same, sent again after its answer was lost
            if before.version != version:
                raise _changed_meanwhile(last)
            decided = await decide(connection, before, client, now)
            if decided == before:
                return before
            after, moved = changed(
                before, decided, move, account_id=viewer.account_id, by=viewer.name, now=now, reason=reason
            )
            if not await follow_ups.advance(connection, after, moved):
                raise _changed_meanwhile(None)
            await _tell(connection, after, moved, now)
        self._feed.ring()
        log.info("follow_up_moved", follow_up=follow_up_id, move=move.value)
        return after


async def _tell(connection: AsyncConnection, after: FollowUp, moved: Moved, now: datetime) -> None:
    told = happenings.follow_up_moved(after, moved)
    await events.add(connection, after.conversation_id, after.client_id, [told], now)


def _written(before: FollowUp, wording: Wording) -> FollowUp:
    address = wording.address.strip()
    if len(address) > LONGEST_ADDRESS:
        raise InputError("That address is too long.", hint="Write one e-mail address or one number.")
    subject = mask(_one_line(wording.subject)).text
    if len(subject) > LONGEST_SUBJECT:
        raise InputError(f"A subject has at most {LONGEST_SUBJECT} characters.", hint="Make it shorter.")
    text = mask(readable(wording.text)).text.strip()
    if len(text) > LONGEST_TEXT:
        raise InputError(f"A draft has at most {LONGEST_TEXT} characters.", hint="Say it in fewer words.")
    return replace(before, address=address, subject=subject, text=text)


def _check_letter(wording: Wording) -> None:
    if not ADDRESS.fullmatch(wording.address.strip()):
        raise InputError(
            "The letter needs an e-mail address.", hint="Write one address, such as priya@example.com."
        )
    if not _one_line(wording.subject) or not wording.text.strip():
        raise InputError("The letter needs a subject and a text.", hint="Fill both in, then send it.")
    if "[" in wording.text and "]" in wording.text.split("[", 1)[1]:
        raise InputError(
            "Something in square brackets is still to be filled in.", hint="Write what only you know there."
        )


def _ahead(due: datetime, now: datetime) -> datetime:
    if due <= now:
        raise InputError("That moment has passed.", hint="Choose one that is still to come.")
    return due


def _one_line(text: str) -> str:
    return " ".join(readable(text).split())


def _words(reason: str) -> str:
    return mask(readable(reason)).text.strip()


def _changed_meanwhile(last: Moved | None) -> ConflictError:
    who = f": {last.by} ({last.move.words})" if last and last.by else ""
    return ConflictError(
        f"This follow-up was changed meanwhile{who}.",
        hint="Look at what it says now; nothing of yours was written over it.",
    )
