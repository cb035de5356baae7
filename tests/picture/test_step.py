"""What must hold of every step, whatever was said and read."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from coolhead.codebook import Speaker
from coolhead.conversation.turn import Turn
from coolhead.perception.reading import Reading
from coolhead.picture.events import Event
from coolhead.picture.state import RECENT_TURNS, Picture
from coolhead.picture.step import step
from tests.strategies import heard, heats

Heard = list[tuple[Turn, Reading]]

whatever = settings(max_examples=60)
"""No test here measures time: the machine may be busy."""


def replay(turns: Heard) -> tuple[Picture, list[Event]]:
    picture, events = Picture(), []
    for turn, reading in turns:
        picture, told = step(picture, turn, reading)
        events += told
    return picture, events


@whatever
@given(heard())
def test_replay_gives_the_same_picture(turns: Heard) -> None:
    assert replay(turns) == replay(turns)


@whatever
@given(heard(), st.randoms())
def test_any_arrival_order_ends_the_same_once_sorted(turns: Heard, random: object) -> None:
    arrived = list(turns)
    random.shuffle(arrived)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    assert replay(sorted(arrived, key=lambda pair: pair[0].order)) == replay(turns)


@whatever
@given(heard())
def test_the_picture_survives_its_json_at_every_step(turns: Heard) -> None:
    straight = through_json = Picture()
    for turn, reading in turns:
        straight, _ = step(straight, turn, reading)
        through_json, _ = step(Picture.from_json(through_json.to_json()), turn, reading)
        assert through_json == straight
        assert Picture.from_json(straight.to_json()) == straight


@whatever
@given(heard())
def test_numbers_keep_their_ranges(turns: Heard) -> None:
    picture = Picture()
    for turn, reading in turns:
        picture, _ = step(picture, turn, reading)
        assert 0 <= picture.heat <= 100
        assert 0 <= picture.risk <= 1
        assert len(picture.recent) <= RECENT_TURNS
    assert picture.turns == len(turns)
    assert len(picture.course) == sum(turn.by_customer for turn, _ in turns)


@whatever
@given(heats(), heard(longest=4))
def test_on_constant_input_the_level_never_goes_back_and_forth(heat: object, before: Heard) -> None:
    picture, _ = replay(before)
    levels = []
    for number in range(12):
        turn = Turn(id=f"same{number}", speaker=Speaker.CUSTOMER, text="same", place=100.0 + number)
        picture, _ = step(picture, turn, Reading(heat=heat))  # type: ignore[arg-type]  # a HeatReading
        levels.append(int(picture.level))
    assert levels in (sorted(levels), sorted(levels, reverse=True))


def test_a_customer_s_turn_without_heat_moves_nothing_but_is_heard() -> None:
    silent = Turn(id="t0", speaker=Speaker.CUSTOMER, text="")
    picture, events = step(Picture(), silent, Reading())
    assert (picture.turns, picture.course, picture.heat, picture.risk, events) == (1, (), 0.0, 0.0, ())


@whatever
@given(heard())
def test_events_tell_every_change_and_nothing_else(turns: Heard) -> None:
    picture, events = replay(turns)
    assert [event.promised for event in events if event.kind == "promise_made"] == list(picture.promises)
    assert [event.alert for event in events if event.kind == "alert_raised"] == list(picture.alerts)
    levels = [event for event in events if event.kind == "level_changed"]
    assert [event.after for event in levels][-1:] in ([], [picture.level])
    assert all(event.before is not event.after for event in levels)


@whatever
@given(heard())
def test_a_turn_raises_at_most_one_alert(turns: Heard) -> None:
    picture, _ = replay(turns)
    ids = [alert.turn_id for alert in picture.alerts]
    assert len(ids) == len(set(ids))


@whatever
@given(heard())
def test_a_step_leaves_the_picture_before_it_as_it_was(turns: Heard) -> None:
    picture = Picture()
    for turn, reading in turns:
        kept = replace(picture, techniques=dict(picture.techniques), missteps=dict(picture.missteps))
        after, _ = step(picture, turn, reading)
        assert picture == kept
        picture = after
