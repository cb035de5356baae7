"""The scenario made of a stored conversation, as YAML."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from io import StringIO
from typing import Any

from ruamel.yaml import YAML

from coolhead.codebook import Speaker
from coolhead.practice.disguise import Disguise
from coolhead.practice.from_life.lived import Lived, entry_of
from coolhead.practice.from_life.manner import difficulty_of, persona_like, trigger_of, warmth_of
from coolhead.practice.from_life.told import facts_of, openings_of, shortened, vents_of
from coolhead.practice.shipped import text_of

MOST_SO_FAR = 40
"""Turns before the one where it is entered; the latest are kept."""


def from_life(lived: Lived, scenario_id: str, seed: int) -> str:
    """The text of a scenario made from `lived`; the same conversation and seed give the same text.

    Raises:
        InputError: there is nothing in it to practise with.
    """
    turns = [turn for turn in lived.turns if turn.text.strip()]
    entered = entry_of(turns)
    people = (lived.customer, lived.agent)
    disguise = Disguise([turn.text for turn in turns], people, (lived.company, *lived.keys), seed)
    told = [(turn, shortened(disguise.applied(turn.text))) for turn in turns]
    stock = _stock()
    group = stock["groups"][stock["issues"][lived.issue.value]]
    customer = disguise.name_for(lived.customer)
    facts = facts_of(told, entered, {*customer.split()}, stock)
    content: dict[str, Any] = {
        "id": scenario_id,
        "title": f"From life: {lived.issue.words}",
        "made_from": lived.mark,
        "about": "Made from a conversation of ours; names, numbers, days and places are invented.",
        "industry": group["industry"],
        "client": disguise.name_for(lived.company),
        "issue": lived.issue.value,
        "channel": lived.channel.value,
        "customer": customer,
        "agent": disguise.name_for(lived.agent).split()[0],
        "personas": [persona_like(turns)],
        "difficulty": difficulty_of(turns, entered),
        "thing": group["thing"],
        "lasted": "some time",
        "gist": facts[0]["truth"],
        "misreadings": group["misreadings"],
        "so_far": [
            {"by": "customer" if turn.speaker is Speaker.CUSTOMER else "agent", "says": text}
            for turn, text in told[max(0, entered + 1 - MOST_SO_FAR) : entered + 1]
        ],
        "openings": openings_of(told, group),
        "facts": facts,
        "hidden_cause": {"id": "cause", **stock["cause"]},
        "grievance": stock["grievances"][trigger_of(turns)],
        "feeling": stock["feelings"][warmth_of(turns)],
        "want": group["want"],
        "wants": group["wants"],
        "vents": vents_of(told, {each["truth"] for each in facts}, stock),
        "settles_for": [group["settles"]],
        "never": [group["never"]],
        "patience": max(4, min(12, len(turns) - entered + 3)),
    }
    return _written(content, disguise)


def _written(content: dict[str, Any], disguise: Disguise) -> str:
    """The scenario as YAML, with what a trainer is to look at on top."""
    doubtful = sorted({word for text in _texts(content["so_far"]) for word in disguise.doubtful(text)})
    out = StringIO()
    yaml = YAML()
    yaml.width = 110
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.dump(content, out)
    notes = [
        "# Made from a conversation. Names, numbers, days and places are invented; two numbers that belonged",
        "# together may not any more. Read all of it, put it right, try it, then publish it.",
    ]
    if doubtful:
        notes.append("# Words that no list knows, and that might be names: " + ", ".join(doubtful[:30]))
    return "\n".join((*notes, out.getvalue()))


def _texts(node: object) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for each in node.values():
            yield from _texts(each)
    elif isinstance(node, list):
        for each in node:
            yield from _texts(each)


@cache
def _stock() -> dict[str, Any]:
    stock: dict[str, Any] = YAML(typ="safe").load(text_of("from_life.yaml"))
    return stock
