"""What the deeds of one turn tell about each other: an offer is no refusal, and may come too early."""

from __future__ import annotations

from coolhead.practice.hearing.clause import Clause, Role
from coolhead.practice.hearing.manner import ADMITS, CONSULTS, HANDS_OVER, INTRODUCES, WAVES_AWAY
from coolhead.practice.hearing.pledge import pledges
from coolhead.practice.memory import Memory
from coolhead.practice.seen import Deed, Request

_SMALL = {Deed.GREETED, Deed.USED_NAME, Deed.POSITIVE, Deed.CHOICE}
"""Nothing is done to the matter by these alone."""

_ASKING = {Role.ASKS, Role.PROPOSES}
_ACKNOWLEDGES = (Deed.RESTATED_RIGHT, Deed.FEELING_RIGHT, Deed.EMPATHY, Deed.APOLOGY_SINCERE, Deed.LISTENED)
_OFFERS_OF_ANY_KIND = {Deed.OFFERED_WANTED, Deed.OFFERED_PARTLY, Deed.OFFERED_NEVER, Deed.OFFERED_OTHER}


def settled(
    deeds: set[Deed], text: str, said: tuple[Clause, ...], memory: Memory, requests: tuple[Request, ...]
) -> set[Deed]:
    """The deeds after what one tells about another, and with what was left undone."""
    refused = any(each.role is Role.REFUSES for each in said)
    relieved = any(each.role is Role.RELIEVES for each in said) and not refused
    deeds = _checked(deeds, requests) - _misread(deeds, text, said)
    asks_what_else = Request.ANYTHING_ELSE in requests and all(each.role in _ASKING for each in said)
    if not HANDS_OVER.search(text) or CONSULTS.search(text) or refused or asks_what_else:
        deeds.discard(Deed.HANDS_OVER)
    if WAVES_AWAY.search(text):
        deeds.add(Deed.DISMISSED)
    acknowledged = memory.did(*_ACKNOWLEDGES) or bool(deeds & set(_ACKNOWLEDGES))
    if deeds & _OFFERS_OF_ANY_KIND and not acknowledged:
        deeds.add(Deed.TOO_EARLY)
    if deeds & _OFFERS_OF_ANY_KIND or relieved:
        deeds.discard(Deed.SAID_NO)
    return deeds | _left_undone(deeds, text, memory, requests)


def _checked(deeds: set[Deed], requests: tuple[Request, ...]) -> set[Deed]:
    """With whether it was asked if anything is left; a question about something else is none."""
    if Request.ANYTHING_ELSE in requests:
        return deeds | {Deed.CHECKED_SOLVED}
    asks_else = deeds & {Deed.ASKED, Deed.LISTENED, Deed.ASKED_AGAIN} or Request.CONSENT in requests
    return deeds - {Deed.CHECKED_SOLVED} if asks_else else deeds


def _misread(deeds: set[Deed], text: str, said: tuple[Clause, ...]) -> set[Deed]:
    """What is not meant as it may be perceived: by a question, a greeting, or kind words alone."""
    found: set[Deed] = set()
    if all(each.role in _ASKING for each in said):
        found |= {Deed.SAID_NO, Deed.SCRIPTED, Deed.VAGUE}
    if all(each.role in _ASKING or INTRODUCES.search(each.text) for each in said):
        found |= {Deed.DISMISSED}
    kind = deeds & {Deed.FEELING_RIGHT, Deed.APOLOGY_SINCERE} and len(said) == 1
    if kind or ADMITS.search(text):
        found |= {Deed.DISMISSED, Deed.BLAMED, Deed.RUDE}
    return found


def _left_undone(deeds: set[Deed], text: str, memory: Memory, requests: tuple[Request, ...]) -> set[Deed]:
    """That a question of theirs was not answered, or that nothing was done at all."""
    found = set()
    if memory.asked_when and not deeds & {Deed.DATED, Deed.EXPLAINED, Deed.HANDS_OVER, Deed.VAGUE}:
        found.add(Deed.UNANSWERED)
    if not (deeds | found) - _SMALL and not requests and Deed.GREETED not in deeds:
        found |= set() if pledges(text) else {Deed.PASSED_OVER}
    return found
