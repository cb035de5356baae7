"""The wrap-up note: what they came for, what upset them, what was done and promised, how it ended.

Written by rules from the turns and what they show; no language model. Each sentence names the turns it comes
from. The same function drafts the note of a conversation that still runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from coolhead.codebook import (
    Abuse,
    Cue,
    Heat,
    Issue,
    Promiser,
    Resolved,
    Speaker,
    Technique,
    Term,
    Trigger,
)
from coolhead.perception.reading import Evidence, Promise
from coolhead.picture.deeds import deeds_in, third_person
from coolhead.picture.heard import Heard
from coolhead.picture.heat import felt
from coolhead.picture.outcome import is_escalated
from coolhead.picture.questions import unanswered
from coolhead.picture.quote import quotation, quoted
from coolhead.picture.sentence import sentences
from coolhead.picture.state import HeatPoint
from coolhead.picture.topic import PLAIN, key_clause, likeliest

MOST_CAUSES = 3
MOST_DEEDS = 3
MOST_PROMISES = 4
MOST_UNDATED = 2
"""More of any would hide the last ones, which matter most."""


CLEAR = 0.4
"""Probability from which the issue is named; below it the customer's words speak alone."""

FEWEST_QUOTED = 4
"""Words."""

_NO_ACT = re.compile(
    r"(?:(?:the|a|an|this|that|these|it|its|he|she|they|there|i|we|you|your|our|my|please|so|and|as)\b|\W"
    r"|have (?:he|she|they|i|we)\b|have (?:\S+ ){1,6}(?:has|is|are|was|will)\b)",
    re.IGNORECASE,
)


_OPENER = re.compile(
    r"^(?:On|By|In|At|Until|Before|After|Within|This|Next|Once|When|As|First|Early|Today|Tomorrow|Tonight)\b"
)
"""The first word of words of time that began a sentence ("By Friday")."""


class Part(Term):
    """What a sentence of the note tells."""

    REASON = "reason", "what they came for"
    UPSET = "upset", "what upset them, and how much"
    CONCERN = "concern", "abuse, danger, threats to leave, to publish or to sue"
    DONE = "done", "what was done and offered"
    PROMISED = "promised", "what was promised, by whom, until when"
    OPEN = "open", "what nobody has answered"
    OUTCOME = "outcome", "whether it is solved, and how it ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteSentence:
    """One sentence of the note and the ids of the turns it comes from, in order."""

    part: Part
    text: str
    turn_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A wrap-up note."""

    sentences: tuple[NoteSentence, ...]

    @property
    def text(self) -> str:
        """The note as one paragraph."""
        return " ".join(sentence.text for sentence in self.sentences)


UPSETS = {
    Trigger.BROKEN_PROMISE: "a broken promise",
    Trigger.REPEAT_CONTACT: "having to contact us again",
    Trigger.MISCOMMUNICATION: "being told different things",
    Trigger.UNHEARD: "not being heard",
    Trigger.EFFORT: "the effort it takes",
    Trigger.POLICY: "a refusal by the rules",
    Trigger.UNMET_EXPECTATION: "things not working out as expected",
}
"""Each trigger as it follows "upset by", the telling ones first; `external_stress` is told apart, since it is
nobody's fault here."""

CONCERNS = {
    Cue.SAFETY_RISK: "Mentioned that someone may come to harm",
    Cue.LEGAL_THREAT: "Spoke of legal steps or a regulator",
    Cue.PUBLIC_THREAT: "Spoke of going public",
    Cue.CHURN_THREAT: "Threatened to leave",
    Cue.ASKS_SUPERVISOR: "Asked for a supervisor",
}
ABUSES = {Abuse.INSULT: "insulted", Abuse.HARASSMENT: "harassed", Abuse.THREAT: "threatened"}
RESULTS = {Resolved.YES: "Solved", Resolved.PARTLY: "Partly solved", Resolved.NO: "Not solved"}
WHO = {
    Promiser.AGENT: "The agent",
    Promiser.COMPANY: "The company",
    Promiser.SUPERVISOR: "The supervisor",
}


def write_note(heard: Sequence[Heard]) -> Note:
    """The note of the turns heard so far; empty when the customer has not spoken."""
    if not any(each.turn.by_customer for each in heard):
        return Note(sentences=())
    places = {each.turn.id: place for place, each in enumerate(heard)}
    quoted: set[str] = set()
    written = []
    for sentence in (sentence for part in PARTS for sentence in part(heard)):
        ids = tuple(sorted(sentence.turn_ids, key=lambda turn_id: places[turn_id]))
        written.append(replace(sentence, text=_unrepeated(sentence.text, quoted), turn_ids=ids))
    return Note(sentences=tuple(written))


def _unrepeated(text: str, quoted: set[str]) -> str:
    """The sentence without a quotation that the note has given before; remembers the one it gives."""
    found = re.search(r": “([^”]+)”", text)
    if not found:
        return text
    if found[1] in quoted:
        return text.replace(found[0], "")
    quoted.add(found[1])
    return text


def _sentence(part: Part, text: str, turn_ids: Sequence[str]) -> NoteSentence:
    return NoteSentence(part=part, text=text, turn_ids=tuple(dict.fromkeys(turn_ids)))


def _reason(heard: Sequence[Heard]) -> Iterator[NoteSentence]:
    chances = heard[-1].picture.issue
    issue = likeliest(chances)
    clause, turn_id = key_clause(heard, issue)
    clear = issue is not Issue.OTHER and chances[issue] >= CLEAR
    about = f"Contacted us about {PLAIN[issue]}" if clear else "Contacted us"
    yield _sentence(Part.REASON, f"{about}: {quotation(clause)}.", [turn_id])


def _upset(heard: Sequence[Heard]) -> Iterator[NoteSentence]:
    picture = heard[-1].picture
    worst = max(picture.course, key=felt, default=None)
    seen = [each for each in picture.noticed if each.term in UPSETS]
    if worst is None or (felt(worst) < Heat.FRUSTRATED and not seen):
        return
    terms = [term for term in UPSETS if any(each.term is term for each in seen)][:MOST_CAUSES]
    told = [f"upset by {_listed([UPSETS[term] for term in terms])}"] if terms else []
    if felt(worst) >= Heat.FRUSTRATED:
        told.append(f"{felt(worst).words} at worst{_hottest_words(heard, worst)}")
    else:
        told.append("but stayed civil")
    text = ", ".join(told)
    ids = [next(each.turn_id for each in seen if each.term is term) for term in terms]
    yield _sentence(Part.UPSET, f"{text[:1].upper()}{text[1:]}.", [*ids, worst.turn_id])


def _pressure(heard: Sequence[Heard]) -> Iterator[NoteSentence]:
    """Pressure that is not the company's doing, in the words of the first turn that shows it."""
    pressed = [each.turn_id for each in heard[-1].picture.noticed if each.term is Trigger.EXTERNAL_STRESS]
    if pressed:
        words = _words_of(heard, pressed[0], Trigger.EXTERNAL_STRESS)
        yield _sentence(Part.UPSET, f"Under personal pressure: {words}.", pressed[:1])


def _hottest_words(heard: Sequence[Heard], worst: HeatPoint) -> str:
    """The words of the hottest turn, unless the customer began with it and so gave the reason in it."""
    customers = [each for each in heard if each.turn.by_customer]
    if worst.turn_id == customers[0].turn.id:
        return ""
    hottest = next(each for each in customers if each.turn.id == worst.turn_id)
    return f": {_telling(hottest, hottest.reading.heat.evidence)}" if hottest.reading.heat else ""


def _concerns(heard: Sequence[Heard]) -> Iterator[NoteSentence]:
    picture = heard[-1].picture
    for cue, words in CONCERNS.items():
        shown = [each.turn_id for each in picture.noticed if each.term is cue]
        if shown:
            yield _sentence(Part.CONCERN, f"{words}: {_words_of(heard, shown[0], cue)}.", shown)
    if picture.abuse:
        verbs = _listed(
            [words for kind, words in ABUSES.items() if any(a.kind is kind for a in picture.abuse)]
        )
        often = {1: "", 2: " twice"}.get(len(picture.abuse), f" {len(picture.abuse)} times")
        limit = "; the agent set a limit" if Technique.BOUNDARY in picture.techniques else ""
        text = f"{verbs.capitalize()} the agent or staff{often}{limit}."
        yield _sentence(Part.CONCERN, text, [each.turn_id for each in picture.abuse])


def _done(heard: Sequence[Heard]) -> Iterator[NoteSentence]:
    found = [
        (each.turn.id, deed)
        for each in heard
        if not each.turn.by_customer
        for deed in deeds_in(each.turn.text)
    ]
    done = [(turn_id, deed.words) for turn_id, deed in found if not deed.offered][-MOST_DEEDS:]
    offered = [(turn_id, deed.words) for turn_id, deed in found if deed.offered][-MOST_DEEDS:]
    if done:
        yield _sentence(
            Part.DONE, f"Done: {'; '.join(words for _, words in done)}.", [each for each, _ in done]
        )
    if offered:
        words = "; ".join(words for _, words in offered)
        yield _sentence(Part.DONE, f"Offered {words}.", [each for each, _ in offered])
    if not done and not offered and (remedy := _remedy(heard)):
        yield remedy


def _remedy(heard: Sequence[Heard]) -> NoteSentence | None:
    """The last remedy in the agent's own words, where no deed can be told from them."""
    for each in reversed(heard):
        sign = next(
            (s for s in each.reading.techniques if s.term in (Technique.SOLUTION, Technique.CHOICE)), None
        )
        if sign and not each.reading.promises:
            return _sentence(
                Part.DONE, f"The agent's answer: {_telling(each, sign.evidence)}.", [each.turn.id]
            )
    return None


def _promised(heard: Sequence[Heard]) -> Iterator[NoteSentence]:
    promises = heard[-1].picture.promises
    turns = {each.turn.id: each.turn for each in heard}
    for promised in [each for each in promises if each.promise.when][-MOST_PROMISES:]:
        text = promise_words(promised.promise, turns[promised.turn_id].text)
        yield _sentence(Part.PROMISED, text, [promised.turn_id])
    undated = [each for each in promises if not each.promise.when and _is_act(each.promise.what)][
        -MOST_UNDATED:
    ]
    if undated:
        words = "; ".join(dict.fromkeys(f"to {third_person(each.promise.what)}" for each in undated))
        ids = [each.turn_id for each in undated]
        yield _sentence(Part.PROMISED, f"Promised without a time: {words}.", ids)


def promise_words(promise: Promise, text: str) -> str:
    """A dated promise as a sentence, with its due time if known; `text` is of the turn that made it."""
    due = f" (due {_time_words(promise.due)})" if promise.due else ""
    if not _is_act(promise.what):
        return f"{WHO[promise.who]} promised: {quoted(text, promise.evidence)}{due}."
    what = third_person(promise.what)
    said = _OPENER.sub(lambda opener: opener[0].lower(), promise.when or "")
    when = f" {said}" if said and said.lower() not in what.lower() else ""
    return f"{WHO[promise.who]} will {what}{when}{due}."


def _time_words(due: datetime) -> str:
    return f"{due:%a} {due.day} {due:%b}, {due:%H:%M}"


def _is_act(what: str) -> bool:
    """True for a verb phrase that can follow "will"; some promises are made otherwise ("it comes Monday")."""
    return not _NO_ACT.match(what)


def _open(heard: Sequence[Heard]) -> Iterator[NoteSentence]:
    picture = heard[-1].picture
    last = [point.turn_id for point in picture.course[-2:]]
    for question in unanswered(picture.questions, by_customer=True):
        if question.turn_id in last:
            yield _sentence(Part.OPEN, f"Not answered: {quotation(question.text)}.", [question.turn_id])


def _outcome(heard: Sequence[Heard]) -> Iterator[NoteSentence]:
    picture = heard[-1].picture
    result = max(picture.resolved, key=lambda each: picture.resolved[each], default=None)
    said = [RESULTS[result]] if result else []
    ids = [point.turn_id for point in picture.course[-1:]]
    if is_escalated(heard):
        said.append("handed to a supervisor")
        ids = [each.turn.id for each in heard if each.turn.speaker is Speaker.SUPERVISOR][:1] + ids
    said.append(_ending(heard))
    text = "; ".join(said)
    yield _sentence(Part.OUTCOME, f"{text[:1].upper()}{text[1:]}.", ids)


def _ending(heard: Sequence[Heard]) -> str:
    """How the customer was at the end."""
    picture = heard[-1].picture
    last = next(each for each in reversed(heard) if each.turn.by_customer)
    cues = {sign.term for sign in last.reading.cues}
    peak = max(map(felt, picture.course), default=Heat.CALM)
    if Cue.PRAISE in cues or Cue.THANKS in cues:
        mood = (
            f", {picture.level.words} after being {peak.words}"
            if peak >= Heat.FRUSTRATED > picture.level
            else ""
        )
        return f"the customer {'praised us' if Cue.PRAISE in cues else 'thanked us'} at the end{mood}"
    if peak <= Heat.TENSE:
        return "the customer stayed calm" if peak is Heat.CALM else "the customer stayed civil"
    if picture.level >= Heat.FRUSTRATED:
        return f"the customer was still {picture.level.words}: {quotation(last.turn.text)}"
    return f"the customer came down from {peak.words} to {picture.level.words}"


def _words_of(heard: Sequence[Heard], turn_id: str, term: Term) -> str:
    """The words that show a term in a turn, in quotation marks."""
    each = next(each for each in heard if each.turn.id == turn_id)
    return _telling(each, next(sign for sign in each.reading.signs if sign.term == term).evidence)


def _telling(each: Heard, evidence: Evidence) -> str:
    """The sentence around the evidence, in quotation marks; the longest one where that is a word or two."""
    text, place = each.turn.text, 0
    said = sentences(text) or [text]
    around = said[0]
    for sentence in said:
        place = text.find(sentence, place) + len(sentence)
        if (evidence.start or 0) < place:
            around = sentence
            break
    return quotation(around if len(around.split()) >= FEWEST_QUOTED else max(said, key=len))


def _listed(words: Sequence[str]) -> str:
    """The words as a list in a sentence."""
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + f" and {words[-1]}" if words else ""


PARTS = (_reason, _upset, _pressure, _concerns, _done, _promised, _open, _outcome)
"""The order in which a note tells."""
