"""Customers and follow-ups on screen: last time on the desk, the record, the lists, sending, deleting."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from coolhead.casework.follow_up import Move
from coolhead.codebook import Issue, Promiser, Resolved
from coolhead.services.access import Viewer
from coolhead.services.casework.plan import Show
from coolhead.services.casework.promises import Wanted
from coolhead.services.casework.reminders import Reminders
from coolhead.storage.accounts import Role
from coolhead.storage.events import EventKind, StoredEvent
from coolhead.web.follow_ups import timed_toasts
from coolhead.wiring import Services
from tests.services.people import person
from tests.services.test_customers import KEY, OTHER_KEY, customer_of, opened, over
from tests.services.test_follow_ups import ROUGH, ended, planned
from tests.web.conftest import SignIn


async def came_back(services: Services, client_id: str) -> tuple[str, str]:
    """A customer with a rough contact in which something was promised, and a new one; their conversations."""
    sam = await person(services, "Sam", Role.SUPERVISOR, client_id)
    first = await opened(services, client_id, KEY, "heat 3, the bill is wrong")
    wanted = Wanted(what="send a bill", who=Promiser.COMPANY, due=datetime.now(UTC) - timedelta(days=1))
    await services.promises.add(sam, first.id, wanted)
    await over(services, sam, first, Issue.BILLING, Resolved.NO)
    second = await opened(services, client_id, KEY, "heat 1, hello again")
    return first.id, second.id


async def test_the_desk_opens_with_last_time(sign_in: SignIn, services: Services, client_id: str) -> None:
    first, second = await came_back(services, client_id)
    client = await sign_in(Role.SUPERVISOR)
    desk = (await client.get(f"/desk/{second}")).text
    section = desk[desk.index('id="last-title"') : desk.index("earlier contact")]
    assert f'href="/conversations/{first}">Not solved</a>, about a charge' in section
    assert "Promised: send a bill" in section
    assert "<b>overdue</b>" in section
    assert "A follow-up is proposed" in section
    assert "May leave" in section
    assert 'id="last-title"' in (await client.get(f"/floor/{second}")).text
    assert 'id="last-title"' not in (await client.get(f"/desk/{first}")).text


async def test_an_agent_says_who_a_stranger_is(sign_in: SignIn, services: Services, client_id: str) -> None:
    await came_back(services, client_id)
    stranger = await opened(services, client_id, None)
    client = await sign_in(Role.AGENT)
    desk = (await client.get(f"/desk/{stranger.id}")).text
    assert "Who is this?" in desk
    assert 'id="last-title"' not in desk
    answer = await client.post(f"/customers/of/{stranger.id}", data={"key": KEY})
    assert answer.status_code == 303
    assert 'id="last-title"' in (await client.get(answer.headers["location"])).text


async def test_a_record_links_each_reason_to_where_it_shows(
    sign_in: SignIn, services: Services, client_id: str
) -> None:
    first, _ = await came_back(services, client_id)
    client = await sign_in(Role.AGENT)
    listed = (await client.get("/customers?q=zephyrine")).text
    (address,) = set(re.findall(r'href="(/customers/[0-9a-f]{32})"', listed))
    page = (await client.get(address)).text
    assert "2 contacts" in page
    assert f'href="/conversations/{first}#t-t0"' in page
    assert "A promise to them was not kept" in page
    assert "Delete this customer" not in page
    assert "Merge another record" not in page


async def test_records_are_merged_and_parted_on_the_page(
    sign_in: SignIn, services: Services, client_id: str
) -> None:
    await opened(services, client_id)
    await opened(services, client_id, OTHER_KEY)
    one, other = await customer_of(services, client_id), await customer_of(services, client_id, OTHER_KEY)
    client = await sign_in(Role.SUPERVISOR)
    answer = await client.post(f"/customers/{one.id}/merge", data={"key": OTHER_KEY})
    page = (await client.get(answer.headers["location"])).text
    assert "2 contacts" in page
    assert "merged by Mara" in page
    answer = await client.post(f"/customers/{other.id}/part")
    assert "1 contact<" in (await client.get(answer.headers["location"])).text


async def test_deleting_shows_the_proof(sign_in: SignIn, services: Services, client_id: str) -> None:
    summary = await opened(services, client_id)
    client = await sign_in(Role.ADMIN)
    await services.live.end(Viewer(id="0" * 32, name="Ada", is_admin=True), summary.id)
    customer = await customer_of(services, client_id)
    assert "Nobody was deleted" in (await client.get(f"/customers/deletions/{client_id}")).text
    assert "Delete this customer" in (await client.get(f"/customers/{customer.id}")).text
    wrong = await client.post(f"/customers/{customer.id}/delete", data={"key": "no"})
    assert wrong.status_code == 422
    answer = await client.post(f"/customers/{customer.id}/delete", data={"key": KEY, "number": "DSR-1"})
    proof = (await client.get(answer.headers["location"])).text
    assert "for request DSR-1" in proof
    assert "All 1 receipt fit" in proof
    assert "1 conversations" in proof
    assert KEY not in proof
    assert (await client.get(f"/customers/{customer.id}")).status_code == 404


async def test_a_follow_up_is_taken_on_moved_and_done(
    sign_in: SignIn, services: Services, client_id: str
) -> None:
    await ended(services, client_id, ROUGH)
    client = await sign_in(Role.AGENT)
    listed = (await client.get("/follow-ups?show=proposed")).text
    (address,) = set(re.findall(r'href="(/follow-ups/[0-9a-f]{32})"', listed))
    assert "Priya Raman" in listed
    assert "They were angry" in listed
    taken = await client.post(f"{address}/move", data={"move": "schedule", "version": 1})
    page = (await client.get(taken.headers["location"])).text
    assert "Hello Priya," in page
    assert "No mail server is set" in page
    late = {"version": 2, "exactly": "2037-03-22T12:00", "reason": "They are away."}
    assert (await client.post(f"{address}/put-off", data=late)).status_code == 303
    assert "Mon 23 Mar 2037 09:00" in (await client.get("/follow-ups")).text
    await client.post(f"{address}/edit", data={"version": 3, "kind": "call"})
    page = (await client.get(address)).text
    assert "What to say" in page
    await client.post(f"{address}/move", data={"move": "do", "version": 4})
    assert "What was written" in (await client.get(address)).text
    assert "Priya Raman" in (await client.get("/follow-ups?show=settled")).text
    again = await client.post(f"{address}/move", data={"move": "fail", "version": 4, "reason": "x"})
    assert again.status_code == 409


async def test_one_is_planned_from_a_conversation(
    sign_in: SignIn, services: Services, client_id: str
) -> None:
    conversation_id = await ended(services, client_id, "heat 0, thank you")
    client = await sign_in(Role.AGENT)
    page = (await client.get(f"/conversations/{conversation_id}")).text
    assert f'action="/follow-ups/in/{conversation_id}"' in page
    form = {"kind": "call", "exactly": "2037-03-23T10:00"}
    answer = await client.post(f"/follow-ups/in/{conversation_id}", data=form)
    assert "Mon 23 Mar 2037 10:00" in (await client.get(answer.headers["location"])).text
    empty = await client.post(f"/follow-ups/in/{conversation_id}", data={"kind": "call"})
    assert empty.status_code == 422


@pytest.mark.parametrize("show", Show)
async def test_an_empty_list_teaches(sign_in: SignIn, show: Show) -> None:
    client = await sign_in(Role.AGENT)
    assert 'class="panel empty"' in (await client.get(f"/follow-ups?show={show.value}")).text


async def test_an_empty_list_of_customers_teaches(sign_in: SignIn) -> None:
    client = await sign_in(Role.AGENT)
    assert "No customers yet" in (await client.get("/customers")).text
    assert "No customer like that" in (await client.get("/customers?q=nobody")).text


async def test_a_reminder_reaches_whose_it_is(services: Services, client_id: str) -> None:
    mara = await person(services, "Mara", Role.AGENT, client_id)
    ravi = await person(services, "Ravi", Role.AGENT, client_id)
    one = await planned(services, mara, client_id)
    stream = services.live.follow_client(mara, client_id, after=0)
    await Reminders(services.database, services.feed, mail_is_on=False).remind(
        one.due.replace(year=one.due.year + 1)
    )
    async for told in stream:
        if isinstance(told, StoredEvent) and told.kind is EventKind.FOLLOW_UP_OVERDUE:
            break
    assert "Write an e-mail" in timed_toasts([told], mara)
    assert timed_toasts([told], ravi) == ""


async def test_other_clients_things_are_not_there(sign_in: SignIn, services: Services) -> None:
    await services.accounts.create_client("others", "Others")
    otto = await person(services, "Otto", Role.SUPERVISOR, "others")
    one = await planned(services, otto, "others")
    await services.follow_ups.move(otto, one.id, 2, Move.FAIL, "Nobody answered.")
    await opened(services, "others")
    customer = await customer_of(services, "others")
    client = await sign_in(Role.SUPERVISOR)
    for address in (f"/customers/{customer.id}", f"/follow-ups/{one.id}", "/follow-ups?client=others",
                    "/customers?client=others"):  # fmt: skip
        assert (await client.get(address)).status_code == 404
    for show in Show:
        assert "Priya" not in (await client.get(f"/follow-ups?who=all&show={show.value}")).text
    assert "Zephyrine" not in (await client.get("/customers")).text
