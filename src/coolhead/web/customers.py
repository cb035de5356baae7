"""Customers on screen: found, one over all contacts, merged, deleted; and last time on the desk."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from coolhead.casework.contacts import REPEAT_WITHIN
from coolhead.casework.loyalty import RULES
from coolhead.picture.note import RESULTS
from coolhead.picture.topic import PLAIN
from coolhead.services.access import Right, Viewer
from coolhead.services.casework.customers import PART_WITHIN
from coolhead.storage.conversations import Summary
from coolhead.web.needs import Here, Services
from coolhead.web.pages import page
from coolhead.web.security import Person

PAGE = 50
Text = Annotated[str, Form()]

router = APIRouter(prefix="/customers")


async def last_time_of(here: Services, viewer: Viewer, summary: Summary) -> dict[str, Any]:
    """What `_last_time.html` needs beside the conversation."""
    hours = (await here.accounts.find_client(summary.client_id)).hours
    may_know = viewer.may(Right.WORK, summary.client_id)
    last = await here.customers.last_time(viewer, summary)
    return {"last_time": last, "may_know": may_know, "about": PLAIN, "results": RESULTS, "hours": hours}


@router.get("")
async def index(
    request: Request, here: Here, person: Person, q: str = "", client: str = "", offset: int = 0
) -> Response:
    """Customers, who was last in touch first."""
    words, offset = q.strip()[:200], max(0, offset)
    found = await here.customers.list_page(person, words, client or None, limit=PAGE, offset=offset)
    clients = await here.accounts.list_clients(person)
    more = {"q": words, "client": client, "offset": offset + PAGE}
    return page(
        request,
        person,
        "customers.html",
        found=found.found,
        total=found.total,
        q=words,
        client_id=client,
        clients=clients,
        names={each.id: each.name for each in clients},
        proofs=[each for each in clients if person.may(Right.KEEP_DATA, each.id)],
        more=f"/customers?{urlencode(more)}" if offset + PAGE < found.total else "",
    )


@router.get("/{customer_id}")
async def one(request: Request, here: Here, person: Person, customer_id: str) -> Response:
    """A customer over all contacts."""
    record = await here.customers.read(person, customer_id)
    return page(
        request,
        person,
        "customer.html",
        where=record.client.name,
        record=record,
        hours=record.client.hours,
        about=PLAIN,
        results=RESULTS,
        rules=RULES,
        repeat_days=REPEAT_WITHIN.days,
        part_days=PART_WITHIN.days,
        may_merge=person.may(Right.MERGE_CUSTOMERS, record.client.id),
        may_delete=person.may(Right.KEEP_DATA, record.client.id),
        opened={each.conversation_id: each.opened_at for each in record.contacts},
    )


@router.post("/of/{conversation_id}")
async def know(here: Here, person: Person, conversation_id: str, key: Text = "") -> Response:
    """Says whose conversation it is."""
    await here.customers.know(person, conversation_id, key)
    return RedirectResponse(f"/desk/{conversation_id}", status_code=303)


@router.post("/{customer_id}/merge")
async def merge(here: Here, person: Person, customer_id: str, key: Text = "") -> Response:
    """Takes another record up into this one."""
    into = await here.customers.merge(person, customer_id, key)
    return RedirectResponse(f"/customers/{into.id}", status_code=303)


@router.post("/{customer_id}/part")
async def part_again(here: Here, person: Person, customer_id: str) -> Response:
    """Takes a merge back."""
    parted = await here.customers.part(person, customer_id)
    return RedirectResponse(f"/customers/{parted.merged_into}", status_code=303)


@router.post("/{customer_id}/delete")
async def delete(here: Here, person: Person, customer_id: str, key: Text = "", number: Text = "") -> Response:
    """Deletes the customer with everything of theirs, and shows the proof."""
    deletion = await here.erasure.delete(person, customer_id, key, number)
    return RedirectResponse(f"/customers/deletions/{deletion.client_id}#n{deletion.number}", status_code=303)


@router.get("/deletions/{client_id}")
async def deletions(request: Request, here: Here, person: Person, client_id: str) -> Response:
    """Proof of each customer who was deleted."""
    proof = await here.erasure.read_proof(person, client_id)
    client = await here.accounts.find_client(client_id)
    return page(request, person, "deletions.html", where=client.name, client=client, proof=proof)
