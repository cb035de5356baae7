"""Every route with everyone who may come to it, against the tables of rights and routes.

`PARTS` tells what the `{part}`s of paths stand for: things of the client `main` where there are such, else an
id that nothing has. `FORM` and `FORMS` hold what forms ask for, so that requests come as far as the use case:
a form that is refused because a field is missing (422) shows nothing of rights.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.routing import Mount, Route

from coolhead.channels.routes import API, ROUTES, Door
from coolhead.codebook import Channel, Speaker
from coolhead.services.access import GRANTS, Right, Viewer
from coolhead.services.conversations.live import Opening
from coolhead.services.turns.hearing import Said
from coolhead.storage.accounts import Role
from coolhead.storage.api_keys import Scope
from coolhead.web.app import create_app
from coolhead.wiring import Services
from tests.web.conftest import PASSWORD, browser_of
from tools.rights_reference import reference

NOTHING = "0" * 32
CLIENT, OTHER = "main", "elsewhere"
SECRETS = ("Zephyrine", "quincunx", "Marabel")
OWNED = ("conversation_id", "conversation", "client_id")
PARTS: dict[str, str] = {
    "account_id": NOTHING,
    "action": "play",
    "assignment_id": NOTHING,
    "client_id": CLIENT,
    "customer_id": NOTHING,
    "drill_id": "name-the-feeling",
    "drill_run_id": NOTHING,
    "escalation_id": NOTHING,
    "follow_up_id": NOTHING,
    "form": "csv",
    "hold_id": NOTHING,
    "inlet_id": NOTHING,
    "invitation_id": NOTHING,
    "key_id": NOTHING,
    "kind": "playbook",
    "lesson_id": "apologise",
    "letter_id": NOTHING,
    "message_id": NOTHING,
    "move": "accept",
    "name": "README",
    "number": "1",
    "offer_id": NOTHING,
    "other_id": NOTHING,
    "piece": "scenario.grey-sofa",
    "promise": NOTHING,
    "promise_id": NOTHING,
    "run_id": NOTHING,
    "scenario_id": "grey-sofa",
    "script_id": "nothing",
    "session_id": NOTHING,
    "token": NOTHING,
    "turn_id": "t0",
    "webhook_id": NOTHING,
}
FORM: dict[str, str] = {
    "account_id": NOTHING,
    "answer": "done",
    "base": "0",
    "field": "heat",
    "name": "N",
    "number": "1",
    "shown": "3",
    "should_be": "1",
    "text": "well said",
    "turn_id": "t0",
    "version": "1",
}
FORMS: dict[str, dict[str, str]] = {
    "POST /customers/of/{conversation_id}": {"key": "4711"},
    "POST /follow-ups/in/{conversation_id}": {"kind": "call", "exactly": "2037-03-20T17:30"},
    "POST /follow-ups/{follow_up_id}/edit": {"kind": "call"},
    "POST /follow-ups/{follow_up_id}/move": {"move": "do"},
    "POST /desk/{conversation_id}/disposition": {"issue": "billing", "outcome": "yes"},
    "POST /desk/{conversation_id}/gestures": {"kind": "credit", "amount": "1"},
    "POST /desk/{conversation_id}/offers": {"problem": "p", "picks": "0"},
    "POST /desk/{conversation_id}/offers/{offer_id}": {"answer": "accepted"},
    "POST /practice/drills/{drill_id}": {"client": CLIENT},
    "POST /practice/lessons/{lesson_id}/read": {"client": CLIENT},
    "POST /training/assignments": {
        "client": CLIENT,
        "what": "drill:name-the-feeling",
        "due_on": "2037-03-20",
        "for_whom": "agent",
    },
}
UPLOADS = {
    "POST /documents/{client_id}/{kind}/import": {"file": ("draft.yaml", b"entries: []")},
    "POST /training/material/{client_id}/import": {"files": ("page.md", b"# A page")},
    "POST /training/material/{client_id}/{piece}/import": {"file": ("draft.yaml", b"id: grey-sofa")},
}
ROLES = tuple(role for role in Role if role is not Role.ADMIN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What came of one request."""

    route: str
    status: int
    at_the_door: bool
    told: str

    @property
    def is_in(self) -> bool:
        return not self.at_the_door and self.status != 403 and self.status < 500


def routes_of(router: Any, prefix: str = "") -> Iterator[str]:
    """Every "METHOD /path" behind the application, whichever way it was put there."""
    for route in router.routes:
        if isinstance(route, Mount):
            if hasattr(route.app, "routes"):
                yield from routes_of(route.app, prefix + route.path)
        elif hasattr(route, "original_router"):
            yield from routes_of(route.original_router, prefix)
        elif isinstance(route, Route) or hasattr(route, "methods"):
            for method in sorted(route.methods - {"HEAD"}):
                yield f"{method} {prefix}{route.path}"


def needs(*, api: bool) -> list[tuple[str, Right | Door]]:
    """The lines of the screens, or of the API; what only looks comes before what changes something."""
    lines = [(route, need) for route, need in ROUTES.items() if (f" {API}/" in route) is api]
    return sorted(lines, key=lambda line: not line[0].startswith("GET "))


def path_of(route: str, conversation: str) -> tuple[str, str]:
    method, _, path = route.partition(" ")
    parts = {**PARTS, "conversation_id": conversation, "conversation": conversation}
    unknown = set(re.findall(r"{(\w+)}", path)) - set(parts)
    assert not unknown, f"say in PARTS what {unknown} of {route} stands for"
    return method, path.format(**parts)


async def ask(http: httpx.AsyncClient, route: str, conversation: str) -> Seen:
    method, path = path_of(route, conversation)
    if API in path:
        answer = await http.request(method, path, json={} if method == "POST" else None)
    else:
        data = FORM | FORMS.get(route, {}) if method == "POST" else None
        answer = await http.request(method, path, data=data, files=UPLOADS.get(route))
    back = answer.headers.get("location", "").startswith("/sign-in?next=")
    at_the_door = back or (API in path and answer.status_code == 401)
    return Seen(route=route, status=answer.status_code, at_the_door=at_the_door, told=answer.text)


def is_owned(route: str) -> bool:
    return any(f"{{{part}}}" in route for part in OWNED)


def holds(role: Role, need: Right | Door) -> bool:
    return role is Role.ADMIN or not isinstance(need, Right) or role in GRANTS[need].roles


@pytest.fixture
async def conversation(services: Services, admin: Viewer, monkeypatch: pytest.MonkeyPatch) -> str:
    """A conversation of the one client, full of words that nobody else may see; streams end at once."""
    monkeypatch.setattr(services.feed, "_life_s", 0.01)
    await services.accounts.create_client(OTHER, "Elsewhere")
    opening = Opening(client_id=CLIENT, channel=Channel.CHAT, customer=SECRETS[0], agent=SECRETS[2])
    summary, _ = await services.live.open(admin, opening)
    said = [Said(id="t0", speaker=Speaker.CUSTOMER, text=f"heat 3 {SECRETS[1]}", number=0)]
    await services.live.add_turns(admin, summary.id, said)
    return summary.id


async def somebody(services: Services, name: str, roles: Mapping[str, Role]) -> httpx.AsyncClient:
    email = f"{name}@team.example"
    is_admin = Role.ADMIN in roles.values()
    account = await services.accounts.create_user(
        email=email, name="N", password=PASSWORD, is_admin=is_admin, roles={} if is_admin else roles
    )
    token = await services.accounts.begin_session(account, address="", browser="", way="test")
    browser = browser_of(services)
    browser.cookies.set("coolhead_session", token, domain="desk.example")
    return browser


def test_every_route_has_a_line_and_every_line_a_route(services: Services) -> None:
    routes = set(routes_of(create_app(services)))
    assert sorted(routes - set(ROUTES)) == [], "add these to coolhead/channels/routes.py"
    assert sorted(set(ROUTES) - routes) == [], "these have no route any more"


def test_every_right_is_granted_and_asked_for() -> None:
    assert set(GRANTS) == set(Right)
    assert all(Role.ADMIN not in grant.roles for grant in GRANTS.values())


def test_the_page_of_the_docs_is_made_from_the_tables() -> None:
    page = Path(__file__).parents[2] / "docs/reference/rights.md"
    assert page.read_text("utf-8") == reference(), "run tools/rights_reference.py > docs/reference/rights.md"


async def test_who_is_not_signed_in_comes_to_open_doors_only(services: Services, conversation: str) -> None:
    await services.accounts.create_first_admin(email="a@team.example", name="A", password=PASSWORD)
    wrong = []
    async with browser_of(services) as nobody:
        for route, need in needs(api=False) + needs(api=True):
            seen = await ask(nobody, route, conversation)
            if seen.at_the_door is (need is Door.ANYONE) or seen.status >= 500:
                wrong.append((route, seen.status))
    assert wrong == [], "\n".join(map(str, wrong))


@pytest.mark.parametrize("role", list(Role))
async def test_each_role_comes_to_what_the_table_grants_it(
    services: Services, conversation: str, role: Role
) -> None:
    wrong = []
    async with await somebody(services, "one", {CLIENT: role}) as person:
        for route, need in needs(api=False):
            if need is not Door.ANYONE:
                seen = await ask(person, route, conversation)
                refused = seen.status == 403 and not seen.at_the_door
                if not (seen.is_in if holds(role, need) else refused):
                    wrong.append((route, need, seen.status))
    assert wrong == [], "\n".join(map(str, wrong))


@pytest.mark.parametrize("role", [None, *ROLES])
async def test_rights_at_one_client_are_of_no_use_at_another(
    services: Services, conversation: str, role: Role | None
) -> None:
    """Somebody who supervises another client, and here is nothing, or is only `role`."""
    wrong = []
    roles = {OTHER: Role.SUPERVISOR} | ({CLIENT: role} if role else {})
    async with await somebody(services, "mixed", roles) as person:
        for route, need in needs(api=False):
            if need is Door.ANYONE or (role and holds(role, need)):
                continue
            seen = await ask(person, route, conversation)
            leaks = any(secret in seen.told for secret in SECRETS)
            if leaks or (is_owned(route) and seen.status not in (403, 404)):
                wrong.append((route, need, seen.status, leaks))
    assert wrong == [], "\n".join(map(str, wrong))


async def test_a_key_does_what_its_scopes_grant_at_its_client(
    services: Services, conversation: str, admin: Viewer
) -> None:
    wrong = []
    for client_id, scopes in ((CLIENT, {Scope.READ}), (CLIENT, {Scope.WRITE}), (OTHER, set(Scope))):
        _, secret = await services.keys.create(admin, client_id, "k", scopes)
        async with browser_of(services) as program:
            program.headers["authorization"] = f"Bearer {secret}"
            for route, need in needs(api=True):
                seen = await ask(program, route, conversation)
                granted = need is Door.ANYONE or (isinstance(need, Right) and GRANTS[need].scope in scopes)
                if client_id == OTHER and is_owned(route) and need is not Door.ANYONE:
                    fits = seen.status in (404, 422)
                else:
                    fits = seen.is_in if granted else seen.status == 403
                leaks = client_id == OTHER and any(secret in seen.told for secret in SECRETS)
                if leaks or not fits:
                    wrong.append((route, client_id, sorted(scopes), seen.status, leaks))
    assert wrong == [], "\n".join(map(str, wrong))


async def test_a_screen_is_no_place_for_a_key_nor_the_api_for_a_session(
    services: Services, conversation: str, admin: Viewer
) -> None:
    _, secret = await services.keys.create(admin, CLIENT, "k", set(Scope))
    async with browser_of(services) as program, await somebody(services, "a", {CLIENT: Role.ADMIN}) as person:
        program.headers["authorization"] = f"Bearer {secret}"
        assert (await ask(program, "GET /conversations/{conversation_id}", conversation)).at_the_door
        assert (await ask(person, f"GET {API}/conversations", conversation)).at_the_door
