"""Policies: the shipped template, every error with its place, sentences and facts, search."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coolhead.guidance.document import DocumentError, Problem
from coolhead.guidance.facts import KNOWN, TYPES, Chapter
from coolhead.guidance.money import Money
from coolhead.guidance.policy import default_policy, load, shipped_text
from coolhead.guidance.policy_search import search
from tests.guidance.policies import written


def problems(text: str) -> list[str]:
    with pytest.raises(DocumentError) as caught:
        load(text)
    return caught.value.message.splitlines()


def problems_or_none(text: str) -> tuple[Problem, ...]:
    try:
        load(text)
    except DocumentError as error:
        return error.problems
    return ()


def test_the_template_gives_every_section_and_states_its_facts_once_read() -> None:
    policy = default_policy()
    assert {section.id for section in policy.sections} >= {chapter.value for chapter in Chapter}
    said = " ".join(sentence.text for sentence in policy.sentences)
    assert all(fact.words in said for fact in policy.facts.values() if fact.type != "yes_no")
    assert "{" not in said


def test_the_template_names_every_type_of_fact_but_those_of_contacts_it_has_no_use_for() -> None:
    used = {fact.type for fact in default_policy().facts.values()}
    assert used == TYPES.keys() - {"web"}
    assert {known.type for known in KNOWN.values()} <= TYPES.keys()


@pytest.mark.parametrize("kind", TYPES)
def test_the_example_of_each_type_is_read_and_words_come_of_it(kind: str) -> None:
    example = TYPES[kind].example.strip('"')
    value = TYPES[kind].read(int(example) if example.isdigit() else example)
    assert TYPES[kind].words(value)


def test_one_day_is_one_day_and_money_is_said_short() -> None:
    policy = load(written(refund_days="1", restocking_fee="GBP 12.00"))
    assert policy.facts["refund_days"].words == "1 working day"
    assert policy.facts["restocking_fee"].value == Money("GBP", 1200)
    assert policy.facts["restocking_fee"].words == "£12"


def test_a_yes_or_no_chooses_between_two_wordings() -> None:
    texts = {
        answer: [each.text for each in load(written(opened_returns=answer)).sentences]
        for answer in ("yes", "no")
    }
    assert "Opened goods may come back." in texts["yes"]
    assert "Opened goods stay with you." in texts["no"]


def test_a_fact_leads_to_the_section_that_cites_it() -> None:
    assert default_policy().section_of("complaint_days").id == Chapter.TIMES


def test_rows_of_a_table_are_sentences() -> None:
    found = next(each for each in default_policy().sentences if "technician_days" in each.facts)
    assert found.text == "A technician's visit: 5 working days"


def test_everything_wrong_is_told_with_line_and_column() -> None:
    text = """---
name: Ours
facts:
  refund_day: 5
  return_days: 5 days
  restocking_fee: 4.90
  complaint_web: www.shop.example
own_facts:
  loan: {type: days, value: 3, says: x}
  our_x: {type: dayz, value: 3, says: x}
---
# Ours
## Returns and refunds
Within {refund_days}, {nothing}, {return_days: a | b}, {broken.
"""
    assert problems(text) == [
        'policies:4:3: "refund_day" is not a known fact; did you mean "refund_days"?',
        'policies:5:16: "return_days": write a whole number from 0 to 3650; it counts days.',
        'policies:6:19: "restocking_fee": write a currency\'s three letters and an amount, as in EUR 49.90.',
        'policies:7:18: "complaint_web": write an address that begins with https://, without spaces.',
        'policies:9:3: "loan": the name of an own fact begins with "our_".',
        'policies:10:17: "dayz" is not a type of fact; did you mean "days"?',
        "policies:12:1: the title of the page is its `name`; a section begins with `## `.",
        'policies:14:1: the section "Complaint channels" is missing; write `## Complaint channels`.',
        'policies:14:1: the section "Conduct both ways" is missing; write `## Conduct both ways`.',
        'policies:14:1: the section "Time to resolution" is missing; write `## Time to resolution`.',
        'policies:14:8: "refund_days" is no fact of this policy. '
        "It is a known fact: give it under `facts` first.",
        'policies:14:23: "nothing" is no fact of this policy; write one of: complaint_web, loan, our_x, '
        "refund_day, restocking_fee, return_days.",
        'policies:14:56: "{broken." cites no fact; write {refund_days} or, on one line, '
        "{opened_returns: yes | no}.",
    ]


def test_a_fact_that_readers_never_see_and_a_choice_by_a_number_are_refused() -> None:
    unseen = written().replace("The money takes {refund_days}.", "The money takes a while.")
    assert problems(unseen) == [
        'policies:5:3: no section cites "refund_days"; write {refund_days} where readers learn it.'
    ]
    wrong = written().replace("{refund_days}", "{refund_days: one | two}")
    assert problems(wrong)[0].endswith("is not yes or no, so it cannot choose between two wordings.")


@pytest.mark.parametrize("text", ["", "name: x", "---\nname: x\n"])
def test_without_its_two_lines_of_dashes_it_is_refused(text: str) -> None:
    assert "`---`" in problems(text)[0]


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text: str) -> None:
    for whole in (text, f"---\n{text}\n---\n", shipped_text() + text, f"---\nname: x\nfacts: {text}\n---\n"):
        assert all(problem.line >= 1 and problem.column >= 1 for problem in problems_or_none(whole))


@given(st.from_type(Money).filter(lambda money: 0 <= money.minor < 10**9) | st.just(Money("JPY", 5)))
def test_money_is_written_as_it_is_read(money: Money) -> None:
    if re.fullmatch("[A-Z]{3}", money.currency):
        assert Money.read(str(money)) == money


def test_search_finds_by_beginnings_in_words_facts_and_titles_best_first() -> None:
    policy = default_policy()
    assert search(policy, "techn")[0].text == "A technician's visit: 5 working days"
    assert "complaint_email" in search(policy, "complaint mail")[0].facts
    assert search(policy, "refund")[0].facts == ("refund_days",)
    assert search(policy, "zeppelin") == ()
    assert all(each.facts for each in search(policy, " "))
    assert len(search(policy, "", most=3)) == 3
