"""Practice material as its keepers see it: the list with states, new pieces, export, import, trying a draft.

The text of a piece, its draft and its versions are on the screens of `web/documents.py`, at other addresses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, UploadFile
from fastapi.routing import APIRoute
from starlette.responses import RedirectResponse, Response

from coolhead.errors import ConflictError, CoolheadError, InputError
from coolhead.guidance.compare import compare_lines
from coolhead.guidance.document import DocumentError
from coolhead.practice.learning.judging import judge, misjudged
from coolhead.practice.scenario import Difficulty
from coolhead.services.access import Right, Viewer
from coolhead.services.documents.documents import Kind
from coolhead.services.documents.editions import Edition
from coolhead.services.training import pieces
from coolhead.services.training.bundle import BundleError
from coolhead.services.training.material import State
from coolhead.services.training.pieces import FAMILIES, family_named, family_of, id_of, piece_named
from coolhead.services.training.practising import Beginning
from coolhead.web import document_versions, documents
from coolhead.web.documents import (
    MATERIAL,
    PROBLEMS_SHOWN,
    Named,
    Number,
    Opened,
    Text,
    base_of,
    document_page,
    edition_of,
    opened,
)
from coolhead.web.errors import status_of
from coolhead.web.method import drawn
from coolhead.web.needs import Here, Services
from coolhead.web.pages import page, part
from coolhead.web.security import Person

router = APIRouter(prefix=MATERIAL)

IMPORT = re.compile(rf"{MATERIAL}/[^/]+/import")
_DOCUMENT = "/documents/{client_id}/{kind}"


@router.get("")
async def index(request: Request, here: Here, person: Person) -> Response:
    """The material of the first client where the person keeps any.

    Raises:
        ForbiddenError: they keep none.
    """
    person.require(Right.TRAIN)
    clients = await here.accounts.list_clients(person)
    first = next(each for each in clients if person.may(Right.TRAIN, each.id))
    return await _shelf(request, here, person, first.id)


@router.get("/{client_id}")
async def shelf(request: Request, here: Here, person: Person, client_id: str) -> Response:
    """Every piece of a client's material, with its state."""
    return await _shelf(request, here, person, client_id)


@router.post("/{client_id}")
async def begin(
    request: Request,
    here: Here,
    person: Person,
    client_id: str,
    family: Text = "",
    name: Text = "",
    like: Text = "",
) -> Response:
    """Begins a new piece, from the template or as a copy, and opens it; errors are told on the list."""
    person.require(Right.TRAIN, client_id)
    try:
        kind = await here.material.begin(person, client_id, family_named(family), name.strip(), like=like)
    except CoolheadError as error:
        return await _shelf(request, here, person, client_id, error=error, begun=(family, name, like))
    return RedirectResponse(f"{base_of(client_id, kind)}/text", status_code=303)


@router.get("/{client_id}/export")
async def export(here: Here, person: Person, client_id: str) -> Response:
    """All that the client has written, as a zip."""
    return Response(
        await here.material.pack(person, client_id),
        media_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{client_id}-material.zip"'},
    )


@router.post("/{client_id}/import")
async def take_in(
    request: Request, here: Here, person: Person, client_id: str, files: list[UploadFile]
) -> Response:
    """Makes every piece in the files a draft; where one has problems, none, and the list tells them all."""
    given = [(file.filename or "", await file.read()) for file in files]
    try:
        changed = await here.material.unpack(person, client_id, given)
    except BundleError as error:
        return await _shelf(request, here, person, client_id, error=error)
    return await _shelf(request, here, person, client_id, imported=tuple(kind.name for kind in changed))


@router.get("/{client_id}/publish")
async def look_at_all(request: Request, here: Here, person: Person, client_id: str) -> Response:
    """What publishing every draft would change."""
    return await _waiting(request, here, person, client_id)


@router.post("/{client_id}/publish")
async def publish_all(
    request: Request,
    here: Here,
    person: Person,
    client_id: str,
    chosen: Annotated[list[str] | None, Form()] = None,
    comment: Text = "",
) -> Response:
    """Publishes the chosen drafts, each as `name@version.draft`; all of them or none."""
    try:
        versions = await here.drafts.publish_all(
            person, client_id, dict(map(_followed, chosen or [])), comment=comment
        )
    except (DocumentError, ConflictError, InputError) as error:
        return await _waiting(request, here, person, client_id, error=error, comment=comment)
    return await _shelf(request, here, person, client_id, published=tuple(each.kind for each in versions))


@router.post("/{client_id}/{piece}/retire")
async def retire(
    here: Here, person: Person, client_id: str, kind: Named, version: Number = 0, draft: Number = 0
) -> Response:
    """Takes a piece off the list; its versions stay, and any can be brought back."""
    await here.publishing.retire(person, client_id, kind, follows=edition_of(version, draft))
    return RedirectResponse(f"{base_of(client_id, kind)}/versions", status_code=303)


@router.get("/{client_id}/{piece}/try")
async def trial(request: Request, here: Here, person: Person, client_id: str, kind: Named) -> Response:
    """Where the draft is tried; what keeps it from being read is told on its text."""
    document = await opened(here, person, client_id, kind)
    if document.problems or not document.desktop.text.strip():
        return RedirectResponse(f"{document.base}/text", status_code=303)
    return await _trial(request, here, person, document)


@router.post("/{client_id}/{piece}/try")
async def try_it(
    request: Request,
    here: Here,
    person: Person,
    client_id: str,
    kind: Named,
    other: Text = "",
    difficulty: Annotated[Difficulty, Form()] = Difficulty.NORMAL,
) -> Response:
    """Begins a practice run on the draft of a scenario or a persona; `other` is the one to go with it."""
    document = await opened(here, person, client_id, kind)
    is_scenario = family_of(kind) is pieces.SCENARIOS
    begun = Beginning(
        scenario_id=id_of(kind) if is_scenario else other,
        persona_id=other if is_scenario else id_of(kind),
        difficulty=difficulty,
        warned=True,
        trying=kind.name,
    )
    try:
        session = await here.practising.begin(person, client_id, begun)
    except DocumentError:
        return RedirectResponse(f"{document.base}/text", status_code=303)
    except CoolheadError as error:
        return await _trial(request, here, person, document, error=error)
    return RedirectResponse(f"/practice/runs/{session.kept.id}", status_code=303)


@router.post("/{client_id}/{piece}/judge")
async def judge_it(
    here: Here, person: Person, client_id: str, kind: Named, item: Text = "", answer: Text = ""
) -> Response:
    """What the judge of a drill's draft makes of an answer."""
    drill = await here.material.draft(person, client_id, pieces.DRILLS, id_of(kind))
    asked = drill.item(item)
    engine = (await here.guides.of(client_id)).engine
    judged = await here.documents.run(judge, engine, drill, asked, answer) if asked else None
    return part("_judged.html", judged=judged)


async def _trial(
    request: Request,
    here: Services,
    person: Viewer,
    document: Opened,
    error: CoolheadError | None = None,
) -> Response:
    client_id, kind = document.client.id, document.kind
    family = family_of(kind)
    content = await here.material.draft(person, client_id, family, id_of(kind))
    values: dict[str, object] = {"family": family.name, "content": content, "error": error}
    if family is pieces.SCENARIOS:
        values["others"] = [each.content for each in await here.material.personas(person, client_id)]
    elif family is pieces.PERSONAS:
        values["others"] = [each.content for each in await here.material.scenarios(person, client_id)]
    elif family is pieces.DRILLS:
        engine = (await here.guides.of(client_id)).engine
        values["wrong"] = await here.documents.run(misjudged, engine, content)
    else:
        values["html"] = drawn(content.text)
    response = document_page(
        request,
        person,
        "material_try.html",
        document,
        f"{document.base}/try",
        difficulties=list(Difficulty),
        **values,
    )
    if error:
        response.status_code = status_of(error)
    return response


def _followed(chosen: str) -> tuple[Kind[Any], Edition]:
    name, _, edition = chosen.partition("@")
    version, _, draft = edition.partition(".")
    if not (version.isdecimal() and draft.isdecimal()):
        raise InputError("That is no draft.", hint="Choose from the list.")
    return piece_named(name), edition_of(int(version), int(draft))


async def _waiting(
    request: Request,
    here: Services,
    person: Viewer,
    client_id: str,
    *,
    error: CoolheadError | None = None,
    comment: str = "",
) -> Response:
    found = await here.drafts.waiting(person, client_id)
    response = page(
        request,
        person,
        "material_publish.html",
        client=await here.accounts.find_client(client_id),
        waiting=[(each, compare_lines(each.before, each.text)) for each in found],
        error=error,
        comment=comment,
        most=PROBLEMS_SHOWN,
    )
    if error:
        response.status_code = status_of(error)
    return response


async def _shelf(
    request: Request,
    here: Services,
    person: Viewer,
    client_id: str,
    *,
    error: CoolheadError | None = None,
    begun: tuple[str, str, str] = ("", "", ""),
    imported: tuple[str, ...] | None = None,
    published: tuple[str, ...] = (),
) -> Response:
    found = await here.material.shelf(person, client_id)
    clients = await here.accounts.list_clients(person)
    response = page(
        request,
        person,
        "material.html",
        client=await here.accounts.find_client(client_id),
        clients=[each for each in clients if person.may(Right.TRAIN, each.id)],
        shelf=[(family, found[family.name]) for family in FAMILIES.values()],
        has_own=any(each.state is not State.SHIPPED for listed in found.values() for each in listed),
        States=State,
        error=error,
        rejected=error.rejected if isinstance(error, BundleError) else (),
        most=PROBLEMS_SHOWN,
        begun=begun,
        imported=imported,
        published=published,
        drafts=sum(each.has_draft for listed in found.values() for each in listed),
    )
    if error:
        response.status_code = status_of(error)
    return response


def _shared(*sources: APIRouter) -> Iterator[APIRoute]:
    """The routes of documents, which a piece of material has too."""
    for source in sources:
        for route in source.routes:
            if isinstance(route, APIRoute) and route.path.startswith(f"{_DOCUMENT}/"):
                yield route


for _route in _shared(documents.router, document_versions.router):
    router.add_api_route(
        _route.path.replace(_DOCUMENT, "/{client_id}/{piece}"),
        _route.endpoint,
        methods=sorted(_route.methods or ()),
    )
