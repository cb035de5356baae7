"""Messages of other systems, in the shapes that they document, as they come over HTTP."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from hypothesis import given
from hypothesis import strategies as st

from coolhead.channels.inbound import chatwoot, ticket
from coolhead.channels.throttle import Throttle
from coolhead.codebook import Channel, Speaker
from coolhead.errors import InputError
from coolhead.services.access import Viewer
from coolhead.services.conversations.whole import Whole
from coolhead.services.sending.signing import headers_for
from coolhead.storage.conversations import Status
from coolhead.storage.inlets import Inlet, InletKind
from coolhead.web.app import create_app
from coolhead.wiring import Services

CHATWOOT_SECRET = "wootwootwootwoot"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


def message(number: object, text: str | None, **changes: Any) -> dict[str, Any]:
    """`message_created`, with the fields that Chatwoot's documentation names."""
    usual = {
        "event": "message_created",
        "id": number,
        "content": text,
        "created_at": "2026-03-18T13:20:31.000Z",
        "message_type": "incoming",
        "content_type": "text",
        "content_attributes": {},
        "private": False,
        "source_id": None,
        "sender": {"id": 9, "name": "Daniel Okafor", "email": "daniel@example.com", "type": "contact"},
        "inbox": {"id": 4, "name": "Website"},
        "account": {"id": 1, "name": "Northline"},
        "conversation": conversation(),
    }
    return usual | changes


def conversation(**changes: Any) -> dict[str, Any]:
    usual = {
        "additional_attributes": {},
        "can_reply": True,
        "channel": "Channel::WebWidget",
        "id": 55,
        "inbox_id": 4,
        "messages": [{"id": 1, "account_id": 1, "content": "Hello", "message_type": 0}],
        "meta": {
            "sender": {"id": 9, "name": "Daniel Okafor", "email": "daniel@example.com", "phone_number": None},
            "assignee": {"id": 3, "name": "Mara", "email": "mara@example.com"},
        },
        "status": "open",
        "unread_count": 1,
    }
    return usual | changes


def resolved() -> dict[str, Any]:
    changed = [{"status": {"current_value": "resolved", "previous_value": "open"}}]
    return conversation(status="resolved", event="conversation_status_changed", changed_attributes=changed)


def written(number: int, **changes: Any) -> dict[str, Any]:
    about = {"id": 48213, "status": "open", "channel": "email", "customer": "Daniel Okafor", "agent": "Mara"}
    return {
        "ticket": about | changes,
        "message": {"id": f"48213-{number}", "author": "customer", "text": f"heat 3, letter {number}"},
    }


class Sender:
    """Another system with one inlet."""

    def __init__(self, services: Services, http: httpx.AsyncClient, inlet: Inlet, admin: Viewer) -> None:
        self.services = services
        self.http = http
        self.inlet = inlet
        self.admin = admin

    async def post(self, payload: Any, *, headers: dict[str, str] | None = None, token: str = "") -> int:
        body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
        path = f"/in/{self.inlet.kind.value}/{self.inlet.id}"
        answer = await self.http.post(
            path, params={"token": token} if token else {}, content=body, headers=headers or {}
        )
        return answer.status_code

    async def send(self, payload: Any) -> int:
        return await self.post(payload, token=self.inlet.secret)

    async def found(self) -> list[Whole]:
        page = await self.services.live.list_latest(self.admin)
        wholes = [await self.services.live.read(self.admin, each.id) for each in page.conversations]
        return sorted(wholes, key=lambda whole: whole.summary.reference or "")


@pytest.fixture
def app(services: Services) -> FastAPI:
    return create_app(services)


@pytest.fixture
async def http(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://desk.example") as client:
        yield client


@pytest.fixture
async def woot(services: Services, http: httpx.AsyncClient, admin: Viewer, client_id: str) -> Sender:
    inlet = await services.inlets.add(admin, client_id, InletKind.CHATWOOT, "Chatwoot")
    return Sender(services, http, inlet, admin)


@pytest.fixture
async def tickets(services: Services, http: httpx.AsyncClient, admin: Viewer, client_id: str) -> Sender:
    inlet = await services.inlets.add(admin, client_id, InletKind.TICKET, "Helpdesk")
    return Sender(services, http, inlet, admin)


async def test_a_talk_in_chatwoot_becomes_a_conversation_and_ends_with_it(woot: Sender) -> None:
    assert await woot.send(message(1, "heat 3, where is my kettle")) == 204
    assert await woot.send(message(3, "On its way.", message_type="outgoing")) == 204
    assert await woot.send(message(2, "heat 2, hello?")) == 204
    (whole,) = await woot.found()
    assert [(each.turn.speaker, each.turn.text) for each in whole.moments] == [
        (Speaker.CUSTOMER, "heat 3, where is my kettle"),
        (Speaker.CUSTOMER, "heat 2, hello?"),
        (Speaker.AGENT, "On its way."),
    ]
    summary = whole.summary
    assert (summary.reference, summary.channel) == ("chatwoot-1-55", Channel.CHAT)
    assert (summary.customer, summary.agent, summary.customer_key) == (
        "Daniel Okafor",
        "Mara",
        "daniel@example.com",
    )
    assert await woot.send(resolved()) == 204
    assert [each.summary.status for each in await woot.found()] == [Status.ENDED]


async def test_what_comes_twice_is_there_once_also_after_the_end(woot: Sender) -> None:
    for payload in (message(1, "Hello"), message(1, "Hello"), resolved(), resolved(), message(1, "Hello")):
        assert await woot.send(payload) == 204
    (whole,) = await woot.found()
    assert len(whole.moments) == 1


async def test_a_conversation_that_is_reopened_goes_on_as_a_new_one(woot: Sender) -> None:
    for payload in (
        message(1, "Hello"),
        resolved(),
        message(2, "Me again"),
        message(3, "And again"),
        resolved(),
    ):
        assert await woot.send(payload) == 204
    first, second = await woot.found()
    assert (first.summary.reference, len(first.moments)) == ("chatwoot-1-55", 1)
    assert (second.summary.reference, len(second.moments)) == ("chatwoot-1-55~2", 2)
    assert second.summary.status is Status.ENDED


@pytest.mark.parametrize(
    "payload",
    [
        message(1, "Between us", private=True),
        message(1, "Mara joined", message_type="activity"),
        message(1, "Pick one", message_type="template"),
        message(1, None),
        {"event": "conversation_typing_on"},
        conversation(event="conversation_status_changed"),
        resolved(),
        [],
    ],
)
async def test_what_means_nothing_here_is_accepted_and_left(woot: Sender, payload: Any) -> None:
    assert await woot.send(payload) == 204
    assert await woot.found() == []


@pytest.mark.parametrize(
    "payload",
    [
        message("x", "y"),
        message(1, "y", account=None),
        message(10**30, "y"),
        message(-1, "y"),
        conversation(event="conversation_status_changed", status="resolved", messages=[]),
    ],
)
async def test_what_is_not_as_documented_is_refused(woot: Sender, payload: Any) -> None:
    assert await woot.send(payload) == 422


async def test_chatwoots_signature_takes_the_place_of_the_secret(woot: Sender) -> None:
    woot.inlet = await woot.services.inlets.set_secret(woot.admin, woot.inlet.id, CHATWOOT_SECRET)
    body = json.dumps(message(1, "Hello")).encode()
    stamp = str(int(time.time()))
    signed = hmac.new(CHATWOOT_SECRET.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
    headers = {"X-Chatwoot-Timestamp": stamp, "X-Chatwoot-Signature": f"sha256={signed}"}
    assert await woot.post(body, headers=headers) == 204
    assert await woot.post(body + b" ", headers=headers) == 401
    for secret in (woot.inlet.secret, CHATWOOT_SECRET):
        assert await woot.post(body, token=secret) == 401


async def test_a_ticket_comes_with_bearer_or_signature(tickets: Sender) -> None:
    body = json.dumps(written(1)).encode()
    assert await tickets.post(body, headers={"Authorization": f"Bearer {tickets.inlet.secret}"}) == 204
    signed = headers_for([tickets.inlet.secret], "msg_1", datetime.now(UTC), body)
    assert await tickets.post(body, headers=signed) == 204
    assert await tickets.post(body, headers=signed | {"webhook-id": "msg_2"}) == 401
    assert await tickets.send(written(2, status="closed")) == 204
    (whole,) = await tickets.found()
    assert [each.turn.text for each in whole.moments] == ["heat 3, letter 1", "heat 3, letter 2"]
    assert (whole.summary.reference, whole.summary.channel) == ("ticket-48213", Channel.EMAIL)
    assert whole.summary.status is Status.ENDED


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"\xff\xfe", 400),
        (b"[" * 100_000, 400),
        (b"[]", 422),
        (b'{"ticket":{"id":"1","more":1}}', 422),
        (b'{"ticket":{"id":"1","status":"open"}}', 204),
    ],
)
async def test_a_body_that_will_not_do_is_refused(tickets: Sender, body: bytes, status: int) -> None:
    assert await tickets.send(body) == status
    assert await tickets.found() == []


async def test_nobody_comes_in_without_the_secret_or_elsewhere(tickets: Sender) -> None:
    for token in ("", "wrong", tickets.inlet.secret + "x"):
        assert await tickets.post(written(1), token=token) == 401
    for path in (f"/in/chatwoot/{tickets.inlet.id}", "/in/ticket/nothing"):
        answer = await tickets.http.post(path, params={"token": tickets.inlet.secret}, json=written(1))
        assert answer.status_code == 404
    await tickets.services.inlets.close(tickets.admin, tickets.inlet.id)
    assert await tickets.send(written(1)) == 404
    assert await tickets.found() == []


async def test_too_many_at_once_are_put_off(tickets: Sender, app: FastAPI) -> None:
    app.state.inlet_throttle = Throttle(most=2, window_s=60)
    assert [await tickets.send(b'{"ticket":{"id":"1"}}') for _ in range(3)] == [204, 204, 429]


async def test_two_clients_with_the_same_numbers_are_kept_apart(
    tickets: Sender, http: httpx.AsyncClient
) -> None:
    services, admin = tickets.services, tickets.admin
    await services.clients.add(admin, "other", "Other")
    elsewhere = await services.inlets.add(admin, "other", InletKind.TICKET, "Helpdesk")
    await tickets.send(written(1))
    await Sender(services, http, elsewhere, admin).send(written(2))
    assert sorted((each.summary.client_id, each.moments[0].turn.text) for each in await tickets.found()) == [
        ("main", "heat 3, letter 1"),
        ("other", "heat 3, letter 2"),
    ]


@given(JSON, st.sampled_from(["message_created", "conversation_status_changed"]))
def test_no_payload_makes_the_readers_fail_otherwise_than_in_words(payload: Any, event: str) -> None:
    for read in (chatwoot.read, ticket.read):
        for given_payload in (
            payload,
            {"event": event, "ticket": payload, "message": payload, "id": payload},
        ):
            with suppress(InputError):
                read(given_payload)
