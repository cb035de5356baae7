"""Versioned documents of a client as the engine and the desk read them; each kind with its own parser.

Who may change them, and how, lives in `services/editing.py`; `KINDS` are those that guide conversations, the
kinds of practice material are in `services/pieces.py`.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.errors import InputError, NotFoundError
from coolhead.guidance import document, limits, playbook, policy, solutions
from coolhead.guidance.document import DocumentError, Problem
from coolhead.services.access import Right
from coolhead.services.text import readable
from coolhead.storage import documents
from coolhead.storage.database import Database

if TYPE_CHECKING:
    from coolhead.services.clock import Clock

log = structlog.get_logger()

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

LONGEST_TEXT = 200_000
PARSED_KEPT = 1024
TEXTS_CHECKED = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind(Generic[T_co]):
    """A kind of document.

    Attributes:
        name: as it stands in addresses and in the database.
        title: as people read it.
        load: reads a text; raises `DocumentError` with every problem found.
        shipped: gives the text that holds while a client has published none.
        default: gives that text as it is read.
        unpublished: what people read while a client has published none.
        suffix: of a file with such a text.
        right: who keeps it.
        is_shipped: False where nothing holds until a client publishes something.
    """

    name: str
    title: str
    load: Callable[[str], T_co]
    shipped: Callable[[], str]
    default: Callable[[], T_co]
    unpublished: str = "The shipped text is in force."
    suffix: str = "yaml"
    right: Right = Right.KEEP_DOCUMENTS
    is_shipped: bool = True


PLAYBOOK = Kind(
    name="playbook",
    title="Playbook",
    load=playbook.load,
    shipped=playbook.shipped_text,
    default=playbook.default_playbook,
)
SOLUTIONS = Kind(
    name="solutions",
    title="Solutions",
    load=solutions.load,
    shipped=solutions.shipped_text,
    default=solutions.default_solutions,
)
LIMITS = Kind(
    name="limits",
    title="Limits on abuse",
    load=limits.load,
    shipped=limits.shipped_text,
    default=limits.default_limits,
)
POLICIES = Kind(
    name="policies",
    title="Policies",
    load=policy.load,
    shipped=policy.shipped_text,
    default=policy.default_policy,
    unpublished="Nothing is published. The shipped text is a template: put your own words and values in.",
    suffix="md",
)

KINDS: dict[str, Kind[Any]] = {kind.name: kind for kind in (PLAYBOOK, SOLUTIONS, LIMITS, POLICIES)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Current(Generic[T_co]):
    """What holds now.

    Attributes:
        version: its number; 0 for the text that is shipped.
    """

    version: int
    content: T_co


def kind_named(name: str) -> Kind[Any]:
    """The kind of that name.

    Raises:
        NotFoundError: there is none.
    """
    if name not in KINDS:
        raise NotFoundError("There is no such document.", hint=f"Choose one of: {', '.join(KINDS)}.")
    return KINDS[name]


@lru_cache(maxsize=TEXTS_CHECKED)
def problems_in(kind: Kind[Any], text: str) -> tuple[Problem, ...]:
    """Everything wrong in `text`, by line; none when it can be published."""
    return document.problems_in(kind.load, text)


async def text_of(connection: AsyncConnection, client_id: str, kind: Kind[Any], number: int) -> str:
    """The text of a version; 0 for the shipped one.

    Raises:
        NotFoundError: there is no such version.
    """
    if number == 0:
        return kind.shipped()
    text = await documents.find_text(connection, client_id, kind.name, number)
    if text is None:
        raise NotFoundError("There is no such version.", hint="Choose one from the list.")
    return text


def plain(text: str) -> str:
    """The text as it is kept: lines end with a line feed, every character can be stored.

    Raises:
        InputError: it is too long.
    """
    text = readable(text).replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > LONGEST_TEXT:
        raise InputError(f"A document has at most {LONGEST_TEXT:,} characters.")
    return text


class Documents:
    """What holds for each client; parsed once a version."""

    def __init__(self, database: Database, threads: Executor, clock: Clock) -> None:
        self._database = database
        self._threads = threads
        self._clock = clock
        self._parsed: OrderedDict[tuple[str, str, int], Any] = OrderedDict()

    async def current(self, client_id: str, kind: Kind[T], at: datetime | None = None) -> Current[T]:
        """What holds for the client at a moment (None for now): published, or shipped where nothing is.

        A version that this release can no longer read gives way to the shipped text; the log says so.
        """
        version = (await self.numbers(client_id, at)).get(kind.name, 0)
        return Current(version=version, content=await self.content(client_id, kind, version))

    async def numbers(self, client_id: str, at: datetime | None = None) -> dict[str, int]:
        """The number of the version of each kind that holds at a moment; kinds without one are left out."""
        async with self._database.read() as connection:
            return await documents.numbers_at(connection, client_id, at or self._clock())

    async def content(self, client_id: str, kind: Kind[T], number: int) -> T:
        """A version as its parser reads it, kept from the first time on; `number` as in `Current.version`."""
        key = (client_id if number else "", kind.name, number)
        if key not in self._parsed:
            self._parsed[key] = await self._load(client_id, kind, number)
        self._parsed.move_to_end(key)
        while len(self._parsed) > PARSED_KEPT:
            self._parsed.popitem(last=False)
        content: T = self._parsed[key]
        return content

    async def check(self, kind: Kind[Any], text: str) -> tuple[Problem, ...]:
        """Everything wrong in `text`, by line; none when it can be published."""
        return await self.run(problems_in, kind, plain(text))

    async def _load(self, client_id: str, kind: Kind[Any], number: int) -> Any:
        if number == 0:
            return await self.run(kind.default)
        async with self._database.read() as connection:
            text = await text_of(connection, client_id, kind, number)
        try:
            return await self.run(kind.load, text)
        except DocumentError:
            log.error("document_unreadable", client=client_id, kind=kind.name, version=number)
            return await self.run(kind.default)

    async def run(self, function: Callable[..., T], *args: Any) -> T:
        """Runs what takes long to read in a thread."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, function, *args)
