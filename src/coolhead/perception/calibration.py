"""From the network's logits to probabilities and thresholds: the sheet that ships beside the weights."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from typing import Any

import numpy as np
import numpy.typing as npt

from coolhead.errors import SetupError

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Group:
    """The labels of one kind, in the order of the network's outputs.

    Attributes:
        names: codebook terms, or for heat the least level of each step.
        place: where their logits lie.
        slope: [n] and
        offset: [n], fitted on held-out conversations (Platt scaling).
        threshold: [n], the probability from which a label is shown, chosen on held-out conversations.
    """

    names: tuple[str, ...]
    place: slice
    slope: Floats
    offset: Floats
    threshold: Floats

    def likelihood(self, logits: npt.NDArray[np.float32]) -> Floats:
        """Calibrated probability (0–1) of each label by itself."""
        scaled: Floats = 1.0 / (1.0 + np.exp(-self._scaled(logits)))
        return scaled

    def choice(self, logits: npt.NDArray[np.float32]) -> Floats:
        """Calibrated probabilities of labels of which one holds; they sum to 1."""
        scaled = self._scaled(logits)
        odds = np.exp(scaled - scaled.max())
        chances: Floats = odds / odds.sum()
        return chances

    def _scaled(self, logits: npt.NDArray[np.float32]) -> Floats:
        return self.slope * logits[self.place].astype(np.float64) + self.offset


@dataclass(frozen=True, slots=True)
class Sheet:
    """All groups of the network's outputs.

    Attributes:
        version: of the weights.
        turn: groups of the turn's logits, by name.
        conversation: groups of the conversation's logits, by name.
    """

    version: str
    turn: dict[str, Group]
    conversation: dict[str, Group]

    @classmethod
    def read(cls, folder: Traversable) -> Sheet:
        """The sheet in `folder`.

        Raises:
            SetupError: when labels.json is missing or not as the training writes it.
        """
        try:
            sheet = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
            return cls(sheet["version"], _groups(sheet["turn"]), _groups(sheet["conversation"]))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise SetupError(
                f"The text model's file labels.json in {folder} is missing or damaged.",
                hint="Install Coolhead again.",
            ) from error


def _groups(entries: list[dict[str, Any]]) -> dict[str, Group]:
    groups, start = {}, 0
    for entry in entries:
        names = tuple(entry["names"])
        groups[entry["group"]] = Group(
            names=names,
            place=slice(start, start + len(names)),
            slope=np.array(entry["slope"], dtype=np.float64),
            offset=np.array(entry["offset"], dtype=np.float64),
            threshold=np.array(entry["threshold"], dtype=np.float64),
        )
        start += len(names)
    return groups
