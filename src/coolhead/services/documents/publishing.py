"""How a client's documents come to hold: publish from a date on, roll back, retire, withdraw.

Who builds on what somebody else has changed meanwhile is refused, so that nobody's work is lost.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.errors import ConflictError, InputError
from coolhead.services.access import Viewer
from coolhead.services.audit import record
from coolhead.services.clock import Clock
from coolhead.services.documents.documents import Documents, Kind, text_of
from coolhead.services.documents.editions import Desktop, Edition, desktop_of, locked, require_edition
from coolhead.services.text import readable
from coolhead.storage import documents
from coolhead.storage.audit import Action
from coolhead.storage.database import Database
from coolhead.storage.documents import Version

log = structlog.get_logger()

LONGEST_COMMENT = 400


class Publishing:
    """The use cases of those who publish a client's documents.

    Each raises NotFoundError when the viewer may not know of the client, ForbiddenError when they may not
    edit its documents, and, where it takes `follows`, ConflictError when that is not the present edition.
    """

    def __init__(self, database: Database, published: Documents, clock: Clock) -> None:
        self._database = database
        self._published = published
        self._clock = clock

    async def publish(
        self,
        viewer: Viewer,
        client_id: str,
        kind: Kind[Any],
        *,
        follows: Edition,
        comment: str = "",
        effective_at: datetime | None = None,
    ) -> Version:
        """Makes the draft a version that holds from `effective_at` on (None: at once), and the draft go.

        Raises:
            DocumentError: the text has problems; all of them.
            InputError: the comment is too long, or the date lies in the past.
            ConflictError: there is no draft.
        """
        (version,) = await self.publish_all(
            viewer, client_id, {kind: follows}, comment=comment, effective_at=effective_at
        )
        return version

    async def publish_all(
        self,
        viewer: Viewer,
        client_id: str,
        follows: Mapping[Kind[Any], Edition],
        *,
        comment: str = "",
        effective_at: datetime | None = None,
    ) -> list[Version]:
        """Publishes these documents' drafts, all or none; arguments and errors as in `publish`."""
        for kind, edition in follows.items():
            viewer.require(kind.right, client_id)
            async with self._database.snapshot() as connection:
                desktop = await desktop_of(connection, client_id, kind, self._clock())
            require_edition(desktop, edition)
            if desktop.draft is None:
                raise ConflictError("There is no draft to publish.", hint="Change something first.")
            await self._published.run(kind.load, desktop.draft.text)
        now = self._clock()
        new = _Publication(comment=_comment(comment), at=now, effective_at=_not_past(effective_at, now))
        async with self._database.write() as connection:
            versions = []
            for kind, edition in follows.items():
                held = await locked(connection, client_id, kind, edition, self._clock())
                versions.append(await self._publish(connection, viewer, client_id, held, new))
                await documents.forget_states(connection, client_id, kind.name, but_last=0)
        log.info("documents_published", client=client_id, kinds=[kind.name for kind in follows])
        return versions

    async def roll_back(
        self, viewer: Viewer, client_id: str, kind: Kind[Any], number: int, *, follows: Edition
    ) -> Version:
        """Publishes an older version (0: the shipped text) anew, at once; the draft stays as it is.

        Raises:
            NotFoundError: there is no such version.
            DocumentError: this release can no longer read that text.
            ConflictError: that version holds already.
        """
        viewer.require(kind.right, client_id)
        async with self._database.read() as connection:
            text = await text_of(connection, client_id, kind, number)
        await self._published.run(kind.load, text)
        now = self._clock()
        new = _Publication(comment="", at=now, effective_at=now, text=text, restores=number)
        async with self._database.write() as connection:
            held = await locked(connection, client_id, kind, follows, self._clock())
            if held.now == number:
                raise ConflictError("That version holds already.")
            version = await self._publish(connection, viewer, client_id, held, new)
        log.info("document_rolled_back", client=client_id, kind=kind.name, version=number)
        return version

    async def retire(self, viewer: Viewer, client_id: str, kind: Kind[Any], *, follows: Edition) -> Version:
        """Publishes an empty text at once, which takes practice material off the list; the draft stays.

        Raises:
            DocumentError: this kind of document cannot be empty.
            ConflictError: it is off the list already.
        """
        viewer.require(kind.right, client_id)
        await self._published.run(kind.load, "")
        now = self._clock()
        new = _Publication(comment="Taken off the list", at=now, effective_at=now, text="")
        async with self._database.write() as connection:
            held = await locked(connection, client_id, kind, follows, self._clock())
            if not await text_of(connection, client_id, kind, held.now):
                raise ConflictError("It is off the list already.")
            version = await self._publish(connection, viewer, client_id, held, new)
        log.info("document_retired", client=client_id, kind=kind.name)
        return version

    async def withdraw(self, viewer: Viewer, client_id: str, kind: Kind[Any], number: int) -> None:
        """Takes back a version that would hold later.

        Raises:
            ConflictError: it holds already, or was taken back before.
        """
        viewer.require(kind.right, client_id)
        now = self._clock()
        async with self._database.write() as connection:
            if not await documents.withdraw(connection, client_id, kind.name, number, by=viewer.name, at=now):
                raise ConflictError(
                    "That version cannot be withdrawn any more.", hint="Roll back to another one instead."
                )
            await record(
                connection,
                viewer,
                Action.DOCUMENT_WITHDRAWN,
                at=now,
                subject=kind.name,
                client_id=client_id,
                version=number,
            )
        log.info("document_withdrawn", client=client_id, kind=kind.name, version=number)

    async def _publish(
        self,
        connection: AsyncConnection,
        viewer: Viewer,
        client_id: str,
        held: Desktop,
        new: _Publication,
    ) -> Version:
        version = Version(
            client_id=client_id,
            kind=held.kind.name,
            number=held.edition.version + 1,
            comment=new.comment,
            restores=new.restores,
            author_id=viewer.account_id,
            author=viewer.name,
            published_at=new.at,
            effective_at=new.effective_at,
        )
        await documents.add_version(connection, version, held.text if new.text is None else new.text)
        await record(
            connection,
            viewer,
            Action.DOCUMENT_PUBLISHED if new.restores is None else Action.DOCUMENT_ROLLED_BACK,
            at=new.at,
            subject=version.kind,
            client_id=client_id,
            version=version.number,
            restores=new.restores,
            effective_at=version.effective_at.isoformat(timespec="seconds"),
        )
        return version


@dataclass(frozen=True, slots=True, kw_only=True)
class _Publication:
    """What becomes a version; `text` is None for the draft's."""

    comment: str
    at: datetime
    effective_at: datetime
    text: str | None = None
    restores: int | None = None


def _comment(comment: str) -> str:
    comment = readable(comment).strip()
    if len(comment) > LONGEST_COMMENT:
        raise InputError(f"A comment has at most {LONGEST_COMMENT} characters.")
    return comment


def _not_past(effective_at: datetime | None, now: datetime) -> datetime:
    if effective_at is None:
        return now
    if effective_at < now:
        raise InputError(
            "A version cannot begin to hold in the past.", hint="Choose a later moment, or publish it now."
        )
    return effective_at
