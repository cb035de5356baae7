"""Measures what the picture makes of readings: `python -m training.picture --data FOLDER`.

Heat: does the course follow the labelled level as well as the reading of the turn alone, and flicker less?
Alerts: in how many calm conversations does any fire, in how many hot ones, and how often is each kind right?
The constants of heat.py and alerts.py were chosen with this on the training and validation splits.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from sklearn.metrics import cohen_kappa_score

from coolhead.codebook import Abuse, Cue, Heat
from coolhead.perception.perceiver import Perceiver
from coolhead.perception.reading import Reading
from coolhead.picture.heat import LEVEL
from coolhead.picture.state import AlertKind, Picture
from coolhead.picture.step import step
from training.corpus import Labelled, whole_corpus
from training.forecast import turns_of
from training.split import SPLITS

CUE_OF = {AlertKind.SAFETY: Cue.SAFETY_RISK, AlertKind.ASKS_SUPERVISOR: Cue.ASKS_SUPERVISOR}


@dataclass(slots=True)
class Seen:
    """One conversation: its labels, its readings, and the picture at the end."""

    labelled: Labelled
    readings: Sequence[Reading]
    picture: Picture

    @property
    def labels(self) -> list[int]:
        """The labelled heat of each customer turn."""
        return [turn.labels["heat"] for turn in self.labelled.turns if turn.by_customer]

    @property
    def alone(self) -> list[float]:
        """The expected level that each customer turn shows alone."""
        return [reading.heat.expected for reading in self.readings if reading.heat]

    @property
    def course(self) -> list[float]:
        """The course of heat in levels."""
        return [point.score / LEVEL for point in self.picture.course]


def see(labelled: Labelled, readings: Sequence[Reading]) -> Seen:
    """The conversation stepped through."""
    picture = Picture()
    for turn, reading in zip(turns_of(labelled), readings, strict=True):
        picture, _ = step(picture, turn, reading)
    return Seen(labelled, readings, picture)


def heat_figures(labels: Sequence[Sequence[int]], levels: Sequence[Sequence[float]]) -> dict[str, float]:
    """Agreement with the labels, and levels moved a customer turn."""
    gold = np.concatenate(labels)
    found = np.concatenate(levels)
    rounded = np.clip(np.rint(found), Heat.CALM, Heat.FURIOUS)
    return {
        "kappa": float(cohen_kappa_score(gold, rounded, weights="quadratic")),
        "rmse": float(np.sqrt(np.mean((gold - found) ** 2))),
        "moved": float(np.mean([abs(now - before) for each in levels for before, now in pairwise(each)])),
    }


def is_right(kind: AlertKind, labels: dict[str, object]) -> bool:
    """Whether the turn's labels bear the alert out."""
    abuse = Abuse(str(labels.get("abuse", "none")))
    if kind is AlertKind.THREAT:
        return abuse is Abuse.THREAT
    if kind is AlertKind.ABUSE:
        return abuse.is_personal
    if kind is AlertKind.RISING_ANGER:
        return labels["heat"] in (Heat.ANGRY, Heat.FURIOUS)
    cues = labels.get("cues", [])
    return isinstance(cues, list) and CUE_OF[kind] in cues


def alert_figures(seen: Sequence[Seen]) -> dict[str, str]:
    """Shares of calm and of hot conversations with any alert, and each kind's precision."""
    calm = [bool(each.picture.alerts) for each in seen if each.labelled.calm]
    hot = [bool(each.picture.alerts) for each in seen if max(each.labels, default=0) >= Heat.ANGRY]
    raised, right = Counter[AlertKind](), Counter[AlertKind]()
    for each in seen:
        labels = {f"t{number}": turn.labels for number, turn in enumerate(each.labelled.turns)}
        for alert in each.picture.alerts:
            raised[alert.kind] += 1
            right[alert.kind] += is_right(alert.kind, labels[alert.turn_id])
    precision = {kind.value: f"{right[kind]} of {raised[kind]} right" for kind in AlertKind if raised[kind]}
    return {"calm": f"{sum(calm)} of {len(calm)}", "hot": f"{sum(hot)} of {len(hot)}", **precision}


def main() -> None:
    """Hears one split of the corpus and prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with corpus/annotated*.jsonl")
    parser.add_argument("--split", choices=SPLITS, default="validation")
    options = parser.parse_args()
    perceiver = Perceiver.load()
    chosen = [each for each in whole_corpus(options.data) if each.split == options.split]
    seen = [see(each, perceiver.read_all(turns_of(each), None)) for each in chosen]
    heard = [each for each in seen if each.labels]
    labels = [each.labels for each in heard]
    print("turn alone", heat_figures(labels, [each.alone for each in heard]))
    print("course", heat_figures(labels, [each.course for each in heard]))
    print("alerts", alert_figures(seen))


if __name__ == "__main__":
    main()
