"""What the engine promises: same turns, same moments, however they come; nothing personal in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from coolhead.codebook import Channel, Heat, Speaker
from coolhead.conversation.turn import Conversation, Turn
from coolhead.engine import Engine, Moment
from coolhead.guidance.playbook import default_playbook
from coolhead.perception.encoder import Floats
from coolhead.perception.perceiver import Perceiver
from coolhead.perception.reading import Evidence, HeatReading, Reading
from coolhead.picture.state import Picture
from tests.strategies import heard

Heard = list[tuple[Turn, Reading]]

whatever = settings(max_examples=40)
"""No test here measures time: the machine may be busy."""


@dataclass(frozen=True, slots=True)
class Script:
    """Reads each turn as the script says."""

    readings: dict[str, Reading]

    def read(self, turn: Turn, before: Sequence[Turn]) -> Reading:
        del before
        return self.readings[turn.id]

    def vector(self, text: str) -> Floats:
        raise AssertionError(f"nothing here needs a vector: {text}")


def engine_for(turns: Heard) -> Engine:
    script = Script({turn.id: reading for turn, reading in turns})
    return Engine(Perceiver(script), default_playbook())


def hear_each(engine: Engine, turns: Sequence[Turn]) -> list[Moment]:
    picture, moments = engine.start(), []
    for turn in turns:
        moments.append(engine.hear(picture, turn))
        picture = moments[-1].picture
    return moments


@whatever
@given(heard())
def test_hearing_again_gives_the_same_moments(turns: Heard) -> None:
    said = [turn for turn, _ in turns]
    assert hear_each(engine_for(turns), said) == hear_each(engine_for(turns), said)


@whatever
@given(heard(), st.integers(0, 99))
def test_a_whole_conversation_is_heard_as_turn_by_turn_in_any_arrival_order(turns: Heard, seed: int) -> None:
    said = [turn for turn, _ in turns]
    arrived = list(said)
    Random(seed).shuffle(arrived)  # noqa: S311 -- makes test data, guards nothing
    engine = engine_for(turns)
    assert engine.hear_all(Conversation(id="c", turns=tuple(arrived))) == hear_each(engine, said)


@whatever
@given(heard())
def test_a_picture_that_was_stored_goes_on_as_if_it_had_not_been(turns: Heard) -> None:
    engine = engine_for(turns)
    straight = stored = engine.start(
        started_at=datetime(2026, 3, 18, 14, 20, tzinfo=UTC), channel=Channel.CALL
    )
    for turn, _ in turns:
        straight = engine.hear(straight, turn).picture
        stored = engine.hear(Picture.from_json(stored.to_json()), turn).picture
        assert stored == straight


@whatever
@given(heard())
def test_a_card_that_is_shown_is_in_the_picture(turns: Heard) -> None:
    moments = hear_each(engine_for(turns), [turn for turn, _ in turns])
    shown = [moment.card.id for moment in moments if moment.card]
    assert [card.card_id for card in (moments[-1].picture.cards if moments else ())] == shown


def test_personal_data_reaches_neither_the_moment_nor_the_picture() -> None:
    asked = Turn(id="a", speaker=Speaker.AGENT, text="Your card number, please?", place=0)
    given_ = Turn(id="b", speaker=Speaker.CUSTOMER, text="It is 4111 1111 1111 1111.", place=1)
    moments = hear_each(engine_for([(asked, Reading()), (given_, _calm())]), [asked, given_])
    assert moments[-1].turn.text == "It is [CARD]."
    assert "4111" not in moments[-1].picture.to_json()


def test_a_new_conversation_starts_calm_and_empty() -> None:
    picture = engine_for([]).start(channel=Channel.EMAIL)
    assert picture == Picture(channel=Channel.EMAIL)
    assert (picture.heat, picture.risk, picture.turns) == (0.0, 0.0, 0)


def _calm() -> Reading:
    certain = (1.0, 0.0, 0.0, 0.0, 0.0)
    evidence = Evidence(start=0, end=2)
    return Reading(heat=HeatReading(level=Heat.CALM, expected=0.0, probabilities=certain, evidence=evidence))
