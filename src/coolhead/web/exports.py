"""A conversation as a file to take away, with its note and disposition, in forms that other systems read."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter
from starlette.responses import Response

from coolhead.conversation.formats import write_codebook, write_vcon, write_webvtt
from coolhead.conversation.turn import Conversation
from coolhead.errors import NotFoundError
from coolhead.services.access import Right
from coolhead.services.live import Whole
from coolhead.web.needs import Here
from coolhead.web.security import Person

router = APIRouter(prefix="/conversations/{conversation_id}/export")

Writer = Callable[[Conversation, Whole], str]


def _vcon(said: Conversation, whole: Whole) -> str:
    about = about_of(whole)
    return write_vcon(
        said,
        created_at=whole.summary.active_at,
        analysis=about,
        product="wrap-up",
        note=str(about["note"]["text"]),
    )


WRITERS: dict[str, tuple[str, Writer]] = {
    "vcon.json": ("vCon 0.4.0", _vcon),
    "jsonl": ("JSON, one line", lambda said, whole: write_codebook(said, about=about_of(whole))),
    "vtt": ("WebVTT captions", lambda said, _: write_webvtt(said)),
}


@router.get("/{form}")
async def export(here: Here, person: Person, conversation_id: str, form: str) -> Response:
    """The words of the conversation (masked, as they are stored) as a file.

    Raises:
        NotFoundError: there is no such form or conversation.
    """
    if form not in WRITERS:
        raise NotFoundError(
            "There is no such form to export to.", hint=f"Choose one of: {', '.join(WRITERS)}."
        )
    whole = await here.live.read(person, conversation_id)
    summary = whole.summary
    person.require(Right.EXPORT, summary.client_id)
    said = Conversation(
        id=summary.id,
        turns=tuple(moment.turn for moment in whole.moments),
        channel=summary.channel,
        started_at=whole.picture.started_at,
        customer=summary.customer,
        agent=summary.agent,
    )
    return Response(
        WRITERS[form][1](said, whole),
        media_type="application/json" if form.endswith("json") else "text/plain",
        headers={"Content-Disposition": f'attachment; filename="{summary.id}.{form}"'},
    )


def about_of(whole: Whole) -> dict[str, dict[str, object]]:
    """The note and the disposition, ready for JSON: as people have them, else as Coolhead proposes."""
    edited, confirmed = whole.edited_note, whole.disposition
    return {
        "note": {
            "text": edited.text if edited else whole.drafted_note().text,
            "version": edited.version if edited else 0,
            "edited_by": edited.edited_by if edited else None,
            "edited_at": edited.edited_at.isoformat() if edited else None,
        },
        "disposition": {
            "issue": confirmed.issue if confirmed else whole.summary.issue,
            "outcome": confirmed.outcome if confirmed else whole.summary.resolved,
            "confirmed_by": confirmed.confirmed_by if confirmed else None,
            "confirmed_at": confirmed.confirmed_at.isoformat() if confirmed else None,
        },
    }
