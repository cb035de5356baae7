"""Customers: who they are over all contacts, what may make them leave, and which records are one person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.casework.contacts import Contact, Fate, Pledge, repeats
from coolhead.casework.follow_up import LIVE, FollowUp
from coolhead.casework.loyalty import Loyalty, loyalty
from coolhead.errors import ConflictError, InputError, NotFoundError
from coolhead.services import audit
from coolhead.services.access import Right, Viewer
from coolhead.services.clock import Clock
from coolhead.services.conversations.live import summary_for
from coolhead.services.text import readable
from coolhead.storage import clients, conversations, customers, follow_ups
from coolhead.storage.audit import Action
from coolhead.storage.clients import Client
from coolhead.storage.conversations import Summary
from coolhead.storage.customers import Customer, Found
from coolhead.storage.database import Database
from coolhead.storage.follow_ups import Which

log = structlog.get_logger()

PART_WITHIN = timedelta(days=30)
"""How long two merged records may be parted again."""
RECENT = 20
"""Contacts that are looked at for what stands on the desk."""
LONGEST_KEY = 200
STILL_OWED = (Fate.OPEN, Fate.OVERDUE, Fate.BROKEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerPage:
    """Some customers of a list, and how many the list holds."""

    found: list[Found]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """A record that was merged into this one; `may_part` while that can be undone."""

    customer: Customer
    may_part: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A customer with all that is known of them.

    Attributes:
        name: the one that they last gave; empty when they never did.
        merged: the records that were merged into this one.
        contacts: the latest first.
        repeats: which contact repeats which earlier one, by their conversations' ids.
        follow_ups: what is planned for them, the soonest first.
    """

    customer: Customer
    client: Client
    name: str
    merged: list[Merged]
    contacts: list[Contact]
    repeats: Mapping[str, str]
    loyalty: Loyalty
    follow_ups: list[FollowUp]


@dataclass(frozen=True, slots=True, kw_only=True)
class LastTime:
    """What an agent needs to know of a customer who comes back.

    Attributes:
        contact: the last one before this.
        number: which contact this is, counted from 1; never past `RECENT` + 1.
        repeated: the earlier contact about the same issue; None when this one repeats none.
        pledges: what was promised last time, then what is still owed or was broken from before.
        follow_ups: what was still planned.
    """

    customer_id: str
    contact: Contact
    number: int
    repeated: Contact | None
    pledges: tuple[Pledge, ...]
    loyalty: Loyalty
    follow_ups: list[FollowUp]


class Customers:
    """The use cases of customers; people only."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def list_page(
        self,
        viewer: Viewer,
        words: str = "",
        client_id: str | None = None,
        *,
        limit: int = 50,
        offset: int = 0,
    ) -> CustomerPage:
        """Customers whose key or name holds all the words, who was last in touch first.

        Raises:
            NotFoundError: the viewer may not know of that client.
            ForbiddenError: the viewer lacks the right.
        """
        wanted = viewer.narrowed(Right.READ, client_id)
        async with self._database.snapshot() as connection:
            found = await customers.list_found(connection, wanted, words, limit=limit, offset=offset)
            return CustomerPage(found=found, total=await customers.count_found(connection, wanted, words))

    async def read(self, viewer: Viewer, customer_id: str) -> Record:
        """The customer with all that is known of them; for one who was merged, who stands for them.

        Raises:
            NotFoundError: there is none, or the viewer may not know of them.
            ForbiddenError: the viewer lacks the right.
        """
        now = self._clock()
        async with self._database.snapshot() as connection:
            customer = await customer_for(connection, viewer, customer_id, Right.READ)
            customer = await customers.standing_for(connection, customer)
            family = await customers.family_of(connection, customer)
            contacts = await customers.list_contacts(connection, family, now)
            client = await clients.find(connection, customer.client_id)
            if client is None:
                raise no_customer()
            return Record(
                customer=customer,
                client=client,
                name=await customers.name_of(connection, family),
                merged=[Merged(customer=each, may_part=_may_part(each, now)) for each in family[1:]],
                contacts=contacts,
                repeats=repeats(contacts),
                loyalty=loyalty(contacts, now),
                follow_ups=await _planned(connection, contacts),
            )

    async def last_time(self, viewer: Viewer, summary: Summary) -> LastTime | None:
        """What to know of the customer of this conversation; None when nothing is known from before.

        Raises:
            NotFoundError: the viewer may not know of the conversation's client.
            ForbiddenError: the viewer lacks the right.
        """
        viewer.require(Right.READ, summary.client_id)
        if not summary.customer_key:
            return None
        now = self._clock()
        async with self._database.snapshot() as connection:
            known = await customers.find_by_key(connection, summary.client_id, summary.customer_key)
            if known is None:
                return None
            standing = await customers.standing_for(connection, known)
            family = await customers.family_of(connection, standing)
            contacts = await customers.list_contacts(connection, family, now, limit=RECENT)
            before = [each for each in contacts if each.opened_at < summary.opened_at]
            if not before:
                return None
            repeated = repeats(contacts).get(summary.id)
            return LastTime(
                customer_id=standing.id,
                contact=before[0],
                number=len(before) + 1,
                repeated=next((each for each in before if each.conversation_id == repeated), None),
                pledges=_worth_knowing(before),
                loyalty=loyalty(before, now),
                follow_ups=await _planned(connection, before),
            )

    async def of(self, viewer: Viewer, summary: Summary) -> Customer | None:
        """Whose conversation it is; None for one that came without a key.

        Raises:
            NotFoundError: the viewer may not know of the conversation's client.
            ForbiddenError: the viewer lacks the right.
        """
        viewer.require(Right.READ, summary.client_id)
        if not summary.customer_key:
            return None
        async with self._database.read() as connection:
            return await customers.find_by_key(connection, summary.client_id, summary.customer_key)

    async def know(self, viewer: Viewer, conversation_id: str, key: str) -> Customer:
        """Says whose conversation it is; an agent asks the customer, as a chat page proves nothing.

        Raises:
            NotFoundError: there is no such conversation, or the viewer may not know of it.
            ForbiddenError: the viewer lacks the right.
            InputError: the key is empty or too long.
        """
        key = " ".join(readable(key).split())
        if not 1 <= len(key) <= LONGEST_KEY:
            raise InputError(
                f"A customer's key has 1 to {LONGEST_KEY} characters.",
                hint="Use the number or the address by which your other systems know them.",
            )
        now = self._clock()
        async with self._database.write() as connection:
            summary = await summary_for(connection, viewer, conversation_id, Right.WORK, for_change=True)
            if summary.customer_key != key:
                await conversations.change(connection, conversation_id, customer_key=key)
                changed = await summary_for(connection, viewer, conversation_id, Right.WORK)
                await conversations.make_findable(connection, changed)
            await customers.ensure(connection, summary.client_id, key, now)
            known = await customers.find_by_key(connection, summary.client_id, key)
        if known is None:
            raise no_customer()
        log.info("customer_known", conversation=conversation_id)
        return known

    async def merge(self, viewer: Viewer, customer_id: str, key: str) -> Customer:
        """Makes the customer of that key part of this record; `part` takes it back within `PART_WITHIN`.

        Raises:
            NotFoundError: there is no such customer, or the viewer may not know of them.
            ForbiddenError: the viewer lacks the right.
            InputError: it is the same record.
            ConflictError: one of them was merged into another, or somebody changes them at this moment.
        """
        now = self._clock()
        async with self._database.write() as connection:
            into = await customer_for(connection, viewer, customer_id, Right.MERGE_CUSTOMERS)
            other = await customers.find_by_key(connection, into.client_id, key.strip())
            if other is None:
                raise InputError(
                    "The client has no customer with that key.", hint="Copy the key from the other record."
                )
            # In the order of ids, so that two merges at once do not wait for each other in a circle.
            locked = {
                each: await customers.find(connection, each, for_change=True)
                for each in sorted({into.id, other.id})
            }
            into, other = locked[into.id] or into, locked[other.id] or other
            _check_merge(into, other)
            into_version = await customers.change(connection, into)
            other_version = await customers.change(
                connection, other, merged_into=into.id, merged_at=now, merged_by=viewer.name
            )
            if not (into_version and other_version):
                raise _changed_meanwhile()
            await audit.record(
                connection,
                viewer,
                Action.CUSTOMERS_MERGED,
                at=now,
                subject=into.id,
                client_id=into.client_id,
                other=other.id,
            )
        log.info("customers_merged", customer=into.id, other=other.id)
        return into

    async def part(self, viewer: Viewer, customer_id: str) -> Customer:
        """Takes the merge of this record into another back.

        Raises:
            NotFoundError: there is no such customer, or the viewer may not know of them.
            ForbiddenError: the viewer lacks the right.
            ConflictError: it is merged into nobody, or was so too long ago.
        """
        now = self._clock()
        async with self._database.write() as connection:
            other = await customer_for(connection, viewer, customer_id, Right.MERGE_CUSTOMERS)
            if other.merged_into is None:
                raise ConflictError("This record stands on its own.", hint="It may have been parted already.")
            if not _may_part(other, now):
                raise ConflictError(
                    f"Records can be parted for {PART_WITHIN.days} days.",
                    hint="After that they stay one; the conversations keep the keys that they came with.",
                )
            if not await customers.change(connection, other, merged_into=None, merged_at=None, merged_by=""):
                raise _changed_meanwhile()
            await audit.record(
                connection,
                viewer,
                Action.CUSTOMERS_PARTED,
                at=now,
                subject=other.merged_into,
                client_id=other.client_id,
                other=other.id,
            )
        log.info("customers_parted", customer=other.merged_into, other=other.id)
        return other


async def customer_for(
    connection: AsyncConnection, viewer: Viewer, customer_id: str, right: Right
) -> Customer:
    """The customer at whose client the viewer has the right.

    Raises:
        NotFoundError: there is none, or the viewer may not know of them.
        ForbiddenError: the viewer lacks the right.
    """
    customer = await customers.find(connection, customer_id)
    if customer is None or not viewer.sees(customer.client_id):
        raise no_customer()
    viewer.require(right, customer.client_id)
    return customer


def no_customer() -> NotFoundError:
    """The error for a customer who does not exist or may not be known of."""
    return NotFoundError("There is no such customer.", hint="They may have been deleted.")


def _check_merge(into: Customer, other: Customer) -> None:
    if into.id == other.id:
        raise InputError("That is this record itself.", hint="Give the key of the other one.")
    for each in (into, other):
        if each.merged_into:
            raise ConflictError(
                "One of these records was merged into another.", hint="Merge the records that stand on top."
            )


def _may_part(customer: Customer, now: datetime) -> bool:
    return customer.merged_at is not None and now - customer.merged_at <= PART_WITHIN


def _changed_meanwhile() -> ConflictError:
    return ConflictError("Somebody changes this record at this moment.", hint="Look at it again.")


def _worth_knowing(before: list[Contact]) -> tuple[Pledge, ...]:
    last, *earlier = before
    owed = [each for contact in earlier for each in contact.pledges if each.fate in STILL_OWED]
    return (*last.pledges, *owed)


async def _planned(connection: AsyncConnection, contacts: list[Contact]) -> list[FollowUp]:
    found: list[FollowUp] = []
    for contact in contacts[:RECENT]:
        which = Which(conversation_id=contact.conversation_id, states=LIVE)
        found += [row.follow_up for row in await follow_ups.list_page(connection, which, limit=10)]
    return sorted(found, key=lambda each: each.due)
