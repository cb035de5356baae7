"""The settings of a client as people write them: read, with what is wrong beside each, and kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import structlog

from coolhead.casework.follow_up import ADDRESS
from coolhead.casework.hours import Hours, Week, read_holidays, read_time_zone, read_week
from coolhead.casework.tone import Tone
from coolhead.errors import InputError
from coolhead.services.access import Right, Viewer, no_client
from coolhead.storage import clients
from coolhead.storage.database import Database

log = structlog.get_logger()

T = TypeVar("T")
LONGEST_ADDRESS = 320
LONGEST_PATIENCE = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenSettings:
    """What was written; `days` are seven texts, Monday first, as `read_week` reads them."""

    time_zone: str
    days: tuple[str, ...]
    holidays: str
    tone: str
    reply_to: str
    forgotten_after: str = "5"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What it means; as in `Client`."""

    hours: Hours
    tone: Tone
    reply_to: str
    forgotten_after: int


class WrongSettingsError(InputError):
    """Some settings cannot be used.

    Attributes:
        wrong: what is wrong, by the name of the field of `GivenSettings`.
    """

    def __init__(self, wrong: dict[str, InputError]) -> None:
        super().__init__("These settings are not kept yet.", hint="Correct what is marked.")
        self.wrong = wrong


def read_settings(given: GivenSettings) -> Settings:
    """The settings that the texts mean.

    Raises:
        WrongSettingsError: some cannot be read; all of them are named.
    """
    wrong: dict[str, InputError] = {}

    def read(name: str, reader: Callable[[], T]) -> T | None:
        try:
            return reader()
        except InputError as error:
            wrong[name] = error
            return None

    zone = read("time_zone", lambda: read_time_zone(given.time_zone))
    week: Week | None = read("days", lambda: read_week(list(given.days)))
    holidays = read("holidays", lambda: read_holidays(given.holidays))
    tone = read("tone", lambda: _tone(given.tone))
    reply_to = read("reply_to", lambda: _address(given.reply_to))
    patience = read("forgotten_after", lambda: _minutes(given.forgotten_after))
    if (
        zone is None
        or week is None
        or holidays is None
        or tone is None
        or reply_to is None
        or patience is None
    ):
        raise WrongSettingsError(wrong)
    once, yearly = holidays
    hours = Hours(time_zone=zone, week=week, holidays=once, yearly=yearly)
    return Settings(hours=hours, tone=tone, reply_to=reply_to, forgotten_after=patience)


class ClientSettings:
    """The use case of changing them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def change(self, viewer: Viewer, client_id: str, given: GivenSettings) -> Settings:
        """Keeps the settings; promises that are in the ledger keep the due times they have.

        Raises:
            ForbiddenError: the viewer lacks the right.
            WrongSettingsError: some cannot be read.
            NotFoundError: there is no such client.
        """
        viewer.require(Right.KEEP_CLIENTS)
        settings = read_settings(given)
        async with self._database.write() as connection:
            if not await clients.change_settings(
                connection, client_id, settings.hours, settings.tone, settings.reply_to
            ):
                raise no_client(client_id)
            await clients.change_forgotten_after(connection, client_id, settings.forgotten_after)
        log.info("client_settings_changed", client=client_id)
        return settings


def _tone(text: str) -> Tone:
    if text not in set(Tone):
        raise InputError("There is no such tone.", hint=f"Choose one of: {', '.join(Tone)}.")
    return Tone(text)


def _minutes(text: str) -> int:
    if not text.strip().isdecimal() or not 1 <= int(text) <= LONGEST_PATIENCE:
        raise InputError(
            f"That is no number of minutes from 1 to {LONGEST_PATIENCE}.", hint="Write 5, for example."
        )
    return int(text)


def _address(text: str) -> str:
    address = text.strip()
    if address and (len(address) > LONGEST_ADDRESS or not ADDRESS.fullmatch(address)):
        raise InputError("That is no e-mail address.", hint="Write one address, such as help@example.com.")
    return address
