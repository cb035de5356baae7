"""Wrapping up: the note in people's words, version by version, and the disposition that they confirm."""

from __future__ import annotations

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.codebook import Issue, Resolved
from coolhead.errors import ConflictError, NotFoundError
from coolhead.services.access import Right, Viewer
from coolhead.services.audit import record
from coolhead.services.clock import Clock
from coolhead.services.conversations.desk import written
from coolhead.services.conversations.live import summary_for
from coolhead.services.events import happenings
from coolhead.services.events.feed import Feed
from coolhead.storage import dispositions, events, notes
from coolhead.storage.audit import Action
from coolhead.storage.conversations import Summary
from coolhead.storage.database import Database
from coolhead.storage.dispositions import Confirmed
from coolhead.storage.events import NewEvent
from coolhead.storage.notes import EditedNote

log = structlog.get_logger()


class WrapUp:
    """The use cases around what is left of a conversation; people only."""

    def __init__(self, database: Database, feed: Feed, clock: Clock) -> None:
        self._database = database
        self._feed = feed
        self._clock = clock

    async def edit_note(self, viewer: Viewer, conversation_id: str, text: str, *, base: int) -> EditedNote:
        """Keeps the note in the viewer's words as its next version; the same words again are no new one.

        Args:
            viewer: who writes.
            conversation_id: of which conversation.
            text: the whole note.
            base: the version that the viewer began with; 0 for the draft.

        Raises:
            NotFoundError: there is no such conversation, or the viewer may not know of it.
            ForbiddenError: the viewer lacks the right.
            InputError: the text is empty or too long.
            ConflictError: somebody else has written a version since; nothing was changed.
        """
        words = written(text, "A note")
        async with self._database.write() as connection:
            summary = await summary_for(connection, viewer, conversation_id, Right.NOTE, for_change=True)
            latest = await notes.find(connection, conversation_id)
            if latest and latest.text == words:
                return latest
            note = await self._next(connection, viewer, summary, latest, words, base=base)
        self._feed.ring()
        return note

    async def restore_note(
        self, viewer: Viewer, conversation_id: str, version: int, *, base: int
    ) -> EditedNote:
        """Makes an earlier version's words the latest again, as a version of its own; `base` as above.

        Raises:
            NotFoundError: there is no such conversation or version, or the viewer may not know of it.
            ForbiddenError: the viewer lacks the right.
            ConflictError: somebody else has written a version since; nothing was changed.
        """
        async with self._database.write() as connection:
            summary = await summary_for(connection, viewer, conversation_id, Right.NOTE, for_change=True)
            versions = await notes.list_of(connection, conversation_id)
            earlier = next((each for each in versions if each.version == version), None)
            if earlier is None:
                raise NotFoundError("There is no such version of the note.", hint="Choose one of the list.")
            if earlier.text == versions[0].text:
                return versions[0]
            note = await self._next(
                connection, viewer, summary, versions[0], earlier.text, base=base, restored=version
            )
        self._feed.ring()
        return note

    async def list_notes(self, viewer: Viewer, conversation_id: str) -> list[EditedNote]:
        """Every version of the note, the latest first.

        Raises:
            NotFoundError: there is no such conversation, or the viewer may not know of it.
            ForbiddenError: the viewer lacks the right.
        """
        async with self._database.read() as connection:
            await summary_for(connection, viewer, conversation_id, Right.READ)
            return await notes.list_of(connection, conversation_id)

    async def confirm(
        self, viewer: Viewer, conversation_id: str, issue: Issue, outcome: Resolved, *, base: int
    ) -> Confirmed:
        """Keeps what the conversation was about and how it ended; confirming the same again changes nothing.

        Args:
            viewer: who confirms.
            conversation_id: of which conversation.
            issue: what it was about.
            outcome: whether the customer got what they came for.
            base: the version that the viewer has seen; 0 for what Coolhead proposed.

        Raises:
            NotFoundError: there is no such conversation, or the viewer may not know of it.
            ForbiddenError: the viewer lacks the right.
            ConflictError: somebody else has confirmed something else since.
        """
        async with self._database.write() as connection:
            summary = await summary_for(connection, viewer, conversation_id, Right.NOTE, for_change=True)
            latest = await dispositions.find(connection, conversation_id)
            if latest and (latest.issue, latest.outcome) == (issue, outcome):
                return latest
            if latest and latest.version != base:
                raise ConflictError(
                    f"{latest.confirmed_by} has confirmed something else meanwhile.",
                    hint="Look at it, then change it if it is wrong.",
                )
            confirmed = Confirmed(
                conversation_id=conversation_id,
                version=base + 1,
                issue=issue,
                outcome=outcome,
                confirmed_by=viewer.name,
                account_id=viewer.account_id,
                confirmed_at=self._clock(),
            )
            await dispositions.put(connection, confirmed)
            await record(
                connection,
                viewer,
                Action.DISPOSITION_CONFIRMED,
                at=confirmed.confirmed_at,
                subject=summary.id,
                client_id=summary.client_id,
                version=confirmed.version,
            )
            await self._tell(connection, summary, happenings.disposition_confirmed(confirmed))
        self._feed.ring()
        log.info("disposition_confirmed", conversation=conversation_id)
        return confirmed

    async def _next(
        self,
        connection: AsyncConnection,
        viewer: Viewer,
        summary: Summary,
        latest: EditedNote | None,
        words: str,
        *,
        base: int,
        restored: int | None = None,
    ) -> EditedNote:
        number = latest.version if latest else 0
        if number != base:
            by = latest.edited_by if latest else "nobody"
            raise ConflictError(
                f"{by} has changed this note since you began.", hint="Bring both together, then save."
            )
        note = EditedNote(
            conversation_id=summary.id,
            version=number + 1,
            text=words,
            edited_by=viewer.name,
            editor_id=viewer.account_id,
            edited_at=self._clock(),
            restored=restored,
        )
        await notes.add(connection, note)
        await record(
            connection,
            viewer,
            Action.NOTE_EDITED,
            at=note.edited_at,
            subject=summary.id,
            client_id=summary.client_id,
            version=note.version,
        )
        await self._tell(connection, summary, happenings.note_edited(note))
        return note

    async def _tell(self, connection: AsyncConnection, summary: Summary, event: NewEvent) -> None:
        await events.add(connection, summary.id, summary.client_id, [event], self._clock())
