"""The public page of policies and its JSON, the preview, the search from the desk, the check of drafts."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import httpx
import pytest

from coolhead.codebook import Speaker
from coolhead.services.access import Viewer
from coolhead.services.conversations.live import Opening
from coolhead.services.documents.documents import POLICIES, SOLUTIONS, Kind
from coolhead.services.turns.hearing import Said
from coolhead.storage.accounts import Role
from coolhead.web.policy_view import html_of
from coolhead.wiring import Services
from tests.guidance.policies import written
from tests.services.test_policies import REMEDIES
from tests.web.conftest import PASSWORD, SignIn, browser_of

PAGE, JSON = "/p/main", "/p/main.json"


async def publish(
    services: Services, admin: Viewer, text: str, client_id: str = "main", kind: Kind[object] = POLICIES
) -> None:
    for save in (True, False):
        edition = (await services.editing.open(admin, client_id, kind)).edition
        if save:
            await services.editing.save(admin, client_id, kind, text, follows=edition, change="x")
        else:
            await services.publishing.publish(admin, client_id, kind, follows=edition)


async def opened(services: Services, admin: Viewer, client_id: str = "main") -> str:
    """A conversation with one turn."""
    summary, _ = await services.live.open(admin, Opening(client_id=client_id))
    said = Said(id="t0", speaker=Speaker.CUSTOMER, text="heat 1, my money", number=0)
    await services.live.add_turns(admin, summary.id, [said])
    return summary.id


@pytest.fixture
async def visitor_only(services: Services) -> AsyncIterator[httpx.AsyncClient]:
    """A browser of somebody who never signs in."""
    async with browser_of(services) as client:
        yield client


@pytest.fixture
async def account(services: Services) -> Viewer:
    """An admin with an account."""
    await services.accounts.create_first_admin(email="ada@team.example", name="Ada", password=PASSWORD)
    token = await services.accounts.sign_in(
        email="ada@team.example", password=PASSWORD, address="::1", browser="test"
    )
    return (await services.accounts.signed_in(token)).viewer


async def test_the_page_is_open_to_all_and_brings_neither_script_nor_cookie(
    services: Services, account: Viewer, visitor_only: httpx.AsyncClient
) -> None:
    await publish(services, account, written())
    answer = await visitor_only.get(PAGE)
    assert answer.status_code == 200
    assert "<script" not in answer.text
    assert "style=" not in answer.text
    assert "set-cookie" not in answer.headers
    assert re.search(r"Version 1, in force since <time", answer.text)
    assert '<span class="fact">5 working days</span>' in answer.text
    assert len(answer.content) < 10_000


async def test_only_what_is_published_has_a_page(
    services: Services, account: Viewer, visitor_only: httpx.AsyncClient
) -> None:
    for path in (PAGE, JSON, "/p/nobody", "/p/nobody.json"):
        assert (await visitor_only.get(path)).status_code == 404
    edition = (await services.editing.open(account, "main", POLICIES)).edition
    await services.editing.save(account, "main", POLICIES, written(), follows=edition, change="x")
    assert (await visitor_only.get(PAGE)).status_code == 404


async def test_readers_keep_it_until_it_changes(
    services: Services, account: Viewer, visitor_only: httpx.AsyncClient
) -> None:
    await publish(services, account, written())
    for path in (PAGE, JSON):
        first = await visitor_only.get(path)
        assert first.headers["cache-control"] == "public, max-age=300"
        again = await visitor_only.get(path, headers={"If-None-Match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == first.headers["etag"]
    tag = (await visitor_only.get(PAGE)).headers["etag"]
    await publish(services, account, written(refund_days="6"))
    assert (await visitor_only.get(PAGE, headers={"If-None-Match": f'W/{tag}, "x"'})).status_code == 200


async def test_programs_of_any_site_read_the_facts(
    services: Services, account: Viewer, visitor_only: httpx.AsyncClient
) -> None:
    await publish(services, account, written())
    answer = await visitor_only.get(JSON)
    assert answer.headers["access-control-allow-origin"] == "*"
    told = answer.json()
    assert (told["client"], told["name"], told["version"], told["page"]) == ("main", "How we do it", 1, PAGE)
    assert told["facts"]["restocking_fee"] == {
        "type": "money",
        "unit": "an amount with its currency, kept in the currency's smallest unit",
        "value": {"minor": 800, "currency": "EUR"},
        "words": "€8",
        "says": "what is kept back from a refund for restocking",
        "section": "returns-and-refunds",
    }
    assert told["facts"]["opened_returns"]["value"] is False
    assert told["sections"][0]["sentences"][0] == {
        "text": "The money takes 5 working days.",
        "facts": ["refund_days"],
    }
    assert told["upcoming"] is None


async def test_markdown_brings_no_html_no_pictures_and_no_script() -> None:
    html = html_of("<b onclick=x()>a</b> ![p](https://x/y) [l](javascript:x()) [ok](https://x.example)", {})
    assert "<b" not in html
    assert "<img" not in html
    assert 'href="javascript' not in html
    assert '<a href="https://x.example">ok</a>' in html


async def test_ways_to_reach_somebody_are_links_and_their_words_are_escaped(
    services: Services, account: Viewer, visitor_only: httpx.AsyncClient
) -> None:
    text = written(
        complaint_phone='"+44 20 7946 0018"', complaint_web="https://a.example/x?y=1&z=2", refund_method="<b>"
    ).replace("Write to us.", "Ring {complaint_phone}, see {complaint_web}, or {refund_method}.")
    await publish(services, account, text)
    page = (await visitor_only.get(PAGE)).text
    assert '<a href="tel:+442079460018">+44 20 7946 0018</a>' in page
    assert '<a href="https://a.example/x?y=1&amp;z=2">' in page
    assert "&lt;b&gt;" in page


async def test_the_draft_is_previewed_only_by_those_who_keep_it(
    services: Services, account: Viewer, sign_in: SignIn
) -> None:
    supervisor, agent = await sign_in(Role.SUPERVISOR), await sign_in(Role.AGENT)
    path = "/documents/main/policies/preview"
    assert (await agent.get(path)).status_code == 403
    edition = (await services.editing.open(account, "main", POLICIES)).edition
    await services.editing.save(account, "main", POLICIES, written(), follows=edition, change="x")
    answer = await supervisor.get(path)
    assert "Draft: this is how it will look." in answer.text
    assert answer.headers["cache-control"] == "no-store"
    edition = (await services.editing.open(account, "main", POLICIES)).edition
    await services.editing.save(account, "main", POLICIES, "---\n", follows=edition, change="x")
    assert (await supervisor.get(path)).headers["location"] == "/documents/main/policies/text"


async def test_the_desk_searches_the_policies_of_the_conversations_client_only(
    services: Services, account: Viewer, sign_in: SignIn
) -> None:
    agent = await sign_in(Role.AGENT)
    await services.accounts.create_client("other", "Other")
    await publish(services, account, written(refund_days="5"))
    await publish(services, account, written(refund_days="9"), "other")
    mine, theirs = await opened(services, account), await opened(services, account, "other")
    found = (await agent.get(f"/desk/{mine}/policies", params={"q": "money ta"})).text
    assert 'data-says="The money takes 5 working days."' in found
    assert "9 working days" not in found
    assert "No sentence" in (await agent.get(f"/desk/{mine}/policies", params={"q": "<zebra>"})).text
    assert (await agent.get(f"/desk/{theirs}/policies", params={"q": "money"})).status_code == 404


async def test_where_nothing_is_published_the_search_says_so(
    services: Services, account: Viewer, sign_in: SignIn
) -> None:
    agent = await sign_in(Role.AGENT)
    mine = await opened(services, account)
    assert "published no policies" in (await agent.get(f"/desk/{mine}/policies")).text


async def test_a_draft_is_held_to_the_policy_and_to_the_writers_own_authority(
    services: Services, account: Viewer, sign_in: SignIn
) -> None:
    agent, supervisor = await sign_in(Role.AGENT), await sign_in(Role.SUPERVISOR)
    await publish(services, account, written())
    await publish(services, account, REMEDIES, kind=SOLUTIONS)
    mine = await opened(services, account)
    path = f"/desk/{mine}/draft"
    words = {"text": "Right. I promise to refund the 180 euros by tomorrow."}
    told = (await agent.post(path, data=words)).text
    assert "You may give up to €50 yourself. A refund takes up to 5 working days." in told
    assert 'href="/p/main#returns-and-refunds"' in told
    assert "Right. I can give you up to €50 myself" in told
    led = (await supervisor.post(path, data=words)).text
    assert "€50" not in led
    assert "A refund takes up to 5 working days." in led
    fine = (await agent.post(path, data={"text": "I'll refund the 30 euros; it takes a week."})).text
    assert "offer" not in fine
