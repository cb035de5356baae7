"""Practice runs: begin, say, take a hint, pause, stop, try again from a turn; one's own alone.

Every step is one transaction over the version that it builds on, so that whatever was answered is kept,
whichever process answered it. The engine works in threads, as on live conversations.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar
from uuid import uuid4

import structlog
from pydantic import ValidationError

from coolhead.conversation.privacy import mask
from coolhead.errors import ConflictError, InputError, NotFoundError
from coolhead.practice.debrief import debrief
from coolhead.practice.hint import Hint, hint_for
from coolhead.practice.replying.rewording import Wanted
from coolhead.practice.run import Practice, Run
from coolhead.practice.scenario import Difficulty
from coolhead.services.access import Right, Viewer
from coolhead.services.clock import Clock
from coolhead.services.documents.guides import Guides
from coolhead.services.text import readable
from coolhead.services.training.casting import Casting, WarnedFirstError
from coolhead.storage import practice
from coolhead.storage.database import Database
from coolhead.storage.practice import KeptRun
from coolhead.storage.practice_words import GONE

log = structlog.get_logger()

MOST_SEED = 1_000_000
ATTEMPTS = 5

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A run as its page shows it.

    Attributes:
        hint: the one that was taken for the next turn; None where none was.
    """

    kept: KeptRun
    run: Run
    hint: Hint | None


Rewriter = Callable[[Wanted], Awaitable[str | None]]
"""Asks a language model for other words; None when it gives none in time."""

Change = Callable[[Session, Practice], Run | None]
"""What a step makes of a run; None where there is nothing to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """What is begun; no persona and no seed mean that chance decides.

    Attributes:
        warned: the person has read what there is to know before meeting this persona, and goes on.
        trying: the piece whose draft is played, `scenario.<id>` or `persona.<id>`; empty for none.
    """

    scenario_id: str
    persona_id: str = ""
    difficulty: Difficulty = Difficulty.NORMAL
    seed: int | None = None
    warned: bool = False
    trying: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some of a person's runs, and how many there are."""

    runs: list[KeptRun]
    total: int


class Practising:
    """The use cases of somebody who practises."""

    def __init__(
        self,
        database: Database,
        casting: Casting,
        guides: Guides,
        threads: Executor,
        clock: Clock,
        seeds: Callable[[], int],
        rewriter: Rewriter | None = None,
    ) -> None:
        self._database = database
        self._casting = casting
        self._guides = guides
        self._threads = threads
        self._clock = clock
        self._seeds = seeds
        self._rewriter = rewriter

    async def begin(self, viewer: Viewer, client_id: str, begun: Beginning) -> Session:
        """A new run; the customer has spoken first.

        Raises:
            NotFoundError: there is no such scenario or persona, or the viewer may not know of the client.
            ForbiddenError: the viewer may not practise.
            WarnedFirstError: the persona comes with a warning.
            DocumentError: the draft that is to be tried has problems.
        """
        offer = await self._casting.offer(viewer, client_id, begun.scenario_id, trying=begun.trying)
        seed = self._seeds() if begun.seed is None else begun.seed
        persona = offer.cast(begun.persona_id, seed)
        if persona.warning and not begun.warned:
            raise WarnedFirstError("There is something to know before you begin.", hint=persona.warning)
        player = await self.player(client_id)
        run = await self.think(player.start, offer.scenario, persona, begun.difficulty, seed)
        run = await self._reworded(player, run)
        now = self._clock()
        kept = KeptRun(
            id=uuid4().hex,
            client_id=client_id,
            account_id=viewer.id,
            scenario_id=offer.scenario.id,
            scenario_version=offer.version,
            title=offer.scenario.title,
            persona_id=persona.id,
            persona=persona.name,
            difficulty=begun.difficulty,
            seed=seed,
            begun_at=now,
            moved_at=now,
            rounds=0,
            heat=run.last.state.heat,
        )
        return await self._add(kept, run)

    async def read(self, viewer: Viewer, run_id: str) -> Session:
        """One of the person's runs.

        Raises:
            NotFoundError: the person has no such run, or may not know of its client any more.
            ForbiddenError: the person may not practise there any more.
        """
        async with self._database.read() as connection:
            found = await practice.find(connection, run_id, viewer.id)
        if found is None:
            raise no_run()
        kept, text = found
        viewer.require(Right.PRACTISE, kept.client_id)
        return _session(kept, await self.think(_run_of, text))

    async def say(
        self, viewer: Viewer, run_id: str, number: int, text: str, *, let_say: int | None = None
    ) -> Session:
        """The run after the agent's turn of that number and the customer's reply.

        A turn that was sent twice is answered once. A run that was paused goes on. `let_say` is as in
        `Practice.say`.

        Raises:
            NotFoundError: the person has no such run.
            InputError: there are no words, or too many.
            ConflictError: the run is over, or another turn of that number was said meanwhile.
        """
        said = readable(text).strip()
        if not said:
            raise InputError("There is nothing to say yet.", hint="Write what you would say.")

        def answered(before: Session, player: Practice) -> Run | None:
            return (
                None
                if _has_answered(before.run, number, said)
                else player.say(before.run, said, let_say=let_say)
            )

        return await self._change(viewer, run_id, answered)

    async def hint(self, viewer: Viewer, run_id: str) -> Session:
        """The run with a hint for the next turn; taken again before it is said, it costs nothing.

        Raises:
            NotFoundError: the person has no such run.
            ConflictError: the run is over.
        """

        def helped(before: Session, player: Practice) -> Run | None:
            return None if before.hint else player.hint(before.run)[0]

        return await self._change(viewer, run_id, helped)

    async def pause(self, viewer: Viewer, run_id: str, *, paused: bool) -> Session:
        """The run, paused or going on; nothing changes in it.

        Raises:
            NotFoundError: the person has no such run.
            ConflictError: the run is over.
        """

        def held(before: Session, _player: Practice) -> Run | None:
            if before.run.over:
                raise ConflictError("This run is over.", hint="Read the debrief.")
            return None if bool(before.kept.paused_at) is paused else before.run

        return await self._change(viewer, run_id, held, paused=paused)

    async def stop(self, viewer: Viewer, run_id: str) -> Session:
        """The run, stopped by the person who practises; one that is over stays as it ended.

        Raises:
            NotFoundError: the person has no such run.
        """

        def stopped(before: Session, _player: Practice) -> Run | None:
            return None if before.run.over else before.run.stop()

        return await self._change(viewer, run_id, stopped)

    async def again(self, viewer: Viewer, run_id: str, number: int) -> Session:
        """A new run that is as this one was before the agent's turn of that number.

        Raises:
            NotFoundError: the person has no such run.
            InputError: there is no such turn.
        """
        first = await self.read(viewer, run_id)
        player = await self.player(first.kept.client_id)
        run = await self.think(player.replay_from, first.run, number)
        now = self._clock()
        kept = replace(
            first.kept,
            id=uuid4().hex,
            again_of=first.kept.id,
            again_from=number,
            begun_at=now,
            moved_at=now,
            ended_at=None,
            ending=None,
            score=None,
            rounds=len(run.rounds) - 1,
            heat=run.last.state.heat,
            version=1,
        )
        return await self._add(kept, run)

    async def list_mine(self, viewer: Viewer, *, limit: int = 30, offset: int = 0) -> Page:
        """A page of the person's runs, the latest first.

        Raises:
            ForbiddenError: the viewer may not practise.
        """
        at = viewer.narrowed(Right.PRACTISE)
        async with self._database.read() as connection:
            runs = await practice.list_of(connection, viewer.id, at, limit=limit, offset=offset)
            total = await practice.count_of(connection, viewer.id, at)
        return Page(runs=runs, total=total)

    async def player(self, client_id: str) -> Practice:
        """Plays with the engine that helps on the client's live conversations."""
        return Practice((await self._guides.of(client_id)).engine)

    async def think(self, does: Callable[..., T], *given: object) -> T:
        """What comes of work that needs the processor, done in a thread."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, does, *given)

    async def _reworded(self, player: Practice, run: Run) -> Run:
        """The run with its latest reply in a language model's words, where they will do.

        Nobody's turn waits for it: it is asked outside the engine's threads.
        """
        wanted = player.asked(run) if self._rewriter else None
        if self._rewriter is None or wanted is None:
            return run
        words = await self._rewriter(wanted)
        return await self.think(player.reworded, run, words) if words else run

    async def _add(self, kept: KeptRun, run: Run) -> Session:
        text = await self.think(run.to_json)
        async with self._database.write() as connection:
            await practice.add(connection, kept, text)
        log.info("practice_begun", run=kept.id, client=kept.client_id, scenario=kept.scenario_id)
        return _session(kept, run)

    async def _change(self, viewer: Viewer, run_id: str, change: Change, *, paused: bool = False) -> Session:
        """The run after a step, which is taken anew when somebody was quicker; as it was for a None of it."""
        for _ in range(ATTEMPTS):
            before = await self.read(viewer, run_id)
            player = await self.player(before.kept.client_id)
            run = await self.think(change, before, player)
            if run is None:
                return before
            if len(run.rounds) > len(before.run.rounds):
                run = await self._reworded(player, run)
            now = self._clock()
            kept = await self.think(_moved, before.kept, run, player, now)
            kept = replace(kept, paused_at=now if paused else None)
            text = await self.think(run.to_json)
            async with self._database.write() as connection:
                is_kept = await practice.advance(connection, kept, text)
            if is_kept:
                return _session(kept, run)
        raise ConflictError("Too many windows write to this run at once.", hint="Try again in a moment.")


def no_run() -> NotFoundError:
    """The error for a run that does not exist or is somebody else's."""
    return NotFoundError("You have no such practice run.", hint="Your runs are listed under Practice.")


def _moved(kept: KeptRun, run: Run, player: Practice, now: datetime) -> KeptRun:
    """What is kept of a run that has come further; with its score when it ends and anything was said."""
    ends = run.over and kept.ended_at is None
    scored = ends and len(run.rounds) > 1
    return replace(
        kept,
        moved_at=now,
        ended_at=now if ends else kept.ended_at,
        ending=run.ending,
        score=debrief(player, run).scorecard.score if scored else kept.score,
        rounds=len(run.rounds) - 1,
        heat=run.last.state.heat,
        version=kept.version + 1,
    )


def _run_of(text: str) -> Run:
    if text == GONE:
        raise ConflictError(
            "What was said in this run was deleted: its time was over.",
            hint="Score and date stay. Begin the scenario anew.",
        )
    try:
        return Run.from_json(text)
    except ValidationError as error:
        raise ConflictError(
            "This run was kept by another version of Coolhead and cannot be opened.",
            hint="Begin the scenario anew.",
        ) from error


def _session(kept: KeptRun, run: Run) -> Session:
    has_hint = not run.over and run.last.number in run.hints
    hint = hint_for(run.scenario, run.last.memory, run.last.customer.card) if has_hint else None
    return Session(kept=kept, run=run, hint=hint)


def _has_answered(run: Run, number: int, text: str) -> bool:
    """True when the same turn was said before.

    Raises:
        ConflictError: something else was.
    """
    if number == len(run.rounds):
        return False
    agent = run.rounds[number].agent if 0 < number < len(run.rounds) else None
    if agent and agent.turn.text in (text, mask(text).text):
        return True
    raise ConflictError(
        "This run has gone on meanwhile, perhaps in another window.",
        hint="Reload the page to see where it is.",
    )
