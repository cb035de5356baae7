"""Practice on screen: begin a scenario, talk with the customer, take a hint, pause, stop; one's own runs."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from coolhead.errors import ForbiddenError
from coolhead.practice.debrief import ENDED
from coolhead.practice.hint import HINT_COST
from coolhead.practice.run import MOST_CHARACTERS
from coolhead.practice.scenario import Difficulty
from coolhead.services.access import Right, Viewer
from coolhead.services.training.casting import WarnedFirstError
from coolhead.services.training.practising import Beginning, Session
from coolhead.storage.clients import Client
from coolhead.web.needs import Here, Services
from coolhead.web.pages import is_htmx, page
from coolhead.web.security import HEADERS, Person
from coolhead.web.stream import partial
from coolhead.web.templating import draw

PAGE = 30
MICROPHONE = HEADERS["Permissions-Policy"].replace("microphone=()", "microphone=(self)")
Text = Annotated[str, Form()]

router = APIRouter(prefix="/practice")


async def clients_of(here: Services, person: Viewer) -> list[Client]:
    """The clients at which the person may practise."""
    known = await here.accounts.list_clients(person)
    return [each for each in known if person.may(Right.PRACTISE, each.id)]


@router.get("/start/{scenario_id}")
async def start(
    request: Request, here: Here, person: Person, scenario_id: str, client: str = "", seed: int | None = None
) -> Response:
    """Who tells it, and how hard."""
    at = await _client(here, person, client)
    return await _start_page(request, here, person, at, Beginning(scenario_id=scenario_id, seed=seed))


@router.post("/start/{scenario_id}")
async def begin(
    request: Request,
    here: Here,
    person: Person,
    scenario_id: str,
    client: Text = "",
    persona: Text = "",
    difficulty: Annotated[Difficulty, Form()] = Difficulty.NORMAL,
    seed: Annotated[int | None, Form(ge=0, lt=2**31)] = None,
    warned: Annotated[bool, Form()] = False,
) -> Response:
    """Begins the run; a persona with a warning is asked about first."""
    at = await _client(here, person, client)
    begun = Beginning(
        scenario_id=scenario_id, persona_id=persona, difficulty=difficulty, seed=seed, warned=warned
    )
    try:
        session = await here.practising.begin(person, at.id, begun)
    except WarnedFirstError as error:
        return await _start_page(request, here, person, at, begun, warning=error.hint)
    return _to(session.kept.id)


@router.post("/wishes")
async def wish(
    here: Here,
    person: Person,
    abusive: Annotated[bool, Form()] = False,
    scenario: Text = "",
    client: Text = "",
) -> Response:
    """Whether abusive customers may be offered; back to the scenario that was looked at."""
    await here.casting.wish(person, abusive=abusive)
    back = f"/practice/start/{scenario}?{urlencode({'client': client})}" if scenario else "/practice/runs"
    return RedirectResponse(back, status_code=303)


@router.get("/runs")
async def mine(request: Request, here: Here, person: Person, offset: int = 0) -> Response:
    """One's own runs, the latest first."""
    offset = max(0, offset)
    found = await here.practising.list_mine(person, limit=PAGE, offset=offset)
    clients = {each.id: each for each in await clients_of(here, person)}
    return page(
        request,
        person,
        "practice_list.html",
        runs=found.runs,
        total=found.total,
        clients=clients,
        more=f"/practice/runs?offset={offset + PAGE}" if offset + PAGE < found.total else "",
    )


@router.get("/runs/{run_id}")
async def one(request: Request, here: Here, person: Person, run_id: str) -> Response:
    """The talk with the customer."""
    session = await here.practising.read(person, run_id)
    answer = page(request, person, "practice_run.html", longest=MOST_CHARACTERS, **_values(session))
    answer.headers["Permissions-Policy"] = MICROPHONE
    return answer


@router.post("/runs/{run_id}/say")
async def say(
    request: Request,
    here: Here,
    person: Person,
    run_id: str,
    text: Text = "",
    number: Annotated[int, Form()] = 0,
    let_say: Annotated[int | None, Form(ge=0)] = None,
) -> Response:
    """Says the agent's turn of that number; `let_say` when it was spoken before the customer had finished."""
    return _answered(request, await here.practising.say(person, run_id, number, text, let_say=let_say))


@router.post("/runs/{run_id}/hint")
async def hint(request: Request, here: Here, person: Person, run_id: str) -> Response:
    """Takes a hint for the next turn."""
    return _answered(request, await here.practising.hint(person, run_id))


@router.post("/runs/{run_id}/pause")
async def pause(
    request: Request, here: Here, person: Person, run_id: str, paused: Annotated[bool, Form()] = True
) -> Response:
    """Holds the run, or goes on."""
    return _answered(request, await here.practising.pause(person, run_id, paused=paused))


@router.post("/runs/{run_id}/stop")
async def stop(here: Here, person: Person, run_id: str) -> Response:
    """Ends the run; its debrief comes next."""
    await here.practising.stop(person, run_id)
    return RedirectResponse(f"/practice/runs/{run_id}/debrief", status_code=303)


@router.post("/runs/{run_id}/again")
async def again(here: Here, person: Person, run_id: str, number: Annotated[int, Form()]) -> Response:
    """A new run from before that turn."""
    return _to((await here.practising.again(person, run_id, number)).kept.id)


async def _client(here: Services, person: Viewer, client_id: str) -> Client:
    """The client that was asked for, else the first one at which the person may practise."""
    known = await clients_of(here, person)
    if client_id:
        person.require(Right.PRACTISE, client_id)
    found = next((each for each in known if each.id == client_id or not client_id), None)
    if found is None:
        raise ForbiddenError("You practise for no client yet.", hint="Ask an admin for a role at one.")
    return found


async def _start_page(
    request: Request,
    here: Services,
    person: Viewer,
    at: Client,
    begun: Beginning,
    *,
    warning: str = "",
) -> HTMLResponse:
    offer = await here.casting.offer(person, at.id, begun.scenario_id)
    return page(
        request,
        person,
        "practice_start.html",
        offer=offer,
        scenario=offer.scenario,
        begun=begun,
        warning=warning,
        client=at,
        clients=await clients_of(here, person),
        difficulties=list(Difficulty),
    )


def _values(session: Session) -> dict[str, Any]:
    """What the templates of a run need."""
    return {
        "kept": session.kept,
        "run": session.run,
        "scenario": session.run.scenario,
        "hint": session.hint,
        "hint_cost": HINT_COST,
        "endings": ENDED,
    }


def _answered(request: Request, session: Session) -> Response:
    """The pieces of the open page that a step changes; without scripts, the page anew."""
    if not is_htmx(request):
        return _to(session.kept.id)
    values = _values(session)
    pieces = [
        partial("talk", draw("_practice_talk.html", **values)),
        partial("next", draw("_practice_next.html", **values)),
        partial("held", draw("_practice_held.html", **values)),
    ]
    return HTMLResponse("".join(pieces))


def _to(run_id: str) -> Response:
    return RedirectResponse(f"/practice/runs/{run_id}", status_code=303)
