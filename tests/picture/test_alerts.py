"""When a supervisor is called, and when not."""

from __future__ import annotations

from coolhead.codebook import Abuse, Cue, Technique
from coolhead.picture.state import Alert
from tests.picture.lines import Line, agent, customer, hear


def alerts(*lines: Line) -> tuple[Alert, ...]:
    return hear(*lines)[-1].picture.alerts


def kinds(*lines: Line) -> list[str]:
    return [alert.kind.value for alert in alerts(*lines)]


def test_nothing_is_told_of_a_calm_conversation() -> None:
    assert not alerts(customer("Good morning, I have a question.", 0), customer("Thank you!", 1))


def test_sure_anger_is_told_at_once_with_its_words() -> None:
    (alert,) = alerts(
        customer("It is late.", 1),
        customer("I want my money back now! You had it for weeks.", 3, shown="want my money back now!"),
    )
    assert alert.kind == "rising_anger"
    assert alert.reason == "Heat rises from tense to angry: “want my money back now!”."


def test_likely_anger_waits_for_a_second_turn() -> None:
    likely = customer("This is going nowhere, is it.", 3, sure=0.55)
    assert not alerts(customer("It is late.", 1), likely)
    assert kinds(customer("It is late.", 1), likely, likely) == ["rising_anger"]


def test_anger_that_goes_on_is_told_once() -> None:
    assert kinds(*[customer("I want my money back!", 3)] * 5) == ["rising_anger"]


def test_anger_is_told_again_when_it_gets_worse_or_comes_back() -> None:
    angry, furious = customer("I want it back!", 3), customer("You thieves, all of you!", 4)
    calm = customer("Oh. Fine, then.", 0)
    assert kinds(angry, angry, furious, furious) == ["rising_anger"] * 2
    assert kinds(angry, calm, calm, angry, angry) == ["rising_anger"] * 2


def test_a_turn_raises_the_gravest_alert_alone() -> None:
    threat = customer("I know where you park.", 4, abuse=Abuse.THREAT, cues=[Cue.ASKS_SUPERVISOR])
    assert kinds(customer("It is late.", 1), threat) == ["threat"]


def test_an_unsure_sign_waits_for_a_second() -> None:
    line = customer("Are you dim?", 1, abuse=Abuse.INSULT, abuse_sure=0.25)
    assert kinds(line) == []
    assert kinds(line, line) == ["abuse"]


def test_harassment_is_told_even_after_an_insult() -> None:
    insult = customer("You dimwit.", 3, abuse=Abuse.INSULT)
    harassment = customer("What are you wearing?", 3, abuse=Abuse.HARASSMENT)
    assert kinds(insult, insult, harassment, harassment) == ["abuse", "abuse"]


def test_a_supervisor_asked_for_again_is_told_again_only_when_none_was_offered() -> None:
    asks = customer("Get me your manager.", 2, cues=[Cue.ASKS_SUPERVISOR])
    offered = agent("I am putting you through to her.", Technique.ESCALATION)
    ignored = agent("What is your postcode?", Technique.CLARIFYING_QUESTION)
    assert kinds(asks, ignored, asks) == ["asks_supervisor", "asks_supervisor"]
    assert kinds(asks, offered, asks) == ["asks_supervisor"]


def test_safety_is_told_once_however_calm() -> None:
    line = customer("There is a smell of gas and she is asleep upstairs.", 0, cues=[Cue.SAFETY_RISK])
    assert kinds(line, line, line) == ["safety"]
