"""Inlets: who may send what, and how a message of another system becomes turns of a conversation here."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit
from uuid import uuid4

import structlog

from coolhead.codebook import Channel
from coolhead.errors import ConflictError, InputError, NotFoundError, UnauthenticatedError
from coolhead.services import audit
from coolhead.services.access import Right, Viewer, no_client
from coolhead.services.clock import Clock
from coolhead.services.conversations.live import Live, Opening
from coolhead.services.sending import signing
from coolhead.services.turns.hearing import Said
from coolhead.storage import clients, conversations, inlets, moments
from coolhead.storage.api_keys import Scope
from coolhead.storage.audit import Action
from coolhead.storage.conversations import Status, Summary
from coolhead.storage.database import Database
from coolhead.storage.inlets import Inlet, InletKind

log = structlog.get_logger()

LONGEST_NAME = 100
LONGEST_SECRET = 200
SHORTEST_SECRET = 8
SEEN_EVERY = timedelta(minutes=1)
MOST_EPISODES = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """What another system tells of one of its conversations.

    Attributes:
        reference: its name for the conversation, unique at the client.
        customer_key: by which the customer is known again; None when not told.
        said: what was said, if anything; its id is unique within the conversation there.
        ended: True when the conversation is over there.
    """

    reference: str
    channel: Channel
    customer: str
    customer_key: str | None
    agent: str
    said: Said | None
    ended: bool


class Inlets:
    """The use cases around inlets."""

    def __init__(self, database: Database, live: Live, clock: Clock) -> None:
        self._database = database
        self._live = live
        self._clock = clock

    async def list_of(self, viewer: Viewer, client_id: str) -> list[Inlet]:
        """The client's inlets, by name.

        Raises:
            NotFoundError: the viewer may not know of that client.
            ForbiddenError: they may not keep integrations there.
        """
        viewer.require(Right.KEEP_INTEGRATIONS, client_id)
        async with self._database.read() as connection:
            return await inlets.list_of(connection, client_id)

    async def add(
        self, viewer: Viewer, client_id: str, kind: InletKind, name: str, origin: str = ""
    ) -> Inlet:
        """Opens an inlet; show its secret this once. `origin` is the website that may show cards in a frame.

        Raises:
            NotFoundError: there is no such client, or the viewer may not know of it.
            ForbiddenError: they may not keep integrations there.
            InputError: the name or the origin will not do.
        """
        viewer.require(Right.KEEP_INTEGRATIONS, client_id)
        inlet = Inlet(
            id=uuid4().hex,
            client_id=client_id,
            kind=kind,
            name=_name(name),
            secret=signing.new_secret(),
            signed=False,
            origin=origin_given(origin),
            created_at=self._clock(),
        )
        async with self._database.write() as connection:
            if await clients.find(connection, client_id) is None:
                raise no_client(client_id)
            await inlets.add(connection, inlet)
            await audit.record(
                connection,
                viewer,
                Action.INLET_ADDED,
                at=inlet.created_at,
                subject=inlet.id,
                client_id=client_id,
                name=inlet.name,
            )
        log.info("inlet_added", inlet=inlet.id, client=client_id, kind=kind.value)
        return inlet

    async def set_secret(self, viewer: Viewer, inlet_id: str, secret: str) -> Inlet:
        """Takes the secret that Chatwoot signs with; from then on only signed messages are taken.

        Raises:
            NotFoundError: there is no such inlet, or the viewer may not know of it.
            ForbiddenError: they may not keep integrations there.
            InputError: it is too short or too long.
        """
        secret = secret.strip()
        if not SHORTEST_SECRET <= len(secret) <= LONGEST_SECRET:
            raise InputError("That is no secret of Chatwoot.", hint="Copy it from the webhook's page there.")
        return await self._change(viewer, inlet_id, secret=secret, signed=True)

    async def close(self, viewer: Viewer, inlet_id: str) -> Inlet:
        """Closes an inlet for good.

        Raises:
            NotFoundError: there is no such inlet, or the viewer may not know of it.
            ForbiddenError: they may not keep integrations there.
        """
        return await self._change(viewer, inlet_id, closed_at=self._clock())

    async def admit(
        self, inlet_id: str, kind: InletKind, headers: Mapping[str, str], token: str, body: bytes
    ) -> Inlet:
        """The inlet for which a message came, when it may come in.

        Args:
            inlet_id: as it stands in the address.
            kind: whose messages that address takes.
            headers: of the request, names in lower case.
            token: the secret, where it came along as it is; empty when it did not.
            body: exactly the bytes that came.

        Raises:
            NotFoundError: there is no such inlet.
            UnauthenticatedError: neither signature nor secret is right.
        """
        async with self._database.read() as connection:
            inlet = await inlets.find(connection, inlet_id)
        if inlet is None or inlet.closed_at or inlet.kind is not kind:
            raise _no_inlet()
        now = self._clock()
        if inlet.signed:
            right = signing.is_chatwoot(inlet.secret, headers, body, now)
        elif "webhook-signature" in headers:
            right = signing.is_standard(inlet.secret, headers, body, now)
        else:
            right = hmac.compare_digest(inlet.secret.encode(), token.encode())
        if not right:
            raise UnauthenticatedError(
                "Neither the signature nor the secret is right.", hint="Compare the secret on both sides."
            )
        return inlet

    async def take(self, inlet: Inlet, incoming: Incoming) -> str:
        """Makes what came part of a conversation, whose id it gives; the same message again changes nothing.

        A conversation that goes on elsewhere after it has ended here goes on as a new one.

        Raises:
            ConflictError: too many write to the conversation at once; it may come again.
        """
        viewer = Viewer(
            id=inlet.id, name=inlet.name, program_of=frozenset({inlet.client_id}), scopes=frozenset(Scope)
        )
        summary = await self._episode(viewer, inlet, incoming)
        if summary is None:
            return ""
        if incoming.said and summary.status is Status.LIVE:
            await self._live.add_turns(viewer, summary.id, [incoming.said])
        if incoming.ended:
            await self._live.end(viewer, summary.id)
        await self._touch(inlet)
        return summary.id

    async def find_conversation(self, viewer: Viewer, inlet_id: str, reference: str) -> Summary | None:
        """The latest conversation that the other system calls so; None before its first message.

        Raises:
            NotFoundError: there is no such inlet, or the viewer may not know of it.
            ForbiddenError: they may not work at its client's desk.
        """
        inlet = await self.read(inlet_id)
        if not viewer.sees(inlet.client_id):
            raise _no_inlet()
        viewer.require(Right.WORK, inlet.client_id)
        found = await self._episodes(inlet.client_id, reference)
        return found[-1] if found else None

    async def read_conversation(self, viewer: Viewer, inlet_id: str, conversation_id: str) -> Summary:
        """A conversation of the inlet's client.

        Raises:
            NotFoundError: there is no such inlet or conversation, or the viewer may not know of it.
            ForbiddenError: they may not work at its client's desk.
        """
        inlet = await self.read(inlet_id)
        viewer.require(Right.WORK, inlet.client_id)
        summary = (await self._live.read_stand(viewer, conversation_id)).summary
        if summary.client_id != inlet.client_id:
            raise _no_inlet()
        return summary

    async def read(self, inlet_id: str) -> Inlet:
        """The inlet, for the page that another website shows in a frame; give none of it to anybody.

        Raises:
            NotFoundError: there is no such inlet.
        """
        async with self._database.read() as connection:
            inlet = await inlets.find(connection, inlet_id)
        if inlet is None or inlet.closed_at:
            raise _no_inlet()
        return inlet

    async def _episode(self, viewer: Viewer, inlet: Inlet, incoming: Incoming) -> Summary | None:
        """The conversation of the message: one that has it already, the live one, or a new one."""
        known = await self._episodes(inlet.client_id, incoming.reference)
        if incoming.said is None:
            return known[-1] if known else None
        for summary in known:
            if summary.status is Status.LIVE or await self._has(summary, incoming.said.id):
                return summary
        if len(known) == MOST_EPISODES:
            raise ConflictError("This conversation was begun anew too often.")
        opening = Opening(
            client_id=inlet.client_id,
            channel=incoming.channel,
            customer=incoming.customer,
            customer_key=incoming.customer_key,
            agent=incoming.agent,
            reference=_episode_name(incoming.reference, len(known)),
        )
        summary, _ = await self._live.open(viewer, opening)
        return summary

    async def _episodes(self, client_id: str, reference: str) -> list[Summary]:
        found: list[Summary] = []
        async with self._database.read() as connection:
            while len(found) < MOST_EPISODES:
                name = _episode_name(reference, len(found))
                summary = await conversations.find_by_reference(connection, client_id, name)
                if summary is None:
                    break
                found.append(summary)
        return found

    async def _has(self, summary: Summary, turn_id: str) -> bool:
        async with self._database.read() as connection:
            return await moments.find(connection, summary.id, turn_id) is not None

    async def _touch(self, inlet: Inlet) -> None:
        now = self._clock()
        if inlet.received_at is None or now - inlet.received_at > SEEN_EVERY:
            async with self._database.write() as connection:
                await inlets.change(connection, inlet.id, received_at=now)

    async def _change(self, viewer: Viewer, inlet_id: str, **values: object) -> Inlet:
        async with self._database.write() as connection:
            inlet = await inlets.find(connection, inlet_id)
            if inlet is None or inlet.closed_at or not viewer.sees(inlet.client_id):
                raise _no_inlet()
            viewer.require(Right.KEEP_INTEGRATIONS, inlet.client_id)
            await inlets.change(connection, inlet_id, **values)
            await audit.record(
                connection,
                viewer,
                Action.INLET_CHANGED,
                at=self._clock(),
                subject=inlet_id,
                client_id=inlet.client_id,
                what=", ".join(sorted(values)),
            )
        log.info("inlet_changed", inlet=inlet_id, changed=sorted(values))
        return inlet


def _episode_name(reference: str, number: int) -> str:
    return f"{reference}~{number + 1}" if number else reference


def _no_inlet() -> NotFoundError:
    return NotFoundError("There is nothing at this address.", hint="Compare it with the client's page.")


def _name(text: str) -> str:
    text = text.strip()
    if not 1 <= len(text) <= LONGEST_NAME:
        raise InputError("This needs a name.", hint="Name the system that sends.")
    return text


def origin_given(text: str) -> str:
    """The origin in its canonical form, so that nothing else can slip into a header with it; may be empty.

    Raises:
        InputError: it is none.
    """
    text = text.strip().rstrip("/")
    if not text:
        return ""
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port, parts = "", None, urlsplit("")
    plain = host and all(each.isascii() and (each.isalnum() or each in "-.") for each in host)
    if parts.scheme not in ("https", "http") or not plain or parts.netloc.rpartition("@")[1] or parts.path:
        raise InputError("This is no website's address.", hint="Write https://chat.example.com.")
    return f"{parts.scheme}://{host}" + (f":{port}" if port else "")
