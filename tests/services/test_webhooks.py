from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete

from coolhead.errors import ConflictError, CoolheadError, ForbiddenError, InputError, NotFoundError
from coolhead.picture.state import Picture
from coolhead.services.access import Viewer
from coolhead.services.sending import signing
from coolhead.services.sending.dispatch import FAILING_DAYS, MESSAGE_LIFE, Answer, Dispatch, NoAnswerError
from coolhead.services.sending.outbox import DELAYS_S, Outbox
from coolhead.services.sending.webhooks import OLD_SECRET_LIFE, Webhooks
from coolhead.storage import accounts, clients, conversations, events
from coolhead.storage import outbox as items
from coolhead.storage.accounts import Role
from coolhead.storage.clients import Client
from coolhead.storage.database import Database
from coolhead.storage.events import EventKind, NewEvent
from coolhead.storage.outbox import Parcel
from coolhead.storage.tables import conversations as conversations_table
from coolhead.storage.webhooks import Webhook
from tests.services.people import program
from tests.storage.test_repositories import summary

ADMIN = Viewer(id="0" * 32, name="Ada", is_admin=True)
URL = "https://example.com/hook"


@dataclass(frozen=True)
class Posted:
    url: str
    headers: dict[str, str]
    body: bytes

    @property
    def payload(self) -> dict[str, object]:
        found: dict[str, object] = json.loads(self.body)
        return found


@dataclass
class Receiver:
    """Takes what is posted; answers by `answers` in turn, then 200."""

    answers: list[Answer | NoAnswerError] = field(default_factory=list)
    posted: list[Posted] = field(default_factory=list)

    async def post(self, url: str, headers: dict[str, str], body: bytes) -> Answer:
        self.posted.append(Posted(url, headers, body))
        answer = self.answers.pop(0) if self.answers else Answer(status=200)
        if isinstance(answer, NoAnswerError):
            raise answer
        return answer


class World:
    """Two clients with a conversation each, webhooks, and a clock that is moved by hand."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.now = datetime(2026, 3, 18, 14, 20, tzinfo=UTC)
        self.receiver = Receiver()
        self.dispatch = Dispatch(database, self.receiver, lambda: self.now, mail_is_on=True)
        self.webhooks = Webhooks(database, self.dispatch, lambda: self.now)
        chance = random.Random(7)  # noqa: S311 (guards nothing)
        self.letters: list[str] = []

        async def write(item: items.Item) -> None:
            self.letters.append(json.loads(item.data)["to"])

        senders = {Parcel.WEBHOOK: self.dispatch.send, Parcel.MAIL: write}
        self.outbox = Outbox(database, senders, lambda: self.now, chance)

    async def prepare(self) -> None:
        async with self.database.write() as connection:
            for number, client_id in enumerate(("main", "other")):
                await clients.add(connection, Client(id=client_id, name=client_id, created_at=self.now))
                opened = summary(number, client_id=client_id)
                await conversations.add(connection, opened, Picture())

    async def happen(self, *kinds: EventKind, client_id: str = "main") -> None:
        conversation = {"main": f"{0:032x}", "other": f"{1:032x}"}[client_id]
        async with self.database.write() as connection:
            new = [NewEvent(kind=kind, data=json.dumps({"said": "Zoë 🙂"})) for kind in kinds]
            await events.add(connection, conversation, client_id, new, self.now)

    async def work(self) -> None:
        """Takes up events and sends everything that is due now."""
        await self.dispatch.take_up(self.now)
        while await self.outbox.begin_due():
            await self.outbox.finish()

    async def add(self, *kinds: EventKind, client_id: str = "main") -> Webhook:
        return await self.webhooks.add(ADMIN, client_id, "CRM", URL, kinds or (EventKind.ENDED,))

    async def find(self, webhook: Webhook) -> Webhook:
        return (await self.webhooks.read_log(ADMIN, webhook.id)).webhook

    @property
    def kinds(self) -> list[object]:
        return [posted.payload["type"] for posted in self.receiver.posted]


@pytest.fixture
async def world(database: Database) -> World:
    world = World(database)
    await world.prepare()
    return world


async def test_what_is_committed_is_told_to_those_who_asked_and_only_from_then_on(world: World) -> None:
    await world.happen(EventKind.ENDED)
    webhook = await world.add(EventKind.ENDED, EventKind.NOTE_EDITED)
    await world.add(client_id="other")
    await world.happen(EventKind.NOTE_EDITED, EventKind.OPENED, EventKind.ENDED)
    await world.work()
    await world.work()
    assert sorted(world.kinds) == ["ended", "note_edited"]
    posted = next(each for each in world.receiver.posted if each.payload["type"] == "ended")
    assert posted.payload == {
        "type": "ended",
        "timestamp": "2026-03-18T14:20:00.000Z",
        "event_id": posted.payload["event_id"],
        "client_id": "main",
        "conversation_id": f"{0:032x}",
        "turn_id": None,
        "data": {"said": "Zoë 🙂"},
    }
    assert posted.url == URL
    assert posted.headers["content-type"] == "application/json"
    assert signing.is_standard(webhook.secret, posted.headers, posted.body, world.now)


async def test_many_events_are_taken_up_in_pages(world: World) -> None:
    await world.add()
    await world.happen(*[EventKind.OPENED] * 600, *[EventKind.ENDED] * 20)
    await world.work()
    assert len({posted.headers["webhook-id"] for posted in world.receiver.posted}) == 20


async def test_a_refused_message_comes_again_the_same_until_it_is_taken(world: World) -> None:
    webhook = await world.add()
    world.receiver.answers = [Answer(status=500), Answer(status=302), NoAnswerError("No answer in time.")]
    await world.happen(EventKind.ENDED)
    for delay in (0, *DELAYS_S[:3]):
        world.now += timedelta(seconds=delay * 1.2)
        await world.work()
    first, *others = world.receiver.posted
    assert len(others) == 3
    assert {(each.body, each.headers["webhook-id"]) for each in others} == {
        (first.body, first.headers["webhook-id"])
    }
    (logged,) = (await world.webhooks.read_log(ADMIN, webhook.id)).logged
    assert [(each.status, each.error) for each in logged.attempts] == [
        (500, ""),
        (302, ""),
        (None, "No answer in time."),
        (200, ""),
    ]
    assert logged.message.delivered_at == world.now
    assert json.loads(logged.body) == first.payload
    assert (await world.find(webhook)).failing_since is None


@pytest.mark.parametrize("asks", ["900", "Wed, 18 Mar 2026 14:35:00 GMT"])
async def test_a_busy_receiver_is_left_alone_as_long_as_it_asks(world: World, asks: str) -> None:
    await world.add()
    world.receiver.answers = [Answer(status=429, retry_after=asks)]
    await world.happen(EventKind.ENDED)
    await world.work()
    world.now += timedelta(seconds=899)
    await world.work()
    assert len(world.receiver.posted) == 1
    world.now += timedelta(seconds=200)
    await world.work()
    assert len(world.receiver.posted) == 2


@pytest.mark.parametrize(
    "asks",
    ["", "soon", "-1", "Mon, 01 Jan 2001 00:00:00 GMT", f"Mon, 01 Jan 2030 00:00:00 +{'9' * 20}"],
)
def test_what_cannot_be_read_asks_for_nothing(asks: str) -> None:
    assert Answer(status=503, retry_after=asks).asked_s(datetime(2026, 3, 18, tzinfo=UTC)) == 0


async def test_after_days_of_failure_it_is_switched_off_and_admins_are_told(world: World) -> None:
    async with world.database.write() as connection:
        await accounts.add(connection, admin_account(world.now), {})
    webhook = await world.add()
    world.receiver.answers = [Answer(status=500)] * 1000
    for _ in range(FAILING_DAYS * 2 + 1):
        await world.happen(EventKind.ENDED)
        await world.work()
        world.now += timedelta(hours=12)
    off = await world.find(webhook)
    assert off.disabled_at is not None
    assert "3 days" in off.disabled_because
    tried = len(world.receiver.posted)
    await world.happen(EventKind.ENDED)
    world.now += timedelta(days=2)
    await world.work()
    assert len(world.receiver.posted) == tried
    page = await world.webhooks.read_log(ADMIN, webhook.id)
    assert not [each for each in page.logged if each.message.pending]
    assert world.letters == ["ada@example.com"]
    with pytest.raises(ConflictError):
        await world.webhooks.replay(ADMIN, page.logged[0].message.id)
    await world.webhooks.switch(ADMIN, webhook.id, on=True)
    world.receiver.answers = []
    await world.work()
    assert len(world.receiver.posted) == tried
    began = datetime(2026, 3, 18, tzinfo=UTC)
    told = await world.webhooks.replay_between(ADMIN, webhook.id, began, world.now)
    await world.work()
    assert told == FAILING_DAYS * 2 + 2
    assert len(world.receiver.posted) == tried + told
    page = await world.webhooks.read_log(ADMIN, webhook.id)
    assert all(each.message.delivered_at for each in page.logged)


async def test_a_receiver_that_is_gone_is_switched_off_at_once(world: World) -> None:
    webhook = await world.add()
    world.receiver.answers = [Answer(status=410)]
    await world.happen(EventKind.ENDED)
    await world.work()
    assert "410" in (await world.find(webhook)).disabled_because


async def test_a_message_is_sent_again_under_its_own_id(world: World) -> None:
    webhook = await world.add()
    await world.happen(EventKind.ENDED)
    await world.work()
    (logged,) = (await world.webhooks.read_log(ADMIN, webhook.id)).logged
    await world.webhooks.replay(ADMIN, logged.message.id)
    with pytest.raises(ConflictError):
        await world.webhooks.replay(ADMIN, logged.message.id)
    await world.work()
    first, second = world.receiver.posted
    assert (first.body, first.headers["webhook-id"]) == (second.body, second.headers["webhook-id"])


async def test_for_a_day_the_old_secret_signs_as_well(world: World) -> None:
    webhook = await world.add()
    rotated = await world.webhooks.rotate(ADMIN, webhook.id)
    assert rotated.secret != webhook.secret

    async def signed_by(secret: str) -> bool:
        await world.happen(EventKind.ENDED)
        await world.work()
        last = world.receiver.posted[-1]
        return signing.is_standard(secret, last.headers, last.body, world.now)

    assert await signed_by(rotated.secret)
    assert await signed_by(webhook.secret)
    world.now += OLD_SECRET_LIFE
    assert await signed_by(rotated.secret)
    assert not await signed_by(webhook.secret)


async def test_a_test_is_posted_at_once_and_shows_in_the_log(world: World) -> None:
    webhook = await world.add()
    world.receiver.answers = [Answer(status=404)]
    await world.webhooks.send_test(ADMIN, webhook.id)
    await world.webhooks.send_test(ADMIN, webhook.id)
    await world.work()
    assert world.kinds == ["test", "test"]
    page = await world.webhooks.read_log(ADMIN, webhook.id)
    assert sorted(each.attempts[0].status or 0 for each in page.logged) == [200, 404]
    assert (await world.find(webhook)).failing_since is None


async def test_what_was_deleted_meanwhile_is_not_told(world: World) -> None:
    webhook = await world.add()
    world.receiver.answers = [Answer(status=500)]
    await world.happen(EventKind.ENDED)
    await world.work()
    async with world.database.write() as connection:
        await connection.execute(delete(conversations_table).where(conversations_table.c.client_id == "main"))
    world.now += timedelta(days=1)
    await world.work()
    assert len(world.receiver.posted) == 1
    (logged,) = (await world.webhooks.read_log(ADMIN, webhook.id)).logged
    assert (logged.body, logged.message.pending) == ("", False)


async def test_the_log_forgets_after_a_month(world: World) -> None:
    webhook = await world.add()
    await world.happen(EventKind.ENDED)
    await world.work()
    await world.dispatch.forget_old(world.now + MESSAGE_LIFE - timedelta(seconds=1))
    assert (await world.webhooks.read_log(ADMIN, webhook.id)).total == 1
    await world.dispatch.forget_old(world.now + MESSAGE_LIFE + timedelta(seconds=1))
    assert (await world.webhooks.read_log(ADMIN, webhook.id)).total == 0


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.com/x",
        "ftp://example.com/",
        "https://",
        "https://u:p@example.com/",
        "https://e.com/#x",
        "https://[::1",
        "https://e.com:99999/",
    ],
)
async def test_an_address_that_will_not_do_is_refused(world: World, url: str) -> None:
    with pytest.raises(InputError):
        await world.webhooks.add(ADMIN, "main", "CRM", url, [EventKind.ENDED])


async def test_what_makes_no_sense_is_refused(world: World) -> None:
    webhook = await world.add()
    for wrong in (
        world.webhooks.add(ADMIN, "main", " ", URL, [EventKind.ENDED]),
        world.webhooks.add(ADMIN, "main", "CRM", URL, []),
        world.webhooks.add(ADMIN, "nobody", "CRM", URL, [EventKind.ENDED]),
        world.webhooks.replay_between(ADMIN, webhook.id, world.now, world.now),
        world.webhooks.replay(ADMIN, "0" * 32),
    ):
        with pytest.raises(CoolheadError):
            await wrong


OTHERS: dict[str, tuple[Viewer, type[CoolheadError]]] = {
    "agent here": (Viewer(id="1" * 32, name="Mo", roles={"main": Role.AGENT}), ForbiddenError),
    "supervisor here": (Viewer(id="2" * 32, name="Su", roles={"main": Role.SUPERVISOR}), ForbiddenError),
    "program here": (program("main"), ForbiddenError),
    "supervisor elsewhere": (Viewer(id="3" * 32, name="Di", roles={"other": Role.SUPERVISOR}), NotFoundError),
}


@pytest.mark.parametrize("who", OTHERS)
async def test_only_admins_know_and_keep_webhooks(world: World, who: str) -> None:
    viewer, refused = OTHERS[who]
    webhook = await world.add()
    await world.happen(EventKind.ENDED)
    await world.work()
    (logged,) = (await world.webhooks.read_log(ADMIN, webhook.id)).logged
    uses: list[Callable[[], object]] = [
        lambda: world.webhooks.list_of(viewer, "main"),
        lambda: world.webhooks.add(viewer, "main", "CRM", URL, [EventKind.ENDED]),
        lambda: world.webhooks.change(viewer, webhook.id, "CRM", URL, [EventKind.ENDED]),
        lambda: world.webhooks.remove(viewer, webhook.id),
        lambda: world.webhooks.rotate(viewer, webhook.id),
        lambda: world.webhooks.switch(viewer, webhook.id, on=False),
        lambda: world.webhooks.send_test(viewer, webhook.id),
        lambda: world.webhooks.read_log(viewer, webhook.id),
        lambda: world.webhooks.replay(viewer, logged.message.id),
        lambda: world.webhooks.replay_between(viewer, webhook.id, world.now - MESSAGE_LIFE, world.now),
    ]
    for use in uses:
        with pytest.raises(refused):
            await use()
    after = await world.find(webhook)
    assert after == replace(webhook, last_event_id=after.last_event_id)


def admin_account(now: datetime) -> accounts.Account:
    return accounts.Account(
        id="a" * 32, email="ada@example.com", name="Ada", is_admin=True, password_hash="x", active=True,
        created_at=now,
    )  # fmt: skip
