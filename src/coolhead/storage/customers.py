"""Customers: whom a client's keys name, which of them are one person, and who was deleted.

A customer is a row per key. One that was merged into another names it; whoever is merged into nobody stands
for all that were merged into them, straight or by others. Conversations keep the key that they came with.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from pydantic import TypeAdapter
from sqlalchemy import Select, delete, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.casework.contacts import Contact, Pledge, Shown, pledge_of
from coolhead.casework.promises import Entry
from coolhead.codebook import Channel, Heat, Issue, Resolved
from coolhead.picture.heat import felt
from coolhead.picture.state import Picture
from coolhead.storage import promises
from coolhead.storage.tables import (
    clients,
    conversations,
    customer_deletions,
    customers,
    dispositions,
    holds,
)

MOST_CONTACTS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """Whom one key of a client names.

    Attributes:
        key: as the other system knows them.
        since: when they were first heard of.
        merged_into: who stands for them; None when they stand for themselves.
        version: counts the merges that this row took part in; a merge that builds on an older one is refused.
    """

    id: str
    client_id: str
    key: str
    since: datetime
    merged_into: str | None = None
    merged_at: datetime | None = None
    merged_by: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A customer as a list shows them; `name` is the one that they last gave, empty when they never did."""

    customer: Customer
    name: str
    contacts: int
    last_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Deletion:
    """Proof that a customer was deleted, without anything that was theirs.

    Attributes:
        number: counts the client's deletions from 1.
        customer_id: the record's random id, which means nothing outside.
        by: who did it; `account_id` is their account, None when that is gone.
        request: the number of the request, in the words of who asked; may be empty.
        counts: how many rows of each kind went.
        previous: the hash of the deletion before; empty for the first.
        hash: over all of this but the accounts, see `casework.erasure`.
    """

    id: str
    client_id: str
    number: int
    customer_id: str
    at: datetime
    account_id: str | None
    by: str
    request: str
    counts: Mapping[str, int]
    previous: str
    hash: str


CUSTOMER, DELETION = TypeAdapter(Customer), TypeAdapter(Deletion)


async def ensure(connection: AsyncConnection, client_id: str, key: str, now: datetime) -> None:
    """Makes sure that the key names a customer."""
    if await find_by_key(connection, client_id, key):
        return
    values = {"id": uuid4().hex, "client_id": client_id, "key": key, "since": now}
    try:
        async with connection.begin_nested():
            await connection.execute(insert(customers).values(**values, merged_by="", version=1))
    except IntegrityError:
        return  # another process was quicker


async def find(connection: AsyncConnection, customer_id: str, *, for_change: bool = False) -> Customer | None:
    """The customer of that id; `for_change` keeps other writers from it until the transaction ends."""
    query = select(customers).where(customers.c.id == customer_id)
    row = (await connection.execute(query.with_for_update() if for_change else query)).one_or_none()
    return CUSTOMER.validate_python(row._asdict()) if row else None


async def find_by_key(connection: AsyncConnection, client_id: str, key: str) -> Customer | None:
    """The customer whom the client knows by that key."""
    query = select(customers).where(customers.c.client_id == client_id, customers.c.key == key)
    row = (await connection.execute(query)).one_or_none()
    return CUSTOMER.validate_python(row._asdict()) if row else None


async def standing_for(connection: AsyncConnection, customer: Customer) -> Customer:
    """Who stands for the customer: themselves, or whom they were merged into."""
    seen = {customer.id}
    while customer.merged_into and customer.merged_into not in seen:
        into = await find(connection, customer.merged_into)
        if into is None:
            return customer
        customer = into
        seen.add(customer.id)
    return customer


async def family_of(connection: AsyncConnection, customer: Customer) -> list[Customer]:
    """The customer and all who were merged into them, straight or by others."""
    family, latest = {customer.id: customer}, [customer.id]
    while latest:
        query = select(customers).where(customers.c.merged_into.in_(latest)).order_by(customers.c.merged_at)
        found = [CUSTOMER.validate_python(row._asdict()) for row in await connection.execute(query)]
        latest = [each.id for each in found if each.id not in family]
        family |= {each.id: each for each in found}
    return list(family.values())


async def change(connection: AsyncConnection, before: Customer, **values: Any) -> bool:
    """Changes a customer over the version that was read; False when somebody was quicker."""
    query = update(customers).where(customers.c.id == before.id, customers.c.version == before.version)
    return (await connection.execute(query.values(version=before.version + 1, **values))).rowcount == 1


async def list_found(
    connection: AsyncConnection,
    client_ids: Collection[str] | None,
    words: str,
    *,
    limit: int,
    offset: int = 0,
) -> list[Found]:
    """Customers whose key or name holds the words, who was last in touch first; each key on its own line."""
    query = _listed(client_ids, words).order_by(func.max(conversations.c.active_at).desc(), customers.c.id)
    rows = [row._asdict() for row in await connection.execute(query.limit(limit).offset(offset))]
    names = await _names(connection, [row["id"] for row in rows])
    return [
        Found(
            customer=CUSTOMER.validate_python(row),
            name=names.get(row["id"], ""),
            contacts=row["contacts"],
            last_at=row["last_at"],
        )
        for row in rows
    ]


async def count_found(connection: AsyncConnection, client_ids: Collection[str] | None, words: str) -> int:
    """How many customers that list holds."""
    listed = _listed(client_ids, words).subquery()
    return int((await connection.execute(select(func.count()).select_from(listed))).scalar_one())


async def conversation_ids(connection: AsyncConnection, family: Collection[Customer]) -> list[str]:
    """Ids of all conversations of these customers of one client, the oldest first."""
    query = select(conversations.c.id).where(_of(family)).order_by(conversations.c.opened_at)
    return list((await connection.execute(query)).scalars())


async def name_of(connection: AsyncConnection, family: Collection[Customer]) -> str:
    """The name that these customers last gave; empty when they never did."""
    query = (
        select(conversations.c.customer)
        .where(_of(family), conversations.c.customer != "")
        .order_by(conversations.c.active_at.desc())
        .limit(1)
    )
    return (await connection.execute(query)).scalar_one_or_none() or ""


async def list_contacts(
    connection: AsyncConnection,
    family: Collection[Customer],
    now: datetime,
    *,
    before: datetime | None = None,
    limit: int = MOST_CONTACTS,
) -> list[Contact]:
    """The latest contacts of these customers of one client, latest first; only those begun before that."""
    query = (
        select(conversations, dispositions.c.issue.label("said"), dispositions.c.outcome.label("ended"))
        .outerjoin(dispositions, dispositions.c.conversation_id == conversations.c.id)
        .where(_of(family))
        .order_by(conversations.c.opened_at.desc(), conversations.c.id.desc())
        .limit(limit)
    )
    if before is not None:
        query = query.where(conversations.c.opened_at < before)
    rows = list(await connection.execute(query))
    pledges: dict[str, list[Entry]] = {}
    for row in rows:
        pledges[row.id] = await promises.list_of(connection, row.id)
    return [_contact(row, pledges[row.id], now) for row in rows]


async def remove(connection: AsyncConnection, family: Collection[Customer]) -> None:
    """Takes the customers' rows out, and their keys out of holds that were lifted."""
    keys = [each.key for each in family]
    client_id = next(iter(family)).client_id
    await connection.execute(
        update(holds)
        .where(holds.c.client_id == client_id, holds.c.scope == "customer", holds.c.subject.in_(keys))
        .values(subject="", reason="")
    )
    await connection.execute(delete(customers).where(customers.c.id.in_([each.id for each in family])))


async def last_deletion(connection: AsyncConnection, client_id: str) -> Deletion | None:
    """The client's latest deletion; the client's row is kept from others, so that numbers stay apart."""
    await connection.execute(select(clients.c.id).where(clients.c.id == client_id).with_for_update())
    found = await list_deletions(connection, client_id, limit=1)
    return found[0] if found else None


async def add_deletion(connection: AsyncConnection, deletion: Deletion) -> None:
    """Keeps the proof."""
    values = {name: getattr(deletion, name) for name in Deletion.__slots__}
    counts = json.dumps(dict(deletion.counts), sort_keys=True)
    await connection.execute(insert(customer_deletions).values(values | {"counts": counts}))


async def list_deletions(
    connection: AsyncConnection, client_id: str, *, limit: int | None = None
) -> list[Deletion]:
    """The client's deletions, the latest first."""
    query = (
        select(customer_deletions)
        .where(customer_deletions.c.client_id == client_id)
        .order_by(customer_deletions.c.number.desc())
        .limit(limit)
    )
    rows = await connection.execute(query)
    return [DELETION.validate_python(row._asdict() | {"counts": json.loads(row.counts)}) for row in rows]


def _listed(client_ids: Collection[str] | None, words: str) -> Select[Any]:
    query = (
        select(
            customers,
            func.count(conversations.c.id).label("contacts"),
            func.max(conversations.c.active_at).label("last_at"),
        )
        .join(
            conversations,
            (conversations.c.client_id == customers.c.client_id)
            & (conversations.c.customer_key == customers.c.key),
        )
        .group_by(*customers.c)
    )
    if client_ids is not None:
        query = query.where(customers.c.client_id.in_(sorted(client_ids)))
    for word in words.lower().split():
        like = f"%{word.replace('|', '||').replace('%', '|%').replace('_', '|_')}%"
        theirs = conversations.alias()
        named = select(theirs.c.id).where(
            theirs.c.client_id == customers.c.client_id,
            theirs.c.customer_key == customers.c.key,
            func.lower(theirs.c.customer).like(like, escape="|"),
        )
        query = query.where(or_(func.lower(customers.c.key).like(like, escape="|"), named.exists()))
    return query


async def _names(connection: AsyncConnection, ids: Collection[str]) -> dict[str, str]:
    query = (
        select(customers.c.id, conversations.c.customer)
        .join(
            conversations,
            (conversations.c.client_id == customers.c.client_id)
            & (conversations.c.customer_key == customers.c.key),
        )
        .where(customers.c.id.in_(ids), conversations.c.customer != "")
        .order_by(conversations.c.active_at)
    )
    return {row.id: row.customer for row in await connection.execute(query)}


def _of(family: Collection[Customer]) -> Any:
    first = next(iter(family))
    return (conversations.c.client_id == first.client_id) & conversations.c.customer_key.in_(
        [each.key for each in family]
    )


def _contact(row: Any, entries: list[Entry], now: datetime) -> Contact:
    picture = Picture.from_json(row.picture)
    hottest = max(picture.course, key=felt, default=None)
    issue, outcome = row.said or row.issue, row.ended or row.resolved
    shown = [Shown(each.term, each.turn_id) for each in picture.noticed]
    shown += [Shown(each.kind, each.turn_id) for each in picture.abuse]
    pledges: list[Pledge] = [made for entry in entries if (made := pledge_of(entry, now))]
    return Contact(
        conversation_id=row.id,
        channel=Channel(row.channel),
        opened_at=row.opened_at,
        ended_at=row.ended_at,
        agent=row.agent,
        issue=Issue(issue) if issue else None,
        outcome=Resolved(outcome) if outcome else None,
        peak=Heat(row.peak),
        peak_turn=hottest.turn_id if hottest else None,
        shown=tuple(shown),
        pledges=tuple(pledges),
    )
