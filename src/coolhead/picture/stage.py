"""How far the conversation has come, turn by turn; it can go back. Rules in plain sight, no numbers.

A customer's turn can send it back: feeling unheard to `listen`; a new trigger or open anger to `acknowledge`;
a rejected remedy, or one more question at the end, to `solve`. Otherwise the agent's techniques carry it
forward: a named feeling or failure ends `acknowledge`, a remedy or a plain explanation ends `clarify`, the
customer's yes or a dated commitment ends `solve`, and what was agreed, once promised or done, ends `commit`.
"""

from __future__ import annotations

from collections.abc import Set

from coolhead.codebook import Cue, Heat, Technique, Term, Trigger
from coolhead.conversation.turn import Turn
from coolhead.perception.reading import Reading
from coolhead.picture.questions import unanswered
from coolhead.picture.state import Picture, Stage

ACKNOWLEDGES = frozenset(
    {
        Technique.EMPATHY,
        Technique.APOLOGY,
        Technique.PARAPHRASE,
        Technique.OWNERSHIP,
        Technique.HUMAN_MOMENT,
    }
)
REMEDIES = frozenset({Technique.SOLUTION, Technique.CHOICE, Technique.COMMITMENT, Technique.ESCALATION})
ACCEPTS = frozenset({Cue.CONFIRMS, Cue.THANKS, Cue.PRAISE})

TELLS = 6
"""Words from which a customer's turn says what they came for; fewer are a greeting."""


def next_stage(before: Picture, after: Picture, turn: Turn, reading: Reading) -> Stage:
    """The stage after `turn`; `after` holds all that it shows, still at the stage before it."""
    if turn.by_customer:
        return _after_customer(before, after, turn, reading)
    return _after_agent(before, {sign.term for sign in reading.techniques})


def _after_customer(before: Picture, after: Picture, turn: Turn, reading: Reading) -> Stage:
    triggers = {sign.term for sign in reading.triggers}
    cues = {sign.term for sign in reading.cues}
    known = {each.term for each in before.noticed}
    angry = reading.heat is not None and reading.heat.level >= Heat.ANGRY
    if Trigger.UNHEARD in triggers and before.course:
        return Stage.LISTEN
    if before.stage is Stage.LISTEN and not (triggers or angry or _told(turn)):
        return Stage.LISTEN
    if angry or triggers - known:
        return Stage.ACKNOWLEDGE
    if before.stage is Stage.LISTEN:
        return Stage.CLARIFY
    return _settled(before, after, cues)


def _told(turn: Turn) -> bool:
    return len(turn.text.split()) >= TELLS


def _settled(before: Picture, after: Picture, cues: Set[Term]) -> Stage:
    """Where a customer's turn leads that brings nothing new to be upset about."""
    stage = before.stage
    if stage in (Stage.SOLVE, Stage.COMMIT, Stage.CLOSE):
        if Cue.REJECTS in cues:
            return Stage.SOLVE
        if cues & ACCEPTS:
            return Stage.COMMIT if stage is Stage.SOLVE else Stage.CLOSE
        if stage is Stage.CLOSE and unanswered(after.questions[len(before.questions) :], by_customer=True):
            return Stage.SOLVE
    return stage


def _after_agent(before: Picture, shown: Set[Term]) -> Stage:
    stage = before.stage
    if stage is Stage.LISTEN and before.course and shown & ACKNOWLEDGES:
        stage = Stage.CLARIFY
    if stage is Stage.ACKNOWLEDGE and shown & ACKNOWLEDGES:
        stage = Stage.CLARIFY
    if stage is Stage.CLARIFY and _remedies(shown):
        return Stage.COMMIT if _dated(shown) else Stage.SOLVE
    if stage is Stage.SOLVE and _dated(shown):
        return Stage.COMMIT
    if stage is Stage.COMMIT and shown & {Technique.COMMITMENT, Technique.CONFIRMS_RESOLUTION}:
        return Stage.CLOSE
    return stage


def _remedies(shown: Set[Term]) -> bool:
    """A remedy, or the plain answer to a plain question."""
    return bool(shown & REMEDIES) or (
        Technique.EXPLAINS in shown and Technique.CLARIFYING_QUESTION not in shown
    )


def _dated(shown: Set[Term]) -> bool:
    return {Technique.COMMITMENT, Technique.TIME_BOUND} <= shown
