"""Drafts of practice material: what is wrong with them, what they would change, publishing them together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from coolhead.errors import ConflictError
from coolhead.guidance.document import DocumentError, Problem
from coolhead.services.access import Right, Viewer
from coolhead.services.documents.documents import Documents, Kind, plain
from coolhead.services.documents.editing import Editing
from coolhead.services.documents.editions import Edition
from coolhead.services.documents.publishing import Publishing
from coolhead.services.training.material import Material, title_in
from coolhead.services.training.pieces import FAMILIES, family_of, id_of, piece_named
from coolhead.services.training.references import missing_in, named_family
from coolhead.storage import documents
from coolhead.storage.database import Database
from coolhead.storage.documents import Version


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A piece whose draft waits to be published.

    Attributes:
        edition: what publishing it builds on.
        before: the text that holds now; empty where none does.
        text: the draft's.
        problems: what keeps it from being published.
    """

    kind: Kind[Any]
    title: str
    edition: Edition
    before: str
    text: str
    problems: tuple[Problem, ...]


class Drafts:
    """The use cases around drafts of practice material; all need the right to train at the client.

    Each raises NotFoundError when the viewer may not know of the client, ForbiddenError when they lack
    the right.
    """

    def __init__(
        self,
        database: Database,
        published: Documents,
        editing: Editing,
        publishing: Publishing,
        material: Material,
    ) -> None:
        self._database = database
        self._published = published
        self._editing = editing
        self._publishing = publishing
        self._material = material

    async def check(self, viewer: Viewer, client_id: str, kind: Kind[Any], text: str) -> tuple[Problem, ...]:
        """Everything wrong in the text of a piece, by line; where that is nothing, what it names in vain.

        What has only a draft may be named: both can be published together.
        """
        viewer.require(Right.TRAIN, client_id)
        problems = await self._published.check(kind, text)
        family = named_family(family_of(kind).name)
        if problems or family is None:
            return problems
        known = await self._material.ids(viewer, client_id, FAMILIES[family])
        async with self._database.read() as connection:
            drafts = await documents.list_kinds_with_draft(connection, client_id)
        prefix = FAMILIES[family].prefix
        known |= {each.removeprefix(prefix) for each in drafts if each.startswith(prefix)}
        return await self._published.run(missing_in, family_of(kind).name, plain(text), known)

    async def waiting(self, viewer: Viewer, client_id: str) -> list[Waiting]:
        """Every piece that has a draft, with what publishing it would change; by families and titles."""
        viewer.require(Right.TRAIN, client_id)
        async with self._database.read() as connection:
            drafts = await documents.list_kinds_with_draft(connection, client_id)
        kinds = [piece_named(each) for each in drafts if each.partition(".")[0] in FAMILIES]
        found = [await self._waiting(viewer, client_id, kind) for kind in kinds]
        order = list(FAMILIES)
        return sorted(found, key=lambda each: (order.index(family_of(each.kind).name), each.title.lower()))

    async def publish_all(
        self, viewer: Viewer, client_id: str, follows: Mapping[Kind[Any], Edition], *, comment: str = ""
    ) -> list[Version]:
        """Publishes these drafts at once, all or none; `follows` are the editions that were looked at.

        Raises:
            DocumentError: a draft has problems; those of the first such piece.
            ConflictError: a draft has changed meanwhile, or there is none; or nothing was chosen.
        """
        viewer.require(Right.TRAIN, client_id)
        if not follows:
            raise ConflictError("Nothing was chosen.", hint="Tick what is to be published.")
        for kind in follows:
            text = (await self._editing.open(viewer, client_id, kind)).text
            if problems := await self.check(viewer, client_id, kind, text):
                raise DocumentError(kind.title, problems)
        return await self._publishing.publish_all(viewer, client_id, follows, comment=comment)

    async def _waiting(self, viewer: Viewer, client_id: str, kind: Kind[Any]) -> Waiting:
        desktop = await self._editing.open(viewer, client_id, kind)
        before = await self._editing.text_of(viewer, client_id, kind, desktop.now)
        return Waiting(
            kind=kind,
            title=title_in(desktop.text) or id_of(kind),
            edition=desktop.edition,
            before=before,
            text=desktop.text,
            problems=await self.check(viewer, client_id, kind, desktop.text),
        )
