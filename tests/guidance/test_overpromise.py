"""The over-promise guard: measured on lines held back from its making, and what it says instead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import pytest

from coolhead.codebook import Speaker
from coolhead.conversation.turn import Turn
from coolhead.guidance.authority import Authority
from coolhead.guidance.facts import KNOWN, TYPES, Fact
from coolhead.guidance.grants import authority_of
from coolhead.guidance.money import Money
from coolhead.guidance.overpromise import Overpromise, Saying, overpromises
from coolhead.guidance.pledges import amounts
from coolhead.guidance.policy import load
from coolhead.guidance.put_right import COOL_DOWN, put_right
from coolhead.guidance.solutions import Grant, Solutions
from coolhead.guidance.solutions import load as load_solutions
from coolhead.guidance.stated import stated
from coolhead.guidance.terms import Terms
from coolhead.perception.promises import find_promises
from coolhead.perception.reading import Reading
from coolhead.picture.state import Picture
from tests.guidance.overpromised import AGENT_LIMIT, BUILT_ON, FACTS, HELD_BACK, SAID_AT
from tests.guidance.policies import written

PRECISION, RECALL = 1.0, 0.9
LIMITED = Authority(limit=Money.read(AGENT_LIMIT))


def facts_of(text: str) -> dict[str, Fact]:
    found = {}
    for line in text.split("\n"):
        name, _, value = line.strip().partition(": ")
        if name:
            kind = KNOWN[name].type
            read = TYPES[kind].read(int(value) if value.isdigit() else value)
            found[name] = Fact(name=name, type=kind, value=read, says=KNOWN[name].says)
    return found


def guarded(
    text: str,
    facts: dict[str, Fact] | None = None,
    authority: Authority = LIMITED,
    earlier: tuple[str, ...] = (),
    *,
    clock: bool = True,
) -> tuple[Overpromise, ...]:
    said_at = SAID_AT if clock else None
    turn = Turn(id="t", speaker=Speaker.AGENT, text=text)
    saying = Saying(text=text, promises=find_promises(turn, (), said_at), said_at=said_at, earlier=earlier)
    return overpromises(saying, facts_of(FACTS) if facts is None else facts, authority)


def beyond(text: str) -> set[str]:
    return {name for each in guarded(text) for name in each.beyond}


@dataclass(frozen=True)
class Counted:
    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed)


def counted(lines: Iterable[tuple[str, str]]) -> Counted:
    """Single promises, by what each goes beyond."""
    right = wrong = missed = 0
    for text, names in lines:
        found, wanted = beyond(text), set(names.split())
        right += len(found & wanted)
        wrong += len(found - wanted)
        missed += len(wanted - found)
    return Counted(right, wrong, missed)


def test_there_are_enough_lines_of_both_kinds_and_none_is_in_both_halves() -> None:
    lines = (*HELD_BACK, *BUILT_ON)
    assert len(HELD_BACK) >= 60
    assert len([line for line in HELD_BACK if not line[1]]) >= 30
    assert len({text for text, _ in lines}) == len(lines)


def test_held_back_lines_bring_no_false_alarm_and_few_are_missed() -> None:
    result = counted(HELD_BACK)
    assert result.precision >= PRECISION
    assert result.recall >= RECALL


@pytest.mark.parametrize(("text", "names"), BUILT_ON)
def test_lines_that_the_rules_were_made_by(text: str, names: str) -> None:
    assert beyond(text) == set(names.split())


def test_words_to_say_instead_hold_to_both_limit_and_policy() -> None:
    (found,) = guarded("I see. You'll get a full refund today. Anything else?")
    assert found.instead == (
        "I can give you up to €50 myself, and I'll ask my supervisor about the rest. "
        "The money is with you within 5 working days."
    )
    assert found.why == "You may give up to €50 yourself. A refund takes up to 5 working days."
    assert found.cites == ("refund_days",)
    assert (
        "I see. You'll get a full refund today."[found.start : found.end] == "You'll get a full refund today."
    )


@pytest.mark.parametrize(("text", "names"), [line for line in (*HELD_BACK, *BUILT_ON) if line[1]])
def test_what_is_offered_instead_is_never_too_much_itself(text: str, names: str) -> None:  # noqa: ARG001
    for found in guarded(text):
        assert guarded(found.instead) == ()


@pytest.mark.parametrize(("text", "_names"), [*HELD_BACK, *BUILT_ON])
def test_without_facts_and_limit_everything_passes(text: str, _names: str) -> None:
    assert guarded(text, {}, Authority()) == ()


def test_without_a_clock_no_time_is_checked() -> None:
    assert guarded("You will have your money back tomorrow.", clock=False) == ()


def test_in_full_means_the_amount_named_before() -> None:
    words = "I'll refund you in full."
    assert guarded(words, earlier=("I paid 35 euros for it.",)) == ()
    assert guarded(words, earlier=("I paid 350 euros for it.",))
    assert guarded(words, earlier=("I paid £35 for it.",))


def test_another_currency_than_the_limits_passes() -> None:
    assert guarded("I'll refund the £180.") == ()


def test_who_may_give_nothing_asks() -> None:
    (found,) = guarded("I'll give you a €20 credit.", authority=Authority(limit=Money("EUR", 0)))
    assert found.instead == "I'll ask my supervisor about that and tell you what they say."


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("€1,250.50 and 3 pounds", [Money("EUR", 125050), Money("GBP", 300)]),
        ("$5 or 5.5 dollars", [Money("USD", 500), Money("USD", 550)]),
        ("in 5 days, 12 of them", []),
    ],
)
def test_amounts_are_read_in_figures(text: str, found: list[Money]) -> None:
    assert amounts(text) == found


SOLUTIONS = """name: Ours
rows:
  - issue: refund_return
    problem: The money has not come back
    solution:
      what: Pay it back
      say: pay it back; it is there in {refund_days}
      grants: {agent: EUR 50.00, supervisor: EUR 250.00, specialist: any}
    alternatives:
      - what: A loan
        say: lend you one for {our_loan_days}
        grants: agent
"""


def remedies(text: str = SOLUTIONS) -> Solutions:
    return load_solutions(text)


def test_authority_is_the_most_that_a_remedy_with_an_amount_grants() -> None:
    assert authority_of(Grant.AGENT, remedies()).limit == Money("EUR", 5000)
    assert authority_of(Grant.SUPERVISOR, remedies()).limit == Money("EUR", 25000)
    unlimited = remedies(SOLUTIONS.replace("supervisor: EUR 250.00", "supervisor: any"))
    assert authority_of(Grant.SUPERVISOR, unlimited).limit is None
    nothing = remedies(SOLUTIONS.replace("agent: EUR 50.00, ", ""))
    assert authority_of(Grant.AGENT, nothing).limit == Money("EUR", 0)


def test_where_no_remedy_names_an_amount_nothing_is_laid_down() -> None:
    plain = remedies(
        SOLUTIONS.replace("{agent: EUR 50.00, supervisor: EUR 250.00, specialist: any}", "agent")
    )
    assert authority_of(Grant.AGENT, plain) == Authority()


def test_solutions_are_said_with_the_facts_and_without_what_no_fact_backs() -> None:
    (row,) = stated(remedies(), load(written(refund_days="7")).facts).rows
    assert row.solution.say == "pay it back; it is there in 7 working days"
    assert row.alternatives == ()
    assert stated(remedies(), {}).rows == ()


TERMS = Terms(policy=load(written()), agent=LIMITED, supervisor=Authority(limit=Money.read("EUR 500.00")))


def turn(text: str, speaker: Speaker = Speaker.AGENT) -> tuple[Turn, Reading]:
    said = Turn(id="t1", speaker=speaker, text=text, start=0.0)
    return said, Reading(promises=find_promises(said, (), SAID_AT))


def test_the_card_quotes_what_was_said_and_cites_the_policy() -> None:
    card = put_right(Picture(started_at=SAID_AT), *turn("You'll have your money back tomorrow."), TERMS)
    assert card
    assert card.say == "I said more than I can keep. The money is with you within 5 working days."
    assert card.why == "You said “You'll have your money back tomorrow”. A refund takes up to 5 working days."
    assert [(each.policy, each.section) for each in card.cites] == [("How we do it", "returns-and-refunds")]


def test_a_supervisor_may_give_what_an_agent_may_not() -> None:
    words = "I'll refund the 180 euros."
    assert put_right(Picture(started_at=SAID_AT), *turn(words), TERMS)
    assert put_right(Picture(started_at=SAID_AT), *turn(words, Speaker.SUPERVISOR), TERMS) is None


def test_a_customer_may_promise_anything_and_the_card_comes_once_in_a_while() -> None:
    start = Picture(started_at=SAID_AT)
    words = "I'll refund you in full today."
    assert put_right(start, *turn(words, Speaker.CUSTOMER), TERMS) is None
    said, reading = turn(words)
    card = put_right(start, said, reading, TERMS)
    assert card
    after = replace(start, turns=1).with_card(card.id, card.techniques, said)
    assert put_right(after, said, reading, TERMS) is None
    assert put_right(replace(after, turns=COOL_DOWN + 1), said, reading, TERMS)
