"""What an agent's turn did, from what the engine perceived in it and what this scenario's customer knows."""

from __future__ import annotations

import re
from dataclasses import dataclass

from coolhead.codebook import Misstep, Technique, Term
from coolhead.perception.reading import Reading
from coolhead.practice.memory import Memory, bare, sentences
from coolhead.practice.quantity import quantities
from coolhead.practice.questions import asked_in, is_question, requests_in
from coolhead.practice.scenario import Fact, Remedy, Scenario, first_held, holds_any
from coolhead.practice.seen import Asked, Deed, Mistaken, Request, Seen
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

_SWEARS = re.compile(
    r"\b(fuck\w*|shit\w*|bitch|bastard|arse ?hole|asshole|idiot|moron|stupid|wanker|cunt|dick ?head|piss off"
    r"|shut up|screw you|go to hell|damn you)\b",
    re.IGNORECASE,
)
_STOCK = re.compile(
    r"(any|the|this|your|for) inconvenience|valued customer|you feel that way|sorry if\b|sorry,? but\b"
    r"|sorry for the delay in|thank you for your (patience|understanding)$",
    re.IGNORECASE,
)
_SORRY = re.compile(r"\bsorry\b|\bapolog", re.IGNORECASE)
_OFFERS = re.compile(
    r"\b(i|we)('ll|’ll| will| can| could| would|'d|’d|'m going to|'ve| have| shall| am)\b|\bshall (i|we)\b"
    r"|\bwould you\b|\bhow about\b|\blet me\b|\boffer|\boption|\bdo you want\b|\bgoing to\b|\beither\b"
    r"|\barrange"
    r"|\bwhat if\b|\byou('ll|’ll| will| can| could) (get|have|receive)|\bcould you use\b|\bwe (send"
    r"|refund|replace)",
    re.IGNORECASE,
)
_REFUSES = re.compile(
    r"\b(can't|can’t|cannot|can not|unable|not possible|won't|won’t|don't|don’t|no way|impossible"
    r"|not allowed)\b",
    re.IGNORECASE,
)
_RESTATES = re.compile(
    r"^\W*(so,? (you|the|it|your|they|we|what|from|this|that)|if i('ve| have)? (understand|got"
    r"|understood)|let me "
    r"(see|check|make sure|play|say|repeat|sum)|what i('m| am)? hear|you('re| are) (telling|saying)"
    r"|in other words"
    r"|to (sum|recap|check|make)|as i understand|i('m| am) hearing|am i right|do i have)",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"\b(today|tonight|tomorrow|noon|midnight|(mon|tues|wednes|thurs|fri|satur|sun)day|by \d|at \d|\d+(st"
    r"|nd|rd|th)"
    r"|within \w+ (hours?|minutes?|days?)|in (the next )?\w+ (minutes?|hours?|days?)|end of (the )?(day"
    r"|week))\b",
    re.IGNORECASE,
)
_PLEDGES = re.compile(r"\b(i|we|you)('ll|’ll| will)\b|\bi('m| am) going to\b", re.IGNORECASE)
_VAGUE = re.compile(
    r"\b(soon|shortly|as soon as (possible|i can|we can)|in due course|at some point|when (i|we) can"
    r"|someone will"
    r"|somebody will|eventually|in a while)\b",
    re.IGNORECASE,
)
_VAGUE_TIME = re.compile(
    r"\b(soon|shortly|as soon as (possible|i can|we can)|in due course|at some point|eventually"
    r"|in a while)\b",
    re.IGNORECASE,
)
_FEELS = re.compile(
    r"\b(you('re|’re| are| were| must| sound| seem| feel| felt| look| have every| have a right)"
    r"|your (anger|worry"
    r"|frustration|disappointment)|that('s|’s| is| was| must| sounds)|it('s|’s| is| must| sounds)|how"
    r"|understand|hear"
    r"|anyone would|no wonder|understandabl|sounds|i('d|’d| would) be|after|feel|imagine)\b",
    re.IGNORECASE,
)
_WHY = re.compile(r"^\W*(why|how come)\b", re.IGNORECASE)
_OWNS = re.compile(
    r"\b(leave (it|this|that) with me|my responsibility|(see|seeing) (this|it) through|i('m| am) on it"
    r"|take (this|it) on|i own this|stays with me|mine now|i('ll| will) (personally|take care)"
    r"|count on me)\b",
    re.IGNORECASE,
)
_HANDS_OVER = re.compile(
    r"\b(manager|supervisor|team leader|specialist|escalat\w*|colleague|transfer you|put you through"
    r"|hand(ing)? (you|this)"
    r"|pass(ing)? (you|this|it) (on|to|over))\b",
    re.IGNORECASE,
)
_RECOMMENDS = re.compile(
    r"\b(i('d|’d| would) (go|take|choose|pick|recommend|suggest)|my (advice|suggestion|recommendation)"
    r"|if (i were|it were|it was)|i recommend|i suggest|the (better|best|simplest|quickest) (one|way|is))\b",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"\b(good ?bye|bye( now)?\b|i('m| am|'ll| will)( going to| now)? (end|close|hang)(ing)? (this|the|up)"
    r"|have a (nice|good|great|lovely) (day|evening|weekend))",
    re.IGNORECASE,
)
_HARDLY_EVER_WRONG = frozenset({"1"})
TOO_MANY_QUESTIONS = 3


@dataclass(frozen=True, slots=True)
class _Restated:
    covered: tuple[str, ...]
    mistaken: tuple[Mistaken, ...]


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
    said = sentences(text)
    asked, open_question = asked_in(said, scenario, memory)
    requests = requests_in(said)
    restated = _restated(said, reading, scenario, memory)
    offered = _offered(said, reading, scenario)
    feeling, feeling_deed = _feeling(said, reading, scenario)
    deeds = {_PERCEIVED[sign.term] for sign in reading.signs if sign.term in _PERCEIVED}
    deeds |= _plain_deeds(text, said, scenario, memory)
    deeds |= _asking(asked, said)
    deeds |= _restating(said, reading, restated)
    deeds |= {feeling_deed} if feeling_deed else set()
    deeds |= _apology(said, reading, scenario)
    deeds |= _offering(offered, reading, scenario)
    deeds = _settled(deeds, reading, text, memory, requests)
    return Seen(
        deeds=frozenset(deeds),
        asked=asked,
        requests=requests,
        other_question=open_question and not requests,
        mistaken=restated.mistaken,
        covered=restated.covered,
        offered=offered,
        feeling=feeling,
        vague_words=_vague_words(text),
    )


def _plain_deeds(text: str, said: list[str], scenario: Scenario, memory: Memory) -> set[Deed]:
    found = set()
    names = tuple(part for part in scenario.customer.split() if part[:1].isupper() and not part.endswith("."))
    if holds_any(text, names):
        found.add(Deed.USED_NAME)
    if _SWEARS.search(text):
        found |= {Deed.SWORE}
    if _RECOMMENDS.search(text):
        found.add(Deed.RECOMMENDED)
    if _OWNS.search(text):
        found.add(Deed.OWNED)
    if _ENDS.search(text):
        found.add(Deed.ENDED)
    long = {bare(each) for each in said if len(each.split()) >= 4}
    if long & memory.heard:
        found.add(Deed.REPEATED)
    if re.search(r"\bcalm(ing)? down\b|\brelax\b|\bno need to\b", text, re.IGNORECASE):
        found.add(Deed.DISMISSED)
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


def _restated(said: list[str], reading: Reading, scenario: Scenario, memory: Memory) -> _Restated:
    """The facts that the turn restates, and those that it gets wrong."""
    perceived = any(sign.term is Technique.PARAPHRASE for sign in reading.techniques)
    marked = any(_RESTATES.search(each) for each in said)
    plain = [
        each for each in said if not _PLEDGES.search(each) and not _is_offer(each) and not _WHY.search(each)
    ]
    restating = " ".join(plain if perceived or marked else ())
    mistaken = []
    for fact in scenario.all_facts:
        words = first_held(" ".join(plain), fact.wrong) or _wrong_number(restating, fact, scenario, memory)
        if words:
            mistaken.append(Mistaken(fact=fact.id, words=words))
    covered = tuple(fact.id for fact in scenario.all_facts if holds_any(restating, fact.keys))
    return _Restated(covered, tuple(mistaken))


def _wrong_number(restating: str, fact: Fact, scenario: Scenario, memory: Memory) -> str:
    """The words of a number that this fact counts otherwise; empty when none is wrong."""
    kinds = {each.kind for each in quantities(fact.truth)}
    for each in quantities(restating):
        known = (
            each.kind,
            each.value,
        ) in scenario.quantities or f"{each.kind}:{each.value}" in memory.numbers
        if each.kind in kinds and not known and each.value not in _HARDLY_EVER_WRONG:
            return each.text
    return ""


def _restating(said: list[str], reading: Reading, restated: _Restated) -> set[Deed]:
    if restated.mistaken:
        return {Deed.RESTATED_WRONG}
    if restated.covered:
        return {Deed.RESTATED_RIGHT}
    perceived = any(sign.term is Technique.PARAPHRASE for sign in reading.techniques)
    return {Deed.RESTATED_NOTHING} if perceived and any(_RESTATES.search(each) for each in said) else set()


def _feeling(said: list[str], reading: Reading, scenario: Scenario) -> tuple[str, Deed | None]:
    """The feeling that is named, and whether it is theirs."""
    naming = " ".join(each for each in said if _FEELS.search(each) and not _STOCK.search(each))
    perceived = any(sign.term is Technique.EMPATHY for sign in reading.techniques)
    right = first_held(naming, scenario.feeling.right)
    if right:
        return right, Deed.FEELING_RIGHT
    wrong = first_held(naming, scenario.feeling.wrong)
    if wrong and re.search(r"\byou\b|\byour\b|\byou(’|')", naming, re.IGNORECASE):
        return wrong, Deed.FEELING_WRONG
    return "", Deed.EMPATHY if perceived else None


def _apology(said: list[str], reading: Reading, scenario: Scenario) -> set[Deed]:
    sorry = [each for each in said if _SORRY.search(each)]
    perceived = any(sign.term is Technique.APOLOGY for sign in reading.techniques)
    scripted = any(sign.term is Misstep.SCRIPTED for sign in reading.missteps)
    if not sorry and not perceived:
        return {Deed.SCRIPTED} if scripted else set()
    words = " ".join(sorry or said)
    keys = (*scenario.grievance.keys, *(key for fact in scenario.all_facts for key in fact.keys))
    specific = holds_any(words, keys)
    if _STOCK.search(words) or (scripted and not specific):
        return {Deed.APOLOGY_SCRIPTED}
    return {Deed.APOLOGY_SINCERE} if specific else {Deed.APOLOGY_PLAIN}


def _is_offer(sentence: str) -> bool:
    return _OFFERS.search(sentence) is not None and not _RESTATES.search(sentence)


def _offered(said: list[str], reading: Reading, scenario: Scenario) -> tuple[str, ...]:
    """The remedies that are offered, in the order of the scenario."""
    perceived = any(sign.term in (Technique.SOLUTION, Technique.CHOICE) for sign in reading.techniques)
    offering = " ".join(
        each
        for each in said
        if (_is_offer(each) or (perceived and not _RESTATES.search(each)))
        and not _REFUSES.search(each.partition(" but ")[2] or each)
    )
    every: tuple[Remedy, ...] = (*scenario.settles_for, *scenario.partly, *scenario.never)
    return tuple(each.id for each in every if holds_any(offering, each.words))


def _offering(offered: tuple[str, ...], reading: Reading, scenario: Scenario) -> set[Deed]:
    kinds = (
        (scenario.settles_for, Deed.OFFERED_WANTED),
        (scenario.partly, Deed.OFFERED_PARTLY),
        (scenario.never, Deed.OFFERED_NEVER),
    )
    found = {deed for remedies, deed in kinds if any(each.id in offered for each in remedies)}
    solving = any(sign.term is Technique.SOLUTION and sign.score >= 0.6 for sign in reading.techniques)
    return found or ({Deed.OFFERED_OTHER} if solving else set())


_ACKNOWLEDGES = (Deed.RESTATED_RIGHT, Deed.FEELING_RIGHT, Deed.EMPATHY, Deed.APOLOGY_SINCERE, Deed.LISTENED)
_OFFERS_OF_ANY_KIND = {Deed.OFFERED_WANTED, Deed.OFFERED_PARTLY, Deed.OFFERED_NEVER, Deed.OFFERED_OTHER}


def _settled(
    deeds: set[Deed], reading: Reading, text: str, memory: Memory, requests: tuple[Request, ...]
) -> set[Deed]:
    """The deeds after what one tells about another."""
    _date(deeds, reading, text)
    if Request.ANYTHING_ELSE in requests:
        deeds.add(Deed.CHECKED_SOLVED)
    elif deeds & {Deed.ASKED, Deed.LISTENED, Deed.ASKED_AGAIN}:
        deeds.discard(Deed.CHECKED_SOLVED)
    if not _HANDS_OVER.search(text) or _REFUSES.search(text):
        deeds.discard(Deed.HANDS_OVER)
    acknowledged = memory.did(*_ACKNOWLEDGES) or bool(deeds & set(_ACKNOWLEDGES))
    if deeds & _OFFERS_OF_ANY_KIND and not acknowledged:
        deeds.add(Deed.TOO_EARLY)
    if deeds & _OFFERS_OF_ANY_KIND:
        deeds.discard(Deed.SAID_NO)
    return deeds | _left_undone(deeds, text, memory, requests)


def _left_undone(deeds: set[Deed], text: str, memory: Memory, requests: tuple[Request, ...]) -> set[Deed]:
    """That a question of theirs was not answered, or that nothing was done at all."""
    found = set()
    if memory.asked_when and not deeds & {Deed.DATED, Deed.EXPLAINED, Deed.HANDS_OVER, Deed.VAGUE}:
        found.add(Deed.UNANSWERED)
    if not (deeds | found) - _SMALL and not requests and Deed.GREETED not in deeds:
        found |= set() if _PLEDGES.search(text) else {Deed.PASSED_OVER}
    return found


def _date(deeds: set[Deed], reading: Reading, text: str) -> None:
    """Puts right whether what was promised has a time."""
    promised = any(promise.when for promise in reading.promises)
    if promised or any(_is_offer(each) and _WHEN.search(each) for each in sentences(text)):
        deeds.add(Deed.DATED)
    if Deed.DATED not in deeds and _PLEDGES.search(text) and _VAGUE.search(text):
        deeds.add(Deed.VAGUE)
    if Deed.DATED in deeds:
        deeds.discard(Deed.VAGUE)


def _vague_words(text: str) -> str:
    match = _VAGUE_TIME.search(text)
    return match.group().lower() if match else ""
