"""How far two authored conversations have come after each turn, and what sends one back."""

from __future__ import annotations

from coolhead.codebook import Cue, Technique, Trigger
from coolhead.picture.state import Stage
from tests.picture.lines import Line, agent, customer, hear


def stages(*lines: Line) -> list[str]:
    return [each.picture.stage.value for each in hear(*lines)]


def test_a_complaint_goes_all_the_way() -> None:
    assert stages(
        agent("Hello, Northgate Heating, this is Ama.", Technique.GREETING),
        customer("My boiler man never came, and I waited in all day!", 3, triggers=[Trigger.BROKEN_PROMISE]),
        agent("I'm sorry. A whole day gone for nothing.", Technique.APOLOGY, Technique.EMPATHY),
        customer("Exactly. And it's cold.", 2),
        agent("Is there any hot water at all?", Technique.CLARIFYING_QUESTION),
        customer("None, since Friday night.", 2),
        agent("I can have a man there tonight or at eight tomorrow.", Technique.SOLUTION, Technique.CHOICE),
        customer("Tonight please.", 1, cues=[Cue.CONFIRMS]),
        agent("He is with you by seven.", Technique.COMMITMENT, Technique.TIME_BOUND),
        customer("Thank you, Ama.", 0, cues=[Cue.THANKS]),
        agent("Is there anything else?", Technique.CONFIRMS_RESOLUTION),
    ) == [
        "listen",
        "acknowledge",
        "clarify",
        "clarify",
        "clarify",
        "clarify",
        "solve",
        "commit",
        "close",
        "close",
        "close",
    ]


def test_a_plain_question_needs_no_acknowledging() -> None:
    assert stages(
        customer("Hi", 0),
        agent("Hello! What can I do for you?", Technique.GREETING),
        customer("Could you tell me what your opening hours on Sunday are?", 0),
        agent("Ten to four on Sundays.", Technique.EXPLAINS),
        customer("Great, thanks.", 0, cues=[Cue.THANKS]),
    ) == ["listen", "listen", "clarify", "solve", "commit"]


def test_solving_before_acknowledging_does_not_count() -> None:
    assert stages(
        customer("You charged me twice and nobody answers my e-mails!", 3, triggers=[Trigger.UNHEARD]),
        agent("I can send you a voucher.", Technique.SOLUTION),
    ) == ["acknowledge", "acknowledge"]


def solving() -> list[Line]:
    return [
        customer("My order came without its charger.", 1, triggers=[Trigger.UNMET_EXPECTATION]),
        agent("Sorry about that. I can post one today.", Technique.APOLOGY, Technique.SOLUTION),
    ]


def test_feeling_unheard_sends_it_back_to_listening() -> None:
    assert stages(*solving(), customer("You did not read what I wrote.", 2, triggers=[Trigger.UNHEARD])) == [
        "acknowledge",
        "solve",
        "listen",
    ]


def test_a_new_trigger_sends_it_back_to_acknowledging() -> None:
    assert stages(
        *solving(), customer("The last one was promised too.", 2, triggers=[Trigger.BROKEN_PROMISE])
    )[-1] == (Stage.ACKNOWLEDGE)


def test_a_trigger_known_already_does_not() -> None:
    line = customer("Still, a phone should have one.", 1, triggers=[Trigger.UNMET_EXPECTATION])
    assert stages(*solving(), line)[-1] == Stage.SOLVE


def test_a_rejected_remedy_sends_an_agreed_one_back_to_solving() -> None:
    agreed = [*solving(), customer("Fine, do that.", 1, cues=[Cue.CONFIRMS])]
    assert stages(*agreed)[-1] == Stage.COMMIT
    assert (
        stages(*agreed, customer("No wait, I'd rather have the money.", 1, cues=[Cue.REJECTS]))[-1]
        == Stage.SOLVE
    )


def test_one_more_question_at_the_end_reopens_it() -> None:
    closed = [
        *solving(),
        customer("Fine, do that.", 1, cues=[Cue.CONFIRMS]),
        agent("It goes out at five today.", Technique.COMMITMENT, Technique.TIME_BOUND),
    ]
    assert stages(*closed)[-1] == Stage.CLOSE
    assert stages(*closed, customer("And does it fit the older phone?", 0))[-1] == Stage.SOLVE
