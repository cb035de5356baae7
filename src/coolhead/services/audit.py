"""The audit log: `record` for every use case, inside its transaction; `Audit` for those who read it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.services.access import Right, Viewer
from coolhead.storage import audit
from coolhead.storage.audit import Action, Detail, Entry, Filter
from coolhead.storage.conversations import Summary
from coolhead.storage.database import Database

PAGE = 100
VIEW_ONCE_PER = timedelta(hours=1)


async def record(
    connection: AsyncConnection,
    viewer: Viewer | None,
    action: Action,
    *,
    at: datetime,
    subject: str = "",
    client_id: str | None = None,
    **details: Detail,
) -> None:
    """Records what is being done, in the caller's transaction: both are kept, or neither.

    Args:
        connection: of the transaction.
        viewer: who does it; None for somebody who is not signed in, or for Coolhead itself.
        action: what is done; add a member to `Action` for a new one.
        at: the present moment.
        subject: id of the thing it is done to.
        client_id: whose thing that is; None when it belongs to no client (then only admins see the entry).
        details: a few words and numbers that tell more; never what a customer said.
    """
    entry = Entry(
        at=at,
        action=action,
        actor_id=viewer.id if viewer else "",
        actor=viewer.name if viewer else "",
        client_id=client_id,
        subject=subject,
        details=details,
    )
    await audit.add(connection, entry)


class Audit:
    """The use cases of those who read the log, and the recording of those who only look."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    async def list_of(self, viewer: Viewer, which: Filter) -> list[Entry]:
        """A page of the log, the latest first; entries of no client are for admins.

        Raises:
            ForbiddenError: the viewer may not read the log.
            NotFoundError: the filter names a client that the viewer may not know of.
        """
        which = _narrowed(viewer, which)
        async with self._database.read() as connection:
            return await audit.list_of(connection, which, limit=PAGE)

    async def export(self, viewer: Viewer, which: Filter, form: str) -> AsyncIterator[Entry]:
        """Everything that the filter finds, the oldest first; that it was taken away is recorded before.

        Raises:
            ForbiddenError: the viewer may not read the log.
            NotFoundError: the filter names a client that the viewer may not know of.
        """
        which = _narrowed(viewer, which)
        now = self._clock()
        async with self._database.write() as connection:
            await record(connection, viewer, Action.AUDIT_EXPORTED, at=now, form=form)
        return self._read(replace(which, until=min(which.until or now, now)))

    async def looked_at(self, viewer: Viewer, summary: Summary) -> None:
        """Records, once an hour, that somebody other than its agent looks at a conversation."""
        if summary.agent_id == viewer.id:
            return
        now = self._clock()
        before = Filter(
            actions=(Action.VIEWED,), actor_id=viewer.id, subject=summary.id, since=now - VIEW_ONCE_PER
        )
        async with self._database.read() as connection:
            if await audit.list_of(connection, before, limit=1):
                return
        async with self._database.write() as connection:
            await record(
                connection, viewer, Action.VIEWED, at=now, subject=summary.id, client_id=summary.client_id
            )

    async def took_away(self, viewer: Viewer, summary: Summary, form: str) -> None:
        """Records that somebody takes a conversation away as a file."""
        async with self._database.write() as connection:
            await record(
                connection,
                viewer,
                Action.EXPORTED,
                at=self._clock(),
                subject=summary.id,
                client_id=summary.client_id,
                form=form,
            )

    async def _read(self, which: Filter) -> AsyncIterator[Entry]:
        async with self._database.snapshot() as connection:
            async for entry in audit.stream(connection, which):
                yield entry


def _narrowed(viewer: Viewer, which: Filter) -> Filter:
    """The filter within the clients whose log the viewer may read."""
    if which.client_ids is None:
        return replace(which, client_ids=viewer.narrowed(Right.AUDIT))
    return replace(
        which,
        client_ids={each for named in which.client_ids for each in viewer.narrowed(Right.AUDIT, named) or ()},
    )
