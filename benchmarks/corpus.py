"""`python -m benchmarks corpus`: what the engine says of labelled conversations, against their labels.

Without --data it takes the test split of the corpus: conversations on which neither weights nor thresholds
were chosen. With --data FOLDER it takes every conversation of the folder's *.jsonl files.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.labelled import Labelled, read_labelled
from benchmarks.metrics import (
    area_under_curve,
    binary_f1,
    calibration_error,
    f1,
    false_positive_rate,
    label_f1s,
    micro_f1,
    quadratic_kappa,
)
from coolhead.analysis import Analysis, analyse
from coolhead.codebook import Behaviour, Cue, Speaker
from coolhead.engine import Engine
from coolhead.perception.reading import Promise
from coolhead.perception.when import resolve_due
from training.split import split_of

CORPUS = Path(__file__).parent.parent / "corpus"
CALLS_FOR_SUPERVISOR = {"legal_threat", "public_threat", "churn_threat", "safety_risk", "asks_supervisor"}
BEHAVIOURS = [behaviour.value for behaviour in Behaviour]


def measure(engine: Engine, conversations: Sequence[Labelled]) -> dict[str, float]:
    """Every figure of the table by name."""
    heard = [(labelled, analyse(engine, labelled.conversation)) for labelled in conversations]
    return {
        "conversations": len(heard),
        "turns": sum(len(labelled.gold) for labelled, _ in heard),
        **_heat(heard),
        **_alerts(heard),
        **_labels(heard),
        **_promises(heard),
        **_forecast(heard),
    }


Heard = list[tuple[Labelled, Analysis]]


def _pairs(heard: Heard, *, customer: bool) -> list[tuple[dict[str, Any], Any]]:
    return [
        (gold, moment)
        for labelled, analysis in heard
        for gold, moment in zip(labelled.gold, analysis.moments, strict=True)
        if moment.turn.by_customer is customer
    ]


def _heat(heard: Heard) -> dict[str, float]:
    pairs = _pairs(heard, customer=True)
    gold = [turn["heat"] for turn, _ in pairs]
    level = [int(moment.reading.heat.level) for _, moment in pairs]
    hot = [sum(moment.reading.heat.probabilities[2:]) for _, moment in pairs]
    return {
        "heat_kappa": quadratic_kappa(gold, level),
        "heat2_f1": binary_f1([g >= 2 for g in gold], [p >= 2 for p in level]),
        "heat3_f1": binary_f1([g >= 3 for g in gold], [p >= 3 for p in level]),
        "heat2_auc": area_under_curve([g >= 2 for g in gold], hot),
        "heat2_ece": calibration_error([g >= 2 for g in gold], hot),
    }


def _is_calm(gold: list[dict[str, Any]]) -> bool:
    customer = [turn for turn in gold if turn["speaker"] == Speaker.CUSTOMER]
    return all(
        turn["heat"] <= 1
        and turn.get("abuse", "none") == "none"
        and not CALLS_FOR_SUPERVISOR & set(turn.get("cues", ()))
        for turn in customer
    )


def _alerts(heard: Heard) -> dict[str, float]:
    calm = [bool(analysis.picture.alerts) for labelled, analysis in heard if _is_calm(labelled.gold)]
    hot = [
        bool(analysis.picture.alerts)
        for labelled, analysis in heard
        if max((turn["heat"] for turn in labelled.gold if "heat" in turn), default=0) >= 3
    ]
    return {
        "calm_conversations": len(calm),
        "false_alarm": sum(calm) / max(len(calm), 1),
        "hot_conversations": len(hot),
        "hot_alerted": sum(hot) / max(len(hot), 1),
    }


def _labels(heard: Heard) -> dict[str, float]:
    customer, agent = _pairs(heard, customer=True), _pairs(heard, customer=False)

    def gold(pairs: list[tuple[dict[str, Any], Any]], kind: str) -> list[set[str]]:
        return [set(turn.get(kind, ())) for turn, _ in pairs]

    def found(pairs: list[tuple[dict[str, Any], Any]], kind: str) -> list[set[str]]:
        return [{sign.term.value for sign in getattr(moment.reading, kind)} for _, moment in pairs]

    behaviours = label_f1s(gold(customer, "behaviours"), found(customer, "behaviours"), BEHAVIOURS)
    advised = [
        (turn["next_best"], moment.reading.next_best) for turn, moment in customer if turn.get("next_best")
    ]
    return {
        "behaviours_macro_f1": sum(behaviours.values()) / len(behaviours),
        **{f"behaviour_{label}_f1": value for label, value in behaviours.items()},
        "abuse_f1": binary_f1(
            [turn.get("abuse", "none") != "none" for turn, _ in customer],
            [moment.reading.abuse is not None for _, moment in customer],
        ),
        "triggers_f1": micro_f1(gold(customer, "triggers"), found(customer, "triggers")),
        "cues_f1": micro_f1(gold(customer, "cues"), found(customer, "cues")),
        "techniques_f1": micro_f1(gold(agent, "techniques"), found(agent, "techniques")),
        "missteps_f1": micro_f1(gold(agent, "missteps"), found(agent, "missteps")),
        "next_best_top2": sum(bool(set(best) & set(top[:2])) for best, top in advised) / max(len(advised), 1),
    }


def _promises(heard: Heard) -> dict[str, float]:
    hits = misses = false = dated = right = 0
    for labelled, analysis in heard:
        for gold, moment in zip(labelled.gold, analysis.moments, strict=True):
            given, found = gold.get("promises", []), moment.reading.promises
            matched = min(len(given), len(found))
            hits, misses, false = hits + matched, misses + len(given) - matched, false + len(found) - matched
            said_at = moment.turn.said_at(labelled.conversation.started_at)
            for promise, ours in zip(given, found, strict=False):
                dated += 1
                right += _same_date(promise, ours, said_at)
    return {"promises_f1": f1(hits, misses, false), "promises_dated_right": right / max(dated, 1)}


def _same_date(gold: dict[str, Any], ours: Promise, said_at: Any) -> bool:
    if said_at is None or gold.get("when") is None:
        return (gold.get("when") is None) == (ours.when is None)
    return resolve_due(gold["when"], said_at) == ours.due


def _forecast(heard: Heard) -> dict[str, float]:
    gold, risk = [], []
    for labelled, analysis in heard:
        customer = [
            (turn, moment.picture.risk)
            for turn, moment in zip(labelled.gold, analysis.moments, strict=True)
            if moment.turn.by_customer
        ]
        for number, (turn, now) in enumerate(customer[:-1]):
            ahead = [later for later, _ in customer[number + 1 : number + 3]]
            gold.append(
                any(
                    later["heat"] > turn["heat"] or Cue.ASKS_SUPERVISOR in later.get("cues", ())
                    for later in ahead
                )
            )
            risk.append(now)
    return {
        "forecast_auc": area_under_curve(gold, risk),
        "forecast_fpr_at_recall_60": false_positive_rate(gold, risk, 0.6),
    }


def main(arguments: Sequence[str]) -> None:
    """Measures and prints: a table, or one JSON object."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks corpus", description=__doc__)
    parser.add_argument(
        "--data", type=Path, help="folder of labelled *.jsonl files; all of them are measured"
    )
    parser.add_argument("--annotated", type=Path, help="folder of annotated*.jsonl to add to the test split")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    given = parser.parse_args(arguments)
    figures = measure(Engine.load(), list(_conversations(given.data, given.annotated)))
    if given.json:
        print(json.dumps({name: round(value, 4) for name, value in figures.items()}))
        return
    for name, value in figures.items():
        print(f"{name:28} {value:.3f}" if isinstance(value, float) else f"{name:28} {value}")


def _conversations(data: Path | None, annotated: Path | None) -> Iterator[Labelled]:
    if data is not None:
        yield from read_labelled(data)
        return
    for folder in (CORPUS, annotated):
        if folder is not None:
            yield from (each for each in read_labelled(folder) if split_of(each.record) == "test")
