"""Offers over HTTP: what stands on the desk, what a click logs, gestures and their budgets."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import httpx

from coolhead.codebook import Cue, Issue, Speaker
from coolhead.perception.reading import Evidence, Sign
from coolhead.services.access import Viewer
from coolhead.services.conversations.live import Opening
from coolhead.services.conversations.whole import Whole
from coolhead.services.documents.guides import Guide
from coolhead.storage.accounts import Role
from coolhead.web.offers import offers_of
from coolhead.wiring import Services
from tests.services.people import person, program
from tests.services.test_offers import publish
from tests.services.test_wrap_up import spoken
from tests.web.conftest import SignIn

ROW = {"problem": "Charged twice", "picks": "0,1"}


async def ready(sign_in: SignIn, services: Services, client_id: str) -> tuple[httpx.AsyncClient, str]:
    """An agent signed in, who has a conversation of a client with gestures."""
    sam = await person(services, "Sam", Role.SUPERVISOR, client_id)
    await publish(services, sam, client_id)
    one = await spoken(services, client_id, "heat 3 my bill", customer="Lena")
    mara = await sign_in(Role.AGENT)
    await mara.post(f"/desk/{one}/take")
    return mara, one


async def test_what_is_offered_stands_on_the_desk_with_its_answer(
    sign_in: SignIn, services: Services, client_id: str
) -> None:
    mara, one = await ready(sign_in, services, client_id)
    assert (await mara.post(f"/desk/{one}/offers", data=ROW)).status_code == 204
    assert (await mara.post(f"/desk/{one}/offers", data=ROW | {"picks": "0,x"})).status_code == 422
    assert (await mara.post(f"/desk/{one}/offers", data=ROW | {"picks": "9"})).status_code == 409
    desk = (await mara.get(f"/desk/{one}")).text
    assert "<b>Offered:</b> take it back, or a credit" in desk
    address = re.search(r'hx-post="(/desk/[0-9a-f]+/offers/[0-9a-f]+)"', desk)
    assert address is not None
    answered = await mara.post(address[1], data={"answer": "accepted", "chosen": "1"})
    assert answered.status_code == 204
    assert "<b>Accepted:</b> a credit" in (await mara.get(f"/desk/{one}")).text
    line = json.loads((await mara.get(f"/conversations/{one}/export/jsonl")).text)
    assert [(each["answer"], each["accepted"]) for each in line["offers"]] == [("accepted", "A credit")]
    sheet = (await mara.get(f"/conversations/{one}/print")).text
    assert "Take it back, or A credit: accepted (a credit)" in sheet


async def test_a_gesture_is_given_and_seen_by_the_supervisor(
    sign_in: SignIn, services: Services, client_id: str
) -> None:
    mara, one = await ready(sign_in, services, client_id)
    form = (await mara.get(f"/desk/{one}/gesture")).text
    assert "€50 left" in form
    given = await mara.post(f"/desk/{one}/gestures", data={"kind": "credit", "amount": "12.50"})
    assert "I would like to take €12.50 off your next bill." in given.text
    assert "€37.50 left" in (await mara.get(f"/desk/{one}/gesture")).text
    too_much = await mara.post(f"/desk/{one}/gestures", data={"kind": "credit", "amount": "40"})
    assert too_much.status_code == 409
    assert (await mara.get("/gestures")).status_code == 403
    raises = {"amount": "10", "reason": "A storm", "account_id": ""}
    assert (await mara.post(f"/gestures/{client_id}/raise", data=raises)).status_code == 403
    sam = await sign_in(Role.SUPERVISOR)
    assert "credit, €12.50, reserved" in (await sam.get("/gestures")).text
    assert (await sam.post(f"/gestures/{client_id}/raise", data=raises)).status_code == 303
    page = (await sam.get("/gestures")).text
    assert "€90" in page
    assert "A storm" in page


async def test_another_clients_offers_do_not_exist(sign_in: SignIn, services: Services) -> None:
    await services.accounts.create_client("other", "Other")
    summary, _ = await services.live.open(program("other"), Opening(client_id="other"))
    sam = await person(services, "Sam", Role.SUPERVISOR, "other")
    await publish(services, sam, "other")
    offer = await services.offers.offer(sam, summary.id, "Charged twice", [0])
    client = await sign_in(Role.SUPERVISOR)
    base = f"/desk/{summary.id}"
    assert (await client.get(f"{base}/gesture")).status_code == 404
    assert "Other" not in (await client.get("/gestures")).text
    for path, data in (
        (f"{base}/offers", ROW),
        (f"{base}/offers/{offer.id}", {"answer": "refused"}),
        (f"{base}/gestures", {"kind": "credit", "amount": "1"}),
        ("/gestures/other/raise", {"amount": "1", "reason": "x"}),
    ):
        assert (await client.post(path, data=data)).status_code == 404, path


async def test_a_clear_answer_is_proposed(services: Services, client_id: str) -> None:
    sam = await person(services, "Sam", Role.SUPERVISOR, client_id)
    await publish(services, sam, client_id)
    one = await spoken(services, client_id, "heat 3 my bill")
    await services.offers.offer(sam, one, "Charged twice", [0, 1])
    whole, guide = await _seen(services, sam, one)
    moment = whole.moments[0]
    agent = replace(moment.turn, id="a", speaker=Speaker.AGENT, text="I can take it off your next bill.")
    yes = replace(moment.turn, id="c", text="Off the next bill, yes.")
    reading = replace(moment.reading, cues=(Sign(Cue.CONFIRMS, 0.9, Evidence(0, 3)),))
    heard = [
        *whole.moments,
        replace(moment, turn=agent),
        replace(moment, turn=yes, reading=reading),
    ]
    picture = replace(whole.picture, issue={Issue.BILLING: 0.9})
    values = offers_of(replace(whole, moments=heard, picture=picture), guide, watching=False)
    assert [made.seen.chosen for made in values["made"]] == [1]
    assert values["rows"][0].words == (
        "I can take it back now, or take it off your next bill. Which would suit you better?"
    )
    assert values["rows"][0].ways[0].authority == "you up to €25, supervisor"


async def _seen(services: Services, viewer: Viewer, one: str) -> tuple[Whole, Guide]:
    whole = await services.live.read(viewer, one)
    return whole, await services.guides.of(whole.summary.client_id)
