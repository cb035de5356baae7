"""Pages over HTTP: who may see them, what they carry, how errors read."""

from __future__ import annotations

import re

import httpx
import pytest

from coolhead.codebook import Channel
from coolhead.errors import SetupError
from coolhead.guidance.playbook import default_playbook
from coolhead.services.access import Viewer
from coolhead.services.conversations.live import Opening
from coolhead.storage.accounts import Role
from coolhead.web import assets
from coolhead.web.app import create_app
from coolhead.web.method import address
from coolhead.web.pages import SHORTCUTS
from coolhead.wiring import Services
from tests.web.conftest import PASSWORD, SignIn

PAGES = ("/desk", "/floor", "/conversations", "/learn", "/people", "/clients")


@pytest.mark.parametrize("path", PAGES)
async def test_whoever_is_not_signed_in_is_brought_to_the_door(visitor: httpx.AsyncClient, path: str) -> None:
    answer = await visitor.get(path)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/sign-in?next={path}")


@pytest.mark.parametrize(
    ("role", "refused"),
    [
        (Role.AGENT, {"/floor", "/people", "/clients"}),
        (Role.SUPERVISOR, {"/people", "/clients"}),
        (Role.ADMIN, set[str]()),
    ],
)
async def test_roles_open_what_is_theirs(sign_in: SignIn, role: Role, refused: set[str]) -> None:
    client = await sign_in(role)
    statuses = {path: (await client.get(path)).status_code for path in PAGES}
    assert {path for path, status in statuses.items() if status == 403} == refused
    assert {status for path, status in statuses.items() if path not in refused} <= {200, 303}


async def test_every_page_is_strict_about_what_it_may_load(visitor: httpx.AsyncClient) -> None:
    for path in ("/sign-in", "/chat/main", "/nowhere"):
        answer = await visitor.get(path)
        assert "default-src 'self'" in answer.headers["content-security-policy"]
        assert "unsafe" not in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"
        assert not re.search(r"<style|style=|<script>|\son\w+=", answer.text)


async def test_static_files_may_be_kept_for_ever_under_their_name(visitor: httpx.AsyncClient) -> None:
    page = (await visitor.get("/sign-in")).text
    for named in set(re.findall(r'(?:src|href)="(/static/[^"]+)"', page)):
        answer = await visitor.get(named)
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == assets.FOR_EVER
    old = await visitor.get("/static/000000000000/css/tokens.css")
    assert "immutable" not in old.headers.get("cache-control", "")


async def test_the_session_cookie_is_out_of_reach_of_scripts(visitor: httpx.AsyncClient) -> None:
    answer = await visitor.post("/sign-in", data={"email": "ada@team.example", "password": PASSWORD})
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie


async def test_another_site_cannot_make_a_browser_act(sign_in: SignIn) -> None:
    client = await sign_in(Role.AGENT)
    answer = await client.post("/sign-out", headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403
    assert "another website" in answer.text


@pytest.mark.parametrize("where", ["https://evil.example/", "//evil.example", "/\\evil.example"])
async def test_signing_in_leads_nowhere_else(visitor: httpx.AsyncClient, where: str) -> None:
    answer = await visitor.post(
        "/sign-in", data={"email": "ada@team.example", "password": PASSWORD, "next": where}
    )
    assert answer.headers["location"] == "/"


@pytest.mark.parametrize("path", ["/sign-in", "/chat/main", "/people", "/nowhere"])
async def test_a_form_that_is_too_large_is_refused(visitor: httpx.AsyncClient, path: str) -> None:
    answer = await visitor.post(path, data={"text": "x" * 300_000})
    assert answer.status_code == 413
    assert "more than a form may hold" in answer.text
    assert "default-src 'self'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("path", ["/chat/%00", "/conversations/a%00b", "/desk/%00/stream"])
async def test_addresses_that_no_database_can_hold_lead_nowhere(
    visitor: httpx.AsyncClient, path: str
) -> None:
    answer = await visitor.get(path)
    assert answer.status_code == 404


async def test_errors_of_pages_are_pages_and_of_the_api_problems(visitor: httpx.AsyncClient) -> None:
    page = await visitor.get("/nowhere")
    assert (page.status_code, page.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "There is no page at this address." in page.text
    problem = await visitor.get("/api/v1/nowhere")
    assert (problem.status_code, problem.headers["content-type"]) == (404, "application/problem+json")


async def test_an_error_on_an_open_page_is_one_line_on_it(sign_in: SignIn) -> None:
    client = await sign_in(Role.AGENT)
    answer = await client.post("/desk/nothing/turns", data={"text": "hello"}, headers={"HX-Request": "true"})
    assert answer.status_code == 404
    assert answer.headers["hx-reswap"] == "none"
    assert 'hx-target="#toast"' in answer.text
    assert "There is no such conversation." in answer.text


async def test_a_call_cannot_be_typed_into(sign_in: SignIn, services: Services, admin: Viewer) -> None:
    client = await sign_in(Role.AGENT)
    call, _ = await services.live.open(admin, Opening(client_id="main", channel=Channel.CALL))
    answer = await client.post(f"/desk/{call.id}/turns", data={"text": "hello"})
    assert answer.status_code == 409


async def test_other_clients_conversations_are_not_there(
    sign_in: SignIn, services: Services, admin: Viewer
) -> None:
    await services.accounts.create_client("others", "Others")
    theirs, _ = await services.live.open(admin, Opening(client_id="others", customer="Secret Name"))
    client = await sign_in(Role.SUPERVISOR)
    for path in (f"/desk/{theirs.id}", f"/floor/{theirs.id}", f"/conversations/{theirs.id}"):
        assert (await client.get(path)).status_code == 404
    assert "Secret Name" not in (await client.get("/floor")).text


async def test_a_customer_who_writes_too_much_at_once_is_slowed_down(visitor: httpx.AsyncClient) -> None:
    await visitor.post("/chat/main", data={"name": "Jo", "text": "hello"})
    statuses = [
        (await visitor.post("/chat/main/messages", data={"text": "again"})).status_code for _ in range(31)
    ]
    assert statuses[0] == 204
    assert statuses[-1] == 429


async def test_conversations_are_listed_latest_first_a_page_at_a_time(
    sign_in: SignIn, services: Services, admin: Viewer
) -> None:
    for number in range(42):
        await services.live.open(admin, Opening(client_id="main", customer=f"Customer {number:02}"))
    client = await sign_in(Role.AGENT)
    first = await client.get("/conversations?show=all")
    names = re.findall(r"Customer \d\d", first.text)
    assert names == [f"Customer {number:02}" for number in range(41, 1, -1)]
    second = await client.get("/conversations?show=all&offset=40")
    assert re.findall(r"Customer \d\d", second.text) == ["Customer 01", "Customer 00"]


async def test_cards_lead_to_the_method(sign_in: SignIn) -> None:
    client = await sign_in(Role.AGENT)
    for entry in default_playbook().entries:
        assert address(entry.learn)
        answer = await client.get(address(entry.learn))
        assert "<h1>" in answer.text


async def test_a_session_that_ended_leads_back_to_the_page_it_ended_on(visitor: httpx.AsyncClient) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": "http://desk.example/desk/abc?x=1"}
    answer = await visitor.post("/desk/abc/turns", data={"text": "hello"}, headers=headers)
    assert (answer.status_code, answer.headers["hx-redirect"]) == (401, "/sign-in?next=/desk/abc")


async def test_a_chat_that_is_not_there_is_told_in_words_for_customers(visitor: httpx.AsyncClient) -> None:
    answer = await visitor.get("/chat/nobody")
    assert answer.status_code == 404
    assert "There is no chat at this address." in answer.text
    assert "admin" not in answer.text


async def test_missing_browser_files_are_said_clearly(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assets, "VENDOR", ("no-such-file.js",))
    with pytest.raises(SetupError, match=r"no-such-file\.js .*make install"):
        create_app(services)


def test_the_keyboard_page_of_the_docs_names_every_shortcut() -> None:
    text = (assets.FOLDER.parents[3] / "docs/how-to/keyboard.md").read_text("utf-8")
    missing = [key for keys, _ in SHORTCUTS for key in keys if f"<kbd>{key}</kbd>" not in text]
    assert missing == []
