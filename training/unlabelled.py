"""Public conversations without labels of ours: the network learns from what its teachers say of them."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from training.corpus import Labelled, LabelledTurn
from training.public import read_public

AT_MOST = {"cucom": 1100, "star": 200, "tone": 4000}
"""Conversations (texts of the tone sets) that are taken: as many as the teachers read in ten minutes."""


def read_unlabelled(public: Path, known: set[str], seed: int) -> list[Labelled]:
    """CuCom, STAR and the texts of the tone sets, each text a customer's only turn, in random order.

    Args:
        public: folder of the public sets.
        known: ids of the labelled conversations, which are left out whatever their split.
        seed: of the choice.
    """
    chance = random.Random(seed)  # noqa: S311 - a choice, not secrecy
    conversations = [
        *_some("cucom", _cucom(public / "cucom_ecommerce" / "dialogues.jsonl.gz"), known, chance),
        *_some("star", _star(public / "star" / "dialogues.jsonl.gz"), known, chance),
        *(
            _conversation(f"tone-{number}", [("customer", text.words)])
            for number, text in enumerate(read_public(public, seed)[: AT_MOST["tone"]])
        ),
    ]
    chance.shuffle(conversations)
    return conversations


def _some(name: str, all_of: Iterator[Labelled], known: set[str], chance: random.Random) -> list[Labelled]:
    rest = [each for each in all_of if each.id not in known and each.turns]
    return chance.sample(rest, min(AT_MOST[name], len(rest)))


def _cucom(path: Path) -> Iterator[Labelled]:
    for row in _rows(path):
        yield _conversation(f"cucom-{row['id'].removeprefix('conv_')}", _spoken(row))


def _star(path: Path) -> Iterator[Labelled]:
    for row in _rows(path):
        yield _conversation(f"star-{row['id']}", _spoken(row))


def _spoken(row: dict[str, Any]) -> list[tuple[str, str]]:
    return [(turn["role"], turn["text"]) for turn in row["turns"] if (turn.get("text") or "").strip()]


def _conversation(id: str, spoken: list[tuple[str, str]]) -> Labelled:
    turns = [
        LabelledTurn(by_customer=role == "customer", text=text, labels={}, learn=False)
        for role, text in spoken
    ]
    return Labelled(
        id=id,
        source=id.split("-")[0],
        split="train",
        issue="",
        resolved="",
        csat=0,
        turns=turns,
        labelled=False,
    )


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
