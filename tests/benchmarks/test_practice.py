"""The figures of practice, on runs small enough to count by hand, and on a few that are really played."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks import practice_answers
from benchmarks.practice import measured
from benchmarks.practice_agents import lines
from benchmarks.practice_runs import AGENTS, VARIANTS, Played, play_chunk
from benchmarks.tables import practice as tables_of
from coolhead.codebook import Behaviour
from coolhead.practice.act import Ending
from coolhead.practice.run import Practice


def played(agent: str = "skilled", **given: Any) -> Played:
    known: dict[str, Any] = {
        "seed": 1,
        "scenario": "sofa",
        "persona": "angry",
        "wanted": Behaviour.ANGRY,
        "ending": Ending.SETTLED,
        "heats": ((3.0, 2.5), (1.0, 0.5)),
        "found": Behaviour.ANGRY,
        "contradictions": (),
        "repeated": 0,
        "sentences": frozenset({"one", "two"}),
        "said": ("Hello",),
    }
    return Played(agent=agent, **{**known, **given})


def test_figures_that_can_be_counted_by_hand() -> None:
    runs = {
        "skilled": [played(), played(sentences=frozenset({"two", "three"}), found=None)],
        "middling": [played("middling", ending=Ending.GAVE_UP, sentences=frozenset({"four"}))],
        "poor": [played("poor", heats=((3.0, 2.0), (4.0, 3.0)), contradictions=("£9",), scenario="parcel")],
        **{name: [played(name, heats=((3.0, 2.0), (2.0, 1.0)))] for name in VARIANTS},
    }
    runs["without thanks"] = [played("without thanks", heats=((3.0, 2.0), (1.0, 1.0)))]
    found = measured(runs)
    assert (found["calm_skilled"], found["calm_middling"], found["calm_poor"]) == (1, 0, 0)
    assert found["end_heat_poor"] == 4
    assert found["behaviour_recovered"] == 0.75
    assert found["runs_with_a_contradiction"] == 1
    assert (found["runs_alike"], found["most_sentences_shared"]) == (0, 0.5)
    assert found["rules_not_monotone"] == ["without thanks"]
    assert found["hotter_by"]["with rude"] == 1
    shown = tables_of(found)
    assert "| without thanks | +0.00 |" in shown["practice_hotter_table"]
    assert shown["practice_why"].startswith("- without thanks: ")


def test_calm_is_settled_and_cool() -> None:
    assert played().calm
    assert not played(ending=Ending.GAVE_UP).calm
    assert not played(heats=((3.0, 2.0), (1.5, 1.0))).calm


def test_a_persona_without_a_behaviour_may_come_to_open_anger_and_to_no_other() -> None:
    assert played(wanted=None).recovered
    assert played(wanted=None, found=None).recovered
    assert not played(wanted=None, found=Behaviour.INDECISIVE).recovered


def test_every_agent_plays_and_a_seed_gives_the_same_runs_again() -> None:
    once = play_chunk([0], 0)
    assert [run.agent for run in once] == list(AGENTS)
    assert once == play_chunk([0], 0)


def test_the_sample_is_drawn_again_as_it_was(player: Practice) -> None:
    drawn = practice_answers.draw(player, 3)
    assert [each["turn"] for each in drawn] == [0, 1, 0]
    assert {each["question"] for each in drawn} <= {*lines("questions")["ask"]}
    assert drawn == practice_answers.draw(player, 3)


@pytest.fixture(scope="module")
def player() -> Practice:
    from coolhead.engine import Engine

    return Practice(Engine.load())


def test_a_label_of_another_reply_is_told_apart() -> None:
    pair = {"seed": 1, "turn": 0, "question": "When?", "reply": "Today.", "answers": True}
    other = pair | {"seed": 2, "answers": False}
    unread = pair | {"seed": 3, "answers": None}
    found = practice_answers.share([pair, other, unread], [pair, other | {"reply": "Why?"}])
    assert found == {"answers_labelled": 2, "answers_of_this_version": 1, "questions_answered": 0.5}


def test_every_committed_pair_is_labelled_and_what_fails_says_why() -> None:
    labelled = practice_answers.read_labels()
    assert len(labelled) == practice_answers.PAIRS
    assert all(isinstance(each["answers"], bool) for each in labelled)
    assert all(each.get("why") for each in labelled if not each["answers"])
