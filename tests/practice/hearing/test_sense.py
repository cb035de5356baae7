"""What questions ask for by words and by meaning together."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from coolhead.errors import SetupError
from coolhead.perception.encoder import MODELS, Encoder
from coolhead.practice.hearing.clause import clauses_of
from coolhead.practice.hearing.meaning import FILE, WORDS, Kind, Meaning
from coolhead.practice.hearing.sense import Meant, Sense, by_words, sense_of, senses_of
from coolhead.practice.seen import Request
from coolhead.practice.topic import Topic


@pytest.fixture(scope="module")
def meant() -> Meant:
    encoder, meaning = Encoder(), Meaning.read()
    return lambda text: meaning.of(text, encoder.vector(text, by_customer=False))


def sense(text: str, meant: Meant) -> Sense:
    (clause,) = clauses_of(text)
    return sense_of(clause, meant)


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("What is your main wish?", Topic.WANTS),
        ("On which evening could a person drop in?", Topic.AVAILABLE),
        ("Is everyone unharmed?", Topic.SAFETY),
        ("What's the financial side of it?", Topic.AMOUNT),
        ("Is time running out on you?", Topic.DEADLINE),
        ("Which piece of ours are we on about?", Topic.ITEM),
    ],
)
def test_a_question_is_known_by_its_meaning_where_its_words_tell_nothing(
    question: str, topic: Topic, meant: Meant
) -> None:
    assert sense(question, by_words).topics[:1] != (topic,)
    found = sense(question, meant)
    assert found.asks
    assert found.topics[0] is topic


def test_what_needs_no_fact_is_known_by_its_meaning_too(meant: Meant) -> None:
    assert sense("Are you on the line?", meant).requests == (Request.PRESENCE,)
    assert sense("Is my understanding correct?", meant).requests == (Request.CHECK,)


def test_words_decide_where_meaning_doubts() -> None:
    torn: dict[Kind, float] = dict.fromkeys((*Topic, *Request), 0.03)
    assert sense("What's your order number?", lambda _: torn).topics[0] is Topic.NUMBER


def test_what_is_no_question_is_not_looked_up() -> None:
    def never(text: str) -> dict[Kind, float]:
        raise AssertionError(text)

    assert not sense("I'll send you a new one today.", never).asks


def test_chances_are_those_of_every_kind(meant: Meant) -> None:
    chances = meant("Where are you?")
    assert set(chances) == {*Topic, *Request}
    assert 0 < sum(chances.values()) <= 1 + 1e-6
    assert np.isfinite(list(chances.values())).all()


@pytest.mark.parametrize("file", [FILE, WORDS])
@pytest.mark.parametrize("content", [None, b"no numbers"])
def test_a_missing_or_damaged_file_says_what_to_do(tmp_path: Path, file: str, content: bytes | None) -> None:
    for each in (FILE, WORDS):
        (tmp_path / each).write_bytes((MODELS / each).read_bytes())
    (tmp_path / file).unlink() if content is None else (tmp_path / file).write_bytes(content)
    with pytest.raises(SetupError, match=file) as told:
        Meaning.read(tmp_path)
    assert told.value.hint


def test_a_mere_it_asks_for_what_was_named_before(meant: Meant) -> None:
    said = clauses_of("I need the number at the top of the letter. Do you have it handy?")
    assert senses_of(said, meant)[-1].topics[:1] == (Topic.NUMBER,)
    alone = clauses_of("Do you have it handy?")
    assert senses_of(alone, meant)[-1].topics[:1] != (Topic.NUMBER,)


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("So you have rung several times and nobody has solved it, is that right?", Topic.OFTEN),
        ("you didn't get any reply from us at all, right", Topic.PROMISED),
        ("Would you like to tell me anything else about this?", Topic.MORE),
        ("Would you mind starting from the first day?", Topic.WHAT_HAPPENED),
    ],
)
def test_statements_and_offers_that_ask_are_heard_as_questions(
    question: str, topic: Topic, meant: Meant
) -> None:
    found = sense(question, meant)
    assert found.asks
    assert found.topics[0] is topic
