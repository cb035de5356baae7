"""Two clients side by side: nothing of the one is in any answer to those of the other.

Both are filled in the same way, each with a word of its own. Every GET route is asked, by a supervisor, a
client viewer and a key of the first client, before and after the second one is filled: neither its word nor
one of its ids may be in an answer, its things do not exist, and no answer of the first changes, so no count
does. `CASES` says with what each route is asked; a route that is missing there fails.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from sqlalchemy import or_, select

from coolhead.casework.follow_up import Kind as FollowUpKind
from coolhead.casework.offers import Answer
from coolhead.channels.routes import API, ROUTES, Door
from coolhead.codebook import Channel, Issue, Promiser, Resolved, Speaker
from coolhead.errors import NotFoundError
from coolhead.guidance.solutions import GestureKind
from coolhead.services.access import GRANTS, Right, Viewer
from coolhead.services.casework.promises import Wanted
from coolhead.services.conversations.live import Opening
from coolhead.services.documents.documents import KINDS
from coolhead.services.training.assigning import Wanted as Task
from coolhead.services.training.pieces import SCENARIOS
from coolhead.services.training.practising import Beginning
from coolhead.services.turns.hearing import Said
from coolhead.storage.accounts import Role
from coolhead.storage.api_keys import Scope
from coolhead.storage.assignments import Task as Kind
from coolhead.storage.contests import Field
from coolhead.storage.events import EventKind, StoredEvent
from coolhead.storage.inlets import InletKind
from coolhead.storage.retention import HoldScope
from coolhead.storage.tables import metadata
from coolhead.wiring import Services, casework, conversations, people, training, upkeep
from tests.conftest import running_services
from tests.web.conftest import PASSWORD, browser_of

NOW = datetime(2026, 3, 4, 10, 30, tzinfo=UTC)
OWN, OTHER = "main", "wexcombe"
OWN_WORD, OTHER_WORD = "Aldercairn", "Brontolith"
SHARED = "zinnia"
ID = re.compile(r"\b[0-9a-f]{32}\b")
SALVAGE = """
salvage:
  agent: EUR 50
  team: EUR 400
  gestures:
    - {kind: apology, what: A card, say: write to you, costs: EUR 3}
"""
SEARCHES = ("", f"?q={SHARED}", f"?q={OTHER_WORD[:5].lower()}", f"?client={OTHER}&q={SHARED}")
OF_OTHER = ("", f"?client={OTHER}", f"?client_id={OTHER}")
PUBLIC = frozenset({"/chat/{client_id}", "/chat/{client_id}/stream", "/p/{client_id}", "/p/{client_id}.json"})
"""What a client shows to everybody."""

OF_ADMINS = {Right.KEEP_CLIENTS, Right.KEEP_DATA, Right.KEEP_INTEGRATIONS, Right.KEEP_PEOPLE}
"""Rights that only admins have; their pages about one client hold nothing of another either."""

GROW = frozenset({"/audit", "/audit/export/{form}"})
"""What tells of the walk itself."""

CASES: dict[str, tuple[str, ...]] = {
    "/": ("",),
    "/account": ("",),
    "/api/v1/conversations": ("", f"?client={OTHER}", "?status=live", "?status=ended"),
    "/api/v1/conversations/{conversation}": ("",),
    "/api/v1/conversations/{conversation}/events": ("", "?after=0"),
    "/api/v1/events": ("", "?after=0", f"?client={OTHER}", f"?client={OTHER}&after=0"),
    "/api/v1/openapi.json": ("",),
    "/api/v1/promises": ("", "?which=settled", "?which=overdue", f"?client={OTHER}", "?conversation={other}"),
    "/api/v1/promises/{promise}": ("",),
    "/api/v1/search": (*SEARCHES, "?heat=3", "?outcome=yes", "?issue=billing"),
    "/audit": OF_OTHER,
    "/audit/export/{form}": OF_OTHER,
    "/chat/{client_id}": ("",),
    "/chat/{client_id}/stream": ("",),
    "/client-import": ("",),
    "/clients": ("",),
    "/clients/{client_id}/data": ("",),
    "/clients/{client_id}/integrations": ("",),
    "/clients/{client_id}/settings": ("",),
    "/conversations": ("", "?show=all", f"?show=all&client={OTHER}"),
    "/conversations/{conversation_id}": ("",),
    "/conversations/{conversation_id}/export/{form}": ("",),
    "/conversations/{conversation_id}/note": ("",),
    "/conversations/{conversation_id}/print": ("",),
    "/conversations/{conversation_id}/turns/{turn_id}/why": ("",),
    "/customers": (*OF_OTHER, f"?q={SHARED}", f"?words={SHARED}"),
    "/customers/deletions/{client_id}": ("",),
    "/customers/{customer_id}": ("",),
    "/demo": ("",),
    "/demo/{script_id}/row": ("",),
    "/desk": ("",),
    "/desk/stream": ("",),
    "/desk/{conversation_id}": ("",),
    "/desk/{conversation_id}/disposition": ("",),
    "/desk/{conversation_id}/gesture": ("",),
    "/desk/{conversation_id}/note": ("",),
    "/desk/{conversation_id}/policies": ("", "?q=refund"),
    "/desk/{conversation_id}/stream": ("",),
    "/documents": OF_OTHER,
    "/documents/{client_id}/playbook": ("",),
    "/documents/{client_id}/playbook/entries/{name}": ("",),
    "/documents/{client_id}/playbook/new": ("",),
    "/documents/{client_id}/playbook/trial": ("",),
    "/documents/{client_id}/policies/preview": ("",),
    "/documents/{client_id}/{kind}": ("",),
    "/documents/{client_id}/{kind}/compare": ("", "?from=0&to=1"),
    "/documents/{client_id}/{kind}/file": ("",),
    "/documents/{client_id}/{kind}/text": ("",),
    "/documents/{client_id}/{kind}/versions": ("",),
    "/floor": ("",),
    "/floor/stream": ("",),
    "/floor/{conversation_id}": ("",),
    "/floor/{conversation_id}/stream": ("",),
    "/follow-ups": (*OF_OTHER, "?which=settled", "?which=all"),
    "/follow-ups/stream": ("",),
    "/follow-ups/{follow_up_id}": ("",),
    "/forgotten": ("",),
    "/framed/{inlet_id}": ("", "?conversation=1"),
    "/framed/{inlet_id}/{conversation_id}/stream": ("",),
    "/gestures": OF_OTHER,
    "/healthz": ("",),
    "/join/{token}": ("",),
    "/learn": ("",),
    "/learn/{name}": ("",),
    "/new-password/{token}": ("",),
    "/p/{client_id}": ("",),
    "/p/{client_id}.json": ("",),
    "/people": ("",),
    "/people/{account_id}/sessions": ("",),
    "/practice": ("", f"?client={OTHER}"),
    "/practice/compare/{run_id}/{other_id}": ("",),
    "/practice/drill-runs/{drill_run_id}": ("", "?result"),
    "/practice/drills/{drill_id}": ("", f"?client={OTHER}"),
    "/practice/lessons/{lesson_id}": ("", f"?client={OTHER}"),
    "/practice/progress": ("", f"?client={OTHER}"),
    "/practice/runs": ("", "?offset=1"),
    "/practice/runs/{run_id}": ("",),
    "/practice/runs/{run_id}/debrief": ("",),
    "/practice/start/{scenario_id}": ("", f"?client={OTHER}"),
    "/promises": (*OF_OTHER, "?which=settled", "?which=overdue", "?whose=all"),
    "/promises/badge": ("",),
    "/promises/stream": ("",),
    "/promises/{promise_id}/history": ("",),
    "/search": (*SEARCHES, "?heat=3", "?outcome=yes", "?issue=billing"),
    "/sign-in": ("",),
    "/sign-in/elsewhere": ("",),
    "/sign-in/elsewhere/back": ("",),
    "/training": ("", f"?client={OTHER}"),
    "/training/material": ("",),
    "/training/material/{client_id}": ("",),
    "/training/material/{client_id}/export": ("",),
    "/training/material/{client_id}/publish": ("",),
    "/training/material/{client_id}/{piece}/compare": ("", "?from=0&to=1"),
    "/training/material/{client_id}/{piece}/file": ("",),
    "/training/material/{client_id}/{piece}/text": ("",),
    "/training/material/{client_id}/{piece}/try": ("",),
    "/training/material/{client_id}/{piece}/versions": ("",),
    "/training/progress": ("", f"?client={OTHER}", "?who={other}"),
    "/webhooks/{webhook_id}": ("", "?page=2"),
}


async def fill(services: Services, admin: Viewer, client_id: str, word: str) -> dict[str, str]:
    """Fills a client with one of everything, each with the word in it; gives what parts of paths mean."""
    account = await services.accounts.create_user(
        email=f"{word}@team.example", name=f"{word} Desk", password=PASSWORD, roles={client_id: Role.AGENT}
    )
    agent = Viewer(id=account.id, name=account.name, roles={client_id: Role.AGENT})
    await services.clients.rename(admin, client_id, f"{word} Ltd")
    await _publish(services, admin, client_id, word)
    await _write(services, admin, client_id, word)
    live = await _talk(services, agent, client_id, word, ["heat 3", "I want your supervisor"])
    await services.desk.whisper(admin, live, f"{word} whispered")
    await services.desk.contest(
        agent, live, "c0", Field.HEAT, shown="3", should_be="2", comment=f"{word} contested"
    )
    await services.escalations.ask(agent, live, words=f"{word} asked")
    wanted = Wanted(what=f"send {word}", who=Promiser.AGENT, due=NOW - timedelta(hours=1))
    promise = await services.promises.add(agent, live, wanted)
    offer = await services.gestures.give(agent, live, GestureKind.APOLOGY, "3")
    await services.offers.answer(agent, live, offer.id, Answer.ACCEPTED, 0)
    await services.wrap_up.edit_note(agent, live, f"{word} noted", base=0)
    ended = await _talk(services, agent, client_id, word, ["heat 4", "heat 4"])
    await services.wrap_up.confirm(agent, ended, Issue.BILLING, Resolved.YES, base=0)
    await services.live.end(agent, ended)
    plan = await services.follow_ups.add(agent, ended, FollowUpKind.CALL, NOW + timedelta(hours=2))
    paused = await _talk(services, agent, client_id, f"{word}2", ["threat! heat 4"])
    await services.boundaries.end(agent, paused, pause=True)
    inlet = await services.inlets.add(admin, client_id, InletKind.TICKET, f"{word} inlet")
    kinds = [EventKind.OPENED, EventKind.ENDED]
    webhook = await services.webhooks.add(admin, client_id, word, f"https://{word}.example/", kinds)
    await services.keys.create(admin, client_id, f"{word} key", set(Scope))
    await services.retention.hold(admin, client_id, HoldScope.CLIENT, "", f"{word} held")
    known = await services.customers.know(agent, live, f"{word}@mail.example")
    boss = await services.accounts.find_user("supervisor@team.example") if client_id == OWN else None
    player = Viewer(id=boss.id, name="N", roles={OWN: Role.SUPERVISOR}) if boss else agent
    run, other_run = await _practise(services, player, client_id, word)
    drill_run = await _learn(services, admin, player, client_id, word)
    return {
        "account_id": account.id,
        "client_id": client_id,
        "conversation": live,
        "conversation_id": live,
        "customer_id": known.id,
        "drill_id": "name-the-feeling",
        "drill_run_id": drill_run,
        "follow_up_id": plan.id,
        "form": "csv",
        "inlet_id": inlet.id,
        "kind": "policies",
        "lesson_id": "apologise",
        "name": "README",
        "other_id": other_run,
        "piece": f"scenario.{word.lower()}",
        "promise": promise.id,
        "promise_id": promise.id,
        "run_id": run,
        "scenario_id": "grey-sofa",
        "script_id": "nothing",
        "token": "0" * 32,
        "turn_id": "c0",
        "webhook_id": webhook.id,
    }


async def _publish(services: Services, admin: Viewer, client_id: str, word: str) -> None:
    for kind in KINDS.values():
        for change in ("published", "drafted"):
            desktop = await services.editing.open(admin, client_id, kind)
            text = re.sub(r"(?m)^name: .*$", f"name: {word} {change}", desktop.text, count=1)
            if kind.name == "solutions" and "salvage:" not in desktop.text.split("rows:")[-1]:
                text += SALVAGE
            await services.editing.save(
                admin, client_id, kind, text, follows=desktop.edition, change=f"{word} {change}"
            )
            if change == "published":
                desktop = await services.editing.open(admin, client_id, kind)
                await services.publishing.publish(
                    admin, client_id, kind, follows=desktop.edition, comment=f"{word} published"
                )


async def _write(services: Services, admin: Viewer, client_id: str, word: str) -> None:
    """A scenario of the client's own, with a draft that is changed."""
    kind = await services.material.begin(admin, client_id, SCENARIOS, word.lower())
    desktop = await services.editing.open(admin, client_id, kind)
    text = re.sub(r"(?m)^title: .*$", f"title: {word} told", desktop.text, count=1)
    await services.editing.save(admin, client_id, kind, text, follows=desktop.edition, change=word)
    desktop = await services.editing.open(admin, client_id, kind)
    await services.publishing.publish(admin, client_id, kind, follows=desktop.edition, comment=word)
    desktop = await services.editing.open(admin, client_id, kind)
    await services.editing.save(
        admin, client_id, kind, f"{text}# {word}\n", follows=desktop.edition, change=word
    )


async def _practise(services: Services, player: Viewer, client_id: str, word: str) -> tuple[str, str]:
    """A run that is over with a reflection, and a second course of it; one's own, whoever else is there."""
    begun = Beginning(scenario_id="grey-sofa", persona_id="icy-polite", seed=3)
    run = (await services.practising.begin(player, client_id, begun)).kept.id
    await services.practising.say(player, run, 1, f"You waited for {word}.")
    await services.practising.stop(player, run)
    await services.looking_back.reflect(player, run, f"{word} worked", f"{word} again")
    other = (await services.practising.again(player, run, 1)).kept.id
    await services.practising.stop(player, other)
    return run, other


async def _learn(services: Services, admin: Viewer, player: Viewer, client_id: str, word: str) -> str:
    """Something assigned, a drill with an answer, and all that has ended counted."""
    wanted = Task(
        kind=Kind.DRILL,
        subject_id="name-the-feeling",
        roles=[Role.AGENT],
        due_on=(NOW + timedelta(days=7)).date(),
        note=f"{word} asks for it",
    )
    await services.assigning.assign(admin, client_id, wanted)
    sitting = await services.drilling.begin(player, client_id, "name-the-feeling", timed=True)
    await services.drilling.answer(player, sitting.run.id, 1, f"{word} must be worried")
    await services.drilling.stop(player, sitting.run.id)
    await services.assigning.read_lesson(player, client_id, "apologise")
    await services.progressing.count_ended()
    return sitting.run.id


async def _talk(services: Services, agent: Viewer, client_id: str, word: str, lines: list[str]) -> str:
    opening = Opening(
        client_id=client_id,
        channel=Channel.CHAT,
        customer=f"{word} Customer",
        customer_key=f"{word}@mail.example",
        agent=agent.name,
        agent_id=agent.id,
    )
    summary, _ = await services.live.open(agent, opening)
    said = [
        Said(id=f"c{number}", speaker=Speaker.CUSTOMER, text=f"{line} {word} {SHARED}", number=number)
        for number, line in enumerate(lines)
    ]
    promise = f"I promise to bring the {word} by tomorrow."
    said.append(Said(id="a0", speaker=Speaker.AGENT, text=promise, number=len(lines)))
    await services.live.add_turns(agent, summary.id, said)
    return summary.id


async def ids_of(services: Services, client_id: str) -> set[str]:
    """Every id in a row that belongs to the client."""
    found: set[str] = set()
    async with services.database.read() as connection:
        conversations = metadata.tables["conversations"]
        own = select(conversations.c.id).where(conversations.c.client_id == client_id).scalar_subquery()
        for table in metadata.sorted_tables:
            belongs = []
            if "client_id" in table.c:
                belongs.append(table.c.client_id == client_id)
            if "conversation_id" in table.c:
                belongs.append(table.c.conversation_id.in_(own))
            if belongs:
                for row in await connection.execute(select(table).where(or_(*belongs))):
                    found |= {each for each in row if isinstance(each, str) and ID.fullmatch(each)}
    return found


def paths(route: str, filled: dict[str, str], other: str) -> Iterator[str]:
    """The path of a route with each of its questions."""
    parts = set(re.findall(r"{(\w+)}", route))
    assert parts <= set(filled), f"say in `fill` what {parts - set(filled)} of {route} stands for"
    if "/entries/" in route:
        filled = {**filled, "name": "safety-first"}
    kinds = KINDS if "kind" in parts else ("",)
    forms = ("json", "html", "csv", "vcon", "txt", "md", "jsonl") if "form" in parts else ("",)
    for kind in kinds:
        for form in forms:
            path = route.format(**{**filled, "kind": kind, "form": form})
            for question in CASES[route]:
                yield path + question.replace("{other}", other)


def get_routes(*, api: bool) -> list[str]:
    lines = [route.removeprefix("GET ") for route in ROUTES if route.startswith("GET ")]
    return [route for route in lines if route.startswith(API) is api]


@pytest.fixture
async def services(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Services]:
    """Services whose clock stands still, so that answers differ only by what they hold."""
    for part in (casework, conversations, people, training, upkeep):
        monkeypatch.setattr(part, "local_now", lambda: NOW)
    async with running_services(sqlite_url) as services:
        await services.accounts.create_client(OTHER, "Wexcombe")
        yield services


@pytest.fixture
async def admin(services: Services) -> Viewer:
    """The admin of both, with an account."""
    account = await services.accounts.create_first_admin(
        email="ada@team.example", name="Ada", password=PASSWORD
    )
    return Viewer(id=account.id, name=account.name, is_admin=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """Those of the first client, by what they are."""

    browsers: dict[str, httpx.AsyncClient]

    async def ask(self, who: str, path: str) -> tuple[int, str]:
        answer = await self.browsers[who].get(path)
        headers = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
        return answer.status_code, f"{headers}\n{answer.text}"


@pytest.fixture
async def side(services: Services, admin: Viewer) -> AsyncIterator[Side]:
    browsers = {}
    for role in (Role.SUPERVISOR, Role.CLIENT_VIEWER):
        account = await services.accounts.create_user(
            email=f"{role}@team.example", name="N", password=PASSWORD, roles={OWN: role}
        )
        token = await services.accounts.begin_session(account, address="", browser="", way="test")
        browsers[role.value] = signed_in(services, token)
    ada = await services.accounts.find_user("ada@team.example")
    assert ada
    token = await services.accounts.begin_session(ada, address="", browser="", way="test")
    browsers["admin"] = signed_in(services, token)
    _, secret = await services.keys.create(admin, OWN, "k", set(Scope))
    browsers["key"] = browser_of(services)
    browsers["key"].headers["authorization"] = f"Bearer {secret}"
    yield Side(browsers=browsers)
    for each in browsers.values():
        await each.aclose()


def signed_in(services: Services, token: str) -> httpx.AsyncClient:
    browser = browser_of(services)
    browser.cookies.set("coolhead_session", token, domain="desk.example")
    return browser


def walks(filled: dict[str, str], other: str) -> Iterator[tuple[str, str, str]]:
    """Who asks, which route, which path."""
    for who in ("supervisor", "client_viewer", "key", "admin"):
        for route in get_routes(api=who == "key"):
            if who == "admin" and not ("{" in route and ROUTES[f"GET {route}"] in OF_ADMINS):
                continue
            for path in paths(route, filled, other):
                yield who, route, path


def told_of(told: str, path: str, words: set[str]) -> set[str]:
    """Which of the words an answer holds, but for those that were asked with."""
    lower = told.lower()
    return {word for word in words if word.lower() in lower and word.lower() not in path.lower()}


def steady(told: str) -> str:
    """An answer without what differs from one request to the next."""
    return re.sub(r'(?m)^(id|content-length|etag|set-cookie): .*$|name="promise_id" value="\w+"', "", told)


def test_every_get_route_has_a_case() -> None:
    routes = {*get_routes(api=False), *get_routes(api=True)}
    assert sorted(routes - set(CASES)) == [], "add these to CASES"
    assert sorted(set(CASES) - routes) == [], "these have no route any more"


async def test_nothing_of_another_client_is_in_any_answer(
    services: Services, side: Side, admin: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services.feed, "_life_s", 0.01)
    own = await fill(services, admin, OWN, OWN_WORD)
    nothing = "f" * 32
    before = {(who, path): await side.ask(who, path) for who, _, path in walks(own, nothing)}
    other = await fill(services, admin, OTHER, OTHER_WORD)
    words = {OTHER_WORD, *(await ids_of(services, OTHER) - await ids_of(services, OWN))}
    assert len(words) > 20
    wrong, reached = [], set()
    for who, route, path in walks(own, nothing):
        status, told = await side.ask(who, path)
        leaks = told_of(told, path, words | {OTHER})
        changed = route not in GROW and steady(told) != steady(before[who, path][1])
        if status == 200:
            reached.add((who, route))
        if leaks or changed or status >= 500:
            wrong.append(
                (who, path, status, sorted(leaks), changed and difference(before[who, path][1], told))
            )
    assert wrong == [], "\n".join(map(str, wrong))
    granted = {(who, route) for who, route, _ in walks(own, nothing) if is_granted(who, route)}
    assert sorted(granted - reached) == [], "these show nothing even of one's own client"
    for who, route, path in walks(other, other["conversation"]):
        status, told = await side.ask(who, path)
        own_parts = route.format(**own) == route.format(**other)
        if route in PUBLIC or who == "admin":
            continue
        leaks = told_of(told, path, words)
        exists = not own_parts and status < 400 and not is_open(route)
        if leaks or exists or status >= 500:
            wrong.append((who, path, status, sorted(leaks)))
    assert wrong == [], "\n".join(map(str, wrong))


def is_granted(who: str, route: str) -> bool:
    need = ROUTES[f"GET {route}"]
    if not isinstance(need, Right) or who == "admin":
        return who == "admin"
    return GRANTS[need].scope is Scope.READ if who == "key" else Role(who) in GRANTS[need].roles


def is_open(route: str) -> bool:
    return ROUTES[f"GET {route}"] in (Door.ANYONE, Door.SIGNED_IN)


def difference(before: str, after: str) -> str:
    one, two = steady(before).splitlines(), steady(after).splitlines()
    return next((f"{a!r} -> {b!r}" for a, b in zip(one, two, strict=False) if a != b), "length")


async def test_nothing_of_another_client_is_told_while_it_happens(services: Services, admin: Viewer) -> None:
    for viewer in (
        Viewer(id="s" * 32, name="Sam", roles={OWN: Role.SUPERVISOR}),
        Viewer(id="j" * 32, name="June", roles={OWN: Role.CLIENT_VIEWER}),
        Viewer(id="k" * 32, name="a key", program_of=frozenset({OWN}), scopes=frozenset({Scope.READ})),
    ):
        happening = services.live.follow_client(viewer)
        await anext(happening)
        await services.live.open(admin, Opening(client_id=OTHER, customer=OTHER_WORD))
        own, _ = await services.live.open(admin, Opening(client_id=OWN, customer=OWN_WORD))
        told = await asyncio.wait_for(anext(happening), timeout=20)
        assert isinstance(told, StoredEvent)
        assert (told.client_id, told.conversation_id) == (OWN, own.id)
        with pytest.raises(NotFoundError):
            services.live.follow_client(viewer, OTHER)
        await happening.aclose()
