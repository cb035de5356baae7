"""The pages of webhooks and inlets, and the card in another website's frame."""

from __future__ import annotations

import re

import httpx
import pytest

from coolhead.errors import InputError
from coolhead.services.access import Viewer
from coolhead.services.sending import mail
from coolhead.storage.accounts import Role
from coolhead.storage.events import EventKind
from coolhead.storage.inlets import InletKind
from coolhead.wiring import Services, local_now
from tests.web.conftest import SignIn, browser_of

ORIGIN = "https://chat.example.com"


async def test_an_admin_adds_a_webhook_and_sees_its_secret_once(sign_in: SignIn) -> None:
    client = await sign_in(Role.ADMIN)
    wrong = await client.post("/clients/main/webhooks", data={"name": "CRM", "url": "nowhere"})
    assert wrong.status_code == 422
    assert 'value="nowhere"' in wrong.text
    made = await client.post(
        "/clients/main/webhooks",
        data={"name": "CRM", "url": "http://127.0.0.1:9/hook", "kinds": ["ended", "opened"]},
    )
    (secret,) = re.findall(r"whsec_[\w+/=]+", made.text)
    webhook_id = re.findall(r"/webhooks/(\w+)/test", made.text)[0]
    path = f"/webhooks/{webhook_id}"
    assert (await client.post(f"{path}/test")).status_code == 303
    page = (await client.get(path)).text
    assert secret not in page
    assert "private network" in page
    assert "failing" in (await client.get("/clients/main/integrations")).text
    assert (await client.post(f"{path}/switch", data={"on": "false"})).status_code == 303
    assert "Mara switched it off." in (await client.get(path)).text
    assert (await client.post(f"{path}/switch", data={"on": "true"})).status_code == 303
    rotated = (await client.post(f"{path}/secret")).text
    assert re.findall(r"whsec_[\w+/=]+", rotated) != [secret]
    empty = await client.post(f"{path}/replay", data={"since": "", "until": ""})
    assert empty.status_code == 422
    span = {"since": "2026-01-01T00:00", "until": "2200-01-01T00:00"}
    assert "0 messages" in (await client.post(f"{path}/replay", data=span)).text
    changed = {"name": "Till", "url": "https://till.example/", "kinds": "ended"}
    assert (await client.post(path, data=changed)).status_code == 303
    assert "https://till.example/" in (await client.get(path)).text
    assert (await client.post(f"{path}/remove")).headers["location"] == "/clients/main/integrations"
    assert (await client.get(path)).status_code == 404


async def test_an_admin_connects_chatwoot(sign_in: SignIn) -> None:
    client = await sign_in(Role.ADMIN)
    wrong = await client.post("/clients/main/inlets", data={"kind": "chatwoot", "name": "W", "origin": "x;y"})
    assert wrong.status_code == 422
    given = {"kind": "chatwoot", "name": "Woot", "origin": ORIGIN}
    made = (await client.post("/clients/main/inlets", data=given)).text
    (secret,) = re.findall(r"whsec_[\w+/=]+", made)
    inlet_id = re.findall(r"/in/chatwoot/(\w+)", made)[0]
    assert (await client.post(f"/inlets/{inlet_id}/secret", data={"secret": "w" * 24})).status_code == 303
    page = (await client.get("/clients/main/integrations")).text
    assert secret not in page
    assert f"/framed/{inlet_id}" in page
    assert (await client.post(f"/inlets/{inlet_id}/close")).status_code == 303
    assert inlet_id not in (await client.get("/clients/main/integrations")).text


@pytest.mark.parametrize(
    "origin",
    [
        "https://a.example/x",
        "javascript:alert(1)",
        "https://a b.example",
        "https://*",
        "https://u@a.example",
        "https://a.example; script-src *",
    ],
)
async def test_only_a_website_may_be_named_as_the_frame(
    services: Services, admin: Viewer, origin: str
) -> None:
    with pytest.raises(InputError):
        await services.inlets.add(admin, "main", InletKind.CHATWOOT, "W", origin)


async def test_the_card_shows_in_the_frame_of_the_named_website_only(
    services: Services, admin: Viewer, sign_in: SignIn
) -> None:
    inlet = await services.inlets.add(admin, "main", InletKind.CHATWOOT, "W", ORIGIN + "/")
    client = await sign_in(Role.AGENT)
    path = f"/framed/{inlet.id}"
    empty = await client.get(path)
    assert f"frame-ancestors {ORIGIN}" in empty.headers["content-security-policy"]
    assert "default-src 'self'" in empty.headers["content-security-policy"]
    assert "x-frame-options" not in empty.headers
    assert "Nothing of this conversation" in empty.text
    payload = {
        "event": "message_created",
        "id": 1,
        "content": "heat 3, where is it",
        "message_type": "incoming",
        "account": {"id": 1},
        "conversation": {"id": 55},
    }
    sent = await client.post(f"/in/chatwoot/{inlet.id}?token={inlet.secret}", json=payload)
    assert sent.status_code == 204
    card = await client.get(path, params={"account": 1, "number": 55})
    (conversation,) = (await services.live.list_latest(admin)).conversations
    assert conversation.card is not None
    assert conversation.card.card.title in card.text
    assert f"{path}/{conversation.id}/stream" in card.text
    other = await client.get("/desk")
    assert other.headers["x-frame-options"] == "DENY"
    assert "frame-ancestors 'none'" in other.headers["content-security-policy"]


async def test_the_frame_shows_nothing_to_strangers(
    services: Services, admin: Viewer, sign_in: SignIn
) -> None:
    await services.clients.add(admin, "other", "Other")
    inlet = await services.inlets.add(admin, "other", InletKind.CHATWOOT, "W", "")
    stranger, elsewhere = browser_of(services), await sign_in(Role.AGENT)
    async with stranger:
        page = await stranger.get(f"/framed/{inlet.id}")
    assert (page.status_code, "Sign in" in page.text) == (200, True)
    assert page.headers["x-frame-options"] == "DENY"
    page = await elsewhere.get(f"/framed/{inlet.id}")
    assert "There is nothing at this address." in page.text
    assert (await elsewhere.get("/framed/nothing")).status_code == 404


async def test_letters_that_were_given_up_are_shown_and_sent_again(
    services: Services, sign_in: SignIn, client_id: str
) -> None:
    async with services.database.write() as connection:
        await mail.put(connection, client_id, "zoe@example.com", "Your kettle", "Good news.", local_now())
    while not await services.outbox.begin_due():
        pass
    await services.outbox.finish()
    client = await sign_in(Role.ADMIN)
    page = (await client.get("/clients/main/integrations")).text
    assert "Your kettle" in page
    assert "Good news" not in page
    assert "Mail is off" in page
    (action,) = re.findall(r"/clients/main/letters/\w+", page)
    assert (await client.post(action)).status_code == 303
    assert (await client.post(action)).status_code == 404


async def test_those_who_keep_nothing_are_refused(services: Services, admin: Viewer, sign_in: SignIn) -> None:
    webhook = await services.webhooks.add(admin, "main", "CRM", "https://crm.example/", [EventKind.ENDED])
    client: httpx.AsyncClient = await sign_in(Role.SUPERVISOR)
    assert (await client.get("/clients/main/integrations")).status_code == 403
    assert (await client.get(f"/webhooks/{webhook.id}")).status_code == 403
