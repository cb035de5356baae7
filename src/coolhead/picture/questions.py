"""What each side has asked, and which turn of the other side answered it. Knows no heat and no stage."""

from __future__ import annotations

import re
from dataclasses import replace

from coolhead.codebook import Technique
from coolhead.conversation.turn import Turn
from coolhead.perception.reading import Reading
from coolhead.picture.sentence import questions_in, sentences
from coolhead.picture.state import Question

OPEN_FOR = 4
"""Turns after which what is said no longer counts as the answer."""

SHORTEST = 3
"""Words; a shorter sentence ("really?") asks for nothing."""

ANSWERS = frozenset(
    {
        Technique.EXPLAINS,
        Technique.SOLUTION,
        Technique.CHOICE,
        Technique.COMMITMENT,
        Technique.TIME_BOUND,
        Technique.ESCALATION,
        Technique.POSITIVE_LANGUAGE,
    }
)
"""What an agent's turn shows when it tells the customer something."""

_RHETORICAL = re.compile(
    r"kidding|joking|joke|serious(?:ly)?\W*$|do you (?:people|guys|lot)|you (?:people|guys) even"
    r"|\beven (?:do|read|listen|care)\b|how many (?:more )?times|what'?s the point|who do you think"
    r"|do you think (?:i|this|it)|how dare|what kind of|isn'?t it\W*$|what more|how am i supposed"
    r"|what is wrong with|(?:^|\W)(?:right|ok(?:ay)?|clear|huh|eh|yes|no|understood|got it)\?+$"
    r"|\bhow (?:hard|difficult) (?:is|can)",
    re.IGNORECASE,
)
_OFFER = re.compile(
    r"^(?:so |and |or |then )?(?:would you (?:like|prefer|rather)|shall (?:i|we)|do you want me)",
    re.IGNORECASE,
)


def next_questions(
    questions: tuple[Question, ...], turn: Turn, reading: Reading, number: int
) -> tuple[Question, ...]:
    """The questions after `turn`: those it answers are marked, those it asks are added."""
    answered = tuple(
        replace(question, answered_by=turn.id) if _answers(question, turn, reading, number) else question
        for question in questions
    )
    asked = tuple(
        Question(turn_id=turn.id, number=number, by_customer=turn.by_customer, text=text)
        for text in _asked(turn, reading)
    )
    return answered + asked


def unanswered(questions: tuple[Question, ...], *, by_customer: bool) -> tuple[Question, ...]:
    """What one side has asked and not been told."""
    return tuple(each for each in questions if each.by_customer is by_customer and each.answered_by is None)


def _answers(question: Question, turn: Turn, reading: Reading, number: int) -> bool:
    if question.answered_by is not None or question.by_customer is turn.by_customer:
        return False
    if number - question.number > OPEN_FOR:
        return False
    if turn.by_customer:
        return _tells(turn.text)
    return any(sign.term in ANSWERS for sign in reading.techniques)


def _tells(text: str) -> bool:
    """True when something is said besides questions."""
    asked = questions_in(text)
    return any(sentence not in asked for sentence in sentences(text)) or not asked


def _asked(turn: Turn, reading: Reading) -> list[str]:
    if turn.by_customer:
        return [text for text in questions_in(turn.text) if _is_asking(text) and not _RHETORICAL.search(text)]
    if any(sign.term is Technique.CLARIFYING_QUESTION for sign in reading.techniques):
        return [text for text in questions_in(turn.text) if _is_asking(text) and not _OFFER.search(text)]
    return []


def _is_asking(text: str) -> bool:
    return len(text.split()) >= SHORTEST
