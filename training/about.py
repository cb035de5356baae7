"""Turns with the intent they show, from public sets, and the same turns as people say them on the phone.

What a caller wants mostly stands between a greeting, a name, a story and a thank-you. The embedding has to
hear it there, so each turn is also given with such words around it: our own, and those of other callers.
"""

from __future__ import annotations

import gzip
import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from training.augment import speech

MOST = {"banking77": 90, "multidogo": 220, "star": 110}
"""Turns of one intent, so that none drowns the others; of each set."""

LEAST_WORDS = 4
AROUND = {"banking77": 2, "multidogo": 1, "star": 1}
"""How often each turn is also given with words around it."""

NO_SERVICE = {"contentonly", "confirmation", "rejection", "thankyou", "openinggreeting", "closinggreeting"}
NO_SERVICE |= {"outofdomain", "startserviceintent", ""}
"""What MultiDoGO calls an intent but is none that a caller would call for."""

OPENERS = (
    "hi there", "hello good morning", "yes hi", "yes", "yeah", "okay so", "um hi", "good afternoon", "sure",
    "hey how are you doing today", "hi yes thank you for taking my call", "well", "alright so", "yeah so",
    "oh hi there I hope you can help me with this", "hello my name is Tania Brooks", "hi this is Marcus",
    "hey there I have been a customer with you guys for years",
)  # fmt: skip
LEADS = (
    "I was just wondering", "I am calling because", "so basically", "I wanted to find out",
    "I need some help with something", "the reason I'm calling is", "I just had a quick question for you",
    "there was one more thing I wanted to ask", "what I need to do today is", "so my question is",
    "while I have you on the line", "I don't know if you can help me with that but", "let me explain",
    "I'm hoping you can help me out with this", "I tried to do this online and couldn't figure it out",
)  # fmt: skip
ASIDES = (
    "you know", "I mean", "my husband usually takes care of these things", "if that makes sense",
    "I've been so busy with work lately", "I'm not really sure how this works", "it's for my business",
    "I was looking at it on my phone earlier", "we just moved into a new house", "I've got a lot going on",
    "the kids are home today so sorry about the noise", "my sister told me to call you",
    "I'm retired now so I have to watch every penny", "and I was on hold for quite a while",
    "I have a trip coming up next week", "I'm at work right now so I have to be quick",
    "because like I said I'm trying to get everything in order",
)  # fmt: skip
CLOSERS = (
    "can you help me with that", "please", "could you do that for me", "is that something you can do",
    "if that's possible", "thank you so much", "that would be great", "let me know what you need from me",
    "thanks", "what do you need from me", "so yeah", "is that alright", "and that's pretty much it",
    "I appreciate it", "hopefully you can sort that out",
)  # fmt: skip
GRIEVANCES = (
    "this is ridiculous", "I'm sick of this", "I've rung three times already", "what a joke",
    "nobody ever calls back", "I am really not happy", "you people are useless", "sort it out",
    "I've waited long enough", "honestly it's a disgrace", "I'm losing patience here", "unbelievable",
    "do you even listen", "I want this fixed today", "this is the last time I use you lot", "so frustrating",
)  # fmt: skip
HESITATIONS = ("um", "uh", "you know", "like", "I mean")
OWN = {"opener": OPENERS, "aside": ASIDES, "lead": LEADS, "closer": CLOSERS, "grievance": GRIEVANCES}
BEFORE_IT = (
    ("opener", 0.42), ("openinggreeting", 0.18), ("grievance", 0.15), ("aside", 0.25), ("contentonly", 0.25),
    ("lead", 0.5),
)  # fmt: skip
AFTER_IT = (("aside", 0.25), ("contentonly", 0.15), ("grievance", 0.15), ("closer", 0.5))
"""Kinds of words around a turn with how often they are there."""


@dataclass(frozen=True, slots=True)
class Said:
    """One turn of a customer.

    Attributes:
        domain: set and service, such as "multidogo finance".
        intent: what the customer wants, named as the set names it.
        text: the words.
        plain: False where words were put around it.
    """

    domain: str
    intent: str
    text: str
    plain: bool = True


def read_intents(public: Path, seed: int) -> list[Said]:
    """The turns of Banking77, MultiDoGO and STAR (training splits), each also with words around it."""
    chance = random.Random(seed)  # noqa: S311 - shuffling, not secrecy
    multidogo = _shuffled(public / "multidogo" / "turn_train.jsonl.gz", chance)
    sets = {
        "banking77": _banking(_shuffled(public / "banking77" / "train.jsonl.gz", chance)),
        "multidogo": _multidogo(multidogo),
        "star": _star(_shuffled(public / "star" / "dialogues.jsonl.gz", chance)),
    }
    others = {
        kind: [row["text"] for row in multidogo if row["intent"] == [kind] and 2 <= _words(row["text"]) <= 14]
        for kind in ("openinggreeting", "contentonly")
    }
    said: list[Said] = []
    for name, turns in sets.items():
        counted: Counter[tuple[str, str]] = Counter()
        for turn in turns:
            counted[turn.domain, turn.intent] += 1
            if counted[turn.domain, turn.intent] <= MOST[name]:
                said.append(turn)
                around = (_around(turn.text, others, chance) for _ in range(AROUND[name]))
                said += [Said(turn.domain, turn.intent, text, plain=False) for text in around]
    return said


def _shuffled(path: Path, chance: random.Random) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    chance.shuffle(rows)
    return rows


def _banking(rows: Sequence[dict[str, Any]]) -> Iterator[Said]:
    return (Said("banking77", row["intent"], row["text"].strip()) for row in rows)


def _multidogo(rows: Sequence[dict[str, Any]]) -> Iterator[Said]:
    """Each wording once; turns with one service intent."""
    for text, row in {row["text"].strip(): row for row in reversed(rows)}.items():
        if len(row["intent"]) == 1 and row["intent"][0] not in NO_SERVICE and _words(text) >= LEAST_WORDS:
            yield Said(f"multidogo {row['domain']}", row["intent"][0], text)


def _star(rows: Sequence[dict[str, Any]]) -> Iterator[Said]:
    """The first longer turn of conversations with one task."""
    for row in rows:
        longer = [
            turn["text"].strip()
            for turn in row["turns"]
            if turn["role"] == "customer" and _words(turn["text"]) > LEAST_WORDS
        ]
        if len(row["task"]) == 1 and row["task"][0] and longer:
            yield Said("star", row["task"][0], longer[0])


def _words(text: str) -> int:
    return len(text.split())


def _around(text: str, others: dict[str, list[str]], chance: random.Random) -> str:
    """The turn between what callers say besides, calm or cross, as it is typed, shouted or heard."""
    said = [
        *_some(BEFORE_IT, others, chance),
        _hesitant(text, chance) if chance.random() < 0.5 else text,
        *_some(AFTER_IT, others, chance),
    ]
    parts = [part.strip().rstrip(".,?! ") for part in said]
    if chance.random() < 0.5:
        joined = " ".join(f"{part[:1].upper()}{part[1:]}." for part in parts)
    else:
        joined = ", ".join(parts)
    how = chance.random()
    if how < 0.08:
        return joined.upper().replace(".", "!")
    return speech(joined, 0, chance) if how < 0.3 else joined


def _some(
    kinds: Sequence[tuple[str, float]], others: dict[str, list[str]], chance: random.Random
) -> Iterator[str]:
    for kind, often in kinds:
        if chance.random() < often:
            yield chance.choice(OWN.get(kind) or others[kind])


def _hesitant(text: str, chance: random.Random) -> str:
    said: list[str] = []
    for word in text.split():
        said += [chance.choice(HESITATIONS)] if chance.random() < 0.06 else []
        said += [word, word] if chance.random() < 0.04 else [word]
    return " ".join(said)
