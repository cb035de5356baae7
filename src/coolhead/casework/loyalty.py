"""Whether a customer may leave: a table of rules that people can read, each reason with where it shows.

Words, not a number: a number would look more exact than what is known. Pure; moments are given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from coolhead.casework.contacts import Contact, repeats
from coolhead.codebook import Cue, Heat, Resolved, Term

ENOUGH_LIGHT = 3
MOST_EVIDENCE = 3


class Risk(Term):
    """How likely it is, in words."""

    NONE = "none", "nothing points to it"
    WATCH = "watch", "one or two lighter signs"
    HIGH = "high", "a strong sign, or three lighter ones"


class Weight(Term):
    """What one reason counts."""

    STRONG = "strong", "reason enough on its own"
    LIGHT = "light", "counts together with others"


class Reason(Term):
    """Why they may leave."""

    SAID_SO = "said_so", "threatened to leave"
    PROMISE_BROKEN = "promise_broken", "a promise to them was not kept"
    CAME_BACK_TWICE = "came_back_twice", "had to come back about the same thing more than once"
    CAME_BACK = "came_back", "had to come back about the same thing"
    LEFT_UNSOLVED = "left_unsolved", "their last contact was not solved"
    ANGRY = "angry", "was angry"
    WENT_OUTSIDE = "went_outside", "spoke of going public or of legal steps"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Where a reason shows: a conversation, and in it a turn where one shows it."""

    conversation_id: str
    at: datetime
    turn_id: str | None = None


Finds = Callable[[Sequence[Contact]], Iterator[Evidence]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One line of the table.

    Attributes:
        within: how long a sign counts.
        finds: where the reason shows in contacts, which are in order of time.
    """

    reason: Reason
    weight: Weight
    within: timedelta
    finds: Finds


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """A reason that holds, and where it shows: the latest first, at most `MOST_EVIDENCE`."""

    reason: Reason
    weight: Weight
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Loyalty:
    """What points to a customer leaving, the strong reasons first."""

    risk: Risk
    signs: tuple[Sign, ...]


def _cues(*cues: Cue) -> Finds:
    def finds(contacts: Sequence[Contact]) -> Iterator[Evidence]:
        for contact in contacts:
            for shown in contact.shown:
                if shown.term in cues:
                    yield _in(contact, shown.turn_id)

    return finds


def _broken(contacts: Sequence[Contact]) -> Iterator[Evidence]:
    for contact in contacts:
        for pledge in contact.pledges:
            if pledge.fate.is_broken:
                yield Evidence(conversation_id=contact.conversation_id, turn_id=pledge.turn_id, at=pledge.at)


def _came_back(contacts: Sequence[Contact]) -> Iterator[Evidence]:
    again = repeats(contacts)
    yield from (_in(contact) for contact in contacts if contact.conversation_id in again)


def _came_back_twice(contacts: Sequence[Contact]) -> Iterator[Evidence]:
    """Contacts that repeat one that was a repeat itself."""
    again = repeats(contacts)
    yield from (_in(each) for each in contacts if again.get(each.conversation_id) in again)


def _unsolved(contacts: Sequence[Contact]) -> Iterator[Evidence]:
    over = [contact for contact in contacts if contact.ended_at is not None]
    if over and over[-1].outcome is Resolved.NO:
        yield _in(over[-1])


def _angry(contacts: Sequence[Contact]) -> Iterator[Evidence]:
    yield from (_in(each, each.peak_turn) for each in contacts if each.peak >= Heat.ANGRY)


def _in(contact: Contact, turn_id: str | None = None) -> Evidence:
    return Evidence(conversation_id=contact.conversation_id, turn_id=turn_id, at=contact.opened_at)


MONTH, HALF_YEAR = timedelta(days=30), timedelta(days=180)
RULES: tuple[Rule, ...] = (
    Rule(reason=Reason.SAID_SO, weight=Weight.STRONG, within=3 * MONTH, finds=_cues(Cue.CHURN_THREAT)),
    Rule(reason=Reason.PROMISE_BROKEN, weight=Weight.STRONG, within=HALF_YEAR, finds=_broken),
    Rule(reason=Reason.CAME_BACK_TWICE, weight=Weight.STRONG, within=3 * MONTH, finds=_came_back_twice),
    Rule(reason=Reason.CAME_BACK, weight=Weight.LIGHT, within=3 * MONTH, finds=_came_back),
    Rule(reason=Reason.LEFT_UNSOLVED, weight=Weight.LIGHT, within=3 * MONTH, finds=_unsolved),
    Rule(reason=Reason.ANGRY, weight=Weight.LIGHT, within=3 * MONTH, finds=_angry),
    Rule(
        reason=Reason.WENT_OUTSIDE,
        weight=Weight.LIGHT,
        within=3 * MONTH,
        finds=_cues(Cue.PUBLIC_THREAT, Cue.LEGAL_THREAT),
    ),
)
"""All that counts, and for how long."""

INCLUDES = {Reason.CAME_BACK_TWICE: Reason.CAME_BACK}
"""A reason that says the other one too, which then is not told again."""


def loyalty(contacts: Sequence[Contact], now: datetime) -> Loyalty:
    """What points to the customer leaving, as of that moment."""
    ordered = sorted(contacts, key=lambda each: (each.opened_at, each.conversation_id))
    signs = [sign for rule in RULES if (sign := _sign(rule, ordered, now))]
    told = {INCLUDES.get(sign.reason) for sign in signs}
    signs = [sign for sign in signs if sign.reason not in told]
    strong_first = sorted(signs, key=lambda sign: sign.weight is not Weight.STRONG)
    return Loyalty(risk=_risk(signs), signs=tuple(strong_first))


def _risk(signs: Sequence[Sign]) -> Risk:
    strong = any(sign.weight is Weight.STRONG for sign in signs)
    if strong or len(signs) >= ENOUGH_LIGHT:
        return Risk.HIGH
    return Risk.WATCH if signs else Risk.NONE


def _sign(rule: Rule, contacts: Sequence[Contact], now: datetime) -> Sign | None:
    found = [each for each in rule.finds(contacts) if each.at >= now - rule.within]
    if not found:
        return None
    latest = sorted(found, key=lambda each: each.at, reverse=True)[:MOST_EVIDENCE]
    return Sign(reason=rule.reason, weight=rule.weight, evidence=tuple(latest))
