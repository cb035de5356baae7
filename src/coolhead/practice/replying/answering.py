"""Answers what was asked: from the scenario's facts, its further answers, or as anybody would."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from coolhead.practice.act import Act, Plan, Step
from coolhead.practice.hearing.answer import OF_A_FORM
from coolhead.practice.hearing.question_form import form_of
from coolhead.practice.memory import ABOUT
from coolhead.practice.replying.fitting import fitting, held_of, in_short
from coolhead.practice.replying.in_kind import in_kind
from coolhead.practice.scenario import Difficulty, Fact, Scenario
from coolhead.practice.scene import Scene
from coolhead.practice.seen import Asked, Deed, Request
from coolhead.practice.stock import stock
from coolhead.practice.topic import Topic

MOST_ANSWERS = 2
"""More than two answers in one breath is a form, not a person."""

_STORY = {Difficulty.EASY: 2, Difficulty.NORMAL: 2, Difficulty.HARD: 1}
"""Facts that are told at once to somebody who asks to be told."""

_WITHOUT_FACT = {
    Topic.ADDRESS: Act.ON_FILE,
    Topic.CONTACT: Act.ON_FILE,
    Topic.IDENTITY: Act.ON_FILE,
    Topic.NUMBER: Act.ON_FILE,
    Topic.AVAILABLE: Act.ANY_TIME,
    Topic.SAFETY: Act.ALL_WELL,
    Topic.OFTEN: Act.OFTEN,
    Topic.REASON: Act.HAS_REASONS,
    Topic.DEADLINE: Act.AT_ONCE,
}
"""What is answered about oneself where the scenario tells nothing: everybody knows their own address."""

_SPELT = re.compile(r"\bspel(?:l|lt|led|ling)\b", re.IGNORECASE)


def answer(scene: Scene) -> Plan | None:
    """Answers what was asked: two questions at most."""
    if not scene.seen.asked:
        return None
    steps: list[Step] = []
    for asked in _answerable(scene.seen.asked):
        lines = _wordings(scene.scenario, asked)
        answered = tuple(_answers(scene, asked, lines, first=not steps))
        scene = _remembered(scene, asked, lines)
        steps += answered
    act = Act.GIVE_FACT if any(step.lines for step in steps) else steps[-1].act
    plan = Plan(act=act, steps=tuple(steps), memory=scene.memory)
    return confided(scene, plan) if scene.would_confide and scene.saw(Deed.LISTENED) else plan


def confided(scene: Scene, plan: Plan) -> Plan:
    """The plan, and what lies behind it all told after it."""
    cause = scene.scenario.hidden_cause
    steps = (*plan.steps, Step(Act.REVEAL), Step(Act.REVEAL, cause.says))
    return replace(plan, steps=steps, memory=plan.memory.telling(cause.id))


def _answerable(asked: tuple[Asked, ...]) -> tuple[Asked, ...]:
    """Those that are answered in one breath: any number of what a form asks for."""
    return asked if all(each.topic in OF_A_FORM for each in asked) else asked[:MOST_ANSWERS]


def answer_otherwise(scene: Scene) -> Plan | None:
    """Answers what no topic covers, in the form in which it was asked."""
    if Request.REPEAT in scene.seen.requests and (step := _once_more(scene)):
        return Plan(act=Act.GIVE_FACT, steps=(step,), memory=scene.memory)
    kind = next((each.value for each in scene.seen.requests if each in stock()), "")
    kind = kind or (form_of(scene.seen.other_question) if scene.seen.other_question else "")
    if not kind:
        return None
    return Plan(act=Act.ANSWER_OTHER, steps=(Step(Act.ANSWER_OTHER, stock()[kind]),), memory=scene.memory)


def _once_more(scene: Scene) -> Step | None:
    """What was told last, in other words."""
    latest = scene.memory.latest
    if latest.startswith(ABOUT):
        lines = scene.scenario.answers.get(Topic(latest.removeprefix(ABOUT)))
        return Step(Act.GIVE_FACT, lines) if lines else None
    if not latest:
        return None
    fact = scene.scenario.fact(latest)
    return _told(fact, fact.says)


def _remembered(scene: Scene, asked: Asked, lines: tuple[str, ...]) -> Scene:
    """The scene with what was asked for told; `lines` are the wordings of a fact or beside one."""
    memory = scene.memory.asked_about(asked.topic)
    if asked.fact:
        fact = scene.scenario.fact(asked.fact)
        memory = memory.telling(fact.id) if _is_of(fact, lines) else memory
    elif asked.topic in (Topic.WHAT_HAPPENED, Topic.MORE):
        for fact in _next(scene):
            memory = memory.telling(fact.id)
    return replace(scene, memory=memory)


def _answers(scene: Scene, asked: Asked, lines: tuple[str, ...], *, first: bool) -> Iterator[Step]:
    if asked.fact:
        denies = any(each.startswith("No") for each in lines)
        if first and scene.chance("lead") < 0.45 and not asked.again and not denies:
            yield Step(Act.GIVE_FACT)
        fact = scene.scenario.fact(asked.fact)
        yield _told_again(fact, asked, lines) if asked.again else _told(fact, lines)
    elif asked.topic in (Topic.WHAT_HAPPENED, Topic.MORE):
        yield from _story(scene, asked)
    else:
        yield _alone(scene, asked)


def _told(fact: Fact, lines: tuple[str, ...]) -> Step:
    """A fact, or what is answered beside it, in the words that hold what the question asks for."""
    less = in_short(fact.truth) if _is_of(fact, lines) else ()
    return Step(Act.GIVE_FACT, lines, less=tuple(each for each in (*fact.says, *less) if each not in lines))


def _told_again(fact: Fact, asked: Asked, lines: tuple[str, ...]) -> Step:
    """In short, unless another thing is asked of the same matter than the short form holds."""
    short = in_short(fact.truth)
    if _is_of(fact, lines) and held_of(asked.words, fact.truth) >= held_of(asked.words, lines[0]):
        return Step(Act.GIVE_FACT, short, less=fact.says)
    return Step(Act.GIVE_FACT, lines, less=short)


def _wordings(scenario: Scenario, asked: Asked) -> tuple[str, ...]:
    """Of the fact asked for, and of what else they answer on its topic, the wordings that answer best."""
    if not asked.fact:
        return ()
    fact, answers = scenario.fact(asked.fact), scenario.answers
    others = answers.get(asked.topic, ()) if asked.topic in fact.about else ()
    lines = in_kind(asked.words, asked.topic, (*fact.says, *others), answers)
    best = fitting(asked.words, lines)
    return tuple(each for each in best if each in fact.says) or best


def _is_of(fact: Fact, lines: tuple[str, ...]) -> bool:
    return any(each in fact.says for each in lines)


def _best_of(asked: Asked, lines: tuple[str, ...], other: tuple[str, ...]) -> Step:
    """Those of the lines that hold most of what is asked for; the rest where they were said before."""
    best = fitting(asked.words, lines)
    return Step(Act.GIVE_FACT, best, less=tuple(each for each in other if each not in best))


def _alone(scene: Scene, asked: Asked) -> Step:
    """What is answered without a fact."""
    scenario, topic = scene.scenario, asked.topic
    if lines := scenario.answers.get(topic):
        of_kind = in_kind(asked.words, topic, lines, scenario.answers)
        return _best_of(asked, of_kind, (*lines, *stock().get(topic, ())))
    if topic is Topic.WANTS:
        return Step(Act.DEMAND, scenario.wants)
    if topic in (Topic.FEELING, Topic.WORST):
        return Step(Act.GIVE_FACT, scenario.feeling.says)
    if topic is Topic.NAME:
        return Step(Act.GIVE_FACT, _name(scenario.customer, asked.words))
    if topic is Topic.ITEM:
        thing = scenario.thing
        return Step(Act.GIVE_FACT, (f"It's about {thing}.", f"It's {thing}, that's what it's about."))
    if topic is Topic.SINCE:
        return Step(Act.GIVE_FACT, (f"It's been {scenario.lasted} now.", f"For {scenario.lasted}."))
    if topic in _WITHOUT_FACT:
        return Step(_WITHOUT_FACT[topic])
    return Step(Act.GIVE_FACT, stock()[topic]) if topic in stock() else Step(Act.KNOW_NOT)


def _name(name: str, question: str) -> tuple[str, ...]:
    if _SPELT.search(question):
        last = name.split()[-1]
        letters = "-".join(last.upper())
        return (f"{last}, that's {letters}.", f"It's {letters}.", f"{letters}, {name}.")
    return (f"{name}.", f"It's {name}.", f"My name is {name}.", f"You can write down {name}.")


def _next(scene: Scene) -> tuple[Fact, ...]:
    """The facts that come next in the story: those told unasked first, then what else there is to tell."""
    return (*scene.untold, *(each for each in scene.tellable if each not in scene.untold))[
        : _STORY[scene.difficulty]
    ]


def _story(scene: Scene, asked: Asked) -> Iterator[Step]:
    """What is still to tell; then that there is no more, and what they want."""
    if coming := _next(scene):
        for fact in coming:
            yield Step(Act.GIVE_FACT, fact.says)
    else:
        yield Step(Act.GIVE_FACT, stock()[Topic.MORE])
        yield Step(Act.VENT if asked.topic is Topic.WHAT_HAPPENED else Act.DEMAND, scene.scenario.wants)
