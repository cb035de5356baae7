"""Three short conversations of different kinds, written for the goldens of the note."""

from __future__ import annotations

from datetime import UTC, datetime

from coolhead.codebook import Abuse, Cue, Issue, Promiser, Resolved, Speaker, Technique, Trigger
from tests.picture.lines import Heard, agent, customer, hear, promise


def boiler() -> list[Heard]:
    """A missed visit, owned and put right."""
    return hear(
        agent("Northgate Heating, this is Ama.", Technique.GREETING),
        customer(
            "My boiler engineer never arrived on Friday. I took a day off for him, and you people promised!",
            3,
            triggers=[Trigger.BROKEN_PROMISE],
        ),
        agent(
            "A whole day gone, and still no heating. I'm sorry. Is anyone at home who feels the cold?",
            Technique.APOLOGY,
            Technique.EMPATHY,
            Technique.CLARIFYING_QUESTION,
        ),
        customer(
            "My father is eighty-four and sits here in his coat.",
            2,
            triggers=[Trigger.EXTERNAL_STRESS],
            cues=[Cue.SAFETY_RISK],
        ),
        agent(
            "I've moved you to the top of tonight's list. I can also send two heaters by taxi.",
            Technique.SOLUTION,
            Technique.OWNERSHIP,
        ),
        customer("The heaters would help, yes.", 1, cues=[Cue.CONFIRMS]),
        agent(
            "They leave now. Deji will be with you by seven, and I ring you at half past.",
            Technique.COMMITMENT,
            Technique.TIME_BOUND,
            promises=[
                promise("send an engineer", "by seven", due=datetime(2026, 3, 20, 19, 0, tzinfo=UTC)),
                promise("ring you", "at half past", who=Promiser.AGENT),
            ],
        ),
        customer("Thank you, Ama. You are the first who listened.", 0, cues=[Cue.THANKS, Cue.PRAISE]),
        issue=Issue.BOOKING_CHANGE,
        resolved=Resolved.YES,
        csat=4.4,
    )


def gym() -> list[Heard]:
    """A refused cancellation that ends in abuse."""
    return hear(
        customer("I want to cancel my membership. Third e-mail!", 2, triggers=[Trigger.REPEAT_CONTACT]),
        agent("You have to cancel by letter.", Technique.EXPLAINS),
        customer(
            "A letter? In this century? I will tell everyone on every review site what you are.",
            3,
            triggers=[Trigger.POLICY],
            cues=[Cue.PUBLIC_THREAT, Cue.REJECTS],
            shown="tell everyone on every review site",
        ),
        agent("I understand.", Technique.EMPATHY),
        customer(
            "You understand nothing, you brainless parrot. When does it end?",
            4,
            triggers=[Trigger.UNHEARD],
            abuse=Abuse.INSULT,
        ),
        agent("Please don't speak to me like that.", Technique.BOUNDARY),
        customer("Put your manager on, parrot.", 4, abuse=Abuse.INSULT, cues=[Cue.ASKS_SUPERVISOR]),
        agent("This is Rosa, I manage the club.", Technique.GREETING, speaker=Speaker.SUPERVISOR),
        customer("Too late, Rosa. My bank has stopped the payments.", 3),
        issue=Issue.CANCELLATION,
        resolved=Resolved.NO,
        csat=1.2,
    )


def opening_hours() -> list[Heard]:
    """A plain question, calm from first to last."""
    return hear(
        customer("Hello! Are you open on Whit Monday, and may I bring a dog?", 0),
        agent("We are, ten to four, and dogs are welcome in the garden.", Technique.EXPLAINS),
        customer("Perfect, thanks!", 0, cues=[Cue.THANKS]),
        issue=Issue.INFORMATION,
        resolved=Resolved.YES,
        csat=5.0,
    )
