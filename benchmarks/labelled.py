"""Labelled conversations in the codebook's form: the gold labels that the benchmarks compare with."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from coolhead.codebook import Channel, Speaker
from coolhead.conversation.turn import Conversation, Turn


@dataclass(frozen=True, slots=True)
class Labelled:
    """A conversation and, beside each turn, the labels that a person or a labelling pass gave it."""

    conversation: Conversation
    gold: list[dict[str, Any]]
    record: dict[str, Any]


def read_labelled(folder: Path) -> Iterator[Labelled]:
    """Every labelled conversation in the folder's *.jsonl files, in the order of names and lines."""
    for path in sorted(folder.glob("*.jsonl")):
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
