from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from coolhead.casework.promises import Standing, State
from coolhead.errors import FileError, NotFoundError
from coolhead.services.access import Viewer
from coolhead.services.demo import playing as demo_module
from coolhead.services.demo.playing import CLIENTS, PASSWORD, PEOPLE, Demo, email_of, load_scripts
from coolhead.services.demo.practised import practised_in
from coolhead.services.demo.workspace import Workspace
from coolhead.services.documents.documents import KINDS
from coolhead.storage.accounts import Role
from coolhead.storage.conversations import Status
from coolhead.storage.events import EventKind
from coolhead.wiring import Services, local_now

SCRIPT = """
title: A lost parcel
difficulty: impatience
about: It is late.
client: northline
channel: chat
customer: Jo
agent: mara
plays_itself: true
begins_with: 1
turns:
  - {speaker: customer, text: "heat 3, where is it?", start: 0, end: 2}
  - {speaker: agent, text: "On its way.", start: 3, end: 4}
  - {speaker: customer, text: "heat 0, thank you", start: 5, end: 6}
"""


@pytest.fixture
async def demo(services: Services, tmp_path: Path) -> Demo:
    folder = tmp_path / "demo"
    folder.mkdir()
    (folder / "parcel.yaml").write_text(SCRIPT)
    demo = Demo(services.live, services.accounts, load_scripts(folder).values(), pace=1000.0)
    await furnished(services, folder)
    await demo.prepare()
    return demo


async def furnished(services: Services, folder: Path | None = None) -> None:
    workspace = Workspace(
        services.database,
        services.accounts,
        services.documents,
        services.guides,
        services.feed,
        services.threads,
        local_now,
        folder,
    )
    await workspace.furnish()


async def test_the_workspace_opens_with_people_and_conversations_begun(
    services: Services, demo: Demo
) -> None:
    token = await services.accounts.sign_in(
        email=email_of("mara"), password=PASSWORD, address="::1", browser=""
    )
    mara = (await services.accounts.signed_in(token)).viewer
    (mine,) = (await services.live.list_by_heat(mara, mine=True)).conversations
    assert (mine.customer, mine.turns, mine.agent_id) == ("Jo", 1, mara.id)
    await demo.prepare()
    assert (await services.live.list_by_heat(mara)).total == 1


async def test_stepping_says_one_turn_at_a_time_and_ends(services: Services, demo: Demo) -> None:
    (progress,) = await demo.current()
    conversation = progress.conversation.id
    said = [await demo.step(conversation) for _ in range(4)]
    assert [moment and moment.turn.text for moment in said] == [
        "On its way.",
        "heat 0, thank you",
        None,
        None,
    ]
    ended = (await services.live.read_stand(demo.viewer, conversation)).summary
    assert (ended.status, ended.turns) == (Status.ENDED, 3)
    assert await demo.current() == []


async def test_playing_says_the_rest(services: Services, demo: Demo) -> None:
    conversation = (await demo.start("parcel")).id
    task = demo.play_in_background(conversation)
    assert demo.is_playing(conversation)
    await task
    assert not demo.is_playing(conversation)
    assert (await services.live.read_stand(demo.viewer, conversation)).summary.status is Status.ENDED


async def test_pausing_stops_and_playing_goes_on(demo: Demo) -> None:
    conversation = (await demo.start("parcel")).id
    task = demo.play_in_background(conversation)
    demo.pause(conversation)
    await asyncio.wait({task})
    assert task.cancelled()
    assert not demo.is_playing(conversation)
    await demo.play(conversation)
    assert (await demo.progress(conversation)).done == 3


async def test_there_is_no_such_script(demo: Demo) -> None:
    with pytest.raises(NotFoundError):
        await demo.start("nope")


def test_a_script_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("title: [")
    with pytest.raises(FileError, match=r"bad\.yaml"):
        load_scripts(tmp_path)
    (tmp_path / "bad.yaml").write_text("title: A\nturns: []\n")
    with pytest.raises(FileError, match=r"bad\.yaml"):
        load_scripts(tmp_path)


def test_the_demo_that_comes_with_the_product_can_be_read() -> None:
    scripts = load_scripts()
    assert len(scripts) == 6
    assert sum(script.plays_itself for script in scripts.values()) == 2
    assert all(script.begins_with < len(script.turns) for script in scripts.values())


async def test_scripts_that_play_themselves_begin_anew_until_somebody_pauses(
    services: Services, demo: Demo, monkeypatch
) -> None:
    monkeypatch.setattr(demo_module, "REST_S", 0.1)
    happening = services.live.follow_client(demo.viewer)
    await anext(happening)
    playing = asyncio.create_task(demo.play_themselves())
    ended = 0
    async with asyncio.timeout(30):
        async for event in happening:
            ended += event.kind is EventKind.ENDED
            if ended >= 2:
                break
        while not playing.done():
            for progress in await demo.current():
                demo.pause(progress.conversation.id)
            await asyncio.wait({playing}, timeout=0.01)
    assert [progress.script.id for progress in await demo.current()] == ["parcel"]


async def test_a_newcomer_finds_something_behind_every_door(services: Services) -> None:
    await furnished(services)
    ada = Viewer(id="ada", name="Ada", is_admin=True)
    sam = await signed_in(services, "sam")
    assert {person.role for person in PEOPLE} == set(Role)
    for client_id in CLIENTS:
        shelf = await services.editing.shelf(ada, client_id)
        assert {each.kind.name for each in shelf if each.latest} == set(KINDS) - {"playbook"}
        client = await services.accounts.find_client(client_id)
        assert (client.reply_to, client.hours.time_zone) != ("", "UTC")
    page = await services.live.list_latest(ada)
    wholes = [await services.live.read(ada, each.id) for each in page.conversations]
    ended = [each for each in wholes if each.summary.status is Status.ENDED]
    assert len(wholes) > len(ended) >= 6
    assert all(each.edited_note and each.disposition for each in ended)
    ledger = [(entry, each.hours) for each in ended for entry in each.ledger]
    assert {entry.state for entry, _ in ledger} >= {State.OPEN, State.KEPT, State.BROKEN}
    now = local_now()
    standings = {entry.standing(now, hours) for entry, hours in ledger if entry.state is State.OPEN}
    assert standings >= {Standing.OVERDUE, Standing.NEAR}
    (call,) = await services.escalations.list_open(sam)
    assert call.summary.status is Status.LIVE


async def test_opening_the_workspace_again_adds_nothing(services: Services) -> None:
    async def found() -> list[object]:
        ada = Viewer(id="ada", name="Ada", is_admin=True)
        page = await services.live.list_latest(ada)
        wholes = [await services.live.read(ada, each.id) for each in page.conversations]
        shelves = [await services.editing.shelf(ada, client_id) for client_id in CLIENTS]
        return [wholes, shelves, await services.accounts.list_users(ada)]

    await furnished(services)
    before = await found()
    await furnished(services)
    assert await found() == before


async def test_people_find_their_own_clients_only(services: Services) -> None:
    await furnished(services)
    for person in PEOPLE:
        page = await services.live.list_latest(await signed_in(services, person.key))
        assert {each.client_id for each in page.conversations} == set(person.clients)


async def signed_in(services: Services, person: str) -> Viewer:
    token = await services.accounts.sign_in(
        email=email_of(person), password=PASSWORD, address="::1", browser=""
    )
    return (await services.accounts.signed_in(token)).viewer


async def test_somebody_of_the_demo_has_practised_once(services: Services) -> None:
    await furnished(services)
    mara = await signed_in(services, "mara")
    runs = (await services.practising.list_mine(mara)).runs
    assert len(runs) == 4
    assert [each.again_of for each in runs if each.again_of] == [runs[1].id]
    assert all(each.ended_at and each.score is not None for each in runs)
    told = await services.looking_back.debrief(mara, runs[1].id)
    assert told.reflection
    assert told.session.run.rounds[1:]
    home = await services.learning.home(mara, "northline")
    assert [each.assignment.assigned_by for each in home.assigned] == ["Lena", "Lena"]
    assert len([each for each in home.drills if each.last]) == 2
    assert (await services.progressing.mine(mara, "northline")).runs == 4
    await furnished(services)
    assert (await services.practising.list_mine(mara)).total == 4
    assert len((await services.learning.home(mara, "northline")).assigned) == 2


def test_practice_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "agents.yaml").write_text("runs: [{agent: mara}]")
    with pytest.raises(FileError, match="cannot be read"):
        practised_in(tmp_path / "agents.yaml")
    assert practised_in(tmp_path / "none.yaml").runs == ()
