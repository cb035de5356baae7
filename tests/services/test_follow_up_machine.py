"""Follow-ups under whatever two people in two processes and crashes do to them: on both databases.

No move is illegal, no change is lost or made twice, what is settled stays as it is, and no letter leaves but
by a person's `send`, each once.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from itertools import pairwise
from unittest.mock import patch
from uuid import uuid4

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import func, select

from coolhead.casework.follow_up import BY_HAND, LEGAL, WITH_REASON, FollowUp, Kind, Move, State
from coolhead.codebook import Speaker
from coolhead.config import Settings
from coolhead.errors import ConflictError, CoolheadError
from coolhead.services.casework.follow_ups import FollowUps, Wording
from coolhead.services.conversations.live import Opening
from coolhead.services.turns.hearing import Said
from coolhead.storage import events, follow_ups
from coolhead.storage.events import EventKind, Span
from coolhead.storage.tables import outbox
from coolhead.wiring import Services, build
from tests.fakes import FakeEngine
from tests.services.test_promise_machine import PEOPLE, CrashError, _prepare

LATER = datetime(2037, 3, 23, 10, tzinfo=UTC)
LETTER = Wording(kind=Kind.EMAIL, address="priya@example.com", subject="Your bill", text="It is put right.")
REASONS = st.sampled_from(["", "Nobody answered."])
Work = Callable[[FollowUps], Awaitable[FollowUp]]


class FollowUpMachine(RuleBasedStateMachine):
    """Two processes over one database, and what a follow-up must be by then."""

    url = ""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.processes: list[Services] = []
        self.use: list[FollowUps] = []
        self.sent = 0

    def run(self, coroutine):
        return self.runner.run(coroutine)

    @initialize()
    def begin(self) -> None:
        self.run(self._begin())

    async def _begin(self) -> None:
        self.processes = [build(Settings(database=self.url), FakeEngine()) for _ in range(2)]
        first = self.processes[0]
        self.use = [
            FollowUps(each.database, each.feed, each.follow_ups._clock, mail_is_on=True)
            for each in self.processes
        ]
        self.client = uuid4().hex
        await first.accounts.create_client(self.client, "A client of this run alone")
        summary, _ = await first.live.open(PEOPLE[0], Opening(client_id=self.client, customer="Priya"))
        said = Said(id="t0", speaker=Speaker.CUSTOMER, text="heat 3, again", number=0)
        await first.live.add_turns(PEOPLE[0], summary.id, [said])
        await first.live.end(PEOPLE[0], summary.id)
        self.conversation = summary.id
        (proposed,) = await self.use[0].list_of(PEOPLE[0], summary.id)
        self.id = proposed.id

    def teardown(self) -> None:
        async def close() -> None:
            for services in self.processes:
                await services.database.close()
                services.threads.shutdown()

        self.run(close())
        self.runner.close()

    async def _now(self) -> FollowUp:
        async with self.processes[0].database.read() as connection:
            row = await follow_ups.find(connection, self.id)
        assert row
        return row.follow_up

    def _settle(self, work: Work, *, crash: bool) -> FollowUp | CoolheadError:
        """Does the work; with `crash` its first try dies before the commit, and it is sent again."""

        async def settle() -> FollowUp | CoolheadError:
            if crash:
                with (
                    patch.object(events, "add", side_effect=CrashError),
                    contextlib.suppress(CrashError, CoolheadError),
                ):
                    await work(self.use[0])
            try:
                first = await work(self.use[0])
            except CoolheadError as error:
                return error
            with contextlib.suppress(ConflictError):  # an edit sent again finds its own newer version
                assert await work(self.use[1]) == first
            return first

        return self.run(settle())

    @rule(move=st.sampled_from(sorted(BY_HAND)), reason=REASONS, crash=st.booleans(), old=st.booleans())
    def somebody_moves(self, move: Move, reason: str, crash: bool, old: bool) -> None:
        before = self.run(self._now())
        version = max(1, before.version - 1) if old else before.version

        async def work(use: FollowUps) -> FollowUp:
            return await use.move(PEOPLE[0], self.id, version, move, reason)

        outcome = self._settle(work, crash=crash)
        legal = before.state in LEGAL[move] and (reason or move not in WITH_REASON)
        if version == before.version:
            assert isinstance(outcome, FollowUp) == bool(legal)
        if isinstance(outcome, CoolheadError):
            assert self.run(self._now()) == before

    @rule(reason=REASONS, crash=st.booleans())
    def somebody_puts_it_off(self, reason: str, crash: bool) -> None:
        before = self.run(self._now())

        async def work(use: FollowUps) -> FollowUp:
            return await use.put_off(PEOPLE[1], self.id, before.version, LATER, reason)

        outcome = self._settle(work, crash=crash)
        assert isinstance(outcome, FollowUp) == (before.is_waiting and bool(reason))

    @rule(kind=st.sampled_from(Kind), text=st.sampled_from(["Hello.", "Good day."]), crash=st.booleans())
    def somebody_writes(self, kind: Kind, text: str, crash: bool) -> None:
        before = self.run(self._now())
        wording = Wording(kind=kind, address="priya@example.com", subject="Your bill", text=text)

        async def work(use: FollowUps) -> FollowUp:
            return await use.edit(PEOPLE[1], self.id, before.version, wording)

        outcome = self._settle(work, crash=crash)
        assert isinstance(outcome, FollowUp) == (before.is_waiting or before.state is State.PROPOSED)

    @rule(crash=st.booleans())
    def somebody_sends(self, crash: bool) -> None:
        before = self.run(self._now())

        async def work(use: FollowUps) -> FollowUp:
            return await use.send(PEOPLE[0], self.id, before.version, LETTER)

        outcome = self._settle(work, crash=crash)
        may = before.is_waiting and before.kind is Kind.EMAIL
        assert isinstance(outcome, FollowUp) == may
        self.sent += may

    @rule()
    def two_people_at_once(self) -> None:
        """One sends, one says that it failed, in two processes, on the same version."""
        before = self.run(self._now())

        async def both() -> list[object]:
            return await asyncio.gather(
                self.use[0].send(PEOPLE[0], self.id, before.version, LETTER),
                self.use[1].move(PEOPLE[1], self.id, before.version, Move.FAIL, "Nobody answered."),
                return_exceptions=True,
            )

        outcomes = self.run(both())
        assert {type(each) for each in outcomes} <= {FollowUp, ConflictError}
        assert sum(isinstance(each, FollowUp) for each in outcomes) == before.is_waiting
        self.sent += isinstance(outcomes[0], FollowUp)

    @invariant()
    def every_change_is_legal_kept_and_told_once(self) -> None:
        if not self.processes:
            return
        now, moves, told, letters = self.run(self._all())
        assert [moved.version for moved in moves] == list(range(1, now.version + 1))
        assert (moves[0].move, moves[-1].after) == (Move.PROPOSE, now.state)
        for last, moved in pairwise(moves):
            assert moved.before is last.after
            assert LEGAL[moved.move][last.after] is moved.after
            assert moved.reason or moved.move not in WITH_REASON
        assert told == len(moves)
        assert letters == self.sent == sum(moved.move is Move.SEND for moved in moves)

    async def _all(self):
        async with self.processes[0].database.read() as connection:
            span = Span(conversation_id=self.conversation)
            happened = await events.list_after(connection, 0, span=span, limit=100_000)
            mine = select(func.count()).select_from(outbox).where(outbox.c.client_id == self.client)
            return (
                await self._now(),
                await follow_ups.list_moves(connection, self.id),
                sum(event.kind is EventKind.FOLLOW_UP_MOVED for event in happened),
                (await connection.execute(mine)).scalar_one(),
            )


def test_a_follow_up_holds_whatever_happens(database_url: str) -> None:
    asyncio.run(_prepare(database_url))
    machine = type("FollowUpHere", (FollowUpMachine,), {"url": database_url})
    limits = settings(
        max_examples=10 if database_url.startswith("sqlite") else 4,
        stateful_step_count=12,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(machine, settings=limits)
