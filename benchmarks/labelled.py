"""Labelled conversations in the codebook's form: the gold labels that the benchmarks compare with."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from coolhead.codebook import Channel, Speaker
from coolhead.conversation.turn import Conversation, Turn
from training.split import split_of

CORPUS = Path(__file__).parent.parent / "corpus"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A conversation and, beside each turn, the labels that a person or a labelling pass gave it."""

    conversation: Conversation
    gold: list[dict[str, Any]]
    record: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What to measure: conversations written for the corpus (or of a given folder), and real ones."""

    written: list[Labelled]
    real: list[Labelled]

    @property
    def every(self) -> list[Labelled]:
        """Both."""
        return [*self.written, *self.real]


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options by which every benchmark on labelled conversations is told what to measure."""
    parser.add_argument(
        "--data", type=Path, help="folder of labelled *.jsonl files; all of them are measured"
    )
    parser.add_argument("--annotated", type=Path, help="folder of annotated*.jsonl to add to the split")
    parser.add_argument(
        "--split", choices=("validation", "test"), default="test", help="of the corpus, without --data"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def choose(given: argparse.Namespace) -> Chosen:
    """The conversations that those options name."""
    if given.data is not None:
        return Chosen(list(read_labelled(given.data)), [])
    real = read_labelled(given.annotated, "annotated*.jsonl") if given.annotated else ()
    return Chosen(
        [each for each in read_labelled(CORPUS) if split_of(each.record) == given.split],
        [each for each in real if split_of(each.record) == given.split],
    )


def read_labelled(folder: Path, names: str = "*.jsonl") -> Iterator[Labelled]:
    """Every labelled conversation in the folder's files of those names, in the order of names and lines."""
    for path in sorted(folder.glob(names)):
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                if line.strip():
                    yield from_record(json.loads(line))


def from_record(record: dict[str, Any]) -> Labelled:
    """One object of the codebook's form as a conversation without labels, and its labels."""
    turns = tuple(
        Turn(
            id=str(number),
            speaker=Speaker(turn["speaker"]),
            text=turn["text"],
            start=turn.get("start"),
            end=turn.get("end"),
            place=float(number),
        )
        for number, turn in enumerate(record["turns"])
    )
    started_at = record.get("started_at")
    conversation = Conversation(
        id=record["id"],
        turns=turns,
        channel=Channel(record.get("channel", "chat")),
        started_at=datetime.fromisoformat(started_at) if started_at else None,
    )
    return Labelled(conversation, record["turns"], record)
