"""Follow-ups: when one is proposed, when it is due, and which moves are legal."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coolhead.casework.follow_up import (
    LEGAL,
    WITH_REASON,
    Ended,
    FollowUp,
    Kind,
    Move,
    State,
    Why,
    address_in,
    changed,
    due_after,
    kind_after,
    roughness,
    state_after,
)
from coolhead.casework.hours import Hours
from coolhead.casework.promises import Standing
from coolhead.codebook import Channel, Heat, Resolved
from coolhead.errors import ConflictError, InputError

FRIDAY = datetime(2026, 3, 20, 16, 30, tzinfo=UTC)
NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
HOURS = Hours(time_zone="UTC")
PLANNED = FollowUp(
    id="f", client_id="c", conversation_id="x", kind=Kind.EMAIL, due=FRIDAY, why=(), address="", subject="",
    text="", state=State.PROPOSED, owner_id=None, owner="", version=1, made_at=FRIDAY, moved_at=FRIDAY,
)  # fmt: skip


@pytest.mark.parametrize(
    ("peak", "outcome", "promised", "why"),
    [
        (Heat.CALM, Resolved.NO, True, ()),
        (Heat.TENSE, Resolved.NO, True, ()),
        (Heat.FRUSTRATED, Resolved.YES, False, ()),
        (Heat.FRUSTRATED, None, False, ()),
        (Heat.FRUSTRATED, Resolved.PARTLY, False, (Why.UNSOLVED,)),
        (Heat.FRUSTRATED, Resolved.YES, True, (Why.OWED,)),
        (Heat.ANGRY, Resolved.YES, False, (Why.HOT,)),
        (Heat.FURIOUS, Resolved.NO, True, (Why.HOT, Why.UNSOLVED, Why.OWED)),
    ],
)
def test_a_rough_conversation_is_followed_up(
    peak: Heat, outcome: Resolved | None, promised: bool, why: tuple[Why, ...]
) -> None:
    assert roughness(Ended(peak=peak, outcome=outcome, promised=promised)) == why


def test_what_is_unsolved_is_due_in_half_a_day_of_business() -> None:
    assert due_after((Why.UNSOLVED,), FRIDAY, HOURS) == datetime(2026, 3, 23, 11, 30, tzinfo=UTC)
    assert due_after((Why.HOT,), FRIDAY, HOURS) == datetime(2026, 3, 23, 16, 30, tzinfo=UTC)


@given(
    st.integers(0, 364 * 24 * 60).map(lambda minutes: NEW_YEAR + timedelta(minutes=minutes)),
    st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"]),
    st.lists(st.sampled_from(Why), unique=True).map(tuple),
)
def test_it_is_always_due_in_business_hours(at: datetime, zone: str, why: tuple[Why, ...]) -> None:
    hours = Hours(time_zone=zone)
    due = due_after(why, at, hours)
    assert due > at
    assert hours.is_open(due - timedelta(seconds=1))


def test_who_called_is_called() -> None:
    assert kind_after(Channel.CALL) is Kind.CALL
    assert {kind_after(channel) for channel in Channel if channel is not Channel.CALL} == {Kind.EMAIL}


@pytest.mark.parametrize(
    ("kind", "key", "address"),
    [
        (Kind.EMAIL, "priya@example.com", "priya@example.com"),
        (Kind.EMAIL, "4711", ""),
        (Kind.EMAIL, None, ""),
        (Kind.CALL, "+44 20 7946 0018", "+44 20 7946 0018"),
        (Kind.CALL, "priya@example.com", ""),
    ],
)
def test_a_key_that_reaches_them_is_the_address(kind: Kind, key: str | None, address: str) -> None:
    assert address_in(kind, key) == address


@pytest.mark.parametrize("move", Move)
@pytest.mark.parametrize("state", State)
def test_only_legal_moves_are_made(move: Move, state: State) -> None:
    before = replace(PLANNED, state=state)
    if state in LEGAL.get(move, {}):
        assert state_after(before, move, "Because.") is LEGAL[move][state]
    else:
        with pytest.raises(ConflictError):
            state_after(before, move, "Because.")


@pytest.mark.parametrize("move", sorted(WITH_REASON))
def test_some_moves_need_a_reason(move: Move) -> None:
    before = replace(PLANNED, state=next(iter(LEGAL[move])))
    with pytest.raises(InputError):
        state_after(before, move)
    with pytest.raises(InputError):
        state_after(before, move, "x" * 501)


def test_a_call_cannot_be_sent() -> None:
    with pytest.raises(ConflictError):
        state_after(replace(PLANNED, kind=Kind.CALL, state=State.SCHEDULED), Move.SEND)


def test_a_change_keeps_what_was() -> None:
    later = replace(PLANNED, due=FRIDAY + timedelta(days=3))
    after, moved = changed(
        PLANNED, later, Move.MOVE, account_id=None, by="Mara", now=FRIDAY, reason="They asked."
    )
    assert (after.version, moved.version, moved.was_due, moved.before) == (2, 2, FRIDAY, State.PROPOSED)


def test_the_clock_makes_it_near_and_late() -> None:
    planned = replace(PLANNED, due=datetime(2026, 3, 23, 11, 30, tzinfo=UTC))
    assert planned.standing(FRIDAY, HOURS) is Standing.AHEAD
    assert planned.standing(datetime(2026, 3, 23, 10, 45, tzinfo=UTC), HOURS) is Standing.NEAR
    assert planned.standing(datetime(2026, 3, 23, 11, 31, tzinfo=UTC), HOURS) is Standing.OVERDUE
