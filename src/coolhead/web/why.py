"""Why a mark is there: label, score, definition, evidence; and "this is wrong, it should be ..."."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form
from starlette.responses import Response

from coolhead.codebook import Abuse, Behaviour, Cue, Heat, Misstep, Technique, Trigger
from coolhead.errors import NotFoundError
from coolhead.storage.contests import Field
from coolhead.storage.moments import KeptMoment
from coolhead.web.marks import Shown, heat_shown, shown_at, timed
from coolhead.web.needs import Here
from coolhead.web.pages import part
from coolhead.web.security import Person

router = APIRouter(prefix="/conversations/{conversation_id}/turns/{turn_id}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A word that a label could be instead."""

    value: str
    words: str
    definition: str


TERMS = {
    Field.BEHAVIOURS: Behaviour,
    Field.ABUSE: Abuse,
    Field.TRIGGERS: Trigger,
    Field.CUES: Cue,
    Field.TECHNIQUES: Technique,
    Field.MISSTEPS: Misstep,
}
CHOICES = {
    field: [Choice(value=term.value, words=term.words, definition=term.definition) for term in terms]
    for field, terms in TERMS.items()
} | {
    Field.HEAT: [
        Choice(value=str(int(level)), words=level.words, definition=level.definition) for level in Heat
    ]
}


@router.get("/why")
async def why(
    here: Here,
    person: Person,
    conversation_id: str,
    turn_id: str,
    start: int | None = None,
    timing: int | None = None,
) -> Response:
    """What the mark shows that begins at `start`, the `timing`th thing the clock shows, or the turn's heat.

    Raises:
        NotFoundError: there is no such mark.
    """
    moment = await here.live.read_moment(person, conversation_id, turn_id)
    shown, evidence = _asked(moment, start, timing)
    return part(
        "_why.html",
        shown=shown,
        evidence=evidence,
        choices={each.field: CHOICES[Field(each.field)] for each in shown if each.field in list(Field)},
        address=f"/conversations/{conversation_id}/turns/{turn_id}/contest",
    )


@router.post("/contest")
async def contest(
    here: Here,
    person: Person,
    conversation_id: str,
    turn_id: str,
    field: Annotated[Field, Form()],
    shown: Annotated[str, Form()],
    should_be: Annotated[str, Form()] = "",
    comment: Annotated[str, Form()] = "",
) -> Response:
    """Keeps "this is wrong, it should be ..."; an empty `should_be` says that nothing should be shown."""
    await here.desk.contest(
        person, conversation_id, turn_id, field, shown=shown, should_be=should_be or None, comment=comment
    )
    return part("_contested.html", should_be=_words(field, should_be))


def _asked(moment: KeptMoment, start: int | None, timing: int | None) -> tuple[list[Shown], str]:
    if timing is not None:
        found = timed(moment.reading)
        if 0 <= timing < len(found):
            return [found[timing][0]], found[timing][1]
    elif start is not None:
        mark = shown_at(moment.turn, moment.reading, start)
        if mark:
            return list(mark.shown), ""
    elif moment.reading.heat:
        return [heat_shown(moment.reading)], ""
    raise NotFoundError("There is no such mark any more.", hint="Look at the conversation again.")


def _words(field: Field, value: str) -> str:
    return next((choice.words for choice in CHOICES[field] if choice.value == value), "nothing")
