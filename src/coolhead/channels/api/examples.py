"""Examples of answers for the API's description, made of the library's own types so that they stay true."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from pydantic import TypeAdapter

from coolhead.casework.finding import needles, snippet
from coolhead.channels.api.shapes import ConversationOut, NoteOut, TurnsOut
from coolhead.codebook import Behaviour, Channel, Heat, Issue, Resolved, Speaker, Technique, Trigger
from coolhead.conversation.turn import Turn
from coolhead.guidance.card import Card
from coolhead.perception.reading import Evidence, HeatReading, Reading, Sign, Timing
from coolhead.picture.note import NoteSentence, Part
from coolhead.picture.state import HeatPoint, Noticed, Picture, Stage, Trend
from coolhead.services.conversations.live import Page
from coolhead.services.conversations.search import Hit, Results, Snippet
from coolhead.storage.conversations import StandingCard, Status, Summary
from coolhead.storage.moments import KeptMoment
from coolhead.storage.search import Kind

AT = datetime(2026, 3, 18, 13, 20, 31, tzinfo=UTC)
TURN = Turn(
    id="7",
    speaker=Speaker.CUSTOMER,
    text="This is the third time I have called about the same bill.",
    start=31.2,
    end=36.0,
    place=31.2,
)
CARD = Card(
    id="own-repeat-contact",
    title="Own the repeat calls before you look at the bill",
    say="Three calls about one bill is two too many. I will stay with this until it is right.",
    techniques=(Technique.APOLOGY, Technique.OWNERSHIP),
    why="They have had to call before, and heat is frustrated.",
    learn="docs/explanation/method/own-it.md",
    noticed=("trigger: repeat contact", "heat is frustrated"),
)
MOMENT = KeptMoment(
    turn=TURN,
    reading=Reading(
        heat=HeatReading(
            level=Heat.FRUSTRATED,
            expected=2.1,
            probabilities=(0.03, 0.15, 0.55, 0.23, 0.04),
            evidence=Evidence(0, 21),
        ),
        behaviours=(Sign(Behaviour.ANGRY, 0.61, Evidence(0, 21)),),
        triggers=(Sign(Trigger.REPEAT_CONTACT, 0.94, Evidence(12, 33)),),
        next_best=(Technique.APOLOGY, Technique.OWNERSHIP),
        timing=Timing(silence=0.4, words_per_minute=150.0),
        issue={Issue.BILLING: 0.9, Issue.OTHER: 0.1},
        resolved={Resolved.YES: 0.1, Resolved.PARTLY: 0.2, Resolved.NO: 0.7},
        csat=2.2,
        scores={"repeat_contact": 0.94, "angry": 0.61},
    ),
    card=CARD,
    heat=52.5,
    received_at=AT,
)
SUMMARY = Summary(
    id="0f4f9c8c2f6b4d0d9d0c5c1d3f8a7b62",
    client_id="northline",
    reference="call-88213",
    channel=Channel.CALL,
    status=Status.LIVE,
    customer="Daniel Okafor",
    agent="Mara",
    agent_id=None,
    opened_at=AT,
    active_at=AT,
    version=1,
    turns=1,
    last_words=TURN.text,
    heat=52.5,
    level=Heat.FRUSTRATED,
    trend=Trend.STEADY,
    stage=Stage.LISTEN,
    risk=0.31,
    curve=(52.5,),
    card=StandingCard(turn_id="7", card=CARD),
)
PICTURE = Picture(
    started_at=AT,
    channel=Channel.CALL,
    turns=1,
    recent=(TURN,),
    course=(HeatPoint(turn_id="7", number=0, level=Heat.FRUSTRATED, score=52.5),),
    level=Heat.FRUSTRATED,
    risk=0.31,
    noticed=(Noticed(term=Trigger.REPEAT_CONTACT, turn_id="7", number=0),),
)
NOTE = NoteSentence(part=Part.REASON, text="Called about a bill.", turn_ids=("7",))
WHOLE = ConversationOut(
    conversation=SUMMARY,
    turns=[MOMENT],
    picture=PICTURE,
    note=NoteOut(text=NOTE.text, edited_by=None, edited_at=None, version=0, drafted=(NOTE,)),
    disposition=None,
    offers=[],
)
TURNS = TurnsOut(turns=[MOMENT])
PAGE = Page(conversations=[SUMMARY], total=1)

FOUND = Snippet(kind=Kind.TURN, turn_id="7", pieces=snippet(TURN.text, needles("bill")))
RESULTS = Results(hits=(Hit(conversation=SUMMARY, snippets=(FOUND,)),), total=1)


def answered(status: int, value: object, description: str) -> dict[int | str, dict[str, Any]]:
    """The description of a good answer, with the value as its example."""
    kind: TypeAdapter[Any] = TypeAdapter(type(value))
    example = kind.dump_python(value, mode="json")
    return {
        status: {
            "model": type(value),
            "description": description,
            "content": {"application/json": {"example": example}},
        }
    }
