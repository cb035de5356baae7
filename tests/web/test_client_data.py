"""The page of a client's data, its export and a file taken in, over HTTP; and the same from the terminal."""

from __future__ import annotations

import asyncio
import io
import zipfile
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from coolhead.cli import app
from coolhead.config import Settings
from coolhead.errors import ConflictError
from coolhead.services.access import Viewer
from coolhead.services.conversations.live import Opening
from coolhead.storage.accounts import Role
from coolhead.storage.retention import purge_transcripts
from coolhead.wiring import Services, opened_accounts
from tests.services.people import talk
from tests.web.conftest import SignIn


async def test_retention_and_holds_are_kept_in_the_browser(sign_in: SignIn) -> None:
    client = await sign_in(Role.ADMIN)
    wrong = await client.post("/clients/main/data", data={"transcript_days": "many"})
    assert wrong.status_code == 422
    assert (await client.post("/clients/main/data", data={"transcript_days": "90"})).status_code == 303
    wrong = await client.post("/clients/main/holds", data={"scope": "customer", "reason": "Case 12"})
    assert wrong.status_code == 422
    given = {"scope": "customer", "subject": "zoe@example.com", "reason": "Case 12"}
    assert (await client.post("/clients/main/holds", data=given)).status_code == 303
    page = (await client.get("/clients/main/data")).text
    assert 'value="90"' in page
    assert "zoe@example.com" in page
    (hold,) = [each for each in page.split('"') if each.startswith("/holds/")]
    assert (await client.post(hold)).status_code == 303
    assert "lifted by Mara" in (await client.get("/clients/main/data")).text


async def test_a_conversation_whose_words_are_gone_says_so(
    services: Services, admin: Viewer, sign_in: SignIn
) -> None:
    summary, _ = await services.live.open(admin, Opening(client_id="main", customer="Zoë"))
    client = await sign_in(Role.SUPERVISOR)
    assert "Nothing was said yet" in (await client.get(f"/conversations/{summary.id}")).text
    async with services.database.write() as connection:
        await purge_transcripts(connection, [summary.id], summary.active_at)
    assert "The words are gone" in (await client.get(f"/conversations/{summary.id}")).text


async def test_a_client_is_downloaded_and_taken_in_under_another_name(
    services: Services, admin: Viewer, sign_in: SignIn
) -> None:
    client = await sign_in(Role.ADMIN)
    summary, _ = await services.live.open(admin, Opening(client_id="main", customer="Zoë"))
    await services.live.add_turns(admin, summary.id, talk(2))
    answer = await client.post("/clients/main/export")
    assert answer.headers["content-type"] == "application/zip"
    assert "coolhead-main.zip" in answer.headers["content-disposition"]
    assert f"conversations/{summary.id}.vcon.json" in zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
    assert "Take a client in" in (await client.get("/client-import")).text
    big = b"\0" * 300_000 + answer.content  # more than a form may hold elsewhere
    for file, name, status in ((b"", "", 422), (b"x", "copy", 422), (big, "", 409)):
        files = {"file": ("a.zip", file)} if file else None
        taken = await client.post("/client-import", data={"name": name}, files=files)
        assert (taken.status_code, 'role="alert"' in taken.text) == (status, True)


async def test_others_are_refused_before_a_file_is_read(sign_in: SignIn) -> None:
    client: httpx.AsyncClient = await sign_in(Role.SUPERVISOR)
    for method, path in (
        ("GET", "/clients/main/data"),
        ("POST", "/clients/main/export"),
        ("GET", "/client-import"),
        ("POST", "/client-import"),
    ):
        assert (await client.request(method, path)).status_code == 403


def run(*arguments: str | Path) -> str:
    result = CliRunner().invoke(app, [str(each) for each in arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.output


def test_a_client_goes_from_one_folder_to_another_by_the_terminal(tmp_path: Path) -> None:
    here, there, file = tmp_path / "here", tmp_path / "there", tmp_path / "main.zip"
    run(
        "user",
        "add",
        "ada@example.com",
        "--name",
        "Ada",
        "--role",
        "admin",
        "--password",
        "x" * 12,
        "--data",
        here,
    )

    async def prepare() -> None:
        async with opened_accounts(Settings(data=here)) as accounts:
            await accounts.create_client("northline", "Northline")

    asyncio.run(prepare())
    assert str(file) in run("client", "export", "northline", file, "--data", here)
    assert "northline is here" in run("client", "import", file, "--data", there)
    assert "copy is here" in run("client", "import", file, "--as", "copy", "--data", there)
    with pytest.raises(ConflictError):
        run("client", "import", file, "--data", there)
