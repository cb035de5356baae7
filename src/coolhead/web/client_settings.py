"""A client's settings, in place on the Clients page: what is wrong stands beside each field as one writes."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import Response

from coolhead.casework.hours import WEEKDAYS, time_zones, write_day, write_holidays
from coolhead.casework.tone import Tone
from coolhead.errors import InputError
from coolhead.services.access import Right
from coolhead.services.people.settings import GivenSettings, WrongSettingsError, read_settings
from coolhead.storage.clients import Client
from coolhead.web.needs import Here
from coolhead.web.pages import part
from coolhead.web.security import Person

Text = Annotated[str, Form()]


async def _admin(person: Person) -> None:
    person.require(Right.KEEP_CLIENTS)


router = APIRouter(prefix="/clients/{client_id}/settings", dependencies=[Depends(_admin)])


async def given_settings(
    days: Annotated[list[str] | None, Form()] = None,
    time_zone: Text = "",
    holidays: Text = "",
    tone: Text = "",
    reply_to: Text = "",
    forgotten_after: Text = "5",
) -> GivenSettings:
    """What the form says; days that are missing are closed."""
    seven = ((days or []) + [""] * len(WEEKDAYS))[: len(WEEKDAYS)]
    return GivenSettings(
        time_zone=time_zone,
        days=tuple(seven),
        holidays=holidays,
        tone=tone,
        reply_to=reply_to,
        forgotten_after=forgotten_after,
    )


Given = Annotated[GivenSettings, Depends(given_settings)]


@router.get("")
async def settings(here: Here, client_id: str) -> Response:
    """The form, as the settings are."""
    return _form(client_id, _as_given(await here.accounts.find_client(client_id)))


@router.post("")
async def change(here: Here, person: Person, client_id: str, given: Given) -> Response:
    """Keeps the settings; the form comes back, with what is wrong beside what was written."""
    try:
        await here.client_settings.change(person, client_id, given)
    except WrongSettingsError as error:
        return _form(client_id, given, wrong=error.wrong)
    return _form(client_id, _as_given(await here.accounts.find_client(client_id)), saved=True)


@router.post("/check")
async def check(request: Request, client_id: str, given: Given) -> Response:
    """What is wrong with the field that was just left; changes nothing."""
    field = request.query_params.get("field", "")
    wrong: dict[str, InputError] = {}
    try:
        read_settings(given)
    except WrongSettingsError as error:
        wrong = error.wrong
    return part("_field_wrong.html", client_id=client_id, wrong=wrong.get(field))


def _form(
    client_id: str,
    given: GivenSettings,
    *,
    wrong: dict[str, InputError] | None = None,
    saved: bool = False,
) -> Response:
    return part(
        "_client_settings.html",
        client_id=client_id,
        given=given,
        wrong=wrong or {},
        saved=saved,
        weekdays=WEEKDAYS,
        time_zones=time_zones(),
        tones=list(Tone),
    )


def _as_given(client: Client) -> GivenSettings:
    hours = client.hours
    return GivenSettings(
        time_zone=hours.time_zone,
        days=tuple(write_day(spans) for spans in hours.week),
        holidays=write_holidays(hours),
        tone=client.tone.value,
        reply_to=client.reply_to,
        forgotten_after=str(client.forgotten_after),
    )
