"""The one place that picks adapters: builds the services of a process from its settings."""

from __future__ import annotations

import asyncio
import random
import secrets
import sys
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from argon2 import PasswordHasher

from coolhead.channels.egress import GuardedTransport, HttpPoster
from coolhead.channels.mail import mailer_of
from coolhead.channels.oidc import provider_of
from coolhead.config import Settings
from coolhead.errors import SetupError
from coolhead.logs import configure_logs
from coolhead.services import mail
from coolhead.services.accounts import Accounts
from coolhead.services.audit import Audit
from coolhead.services.boundaries import Boundaries
from coolhead.services.casting import Casting
from coolhead.services.chat import Chat
from coolhead.services.clients import Clients
from coolhead.services.customers import Customers
from coolhead.services.demo import Demo, load_scripts
from coolhead.services.demo_workspace import Workspace
from coolhead.services.desk import Desk
from coolhead.services.dispatch import Dispatch
from coolhead.services.documents import Documents
from coolhead.services.editing import Editing
from coolhead.services.erasure import Erasure
from coolhead.services.escalations import Escalations
from coolhead.services.feed import Feed
from coolhead.services.follow_ups import FollowUps
from coolhead.services.gestures import Gestures
from coolhead.services.guides import Guides
from coolhead.services.hub import Hub
from coolhead.services.inlets import Inlets
from coolhead.services.invitations import Invitations
from coolhead.services.keys import Keys
from coolhead.services.live import Live
from coolhead.services.material import Material
from coolhead.services.offers import Offers
from coolhead.services.outbox import Outbox
from coolhead.services.passwords import Passwords
from coolhead.services.policies import Policies
from coolhead.services.portability import Portability
from coolhead.services.promises import Promises
from coolhead.services.reminders import Reminders
from coolhead.services.resets import Resets
from coolhead.services.retention import Retention
from coolhead.services.search import Search
from coolhead.services.sessions import Sessions
from coolhead.services.settings import ClientSettings
from coolhead.services.single_sign_on import SingleSignOn
from coolhead.services.ticker import Job, Ticker
from coolhead.services.trials import Trials
from coolhead.services.webhooks import Webhooks
from coolhead.services.wrap_up import WrapUp
from coolhead.storage.database import Database
from coolhead.storage.outbox import Parcel

if TYPE_CHECKING:
    from coolhead.engine import Engine
    from coolhead.services.looking_back import LookingBack
    from coolhead.services.practising import Practising

DEFAULT_CLIENT = "main"
SWITCH_S = 0.0005
"""Threads hand over ten times as often as by default: a statement of SQLite is several hand-overs, and each
would wait its turn behind a thread that reads words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """Everything that screens and channels call. Use them inside `running`."""

    settings: Settings
    database: Database
    engine: Engine
    feed: Feed
    accounts: Accounts
    sessions: Sessions
    invitations: Invitations
    resets: Resets
    single_sign_on: SingleSignOn
    keys: Keys
    audit: Audit
    clients: Clients
    documents: Documents
    editing: Editing
    policies: Policies
    guides: Guides
    trials: Trials
    live: Live
    desk: Desk
    escalations: Escalations
    boundaries: Boundaries
    wrap_up: WrapUp
    offers: Offers
    gestures: Gestures
    search: Search
    chat: Chat
    workspace: Workspace
    demo: Demo
    ticker: Ticker
    outbox: Outbox
    promises: Promises
    customers: Customers
    erasure: Erasure
    follow_ups: FollowUps
    client_settings: ClientSettings
    webhooks: Webhooks
    inlets: Inlets
    letters: mail.Letters
    retention: Retention
    portability: Portability
    material: Material
    casting: Casting
    practising: Practising
    looking_back: LookingBack
    mail_is_on: bool
    threads: ThreadPoolExecutor

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Migrates the database, feeds listeners and plays the demo while the block runs; then closes all.

        Raises:
            SetupError: the database cannot be used.
        """
        sys.setswitchinterval(SWITCH_S)
        await self.database.migrate()
        await self.accounts.create_client(DEFAULT_CLIENT, "Main", self.settings.time_zone)
        if self.settings.demo:
            await self.workspace.furnish()
            await self.demo.prepare()
        tasks = [asyncio.create_task(each.run()) for each in (self.feed, self.ticker, self.outbox)]
        if self.settings.demo:
            tasks.append(asyncio.create_task(self.demo.play_themselves()))
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await self.demo.stop()
            self.threads.shutdown(cancel_futures=True)
            await self.database.close()


def build(settings: Settings, engine: Engine | None = None) -> Services:
    """The services as the settings ask for them; `engine` takes the place of the shipped one.

    Raises:
        SetupError: the data folder cannot be made, or the model or the database's driver is missing.
    """
    from coolhead.services.looking_back import LookingBack
    from coolhead.services.practising import MOST_SEED, Practising

    configure_logs(settings.log_level)
    if engine is None:
        from coolhead.engine import Engine

        engine = Engine.load()
    if not settings.database:
        _make_folder(settings)
    database = Database.open(settings.database_url)
    feed = Feed(database, Hub())
    threads = ThreadPoolExecutor(settings.threads, thread_name_prefix="engine")
    documents = Documents(database, threads, local_now)
    guides = Guides(documents, engine)
    live = Live(database, guides, feed, threads, local_now)
    passwords = Passwords(PasswordHasher())
    accounts = Accounts(database, local_now, passwords)
    mailer = mailer_of(settings)
    poster = HttpPoster(GuardedTransport(settings.webhook_networks))
    dispatch = Dispatch(database, poster, local_now, mail_is_on=mailer is not None)
    senders = {Parcel.MAIL: mail.sender(mailer), Parcel.WEBHOOK: dispatch.send}
    reminders = Reminders(database, feed, mail_is_on=mailer is not None)
    promises = Promises(database, feed, local_now)
    escalations = Escalations(database, live, promises, feed, local_now)
    boundaries = Boundaries(database, guides, feed, local_now)
    retention = Retention(database, local_now)
    editing = Editing(database, documents, local_now)
    material = Material(database, documents, editing, local_now)
    casting = Casting(database, material, local_now)
    practising = Practising(
        database, casting, guides, threads, local_now, lambda: secrets.randbelow(MOST_SEED)
    )
    jobs = [
        Job(name="reminders", every_s=15.0, run=reminders.remind),
        Job(name="escalations", every_s=15.0, run=escalations.rise),
        Job(name="pauses", every_s=30.0, run=boundaries.end_run_out),
        Job(name="webhooks", every_s=1.0, run=dispatch.take_up),
        Job(name="webhook_log", every_s=3600.0, run=dispatch.forget_old),
        Job(name="purge", every_s=600.0, run=retention.purge_due),
    ]
    return Services(
        settings=settings,
        database=database,
        engine=engine,
        feed=feed,
        accounts=accounts,
        sessions=Sessions(database, local_now, passwords, accounts),
        invitations=Invitations(
            database, local_now, passwords, address=settings.address, mail_is_on=mailer is not None
        ),
        resets=Resets(
            database,
            local_now,
            passwords,
            accounts,
            address=settings.address,
            mail_is_on=mailer is not None,
        ),
        single_sign_on=SingleSignOn(database, local_now, accounts, provider_of(settings)),
        keys=Keys(database, local_now),
        audit=Audit(database, local_now),
        clients=Clients(database, local_now, settings.time_zone),
        documents=documents,
        editing=editing,
        policies=Policies(database, documents, local_now),
        guides=guides,
        trials=Trials(database, documents, guides, threads, local_now),
        live=live,
        desk=Desk(database, feed, local_now),
        escalations=escalations,
        boundaries=boundaries,
        wrap_up=WrapUp(database, feed, local_now),
        offers=Offers(database, guides, feed, local_now),
        gestures=Gestures(database, guides, feed, local_now),
        search=Search(database),
        chat=Chat(database, live, feed, local_now),
        workspace=Workspace(database, accounts, documents, guides, feed, threads, local_now),
        demo=Demo(live, accounts, load_scripts().values() if settings.demo else ()),
        ticker=Ticker(jobs, local_now),
        outbox=Outbox(database, senders, local_now, random.Random()),  # noqa: S311 (spreads retries only)
        promises=promises,
        customers=Customers(database, local_now),
        erasure=Erasure(database, local_now),
        follow_ups=FollowUps(database, feed, local_now, mail_is_on=mailer is not None),
        client_settings=ClientSettings(database),
        webhooks=Webhooks(database, dispatch, local_now),
        inlets=Inlets(database, live, local_now),
        letters=mail.Letters(database, local_now),
        retention=retention,
        portability=Portability(database, local_now),
        material=material,
        casting=casting,
        practising=practising,
        looking_back=LookingBack(database, practising, local_now),
        mail_is_on=mailer is not None,
        threads=threads,
    )


@asynccontextmanager
async def opened_accounts(settings: Settings) -> AsyncIterator[Accounts]:
    """The accounts alone, without an engine, for commands that need no more.

    Raises:
        SetupError: the data folder or the database cannot be used.
    """
    async with _opened_database(settings) as database:
        yield Accounts(database, local_now, Passwords(PasswordHasher()))


@asynccontextmanager
async def opened_portability(settings: Settings) -> AsyncIterator[Portability]:
    """What takes a client away and in, without an engine.

    Raises:
        SetupError: the data folder or the database cannot be used.
    """
    async with _opened_database(settings) as database:
        yield Portability(database, local_now)


@asynccontextmanager
async def _opened_database(settings: Settings) -> AsyncIterator[Database]:
    configure_logs(settings.log_level)
    if not settings.database:
        _make_folder(settings)
    database = Database.open(settings.database_url)
    try:
        await database.migrate()
        yield database
    finally:
        await database.close()


def local_now() -> datetime:
    """The present moment with this machine's UTC offset, which due times are counted in."""
    return datetime.now().astimezone()


def _make_folder(settings: Settings) -> None:
    try:
        settings.data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SetupError(
            f"The data folder {settings.data} cannot be made: {error.strerror}.",
            hint="Choose another with --data DIR or COOLHEAD_DATA_DIR.",
        ) from error
