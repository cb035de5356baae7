"""The default playbook: each entry can fire, its links lead somewhere, its words sound like a person."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from coolhead.codebook import Channel, Technique
from coolhead.guidance.coach import Verdict
from coolhead.guidance.playbook import Entry, default_playbook
from coolhead.picture.state import Picture
from tests.guidance.talk import Said, Talk, agent, customer

DOCS = Path(__file__).parents[2] / "docs"
ENTRIES = default_playbook().entries
LONG = "and then they said " * 15

HEARD = (customer(0), agent("apology", "empathy", "paraphrase", "ownership", "uses_name"))
"""An opening after which the method's first steps are done."""

ALL = (*HEARD, agent("clarifying_question", "solution", "choice", "commitment", "time_bound"))
"""An opening after which all of it is done."""

SITUATIONS: dict[str, tuple[Said, ...]] = {
    "safety-first": (customer(2, "safety_risk", "external_stress"),),
    "safety-bring-help": (customer(2, "safety_risk"), agent("empathy"), customer(3, "safety_risk")),
    "hand-over-threat": (customer(4, "abusive", "angry", abuse="threat"),),
    "end-or-hand-over": (
        *(customer(4, "abusive", abuse="insult"), agent("boundary")),
        *(customer(4, "abusive", abuse="insult"), agent("boundary")),
        customer(4, "abusive", abuse="insult"),
    ),
    "warn-last": (customer(4, "abusive", abuse="insult"), agent("boundary"), customer(4, abuse="insult")),
    "warn": (customer(3, "angry", "abusive", "unmet_expectation", abuse="insult"),),
    "hand-over-warmly": (customer(3, "angry", "asks_supervisor"),),
    "own-broken-promise": (customer(2, "broken_promise", "repeat_contact"),),
    "stay-factual-legal": (customer(2, "legal_threat"),),
    "bring-in-who-decides": (customer(3, "angry", "legal_threat"),),
    "stay-calm-public": (customer(3, "angry", "public_threat"),),
    "hear-them-again": (customer(1), agent(), customer(3, "angry", "unheard")),
    "carry-the-story": (customer(2, "repeat_contact", "unmet_expectation"),),
    "ask-what-would-keep-them": (customer(2, "churn_threat", "unmet_expectation"),),
    "two-clear-options": (customer(0), agent("choice"), customer(1, "indecisive")),
    "break-the-ice": (
        customer(0),
        agent("apology"),
        customer(2, "passive_aggressive", text="Fine. Whatever."),
    ),
    "answer-under-the-sarcasm": (customer(2, "passive_aggressive", "unmet_expectation"),),
    "say-no-well": (customer(2, "policy"),),
    "clear-up-the-mix-up": (customer(2, "miscommunication"),),
    "let-them-finish": (customer(3, "angry", "unmet_expectation", text=LONG),),
    "see-the-pressure": (customer(2, "external_stress", "unmet_expectation"),),
    "take-the-work-off-them": (customer(2, "effort"),),
    "let-them-correct-you": (customer(1), agent("paraphrase"), customer(1, "rejects")),
    "another-way": (customer(1), agent("solution"), customer(2, "rejects")),
    "answer-their-question": (
        *(customer(1, text="When will my new router be delivered to us?"), agent("apology", "empathy")),
        *(customer(1, text="I am still here."), agent(), customer(2, text="And I am still waiting.")),
    ),
    "breathe-and-slow-down": (*ALL, customer(0), agent("solution"), customer(3, "angry")),
    "apologise-sincerely": (customer(2),),
    "name-the-feeling": (customer(1), agent("apology", "ownership"), customer(2, "unmet_expectation")),
    "listen-first": (customer(2, "unmet_expectation"),),
    "own-it": (customer(0), agent("apology", "empathy", "paraphrase"), customer(2)),
    "offer-a-choice": (*HEARD, customer(0), agent("solution"), customer(2)),
    "restate-and-check": (customer(1), agent("apology", "empathy", "ownership", "uses_name"), customer(2)),
    "what-you-will-do": (*HEARD, customer(2)),
    "bring-someone-in-early": (
        *(*ALL, customer(0), agent("solution"), customer(3), agent("solution")),
        *(customer(3), agent("solution"), customer(3, risk=0.8)),
    ),
    "use-their-name": (
        *(customer(0), agent("apology", "empathy", "paraphrase", "ownership")),
        *(customer(0), agent("solution", "choice", "commitment", "time_bound"), customer(2)),
    ),
    "fix-what-happens-next": (*ALL, customer(2), agent("solution"), customer(1, "confirms")),
    "thank-and-check": (*ALL, customer(2), agent("solution"), customer(0, "thanks")),
    "offer-to-follow-up": (*ALL, customer(2), agent("solution"), customer(1, "thanks")),
    "repair-sharp-tone": (customer(1), agent("rude")),
    "repair-interruption": (customer(1), agent("interrupts")),
    "repair-dismissal": (*ALL, customer(2), agent("dismissive")),
    "repair-defence": (*ALL, customer(2), agent("defensive")),
    "repair-asking-again": (customer(1), agent("asks_again")),
    "turn-cannot-into-can": (*ALL, customer(2), agent("negative_language")),
    "say-it-specifically": (*ALL, customer(2), agent("scripted")),
    "ask-before-fixing": (*ALL, customer(2), agent("premature_solution")),
    "promise-only-what-you-control": (customer(1), agent("overpromise")),
    "put-a-date-on-it": (*ALL, customer(2), agent("vague_commitment", promise=True)),
    "say-it-plainly": (customer(1), agent("jargon")),
    "slow-your-pace": (*ALL, customer(2), agent(pace=230.0)),
}


def test_every_entry_has_a_situation() -> None:
    assert set(SITUATIONS) == {entry.name for entry in ENTRIES}


@pytest.mark.parametrize("name", SITUATIONS)
def test_every_entry_can_win(name: str) -> None:
    talk = Talk(picture=Picture(channel=Channel.CALL))
    *before, last = SITUATIONS[name]
    talk.hear(*before)
    card = talk.hear(last)
    assert card, [each.entry.name for each in talk.explain().values() if each.verdict is Verdict.RESTING]
    assert card.id == name


def test_a_calm_conversation_gets_no_card() -> None:
    talk = Talk()
    talk.hear(
        *(customer(0), agent("greeting", "clarifying_question"), customer(0), agent("explains")),
        *(customer(1, "unmet_expectation"), agent("empathy", "solution"), customer(0, "confirms")),
        *(agent("commitment", "time_bound"), customer(0, "thanks"), agent("thanks")),
    )
    assert talk.shown == []


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_links_lead_to_a_page(entry: Entry) -> None:
    assert entry.learn.startswith("explanation/method/")
    assert (DOCS / entry.learn).is_file()


BANNED = (
    *(
        "calm down",
        "any inconvenience",
        "i understand your",
        "valued customer",
        "your call is important",
        "apologi",
    ),
    *(
        "unfortunately",
        "policy",
        "as soon as possible",
        "kindly",
        "rest assured",
        "i totally",
        "absolutely",
        "soon",
    ),
    *("feel that way", "as i said", "you have to", "you must", "should have", "i promise", "guarantee"),
)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_wordings_sound_like_a_person(entry: Entry) -> None:
    assert 2 <= len(entry.say) <= 3
    for line in entry.say:
        assert not [phrase for phrase in BANNED if re.search(rf"\b{phrase}", line, re.IGNORECASE)], line
        assert len(line.split()) <= 26, line
        assert line.count("!") == 0
        assert line.rstrip().endswith((".", "?"))


def test_titles_are_short() -> None:
    assert all(len(entry.title.split()) <= 9 for entry in ENTRIES)


def test_every_technique_but_the_greeting_is_advised_somewhere() -> None:
    advised = {technique for entry in ENTRIES for technique in entry.techniques}
    assert set(Technique) - advised == {Technique.GREETING}
