"""The versions of a client's documents: listed, compared, taken away, brought back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from coolhead.guidance.compare import compare_lines, compare_playbooks
from coolhead.guidance.document import DocumentError
from coolhead.services.access import Viewer
from coolhead.services.documents.documents import PLAYBOOK, Kind
from coolhead.services.documents.editions import Desktop
from coolhead.web.documents import Named, Number, Opened, base_of, document_page, edition_of, opened
from coolhead.web.needs import Here, Services
from coolhead.web.security import Person

router = APIRouter(prefix="/documents")

DRAFT = "draft"


@router.get("/{client_id}/{kind}/versions")
async def versions(request: Request, here: Here, person: Person, client_id: str, kind: Named) -> Response:
    """Every version, who published it and when."""
    document = await opened(here, person, client_id, kind)
    return document_page(
        request,
        person,
        "document_versions.html",
        document,
        f"{document.base}/versions",
        now=datetime.now(document.zone),
    )


@router.post("/{client_id}/{kind}/versions/{number}/restore")
async def restore(
    here: Here,
    person: Person,
    client_id: str,
    kind: Named,
    number: int,
    version: Number = 0,
    draft: Number = 0,
) -> Response:
    """Publishes an older version anew."""
    await here.publishing.roll_back(person, client_id, kind, number, follows=edition_of(version, draft))
    return RedirectResponse(f"{base_of(client_id, kind)}/versions", status_code=303)


@router.post("/{client_id}/{kind}/versions/{number}/withdraw")
async def withdraw(here: Here, person: Person, client_id: str, kind: Named, number: int) -> Response:
    """Takes back a version that would hold later."""
    await here.publishing.withdraw(person, client_id, kind, number)
    return RedirectResponse(f"{base_of(client_id, kind)}/versions", status_code=303)


@router.get("/{client_id}/{kind}/compare")
async def compare(
    request: Request,
    here: Here,
    person: Person,
    client_id: str,
    kind: Named,
    before: Annotated[str, Query(alias="from")] = "",
    after: Annotated[str, Query(alias="to")] = "",
) -> Response:
    """What changed from one version to another, or to the draft."""
    document = await opened(here, person, client_id, kind)
    names = _names(document.desktop)
    old = before if before in names else str(document.desktop.now)
    new = after if after in names else next(iter(names))
    texts = [await _text_named(here, person, document, name) for name in (old, new)]
    return document_page(
        request,
        person,
        "document_compare.html",
        document,
        f"{document.base}/versions",
        names=names,
        old=old,
        new=new,
        **await _compared(here, document.kind, *texts),
    )


@router.get("/{client_id}/{kind}/file")
async def file(here: Here, person: Person, client_id: str, kind: Named, version: str = DRAFT) -> Response:
    """A version, or the draft, as a file to take away."""
    document = await opened(here, person, client_id, kind)
    words = await _text_named(here, person, document, version)
    name = f"{client_id}-{kind.name}-{version if version != '0' else 'shipped'}.{document.kind.suffix}"
    return Response(
        words,
        media_type="text/plain",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _names(desktop: Desktop) -> Mapping[str, str]:
    """What can be compared: the draft, the versions, the shipped text."""
    names = {DRAFT: "the draft"} if desktop.draft else {}
    names |= {str(each.number): f"version {each.number}" for each in desktop.versions}
    return names | {"0": "the shipped text" if desktop.kind.is_shipped else "nothing"}


async def _text_named(here: Services, person: Viewer, document: Opened, name: str) -> str:
    if name == DRAFT:
        return document.desktop.text
    number = int(name) if name.isdecimal() and len(name) < 10 else -1
    return await here.editing.text_of(person, document.client.id, document.kind, number)


async def _compared(here: Services, kind: Kind[Any], old: str, new: str) -> dict[str, Any]:
    """What changed: a playbook by entry as long as both can be read, anything else by line."""
    if kind is PLAYBOOK:
        try:
            return {"entries": await here.documents.run(compare_playbooks, old, new), "groups": ()}
        except DocumentError:
            pass
    return {"entries": None, "groups": await here.documents.run(compare_lines, old, new)}
