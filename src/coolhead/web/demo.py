"""The demo workspace: six written conversations to play, pause or step, on any desk."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from coolhead.errors import NotFoundError
from coolhead.services.demo.playing import Progress
from coolhead.web.needs import Here
from coolhead.web.pages import is_htmx, page, part
from coolhead.web.security import Person, signed_in


async def _demo_only(here: Here) -> None:
    if not here.settings.demo:
        raise NotFoundError("There is no demo here.", hint="Start Coolhead with `coolhead demo` to have one.")


router = APIRouter(prefix="/demo", dependencies=[Depends(signed_in), Depends(_demo_only)])


@router.get("")
async def demo(request: Request, here: Here, person: Person) -> Response:
    """The written conversations and how far each has come."""
    progress_of = {each.script.id: each for each in await here.demo.current()}
    names = {client.id: client.name for client in await here.accounts.list_clients(person)}
    return page(
        request,
        person,
        "demo.html",
        scripts=[(script, progress_of.get(script.id)) for script in here.demo.scripts],
        names=names,
        is_playing=here.demo.is_playing,
    )


@router.get("/{script_id}/row")
async def row(here: Here, script_id: str) -> Response:
    """How far one of them has come, for a page that is open."""
    progress = await _progress(here, script_id)
    return part("_player.html", script_id=script_id, progress=progress, playing=_playing(here, progress))


@router.post("/{script_id}/{action}")
async def control(request: Request, here: Here, script_id: str, action: str) -> Response:
    """Plays, pauses or steps a conversation, or begins it anew.

    Raises:
        NotFoundError: there is no such conversation or action.
    """
    progress = await _progress(here, script_id)
    if action == "again" or progress is None:
        if progress:
            here.demo.pause(progress.conversation.id)
            await here.live.end(here.demo.viewer, progress.conversation.id)
        conversation_id = (await here.demo.start(script_id)).id
        await here.demo.step(conversation_id)
    else:
        conversation_id = progress.conversation.id
    if action == "play":
        here.demo.play_in_background(conversation_id)
    elif action == "pause":
        here.demo.pause(conversation_id)
    elif action == "step":
        await here.demo.step(conversation_id)
    elif action != "again":
        raise NotFoundError("The player cannot do that.", hint="Play, pause, step or begin again.")
    if not is_htmx(request):
        return RedirectResponse("/demo", status_code=303)
    return await row(here, script_id)


async def _progress(here: Here, script_id: str) -> Progress | None:
    return next((each for each in await here.demo.current() if each.script.id == script_id), None)


def _playing(here: Here, progress: Progress | None) -> bool:
    return progress is not None and here.demo.is_playing(progress.conversation.id)
