"""What an agent's turn did, from what the engine perceived in it and what this scenario's customer knows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from coolhead.codebook import Misstep, Technique, Term
from coolhead.perception.reading import Reading
from coolhead.practice.hearing.answer import OF_A_FORM
from coolhead.practice.hearing.clause import Clause, Role, asked_last, clauses_of, is_question
from coolhead.practice.hearing.deeds import settled
from coolhead.practice.hearing.manner import ACCUSES, plain_deeds
from coolhead.practice.hearing.offer import offered
from coolhead.practice.hearing.pledge import timeless_words, timing
from coolhead.practice.hearing.questions import proposed_time, questions_in
from coolhead.practice.hearing.restatement import restated
from coolhead.practice.hearing.sense import Meant, Sense, by_words, senses_of
from coolhead.practice.hearing.sentence import sentences
from coolhead.practice.hearing.shorthand import written_out
from coolhead.practice.hearing.sympathy import apology, feeling
from coolhead.practice.hearing.words import is_nonsense
from coolhead.practice.memory import Memory, bare
from coolhead.practice.scenario import Scenario
from coolhead.practice.seen import Asked, Deed, Request, Seen
from coolhead.practice.topic import Topic

_PERCEIVED: dict[Term, Deed] = {
    Technique.GREETING: Deed.GREETED,
    Technique.USES_NAME: Deed.USED_NAME,
    Technique.INVITES_STORY: Deed.LISTENED,
    Technique.HUMAN_MOMENT: Deed.HUMAN,
    Technique.OWNERSHIP: Deed.OWNED,
    Technique.POSITIVE_LANGUAGE: Deed.POSITIVE,
    Technique.EXPLAINS: Deed.EXPLAINED,
    Technique.CHOICE: Deed.CHOICE,
    Technique.TIME_BOUND: Deed.DATED,
    Technique.FOLLOW_UP: Deed.FOLLOWS_UP,
    Technique.ESCALATION: Deed.HANDS_OVER,
    Technique.BOUNDARY: Deed.SET_LIMIT,
    Technique.THANKS: Deed.THANKED,
    Technique.CONFIRMS_RESOLUTION: Deed.CHECKED_SOLVED,
    Misstep.NEGATIVE_LANGUAGE: Deed.SAID_NO,
    Misstep.DEFENSIVE: Deed.BLAMED,
    Misstep.DISMISSIVE: Deed.DISMISSED,
    Misstep.OVERPROMISE: Deed.OVERPROMISED,
    Misstep.VAGUE_COMMITMENT: Deed.VAGUE,
    Misstep.JARGON: Deed.JARGON,
    Misstep.INTERRUPTS: Deed.INTERRUPTED,
    Misstep.RUDE: Deed.RUDE,
}
"""What is taken as the engine reads it; apologies, restatements, feelings and offers need the scenario."""

TOO_MANY_QUESTIONS = 3
_INVITING = (Topic.WHAT_HAPPENED, Topic.MORE, Topic.FEELING, Topic.WORST)
"""To be asked for these is to be listened to."""


def notice(text: str, reading: Reading, scenario: Scenario, memory: Memory, meant: Meant = by_words) -> Seen:
    """What the agent's turn did.

    Args:
        text: the agent's words, as heard.
        reading: what the engine perceived in them.
        scenario: what the customer knows.
        memory: the run before this turn.
        meant: what a question asks for by its meaning; without it the words decide alone.
    """
    if not text.strip():
        return Seen(deeds=frozenset({Deed.SILENT}))
    if is_nonsense(text):
        return Seen(deeds=frozenset({Deed.NONSENSE}))
    long = {bare(each) for each in sentences(text) if len(each.split()) >= 4}
    text = written_out(text)
    said, parts = sentences(text), clauses_of(text)
    senses = senses_of(parts, meant)
    if _is_question_unmarked(senses, reading):
        senses = senses_of(asked_last(parts), meant)
    told = restated([each.clause for each in senses if not each.general], reading, scenario, memory)
    is_theirs = bool(told.covered or told.mistaken)
    questions = questions_in([each for each in senses if not (each.checks and is_theirs)], scenario, memory)
    requests = tuple(dict.fromkeys(request for each in senses for request in each.requests))
    remedies = offered([_put(each) for each in senses if not _is_for_a_form(each)], scenario, memory.offered)
    asked = questions.asked or (() if remedies else proposed_time(parts, scenario, memory))
    named, named_deed = feeling(said, reading, scenario)
    deeds = {_PERCEIVED[sign.term] for sign in reading.signs if sign.term in _PERCEIVED}
    deeds |= plain_deeds(text, scenario)
    deeds |= {Deed.REPEATED} if long & memory.heard else set()
    deeds |= _asking(asked, said)
    restating = None if told.deed is Deed.RESTATED_NOTHING and _checks(senses) else told.deed
    deeds |= {each for each in (restating, named_deed, apology(said, reading, scenario)) if each}
    deeds |= _offering(remedies, reading, scenario)
    deeds = _timed(deeds, timing(text, parts, reading, offers=bool(remedies)))
    deeds = settled(deeds, text, parts, memory, requests)
    if (
        asked
        and all(each.checks or each.clause.role is Role.ASKS for each in senses)
        and not ACCUSES.search(text)
    ):
        deeds -= {Deed.BLAMED, Deed.RUDE}
    return Seen(
        deeds=frozenset(deeds),
        asked=asked,
        requests=requests,
        other_question="" if requests else questions.left_over,
        mistaken=told.mistaken,
        covered=told.covered,
        offered=remedies,
        feeling=named,
        vague_words=timeless_words(text),
    )


def _checks(senses: Sequence[Sense]) -> bool:
    """True when a statement of the turn asks whether something is so: that is answered, not judged."""
    return any(each.checks and each.asks for each in senses)


def _is_question_unmarked(senses: list[Sense], reading: Reading) -> bool:
    """True when the engine heard a question, and no clause has the form of one ("any witnesses")."""
    heard = any(sign.term is Technique.CLARIFYING_QUESTION for sign in reading.techniques)
    return heard and senses != [] and not any(each.asks or each.requests for each in senses)


def _put(sense: Sense) -> Clause:
    """The clause; what it gives to choose from is put to them ("Which suits you, a repair or a new one?")."""
    return replace(sense.clause, role=Role.PROPOSES) if Request.CHOOSE in sense.requests else sense.clause


def _is_for_a_form(sense: Sense) -> bool:
    """True for a question that asks for a name, a number or a way to reach them, and offers nothing."""
    return sense.asks and sense.topics[:1] != () and sense.topics[0] in OF_A_FORM


def _asking(asked: tuple[Asked, ...], said: list[str]) -> set[Deed]:
    found = set()
    facts = [each for each in asked if each.topic not in _INVITING]
    if any(not each.again and (each.fact or each.answered) for each in facts):
        found.add(Deed.ASKED)
    if any(each.again for each in facts):
        found.add(Deed.ASKED_AGAIN)
    if any(each.topic in _INVITING and not each.again for each in asked):
        found.add(Deed.LISTENED)
    if sum(is_question(each) for each in said) >= TOO_MANY_QUESTIONS and len(facts) >= TOO_MANY_QUESTIONS - 1:
        found.add(Deed.ASKED_TOO_MUCH)
    return found


def _offering(remedies: tuple[str, ...], reading: Reading, scenario: Scenario) -> set[Deed]:
    kinds = (
        (scenario.settles_for, Deed.OFFERED_WANTED),
        (scenario.partly, Deed.OFFERED_PARTLY),
        (scenario.never, Deed.OFFERED_NEVER),
    )
    found = {deed for every, deed in kinds if any(each.id in remedies for each in every)}
    solving = any(sign.term is Technique.SOLUTION and sign.score >= 0.6 for sign in reading.techniques)
    return found or ({Deed.OFFERED_OTHER} if solving else set())


def _timed(deeds: set[Deed], found: Deed | None) -> set[Deed]:
    """Puts right whether what was promised has a time: what is dated is not vague."""
    deeds = deeds | ({found} if found else set())
    return deeds - {Deed.VAGUE} if Deed.DATED in deeds else deeds
