"""The wording bank: enough to say for every act, persona and heat, and no fact in it."""

from __future__ import annotations

import pytest

from coolhead.guidance.document import DocumentError
from coolhead.practice.act import Act
from coolhead.practice.hearing.quantity import quantities
from coolhead.practice.memory import counted
from coolhead.practice.persona import shipped_personas
from coolhead.practice.replying.wording import load_wording, shipped_bank

LEAST = 3
"""Wordings for each act, persona and level."""

NOT_EVERYBODY = {Act.INSULT: {"abusive", "angry"}}
NOT_EVERY_LEVEL = {(Act.INSULT, "angry"): (3, 4)}
ONLY_LEVELS = {Act.EASE: (0, 1)}
"""Acts that only some levels of heat know."""


@pytest.mark.parametrize("act", list(Act), ids=lambda act: act.value)
def test_there_is_enough_to_say(act: Act) -> None:
    for persona in shipped_personas():
        if persona not in NOT_EVERYBODY.get(act, {persona}):
            continue
        for level in NOT_EVERY_LEVEL.get((act, persona), ONLY_LEVELS.get(act, range(5))):
            for written in (True, False):
                blocks = shipped_bank().blocks(act, persona, level, written=written)
                least = LEAST if act is not Act.TO_LIMIT else 2
                assert len({each.text for each in blocks}) >= least, (persona, level, written)


def test_no_wording_counts_anything() -> None:
    for groups in shipped_bank().groups.values():
        for group in groups:
            assert not [q.text for line in group.say for q in quantities(line) if q.value not in ("1", "2")]


def test_no_wording_is_written_twice_for_one_act() -> None:
    for act, groups in shipped_bank().groups.items():
        lines = [line for group in groups for line in group.say]
        assert len(lines) == len(set(lines)), act


def test_an_unknown_slot_is_told_with_its_place() -> None:
    with pytest.raises(DocumentError, match=r'w.yaml:3:\d+: "\{itme\}" is not a slot'):
        load_wording([('acts:\n  vent:\n    - {by: [anyone], heat: 0-4, say: ["The {itme}!"]}\n', "w.yaml")])


def test_short_sentences_may_come_again_and_long_ones_are_counted() -> None:
    assert counted("Yes. That is what I said! 🙂") == {"that is what i said"}
