from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coolhead.casework.offers import (
    Answer,
    Budget,
    Choice,
    Seen,
    authority,
    choice_of,
    grantor,
    in_words,
    seen_in,
)
from coolhead.codebook import Cue, Speaker
from coolhead.conversation.turn import Turn
from coolhead.guidance.money import Money
from coolhead.guidance.solutions import Grant, Remedy, default_solutions
from coolhead.perception.reading import Evidence, Reading, Sign

NEW = Choice(what="Send a second one", say="send you a new parcel today", grant=Grant.AGENT)
MONEY = Choice(what="Refund", say="pay your money back", grant=Grant.SUPERVISOR)
WORKS = Choice(what="Visit", say="come to you myself on [day]", grant=Grant.SPECIALIST)
UPTO = {Grant.AGENT: Money("EUR", 2500), Grant.SUPERVISOR: Money("EUR", 25000)}


def agent(text: str) -> tuple[Turn, Reading]:
    return Turn(id="a", speaker=Speaker.AGENT, text=text), Reading()


def customer(text: str, *cues: Cue, id: str = "c") -> tuple[Turn, Reading]:
    signs = tuple(Sign(cue, 0.9, Evidence(0, 1)) for cue in cues)
    return Turn(id=id, speaker=Speaker.CUSTOMER, text=text), Reading(cues=signs)


OFFERED = agent("I can send you a new parcel today, or pay the money back. Which do you prefer?")


def test_the_choice_is_put_in_words() -> None:
    assert in_words([NEW]) == "I can send you a new parcel today. Would that help?"
    assert in_words([NEW, MONEY]) == (
        "I can send you a new parcel today, or ask my supervisor to pay your money back. "
        "Which would suit you better?"
    )
    assert in_words([NEW, MONEY, WORKS]).endswith(
        ", or ask our specialists to come to you on [day]. Which would suit you best?"
    )


def test_every_shipped_row_makes_a_sentence() -> None:
    for row in default_solutions().rows:
        words = in_words([choice_of(remedy) for remedy in row.remedies])
        assert words.startswith("I can ")
        assert words.count("?") == 1
        assert ".," not in words


@pytest.mark.parametrize(
    ("amount", "who"),
    [(None, Grant.AGENT), (2500, Grant.AGENT), (2501, Grant.SUPERVISOR), (25001, None)],
)
def test_authority_goes_by_role_and_amount(amount: int | None, who: Grant | None) -> None:
    assert grantor(UPTO, None if amount is None else Money("EUR", amount)) is who
    anyone = UPTO | {Grant.SPECIALIST: None}
    assert (grantor(anyone, None if amount is None else Money("EUR", amount)) or who) is not None


def test_authority_is_told() -> None:
    remedy = Remedy(what="w", say="s", grants={Grant.SUPERVISOR: Money("EUR", 250), Grant.AGENT: None})
    assert authority(remedy, mine=True) == "you, supervisor up to €2.50"
    assert authority(remedy, mine=False) == "agent, supervisor up to €2.50"


@pytest.mark.parametrize(
    ("answer", "seen"),
    [
        (customer("The money please", Cue.CONFIRMS), Seen(answer=Answer.ACCEPTED, chosen=1, turn_id="c")),
        (customer("Then the first one", Cue.CONFIRMS), Seen(answer=Answer.ACCEPTED, chosen=0, turn_id="c")),
        (customer("No way", Cue.REJECTS), Seen(answer=Answer.REFUSED, chosen=None, turn_id="c")),
        (customer("Yes, fine", Cue.CONFIRMS), None),
        (customer("Not a parcel, but the money", Cue.CONFIRMS, Cue.REJECTS), None),
        (customer("The parcel and the money", Cue.CONFIRMS), None),
        (customer("The first one, the money", Cue.CONFIRMS), None),
        (customer("The money?"), None),
    ],
)
def test_only_a_clear_answer_is_seen(answer: tuple[Turn, Reading], seen: Seen | None) -> None:
    assert seen_in([NEW, MONEY], [OFFERED, answer]) == seen


def test_nothing_is_seen_before_the_offer_was_said() -> None:
    yes = customer("Yes, the money please", Cue.CONFIRMS)
    assert seen_in([NEW, MONEY], [yes]) is None
    assert seen_in([NEW, MONEY], [agent("One moment please."), yes]) is None
    assert seen_in([NEW, MONEY], [OFFERED]) is None
    assert seen_in([MONEY], [agent("I can pay your money back."), customer("Fine", Cue.CONFIRMS)]) == Seen(
        answer=Answer.ACCEPTED, chosen=0, turn_id="c"
    )


def test_a_later_turn_may_be_about_something_else() -> None:
    unclear = customer("Hm, what about Friday?", id="c1")
    later = customer("Yes, the money please", Cue.CONFIRMS, id="c2")
    assert seen_in([NEW, MONEY], [OFFERED, unclear, later]) is None


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.integers(0, 10**9), st.integers(1, 10**9))
def test_a_budget_allows_only_what_is_left(limit: int, reserved: int, spent: int, amount: int) -> None:
    budget = Budget(limit=limit, reserved=reserved, spent=spent)
    assert budget.allows(amount) == (reserved + spent + amount <= limit)
