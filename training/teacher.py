"""The teachers: the same network over MPNet, eight times MiniLM's size, and MiniLM as the labels made it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from coolhead.perception.encoder import Encoder
from coolhead.perception.tokens import Cutter
from training.batches import collate, in_batches
from training.corpus import Labelled
from training.fit import Material, Stage, fit
from training.network import MPNET, TextNetwork, brief_floats
from training.opinions import Taught, keep, kept, mean_of, opinion_of
from training.published import load_mpnet

STAGE = Stage(name="teacher", epochs=5, seed=1, encoder_rate=5e-5, head_rate=5e-4, shape=MPNET, workers=1)


def opinions(material: Material, mpnet: Path, shipped: Path, work: Path) -> dict[str, Taught]:
    """What the teachers say, on average, of the training split.

    One is MPNet, which is taught first where `work` holds none; the other is the network in `shipped`, with
    the word counts beside it. With opinions in `work` nothing is done again.
    """
    path = work / "opinions.npz"
    if not path.exists():
        train = [each for each in material.conversations if each.split == "train"]
        encoder = Encoder(shipped)
        own = {each.id: opinion_of(encoder, each) for each in train}
        cutter = Cutter(Tokenizer.from_file(str(material.tokenizer)))
        keep(path, mean_of(_read(_taught(material, mpnet, work), cutter, train), own))
    return kept(path)


def _taught(material: Material, mpnet: Path, work: Path) -> TextNetwork:
    vocabulary = Tokenizer.from_file(str(material.tokenizer)).get_vocab()
    pieces = sorted(vocabulary, key=vocabulary.__getitem__)
    teacher = TextNetwork(len(pieces), MPNET)
    load_mpnet(teacher.encoder, mpnet, pieces)
    fit(teacher, material, STAGE, work)
    return teacher


@torch.no_grad()
def _read(teacher: TextNetwork, cutter: Cutter, conversations: Sequence[Labelled]) -> dict[str, Taught]:
    teacher.eval()
    taught: dict[str, Taught] = {}
    for batch in in_batches(conversations, 128):
        tensors = collate(batch, [[turn.text for turn in each.turns] for each in batch], cutter)
        with brief_floats():
            logits, ends = teacher(tensors.flat, tensors.window, tensors.sides)
        cuts = np.cumsum([len(each.turns) for each in batch])[:-1]
        parts = (np.split(values.float().numpy(), cuts) for values in (logits, ends))
        taught |= {each.id: Taught(*both) for each, *both in zip(batch, *parts, strict=True)}
        print(f"teacher: {len(taught)} of {len(conversations)} conversations read", flush=True)
    return taught
