"""The figures on labelled conversations: two of them, small enough to count by hand."""

from __future__ import annotations

import json
from argparse import Namespace
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from benchmarks.corpus import MAIN, PLAIN, Heard, calibration, intervals, measure
from benchmarks.labelled import choose, from_record
from benchmarks.robustness import STYLES, restyled
from coolhead.codebook import Heat, Promiser, Technique, Trigger
from coolhead.perception.reading import Evidence, HeatReading, Promise, Reading, Sign
from training.split import split_of

NOWHERE = Evidence()


def sure_of(level: int) -> HeatReading:
    chances = [0.0] * 5
    chances[level] = 1.0
    a, b, c, d, e = chances
    return HeatReading(
        level=Heat(level), expected=float(level), probabilities=(a, b, c, d, e), evidence=NOWHERE
    )


def customer(level: int, *triggers: Trigger, next_best: tuple[Technique, ...] = ()) -> Reading:
    signs = tuple(Sign(each, 0.9, NOWHERE) for each in triggers)
    scores = {"profanity": 0.0, "effort": 0.9 if triggers else 0.1}
    return Reading(heat=sure_of(level), triggers=signs, next_best=next_best, scores=scores)


def agent(*techniques: Technique, promises: tuple[Promise, ...] = ()) -> Reading:
    signs = tuple(Sign(each, 0.8, NOWHERE) for each in techniques)
    return Reading(techniques=signs, promises=promises, scores={"empathy": 0.8 if techniques else 0.2})


def heard(record: dict[str, Any], readings: list[Reading], risks: list[float], alerts: list[str]) -> Any:
    labelled = from_record(record)
    moments = [
        SimpleNamespace(turn=turn, reading=reading, picture=SimpleNamespace(risk=risk))
        for turn, reading, risk in zip(labelled.conversation.turns, readings, risks, strict=True)
    ]
    return labelled, SimpleNamespace(moments=moments, picture=SimpleNamespace(alerts=alerts))


CALM = {
    "id": "calm",
    "turns": [
        {"speaker": "customer", "text": "Hello", "heat": 0},
        {"speaker": "agent", "text": "Hi", "techniques": ["greeting"], "missteps": []},
    ],
}
HOT = {
    "id": "hot",
    "turns": [
        {"speaker": "customer", "text": "Late!", "heat": 2, "triggers": ["effort"], "next_best": ["empathy"]},
        {"speaker": "agent", "text": "Sorry", "techniques": ["empathy"], "missteps": ["rude"]},
        {"speaker": "customer", "text": "Rubbish!", "heat": 3, "next_best": ["apology"]},
        {"speaker": "customer", "text": "Fine.", "heat": 1, "cues": []},
    ],
}


@pytest.fixture
def both() -> Heard:
    return [
        heard(CALM, [customer(0), agent()], [0.1, 0.1], ["heat"]),
        heard(
            HOT,
            [
                customer(2, Trigger.EFFORT, next_best=(Technique.APOLOGY, Technique.EMPATHY)),
                agent(Technique.EMPATHY),
                customer(2, next_best=(Technique.EMPATHY,)),
                customer(1),
            ],
            [0.8, 0.5, 0.3, 0.2],
            [],
        ),
    ]


def test_figures_that_can_be_counted_by_hand(both: Heard) -> None:
    found = measure(both)
    assert (found["conversations"], found["turns"]) == (2, 6)
    assert found["heat2_f1"] == 1  # both hot turns, nothing else
    assert found["heat3_f1"] == 0  # the angry one was read as frustrated
    assert found["heat_exact"] == 3 / 4
    assert found["heat_within_one"] == 1
    assert (found["calm_conversations"], found["false_alarm"]) == (1, 1)
    assert (found["hot_conversations"], found["hot_alerted"]) == (1, 0)
    assert found["triggers_f1"] == 1
    assert found["techniques_f1"] == pytest.approx(2 / 3)  # empathy found, the greeting missed
    assert (found["techniques_precision"], found["techniques_recall"]) == (1, 1 / 2)
    assert found["missteps_f1"] == 0
    assert found["next_best_top2"] == 1 / 2
    assert found["forecast_auc"] == 1  # the rise had 0.8, the fall 0.3


def test_a_promise_is_dated_right_when_its_words_are(both: Heard) -> None:
    when = "tomorrow"
    record = {
        "id": "promise",
        "turns": [
            {"speaker": "agent", "text": "I'll call you.", "promises": [{"what": "call", "when": when}]},
            {"speaker": "agent", "text": "Bye", "promises": []},
        ],
    }
    spoken = Promise(what="call", who=Promiser.AGENT, when=None, due=None, evidence=NOWHERE)
    found = measure([*both, heard(record, [agent(promises=(spoken,)), agent()], [0, 0], [])])
    assert found["promises_f1"] == 1
    assert found["promises_dated_right"] == 0
    dated = replace(spoken, when=when)
    found = measure([*both, heard(record, [agent(promises=(spoken, dated)), agent()], [0, 0], [])])
    assert found["promises_f1"] == pytest.approx(2 / 3)
    assert found["promises_dated_right"] == 1  # not compared with what is no promise


def test_every_figure_that_the_report_shows_is_measured(both: Heard) -> None:
    assert {*MAIN, *PLAIN} <= measure(both).keys()
    assert intervals(both).keys() == {f"{name}_{end}" for name in MAIN for end in ("low", "high")}


def test_calibration_by_hand(both: Heard) -> None:
    found = calibration(both)
    # of sixteen questions on heat one was answered wrongly, and with certainty: is the third turn angry?
    assert found["heat_ece"] == pytest.approx(1 / 16)
    # effort: 0.9 true, three times 0.1 false; profanity never; empathy: 0.2 false, 0.8 true
    assert found["labels_ece"] == pytest.approx((0.1 + 3 * 0.1 + 0.2 + 0.2) / 10)
    assert found["labels_ece_likely"] == pytest.approx((0.1 + 3 * 0.1 + 0.2 + 0.2) / 6)


def test_only_the_split_is_chosen_and_only_annotated_files_are_added(tmp_path: Path) -> None:
    lines = [json.dumps({**CALM, "id": f"real-{number}"}) for number in range(40)]
    (tmp_path / "annotated-1.jsonl").write_text("\n".join(lines))
    (tmp_path / "authored-1.jsonl").write_text(json.dumps({**HOT, "id": "copy-of-the-corpus"}))
    given = Namespace(data=None, annotated=tmp_path, split="test")
    chosen = choose(given)
    assert {split_of(each.record) for each in chosen.every} == {"test"}
    assert {each.record["id"].split("-")[0] for each in chosen.real} == {"real"}
    assert 0 < len(chosen.real) < len(lines)
    assert chosen.written
    everything = choose(Namespace(data=tmp_path, annotated=None, split="test"))
    assert len(everything.every) == len(lines) + 1


@pytest.mark.parametrize("style", STYLES)
def test_a_restyled_conversation_keeps_its_labels(style: str) -> None:
    record = {
        "id": "long",
        "turns": [{"speaker": "customer", "text": "I have been waiting for my parcel, honestly.", "heat": 2}]
        * 9,
    }
    plain = from_record(record)
    now = restyled(plain, style)
    assert [turn["heat"] for turn in now.gold] == [2] * 9
    assert [turn.text for turn in now.conversation.turns] != [turn.text for turn in plain.conversation.turns]
    assert now == restyled(plain, style)
    assert plain.gold == record["turns"]
