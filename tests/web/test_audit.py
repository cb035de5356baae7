"""The audit log on screen: what opening pages leaves in it, its filters, its files."""

from __future__ import annotations

import csv
import io
import json

import pytest

from coolhead.services.access import Viewer
from coolhead.services.conversations.live import Opening
from coolhead.storage.accounts import Role
from coolhead.storage.audit import Action
from coolhead.wiring import Services
from tests.web.conftest import SignIn


@pytest.fixture
async def conversation(services: Services, admin: Viewer, client_id: str) -> str:
    summary, _ = await services.live.open(admin, Opening(client_id=client_id, customer="Zephyrine"))
    return summary.id


async def test_opening_and_taking_away_leaves_a_trace_that_can_be_found(
    sign_in: SignIn, conversation: str
) -> None:
    sam, ada = await sign_in(Role.SUPERVISOR), await sign_in(Role.ADMIN)
    for path in (f"/floor/{conversation}", f"/conversations/{conversation}", f"/desk/{conversation}"):
        assert (await sam.get(path)).status_code == 200
    for form in ("jsonl", "vcon.json", "vtt"):
        assert (await sam.get(f"/conversations/{conversation}/export/{form}")).status_code == 200
    lines = (await sam.get(f"/audit/export/jsonl?subject={conversation}")).text.splitlines()
    assert [json.loads(line)["action"] for line in lines] == [
        "conversation.viewed",
        *["conversation.exported"] * 3,
    ]
    page = (await sam.get(f"/audit?action={Action.EXPORTED.value}")).text
    assert "form: vcon.json" in page
    assert "account: signed in" not in (await sam.get("/audit")).text.split("<ul>")[-1]
    assert "account: signed in" in (await ada.get("/audit")).text.split("<ul>")[-1]
    assert "Zephyrine" not in (await ada.get("/audit")).text


async def test_a_table_for_spreadsheets_holds_no_formula(
    services: Services, sign_in: SignIn, admin: Viewer
) -> None:
    ada = await sign_in(Role.ADMIN)
    await services.clients.add(admin, "sums", "=1+1")
    await services.accounts.create_user(email="eve@team.example", name="=cmd()", password="x" * 10)
    eve = await services.accounts.find_user("eve@team.example")
    assert eve is not None
    await services.accounts.begin_session(eve, address="@sum", browser="", way="password")
    rows = list(csv.DictReader(io.StringIO((await ada.get("/audit/export/csv")).text)))
    assert rows[0]["action"] == "account.created"
    assert (rows[-1]["action"], rows[-1]["actor"]) == ("account.signed_in", "'=cmd()")
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("action=nothing", 422),
        ("since=yesterday", 422),
        ("client=nowhere", 200),
        ("since=2020-01-01&until=2020-01-02", 200),
        ("before=x", 422),
        ("before=1&who=%00", 200),
    ],
)
async def test_questions_that_make_no_sense_are_answered(sign_in: SignIn, question: str, status: int) -> None:
    ada = await sign_in(Role.ADMIN)
    answer = await ada.get(f"/audit?{question}")
    assert answer.status_code == status
    if status == 200:
        assert "Nothing found" in answer.text


async def test_a_long_log_is_read_page_by_page(services: Services, sign_in: SignIn, admin: Viewer) -> None:
    ada = await sign_in(Role.ADMIN)
    for number in range(101):
        await services.clients.add(admin, f"c{number}", f"Client {number}")
    first = (await ada.get("/audit?action=client.created")).text
    assert "Client 100" in first
    assert "name: Client 0<" not in first
    (more,) = [part.split('"')[0] for part in first.split('href="') if part.startswith("/audit?action")]
    second = (await ada.get(more.replace("&amp;", "&"))).text
    assert "name: Client 0<" in second
    assert "Show older" not in second
