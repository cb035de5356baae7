"""Whether a customer may leave: each rule alone, what counts for how long, and where it shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coolhead.casework.contacts import Contact, Fate, Pledge, Shown
from coolhead.casework.loyalty import RULES, Reason, Risk, Rule, Weight, loyalty
from coolhead.codebook import Cue, Heat, Issue, Resolved
from tests.casework.test_contacts import DAY, NOW, contact


def pledge(fate: Fate, days_ago: float = 1) -> Pledge:
    at = NOW - days_ago * DAY
    return Pledge(promise_id="p", turn_id="t4", what="call back", due=at, fate=fate, at=at)


def plain(number: int = 1, days_ago: float = 1, **values: object) -> Contact:
    return replace(contact(number, -days_ago), **values)  # type: ignore[arg-type]  # any field of a contact


SHOWS: dict[Reason, list[Contact]] = {
    Reason.SAID_SO: [plain(shown=(Shown(Cue.CHURN_THREAT, "t3"),))],
    Reason.PROMISE_BROKEN: [plain(pledges=(pledge(Fate.BROKEN),))],
    Reason.CAME_BACK_TWICE: [plain(1, 9), plain(2, 6), plain(3, 3)],
    Reason.CAME_BACK: [plain(1, 9), plain(2, 6)],
    Reason.LEFT_UNSOLVED: [plain(outcome=Resolved.NO)],
    Reason.ANGRY: [plain(peak=Heat.ANGRY, peak_turn="t2")],
    Reason.WENT_OUTSIDE: [plain(shown=(Shown(Cue.LEGAL_THREAT, "t5"),))],
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.reason)
def test_each_reason_shows_with_its_evidence_and_lapses(rule: Rule) -> None:
    contacts = SHOWS[rule.reason]
    found = loyalty(contacts, NOW)
    (sign,) = found.signs
    assert (sign.reason, sign.weight) == (rule.reason, rule.weight)
    assert sign.evidence[0].conversation_id == contacts[-1].conversation_id
    assert found.risk is (Risk.HIGH if rule.weight is Weight.STRONG else Risk.WATCH)
    assert loyalty(contacts, NOW + rule.within + timedelta(days=1)).risk is Risk.NONE


def test_the_turn_that_shows_it_is_named() -> None:
    turns = {reason: loyalty(SHOWS[reason], NOW).signs[0].evidence[0].turn_id for reason in SHOWS}
    assert turns[Reason.SAID_SO] == "t3"
    assert turns[Reason.PROMISE_BROKEN] == "t4"
    assert turns[Reason.ANGRY] == "t2"


def test_three_lighter_signs_are_as_much_as_a_strong_one() -> None:
    two = plain(outcome=Resolved.NO, peak=Heat.FURIOUS)
    assert loyalty([two], NOW).risk is Risk.WATCH
    three = replace(two, shown=(Shown(Cue.PUBLIC_THREAT, "t1"),))
    assert loyalty([three], NOW).risk is Risk.HIGH


@pytest.mark.parametrize("fate", [Fate.KEPT, Fate.OPEN, Fate.RELEASED, Fate.UNCONFIRMED])
def test_promises_that_were_not_broken_are_no_reason(fate: Fate) -> None:
    assert loyalty([plain(pledges=(pledge(fate),))], NOW).risk is Risk.NONE


def test_what_was_solved_since_is_no_reason() -> None:
    before = plain(1, 5, outcome=Resolved.NO, issue=Issue.OUTAGE)
    assert loyalty([before, plain(2, 1, outcome=Resolved.YES)], NOW).risk is Risk.NONE


def test_nothing_known_is_no_risk() -> None:
    assert loyalty([], NOW).risk is Risk.NONE


@given(st.permutations(SHOWS[Reason.CAME_BACK_TWICE] + SHOWS[Reason.SAID_SO]))
def test_the_order_of_contacts_does_not_matter(contacts: list[Contact]) -> None:
    assert loyalty(contacts, NOW) == loyalty(contacts[::-1], NOW)
