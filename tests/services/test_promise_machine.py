"""The promise ledger under whatever people, late turns, two processes and crashes do to it at once.

No move is illegal, no entry is lost, nothing that a person has touched is changed by the talk, and every
change is kept once: on both databases.
"""

from __future__ import annotations

import asyncio
import contextlib
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from unittest.mock import patch
from uuid import uuid4

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from coolhead.casework.promises import BY_HAND, LEGAL, WITH_REASON, Entry, Move, Moved, State
from coolhead.codebook import Promiser, Speaker
from coolhead.config import Settings
from coolhead.errors import ConflictError, CoolheadError
from coolhead.services.access import Viewer
from coolhead.services.casework.promises import Wanted
from coolhead.services.conversations.live import Opening
from coolhead.services.turns.hearing import Said
from coolhead.storage import accounts, events, promises
from coolhead.storage.accounts import Account
from coolhead.storage.database import Database
from coolhead.storage.events import EventKind, Span
from coolhead.wiring import Services, build
from tests.conftest import empty
from tests.fakes import FakeEngine

STARTED = datetime(2037, 3, 18, 14, 20, tzinfo=UTC)
WORDS = st.sampled_from(["", "by 5 pm", "within 2 business days", "soon"])
DEEDS = st.sampled_from(["call back", "send a part", "refund the fee"])
PICKS = st.integers(0, 20)
REASONS = st.sampled_from(["", "It came in."])
PEOPLE = [Viewer(id=name.ljust(32, "0"), name=name, is_admin=True) for name in ("mara", "ravi")]


class CrashError(RuntimeError):
    """The process dies before the commit."""


class Ledger(RuleBasedStateMachine):
    """Two processes over one database, and what the ledger must say by then."""

    url = ""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.processes: list[Services] = []
        self.known: dict[str, Entry] = {}
        self.turns = 0

    def run(self, coroutine):
        return self.runner.run(coroutine)

    @initialize()
    def begin(self) -> None:
        self.run(self._begin())

    async def _begin(self) -> None:
        self.processes = [build(Settings(database=self.url), FakeEngine()) for _ in range(2)]
        first = self.processes[0]
        client_id = uuid4().hex
        await first.accounts.create_client(client_id, "A client of this run alone")
        opening = Opening(client_id=client_id, started_at=STARTED)
        summary, _ = await first.live.open(PEOPLE[0], opening)
        self.conversation = summary.id

    def teardown(self) -> None:
        async def close() -> None:
            for services in self.processes:
                await services.database.close()
                services.threads.shutdown()

        self.run(close())
        self.runner.close()

    async def _entries(self) -> list[Entry]:
        async with self.processes[0].database.read() as connection:
            return await promises.list_of(connection, self.conversation)

    async def _moves(self, promise_id: str) -> list[Moved]:
        async with self.processes[0].database.read() as connection:
            return await promises.list_moves(connection, promise_id)

    def pick(self, number: int) -> Entry:
        entries = self.run(self._entries())
        return entries[number % len(entries)]

    async def _settle(self, process: int, work, *, crash: bool) -> object:
        """Does the work; with `crash` its first try dies before the commit, and it is sent again."""
        if crash:
            with (
                patch.object(events, "add", side_effect=CrashError),
                contextlib.suppress(CrashError, CoolheadError),
            ):
                await work(self.processes[process])
        try:
            first = await work(self.processes[process])
        except CoolheadError as error:
            return error
        again = await work(self.processes[1 - process])  # the answer was lost, so it is sent once more
        assert again == first
        return first

    @rule(deeds=st.lists(DEEDS, min_size=1, max_size=2), when=WORDS, late=st.booleans(), crash=st.booleans())
    def the_agent_promises(self, deeds: list[str], when: str, late: bool, crash: bool) -> None:
        self.turns += 1
        words = " ".join(f"I promise to {deed}{' ' + when if when else ''}." for deed in deeds)
        self._said(Speaker.AGENT, words, late, crash)

    @rule(waives=st.booleans(), late=st.booleans(), crash=st.booleans())
    def the_customer_speaks(self, waives: bool, late: bool, crash: bool) -> None:
        self.turns += 1
        self._said(Speaker.CUSTOMER, "never mind" if waives else "well", late, crash)

    def _said(self, speaker: Speaker, words: str, late: bool, crash: bool) -> None:
        start = 10.0 * self.turns - (15.0 if late else 0.0)
        said = Said(id=f"t{self.turns}", speaker=speaker, text=words, start=max(0.0, start))

        async def work(services: Services) -> object:
            await services.live.add_turns(PEOPLE[0], self.conversation, [said])

        outcome = self.run(self._settle(self.turns % 2, work, crash=crash))
        assert outcome is None

    @precondition(lambda self: self.known)
    @rule(
        number=PICKS,
        move=st.sampled_from(sorted(BY_HAND)),
        reason=REASONS,
        crash=st.booleans(),
        old=st.booleans(),
    )
    def somebody_moves(self, number: int, move: Move, reason: str, crash: bool, old: bool) -> None:
        before = self.pick(number)
        version = before.version - 1 if old else before.version

        async def work(services: Services) -> Entry:
            return await services.promises.move(PEOPLE[0], before.id, version, move, reason)

        outcome = self.run(self._settle(0, work, crash=crash))
        legal = before.state in LEGAL[move] and (reason or move not in WITH_REASON)
        if isinstance(outcome, Entry) and not old:
            assert legal
            assert outcome.state is LEGAL[move][before.state]
        elif not old:
            assert not legal
        if isinstance(outcome, CoolheadError):
            assert self.pick(number) == before

    @precondition(lambda self: self.known)
    @rule(number=PICKS, what=DEEDS, when=WORDS, crash=st.booleans())
    def somebody_edits(self, number: int, what: str, when: str, crash: bool) -> None:
        before = self.pick(number)
        wanted = Wanted(what=what, who=Promiser.AGENT, when=when)

        async def work(services: Services) -> Entry:
            return await services.promises.edit(PEOPLE[1], before.id, before.version, wanted)

        outcome = self.run(self._settle(1, work, crash=crash))
        assert isinstance(outcome, Entry) == before.is_live

    @rule(what=DEEDS, when=WORDS, crash=st.booleans())
    def somebody_adds(self, what: str, when: str, crash: bool) -> None:
        promise_id = uuid4().hex
        wanted = Wanted(what=what, who=Promiser.AGENT, when=when)

        async def work(services: Services) -> Entry:
            return await services.promises.add(PEOPLE[0], self.conversation, wanted, promise_id)

        assert isinstance(self.run(self._settle(0, work, crash=crash)), Entry)

    @precondition(lambda self: self.known)
    @rule(one=PICKS, two=PICKS, crash=st.booleans())
    def somebody_merges(self, one: int, two: int, crash: bool) -> None:
        entry, other = self.pick(one), self.pick(two)

        async def work(services: Services) -> Entry:
            ledger = services.promises
            return await ledger.merge(PEOPLE[0], entry.id, entry.version, other.id, other.version)

        outcome = self.run(self._settle(0, work, crash=crash))
        if isinstance(outcome, Entry):
            assert {entry.is_live, other.is_live} == {True}

    @precondition(lambda self: self.known)
    @rule(number=PICKS, crash=st.booleans())
    def somebody_takes_back(self, number: int, crash: bool) -> None:
        before = self.pick(number)

        async def work(services: Services) -> Entry:
            return await services.promises.undo(PEOPLE[1], before.id, before.version)

        last = self.run(self._moves(before.id))[-1]
        outcome = self.run(self._settle(0, work, crash=crash))
        if isinstance(outcome, Entry):
            assert outcome.state is last.before
            assert outcome.terms == (last.was or before.terms)

    @precondition(lambda self: self.known)
    @rule(number=PICKS, one=st.sampled_from(sorted(BY_HAND)), what=DEEDS)
    def two_people_at_once(self, number: int, one: Move, what: str) -> None:
        """One moves, one edits, in two processes, on the same version, while a turn comes in."""
        before = self.pick(number)
        self.turns += 1
        said = Said(id=f"t{self.turns}", speaker=Speaker.CUSTOMER, text="never mind", start=0.0)

        async def both() -> list[object]:
            mine, theirs = (services.promises for services in self.processes)
            wanted = Wanted(what=f"{what} {self.turns} times", who=Promiser.COMPANY)
            return await asyncio.gather(
                mine.move(PEOPLE[0], before.id, before.version, one, "It came in."),
                theirs.edit(PEOPLE[1], before.id, before.version, wanted),
                self.processes[0].live.add_turns(PEOPLE[0], self.conversation, [said]),
                return_exceptions=True,
            )

        moved, edited, heard = self.run(both())
        assert isinstance(heard, list)
        assert {type(each) for each in (moved, edited)} <= {Entry, ConflictError}
        won = [each for each in (moved, edited) if isinstance(each, Entry)]
        assert len(won) <= 1
        if won:
            assert won[0].version == before.version + 1

    @invariant()
    def nothing_is_lost_and_nothing_illegal_was_done(self) -> None:
        if not self.processes:
            return
        entries = {entry.id: entry for entry in self.run(self._entries())}
        assert set(self.known) <= set(entries)
        changes = 0
        for entry in entries.values():
            moves = self.run(self._moves(entry.id))
            changes += len(moves)
            _check_history(entry, moves)
            before = self.known.get(entry.id)
            if before and before.by_hand:
                assert entry == before or moves[-1].by
        places = [(entry.turn_id, entry.start) for entry in entries.values() if entry.turn_id]
        assert len(places) == len(set(places))
        assert self.run(self._told()) == changes
        self.known = entries

    async def _told(self) -> int:
        async with self.processes[0].database.read() as connection:
            span = Span(conversation_id=self.conversation)
            happened = await events.list_after(connection, 0, span=span, limit=100_000)
        return sum(event.kind is EventKind.PROMISE_MOVED for event in happened)


def _check_history(entry: Entry, moves: list[Moved]) -> None:
    """Versions without a gap, each change from where the last one led, by a legal move."""
    assert [moved.version for moved in moves] == list(range(1, entry.version + 1))
    assert moves[0].before is None
    assert moves[0].move in (Move.PROPOSE, Move.ADD)
    assert moves[-1].after is entry.state
    for last, moved in pairwise(moves):
        assert moved.before is last.after
        if moved.move is Move.UNDO:
            assert moved.after is last.before
        elif moved.move is Move.MERGE:
            assert moved.after in (moved.before, State.DROPPED)
        else:
            assert LEGAL[moved.move][moved.before] is moved.after


def test_the_ledger_holds_whatever_happens(database_url: str) -> None:
    asyncio.run(_prepare(database_url))
    machine = type("LedgerHere", (Ledger,), {"url": database_url})
    limits = settings(
        max_examples=12 if database_url.startswith("sqlite") else 4,
        stateful_step_count=15,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(machine, settings=limits)


async def _prepare(database_url: str) -> None:
    database = Database.open(database_url)
    await empty(database)
    async with database.write() as connection:
        for person in PEOPLE:
            account = Account(
                id=person.id,
                email=f"{person.name}@example.com",
                name=person.name,
                is_admin=True,
                password_hash="x",
                active=True,
                created_at=STARTED,
            )
            await accounts.add(connection, account, {})
    await database.close()


def test_every_state_can_be_reached_and_left_as_the_page_says() -> None:
    page = (Path(__file__).parents[2] / "docs/reference/promise-ledger.md").read_text(encoding="utf-8")
    for move, ways in LEGAL.items():
        row = next(line for line in page.splitlines() if line.startswith(f"| `{move.value}` |"))
        assert all(f"`{state.value}`" in row for state in {*ways, *ways.values()} - {State.DROPPED}), row
    assert all(f"| `{state.value}` |" in page for state in State)
