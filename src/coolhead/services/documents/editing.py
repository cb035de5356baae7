"""How a client's documents change: draft, publish from a date, roll back.

Who builds on what somebody else has changed meanwhile is refused, so that nobody's work is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.errors import ConflictError, InputError
from coolhead.services.access import Right, Viewer, no_client
from coolhead.services.audit import record
from coolhead.services.clock import Clock
from coolhead.services.documents.documents import KINDS, Documents, Kind, plain, text_of
from coolhead.services.documents.editions import Desktop, Edition, Shelved, changed_since, shelved
from coolhead.services.text import readable
from coolhead.storage import documents
from coolhead.storage.audit import Action
from coolhead.storage.database import Database
from coolhead.storage.documents import Draft, Version

log = structlog.get_logger()

LONGEST_COMMENT = 400
LONGEST_CHANGE = 200
STATES_KEPT = 100
"""How many changes of a draft can be undone."""

ATTEMPTS = 10


class Editing:
    """The use cases of those who keep a client's documents.

    Each raises NotFoundError when the viewer may not know of the client, ForbiddenError when they may not
    edit its documents, and, where it takes `follows`, ConflictError when that is not the present edition.
    """

    def __init__(self, database: Database, published: Documents, clock: Clock) -> None:
        self._database = database
        self._published = published
        self._clock = clock

    async def shelf(self, viewer: Viewer, client_id: str) -> list[Shelved]:
        """Every kind of document that guides the client's conversations."""
        viewer.require(Right.KEEP_DOCUMENTS, client_id)
        now = self._clock()
        async with self._database.snapshot() as connection:
            holds = await documents.numbers_at(connection, client_id, now)
            drafts = await documents.list_kinds_with_draft(connection, client_id)
            return [
                shelved(
                    kind,
                    await documents.list_versions(connection, client_id, kind.name),
                    holds.get(kind.name, 0),
                    now,
                    has_draft=kind.name in drafts,
                )
                for kind in KINDS.values()
            ]

    async def open(self, viewer: Viewer, client_id: str, kind: Kind[Any]) -> Desktop:
        """The document with its history and its draft."""
        viewer.require(kind.right, client_id)
        async with self._database.snapshot() as connection:
            return await self._desktop(connection, client_id, kind)

    async def text_of(self, viewer: Viewer, client_id: str, kind: Kind[Any], number: int) -> str:
        """The text of a version; 0 for the shipped one.

        Raises:
            NotFoundError: there is no such version.
        """
        viewer.require(kind.right, client_id)
        async with self._database.read() as connection:
            return await text_of(connection, client_id, kind, number)

    async def save(
        self, viewer: Viewer, client_id: str, kind: Kind[Any], text: str, *, follows: Edition, change: str
    ) -> Draft:
        """Makes `text` the draft, whether it can be published yet or not; `change` says what was done.

        Raises:
            InputError: the text is too long, or what is there already.
        """
        viewer.require(kind.right, client_id)
        text = plain(text)
        async with self._database.write() as connection:
            desktop = await self._locked(connection, client_id, kind, follows)
            if text == desktop.text:
                raise InputError("Nothing has changed.", hint="What is there is what you sent.")
            return await self._draft(connection, viewer, client_id, desktop, text, change)

    async def amend(
        self, viewer: Viewer, client_id: str, kind: Kind[Any], edit: Callable[[str], str], *, change: str
    ) -> Draft:
        """Makes one change to the draft as it is by now, so that people may edit different parts at once.

        `edit` gives the new text for the present one, and raises when what it was to change has changed.

        Raises:
            CoolheadError: what `edit` raised.
            ConflictError: too many change it at once.
        """
        for _ in range(ATTEMPTS):
            desktop = await self.open(viewer, client_id, kind)
            text = await self._published.run(edit, desktop.text)
            try:
                return await self.save(viewer, client_id, kind, text, follows=desktop.edition, change=change)
            except ConflictError:
                continue
        raise ConflictError("Too many change this document at once.", hint="Try again.")

    async def save_all(
        self, viewer: Viewer, client_id: str, texts: Mapping[Kind[Any], str], *, change: str
    ) -> list[Kind[Any]]:
        """Makes each text the draft of its document, all of them or none; gives those that it changed.

        Raises:
            InputError: a text is too long.
        """
        for kind in texts:
            viewer.require(kind.right, client_id)
        changed = []
        async with self._database.write() as connection:
            if not await documents.lock(connection, client_id):
                raise no_client(client_id)
            for kind, text in texts.items():
                desktop = await self._desktop(connection, client_id, kind)
                if plain(text) != desktop.text:
                    await self._draft(connection, viewer, client_id, desktop, plain(text), change)
                    changed.append(kind)
        return changed

    async def undo(self, viewer: Viewer, client_id: str, kind: Kind[Any], *, follows: Edition) -> Draft:
        """Takes back the draft's last change.

        Raises:
            ConflictError: there is nothing to undo.
        """
        return await self._go_to(viewer, client_id, kind, follows, redo=False)

    async def redo(self, viewer: Viewer, client_id: str, kind: Kind[Any], *, follows: Edition) -> Draft:
        """Makes the change again that was undone last; errors as in `undo`."""
        return await self._go_to(viewer, client_id, kind, follows, redo=True)

    async def discard(self, viewer: Viewer, client_id: str, kind: Kind[Any], *, follows: Edition) -> None:
        """Throws the draft away; the published versions stay."""
        viewer.require(kind.right, client_id)
        async with self._database.write() as connection:
            await self._locked(connection, client_id, kind, follows)
            await documents.forget_states(connection, client_id, kind.name, but_last=0)
        log.info("document_draft_discarded", client=client_id, kind=kind.name)

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
            desktop = await self.open(viewer, client_id, kind)
            if desktop.edition != edition:
                raise changed_since(desktop)
            if desktop.draft is None:
                raise ConflictError("There is no draft to publish.", hint="Change something first.")
            await self._published.run(kind.load, desktop.draft.text)
        now = self._clock()
        new = _Publication(comment=_comment(comment), at=now, effective_at=_not_past(effective_at, now))
        async with self._database.write() as connection:
            versions = []
            for kind, edition in follows.items():
                held = await self._locked(connection, client_id, kind, edition)
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
        text = await self.text_of(viewer, client_id, kind, number)
        await self._published.run(kind.load, text)
        now = self._clock()
        new = _Publication(comment="", at=now, effective_at=now, text=text, restores=number)
        async with self._database.write() as connection:
            held = await self._locked(connection, client_id, kind, follows)
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
            held = await self._locked(connection, client_id, kind, follows)
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

    async def _desktop(self, connection: AsyncConnection, client_id: str, kind: Kind[Any]) -> Desktop:
        now = (await documents.numbers_at(connection, client_id, self._clock())).get(kind.name, 0)
        draft = await documents.find_draft(connection, client_id, kind.name)
        return Desktop(
            kind=kind,
            now=now,
            versions=await documents.list_versions(connection, client_id, kind.name),
            draft=draft,
            text=draft.text if draft else await text_of(connection, client_id, kind, now),
        )

    async def _locked(
        self, connection: AsyncConnection, client_id: str, kind: Kind[Any], follows: Edition
    ) -> Desktop:
        if not await documents.lock(connection, client_id):
            raise no_client(client_id)
        desktop = await self._desktop(connection, client_id, kind)
        if desktop.edition != follows:
            raise changed_since(desktop)
        return desktop

    async def _draft(
        self,
        connection: AsyncConnection,
        viewer: Viewer,
        client_id: str,
        desktop: Desktop,
        text: str,
        change: str,
    ) -> Draft:
        before = desktop.draft or await self._begin(connection, viewer, client_id, desktop)
        return await self._add_state(
            connection, viewer, replace(before, text=text, change=change[:LONGEST_CHANGE], undo_to=before.id)
        )

    async def _begin(
        self, connection: AsyncConnection, viewer: Viewer, client_id: str, desktop: Desktop
    ) -> Draft:
        """The draft's first state is the text that holds, so that the first change can be undone too."""
        first = Draft(
            id=0,
            client_id=client_id,
            kind=desktop.kind.name,
            text=desktop.text,
            based_on=desktop.edition.version,
            change="",
            undo_to=None,
            redo_to=None,
            author_id=viewer.account_id,
            author=viewer.name,
            at=self._clock(),
        )
        return await documents.add_draft(connection, first)

    async def _add_state(
        self, connection: AsyncConnection, viewer: Viewer, draft: Draft, redo_to: int | None = None
    ) -> Draft:
        new = replace(
            draft, redo_to=redo_to, author_id=viewer.account_id, author=viewer.name, at=self._clock()
        )
        added = await documents.add_draft(connection, new)
        await documents.forget_states(connection, new.client_id, new.kind, but_last=STATES_KEPT)
        await record(
            connection,
            viewer,
            Action.DOCUMENT_EDITED,
            at=new.at,
            subject=new.kind,
            client_id=new.client_id,
            change=new.change,
        )
        return added

    async def _go_to(
        self, viewer: Viewer, client_id: str, kind: Kind[Any], follows: Edition, *, redo: bool
    ) -> Draft:
        viewer.require(kind.right, client_id)
        async with self._database.write() as connection:
            draft = (await self._locked(connection, client_id, kind, follows)).draft
            wanted = draft and (draft.redo_to if redo else draft.undo_to)
            state = await documents.find_state(connection, client_id, kind.name, wanted) if wanted else None
            if draft is None or state is None:
                raise ConflictError(f"There is nothing to {'redo' if redo else 'undo'}.")
            return await self._add_state(
                connection, viewer, state, redo_to=state.redo_to if redo else draft.id
            )

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
