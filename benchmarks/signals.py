"""What the shipped model says of many turns; a run that was broken off goes on where it stopped.

What was read is kept in `.coolhead/benchmarks`, in a folder of its own for each version of the weights, so
that a second measure of the same texts costs nothing and new weights are never measured by old readings.
The encoder's vectors of the turns are kept beside it, for methods that are taught on them.
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

import numpy as np
import numpy.typing as npt

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


Vectors = npt.NDArray[np.float32]
DIMENSIONS = 384


def read_signals(name: str, questions: Sequence[Question]) -> list[Signal]:
    """A signal for each question, in order; `name` says on the terminal what is being read."""
    return [_signal(json.loads(line)) for line in _read(name, questions).lines()]


def read_vectors(name: str, questions: Sequence[Question]) -> Vectors:
    """The encoder's unit vector of each question's own words [n, 384]; the turns before are not in it."""
    vectors = _read(name, questions).vectors()
    unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit


def _read(name: str, questions: Sequence[Question]) -> _Readings:
    digest = hashlib.sha256(json.dumps([(q.said, q.before) for q in questions]).encode()).hexdigest()
    readings = _Readings(KEPT / _weights() / f"{name}-{digest[:12]}")
    known = readings.cut_to_whole()
    if known == len(questions):
        return readings
    model, told = TextModel(), time.monotonic()
    with readings.texts.open("a", encoding="utf-8") as lines, readings.numbers.open("ab") as numbers:
        for number in range(known, len(questions)):
            turn, before = _turns(questions[number])
            lines.write(json.dumps(_row(model.read(turn, before))) + "\n")
            numbers.write(_bytes(model.vector(turn.text, by_customer=turn.by_customer)))
            if time.monotonic() - told > PROGRESS_S:
                told = time.monotonic()
                print(f"{name}: {number + 1} of {len(questions)} turns read", file=sys.stderr)
    return readings


class _Readings:
    """Two files of one row a question: readings as JSON lines, vectors as numbers."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.texts, self.numbers = path.with_suffix(".jsonl"), path.with_suffix(".f32")

    def cut_to_whole(self) -> int:
        """Cuts off what a broken-off run left beyond the last whole row of both files; how many rows stay."""
        for file in (self.texts, self.numbers):
            file.touch()
        lines, vectors = self.lines(), self.vectors()
        whole = min(len(lines), len(vectors))
        self.texts.write_text("".join(f"{line}\n" for line in lines[:whole]), encoding="utf-8")
        self.numbers.write_bytes(_bytes(vectors[:whole]))
        return whole

    def lines(self) -> list[str]:
        return self.texts.read_bytes().rpartition(b"\n")[0].decode().splitlines()

    def vectors(self) -> Vectors:
        raw = self.numbers.read_bytes()
        size = DIMENSIONS * np.dtype(np.float32).itemsize
        return np.frombuffer(raw[: len(raw) // size * size], np.float32).reshape(-1, DIMENSIONS)


def _bytes(vectors: npt.ArrayLike) -> bytes:
    return np.asarray(vectors, np.float32).tobytes()


@cache
def _weights() -> str:
    digest = hashlib.sha256()
    for name in ("encoder.onnx", "heads.onnx", "words.npz", "labels.json", "tokenizer.json.gz"):
        digest.update((MODELS / name).read_bytes())
    return digest.hexdigest()[:12]


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
