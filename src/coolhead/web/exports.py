"""A conversation as a file to take away, with its note and disposition, in forms that other systems read."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter
from starlette.responses import Response

from coolhead.conversation.formats import write_codebook, write_webvtt
from coolhead.conversation.turn import Conversation
from coolhead.errors import NotFoundError
from coolhead.services.access import Right
from coolhead.services.conversations.vcon import about_of, conversation_of, vcon_of
from coolhead.services.conversations.whole import Whole
from coolhead.web.needs import Here
from coolhead.web.security import Person

router = APIRouter(prefix="/conversations/{conversation_id}/export")

Writer = Callable[[Conversation, Whole], str]


WRITERS: dict[str, tuple[str, Writer]] = {
    "vcon.json": ("vCon 0.4.0", lambda _, whole: vcon_of(whole)),
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
    await here.audit.took_away(person, summary, form)
    said = conversation_of(whole)
    return Response(
        WRITERS[form][1](said, whole),
        media_type="application/json" if form.endswith("json") else "text/plain",
        headers={"Content-Disposition": f'attachment; filename="{summary.id}.{form}"'},
    )
