"""All that a client owns, table by table, as rows of plain JSON: read here, written back in another database.

`NOUNS` is the one registry. Every table is in it or in `LEFT`, with the reason; a test fails otherwise.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Date, Select, Table, func, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.storage import tables
from coolhead.storage.tables.kernel import Instant

Row = dict[str, Any]
CHUNK = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Noun:
    """One table of what a client owns.

    Attributes:
        table: where its rows are; the export's file has its name.
        owner: the column that leads to the client: `client_id` itself, or a foreign key to another noun.
        json: columns whose text is JSON; it stands in the export as it is, not as text.
        without: columns that are not taken along, with what stands in their place in the other database.
        numbered: the key is a counter, which the other database counts anew.
        refers: columns that name rows of this table by their number.
        later: a column that names a row of this table by its id; it is written when all rows are there.
    """

    table: Table
    owner: str = "client_id"
    json: frozenset[str] = frozenset()
    without: Mapping[str, Callable[[], Any]] = field(default_factory=dict)
    numbered: bool = False
    refers: tuple[str, ...] = ()
    later: str = ""

    @property
    def name(self) -> str:
        """As the file and the manifest call it."""
        return self.table.name


def _nothing() -> None:
    return None


def _of_conversation(table: Table, *json_columns: str, numbered: bool = False) -> Noun:
    return Noun(table=table, owner="conversation_id", json=frozenset(json_columns), numbered=numbered)


NOUNS: tuple[Noun, ...] = (
    Noun(table=tables.clients, owner="id", json=frozenset({"hours"})),
    Noun(table=tables.account_clients),
    Noun(table=tables.document_versions),
    Noun(table=tables.document_drafts, numbered=True, refers=("undo_to", "redo_to")),
    Noun(table=tables.retention_rules),
    Noun(table=tables.holds),
    Noun(table=tables.purges),
    Noun(
        table=tables.webhooks,
        without={
            "secret": lambda: secrets.token_hex(32),
            "old_secret": _nothing,
            "old_secret_until": _nothing,
            "last_event_id": lambda: 0,
        },
    ),
    Noun(table=tables.inlets, without={"secret": lambda: secrets.token_hex(32)}),
    Noun(
        table=tables.conversations,
        json=frozenset({"curve", "card", "picture"}),
        without={"visitor_hash": _nothing},
    ),
    Noun(table=tables.customers),
    Noun(table=tables.customer_deletions, json=frozenset({"counts"})),
    _of_conversation(tables.turns, "reading", "card"),
    Noun(table=tables.events, json=frozenset({"data"}), numbered=True),
    _of_conversation(tables.whispers),
    _of_conversation(tables.card_answers),
    _of_conversation(tables.contests),
    _of_conversation(tables.note_versions),
    _of_conversation(tables.dispositions),
    _of_conversation(tables.purged_conversations),
    Noun(table=tables.escalations),
    Noun(table=tables.escalation_moves, owner="escalation_id"),
    _of_conversation(tables.limit_steps),
    Noun(table=tables.pauses),
    Noun(table=tables.promises),
    Noun(table=tables.promise_moves, owner="promise_id"),
    Noun(table=tables.follow_ups),
    Noun(table=tables.follow_up_moves, owner="follow_up_id"),
    Noun(table=tables.gestures),
    _of_conversation(tables.offers, "choices"),
    Noun(table=tables.gesture_months),
    Noun(table=tables.gesture_raises),
    Noun(table=tables.practice_runs, json=frozenset({"run"}), later="again_of"),
    Noun(table=tables.drill_runs, json=frozenset({"items", "answers"})),
    Noun(table=tables.drill_cards),
    Noun(table=tables.assignments),
    Noun(table=tables.lesson_reads),
    Noun(table=tables.audit_entries, json=frozenset({"details"}), numbered=True),
)
"""In the order in which they are written back: what others refer to comes first."""

LEFT: Mapping[str, str] = {
    "accounts": "of the installation; `people` says who they are, without what they sign in with",
    "api_keys": "secrets; programs get new keys",
    "identities": "ties to a sign-in service of the installation",
    "invitations": "secrets, for an installation",
    "learning_counts": "counted anew from conversations and practice",
    "outbox": "what is on its way from this installation",
    "password_resets": "secrets",
    "practice_reflections": "written by people for themselves alone",
    "practice_wishes": "of people, wherever they practise",
    "search_entries": "made anew from what was said, written and named",
    "sessions": "secrets",
    "sign_in_failures": "of the installation",
    "webhook_attempts": "the log of this installation's deliveries",
    "webhook_messages": "the log of this installation's deliveries",
}
"""Tables whose rows are not taken along, and why."""


def rows_of(noun: Noun, client_id: str) -> Select[Any]:
    """The rows of the client, in the order of their keys."""
    return select(noun.table).where(_owned(noun, client_id)).order_by(*noun.table.primary_key.columns)


async def stream(connection: AsyncConnection, noun: Noun, client_id: str) -> AsyncIterator[Row]:
    """The rows of the client, ready for JSON; read a piece at a time, so inside a snapshot."""
    taken = [column for column in noun.table.c if column.name not in noun.without]
    async with connection.stream(rows_of(noun, client_id)) as result:
        async for row in result.mappings():
            yield {column.name: _plain(noun, column, row[column.name]) for column in taken}


def people_in(noun: Noun, row: Row) -> set[str]:
    """Ids of the accounts that the row names."""
    named = (row.get(column.name) for column in noun.table.c if _names_account(column))
    return {each for each in named if each is not None}


async def put(
    connection: AsyncConnection, noun: Noun, rows: Sequence[Row], people: Mapping[str, str]
) -> None:
    """Writes a piece of a noun's rows; `people` gives the accounts here by their ids in the export.

    A noun whose rows refer to one another by number has to come in one piece.
    """
    if not rows:
        return
    numbers = await _new_numbers(connection, noun, rows) if noun.refers else {}
    columns = {column.name: column for column in noun.table.c}
    given = []
    for row in rows:
        values = {name: _stored(noun, columns[name], value, people) for name, value in row.items()}
        values |= {name: make() for name, make in noun.without.items()}
        if noun.later:
            values[noun.later] = None
        if noun.refers:
            values["id"] = numbers[row["id"]]
            values |= {name: numbers.get(row[name]) for name in noun.refers}
        elif noun.numbered:
            del values["id"]
        given.append(values)
    await connection.execute(insert(noun.table), given)


async def tie(connection: AsyncConnection, noun: Noun, other: Mapping[str, str]) -> None:
    """Writes which row of the noun each row names in its `later` column, by the ids of both."""
    for row_id, named in other.items():
        query = update(noun.table).where(noun.table.c.id == row_id)
        await connection.execute(query.values({noun.later: named}))


def columns_of(noun: Noun) -> frozenset[str]:
    """The columns that each exported row has."""
    return frozenset(column.name for column in noun.table.c) - noun.without.keys()


def renamed(noun: Noun, row: Row, old: str, new: str) -> Row:
    """The row as it is when the client has another short name, also inside its JSON."""
    owner = "id" if noun.table is tables.clients else "client_id"
    inside = {name: _renamed_inside(row[name], old, new) for name in noun.json}
    return row | inside | ({owner: new} if owner in row else {})


async def list_conversations(connection: AsyncConnection, client_id: str) -> list[str]:
    """Ids of all of the client's conversations."""
    query = select(tables.conversations.c.id).where(tables.conversations.c.client_id == client_id)
    return list((await connection.execute(query.order_by(tables.conversations.c.id))).scalars())


async def merges_are_sound(connection: AsyncConnection, client_id: str) -> bool:
    """False when customers were merged in a circle, or into one of another client."""
    customers = tables.customers
    merged = select(customers.c.id, customers.c.merged_into).where(
        customers.c.client_id == client_id, customers.c.merged_into.is_not(None)
    )
    into = {row.id: row.merged_into for row in await connection.execute(merged)}
    others = select(customers.c.id).where(
        customers.c.client_id != client_id,
        customers.c.id.in_(select(merged.subquery().c.merged_into)),
    )
    if (await connection.execute(others.limit(1))).first():
        return False
    while ends := [each for each, other in into.items() if other not in into]:
        for each in ends:
            del into[each]
    return not into


async def schema_of(connection: AsyncConnection) -> str:
    """Name of the form that the tables have."""
    return str((await connection.execute(text("SELECT version_num FROM alembic_version"))).scalar_one())


def named_rows(noun: Noun, row: Row) -> list[tuple[str, Any]]:
    """Which rows of other nouns the row names: the other noun's name, and the id there."""
    own = {each.table: each.name for each in NOUNS}
    return [
        (own[key.column.table], row[column.name])
        for column in noun.table.c
        for key in column.foreign_keys
        if key.column.name == "id" and key.column.table in own and row.get(column.name) is not None
    ]


def _owned(noun: Noun, client_id: str) -> Any:
    column = noun.table.c[noun.owner]
    if not column.foreign_keys or noun.owner == "client_id":
        return column == client_id
    (key,) = column.foreign_keys
    parent = next(each for each in NOUNS if each.table is key.column.table)
    return column.in_(select(key.column).where(_owned(parent, client_id)))


def _plain(noun: Noun, column: Column[Any], value: Any) -> Any:
    if value is None:
        return None
    if column.name in noun.json:
        return json.loads(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value


def _stored(noun: Noun, column: Column[Any], value: Any, people: Mapping[str, str]) -> Any:
    if value is None:
        return None
    if column.name in noun.json:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    if isinstance(column.type, Instant):
        return datetime.fromisoformat(value)
    if isinstance(column.type, Date):
        return date.fromisoformat(value)
    return people.get(value) if _names_account(column) else value


def _names_account(column: Column[Any]) -> bool:
    return any(key.column is tables.accounts.c.id for key in column.foreign_keys)


def _renamed_inside(value: Any, old: str, new: str) -> Any:
    if isinstance(value, dict):
        return {
            name: new if name == "client_id" and inner == old else _renamed_inside(inner, old, new)
            for name, inner in value.items()
        }
    return [_renamed_inside(each, old, new) for each in value] if isinstance(value, list) else value


async def _new_numbers(connection: AsyncConnection, noun: Noun, rows: Iterable[Row]) -> dict[int, int]:
    old = [row["id"] for row in rows]
    if connection.dialect.name == "postgresql":
        sequence = func.pg_get_serial_sequence(noun.name, "id")
        query = select(func.nextval(sequence)).select_from(func.generate_series(1, len(old)))
        new = sorted((await connection.execute(query)).scalars())
    else:
        counted = text("SELECT seq FROM sqlite_sequence WHERE name = :name")
        last = (await connection.execute(counted, {"name": noun.name})).scalar_one_or_none() or 0
        new = list(range(last + 1, last + 1 + len(old)))
    return dict(zip(sorted(old), new, strict=True))
