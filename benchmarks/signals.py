"""What the shipped model says of many turns; a run that was broken off goes on where it stopped.

What was read is kept in `.coolhead/benchmarks`, in a folder of its own for each version of the weights, so
that a second measure of the same texts costs nothing and new weights are never measured by old readings.
"""

from __future__ import annotations

import hashlib
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.sets import ROOT
from coolhead.codebook import Speaker
from coolhead.conversation.turn import Turn
from coolhead.perception.encoder import MODELS
from coolhead.perception.reading import Reading
from coolhead.perception.text import TextModel

KEPT = ROOT / ".coolhead" / "benchmarks"
PROGRESS_S = 15.0

Said = tuple[bool, str]
"""A turn: whether the customer spoke, and the words."""


@dataclass(frozen=True, slots=True)
class Question:
    """One turn to read, after the turns before it (oldest first)."""

    said: Said
    before: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Signal:
    """What one turn shows.

    Attributes:
        heat: probability of each of the five levels; empty for an agent's turn.
        level: the level decided on; 0 for an agent's turn.
        scores: probability of every term that could apply.
        shown: the terms whose probability reached their threshold.
    """

    heat: tuple[float, ...]
    level: int
    scores: dict[str, float]
    shown: frozenset[str]

    def hotter_than(self, level: int) -> float:
        """Probability of more heat than `level`."""
        return sum(self.heat[level + 1 :])

    def any_of(self, *terms: str) -> float:
        """Probability that at least one of the terms holds, as if they were independent."""
        none = 1.0
        for term in terms:
            none *= 1.0 - self.scores[term]
        return 1.0 - none


def read_signals(name: str, questions: Sequence[Question]) -> list[Signal]:
    """A signal for each question, in order; `name` says on the terminal what is being read."""
    digest = hashlib.sha256(json.dumps([(q.said, q.before) for q in questions]).encode()).hexdigest()
    path = KEPT / _weights() / f"{name}-{digest[:12]}.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    known = _kept(path)
    if len(known) < len(questions):
        model, told = TextModel(), time.monotonic()
        with path.open("a", encoding="utf-8") as file:
            for number in range(len(known), len(questions)):
                row = _row(model.read(*_turns(questions[number])))
                file.write(json.dumps(row) + "\n")
                known.append(row)
                if time.monotonic() - told > PROGRESS_S:
                    told = time.monotonic()
                    print(f"{name}: {number + 1} of {len(questions)} turns read", file=sys.stderr)
    return [_signal(row) for row in known]


@cache
def _weights() -> str:
    digest = hashlib.sha256()
    for name in ("encoder.onnx", "heads.onnx", "words.npz", "labels.json", "tokenizer.json.gz"):
        digest.update((MODELS / name).read_bytes())
    return digest.hexdigest()[:12]


def _kept(path: Path) -> list[dict[str, Any]]:
    """The rows that were written whole; a half row at the end, left by a broken-off run, is cut off."""
    if not path.is_file():
        return []
    whole = path.read_bytes().rpartition(b"\n")[0]
    path.write_bytes(whole + b"\n" if whole else b"")
    return [json.loads(line) for line in whole.decode().splitlines()]


def _turns(question: Question) -> tuple[Turn, list[Turn]]:
    *before, turn = [
        Turn(
            id=str(number),
            speaker=Speaker.CUSTOMER if by_customer else Speaker.AGENT,
            text=text,
            place=float(number),
        )
        for number, (by_customer, text) in enumerate((*question.before, question.said))
    ]
    return turn, before


def _row(reading: Reading) -> dict[str, Any]:
    heat = reading.heat
    return {
        "heat": heat.probabilities if heat else (),
        "level": int(heat.level) if heat else 0,
        "scores": reading.scores,
        "shown": sorted({sign.term.value for sign in reading.signs}),
    }


def _signal(row: dict[str, Any]) -> Signal:
    return Signal(tuple(row["heat"]), row["level"], row["scores"], frozenset(row["shown"]))
