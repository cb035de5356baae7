"""Solutions: which rows fit what the conversation is about, and what a wrong table is told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coolhead.codebook import Issue, Trigger
from coolhead.guidance.document import DocumentError
from coolhead.guidance.solutions import default_solutions, fitting, load
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
    assert all(row.alternatives and row.say for row in ROWS)


def test_a_wrong_table_is_told_with_its_places() -> None:
    wrong = "name: x\nrows:\n  - {issue: bills, problem: p, solution: s, grant: agents, say: s}\n"
    with pytest.raises(DocumentError) as caught:
        load(wrong)
    assert caught.value.message.splitlines() == [
        'solutions:3:13: "bills" is not an issue; did you mean "billing"?',
        'solutions:3:52: "agents" is not someone who grants; did you mean "agent"?',
    ]
