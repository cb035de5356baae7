"""How drafts of a client's documents change: save, amend, undo, redo, discard.

Who builds on what somebody else has changed meanwhile is refused, so that nobody's work is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.errors import ConflictError, InputError
from coolhead.services.access import Right, Viewer, no_client
from coolhead.services.audit import record
from coolhead.services.clock import Clock
from coolhead.services.documents.documents import KINDS, Documents, Kind, plain, text_of
from coolhead.services.documents.editions import Desktop, Edition, Shelved, desktop_of, locked, shelved
from coolhead.storage import documents
from coolhead.storage.audit import Action
from coolhead.storage.database import Database
from coolhead.storage.documents import Draft

log = structlog.get_logger()

LONGEST_CHANGE = 200
STATES_KEPT = 100
"""How many changes of a draft can be undone."""

ATTEMPTS = 10


class Editing:
    """The use cases of those who write a client's documents.

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
            return await desktop_of(connection, client_id, kind, self._clock())

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
            desktop = await locked(connection, client_id, kind, follows, self._clock())
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
                desktop = await desktop_of(connection, client_id, kind, self._clock())
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
            await locked(connection, client_id, kind, follows, self._clock())
            await documents.forget_states(connection, client_id, kind.name, but_last=0)
        log.info("document_draft_discarded", client=client_id, kind=kind.name)

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
            draft = (await locked(connection, client_id, kind, follows, self._clock())).draft
            wanted = draft and (draft.redo_to if redo else draft.undo_to)
            state = await documents.find_state(connection, client_id, kind.name, wanted) if wanted else None
            if draft is None or state is None:
                raise ConflictError(f"There is nothing to {'redo' if redo else 'undo'}.")
            return await self._add_state(
                connection, viewer, state, redo_to=state.redo_to if redo else draft.id
            )
