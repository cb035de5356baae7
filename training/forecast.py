"""Makes src/coolhead/picture/forecast.json: `python -m training.forecast --data FOLDER`.

Heard by the shipped text model, stepped by the product's own step. A rise is what the forecast is for: within
the next two customer turns heat (as labelled) stands at least one level above this turn's, or a supervisor is
asked for. When the conversation ends without, there was no rise.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.feature_extraction import DictVectorizer
from sklearn.metrics import roc_auc_score, roc_curve

from coolhead.codebook import Cue, Speaker
from coolhead.conversation.turn import Turn
from coolhead.perception.perceiver import Perceiver
from coolhead.perception.reading import Reading
from coolhead.picture.forecast import Node, Trees, features_answered, features_heard, probability
from coolhead.picture.state import Picture
from coolhead.picture.step import step
from training.corpus import Labelled, LabelledTurn, whole_corpus

AHEAD = 2
"""Customer turns within which heat may rise."""

FITTED_ON = ("train", "validation")
FOLDS = 5
SEED = 20260318
BOOSTING = {
    "n_estimators": 120,
    "max_depth": 3,
    "learning_rate": 0.05,
    "subsample": 0.5,
    "max_features": 0.3,
    "min_samples_leaf": 20,
    "random_state": SEED,
}
"""Chosen by cross-validation over training conversations."""

TARGET = Path(__file__).parents[1] / "src" / "coolhead" / "picture" / "forecast.json"

Moment = tuple[str, int]
"""A conversation's id and the number of a customer's turn in it."""


@dataclass(slots=True)
class Example:
    """One moment: what the forecast may look at, and whether heat rose.

    Attributes:
        conversation: its id.
        number: of the customer's turn that was heard or answered last.
        ends: True when no customer turn follows.
    """

    features: dict[str, float]
    rises: bool
    conversation: str
    number: int
    ends: bool


def turns_of(conversation: Labelled) -> list[Turn]:
    """The conversation's turns as the product hears them."""
    return [
        Turn(id=f"t{number}", speaker=Speaker(turn.labels["speaker"]), text=turn.text, place=float(number))
        for number, turn in enumerate(conversation.turns)
    ]


def ahead_of(turns: Sequence[LabelledTurn], number: int) -> list[dict[str, Any]]:
    """The labels of the next customer turns, at most `AHEAD`."""
    return [turn.labels for turn in turns[number + 1 :] if turn.by_customer][:AHEAD]


def rises_after(turns: Sequence[LabelledTurn], number: int) -> bool:
    """Whether heat rises after the customer's turn of that number."""
    now = turns[number].labels["heat"]
    ahead = ahead_of(turns, number)
    return any(each["heat"] > now or Cue.ASKS_SUPERVISOR in each.get("cues", ()) for each in ahead)


def heard(conversation: Labelled, readings: Sequence[Reading]) -> Iterator[Example]:
    """The moments after customer turns."""
    picture = Picture()
    for number, (turn, reading) in enumerate(zip(turns_of(conversation), readings, strict=True)):
        before = picture
        picture, _ = step(before, turn, reading)
        if turn.by_customer:
            features = features_heard(before, picture, turn, reading)
            yield _example(features, conversation, number)


def answered(
    conversation: Labelled, readings: Sequence[Reading], chances: Mapping[Moment, float]
) -> Iterator[Example]:
    """The moments after agent turns; `chances` are the forecasts after the customer's turns before them."""
    picture, last = Picture(), None
    for number, (turn, reading) in enumerate(zip(turns_of(conversation), readings, strict=True)):
        before = picture
        picture, _ = step(before, turn, reading)
        if turn.by_customer:
            last = number
        elif last is not None:
            before = replace(before, risk=chances[conversation.id, last])
            yield _example(features_answered(before, picture, reading), conversation, last)


def _example(features: dict[str, float], conversation: Labelled, number: int) -> Example:
    turns = conversation.turns
    return Example(
        features, rises_after(turns, number), conversation.id, number, ends=not ahead_of(turns, number)
    )


def fit(rows: Sequence[Example]) -> Trees:
    """Boosted trees over the examples."""
    vectorizer = DictVectorizer(sparse=False)
    table = vectorizer.fit_transform([row.features for row in rows])
    model = GradientBoostingClassifier(**BOOSTING).fit(table, [row.rises for row in rows])
    names = list(vectorizer.get_feature_names_out())
    share = model.init_.class_prior_[1]
    trees = tuple(_nodes(each.tree_, names) for each in model.estimators_[:, 0])
    return Trees(round(math.log(share / (1 - share)), 4), trees)


def _nodes(tree: Any, names: list[str]) -> tuple[Node, ...]:
    rate = BOOSTING["learning_rate"]
    return tuple(
        (round(rate * float(tree.value[i, 0, 0]), 4), "", 0.0, 0, 0)
        if tree.children_left[i] < 0
        else (
            0.0,
            names[tree.feature[i]],
            float(tree.threshold[i]),
            int(tree.children_left[i]),
            int(tree.children_right[i]),
        )
        for i in range(tree.node_count)
    )


def crossed(rows: Sequence[Example]) -> dict[Moment, float]:
    """Each moment's forecast by trees that saw nothing of its conversation."""
    chances: dict[Moment, float] = {}
    for fold in range(FOLDS):
        trees = fit([row for row in rows if fold_of(row) != fold])
        chances |= {
            (row.conversation, row.number): probability(trees.log_odds(row.features))
            for row in rows
            if fold_of(row) == fold
        }
    return chances


def fold_of(row: Example) -> int:
    """The same fold for all of a conversation."""
    return hashlib.sha256(row.conversation.encode()).digest()[4] % FOLDS


def measure(rows: Sequence[Example], chances: Sequence[float]) -> dict[str, float]:
    """AUC, false positive rate at recall 0.6, and mean forecast beside the share of rises."""
    rises = np.array([row.rises for row in rows])
    false_rate, recall, _ = roc_curve(rises, chances)
    return {
        "n": len(rows),
        "share": float(rises.mean()),
        "mean": float(np.mean(chances)),
        "auc": float(roc_auc_score(rises, chances)),
        "fpr": float(np.interp(0.6, recall, false_rate)),
        "brier": float(np.mean((rises - np.array(chances)) ** 2)),
    }


def make(conversations: Sequence[Labelled], readings: Mapping[str, Sequence[Reading]]) -> dict[str, Trees]:
    """Both forecasters, from conversations and their readings by id."""
    rows = [row for each in conversations for row in heard(each, readings[each.id])]
    chances = crossed(rows)
    after = [row for each in conversations for row in answered(each, readings[each.id], chances)]
    return {"hearing": fit(rows), "answering": fit(after)}


def stored(trees: Trees) -> dict[str, Any]:
    """The trees as forecast.json holds them."""
    return {"bias": trees.bias, "trees": trees.trees}


def report(
    conversations: Sequence[Labelled], readings: Mapping[str, Sequence[Reading]], made: Mapping[str, Trees]
) -> None:
    """Prints how well the forecast tells, after the customer's turn and after the agent's answer."""
    chances: dict[Moment, float] = {}
    rows = [row for each in conversations for row in heard(each, readings[each.id])]
    for row in rows:
        chances[row.conversation, row.number] = probability(made["hearing"].log_odds(row.features))
    after = [row for each in conversations for row in answered(each, readings[each.id], chances)]
    for name, moments in (("hearing", rows), ("answering", after)):
        for population, kept in (
            ("all", moments),
            ("with a next turn", [row for row in moments if not row.ends]),
        ):
            measured = measure(kept, [probability(made[name].log_odds(row.features)) for row in kept])
            print(name, population, {key: round(value, 3) for key, value in measured.items()})


def main() -> None:
    """Reads the corpus, fits, writes, and reports on conversations that neither model has learned from."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with corpus/annotated*.jsonl")
    conversations = whole_corpus(parser.parse_args().data)
    perceiver = Perceiver.load()
    learned = [each for each in conversations if each.split in FITTED_ON]
    unseen = [each for each in conversations if each.split == "test"]
    readings = {each.id: perceiver.read_all(turns_of(each), None) for each in (*learned, *unseen)}
    made = make(learned, readings)
    TARGET.write_text(json.dumps({name: stored(trees) for name, trees in made.items()}), encoding="utf-8")
    report(unseen, readings, made)


if __name__ == "__main__":
    main()
