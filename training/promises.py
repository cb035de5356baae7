"""`python -m training.promises --data FOLDER`: weighs the features of promises and writes promises.json.gz.

A linear model over clauses, learned from every conversation as it was written and once more as a
recogniser or quick fingers would have it. The threshold is chosen by cross-validation on the train and
validation splits; the text model's share, which depends on its weights, on the validation split.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from coolhead.perception.promises.scorer import Scorer
from coolhead.perception.promises.spelling import Spelling
from coolhead.perception.text import TextModel
from training.corpus import whole_corpus
from training.promise_count import Found, found
from training.promise_spelling import learn_spelling
from training.promise_turns import AgentTurn, agent_turns, restyled

ROOT = Path(__file__).parent.parent
WEIGHTS = ROOT / "src" / "coolhead" / "perception" / "models" / "promises.json.gz"
FOLDS = 5
STRENGTH = 0.3
"""Inverse of the L2 penalty."""

LEAST_SEEN = 8
"""A feature seen in fewer clauses is left out."""

LEAST_WEIGHT = 0.08
"""A feature that weighs less is left out of the file."""

TRUSTS = (0.0, 0.1, 0.15, 0.2, 0.3, 0.5)
"""Shares of the text model's odds that are tried."""

THRESHOLDS = np.arange(0.24, 0.6, 0.02)


def main() -> None:
    """Chooses the threshold, fits, writes the weights and prints how well it does."""
    parser = argparse.ArgumentParser(prog="python -m training.promises", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with corpus/annotated*.jsonl")
    parser.add_argument("--read-test", action="store_true", help="read the test split, once per release")
    arguments = parser.parse_args()
    conversations = whole_corpus(arguments.data)
    learned = [each for each in conversations if each.split != "test"]
    spelling = learn_spelling(learned)
    turns, copies = agent_turns(learned, spelling), agent_turns([*restyled(learned)], spelling)
    threshold = best_threshold(turns, copies)
    held = {each.id for each in learned if each.split == "validation"}
    trust = best_trust(turns, copies, held, spelling, threshold)
    print(f"the text model's share: {trust}")
    write(fit([*turns, *copies], spelling, threshold, trust), WEIGHTS)
    if arguments.read_test:
        unread = agent_turns([each for each in conversations if each.split == "test"], spelling)
        print(f"test: {found(unread, Scorer.read(WEIGHTS), text_scores(unread))}")


def best_threshold(turns: Sequence[AgentTurn], copies: Sequence[AgentTurn]) -> float:
    """The threshold that finds most in the turns as written; says how it does in the copies too."""
    chances = cross_validated([*turns, *copies])
    plain, other = chances[: len(turns)], chances[len(turns) :]
    threshold = float(max(THRESHOLDS, key=lambda least: found_in_clauses(turns, plain, float(least)).f1))
    print(f"cross-validated by clause: {found_in_clauses(turns, plain, threshold)}")
    print(f"the same, restyled: {found_in_clauses(copies, other, threshold)}")
    return threshold


def _labels(turns: Sequence[AgentTurn]) -> npt.NDArray[np.bool_]:
    return np.array([place in each.gold for each in turns for place in range(len(each.each))])


def _fold(conversation: str) -> int:
    return int.from_bytes(sha256(conversation.encode()).digest()[4:8]) % FOLDS


def _learn(turns: Sequence[AgentTurn]) -> tuple[DictVectorizer, LogisticRegression]:
    rows = [shown for each in turns for shown in each.shown]
    seen = Counter(name for shown in rows for name in shown)
    names = DictVectorizer()
    matrix = names.fit_transform({name: 1.0 for name in shown if seen[name] >= LEAST_SEEN} for shown in rows)
    model = LogisticRegression(C=STRENGTH, solver="liblinear", max_iter=500)
    return names, model.fit(_narrow(matrix), _labels(turns))


def _narrow(matrix: Any) -> Any:
    """The same sparse matrix with the 32-bit indices that liblinear asks for."""
    matrix.indices, matrix.indptr = matrix.indices.astype(np.int32), matrix.indptr.astype(np.int32)
    return matrix


def cross_validated(turns: Sequence[AgentTurn]) -> list[npt.NDArray[np.float64]]:
    """For each turn the chance of each clause, by a model that has not seen its conversation."""
    chances: list[npt.NDArray[np.float64]] = [np.zeros(0)] * len(turns)
    for fold in range(FOLDS):
        print(f"fold {fold + 1} of {FOLDS}", file=sys.stderr)
        learned = _learn([each for each in turns if _fold(each.conversation) != fold])
        for place, each in enumerate(turns):
            if _fold(each.conversation) == fold and each.shown:
                chances[place] = _chances(learned, each)
    return chances


def _chances(learned: tuple[DictVectorizer, LogisticRegression], each: AgentTurn) -> npt.NDArray[np.float64]:
    names, model = learned
    rows = _narrow(names.transform(dict.fromkeys(shown, 1.0) for shown in each.shown))
    chances: npt.NDArray[np.float64] = model.predict_proba(rows)[:, 1]
    return chances


def found_in_clauses(
    turns: Sequence[AgentTurn], chances: Sequence[npt.NDArray[np.float64]], threshold: float
) -> Found:
    """Counts clauses: right is a clause to which a promise was given."""
    right = wrong = missed = 0
    for each, chance in zip(turns, chances, strict=True):
        said = {place for place, least in enumerate(each.needed(threshold)) if chance[place] >= least}
        hit = len(said & set(each.gold))
        right, wrong, missed = right + hit, wrong + len(said) - hit, missed + len(each.gold) - hit
    return Found(right, wrong, missed)


def best_trust(
    turns: Sequence[AgentTurn],
    copies: Sequence[AgentTurn],
    held: Set[str],
    spelling: Spelling,
    threshold: float,
) -> float:
    """The share of the text model's odds that finds most in the held conversations, unseen by both."""
    lesson = [each for each in (*turns, *copies) if each.conversation not in held]
    unseen = [each for each in turns if each.conversation in held]
    scores, scorer = text_scores(unseen), fit(lesson, spelling, threshold, 0.0)
    return max(TRUSTS, key=lambda trust: found(unseen, replace(scorer, trust=trust), scores).f1)


def text_scores(turns: Sequence[AgentTurn]) -> list[Mapping[str, float]]:
    """What the text model says of each turn."""
    model = TextModel()
    return [model.read(each.turn, each.before).scores for each in turns]


def fit(turns: Sequence[AgentTurn], spelling: Spelling, threshold: float, trust: float) -> Scorer:
    """The weights, learned from all the turns given."""
    names, model = _learn(turns)
    weights = dict(zip(names.get_feature_names_out(), model.coef_[0].tolist(), strict=True))
    kept = {name: round(weight, 3) for name, weight in sorted(weights.items()) if abs(weight) >= LEAST_WEIGHT}
    return Scorer(
        bias=round(float(model.intercept_[0]), 3),
        weights=kept,
        trust=trust,
        threshold=round(threshold, 2),
        spelling=spelling,
    )


def write(scorer: Scorer, path: Path) -> None:
    """Writes the weights, packed: they are mostly names that resemble each other."""
    content = {
        "bias": scorer.bias,
        "trust": scorer.trust,
        "threshold": scorer.threshold,
        "spelling": {"meant": scorer.spelling.meant, "others": sorted(scorer.spelling.others)},
        "weights": dict(scorer.weights),
    }
    text = json.dumps(content, separators=(",", ":"), ensure_ascii=False)
    path.write_bytes(gzip.compress(f"{text}\n".encode(), mtime=0))


if __name__ == "__main__":
    main()
