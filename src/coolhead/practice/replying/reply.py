"""Chooses what a customer does next, from the inner state and what was seen; words are another module's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from coolhead.codebook import Heat
from coolhead.practice.act import Act, Plan, Step
from coolhead.practice.replying.answering import answer, answer_otherwise, confided
from coolhead.practice.replying.endings import HURTS, ending_of
from coolhead.practice.replying.impulse import impulse
from coolhead.practice.scenario import Difficulty, Remedy
from coolhead.practice.scene import Scene
from coolhead.practice.seen import Deed, Request
from coolhead.practice.stock import stock

REACTIONS: tuple[tuple[Deed, Act], ...] = (
    (Deed.RUDE, Act.TO_RUDENESS),
    (Deed.SWORE, Act.TO_RUDENESS),
    (Deed.INTERRUPTED, Act.TO_INTERRUPTION),
    (Deed.DISMISSED, Act.TO_DISMISSAL),
    (Deed.BLAMED, Act.TO_BLAME),
    (Deed.TOO_EARLY, Act.TO_HASTE),
    (Deed.APOLOGY_SCRIPTED, Act.TO_STOCK),
    (Deed.SCRIPTED, Act.TO_STOCK),
    (Deed.REPEATED, Act.TO_REPEAT),
    (Deed.ASKED_TOO_MUCH, Act.TO_MANY_QUESTIONS),
    (Deed.ASKED_AGAIN, Act.TO_ASKED_AGAIN),
    (Deed.FEELING_WRONG, Act.TO_WRONG_FEELING),
    (Deed.SAID_NO, Act.TO_NO),
    (Deed.OVERPROMISED, Act.TO_OVERPROMISE),
    (Deed.VAGUE, Act.TO_VAGUE),
    (Deed.JARGON, Act.TO_JARGON),
    (Deed.RESTATED_NOTHING, Act.TO_EMPTY_RESTATEMENT),
    (Deed.UNANSWERED, Act.TO_UNANSWERED),
    (Deed.PASSED_OVER, Act.TO_PASSED_OVER),
    (Deed.SET_LIMIT, Act.TO_LIMIT),
    (Deed.RESTATED_RIGHT, Act.TO_RIGHT),
    (Deed.FEELING_RIGHT, Act.TO_FEELING),
    (Deed.APOLOGY_SINCERE, Act.TO_APOLOGY),
    (Deed.OWNED, Act.TO_OWNERSHIP),
    (Deed.EMPATHY, Act.TO_EMPATHY),
    (Deed.HUMAN, Act.TO_EMPATHY),
    (Deed.APOLOGY_PLAIN, Act.TO_PLAIN_APOLOGY),
    (Deed.LISTENED, Act.TO_LISTENING),
    (Deed.EXPLAINED, Act.TO_EXPLANATION),
)
"""What is answered first when a turn did several things: what hurt before what helped."""

_MOODS = (Act.VENT, Act.EASE, Act.MOCK, Act.INSULT, Act.TELL_OTHERS)
_STUNG = frozenset(act for _, act in REACTIONS[: [act for _, act in REACTIONS].index(Act.TO_LIMIT)])
_GOODBYES = (Act.THANK, Act.CLOSE, Act.HANG_UP)
_MOOD_SHARE = (0.6, 0.65, 0.6, 0.85, 1.0)
"""How often somebody at each level of heat says how they are, in so many words."""

_SHOWN_FROM = Heat.ANGRY
"""From this level a longer answer too ends with how they are."""

_ASIDE_SHARE = (0.1, 0.15, 0.22, 0.22, 0.22)
_HABIT_FIRST = 2
_MARKED = 3.0
"""A persona that leans this much to its habits of speech shows them before its mood, up to that level."""

_SELDOM = {Act.TO_EXPLANATION: 0.5, Act.TO_LISTENING: 0.4, Act.TO_PLAIN_APOLOGY: 0.7, Act.TO_EMPATHY: 0.8}
_QUIET_WHEN_AGREED = {Act.TO_RIGHT, Act.TO_EMPATHY, Act.TO_OWNERSHIP, Act.TO_EXPLANATION, Act.TO_PASSED_OVER}


def choose(scene: Scene) -> Plan:
    """What the customer does next."""
    if scene.memory.agreed and scene.saw(Deed.DATED):
        scene = replace(scene, memory=replace(scene.memory, dated=True, asked_when=False))
    if plan := ending_of(scene):
        return plan
    reaction = _reaction(scene)
    for way in _WAYS:
        if plan := way(scene):
            return _with_surroundings(scene, plan, reaction)
    return _with_surroundings(scene, impulse(scene), reaction)


def _reaction(scene: Scene) -> Step | None:
    act = next((act for deed, act in REACTIONS if deed in scene.seen.deeds), None)
    if act is None or scene.chance("react") > _SELDOM.get(act, 1.0):
        return None
    if scene.memory.agreed and act in _QUIET_WHEN_AGREED:
        return None
    if act is Act.TO_PASSED_OVER and scene.seen.asks:
        return None
    if act is Act.TO_LIMIT and not scene.memory.insulted and scene.state.heat < 2.5:
        return None
    return Step(act, slots=_reaction_slots(scene))


def _reaction_slots(scene: Scene) -> dict[str, str]:
    seen = scene.seen
    feeling = scene.scenario.feeling.right[0]
    return {
        "named": seen.feeling,
        "feeling": feeling,
        "vague": seen.vague_words.capitalize(),
        "lasted": scene.scenario.lasted,
    }


def _with_surroundings(scene: Scene, plan: Plan, reaction: Step | None) -> Plan:
    """The plan with the reaction before it and, as the persona leans, something of its own after it."""
    steps = list(plan.steps)
    if reaction and not any(step.act is reaction.act for step in steps):
        steps.insert(0, reaction)
    memory = plan.memory
    happening = _happening(scene, plan)
    if happening is not None:
        steps.append(Step(Act.VENT, scene.scenario.happens[happening].says))
        memory = replace(memory, happened=memory.happened | {happening})
    if tail := _tail(scene, replace(plan, steps=tuple(steps))):
        steps.append(Step(tail))
        memory = replace(memory, insulted=memory.insulted + (tail is Act.INSULT))
    return replace(plan, steps=tuple(steps), memory=memory)


def _happening(scene: Scene, plan: Plan) -> int | None:
    """The number of a happening of the scenario that is due."""
    harder = {Difficulty.EASY: 0, Difficulty.NORMAL: 1, Difficulty.HARD: 2}
    for number, each in enumerate(scene.scenario.happens):
        is_due = scene.number >= each.after and number not in scene.memory.happened
        if is_due and harder[scene.difficulty] >= harder[each.difficulty] and not plan.memory.agreed:
            return number
    return None


def _tail(scene: Scene, plan: Plan) -> Act | None:
    """What they add of their own: an insult, how they are, or a habit of speech; nothing to a long reply."""
    leans, level = scene.persona.leans, scene.state.level
    most = scene.persona.style.length + (level >= _SHOWN_FROM)
    if plan.act in (Act.INSULT, *_GOODBYES) or len(plan.steps) > most:
        return None
    if level >= 3 and scene.chance("insult") < 0.22 * leans.get(Act.INSULT, 0.0) * _restraint(scene):
        return Act.INSULT
    has_habit = scene.chance("aside") < _ASIDE_SHARE[level] * leans.get(Act.ASIDE, 0.0)
    if has_habit and level <= _HABIT_FIRST and leans.get(Act.ASIDE, 0.0) >= _MARKED:
        return Act.ASIDE
    if scene.chance("mood") < _MOOD_SHARE[level] and not _shows_mood(plan):
        if level >= 2:
            return Act.VENT
        return None if _is_stung(plan) else Act.EASE
    return Act.ASIDE if has_habit else None


def _is_stung(plan: Plan) -> bool:
    return any(step.act in _STUNG for step in plan.steps)


def _shows_mood(plan: Plan) -> bool:
    """True when the reply shows already how they are."""
    return any(step.act in _MOODS and not step.lines for step in plan.steps)


def _restraint(scene: Scene) -> float:
    """A limit that was set holds back what is aimed at the agent."""
    return 0.15 if scene.memory.did(Deed.SET_LIMIT) else 1.0


def _correct(scene: Scene) -> Plan | None:
    if not scene.seen.mistaken:
        return None
    wrong = scene.seen.mistaken[0]
    fact = scene.scenario.fact(wrong.fact)
    slots = {"truth": fact.truth, "wrong": wrong.words}
    steps = (Step(Act.CORRECT, slots=slots),)
    return _with_answer(scene, Plan(act=Act.CORRECT, steps=steps, memory=scene.memory.telling(fact.id)))


def _offer(scene: Scene) -> Plan | None:
    """Answers an offer: takes it, wavers, bargains, or turns it down."""
    seen, scenario, memory = scene.seen, scene.scenario, scene.memory
    if memory.agreed or not scene.saw(
        Deed.OFFERED_WANTED, Deed.OFFERED_PARTLY, Deed.OFFERED_NEVER, Deed.OFFERED_OTHER
    ):
        return None
    settling = [each for each in scenario.settles_for if each.id in seen.offered]
    if settling:
        liked = settling[int(scene.chance("which") * len(settling))]
        if scene.saw(Deed.TOO_EARLY) or not scene.is_ready:
            return Plan(act=Act.REJECT, steps=(_chosen(scene, liked) or Step(Act.REJECT),), memory=memory)
        names = {"one": settling[0].name, "other": settling[-1].name}
        if _wavers(scene):
            act = Step(Act.WAVER, slots=names if len(settling) > 1 else {})
            return Plan(act=Act.WAVER, steps=(act,), memory=replace(memory, wavered=memory.wavered + 1))
        return _accepted(scene, liked)
    kinds = ((scenario.never, Act.REFUSE), (scenario.partly, Act.BARGAIN))
    for remedies, act_name in kinds:
        one = next((each for each in remedies if each.id in seen.offered), None)
        if one:
            return Plan(act=act_name, steps=(Step(act_name), Step(act_name, one.says)), memory=memory)
    steps = (Step(Act.UNMOVED), Step(Act.DEMAND, scenario.wants))
    return Plan(act=Act.UNMOVED, steps=steps, memory=memory)


def _offer_first(scene: Scene) -> Plan | None:
    """Answers an offer and the question that came with it."""
    plan = _offer(scene) if scene.seen.offered else None
    return _with_answer(scene, plan) if plan else None


def _with_answer(scene: Scene, plan: Plan) -> Plan:
    """The plan, and the answer to the question that came with what it answers."""
    more = answer(replace(scene, memory=plan.memory))
    return replace(plan, steps=(*plan.steps, *more.steps), memory=more.memory) if more else plan


def _wavers(scene: Scene) -> bool:
    lean = scene.persona.leans.get(Act.WAVER, 0.0)
    return (
        lean > 0
        and scene.memory.wavered < lean
        and not (scene.saw(Deed.RECOMMENDED) and scene.memory.wavered)
    )


def _chosen(scene: Scene, liked: Remedy) -> Step | None:
    """Names the one they would have, when they were asked which."""
    asked = Request.CHOOSE in scene.seen.requests
    return Step(Act.CHOOSE, slots={"one": liked.name}) if asked else None


def _accepted(scene: Scene, liked: Remedy) -> Plan:
    dated = scene.saw(Deed.DATED)
    steps = [_chosen(scene, liked) or Step(Act.ACCEPT), Step(Act.ACCEPT, liked.says)]
    if not dated:
        steps.append(Step(Act.ASK_WHEN))
    memory = replace(scene.memory, agreed=liked.id, dated=dated, asked_when=not dated)
    return Plan(act=Act.ACCEPT, steps=tuple(steps), memory=memory)


def _after_agreement(scene: Scene) -> Plan | None:
    """Agreed: asks for the date until there is one, then thanks."""
    memory = scene.memory
    if not memory.agreed:
        return None
    if not memory.dated:
        return Plan(act=Act.ASK_WHEN, steps=(Step(Act.ASK_WHEN),), memory=replace(memory, asked_when=True))
    if scene.saw(*HURTS):
        return Plan(act=Act.ASK_PLAN, steps=(Step(Act.ASK_PLAN),), memory=memory)
    return Plan(act=Act.THANK, steps=(Step(Act.THANK),), memory=replace(memory, thanked=True))


def _confirm(scene: Scene) -> Plan | None:
    """Confirms a right restatement and, where there is trust, goes on to tell more."""
    if not scene.saw(Deed.RESTATED_RIGHT):
        return None
    plan = Plan(act=Act.TO_RIGHT, steps=(Step(Act.TO_RIGHT),), memory=scene.memory)
    if scene.would_confide:
        return confided(scene, plan)
    if scene.untold and scene.difficulty is not Difficulty.HARD:
        return _told_more(scene, plan)
    return replace(plan, steps=(*plan.steps, Step(Act.ASK_PLAN)))


def _told_more(scene: Scene, plan: Plan) -> Plan:
    """The plan, and the next fact that is told unasked."""
    fact = scene.untold[0]
    steps = (*plan.steps, Step(Act.GIVE_FACT, fact.says))
    return replace(plan, steps=steps, memory=plan.memory.telling(fact.id))


_REQUEST_ACTS = {
    Request.CONSENT: Act.CONSENT,
    Request.SMALLTALK: Act.SMALLTALK,
    Request.PRESENCE: Act.PRESENCE,
}


def _request(scene: Scene) -> Plan | None:
    """Answers a question that needs no fact."""
    for request in scene.seen.requests:
        if request in _REQUEST_ACTS:
            act = _REQUEST_ACTS[request]
            steps = [Step(act)]
            if act is not Act.CONSENT:
                steps.append(
                    Step(Act.DEMAND, scene.scenario.wants) if scene.state.level >= 2 else Step(Act.ASK_PLAN)
                )
            return Plan(act=act, steps=tuple(steps), memory=scene.memory)
        if request is Request.CHECK and not scene.saw(Deed.RESTATED_NOTHING):
            act = Act.TO_RIGHT if scene.memory.told else Act.TO_EMPTY_RESTATEMENT
            return Plan(act=act, steps=(Step(act),), memory=scene.memory)
        if request is Request.YOUR_TURN:
            step = Step(Act.ASK_PLAN, stock()[Request.YOUR_TURN])
            return Plan(act=Act.ASK_PLAN, steps=(step,), memory=scene.memory)
        if request is Request.ANYTHING_ELSE:
            steps = [Step(Act.STILL_OPEN), Step(Act.DEMAND, scene.scenario.wants)]
            return Plan(act=Act.DEMAND, steps=tuple(steps), memory=scene.memory)
    return answer_otherwise(scene)


def _confide(scene: Scene) -> Plan | None:
    """Tells more when there was room for it."""
    if not scene.saw(Deed.LISTENED, Deed.FEELING_RIGHT, Deed.EMPATHY, Deed.APOLOGY_SINCERE):
        return None
    if scene.would_confide:
        return confided(scene, Plan(act=Act.REVEAL, steps=(), memory=scene.memory))
    willing = scene.saw(Deed.LISTENED) or scene.difficulty is not Difficulty.HARD
    if willing and scene.untold:
        return _told_more(scene, Plan(act=Act.GIVE_FACT, steps=(), memory=scene.memory))
    return None


_WAYS: tuple[Callable[[Scene], Plan | None], ...] = (
    _correct,
    _offer_first,
    answer,
    _offer,
    _after_agreement,
    _confirm,
    _request,
    _confide,
)
