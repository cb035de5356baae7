"""Calling a supervisor from the desk, and answering the call: the section of the rail and its buttons."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form
from starlette.responses import HTMLResponse, Response

from coolhead.casework.briefing import Line, Topic
from coolhead.casework.courtesy import BEFORE, words_for
from coolhead.casework.escalation import Escalation, Move, Origin, State, moves_from
from coolhead.codebook import Cue, Technique
from coolhead.services.access import Right, Viewer
from coolhead.services.casework.escalations import briefing_of
from coolhead.services.conversations.whole import Whole
from coolhead.web.needs import Here
from coolhead.web.security import Person

router = APIRouter()
Text = Annotated[str, Form()]

LANDS = {Move.BRIEF: "/floor/", Move.ACCEPT: "/floor/", Move.TAKE_OVER: "/desk/", Move.GIVE_BACK: "/floor/"}
"""The page that a move brings its supervisor to; the others stay where they are."""

SETTLED = frozenset({State.RETURNED, State.CLOSED, State.DECLINED, State.CALL_BACK})


def help_of(whole: Whole, viewer: Viewer, *, watching: bool) -> dict[str, Any]:
    """What `_help.html` and `_say.html` are drawn from."""
    call = whole.call
    answers = watching and viewer.may(Right.ANSWER_CALLS, whole.summary.client_id)
    open_call = call is not None and call.state.is_open and call.state is not State.RETURNED
    return {
        "call": call,
        "call_moves": _moves(call, viewer, answers=answers),
        "call_is_mine": call is not None and call.supervisor_id == viewer.id,
        "call_settled": call is None or call.state in SETTLED,
        "call_words": words_for(call) if call else "",
        "asks": None if open_call or whole.summary.ended_at else asks_of(whole),
        "before_asking": BEFORE,
        "briefing": by_topic(briefing_of(whole)) if open_call and (watching or _inside(call, viewer)) else [],
    }


def asks_of(whole: Whole) -> Origin | None:
    """What proposes to call a supervisor now: the customer, or the advice that stands; None for nothing."""
    recent = {turn.id for turn in whole.picture.recent}
    call = whole.call
    since = call.turn_id if call else None
    wanted = [each for each in whole.picture.noticed if each.term is Cue.ASKS_SUPERVISOR]
    if any(each.turn_id in recent and each.turn_id != since for each in wanted) and call is None:
        return Origin.CUSTOMER
    card = whole.summary.card
    return Origin.ADVICE if card and Technique.ESCALATION in card.card.techniques else None


def by_topic(lines: tuple[Line, ...]) -> list[tuple[Topic, list[Line]]]:
    """The lines of a briefing under their topics."""
    return [
        (topic, [line for line in lines if line.topic is topic])
        for topic in Topic
        if any(line.topic is topic for line in lines)
    ]


@router.post("/desk/{conversation_id}/help")
async def ask(
    here: Here,
    person: Person,
    conversation_id: str,
    origin: Annotated[Origin, Form()] = Origin.AGENT,
    text: Text = "",
) -> Response:
    """Calls a supervisor; the page learns of it by the stream."""
    wanted = origin if origin in BEFORE else Origin.AGENT
    await here.escalations.ask(person, conversation_id, wanted, text)
    return Response(status_code=204)


@router.post("/escalations/{escalation_id}/call_back")
async def call_back(here: Here, person: Person, escalation_id: str, when: Text) -> Response:
    """Nobody is free: the customer is promised a call-back, which stands in the ledger from now on."""
    await here.escalations.promise_call_back(person, escalation_id, when)
    return Response(status_code=204)


@router.post("/escalations/{escalation_id}/withdraw")
async def withdraw(here: Here, person: Person, escalation_id: str) -> Response:
    """The agent needs no help any more."""
    await here.escalations.move(person, escalation_id, Move.WITHDRAW)
    return Response(status_code=204)


@router.post("/escalations/{escalation_id}/{move}")
async def make_move(
    here: Here, person: Person, escalation_id: str, move: Move, reason: Text = ""
) -> Response:
    """Moves a call on, and brings its supervisor where they are needed."""
    after = await here.escalations.move(person, escalation_id, move, reason)
    if move in LANDS:
        return Response(status_code=204, headers={"HX-Redirect": f"{LANDS[move]}{after.conversation_id}"})
    return Response(status_code=204)


@router.post("/floor/{conversation_id}/say")
async def say(
    here: Here, person: Person, conversation_id: str, text: Text, message_id: Text = ""
) -> Response:
    """The supervisor who has joined says something to the customer."""
    summary = (await here.live.read_stand(person, conversation_id)).summary
    person.require(Right.ANSWER_CALLS, summary.client_id)
    await here.chat.answer(person, conversation_id, text, message_id)
    return HTMLResponse("Sent to the customer.")


def _inside(call: Escalation | None, viewer: Viewer) -> bool:
    return call is not None and call.supervisor_id == viewer.id


def _moves(call: Escalation | None, viewer: Viewer, *, answers: bool) -> frozenset[str]:
    """The moves that the viewer may make now, by name; accepting counts as having read the briefing."""
    if call is None:
        return frozenset()
    moves = moves_from(call)
    if call.state is State.REQUESTED:
        moves |= {Move.ACCEPT}
    if not answers and not _inside(call, viewer):
        moves &= {Move.WITHDRAW, Move.CALL_BACK}
    return frozenset(move.value for move in moves)
