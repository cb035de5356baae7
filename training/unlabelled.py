"""Public conversations without labels of ours: the network learns from what its teachers say of them."""

from __future__ import annotations

import random
from pathlib import Path

from training.corpus import Labelled, LabelledTurn
from training.dialogues import Spoken, cucom, star
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
        *_some("cucom", cucom(public), known, chance),
        *_some("star", star(public), known, chance),
        *(
            _conversation(f"tone-{number}", [("customer", text.words)])
            for number, text in enumerate(read_public(public, seed)[: AT_MOST["tone"]])
        ),
    ]
    chance.shuffle(conversations)
    return conversations


def _some(name: str, all_of: dict[str, Spoken], known: set[str], chance: random.Random) -> list[Labelled]:
    rest = [_conversation(id, spoken) for id, spoken in all_of.items() if id not in known and spoken]
    return chance.sample(rest, min(AT_MOST[name], len(rest)))


def _conversation(id: str, spoken: Spoken) -> Labelled:
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
