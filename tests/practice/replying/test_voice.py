"""How one person talks: habits of typing show in writing alone; a filler does not leave a capital behind."""

from __future__ import annotations

import pytest

from coolhead.practice.act import Act, Step
from coolhead.practice.memory import Memory
from coolhead.practice.persona import shipped_persona
from coolhead.practice.replying.voice import Voice
from coolhead.practice.replying.wording import Speaker, say, shipped_bank
from coolhead.practice.scenario import shipped_scenario

SEEDS = range(60)


def voice(persona: str, seed: int, *, written: bool = True) -> Voice:
    return Voice.of(shipped_persona(persona), seed, written=written)


def test_nobody_types_on_a_call() -> None:
    for seed in SEEDS:
        spoken = voice("passive-aggressive", seed, written=False)
        assert (spoken.lower_case, spoken.no_full_stop, spoken.emojis) == (False, False, ())
    assert any(voice("passive-aggressive", seed).lower_case for seed in SEEDS)


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("It went down on Thursday.", "it went down on Thursday."),
        ("NV-20461 it is. Mind you, I said so.", "NV-20461 it is. Mind you, I said so."),
        ("I told you.", "I told you."),
        ("Norvolt said so.", "Norvolt said so."),
    ],
)
def test_what_follows_a_filler_begins_small_unless_it_is_a_name_or_a_code(text: str, after: str) -> None:
    names = frozenset({"Norvolt", "Thursday"})
    said = {voice("chatty", seed).dress(text, names, 1, (seed, 1), may_fill=True) for seed in SEEDS}
    assert said == {text, f"Anyway, {after}", f"So, {after}"}


def test_only_words_of_their_own_are_shouted() -> None:
    scenario = shipped_scenario("double-bill")
    steps = (Step(Act.VENT), Step(Act.GIVE_FACT, ("It was taken on the 2nd.",)))
    for seed in SEEDS:
        speaker = Speaker(scenario=scenario, persona=shipped_persona("angry"), seed=seed, number=3, level=4)
        said, _ = say(steps, speaker, Memory(), shipped_bank())
        assert said.endswith("It was taken on the 2nd.")


def test_a_lead_is_not_said_after_other_words_and_nobody_thanks_twice() -> None:
    scenario = shipped_scenario("double-bill")
    lines = ("Thank you, that is clear.",)
    for seed in SEEDS:
        speaker = Speaker(
            scenario=scenario, persona=shipped_persona("vulnerable"), seed=seed, number=3, level=0
        )
        steps = (Step(Act.TO_RIGHT, lines), Step(Act.GIVE_FACT), Step(Act.EASE))
        said, _ = say(steps, speaker, Memory(), shipped_bank())
        assert said.lower().count("thank") == 1
        assert "find it" not in said
