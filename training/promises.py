"""`python -m training.promises --data FOLDER`: weighs the features of promises and writes promises.json.

A linear model over clauses. Gold promises are verb phrases, not spans, so each is first given to the
clause that shares most words with it. What is chosen is chosen by cross-validation on the train and
validation splits.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from coolhead.codebook import Speaker
from coolhead.conversation.turn import Turn
from coolhead.perception.promises.clauses import Clause, clauses
from coolhead.perception.promises.features import features
from coolhead.perception.promises.find import PLAIN_SHARE, find_promises
from coolhead.perception.promises.plain import is_plain
from coolhead.perception.promises.refused import is_no_promise
from coolhead.perception.promises.scorer import Scorer
from coolhead.perception.text import TextModel
from coolhead.perception.when import find_phrases
from coolhead.perception.when.words import vocabulary
from training.corpus import Labelled, read_corpus

ROOT = Path(__file__).parent.parent
WEIGHTS = ROOT / "src" / "coolhead" / "perception" / "models" / "promises.json"
FOLDS = 5
STRENGTH = 0.3
"""Inverse of the L2 penalty."""

LEAST_SEEN = 4
"""A feature seen in fewer clauses is left out."""

LEAST_WEIGHT = 0.01
"""A feature that weighs less is left out of the file."""

TRUSTS = (0.0, 0.1, 0.15, 0.2, 0.3, 0.5)
"""Shares of the text model's odds that are tried."""

THRESHOLDS = np.arange(0.24, 0.6, 0.02)
_FUTURE = re.compile(r"\b(?:will|\w*['’]ll|ill|youll|theyll|itll|thatll)\b", re.IGNORECASE)
_EMPTY = vocabulary(
    """
    the a an to of for in on by at and or you your it its i we our my is be will with that this from as have
    has he she they them their customer
    """
)


@dataclass(slots=True)
class AgentTurn:
    """One agent turn, cut into clauses; `gold` holds for each of its promises the clause that makes it."""

    conversation: str
    turn: Turn
    before: list[Turn]
    each: tuple[Clause, ...]
    shown: list[set[str]]
    promises: list[dict[str, Any]]
    gold: list[int]

    def needed(self, threshold: float) -> list[float]:
        """For each clause the chance that makes it a promise; more than 1 where grammar rules it out."""
        pairs = zip(self.each, self.shown, strict=True)
        return [self._needed(one, shown, threshold) for one, shown in pairs]

    def _needed(self, one: Clause, shown: set[str], threshold: float) -> float:
        if is_no_promise(self.turn.text[one.start : one.end], one):
            return 2.0
        return threshold * (PLAIN_SHARE if is_plain(shown) else 1)


@dataclass(frozen=True, slots=True)
class Found:
    """How many promises were found rightly, wrongly, and not."""

    right: int
    wrong: int
    missed: int

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.right / max(2 * self.right + self.wrong + self.missed, 1)

    def __str__(self) -> str:
        precision = self.right / max(self.right + self.wrong, 1)
        recall = self.right / max(self.right + self.missed, 1)
        return (
            f"F1 {self.f1:.3f}, precision {precision:.3f}, recall {recall:.3f}, n {self.right + self.missed}"
        )


def main() -> None:
    """Chooses the threshold, fits, writes the weights and prints how well it does."""
    parser = argparse.ArgumentParser(prog="python -m training.promises", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with corpus/annotated*.jsonl")
    parser.add_argument("--read-test", action="store_true", help="read the test split, once per release")
    arguments = parser.parse_args()
    conversations = read_corpus(corpus_files(arguments.data))
    learned = agent_turns([each for each in conversations if each.split != "test"])
    chances = cross_validated(learned)
    threshold = max(THRESHOLDS, key=lambda least: found_in_clauses(learned, chances, float(least)).f1)
    print(f"cross-validated by clause: {found_in_clauses(learned, chances, float(threshold))}")
    trust = best_trust(conversations, float(threshold))
    print(f"the text model's share: {trust}")
    scorer = fit(learned, float(threshold), trust)
    write(scorer, WEIGHTS)
    if arguments.read_test:
        held_back = agent_turns([each for each in conversations if each.split == "test"])
        print(f"test: {found(held_back, Scorer.read(WEIGHTS), text_scores(held_back))}")


def corpus_files(data: Path) -> list[Path]:
    """The authored conversations of this repository and the annotated ones of the data folder."""
    authored = sorted((ROOT / "corpus").glob("authored-*.jsonl"))
    return [*authored, *sorted((data / "corpus").glob("annotated*.jsonl"))]


def agent_turns(conversations: Sequence[Labelled]) -> list[AgentTurn]:
    """Every turn of an agent or a supervisor, with its labels."""
    turns = []
    for conversation in conversations:
        spoken = [
            Turn(id=str(place), speaker=Speaker(each.labels["speaker"]), text=each.text, place=float(place))
            for place, each in enumerate(conversation.turns)
        ]
        for place, labelled in enumerate(conversation.turns):
            if not labelled.by_customer and labelled.learn:
                promises = labelled.labels.get("promises", [])
                turns.append(_agent_turn(conversation.id, spoken[place], spoken[:place], promises))
    return turns


def _agent_turn(id_: str, turn: Turn, before: list[Turn], promises: list[dict[str, Any]]) -> AgentTurn:
    each = clauses(turn.text)
    shown = features(each, find_phrases(turn.text), turn, before)
    gold = _aligned(turn.text, each, promises) if each else []
    return AgentTurn(id_, turn, before, each, shown, promises, gold)


def _aligned(text: str, each: Sequence[Clause], promises: Sequence[dict[str, Any]]) -> list[int]:
    """The clause that makes each promise: the words of time tell most, then the words of the deed."""
    taken: list[int] = []
    for promise in promises:
        fits = [
            _fit(text[one.start : one.end], promise) - 0.3 * one.asked - 0.6 * (place in taken)
            for place, one in enumerate(each)
        ]
        taken.append(int(np.argmax(fits)))
    return taken


def _fit(words: str, promise: dict[str, Any]) -> float:
    wanted = stems(promise["what"])
    shared = len(wanted & stems(words)) / max(len(wanted), 1)
    timed = bool(promise["when"]) and promise["when"].lower() in words.lower()
    return shared + 2 * timed + 0.35 * bool(_FUTURE.search(words))


def stems(words: str) -> frozenset[str]:
    """The beginnings of the words that mean something."""
    found = re.findall(r"[^\W_]+", words.lower().replace("e-mail", "email"))
    return frozenset(word[:5] for word in found if word not in _EMPTY and len(word) > 1)


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
        names, model = _learn([each for each in turns if _fold(each.conversation) != fold])
        for place, each in enumerate(turns):
            if _fold(each.conversation) == fold and each.shown:
                rows = _narrow(names.transform(dict.fromkeys(shown, 1.0) for shown in each.shown))
                chances[place] = model.predict_proba(rows)[:, 1]
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


def best_trust(conversations: Sequence[Labelled], threshold: float) -> float:
    """The share of the text model's odds that finds most on the validation split, unseen by both."""
    train = agent_turns([each for each in conversations if each.split == "train"])
    unseen = agent_turns([each for each in conversations if each.split == "validation"])
    scores = text_scores(unseen)
    scorer = fit(train, threshold, 0.0)
    return max(TRUSTS, key=lambda trust: found(unseen, replace(scorer, trust=trust), scores).f1)


def text_scores(turns: Sequence[AgentTurn]) -> list[Mapping[str, float]]:
    """What the text model says of each turn."""
    model = TextModel()
    return [model.read(each.turn, each.before).scores for each in turns]


def fit(turns: Sequence[AgentTurn], threshold: float, trust: float) -> Scorer:
    """The weights, learned from all the turns given."""
    names, model = _learn(turns)
    weights = dict(zip(names.get_feature_names_out(), model.coef_[0].tolist(), strict=True))
    kept = {name: round(weight, 3) for name, weight in sorted(weights.items()) if abs(weight) >= LEAST_WEIGHT}
    return Scorer(
        bias=round(float(model.intercept_[0]), 3), weights=kept, trust=trust, threshold=round(threshold, 2)
    )


def write(scorer: Scorer, path: Path) -> None:
    """Writes the weights, one feature a line."""
    content = {
        "bias": scorer.bias,
        "trust": scorer.trust,
        "threshold": scorer.threshold,
        "weights": dict(scorer.weights),
    }
    path.write_text(json.dumps(content, separators=(",", ":"), ensure_ascii=False) + "\n", encoding="utf-8")


def found(
    turns: Sequence[AgentTurn], scorer: Scorer, scores: Sequence[Mapping[str, float] | None] = ()
) -> Found:
    """Counts promises as the product finds them.

    A promise found and a gold one of the same turn match when their words of time share a word, or
    their deeds (or the clause found) do; each matches at most once, the closest pairs first.
    """
    right = wrong = missed = 0
    for each, score in zip(turns, scores or [None] * len(turns), strict=True):
        said = find_promises(each.turn, each.before, None, score, scorer)
        hit = _matches(
            each, [(each.turn.text[p.evidence.start : p.evidence.end] + " " + p.what, p.when) for p in said]
        )
        right, wrong, missed = right + hit, wrong + len(said) - hit, missed + len(each.promises) - hit
    return Found(right, wrong, missed)


def _matches(each: AgentTurn, said: Sequence[tuple[str, str | None]]) -> int:
    pairs = []
    for one, (words, when) in enumerate(said):
        for other, promise in enumerate(each.promises):
            shared = len(stems(words) & stems(promise["what"]))
            shared += 3 * bool(when and promise["when"] and stems(when) & stems(promise["when"]))
            if shared:
                pairs.append((shared, one, other))
    taken_said: set[int] = set()
    taken_gold: set[int] = set()
    for _, one, other in sorted(pairs, reverse=True):
        if one not in taken_said and other not in taken_gold:
            taken_said.add(one)
            taken_gold.add(other)
    return len(taken_said)


if __name__ == "__main__":
    main()
