"""Plays seeded runs with scripted agents, over every core, and keeps what the figures need of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context

from benchmarks.practice_agents import TECHNIQUES, Agent, Skilled, lines, middling, play, poor
from coolhead.codebook import Behaviour
from coolhead.conversation.turn import Turn
from coolhead.engine import Engine
from coolhead.guidance.playbook import default_playbook
from coolhead.perception.encoder import Floats
from coolhead.perception.perceiver import Perceiver
from coolhead.perception.reading import Reading
from coolhead.perception.text import TextModel
from coolhead.practice.act import Ending
from coolhead.practice.chance import pick
from coolhead.practice.hearing.quantity import quantities
from coolhead.practice.memory import counted
from coolhead.practice.persona import shipped_who_suit
from coolhead.practice.run import Practice, Run
from coolhead.practice.scenario import Difficulty, shipped_scenarios

AGENTS: dict[str, Agent] = {"skilled": Skilled(), "middling": middling, "poor": poor}
VARIANTS: dict[str, Agent] = {
    **{f"with {name}": Skilled(misstep=name) for name in lines("missteps")},
    **{f"without {name}": Skilled(without=frozenset({name})) for name in TECHNIQUES},
}
"""The skilled agent with one misstep added, and with one technique left out."""

LIKELY = 0.5
"""Probability from which a behaviour counts; chosen on other seeds (from 90,000) than those reported."""

CALM = 1.5
"""Inner heat below which a run ended calm: nearer to "tense" than to "frustrated"."""

_CODE_KINDS = ("money", "code", "weekday", "month", "ordinal")
"""Kinds of quantity that no wording invents; each must come from the scenario or from the agent."""

CHUNK = 8
"""Seeds that one process plays with every agent before it takes the next ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """What the figures need of one run.

    Attributes:
        heats: inner heat and the heat that the engine read, of every customer turn.
        found: the behaviour that the readings of the whole run show.
        contradictions: words for a sum, code, day or month that nobody had brought in.
        repeated: replies that came before in the run.
        sentences: the customer's sentences that are long enough to count, bare.
        said: the agent's turns.
    """

    agent: str
    seed: int
    scenario: str
    persona: str
    wanted: Behaviour | None
    ending: Ending | None
    heats: tuple[tuple[float, float], ...]
    found: Behaviour | None
    contradictions: tuple[str, ...]
    repeated: int
    sentences: frozenset[str]
    said: tuple[str, ...]

    @classmethod
    def of(cls, run: Run, agent: str) -> Played:
        """What is kept of a run."""
        return cls(
            agent=agent,
            seed=run.seed,
            scenario=run.scenario.id,
            persona=run.persona.id,
            wanted=run.persona.behaviour,
            ending=run.ending,
            heats=tuple(
                (each.state.heat, each.customer.reading.heat.expected)
                for each in run.rounds
                if each.customer.reading.heat
            ),
            found=behaviour_of(run),
            contradictions=tuple(contradictions(run)),
            repeated=len(run.rounds) - len({each.reply for each in run.rounds}),
            sentences=frozenset(sentence for each in run.rounds for sentence in counted(each.reply)),
            said=tuple(each.agent.turn.text for each in run.rounds if each.agent),
        )

    @property
    def end_heat(self) -> float:
        """Inner heat at the end."""
        return self.heats[-1][0]

    @property
    def calm(self) -> bool:
        """True when it was settled, or handed over, and the customer ended calm."""
        return self.ending in (Ending.SETTLED, Ending.HANDED_OVER) and self.end_heat < CALM

    @property
    def recovered(self) -> bool:
        """True when the behaviour is the persona's; one without any may come to open anger, as anybody."""
        return self.found is self.wanted if self.wanted else self.found in (None, Behaviour.ANGRY)


def begun(practice: Practice, seed: int) -> Run:
    """A run that `seed` alone decides: every scenario in turn, with the personas that suit it."""
    scenarios = list(shipped_scenarios().values())
    scenario = scenarios[seed % len(scenarios)]
    persona = pick(shipped_who_suit(scenario, abusive=True), seed, "persona")
    return practice.start(scenario, persona, pick(list(Difficulty), seed, "difficulty"), seed)


def behaviour_of(run: Run) -> Behaviour | None:
    """What a reader of the whole run would call the customer's behaviour, from the readings alone.

    The most frequent of abuse, indecision and passive aggression when it was likelier than not in two turns,
    or in a quarter of them. Open anger comes with all of these, so it is the answer only when none is; else
    none.
    """
    signs = (sign for each in run.rounds for sign in each.customer.reading.behaviours)
    read = Counter(sign.term for sign in signs if sign.score >= LIKELY)
    anger = read.pop(Behaviour.ANGRY, 0)
    for behaviour, count in read.most_common(1):
        if count >= 2 or 4 * count >= len(run.rounds):
            return behaviour
    return Behaviour.ANGRY if anger else None


def contradictions(run: Run) -> list[str]:
    """Sums, codes, days and months in replies that neither the scenario nor the agent brought in."""
    known, found = set(run.scenario.quantities), []
    for each in run.rounds:
        if each.agent:
            known |= {(q.kind, q.value) for q in quantities(each.agent.turn.text)}
        found += [
            q.text for q in quantities(each.reply) if q.kind in _CODE_KINDS and (q.kind, q.value) not in known
        ]
    return found


class Kept:
    """The text model with its readings kept: runs of one seed begin alike, whoever answers."""

    def __init__(self) -> None:
        self._model = TextModel()
        self._read: dict[tuple[tuple[str, bool], ...], Reading] = {}

    def read(self, turn: Turn, before: Sequence[Turn]) -> Reading:
        """What the words show after the earlier turns, oldest first."""
        key = tuple((each.text, each.by_customer) for each in (*before, turn))
        if key not in self._read:
            self._read[key] = self._model.read(turn, before)
        return self._read[key]

    def vector(self, text: str) -> Floats:
        """What words of an agent mean by themselves."""
        return self._model.vector(text)

    def forget(self) -> None:
        """Drops what was kept."""
        self._read.clear()


@cache
def _practice() -> tuple[Practice, Kept]:
    kept = Kept()
    return Practice(Engine(Perceiver(kept), default_playbook())), kept


def play_chunk(seeds: Sequence[int], variant_seeds: int) -> list[Played]:
    """Runs of these seeds by every agent; by the variants too for seeds below `variant_seeds`."""
    practice, kept = _practice()
    found = []
    for seed in seeds:
        start = begun(practice, seed)
        agents = AGENTS | (VARIANTS if seed < variant_seeds else {})
        found += [Played.of(play(practice, start, agent), name) for name, agent in agents.items()]
        kept.forget()
    return found


def play_all(runs: int, variant_runs: int, jobs: int) -> Iterator[list[Played]]:
    """All runs of seeds from 0, some at a time."""
    chunks = [range(first, min(first + CHUNK, runs)) for first in range(0, runs, CHUNK)]
    if jobs == 1:
        yield from (play_chunk(each, variant_runs) for each in chunks)
        return
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        yield from pool.map(play_chunk, chunks, [variant_runs] * len(chunks))
