"""The desk's calls for help and ladder of limits, the floor's answers, and the chat that is paused."""

from __future__ import annotations

import re

import httpx
import pytest

from coolhead.casework.courtesy import BEFORE, SAYING
from coolhead.casework.escalation import State
from coolhead.codebook import Speaker
from coolhead.services.conversations.live import Opening
from coolhead.services.turns.hearing import Said
from coolhead.storage.accounts import Role
from coolhead.wiring import Services
from tests.services.people import program
from tests.web.conftest import SignIn, browser_of

HTMX = {"hx-request": "true"}


async def chat_with(services: Services, client_id: str, *words: str) -> str:
    opening = Opening(client_id=client_id, customer="Ana Pires")
    summary, _ = await services.live.open(program(client_id), opening)
    said = [Said(id=f"c{n}", speaker=Speaker.CUSTOMER, text=text) for n, text in enumerate(words)]
    await services.live.add_turns(program(client_id), summary.id, said)
    return summary.id


async def call_of(services: Services, client_id: str, conversation: str) -> str:
    whole = await services.live.read(program(client_id), conversation)
    assert whole.call
    return whole.call.id


async def test_from_one_keystroke_to_taking_over(services: Services, sign_in: SignIn, client_id: str) -> None:
    agent, supervisor = await sign_in(Role.AGENT), await sign_in(Role.SUPERVISOR)
    conversation = await chat_with(services, client_id, "heat 4, where is it?")
    await agent.post(f"/desk/{conversation}/take")
    page = (await agent.get(f"/desk/{conversation}")).text
    assert 'data-key="h"' in page
    assert "Limits" not in page
    assert (await agent.post(f"/desk/{conversation}/help")).status_code == 204
    page = (await agent.get(f"/desk/{conversation}")).text
    assert "Waiting for someone to look." in page
    assert SAYING[State.REQUESTED].replace("'", "&#39;") in page
    assert 'data-key="h"' not in page

    call = await call_of(services, client_id, conversation)
    floor = (await supervisor.get("/floor")).text
    assert floor.index("Called for a supervisor") < floor.index("live-row")
    assert "“Heat 4" in floor or "“heat 4" in floor
    answer = await supervisor.post(f"/escalations/{call}/accept", headers=HTMX)
    assert (answer.status_code, answer.headers["hx-redirect"]) == (204, f"/floor/{conversation}")
    watched = (await supervisor.get(f"/floor/{conversation}")).text
    assert "What they came for" in watched
    assert f"/escalations/{call}/join" in watched
    await supervisor.post(f"/escalations/{call}/join")
    watched = (await supervisor.get(f"/floor/{conversation}")).text
    assert f'hx-post="/floor/{conversation}/say"' in watched
    said = await supervisor.post(f"/floor/{conversation}/say", data={"text": "Sam here."})
    assert said.text == "Sent to the customer."
    answer = await supervisor.post(f"/escalations/{call}/take_over")
    assert answer.headers["hx-redirect"] == f"/desk/{conversation}"
    assert "What they came for" in (await supervisor.get(f"/desk/{conversation}")).text


async def test_the_customer_or_the_card_proposes_it(
    services: Services, sign_in: SignIn, client_id: str
) -> None:
    agent = await sign_in(Role.AGENT)
    conversation = await chat_with(services, client_id, "I want your supervisor")
    await agent.post(f"/desk/{conversation}/take")
    page = (await agent.get(f"/desk/{conversation}")).text
    assert "They ask for a supervisor" in page
    assert next(iter(BEFORE.values())).replace("'", "&#39;") in page
    await agent.post(f"/desk/{conversation}/help", data={"origin": "customer"})
    assert "Because the customer wants a supervisor." in (await agent.get(f"/desk/{conversation}")).text


async def test_a_call_that_is_declined_or_promised_back(
    services: Services, sign_in: SignIn, client_id: str
) -> None:
    agent, supervisor = await sign_in(Role.AGENT), await sign_in(Role.SUPERVISOR)
    conversation = await chat_with(services, client_id, "hello")
    await agent.post(f"/desk/{conversation}/take")
    await agent.post(f"/desk/{conversation}/help")
    call = await call_of(services, client_id, conversation)
    assert (await agent.post(f"/escalations/{call}/decline", data={"reason": "No."})).status_code == 403
    assert (await supervisor.post(f"/escalations/{call}/decline")).status_code == 422
    await supervisor.post(f"/escalations/{call}/decline", data={"reason": "You may grant it."})
    page = (await agent.get(f"/desk/{conversation}")).text
    assert "Nobody comes: You may grant it." in page
    assert 'data-key="h"' in page
    await agent.post(f"/desk/{conversation}/help")
    call = await call_of(services, client_id, conversation)
    assert (await agent.post(f"/escalations/{call}/call_back", data={"when": "at 16:00"})).status_code == 204
    page = (await agent.get(f"/desk/{conversation}")).text
    assert "A call-back is promised: at 16:00" in page
    assert "Call the customer back" in page


async def test_the_ladder_is_shown_only_after_abuse_and_step_by_step(
    services: Services, sign_in: SignIn, client_id: str
) -> None:
    agent = await sign_in(Role.AGENT)
    conversation = await chat_with(services, client_id, "insult! heat 4")
    await agent.post(f"/desk/{conversation}/take")
    page = (await agent.get(f"/desk/{conversation}")).text
    assert re.search(r'<li class="due" aria-current="step">Warn</li>', page)
    assert "“insult!”" in page
    assert 'data-key="o"' in page
    said = {"turn_id": "c0", "text": "Please, with respect."}
    assert (await agent.post(f"/desk/{conversation}/limits/said", data=said)).status_code == 204
    assert (await agent.post(f"/desk/{conversation}/limits/said", data=said)).status_code == 409
    assert "nothing is due" in (await agent.get(f"/desk/{conversation}")).text
    assert (await agent.post(f"/desk/{conversation}/limits/end")).status_code == 409
    assert (await agent.post(f"/desk/{conversation}/limits/hand_over")).status_code == 204
    page = (await agent.get(f"/desk/{conversation}")).text
    assert "Because the agent hands over after abuse." in page
    assert page.count("Hand it over</a>") == 1


@pytest.fixture
async def customer(services: Services) -> httpx.AsyncClient:
    """Somebody on the chat page."""
    return browser_of(services)


async def test_a_paused_chat_says_why_and_until_when(
    services: Services, sign_in: SignIn, client_id: str, customer: httpx.AsyncClient
) -> None:
    agent, supervisor = await sign_in(Role.AGENT), await sign_in(Role.SUPERVISOR)
    await customer.post(f"/chat/{client_id}", data={"name": "Craig <b>", "text": "threat! heat 4"})
    (summary,) = (await services.live.list_by_heat(program(client_id))).conversations
    await agent.post(f"/desk/{summary.id}/take")
    assert "Hand it over" in (await agent.get(f"/desk/{summary.id}")).text
    assert (await agent.post(f"/desk/{summary.id}/limits/end", data={"pause": "true"})).status_code == 204
    page = await customer.get(f"/chat/{client_id}")
    assert "This chat is paused" in page.text
    assert "how our colleague was spoken to" in page.text
    assert "Begin a new chat" not in page.text
    await customer.post(f"/chat/{client_id}/again")
    again = await customer.post(f"/chat/{client_id}", data={"text": "hello"})
    assert again.status_code == 403
    assert "This chat is paused until" in again.text
    floor = (await supervisor.get("/floor")).text
    assert "Paused channels" in floor
    assert "Craig &lt;b&gt;" in floor
    assert (await agent.post(f"/floor/{summary.id}/lift")).status_code == 403
    assert (await supervisor.post(f"/floor/{summary.id}/lift")).status_code == 204
    assert "Begin a new chat" in (await customer.get(f"/chat/{client_id}")).text
    assert (await customer.post(f"/chat/{client_id}", data={"text": "hello"})).status_code == 303
    await customer.aclose()


async def test_another_clients_calls_do_not_exist(services: Services, sign_in: SignIn) -> None:
    await services.accounts.create_client("other", "Other")
    supervisor = await sign_in(Role.SUPERVISOR)
    conversation = await chat_with(services, "other", "threat! Quite Secret")
    call = await call_of(services, "other", conversation)
    for path in (
        f"/escalations/{call}/accept",
        f"/escalations/{call}/call_back",
        f"/escalations/{call}/withdraw",
        f"/desk/{conversation}/help",
        f"/desk/{conversation}/limits/hand_over",
        f"/desk/{conversation}/limits/end",
        f"/floor/{conversation}/lift",
        f"/floor/{conversation}/say",
    ):
        answer = await supervisor.post(path, data={"when": "now", "text": "x"})
        assert answer.status_code == 404, path
        assert "Secret" not in answer.text
    said = await supervisor.post(f"/desk/{conversation}/limits/said", data={"turn_id": "c0"})
    assert said.status_code == 404
    floor = (await supervisor.get("/floor")).text
    assert "Called for a supervisor" not in floor
    assert "Secret" not in floor
