"""What teachers say of conversations, which the network that ships learns from (Hinton et al. 2015)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from coolhead.perception.encoder import BEFORE, Encoder
from training.corpus import Labelled
from training.labels import CONVERSATION_GROUPS, TURN_OUTPUTS

ENDS = sum(len(names) for names in CONVERSATION_GROUPS.values())


@dataclass(frozen=True, slots=True)
class Taught:
    """A teacher's logits of one conversation.

    Attributes:
        logits: of the turns [T, L], float32.
        ends: of the conversation as told from each turn [T, C], float32.
    """

    logits: np.ndarray
    ends: np.ndarray


def silent(turns: int) -> Taught:
    """Of a conversation that no teacher has read."""
    return Taught(np.zeros((turns, TURN_OUTPUTS), np.float32), np.zeros((turns, ENDS), np.float32))


def opinion_of(encoder: Encoder, conversation: Labelled) -> Taught:
    """What the exported graphs and the word counts beside them say, one turn at a time."""
    sides, texts = zip(*((turn.by_customer, turn.text) for turn in conversation.turns), strict=True)
    vectors: list[np.ndarray] = []
    said = []
    for place, text in enumerate(texts):
        encoded = encoder.encode(text, by_customer=sides[place])
        first = max(0, place - BEFORE)
        window = slice(first, place + 1)
        said.append(encoder.heads(encoded, vectors[first:], sides[window], texts[window]))
        vectors.append(encoded.vector)
    return Taught(np.stack([each.turn for each in said]), np.stack([each.conversation for each in said]))


def mean_of(one: dict[str, Taught], other: dict[str, Taught]) -> dict[str, Taught]:
    """The mean of two teachers' logits; both have read the same conversations."""
    return {
        id: Taught((mine.logits + other[id].logits) / 2, (mine.ends + other[id].ends) / 2)
        for id, mine in one.items()
    }


def keep(path: Path, taught: dict[str, Taught]) -> None:
    """Writes opinions to `path`; 16-bit floats do."""
    np.savez_compressed(
        path,
        ids=np.array(list(taught)),
        turns=np.array([len(each.logits) for each in taught.values()]),
        logits=np.concatenate([each.logits for each in taught.values()]).astype(np.float16),
        ends=np.concatenate([each.ends for each in taught.values()]).astype(np.float16),
    )


def kept(path: Path) -> dict[str, Taught]:
    """Reads what `keep` wrote."""
    with np.load(path) as stored:
        cuts = np.cumsum(stored["turns"])[:-1]
        logits, ends = (np.split(stored[name].astype(np.float32), cuts) for name in ("logits", "ends"))
        return {id: Taught(*each) for id, *each in zip(stored["ids"].tolist(), logits, ends, strict=True)}
