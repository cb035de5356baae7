"""How long nobody may be forgotten, as an admin sets it for a client."""

from __future__ import annotations

import pytest

from coolhead.services.access import Viewer
from coolhead.services.people.settings import GivenSettings, WrongSettingsError
from coolhead.wiring import Services

GIVEN = {"time_zone": "Europe/Berlin", "days": ("9-18",) * 7, "holidays": "", "tone": "plain", "reply_to": ""}


async def test_it_is_five_minutes_unless_a_client_says_otherwise(
    both_services: Services, admin: Viewer, client_id: str
) -> None:
    assert (await both_services.accounts.find_client(client_id)).forgotten_after == 5
    await both_services.client_settings.change(admin, client_id, GivenSettings(**GIVEN, forgotten_after="12"))
    assert (await both_services.accounts.find_client(client_id)).forgotten_after == 12


@pytest.mark.parametrize("text", ["0", "121", "", "five", "-3", "1.5", "²"])
async def test_nothing_else_will_do(services: Services, admin: Viewer, client_id: str, text: str) -> None:
    with pytest.raises(WrongSettingsError) as caught:
        await services.client_settings.change(admin, client_id, GivenSettings(**GIVEN, forgotten_after=text))
    assert set(caught.value.wrong) == {"forgotten_after"}
