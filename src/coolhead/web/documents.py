"""Documents that guide a client's conversations: their text, their draft, publishing it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Form, Request, UploadFile
from starlette.responses import RedirectResponse, Response

from coolhead.errors import ConflictError, InputError, NotFoundError
from coolhead.guidance.compare import compare_lines
from coolhead.guidance.document import Problem
from coolhead.services.access import Right, Viewer
from coolhead.services.documents.documents import PLAYBOOK, POLICIES, Kind, kind_named, plain
from coolhead.services.documents.editions import Desktop, Edition
from coolhead.services.training.pieces import FAMILIES, family_of, piece_named
from coolhead.storage.clients import Client
from coolhead.web.needs import Here, Services
from coolhead.web.pages import page, part
from coolhead.web.security import Person

router = APIRouter(prefix="/documents")
Text = Annotated[str, Form()]
Number = Annotated[int, Form()]

PROBLEMS_SHOWN = 50

GUIDANCE, MATERIAL = "/documents", "/training/material"


def _named(request: Request) -> Kind[Any]:
    """The kind of document that the address names: what guides conversations, or a piece of material.

    Raises:
        NotFoundError: there is none of that name.
    """
    parts = request.path_params
    return piece_named(parts["piece"]) if "piece" in parts else kind_named(parts["kind"])


Named = Annotated[Kind[Any], Depends(_named)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A document on a screen.

    Attributes:
        problems: what keeps its text from being published.
        is_listed: False for a piece of material that was taken off the list.
    """

    client: Client
    kind: Kind[Any]
    desktop: Desktop
    problems: tuple[Problem, ...]
    is_listed: bool

    @property
    def base(self) -> str:
        """Where its screens are."""
        return base_of(self.client.id, self.kind)

    @property
    def is_material(self) -> bool:
        """True for a piece of practice material."""
        return _is_material(self.kind)

    @property
    def list_of(self) -> tuple[str, str]:
        """The list that it stands in: its name and its address."""
        if self.is_material:
            return "Material", f"{MATERIAL}/{self.client.id}#{family_of(self.kind).name}"
        return "Guidance", GUIDANCE

    @property
    def zone(self) -> ZoneInfo:
        """The time zone in which its dates are written."""
        return ZoneInfo(self.client.hours.time_zone)


def base_of(client_id: str, kind: Kind[Any]) -> str:
    """Where the screens of a document are."""
    return f"{MATERIAL if _is_material(kind) else GUIDANCE}/{client_id}/{kind.name}"


def _is_material(kind: Kind[Any]) -> bool:
    return kind.name.partition(".")[0] in FAMILIES


async def opened(here: Services, person: Viewer, client_id: str, kind: Kind[Any]) -> Opened:
    """The document as the person finds it.

    Raises:
        NotFoundError: they may not know of the client, or nobody has begun such a document.
        ForbiddenError: they may not edit its documents.
    """
    desktop = await here.editing.open(person, client_id, kind)
    if not (kind.is_shipped or desktop.versions or desktop.draft):
        name = kind.title[:1].lower() + kind.title[1:]
        raise NotFoundError(f"There is no {name}.", hint="Begin it from the list.")
    return Opened(
        client=await here.accounts.find_client(client_id),
        kind=kind,
        desktop=desktop,
        problems=await problems_in(here, person, client_id, kind, desktop.text),
        is_listed=await here.documents.content(client_id, kind, desktop.now) is not None,
    )


async def problems_in(
    here: Services, person: Viewer, client_id: str, kind: Kind[Any], text: str
) -> tuple[Problem, ...]:
    """What keeps a text from being published."""
    if _is_material(kind):
        return await here.drafts.check(person, client_id, kind, text)
    return await here.documents.check(kind, text)


def document_page(
    request: Request, person: Viewer, template: str, document: Opened, tab: str, /, **values: Any
) -> Response:
    """A whole page about a document; `tab` is the address of the tab that it is."""
    status = values.pop("status", 200)
    response = page(
        request,
        person,
        template,
        document=document,
        desktop=document.desktop,
        edition=document.desktop.edition,
        base=document.base,
        tab=tab,
        tabs=_tabs(document),
        is_playbook=document.kind is PLAYBOOK,
        **values,
    )
    response.status_code = status
    return response


def _tabs(document: Opened) -> list[tuple[str, str]]:
    tabs = [("Text", "/text"), ("Versions", "/versions")]
    if document.kind is PLAYBOOK:
        tabs = [("Entries", ""), tabs[0], ("Try", "/trial"), tabs[1]]
    elif document.kind is POLICIES:
        tabs.insert(1, ("Preview", "/preview"))
    elif document.is_material:
        tabs.insert(1, ("Read" if document.kind.suffix == "md" else "Try", "/try"))
    return [(name, document.base + rest) for name, rest in tabs]


def edition_of(version: int, draft: int) -> Edition:
    """The edition that a page was drawn from."""
    return Edition(version=version, draft=draft)


@router.get("")
async def index(request: Request, here: Here, person: Person) -> Response:
    """The documents of every client whose documents the person keeps."""
    clients = await here.accounts.list_clients(person)
    keeps = [client for client in clients if person.may(Right.KEEP_DOCUMENTS, client.id)]
    shelves = [(client, await here.editing.shelf(person, client.id)) for client in keeps]
    return page(request, person, "documents.html", shelves=shelves)


@router.get("/{client_id}/{kind}")
async def first_tab(person: Person, client_id: str, kind: Named) -> Response:
    """A document that has no forms begins with its text."""
    person.require(kind.right, client_id)
    return RedirectResponse(f"{base_of(client_id, kind)}/text", status_code=303)


@router.get("/{client_id}/{kind}/text")
async def text(request: Request, here: Here, person: Person, client_id: str, kind: Named) -> Response:
    """The document as text."""
    document = await opened(here, person, client_id, kind)
    return _text_page(request, person, document, document.desktop.text)


@router.post("/{client_id}/{kind}/text")
async def save_text(
    request: Request,
    here: Here,
    person: Person,
    client_id: str,
    kind: Named,
    text: Text = "",
    version: Number = 0,
    draft: Number = 0,
) -> Response:
    """Makes the text the draft; when somebody was quicker, shows theirs beside it and loses nothing."""
    return await _save(request, here, person, client_id, kind, text, edition_of(version, draft), "The text")


@router.post("/{client_id}/{kind}/import")
async def import_file(
    request: Request,
    here: Here,
    person: Person,
    client_id: str,
    kind: Named,
    file: UploadFile,
    version: Number = 0,
    draft: Number = 0,
) -> Response:
    """Makes the text of a file the draft.

    Raises:
        InputError: the file is not text.
    """
    try:
        words = (await file.read()).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            "That file is not text in UTF-8.", hint="Choose the file that you exported."
        ) from error
    change = f"Imported {file.filename or 'a file'}"
    return await _save(request, here, person, client_id, kind, words, edition_of(version, draft), change)


@router.post("/{client_id}/{kind}/check")
async def check(here: Here, person: Person, client_id: str, kind: Named, text: Text = "") -> Response:
    """What is wrong with a text that is being typed."""
    person.require(kind.right, client_id)
    problems = await problems_in(here, person, client_id, kind, text)
    return part("_problems.html", problems=problems, most=PROBLEMS_SHOWN)


@router.post("/{client_id}/{kind}/undo")
async def undo(
    here: Here,
    person: Person,
    client_id: str,
    kind: Named,
    version: Number = 0,
    draft: Number = 0,
    back: Text = "",
) -> Response:
    """Takes back the draft's last change."""
    await here.editing.undo(person, client_id, kind, follows=edition_of(version, draft))
    return _back(client_id, kind, back)


@router.post("/{client_id}/{kind}/redo")
async def redo(
    here: Here,
    person: Person,
    client_id: str,
    kind: Named,
    version: Number = 0,
    draft: Number = 0,
    back: Text = "",
) -> Response:
    """Makes the change again that was undone last."""
    await here.editing.redo(person, client_id, kind, follows=edition_of(version, draft))
    return _back(client_id, kind, back)


@router.post("/{client_id}/{kind}/discard")
async def discard(
    here: Here, person: Person, client_id: str, kind: Named, version: Number = 0, draft: Number = 0
) -> Response:
    """Throws the draft away."""
    document = await opened(here, person, client_id, kind)
    await here.editing.discard(person, client_id, kind, follows=edition_of(version, draft))
    if not (kind.is_shipped or document.desktop.versions):
        return RedirectResponse(document.list_of[1], status_code=303)
    return _back(client_id, kind, "")


@router.post("/{client_id}/{kind}/publish")
async def publish(
    request: Request,
    here: Here,
    person: Person,
    client_id: str,
    kind: Named,
    version: Number = 0,
    draft: Number = 0,
    comment: Text = "",
    begins: Text = "now",
    at: Text = "",
) -> Response:
    """Publishes the draft, at once or from a date on; a draft with problems comes back with all of them."""
    document = await opened(here, person, client_id, kind)
    moment = None if begins == "now" else _moment(at, document.zone)
    if document.problems:
        return _text_page(request, person, document, document.desktop.text, status=422)
    await here.publishing.publish(
        person, client_id, kind, follows=edition_of(version, draft), comment=comment, effective_at=moment
    )
    return RedirectResponse(f"{document.base}/versions", status_code=303)


async def _save(
    request: Request,
    here: Services,
    person: Viewer,
    client_id: str,
    kind: Kind[Any],
    words: str,
    follows: Edition,
    change: str,
) -> Response:
    if plain(words) == (await here.editing.open(person, client_id, kind)).text:
        return RedirectResponse(f"{base_of(client_id, kind)}/text", status_code=303)
    try:
        await here.editing.save(person, client_id, kind, words, follows=follows, change=change)
    except ConflictError as error:
        document = await opened(here, person, client_id, kind)
        return _text_page(request, person, document, words, status=409, conflict=error)
    return RedirectResponse(f"{base_of(client_id, kind)}/text", status_code=303)


def _text_page(
    request: Request,
    person: Viewer,
    document: Opened,
    words: str,
    *,
    status: int = 200,
    conflict: ConflictError | None = None,
) -> Response:
    return document_page(
        request,
        person,
        "document_text.html",
        document,
        f"{document.base}/text",
        text=words,
        problems=document.problems,
        most=PROBLEMS_SHOWN,
        conflict=conflict,
        groups=compare_lines(document.desktop.text, words) if conflict else (),
        status=status,
    )


def _back(client_id: str, kind: Kind[Any], back: str) -> Response:
    base = base_of(client_id, kind)
    home = f"{base}/text" if _is_material(kind) else base
    return RedirectResponse(back if back.startswith(base) else home, status_code=303)


def _moment(at: str, zone: ZoneInfo) -> datetime:
    try:
        return datetime.fromisoformat(at).replace(tzinfo=zone)
    except ValueError as error:
        raise InputError("Say when it begins to hold.", hint="Choose a date and a time.") from error
