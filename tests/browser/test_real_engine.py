"""With the shipped model: an angry customer is seen as angry, and the agent is advised."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.site import Site, opened_chat, says, serving, sign_in


@pytest.fixture
def real_site(tmp_path: Path) -> Iterator[Site]:
    with serving(tmp_path, None, demo=True) as site:
        yield site


def test_anger_is_seen_marked_and_answered_with_advice(
    real_site: Site, new_page: Callable[..., Page]
) -> None:
    customer = new_page(real_site, at="/chat/northline")
    opened_chat(customer, "northline", "Jon Hale", "You promised me an engineer yesterday and nobody came!")
    agent = new_page(real_site, at="/sign-in")
    sign_in(agent, "mara")
    agent.goto("/desk")
    agent.get_by_role("button", name="Take the conversation with Jon Hale").click()
    says(customer, "This is the third time I call about it. I am furious, and I want your supervisor, now!")
    expect(agent.locator("#turns li")).to_have_count(2)
    expect(agent.locator("#turns li .mark")).not_to_have_count(0)
    expect(agent.locator("#now .do")).to_be_visible()
    expect(agent.locator("#note .sentences li")).not_to_have_count(0)
    expect(agent.get_by_role("link", name="Jon Hale")).not_to_contain_text("calm")
