"""What a supervisor must know before a customer tells it again: made by rules from the picture and the note.

Each line names the turns it comes from. Knows no storage and no clock; the same turns give the same lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from coolhead.codebook import Cue, Heat, Misstep, Technique, Term, Trigger
from coolhead.picture.heard import Heard
from coolhead.picture.heat import felt
from coolhead.picture.note import Note, NoteSentence, Part
from coolhead.picture.quote import quotation, quoted
from coolhead.picture.state import Trend

MOST_ANSWERED = 3
MOST_REFUSED = 2
MOST_SLIPS = 3


class Topic(Term):
    """What a line of the briefing is about, in the order in which it is read."""

    WHO = "who", "who it is, and who has answered so far"
    WANTS = "wants", "what they came for, and what is still open"
    UPSET = "upset", "what upset them"
    TRIED = "tried", "what was done and offered"
    PROMISED = "promised", "what was promised, by whom, until when"
    HEAT = "heat", "how their heat went"
    AVOID = "avoid", "what not to repeat"
    NOTE = "note", "what the agent wrote"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the briefing and the ids of the turns it comes from, in order."""

    topic: Topic
    text: str
    turn_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Parties:
    """Who talks; names are empty where they are not known.

    Attributes:
        how: the way the conversation is held, as people read it ("chat").
    """

    customer: str
    agent: str
    how: str


TOPICS = {
    Part.REASON: Topic.WANTS,
    Part.OPEN: Topic.WANTS,
    Part.UPSET: Topic.UPSET,
    Part.CONCERN: Topic.UPSET,
    Part.DONE: Topic.TRIED,
    Part.PROMISED: Topic.PROMISED,
}
"""Where the sentences of the note belong; how it ended is not known yet."""

NOTHING = {Topic.TRIED: "Nothing was done or offered so far.", Topic.PROMISED: "Nothing was promised so far."}
"""What is said where there is nothing, so that nobody has to look for it."""

SLIPS = {
    Misstep.ASKS_AGAIN: "Asking for what they had already given",
    Misstep.DISMISSIVE: "Passing over the feeling",
    Misstep.DEFENSIVE: "Defending us",
    Misstep.NEGATIVE_LANGUAGE: "A no with nothing offered instead",
    Misstep.RUDE: "A sharp tone",
    Misstep.INTERRUPTS: "Cutting them off",
    Misstep.SCRIPTED: "A stock phrase",
    Misstep.PREMATURE_SOLUTION: "A remedy before they were heard",
    Misstep.OVERPROMISE: "A guarantee we do not control",
    Misstep.VAGUE_COMMITMENT: "A promise with no date",
    Misstep.JARGON: "Words that only insiders know",
}


def write_briefing(
    heard: Sequence[Heard], note: Note, parties: Parties, edited: str = ""
) -> tuple[Line, ...]:
    """The briefing of the turns heard so far; empty when the customer has not spoken.

    Args:
        heard: every turn, in order.
        note: as `write_note` gives it for these turns.
        parties: who talks.
        edited: the note in the agent's own words; empty when nobody has edited it.
    """
    if not any(each.turn.by_customer for each in heard):
        return ()
    lines = [
        *_who(heard, parties),
        *(_from_note(each) for each in note.sentences if each.part in TOPICS),
        *_heat(heard),
        *_avoid(heard),
    ]
    known = {line.topic for line in lines}
    lines += [Line(topic=topic, text=text) for topic, text in NOTHING.items() if topic not in known]
    if edited:
        lines.append(Line(topic=Topic.NOTE, text=" ".join(edited.split())))
    order = list(Topic)
    return tuple(sorted(lines, key=lambda line: order.index(line.topic)))


def _who(heard: Sequence[Heard], parties: Parties) -> Iterator[Line]:
    said = [each.turn for each in heard if each.turn.by_customer]
    answered = f"with {parties.agent}" if parties.agent else "nobody has answered yet"
    times = "once" if len(said) == 1 else f"{len(said)} times"
    text = f"{parties.customer or 'A customer'}, by {parties.how}, {answered}; has spoken {times}."
    yield Line(topic=Topic.WHO, text=text, turn_ids=(said[0].id,))


def _from_note(sentence: NoteSentence) -> Line:
    return Line(topic=TOPICS[sentence.part], text=sentence.text, turn_ids=sentence.turn_ids)


def _heat(heard: Sequence[Heard]) -> Iterator[Line]:
    picture = heard[-1].picture
    if not picture.course:
        return
    first, worst, now = picture.course[0], max(picture.course, key=felt), picture.level
    going = "" if picture.trend is Trend.STEADY else f" and {picture.trend.value}"
    told = [f"{felt(first).words} at first"]
    if felt(worst) not in (felt(first), now):
        told.append(f"{felt(worst).words} at worst")
    told.append(f"{now.words} now{going}")
    same = felt(first) is felt(worst) is now
    text = f"{now.words} throughout" if same else ", ".join(told)
    ids = dict.fromkeys((first.turn_id, worst.turn_id, picture.course[-1].turn_id))
    yield Line(topic=Topic.HEAT, text=f"{text[:1].upper()}{text[1:]}.", turn_ids=tuple(ids))


def _avoid(heard: Sequence[Heard]) -> Iterator[Line]:
    yield from _refused(heard)
    yield from _slips(heard)
    broken = [each.turn_id for each in heard[-1].picture.noticed if each.term is Trigger.BROKEN_PROMISE]
    if broken:
        text = "Another date that may not hold: a broken promise is part of this."
        yield Line(topic=Topic.AVOID, text=text, turn_ids=tuple(dict.fromkeys(broken)))
    yield from _answered(heard)


def _refused(heard: Sequence[Heard]) -> Iterator[Line]:
    """What the agent offered right before the customer said no."""
    found = []
    for before, after in pairwise(heard):
        offer = next(
            (s for s in before.reading.techniques if s.term in (Technique.SOLUTION, Technique.CHOICE)), None
        )
        if offer and any(sign.term is Cue.REJECTS for sign in after.reading.cues):
            words = quoted(before.turn.text, offer.evidence)
            ids = (before.turn.id, after.turn.id)
            found.append(Line(topic=Topic.AVOID, text=f"Offered and refused: {words}.", turn_ids=ids))
    yield from found[-MOST_REFUSED:]


def _slips(heard: Sequence[Heard]) -> Iterator[Line]:
    """What the agent's side did after which the customer was hotter, each kind once, the latest first."""
    told: dict[Misstep, Line] = {}
    heat = Heat.CALM
    slipped: list[tuple[Misstep, str]] = []
    for each in heard:
        if not each.turn.by_customer:
            slipped += [(sign.term, each.turn.id) for sign in each.reading.missteps]
            continue
        level = each.reading.heat.level if each.reading.heat else heat
        if level > heat:
            for term, turn_id in slipped:
                text = f"{SLIPS[term]}: they were {level.words} after it."
                told[term] = Line(topic=Topic.AVOID, text=text, turn_ids=(turn_id, each.turn.id))
        heat, slipped = level, []
    yield from list(told.values())[::-1][:MOST_SLIPS]


def _answered(heard: Sequence[Heard]) -> Iterator[Line]:
    """What they were asked and have told, which nobody should ask again."""
    asked = [each for each in heard[-1].picture.questions if not each.by_customer and each.answered_by]
    texts = {each.turn.id: each.turn.text for each in heard}
    for each in asked[-MOST_ANSWERED:]:
        answer = each.answered_by or each.turn_id
        text = f"Asking {quotation(each.text)} again; they said {quotation(texts[answer])}."
        yield Line(topic=Topic.AVOID, text=text, turn_ids=(each.turn_id, answer))
