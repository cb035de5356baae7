"""The audit log: who did what, to look through and to take away."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import AsyncIterator, Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict
from starlette.responses import Response, StreamingResponse

from coolhead.errors import InputError, NotFoundError
from coolhead.services.audit import PAGE
from coolhead.storage.audit import Action, Entry, Filter
from coolhead.web.needs import Here
from coolhead.web.pages import page
from coolhead.web.security import Person

router = APIRouter(prefix="/audit")
COLUMNS = ("id", "at", "action", "actor_id", "actor", "client_id", "subject", "details")


class Asked(BaseModel):
    """What the page's form asks for; empty fields stand for any, days are in UTC and count whole."""

    model_config = ConfigDict(frozen=True)

    client: str = ""
    action: str = ""
    who: str = ""
    subject: str = ""
    since: str = ""
    until: str = ""
    before: int | None = None

    def filter(self) -> Filter:
        """The filter that this asks for.

        Raises:
            InputError: there is no such action or day.
        """
        last = _day(self.until)
        try:
            actions = (Action(self.action),) if self.action else ()
        except ValueError as error:
            raise InputError("There is no such action.", hint="Choose one from the list.") from error
        return Filter(
            client_ids=(self.client,) if self.client else None,
            actions=actions,
            actor_id=self.who.strip(),
            subject=self.subject.strip(),
            since=_day(self.since),
            until=last + timedelta(days=1) if last else None,
            before=self.before,
        )


async def _asked(
    client: str = "",
    action: str = "",
    who: str = "",
    subject: str = "",
    since: str = "",
    until: str = "",
    before: int | None = None,
) -> Asked:
    return Asked(
        client=client, action=action, who=who, subject=subject, since=since, until=until, before=before
    )


Question = Annotated[Asked, Depends(_asked)]


@router.get("")
async def log(request: Request, here: Here, person: Person, asked: Question) -> Response:
    """A page of the log, the latest first."""
    entries = await here.audit.list_of(person, asked.filter())
    question = {name: value for name, value in asked.model_dump(exclude={"before"}).items() if value}
    return page(
        request,
        person,
        "audit.html",
        entries=entries,
        asked=asked,
        actions=list(Action),
        clients=await here.accounts.list_clients(person),
        exports=[(name, f"/audit/export/{name}?{urlencode(question)}") for name in WRITERS],
        more=f"/audit?{urlencode(question | {'before': entries[-1].id})}" if len(entries) == PAGE else "",
    )


@router.get("/export/{form}")
async def export(here: Here, person: Person, asked: Question, form: str) -> Response:
    """All that the filter finds, the oldest first, as a file.

    Raises:
        NotFoundError: there is no such form.
    """
    if form not in WRITERS:
        raise NotFoundError(
            "There is no such form to export to.", hint=f"Choose one of: {', '.join(WRITERS)}."
        )
    media_type, head, line = WRITERS[form]
    entries = await here.audit.export(person, asked.filter(), form)
    return StreamingResponse(
        _written(entries, head, line),
        media_type=media_type,
        headers={"Content-Disposition": f'attachment; filename="audit.{form}"'},
    )


async def _written(
    entries: AsyncIterator[Entry], head: str, line: Callable[[Entry], str]
) -> AsyncIterator[str]:
    yield head
    async for entry in entries:
        yield line(entry)


def _values(entry: Entry) -> dict[str, object]:
    values: dict[str, object] = {name: getattr(entry, name) for name in COLUMNS}
    return values | {"at": entry.at.isoformat(), "action": entry.action.value, "details": dict(entry.details)}


def _json_line(entry: Entry) -> str:
    return json.dumps(_values(entry), ensure_ascii=False) + "\n"


def _csv_line(entry: Entry) -> str:
    values = _values(entry)
    values["details"] = json.dumps(values["details"], ensure_ascii=False, sort_keys=True)
    out = io.StringIO()
    csv.writer(out).writerow([_harmless(str(each) if each is not None else "") for each in values.values()])
    return out.getvalue()


def _harmless(cell: str) -> str:
    """The cell so that no spreadsheet takes it for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


WRITERS: dict[str, tuple[str, str, Callable[[Entry], str]]] = {
    "csv": ("text/csv", ",".join(COLUMNS) + "\r\n", _csv_line),
    "jsonl": ("application/jsonl", "", _json_line),
}


def _day(text: str) -> datetime | None:
    if not text:
        return None
    try:
        return datetime.combine(date.fromisoformat(text), time(), UTC)
    except ValueError as error:
        raise InputError("There is no such day.", hint="Write it like 2026-03-01.") from error
