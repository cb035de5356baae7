"""Wrapping up on screen: the note edited and its versions compared, the disposition confirmed."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import urlsplit

from fastapi import APIRouter, Form, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from coolhead.casework.wrap_up import compare, proposed
from coolhead.codebook import Issue, Resolved
from coolhead.errors import ConflictError
from coolhead.picture.note import RESULTS
from coolhead.picture.state import Stage
from coolhead.picture.topic import PLAIN
from coolhead.services.access import Right, Viewer
from coolhead.services.conversations.whole import Whole
from coolhead.web.advice import note_for
from coolhead.web.needs import Here, Services
from coolhead.web.pages import page, part
from coolhead.web.security import Person

router = APIRouter()
Text = Annotated[str, Form()]
Number = Annotated[int, Form(ge=0)]
ENDING = (Stage.COMMIT, Stage.CLOSE)


def ending_of(whole: Whole, viewer: Viewer) -> dict[str, Any]:
    """What `_ending.html` needs: the disposition, confirmed or proposed, and whether it may be changed."""
    picture = whole.picture
    near = whole.summary.ended_at is not None or picture.stage in ENDING
    return {
        "disposition": whole.disposition,
        "proposed": proposed(picture) if near and picture.turns else None,
        "results": RESULTS,
        "about": PLAIN,
        "may_note": viewer.may(Right.NOTE, whole.summary.client_id),
        "note_version": whole.edited_note.version if whole.edited_note else 0,
    }


def written_note(whole: Whole) -> str:
    """The note as it stands: in a person's words, else as drafted, a sentence a line."""
    if whole.edited_note:
        return whole.edited_note.text
    return "\n".join(sentence.text for sentence in note_for(whole).sentences)


@router.get("/desk/{conversation_id}/note")
async def begin_note(here: Here, person: Person, conversation_id: str) -> Response:
    """A box to write the note in, filled with the note as it stands."""
    whole = await here.live.read(person, conversation_id)
    person.require(Right.NOTE, whole.summary.client_id)
    base = whole.edited_note.version if whole.edited_note else 0
    return _editor(whole, text=written_note(whole), base=base)


@router.post("/desk/{conversation_id}/note")
async def edit_note(
    request: Request, here: Here, person: Person, conversation_id: str, text: Text = "", base: Number = 0
) -> Response:
    """Keeps the note; when somebody was quicker, gives both versions back so that no word is lost."""
    try:
        await here.wrap_up.edit_note(person, conversation_id, text, base=base)
    except ConflictError as conflict:
        whole = await here.live.read(person, conversation_id)
        theirs = whole.edited_note
        if theirs is None:
            raise
        return _editor(whole, text=text, base=theirs.version, conflict=conflict)
    return _done(request)


@router.get("/desk/{conversation_id}/disposition")
async def choose_disposition(here: Here, person: Person, conversation_id: str) -> Response:
    """A form to say what the conversation was about and how it ended."""
    whole = await here.live.read(person, conversation_id)
    person.require(Right.NOTE, whole.summary.client_id)
    return part(
        "_disposition.html",
        conversation=whole.summary,
        disposition=whole.disposition,
        chosen=whole.disposition or proposed(whole.picture),
        results=RESULTS,
        about=PLAIN,
    )


@router.post("/desk/{conversation_id}/disposition")
async def confirm_disposition(
    request: Request,
    here: Here,
    person: Person,
    conversation_id: str,
    issue: Annotated[Issue, Form()],
    outcome: Annotated[Resolved, Form()],
    base: Number = 0,
) -> Response:
    """Keeps what it was about and how it ended, as the person says."""
    await here.wrap_up.confirm(person, conversation_id, issue, outcome, base=base)
    return _done(request)


@router.get("/conversations/{conversation_id}/note")
async def versions(
    request: Request,
    here: Here,
    person: Person,
    conversation_id: str,
    before: int | None = None,
    after: int | None = None,
) -> Response:
    """Every version of the note, and how two of them differ: the last two when none is named."""
    whole = await here.live.read(person, conversation_id)
    kept = await here.wrap_up.list_notes(person, conversation_id)
    draft = "\n".join(sentence.text for sentence in note_for(whole).sentences)
    texts = {0: draft} | {each.version: each.text for each in kept}
    after = after if after in texts else max(texts)
    before = before if before in texts else max(0, after - 1)
    return page(
        request,
        person,
        "note.html",
        conversation=whole.summary,
        versions=kept,
        before=before,
        after=after,
        passages=compare(texts[before], texts[after]),
        **ending_of(whole, person),
    )


@router.post("/conversations/{conversation_id}/note/restore")
async def restore(
    here: Here, person: Person, conversation_id: str, version: Number, base: Number
) -> Response:
    """Makes an earlier version the note again."""
    await here.wrap_up.restore_note(person, conversation_id, version, base=base)
    return RedirectResponse(f"/conversations/{conversation_id}/note", status_code=303)


@router.get("/conversations/{conversation_id}/print")
async def print_page(request: Request, here: Here, person: Person, conversation_id: str) -> Response:
    """The conversation on paper, or as a PDF by the browser's own printing."""
    whole = await here.live.read(person, conversation_id)
    person.require(Right.EXPORT, whole.summary.client_id)
    await here.audit.took_away(person, whole.summary, "print")
    return page(
        request,
        person,
        "print.html",
        conversation=whole.summary,
        moments=whole.moments,
        note_edited=whole.edited_note,
        note=written_note(whole),
        promises=whole.picture.promises,
        offers=whole.offers,
        client=await _client_name(here, person, whole),
        **ending_of(whole, person),
    )


def _editor(whole: Whole, *, text: str, base: int, conflict: ConflictError | None = None) -> HTMLResponse:
    theirs = whole.edited_note
    return part(
        "_note_editor.html",
        conversation=whole.summary,
        text=text,
        base=base,
        conflict=conflict,
        passages=compare(theirs.text, text) if conflict and theirs else (),
    )


def _done(request: Request) -> Response:
    """Empties the place of the form; a page that follows no stream is drawn anew."""
    on = urlsplit(request.headers.get("hx-current-url", "")).path
    refresh = {"HX-Refresh": "true"} if on.startswith("/conversations/") else {}
    return HTMLResponse("", headers=refresh)


async def _client_name(here: Services, viewer: Viewer, whole: Whole) -> str:
    known = await here.accounts.list_clients(viewer)
    return next((each.name for each in known if each.id == whole.summary.client_id), "")
