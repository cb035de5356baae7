"""Scripted agents that play practice runs: skilled, middling and poor, with lines from `practice_lines/`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ruamel.yaml import YAML

from coolhead.practice.act import Act
from coolhead.practice.chance import pick
from coolhead.practice.run import Practice, Run
from coolhead.practice.seen import Deed

LINES = Path(__file__).parent / "practice_lines"
MOST_TURNS = 30
Agent = Callable[[Run], str]

TECHNIQUES = (
    "greeting", "uses_name", "feeling", "apology", "invites_story", "paraphrase", "ownership", "question",
    "explains", "positive", "choice", "dated", "follow_up", "thanks", "confirms_resolution", "boundary",
    "recommend",
)  # fmt: skip
"""What the skilled agent can be told to leave out; the offer itself cannot."""

ALSO_SHOWN_BY = {"acknowledge": "feeling", "more": "invites_story"}
"""Lines that show a technique too, and are left out with it."""


@cache
def lines(name: str) -> dict[str, list[str]]:
    """The lines of `practice_lines/NAME.yaml`."""
    read: dict[str, list[str]] = YAML(typ="safe").load((LINES / f"{name}.yaml").read_text(encoding="utf-8"))
    return read


def filled(line: str, run: Run) -> str:
    """A line with what this agent can know of the scenario."""
    scenario = run.scenario
    return line.format(
        agent=scenario.agent,
        client=scenario.client,
        name=scenario.customer,
        feeling=scenario.feeling.right[0],
        lasted=scenario.lasted,
        sorry_for=scenario.grievance.sorry_for,
        gist=scenario.gist,
        offer=scenario.settles_for[0].offer,
        other=scenario.settles_for[-1].offer,
        misreading=pick(scenario.misreadings, run.seed, "misreading"),
        wrong_feeling=scenario.feeling.wrong[0],
        never=scenario.never[0].words[0] if scenario.never else "a voucher",
    )


@dataclass(frozen=True, slots=True)
class Skilled:
    """Follows the method; `without` leaves techniques out, `misstep` adds one to every third turn."""

    without: frozenset[str] = frozenset()
    misstep: str = ""

    def __call__(self, run: Run) -> str:
        """The next turn."""
        said = " ".join(self._line(name, run) for name in self._next(run) if self._is_said(name))
        said = said or self._line("hold_on", run)
        if self.misstep and len(run.rounds) % 3 == 2:
            said = f"{said} {filled(pick(lines('missteps')[self.misstep], run.seed, len(run.rounds)), run)}"
        return said

    def _is_said(self, name: str) -> bool:
        return not self.without & {name, ALSO_SHOWN_BY.get(name, name)}

    def _line(self, name: str, run: Run) -> str:
        return filled(pick(lines("skilled")[name], run.seed, len(run.rounds), name), run)

    def _next(self, run: Run) -> tuple[str, ...]:
        """The techniques of the next turn."""
        return self._answering(run) or self._in_order(run)

    def _answering(self, run: Run) -> tuple[str, ...]:
        """What the customer's last turn asks for; nothing when the method goes on in its order."""
        memory = run.last.memory
        if _was_insulted(run) and not _just(run, Deed.SET_LIMIT) and "boundary" not in self.without:
            return ("boundary", "acknowledge")
        if memory.thanked or (memory.agreed and memory.dated):
            return ("thanks", "confirms_resolution")
        if memory.agreed:
            return ("dated", "follow_up")
        if run.last.act is Act.WAVER:
            return ("recommend",) if "recommend" not in self.without else ("offer", "choose")
        return ()

    def _in_order(self, run: Run) -> tuple[str, ...]:
        number = len(run.rounds)
        if number == 1:
            return ("greeting", "uses_name", "apology", "feeling", "invites_story")
        if number == 2:
            return ("paraphrase",)
        if number == 3:
            return ("ownership", "question")
        if number == 4:
            return ("acknowledge", "second_question")
        if number % 3 == 2 and run.persona.id == "indecisive":
            return ("positive", "offer", "dated", "follow_up")
        if number % 3 == 2:
            return ("explains", "positive", "offer", "choice", "dated", "follow_up")
        return ("acknowledge", "more") if number % 3 == 0 else ("ownership", "offer", "dated")


def _was_insulted(run: Run) -> bool:
    abuse = run.last.customer.reading.abuse
    return abuse is not None and abuse.term.is_personal


def _just(run: Run, deed: Deed) -> bool:
    return any(each.seen is not None and deed in each.seen.deeds for each in run.rounds[-2:])


def poor(run: Run) -> str:
    """A line of the poor agent, never the same twice in a row."""
    every = lines("poor")["any"]
    return filled(every[(run.seed * 7 + len(run.rounds) * 5) % len(every)], run)


def middling(run: Run) -> str:
    """The next line of the middling agent."""
    every = lines("middling")["any"]
    return filled(every[min(len(run.rounds) - 1, len(every) - 1)], run)


def play(practice: Practice, run: Run, agent: Agent) -> Run:
    """The run, played to its end or for `MOST_TURNS` agent turns."""
    while not run.over and len(run.rounds) <= MOST_TURNS:
        run = practice.say(run, agent(run))
    return run
