"""Practice material of a client: what people may play, and what its trainers keep, piece by piece."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.codebook import Issue, Term
from coolhead.errors import ConflictError, InputError, NotFoundError
from coolhead.practice.from_life import Lived, LivedTurn, from_life, mark_of
from coolhead.practice.learning.drill import Drill
from coolhead.practice.learning.lesson import Lesson
from coolhead.practice.persona import Persona
from coolhead.practice.scenario import Scenario
from coolhead.services.access import Right, Viewer
from coolhead.services.clock import Clock
from coolhead.services.conversations.whole import Whole
from coolhead.services.documents.documents import Documents, Kind, text_of
from coolhead.services.documents.editing import Editing
from coolhead.services.documents.editions import Edition
from coolhead.services.training import pieces
from coolhead.services.training.bundle import bundled, read_bundle
from coolhead.services.training.pieces import FAMILIES, Family
from coolhead.storage import clients, documents
from coolhead.storage.database import Database
from coolhead.storage.documents import Version

T = TypeVar("T")

_TITLE = re.compile(r"^(?:title|name): *[\"']?(.+?)[\"']?$", re.MULTILINE)
_HEADING = re.compile(r"^# +(.+)$", re.MULTILINE)


class State(Term):
    """How a piece of material stands at a client."""

    SHIPPED = "shipped", "as it comes with Coolhead"
    CHANGED = "changed", "the client's own text in the place of the shipped one"
    OWN = "own", "written by the client"
    PLANNED = "planned", "published from a later date on"
    DRAFT = "draft", "not published yet"
    RETIRED = "retired", "off the list; its versions are kept"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered(Generic[T]):
    """A piece that may be played or read.

    Attributes:
        version: 0 for the shipped one.
    """

    id: str
    version: int
    content: T


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A piece in a trainer's list.

    Attributes:
        latest: the last version that was published; None when there is none.
        has_draft: somebody has begun to change it.
    """

    kind: Kind[Any]
    title: str
    state: State
    latest: Version | None
    has_draft: bool


class Material:
    """The use cases around practice material.

    Reading needs the right to practise at the client, keeping the right to train; each raises NotFoundError
    when the viewer may not know of the client, ForbiddenError when they lack the right.
    """

    def __init__(self, database: Database, published: Documents, editing: Editing, clock: Clock) -> None:
        self._database = database
        self._published = published
        self._editing = editing
        self._clock = clock

    async def scenarios(self, viewer: Viewer, client_id: str) -> list[Offered[Scenario]]:
        """The scenarios that can be played at the client, by id."""
        return await self._offered(viewer, client_id, pieces.SCENARIOS)

    async def scenario(self, viewer: Viewer, client_id: str, scenario_id: str) -> Offered[Scenario]:
        """One of them.

        Raises:
            NotFoundError: there is none of that id, or it is off the list.
        """
        return await self._one(viewer, client_id, pieces.SCENARIOS, scenario_id)

    async def personas(self, viewer: Viewer, client_id: str) -> list[Offered[Persona]]:
        """The personas that can be met at the client, by id."""
        return await self._offered(viewer, client_id, pieces.PERSONAS)

    async def persona(self, viewer: Viewer, client_id: str, persona_id: str) -> Offered[Persona]:
        """One of them; errors as in `scenario`."""
        return await self._one(viewer, client_id, pieces.PERSONAS, persona_id)

    async def drills(self, viewer: Viewer, client_id: str) -> list[Offered[Drill]]:
        """The drills that can be done at the client, by id."""
        return await self._offered(viewer, client_id, pieces.DRILLS)

    async def drill(self, viewer: Viewer, client_id: str, drill_id: str) -> Offered[Drill]:
        """One of them; errors as in `scenario`."""
        return await self._one(viewer, client_id, pieces.DRILLS, drill_id)

    async def lessons(self, viewer: Viewer, client_id: str) -> list[Offered[Lesson]]:
        """The lessons that can be read at the client, by id."""
        return await self._offered(viewer, client_id, pieces.LESSONS)

    async def lesson(self, viewer: Viewer, client_id: str, lesson_id: str) -> Offered[Lesson]:
        """One of them; errors as in `scenario`."""
        return await self._one(viewer, client_id, pieces.LESSONS, lesson_id)

    async def shelf(self, viewer: Viewer, client_id: str) -> dict[str, list[Piece]]:
        """Every piece that the client has or has had, by the names of their families, in order of titles."""
        viewer.require(Right.TRAIN, client_id)
        now = self._clock()
        async with self._database.snapshot() as connection:
            holds = await documents.numbers_at(connection, client_id, now)
            latest = await documents.list_latest(connection, client_id)
            drafts = await documents.list_kinds_with_draft(connection, client_id)
            wording = {
                name: await _draft_text(connection, client_id, name)
                for name in drafts
                if name not in holds and "." in name
            }
        found = {}
        for family in FAMILIES.values():
            names = {family.prefix + each for each in await self._published.run(family.shipped)}
            names |= {name for name in {*latest, *drafts} if name.startswith(family.prefix)}
            listed = [
                await self._piece(client_id, family, name, holds, latest, drafts, wording) for name in names
            ]
            found[family.name] = sorted(listed, key=lambda each: (each.title.lower(), each.kind.name))
        return found

    async def begin(
        self, viewer: Viewer, client_id: str, family: Family[Any], piece_id: str, *, like: str = ""
    ) -> Kind[Any]:
        """Begins a new piece as a draft, from the template or as a copy of the piece `like`.

        Raises:
            InputError: the id will not do.
            ConflictError: there is a piece of that id.
            NotFoundError: there is nothing to copy.
        """
        text = await self._text_like(viewer, client_id, family, like)
        change = f"Copied {like}" if like else "Begun from the template"
        return await self.add(viewer, client_id, family, piece_id, named(text, piece_id), change=change)

    async def add(
        self,
        viewer: Viewer,
        client_id: str,
        family: Family[Any],
        piece_id: str,
        text: str,
        *,
        change: str,
    ) -> Kind[Any]:
        """Makes `text` the draft of a new piece.

        Raises:
            InputError: the id will not do.
            ConflictError: there is a piece of that id.
        """
        viewer.require(Right.TRAIN, client_id)
        if not pieces.is_id(piece_id):
            raise InputError(
                "A short name has small letters, digits and hyphens, 40 at most.", hint="late-parcel, say."
            )
        kind = pieces.piece(family, piece_id)
        desktop = await self._editing.open(viewer, client_id, kind)
        if kind.is_shipped or desktop.versions or desktop.draft:
            raise ConflictError(f"There is a {family.name} {piece_id} already.", hint="Choose another name.")
        await self._editing.save(
            viewer, client_id, kind, text, follows=Edition(version=0, draft=0), change=change
        )
        return kind

    async def draft(self, viewer: Viewer, client_id: str, family: Family[T], piece_id: str) -> T:
        """A piece as it would be if its draft were published now; without a draft, as it is.

        Raises:
            NotFoundError: there is no such piece.
            DocumentError: the draft has problems.
        """
        kind = pieces.piece(family, piece_id)
        desktop = await self._editing.open(viewer, client_id, kind)
        content = await self._published.run(kind.load, desktop.text)
        if content is None:
            raise no_piece(family, piece_id)
        return content

    async def ids(self, viewer: Viewer, client_id: str, family: Family[Any]) -> set[str]:
        """The ids of a family's pieces that hold at the client."""
        return {each.id for each in await self._offered(viewer, client_id, family)}

    async def pack(self, viewer: Viewer, client_id: str) -> bytes:
        """A zip of all that the client has written: what holds, and the drafts of what never held.

        Raises:
            NotFoundError: the client has written nothing.
        """
        viewer.require(Right.TRAIN, client_id)
        texts: dict[Kind[Any], str] = {}
        async with self._database.snapshot() as connection:
            holds = await documents.numbers_at(connection, client_id, self._clock())
            drafts = await documents.list_kinds_with_draft(connection, client_id)
            for name in {*holds, *drafts}:
                if name.partition(".")[0] in FAMILIES:
                    kind = pieces.piece_named(name)
                    texts[kind] = (
                        await text_of(connection, client_id, kind, holds[name])
                        if name in holds
                        else await _draft_text(connection, client_id, name)
                    )
        written = {kind: text for kind, text in texts.items() if text.strip()}
        if not written:
            raise NotFoundError(
                "There is nothing of your own to export yet.", hint="Change or write something."
            )
        return await self._published.run(bundled, written)

    async def unpack(
        self, viewer: Viewer, client_id: str, files: Sequence[tuple[str, bytes]]
    ) -> list[Kind[Any]]:
        """Makes every piece in the files (by name and content) a draft; gives those that it changed.

        Raises:
            BundleError: a file is not a piece of material; nothing is kept then.
        """
        viewer.require(Right.TRAIN, client_id)
        texts = await self._published.run(read_bundle, files)
        return await self._editing.save_all(viewer, client_id, texts, change="Imported")

    async def from_life(self, viewer: Viewer, whole: Whole) -> Kind[Any]:
        """Makes a scenario of a stored conversation, with everybody and everything renamed; it is a draft.

        The same conversation makes the same scenario; what was made of it before stays as it was changed.

        Raises:
            InputError: there is nothing in it to practise with.
        """
        summary = whole.summary
        viewer.require(Right.TRAIN, summary.client_id)
        viewer.require(Right.READ, summary.client_id)
        mark = mark_of(summary.id)
        kind = pieces.piece(pieces.SCENARIOS, f"from-life-{mark}")
        desktop = await self._editing.open(viewer, summary.client_id, kind)
        if desktop.versions or desktop.draft:
            return kind
        async with self._database.read() as connection:
            client = await clients.find(connection, summary.client_id)
        lived = lived_in(whole, client.name if client else "")
        text = await self._published.run(from_life, lived, pieces.id_of(kind), int(mark, 16))
        first = Edition(version=0, draft=0)
        change = "Made from a conversation"
        await self._editing.save(viewer, summary.client_id, kind, text, follows=first, change=change)
        return kind

    async def _text_like(self, viewer: Viewer, client_id: str, family: Family[Any], like: str) -> str:
        viewer.require(Right.TRAIN, client_id)
        if not like:
            return await self._published.run(family.template)
        text = (await self._editing.open(viewer, client_id, pieces.piece(family, like))).text
        if not text.strip():
            raise NotFoundError(f"There is no {family.name} {like!r} to copy.")
        return text

    async def _offered(self, viewer: Viewer, client_id: str, family: Family[T]) -> list[Offered[T]]:
        viewer.require(Right.PRACTISE, client_id)
        shipped: Mapping[str, T] = await self._published.run(family.shipped)
        found = {each: Offered(id=each, version=0, content=content) for each, content in shipped.items()}
        for name, number in (await self._published.numbers(client_id)).items():
            if name.startswith(family.prefix):
                kind = pieces.piece(family, name.removeprefix(family.prefix))
                content = await self._published.content(client_id, kind, number)
                found.pop(pieces.id_of(kind), None)
                if content is not None:
                    found[pieces.id_of(kind)] = Offered(
                        id=pieces.id_of(kind), version=number, content=content
                    )
        return [found[each] for each in sorted(found)]

    async def _one(self, viewer: Viewer, client_id: str, family: Family[T], piece_id: str) -> Offered[T]:
        viewer.require(Right.PRACTISE, client_id)
        kind = pieces.piece(family, piece_id)
        current = await self._published.current(client_id, kind)
        if current.content is None:
            raise no_piece(family, piece_id)
        return Offered(id=piece_id, version=current.version, content=current.content)

    async def _piece(
        self,
        client_id: str,
        family: Family[Any],
        name: str,
        holds: Mapping[str, int],
        latest: Mapping[str, Version],
        drafts: set[str],
        wording: Mapping[str, str],
    ) -> Piece:
        kind = pieces.piece(family, name.removeprefix(family.prefix))
        content = await self._published.content(client_id, kind, holds.get(name, 0))
        title = getattr(content, "title", None) or getattr(content, "name", None)
        return Piece(
            kind=kind,
            title=title or title_in(wording.get(name, "")) or pieces.id_of(kind),
            state=_state(kind, content, holds.get(name), latest.get(name)),
            latest=latest.get(name),
            has_draft=name in drafts,
        )


def lived_in(whole: Whole, company: str) -> Lived:
    """A stored conversation as a scenario is made from it."""
    summary = whole.summary
    turns = [LivedTurn(speaker=m.turn.speaker, text=m.turn.text, reading=m.reading) for m in whole.moments]
    keys = (summary.customer_key or "", summary.reference or "")
    return Lived(
        turns=turns,
        channel=summary.channel,
        issue=whole.disposition.issue if whole.disposition else summary.issue or Issue.OTHER,
        customer=summary.customer,
        agent=summary.agent,
        keys=keys,
        company=company,
        mark=mark_of(summary.id),
    )


def no_piece(family: Family[Any], piece_id: str) -> NotFoundError:
    """The error for a piece that does not exist or is off the list."""
    return NotFoundError(f"There is no {family.name} {piece_id!r}.", hint="Choose one from the list.")


def named(text: str, piece_id: str) -> str:
    """The text of a piece with its id in the place of the one that stands there."""
    return re.sub(r"^id:.*$", f"id: {piece_id}", text, count=1, flags=re.MULTILINE)


def title_in(text: str) -> str:
    """The title of a piece as its text has it, whether it can be read or not; empty when there is none."""
    match = _TITLE.search(text) or _HEADING.search(text)
    return match.group(1) if match else ""


def _state(kind: Kind[Any], content: object, holds: int | None, latest: Version | None) -> State:
    if holds is None:
        if kind.is_shipped:
            return State.SHIPPED
        if latest is None:
            return State.DRAFT
        return State.PLANNED if latest.withdrawn_at is None else State.RETIRED
    if content is None:
        return State.RETIRED
    return State.CHANGED if kind.is_shipped else State.OWN


async def _draft_text(connection: AsyncConnection, client_id: str, name: str) -> str:
    draft = await documents.find_draft(connection, client_id, name)
    return draft.text if draft else ""
