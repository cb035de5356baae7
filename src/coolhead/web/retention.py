"""A client's data: how long it is kept, what is held, what was deleted, and all of it as one file."""

from __future__ import annotations

import re
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form, Request
from starlette.datastructures import UploadFile
from starlette.responses import RedirectResponse, Response, StreamingResponse

from coolhead.errors import CoolheadError, InputError
from coolhead.services.access import Viewer
from coolhead.storage.retention import HoldScope
from coolhead.web.errors import status_of
from coolhead.web.needs import Here, Services
from coolhead.web.pages import page
from coolhead.web.security import Person

router = APIRouter()
Text = Annotated[str, Form()]
IMPORT = "/client-import"


@router.get("/clients/{client_id}/data")
async def data(request: Request, here: Here, person: Person, client_id: str) -> Response:
    """What is kept of the client, and for how long."""
    return await _page(request, here, person, client_id)


@router.post("/clients/{client_id}/data")
async def change(
    request: Request,
    here: Here,
    person: Person,
    client_id: str,
    transcript_days: Text = "",
    audio_days: Text = "",
    note_days: Text = "",
    practice_days: Text = "",
) -> Response:
    """Says for how many days each part is kept."""
    try:
        await here.retention.change(
            person,
            client_id,
            transcript_days=_days(transcript_days),
            audio_days=_days(audio_days),
            note_days=_days(note_days),
            practice_days=_days(practice_days),
        )
    except InputError as error:
        return await _page(request, here, person, client_id, error=error)
    return RedirectResponse(f"/clients/{client_id}/data", status_code=303)


@router.post("/clients/{client_id}/holds")
async def hold(
    request: Request,
    here: Here,
    person: Person,
    client_id: str,
    scope: Annotated[HoldScope, Form()],
    subject: Text = "",
    reason: Text = "",
) -> Response:
    """Keeps something from deletion."""
    try:
        await here.retention.hold(person, client_id, scope, subject, reason)
    except CoolheadError as error:
        return await _page(request, here, person, client_id, hold_error=error)
    return RedirectResponse(f"/clients/{client_id}/data#holds", status_code=303)


@router.post("/holds/{hold_id}/lift")
async def lift(here: Here, person: Person, hold_id: str) -> Response:
    """Ends a hold."""
    lifted = await here.retention.lift(person, hold_id)
    return RedirectResponse(f"/clients/{lifted.client_id}/data#holds", status_code=303)


@router.post("/clients/{client_id}/export")
async def export(here: Here, person: Person, client_id: str) -> Response:
    """Everything of the client as a zip, while it is made."""
    pieces = await here.portability.export(person, client_id)
    name = quote(f"coolhead-{client_id}.zip")
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(pieces, media_type="application/zip", headers=headers)


@router.get(IMPORT)
async def ask_for_file(request: Request, person: Person) -> Response:
    """The form for a file to take in."""
    return page(request, person, "client_import.html", error=None, given="")


@router.post(IMPORT)
async def take_in(request: Request, here: Here, person: Person) -> Response:
    """Takes a client in from a file; the form is read here, after the person was asked for."""
    async with request.form(max_files=1, max_fields=1) as form:
        file, name = form.get("file"), form.get("name", "")
        try:
            if not isinstance(file, UploadFile):
                raise InputError("There is no file.", hint="Choose the zip that an export gave.")
            taken = await here.portability.take_in(person, file.file, str(name).strip())
        except CoolheadError as error:
            answer = page(request, person, "client_import.html", error=error, given=str(name))
            answer.status_code = status_of(error)
            return answer
    return RedirectResponse(f"/clients#client-{taken.client_id}", status_code=303)


async def _page(
    request: Request,
    here: Services,
    person: Viewer,
    client_id: str,
    *,
    error: CoolheadError | None = None,
    hold_error: CoolheadError | None = None,
) -> Response:
    kept = await here.retention.read(person, client_id)
    response = page(
        request,
        person,
        "client_data.html",
        client=await here.accounts.find_client(client_id),
        kept=kept,
        scopes=list(HoldScope),
        error=error,
        hold_error=hold_error,
    )
    failed = error or hold_error
    response.status_code = status_of(failed) if failed else 200
    return response


def _days(text: str) -> int | None:
    text = text.strip()
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{1,6}", text):
        raise InputError("Days are a whole number.", hint="Leave the field empty to keep it for ever.")
    return int(text)
