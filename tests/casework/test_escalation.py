"""Which moves of a call for help are legal, and what each changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coolhead.casework.escalation import (
    LEGAL,
    OWN,
    REASONED,
    Actor,
    Escalation,
    Level,
    Move,
    Origin,
    State,
    moved,
    moves_from,
    record,
    rises_at,
)
from coolhead.errors import ConflictError, InputError

NOON = datetime(2026, 3, 18, 12, 0, tzinfo=UTC)
SAM, ADA = Actor(id="sam", name="Sam"), Actor(id="ada", name="Ada")
ASKED = Escalation(
    id="e",
    client_id="main",
    conversation_id="c",
    origin=Origin.AGENT,
    turn_id=None,
    words="",
    asked_by_id="mara",
    asked_by="Mara",
    agent_id="mara",
    agent="Mara",
    asked_at=NOON,
    moved_at=NOON,
)
ARROWS = {
    State.REQUESTED: "brief decline call_back withdraw rise",
    State.BRIEFED: "accept decline call_back withdraw rise",
    State.ACCEPTED: "join take_over close decline rise",
    State.JOINED: "take_over give_back close",
    State.TAKEN_OVER: "give_back close",
    State.RETURNED: "close",
    State.CLOSED: "",
    State.DECLINED: "",
    State.CALL_BACK: "",
}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("move", Move)
def test_only_the_drawn_arrows_are_legal(state: State, move: Move) -> None:
    standing = replace(ASKED, state=state, supervisor_id="sam", supervisor="Sam")
    if move.value in ARROWS[state].split():
        assert moved(standing, move, SAM, NOON, "Because.").state is LEGAL[move][1]
    else:
        with pytest.raises(ConflictError):
            moved(standing, move, SAM, NOON, "Because.")


def test_whoever_accepts_is_its_supervisor_and_nobody_else_may_go_in() -> None:
    accepted = moved(moved(ASKED, Move.BRIEF, SAM, NOON), Move.ACCEPT, SAM, NOON)
    assert (accepted.supervisor_id, accepted.supervisor, accepted.version) == ("sam", "Sam", 2)
    for move in OWN & moves_from(accepted):
        with pytest.raises(ConflictError, match="Sam has accepted"):
            moved(accepted, move, ADA, NOON)


@pytest.mark.parametrize("move", sorted(REASONED))
def test_a_no_needs_a_reason(move: Move) -> None:
    for reason in ("", "  \n"):
        with pytest.raises(InputError):
            moved(ASKED, move, SAM, NOON, reason)
    with pytest.raises(InputError):
        moved(ASKED, move, SAM, NOON, "x" * 501)
    after = moved(ASKED, move, SAM, NOON, " In a\nmeeting. ")
    assert (after.reason, after.state.is_open) == ("In a meeting.", False)
    assert record(after, move, SAM).reason == "In a meeting."


def test_what_nobody_answers_rises_once_and_begins_anew() -> None:
    minutes = timedelta(minutes=5)
    assert rises_at(ASKED, minutes) == NOON + minutes
    accepted = moved(moved(ASKED, Move.BRIEF, SAM, NOON), Move.ACCEPT, SAM, NOON)
    risen = moved(accepted, Move.RISE, Actor(id=None, name=""), NOON + minutes)
    assert (risen.state, risen.level, risen.supervisor_id) == (State.REQUESTED, Level.ADMINS, None)
    assert rises_at(risen, minutes) is None
    assert Move.RISE not in moves_from(risen)


@given(st.lists(st.tuples(st.sampled_from(Move), st.sampled_from([SAM, ADA])), max_size=12))
def test_any_walk_stays_on_the_drawn_arrows(walk: list[tuple[Move, Actor]]) -> None:
    standing, moves = ASKED, 0
    for move, by in walk:
        try:
            after = moved(standing, move, by, NOON, "Because.")
        except ConflictError:
            continue
        moves += 1
        assert move.value in ARROWS[standing.state].split()
        assert after.version == moves
        assert after.level >= standing.level
        if after.state in (State.ACCEPTED, State.JOINED, State.TAKEN_OVER, State.RETURNED):
            assert after.supervisor_id
        standing = after
