"""Due moments of a table's rows: which lie within a span, and of which people were told, once each.

For tables with the columns `client_id`, `due`, `near_told` and `overdue_told`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Generic, TypeVar

from sqlalchemy import ColumnElement, Table, and_, or_, update
from sqlalchemy.ext.asyncio import AsyncConnection

T_co = TypeVar("T_co", covariant=True)


class Threshold(StrEnum):
    """What people are told of a due moment, once each; also the name of its column."""

    NEAR = "near_told"
    OVERDUE = "overdue_told"


@dataclass(frozen=True, slots=True, kw_only=True)
class Untold(Generic[T_co]):
    """Something that is due, of which nobody was told, with the customer's name."""

    item: T_co
    customer: str


@dataclass(frozen=True, slots=True)
class DueMoments:
    """The due moments of a table's rows.

    Attributes:
        waiting: which rows still have to be done.
    """

    table: Table
    waiting: ColumnElement[bool]

    def untold(self, threshold: Threshold, after: datetime | None, until: datetime) -> ColumnElement[bool]:
        """Waiting rows due from a moment (None: ever) until another, of whose due moment nobody was told."""
        due = self.table.c.due
        within = due <= until if after is None else and_(due <= until, due >= after)
        return and_(within, self._untold(threshold))

    async def claim(
        self, connection: AsyncConnection, threshold: Threshold, row_id: str, due: datetime | None
    ) -> bool:
        """Notes that people are told of the due moment; False when they were, or it has changed since."""
        column = self.table.c
        query = update(self.table).where(column.id == row_id, column.due == due, self._untold(threshold))
        return (await connection.execute(query.values({threshold.value: column.due}))).rowcount == 1

    def within(self, spans: Mapping[str, tuple[datetime, datetime]]) -> ColumnElement[bool]:
        """Rows due, by client, from the first moment to before the second."""
        column = self.table.c
        each = (
            and_(column.client_id == client_id, column.due >= first, column.due < end)
            for client_id, (first, end) in sorted(spans.items())
        )
        return or_(False, *each)

    def _untold(self, threshold: Threshold) -> ColumnElement[bool]:
        told = self.table.c[threshold.value]
        return and_(self.waiting, or_(told.is_(None), told != self.table.c.due))
