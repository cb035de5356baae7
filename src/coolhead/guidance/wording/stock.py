"""From stock phrases and insiders' words to plain ones."""

from __future__ import annotations

import re

from coolhead.codebook import Heat
from coolhead.guidance.wording.draft import Draft, capital, core, either, match

_SORRY = either(
    r"(?:i|we)(?:'re| are| am|'m)? (?:do )?(?:(?:sincerely|deeply|truly|very|so|extremely|really) )*"
    r"(?:apologi[sz]e|sorry)",
    r"(?:my|our) apologies",
    r"sorry",
)
_INCONVENIENCE = (
    rf"{_SORRY}(?: sincerely)? for (?:any|the|all the|this) (?:inconvenience|trouble)"
    r"(?: (?:this|that|it|we)? ?(?:may|might|has|have)? ?(?:have )?caused(?: you)?)?"
)
_UNDERSTAND = (
    r"(?:i|we) (?:do |can )?(?:(?:completely|totally|fully|truly|certainly) )?(?:understand|appreciate) your "
    r"(?:frustration|concerns?|disappointment|anger)(?:,? (?:sir|madam|ma'am|sir/madam))?"
)
_SORRY_TO_HEAR = (
    r"(?:i'?m|i am|we'?re|we are) (?:very |so |really |truly )?sorry to hear (?:about )?(?:that|this|it)"
)
_ANYTHING_ELSE = (
    r"is there anything else (?:that )?(?:i|we) (?:can|could|may) (?:do|help|assist)"
    r"(?: for)?(?: you)?(?: with)?(?P<today> today)?"
)
_IMPORTANT = either(
    r"your (?:call|business|feedback|satisfaction|opinion|time) (?:is|matters)"
    r"(?: very| extremely)?(?: important| valuable)? to us",
    r"we value your (?:business|feedback|custom)",
)
_FILLER = r"(?:please be advised|kindly note|rest assured|be assured)(?: that)?,? (?P<rest>.+)"

_PLAIN = {
    "sla": "promised time",
    "rma number": "return number",
    "rma": "return number",
    "sku": "product number",
    "crm": "customer records",
    "kyc": "identity check",
    "sop": "usual procedure",
    "backend": "system",
    "tier 2 team": "specialist team",
    "tier two team": "specialist team",
    "2fa": "two-step sign-in",
    "otp": "one-time code",
    "pstn": "phone line",
}
INSIDERS = frozenset(_PLAIN)
"""Terms that only people of the trade know, small letters."""

_INSIDE = re.compile(
    rf"\b(?:(?P<article>an?) )?(?P<term>{'|'.join(map(re.escape, _PLAIN))})\b", re.IGNORECASE
)


def say_it_yourself(sentence: str, draft: Draft) -> str | None:
    """What the stock phrase was meant to say, for this customer."""
    said = core(sentence)
    if match(_INCONVENIENCE, said):
        return f"I'm sorry about {draft.trouble or '[what happened to them]'}."
    if match(_UNDERSTAND, said):
        if draft.trouble:
            return f"{capital(draft.trouble)} is frustrating; I can see that."
        return "I can see why [what happened to them] upset you."
    if draft.trouble and match(_SORRY_TO_HEAR, said):
        return f"I'm sorry about {draft.trouble}."
    if match(_IMPORTANT, said):
        return "Thank you for telling me about this."
    anything = match(_ANYTHING_ELSE, said)
    if anything and draft.heat >= Heat.FRUSTRATED:
        return f"Is there anything about this that is still open for you{anything.group('today') or ''}?"
    filler = match(_FILLER, said)
    return f"{capital(filler.group('rest'))}." if filler else None


def say_it_plainly(sentence: str, draft: Draft) -> str | None:  # noqa: ARG001 a rule's signature
    """The same sentence with plain words for an insiders' term; None when it holds several."""
    return _INSIDE.sub(_plain, sentence) if len(_INSIDE.findall(sentence)) == 1 else None


def _plain(found: re.Match[str]) -> str:
    words, article = _PLAIN[found.group("term").lower()], found.group("article")
    if article:
        words = f"{'an' if words[0] in 'aeiou' else 'a'} {words}"
    return capital(words) if found.group()[0].isupper() and found.start() == 0 else words
