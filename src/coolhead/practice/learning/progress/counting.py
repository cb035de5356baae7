"""What a conversation or a run holds, counted from its moments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from coolhead.codebook import Misstep, Speaker, Technique, Trigger
from coolhead.conversation.turn import Turn
from coolhead.perception.reading import Reading
from coolhead.practice.learning.progress.tally import Counts, Tally

WITHIN = 2
"""Answers within which an occasion can be taken."""

RESTS = 3
"""Answers after one that showed a technique in which it is not due anew."""

CALLED_FOR: Mapping[Trigger, Technique] = {
    Trigger.BROKEN_PROMISE: Technique.APOLOGY,
    Trigger.UNHEARD: Technique.PARAPHRASE,
    Trigger.REPEAT_CONTACT: Technique.OWNERSHIP,
    Trigger.POLICY: Technique.EXPLAINS,
}
"""What a trigger asks for by itself, whatever else would help."""


class Heard(Protocol):
    """A turn as it was heard, live or in practice."""

    @property
    def turn(self) -> Turn:
        """Who spoke."""

    @property
    def reading(self) -> Reading:
        """What it shows."""


def count(moments: Iterable[Heard]) -> Counts:
    """What a conversation or run holds, from its moments in order.

    An answer is all that the agent's side says between two turns of the customer. A technique is called for
    in it when it stands in what would help next after the customer's turn, or a trigger of that turn asks for
    it (`CALLED_FOR`), or the turn is abusive (a boundary). That opens an occasion, which is taken when the
    technique is shown in that answer or in the next (`WITHIN`), as one good answer does one or two things;
    once it was shown it is not due anew for some answers (`RESTS`). Where an answer promises something, a
    time is due in that very answer.
    """
    techniques: dict[Technique, Tally] = {}
    missteps: dict[Misstep, Tally] = {}
    opened: dict[Technique, int] = {}
    rests: dict[Technique, int] = {}

    def settle(technique: Technique, *, taken: bool) -> None:
        opened.pop(technique, None)
        techniques[technique] = techniques.get(technique, Tally()) + _once(taken)

    for number, (called, answer) in enumerate(_answers(moments)):
        shown = {sign.term for moment in answer for sign in moment.reading.techniques}
        wrong = {sign.term for moment in answer for sign in moment.reading.missteps}
        for technique in called - {Technique.TIME_BOUND}:
            if rests.get(technique, -1) < number:
                opened.setdefault(technique, number)
        for technique in list(opened):
            if technique in shown or number - opened[technique] >= WITHIN - 1:
                settle(technique, taken=technique in shown)
        rests |= dict.fromkeys((each for each in shown if rests.get(each, -1) < number), number + RESTS)
        if shown & {Technique.COMMITMENT, Technique.TIME_BOUND} or Misstep.VAGUE_COMMITMENT in wrong:
            settle(Technique.TIME_BOUND, taken=Technique.TIME_BOUND in shown)
        for misstep in Misstep:
            missteps[misstep] = missteps.get(misstep, Tally()) + _once(misstep in wrong)
    for technique in list(opened):
        settle(technique, taken=False)
    return Counts(techniques=techniques, missteps=missteps)


def _once(taken: bool) -> Tally:
    return Tally(due=1, shown=int(taken))


def _answers(moments: Iterable[Heard]) -> Iterable[tuple[set[Technique], list[Heard]]]:
    """Each answer of the agent's side with what it was called for; what nobody answered is left out."""
    called: set[Technique] = set()
    answer: list[Heard] = []
    for moment in moments:
        if moment.turn.speaker is not Speaker.CUSTOMER:
            answer.append(moment)
            continue
        if answer:
            yield called, answer
            called, answer = set(), []
        called = _called_for(moment)
    if answer:
        yield called, answer


def _called_for(moment: Heard) -> set[Technique]:
    reading = moment.reading
    asked = {CALLED_FOR[sign.term] for sign in reading.triggers if sign.term in CALLED_FOR}
    limit = {Technique.BOUNDARY} if reading.abuse and reading.abuse.term.is_personal else set()
    return {*reading.next_best, *asked, *limit}
