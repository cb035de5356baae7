"""How the customer's memory takes in a turn: the agent's, and their own that was said before a run."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from coolhead.practice.customer import RuleFired
from coolhead.practice.hearing.phrase import all_held
from coolhead.practice.hearing.quantity import quantities
from coolhead.practice.hearing.sentence import sentences
from coolhead.practice.memory import Memory, bare, counted, opening
from coolhead.practice.scenario import Scenario
from coolhead.practice.seen import Deed, Seen


def remembering(memory: Memory, seen: Seen, fired: tuple[RuleFired, ...], text: str) -> Memory:
    """The memory with the agent's turn in it."""
    deeds = Counter(memory.deeds) + Counter(dict.fromkeys(seen.deeds, 1))
    rules = Counter(memory.fired) + Counter({each.name: 1 for each in fired})
    long = frozenset(bare(each) for each in sentences(text) if len(each.split()) >= 4)
    numbers = frozenset(f"{each.kind}:{each.value}" for each in quantities(text))
    brought = numbers if Deed.RESTATED_WRONG not in seen.deeds else frozenset()
    return replace(
        memory,
        deeds=dict(deeds),
        fired=dict(rules),
        heard=memory.heard | long,
        numbers=memory.numbers | brought,
        offered=seen.offered or memory.offered,
    )


def telling(memory: Memory, scenario: Scenario, text: str) -> Memory:
    """The memory with a customer's turn in it that was said before the run was entered."""
    told = {fact.id: 1 for fact in scenario.all_facts if 2 * len(all_held(text, fact.keys)) > len(fact.keys)}
    return replace(
        memory,
        told=memory.told | told,
        said=memory.said | counted(text),
        openings=memory.openings | {opening(text)},
    )
