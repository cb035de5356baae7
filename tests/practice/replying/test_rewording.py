"""What a language model may say instead: the same act, numbers, names, facts, in words customers use."""

from __future__ import annotations

import pytest

from coolhead.practice.act import Act
from coolhead.practice.persona import shipped_persona, shipped_personas
from coolhead.practice.replying.rewording import check
from coolhead.practice.run import Practice
from coolhead.practice.scenario import Difficulty, shipped_scenario

SOFA = shipped_scenario("grey-sofa")
SAID = "I'm fed up with this. Nobody tells me anything, and I've waited for 9 days."


def checked(reworded: str, built_in: str = SAID, act: Act = Act.VENT) -> str | None:
    return check(act, built_in, reworded, SOFA)


@pytest.mark.parametrize(
    "good",
    [
        "Nobody tells me anything. I've waited for 9 days and I'm fed up.",
        "“I'm really fed up. 9 days I've waited, and nobody tells me anything.”",
        "  I've waited 9 days, nobody tells me anything,\n and I'm just fed up with it. ",
    ],
)
def test_other_words_for_the_same_are_taken(good: str) -> None:
    assert checked(good) == " ".join(good.strip().strip("“”").split())


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "Fed up.",
        "I'm fed up. Nobody tells me anything, and I've waited for 10 days.",
        "I'm fed up. Nobody tells me anything, and I've waited for days.",
        "I'm fed up. Nobody tells me anything, not even Brenda, and I've waited for 9 days.",
        "I'm fed up with this. Nobody tells me anything, and I've waited for 9 days. Why?",
        "I'm fed up. My hamster died, nobody tells me anything, and I've waited for 9 days.",
        "I'm fed up, you moron. Nobody tells me anything, and I've waited for 9 days.",
        "I'm fed up with this. Get me your manager. Nobody tells me anything. 9 days I've waited.",
        "Customer: I'm fed up. Nobody tells me anything, and I've waited for 9 days.",
        "**I'm fed up.** Nobody tells me anything, and I've waited for 9 days.",
        "As a language model I am fed up. Nobody tells me anything, and I've waited for 9 days.",
        f"{SAID} " * 3,
    ],
)
def test_whatever_does_not_keep_to_it_is_dropped(bad: str) -> None:
    assert checked(bad) is None


def test_a_yes_stays_a_yes_and_a_no_stays_a_no() -> None:
    assert checked("Yes, good. Do it like that, please.", "Good. Yes, please do it like that.", Act.ACCEPT)
    assert not checked("No, please do not do it like that.", "Good. Yes, please do it like that.", Act.ACCEPT)
    assert not checked("Yes, that helps me. I want that.", "No, that doesn't help me.", Act.REJECT)


def test_a_question_stays_one() -> None:
    assert checked("So when will it be? By when?", "By when? When will it be?", Act.ASK_WHEN)
    assert not checked("I want to know by when it will be.", "By when? When will it be?", Act.ASK_WHEN)


def test_no_untold_fact_or_remedy_of_the_scenario_comes_in() -> None:
    fact = next(each for each in SOFA.facts if len(each.keys[0].split()) < 3)
    assert not checked(f"I'm fed up. {fact.keys[0]}. Nobody tells me anything, I've waited for 9 days.")
    word = SOFA.settles_for[0].words[0]
    assert not checked(f"I'm fed up. I want {word}. Nobody tells me anything, I've waited for 9 days.")


@pytest.mark.parametrize("persona", [each.id for each in shipped_personas().values()])
def test_every_built_in_reply_would_pass_its_own_check(player: Practice, persona: str) -> None:
    run = player.start(SOFA, shipped_persona(persona), Difficulty.NORMAL, 5)
    for line in (
        "Tell me what happened, please.",
        "You have to wait.",
        "I am sorry that you waited for the sofa. Which day suits you?",
        "Here is my manager.",
        "I will bring you the grey sofa by Friday at noon, and call you myself.",
    ):
        assert check(run.last.act, run.last.reply, run.last.reply, SOFA) == run.last.reply
        assert player.reworded(run, run.last.reply) == run or run.over
        if not run.over:
            run = player.say(run, line)


def test_a_reply_in_other_words_is_what_the_engine_hears_and_the_customer_remembers(player: Practice) -> None:
    run = player.start(SOFA, shipped_persona("icy-polite"), Difficulty.NORMAL, 5)
    run = player.say(run, "Tell me more, please.")
    reply = run.last.reply
    other = f"So, {reply[:1].lower()}{reply[1:]}" if not reply.startswith("I") else f"So, {reply}"
    after = player.reworded(run, other)
    assert after.last.reply == other
    assert after.last.customer.turn.text == other
    assert after.last.state == run.last.state
    assert player.moments(after)[-1].picture == after.picture
    assert player.reworded(run, "You are an idiot and I hate you.") == run
    again = player.say(after, "And when was that?")
    assert again.rounds[-2].reply == other
