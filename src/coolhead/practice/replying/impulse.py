"""What a customer does when nothing the agent did asks for an answer: by heat, and as the persona leans."""

from __future__ import annotations

from dataclasses import replace

from coolhead.practice.act import Act, Plan, Step
from coolhead.practice.scene import Scene
from coolhead.practice.seen import Deed

_BY_LEVEL: dict[int, dict[Act, float]] = {
    0: {Act.ASK_PLAN: 2, Act.GIVE_FACT: 1},
    1: {Act.ASK_PLAN: 2, Act.GIVE_FACT: 2, Act.DEMAND: 1, Act.MOCK: 0.05},
    2: {Act.VENT: 2, Act.DEMAND: 2, Act.ASK_PLAN: 1, Act.GIVE_FACT: 1, Act.MOCK: 0.2},
    3: {
        Act.VENT: 3,
        Act.DEMAND: 1.5,
        Act.MOCK: 0.3,
        Act.TELL_OTHERS: 1,
        Act.ASK_MANAGER: 0.7,
        Act.INSULT: 0.1,
    },
    4: {Act.VENT: 2, Act.DEMAND: 1, Act.TELL_OTHERS: 1.5, Act.ASK_MANAGER: 2, Act.MOCK: 0.2, Act.INSULT: 0.3},
}
"""How likely each act is at each level of heat, before the persona's leanings."""


def impulse(scene: Scene) -> Plan:
    """One act by chance, weighted; nothing that can be done once is done twice."""
    weights = {
        act: weight * scene.persona.leans.get(act, 1.0)
        for act, weight in _BY_LEVEL[scene.state.level].items()
        if _possible(scene, act)
    }
    if scene.memory.did(Deed.SET_LIMIT) and Act.INSULT in weights:
        weights[Act.INSULT] *= 0.15
    act = _weighted(weights, scene.chance("impulse"))
    return _PLANS.get(act, _plain)(scene, act)


def _possible(scene: Scene, act: Act) -> bool:
    if act is Act.ASK_MANAGER:
        return not scene.memory.asked_manager
    if act is Act.TELL_OTHERS:
        return not scene.memory.warned
    if act is Act.GIVE_FACT:
        return bool(scene.untold)
    if act is Act.INSULT:
        return scene.persona.leans.get(Act.INSULT, 0.0) > 0
    return True


def _weighted(weights: dict[Act, float], at: float) -> Act:
    left = at * sum(weights.values())
    for act, weight in weights.items():
        left -= weight
        if left < 0:
            return act
    return next(iter(weights))


def _plain(scene: Scene, act: Act) -> Plan:
    memory = replace(
        scene.memory,
        asked_manager=scene.memory.asked_manager or act is Act.ASK_MANAGER,
        warned=scene.memory.warned or act is Act.TELL_OTHERS,
        insulted=scene.memory.insulted + (act is Act.INSULT),
    )
    return Plan(act=act, steps=(Step(act),), memory=memory)


def _vent(scene: Scene, act: Act) -> Plan:
    steps = [Step(act), Step(act, scene.scenario.vents)]
    return Plan(act=act, steps=tuple(steps), memory=scene.memory)


def _demand(scene: Scene, act: Act) -> Plan:
    steps = [Step(act)] if scene.chance("own words") < 0.4 else [Step(act, scene.scenario.wants)]
    return Plan(act=act, steps=tuple(steps), memory=scene.memory)


def _fact(scene: Scene, act: Act) -> Plan:
    fact = scene.untold[0]
    return Plan(act=act, steps=(Step(act, fact.says),), memory=scene.memory.telling(fact.id))


_PLANS = {Act.VENT: _vent, Act.DEMAND: _demand, Act.GIVE_FACT: _fact}
