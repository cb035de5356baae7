"""Each condition of the vocabulary, on a scene in which it holds and on one in which it does not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from coolhead.codebook import Channel
from coolhead.guidance.conditions import Conditions, findings
from coolhead.picture.state import Picture
from tests.guidance.talk import Said, Talk, agent, customer

RISEN = (customer(1), agent("apology"), customer(3, "angry", text="No, that will not do."))

HOLDS: list[tuple[dict[str, Any], tuple[Said, ...], str]] = [
    ({"stage": ["listen"]}, (customer(0, text="Hello"),), "stage is listen"),
    ({"heat": {"at_least": "angry"}}, RISEN, "heat is angry"),
    ({"heat": {"at_most": "tense"}}, (customer(1),), "heat is tense"),
    ({"peak": {"at_least": "angry"}}, (*RISEN, agent(), customer(0)), "the hottest so far is angry"),
    ({"trend": ["rising"]}, RISEN, "heat is rising"),
    ({"risk": {"at_least": 0.5}}, (customer(1, risk=0.6),), "risk is 0.60"),
    ({"triggers": ["effort", "policy"]}, (customer(1, "effort"),), "trigger: effort"),
    (
        {"triggers_so_far": ["effort"]},
        (customer(1, "effort"), agent(), customer(0)),
        "trigger so far: effort",
    ),
    ({"cues": ["rejects"]}, (customer(1, "rejects"),), "cue: rejects"),
    ({"cues_so_far": ["rejects"]}, (customer(1, "rejects"), agent()), "cue so far: rejects"),
    ({"behaviours": ["indecisive"]}, (customer(1, "indecisive"),), "behaviour: indecisive"),
    ({"behaviours_so_far": ["angry"]}, (*RISEN, agent()), "behaviour so far: angry"),
    ({"abuse": ["profanity"]}, (customer(3, abuse="profanity"),), "abuse: profanity"),
    ({"abuse": ["none"]}, (customer(3),), "abuse: none"),
    ({"boundary": ["warn"]}, (customer(4, abuse="insult"),), "limit due is warn"),
    ({"warnings": {"at_least": 1}}, (agent("boundary"),), "limits set so far is 1"),
    ({"missteps": ["scripted"]}, (agent("scripted"), customer(1)), "misstep: scripted"),
    ({"not_yet": {"empathy": "ever"}}, RISEN, "not yet done: empathy (ever)"),
    ({"not_yet": {"apology": "since heat rose"}}, RISEN, "not yet done: apology (since heat rose)"),
    (
        {"not_yet": {"apology": "in the last 2 turns"}},
        (*RISEN, agent()),
        "not yet done: apology (in the last 2 turns)",
    ),
    ({"done": {"apology": "in the last 2 turns"}}, RISEN, "done: apology (in the last 2 turns)"),
    ({"unanswered_question": False}, (customer(0),), "no question left unanswered"),
    ({"undated_promise": True}, (agent("commitment", promise=True),), "promise without a date"),
    ({"issue": ["billing"]}, (customer(0, issue="billing"),), "issue is billing"),
    ({"channel": ["chat"]}, (customer(0),), "channel is chat"),
    ({"turns": {"at_least": 2}}, (customer(0), agent()), "turns is 2"),
    ({"customer_turns": {"at_most": 1}}, (customer(0), agent()), "customer turns is 1"),
    ({"words": {"at_most": 2}}, (customer(0, text="Oh, great."),), "words in this turn is 2"),
    ({"pace": {"at_least": 200}}, (agent(pace=220.0),), "words a minute is 220"),
]

FAILS: list[tuple[dict[str, Any], tuple[Said, ...], str]] = [
    ({"stage": ["close"]}, (customer(0, text="Hello"),), "stage is listen"),
    ({"heat": {"at_least": "angry"}}, (customer(2),), "heat is frustrated"),
    ({"peak": {"at_most": "tense"}}, (customer(2), agent(), customer(0)), "the hottest so far is frustrated"),
    ({"triggers": ["effort"]}, (customer(1, "effort"), agent(), customer(1)), "no trigger: effort"),
    ({"triggers": ["effort", "policy"]}, (customer(1),), "no trigger: effort or policy"),
    ({"missteps": ["scripted"]}, (agent("scripted"), customer(1), agent()), "no misstep: scripted"),
    ({"not_yet": {"apology": "ever", "empathy": "ever"}}, RISEN, "done: apology (ever)"),
    ({"done": {"apology": "since heat rose"}}, RISEN, "not yet done: apology (since heat rose)"),
    ({"undated_promise": True}, (agent("commitment", promise=True), agent()), "no promise without a date"),
    ({"unanswered_question": True}, (customer(0),), "no question left unanswered"),
    ({"issue": ["billing"]}, (customer(0),), "issue is not known"),
    ({"channel": ["call"]}, (customer(0),), "channel is chat"),
    ({"pace": {"at_least": 200}}, (agent(),), "words a minute is not known"),
    ({"risk": {"at_least": 0.5}}, (customer(1, risk=0.4),), "risk is 0.40"),
]


@pytest.mark.parametrize(("conditions", "said", "words"), HOLDS, ids=lambda value: str(value)[:50])
def test_it_holds(conditions: dict[str, Any], said: tuple[Said, ...], words: str) -> None:
    talk = Talk()
    talk.hear(*said)
    (found,) = findings(Conditions.model_validate(conditions), talk.scene)
    assert (found.holds, found.words) == (True, words)


@pytest.mark.parametrize(("conditions", "said", "words"), FAILS, ids=lambda value: str(value)[:50])
def test_it_does_not_hold(conditions: dict[str, Any], said: tuple[Said, ...], words: str) -> None:
    talk = Talk()
    talk.hear(*said)
    (found,) = findings(Conditions.model_validate(conditions), talk.scene)
    assert (found.holds, found.words) == (False, words)


def test_the_whole_vocabulary_is_tried_here() -> None:
    assert {key for conditions, _, _ in HOLDS for key in conditions} == set(Conditions.model_fields)


def test_an_unlikely_issue_is_not_known() -> None:
    talk = Talk()
    talk.hear(customer(0, issue="billing"))
    talk.picture = replace(talk.picture, issue=dict.fromkeys(talk.picture.issue, 0.4))
    (found,) = findings(Conditions.model_validate({"issue": ["billing"]}), talk.scene)
    assert not found.holds


def test_heat_that_never_rose_counts_from_the_start() -> None:
    talk = Talk(picture=Picture(channel=Channel.CALL))
    talk.hear(agent("apology"), customer(0))
    (found,) = findings(Conditions.model_validate({"done": {"apology": "since heat rose"}}), talk.scene)
    assert found.holds
