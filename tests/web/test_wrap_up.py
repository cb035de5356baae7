"""Wrapping up over HTTP: the note and its versions, the disposition, files to take away, the search."""

from __future__ import annotations

import json

import httpx
import pytest

from coolhead.codebook import Issue, Resolved, Speaker
from coolhead.services.conversations.live import Opening
from coolhead.services.turns.hearing import Said
from coolhead.storage.accounts import Role
from coolhead.wiring import Services
from tests.services.people import person, program
from tests.web.conftest import SignIn

HTMX = {"hx-request": "true", "hx-current-url": "http://desk.example/desk/x"}


async def spoken(services: Services, client_id: str, text: str, customer: str = "Lena <b>Brandt") -> str:
    opening = Opening(client_id=client_id, customer=customer, reference=f"ref-{text[:20]}")
    summary, _ = await services.live.open(program(client_id), opening)
    said = [Said(id="t0", speaker=Speaker.CUSTOMER, text=text)]
    await services.live.add_turns(program(client_id), summary.id, said)
    return summary.id


async def test_a_note_is_edited_compared_and_restored(
    sign_in: SignIn, services: Services, client_id: str
) -> None:
    mara = await sign_in(Role.AGENT)
    one = await spoken(services, client_id, "heat 3 <script>my parcel")
    editor = await mara.get(f"/desk/{one}/note")
    assert "my parcel" in editor.text
    assert "<script>" not in editor.text
    done = await mara.post(f"/desk/{one}/note", data={"text": "Parcel lost.", "base": "0"}, headers=HTMX)
    assert (done.status_code, done.text) == (200, "")
    assert "hx-refresh" not in done.headers
    on_replay = HTMX | {"hx-current-url": f"http://desk.example/conversations/{one}"}
    data = {"text": "Parcel found.", "base": "1"}
    assert "hx-refresh" in (await mara.post(f"/desk/{one}/note", data=data, headers=on_replay)).headers
    versions = (await mara.get(f"/conversations/{one}/note")).text
    assert "<del>lost.</del><ins>found.</ins>" in versions
    assert "<script>" not in versions
    again = await mara.post(f"/conversations/{one}/note/restore", data={"version": "1", "base": "2"})
    assert again.status_code == 303
    assert "version 1 again" in (await mara.get(f"/conversations/{one}/note?before=0&after=99")).text


async def test_who_was_slower_gets_both_versions(sign_in: SignIn, services: Services, client_id: str) -> None:
    mara = await sign_in(Role.AGENT)
    one = await spoken(services, client_id, "heat 3")
    ada = await person(services, "Ada", Role.AGENT, client_id)
    await services.wrap_up.edit_note(ada, one, "Theirs stays.", base=0)
    answer = await mara.post(f"/desk/{one}/note", data={"text": "Mine stays.", "base": "0"}, headers=HTMX)
    assert "Ada has changed this note" in answer.text
    assert "Mine stays.</textarea>" in answer.text
    assert "<del>Theirs</del><ins>Mine</ins>" in answer.text
    assert 'name="base" value="1"' in answer.text
    merged = await mara.post(f"/desk/{one}/note", data={"text": "Both stay.", "base": "1"}, headers=HTMX)
    assert merged.text == ""
    assert [each.text for each in await services.wrap_up.list_notes(ada, one)] == [
        "Both stay.",
        "Theirs stays.",
    ]


async def test_a_disposition_is_set_and_shown(sign_in: SignIn, services: Services, client_id: str) -> None:
    mara = await sign_in(Role.AGENT)
    one = await spoken(services, client_id, "heat 3")
    assert "How did it end?" in (await mara.get(f"/desk/{one}/disposition")).text
    wrong = await mara.post(f"/desk/{one}/disposition", data={"issue": "x", "outcome": "yes"})
    assert wrong.status_code == 422
    data = {"issue": "billing", "outcome": "partly", "base": "0"}
    assert (await mara.post(f"/desk/{one}/disposition", data=data, headers=HTMX)).status_code == 200
    for path in (f"/desk/{one}", f"/conversations/{one}", f"/conversations/{one}/print"):
        assert "Partly solved" in (await mara.get(path)).text


async def test_the_note_and_the_disposition_go_with_the_files(
    sign_in: SignIn, services: Services, client_id: str
) -> None:
    sam = await sign_in(Role.SUPERVISOR)
    one = await spoken(services, client_id, "heat 3 my parcel")
    ada = await person(services, "Ada", Role.AGENT, client_id)
    await services.wrap_up.edit_note(ada, one, "Parcel lost.", base=0)
    await services.wrap_up.confirm(ada, one, Issue.DELIVERY, Resolved.NO, base=0)
    vcon = (await sam.get(f"/conversations/{one}/export/vcon.json")).json()
    summary, report = vcon["analysis"]
    assert (summary["type"], summary["body"], summary["dialog"]) == ("summary", "Parcel lost.", [0])
    assert report["body"]["disposition"]["issue"] == "delivery"
    line = json.loads((await sam.get(f"/conversations/{one}/export/jsonl")).text)
    assert line["note"]["edited_by"] == "Ada"
    assert line["disposition"]["outcome"] == "no"
    sheet = (await sam.get(f"/conversations/{one}/print")).text
    assert "Parcel lost." in sheet
    assert "Not solved, about a delivery" in sheet
    assert "Lena &lt;b&gt;Brandt" in sheet


async def test_a_search_shows_where_it_stands(sign_in: SignIn, services: Services, client_id: str) -> None:
    mara = await sign_in(Role.AGENT)
    one = await spoken(services, client_id, "heat 3 <script>my PARCEL is late")
    found = (await mara.get("/search", params={"q": "lena parcel"})).text
    assert f'href="/conversations/{one}#t-t0"' in found
    assert "<mark>PARCEL</mark>" in found
    assert "<script>my" not in found
    assert "1 conversation" in found
    for params in (
        {"q": "unheard-of"},
        {"q": "parcel", "since": "2999-01-01"},
        {"q": "parcel", "until": "2001-01-01"},
        {"q": "parcel", "heat": "4"},
        {"q": "parcel", "issue": "outage"},
        {"q": "parcel", "outcome": "yes"},
    ):
        assert "Nothing found" in (await mara.get("/search", params=params)).text, params
    for params in (
        {"q": '"parcel is* NEAR( AND " -'},
        {"q": "parcel", "heat": "x", "since": "9999-99-99", "until": "9999-12-31", "offset": "-3"},
        {"q": "..."},
        {},
    ):
        assert (await mara.get("/search", params=params)).status_code == 200, params


async def test_nothing_of_another_client_is_found_or_taken_away(
    sign_in: SignIn, services: Services, client_id: str
) -> None:
    await services.accounts.create_client("other", "Other")
    mine = await spoken(services, client_id, "my parcel", "Mine")
    theirs = await spoken(services, "other", "their parcel", "Theirs")
    for role in (Role.AGENT, Role.SUPERVISOR):
        client = await sign_in(role)
        found = (await client.get("/search", params={"q": "parcel"})).text
        assert mine in found
        assert theirs not in found
        assert "Theirs" not in found
        for path in (
            "/search?q=parcel&client=other",
            f"/desk/{theirs}/note",
            f"/desk/{theirs}/disposition",
            f"/conversations/{theirs}/note",
            f"/conversations/{theirs}/print",
            f"/conversations/{theirs}/export/vcon.json",
            f"/conversations/{theirs}/export/jsonl",
        ):
            assert (await client.get(path)).status_code == 404, path
        for path, data in (
            (f"/desk/{theirs}/note", {"text": "x", "base": "0"}),
            (f"/desk/{theirs}/disposition", {"issue": "billing", "outcome": "no"}),
            (f"/conversations/{theirs}/note/restore", {"version": "1", "base": "1"}),
        ):
            assert (await client.post(path, data=data)).status_code == 404, path


@pytest.mark.parametrize("role", [Role.ANALYST, Role.CLIENT_VIEWER])
async def test_who_only_reads_finds_but_does_not_write(
    sign_in: SignIn, services: Services, client_id: str, role: Role
) -> None:
    one = await spoken(services, client_id, "my parcel")
    client: httpx.AsyncClient = await sign_in(role)
    assert one in (await client.get("/search", params={"q": "parcel"})).text
    assert "Change the note" not in (await client.get(f"/conversations/{one}")).text
    assert (await client.get(f"/desk/{one}/note")).status_code == 403
    assert (await client.post(f"/desk/{one}/note", data={"text": "x"})).status_code == 403
