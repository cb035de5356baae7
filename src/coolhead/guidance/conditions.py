"""The closed vocabulary of a playbook's conditions, and how each is tested on a scene.

Each field of `Conditions` is one key of the YAML; its description is what the reference prints.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from coolhead.codebook import Abuse, Behaviour, Channel, Cue, Heat, Issue, Misstep, Technique, Trigger
from coolhead.guidance.document import Strict, one_of, word_check, wrong_word
from coolhead.guidance.limits import BoundaryStep
from coolhead.guidance.scene import Scene, likely_issue
from coolhead.picture.state import Stage, Trend

StageWord = Annotated[Stage, one_of("a stage", Stage)]
TrendWord = Annotated[Trend, one_of("a trend", Trend)]
TriggerWord = Annotated[Trigger, one_of("a trigger", Trigger)]
CueWord = Annotated[Cue, one_of("a cue", Cue)]
BehaviourWord = Annotated[Behaviour, one_of("a behaviour", Behaviour)]
AbuseWord = Annotated[Abuse, one_of("a kind of abuse", Abuse)]
MisstepWord = Annotated[Misstep, one_of("a misstep", Misstep)]
TechniqueWord = Annotated[Technique, one_of("a technique", Technique)]
IssueWord = Annotated[Issue, one_of("an issue", Issue)]
ChannelWord = Annotated[Channel, one_of("a channel", Channel)]
BoundaryWord = Annotated[BoundaryStep, one_of("a boundary step", BoundaryStep)]
HeatWord = Annotated[Heat, BeforeValidator(word_check("a heat", {heat.words: heat for heat in Heat}))]


@dataclass(frozen=True, slots=True)
class Since:
    """From when on something counts: the words of the playbook, and for "in the last N turns" the N."""

    words: str
    turns: int | None = None

    def first(self, scene: Scene) -> int:
        """Number of the first turn that counts."""
        if self.turns is not None:
            return scene.picture.turns - self.turns
        return scene.heat_rose + 1 if self.words == "since heat rose" else 0


SINCE_WORDS = ("ever", "since heat rose", "in the last N turns")


def _since(given: object) -> object:
    if given in SINCE_WORDS[:2]:
        return Since(str(given))
    counted = re.fullmatch(r"in the last ([1-9]\d?) turns?", str(given))
    if counted:
        return Since(str(given), int(counted.group(1)))
    raise wrong_word('a time (such as "in the last 4 turns")', given, SINCE_WORDS)


SinceWords = Annotated[Since, BeforeValidator(_since)]


class _Range(Strict):
    """A lowest and a highest value, both included; one of them may be left out."""

    @model_validator(mode="before")
    @classmethod
    def _says_something(cls, given: object) -> object:
        if isinstance(given, dict) and not given:
            raise PydanticCustomError("wrong_place", "Give at_least, at_most or both.")
        return given

    @model_validator(mode="after")
    def _possible(self) -> _Range:
        low, high = self._ends()
        if low is not None and high is not None and low > high:
            raise PydanticCustomError("wrong_place", "No value is at least that and at most that.")
        return self

    def _ends(self) -> tuple[Any, Any]:
        return self.__dict__["at_least"], self.__dict__["at_most"]

    def holds(self, value: float) -> bool:
        """True when `value` lies within."""
        low, high = self._ends()
        return (low is None or value >= low) and (high is None or value <= high)


class HeatRange(_Range):
    """Heat between two levels."""

    at_least: HeatWord | None = None
    at_most: HeatWord | None = None


class CountRange(_Range):
    """A whole number between two bounds."""

    at_least: Annotated[int, Field(ge=0)] | None = None
    at_most: Annotated[int, Field(ge=0)] | None = None


class ShareRange(_Range):
    """A probability between two bounds, 0 to 1."""

    at_least: Annotated[float, Field(ge=0, le=1)] | None = None
    at_most: Annotated[float, Field(ge=0, le=1)] | None = None


def _some(description: str) -> Any:
    return Field(default=None, min_length=1, description=description)


def _one(description: str) -> Any:
    return Field(default=None, description=description)


class Conditions(Strict):
    """What must hold, or must not; a list holds when any of its words does."""

    stage: tuple[StageWord, ...] | None = _some("How far the conversation has come.")
    heat: HeatRange | None = _one("Heat now, in the customer's last turn and the conversation.")
    peak: HeatRange | None = _one("The hottest that the conversation has been.")
    trend: tuple[TrendWord, ...] | None = _some("Where heat is going.")
    risk: ShareRange | None = _one("Probability that heat rises or a supervisor is asked for soon.")
    triggers: tuple[TriggerWord, ...] | None = _some("What upset the customer, in the turn just heard.")
    triggers_so_far: tuple[TriggerWord, ...] | None = _some("What upset the customer, in any turn so far.")
    cues: tuple[CueWord, ...] | None = _some("What the turn just heard signals.")
    cues_so_far: tuple[CueWord, ...] | None = _some("What any turn so far has signalled.")
    behaviours: tuple[BehaviourWord, ...] | None = _some("What the customer does in the turn just heard.")
    behaviours_so_far: tuple[BehaviourWord, ...] | None = _some("What the customer has done in any turn.")
    abuse: tuple[AbuseWord, ...] | None = _some("The worst abuse in the turn just heard.")
    boundary: tuple[BoundaryWord, ...] | None = _some("The step of the ladder of limits that is due now.")
    warnings: CountRange | None = _one("How many turns of the agent have set a limit so far.")
    missteps: tuple[MisstepWord, ...] | None = _some("What the agent's last turn did that tends to hurt.")
    not_yet: dict[TechniqueWord, SinceWords] | None = _some(
        "What the agent has not done, and since when. All of them must be undone."
    )
    done: dict[TechniqueWord, SinceWords] | None = _some(
        "What the agent has done, and since when. All of them must be done."
    )
    unanswered_question: bool | None = _one("Whether the agent has passed over a question of the customer.")
    undated_promise: bool | None = _one("Whether the agent's last turn promised something without a date.")
    issue: tuple[IssueWord, ...] | None = _some("What the conversation is about, when that is clear.")
    channel: tuple[ChannelWord, ...] | None = _some("How the conversation is held.")
    turns: CountRange | None = _one("How many turns there have been, both sides counted.")
    customer_turns: CountRange | None = _one("How many customer turns there have been.")
    words: CountRange | None = _one("How many words the turn just heard has.")
    pace: CountRange | None = _one("Words a minute in the turn just heard, where its times are known.")

    @cached_property
    def given(self) -> tuple[str, ...]:
        """The conditions that are set, in the order of the vocabulary."""
        return tuple(name for name in type(self).model_fields if getattr(self, name) is not None)


@dataclass(frozen=True, slots=True)
class Finding:
    """One condition tested: whether it holds, and in words what was found."""

    condition: str
    holds: bool
    words: str


def findings(conditions: Conditions, scene: Scene) -> Iterator[Finding]:
    """Each condition that is set, tested on `scene`."""
    for name in conditions.given:
        holds, words = _TESTS[name](scene, getattr(conditions, name))
        yield Finding(name, holds, words)


Test = Callable[[Scene, Any], tuple[bool, str]]


def _is_one_of(what: str, value: Callable[[Scene], Any]) -> Test:
    def test(scene: Scene, wanted: tuple[Any, ...]) -> tuple[bool, str]:
        found = value(scene)
        return found in wanted, f"{what} is {found.words if found is not None else 'not known'}"

    return test


def _shows(what: str, shown: Callable[[Scene, Any], bool], when: str = "") -> Test:
    def test(scene: Scene, wanted: tuple[Any, ...]) -> tuple[bool, str]:
        found = [term.words for term in wanted if shown(scene, term)]
        words = " or ".join(term.words for term in wanted)
        return bool(found), f"{what}{when}: {', '.join(found)}" if found else f"no {what}{when}: {words}"

    return test


def _lies(what: str, value: Callable[[Scene], float | None], form: str = "{:.0f}") -> Test:
    def test(scene: Scene, wanted: _Range) -> tuple[bool, str]:
        found = value(scene)
        if found is None:
            return False, f"{what} is not known"
        return wanted.holds(found), f"{what} is {form.format(found)}"

    return test


def _heat(what: str, value: Callable[[Scene], Heat]) -> Test:
    def test(scene: Scene, wanted: HeatRange) -> tuple[bool, str]:
        return wanted.holds(value(scene)), f"{what} is {value(scene).words}"

    return test


def _is(what: str, value: Callable[[Scene], bool]) -> Test:
    def test(scene: Scene, wanted: bool) -> tuple[bool, str]:
        return value(scene) is wanted, what if value(scene) else f"no {what}"

    return test


def _techniques(*, done: bool) -> Test:
    def test(scene: Scene, wanted: dict[Technique, Since]) -> tuple[bool, str]:
        wrong = [t for t, since in wanted.items() if scene.done_since(t, since.first(scene)) is not done]
        told = wrong or list(wanted)
        was_done = done is not bool(wrong)
        words = ", ".join(f"{t.words} ({wanted[t].words})" for t in told)
        return not wrong, f"{'done' if was_done else 'not yet done'}: {words}"

    return test


def _abuse(scene: Scene, wanted: tuple[Abuse, ...]) -> tuple[bool, str]:
    found = scene.reading.abuse.term if scene.reading.abuse else Abuse.NONE
    return found in wanted, f"abuse: {found.words}"


_TESTS: dict[str, Test] = {
    "stage": _is_one_of("stage", lambda scene: scene.picture.stage),
    "heat": _heat("heat", lambda scene: scene.heat),
    "peak": _heat("the hottest so far", lambda scene: scene.peak),
    "trend": _is_one_of("heat", lambda scene: scene.picture.trend),
    "risk": _lies("risk", lambda scene: scene.picture.risk, "{:.2f}"),
    "triggers": _shows("trigger", Scene.shown_now),
    "triggers_so_far": _shows("trigger", Scene.shown_so_far, " so far"),
    "cues": _shows("cue", Scene.shown_now),
    "cues_so_far": _shows("cue", Scene.shown_so_far, " so far"),
    "behaviours": _shows("behaviour", Scene.shown_now),
    "behaviours_so_far": _shows("behaviour", Scene.shown_so_far, " so far"),
    "abuse": _abuse,
    "boundary": _is_one_of("limit due", lambda scene: scene.boundary.step),
    "warnings": _lies("limits set so far", lambda scene: scene.boundary.warnings),
    "missteps": _shows("misstep", Scene.made),
    "not_yet": _techniques(done=False),
    "done": _techniques(done=True),
    "unanswered_question": _is("question left unanswered", lambda scene: scene.unanswered),
    "undated_promise": _is("promise without a date", lambda scene: scene.undated),
    "issue": _is_one_of("issue", lambda scene: likely_issue(scene.picture)),
    "channel": _is_one_of("channel", lambda scene: scene.picture.channel),
    "turns": _lies("turns", lambda scene: scene.picture.turns),
    "customer_turns": _lies("customer turns", lambda scene: len(scene.picture.course)),
    "words": _lies("words in this turn", lambda scene: len(scene.turn.text.split())),
    "pace": _lies("words a minute", lambda scene: scene.reading.timing.words_per_minute),
}
