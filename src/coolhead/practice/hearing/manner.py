"""What an agent's words alone tell of how they are meant, in any scenario."""

from __future__ import annotations

import re

from coolhead.practice.hearing.phrase import holds
from coolhead.practice.scenario import Scenario
from coolhead.practice.seen import Deed

_PLAIN: tuple[tuple[Deed, re.Pattern[str]], ...] = tuple(
    (deed, re.compile(words, re.IGNORECASE))
    for deed, words in (
        (
            Deed.SWORE,
            r"\b(fuck\w*|shit\w*|bitch|bastard|arse ?hole|asshole|idiot|moron|stupid|wanker|cunt|dick ?head"
            r"|piss off|shut up|screw you|go to hell|damn you)\b",
        ),
        (
            Deed.OWNED,
            r"\b(leave (it|this|that) with me|my responsibility|(see|seeing) (this|it) through|i('m"
            r"| am) on it|take (this|it) on|i own this|stays with me|mine now|i('ll| will) (personally"
            r"|take care)|count on me|(is|'s) (on us|our (fault|mistake)))\b",
        ),
        (
            Deed.EMPATHY,
            r"\bi (do |really |completely )?believe you\b|\byou('re| are) (absolutely |quite |completely "
            r"|perfectly )?right\b(?! (about|that|in|to)\b.*\?)",
        ),
        (
            Deed.RECOMMENDED,
            r"\b(i('d| would) (go|take|choose|pick|recommend|suggest)|my (advice|suggestion|recommendation)"
            r"|if (i were|it were|it was)|i recommend|i suggest|the (better|best|simplest|quickest) (one|way"
            r"|is))\b",
        ),
        (
            Deed.ENDED,
            r"\b(good ?bye|bye( now)?\b|i('m| am|'ll| will)( going to| now)? (end|close|hang)(ing)? (this"
            r"|the|up)|have a (nice|good|great|lovely) (day|evening|weekend))",
        ),
    )
)
"""What the words alone tell."""

ADMITS = re.compile(
    r"\b(we|i) (was|were) wrong\b|\b(that|it) was (wrong|thoughtless|unfair) of (us|me)|\bour (own )?(fault"
    r"|mistake)\b|\b(accusing|blaming|doubting) you was wrong\b|\bthat was the wrong thing\b",
    re.IGNORECASE,
)
ACCUSES = re.compile(
    r"\b(why (didn't|don't|haven't) you|did(n't)? you (even|not|ever|really|read|check)"
    r"|don't you|your (own )?"
    r"(fault|mistake)|what's wrong with you|are you (sure|serious|stupid|lying|always)|who do you think"
    r"|you (should|could|must|ought|didn't|did not|haven't|hadn't|failed|forgot|never|only|just))\b",
    re.IGNORECASE,
)
"""A question that may blame; any other is only asked."""

WAVES_AWAY = re.compile(r"\bcalm(ing)? down\b|\brelax\b|\bno need to (be|get|shout|worry)\b", re.IGNORECASE)
INTRODUCES = re.compile(
    r"^\W*(hi\b|hiya|hey|hello|good (morning|afternoon|evening|day))|\b(my name('s| is)"
    r"|this is (?-i:[A-Z])\w*|speaking|you're (through|speaking|talking|chatting)|welcome"
    r"|(?-i:[A-Z])\w+ here|thank(s| you) for (calling|contacting|getting|writing))\b",
    re.IGNORECASE,
)
HANDS_OVER = re.compile(
    r"\b(manager|supervisor|team leader|specialist|escalat\w*|colleague|transfer you|put you through"
    r"|hand(ing)? (you|this)|pass(ing)? (you|this|it) (on|to|over))\b",
    re.IGNORECASE,
)

CONSULTS = re.compile(
    r"\b(?:check|ask|consult|confirm|clarify|speak|talk)\w*(?: it| this| that)? (?:with "
    r"|to )?(?:my|a|our|the) "
    r"(?:colleague|manager|supervisor|specialist|team leader)s?\b",
    re.IGNORECASE,
)
"""To ask somebody is not to hand anything over to them."""


def plain_deeds(text: str, scenario: Scenario) -> set[Deed]:
    """The deeds that the words tell without their being perceived."""
    found = {deed for deed, words in _PLAIN if words.search(text)}
    names = tuple(part for part in scenario.customer.split() if part[:1].isupper() and not part.endswith("."))
    if holds(text, names):
        found.add(Deed.USED_NAME)
    return found
