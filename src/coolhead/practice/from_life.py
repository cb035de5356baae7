"""A scenario made from a stored conversation: the same issue and manner, everybody and everything renamed.

It is entered at the turn where it went wrong. The result is a draft: what a conversation does not say is
stock (`content/from_life.yaml`), and a trainer reads all of it before it is published.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from io import StringIO
from typing import Any

from ruamel.yaml import YAML

from coolhead.codebook import Behaviour, Channel, Heat, Issue, Speaker, Trigger
from coolhead.errors import InputError
from coolhead.perception.reading import Reading
from coolhead.practice.disguise import Disguise, is_plain
from coolhead.practice.hearing.sentence import sentences
from coolhead.practice.topic import Topic

MOST_FACTS = 8
LEAST_FACTS = 5
LEAST_HARM = 0.5
MOST_SO_FAR = 40
"""Turns before the one where it is entered; the latest are kept."""

LONGEST = 560
"""Characters of one text; a longer turn is shortened at a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LivedTurn:
    """A stored turn; `text` masked."""

    speaker: Speaker
    text: str
    reading: Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Lived:
    """A stored conversation.

    Attributes:
        customer: the customer's name as the record has it; may be empty.
        agent: the name of who answered; may be empty.
        keys: by which other systems know the customer and the conversation.
        company: the client's name.
    """

    turns: Sequence[LivedTurn]
    channel: Channel
    issue: Issue
    customer: str
    agent: str
    keys: tuple[str, ...]
    company: str


def from_life(lived: Lived, scenario_id: str, seed: int) -> str:
    """The text of a scenario made from `lived`; the same conversation and seed give the same text.

    Raises:
        InputError: there is nothing in it to practise with.
    """
    turns = [turn for turn in lived.turns if turn.text.strip()]
    entered = entry_of(turns)
    people = (lived.customer, lived.agent)
    disguise = Disguise([turn.text for turn in turns], people, (lived.company, *lived.keys), seed)
    told = [(turn, _shortened(disguise.applied(turn.text))) for turn in turns]
    stock = _stock()
    group = stock["groups"][stock["issues"][lived.issue.value]]
    customer = disguise.name_for(lived.customer)
    facts = _facts(told, entered, {*customer.split()}, stock)
    content: dict[str, Any] = {
        "id": scenario_id,
        "title": f"From life: {lived.issue.words}",
        "about": "Made from a conversation of ours; names, numbers, days and places are invented.",
        "industry": group["industry"],
        "client": disguise.name_for(lived.company),
        "issue": lived.issue.value,
        "channel": lived.channel.value,
        "customer": customer,
        "agent": disguise.name_for(lived.agent).split()[0],
        "personas": [_persona(turns)],
        "difficulty": _difficulty(turns, entered),
        "thing": group["thing"],
        "lasted": "some time",
        "gist": facts[0]["truth"],
        "misreadings": group["misreadings"],
        "so_far": [
            {"by": "customer" if turn.speaker is Speaker.CUSTOMER else "agent", "says": text}
            for turn, text in told[max(0, entered + 1 - MOST_SO_FAR) : entered + 1]
        ],
        "openings": _openings(told, group),
        "facts": facts,
        "hidden_cause": {"id": "cause", **stock["cause"]},
        "grievance": stock["grievances"][_trigger(turns)],
        "feeling": stock["feelings"][_warmth(turns)],
        "want": group["want"],
        "wants": group["wants"],
        "vents": _vents(told, {each["truth"] for each in facts}, stock),
        "settles_for": [group["settles"]],
        "never": [group["never"]],
        "patience": max(4, min(12, len(turns) - entered + 3)),
    }
    return _written(content, disguise)


def entry_of(turns: Sequence[LivedTurn]) -> int:
    """The place of the customer's turn that whoever practises answers: right before it went wrong.

    It went wrong where the heat rose most over what the company's side said, a misstep in it counting as much
    as a level of heat; the first such place of several. Where it neither rose nor anybody made a misstep,
    it is the hottest moment.

    Raises:
        InputError: no customer spoke.
    """
    spoken = [at for at, turn in enumerate(turns) if turn.reading.heat is not None]
    if not spoken:
        raise InputError("No customer spoke in this conversation.", hint="Choose another one.")
    harm = {
        before: _rise(turns, before, after) + _missteps(turns[before + 1 : after])
        for before, after in zip(spoken, [*spoken[1:], len(turns)], strict=True)
        if after > before + 1
    }
    worst = max(harm.values(), default=0.0)
    if worst >= LEAST_HARM:
        return next(at for at, by in harm.items() if by == worst)
    return max(spoken, key=lambda at: _heat(turns[at]))


def _rise(turns: Sequence[LivedTurn], before: int, after: int) -> float:
    return _heat(turns[after]) - _heat(turns[before]) if after < len(turns) else 0.0


def _missteps(turns: Sequence[LivedTurn]) -> float:
    return 1.0 if any(turn.reading.missteps for turn in turns) else 0.0


def _heat(turn: LivedTurn) -> float:
    return turn.reading.heat.expected if turn.reading.heat else 0.0


def _customers(turns: Sequence[LivedTurn]) -> list[LivedTurn]:
    return [turn for turn in turns if turn.reading.heat is not None]


def _persona(turns: Sequence[LivedTurn]) -> str:
    """The shipped persona who is most like this customer."""
    said = _customers(turns)
    shown = Counter(sign.term for turn in said for sign in turn.reading.behaviours)
    if any(turn.reading.abuse and turn.reading.abuse.term.is_personal for turn in said):
        return "abusive"
    for behaviour, persona in (
        (Behaviour.PASSIVE_AGGRESSIVE, "passive-aggressive"),
        (Behaviour.INDECISIVE, "indecisive"),
    ):
        if shown[behaviour] and shown[behaviour] >= shown[Behaviour.ANGRY]:
            return persona
    if shown[Behaviour.ANGRY] or max(map(_heat, said)) >= Heat.ANGRY:
        return "angry"
    if any(sign.term is Trigger.EXTERNAL_STRESS for turn in said for sign in turn.reading.triggers):
        return "anxious"
    return "chatty" if sum(len(turn.text.split()) for turn in said) > 45 * len(said) else "icy-polite"


def _difficulty(turns: Sequence[LivedTurn], entered: int) -> str:
    after = max((_heat(turn) for turn in turns[entered:]), default=0.0)
    return "hard" if after >= Heat.ANGRY else "normal" if after >= Heat.FRUSTRATED - 0.5 else "easy"


def _trigger(turns: Sequence[LivedTurn]) -> str:
    shown = Counter(sign.term for turn in _customers(turns) for sign in turn.reading.triggers)
    return shown.most_common(1)[0][0].value if shown else Trigger.UNMET_EXPECTATION.value


def _warmth(turns: Sequence[LivedTurn]) -> str:
    peak = max(map(_heat, _customers(turns)))
    return "hot" if peak >= Heat.ANGRY - 0.5 else "warm" if peak >= Heat.TENSE + 0.5 else "cool"


_TELLING = (
    (Topic.AMOUNT, re.compile(r"[£$€]|\b(pounds|euros|dollars|charged?|paid|pay|fee|price|cost)\b", re.I)),
    (Topic.TOLD, re.compile(r"\b(told|said|promised|says|colleague|wrote)\b", re.IGNORECASE)),
    (Topic.TRIED, re.compile(r"\b(tried|called|rang|restarted|e-?mailed|checked|asked)\b", re.IGNORECASE)),
    (Topic.SINCE, re.compile(r"\b(days|weeks|months|years|hours|since)\b", re.IGNORECASE)),
    (Topic.DATE, re.compile(r"\b(\w+day|yesterday|tomorrow|\d+(st|nd|rd|th))\b", re.IGNORECASE)),
    (Topic.NUMBER, re.compile(r"\b(?=\w*\d)(?=\w*[A-Z])\w{4,}\b|\b(order|booking|reference|number)\b")),
)
_FRAMES = (
    ("As I wrote: {}", "{} That is how it is."),
    ("Once more, then: {}", "{} It should be in your notes."),
)


def _facts(
    told: list[tuple[LivedTurn, str]], entered: int, names: set[str], stock: dict[str, Any]
) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    taken: set[Topic] = set()
    for at, (turn, text) in enumerate(told):
        for sentence in sentences(text) if turn.reading.heat is not None else ():
            keys = [key for key in _keys(sentence) if key not in names]
            if len(found) == MOST_FACTS or not keys or not _tells(sentence):
                continue
            about = [topic for topic, tells in _TELLING if tells.search(sentence) and topic not in taken]
            taken.update(about)
            frames = _FRAMES[len(found) % len(_FRAMES)]
            found.append(
                {
                    "id": f"told-{len(found) + 1}",
                    "about": [topic.value for topic in about] or [Topic.WHAT_HAPPENED.value],
                    "given": "volunteered" if at <= entered else "asked",
                    "says": [sentence, *(frame.format(sentence) for frame in frames)],
                    "truth": sentence.rstrip(".!?"),
                    "keys": keys,
                }
            )
    missing = max(LEAST_FACTS - len(found), 0)
    return found + [{"given": "asked", **each} for each in stock["facts"][:missing]]


def _tells(sentence: str) -> bool:
    words = sentence.split()
    return 5 <= len(words) <= 45 and sentence[:1].isupper() and not sentence.rstrip().endswith("?")


def _keys(sentence: str) -> list[str]:
    """What a restatement of a sentence would hold: its numbers and names, then its longest words."""
    words = [word.strip(".,;:!?\"'()“”") for word in sentence.split()]
    marked = [
        each for each in words[1:] if re.search(r"\d", each) or (each[:1].isupper() and not is_plain(each))
    ]
    long = sorted((word for word in words if len(word) > 5 and word.islower()), key=len, reverse=True)
    return list(dict.fromkeys(each for each in (*marked[:3], *long[:3]) if each))


def _openings(told: list[tuple[LivedTurn, str]], group: dict[str, Any]) -> list[str]:
    first = next(text for turn, text in told if turn.reading.heat is not None)
    return list(dict.fromkeys((first, *group["openings"])))


def _vents(told: list[tuple[LivedTurn, str]], facts: set[str], stock: dict[str, Any]) -> list[str]:
    hot = [
        sentence
        for turn, text in told
        if turn.reading.heat is not None and _heat(turn) >= Heat.FRUSTRATED
        for sentence in sentences(text)
        if 4 <= len(sentence.split()) <= 25 and sentence.rstrip(".!?") not in facts
    ]
    return list(dict.fromkeys((*hot[:6], *stock["vents"])))


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    while len(text) > LONGEST:
        parts = sentences(text)
        text = " ".join(parts[:-1]) if len(parts) > 1 else text[:LONGEST].rsplit(" ", 1)[0]
    return text


def _written(content: dict[str, Any], disguise: Disguise) -> str:
    """The scenario as YAML, with what a trainer is to look at on top."""
    doubtful = sorted({word for text in _texts(content["so_far"]) for word in disguise.doubtful(text)})
    out = StringIO()
    yaml = YAML()
    yaml.width = 110
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.dump(content, out)
    notes = [
        "# Made from a conversation. Names, numbers, days and places are invented; two numbers that belonged",
        "# together may not any more. Read all of it, put it right, try it, then publish it.",
    ]
    if doubtful:
        notes.append("# Words that no list knows, and that might be names: " + ", ".join(doubtful[:30]))
    return "\n".join((*notes, out.getvalue()))


def _texts(node: object) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for each in node.values():
            yield from _texts(each)
    elif isinstance(node, list):
        for each in node:
            yield from _texts(each)


@cache
def _stock() -> dict[str, Any]:
    text = resources.files("coolhead.practice").joinpath("content/from_life.yaml").read_text("utf-8")
    stock: dict[str, Any] = YAML(typ="safe").load(text)
    return stock
