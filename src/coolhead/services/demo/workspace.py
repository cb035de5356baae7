"""What the demo's newcomers find: clients with documents and people, and conversations that went before.

Everything comes about through the use cases, under a clock that is set to when it happened; what is there
already stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import Executor
from datetime import datetime, timedelta
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable

from pydantic import Field, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from coolhead.casework.follow_up import Move as Became
from coolhead.casework.offers import Answer
from coolhead.casework.promises import Entry, Move, State
from coolhead.codebook import Channel, Issue, Promiser, Resolved
from coolhead.errors import FileError
from coolhead.guidance.document import Strict
from coolhead.guidance.solutions import GestureKind
from coolhead.services.access import Viewer
from coolhead.services.casework.escalations import Escalations
from coolhead.services.casework.follow_ups import FollowUps
from coolhead.services.casework.gestures import Gestures
from coolhead.services.casework.offers import Offers
from coolhead.services.casework.promises import Promises, Wanted
from coolhead.services.clock import Clock
from coolhead.services.conversations.live import Live, Opening
from coolhead.services.conversations.wrap_up import WrapUp
from coolhead.services.demo.playing import PASSWORD, PEOPLE, Line, email_of
from coolhead.services.demo.practised import DemoPractice
from coolhead.services.documents.documents import KINDS, Documents, Kind
from coolhead.services.documents.editing import Editing
from coolhead.services.documents.guides import Guides
from coolhead.services.documents.publishing import Publishing
from coolhead.services.events.feed import Feed
from coolhead.services.people.accounts import Accounts
from coolhead.services.people.settings import ClientSettings, GivenSettings
from coolhead.services.training.assigning import Assigning
from coolhead.services.training.casting import Casting
from coolhead.services.training.drilling import Drilling
from coolhead.services.training.looking_back import LookingBack
from coolhead.services.training.material import Material
from coolhead.services.training.practising import Practising
from coolhead.services.training.progressing import Progressing
from coolhead.services.turns.hearing import Said
from coolhead.storage.accounts import Role
from coolhead.storage.conversations import Status
from coolhead.storage.database import Database

SETTINGS = {
    "northline": (
        "Northline Broadband",
        GivenSettings(
            time_zone="Europe/London",
            days=("8-20",) * 5 + ("8-20", ""),
            holidays="12-25 Christmas Day\n12-26 Boxing Day\n01-01 New Year's Day",
            tone="warm",
            reply_to="care@northline.example",
            forgotten_after="120",
        ),
    ),
    "tessell": (
        "Tessell Home",
        GivenSettings(
            time_zone="America/Toronto",
            days=("10-18",) * 5 + ("10-16", ""),
            holidays="07-01 Canada Day\n12-25 Christmas Day\n01-01 New Year's Day",
            tone="formal",
            reply_to="care@tessell.example",
            forgotten_after="120",
        ),
    ),
}
EDITOR = "sam"
REFERENCE = "before"


class PastPromise(Strict):
    """A promise of a conversation that went before.

    Attributes:
        turn: in which turn it was made, from 1; None for one that was entered by hand.
        due_in_hours: from when the workspace opens; below zero before it.
        became: kept or broken, and `hours_ago`; None while it is open.
    """

    what: str
    who: Promiser
    turn: int | None = None
    when: str = ""
    due_in_hours: float
    became: State | None = None
    hours_ago: float = 0
    reason: str = ""


class PastFollowUp(Strict):
    """What a person did with the follow-up that was proposed: took it on, and perhaps more, `hours_ago`."""

    became: Became | None = None
    hours_ago: float
    reason: str = ""


class PastGesture(Strict):
    """A gesture that the customer accepted; the amount as people write it."""

    kind: GestureKind
    amount: str


class Past(Strict):
    """A conversation that went before the workspace opens.

    Attributes:
        id: the name of its file.
        began_hours_ago: before the workspace opens.
        call: in its agent's words, why a supervisor is called; such a conversation still goes on.
    """

    id: str
    client: str
    channel: Channel
    customer: str
    key: str
    agent: str
    began_hours_ago: float = Field(gt=0)
    turns: tuple[Line, ...] = Field(min_length=1)
    promises: tuple[PastPromise, ...] = ()
    gesture: PastGesture | None = None
    follow_up: PastFollowUp | None = None
    note: str = ""
    issue: Issue = Issue.OTHER
    outcome: Resolved = Resolved.PARTLY
    call: str = ""


class _SetClock:
    """A clock that shows what it was set to."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


class Workspace:
    """Furnishes the demo's workspace."""

    def __init__(
        self,
        database: Database,
        accounts: Accounts,
        documents: Documents,
        guides: Guides,
        feed: Feed,
        threads: Executor,
        clock: Clock,
        folder: Traversable | None = None,
    ) -> None:
        self._clock = clock
        self._then = then = _SetClock(clock())
        self._accounts = accounts
        self._folder = folder or files("coolhead") / "content" / "demo"
        self._settings = ClientSettings(database)
        self._editing = Editing(database, documents, then)
        self._publishing = Publishing(database, documents, then)
        self._live = Live(database, guides, feed, threads, then)
        self._promises = Promises(database, feed, then)
        self._gestures = Gestures(database, guides, feed, then)
        self._offers = Offers(database, guides, feed, then)
        self._follow_ups = FollowUps(database, feed, then, mail_is_on=False)
        self._wrap_up = WrapUp(database, feed, then)
        self._escalations = Escalations(database, self._live, self._promises, feed, then)
        material = Material(database, documents, self._editing, then)
        casting = Casting(database, material, then)
        practising = Practising(database, casting, guides, threads, then, seeds=lambda: 0)
        self._practice = DemoPractice(
            practising,
            LookingBack(database, practising, then),
            Drilling(database, material, guides, threads, then),
            Assigning(database, material, then),
            Progressing(database, material, casting, threads, then),
            then,
        )

    async def furnish(self) -> None:
        """Makes sure that clients, people, documents, what went before and what was practised are there.

        Raises:
            FileError: one of the demo's files cannot be read; names it.
        """
        opened = self._clock()
        for client_id, (name, settings) in SETTINGS.items():
            client = await self._accounts.create_client(client_id, name)
            if client.reply_to != settings.reply_to:
                await self._settings.change(_ADMIN, client_id, settings)
        for person in PEOPLE:
            await self._accounts.ensure_user(
                email=email_of(person.key),
                name=person.name,
                password=PASSWORD,
                is_admin=person.role is Role.ADMIN,
                roles={} if person.role is Role.ADMIN else dict.fromkeys(person.clients, person.role),
            )
        people = {person.key: await self._viewer(person.key) for person in PEOPLE}
        self._then.now = opened - timedelta(days=40)
        for client_id in SETTINGS:
            for kind in KINDS.values():
                await self._publish(people[EDITOR], client_id, kind)
        for past in self._pasts():
            await self._play(past, people, opened)
        await self._practice.furnish(self._folder / "practice" / "agents.yaml", people, opened)

    async def _viewer(self, key: str) -> Viewer:
        account = await self._accounts.find_user(email_of(key))
        person = next(each for each in PEOPLE if each.key == key)
        is_admin = person.role is Role.ADMIN
        return Viewer(
            id=account.id if account else key,
            name=person.name,
            is_admin=is_admin,
            roles={} if is_admin else dict.fromkeys(person.clients, person.role),
        )

    async def _publish(self, viewer: Viewer, client_id: str, kind: Kind[object]) -> None:
        file = self._folder / client_id / f"{kind.name}.{kind.suffix}"
        desktop = await self._editing.open(viewer, client_id, kind)
        if desktop.versions or desktop.draft or not file.is_file():
            return
        text = file.read_text("utf-8")
        await self._editing.save(
            viewer, client_id, kind, text, follows=desktop.edition, change="Written for this client."
        )
        desktop = await self._editing.open(viewer, client_id, kind)
        await self._publishing.publish(
            viewer, client_id, kind, follows=desktop.edition, comment="The first of our own."
        )

    def _pasts(self) -> Iterable[Past]:
        folder = self._folder / "past"
        if not folder.is_dir():
            return []
        found = [_past(each) for each in folder.iterdir() if each.name.endswith(".yaml")]
        return sorted(found, key=lambda each: -each.began_hours_ago)

    async def _play(self, past: Past, people: dict[str, Viewer], opened: datetime) -> None:
        began = self._then.now = opened - timedelta(hours=past.began_hours_ago)
        agent = people.get(past.agent)
        by = agent or people[EDITOR]
        summary, _ = await self._live.open(
            by,
            Opening(
                client_id=past.client,
                channel=past.channel,
                customer=past.customer,
                customer_key=past.key,
                agent=agent.name if agent else past.agent.title(),
                agent_id=agent.id if agent else None,
                reference=f"{REFERENCE}/{past.id}",
            ),
        )
        if summary.status is Status.ENDED or (past.call and summary.turns):
            return
        said = [
            Said(id=f"{number}", speaker=line.speaker, text=line.text, start=line.start, end=line.end)
            for number, line in enumerate(past.turns, 1)
        ]
        self._then.now = began + timedelta(seconds=past.turns[-1].start or 0)
        await self._live.add_turns(by, summary.id, said)
        if past.call:
            await self._escalations.ask(by, summary.id, words=past.call)
            return
        await self._promise(past, by, summary.id, opened)
        if past.gesture:
            offer = await self._gestures.give(by, summary.id, past.gesture.kind, past.gesture.amount)
            await self._offers.answer(by, summary.id, offer.id, Answer.ACCEPTED, 0)
        if past.note:
            await self._wrap_up.edit_note(by, summary.id, past.note, base=0)
        await self._wrap_up.confirm(by, summary.id, past.issue, past.outcome, base=0)
        await self._live.end(by, summary.id)
        if past.follow_up:
            await self._follow_up(past.follow_up, by, summary.id, opened)

    async def _follow_up(
        self, done: PastFollowUp, by: Viewer, conversation_id: str, opened: datetime
    ) -> None:
        self._then.now = opened - timedelta(hours=done.hours_ago)
        for proposed in await self._follow_ups.list_of(by, conversation_id):
            taken = await self._follow_ups.move(by, proposed.id, proposed.version, Became.SCHEDULE)
            if done.became:
                await self._follow_ups.move(by, taken.id, taken.version, done.became, done.reason)

    async def _promise(self, past: Past, by: Viewer, conversation_id: str, opened: datetime) -> None:
        """Enters its promises, from the talk where they were found there; what else was found is rejected."""
        then = self._then.now
        ledger = (await self._live.read(by, conversation_id)).ledger
        found = [each for each in ledger if each.state is State.PROPOSED]
        for promise in past.promises:
            self._then.now = then
            wanted = Wanted(
                what=promise.what,
                who=promise.who,
                when=promise.when,
                due=opened + timedelta(hours=promise.due_in_hours),
            )
            proposed = next((each for each in found if each.turn_id == str(promise.turn)), None)
            entry = await self._enter(by, conversation_id, proposed, wanted)
            found = [each for each in found if each is not proposed]
            if promise.became and entry.state is State.OPEN:
                self._then.now = opened - timedelta(hours=promise.hours_ago)
                move = Move.KEEP if promise.became is State.KEPT else Move.BREAK
                await self._promises.move(by, entry.id, entry.version, move, promise.reason)
        self._then.now = then
        for entry in found:
            await self._promises.move(by, entry.id, entry.version, Move.REJECT)

    async def _enter(self, by: Viewer, conversation_id: str, proposed: Entry | None, wanted: Wanted) -> Entry:
        if proposed is None:
            number = sha256(f"{conversation_id} {wanted.what}".encode()).hexdigest()[:32]
            return await self._promises.add(by, conversation_id, wanted, number)
        open_ = await self._promises.move(by, proposed.id, proposed.version, Move.ACCEPT)
        return await self._promises.edit(by, open_.id, open_.version, wanted)


_ADMIN = Viewer(id="demo", name="Demo", is_admin=True)


def _past(entry: Traversable) -> Past:
    try:
        given = YAML(typ="safe", pure=True).load(entry.read_text("utf-8"))
        return Past.model_validate({**given, "id": entry.name.removesuffix(".yaml")})
    except (YAMLError, ValidationError, TypeError) as error:
        raise FileError(f"This demo conversation cannot be read: {error}", path=entry.name) from error
