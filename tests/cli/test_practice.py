"""`coolhead practice` at a terminal: a whole session, a second try from a turn, and the debrief."""

from __future__ import annotations

import os
import sys

import pexpect
import pytest

COMMAND = ["-m", "coolhead.cli", "practice"]
LOAD_SECONDS = 40
WELL = (
    "You sound disappointed, and after nine weeks that is no wonder.",
    "So you ordered Moss, waited nine weeks, and Harbour Grey came. Is that right?",
    "This stays with me now; I will see it through and ring you on the 13th.",
    "I can have a fitter change the covers to Moss at your home on the 12th, any time after ten.",
    "I will ring you on the 13th to check that it is right.",
    "Is there anything else that is still open for you?",
    "Thank you. Goodbye.",
    "Goodbye.",
)


def begun(*arguments: str) -> pexpect.spawn:
    return pexpect.spawn(
        sys.executable,
        [*COMMAND, *arguments],
        timeout=LOAD_SECONDS,
        encoding="utf-8",
        dimensions=(50, 160),
        env={**os.environ, "TERM": "dumb", "NO_COLOR": "1"},
    )


@pytest.fixture
def session() -> pexpect.spawn:
    return begun("grey-sofa", "--persona", "icy-polite", "--seed", "3", "--difficulty", "easy")


def test_a_session_from_the_first_word_to_a_second_try(session: pexpect.spawn) -> None:
    session.expect("You are Ravi of Tessell Home")
    session.expect("Lindqvist: ")
    session.expect("You: ")
    session.sendline("/hint")
    session.expect("Name the feeling")
    session.sendline("/pause")
    session.expect("press Enter")
    session.sendline("")
    session.sendline("I'm sorry about the wrong colour. What is your order number?")
    session.expect("TH-30817")
    session.sendline("Calm down, there is nothing I can do.")
    session.expect("Lindqvist:")
    session.sendline("/stop")
    session.expect("always all right")
    session.expect("Score .* of 100")
    session.expect("hotter")
    session.expect("Better:")
    session.expect("To think about")
    session.expect("Try again from which turn")
    session.sendline("2")
    session.expect("You: ")
    for words in WELL:
        session.sendline(words)
        if session.expect(["You: ", "Settled"]):
            break
    session.expect("Score .* of 100")
    session.expect("Both courses")
    session.expect("This course ended cooler")
    session.sendline("")
    session.expect(pexpect.EOF)


def test_one_may_refuse_to_meet_an_abusive_customer() -> None:
    session = begun("grey-sofa", "--persona", "abusive")
    session.expect("insults the person who answers")
    session.sendline("n")
    session.expect("somebody else")
    session.expect(pexpect.EOF)


def test_the_list_names_every_scenario() -> None:
    session = begun("--list")
    session.expect("grey-sofa")
    session.expect(pexpect.EOF)
