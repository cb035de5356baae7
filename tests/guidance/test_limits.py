"""Limits of a client's own: what may be written, and how the ladder follows it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coolhead.codebook import Abuse
from coolhead.guidance.boundary import boundary
from coolhead.guidance.document import DocumentError
from coolhead.guidance.limits import BoundaryStep, Limits, default_limits, load
from coolhead.guidance.scene import Scene
from tests.guidance.talk import Said, Talk, agent, customer

insult = customer(4, "abusive", abuse="insult")
harassment = customer(4, "abusive", abuse="harassment")
threat = customer(4, "abusive", abuse="threat")
swearing = customer(3, "angry", abuse="profanity")
limit = agent("boundary")

SHORT = """\
name: Short
ladder:
  - step: final_warning
    say: [Once more and I hand over.]
  - step: hand_over
    say: [I hand over now.]
begins:
  harassment: hand_over
  insult: final_warning
hand_over:
  say: [My supervisor takes over.]
"""


def step_of(limits: Limits, *said: Said) -> BoundaryStep:
    talk = Talk()
    talk.hear(*said)
    return boundary(talk.picture, limits).step


@pytest.mark.parametrize(
    ("said", "step"),
    [
        ((insult,), BoundaryStep.FINAL_WARNING),
        ((insult, limit, insult), BoundaryStep.HAND_OVER),
        ((harassment,), BoundaryStep.HAND_OVER),
        ((harassment, agent("escalation")), BoundaryStep.NONE),
        ((threat,), BoundaryStep.HAND_OVER),
        ((swearing, swearing), BoundaryStep.NONE),
    ],
)
def test_a_ladder_of_ones_own(said: tuple[Said, ...], step: BoundaryStep) -> None:
    assert step_of(load(SHORT), *said) is step


def test_a_kind_left_out_asks_for_nothing() -> None:
    limits = load(SHORT.replace("  insult: final_warning\n", ""))
    assert step_of(limits, insult, insult) is BoundaryStep.NONE
    assert step_of(limits, threat, insult) is BoundaryStep.HAND_OVER


def test_the_coach_looks_at_the_clients_limits() -> None:
    talk = Talk()
    talk.hear(insult)
    assert talk.scene.boundary.step is BoundaryStep.WARN
    assert Scene(talk.picture, *talk.last, load(SHORT)).boundary.step is BoundaryStep.FINAL_WARNING


def test_a_limit_that_people_logged_counts_like_one_that_was_heard() -> None:
    talk = Talk()
    talk.hear(insult)
    assert boundary(talk.picture, default_limits(), {"t0"}).step is BoundaryStep.NONE
    talk.hear(insult)
    assert boundary(talk.picture, default_limits(), {"t0"}).step is BoundaryStep.FINAL_WARNING
    talk.hear(limit, insult)
    found = boundary(talk.picture, default_limits(), {"t0", "t1"})
    assert (found.step, found.warnings) == (BoundaryStep.END, 2)


def test_a_limit_that_was_heard_and_logged_counts_once() -> None:
    talk = Talk()
    talk.hear(insult, limit, insult)
    assert boundary(talk.picture, default_limits(), {"t0"}).step is BoundaryStep.FINAL_WARNING


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("step: hand_over", "step: warn", 5, '"warn" cannot come after "final_warning".'),
        ("  insult: final_warning", "  insult: warn", 9, '"warn" is not on the ladder.'),
        ("  insult:", "  profanity:", 9, '"profanity" is not a kind of abuse that climbs the ladder'),
        ("  insult:", "  threat:", 9, '"threat" is not a kind of abuse that climbs the ladder'),
        ("step: final_warning", "step: final_warnin", 3, 'did you mean "final_warning"?'),
        ("name: Short", "nam: Short", 1, 'unknown key "nam"'),
        ("step: final_warning", "step: end", 3, 'nothing can follow "end".'),
    ],
)
def test_what_cannot_be_climbed_is_told_with_its_line(old: str, new: str, line: int, said: str) -> None:
    assert old in SHORT
    with pytest.raises(DocumentError) as caught:
        load(SHORT.replace(old, new))
    assert said in caught.value.message
    assert caught.value.line == line


def test_a_ladder_ends_somewhere() -> None:
    with pytest.raises(DocumentError, match="must end with"):
        load(SHORT.replace("  - step: hand_over\n    say: [I hand over now.]\n", ""))


def test_every_step_of_the_shipped_limits_has_words() -> None:
    limits = default_limits()
    due = [step for step in BoundaryStep if step is not BoundaryStep.NONE]
    assert all(limits.words(step) for step in due)
    assert limits.words(BoundaryStep.NONE) == ()
    assert limits.pause is not None
    assert not any("!" in words for step in due for words in limits.words(step))


def test_the_example_of_the_reference_can_be_used() -> None:
    page = Path(__file__).parents[2] / "docs" / "reference" / "limits.md"
    found = re.search(r"```yaml\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    assert step_of(load(found[1]), insult, limit, insult) is BoundaryStep.HAND_OVER


@given(
    st.lists(st.sampled_from([insult, harassment, threat, swearing, limit, agent("empathy"), customer(1)])),
    st.sampled_from([default_limits(), load(SHORT)]),
)
def test_the_ladder_is_only_climbed_and_a_threat_never_waits(said: list[Said], limits: Limits) -> None:
    talk, steps = Talk(), []
    for each in said:
        talk.hear(each)
        found = boundary(talk.picture, limits)
        if found.step is not BoundaryStep.NONE:
            steps.append(found.step)
        if each is threat:
            assert found.step is BoundaryStep.HAND_OVER
        if each in (swearing, limit) and not any(a.kind is not Abuse.PROFANITY for a in found.abuse):
            assert found.step is BoundaryStep.NONE
    order = list(BoundaryStep)
    assert steps == sorted(steps, key=order.index)
