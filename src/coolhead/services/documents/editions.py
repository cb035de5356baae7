"""A document as an editor finds it: the edition that changes build on, its history, a client's shelf."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.errors import ConflictError
from coolhead.services.access import no_client
from coolhead.services.documents.documents import Kind, text_of
from coolhead.storage import documents
from coolhead.storage.documents import Draft, Version


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """The state of a document that an editor has before them; a change that builds on another is refused.

    Attributes:
        version: the number of the last version published; 0 when there is none.
        draft: the id of the draft's state; 0 when there is no draft.
    """

    version: int
    draft: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Desktop:
    """A document with its history and its draft, as an editor finds it.

    Attributes:
        now: the number of the version that holds now; 0 for the shipped text.
        versions: all that were published, the latest first.
        text: the draft's text, or that of the version that holds now.
    """

    kind: Kind[Any]
    now: int
    versions: list[Version]
    draft: Draft | None
    text: str

    @property
    def edition(self) -> Edition:
        """What a change must build on."""
        return Edition(
            version=self.versions[0].number if self.versions else 0, draft=self.draft.id if self.draft else 0
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelved:
    """One kind of document in a client's list.

    Attributes:
        latest: the version that holds now; None for the shipped text.
        coming: versions that will hold later, the earliest first.
    """

    kind: Kind[Any]
    latest: Version | None
    coming: tuple[Version, ...]
    has_draft: bool


def shelved(
    kind: Kind[Any], versions: Sequence[Version], now_holds: int, now: datetime, *, has_draft: bool
) -> Shelved:
    """A kind on the shelf: `versions` the latest first, `now_holds` the number of the one that holds."""
    coming = [each for each in versions if each.effective_at > now and each.withdrawn_at is None]
    return Shelved(
        kind=kind,
        latest=next((each for each in versions if each.number == now_holds), None),
        coming=tuple(sorted(coming, key=lambda each: (each.effective_at, each.number))),
        has_draft=has_draft,
    )


async def desktop_of(connection: AsyncConnection, client_id: str, kind: Kind[Any], at: datetime) -> Desktop:
    """The document as it is at that moment."""
    now = (await documents.numbers_at(connection, client_id, at)).get(kind.name, 0)
    draft = await documents.find_draft(connection, client_id, kind.name)
    return Desktop(
        kind=kind,
        now=now,
        versions=await documents.list_versions(connection, client_id, kind.name),
        draft=draft,
        text=draft.text if draft else await text_of(connection, client_id, kind, now),
    )


async def locked(
    connection: AsyncConnection, client_id: str, kind: Kind[Any], follows: Edition, at: datetime
) -> Desktop:
    """The same, for this transaction alone to change.

    Raises:
        NotFoundError: there is no such client.
        ConflictError: the present edition is not `follows`.
    """
    if not await documents.lock(connection, client_id):
        raise no_client(client_id)
    desktop = await desktop_of(connection, client_id, kind, at)
    require_edition(desktop, follows)
    return desktop


def require_edition(desktop: Desktop, follows: Edition) -> None:
    """Lets pass a change that builds on the present edition.

    Raises:
        ConflictError: it builds on another one.
    """
    if desktop.edition == follows:
        return
    last = desktop.draft or (desktop.versions[0] if desktop.versions else None)
    who = f"{last.author} has changed" if last else "Somebody has changed"
    raise ConflictError(
        f"{who} this document since you opened it.", hint="Look at their changes, then make yours again."
    )
