"""What every service stands on: settings, database, threads, the clock."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import TYPE_CHECKING

from argon2 import PasswordHasher

from coolhead.channels.mail import mailer_of
from coolhead.config import Settings
from coolhead.errors import SetupError
from coolhead.services.events.feed import Feed
from coolhead.services.events.hub import Hub
from coolhead.services.people.passwords import Passwords
from coolhead.storage.database import Database

if TYPE_CHECKING:
    from coolhead.engine import Engine


class Ground:
    """What all services stand on.

    Attributes:
        engine: hears every turn.
        threads: where the engine works.
    """

    def __init__(self, settings: Settings, engine: Engine) -> None:
        self.settings = settings
        self.engine = engine
        self.database = Database.open(settings.database_url)
        self.feed = Feed(self.database, Hub())
        self.threads = ThreadPoolExecutor(settings.threads, thread_name_prefix="engine")
        self.mailer = mailer_of(settings)
        self.passwords = Passwords(PasswordHasher())

    @property
    def mail_is_on(self) -> bool:
        """Whether letters can be sent."""
        return self.mailer is not None


def local_now() -> datetime:
    """The present moment with this machine's UTC offset, which due times are counted in."""
    return datetime.now().astimezone()


def make_folder(settings: Settings) -> None:
    """Makes the data folder.

    Raises:
        SetupError: it cannot be made.
    """
    try:
        settings.data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SetupError(
            f"The data folder {settings.data} cannot be made: {error.strerror}.",
            hint="Choose another with --data DIR or COOLHEAD_DATA_DIR.",
        ) from error
