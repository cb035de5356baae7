"""A client's policies as everybody may read them: what holds now, and what will hold next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from coolhead.errors import NotFoundError
from coolhead.guidance.facts import Fact
from coolhead.guidance.policy import Policy, default_policy
from coolhead.services.access import Right, Viewer
from coolhead.services.clock import Clock
from coolhead.services.documents.documents import POLICIES, Documents
from coolhead.storage import clients, documents
from coolhead.storage.clients import Client
from coolhead.storage.database import Database
from coolhead.storage.documents import Version


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A fact that another version changes; `before` or `after` is None where it is not given."""

    name: str
    says: str
    before: Fact | None
    after: Fact | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """A version that will hold.

    Attributes:
        facts: what it changes in facts.
        sections: titles of the sections whose text it changes beside that.
    """

    number: int
    effective_at: datetime
    facts: tuple[Change, ...]
    sections: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """The policies of a client at a moment.

    Attributes:
        number: the version; 0 for a draft.
        effective_at: since when it holds; for a draft the present moment.
        coming: the version that will hold next; None when nothing is planned.
    """

    client: Client
    policy: Policy
    number: int
    effective_at: datetime
    coming: Coming | None


class Policies:
    """Reads published policies; needs nobody to be signed in but for a draft."""

    def __init__(self, database: Database, published: Documents, clock: Clock) -> None:
        self._database = database
        self._published = published
        self._clock = clock

    async def read(self, client_id: str) -> Published:
        """What the client has published.

        Raises:
            NotFoundError: there is no such client, or nothing of it holds yet.
        """
        now = self._clock()
        async with self._database.snapshot() as connection:
            client = await clients.find(connection, client_id)
            holds = (await documents.numbers_at(connection, client_id, now)).get(POLICIES.name, 0)
            versions = await documents.list_versions(connection, client_id, POLICIES.name)
        version = next((each for each in versions if each.number == holds), None)
        if client is None or version is None:
            raise _none_here()
        policy = await self._published.content(client_id, POLICIES, version.number)
        if policy == default_policy():
            raise _none_here()
        return Published(
            client=client,
            policy=policy,
            number=version.number,
            effective_at=version.effective_at,
            coming=await self._coming(policy, versions, now),
        )

    async def read_draft(self, viewer: Viewer, client_id: str) -> Published:
        """The draft as it would be read if it were published now; without one, what holds.

        Raises:
            NotFoundError: the viewer may not know of the client.
            ForbiddenError: they may not edit its documents.
            DocumentError: the draft has problems.
        """
        viewer.require(Right.KEEP_DOCUMENTS, client_id)
        now = self._clock()
        async with self._database.snapshot() as connection:
            client = await clients.find(connection, client_id)
            draft = await documents.find_draft(connection, client_id, POLICIES.name)
            holds = (await documents.numbers_at(connection, client_id, now)).get(POLICIES.name, 0)
        if client is None:
            raise _none_here()
        if draft:
            policy = await self._published.run(POLICIES.load, draft.text)
        else:
            policy = await self._published.content(client_id, POLICIES, holds)
        return Published(client=client, policy=policy, number=0, effective_at=now, coming=None)

    async def _coming(self, policy: Policy, versions: list[Version], now: datetime) -> Coming | None:
        later = [each for each in versions if each.effective_at > now and each.withdrawn_at is None]
        if not later:
            return None
        version = min(later, key=lambda each: (each.effective_at, -each.number))
        after = await self._published.content(version.client_id, POLICIES, version.number)
        return Coming(
            number=version.number,
            effective_at=version.effective_at,
            facts=tuple(changes(policy, after)),
            sections=tuple(_reworded(policy, after)),
        )


def changes(before: Policy, after: Policy) -> Iterator[Change]:
    """The facts that differ, in the order of the later policy, then those that are gone."""
    for name in [*after.facts, *(each for each in before.facts if each not in after.facts)]:
        old, new = before.facts.get(name), after.facts.get(name)
        if old is None or new is None or old.value != new.value:
            says = next(fact.says for fact in (new, old) if fact)
            yield Change(name=name, says=says, before=old, after=new)


def _reworded(before: Policy, after: Policy) -> Iterator[str]:
    texts = {section.id: section.markdown for section in before.sections}
    for section in after.sections:
        if texts.get(section.id) != section.markdown:
            yield section.title


def _none_here() -> NotFoundError:
    return NotFoundError(
        "There are no policies at this address.", hint="Check the link that brought you here."
    )
