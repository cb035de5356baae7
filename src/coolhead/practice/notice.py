"""What an agent's turn did, from what the engine perceived in it and what this scenario's customer knows."""

from __future__ import annotations

import re

from coolhead.codebook import Misstep, Technique, Term
from coolhead.perception.reading import Reading
from coolhead.practice.clause import Clause, Role, clauses_of, is_question
from coolhead.practice.memory import Memory, bare
from coolhead.practice.offer import offered
from coolhead.practice.phrase import holds
from coolhead.practice.pledge import pledges, timeless_words, timing
from coolhead.practice.questions import proposed_time, questions_in
from coolhead.practice.request import requests_in
from coolhead.practice.restatement import restated
from coolhead.practice.scenario import Scenario
from coolhead.practice.seen import Asked, Deed, Request, Seen
from coolhead.practice.sentence import sentences
from coolhead.practice.shorthand import written_out
from coolhead.practice.sympathy import apology, feeling
from coolhead.practice.topic import Topic
from coolhead.practice.words import is_nonsense

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

_SMALL = {Deed.GREETED, Deed.USED_NAME, Deed.POSITIVE, Deed.CHOICE}
"""Nothing is done to the matter by these alone."""

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

_WAVES_AWAY = re.compile(r"\bcalm(ing)? down\b|\brelax\b|\bno need to (be|get|shout|worry)\b", re.IGNORECASE)
_ASKING = {Role.ASKS, Role.PROPOSES}
_INTRODUCES = re.compile(
    r"^\W*(hi\b|hiya|hey|hello|good (morning|afternoon|evening|day))|\b(my name('s| is)"
    r"|this is (?-i:[A-Z])\w*|speaking|you're (through|speaking|talking|chatting)|welcome"
    r"|(?-i:[A-Z])\w+ here|thank(s| you) for (calling|contacting|getting|writing))\b",
    re.IGNORECASE,
)
_HANDS_OVER = re.compile(
    r"\b(manager|supervisor|team leader|specialist|escalat\w*|colleague|transfer you|put you through"
    r"|hand(ing)? (you|this)|pass(ing)? (you|this|it) (on|to|over))\b",
    re.IGNORECASE,
)
_ACKNOWLEDGES = (Deed.RESTATED_RIGHT, Deed.FEELING_RIGHT, Deed.EMPATHY, Deed.APOLOGY_SINCERE, Deed.LISTENED)
_OFFERS_OF_ANY_KIND = {Deed.OFFERED_WANTED, Deed.OFFERED_PARTLY, Deed.OFFERED_NEVER, Deed.OFFERED_OTHER}
TOO_MANY_QUESTIONS = 3


def notice(text: str, reading: Reading, scenario: Scenario, memory: Memory) -> Seen:
    """What the agent's turn did.

    Args:
        text: the agent's words, as heard.
        reading: what the engine perceived in them.
        scenario: what the customer knows.
        memory: the run before this turn.
    """
    if not text.strip():
        return Seen(deeds=frozenset({Deed.SILENT}))
    if is_nonsense(text):
        return Seen(deeds=frozenset({Deed.NONSENSE}))
    long = {bare(each) for each in sentences(text) if len(each.split()) >= 4}
    text = written_out(text)
    said, parts = sentences(text), clauses_of(text)
    questions = questions_in(parts, scenario, memory)
    requests = requests_in(parts)
    told = restated(parts, reading, scenario, memory)
    remedies = offered(parts, scenario)
    asked = questions.asked or (() if remedies else proposed_time(parts, scenario, memory))
    named, named_deed = feeling(said, reading, scenario)
    deeds = {_PERCEIVED[sign.term] for sign in reading.signs if sign.term in _PERCEIVED}
    deeds |= _plain_deeds(text, scenario)
    deeds |= {Deed.REPEATED} if long & memory.heard else set()
    deeds |= _asking(asked, said)
    deeds |= {each for each in (told.deed, named_deed, apology(said, reading, scenario)) if each}
    deeds |= _offering(remedies, reading, scenario)
    deeds = _timed(deeds, timing(text, parts, reading, offers=bool(remedies)))
    deeds = _settled(deeds, text, parts, memory, requests)
    return Seen(
        deeds=frozenset(deeds),
        asked=asked,
        requests=requests,
        other_question=questions.left_over and not requests,
        mistaken=told.mistaken,
        covered=told.covered,
        offered=remedies,
        feeling=named,
        vague_words=timeless_words(text),
    )


def _plain_deeds(text: str, scenario: Scenario) -> set[Deed]:
    found = {deed for deed, words in _PLAIN if words.search(text)}
    names = tuple(part for part in scenario.customer.split() if part[:1].isupper() and not part.endswith("."))
    if holds(text, names):
        found.add(Deed.USED_NAME)
    return found


def _asking(asked: tuple[Asked, ...], said: list[str]) -> set[Deed]:
    found = set()
    facts = [each for each in asked if each.topic not in (Topic.WHAT_HAPPENED, Topic.FEELING)]
    if any(not each.again and (each.fact or each.topic in (Topic.WANTS, Topic.NAME)) for each in facts):
        found.add(Deed.ASKED)
    if any(each.again for each in facts):
        found.add(Deed.ASKED_AGAIN)
    if any(each.topic in (Topic.WHAT_HAPPENED, Topic.FEELING) and not each.again for each in asked):
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


def _settled(
    deeds: set[Deed], text: str, said: tuple[Clause, ...], memory: Memory, requests: tuple[Request, ...]
) -> set[Deed]:
    """The deeds after what one tells about another."""
    refused = any(each.role is Role.REFUSES for each in said)
    if Request.ANYTHING_ELSE in requests:
        deeds.add(Deed.CHECKED_SOLVED)
    elif deeds & {Deed.ASKED, Deed.LISTENED, Deed.ASKED_AGAIN} or Request.CONSENT in requests:
        deeds.discard(Deed.CHECKED_SOLVED)
    if all(each.role in _ASKING for each in said):
        deeds -= {Deed.SAID_NO, Deed.SCRIPTED}
    if not _HANDS_OVER.search(text) or refused:
        deeds.discard(Deed.HANDS_OVER)
    named_alone = Deed.FEELING_RIGHT in deeds and len(said) == 1
    if named_alone or all(each.role in _ASKING or _INTRODUCES.search(each.text) for each in said):
        deeds.discard(Deed.DISMISSED)
    if _WAVES_AWAY.search(text):
        deeds.add(Deed.DISMISSED)
    acknowledged = memory.did(*_ACKNOWLEDGES) or bool(deeds & set(_ACKNOWLEDGES))
    if deeds & _OFFERS_OF_ANY_KIND and not acknowledged:
        deeds.add(Deed.TOO_EARLY)
    relieved = not refused and any(each.role is Role.RELIEVES for each in said)
    if deeds & _OFFERS_OF_ANY_KIND or relieved:
        deeds.discard(Deed.SAID_NO)
    return deeds | _left_undone(deeds, text, memory, requests)


def _left_undone(deeds: set[Deed], text: str, memory: Memory, requests: tuple[Request, ...]) -> set[Deed]:
    """That a question of theirs was not answered, or that nothing was done at all."""
    found = set()
    if memory.asked_when and not deeds & {Deed.DATED, Deed.EXPLAINED, Deed.HANDS_OVER, Deed.VAGUE}:
        found.add(Deed.UNANSWERED)
    if not (deeds | found) - _SMALL and not requests and Deed.GREETED not in deeds:
        found |= set() if pledges(text) else {Deed.PASSED_OVER}
    return found
