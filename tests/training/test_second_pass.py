"""The second reading: a fair pair of readings, labels only, and measures that see a difference."""

from __future__ import annotations

import copy

import pytest

from benchmarks.labelled import read_labelled
from training.agreement import agreement
from training.lines import read
from training.readings import CORPUS
from training.second_pass import FIRST, SECOND, WORDS


def test_both_readings_are_of_the_same_turns_and_hold_no_words() -> None:
    first, second = read(FIRST), read(SECOND)
    assert [(each["id"], len(each["turns"])) for each in first] == [
        (each["id"], len(each["turns"])) for each in second
    ]
    assert not any(set(WORDS) & set(turn) for each in (*first, *second) for turn in each["turns"])


def test_no_reading_is_taken_for_a_lesson() -> None:
    ids = [labelled.conversation.id for labelled in read_labelled(CORPUS)]
    assert len(ids) == len(set(ids))


def test_a_reading_agrees_with_itself() -> None:
    readings = read(FIRST)
    assert set(agreement([(each, each) for each in readings]).values()) == {1.0}


@pytest.mark.parametrize(
    ("label", "change"),
    [
        (("heat", "quadratic kappa"), {"heat": 4}),
        (("triggers", "micro-F1"), {"triggers": []}),
        (("next best", "top 2 hit"), {"next_best": ["jargon"]}),
    ],
)
def test_another_label_lowers_the_agreement(label: tuple[str, str], change: dict[str, object]) -> None:
    first = read(FIRST)
    second = copy.deepcopy(first)
    for turn in second[0]["turns"]:
        if "heat" in turn:
            turn.update(change)
    assert agreement(list(zip(first, second, strict=True)))[label] < 1
