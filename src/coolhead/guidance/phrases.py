"""How a card speaks of what was noticed: the words for each term, and the slots that a playbook may use."""

from __future__ import annotations

import re

from coolhead.codebook import Abuse, Behaviour, Cue, Issue, Misstep, Term, Trigger
from coolhead.guidance.conditions import Conditions
from coolhead.guidance.facts import with_facts
from coolhead.guidance.scene import Scene, likely_issue
from coolhead.perception.reading import Sign
from coolhead.picture.state import Picture

SLOTS = {
    "heat": 'how worked up the customer is now: "angry"',
    "issue": 'what the conversation is about: "the delivery", or "this" when that is not clear',
    "trouble": 'what went wrong for them, to follow "sorry about": "the way you have had to keep asking"',
    "noticed": "what this card answers, with the customer's own words where they show it",
}
SLOT = re.compile(r"\{([^{}]*)\}")
QUOTE_LENGTH = 60
QUOTE_WORDS = 3
"""Fewer words show nothing on their own."""

_NOTICED: dict[Term, str] = {
    Trigger.UNMET_EXPECTATION: "something that did not work as it should",
    Trigger.BROKEN_PROMISE: "a promise that was not kept",
    Trigger.REPEAT_CONTACT: "an earlier contact about the same thing",
    Trigger.MISCOMMUNICATION: "different or unclear answers",
    Trigger.UNHEARD: "a customer who does not feel heard",
    Trigger.EFFORT: "waiting, hoops or repeating",
    Trigger.POLICY: "a rule that says no",
    Trigger.EXTERNAL_STRESS: "pressure from outside this matter",
    Cue.CHURN_THREAT: "a threat to leave",
    Cue.PUBLIC_THREAT: "a threat to go public",
    Cue.LEGAL_THREAT: "talk of a legal step",
    Cue.ASKS_SUPERVISOR: "a wish for a supervisor",
    Cue.SAFETY_RISK: "someone who may come to harm",
    Cue.CONFIRMS: "a yes",
    Cue.REJECTS: "a no",
    Cue.THANKS: "thanks",
    Cue.PRAISE: "praise",
    Behaviour.ANGRY: "open anger",
    Behaviour.PASSIVE_AGGRESSIVE: "sarcasm or ice",
    Behaviour.INDECISIVE: "a choice that is hard to make",
    Behaviour.ABUSIVE: "abuse aimed at a person",
    Abuse.NONE: "no abuse",
    Abuse.PROFANITY: "swearing at the situation",
    Abuse.INSULT: "an insult",
    Abuse.HARASSMENT: "harassment",
    Abuse.THREAT: "a threat of harm",
    Misstep.NEGATIVE_LANGUAGE: "a no with nothing offered instead",
    Misstep.DEFENSIVE: "a defence where they hoped for an answer",
    Misstep.DISMISSIVE: "a feeling that was passed over",
    Misstep.PREMATURE_SOLUTION: "a remedy before the facts or the feeling",
    Misstep.OVERPROMISE: "a guarantee of what is not in your hands",
    Misstep.VAGUE_COMMITMENT: "a promise with no date",
    Misstep.SCRIPTED: "a stock phrase",
    Misstep.JARGON: "words that only insiders know",
    Misstep.INTERRUPTS: "an interruption",
    Misstep.ASKS_AGAIN: "a question they had already answered",
    Misstep.RUDE: "a sharp tone",
}

_ISSUE = {
    Issue.DELIVERY: "the delivery",
    Issue.WRONG_ITEM: "the wrong item",
    Issue.PRODUCT_DEFECT: "the fault",
    Issue.BILLING: "the bill",
    Issue.REFUND_RETURN: "the refund",
    Issue.OUTAGE: "the outage",
    Issue.ACCOUNT_ACCESS: "the trouble getting in",
    Issue.BOOKING_CHANGE: "the booking",
    Issue.CANCELLATION: "the cancellation",
    Issue.TECHNICAL_HELP: "the trouble getting it to work",
    Issue.STAFF_CONDUCT: "how you were treated",
    Issue.INFORMATION: "your question",
}

_TROUBLE = {
    Trigger.BROKEN_PROMISE: "the promise that was not kept",
    Trigger.REPEAT_CONTACT: "the way you have had to keep asking",
    Trigger.MISCOMMUNICATION: "the muddle over what you were told",
    Trigger.UNHEARD: "the way you were not listened to",
    Trigger.EFFORT: "how much of your time this has taken",
}
"""Most telling first; each is singular, and follows "sorry about" as well as it precedes "is frustrating"."""

_TROUBLE_BY_ISSUE = {
    Issue.DELIVERY: "the trouble with your delivery",
    Issue.WRONG_ITEM: "the mistake with your order",
    Issue.PRODUCT_DEFECT: "the fault",
    Issue.BILLING: "the trouble with your bill",
    Issue.REFUND_RETURN: "the wait for your money",
    Issue.OUTAGE: "the outage",
    Issue.ACCOUNT_ACCESS: "the trouble getting in",
    Issue.BOOKING_CHANGE: "the trouble with your booking",
    Issue.CANCELLATION: "the trouble with cancelling",
    Issue.TECHNICAL_HELP: "the trouble getting it to work",
    Issue.STAFF_CONDUCT: "the way you were treated",
}


def fill(text: str, scene: Scene, conditions: Conditions) -> str:
    """`text` with its slots and facts filled for this scene; `conditions` say what the card answers."""
    issue = likely_issue(scene.picture)
    words = {
        "heat": scene.heat.words,
        "issue": _ISSUE[issue] if issue else "this",
        "trouble": trouble(scene.picture) or "this",
        "noticed": noticed(conditions, scene),
    }
    filled = SLOT.sub(lambda slot: words[slot.group(1)], with_facts(text, scene.terms.facts))
    return filled[:1].upper() + filled[1:]


def trouble(picture: Picture) -> str | None:
    """What went wrong for the customer, as a phrase to follow "sorry about"; None when that is not clear."""
    noticed = {each.term for each in picture.noticed}
    known = next((phrase for trigger, phrase in _TROUBLE.items() if trigger in noticed), None)
    issue = likely_issue(picture)
    return known or (_TROUBLE_BY_ISSUE.get(issue) if issue else None)


def noticed(conditions: Conditions, scene: Scene) -> str:
    """The first thing of this turn that `conditions` ask for, with the words that show it where known."""
    wanted: tuple[Term, ...] = (
        *(conditions.abuse or ()),
        *(conditions.triggers or ()),
        *(conditions.cues or ()),
        *(conditions.behaviours or ()),
    )
    for sign in scene.reading.signs:
        if sign.term in wanted:
            return _NOTICED[sign.term] + _quote(sign, scene)
    for misstep in conditions.missteps or ():
        if scene.made(misstep):
            return _NOTICED[misstep] + _misstep_quote(misstep, scene)
    return f"{_article(scene.heat.words)} {scene.heat.words} customer"


def _misstep_quote(misstep: Misstep, scene: Scene) -> str:
    sign = next((sign for sign in scene.reading.missteps if sign.term is misstep), None)
    return _quote(sign, scene) if sign else ""


def _quote(sign: Sign[Term], scene: Scene) -> str:
    words = " ".join(scene.turn.text[sign.evidence.start : sign.evidence.end].split())
    if sign.evidence.start is None or len(words.split()) < QUOTE_WORDS:
        return ""
    if len(words) > QUOTE_LENGTH:
        words = words[:QUOTE_LENGTH].rsplit(" ", 1)[0] + "…"
    return f" (“{words}”)"


def _article(word: str) -> str:
    return "an" if word[0] in "aeiou" else "a"
