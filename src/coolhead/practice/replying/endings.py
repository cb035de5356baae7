"""When a customer leaves, is handed over, or says goodbye; and how they bear nonsense on the way."""

from __future__ import annotations

from dataclasses import replace

from coolhead.practice.act import Act, Ending, Plan, Step
from coolhead.practice.scenario import Difficulty
from coolhead.practice.scene import Scene
from coolhead.practice.seen import Deed

MOST_NONSENSE = 4
OVERTIME = {Difficulty.EASY: 12, Difficulty.NORMAL: 9, Difficulty.HARD: 7}
"""Agent turns after the scenario's patience at which the customer leaves whatever happens."""

LONGEST_WITHOUT_WARNING = 9
"""Agent turns after which one who is fed up leaves without having said so."""

HURTS = (
    Deed.BLAMED,
    Deed.DISMISSED,
    Deed.RUDE,
    Deed.SWORE,
    Deed.SAID_NO,
    Deed.RESTATED_WRONG,
    Deed.INTERRUPTED,
)
"""What nobody says goodbye on."""


def ending_of(scene: Scene) -> Plan | None:
    """The plan that ends the run, or answers nonsense or swearing; None when the talk goes on."""
    return (
        _meaningless(scene)
        or _sworn_at(scene)
        or _handed_over(scene)
        or _agent_ends(scene)
        or _closes(scene)
        or _walks_away(scene)
    )


def _ends(scene: Scene, ending: Ending, *acts: Act) -> Plan:
    return Plan(act=acts[-1], steps=tuple(Step(act) for act in acts), memory=scene.memory, ending=ending)


def _meaningless(scene: Scene) -> Plan | None:
    if not scene.saw(Deed.NONSENSE, Deed.SILENT):
        return None
    memory = replace(scene.memory, nonsense=scene.memory.nonsense + 1)
    if memory.nonsense >= MOST_NONSENSE:
        return _ends(scene, Ending.GAVE_UP, Act.HANG_UP)
    act = Act.BAFFLED if scene.saw(Deed.NONSENSE) else Act.PROMPT
    return Plan(act=act, steps=(Step(act),), memory=memory)


def _sworn_at(scene: Scene) -> Plan | None:
    if not scene.saw(Deed.SWORE):
        return None
    if scene.memory.deeds.get(Deed.SWORE, 0) > 1:
        return _ends(scene, Ending.GAVE_UP, Act.TO_RUDENESS, Act.HANG_UP)
    steps = (Step(Act.TO_RUDENESS), Step(Act.ASK_MANAGER))
    return Plan(act=Act.ASK_MANAGER, steps=steps, memory=replace(scene.memory, asked_manager=True))


def _handed_over(scene: Scene) -> Plan | None:
    if not scene.saw(Deed.HANDS_OVER) or scene.memory.agreed:
        return None
    if scene.memory.asked_manager or scene.state.heat >= 3:
        return _ends(scene, Ending.HANDED_OVER, Act.GO_WITH_MANAGER)
    if scene.seen.asked or scene.seen.offered:
        return None
    steps = (Step(Act.REFUSE_HANDOVER),)
    return Plan(act=Act.REFUSE_HANDOVER, steps=steps, memory=scene.memory)


def _agent_ends(scene: Scene) -> Plan | None:
    if not scene.saw(Deed.ENDED) or scene.memory.agreed:
        return None
    if scene.memory.insulted:
        if scene.memory.deeds.get(Deed.SET_LIMIT, 0) > 1 or not scene.saw(Deed.SET_LIMIT):
            return _ends(scene, Ending.ENDED_BY_AGENT, Act.LAST_WORD)
        return None
    return None if scene.saw(Deed.SET_LIMIT) else _ends(scene, Ending.GAVE_UP, Act.HANG_UP)


def _closes(scene: Scene) -> Plan | None:
    memory = scene.memory
    done = memory.thanked or (memory.agreed and memory.dated and scene.saw(Deed.CHECKED_SOLVED, Deed.ENDED))
    if not done or scene.saw(*HURTS) or scene.seen.asked:
        return None
    acts = (Act.CLOSE,) if memory.thanked else (Act.THANK, Act.CLOSE)
    return _ends(scene, Ending.SETTLED, *acts)


def _walks_away(scene: Scene) -> Plan | None:
    state, memory = scene.state, scene.memory
    if memory.agreed:
        return _ends(scene, Ending.GAVE_UP, Act.HANG_UP) if scene.number > 40 else None
    over = scene.number > scene.scenario.patience + OVERTIME[scene.difficulty]
    fed_up = state.heat >= 3.3 and state.trust < 0.14 and state.hope < 0.2 and scene.number >= 5
    warned = memory.warned or memory.asked_manager or scene.number >= LONGEST_WITHOUT_WARNING
    if over or (fed_up and warned and scene.saw(*HURTS, Deed.VAGUE, Deed.SCRIPTED, Deed.PASSED_OVER)):
        return _ends(scene, Ending.GAVE_UP, Act.HANG_UP)
    return None
