"""Words with which an agent explains to the customer that a supervisor is called, and what comes of it."""

from __future__ import annotations

from coolhead.casework.escalation import Escalation, Origin, State

BEFORE = {
    Origin.CUSTOMER: "Of course. I'm asking my supervisor to join us, and I'll tell them all of it first.",
    Origin.ADVICE: "I'd like my supervisor to look at this with us, so that you get a proper answer.",
}
"""What may be said while the call is only proposed, by what proposes it."""

SAYING = {
    State.REQUESTED: "I'm bringing in my supervisor. They know what happened, so you need not repeat it.",
    State.BRIEFED: "My supervisor is reading what happened, so that you need not tell it again.",
    State.ACCEPTED: "{who} will be with us in a moment and knows what happened.",
    State.JOINED: "{who} is here now and can decide this with us.",
    State.TAKEN_OVER: "{who} takes it from here and knows everything that was said.",
    State.RETURNED: "{who} has left this with me again. What we agreed is [what was agreed].",
    State.CLOSED: "That part is settled. Is there anything else that you need from me?",
    State.DECLINED: "My supervisor can't join us now. What I can do for you right away is [what you can do].",
    State.CALL_BACK: "Nobody is free right now. You will be called back [when]; I have put that on record.",
}
"""What may be said in each state; `{who}` is the supervisor, `[…]` is for the agent to fill."""


def words_for(escalation: Escalation) -> str:
    """What the agent may say now."""
    return SAYING[escalation.state].format(who=escalation.supervisor or "My supervisor")
