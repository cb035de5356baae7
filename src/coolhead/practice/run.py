"""A practice run: immutable, with a JSON form, played turn by turn, replayed from any turn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pydantic import TypeAdapter

from coolhead.codebook import Channel
from coolhead.codebook import Speaker as Side
from coolhead.conversation.turn import Turn
from coolhead.engine import Engine, Moment
from coolhead.errors import ConflictError, InputError
from coolhead.guidance.card import Card
from coolhead.perception.reading import Reading
from coolhead.picture.state import Picture
from coolhead.practice.act import Act, Ending, Step
from coolhead.practice.customer import CustomerState, RuleFired, heated, move
from coolhead.practice.hearing.meaning import Kind, Meaning
from coolhead.practice.hearing.notice import notice
from coolhead.practice.hint import Hint, hint_for
from coolhead.practice.memory import Memory, counted, opening
from coolhead.practice.persona import Persona
from coolhead.practice.remembering import remembering, telling
from coolhead.practice.replying import wording
from coolhead.practice.replying.opening import opening_steps
from coolhead.practice.replying.reply import choose
from coolhead.practice.replying.rewording import Wanted, check, is_read_alike
from coolhead.practice.rules import Rule, shipped_rules
from coolhead.practice.scenario import Difficulty, Scenario
from coolhead.practice.scene import Scene
from coolhead.practice.seen import Deed, Seen

MOST_CHARACTERS = 4_000
"""Of one agent turn."""

ALL_BUT = 20
"""Characters, about a second of speech; who comes in while these are left has let the customer finish."""

RELIEF = 0.5
"""Levels of heat, as felt in the middle of the scale, that fall off when it is agreed and dated."""

_PATIENCE = {Difficulty.EASY: 4, Difficulty.NORMAL: 0, Difficulty.HARD: -2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A turn as the engine heard it.

    Attributes:
        turn: masked.
        card: what the engine would have advised after it.
    """

    turn: Turn
    reading: Reading
    card: Card | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What the agent said and what it brought about; round 0 is the customer's opening and has no agent turn.

    Attributes:
        agent: None in round 0.
        seen: what the agent's turn did; None in round 0.
        fired: the rules that moved the customer.
        state: the customer after it.
        act: the main act of the reply.
        reply: the customer's words as said.
        customer: the same as heard.
        memory: the customer's memory after the reply.
        ending: set when the run ended with it.
    """

    number: int
    agent: Heard | None = None
    seen: Seen | None = None
    fired: tuple[RuleFired, ...] = ()
    state: CustomerState
    act: Act
    reply: str
    customer: Heard
    memory: Memory
    ending: Ending | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A run of one scenario with one persona; `Practice` plays it.

    Attributes:
        before: what had been said when it was entered, where the scenario is entered in the middle.
        rounds: the opening, then one for each agent turn.
        hints: numbers of the rounds after which a hint was taken.
        picture: what the conversation has come to, as on live calls.
        stopped: the person who practises stopped it.
    """

    scenario: Scenario
    persona: Persona
    difficulty: Difficulty
    seed: int
    rounds: tuple[Round, ...]
    picture: Picture
    before: tuple[Heard, ...] = ()
    hints: tuple[int, ...] = ()
    stopped: bool = False

    @property
    def ending(self) -> Ending | None:
        """How it ended; None while it goes on."""
        return Ending.STOPPED if self.stopped else self.rounds[-1].ending

    @property
    def over(self) -> bool:
        """True when nothing can be said any more."""
        return self.ending is not None

    @property
    def last(self) -> Round:
        """The latest round."""
        return self.rounds[-1]

    def stop(self) -> Run:
        """The run, stopped by the person who practises."""
        return self if self.over else replace(self, stopped=True)

    def to_json(self) -> str:
        """The run as JSON; `from_json` gives an equal run back."""
        return _ADAPTER.dump_json(self).decode()

    @staticmethod
    def from_json(text: str | bytes) -> Run:
        """The run that `to_json` wrote.

        Raises:
            pydantic.ValidationError: the JSON is not a run.
        """
        return _ADAPTER.validate_json(text)


class Practice:
    """Plays runs: the engine hears both sides, the rules move the customer. Safe to share between threads."""

    def __init__(
        self, engine: Engine, rules: tuple[Rule, ...] | None = None, bank: wording.Bank | None = None
    ) -> None:
        self._engine = engine
        self._meaning = Meaning.read()
        self._rules = rules or shipped_rules()
        self._bank = bank or wording.shipped_bank()

    def start(self, scenario: Scenario, persona: Persona, difficulty: Difficulty, seed: int) -> Run:
        """A new run; the customer has spoken first, or last where the scenario is entered in the middle."""
        scenario.prepare()
        if scenario.so_far:
            return self._entered(scenario, persona, difficulty, seed)
        state = persona.begins(difficulty)
        steps = opening_steps(scenario, persona, seed, state)
        speaker = _speaker(scenario, persona, seed, 0, state)
        text, memory = wording.say(steps, speaker, Memory(), self._bank)
        picture = self._engine.start(channel=scenario.channel)
        moment = self._engine.hear(picture, _turn(0, Side.CUSTOMER, text))
        first = Round(number=0, state=state, act=Act.OPEN, reply=text, customer=_heard(moment), memory=memory)
        return Run(
            scenario=scenario,
            persona=persona,
            difficulty=difficulty,
            seed=seed,
            rounds=(first,),
            picture=moment.picture,
        )

    def _entered(self, scenario: Scenario, persona: Persona, difficulty: Difficulty, seed: int) -> Run:
        """A run as it stands after what was said so far: heard by the engine, and felt by the customer."""
        state, memory = persona.begins(difficulty), Memory()
        picture = self._engine.start(channel=scenario.channel)
        heard: list[Heard] = []
        for at, said in enumerate(scenario.so_far, 1 - len(scenario.so_far)):
            side = Side.CUSTOMER if said.by == "customer" else Side.AGENT
            moment = self._engine.hear(picture, _turn(at, side, said.says))
            picture = moment.picture
            heard.append(_heard(moment))
            if side is Side.AGENT:
                seen = notice(moment.turn.text, moment.reading, scenario, memory, self._meant)
                state, fired = move(state, seen, persona.sensitive, self._rules, memory.fired)
                memory = remembering(memory, seen, fired, moment.turn.text)
            else:
                memory = telling(memory, scenario, said.says)
                state = _as_heated(state, moment.reading)
        latest = Round(
            number=0,
            state=state,
            act=Act.OPEN,
            reply=scenario.so_far[-1].says,
            customer=heard[-1],
            memory=memory,
        )
        return Run(
            scenario=scenario,
            persona=persona,
            difficulty=difficulty,
            seed=seed,
            rounds=(latest,),
            picture=picture,
            before=tuple(heard[:-1]),
        )

    def say(self, run: Run, text: str, *, let_say: int | None = None) -> Run:
        """The run after the agent said `text` and the customer replied.

        Args:
            run: as it stands.
            text: the agent's words.
            let_say: characters of the customer's last words that the agent listened to before speaking up;
                None when all, or when nobody knows.

        Raises:
            ConflictError: the run is over.
            InputError: the text is too long.
        """
        if run.over:
            raise ConflictError(
                "This run is over.", hint="Begin a new one, or try again from an earlier turn."
            )
        if len(text) > MOST_CHARACTERS:
            raise InputError(
                f"A turn is at most {MOST_CHARACTERS:,} characters long.", hint="Say it in less."
            )
        if let_say is not None and let_say < len(run.last.reply) - ALL_BUT:
            run = self._cut_short(run, let_say)
        number = len(run.rounds)
        agent = self._engine.hear(run.picture, _turn(2 * number - 1, Side.AGENT, text))
        seen = _with_waiting(
            run,
            number,
            notice(agent.turn.text, agent.reading, run.scenario, run.last.memory, self._meant),
        )
        state, fired = move(run.last.state, seen, run.persona.sensitive, self._rules, run.last.memory.fired)
        scene = Scene(
            scenario=run.scenario,
            persona=run.persona,
            difficulty=run.difficulty,
            seed=run.seed,
            number=number,
            state=state,
            seen=seen,
            memory=remembering(run.last.memory, seen, fired, agent.turn.text),
        )
        return self._replied(run, scene, agent, fired)

    def _cut_short(self, run: Run, let_say: int) -> Run:
        """The run with the customer's last words broken off, as a transcript writes it: with a dash."""
        moment = self._heard_as(run, f"{run.last.reply[:let_say].rstrip(' ,.')} –")
        latest = replace(run.last, customer=_heard(moment))
        return replace(run, rounds=(*run.rounds[:-1], latest), picture=moment.picture)

    def _heard_as(self, run: Run, words: str) -> Moment:
        """What the engine makes of the customer's latest turn in other words."""
        *before, _ = self.moments(run)
        picture = before[-1].picture if before else self._engine.start(channel=run.scenario.channel)
        return self._engine.hear(picture, replace(run.last.customer.turn, text=words))

    def _meant(self, text: str) -> Mapping[Kind, float]:
        return self._meaning.of(text, self._engine.vector(text))

    def _replied(self, run: Run, scene: Scene, agent: Moment, fired: tuple[RuleFired, ...]) -> Run:
        plan = choose(scene)
        state = scene.state
        for each in plan.memory.happened - scene.memory.happened:
            state = heated(state, run.scenario.happens[each].heat)
        if _is_relieved(plan.memory) and not _is_relieved(scene.memory):
            state = heated(state, -RELIEF)
        speaker = _speaker(run.scenario, run.persona, run.seed, scene.number, state)
        text, memory = wording.say(plan.steps, speaker, plan.memory, self._bank)
        ending = plan.ending
        if not text:
            text, memory = wording.say((Step(Act.HANG_UP),), speaker, plan.memory, self._bank)
            ending = Ending.GAVE_UP
        customer = self._engine.hear(agent.picture, _turn(2 * scene.number, Side.CUSTOMER, text))
        latest = Round(
            number=scene.number,
            agent=_heard(agent),
            seen=scene.seen,
            fired=fired,
            state=state,
            act=plan.act,
            reply=text,
            customer=_heard(customer),
            memory=memory,
            ending=ending,
        )
        return replace(run, rounds=(*run.rounds, latest), picture=customer.picture)

    def asked(self, run: Run) -> Wanted | None:
        """What a language model may reword: the latest reply; None where it is not of this run's making."""
        if run.scenario.so_far and not run.last.number:
            return None
        written = run.scenario.channel is not Channel.CALL
        return Wanted(act=run.last.act, built_in=run.last.reply, manner=run.persona.about, written=written)

    def reworded(self, run: Run, text: str) -> Run:
        """The run with its latest reply in other words; as it is where they do not keep to it."""
        last = run.last
        words = check(last.act, last.reply, text, run.scenario)
        if words is None or counted(words) & (last.memory.said - counted(last.reply)):
            return run
        moment = self._heard_as(run, words)
        if not is_read_alike(last.customer.reading, moment.reading):
            return run
        said, openings = last.memory.said | counted(words), last.memory.openings | {opening(words)}
        latest = replace(
            last,
            reply=words,
            customer=_heard(moment),
            memory=replace(last.memory, said=said, openings=openings),
        )
        return replace(run, rounds=(*run.rounds[:-1], latest), picture=moment.picture)

    def replay_from(self, run: Run, number: int) -> Run:
        """The run as it was before the agent's turn of that number (from 1), to be answered differently.

        Raises:
            InputError: there is no such turn.
        """
        if not 1 <= number < len(run.rounds):
            raise InputError(
                f"There is no agent turn {number}.", hint=f"Choose from 1 to {len(run.rounds) - 1}."
            )
        kept = run.rounds[:number]
        picture = self.moments(replace(run, rounds=kept))[-1].picture
        hints = tuple(each for each in run.hints if each < number)
        return replace(run, rounds=kept, picture=picture, hints=hints, stopped=False)

    def moments(self, run: Run) -> list[Moment]:
        """What the engine made of every turn, in order: what review, scorecard and charts take.

        What was said before the run was entered is in the pictures, and none of these.
        """
        picture = self._engine.start(channel=run.scenario.channel)
        for each in run.before:
            picture = self._engine.hear_read(picture, each.turn, each.reading).picture
        heard: list[Moment] = []
        for played in run.rounds:
            for one in (played.agent, played.customer):
                if one is not None:
                    heard.append(self._engine.hear_read(picture, one.turn, one.reading))
                    picture = heard[-1].picture
        return heard

    def hint(self, run: Run) -> tuple[Run, Hint]:
        """The run with a hint taken, which costs points, and the hint for the next agent turn.

        Raises:
            ConflictError: the run is over.
        """
        if run.over:
            raise ConflictError("This run is over.", hint="Read the debrief.")
        hint = hint_for(run.scenario, run.last.memory, run.last.customer.card)
        return replace(run, hints=(*run.hints, run.last.number)), hint


def _is_relieved(memory: Memory) -> bool:
    """True when something is agreed and has a date."""
    return memory.agreed is not None and memory.dated


def _speaker(
    scenario: Scenario, persona: Persona, seed: int, number: int, state: CustomerState
) -> wording.Speaker:
    return wording.Speaker(scenario=scenario, persona=persona, seed=seed, number=number, level=state.level)


def _turn(place: int, speaker: Side, text: str) -> Turn:
    return Turn(id=f"t{place}", speaker=speaker, text=text, place=float(place))


def _heard(moment: Moment) -> Heard:
    return Heard(turn=moment.turn, reading=moment.reading, card=moment.card)


def _as_heated(state: CustomerState, reading: Reading) -> CustomerState:
    """The state, as hot as the customer's words were."""
    return replace(state, heat=reading.heat.expected) if reading.heat else state


def _with_waiting(run: Run, number: int, seen: Seen) -> Seen:
    """Adds that patience has run out, where it has."""
    patience = run.scenario.patience + _PATIENCE[run.difficulty]
    if number <= patience or run.last.memory.agreed:
        return seen
    return replace(seen, deeds=seen.deeds | {Deed.WAITED_ON})


_ADAPTER = TypeAdapter(Run)
