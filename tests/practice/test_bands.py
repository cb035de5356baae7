"""What customers say at a level of heat is read near that level: else nobody could hear how they are."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from statistics import fmean

import pytest

from coolhead.codebook import Speaker
from coolhead.conversation.turn import Turn
from coolhead.perception.text import TextModel
from coolhead.practice.act import Act
from coolhead.practice.replying.wording import BlockGroup, shipped_bank

BEFORE = (
    Turn(id="a", speaker=Speaker.CUSTOMER, text="It's about my claim, it was opened on the 6th.", place=0.0),
    Turn(id="b", speaker=Speaker.AGENT, text="Let me look at that for you.", place=1.0),
)
FAR = 2.0
"""Levels from the band at which a line is unclear."""


@pytest.fixture(scope="module")
def read() -> dict[tuple[Act, str], list[tuple[BlockGroup, str, float]]]:
    model = TextModel()
    found = defaultdict(list)
    for act in (Act.EASE, Act.VENT, Act.THANK, Act.HANG_UP):
        for group in shipped_bank().groups[act]:
            for line in group.say:
                turn = Turn(
                    id="c", speaker=Speaker.CUSTOMER, text=line.replace("{client}", "Norvolt"), place=2.0
                )
                heat = model.read(turn, BEFORE).heat
                assert heat is not None
                found[act, group.heat].append((group, line, heat.expected))
    return found


def test_no_line_is_read_far_from_its_band(
    read: dict[tuple[Act, str], list[tuple[BlockGroup, str, float]]],
) -> None:
    far = [
        (line, expected)
        for lines in read.values()
        for group, line, expected in lines
        if not group.levels[0] - FAR < expected < group.levels[-1] + FAR
    ]
    assert far == []


def test_the_bands_of_what_they_let_out_are_told_apart(
    read: dict[tuple[Act, str], list[tuple[BlockGroup, str, float]]],
) -> None:
    bands = [(Act.EASE, "0-1"), (Act.VENT, "2-2"), (Act.VENT, "3-3"), (Act.VENT, "4-4")]
    means = [fmean(expected for _, _, expected in read[band]) for band in bands]
    assert means == sorted(means)
    assert min(b - a for a, b in pairwise(means)) > 0.2
