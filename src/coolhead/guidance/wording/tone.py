"""From a feeling passed over, blame or sharpness to something kind and useful."""

from __future__ import annotations

from coolhead.codebook import Heat, Misstep
from coolhead.guidance.wording.draft import OFFER, Draft, capital, core, either, find, match, opened

_CALM_DOWN = (
    r"(?:(?:ok(?:ay)?|look|listen|sir|madam|ma'am),? )?"
    r"(?:please |just |you (?:need|have) to |can you |could you |try to )*"
    r"(?:calm (?:down|yourself)|relax|chill(?: out)?|settle down)(?:,? (?:sir|madam|ma'am|please|now))*"
)
_NO_NEED = (
    r"(?:there(?:'?s| is) )?no need to (?:be (?:rude|upset|angry|like that)"
    r"|get (?:so |all )?(?:upset|angry|worked up|emotional)|shout|yell|raise your voice)(?: at me)?"
)
_NO_BIG_DEAL = (
    r"(?:it|that|this)(?:'?s| is) (?:really )?(?:not|no) (?:such )?(?:a )?(?:big|huge) (?:deal|problem|issue)"
)
_MINIMISES = (
    r"\b(?:only|just|worth|upset|worr(?:y|ied)|normal|simply|patient|calm|relax|over ?react\w*|fine)\b"
)
_GREETS = r"^(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|thank|i'?m sorry|sorry|i understand|@)\b"
_NOT_US = (
    r"(?:it|that|this)(?:'?s| is| was)(?: really)?(?: not|n't) (?:our|my) "
    r"(?:fault|problem|mistake|responsibility)"
)
_SHOULD_HAVE = r"you should(?:'ve| have|n'?t have| not have) [^,;]+"
_YOU_DID_NOT = (
    r"you (?:didn'?t|did not|haven'?t|have not|failed to|forgot to|never) "
    r"(?:send|sent|give|given|provide|provided|include|included|attach|attached|upload|uploaded)(?: us| me)? "
    r"(?P<thing>(?:the|your|a|an) [^,;]+)"
)
_SYSTEM = (
    r"(?:the|our|my) (?:system|computer) (?:won'?t|doesn'?t|does not|will not) (?:let|allow) (?:me|us)"
    r"(?:(?: to)? do (?:it|that|this))?"
)
_RUDE = either(
    r"(?:that'?s|it'?s|this is|sounds like) (?:not my|your) problem",
    r"not my problem",
    r"(?:i|we) don'?t care",
    r"whatever",
    r"(?:are you|you must be) (?:deaf|stupid|thick|blind)",
    r"what do you expect(?: me to do)?",
    r"you heard me",
    r"suit yourself",
)
_KNOWN = (
    r"your (?P<thing>(?:full |account |order |phone |booking |reference |tracking |customer |policy |case )?"
    r"(?:name|number|address|postcode|reference|email|id))(?: again)?(?:,? please)?"
)
_ASK = either(
    r"(?:can|could|may|might) (?:i|you|we) (?:please )?"
    r"(?:have|get|take|confirm|give me|tell me|provide(?: me with)?|share|verify|repeat)",
    r"(?:please )?(?:confirm|give me|tell me|provide|share|verify|repeat)",
    r"what(?:'?s| is)",
)


def name_the_feeling(sentence: str, draft: Draft) -> str | None:
    """The feeling named, instead of "calm down" and its kin."""
    _, said = opened(core(sentence))
    if match(_NO_BIG_DEAL, said):
        return "I can see that this matters to you."
    if match(either(_CALM_DOWN, _NO_NEED), said):
        return _feeling(draft.heat)
    then = match(
        rf"{_CALM_DOWN},? (?:and|so)(?: then)? (?P<act>(?:tell|give|send|show|explain|let) .+)", said
    )
    if then:
        return f"{_feeling(draft.heat)} Please {then.group('act')}."
    rest = match(rf"{_CALM_DOWN},? (?P<rest>(?:i|we)(?:'m|'re|'ll| am| are| will) .+)", said)
    return f"{_feeling(draft.heat)} {capital(rest.group('rest'))}." if rest else None


def feeling_first(sentence: str, draft: Draft) -> str | None:
    """The draft's first sentence with the feeling named before it, where only that was missing."""
    opens = draft.text.lstrip().startswith(sentence) and not find(_GREETS, sentence)
    if not opens or not draft.trouble or draft.heat < Heat.FRUSTRATED:
        return None
    if draft.missteps != {Misstep.DISMISSIVE} or find(_MINIMISES, draft.text):
        return None
    return f"{capital(draft.trouble)} is frustrating; I can see that. {sentence}"


def _feeling(heat: Heat) -> str:
    if heat >= Heat.ANGRY:
        return "I can hear how angry this has made you."
    return (
        "I can hear how frustrating this is."
        if heat is Heat.FRUSTRATED
        else "I can see that this matters to you."
    )


def look_ahead(sentence: str, draft: Draft) -> str | None:  # noqa: ARG001 a rule's signature
    """What happens next, instead of whose fault it is."""
    _, said = opened(core(sentence))
    if match(_NOT_US, said):
        return "I'm sorry this happened. Let me see what I can do about it."
    if match(_SHOULD_HAVE, said):
        return "Let's look at what we can do from here: [the next step]."
    if match(_SYSTEM, said):
        return f"I don't have a way to do that myself. What I can do is {OFFER}."
    lacks = match(_YOU_DID_NOT, said)
    if lacks and not find(r"\b(?:so|because|when|until|yet|and)\b", lacks.group("thing")):
        return f"Could you send me {lacks.group('thing')}, please?"
    return None


def soften(sentence: str, draft: Draft) -> str | None:  # noqa: ARG001 a rule's signature
    """An offer, instead of a sharp word."""
    return f"Let me see what I can do: {OFFER}." if match(_RUDE, core(sentence)) else None


def use_what_is_known(sentence: str, draft: Draft) -> str | None:  # noqa: ARG001 a rule's signature
    """What they gave already, to confirm, instead of the same question again."""
    asked = match(rf"{_ASK} {_KNOWN}", core(sentence))
    return f"I have your {asked.group('thing')} as [what they gave you]; is that right?" if asked else None
