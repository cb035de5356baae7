"""`python -m benchmarks issue-discovery`: what customers call about (DSTC11 Task 1), beside 37 teams.

Turns in which a customer says what they want are grouped as the product groups them (`perception.grouping`,
by the model's embedding), without being told how many intents there are. The set is report only: projection
and distances were chosen on other sets.

The measures are the challenge's: accuracy under the best one-to-one pairing of clusters and intents,
normalised mutual information, adjusted Rand index, and precision and recall of the many-to-one pairings. The
teams' own answers, where they lie beside the turns, are measured by the same functions and ranked.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score
from sklearn.metrics.cluster import contingency_matrix

from benchmarks.figures import show
from benchmarks.metrics import bootstrap_interval
from benchmarks.sets import data_folder, read_rows
from coolhead.codebook import Speaker
from coolhead.conversation.turn import Turn
from coolhead.perception.grouping import group
from coolhead.perception.text import TextModel

TURNS = "task1_*.jsonl.gz"
TEAMS = "task1_team_submissions.json.gz"


def measure(rows: Sequence[dict[str, Any]], teams: dict[str, dict[str, str]]) -> dict[str, float]:
    """The model's clusters against the intents, and where they would have stood among the teams."""
    intents = [row["intent"] for row in rows]
    clusters = group(_vectors([row["utterance"] for row in rows]))
    rivals = [
        accuracy(intents, [answer[row["turn_id"]] for row in rows])
        for answer in teams.values()
        if all(row["turn_id"] in answer for row in rows)
    ]
    figures: dict[str, float] = {
        "turns": len(rows),
        "intents": len(set(intents)),
        "clusters": len(set(clusters.tolist())),
        **scores(intents, clusters.tolist()),
    }
    figures["acc_low"], figures["acc_high"] = _interval(rows, clusters)
    if rivals:
        figures |= {
            "teams": len(rivals),
            "acc_best_team": max(rivals),
            "acc_median_team": float(np.median(rivals)),
            "rank": 1 + sum(rival > figures["acc"] for rival in rivals),
        }
    return figures


def scores(intents: Sequence[str], clusters: Sequence[Any]) -> dict[str, float]:
    """The challenge's measures, each 0-1."""
    table = contingency_matrix(intents, clusters)
    precision = float(table.max(axis=0).sum() / table.sum())
    recall = float(table.max(axis=1).sum() / table.sum())
    return {
        "acc": accuracy(intents, clusters),
        "nmi": float(normalized_mutual_info_score(intents, clusters)),
        "ari": float(adjusted_rand_score(intents, clusters)),
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / (precision + recall),
    }


def accuracy(intents: Sequence[str], clusters: Sequence[Any]) -> float:
    """Share of turns that are right when each cluster stands for one intent at most, paired at best."""
    table = contingency_matrix(intents, clusters)
    rows, columns = linear_sum_assignment(table, maximize=True)
    return float(table[rows, columns].sum() / table.sum())


def _vectors(texts: Sequence[str]) -> np.ndarray:
    model = TextModel()
    turns = (Turn(id="", speaker=Speaker.CUSTOMER, text=text, place=0.0) for text in texts)
    return np.stack([model.embed(turn) for turn in turns])


def _interval(rows: Sequence[dict[str, Any]], clusters: np.ndarray) -> tuple[float, float]:
    """95 % interval of the accuracy over conversations, the clusters as they are."""
    members: dict[str, list[int]] = {}
    for place, row in enumerate(rows):
        members.setdefault(row["dialogue_id"], []).append(place)
    units = [np.array(places) for places in members.values()]
    intents = np.array([row["intent"] for row in rows])

    def of(drawn: np.ndarray) -> float:
        places = np.concatenate([units[unit] for unit in drawn])
        return accuracy(intents[places].tolist(), clusters[places].tolist())

    return bootstrap_interval(len(units), of)


def _teams(turns: Path) -> dict[str, dict[str, str]]:
    """Every team's clusters by turn; none where the file is missing or knows no such split."""
    path = turns.with_name(TEAMS)
    split = turns.name.removeprefix("task1_").partition(".")[0]
    if not path.is_file():
        return {}
    answers: dict[str, dict[str, dict[str, str]]] = json.loads(gzip.decompress(path.read_bytes()))
    return answers.get(split, {})


def main(arguments: Sequence[str]) -> None:
    """Measures each task1_*.jsonl.gz at or below the folder; with several, names begin with the split's."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks issue-discovery", description=__doc__)
    parser.add_argument("--data", type=Path, help=f"folder that holds {TURNS}, at any depth")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    given = parser.parse_args(arguments)
    files = sorted(data_folder(given.data).rglob(TURNS))
    if not files:
        parser.error(f"no {TURNS} at or below {data_folder(given.data)}")
    figures: dict[str, float] = {}
    for file in files:
        print(f"{file.name}: reading", file=sys.stderr)
        split = file.name.removeprefix("task1_").partition(".")[0].replace("-", "_")
        found = measure(read_rows(file), _teams(file))
        figures |= {f"{split}_{name}" if len(files) > 1 else name: value for name, value in found.items()}
    show(figures, as_json=given.json)
