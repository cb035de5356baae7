"""Policies on screen: the public page and its JSON, the preview of a draft, the search from the desk."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from coolhead.guidance.document import DocumentError
from coolhead.guidance.policy_search import search
from coolhead.services.access import Right
from coolhead.services.documents.policies import Published
from coolhead.web.needs import Here
from coolhead.web.pages import part
from coolhead.web.policy_view import json_of, page_values
from coolhead.web.security import Person
from coolhead.web.templating import draw

router = APIRouter()

KEPT_S = 300
"""How long a reader's browser may keep the page before it asks again."""

ANY_ORIGIN = {"Access-Control-Allow-Origin": "*"}


@router.get("/p/{client_id}.json")
async def machine_readable(request: Request, here: Here, client_id: str) -> Response:
    """The published policies, for programs of any site.

    Raises:
        NotFoundError: there is no such client, or nothing is published.
    """
    published = await here.policies.read(client_id)
    return _cached(request, JSONResponse(json_of(published), headers=ANY_ORIGIN), published)


@router.get("/p/{client_id}")
async def public_page(request: Request, here: Here, client_id: str) -> Response:
    """The published policies, for everybody: no sign-in, no script, no cookie.

    Raises:
        NotFoundError: there is no such client, or nothing is published.
    """
    published = await here.policies.read(client_id)
    html = draw("policy.html", draft=False, **page_values(published))
    link = {"Link": f'</p/{client_id}.json>; rel="alternate"; type="application/json"'}
    return _cached(request, Response(html, media_type="text/html", headers=link), published)


@router.get("/documents/{client_id}/policies/preview")
async def preview(here: Here, person: Person, client_id: str) -> Response:
    """The draft as everybody would read it; where it has problems, the editor shows them."""
    try:
        published = await here.policies.read_draft(person, client_id)
    except DocumentError:
        return RedirectResponse(f"/documents/{client_id}/policies/text", status_code=303)
    return Response(draw("policy.html", draft=True, **page_values(published)), media_type="text/html")


@router.get("/desk/{conversation_id}/policies")
async def find_policies(here: Here, person: Person, conversation_id: str, q: str = "") -> Response:
    """Sentences of the client's policies that have the words of `q`."""
    summary = (await here.live.read_stand(person, conversation_id)).summary
    person.require(Right.WORK, summary.client_id)
    policy = (await here.guides.of(summary.client_id)).terms.policy
    titles = {section.id: section.title for section in policy.sections} if policy else {}
    return part(
        "_policy_hits.html",
        client_id=summary.client_id,
        policy=policy,
        query=q.strip(),
        titles=titles,
        hits=search(policy, q) if policy else (),
    )


def _cached(request: Request, response: Response, published: Published) -> Response:
    """The response with its tag and how long it may be kept; without a body for who has it already."""
    tag = f'"{hashlib.sha256(response.body).hexdigest()[:32]}"'
    keep = KEPT_S
    if published.coming:
        until = published.coming.effective_at - datetime.now(UTC)
        keep = max(0, min(KEPT_S, int(until.total_seconds())))
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = f"public, max-age={keep}"
    known = request.headers.get("if-none-match", "")
    if known == "*" or tag in (each.strip().removeprefix("W/") for each in known.split(",")):
        return Response(
            status_code=304, headers={name: response.headers[name] for name in ("ETag", "Cache-Control")}
        )
    return response
