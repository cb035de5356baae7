from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from coolhead.casework.hours import Hours
from coolhead.errors import ConflictError, CoolheadError, ForbiddenError, InputError, NotFoundError
from coolhead.services.access import Viewer
from coolhead.services.conversations.live import Live, Opening
from coolhead.services.keeping.retention import Retention
from coolhead.services.training.practising import Beginning
from coolhead.storage import clients
from coolhead.storage import conversations as kept
from coolhead.storage import retention as storage
from coolhead.storage.accounts import Role
from coolhead.storage.retention import HoldScope
from coolhead.storage.tables import (
    conversations,
    drill_runs,
    events,
    learning_counts,
    metadata,
    note_versions,
    practice_reflections,
    practice_runs,
    promises,
    search_entries,
    turns,
)
from coolhead.wiring import Services
from tests.services.people import person, talk

SECRET = "saxophone"
DAY = timedelta(days=1)


class World:
    """A retention service whose clock is moved by hand, over the usual services."""

    def __init__(self, services: Services, admin: Viewer) -> None:
        self.services = services
        self.admin = admin
        self.now = datetime.now(UTC).replace(hour=12)
        self.retention = Retention(services.database, lambda: self.now)

    @property
    def live(self) -> Live:
        return self.services.live

    async def conversation(self, days_ago: int, client_id: str = "main", **opening: object) -> str:
        """One that was last active so many days ago, with a note, in which the secret word is everywhere."""
        summary, _ = await self.live.open(
            self.admin,
            Opening(client_id=client_id, customer="Zoë", **opening),  # type: ignore[arg-type]  # given as they are
        )
        said = [replace(each, text=f"heat 3 {SECRET} {each.text}") for each in talk(4)]
        await self.live.add_turns(self.admin, summary.id, said)
        await self.services.wrap_up.edit_note(self.admin, summary.id, f"They spoke of a {SECRET}.", base=0)
        await self.live.end(self.admin, summary.id)
        async with self.services.database.write() as connection:
            await connection.execute(
                update(conversations)
                .where(conversations.c.id == summary.id)
                .values(active_at=self.now - days_ago * DAY)
            )
        return summary.id

    async def keep(
        self,
        transcripts: int | None,
        notes: int | None,
        client_id: str = "main",
        practice: int | None = None,
    ) -> None:
        await self.retention.change(
            self.admin,
            client_id,
            transcript_days=transcripts,
            audio_days=None,
            note_days=notes,
            practice_days=practice,
        )

    async def words_left(self, conversation_id: str) -> set[str]:
        """The tables in which the secret word still stands for this conversation."""
        found = set()
        async with self.services.database.read() as connection:
            for table in metadata.sorted_tables:
                owner = "id" if table is conversations else "conversation_id"
                if owner in table.c:
                    rows = await connection.execute(select(table).where(table.c[owner] == conversation_id))
                    if any(SECRET in str(tuple(row)) for row in rows):
                        found.add(table.name)
        return found


@pytest.fixture
async def world(both_services: Services) -> World:
    return World(both_services, await person(both_services, "Ada", Role.ADMIN))


async def test_what_is_over_its_time_goes_and_the_rest_stays(world: World) -> None:
    old, young = await world.conversation(31), await world.conversation(29)
    await world.keep(transcripts=30, notes=None)
    assert turns.name in await world.words_left(old)
    await world.retention.purge_due(world.now)
    assert await world.words_left(old) == {note_versions.name, search_entries.name}
    assert {turns.name, events.name, conversations.name} <= await world.words_left(young)
    whole = await world.live.read(world.admin, old)
    assert (whole.moments, whole.summary.last_words, whole.summary.customer) == ([], "", "Zoë")
    assert whole.summary.curve
    assert await world.retention.words_gone_at(world.admin, whole.summary) is not None
    kept_one = (await world.live.read(world.admin, young)).summary
    assert await world.retention.words_gone_at(world.admin, kept_one) is None
    (report,) = (await world.retention.read(world.admin, "main")).purges
    assert (report.transcripts, report.turns, report.notes, report.held) == (1, 4, 0, 0)
    assert report.finished_at == world.now


async def test_notes_go_in_their_own_time(world: World) -> None:
    old = await world.conversation(31)
    await world.keep(transcripts=None, notes=30)
    await world.retention.purge_due(world.now)
    left = await world.words_left(old)
    assert note_versions.name not in left
    assert turns.name in left
    world.now += DAY
    await world.keep(transcripts=30, notes=30)
    await world.retention.purge_due(world.now)
    assert await world.words_left(old) == set()


async def test_open_promises_outlive_the_notes(world: World) -> None:
    old = await world.conversation(31)
    entry = {"said_at": world.now, "what": "call", "who": "agent", "owner": "", "by_hand": True, "version": 1}
    async with world.services.database.write() as connection:
        for number, state in enumerate(("open", "kept", "proposed")):
            given = {"id": f"{number:032x}", "client_id": "main", "conversation_id": old, "state": state}
            await connection.execute(promises.insert().values(**entry, **given, moved_at=world.now))
    await world.keep(transcripts=None, notes=30)
    await world.retention.purge_due(world.now)
    async with world.services.database.read() as connection:
        left = list((await connection.execute(select(promises.c.state))).scalars())
    assert left == ["open"]
    assert (await world.retention.read(world.admin, "main")).purges[0].promises == 2


@pytest.mark.parametrize("scope", list(HoldScope))
async def test_what_is_held_stays_until_the_hold_is_lifted(world: World, scope: HoldScope) -> None:
    old = await world.conversation(31, customer_key="zoe@example.com")
    other = await world.conversation(31)
    subject = {"conversation": old, "customer": "zoe@example.com", "client": ""}[scope.value]
    hold = await world.retention.hold(world.admin, "main", scope, subject, "Case 12 at the court")
    await world.keep(transcripts=30, notes=30)
    await world.retention.purge_due(world.now)
    assert turns.name in await world.words_left(old)
    assert (await world.words_left(other) == set()) is (scope is not HoldScope.CLIENT)
    (report,) = (await world.retention.read(world.admin, "main")).purges
    assert report.held == (2 if scope is HoldScope.CLIENT else 1)
    await world.retention.lift(world.admin, hold.id)
    with pytest.raises(ConflictError):
        await world.retention.lift(world.admin, hold.id)
    world.now += DAY
    await world.retention.purge_due(world.now)
    assert await world.words_left(old) == set()


async def test_a_hold_of_one_client_holds_nothing_of_another(world: World) -> None:
    await world.services.clients.add(world.admin, "other", "Other")
    there = await world.conversation(31, client_id="other", customer_key="zoe@example.com")
    await world.retention.hold(world.admin, "main", HoldScope.CUSTOMER, "zoe@example.com", "Case 12")
    await world.keep(transcripts=30, notes=30, client_id="other")
    await world.retention.purge_due(world.now)
    assert await world.words_left(there) == set()
    with pytest.raises(NotFoundError):
        await world.retention.hold(world.admin, "main", HoldScope.CONVERSATION, there, "Case 13")


async def test_it_goes_once_a_night_in_the_clients_own_time(world: World) -> None:
    hours = Hours(time_zone="Asia/Tokyo")
    async with world.services.database.write() as connection:
        client = await clients.find(connection, "main")
        assert client is not None
        await clients.change_settings(connection, "main", hours, client.tone, "")
    await world.keep(transcripts=30, notes=None)
    evening = world.now.replace(hour=16, minute=30)  # half past one at night in Tokyo
    for moment in (evening, evening + timedelta(hours=1), evening + timedelta(hours=2)):
        await world.retention.purge_due(moment)
    reports = (await world.retention.read(world.admin, "main")).purges
    assert [report.day for report in reports] == [(evening + timedelta(hours=9)).date()]
    assert [report.begun_at for report in reports] == [evening + timedelta(hours=1)]


async def test_two_processes_purge_once_and_one_that_died_is_made_up_for(world: World) -> None:
    await world.keep(transcripts=30, notes=None)
    for _ in range(3):
        await world.conversation(31)
    await asyncio.gather(*(world.retention.purge_due(world.now) for _ in range(3)))
    (report,) = (await world.retention.read(world.admin, "main")).purges
    assert report.transcripts == 3
    async with world.services.database.write() as connection:
        await storage.change_purge(connection, replace(report, finished_at=None))
    late = await world.conversation(31)
    await world.retention.purge_due(world.now)
    assert turns.name in await world.words_left(late)
    await world.retention.purge_due(report.claimed_until + timedelta(seconds=1))
    assert turns.name not in await world.words_left(late)
    (report,) = (await world.retention.read(world.admin, "main")).purges
    assert (report.transcripts, report.finished_at is not None) == (4, True)


async def test_a_purged_conversation_takes_no_more_turns(world: World) -> None:
    summary, _ = await world.live.open(world.admin, Opening(client_id="main"))
    await world.live.add_turns(world.admin, summary.id, talk(1))
    await world.keep(transcripts=1, notes=None)
    world.now += 2 * DAY
    await world.retention.purge_due(world.now)
    async with world.services.database.read() as connection:
        found = await kept.find(connection, summary.id)
    assert found is not None
    assert found.ended_at == found.active_at
    with pytest.raises(ConflictError):
        await world.live.add_turns(world.admin, summary.id, talk(2))


async def test_what_makes_no_sense_is_refused(world: World) -> None:
    for wrong in (
        world.keep(transcripts=0, notes=None),
        world.keep(transcripts=None, notes=99_999),
        world.keep(transcripts=1, notes=1, client_id="nobody"),
        world.retention.hold(world.admin, "main", HoldScope.CLIENT, "", " "),
        world.retention.hold(world.admin, "main", HoldScope.CUSTOMER, "", "Case 12"),
        world.retention.hold(world.admin, "nobody", HoldScope.CLIENT, "", "Case 12"),
        world.retention.lift(world.admin, "0" * 32),
    ):
        with pytest.raises((InputError, NotFoundError)):
            await wrong


async def test_only_admins_keep_data(world: World) -> None:
    here = await person(world.services, "Su", Role.SUPERVISOR, "main")
    await world.services.clients.add(world.admin, "other", "Other")
    elsewhere = await person(world.services, "Di", Role.SUPERVISOR, "other")
    hold = await world.retention.hold(world.admin, "main", HoldScope.CLIENT, "", "Case 12")
    refusals: list[tuple[Viewer, type[CoolheadError]]] = [(here, ForbiddenError), (elsewhere, NotFoundError)]
    for viewer, refused in refusals:
        for use in (
            world.retention.read(viewer, "main"),
            world.retention.change(
                viewer, "main", transcript_days=1, audio_days=1, note_days=1, practice_days=1
            ),
            world.retention.hold(viewer, "main", HoldScope.CLIENT, "", "Case 13"),
            world.retention.lift(viewer, hold.id),
        ):
            with pytest.raises(refused):
                await use


async def practised(world: World) -> tuple[Viewer, str, str]:
    """Somebody who said the secret word in a practice run, in a drill, and wrote it after the run."""
    services = world.services
    mara = await person(services, "Mara", Role.AGENT, "main")
    begun = await services.practising.begin(mara, "main", Beginning(scenario_id="grey-sofa", seed=3))
    await services.practising.say(mara, begun.kept.id, 1, f"Is it about the {SECRET}?")
    await services.practising.stop(mara, begun.kept.id)
    await services.looking_back.reflect(mara, begun.kept.id, f"The {SECRET}", "")
    sitting = await services.drilling.begin(mara, "main", "thank-for-it", timed=False)
    await services.drilling.answer(mara, sitting.run.id, 1, f"Thank you for the {SECRET}.")
    return mara, begun.kept.id, sitting.run.id


async def said_in_practice(world: World) -> set[str]:
    """The tables of practice in which the secret word stands."""
    found = set()
    async with world.services.database.read() as connection:
        for table in (practice_runs, practice_reflections, drill_runs):
            if any(SECRET in str(tuple(row)) for row in await connection.execute(select(table))):
                found.add(table.name)
    return found


async def test_what_was_said_in_practice_goes_in_its_own_time_and_its_numbers_stay(world: World) -> None:
    mara, run_id, drill_id = await practised(world)
    await world.services.progressing.count_ended()
    everywhere = {practice_runs.name, practice_reflections.name, drill_runs.name}
    await world.keep(None, None, practice=30)
    world.now += 29 * DAY
    await world.retention.purge_due(world.now)
    assert await said_in_practice(world) == everywhere
    world.now += 2 * DAY
    hold = await world.retention.hold(world.admin, "main", HoldScope.CLIENT, "", "A case")
    await world.retention.purge_due(world.now)
    assert await said_in_practice(world) == everywhere
    await world.retention.lift(world.admin, hold.id)
    world.now += DAY
    await world.retention.purge_due(world.now)
    assert await said_in_practice(world) == set()
    report, *_ = (await world.retention.read(world.admin, "main")).purges
    assert (report.practice, report.transcripts) == (2, 0)
    (kept_run,) = (await world.services.practising.list_mine(mara)).runs
    assert (kept_run.id, kept_run.score is not None) == (run_id, True)
    with pytest.raises(ConflictError, match="its time was over"):
        await world.services.practising.read(mara, run_id)
    drill = await world.services.drilling.read(mara, drill_id)
    assert [each.text for each in drill.run.answers] == [""]
    async with world.services.database.read() as connection:
        counted = (await connection.execute(select(learning_counts.c.run_id))).scalars().all()
    assert run_id in counted
    world.now += DAY
    await world.retention.purge_due(world.now)
    latest, *_ = (await world.retention.read(world.admin, "main")).purges
    assert latest.practice == 0
