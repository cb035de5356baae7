"""Promises: how labels become clauses to learn from, and how a spelling is learned, on lines of our own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

pytest.importorskip("sklearn", reason="training/requirements.txt is not installed")

from coolhead.perception.promises.spelling import Spelling
from training.corpus import Labelled, LabelledTurn
from training.promise_spelling import LEAST_MEANT, learn_spelling
from training.promise_turns import agent_turns, restyled


def conversation(id_: str, *said: tuple[str, Sequence[dict[str, Any]]]) -> Labelled:
    turns = [
        LabelledTurn(False, text, {"speaker": "agent", "promises": list(promises)}) for text, promises in said
    ]
    return Labelled(id_, id_, "train", "delivery", "yes", 4, turns)


def test_a_promise_is_given_to_the_clause_that_makes_it() -> None:
    labelled = conversation(
        "a", ("I see. I'll ring you on Friday. Is that fine?", [{"what": "ring", "when": "on Friday"}])
    )
    (turn,) = agent_turns([labelled], Spelling((), ()))
    assert turn.gold == [1]
    assert len(turn.shown) == 3


def test_clauses_are_cut_from_the_words_as_meant() -> None:
    labelled = conversation("a", ("Thanks um I'll rign you", [{"what": "ring", "when": None}]))
    (turn,) = agent_turns([labelled], Spelling(("ring",), ()))
    assert turn.words == "Thanks I'll ring you"
    assert turn.turn.text == "Thanks um I'll rign you"


def test_a_copy_is_the_same_on_every_run_and_keeps_its_labels() -> None:
    labelled = conversation(
        "b", ("I'll send the parcel on Wednesday, before noon.", [{"what": "send", "when": "on Wednesday"}])
    )
    (first,), (second,) = restyled([labelled]), restyled([labelled])
    assert first.turns[0].text == second.turns[0].text != labelled.turns[0].text
    assert first.turns[0].labels == labelled.turns[0].labels


def test_the_words_of_futures_and_times_are_meant_and_their_real_neighbours_left() -> None:
    lines = [("We will send it.", []), ("Sand is in it.", [])] * LEAST_MEANT
    spelling = learn_spelling([conversation("c", *lines)])
    assert spelling.mended("sned") == "send"
    assert spelling.mended("sand") is None
    assert spelling.mended("wednseday") == "wednesday"
