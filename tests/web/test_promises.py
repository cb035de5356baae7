"""Promises on screen: the desk's section, the ledger, reminders, client settings, and who sees what."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from coolhead.casework.hours import Hours
from coolhead.casework.promises import Entry, Move, State
from coolhead.codebook import Promiser, Speaker
from coolhead.services.access import Viewer
from coolhead.services.casework.ledger import Show
from coolhead.services.casework.promises import Wanted
from coolhead.services.casework.reminders import Reminders
from coolhead.services.conversations.live import Opening
from coolhead.services.turns.hearing import Said
from coolhead.storage import clients
from coolhead.storage.accounts import Role
from coolhead.storage.api_keys import Scope
from coolhead.storage.events import EventKind, StoredEvent
from coolhead.web.promises import timed_toasts
from coolhead.web.words import day_for, week_words
from coolhead.wiring import Services
from tests.services.people import person, program
from tests.web.conftest import SignIn

HTMX = {"HX-Request": "true"}


async def promised(
    services: Services, client_id: str, text: str = "I promise to send a part by 5 pm."
) -> Entry:
    summary, _ = await services.live.open(program(client_id), Opening(client_id=client_id, customer="Priya"))
    said = Said(id="t1", speaker=Speaker.AGENT, text=text)
    await services.live.add_turns(program(client_id), summary.id, [said])
    return (await services.live.read(program(client_id), summary.id)).ledger[0]


async def test_a_promise_is_accepted_on_the_desk_with_one_key_and_taken_back(
    sign_in: SignIn, services: Services, client_id: str
) -> None:
    entry = await promised(services, client_id)
    client = await sign_in(Role.AGENT)
    page = (await client.get(f"/desk/{entry.conversation_id}")).text
    assert 'data-key="a"' in page
    assert "1 to accept" in page
    move = {"move": "accept", "version": 1}
    answer = await client.post(f"/promises/{entry.id}/move", data=move, headers=HTMX)
    assert 'hx-target="#toast"' in answer.text
    assert "Accepted" in answer.text
    assert f"/promises/{entry.id}/undo" in answer.text
    assert 'data-key="a"' not in (await client.get(f"/desk/{entry.conversation_id}")).text
    await client.post(f"/promises/{entry.id}/undo", data={"version": 2}, headers=HTMX)
    assert 'data-key="a"' in (await client.get(f"/desk/{entry.conversation_id}")).text


async def test_who_was_slower_is_told_on_the_page(
    sign_in: SignIn, services: Services, client_id: str
) -> None:
    entry = await promised(services, client_id)
    ravi = await person(services, "Ravi", Role.AGENT, client_id)
    client = await sign_in(Role.AGENT)
    await services.promises.move(ravi, entry.id, 1, Move.REJECT)
    form = {"version": 1, "what": "send two parts", "who": "agent", "when": ""}
    answer = await client.post(f"/promises/{entry.id}/edit", data=form, headers=HTMX)
    assert answer.status_code == 409
    assert "changed meanwhile: Ravi (reject)" in answer.text


async def test_the_ledger_edits_merges_adds_and_tells_the_story(
    sign_in: SignIn, services: Services, client_id: str
) -> None:
    entry = await promised(services, client_id)
    client = await sign_in(Role.AGENT)
    exact = {"version": 1, "what": "ring back", "who": "company", "when": "", "exactly": "2037-03-20T17:30"}
    assert (await client.post(f"/promises/{entry.id}/edit", data=exact)).status_code == 200
    form = {"what": "call", "when": "within 2 business days", "promise_id": "b" * 32}
    assert (await client.post(f"/promises/in/{entry.conversation_id}", data=form)).status_code == 200
    await client.post(f"/promises/{entry.id}/move", data={"move": "accept", "version": 2})
    other = {"version": 3, "other": f"{'b' * 32}:1"}
    assert (await client.post(f"/promises/{entry.id}/merge", data=other)).status_code == 200
    page = (await client.get("/promises?show=open")).text
    assert "Ring back" in page
    assert "Fri 20 Mar 2037 17:30" in page
    assert ">Call<" not in page
    history = (await client.get(f"/promises/{entry.id}/history")).text
    assert [word in history for word in ("Propose", "Edit", "Accept", "Merge", "by Coolhead", "Mara")] == [
        True
    ] * 6
    wrong = {"version": 4, "what": "x", "who": "agent", "exactly": "tomorrow"}
    assert (await client.post(f"/promises/{entry.id}/edit", data=wrong)).status_code == 422
    assert (await client.post(f"/promises/{entry.id}/merge", data={"version": 4})).status_code == 422


@pytest.mark.parametrize("show", Show)
async def test_an_empty_ledger_teaches(sign_in: SignIn, show: Show) -> None:
    client = await sign_in(Role.AGENT)
    page = (await client.get(f"/promises?show={show.value}")).text
    assert 'class="panel empty"' in page


async def test_the_badge_counts_what_presses(sign_in: SignIn, services: Services, client_id: str) -> None:
    client = await sign_in(Role.AGENT)
    mara = next(each for each in await services.accounts.list_users(ADMIN) if each.name == "Mara")
    viewer = Viewer(id=mara.id, name="Mara", roles={client_id: Role.AGENT})
    entry = await promised(services, client_id)
    assert "badge" not in (await client.get("/promises/badge")).text
    soon = Wanted(what="call", who=Promiser.AGENT, due=datetime.now(UTC) + timedelta(minutes=5))
    await services.promises.add(viewer, entry.conversation_id, soon)
    assert '<b class="badge">1<' in (await client.get("/promises/badge")).text


ADMIN = Viewer(id="0" * 32, name="Ada", is_admin=True)


async def test_a_reminder_reaches_whose_promise_it_is_and_nobody_else(
    services: Services, client_id: str
) -> None:
    mara = await person(services, "Mara", Role.AGENT, client_id)
    ravi = await person(services, "Ravi", Role.AGENT, client_id)
    entry = await promised(services, client_id)
    late = Wanted(what="call <b>her</b>", who=Promiser.AGENT, due=datetime(2037, 3, 18, tzinfo=UTC))
    await services.promises.add(mara, entry.conversation_id, late)
    stream = services.live.follow_client(mara, client_id, after=0)
    await Reminders(services.database, services.feed, mail_is_on=False).remind(
        datetime(2037, 3, 19, tzinfo=UTC)
    )
    async for told in stream:
        if isinstance(told, StoredEvent) and told.kind is EventKind.PROMISE_OVERDUE:
            break
    assert "call &lt;b&gt;her&lt;/b&gt;" in timed_toasts([told], mara)
    assert timed_toasts([told], ravi) == ""


async def test_other_clients_promises_are_not_there(sign_in: SignIn, services: Services) -> None:
    await services.accounts.create_client("others", "Others")
    theirs = await promised(services, "others", "I promise to tell a secret.")
    client = await sign_in(Role.SUPERVISOR)
    for show in Show:
        assert "secret" not in (await client.get(f"/promises?show={show.value}&who=all")).text
    assert (await client.get("/promises?client=others")).status_code == 404
    assert (await client.get("/promises/stream?client=others")).status_code == 404
    assert (await client.get(f"/promises/{theirs.id}/history")).status_code == 404
    for path, form in (
        (f"/promises/in/{theirs.conversation_id}", {"what": "x"}),
        (f"/promises/{theirs.id}/move", {"move": "accept", "version": 1}),
        (f"/promises/{theirs.id}/edit", {"what": "x", "version": 1}),
        (f"/promises/{theirs.id}/merge", {"other": f"{theirs.id}:1", "version": 1}),
        (f"/promises/{theirs.id}/undo", {"version": 1}),
    ):
        assert (await client.post(path, data=form)).status_code == 404
    entries = (await services.live.read(program("others"), theirs.conversation_id)).ledger
    assert [entry.state for entry in entries] == [State.PROPOSED]


SETTINGS: dict[str, str | list[str]] = {
    "time_zone": "Europe/Lisbon",
    "days": ["9-12, 13-18", "9-18", "9-18", "9-18", "9-17", "", ""],
    "holidays": "12-25",
    "tone": "warm",
    "reply_to": "help@example.com",
}


async def test_a_clients_settings_are_kept(sign_in: SignIn, services: Services, client_id: str) -> None:
    client = await sign_in(Role.ADMIN)
    assert "Saved." in (await client.post(f"/clients/{client_id}/settings", data=SETTINGS)).text
    async with services.database.read() as connection:
        kept = await clients.find(connection, client_id)
    assert kept
    assert (kept.hours.time_zone, kept.tone.value, kept.reply_to) == (
        "Europe/Lisbon",
        "warm",
        "help@example.com",
    )
    assert kept.hours.yearly == {(12, 25)}
    form = (await client.get(f"/clients/{client_id}/settings")).text
    assert 'value="09:00-12:00, 13:00-18:00"' in form
    assert "Europe/Lisbon" in (await client.get("/clients")).text


@pytest.mark.parametrize(
    ("field", "text", "told"),
    [
        ("time_zone", "Lisbon", "no such time zone"),
        ("days", ["nine"], "Monday: "),
        ("days", [], "at least one open day"),
        ("holidays", "Christmas", "is no date"),
        ("tone", "loud", "no such tone"),
        ("reply_to", "help", "no e-mail address"),
    ],
)
async def test_what_is_wrong_stands_beside_its_field(
    sign_in: SignIn, services: Services, client_id: str, field: str, text: str | list[str], told: str
) -> None:
    client = await sign_in(Role.ADMIN)
    path = f"/clients/{client_id}/settings"
    wrong = SETTINGS | {field: text}
    assert told in (await client.post(f"{path}/check?field={field}", data=wrong)).text
    other = "tone" if field != "tone" else "reply_to"
    assert (await client.post(f"{path}/check?field={other}", data=wrong)).text.strip() == ""
    form = (await client.post(path, data=wrong)).text
    assert re.search(rf'id="{field}-wrong-{client_id}"[^>]*>\s*<b>[^<]*{re.escape(told)}', form)
    async with services.database.read() as connection:
        kept = await clients.find(connection, client_id)
    assert kept
    assert kept.reply_to == ""


async def test_only_admins_change_them(sign_in: SignIn, client_id: str) -> None:
    client = await sign_in(Role.SUPERVISOR)
    for answer in (
        await client.get(f"/clients/{client_id}/settings"),
        await client.post(f"/clients/{client_id}/settings", data=SETTINGS),
    ):
        assert answer.status_code == 403


def test_times_stand_on_the_clients_clocks() -> None:
    hours = Hours(time_zone="Asia/Kolkata")
    shown = day_for(datetime(2037, 3, 18, 12, 0, tzinfo=UTC), hours)
    assert ">Wed 18 Mar 2037 17:30<" in shown
    assert 'title="Wednesday 18 March 2037, 17:30:00 Asia/Kolkata"' in shown
    assert 'data-zone="Asia/Kolkata"' in shown
    assert week_words(hours) == "Mon–Fri 09:00-18:00"


async def test_the_api_lists_adds_and_moves(
    sign_in: SignIn, services: Services, admin: Viewer, client_id: str
) -> None:
    entry = await promised(services, client_id)
    program_client = await sign_in(Role.ADMIN)
    _, secret = await services.keys.create(admin, client_id, "phone", list(Scope))
    headers = {"Authorization": f"Bearer {secret}"}
    listed = (await program_client.get("/api/v1/promises?show=proposed", headers=headers)).json()
    assert [each["promise"]["id"] for each in listed["promises"]] == [entry.id]
    path = f"/api/v1/conversations/{entry.conversation_id}/promises"
    body = {"id": "c" * 32, "what": "call back", "when": "within 2 business days"}
    added = [await program_client.post(path, json=body, headers=headers) for _ in range(2)]
    assert [answer.status_code for answer in added] == [201, 201]
    assert added[0].json() == added[1].json()
    move = {"move": "accept", "version": 1}
    moved = await program_client.post(f"/api/v1/promises/{entry.id}/moves", json=move, headers=headers)
    assert (moved.status_code, moved.json()["state"]) == (200, "open")
    stale = {"move": "keep", "version": 1}
    refused = await program_client.post(f"/api/v1/promises/{entry.id}/moves", json=stale, headers=headers)
    assert (refused.status_code, refused.json()["code"]) == (409, "conflict")
    story = (await program_client.get(f"/api/v1/promises/{entry.id}", headers=headers)).json()
    assert [each["move"] for each in story["moves"]] == ["propose", "accept"]
