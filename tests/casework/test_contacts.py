"""Contacts over time: what became of promises, and which contact repeats which."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coolhead.casework.contacts import REPEAT_WITHIN, Contact, Fate, pledge_of, repeats
from coolhead.casework.promises import Entry, State, Terms
from coolhead.codebook import Channel, Issue, Promiser

NOW = datetime(2026, 3, 18, 14, 20, tzinfo=UTC)
DAY = timedelta(days=1)


def contact(number: int, day: float, issue: Issue | None = Issue.BILLING, *, ended: bool = True) -> Contact:
    at = NOW + day * DAY
    return Contact(
        conversation_id=str(number),
        channel=Channel.CHAT,
        opened_at=at,
        ended_at=at if ended else None,
        issue=issue,
    )


def entry(state: State, due: datetime | None = None) -> Entry:
    return Entry(
        id="p", client_id="c", conversation_id="x", turn_id="t1", start=0, end=4, said_at=NOW,
        terms=Terms(what="call back", who=Promiser.AGENT, when=None, due=due),
        state=state, owner_id=None, owner="", by_hand=True, version=1, moved_at=NOW,
    )  # fmt: skip


def test_the_same_issue_within_the_window_is_a_repeat() -> None:
    window = REPEAT_WITHIN / DAY
    found = repeats([contact(3, 3 + window), contact(1, 0), contact(2, 3), contact(4, 3.1 + 2 * window)])
    assert found == {"2": "1", "3": "2"}


@pytest.mark.parametrize("issue", [Issue.OTHER, Issue.INFORMATION, None])
def test_what_is_no_issue_of_its_own_is_never_repeated(issue: Issue | None) -> None:
    assert repeats([contact(1, 0, issue), contact(2, 1, issue)]) == {}


def test_another_issue_is_no_repeat_and_does_not_hide_one() -> None:
    assert repeats([contact(1, 0), contact(2, 1, Issue.OUTAGE), contact(3, 2)]) == {"3": "1"}


def test_a_contact_that_still_goes_on_can_be_repeated() -> None:
    assert repeats([contact(1, -90, ended=False), contact(2, 0)]) == {"2": "1"}


@given(st.lists(st.tuples(st.floats(0, 200), st.sampled_from([*Issue, None]), st.booleans()), max_size=12))
def test_a_repeat_has_the_issue_of_an_earlier_contact(
    given_contacts: list[tuple[float, Issue | None, bool]],
) -> None:
    contacts = [contact(n, day, issue, ended=ended) for n, (day, issue, ended) in enumerate(given_contacts)]
    by_id = {each.conversation_id: each for each in contacts}
    found = repeats(contacts)
    assert found == repeats(contacts[::-1])
    for later, earlier in found.items():
        assert by_id[later].issue is by_id[earlier].issue
        assert by_id[later].opened_at >= by_id[earlier].opened_at


@pytest.mark.parametrize(
    ("state", "due", "fate"),
    [
        (State.OPEN, None, Fate.OPEN),
        (State.OPEN, NOW + DAY, Fate.OPEN),
        (State.OPEN, NOW - DAY, Fate.OVERDUE),
        (State.KEPT, NOW - DAY, Fate.KEPT),
        (State.BROKEN, None, Fate.BROKEN),
        (State.RELEASED, None, Fate.RELEASED),
        (State.PROPOSED, NOW - DAY, Fate.UNCONFIRMED),
    ],
)
def test_the_fate_of_a_promise(state: State, due: datetime | None, fate: Fate) -> None:
    pledge = pledge_of(entry(state, due), NOW)
    assert pledge
    assert pledge.fate is fate
    assert pledge.fate.is_broken is (fate in (Fate.OVERDUE, Fate.BROKEN))


def test_an_overdue_promise_counts_from_when_it_was_due() -> None:
    pledge = pledge_of(entry(State.OPEN, NOW - 3 * DAY), NOW)
    assert pledge
    assert pledge.at == NOW - 3 * DAY


def test_what_was_dropped_was_no_promise() -> None:
    assert pledge_of(replace(entry(State.DROPPED)), NOW) is None
