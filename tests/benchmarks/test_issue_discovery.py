"""Issue discovery: the challenge's measures on a table that can be counted by hand."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("sklearn", reason="benchmarks/requirements.txt is not installed")

from benchmarks import issue_discovery
from benchmarks.issue_discovery import accuracy, measure, scores

INTENTS = ["pay", "pay", "pay", "move", "move", "close"]


def test_a_cluster_stands_for_one_intent_at_most() -> None:
    assert accuracy(INTENTS, [1, 1, 1, 2, 2, 3]) == 1
    assert accuracy(INTENTS, [1, 1, 1, 1, 1, 1]) == 3 / 6
    assert accuracy(INTENTS, [1, 1, 2, 3, 3, 3]) == 4 / 6  # the third may stand for move or close, not both


def test_precision_and_recall_may_pair_many_to_one() -> None:
    found = scores(INTENTS, [1, 1, 2, 3, 3, 3])
    assert found["precision"] == 5 / 6  # two, one, and two of three
    assert found["recall"] == 5 / 6  # two of three, two, one
    assert scores(INTENTS, INTENTS)["nmi"] == pytest.approx(1)


def test_teams_are_ranked_by_the_same_measure(monkeypatch: pytest.MonkeyPatch) -> None:
    directions = {"pay": [1.0, 0, 0], "move": [0, 1.0, 0], "close": [0, 0, 1.0]}
    monkeypatch.setattr(issue_discovery, "_vectors", lambda texts: np.array([directions[t] for t in texts]))
    intents = ["pay", "pay", "pay", "pay", "move", "move", "move", "close"]
    rows = [
        {"turn_id": str(n), "dialogue_id": str(n), "utterance": intent, "intent": intent}
        for n, intent in enumerate(intents)
    ]
    all_one = {str(n): "0" for n in range(8)}
    found = measure(
        rows, {"A": all_one, "B": dict(zip(all_one, intents, strict=True)), "too short": {"0": "0"}}
    )
    assert found["clusters"] == 2  # one turn is no issue of its own
    assert (found["teams"], found["acc_best_team"], found["acc_median_team"]) == (2, 1, 0.75)
    assert found["acc"] == 7 / 8
    assert found["rank"] == 2


def test_several_parts_are_told_apart_and_none_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(issue_discovery, "_vectors", lambda texts: np.eye(len(texts)))
    with pytest.raises(SystemExit):
        issue_discovery.main(["--data", str(tmp_path)])
    rows = [{"turn_id": str(n), "dialogue_id": str(n), "utterance": "x", "intent": "pay"} for n in range(4)]
    packed = gzip.compress("\n".join(map(json.dumps, rows)).encode())
    for part in ("banking", "finance"):
        (tmp_path / f"task1_test-{part}.jsonl.gz").write_bytes(packed)
    capsys.readouterr()
    issue_discovery.main(["--data", str(tmp_path), "--json"])
    found = json.loads(capsys.readouterr().out)
    assert found["test_banking_turns"] == found["test_finance_turns"] == 4
