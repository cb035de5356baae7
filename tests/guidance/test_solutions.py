"""Solutions: which rows fit what the conversation is about, and what a wrong table is told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coolhead.codebook import Issue, Trigger
from coolhead.guidance.document import DocumentError
from coolhead.guidance.money import Money
from coolhead.guidance.solutions import Grant, default_solutions, fitting, load
from coolhead.picture.state import Picture
from tests.guidance.talk import Talk, customer

ROWS = default_solutions().rows


def test_nothing_fits_while_the_issue_is_unknown() -> None:
    assert fitting(default_solutions(), Picture()) == ()


def test_rows_of_the_likely_issue_come_in_the_order_of_what_was_shown() -> None:
    talk = Talk()
    talk.hear(customer(2, "broken_promise", issue="delivery"))
    found = fitting(default_solutions(), talk.picture)
    assert {row.issue for row in found} == {Issue.DELIVERY}
    assert Trigger.BROKEN_PROMISE in found[0].triggers
    talk.hear(customer(2, "effort", "unmet_expectation"))
    assert Trigger.EFFORT in fitting(default_solutions(), talk.picture)[0].triggers


def test_two_likely_issues_share_the_list_and_unlikely_ones_have_no_part() -> None:
    issues = {Issue.BILLING: 0.5, Issue.OUTAGE: 0.4, Issue.DELIVERY: 0.1}
    found = fitting(default_solutions(), replace(Picture(), issue=issues))
    assert [row.issue for row in found] == [Issue.BILLING] * 2 + [Issue.OUTAGE] * 2


def test_the_list_is_short() -> None:
    issues = dict.fromkeys(Issue, 0.25)
    assert len(fitting(default_solutions(), replace(Picture(), issue=issues))) == 4
    assert len(fitting(default_solutions(), replace(Picture(), issue=issues), most=1)) == 1


@pytest.mark.parametrize("issue", [issue for issue in Issue if issue is not Issue.OTHER])
def test_every_issue_has_a_solution(issue: Issue) -> None:
    assert [row for row in ROWS if row.issue is issue]


def test_every_row_but_plain_answers_has_an_alternative_and_words() -> None:
    assert all(row.alternatives and remedy.say for row in ROWS for remedy in row.remedies)


def table(solution: str = "{what: w, say: s, grants: agent}", more: str = "") -> str:
    return f"name: x\nrows:\n  - issue: billing\n    problem: p\n    solution: {solution}\n{more}"


def test_who_may_grant_goes_with_an_amount() -> None:
    text = table("{what: w, say: s, grants: {agent: EUR 25, supervisor: EUR 250.50, specialist: any}}")
    assert load(text).rows[0].solution.grants == {
        Grant.AGENT: Money("EUR", 2500),
        Grant.SUPERVISOR: Money("EUR", 25050),
        Grant.SPECIALIST: None,
    }
    assert load(table()).rows[0].solution.grants == {Grant.AGENT: None}
    assert load(table()).salvage is None


def test_gestures_have_a_budget() -> None:
    gestures = "[{kind: apology, what: A card, say: write to you, costs: EUR 3}]"
    salvage = load(table(more=f"salvage: {{agent: EUR 50, team: EUR 400, gestures: {gestures}}}\n")).salvage
    assert salvage is not None
    assert (salvage.agent.minor, salvage.gestures[0].highest) == (5000, Money("EUR", 300))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (table("{what: w, say: s, grants: agents}"), '"agents" is not someone who grants; did you mean'),
        (table("{what: w, say: s, grants: {agent: 25}}"), '"25" is not an amount: write a currency'),
        (table("{what: w, say: s, grants: {}}"), '"grants" must not be empty.'),
        (table("{what: w, say: s}"), '"grants" is missing.'),
        (
            table(more="  - {issue: outage, problem: p, solution: {what: w, say: s, grants: agent}}\n"),
            'two rows are about "p"',
        ),
        (
            table("{what: w, say: s, grants: {agent: EUR 1, supervisor: USD 2}}"),
            "amounts are in EUR and USD; a client has one currency.",
        ),
    ],
)
def test_a_wrong_table_says_what_is_wrong(text: str, problem: str) -> None:
    with pytest.raises(DocumentError) as caught:
        load(text)
    assert problem in caught.value.message


def test_a_wrong_table_is_told_with_its_places() -> None:
    wrong = "name: x\nrows:\n  - {issue: bills, problem: p, solution: {what: w, say: s, grants: agents}}\n"
    with pytest.raises(DocumentError) as caught:
        load(wrong)
    assert [line.split(": ")[0] for line in caught.value.message.splitlines()] == [
        "solutions:3:13",
        "solutions:3:60",
    ]
