"""Several readings of the same turns: what most say is what the corpus holds, and training hears them all."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from coolhead.codebook import Abuse, Behaviour, Cue, Technique, Trigger
from training.readings import CORPUS, Labels, differ, majority, parse, readings
from training.split import split_of

NONE: Labels = {"behaviours": [], "abuse": "none", "triggers": [], "cues": [], "next_best": []}


def _corpus() -> dict[str, Any]:
    texts = (path.read_text(encoding="utf-8") for path in CORPUS.glob("authored-*.jsonl"))
    return {record["id"]: record for text in texts for record in map(json.loads, text.splitlines())}


def test_a_line_is_read_as_the_labels_of_a_turn() -> None:
    assert parse("3 angry abuse:insult; unheard effort; asks_supervisor; boundary empathy") == {
        "heat": 3,
        "behaviours": ["angry"],
        "abuse": "insult",
        "triggers": ["unheard", "effort"],
        "cues": ["asks_supervisor"],
        "next_best": ["boundary", "empathy"],
    }
    assert parse("0; ; ; ") == NONE | {"heat": 0}


def test_the_corpus_holds_what_most_readers_say() -> None:
    corpus = _corpus()
    for id, turns in readings().items():
        for place, said in turns.items():
            turn = corpus[id]["turns"][place]
            assert {name: turn.get(name, []) for name in said[0]} == majority(said), (id, place)


def test_held_out_turns_on_which_two_differ_were_read_a_third_time() -> None:
    corpus = _corpus()
    alone = [
        (id, place)
        for id, turns in readings().items()
        if split_of(corpus[id]) != "train"
        for place, said in turns.items()
        if len(said) < 2 or (len(said) == 2 and differ(*said))
    ]
    assert alone == []


def test_of_three_the_one_who_stands_alone_is_not_heard() -> None:
    said = [
        parse("1; effort; ; empathy solution"),
        parse("2 passive_aggressive; unheard; confirms; apology solution"),
        parse("2; effort unheard; ; solution"),
    ]
    assert majority(said) == NONE | {"heat": 2, "triggers": ["effort", "unheard"], "next_best": ["solution"]}


readers = st.fixed_dictionaries(
    {
        "heat": st.integers(0, 4),
        "behaviours": st.lists(st.sampled_from([str(each) for each in Behaviour]), unique=True),
        "abuse": st.sampled_from([str(each) for each in Abuse]),
        "triggers": st.lists(st.sampled_from([str(each) for each in Trigger]), unique=True),
        "cues": st.lists(st.sampled_from([str(each) for each in Cue]), unique=True),
        "next_best": st.lists(st.sampled_from([str(each) for each in Technique]), unique=True, max_size=3),
    }
)


@given(st.lists(readers, min_size=3, max_size=3))
def test_the_majority_abuses_somebody_exactly_when_it_is_abusive_and_then_it_is_angry(
    said: list[Labels],
) -> None:
    found = majority(said)
    assert (found["abuse"] in {"insult", "harassment", "threat"}) == ("abusive" in found["behaviours"])
    assert "abusive" not in found["behaviours"] or found["heat"] >= 3


@given(st.lists(readers, min_size=3, max_size=3), st.permutations(range(3)))
def test_whoever_reads_first_the_labels_are_the_same(said: list[Labels], order: list[int]) -> None:
    one, other = majority(said), majority([said[place] for place in order])
    assert one["heat"] == other["heat"]
    for name in ("triggers", "cues"):
        assert set(one[name]) == set(other[name])
